/*
 * registry.csv 住民登録の写し: the people a city knows, so that a name that was
 * read can be held against one that exists. Optional; it stays in the case and
 * goes into no run.
 *
 *     宛名番号,世帯番号,氏名,フリガナ,生年月日,郵便番号,住所
 *     0001234,27000001,書式　葵,ショシキ アオイ,2025-09-14,900-2669,…
 *
 * 世帯番号, 郵便番号 and 住所 may be left out. Other columns are not looked at:
 * a registry's export has many.
 */
#ifndef NYUSHO_RECORDS_REGISTRY_H
#define NYUSHO_RECORDS_REGISTRY_H

#include "core/arena.h"
#include "core/diag.h"

#include <stdint.h>

struct resident {
    const char *no;          /* 宛名番号, unique */
    const char *household;   /* 世帯番号; "" when the file does not say */
    const char *name, *kana; /* as the registry writes them */
    const char *name_key, *kana_key; /* text_match_key() */
    int32_t birth;                   /* days */
    int line;                        /* in the file */
};

struct registry {
    struct resident *items; /* by birth, then 宛名番号 */
    size_t n;
};

/* Everything is owned by the arena. Errors: CSV ones, "missing-column"
 * (宛名番号, 氏名, フリガナ, 生年月日), "key-missing" (a row without one of
 * them), "bad-date", "registry-twice" (one 宛名番号 in two rows). */
bool registry_load(struct registry *out, const char *bytes, size_t len,
                   const char *name, struct arena *a, struct diag *d);

/* Those born on this day: items [*first, *end). */
void registry_born(const struct registry *r, int32_t birth, size_t *first,
                   size_t *end);

/* How well two keys agree: 2 the same, 1 alike, 0 neither. Kana are alike when
 * a letter of four differs at most (at least one), names when half of the
 * longer one's characters stand in the other, in order. */
int kana_agree(const char *one, const char *other);
int name_agree(const char *one, const char *other);

struct registry_match {
    const struct resident *resident; /* NULL: nobody, or two alike */
    bool sure;     /* kana and name agree, one of them wholly, nobody else */
    int agreement; /* of kana and name together, 0..4 */
};

/* Whom a birth date, a kana and a name that were read are of. An empty key
 * agrees with nothing. */
struct registry_match registry_match(const struct registry *r, int32_t birth,
                                     const char *kana_key,
                                     const char *name_key);

/* The only resident of exactly this name and kana, whatever the birth date;
 * NULL when there is none, or two. */
const struct resident *registry_namesake(const struct registry *r,
                                         const char *kana_key,
                                         const char *name_key);

#endif
