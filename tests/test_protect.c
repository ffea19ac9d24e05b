/* 支援措置: whose address is shown, and whose is not. */
#include "records/protect.h"

#include "records_help.h"

struct city {
    struct arena mem;
    struct dictionary dict;
    struct record_set set;
};

static void open_city(struct city *k, const char *rows)
{
    *k = (struct city){.mem = ARENA_INIT};
    help_dictionary(&k->dict, &k->mem);
    record_set_init(&k->set, &k->dict);
    help_rows(&k->set, rows);
    record_set_finish(&k->set);
}

static void close_city(struct city *k)
{
    record_set_release(&k->set);
    arena_release(&k->mem);
}

static bool hidden(struct city *k, const char *household)
{
    const struct protection p = protection_of(&k->set);
    return address_is_hidden(&p, household);
}

static void what_the_city_told_decides(void **state)
{
    (void)state;
    struct city k;
    open_city(&k, "household protected=はい\n@000002\nhousehold protected="
                  "いいえ\n@000003\nhousehold address=西1\n");
    assert_true(hidden(&k, "000001"));
    assert_false(hidden(&k, "000002"));
    assert_false(hidden(&k, "000003")); /* the city's list is there */
    assert_true(hidden(&k, "000004"));  /* not of this case */
    assert_true(hidden(&k, ""));        /* a page of nobody yet */
    close_city(&k);
}

static void a_city_that_has_not_told_shows_none(void **state)
{
    (void)state;
    struct city k;
    open_city(&k, "household address=東1\n@000002\nchild:0001 sex=女\n");
    assert_true(hidden(&k, "000001"));
    assert_true(hidden(&k, "000002"));
    assert_int_equal(records_hide_addresses(&k.set), 1);
    close_city(&k);
}

/* Text says that it is kept back; a code has no such value. */
static void every_address_goes(void **state)
{
    (void)state;
    static const struct {
        const char *path, *before, *after;
    } rows[] = {
        {"household.address", "東1", ADDRESS_HIDDEN},
        {"household.address_jan1", "北2", ADDRESS_HIDDEN},
        {"household.postal_code", "9010000", ""},
        {"household.welfare", "はい", "はい"},
    };
    struct city k;
    open_city(&k, "household protected=はい address=東1 address_jan1=北2 "
                  "postal_code=9010000 welfare=はい\n@000002\nhousehold "
                  "protected=いいえ address=東1 address_jan1=北2 "
                  "postal_code=9010000 welfare=はい\n");
    assert_int_equal(records_hide_addresses(&k.set), 1);
    for (size_t i = 0; i < COUNT(rows); i++) {
        const struct field *f = help_field(&k.dict, rows[i].path);
        bool address = strcmp(rows[i].before, rows[i].after) != 0;
        assert_int_equal(path_is_address(rows[i].path), address);
        for (size_t h = 0; h < 2; h++)
            assert_string_equal(
                value_format(
                    f,
                    record_get(&k.set, f,
                               k.set.households[h].first[SCOPE_HOUSEHOLD]),
                    k.set.strings, &k.mem),
                h ? rows[i].before : rows[i].after);
    }
    assert_int_equal(records_hide_addresses(&k.set), 1); /* again: the same */
    close_city(&k);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_the_city_told_decides),
        cmocka_unit_test(a_city_that_has_not_told_shows_none),
        cmocka_unit_test(every_address_goes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
