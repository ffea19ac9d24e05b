/* doubts.csv out, and a person's answers back in. */
#include "assemble_help.h"

#include "records/doubts_answer.h"

#define PAGE                                       \
    "page s1 a.tif:1 application qr=000001/0001\n" \
    "  child.kana ? ミホソ ハナ\n"            \
    "  child.birth ? 2025-06-01\n"                 \
    "  child.sex ! \n"                             \
    "  preference[1].facility ? 0101\n"            \
    "  child.leave_extension_ok ? はい\n"

static void write_doubts(struct desk *k, bool open_only, struct csv_style style,
                         struct csv_writer *w)
{
    struct case_doubt *doubts;
    size_t n;
    assert_true(case_doubts(k->db, open_only, &doubts, &n, &k->mem, &k->d));
    doubts_write(doubts, n, style, LANG_JA, w);
    assert_true(csv_finish(w, "doubts.csv", &k->d));
}

/* The table as a person gets it, with two cells of one row filled in. */
static const char *filled(struct desk *k, struct csv_style style,
                          const char *path, const char *text, const char *by,
                          size_t *len)
{
    struct csv_writer w, back;
    struct csv t;
    write_doubts(k, false, style, &w);
    assert_true(csv_parse(w.out.bytes, w.out.len, "doubts.csv", ENCODING_AUTO,
                          &t, &k->mem, &k->d));
    csv_begin(&back, style);
    for (size_t c = 0; c < t.n_columns; c++)
        csv_text(&back, t.header[c]);
    csv_end_row(&back);
    for (size_t r = 0; r < t.n_rows; r++) {
        bool ours =
            strcmp(csv_cell(&t, r, csv_column(&t, "登録先")), path) == 0;
        for (size_t c = 0; c < t.n_columns; c++)
            csv_text(&back, ours && c == t.n_columns - 2 ? text
                            : ours && c == t.n_columns - 1
                                ? by
                                : csv_cell(&t, r, (int)c));
        csv_end_row(&back);
    }
    assert_true(csv_finish(&back, "doubts.csv", &k->d));
    char *bytes = arena_copy(&k->mem, back.out.bytes, back.out.len);
    *len = back.out.len;
    csv_release(&w);
    csv_release(&back);
    return bytes;
}

static bool take(struct desk *k, const char *bytes, size_t len, size_t *taken)
{
    diag_release(&k->d);
    k->d = DIAG_INIT;
    return doubts_import(k->db, &k->dict, bytes, len, "doubts.csv", taken,
                         &k->d);
}

static void the_table_out(void **state)
{
    struct desk *k = *state;
    struct csv_writer w;
    desk_scan(k, "page s1 a.tif:1 application qr=000001/0001\n"
                 "  preference[1].facility ? 0101\n");
    write_doubts(k, true, (struct csv_style){.lf = true, .no_bom = true}, &w);
    const char *wanted = arena_printf(
        &k->mem,
        "疑義番号,世帯番号,児童番号,人番号,連番,ファイル,ページ,欄,項目,登録先,"
        "読取値,次候補,確信度,理由,内容,位置,本実行に必要,正しい値,確認者\n"
        "%s,000001,0001,,1,a.tif,1,preference[1].facility,希望施設番号,"
        "preference.facility,0101,,500,low-confidence,"
        "希望施設番号: はっきり読み取れません。正しい値を入れてください,"
        "1 1 3 4,はい,,\n",
        desk_doubt(k, "s1", "preference.facility"));
    assert_string_equal(w.out.bytes, wanted);
    csv_release(&w);
}

/* ── right ones ─────────────────────────────────────────────────────────── */

