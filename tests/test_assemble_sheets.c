/* What a household's sheets come to: values given twice, rows left empty, what
 * is no, unknown or unreadable, late and missing pages. */
#include "assemble_help.h"

#include "core/date.h"
#include "records/check.h"

#define SHEET(sha, at, child) \
    "page " sha " " at " application qr=000001/" child "\n"

/* ── said twice ─────────────────────────────────────────────────────────── */

static const struct {
    const char *one, *other; /* as read on two sheets of one child */
    const char *value, *doubts;
} pairs[] = {
    {"= 2025-06-01", "= 2025-06-01", "2025-06-01", ""},
    {"= 2025-06-01", "= 2025-06-02", "2025-06-01",
     "sheets-differ s2 child.birth = 2025-06-02\n"},
    {"= 2025-06-01", "-", "2025-06-01", "sheets-differ s2 child.birth = \n"},
    {"-", "= 2025-06-01", "-", "sheets-differ s2 child.birth = 2025-06-01\n"},
    /* what is read for sure stands before a guess; the guess is its own doubt
     */
    {"? 2025-06-07", "= 2025-06-01", "2025-06-01",
     "low-confidence s1 child.birth = 2025-06-07\n"},
    {"!", "= 2025-06-01", "2025-06-01", "ink s1 child.birth = \n"},
    {"? 2025-06-07", "? 2025-06-01", "?",
     "low-confidence s1 child.birth = 2025-06-07\n"
     "low-confidence s2 child.birth = 2025-06-01\n"},
};

static void two_sheets_of_one_child(void **state)
{
    struct desk *k = *state;
    for (size_t i = 0; i < COUNT(pairs); i++) {
        desk_clear(k);
        desk_scan(k,
                  arena_printf(
                      &k->mem,
                      SHEET("s1", "a.tif:1", "0001") "  child.birth %s\n" SHEET(
                          "s2", "a.tif:2", "0001") "  child.birth %s\n",
                      pairs[i].one, pairs[i].other));
        assert_string_equal(desk_value(k, "000001/0001", "child.birth"),
                            pairs[i].value);
        assert_string_equal(desk_doubts(k), pairs[i].doubts);
        assert_int_equal(k->sum.children, 1);
    }
}

static void a_difference_is_settled_by_a_person(void **state)
{
    struct desk *k = *state;
    static const struct {
        const char *answer, *value;
    } answers[] = {{"=", "2025-06-02"},
                   {"2025-06-01", "2025-06-01"},
                   {"2025-06-03", "2025-06-03"},
                   {"#空欄", "-"},
                   {"#判読不能", "!"}};
    for (size_t i = 0; i < COUNT(answers); i++) {
        desk_clear(k);
        desk_scan(
            k,
            SHEET("s1", "a.tif:1", "0001") "  child.birth = 2025-06-01\n" SHEET(
                "s2", "a.tif:2", "0001") "  child.birth = 2025-06-02\n");
        desk_answer(k, "s2", "sheets-differ", answers[i].answer);
        assert_string_equal(desk_value(k, "000001/0001", "child.birth"),
                            answers[i].value);
        assert_string_equal(desk_doubts(k), "");
        /* A third sheet that says otherwise is asked about all the same. */
        desk_scan(
            k, SHEET("s3", "b.tif:1", "0001") "  child.birth = 2024-12-24\n");
        assert_non_null(strstr(desk_doubts(k), "sheets-differ s3"));
    }
}

/* What a person read in one box was not about the other. */
static void an_answer_does_not_hide_another_sheet(void **state)
{
    struct desk *k = *state;
    desk_scan(
        k,
        SHEET("s1", "a.tif:1", "0001") "  household.address ? 見本町1\n" SHEET(
            "s2", "a.tif:2", "0002") "  household.address ? 見本町2\n");
    desk_answer(k, "s1", "household.address", "=");
    assert_string_equal(desk_doubts(k),
                        "low-confidence s2 household.address = 見本町2\n");
    desk_answer(k, "s2", "household.address", "=");
    assert_string_equal(desk_doubts(k),
                        "sheets-differ s2 household.address = 見本町2\n");
    assert_string_equal(desk_value(k, "000001", "household.address"),
                        "見本町1");
    desk_answer(k, "s2", "sheets-differ", "見本町2");
    assert_string_equal(desk_doubts(k), "");
    assert_string_equal(desk_value(k, "000001", "household.address"),
                        "見本町2");
}

