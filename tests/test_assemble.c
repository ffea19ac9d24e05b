/* Whose a page is: covers 受付票, codes, boxes, people; and the order of it. */
#include "assemble_help.h"

#define COVER(pages)                                          \
    "page s0 a.tif:1 cover qr=000001 qrreceived=2026-11-05\n" \
    "  @household = 000001\n"                                 \
    "  @pages = " pages "\n"                                  \
    "  @received = 2026-11-05\n"
#define SHEET(sha, at, child)           \
    "page " sha " " at " application\n" \
    "  @child = " child "\n"            \
    "  child.kana = ミホン ハナ\n" \
    "  child.birth = 2025-06-01\n"

static void pages_after_a_cover_are_its_households(void **state)
{
    struct desk *k = *state;
    desk_scan(k, COVER("2") SHEET("s1", "a.tif:2", "0001")
                     SHEET("s2", "a.tif:3", "0002"));
    assert_string_equal(desk_doubts(k), "");
    assert_string_equal(desk_findings(k), "");
    assert_string_equal(desk_value(k, "000001/0001", "child.kana"),
                        "ミホン ハナ");
    assert_string_equal(desk_value(k, "000001/0002", "child.birth"),
                        "2025-06-01");
    assert_string_equal(desk_value(k, "000001", "household.received_on"),
                        "2026-11-05");
    assert_int_equal(k->sum.households, 1);
    assert_int_equal(k->sum.children, 2);
}

/* A page too many or too few: perhaps another family's is among them. */
static void a_count_that_is_wrong_waits_for_a_person(void **state)
{
    struct desk *k = *state;
    static const char *const counts[] = {"1", "3", "40"};
    for (size_t i = 0; i < COUNT(counts); i++) {
        desk_clear(k);
        desk_scan(k, arena_printf(&k->mem, COVER("%s") "%s", counts[i],
                                  SHEET("s1", "a.tif:2", "0001")
                                      SHEET("s2", "a.tif:3", "0002")));
        assert_string_equal(desk_doubts(k), "whose-page s1 = 000001/0001\n"
                                            "whose-page s2 = 000001/0002\n"
                                            "cover-count s0 = \n");
        assert_string_equal(desk_findings(k), "a.tif:1 cover-count\n");
        assert_string_equal(desk_value(k, "000001/0001", "child.kana"), "");
        assert_int_equal(k->sum.doubts_gating, 3);
    }
    desk_answer(k, "s0", "cover-count", "採用");
    assert_string_equal(desk_doubts(k), "");
    assert_string_equal(desk_value(k, "000001/0002", "child.kana"),
                        "ミホン ハナ");
}

static void a_cover_refused_gives_nothing(void **state)
{
    struct desk *k = *state;
    desk_scan(k, COVER("5") SHEET("s1", "a.tif:2", "0001"));
    desk_answer(k, "s0", "cover-count", "不採用");
    assert_string_equal(desk_doubts(k), "whose-page s1 = \n");
    desk_answer(k, "s1", "whose-page", "000009");
    assert_string_equal(desk_doubts(k), "");
    assert_string_equal(desk_value(k, "000009/0001", "child.kana"),
                        "ミホン ハナ");
    assert_string_equal(desk_value(k, "000001/0001", "child.kana"), "");
}

static void a_cover_filed_as_unused_is_none(void **state)
{
    struct desk *k = *state;
    struct case_filing f = {"s7", "", "", "", 0, 0, "不使用", "", ""};
    desk_put(k,
             COVER("1")
                 SHEET("s1", "a.tif:2",
                       "0001") "page s7 a.tif:3 cover\n  @household ? 000007\n"
                               "  @pages ? 1\n  @received !\n" SHEET(
                                   "s2", "a.tif:4", "0002"),
             0);
    assert_true(case_file_page(k->db, &f, &k->d));
    desk_assemble(k);
    assert_string_equal(desk_doubts(k), "whose-page s2 = \n");
    assert_string_equal(desk_value(k, "000001/0001", "child.kana"),
                        "ミホン ハナ");
}

