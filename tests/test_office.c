#include "records/office.h"

#include "records_help.h"

struct taken {
    struct buf text;
    size_t stop_after, n;
};

static bool take(void *context, const struct field *f,
                 const struct row_key *key, const char *text, const char *as_of,
                 const char *source, struct pos at)
{
    struct taken *t = context;
    buf_printf(&t->text, "%s %s/%s/%d/%d = %s (%s %s %d:%d)\n", f->path,
               key->household, key->child, key->person, key->seq, text, as_of,
               source, at.line, at.column);
    return ++t->n != t->stop_after;
}

static bool load(const char *csv, struct taken *t, struct diag *d)
{
    struct arena mem = ARENA_INIT;
    struct dictionary dict;
    help_dictionary(&dict, &mem);
    bool ok = office_load(&dict, csv, strlen(csv), "o.csv", take, t, d);
    arena_release(&mem);
    return ok;
}

static void values_go_to_the_rows_they_belong_to(void **state)
{
    (void)state;
    static const char csv[] =
        "世帯番号,児童番号,人番号,滞納額,地域型卒園,障害者手帳,勤務地区分,"
        "reason.illness_grade,時点,出典\n"
        "000123,,,0,,,,,2026-11-30,収納課\n"
        "000123,0001,1,,はい,身体2級,市内,通院その他,2026-12-01,保育課\n"
        "000124,,,,,,,,,\n";
    struct taken t = {BUF_INIT, 0, 0};
    struct diag d = DIAG_INIT;
    bool ok = load(csv, &t, &d);
    help_print(&d);
    assert_true(ok);
    assert_string_equal(
        t.text.bytes,
        "household.arrears_amount 000123//0/0 = 0 (2026-11-30 収納課 2:4)\n"
        "child.graduating 000123/0001/0/0 = はい (2026-12-01 保育課 3:5)\n"
        "guardian.disability 000123//1/0 = 身体2級 (2026-12-01 保育課 3:6)\n"
        "job.workplace_area 000123//1/1 = 市内 (2026-12-01 保育課 3:7)\n"
        "reason.illness_grade 000123//1/1 = 通院その他 (2026-12-01 保育課 "
        "3:8)\n");
    buf_release(&t.text);
    diag_release(&d);
}

#define HEAD "世帯番号,児童番号,滞納額,地域型卒園,時点,出典\n"

static const struct {
    const char *csv, *findings;
} cases[] = {
    {HEAD "1,,0,,2026-11-30,収納課\n", ""},
    {HEAD "1,,0,,,収納課\n", "source-missing:2"},
    {HEAD "1,,0,,2026-11-30,\n", "source-missing:2"},
    {HEAD "1,,0,,昨日,収納課\n", "bad-date:2"},
    {HEAD "1,,,はい,2026-11-30,保育課\n", "key-missing:2"},
    {HEAD ",1,,はい,2026-11-30,保育課\n", "key-missing:2"},
    {HEAD "1,,無,,2026-11-30,収納課\n", "bad-number:2"},
    {HEAD "1,,0,,2026-11-30,収納課\n1,,5,,2026-11-30,収納課\n",
     "office-twice:3"},
    {HEAD "1,,0,,2026-11-30,収納課\n1,,0円,,2026-11-30,収納課\n", ""},
    {"世帯番号,滞納学,時点,出典\n", "unknown-column:1"},
    {"世帯番号,希望施設番号,時点,出典\n", "unknown-column:1"},
    {"世帯番号,電話番号,時点,出典\n", "ambiguous-column:1"},
    {"世帯番号,household.phone,時点,出典\n", ""},
    {"世帯番号,滞納額,時点\n", "missing-column:1"},
    {"児童番号,滞納額,時点,出典\n", "missing-column:1"},
};

static void a_number_says_which_job(void **state)
{
    (void)state;
    static const char csv[] =
        "世帯番号,人番号,連番,児童との続柄,勤務地区分,時点,出典\n"
        "000123,1,2,,市内,2026-12-01,保育課\n"
        "000123,11,,兄,,2026-12-01,住民記録\n"
        "000123,1,,,隣接市町村,2026-12-01,保育課\n";
    struct taken t = {BUF_INIT, 0, 0};
    struct diag d = DIAG_INIT;
    bool ok = load(csv, &t, &d);
    help_print(&d);
    assert_true(ok);
    assert_string_equal(
        t.text.bytes,
        "job.workplace_area 000123//1/2 = 市内 (2026-12-01 保育課 2:5)\n"
        "cohabitant.relation 000123//11/0 = 兄 (2026-12-01 住民記録 3:4)\n"
        "job.workplace_area 000123//1/1 = 隣接市町村 (2026-12-01 保育課 "
        "4:5)\n");
    buf_release(&t.text);
    diag_release(&d);
}

static void every_mistake_has_its_message(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct arena mem = ARENA_INIT;
        struct diag d = DIAG_INIT;
        struct taken t = {BUF_INIT, 0, 0};
        bool ok = load(cases[i].csv, &t, &d);
        if (strcmp(help_findings(&d, &mem), cases[i].findings) != 0)
            fprintf(stderr, "%s", cases[i].csv);
        assert_string_equal(help_findings(&d, &mem), cases[i].findings);
        assert_int_equal(ok, !*cases[i].findings);
        assert_true(ok || t.n == 0); /* a bad file gives nothing */
        buf_release(&t.text);
        diag_release(&d);
        arena_release(&mem);
    }
}

static void the_taker_can_stop(void **state)
{
    (void)state;
    struct diag d = DIAG_INIT;
    struct taken t = {BUF_INIT, 1, 0};
    assert_false(load(HEAD "1,,0,,2026-11-30,収納課\n"
                           "2,,0,,2026-11-30,収納課\n",
                      &t, &d));
    assert_int_equal(t.n, 1);
    assert_int_equal(d.n, 0);
    buf_release(&t.text);
    diag_release(&d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_go_to_the_rows_they_belong_to),
        cmocka_unit_test(a_number_says_which_job),
        cmocka_unit_test(every_mistake_has_its_message),
        cmocka_unit_test(the_taker_can_stop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
