/*
 * Any text is an expression, or exactly what is wrong with it: never both,
 * never nothing. What cannot come true by expr_never() does not come true for
 * a household of whom nothing, or nothing but 該当なし, is told. The first byte
 * says where the expression stands.
 */
#include "tests/fuzz/fuzz_rules_help.h"

#include "scoring/points/eval.h"
#include "scoring/points/expr_never.h"

static struct record_set set;
static struct ruleset rules;
static struct score_context context;
static struct scorer scorer;
static struct family family;

/* A guardian, a reason, a job, a child, a preference: unknown throughout. */
static void add_rows(void)
{
    static const struct row_key keys[N_SCOPES] = {
        [SCOPE_HOUSEHOLD] = {"1", "", 0, 0},
        [SCOPE_GUARDIAN] = {"1", "", 1, 0},
        [SCOPE_REASON] = {"1", "", 1, 1},
        [SCOPE_JOB] = {"1", "", 1, 1},
        [SCOPE_CHILD] = {"1", "1", 0, 0},
        [SCOPE_PREFERENCE] = {"1", "1", 0, 1},
        [SCOPE_COHABITANT] = {"1", "", 11, 0},
        [SCOPE_DOCUMENT] = {"1", "", 0, 1}};
    for (int s = 0; s < N_SCOPES; s++)
        record_set_row(&set, (enum scope)s, &keys[s]);
    record_set_finish(&set);
}

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc;
    (void)argv;
    fuzz_dictionary();
    rules = (struct ruleset){.dict = &fuzz_dict,
                             .hours.weeks_per_month_milli = 4000};
    context = (struct score_context){.fiscal_year = 2027, .lottery_seed = "x"};
    record_set_init(&set, &fuzz_dict);
    add_rows();
    if (!scorer_open(&scorer, &rules, &context, &set, &fuzz_mem, NULL))
        abort();
    family_open(&family, &scorer, 0, &fuzz_mem);
    return 0;
}

static const unsigned places[] = {
    USES_HOUSEHOLD,
    USES_HOUSEHOLD | USES_CHILD | USES_GUARDIAN,
    USES_HOUSEHOLD | USES_CHILD | USES_GUARDIAN | USES_REASON,
    USES_HOUSEHOLD | USES_JOB,
    USES_HOUSEHOLD | USES_COHABITANT,
    USES_HOUSEHOLD | USES_CHILD,
    USES_HOUSEHOLD | USES_CHILD | USES_PREFERENCE | USES_POINTS,
};
#define N_PLACES (sizeof places / sizeof places[0])

static void check_never(const struct expr *e)
{
    struct eval eval;
    struct wish yes = {.e = e, .is = WISH_YES};
    struct wish no = {.e = e, .is = WISH_NO};
    eval_open(&eval, &scorer, &family);
    for (int s = 0; s < N_SCOPES; s++)
        eval.rows.of[s] = 0;
    enum tri is = eval_condition(&eval, e);
    if ((is == TRI_YES && expr_never(&yes, 1)) ||
        (is == TRI_NO && expr_never(&no, 1)))
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    struct diag d = DIAG_INIT;
    if (len < 1)
        return -1;
    struct expr_env env = {.dict = &fuzz_dict,
                           .binds = places[bytes[0] % N_PLACES]};
    const struct expr *e =
        expr_parse(fuzz_text(bytes + 1, len - 1), (struct pos){"fuzz", 1, 1},
                   &env, &fuzz_run, &d);
    if ((e == NULL) != (d.errors > 0) || d.errors > 1)
        abort();
    if (e && (e->depth > EXPR_MAX_DEPTH || !expr_same(e, e, &(long){100000})))
        abort();
    if (e && e->type.value == EXPR_BOOL)
        check_never(e);
    fuzz_show(&d);
    diag_release(&d);
    arena_clear(&fuzz_run);
    return 0;
}