/* Backs left blank and the same page twice may be counted or not. */
static void what_may_be_counted(void **state)
{
    struct desk *k = *state;
    static const struct {
        const char *count;
        bool agrees;
    } rows[] = {
        {"1", true}, {"2", true}, {"3", true}, {"4", false}, {"0", false}};
    for (size_t i = 0; i < COUNT(rows); i++) {
        desk_clear(k);
        desk_scan(
            k,
            arena_printf(
                &k->mem, COVER("%s") "%s", rows[i].count,
                SHEET("s1", "a.tif:2", "0001") "page s9 a.tif:3 blank\n" SHEET(
                    "s1", "a.tif:4", "0001")));
        assert_int_equal(*desk_value(k, "000001/0001", "child.kana") != 0,
                         rows[i].agrees);
    }
}

/* Pages before it, in another file, and after the next cover are not its. */
static void a_cover_reaches_to_the_next(void **state)
{
    struct desk *k = *state;
    desk_scan(k,
              SHEET("s1", "a.tif:1",
                    "0001") "page s2 a.tif:2 cover\n"
                            "  @household = 000002\n  @pages = 1\n"
                            "  @received = 2026-11-05\n" SHEET(
                                "s3", "a.tif:3",
                                "0003") "page s4 a.tif:4 cover\n"
                                        "  @household = 000004\n  @pages = 1\n"
                                        "  @received = 2026-11-06\n" SHEET(
                                            "s5", "a.tif:5", "0005")
                                            SHEET("s6", "b.tif:1", "0006"));
    assert_string_equal(desk_doubts(k), "whose-page s1 = \n"
                                        "whose-page s6 = \n");
    assert_string_equal(desk_value(k, "000002/0003", "child.birth"),
                        "2025-06-01");
    assert_string_equal(desk_value(k, "000004/0005", "child.birth"),
                        "2025-06-01");
}

static void pages_name_their_household_without_a_cover(void **state)
{
    struct desk *k = *state;
    desk_scan(k, "page s1 a.tif:1 application 1/2 qr=000001/0001\n"
                 "  child.kana = ミホン ハナ\n"
                 "page s2 b.tif:1 application 2/2\n" /* names only the child */
                 "  @child = 0001\n"
                 "  child.entry_wish = 2027-04-01\n"
                 "page s3 c.tif:1 application 1/1\n"
                 "  @household = 000002\n"
                 "  @child = 0002\n"
                 "  child.kana = ミホン タロウ\n");
    assert_string_equal(desk_doubts(k), "");
    assert_string_equal(desk_value(k, "000001/0001", "child.kana"),
                        "ミホン ハナ");
    assert_string_equal(desk_value(k, "000001/0001", "child.entry_wish"),
                        "2027-04-01");
    assert_string_equal(desk_value(k, "000002/0002", "child.kana"),
                        "ミホン タロウ");
}

/* Nothing is taken from a page while its papers contradict each other. */
static void papers_that_contradict(void **state)
{
    struct desk *k = *state;
    static const char *const sheets[] = {
        "page s1 a.tif:2 application qr=000002/0001\n"
        "  child.kana = ミホン ハナ\n",
        "page s1 a.tif:2 application\n  @household = 000002\n"
        "  @child = 0001\n  child.kana = ミホン ハナ\n",
    };
    for (size_t i = 0; i < COUNT(sheets); i++) {
        desk_clear(k);
        desk_scan(k, arena_printf(&k->mem, "%s%s", COVER("1"), sheets[i]));
        assert_non_null(strstr(desk_doubts(k), "household-differs s1 = "));
        assert_string_equal(desk_value(k, "000001/0001", "child.kana"), "");
        assert_string_equal(desk_value(k, "000002/0001", "child.kana"), "");
        desk_answer(k, "s1", "household-differs", "000002/0001");
        assert_string_equal(desk_value(k, "000002/0001", "child.kana"),
                            "ミホン ハナ");
        assert_string_equal(desk_doubts(k), "");
    }
}

