/* For tests of expressions: what each is worth over a household written in
 * lines (records_help.h), with the first row of each scope bound. */
#ifndef NYUSHO_TESTS_EVAL_HELP_H
#define NYUSHO_TESTS_EVAL_HELP_H

#include "scoring/points/eval.h"
#include "tests/points_help.h"

static struct arena mem;
static struct dictionary dict;
static struct facilities facilities;
static struct score_context context;

static inline int setup(void **state)
{
    (void)state;
    help_dictionary(&dict, &mem);
    context = help_context(&facilities, &mem);
    return 0;
}

static inline int teardown(void **state)
{
    (void)state;
    arena_release(&mem);
    return 0;
}

/* Rows that are bound: the first of each scope. */
enum where { HOUSEHOLD, CHILD, CHOICE, GUARDIAN, REASON, JOB, COHABITANT };
static const struct {
    unsigned uses;
    enum scope scopes[3];
    int n;
} bound[] = {
    [HOUSEHOLD] = {USES_HOUSEHOLD, {0}, 0},
    [CHILD] = {USES_HOUSEHOLD | USES_CHILD, {SCOPE_CHILD}, 1},
    [CHOICE] = {USES_HOUSEHOLD | USES_CHILD | USES_PREFERENCE,
                {SCOPE_CHILD, SCOPE_PREFERENCE},
                2},
    [GUARDIAN] = {USES_HOUSEHOLD | USES_CHILD | USES_GUARDIAN,
                  {SCOPE_CHILD, SCOPE_GUARDIAN},
                  2},
    [REASON] = {USES_HOUSEHOLD | USES_CHILD | USES_GUARDIAN | USES_REASON,
                {SCOPE_CHILD, SCOPE_GUARDIAN, SCOPE_REASON},
                3},
    [JOB] = {USES_HOUSEHOLD | USES_JOB, {SCOPE_JOB}, 1},
    [COHABITANT] = {USES_HOUSEHOLD | USES_COHABITANT, {SCOPE_COHABITANT}, 1},
};

struct row {
    const char *records;
    enum where in;
    const char *text;
    const char *worth; /* yes no, a number, "?" unknown, "-" nothing */
    struct hours hours;
};

static inline const char *as_text(struct value v, const struct expr *x,
                                  struct arena *a)
{
    if (v.is == VALUE_IS_UNKNOWN)
        return "?";
    if (v.is == VALUE_IS_NOTHING)
        return "-";
    if (expr_is_text(x->type.value))
        return v.text;
    if (x->type.value == EXPR_BOOL)
        return v.num ? "yes" : "no";
    if (x->type.value == EXPR_DATE)
        return date_iso((int32_t)v.num, a);
    if (x->type.value == EXPR_MONTH)
        return month_iso((int32_t)v.num, a);
    return arena_printf(a, "%lld", (long long)v.num);
}

static inline const char *worth(const struct row *r, struct arena *a)
{
    struct record_set set;
    struct diag d = DIAG_INIT;
    struct ruleset rules = {.dict = &dict, .hours = r->hours};
    struct scorer s;
    struct family family;
    struct eval e;
    struct expr_env env = {.dict = &dict, .binds = bound[r->in].uses};
    record_set_init(&set, &dict);
    help_rows(&set, r->records);
    record_set_finish(&set);
    const struct expr *x = expr_parse(r->text, POS_FILE("test"), &env, a, &d);
    help_print(&d);
    if (!x || !scorer_open(&s, &rules, &context, &set, a, &d))
        return "refused";
    family_open(&family, &s, 0, a);
    eval_open(&e, &s, &family);
    for (int i = 0; i < bound[r->in].n; i++)
        e.rows.of[bound[r->in].scopes[i]] =
            set.households[0].first[bound[r->in].scopes[i]];
    const char *text = arena_strdup(a, as_text(eval_begin(&e, x), x, a));
    record_set_release(&set);
    diag_release(&d);
    return text;
}

static inline void check_rows(const struct row *rows, size_t n)
{
    int wrong = 0;
    for (size_t i = 0; i < n; i++) {
        struct arena a = ARENA_INIT;
        const char *got = worth(&rows[i], &a);
        if (strcmp(got, rows[i].worth) != 0) {
            print_error("%s\n%s: %s, not %s\n", rows[i].records, rows[i].text,
                        got, rows[i].worth);
            wrong++;
        }
        arena_release(&a);
    }
    assert_int_equal(wrong, 0);
}

#define HH "household "
#define TWO "guardian:1 present=はい\nguardian:2 present=はい\n"
#define KIND(person, seq, kind) "reason:" person ":" seq " kind=" kind "\n"

#endif