static const struct {
    const char *path, *where, *answer, *value;
} answers[] = {
    {"child.kana", "000001/0001", "ミホン ハナ", "ミホン ハナ"},
    {"child.kana", "000001/0001", "  ﾐﾎﾝ ﾊﾅ　", "ミホン ハナ"},
    {"child.kana", "000001/0001", "=", "ミホソ ハナ"},
    {"child.kana", "000001/0001", "＝", "ミホソ ハナ"},
    {"child.birth", "000001/0001", "令和7年6月2日", "2025-06-02"},
    {"child.birth", "000001/0001", "#空欄", "-"},
    {"child.birth", "000001/0001", "＃空欄", "-"},
    {"child.birth", "000001/0001", "#該当なし", "-"},
    {"child.birth", "000001/0001", "#判読不能", "!"},
    {"child.sex", "000001/0001", "女", "女"},
    {"child.leave_extension_ok", "000001/0001", "#空欄", "いいえ"},
    {"child.leave_extension_ok", "000001/0001", "=", "はい"},
    {"preference.facility", "000001/0001/1", "0102", "0102"},
};

/* In every way that a spreadsheet may have saved it. */
static const struct csv_style styles[] = {
    {.encoding = ENCODING_UTF8},
    {.encoding = ENCODING_UTF8, .no_bom = true, .lf = true},
    {.encoding = ENCODING_CP932},
    {.encoding = ENCODING_CP932, .lf = true, .excel = true},
};

static void answers_come_in(void **state)
{
    struct desk *k = *state;
    size_t len, taken;
    for (size_t i = 0; i < COUNT(answers); i++) {
        desk_clear(k);
        desk_scan(k, PAGE);
        const char *bytes =
            filled(k, styles[i % COUNT(styles)], answers[i].path,
                   answers[i].answer, "佐藤", &len);
        if (!take(k, bytes, len, &taken)) {
            help_print(&k->d);
            fail_msg("%s", answers[i].answer);
        }
        assert_int_equal(taken, 1);
        desk_assemble(k);
        assert_string_equal(desk_value(k, answers[i].where, answers[i].path),
                            answers[i].value);
        assert_int_equal(k->sum.doubts_open, 4);
        /* The same file once more: nothing is new. */
        assert_true(take(k, bytes, len, &taken));
        assert_int_equal(taken, 0);
    }
}

static void an_answer_can_be_put_right(void **state)
{
    struct desk *k = *state;
    static const char *const words[] = {"2025-06-02", "#空欄", "=",
                                        "2025-06-03"};
    static const char *const values[] = {"2025-06-02", "-", "2025-06-01",
                                         "2025-06-03"};
    desk_scan(k, PAGE);
    for (size_t i = 0; i < COUNT(words); i++) {
        desk_answer(k, "s1", "child.birth", words[i]);
        assert_string_equal(desk_value(k, "000001/0001", "child.birth"),
                            values[i]);
    }
}

/* Those already answered come out with their answer, and go in as they are. */
static void answered_ones_go_round(void **state)
{
    struct desk *k = *state;
    struct csv_writer w;
    size_t taken;
    desk_scan(k, PAGE);
    desk_answer(k, "s1", "child.birth", "2025-06-02");
    write_doubts(k, false, (struct csv_style){.no_bom = true}, &w);
    assert_non_null(strstr(w.out.bytes, ",はい,2025-06-02,佐藤\r\n"));
    assert_true(take(k, w.out.bytes, w.out.len, &taken));
    assert_int_equal(taken, 0);
    csv_release(&w);
}

/* ── wrong ones ─────────────────────────────────────────────────────────── */

/* Line 2 is always a good answer; what is wrong stands from line 3 on. */
static const struct {
    const char *rows, *findings;
} wrong[] = {
    {"0123456789abcdef,=,佐藤\n", "unknown-doubt:3:1"},
    {"KANA,漢字,佐藤\n", "bad-kana:3:2"},
    {"BIRTH,2025-02-30,佐藤\n", "bad-date:3:2"},
    {"BIRTH,#無記入,佐藤\n", "bad-date:3:2"},
    {"SEX,=,佐藤\n", "answer-nothing-read:3:2"},
    {"SEX,犬,佐藤\n", "unknown-value:3:2"},
    {"BIRTH,=,\n", "answer-without-name:3:3"},
    {"BIRTH,=, 、 \n", "answer-without-name:3:3"},
    {"BIRTH,=,佐藤\nBIRTH,2025-06-02,鈴木\n", "answer-conflict:4:2"},
    {"BIRTH,2025-02-30,佐藤\nSEX,犬,佐藤\n", "bad-date:3:2 unknown-value:4:2"},
};