static void two_covers_over_one_page(void **state)
{
    struct desk *k = *state;
    desk_scan(k, COVER("1") SHEET(
                     "s1", "a.tif:2",
                     "0001") "page s7 b.tif:1 cover\n  @household = 000007\n"
                             "  @pages = 1\n  @received = 2026-11-05\n" SHEET(
                                 "s1", "b.tif:2", "0001"));
    assert_string_equal(desk_doubts(k), "household-differs s1 = 000001/0001\n");
    assert_string_equal(desk_findings(k), "b.tif:2 same-page-twice\n");
}

/* Two covers' numbers of the child differ: the code and the box. */
static void a_childs_two_numbers(void **state)
{
    struct desk *k = *state;
    desk_scan(k, "page s1 a.tif:1 application qr=000001/0001\n"
                 "  @child = 0002\n"
                 "  child.kana = ミホン ハナ\n");
    assert_non_null(strstr(desk_doubts(k), "household-differs s1"));
    assert_string_equal(desk_value(k, "000001/0001", "child.kana"), "");
}

static void a_number_in_doubt_is_only_proposed(void **state)
{
    struct desk *k = *state;
    desk_scan(k, "page s1 a.tif:1 application\n"
                 "  @household ? 000001\n  @child ? 0001\n"
                 "  child.kana = ミホン ハナ\n");
    assert_string_equal(desk_doubts(k), "whose-page s1 = 000001/0001\n");
    desk_answer(k, "s1", "whose-page", "=");
    assert_string_equal(desk_doubts(k), "");
    assert_string_equal(desk_value(k, "000001/0001", "child.kana"),
                        "ミホン ハナ");
}

static void a_sheet_without_a_childs_number(void **state)
{
    struct desk *k = *state;
    desk_scan(k, COVER("3")
                     SHEET("s1", "a.tif:2",
                           "0001") "page s2 a.tif:3 application\n  @child !\n"
                                   "  child.kana = ミホン ソラ\n"
                                   "page s3 a.tif:4 application\n  @child !\n"
                                   "  child.kana = ミホン ウミ\n");
    assert_string_equal(desk_doubts(k), "child-number s2 @child = \n"
                                        "child-number s3 @child = \n");
    desk_answer(k, "s2", "child-number", "0002");
    desk_answer(k, "s3", "child-number", "0003");
    assert_string_equal(desk_value(k, "000001/0003", "child.kana"),
                        "ミホン ウミ");
    assert_int_equal(k->sum.children, 3);
}

/* The other side of a sheet, when it can be only one. */
static void the_side_that_is_left_over(void **state)
{
    struct desk *k = *state;
    static const char one[] = "page s0 a.tif:1 cover\n  @household = 000001\n"
                              "  @pages = %d\n  @received = 2026-11-05\n"
                              "page s1 a.tif:2 application 1/2\n"
                              "  @child = 0001\n  child.kana = ミホン ハナ\n"
                              "page s2 a.tif:3 application 2/2\n  @child !\n"
                              "  child.entry_wish = 2027-04-01\n%s";
    desk_scan(k, arena_printf(&k->mem, one, 2, ""));
    assert_string_equal(desk_value(k, "000001/0001", "child.entry_wish"),
                        "2027-04-01");
    desk_clear(k);
    /* Two children whose backs are missing: it may be either's. */
    desk_scan(k, arena_printf(&k->mem, one, 3,
                              "page s3 a.tif:4 application 1/2\n"
                              "  @child = 0002\n"
                              "  child.kana = ミホン ソラ\n"));
    assert_non_null(strstr(desk_doubts(k), "child-number s2 @child = 0001"));
    assert_string_equal(desk_value(k, "000001/0001", "child.entry_wish"), "");
}

