/*
 * Japanese text. Values keep the text as it was received; these make keys to
 * match by. NFKC changes some name characters (U+FA19), so its result is
 * never stored as a name.
 */
#ifndef NYUSHO_CORE_TEXT_H
#define NYUSHO_CORE_TEXT_H

#include "core/arena.h"

#include <stdbool.h>
#include <stdint.h>

/* Well-formed UTF-8 without NUL, overlong forms or surrogates. *bad gets the
 * offset of the first wrong byte. */
bool text_is_utf8(const char *bytes, size_t len, size_t *bad);
/* Next code point from a valid string; moves *at on. 0 at the end. */
uint32_t text_next(const char **at);
/* Appends one code point; returns bytes written (1..4). */
size_t text_put(char *out, uint32_t code);
size_t text_count(const char *text); /* code points */
/* Columns on a terminal: full-width counts 2. */
int text_columns(const char *text);

/* NFKC (utf8proc). Full-width digits and letters become half, half-width
 * kana become full. */
char *text_nfkc(const char *text, struct arena *a);
char *text_katakana(const char *text,
                    struct arena *a); /* ひらがな → カタカナ */
char *text_hiragana(const char *text, struct arena *a);
bool text_is_katakana(const char *text); /* katakana, ー, ・, spaces only */
/* Spaces of every kind removed. */
char *text_unspaced(const char *text, struct arena *a);
/* Leading and trailing spaces of every kind removed. */
char *text_trim(const char *text, struct arena *a);
/* NFKC, katakana, no spaces, hyphens and long-vowel marks unified by context:
 * between digits any dash is '-', after kana it is 'ー'. For matching only. */
char *text_match_key(const char *text, struct arena *a);

/* Code points to change, add or drop to make one the other. */
int text_distance(const char *one, const char *other);
/* The nearest of `names` within max(1, a third of the length); NULL if none
 * or if two are equally near. For "did you mean". */
const char *text_nearest(const char *text, const char *const *names, size_t n);

#endif
