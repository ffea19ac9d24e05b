#include "records/facility.h"

#include "core/date.h"
#include "records_help.h"

#define NURSERIES \
    "施設番号,施設名,種別,最低月齢(日),連携施設,地区,小学校区,閉園日\n"
#define TWO                                                           \
    NURSERIES "012,みどり保育園,保育所,57,,北,第一小,\n" \
              "007,あおば園,小規模,,012,南,,2028-03-31\n"
#define SEATS                                                                                           \
    "施設番号,クラス,受入可能,継続在園,転園希望者数,募集人数,転園枠算入," \
    "共有クラス,確認者,版,基準日時\n"

#define KINDS "施設番号,クラス,枠,募集人数\n"

/* Both files, and "check:line" of what is said. */
static const struct {
    const char *nurseries, *seats, *findings;
} cases[] = {
    {TWO, SEATS "007,0,6,2,1,4,はい,,係長,1,2026-12-01 10:00\n", ""},
    {TWO, SEATS "７,0,,,,,,,,,\n", "unknown-facility:2"},
    {TWO, SEATS "００７,1歳,,,,,,,,,\n", ""},
    {TWO, SEATS "007,6,,,,1,,,,,\n", "bad-class:2"},
    {TWO, SEATS "007,乳児,,,,1,,,,,\n", "bad-class:2"},
    {TWO, SEATS "007,0,,,,十,,,,,\n", "bad-number:2"},
    {TWO, SEATS "007,0,,,,-1,,,,,\n", "negative-seats:2"},
    {TWO, SEATS "007,0,,,,▲1,,,,,\n", "negative-seats:2"},
    {TWO, SEATS "007,0,6,2,,5,,,,,\n", "seats-disagree:2"},
    {TWO, SEATS "007,0,,,2,1,,,,,\n", "own-seats-unsaid:2"},
    {TWO, SEATS "007,0,,,,1,,,,,\n007,0,,,,1,,,,,\n", "duplicate-seats:3"},
    {TWO, SEATS "007,0,,,,1,,0|1,,,\n007,1,,,,1,,0|1,,,\n", ""},
    {TWO, SEATS "007,0,,,,1,,0|1,,,\n007,1,,,,1,,,,,\n", "pool-disagrees:2"},
    {TWO, SEATS "007,0,,,,1,,0-1,,,\n", "bad-class:2"},
    {TWO, SEATS "007,0,,,,1,多分,,,,\n", "bad-boolean:2"},
    {TWO, KINDS "007,0,,1\n007,0,加配,1\n007,1,,0\n007,1,地域,2\n", ""},
    {TWO, KINDS "007,0,加配,1\n007,0,,1\n", ""},
    {TWO, KINDS "007,0,,1\n007,0,加配,-1\n", "negative-seats:3"},
    {TWO, KINDS "007,0,,1\n007,0,加配,1\n007,0,加配,2\n", "duplicate-seats:4"},
    {TWO, KINDS "007,0,,1\n007,1,加配,1\n", "special-alone:3"},
    {TWO,
     KINDS "007,0,,1\n"
           "007,0,1,1\n007,0,2,1\n007,0,3,1\n007,0,4,1\n007,0,5,1\n"
           "007,0,6,1\n007,0,7,1\n007,0,8,1\n007,0,9,1\n007,0,10,1\n"
           "007,0,11,1\n007,0,12,1\n007,0,13,1\n007,0,14,1\n007,0,15,1\n"
           "007,0,16,1\n007,0,17,1\n",
     "special-many:19"},
    {NURSERIES "1#2,あ,,,,,,\n", SEATS, "bad-facility-code:2"},
    {TWO, "施設番号,クラス\n007,0\n", "missing-column:1"},
    {TWO, "施設番号,クラス,募集人数,空き\n007,0,1,1\n", "unknown-column:1"},
    {NURSERIES "1,あ,,,,,,\n1,い,,,,,,\n", SEATS, "duplicate-facility:3"},
    {NURSERIES "1,あ,,,9,,,\n", SEATS, "unknown-facility:2"},
    {NURSERIES "1,,,,,,,\n", SEATS, "key-missing:2"},
    {NURSERIES "1,あ,,57日,,,,\n", SEATS, "bad-number:2"},
    {NURSERIES "1,あ,,57,,,,春\n", SEATS, "bad-date:2"},
};