static void an_attachment_is_asked_for(void **state)
{
    struct desk *k = *state;
    desk_scan(k, COVER("1") "page s1 a.tif:2 unknown\n"
                            "page s2 b.tif:1 unknown\n"
                            "page s3 b.tif:2 quarantined\n");
    assert_string_equal(desk_doubts(k), "page-unfiled s2 = \n"
                                        "page-unfiled s1 = 000001\n");
    assert_string_equal(desk_papers(k), "s2    1 受領\n"
                                        "s1 000001   1 受領\n");
    desk_answer(k, "s1", "page-unfiled", "母子手帳");
    desk_answer(k, "s2", "page-unfiled", "000002/診断書");
    assert_string_equal(desk_doubts(k), "");
    assert_string_equal(desk_papers(k), "s1 000001 母子手帳  1 確認\n"
                                        "s2 000002 診断書  1 確認\n");
    desk_answer(k, "s2", "page-unfiled", "不採用");
    assert_non_null(strstr(desk_papers(k), "s2"));
    assert_non_null(strstr(desk_papers(k), "1 不使用\n"));
}

static void a_filing_is_a_persons_word(void **state)
{
    struct desk *k = *state;
    struct case_filing f = {"s1", "母子手帳", "000003", "", 0, 0, "", "", ""};
    desk_put(k, COVER("1") "page s1 a.tif:2 unknown\n", 0);
    assert_true(case_file_page(k->db, &f, &k->d));
    desk_assemble(k);
    assert_string_equal(desk_doubts(k), "");
    assert_string_equal(desk_papers(k), "s1 000003 母子手帳  1 確認\n");
    /* Also over what a sheet says of itself. */
    f = (struct case_filing){"s2", "", "000003", "0009", 0, 0, "", "", ""};
    desk_put(k,
             "page s2 b.tif:1 application qr=000001/0001\n"
             "  child.kana = ミホン ハナ\n",
             0);
    assert_true(case_file_page(k->db, &f, &k->d));
    desk_assemble(k);
    assert_string_equal(desk_value(k, "000003/0009", "child.kana"),
                        "ミホン ハナ");
}

/* ── order, and again ───────────────────────────────────────────────────── */

static const char batch[] = COVER(
    "3") "page s1 a.tif:2 application 1/2\n  @child = 0001\n"
         "  child.kana ? ミホン ハナ\n  guardian[1].kana = ミホン タロウ\n"
         "  guardian[1].birth = 1990-04-01\n  household.address ? 見本町1\n"
         "page s2 a.tif:3 application 2/2\n  @child = 0001\n"
         "  preference[1].facility = 0101\n  preference[2].facility -\n"
         "page s3 a.tif:4 certificate\n  @holder.kana = ミホン タロウ\n"
         "  @holder.birth = 1990-04-01\n  job.employer = 見本工業\n"
         "  job.certified_on = 2026-10-01\n  job.minutes_month = 160:00\n"
         "page s4 b.tif:1 certificate\n  @household = 000001\n"
         "  @holder.kana = ミホン タロウ\n  @holder.birth = 1990-04-01\n"
         "  job.employer = 見本商店\n  job.certified_on = 2026-10-02\n"
         "  job.minutes_month ? 80:00\n"
         "page s5 b.tif:2 application 1/2\n  @household = 000001\n  @child = "
         "0001\n"
         "  child.kana = ミホン ハル\n  household.address = 見本町2\n"
         "page s6 c.tif:1 unknown\n"
         "page s7 c.tif:2 application 1/2\n  child.kana = ミホン ソラ\n"
         "page s1 d.tif:1 application 1/2\n  @child = 0001\n"
         "  child.kana ? ミホン ハナ\n  guardian[1].kana = ミホン タロウ\n"
         "  guardian[1].birth = 1990-04-01\n  household.address ? 見本町1\n";

static void pages_in_any_order_give_the_same(void **state)
{
    struct desk *k = *state;
    desk_scan(k, batch);
    const char *first = desk_everything(k);
    assert_non_null(strstr(first, "second-job s4"));
    for (unsigned seed = 1; seed <= 20; seed++) {
        desk_clear(k);
        desk_put(k, batch, seed);
        desk_assemble(k);
        assert_string_equal(desk_everything(k), first);
    }
    /* One after the other, assembled in between. */
    desk_clear(k);
    for (const char *from = batch + strlen(batch), *to = from; from > batch;) {
        do
            from--;
        while (from > batch && strncmp(from, "page ", 5) != 0);
        desk_scan(k, arena_copy(&k->mem, from, (size_t)(to - from)));
        to = from;
    }
    assert_string_equal(desk_everything(k), first);
}