static void twins_are_two_children(void **state)
{
    struct desk *k = *state;
    desk_scan(
        k,
        SHEET("s1", "a.tif:1",
              "0001") "  child.kana = ミホン ハナ\n  child.birth = 2025-06-01\n"
                      "  child.multiple_birth = はい\n" SHEET(
                          "s2", "a.tif:2",
                          "0002") "  child.kana = ミホン ソラ\n  child.birth = "
                                  "2025-06-01\n"
                                  "  child.multiple_birth = はい\n");
    assert_int_equal(k->sum.children, 2);
    assert_string_equal(desk_doubts(k), "");
    assert_string_equal(desk_value(k, "000001/0001", "child.kana"),
                        "ミホン ハナ");
    assert_string_equal(desk_value(k, "000001/0002", "child.kana"),
                        "ミホン ソラ");
}

/* A later sheet of the same child that strikes a preference off. */
static void a_preference_struck_off_is_a_difference(void **state)
{
    struct desk *k = *state;
    static const char sheets[] = SHEET(
        "%s", "a.tif:1",
        "0001") "  preference[1].facility = 0101\n  preference[2].facility = "
                "0102\n" SHEET("%s", "a.tif:2",
                               "0001") "  preference[1].facility = 0101\n  "
                                       "preference[2].facility -\n";
    static const char *const shas[][2] = {{"s1", "s2"}, {"s2", "s1"}};
    for (size_t i = 0; i < COUNT(shas); i++) {
        desk_clear(k);
        desk_scan(k, arena_printf(&k->mem, sheets, shas[i][0], shas[i][1]));
        assert_string_equal(
            desk_doubts(k),
            arena_printf(&k->mem,
                         "sheets-differ %s preference[2].facility = \n",
                         shas[i][1]));
        assert_string_equal(
            desk_value(k, "000001/0001/2", "preference.facility"), "0102");
        desk_answer(k, shas[i][1], "sheets-differ", "#空欄");
        assert_string_equal(
            desk_value(k, "000001/0001/2", "preference.facility"), "-");
    }
}

/* ── nothing, no, unknown ───────────────────────────────────────────────── */

static const struct {
    const char *path, *reading, *value, *doubts;
} boxes[] = {
    /* declared no: left clean and empty on a page that was read */
    {"child.leave_extension_ok", "-", "いいえ", ""},
    {"child.leave_extension_ok", "= はい", "はい", ""},
    {"child.leave_extension_ok", "!", "!",
     "ink s1 child.leave_extension_ok = \n"},
    {"child.leave_extension_ok", "? はい", "?",
     "low-confidence s1 child.leave_extension_ok = はい\n"},
    /* left empty says that it does not apply */
    {"child.allergy", "-", "いいえ", ""},
    {"child.birth", "-", "-", ""},
    {"child.disability", "-", "-", ""},
    {"child.birth", "- required", "?", "required-blank s1 child.birth = \n"},
    {"child.birth", "= 2025-13-01", "?",
     "value-not-in-dictionary s1 child.birth = 2025-13-01\n"},
};

static void what_a_box_says(void **state)
{
    struct desk *k = *state;
    for (size_t i = 0; i < COUNT(boxes); i++) {
        desk_clear(k);
        desk_scan(k, arena_printf(&k->mem,
                                  SHEET("s1", "a.tif:1", "0001") "  %s %s\n",
                                  boxes[i].path, boxes[i].reading));
        assert_string_equal(desk_value(k, "000001/0001", boxes[i].path),
                            boxes[i].value);
        assert_string_equal(desk_doubts(k), boxes[i].doubts);
    }
}

