/* The state of one parse, shared by the files that make up the parser. */
#ifndef NYUSHO_SCORING_POINTS_EXPR_PARSER_H
#define NYUSHO_SCORING_POINTS_EXPR_PARSER_H

#include "scoring/points/expr_check.h"
#include "scoring/points/expr_lex.h"
#include "scoring/points/expr_names.h"
#include "scoring/points/expr_parse.h"

/* Rows that a name may be of, innermost last. */
struct visible {
    enum binding at[N_BINDINGS];
    int n;
    unsigned listed; /* bits of those that the expression's own lists bind */
};

struct parser {
    const struct token *t; /* the next one */
    const struct expr_env *env;
    struct expr_builder b;
    struct visible rows;
    int depth;
};

/* Binds a member of a list: hides the row of its kind that was bound, and
 * what belonged to that. */
void visible_push(struct visible *v, enum binding b);
bool visible_has(const struct visible *v, enum binding b);
/* SCOPE_GUARDIAN or SCOPE_COHABITANT, whichever was bound last; N_SCOPES when
 * neither is. */
enum scope visible_person(const struct visible *v);

/* expr_parse.c: tokens. */
bool parser_at(const struct parser *p, const char *word);
bool parser_next_is(const struct parser *p, const char *word);
bool parser_take(struct parser *p, const char *word); /* true: taken */
bool parser_accept(struct parser *p, enum token_kind kind);
bool parser_want(struct parser *p, const char *word); /* or reports */
bool parser_is_keyword(const char *word);
/* One level down; the caller lessens p->depth again. False: too deep. */
bool parser_enter(struct parser *p);
/* Reports "expr-syntax": `what` must stand here. Returns NULL. */
const struct expr *parser_expected(struct parser *p, struct label what);

/* Each takes its line of the grammar; NULL with the problem reported. */
const struct expr *parser_or(struct parser *p);
const struct expr *parser_not(struct parser *p);
const struct expr *parser_sum(struct parser *p);
const struct expr *parser_text(struct parser *p, enum expr_value value);
/* expr_tail.c: the right side of a comparison with something of that type */
const struct expr *parser_like(struct parser *p, struct expr_type like);
/* the comparison after its left side `x`, or `x` itself */
const struct expr *parser_tail(struct parser *p, const struct expr *x);
/* `reason is 就労` where no reason is bound: any reason of this person. */
bool parser_at_any_reason(const struct parser *p);
const struct expr *parser_any_reason(struct parser *p);

/* expr_resolve.c. True when the word is a name that can be used here. */
bool name_is_known(const struct parser *p, const char *word);
/* The leaf for a name; NULL with "unknown-word", "unknown-field" or
 * "not-here". */
const struct expr *name_resolve(struct parser *p, const struct token *word);

/* expr_literal.c. A number with its unit (which may be the next token), a
 * clock, date or month; NULL with the problem reported. */
const struct expr *literal_parse(struct parser *p);
/* "3 months" for 3か月以上, and *op ">="; NULL when it is nothing like it. */
const char *literal_meant(struct parser *p, const char *text, const char **op);
/* A value of an enum or set; -1 when it is none. */
int literal_value(struct parser *p, const struct field *of, const char *word);
/* Reports "unknown-value" with the nearest or all of them. */
void literal_unknown(struct parser *p, const struct field *of,
                     const struct token *word);

#endif
