/* What the builder refuses, and how it sorts what it takes. */
#include "market_text.h"

#include "scoring/placement/market_build.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define AT POS_FILE("list")

static int32_t child(struct market_builder *b, const char *id)
{
    return market_child_ref(b, id, strlen(id));
}

static int32_t facility(struct market_builder *b, const char *id)
{
    return market_facility_ref(b, id, strlen(id));
}

static bool add_facility(struct market_builder *b, const char *id)
{
    struct market_facility_spec f = MARKET_FACILITY_SPEC;
    f.facility = facility(b, id);
    f.seats[1] = 2;
    return market_add_facility(b, &f);
}

static bool add_single(struct market_builder *b, const char *id, int age,
                       const char *wish)
{
    int32_t c = child(b, id), f = facility(b, wish);
    bool ok = market_add_child(b, c, age, MARKET_NONE, AT);
    return market_add_family(b, id, strlen(id), &c, 1, &f, 1, AT) && ok;
}

static void lists_in_any_order_come_out_sorted(void **state)
{
    (void)state;
    struct arena a = ARENA_INIT;
    struct diag d = DIAG_INIT;
    struct market m;
    struct market_builder *b = market_builder_open("list", &d);
    int32_t twins[] = {child(b, "0005"), child(b, "0003"), child(b, "0004")};
    int32_t wishes[] = {facility(b, "sun"), facility(b, "moon"), MARKET_NONE};
    int32_t order[] = {twins[1], twins[0]};
    int64_t scores[] = {70000, 65500};
    assert_true(market_add_family(b, "f", 1, twins, 3, wishes, 1, AT));
    assert_true(add_facility(b, "sun"));
    assert_true(market_set_priority(b, wishes[0], order, scores, 2, AT));
    assert_true(add_facility(b, "moon"));
    assert_true(market_add_child(b, twins[0], 1, wishes[1], AT));
    assert_true(market_add_child(b, twins[1], 1, MARKET_NONE, AT));
    assert_true(market_add_child(b, twins[2], 4, MARKET_NONE, AT));
    assert_true(market_finish(b, &m, &a));
    market_builder_close(b);
    assert_int_equal(d.n, 0);
    assert_string_equal(m.facilities[0].id, "moon");
    assert_string_equal(m.children[2].id, "0005");
    assert_int_equal(m.children[2].current, 0);
    const struct market_family *f = &m.families[0];
    const int32_t eldest_first[] = {1, 0, 2}, places[] = {-1, 0, 1};
    assert_memory_equal(f->children, eldest_first, sizeof eldest_first);
    assert_memory_equal(f->entries, places, sizeof places);
    const struct market_facility *sun = &m.facilities[1];
    assert_int_equal(sun->n_priority, 2);
    assert_int_equal(sun->priority[0], 0);
    assert_int_equal(sun->score[1], 65500);
    assert_int_equal(sun->seats[1], 2);
    assert_int_equal(sun->pool[3], 8);
    assert_true(sun->release[5]);
    diag_release(&d);
    arena_release(&a);
}

static void names_beyond_the_first_table_are_kept(void **state)
{
    (void)state;
    struct arena a = ARENA_INIT;
    struct market m;
    struct market_builder *b = market_builder_open("list", NULL);
    char id[16];
    assert_true(add_facility(b, "sun"));
    for (int i = 4999; i >= 0; i--) {
        snprintf(id, sizeof id, "%04d", i);
        assert_true(add_single(b, id, i % 6, "sun"));
    }
    assert_true(market_finish(b, &m, &a));
    market_builder_close(b);
    assert_int_equal(m.n_children, 5000);
    for (int i = 0; i < 5000; i++) {
        snprintf(id, sizeof id, "%04d", i);
        assert_string_equal(m.children[i].id, id);
        assert_int_equal(m.children[i].class_age, i % 6);
        assert_int_equal(m.families[m.children[i].family].children[0], i);
    }
    arena_release(&a);
}

static void references_without_a_thing_are_refused(void **state)
{
    (void)state;
    struct arena a = ARENA_INIT;
    struct diag d = DIAG_INIT;
    struct market m;
    struct market_builder *b = market_builder_open("list", &d);
    child(b, "0001");
    assert_false(market_finish(b, &m, &a));
    assert_true(diag_has(&d, "unknown-child"));
    market_builder_close(b);
    diag_release(&d);
    arena_release(&a);
}

static void many_errors_are_counted_in_one(void **state)
{
    (void)state;
    struct arena a = ARENA_INIT;
    struct diag d = DIAG_INIT;
    struct market m;
    struct market_builder *b = market_builder_open("list", &d);
    char id[16];
    for (int i = 0; i < 100; i++) {
        snprintf(id, sizeof id, "%04d", i);
        add_single(b, id, 9, "sun");
    }
    assert_false(market_finish(b, &m, &a));
    assert_int_equal(d.n, MARKET_ERRORS_MAX + 1);
    assert_string_equal(d.items[MARKET_ERRORS_MAX].check, "more-problems");
    assert_non_null(strstr(d.items[MARKET_ERRORS_MAX].what.en, "81"));
    market_builder_close(b);
    diag_release(&d);
    arena_release(&a);
}

static void a_household_can_be_too_large(void **state)
{
    (void)state;
    struct diag d = DIAG_INIT;
    struct market_builder *b = market_builder_open("list", &d);
    int32_t many[MARKET_SIBLINGS_MAX + 1];
    char id[16];
    for (int i = 0; i <= MARKET_SIBLINGS_MAX; i++) {
        snprintf(id, sizeof id, "%04d", i);
        many[i] = child(b, id);
    }
    assert_false(market_add_family(b, "f", 1, many, MARKET_SIBLINGS_MAX + 1,
                                   NULL, 0, AT));
    assert_true(diag_has(&d, "too-many-siblings"));
    for (int i = 0; i < MARKET_SIBLINGS_MAX; i++) {
        snprintf(id, sizeof id, "%04d", 1000 + i);
        many[i] = child(b, id);
    }
    assert_true(
        market_add_family(b, "g", 1, many, MARKET_SIBLINGS_MAX, NULL, 0, AT));
    market_builder_close(b);
    diag_release(&d);
}

static void closing_nothing_is_harmless(void **state)
{
    (void)state;
    market_builder_close(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lists_in_any_order_come_out_sorted),
        cmocka_unit_test(names_beyond_the_first_table_are_kept),
        cmocka_unit_test(references_without_a_thing_are_refused),
        cmocka_unit_test(many_errors_are_counted_in_one),
        cmocka_unit_test(a_household_can_be_too_large),
        cmocka_unit_test(closing_nothing_is_harmless),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