/* No page, no answer: nothing is "no" because it did not arrive. */
static void a_missing_page_leaves_its_values_unknown(void **state)
{
    struct desk *k = *state;
    desk_scan(k, "page s1 a.tif:1 application 1/2 qr=000001/0001\n"
                 "  child.kana = ミホン ハナ\n");
    assert_string_equal(desk_findings(k),
                        "世帯 000001 児童 0001 page-missing\n");
    assert_string_equal(
        desk_value(k, "000001/0001", "child.leave_extension_ok"), "");
    desk_scan(k, "page s2 b.tif:1 application 2/2 qr=000001/0001\n"
                 "  child.leave_extension_ok -\n");
    assert_string_equal(desk_findings(k), "");
    assert_string_equal(
        desk_value(k, "000001/0001", "child.leave_extension_ok"), "いいえ");
}

/* The front of one child's sheet and the back of another's, scanned as one:
 * neither takes what the other says. */
static void a_front_and_a_strange_back_are_two_sheets(void **state)
{
    struct desk *k = *state;
    desk_scan(k, "page s1 a.tif:1 application 1/2 qr=000001/0001\n"
                 "  child.kana = ミホン ハナ\n"
                 "page s2 a.tif:2 application 2/2 qr=000001/0002\n"
                 "  child.leave_extension_ok = はい\n");
    assert_string_equal(desk_findings(k),
                        "世帯 000001 児童 0001 page-missing\n"
                        "世帯 000001 児童 0002 page-missing\n");
    assert_string_equal(
        desk_value(k, "000001/0001", "child.leave_extension_ok"), "");
    assert_string_equal(
        desk_value(k, "000001/0002", "child.leave_extension_ok"), "はい");
    assert_string_equal(desk_value(k, "000001/0002", "child.kana"), "");
}

/* A second guardian's row left empty makes no guardian, and the cross-check
 * asks where the second one is; "ひとり親" ticked answers it. */
static void a_second_guardian_who_is_missing(void **state)
{
    struct desk *k = *state;
    static const struct {
        const char *rows;
        bool missing;
    } cases[] = {
        {"  guardian[2].kana -\n  guardian[2].birth -\n", true},
        {"  household.single_parent = ひとり親\n  guardian[2].kana -\n", false},
        {"  guardian[2].kana = ミホン ハナコ\n", false},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct record_set set;
        struct diag d = DIAG_INIT;
        desk_clear(k);
        desk_scan(k, arena_printf(
                         &k->mem,
                         SHEET("s1", "a.tif:1",
                               "0001") "  child.birth = 2025-06-01\n"
                                       "  guardian[1].kana = ミホン タロウ\n%s",
                         cases[i].rows));
        record_set_init(&set, &k->dict);
        assert_true(case_load_records(k->db, NULL, 0, &set, true, &d));
        records_check(&(struct check_basis){.set = &set, .fiscal_year = 2027},
                      &d);
        assert_int_equal(diag_has(&d, "second-guardian-missing"),
                         cases[i].missing);
        record_set_release(&set);
        diag_release(&d);
    }
}

static void a_row_half_empty_is_a_row(void **state)
{
    struct desk *k = *state;
    desk_scan(
        k,
        SHEET(
            "s1", "a.tif:1",
            "0001") "  cohabitant[1].name = 見本 花\n  cohabitant[1].birth -\n"
                    "  cohabitant[2].name -\n  cohabitant[2].birth -\n"
                    "  cohabitant[3].name -\n  cohabitant[3].birth !\n");
    assert_string_equal(desk_value(k, "000001/11", "cohabitant.name"),
                        "見本 花");
    assert_string_equal(desk_value(k, "000001/11", "cohabitant.birth"), "-");
    assert_string_equal(desk_value(k, "000001/12", "cohabitant.birth"), "");
    assert_string_equal(desk_value(k, "000001/13", "cohabitant.birth"), "!");
    assert_string_equal(desk_doubts(k), "ink s1 cohabitant[3].birth = \n");
}

