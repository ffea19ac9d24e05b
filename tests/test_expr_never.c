/* Whether conditions can come true together: told ones, and every one of many
 * made at random against all that four fields can be. */
#include "scoring/points/expr_never.h"
#include "tests/eval_help.h"
#include "tests/worlds_help.h"

static const struct expr *parse(const char *text, enum where in,
                                struct arena *a)
{
    struct diag d = DIAG_INIT;
    struct expr_env env = {.dict = &dict, .binds = bound[in].uses};
    const struct expr *e =
        expr_parse_condition(text, POS_FILE("test"), &env, a, &d);
    help_print(&d);
    assert_non_null(e);
    diag_release(&d);
    return e;
}

/* `holds` with `before` not yes: never, or perhaps. */
static const struct {
    enum where in;
    const char *holds, *before; /* before "": alone */
    bool never;
} told[] = {
    {REASON, "reason is 就労 and reason is 求職", "", true},
    {REASON, "reason is 就労 or reason is 求職", "", false},
    {GUARDIAN, "reason is 就労 and reason is 求職", "", false},
    {HOUSEHOLD, "any guardian with (role is 父 and role is 母)", "", true},
    {HOUSEHOLD, "any guardian with role is 父 and any guardian with role is 母",
     "", false},
    {HOUSEHOLD, "not all guardians with (role is 父 or role is not 父)", "",
     true}, /* yes, or unknown; never no */
    {HOUSEHOLD, "arrears_months >= 3 and arrears_months < 3", "", true},
    {HOUSEHOLD, "arrears_months > 2 and arrears_months < 4", "", false},
    {HOUSEHOLD, "arrears_months > 2 and arrears_months < 3", "", true},
    {HOUSEHOLD, "arrears_months in 4 to 2", "", true},
    {HOUSEHOLD, "3 <= arrears_months and 2 >= arrears_months", "", true},
    {HOUSEHOLD, "arrears_months >= 1201", "", true}, /* a field's limit */
    {HOUSEHOLD, "arrears_months >= 1200", "", false},
    {HOUSEHOLD, "arrears_months < 0", "", true},
    {HOUSEHOLD, "-arrears_months > 0", "", false}, /* a sum is one thing */
    {HOUSEHOLD, "arrears_months > -1", "", false},
    {HOUSEHOLD, "arrears_amount < 0", "", false},
    {HOUSEHOLD, "entry_month = 13", "", true},
    {HOUSEHOLD, "nursery_worker_minutes > 744h", "", true},
    {HOUSEHOLD, "welfare and not welfare", "", true},
    {HOUSEHOLD, "not welfare and welfare is unknown", "", true},
    {HOUSEHOLD, "not (welfare is known) and welfare is empty", "", true},
    {HOUSEHOLD, "welfare is empty and not welfare", "", false},
    {HOUSEHOLD, "area = 「A」 and area = 「B」", "", true},
    {HOUSEHOLD, "area = 「A」 and area != 「B」", "", false},
    {HOUSEHOLD, "waiting_since < 2026-04-01 and waiting_since > 2026-04-01", "",
     true},
    {HOUSEHOLD, "waiting_since < entry_date and waiting_since > entry_date", "",
     false}, /* two things beside each other are not seen through */
    {HOUSEHOLD, "waiting_since < entry_date and not waiting_since < entry_date",
     "", true},
    {JOB, "土 in weekdays and not 土 in weekdays", "", true},
    {JOB, "土 in weekdays and 日 in weekdays", "", false},
    {CHILD, "class_age < 0", "", true},
    {CHILD, "count siblings with applying < 0", "", true},
    /* one before the other */
    {HOUSEHOLD, "arrears_months >= 6", "arrears_months >= 3", true},
    {HOUSEHOLD, "arrears_months >= 3", "arrears_months >= 6", false},
    {HOUSEHOLD, "single_parent is ひとり親",
     "single_parent is ひとり親 or 準ずる", true},
    {HOUSEHOLD, "welfare and arrears_months > 3", "welfare", true},
    {HOUSEHOLD, "welfare", "welfare or arrears_months > 3", true},
    {HOUSEHOLD, "not welfare", "welfare is known", true},
    {CHOICE, "graduating and facility is linked", "graduating", true},
    {CHOICE, "graduating", "graduating and facility is linked", false},
    {CHILD, "any sibling with (applying and leaving)",
     "any sibling with applying", false}, /* not looked into */
};

