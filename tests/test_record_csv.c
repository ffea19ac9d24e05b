#include "records/record_csv.h"
#include "records_help.h"

#include <dirent.h>
#include <unistd.h>

struct world {
    struct arena mem;
    struct dictionary dict;
    struct record_set set;
    struct diag d;
};

static void world_open(struct world *w)
{
    w->mem = ARENA_INIT;
    w->d = DIAG_INIT;
    help_dictionary(&w->dict, &w->mem);
    record_set_init(&w->set, &w->dict);
}

static void world_close(struct world *w)
{
    record_set_release(&w->set);
    diag_release(&w->d);
    arena_release(&w->mem);
}

/* All scopes and manual points in the canonical style, one after another. */
static char *canonical(struct world *w)
{
    char *out = arena_strdup(&w->mem, "");
    for (int s = 0; s <= N_SCOPES; s++) {
        struct csv_writer csv;
        bool ok = s == N_SCOPES
                      ? manual_csv_write(&w->set, RECORD_CSV_CANONICAL, LANG_JA,
                                         &csv, &w->d)
                      : record_csv_write_scope(&w->set, (enum scope)s,
                                               RECORD_CSV_CANONICAL, LANG_JA,
                                               &csv, &w->d);
        assert_true(ok);
        out = arena_printf(&w->mem, "%s%s", out, csv.out.bytes);
        csv_release(&csv);
    }
    return out;
}

static const char *const rows[] = {
    "@000001\n",
    ("household address=\"見本市,本町\"１−２ welfare=いいえ "
     "phone=０９０１２３４ tax_levy=-1\n"),
    "guardian:1 name=髙﨑凜 kana=タカサキ present=はい\n",
    "guardian:2 present=#該当なし birth=#判読不能\n",
    ("job:1:1 weekdays=月|水 minutes_month=160:30 weekday_from=8:30 "
     "actual1_month=2026-10\n"),
    "job:1:2 weekdays=なし\n",
    "reason:1:1 kind=就労\n",
    "cohabitant:11 relation=兄\n",
    "child:0001 birth=2024-02-29 birth_order=2\n",
    "preference:0001:1 facility=007\n",
    "preference:0001:10 facility=011\n",
    "preference:0001:2 facility=008\n",
    "document:1 type=cover received_on=2026-11-01\n",
};

static void add_manual(struct record_set *set)
{
    struct manual_points m = {.household = "000001",
                              .child = "",
                              .rule = "care",
                              .points = -1500,
                              .reason = "面談, 記録あり",
                              .by = "係員A",
                              .approved_by = ""};
    record_set_add_manual(set, &m);
    m.child = "0001";
    m.points = 3000;
    record_set_add_manual(set, &m);
}

/* Rows from first to last, or from last to first. */
static void fill(struct record_set *set, bool backwards)
{
    struct arena mem = ARENA_INIT;
    for (size_t i = 1; i < COUNT(rows); i++) {
        const char *row = rows[backwards ? COUNT(rows) - i : i];
        help_rows(set, arena_printf(&mem, "%s%s", rows[0], row));
        help_rows(set, arena_printf(&mem, "@000000\n%s", row));
    }
    add_manual(set);
    record_set_finish(set);
    arena_release(&mem);
}

static void remove_folder(const char *folder)
{
    struct arena mem = ARENA_INIT;
    size_t n;
    char **names = folder_list(folder, &mem, &n, NULL);
    for (size_t i = 0; i < n; i++)
        unlink(path_join(&mem, folder, names[i]));
    rmdir(folder);
    arena_release(&mem);
}

static void export_and_import_give_the_same_bytes(void **state)
{
    (void)state;
    static const struct {
        struct csv_style style;
        enum lang lang;
    } styles[] = {
        {{.encoding = ENCODING_UTF8, .lf = true, .no_bom = true}, LANG_JA},
        {{.encoding = ENCODING_AUTO}, LANG_JA},
        {{.encoding = ENCODING_AUTO, .excel = true}, LANG_EN},
    };
    for (size_t i = 0; i < COUNT(styles); i++) {
        char folder[] = "/tmp/nyusho-record-csv-XXXXXX";
        struct world out, in;
        assert_non_null(mkdtemp(folder));
        world_open(&out);
        world_open(&in);
        fill(&out.set, false);
        assert_true(record_csv_write(&out.set, folder, styles[i].style,
                                     styles[i].lang, &out.d));
        bool ok = record_csv_load(&in.set, folder, &in.d);
        help_print(&in.d);
        assert_true(ok);
        assert_string_equal(canonical(&out), canonical(&in));
        assert_int_equal(in.set.n_households, 2);
        world_close(&out);
        world_close(&in);
        remove_folder(folder);
    }
}

static void the_order_of_rows_does_not_matter(void **state)
{
    (void)state;
    struct world one, other;
    world_open(&one);
    world_open(&other);
    fill(&one.set, false);
    fill(&other.set, true);
    assert_string_equal(canonical(&one), canonical(&other));
    assert_non_null(strstr(canonical(&one), "000001,0001,2,008"));
    world_close(&one);
    world_close(&other);
}

static void an_empty_folder_is_said(void **state)
{
    (void)state;
    char folder[] = "/tmp/nyusho-record-csv-XXXXXX";
    struct world w;
    assert_non_null(mkdtemp(folder));
    world_open(&w);
    assert_false(record_csv_load(&w.set, folder, &w.d));
    assert_true(diag_has(&w.d, "no-records"));
    world_close(&w);
    rmdir(folder);
}

