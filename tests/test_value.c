#include "records_help.h"

/* What people write, and its one canonical text; "!check" when refused. */
static const struct {
    const char *path, *text, *canonical;
} cases[] = {
    /* states */
    {"child.name", "", ""},
    {"child.name", " 　", ""},
    {"child.birth", "#該当なし", "#該当なし"},
    {"job.minutes_month", "#判読不能", "#判読不能"},
    /* texts stay as received */
    {"child.name", "　髙﨑 凜\t", "髙﨑 凜"},
    {"household.address", "見本市本町１−２", "見本市本町１−２"},
    {"child.kana", "たかさき りん", "タカサキ リン"},
    {"child.kana", "ﾀｶｻｷ ﾘﾝ", "タカサキ リン"},
    {"child.kana", "高崎 リン", "!bad-kana"},
    {"preference.facility", "０１２", "012"},
    {"preference.facility", "012", "012"},
    /* numbers */
    {"job.days_month", "20", "20"},
    {"job.days_month", "２０日", "20"},
    {"job.days_month", "0", "0"},
    {"job.days_month", "-1", "!out-of-range"},
    {"job.days_month", "367", "!out-of-range"},
    {"job.days_month", "20人", "!bad-number"},
    {"job.days_month", "二十", "!bad-number"},
    {"job.days_month", "2 0", "20"},
    {"household.arrears_months", "３か月", "3"},
    {"household.arrears_months", "3ヶ月", "3"},
    {"household.fee_class", "999999999", "999999999"},
    {"household.fee_class", "99999999999999999999999", "!out-of-range"},
    {"household.tax_levy", "￥123,400円", "123400"},
    {"household.tax_levy", "-5", "-5"},
    {"household.tax_levy", "1,", "!bad-number"},
    {"household.tax_levy", "1.5", "!bad-number"},
    /* minutes */
    {"job.minutes_month", "160:30", "160:30"},
    {"job.minutes_month", "１６０：３０", "160:30"},
    {"job.minutes_month", "160時間30分", "160:30"},
    {"job.minutes_month", "160時間", "160:00"},
    {"job.minutes_month", "160.5時間", "160:30"},
    {"job.minutes_month", "160h30m", "160:30"},
    {"job.minutes_month", "90分", "1:30"},
    {"job.minutes_month", "160", "!bad-minutes"},
    {"job.minutes_month", "160.01時間", "!bad-minutes"},
    {"job.minutes_month", "160:60", "!bad-minutes"},
    {"job.minutes_month", "160:5", "!bad-minutes"},
    {"job.minutes_month", "160時間30", "!bad-minutes"},
    {"job.minutes_month", "160時間60分", "!bad-minutes"},
    {"job.minutes_month", "744:00", "744:00"},
    {"job.minutes_month", "744:01", "!out-of-range"},
    {"job.weekday_break", "60分", "1:00"},
    {"job.weekday_from", "8:30", "8:30"},
    {"job.weekday_from", "8時半", "8:30"},
    {"job.weekday_to", "午後5時15分", "17:15"},
    {"job.weekday_to", "午前9時", "9:00"},
    {"job.weekday_to", "午後13時", "!bad-minutes"},
    {"job.weekday_to", "午後12時", "!bad-minutes"},
    {"job.weekday_to", "午後0時", "12:00"},
    {"job.weekday_to", "24:00", "24:00"},
    {"job.weekday_to", "24:01", "!out-of-range"},
    /* dates */
    {"child.birth", "2024-02-29", "2024-02-29"},
    {"child.birth", "1900-02-29", "!bad-date"},
    {"child.birth", "令和6年2月29日", "2024-02-29"},
    {"child.birth", "令和元年5月1日", "2019-05-01"},
    {"child.birth", "R6.2.29", "2024-02-29"},
    {"child.birth", "２０２４／２／２９", "2024-02-29"},
    {"child.birth", "平成31年5月1日", "2019-05-01"},
    {"child.birth", "きのう", "!bad-date"},
    {"job.actual1_month", "2026-10", "2026-10"},
    {"job.actual1_month", "令和8年10月", "2026-10"},
    {"job.actual1_month", "2026-13", "!bad-date"},
    /* closed lists */
    {"household.welfare", "はい", "はい"},
    {"household.welfare", "○", "はい"},
    {"household.welfare", "無", "いいえ"},
    {"household.welfare", "０", "いいえ"},
    {"household.welfare", "TRUE", "!bad-boolean"},
    {"household.welfare", "たぶん", "!bad-boolean"},
    {"job.renewal", "有（予定）", "有(予定)"},
    {"job.renewal", "有", "有"},
    {"job.renewal", "する", "!unknown-value"},
    {"job.weekdays", "月|火|金", "月|火|金"},
    {"job.weekdays", "月火金", "月|火|金"},
    {"job.weekdays", "金、月｜火,火", "月|火|金"},
    {"job.weekdays", "月曜", "!unknown-value"},
    {"job.weekdays", "なし", "なし"},
};

