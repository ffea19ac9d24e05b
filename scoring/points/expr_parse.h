/*
 * One line of words to a typed tree (expr.h). The grammar, loosest first:
 *
 *     or         and { "or" and }
 *     and        not { "and" not }
 *     not        "not" not | compare
 *     compare    sum [ ("=" "!=" "<" "<=" ">" ">=") sum
 *                    | "is" ["not"] value { "or" value }
 *                    | "is" ["not"] ("known" | "unknown" | "empty")
 *                    | "in" sum "to" sum ]
 *                | value "in" set-field
 *     sum        product { ("+" | "-") product }
 *     product    unary { "*" unary }
 *     unary      "-" unary | primary
 *     primary    "(" or ")" | number [unit] | clock | date | month
 *                | "yes" | "no" | value | name | function "(" or { ";" or } ")"
 *                | ("days" | "months" | "years") "from" sum "to" sum
 *                | ("any" | "all") list "with" not
 *                | "count" list [ "with" primary ]
 *                | ("sum" | "highest" | "lowest") sum "over" list
 *                  [ "with" primary ]
 *     number     160  1.5 (points only)   160h  90min   3 months  57 days
 *                2 weeks  1 year  5000yen  3 persons  2 times
 *     clock      8:00      date 2026-04-01      month 2026-10
 *     name       welfare  household.welfare  facility.kind  a defined word
 *     value      a word, or any text between 「 and 」
 *
 * `with` takes one comparison (after count, sum, highest, lowest only a name);
 * anything longer goes in parentheses. A name is
 * looked for in the innermost row first (member of the list, reason, guardian,
 * preference, child, household); scope.name says which. `reason is 就労` where
 * no reason is bound means `any reason with kind is 就労`. A value may carry a
 * group in parentheses without a space: 同保順次(上).
 *
 * After `x is A or`, a word that is a value of x is one more alternative;
 * anything else begins the next condition. A word that is both is refused.
 */
#ifndef NYUSHO_SCORING_POINTS_EXPR_PARSE_H
#define NYUSHO_SCORING_POINTS_EXPR_PARSE_H

#include "core/arena.h"
#include "core/diag.h"
#include "scoring/points/expr.h"

/* Deeper than any table needs; keeps every walk within a small stack. */
#define EXPR_MAX_DEPTH 64
/* Nodes of one expression, words given by `define` spelled out. */
#define EXPR_MAX_NODES 2000
#define EXPR_MAX_BYTES 2000

/* A word given by `define`. It may be used where every row it uses is bound. */
struct definition {
    const char *name, *wording;
    const struct expr *means;
    unsigned binds; /* USES_ bits of the rows it was checked with */
    size_t n_nodes;
    struct pos at;
};

/* What is bound where the expression stands. */
struct expr_env {
    const struct dictionary *dict;
    const struct definition *definitions; /* those written before */
    size_t n_definitions;
    unsigned binds; /* USES_ bits; household always, USES_POINTS in `order` */
};

/* NULL with the problem reported: "expr-syntax", "full-width",
 * "unknown-word", "unknown-field", "unknown-value", "unknown-function",
 * "unknown-unit", "ambiguous-word", "not-here" (a row that is not bound),
 * "wrong-type", "wrong-unit", "expr-too-long", "expr-too-deep",
 * "expr-too-large", "number-too-large", "bad-date". `at` is where the text
 * begins; messages count columns from there. */
const struct expr *expr_parse(const char *text, struct pos at,
                              const struct expr_env *env, struct arena *a,
                              struct diag *d);
/* The same, and it must be yes or no: else "wrong-type". */
const struct expr *expr_parse_condition(const char *text, struct pos at,
                                        const struct expr_env *env,
                                        struct arena *a, struct diag *d);
/* A constant that can be compared with `like`: thresholds of a step table. */
bool expr_parse_constant(const char *text, struct pos at,
                         const struct expr_env *env, struct expr_type like,
                         int64_t *num, struct arena *a, struct diag *d);

/* True for words that a definition may not be called: keywords, lists,
 * functions. */
bool expr_word_is_reserved(const char *word);

#endif