static const char *with_ids(struct desk *k, const char *rows)
{
    static const struct {
        const char *word, *path;
    } ids[] = {
        {"KANA", "child.kana"}, {"BIRTH", "child.birth"}, {"SEX", "child.sex"}};
    const char *out = rows;
    for (size_t i = 0; i < COUNT(ids); i++) {
        const char *at;
        while ((at = strstr(out, ids[i].word)))
            out = arena_printf(&k->mem, "%.*s%s%s", (int)(at - out), out,
                               desk_doubt(k, "s1", ids[i].path),
                               at + strlen(ids[i].word));
    }
    return out;
}

static const char *places(struct desk *k)
{
    const char *out = "";
    for (size_t i = 0; i < k->d.n; i++) {
        const struct finding *f = &k->d.items[i];
        assert_string_equal(f->at.file, "doubts.csv");
        out = arena_printf(&k->mem, "%s%s%s:%d:%d", out, i ? " " : "", f->check,
                           f->at.line, f->at.column);
    }
    return out;
}

static void wrong_answers_are_said_and_nothing_is_taken(void **state)
{
    struct desk *k = *state;
    desk_scan(k, PAGE);
    const char *good =
        arena_printf(&k->mem, "疑義番号,正しい値,確認者\n%s,0102,佐藤\n",
                     desk_doubt(k, "s1", "preference.facility"));
    for (size_t i = 0; i < COUNT(wrong); i++) {
        struct case_answer *kept;
        size_t taken = 9, n;
        const char *rows = with_ids(k, wrong[i].rows);
        assert_false(
            desk_import(k, arena_printf(&k->mem, "%s%s", good, rows), &taken));
        assert_string_equal(places(k), wrong[i].findings);
        assert_int_equal(taken, 0);
        assert_true(case_answers(k->db, &kept, &n, &k->mem, &k->d));
        assert_int_equal(n, 0);
    }
    assert_true(desk_import(k, good, NULL));
}

static void columns_that_are_missing(void **state)
{
    struct desk *k = *state;
    desk_scan(k, PAGE);
    assert_false(desk_import(k, "疑義番号,正しい値\nx,=\n", NULL));
    assert_string_equal(places(k), "unknown-column:1:0");
    assert_false(desk_import(k, "正しい値,確認者\n=,佐藤\n", NULL));
    assert_string_equal(places(k), "unknown-column:1:0");
    assert_false(desk_import(k, "\xff\xfe\x01\n", NULL));
    assert_int_equal(k->d.n, 1);
    assert_true(desk_import(k, "doubt,right value,confirmed by\n", NULL));
}

/* What may be answered to questions that are not about a box. */
static const struct {
    const char *check, *value, *answer;
    const char *text; /* as kept; NULL = refused */
} questions[] = {
    {"whose-page", "000001/0001", "=", "000001/0001"},
    {"whose-page", "000001/0001", "採用", "000001/0001"},
    {"whose-page", "", "=", NULL},
    {"whose-page", "", "000001", "000001"},
    {"whose-page", "", "０００００１／０００２", "000001/0002"},
    {"whose-page", "", "000001/0002/3", NULL},
    {"whose-page", "", "/0002", NULL},
    {"whose-page", "", "#空欄", NULL},
    {"whose-page", "", "不採用", "不採用"},
    {"whose-certificate", "", "000001", NULL},
    {"whose-certificate", "", "000001/2", "000001/2"},
    {"whose-certificate", "", "000001/2/1", "000001/2/1"},
    {"whose-certificate", "", "000001/0", NULL},
    {"whose-certificate", "", "000001/100", NULL},
    {"whose-certificate", "", "000001/母", NULL},
    {"whose-certificate", "", "000001/2/1/1", NULL},
    {"page-unfiled", "", "診断書", NULL},
    {"page-unfiled", "000001", "診断書", "000001/診断書"},
    {"page-unfiled", "000001", "000002/診断書", "000002/診断書"},
    {"page-unfiled", "000001", "=", NULL},
    {"page-unfiled", "000001", "#判読不能", NULL},
    {"second-job", "追加", "=", "追加"},
    {"second-job", "追加", "差替え", "差替え"},
    {"second-job", "", "=", NULL},
    {"second-job", "追加", "はい", NULL},
    {"cover-count", "", "=", "採用"},
    {"cover-count", "", "採用", "採用"},
    {"cover-count", "", "不採用", "不採用"},
    {"cover-count", "", "3", NULL},
    {"no-such-question", "", "=", NULL},
};