struct world {
    struct arena mem;
    struct dictionary dict;
    struct strings *strings;
};

static void world_open(struct world *w)
{
    w->mem = ARENA_INIT;
    help_dictionary(&w->dict, &w->mem);
    w->strings = strings_new(&w->mem);
}

static void one_meaning_has_one_text(void **state)
{
    (void)state;
    struct world w;
    world_open(&w);
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct diag d = DIAG_INIT;
        struct slot v;
        const struct field *f = help_field(&w.dict, cases[i].path);
        bool ok =
            value_parse(f, cases[i].text, w.strings, POS_FILE("t"), &v, &d);
        char *text =
            ok ? value_format(f, v, w.strings, &w.mem)
               : arena_printf(&w.mem, "!%s", d.n ? d.items[0].check : "");
        if (strcmp(text, cases[i].canonical) != 0)
            fprintf(stderr, "%s: %s\n", cases[i].path, cases[i].text);
        assert_string_equal(text, cases[i].canonical);
        if (!ok)
            assert_int_equal(v.state, VALUE_UNKNOWN);
        diag_release(&d);
    }
    arena_release(&w.mem);
}

static void canonical_text_reads_back_to_the_same_slot(void **state)
{
    (void)state;
    struct world w;
    world_open(&w);
    for (size_t i = 0; i < COUNT(cases); i++) {
        const struct field *f = help_field(&w.dict, cases[i].path);
        struct slot v, again;
        if (!value_parse(f, cases[i].text, w.strings, POS_FILE("t"), &v, NULL))
            continue;
        char *text = value_format(f, v, w.strings, &w.mem);
        assert_true(
            value_parse(f, text, w.strings, POS_FILE("t"), &again, NULL));
        assert_int_equal(again.num, v.num);
        assert_int_equal(again.state, v.state);
    }
    arena_release(&w.mem);
}

static void every_allowed_value_comes_back(void **state)
{
    (void)state;
    struct world w;
    world_open(&w);
    for (size_t i = 0; i < w.dict.n; i++) {
        const struct field *f = &w.dict.fields[i];
        for (size_t k = 0; k < f->n_values; k++) {
            struct slot v;
            assert_true(value_parse(f, f->values[k], w.strings, POS_FILE("t"),
                                    &v, NULL));
            assert_int_equal(v.num, f->type == TYPE_SET ? INT64_C(1) << k
                                                        : (int64_t)k);
        }
    }
    arena_release(&w.mem);
}

static void the_longest_value_is_meant(void **state)
{
    (void)state;
    static const char city[] =
        "format: nyusho-dictionary/1\nfields:\n"
        "  - {path: child.plan, label: 予定, type: set, see: all, "
        "values: [有(予定), 有, 無]}\n";
    struct world w;
    world_open(&w);
    assert_true(dictionary_load(&w.dict, city, strlen(city), "city.yaml",
                                &w.mem, NULL));
    const struct field *f = help_field(&w.dict, "child.plan");
    struct slot v;
    assert_true(
        value_parse(f, "有（予定）無", w.strings, POS_FILE("t"), &v, NULL));
    assert_int_equal(v.num, 1 << 0 | 1 << 2);
    arena_release(&w.mem);
}

