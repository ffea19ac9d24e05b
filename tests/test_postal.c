#include "records/postal.h"

#include "core/text.h"
#include "records_help.h"

#define HEAD "郵便番号,都道府県,市区町村,町域\n"
/* One code of two towns, one town of two codes, a town within another's name,
 * and what lies in no town. */
#define TOWNS                                          \
    HEAD "9000001,沖縄県,見本市,緑が丘\n"     \
         "900-0002,沖縄県,見本市,緑が丘東\n" \
         "9000003,沖縄県,見本市,港町\n"        \
         "9000003,沖縄県,見本市,浜辺\n"        \
         "9000004,沖縄県,見本市,港町\n"        \
         "9000000,沖縄県,見本市,以下に掲載がない場合\n"

static const struct {
    const char *csv, *findings;
    size_t n;
} files[] = {
    {TOWNS, "", 6},
    {"郵便番号,市区町村,町域\n", "missing-column:1", 0},
    {HEAD "900000,沖縄県,見本市,港町\n", "bad-postal-code:2", 0},
    {HEAD "9000003,沖縄県,,港町\n", "key-missing:2", 0},
    /* as Japan Post gives it */
    {"47201,\"900  \",\"9000003\",オキナワケン,ミホンシ,ミナトマチ,沖縄県,"
     "見本市,港町（１～３丁目）,0,0,1,0,0,0\n"
     "47201,\"900  \",\"9000005\",オキナワケン,ミホンシ,ハマベ,沖縄県,"
     "見本市,浜辺,0,0,1,0,0,0\n",
     "", 2},
};

static void a_list_of_codes_is_read_or_refused(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(files); i++) {
        struct arena mem = ARENA_INIT;
        struct diag d = DIAG_INIT;
        struct postal p;
        bool ok = postal_load(&p, files[i].csv, strlen(files[i].csv),
                              "postal.csv", &mem, &d);
        assert_string_equal(help_findings(&d, &mem), files[i].findings);
        assert_int_equal(ok, !*files[i].findings);
        if (ok)
            assert_int_equal(p.n, files[i].n);
        if (files[i].n == 2)
            assert_string_equal(p.by_code[0].place, "見本市港町");
        diag_release(&d);
        arena_release(&mem);
    }
}

static const struct {
    const char *address, *codes;
} addresses[] = {
    {"見本市緑が丘2丁目5番7号", "9000001"},
    {"沖縄県見本市緑が丘2-5-7", "9000001"},
    {"見本市 緑が丘東 1-1", "9000002"},
    {"見本市港町1-5-11", "9000003 9000004"},
    {"見本市山中1", "9000000"},
    {"例示市港町1", ""},
    {"", ""},
};

static void an_address_has_the_codes_of_its_town(void **state)
{
    (void)state;
    struct arena mem = ARENA_INIT;
    struct postal p;
    assert_true(
        postal_load(&p, TOWNS, strlen(TOWNS), "postal.csv", &mem, NULL));
    for (size_t i = 0; i < COUNT(addresses); i++) {
        size_t first, end;
        const char *codes = "";
        postal_of_address(&p, text_match_key(addresses[i].address, &mem),
                          &first, &end);
        for (; first < end; first++)
            codes = arena_printf(&mem, "%s%s%s", codes, *codes ? " " : "",
                                 p.by_key[first].code);
        assert_string_equal(codes, addresses[i].codes);
    }
    size_t first, end;
    postal_of_code(&p, "9000003", &first, &end);
    assert_int_equal(end - first, 2);
    postal_of_code(&p, "9999999", &first, &end);
    assert_int_equal(end - first, 0);
    arena_release(&mem);
}

static const struct {
    const char *address;
    int slips;
    const char *rest; /* NULL: the town is not there */
} rests[] = {
    {"見本市緑が丘2丁目5番7号", 0, "2丁目5番7号"},
    {"沖縄県見本市緑が丘 2-5", 0, " 2-5"},
    {"見本 市緑が 丘2-5", 0, "2-5"},
    {"見本市録が丘2-5", 0, NULL},
    {"見本市録が丘2-5", 1, "2-5"},
    {"見市緑が丘2-5", 1, "2-5"},
    {"港町2-5", 1, NULL},
    {"", 1, NULL},
};

static void a_town_ends_where_the_number_begins(void **state)
{
    (void)state;
    struct arena mem = ARENA_INIT;
    struct postal p;
    size_t first, end;
    assert_true(
        postal_load(&p, TOWNS, strlen(TOWNS), "postal.csv", &mem, NULL));
    postal_of_code(&p, "9000001", &first, &end);
    for (size_t i = 0; i < COUNT(rests); i++) {
        const char *rest = postal_rest(&p.by_code[first], rests[i].address,
                                       rests[i].slips, &mem);
        if (rests[i].rest) {
            assert_non_null(rest);
            assert_string_equal(rest, rests[i].rest);
        } else {
            assert_null(rest);
        }
    }
    arena_release(&mem);
}

static void seven_digits_are_a_code(void **state)
{
    (void)state;
    struct arena mem = ARENA_INIT;
    assert_string_equal(postal_digits("900-2669", &mem), "9002669");
    assert_string_equal(postal_digits("９００ー２６６９", &mem), "");
    assert_string_equal(postal_digits("９００－２６６９", &mem), "9002669");
    assert_string_equal(postal_digits("90026690", &mem), "");
    assert_string_equal(postal_digits("900266", &mem), "");
    assert_string_equal(postal_digits("", &mem), "");
    arena_release(&mem);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_list_of_codes_is_read_or_refused),
        cmocka_unit_test(an_address_has_the_codes_of_its_town),
        cmocka_unit_test(a_town_ends_where_the_number_begins),
        cmocka_unit_test(seven_digits_are_a_code),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