static void answers_to_questions(void **state)
{
    struct desk *k = *state;
    for (size_t i = 0; i < COUNT(questions); i++) {
        struct diag d = DIAG_INIT;
        struct doubt_answer out;
        struct case_doubt x = {.check = questions[i].check,
                               .path = "",
                               .what = {"問", "question"},
                               .value = questions[i].value};
        bool ok = doubt_answer_parse(&x, &k->dict, questions[i].answer,
                                     (struct pos){"doubts.csv", 7, 18}, &out,
                                     &k->mem, &d);
        if (ok != (questions[i].text != NULL))
            fail_msg("%s: %s", questions[i].check, questions[i].answer);
        assert_int_equal(d.n, !ok);
        if (ok)
            assert_string_equal(out.text, questions[i].text);
        else
            assert_int_equal(d.items[0].at.line, 7);
        diag_release(&d);
    }
}

/* ── an address that is kept back ───────────────────────────────────────── */

/* The table shows nothing of it, so that "=" confirms nothing; what stands on
 * the paper can be written. */
static void a_hidden_address_is_answered_from_paper(void **state)
{
    struct desk *k = *state;
    struct record_set set;
    struct case_doubt *doubts;
    struct csv_writer w;
    size_t n;
    desk_scan(k, "page s1 a.tif:1 application qr=000001/0001\n"
                 "  household.address ? 西町1\n");
    record_set_init(&set, &k->dict);
    assert_true(case_load_records(k->db, NULL, 0, &set, false, &k->d));
    assert_true(case_doubts(k->db, false, &doubts, &n, &k->mem, &k->d));
    doubts_hide(doubts, n, &set);
    doubts_write(doubts, n, styles[0], LANG_JA, &w);
    assert_true(csv_finish(&w, "doubts.csv", &k->d));
    char *text = arena_copy(&k->mem, w.out.bytes, w.out.len);
    assert_null(strstr(text, "西町1"));
    assert_non_null(strstr(text, "（非公開）"));
    record_set_release(&set);
    csv_release(&w);
    const char *id = "";
    for (size_t i = 0; i < n; i++)
        if (strcmp(doubts[i].path, "household.address") == 0)
            id = doubts[i].id;
    static const char answer[] =
        "疑義番号,読取値,正しい値,確認者\n%s,（非公開）,%s,佐藤\n";
    const char *equal = arena_printf(&k->mem, answer, id, "=");
    assert_false(take(k, equal, strlen(equal), NULL));
    assert_true(diag_has(&k->d, "answer-hidden"));
    const char *paper = arena_printf(&k->mem, answer, id, "西町2");
    assert_true(take(k, paper, strlen(paper), NULL));
    desk_assemble(k);
    assert_string_equal(desk_value(k, "000001", "household.address"), "西町2");
}

/* ── the page read again ────────────────────────────────────────────────── */

static const char again[] = "page s1 a.tif:1 application qr=000001/0001 "
                            "reader=r2\n  child.birth ? 2025-06-07\n";

/* "=" confirms what the person saw in the table, nothing that came later. */
static void a_table_from_before_reading_again(void **state)
{
    struct desk *k = *state;
    size_t len;
    desk_scan(k, PAGE);
    const char *seen = filled(k, styles[0], "child.birth", "=", "佐藤", &len);
    desk_scan(k, again);
    assert_false(take(k, seen, len, NULL));
    assert_true(diag_has(&k->d, "answer-stale"));
    assert_int_equal(k->d.n, 1);
    desk_assemble(k);
    assert_string_equal(desk_value(k, "000001/0001", "child.birth"), "?");
    /* A value written out is one. */
    desk_clear(k);
    desk_scan(k, PAGE);
    seen = filled(k, styles[0], "child.birth", "2025-06-01", "佐藤", &len);
    desk_scan(k, again);
    assert_true(take(k, seen, len, NULL));
    desk_assemble(k);
    assert_string_equal(desk_value(k, "000001/0001", "child.birth"),
                        "2025-06-01");
}