static void told_ones(void **state)
{
    (void)state;
    int wrong = 0;
    for (size_t i = 0; i < COUNT(told); i++) {
        struct arena a = ARENA_INIT;
        struct wish w[2] = {
            {.e = parse(told[i].holds, told[i].in, &a), .is = WISH_YES}};
        if (*told[i].before)
            w[1] = (struct wish){.e = parse(told[i].before, told[i].in, &a),
                                 .is = WISH_NOT_YES};
        if (expr_never(w, *told[i].before ? 2 : 1) != told[i].never) {
            print_error("%s | %s\n", told[i].holds, told[i].before);
            wrong++;
        }
        arena_release(&a);
    }
    assert_int_equal(wrong, 0);
}

/* ---- at random ---- */

static bool fits(enum tri t, enum wish_is is)
{
    switch (is) {
    case WISH_YES:
        return t == TRI_YES;
    case WISH_NO:
        return t == TRI_NO;
    case WISH_NOT_YES:
        return t != TRI_YES;
    default:
        return t != TRI_NO;
    }
}

struct tried {
    struct record_set set;
    struct scorer s;
    struct family family;
    struct eval e;
};

static bool some_world(struct tried *t, const struct wish *w, size_t n)
{
    for (size_t i = 0; world(&t->set, i); i++) {
        size_t k = 0;
        while (k < n && fits(eval_condition(&t->e, w[k].e), w[k].is))
            k++;
        if (k == n)
            return true;
    }
    return false;
}

/* Over these fields every answer is exact: what is called impossible holds
 * nowhere, and what holds nowhere is called so. */
static void every_one_made_at_random(void **state)
{
    (void)state;
    struct arena a = ARENA_INIT;
    struct tried t;
    struct ruleset rules = {.dict = &dict};
    size_t never = 0, wrong = 0;
    record_set_init(&t.set, &dict);
    help_rows(&t.set, HH "welfare=");
    record_set_finish(&t.set);
    assert_true(scorer_open(&t.s, &rules, &context, &t.set, &a, NULL));
    family_open(&t.family, &t.s, 0, &a);
    eval_open(&t.e, &t.s, &t.family);
    for (size_t i = 0; i < 600; i++) {
        seed = (uint32_t)(i * 2654435761U);
        const char *x = made(3, &a), *y = made(2, &a);
        struct wish w[] = {
            {.e = parse(x, HOUSEHOLD, &a), .is = (enum wish_is)pick(4)},
            {.e = parse(y, HOUSEHOLD, &a), .is = (enum wish_is)pick(4)}};
        bool said = expr_never(w, 2), found = some_world(&t, w, 2);
        never += said;
        if (said != found)
            continue;
        print_error("%s (%d) | %s (%d): said %d\n", x, w[0].is, y, w[1].is,
                    said);
        wrong++;
    }
    assert_int_equal(wrong, 0);
    assert_in_range(never, 50, 400); /* both answers were tried */
    record_set_release(&t.set);
    arena_release(&a);
}

/* Two ways at each of many turns before the contradiction at the end: the
 * search gives up, and in doubt says perhaps. */
static void a_hostile_condition_costs_little(void **state)
{
    (void)state;
    struct arena a = ARENA_INIT;
    const char *text = "welfare";
    for (int i = 0; i < 24; i++)
        text = arena_printf(
            &a, "%s and (area != 「%d」 or school_district != 「%d」)", text, i,
            i);
    text = arena_printf(&a, "%s and foster and not foster", text);
    struct wish w = {.e = parse(text, HOUSEHOLD, &a), .is = WISH_YES};
    assert_false(expr_never(&w, 1));
    arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(told_ones),
        cmocka_unit_test(every_one_made_at_random),
        cmocka_unit_test(a_hostile_condition_costs_little),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