static int64_t rows(struct desk *k, const char *table)
{
    bool ok = true;
    return query_number(k->db,
                        arena_printf(&k->mem, "SELECT count(*) FROM %s", table),
                        &ok, &k->d);
}

static void assembling_again_changes_nothing(void **state)
{
    struct desk *k = *state;
    desk_scan(k, batch);
    const char *first = desk_everything(k);
    int64_t values = rows(k, "value"), links = rows(k, "audit");
    assert_true(k->sum.values_changed > 0);
    desk_assemble(k);
    assert_int_equal(k->sum.values_changed, 0);
    assert_string_equal(desk_everything(k), first);
    /* Read again alike: the same. */
    desk_scan(k, batch);
    assert_int_equal(k->sum.values_changed, 0);
    assert_string_equal(desk_everything(k), first);
    assert_int_equal(rows(k, "value"), values);
    assert_int_equal(rows(k, "audit"), links);
}

/* What a person said stands, whatever another reader sees on the page. */
static void an_answer_survives_reading_again(void **state)
{
    struct desk *k = *state;
    desk_scan(k, "page s1 a.tif:1 application qr=000001/0001\n"
                 "  child.kana ? ミホソ ハナ\n  child.birth = 2025-06-01\n");
    desk_answer(k, "s1", "child.kana", "ミホン ハナ");
    static const char *const again[] = {"= ミホソ ハナ", "? ミホリ ハナ", "-",
                                        "!"};
    for (size_t i = 0; i < COUNT(again); i++) {
        desk_scan(k, arena_printf(&k->mem,
                                  "page s1 a.tif:1 application qr=000001/0001 "
                                  "reader=r%zu\n  child.kana %s\n"
                                  "  child.birth = 2025-06-01\n",
                                  i + 2, again[i]));
        assert_string_equal(desk_value(k, "000001/0001", "child.kana"),
                            "ミホン ハナ");
        assert_string_equal(desk_doubts(k), "");
    }
    /* And can still be put right. */
    desk_answer(k, "s1", "child.kana", "ミホン ハナコ");
    assert_string_equal(desk_value(k, "000001/0001", "child.kana"),
                        "ミホン ハナコ");
}

/* A page that goes to another household takes its values along. */
static void nothing_is_left_behind(void **state)
{
    struct desk *k = *state;
    struct case_counts n;
    desk_scan(k, "page s1 a.tif:1 application qr=000001/0001\n"
                 "  child.kana = ミホン ハナ\n");
    struct case_filing f = {"s1", "", "000002", "0001", 0, 0, "", "", ""};
    assert_true(case_file_page(k->db, &f, &k->d));
    desk_assemble(k);
    assert_string_equal(desk_value(k, "000001/0001", "child.kana"), "");
    assert_string_equal(desk_value(k, "000002/0001", "child.kana"),
                        "ミホン ハナ");
    assert_true(case_count(k->db, &n, &k->d));
    assert_int_equal(n.households, 1);
    assert_int_equal(n.children, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        DESK(pages_after_a_cover_are_its_households),
        DESK(a_count_that_is_wrong_waits_for_a_person),
        DESK(a_cover_refused_gives_nothing),
        DESK(a_cover_filed_as_unused_is_none),
        DESK(what_may_be_counted),
        DESK(a_cover_reaches_to_the_next),
        DESK(pages_name_their_household_without_a_cover),
        DESK(papers_that_contradict),
        DESK(two_covers_over_one_page),
        DESK(a_childs_two_numbers),
        DESK(a_number_in_doubt_is_only_proposed),
        DESK(a_sheet_without_a_childs_number),
        DESK(the_side_that_is_left_over),
        DESK(an_attachment_is_asked_for),
        DESK(a_filing_is_a_persons_word),
        DESK(pages_in_any_order_give_the_same),
        DESK(assembling_again_changes_nothing),
        DESK(an_answer_survives_reading_again),
        DESK(nothing_is_left_behind),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