/* One file of preferences, and what is said about it. */
static const struct {
    const char *csv, *findings;
} files[] = {
    {"世帯番号,児童番号,連番,希望施設番号\n1,1,1,101\n", ""},
    {"希望施設番号,連番,児童番号,世帯番号\n101,1,1,1\n", ""},
    {"household no,child no,seq,facility\n1,1,1,101\n", ""},
    {"世帯番号,児童番号,連番\n1,1,1\n", ""},
    {"世帯番号,児童番号,連番,preference.facility\n1,1,1,101\n", ""},
    {"世帯番号,児童番号,希望施設番号\n1,1,101\n", "missing-column:1"},
    {"世帯番号,児童番号,人番号,連番\n1,1,1,1\n", "unknown-column:1"},
    {"世帯番号,児童番号,連番,希望施設番\n1,1,1,101\n", "unknown-column:1"},
    {"世帯番号,児童番号,連番,希望施設番号,facility\n1,1,1,1,1\n",
     "csv-duplicate-column:1"},
    {"世帯番号,児童番号,連番\n1,,1\n", "key-missing:2"},
    {"世帯番号,児童番号,連番\n1,1,0\n", "bad-key:2"},
    {"世帯番号,児童番号,連番\n1,1,x\n", "bad-key:2"},
    {"世帯番号,児童番号,連番\n1,1,1\n1,1,2\n1,1,1\n", "duplicate-row:4"},
    {"世帯番号,児童番号,連番,見学\n1,1,1,はい\n1,1,2,多分\n1,1,3,いや\n",
     "bad-boolean:3 bad-boolean:4"},
    {"世帯番号,児童番号,連番\n1,1\n", "csv-columns:2"},
};

static void every_mistake_has_its_message(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(files); i++) {
        struct world w;
        world_open(&w);
        bool ok = record_csv_load_scope(&w.set, SCOPE_PREFERENCE, files[i].csv,
                                        strlen(files[i].csv), "p.csv", &w.d);
        if (strcmp(help_findings(&w.d, &w.mem), files[i].findings) != 0)
            fprintf(stderr, "%s", files[i].csv);
        assert_string_equal(help_findings(&w.d, &w.mem), files[i].findings);
        assert_int_equal(ok, !*files[i].findings);
        world_close(&w);
    }
}

static void a_hundred_bad_rows_are_enough(void **state)
{
    (void)state;
    struct world w;
    world_open(&w);
    struct buf csv = BUF_INIT;
    buf_text(&csv, "世帯番号,児童番号,連番\n");
    for (int i = 0; i < 1000; i++)
        buf_text(&csv, "1,1,x\n");
    assert_false(record_csv_load_scope(&w.set, SCOPE_PREFERENCE, csv.bytes,
                                       csv.len, "p.csv", &w.d));
    assert_int_equal(w.d.n, 101);
    assert_true(diag_has(&w.d, "too-many-errors"));
    buf_release(&csv);
    world_close(&w);
}

#define MANUAL "世帯番号,児童番号,人番号,規則,点数,理由,入力者,承認者\n"

static const struct {
    const char *csv, *findings;
} manual_files[] = {
    {MANUAL "1,,,care,1.5,面談,A,B\n1,,1,care,1.5,面談,A,\n", ""},
    {MANUAL "1,,,care,1.5,面談,A,B\n1,,,care,2,面談,A,B\n", "duplicate-row:3"},
    {MANUAL "1,,,care,多め,面談,A,B\n", "bad-number:2"},
    {MANUAL "1,,,care,1,,A,B\n", "reason-missing:2"},
    {MANUAL "1,,,care,1,面談,,B\n", "reason-missing:2"},
    {MANUAL ",,,care,1,面談,A,B\n", "key-missing:2"},
    {MANUAL "1,,,,1,面談,A,B\n", "key-missing:2"},
    {MANUAL "1,,100,care,1,面談,A,B\n", "bad-key:2"},
    {"世帯番号,規則,点数,理由\n1,care,1,面談\n", "missing-column:1"},
    {"世帯番号,規則,点数,理由,入力者,級\n1,care,1,面談,A,\n",
     "unknown-column:1"},
};

static void manual_points_need_a_reason(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(manual_files); i++) {
        struct world w;
        world_open(&w);
        bool ok = manual_csv_load(&w.set, manual_files[i].csv,
                                  strlen(manual_files[i].csv), "m.csv", &w.d);
        assert_string_equal(help_findings(&w.d, &w.mem),
                            manual_files[i].findings);
        assert_int_equal(ok, !*manual_files[i].findings);
        world_close(&w);
    }
}

static void points_are_exact(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        bool ok;
        int64_t points;
    } points[] = {
        {"1", true, 1000},
        {"1.5", true, 1500},
        {"-0.001", true, -1},
        {"+2", true, 2000},
        {"−１０", true, -10000},
        {"▲3", true, -3000},
        {"0", true, 0},
        {"1000000", true, 1000000000},
        {"1000000.001", false, 0},
        {"1.0005", false, 0},
        {"1.", false, 0},
        {".5", false, 0},
        {"", false, 0},
        {"-", false, 0},
        {"1e3", false, 0},
        {"99999999999999999999", false, 0},
    };
    for (size_t i = 0; i < COUNT(points); i++) {
        int64_t n;
        assert_int_equal(points_parse(points[i].text, &n), points[i].ok);
        if (points[i].ok)
            assert_int_equal(n, points[i].points);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(export_and_import_give_the_same_bytes),
        cmocka_unit_test(the_order_of_rows_does_not_matter),
        cmocka_unit_test(an_empty_folder_is_said),
        cmocka_unit_test(every_mistake_has_its_message),
        cmocka_unit_test(a_hundred_bad_rows_are_enough),
        cmocka_unit_test(manual_points_need_a_reason),
        cmocka_unit_test(points_are_exact),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
