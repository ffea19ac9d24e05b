/*
 * The tables of words that are no fields: names, functions, lists. Used by
 * the parser, by messages and by whoever prints the language's reference.
 */
#ifndef NYUSHO_SCORING_POINTS_EXPR_NAMES_H
#define NYUSHO_SCORING_POINTS_EXPR_NAMES_H

#include "scoring/points/expr.h"

/* Rows that can be bound around an expression; USES_X is 1 << BIND_X. */
enum binding {
    BIND_HOUSEHOLD,
    BIND_CHILD,
    BIND_PREFERENCE,
    BIND_GUARDIAN,
    BIND_REASON,
    BIND_JOB,
    BIND_COHABITANT,
    BIND_SIBLING,
    BIND_DOCUMENT,
    N_BINDINGS
};

struct builtin_info {
    const char *name;
    enum binding owner; /* the row it is a name of; household: everywhere */
    bool facility;      /* written facility.name, `facility is name` */
    enum expr_value value;
    enum expr_unit unit;
    unsigned uses;
    struct label label;
    struct label meaning; /* a line of the manual */
};
extern const struct builtin_info builtins[];

struct function_info {
    const char *name;
    int n_arguments; /* 1: a date. 2: two of one type, which it returns */
    enum expr_value value;
    enum expr_unit unit;
    struct label says; /* what it gives, of {a} and {b} */
};
extern const struct function_info functions[];

struct collection_info {
    const char *plural, *singular;
    enum scope scope;
    unsigned member; /* USES_ of what it binds */
    unsigned needs;  /* USES_ of the list itself; jobs, reasons: the person */
    enum binding binds;
    struct label label; /* one member */
};
extern const struct collection_info collections[];

/* Words that may follow a number: 160h, 3 months. Ends with a NULL word. */
struct unit_word {
    const char *word;
    enum expr_value value;
    enum expr_unit unit;
    int64_t times;
    struct label label;
};
extern const struct unit_word unit_words[];

bool collection_find(const char *word, enum collection *out);
bool function_find(const char *word, enum function *out);
struct label expr_value_label(enum expr_value v);
struct label expr_unit_label(enum expr_unit u);

#endif