static void a_table_taken_before_reading_again(void **state)
{
    struct desk *k = *state;
    size_t len, taken;
    desk_scan(k, PAGE);
    const char *seen = filled(k, styles[0], "child.birth", "=", "佐藤", &len);
    assert_true(take(k, seen, len, &taken));
    assert_int_equal(taken, 1);
    desk_scan(k, again);
    assert_true(take(k, seen, len, &taken));
    assert_int_equal(taken, 0);
    desk_assemble(k);
    assert_string_equal(desk_value(k, "000001/0001", "child.birth"),
                        "2025-06-01");
}

/* Spreadsheets drop leading zeros and write dates and times their own way. */
static void a_spreadsheets_read_value_is_the_same(void **state)
{
    struct desk *k = *state;
    static const struct {
        const char *path, *shown;
        bool same;
    } rows[] = {
        {"preference.facility", "101", true},
        {"preference.facility", "0101", true},
        {"preference.facility", "102", false},
        {"preference.facility", "", false},
        {"child.birth", "2025/6/1", true},
        {"child.birth", "2025/6/7", false},
        {"job.minutes_month", "160:00:00", true},
        {"job.minutes_month", "16:00", false},
    };
    desk_scan(k, PAGE "page c1 b.tif:1 certificate qr=000001\n"
                      "  job.minutes_month ? 160:00\n");
    for (size_t i = 0; i < COUNT(rows); i++) {
        const char *page = *rows[i].path == 'j' ? "c1" : "s1";
        const char *id = desk_doubt(k, page, rows[i].path);
        assert_int_equal(
            desk_import(k,
                        arena_printf(&k->mem,
                                     "疑義番号,読取値,正しい値,確認者\n"
                                     "%s,%s,=,佐藤\n",
                                     id, rows[i].shown),
                        NULL),
            rows[i].same);
    }
}

/* ── what a final run waits for ─────────────────────────────────────────── */

static const struct {
    const char *path, *reading;
    bool gates;
} fields[] = {
    {"child.birth", "? 2025-06-01", true},      /* class age */
    {"preference[1].facility", "? 0101", true}, /* places */
    {"household.welfare", "? はい", true},      /* points */
    {"guardian[1].role", "? 父", true},
    {"child.kana", "? ミホン ハナ", false}, /* for the letter only */
    {"household.address", "? 見本町1", false},
    {"household.address_jan1", "? 見本町1", false},
};

static void what_a_final_run_waits_for(void **state)
{
    struct desk *k = *state;
    for (size_t i = 0; i < 2 * COUNT(fields); i++) {
        bool passes = i >= COUNT(fields);
        const char *path = fields[i % COUNT(fields)].path;
        bool *may = ARENA_ARRAY(&k->mem, bool, k->dict.n);
        for (size_t f = 0; f < k->dict.n; f++)
            may[f] = passes; /* as the city says in policy.yaml */
        k->policy.may_pass = may;
        desk_clear(k);
        desk_scan(k,
                  arena_printf(
                      &k->mem,
                      "page s1 a.tif:1 application qr=000001/0001\n  %s %s\n",
                      path, fields[i % COUNT(fields)].reading));
        assert_int_equal(k->sum.doubts_open, 1);
        assert_int_equal(k->sum.doubts_gating,
                         fields[i % COUNT(fields)].gates && !passes);
    }
}

/* ── two people ─────────────────────────────────────────────────────────── */

static void say(struct desk *k, const char *text, const char *by)
{
    assert_true(desk_import(
        k,
        arena_printf(&k->mem, "疑義番号,正しい値,確認者\n%s,%s,\"%s\"\n",
                     desk_doubt(k, "s1", "child.birth"), text, by),
        NULL));
    desk_assemble(k);
}