static void every_mistake_has_its_message(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct arena mem = ARENA_INIT;
        struct diag d = DIAG_INIT;
        struct facilities f;
        bool ok = facilities_load(
            &f, cases[i].nurseries, strlen(cases[i].nurseries), "n.csv",
            cases[i].seats, strlen(cases[i].seats), "s.csv", &mem, &d);
        if (strcmp(help_findings(&d, &mem), cases[i].findings) != 0)
            fprintf(stderr, "case %zu\n", i);
        assert_string_equal(help_findings(&d, &mem), cases[i].findings);
        assert_int_equal(ok, d.errors == 0);
        diag_release(&d);
        arena_release(&mem);
    }
}

static void what_is_written_is_what_is_there(void **state)
{
    (void)state;
    static const char seats[] =
        SEATS "007,0,6,2,1,4,はい,0|1,係長,1,2026-12-01 10:00\n"
              "007,1,,,,,,0|1,,,\n012,5,,,,0,いいえ,,,,\n";
    struct arena mem = ARENA_INIT;
    struct diag d = DIAG_INIT;
    struct facilities all;
    assert_true(facilities_load(&all, TWO, strlen(TWO), "n.csv", seats,
                                strlen(seats), "s.csv", &mem, &d));
    assert_int_equal(all.n, 2);
    const struct facility *a = facility_find(&all, "007");
    const struct facility *b = facility_find(&all, "012");
    assert_ptr_equal(a, &all.items[0]); /* sorted by code */
    assert_ptr_equal(b, &all.items[1]);
    assert_null(facility_find(&all, "7"));
    assert_true(facility_links_to(a, "012"));
    assert_false(facility_links_to(b, "007"));
    assert_int_equal(a->closes_on, date_day(2028, 3, 31));
    assert_int_equal(b->closes_on, INT32_MAX);
    assert_int_equal(b->min_age_days, 57);
    assert_int_equal(a->seats[0].offered, 4);
    assert_int_equal(a->seats[0].transferring, 1);
    assert_true(a->seats[0].own_included);
    assert_int_equal(a->seats[0].pool, 3);
    assert_string_equal(a->seats[0].signed_by, "係長");
    /* Empty is unknown, never nought. */
    assert_true(a->seats[1].present);
    assert_int_equal(a->seats[1].offered, -1);
    assert_string_equal(a->seats[1].signed_by, "");
    assert_false(a->seats[2].present);
    assert_int_equal(b->seats[5].offered, 0);
    diag_release(&d);
    arena_release(&mem);
}

static void special_seats_stand_beside_the_general_ones(void **state)
{
    (void)state;
    static const char seats[] =
        KINDS "007,1,地域,2\n007,1,,5\n007,1,加配,1\n007,2,,\n007,2,加配,\n";
    struct arena mem = ARENA_INIT;
    struct diag d = DIAG_INIT;
    struct facilities all;
    assert_true(facilities_load(&all, TWO, strlen(TWO), "n.csv", seats,
                                strlen(seats), "s.csv", &mem, &d));
    const struct facility *f = facility_find(&all, "007");
    assert_int_equal(f->seats[1].offered, 5);
    assert_int_equal(f->n_special, 2);
    assert_true(strcmp(f->special[0].kind, f->special[1].kind) < 0);
    const struct special_seats *support = facility_special(f, "加配");
    assert_int_equal(support->seats[1].offered, 1);
    assert_true(support->seats[2].present);
    assert_int_equal(support->seats[2].offered, -1);
    assert_false(support->seats[3].present);
    assert_int_equal(facility_special(f, "地域")->seats[1].offered, 2);
    assert_false(facility_special(f, "地域")->seats[2].present);
    assert_null(facility_special(f, "医療"));
    assert_null(facility_special(facility_find(&all, "012"), "加配"));
    diag_release(&d);
    arena_release(&mem);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_mistake_has_its_message),
        cmocka_unit_test(what_is_written_is_what_is_there),
        cmocka_unit_test(special_seats_stand_beside_the_general_ones),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
