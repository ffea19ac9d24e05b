/*
 * The second evaluator: walks a parsed expression directly, row by row, as the
 * meanings in scoring/points/expr.h are written. Slow and simple on purpose;
 * it shares nothing with the first one but what the parser made.
 *
 *     struct walk inner = walk_bind(&w, OVER_JOBS, &members[i]);
 *     enum walk_bool b = walk_condition(&inner, e);
 *
 * A walk is a value: binding a row makes another one. What it takes comes from
 * `mem`, which whoever made the first walk releases.
 */
#ifndef NYUSHO_SCORING_VERIFY_WALK_H
#define NYUSHO_SCORING_VERIFY_WALK_H

#include "scoring/verify/verify_points.h"

/* No row bound, or one that does not exist: everything about it is unknown. */
#define WALK_NO_ROW ((size_t)-1)
/* Nested lists multiply; what takes more steps than this is unknown. */
#define WALK_MAX_STEPS 100000

enum walk_state { WALK_KNOWN, WALK_UNKNOWN, WALK_NOTHING };
struct walk_value {
    enum walk_state state;
    int64_t num;      /* booleans 0 and 1 */
    const char *text; /* texts and codes */
};

enum walk_bool { WALK_NO, WALK_YES, WALK_MAYBE };

struct walk {
    const struct recompute_context *c;
    const struct household *household;
    size_t row[N_SCOPES]; /* bound rows; household's is its own row */
    /* The brother or sister bound: a child row or a cohabitant row. */
    bool sibling_is_child;
    size_t sibling;
    milli_points base, total, adjust; /* for `order` */
    long *steps;                      /* of the expression being walked */
    struct arena *mem;
};

/* One member of a list. */
struct walk_member {
    size_t row;    /* WALK_NO_ROW: one of whom nothing is known */
    bool is_child; /* siblings: a row of an applying child */
    bool maybe;    /* whether it is a member is not known */
};

static inline struct walk_value walk_known(int64_t num)
{
    return (struct walk_value){WALK_KNOWN, num, NULL};
}
static inline struct walk_value walk_unknown(void)
{
    return (struct walk_value){WALK_UNKNOWN, 0, NULL};
}
static inline struct walk_value walk_nothing(void)
{
    return (struct walk_value){WALK_NOTHING, 0, NULL};
}
/* Empty text is nothing. */
struct walk_value walk_text(const char *text);
struct walk_value walk_of_bool(enum walk_bool b);
enum walk_bool walk_as_bool(struct walk_value v);
/* Kleene's. */
enum walk_bool walk_not(enum walk_bool x);
enum walk_bool walk_and(enum walk_bool x, enum walk_bool y);
enum walk_bool walk_or(enum walk_bool x, enum walk_bool y);
/* Unknown wins, then nothing; true, with *otherwise left, when both are
 * known. */
bool walk_both_known(struct walk_value a, struct walk_value b,
                     struct walk_value *otherwise);
/* Half away from zero; `by` above 0. */
int64_t walk_divide(int64_t num, int64_t by);

/* walk.c: a whole expression, a whole condition (NULL: yes). */
struct walk_value walk_value_of(const struct walk *w, const struct expr *e);
enum walk_bool walk_condition(const struct walk *w, const struct expr *e);
/* One inside another. */
struct walk_value walk_expr(const struct walk *w, const struct expr *e);
enum walk_bool walk_holds(const struct walk *w, const struct expr *e);

/* walk_field.c: the slot of a field, or of its path, in a row. */
struct walk_value walk_field(const struct walk *w, const struct field *f,
                             size_t row);
struct walk_value walk_path(const struct walk *w, const char *path, size_t row);
/* A known value of a list, by its name. */
bool walk_is(const struct walk *w, const char *path, size_t row,
             const char *value);

/* walk_rows.c: members in row order. */
size_t walk_members(const struct walk *w, enum collection over,
                    enum scope person, struct walk_member **out);
struct walk walk_bind(const struct walk *w, enum collection over,
                      const struct walk_member *m);

/* walk_list.c: any, all, count, sum, highest, lowest. */
struct walk_value walk_list(const struct walk *w, const struct expr *e);
/* walk_date.c: arithmetic, spans, functions. */
struct walk_value walk_arithmetic(const struct walk *w, const struct expr *e);
struct walk_value walk_call(const struct walk *w, const struct expr *e);
/* walk_name.c, walk_sibling.c, walk_hours.c: names that are no fields. */
struct walk_value walk_name(const struct walk *w, const struct expr *e);
struct walk_value walk_sibling(const struct walk *w, enum builtin b);
struct walk_value walk_job_hours(const struct walk *w);
struct walk_value walk_hours(const struct walk *w, enum builtin b,
                             enum scope person);

#endif