static const struct {
    const char *said[3][2]; /* text, by */
    const char *value;
} pairs[] = {
    {{{"2025-06-02", "佐藤"}}, "?"},
    {{{"2025-06-02", "佐藤"}, {"2025-06-02", "佐藤"}}, "?"},
    {{{"2025-06-02", "佐藤"}, {"2025-06-02", "鈴木"}}, "2025-06-02"},
    {{{"2025-06-02", "佐藤、鈴木"}}, "2025-06-02"},
    {{{"2025-06-02", "佐藤, 鈴木"}}, "2025-06-02"},
    {{{"2025-06-02", "佐藤、 佐藤"}}, "?"},
    {{{"=", "佐藤"}, {"2025-06-01", "鈴木"}}, "2025-06-01"},
    /* they disagree, until two agree: everybody's last word counts */
    {{{"2025-06-02", "佐藤"}, {"2025-06-03", "鈴木"}}, "?"},
    {{{"2025-06-02", "佐藤"}, {"2025-06-03", "鈴木"}, {"2025-06-03", "佐藤"}},
     "2025-06-03"},
    {{{"2025-06-02", "佐藤"}, {"2025-06-03", "鈴木"}, {"2025-06-02", "鈴木"}},
     "2025-06-02"},
    {{{"2025-06-02", "佐藤"}, {"2025-06-03", "鈴木"}, {"2025-06-02", "佐藤"}},
     "?"},
    {{{"2025-06-02", "佐藤"}, {"2025-06-03", "佐藤"}, {"2025-06-02", "鈴木"}},
     "?"},
    /* one who takes it back leaves the other alone */
    {{{"2025-06-02", "佐藤"}, {"2025-06-02", "鈴木"}, {"2025-06-09", "鈴木"}},
     "?"},
};

static void two_people_must_say_the_same(void **state)
{
    struct desk *k = *state;
    bool *two = ARENA_ARRAY(&k->mem, bool, k->dict.n);
    two[dictionary_find(&k->dict, "child.birth") - k->dict.fields] = true;
    k->policy.two_people = two;
    for (size_t i = 0; i < COUNT(pairs); i++) {
        desk_clear(k);
        desk_scan(k, PAGE);
        for (int s = 0; s < 3 && pairs[i].said[s][0]; s++)
            say(k, pairs[i].said[s][0], pairs[i].said[s][1]);
        if (strcmp(desk_value(k, "000001/0001", "child.birth"),
                   pairs[i].value) != 0)
            fail_msg("%zu: %s", i, desk_value(k, "000001/0001", "child.birth"));
        bool open = strstr(desk_doubts(k), "child.birth") != NULL;
        assert_int_equal(open, *pairs[i].value == '?');
    }
    assert_true(case_audit_check(k->db, NULL, &k->d));
}

/* The second looks for himself: who was first is said, not what he said. */
static void the_second_is_not_told_what_the_first_said(void **state)
{
    struct desk *k = *state;
    struct csv_writer w;
    bool *two = ARENA_ARRAY(&k->mem, bool, k->dict.n);
    two[dictionary_find(&k->dict, "child.birth") - k->dict.fields] = true;
    k->policy.two_people = two;
    desk_scan(k, PAGE);
    say(k, "2025-12-31", "佐藤");
    write_doubts(k, false, styles[0], &w);
    assert_non_null(strstr(w.out.bytes, "佐藤さんのほかに"));
    assert_null(strstr(w.out.bytes, "2025-12-31"));
    csv_release(&w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        DESK(the_table_out),
        DESK(answers_come_in),
        DESK(an_answer_can_be_put_right),
        DESK(answered_ones_go_round),
        DESK(wrong_answers_are_said_and_nothing_is_taken),
        DESK(columns_that_are_missing),
        DESK(answers_to_questions),
        DESK(a_hidden_address_is_answered_from_paper),
        DESK(a_table_from_before_reading_again),
        DESK(a_table_taken_before_reading_again),
        DESK(a_spreadsheets_read_value_is_the_same),
        DESK(what_a_final_run_waits_for),
        DESK(two_people_must_say_the_same),
        DESK(the_second_is_not_told_what_the_first_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