static void a_day_outside_its_era_is_said(void **state)
{
    (void)state;
    struct world w;
    world_open(&w);
    struct diag d = DIAG_INIT;
    struct slot v;
    assert_true(value_parse(help_field(&w.dict, "child.birth"),
                            "平成31年5月1日", w.strings, POS_FILE("t"), &v,
                            &d));
    assert_true(diag_has(&d, "date-outside-era"));
    assert_int_equal(d.errors, 0);
    diag_release(&d);
    arena_release(&w.mem);
}

static void strings_keep_their_ids(void **state)
{
    (void)state;
    struct arena mem = ARENA_INIT;
    struct strings *s = strings_new(&mem);
    assert_int_equal(strings_id(s, ""), 0);
    for (int i = 1; i <= 5000; i++)
        assert_int_equal(strings_id(s, arena_printf(&mem, "t%d", i)), i);
    for (int i = 5000; i >= 1; i--) {
        char *text = arena_printf(&mem, "t%d", i);
        assert_int_equal(strings_id(s, text), i);
        assert_int_equal(strings_find(s, text), i);
        assert_string_equal(strings_text(s, i), text);
    }
    assert_int_equal(strings_find(s, "t5001"), -1);
    arena_release(&mem);
}

/* Spaces around a text send it past the way for canonical ones. */
static void canonical_texts_are_read_like_others(void **state)
{
    static const char *const texts[] = {
        "0",         "7",          "99",         "100",        "1199",
        "1201",      "0123",       "1234567",    "999999999",  "1,000",
        "-5",        "2027-04-01", "2027-02-30", "1867-01-01", "2201-01-01",
        "2026-10",   "2026-13",    "0:00",       "9:05",       "23:59",
        "24:00",     "24:01",      "160:30",     "743:59",     "744:00",
        "744:01",    "160:60",     "1:5",        "はい",       "いいえ",
        "有",        "なし",       "月",         "月|火|水",   "月火",
        "月|",       "父",         "正社員",     "就労",       "アイウ",
        "アイ ウー", "ｱｲｳ",        "あいう",     "ア・イ",     "ヴヵヶ",
        "901-2100",  "Ａ１",       "a b",        "見本　花子", "髙﨑 凜",
        "#該当なし", "#判読不能",  "#空",        "R9.4.1",
    };
    struct arena mem = ARENA_INIT;
    struct dictionary dict;
    int wrong = 0;
    (void)state;
    help_dictionary(&dict, &mem);
    struct strings *strings = strings_new(&mem);
    for (size_t f = 0; f < dict.n; f++)
        for (size_t i = 0; i < COUNT(texts); i++) {
            const struct field *field = &dict.fields[f];
            struct slot x, y;
            char *spaced = arena_printf(&mem, " %s　", texts[i]);
            bool one = value_parse(field, texts[i], strings, POS_FILE("test"),
                                   &x, NULL);
            bool other =
                value_parse(field, spaced, strings, POS_FILE("test"), &y, NULL);
            if (one == other &&
                (!one || (x.num == y.num && x.state == y.state)))
                continue;
            print_error("%s \"%s\"\n", field->path, texts[i]);
            wrong++;
        }
    arena_release(&mem);
    assert_int_equal(wrong, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(canonical_texts_are_read_like_others),
        cmocka_unit_test(one_meaning_has_one_text),
        cmocka_unit_test(canonical_text_reads_back_to_the_same_slot),
        cmocka_unit_test(every_allowed_value_comes_back),
        cmocka_unit_test(the_longest_value_is_meant),
        cmocka_unit_test(a_day_outside_its_era_is_said),
        cmocka_unit_test(strings_keep_their_ids),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