/* ── late, again, not used ──────────────────────────────────────────────── */

static void late_papers_are_kept_and_not_used(void **state)
{
    struct desk *k = *state;
    static const char papers[] =
        "page s1 a.tif:1 application 1/2 qr=000001/0001 qrreceived=2026-11-30\n"
        "  child.birth = 2025-06-01\n"
        "  guardian[1].kana = ミホン タロウ\n"
        "  guardian[1].birth = 1990-04-01\n"
        "page s2 a.tif:2 application 2/2 qr=000001/0001 qrreceived=2026-11-30\n"
        "  child.entry_wish = 2027-04-01\n"
        "page c1 b.tif:1 certificate qr=000001 qrreceived=2026-12-01\n"
        "  @holder.kana = ミホン タロウ\n  @holder.birth = 1990-04-01\n"
        "  job.minutes_month = 160:00\n";
    assert_int_equal(date_parse("2026-11-30", &k->deadline), DATE_OK);
    desk_scan(k, papers);
    assert_string_equal(desk_doubts(k), "late-document c1 = \n");
    assert_string_equal(desk_value(k, "000001/1/1", "job.minutes_month"), "");
    assert_non_null(strstr(desk_papers(k), "c1 000001 就労証明書 1 1 読取\n"));
    desk_answer(k, "c1", "late-document", "不採用");
    assert_non_null(
        strstr(desk_papers(k), "c1 000001 就労証明書 1 1 不使用\n"));
    assert_string_equal(desk_value(k, "000001/1/1", "job.minutes_month"), "");
    desk_answer(k, "c1", "late-document", "採用");
    assert_string_equal(desk_value(k, "000001/1/1", "job.minutes_month"),
                        "160:00");
    /* A day earlier the sheet is late too: asked once, for both its pages. */
    k->deadline--;
    desk_assemble(k);
    assert_string_equal(desk_doubts(k), "late-document s1 = \n");
    assert_string_equal(desk_value(k, "000001/0001", "child.birth"), "");
    assert_string_equal(desk_value(k, "000001/0001", "child.entry_wish"), "");
    desk_answer(k, "s1", "late-document", "=");
    assert_string_equal(desk_value(k, "000001/0001", "child.entry_wish"),
                        "2027-04-01");
}

static void the_same_page_twice_is_used_once(void **state)
{
    struct desk *k = *state;
    desk_scan(
        k, SHEET("s1", "b.tif:4", "0001") "  child.birth = 2025-06-01\n" SHEET(
               "s1", "a.tif:1",
               "0001") "  child.birth = 2025-06-01\n"
                       "page s9 a.tif:2 blank\npage s9 a.tif:3 blank\n");
    assert_string_equal(desk_findings(k), "a.tif:2 blank-page\n"
                                          "b.tif:4 same-page-twice\n");
    assert_string_equal(desk_papers(k), "s1 000001 利用申込書 0001 1 反映\n");
    assert_string_equal(desk_doubts(k), "");
}

static void what_is_quarantined_is_said(void **state)
{
    struct desk *k = *state;
    desk_scan(k, "page s1 a.tif:1 quarantined\n");
    assert_string_equal(desk_findings(k), "a.tif:1 not-an-image\n");
    assert_int_equal(k->d.errors, 1);
    assert_string_equal(desk_doubts(k), "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        DESK(two_sheets_of_one_child),
        DESK(a_difference_is_settled_by_a_person),
        DESK(an_answer_does_not_hide_another_sheet),
        DESK(twins_are_two_children),
        DESK(a_preference_struck_off_is_a_difference),
        DESK(what_a_box_says),
        DESK(a_missing_page_leaves_its_values_unknown),
        DESK(a_front_and_a_strange_back_are_two_sheets),
        DESK(a_second_guardian_who_is_missing),
        DESK(a_row_half_empty_is_a_row),
        DESK(late_papers_are_kept_and_not_used),
        DESK(the_same_page_twice_is_used_once),
        DESK(what_is_quarantined_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
