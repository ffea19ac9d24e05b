/*
 * The words and marks of one expression. Slips of the keyboard (full-width
 * digits and marks, ==, &&, ≧) get a message that says what to type.
 */
#ifndef NYUSHO_SCORING_POINTS_EXPR_LEX_H
#define NYUSHO_SCORING_POINTS_EXPR_LEX_H

#include "core/arena.h"
#include "core/diag.h"

#include <stddef.h>

enum token_kind {
    TOKEN_END,
    TOKEN_WORD,   /* name, keyword or value */
    TOKEN_NUMBER, /* begins with a digit: 160h, 8:00, 2026-04-01 */
    TOKEN_QUOTED, /* between 「 and 」, which `text` leaves out */
    TOKEN_EQ,
    TOKEN_NE,
    TOKEN_LT,
    TOKEN_LE,
    TOKEN_GT,
    TOKEN_GE,
    TOKEN_PLUS,
    TOKEN_MINUS,
    TOKEN_TIMES,
    TOKEN_OPEN,
    TOKEN_CLOSE,
    TOKEN_SEMICOLON,
};

struct token {
    enum token_kind kind;
    const char *text; /* as written */
    struct pos at;
};

/* The tokens, a TOKEN_END last; NULL with "expr-syntax", "full-width" or
 * "expr-too-long". */
struct token *expr_lex(const char *text, struct pos at, struct arena *a,
                       struct diag *d);

#endif
