/* Whose a certificate is, and what a second one may be. Nothing is joined by
 * likeness, summed or replaced unasked. */
#include "assemble_help.h"

/* Household 000001 with its two guardians, and 000002 of the same surname and
 * nearly the same address. */
#define FAMILIES                                   \
    "page f1 a.tif:1 application qr=000001/0001\n" \
    "  child.birth = 2025-06-01\n"                 \
    "  household.address = 見本町1-2-3\n"       \
    "  guardian[1].kana = ミホン タロウ\n"   \
    "  guardian[1].birth = 1990-04-01\n"           \
    "  guardian[2].kana = ミホン ハナコ\n"   \
    "  guardian[2].birth = 1991-05-02\n"           \
    "page f2 b.tif:1 application qr=000002/0002\n" \
    "  child.birth = 2024-07-01\n"                 \
    "  household.address = 見本町1-2-8\n"       \
    "  guardian[1].kana = ミホン タロウ\n"   \
    "  guardian[1].birth = 1988-01-09\n"           \
    "  guardian[2].kana = ミホン サクラ\n"   \
    "  guardian[2].birth = 1989-02-08\n"
#define HOURS                                                          \
    "  job.employer = 見本工業\n  job.certified_on = 2026-10-01\n" \
    "  job.minutes_month = 160:00\n"

static const struct {
    const char *household; /* "" = the page does not say */
    const char *kana, *birth;
    const char *join, *doubt;
} rows[] = {
    /* exactly one of its household */
    {"000001", "= ミホン タロウ", "= 1990-04-01",
     "c1 000001/1/1 joined kana birth\n", ""},
    {"000001", "= ミホン ハナコ", "= 1991-05-02",
     "c1 000001/2/1 joined kana birth\n", ""},
    {"000001", "? ミホソ タロウ", "= 1990-04-01",
     "c1 000001/1/1 joined birth\n", ""},
    /* a misread letter is no other name */
    {"000001", "= ミホン タロワ", "= 1990-04-01",
     "c1 000001/1/1 joined birth\n", ""},
    /* by name alone: only proposed */
    {"000001", "= ミホン タロウ", "!", "c1 000001/0/0 proposed\n",
     "whose-certificate c1 @holder.kana = 000001/1\n"},
    {"000001", "= ミホン タロウ", "? 1990-04-01", "c1 000001/0/0 proposed\n",
     "whose-certificate c1 @holder.kana = 000001/1\n"},
    /* the same day, but surely another name */
    {"000001", "= サンプル ジロウ", "= 1990-04-01", "c1 000001/0/0 proposed\n",
     "whose-certificate c1 @holder.kana = 000001/1\n"},
    /* the same name, but surely another day: the other family's father */
    {"000001", "= ミホン タロウ", "= 1988-01-09", "c1 000001/0/0 proposed\n",
     "whose-certificate c1 @holder.kana = 000001/1\n"},
    /* without a number on it: proposed, however well it agrees */
    {"", "= ミホン サクラ", "= 1989-02-08", "c1 /0/0 proposed\n",
     "whose-certificate c1 @holder.kana = 000002/2\n"},
    {"", "= ミホン タロウ", "= 1988-01-09", "c1 /0/0 proposed\n",
     "whose-certificate c1 @holder.kana = 000002/1\n"},
    /* two families' father: nobody is proposed */
    {"", "= ミホン タロウ", "!", "c1 /0/0 unknown\n",
     "certificate-without-application c1 @holder.kana = \n"},
    /* nobody of that name */
    {"", "= サンプル ジロウ", "= 1970-01-01", "c1 /0/0 unknown\n",
     "certificate-without-application c1 @holder.kana = \n"},
    {"000009", "= サンプル ジロウ", "= 1970-01-01", "c1 000009/0/0 unknown\n",
     "certificate-without-application c1 @holder.kana = \n"},
};

static void whose_a_certificate_is(void **state)
{
    struct desk *k = *state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        desk_clear(k);
        desk_scan(k,
                  arena_printf(&k->mem,
                               FAMILIES
                               "page c1 c.tif:1 certificate%s%s\n"
                               "  @holder.kana %s\n  @holder.birth %s\n" HOURS,
                               *rows[i].household ? " qr=" : "",
                               rows[i].household, rows[i].kana, rows[i].birth));
        assert_string_equal(desk_joins(k), rows[i].join);
        assert_string_equal(desk_doubts(k), rows[i].doubt);
        bool joined = !*rows[i].doubt;
        /* What waits gives nobody any hours. */
        assert_int_equal(strstr(desk_everything(k), "job.minutes_month") != 0,
                         joined);
        assert_int_equal(diag_has(&k->d, "certificate-without-application"),
                         strstr(rows[i].doubt, "without") != 0);
    }
}

static void a_person_says_whose(void **state)
{
    struct desk *k = *state;
    static const struct {
        const char *answer, *join;
    } answers[] = {
        {"=", "c1 000002/2/1 confirmed answer\n"},
        {"000001/2", "c1 000001/2/1 confirmed answer\n"},
        {"000001/11/3", "c1 000001/11/3 confirmed answer\n"},
        {"不採用", "c1 /0/0 rejected answer\n"},
    };
    for (size_t i = 0; i < COUNT(answers); i++) {
        desk_clear(k);
        desk_scan(k, FAMILIES "page c1 c.tif:1 certificate\n"
                              "  @holder.kana = ミホン サクラ\n" HOURS);
        desk_answer(k, "c1", "whose-certificate", answers[i].answer);
        assert_string_equal(desk_joins(k), answers[i].join);
        assert_string_equal(desk_doubts(k), "");
    }
}

/* Its own number and its cover's differ: no join, however well the holder
 * agrees with one of the two families. */
static void a_certificate_between_two_households(void **state)
{
    struct desk *k = *state;
    desk_scan(k, FAMILIES "page v0 c.tif:1 cover\n  @household = 000001\n"
                          "  @pages = 1\n  @received = 2026-11-05\n"
                          "page c1 c.tif:2 certificate qr=000002\n"
                          "  @holder.kana = ミホン タロウ\n"
                          "  @holder.birth = 1988-01-09\n" HOURS);
    assert_string_equal(desk_joins(k), "c1 /0/0 proposed\n");
    assert_null(strstr(desk_everything(k), "job.minutes_month"));
    desk_answer(k, "c1", "whose-certificate", "=");
    assert_string_equal(desk_joins(k), "c1 000002/1/1 confirmed answer\n");
}

/* A person who files it as 受領 has received it and not yet looked. */
static void a_certificate_only_received(void **state)
{
    struct desk *k = *state;
    struct case_filing f = {"c1", "", "000001", "", 0, 0, "受領", "", ""};
    desk_put(k,
             FAMILIES "page c1 c.tif:1 certificate\n"
                      "  @holder.kana = ミホン タロウ\n"
                      "  @holder.birth = 1990-04-01\n" HOURS,
             0);
    assert_true(case_file_page(k->db, &f, &k->d));
    desk_assemble(k);
    assert_null(strstr(desk_everything(k), "job.minutes_month"));
    f.state = "確認";
    assert_true(case_file_page(k->db, &f, &k->d));
    desk_assemble(k);
    assert_string_equal(desk_value(k, "000001/1/1", "job.minutes_month"),
                        "160:00");
    f.state = "不使用";
    assert_true(case_file_page(k->db, &f, &k->d));
    desk_assemble(k);
    assert_string_equal(desk_joins(k), "c1 000001/0/0 rejected filing\n");
    assert_null(strstr(desk_everything(k), "job.minutes_month"));
}

/* Which child the employer lists tells two fathers of one name apart. */
static void the_children_listed_speak_for_a_family(void **state)
{
    struct desk *k = *state;
    desk_scan(k, FAMILIES "page c1 c.tif:1 certificate\n"
                          "  @holder.kana = ミホン タロウ\n"
                          "  @listed[1].birth = 2024-07-01\n" HOURS);
    assert_string_equal(desk_doubts(k),
                        "whose-certificate c1 @holder.kana = 000002/1\n");
}

static void guardians_on_file_count_as_well(void **state)
{
    struct desk *k = *state;
    struct case_value v = {
        .key = {"000005", "", 1, 0},
        .path = "guardian.birth",
        .state = VALUE_KNOWN,
        .text = "1985-03-03",
        .source = CASE_SOURCE_IMPORT,
        .evidence = {.page = "", .raw = "", .why = "", .confidence = -1}};
    assert_true(case_put_value(k->db, &v, &k->d));
    desk_scan(k, "page c1 c.tif:1 certificate qr=000005\n"
                 "  @holder.kana = ミホン リク\n"
                 "  @holder.birth = 1985-03-03\n" HOURS);
    assert_string_equal(desk_joins(k), "c1 000005/1/1 joined birth\n");
}

/* Found late in the persons of a whole city. */
static void one_among_many(void **state)
{
    struct desk *k = *state;
    for (int i = 0; i < 300; i++) {
        struct case_value v = {
            .key = {arena_printf(&k->mem, "%06d", i), "", 1, 0},
            .path = "guardian.kana",
            .state = VALUE_KNOWN,
            .text = i == 137 ? "ミホン ベンケイ" : "ミホン タロウ",
            .source = CASE_SOURCE_IMPORT,
            .evidence = {.page = "", .raw = "", .why = "", .confidence = -1}};
        assert_true(case_put_value(k->db, &v, &k->d));
    }
    desk_scan(k, "page c1 c.tif:1 certificate\n"
                 "  @holder.kana = ミホン ベンケイ\n" HOURS);
    assert_string_equal(desk_doubts(k),
                        "whose-certificate c1 @holder.kana = 000137/1\n");
}

/* ── a second one ───────────────────────────────────────────────────────── */

#define OF_FATHER \
    "  @holder.kana = ミホン タロウ\n  @holder.birth = 1990-04-01\n"
#define FIRST                                              \
    FAMILIES "page c1 c.tif:1 certificate qr=000001 "      \
             "qrreceived=2026-11-05\n" OF_FATHER           \
             "  job.employer = 見本工業株式会社\n" \
             "  job.certified_on = 2026-10-01\n"           \
             "  job.minutes_month = 160:00\n"

static const struct {
    const char *employer, *certified, *received, *doubt;
} nexts[] = {
    /* newer, of the same employer: the proposal is to replace */
    {"= 見本工業株式会社", "= 2026-11-10", "2026-11-20",
     "certificate-newer c2 = 差替え\n"},
    {"? 見本エ業株式会社", "= 2026-11-10", "2026-11-20",
     "certificate-newer c2 = 差替え\n"},
    /* the same again */
    {"= 見本工業株式会社", "= 2026-10-01", "2026-11-20",
     "certificate-repeated c2 = 不採用\n"},
    /* it came later, but is the older one: never proposed as a replacement */
    {"= 見本工業株式会社", "= 2026-09-01", "2026-11-20",
     "certificate-repeated c2 = 不採用\n"},
    {"= 見本工業株式会社", "!", "2026-11-20",
     "certificate-repeated c2 = 不採用\n"},
    /* another employer: a second job, or a changed one */
    {"= サンプル商店", "= 2026-11-10", "2026-11-20", "second-job c2 = 追加\n"},
    /* nobody knows which employer: nothing is proposed */
    {"!", "= 2026-11-10", "2026-11-20", "second-job c2 = \n"},
};

static const char *with_next(struct desk *k, size_t i)
{
    return arena_printf(&k->mem,
                        FIRST "page c2 d.tif:1 certificate qr=000001 "
                              "qrreceived=%s\n" OF_FATHER
                              "  job.employer %s\n  job.certified_on %s\n"
                              "  job.minutes_month = 80:00\n",
                        nexts[i].received, nexts[i].employer,
                        nexts[i].certified);
}

static void the_next_certificate_is_a_question(void **state)
{
    struct desk *k = *state;
    for (size_t i = 0; i < COUNT(nexts); i++) {
        desk_clear(k);
        desk_scan(k, with_next(k, i));
        if (!strstr(desk_doubts(k), nexts[i].doubt))
            fail_msg("%zu: no %s in %s", i, nexts[i].doubt, desk_doubts(k));
        /* Until then the first stands, alone and as it was. */
        assert_string_equal(desk_value(k, "000001/1/1", "job.minutes_month"),
                            "160:00");
        assert_string_equal(desk_value(k, "000001/1/2", "job.minutes_month"),
                            "");
    }
}

static void what_a_person_makes_of_the_next(void **state)
{
    struct desk *k = *state;
    static const struct {
        size_t next;
        const char *about, *answer, *first, *second, *joins;
    } answers[] = {
        {0, "certificate-newer", "=", "80:00", "",
         "c1 000001/1/0 joined kana birth\nc2 000001/1/1 joined kana birth\n"},
        {0, "certificate-newer", "追加", "160:00", "80:00",
         "c1 000001/1/1 joined kana birth\nc2 000001/1/2 joined kana birth\n"},
        {0, "certificate-newer", "不採用", "160:00", "",
         "c2 000001/1/0 joined kana birth\nc1 000001/1/1 joined kana birth\n"},
        {5, "second-job", "=", "160:00", "80:00",
         "c1 000001/1/1 joined kana birth\nc2 000001/1/2 joined kana birth\n"},
        {5, "second-job", "差替え", "80:00", "",
         "c1 000001/1/0 joined kana birth\nc2 000001/1/1 joined kana birth\n"},
    };
    for (size_t i = 0; i < COUNT(answers); i++) {
        desk_clear(k);
        desk_scan(k, with_next(k, answers[i].next));
        desk_answer(k, "c2", answers[i].about, answers[i].answer);
        assert_string_equal(desk_value(k, "000001/1/1", "job.minutes_month"),
                            answers[i].first);
        assert_string_equal(desk_value(k, "000001/1/2", "job.minutes_month"),
                            answers[i].second);
        assert_string_equal(desk_joins(k), answers[i].joins);
        assert_string_equal(desk_doubts(k), "");
    }
}

static void the_ledger_says_what_replaced_what(void **state)
{
    struct desk *k = *state;
    desk_scan(k, with_next(k, 0));
    assert_non_null(strstr(desk_papers(k), "c2 000001 就労証明書 1 1 読取\n"));
    desk_answer(k, "c2", "certificate-newer", "差替え");
    assert_non_null(
        strstr(desk_papers(k), "c2 000001 就労証明書 1 1 反映 > c1\n"));
    assert_non_null(
        strstr(desk_papers(k), "c1 000001 就労証明書 1 1 不使用\n"));
}

/* A number that a person gave is taken; the others are asked about. */
static void a_numbered_certificate_stands_first(void **state)
{
    struct desk *k = *state;
    struct case_filing f = {"c2", "", "000001", "", 1, 1, "", "", ""};
    desk_put(k, with_next(k, 5), 0);
    assert_true(case_file_page(k->db, &f, &k->d));
    desk_assemble(k);
    assert_string_equal(desk_value(k, "000001/1/1", "job.minutes_month"),
                        "80:00");
    assert_string_equal(desk_value(k, "000001/1/2", "job.minutes_month"), "");
    assert_string_equal(desk_doubts(k), "second-job c1 = 追加\n");
    desk_answer(k, "c1", "second-job", "追加");
    assert_string_equal(desk_value(k, "000001/1/2", "job.minutes_month"),
                        "160:00");
    /* Replaced is replaced: it is not asked about again. */
    desk_answer(k, "c1", "second-job", "差替え");
    assert_string_equal(desk_doubts(k), "");
    assert_string_equal(desk_value(k, "000001/1/1", "job.minutes_month"),
                        "160:00");
    assert_string_equal(desk_value(k, "000001/1/2", "job.minutes_month"), "");
}

static void three_in_a_row(void **state)
{
    struct desk *k = *state;
    desk_scan(k, arena_printf(&k->mem,
                              "%spage c3 e.tif:1 certificate qr=000001 "
                              "qrreceived=2026-11-25\n" OF_FATHER
                              "  job.employer = 見本工業株式会社\n"
                              "  job.certified_on = 2026-11-24\n"
                              "  job.minutes_month = 120:00\n",
                              with_next(k, 5)));
    desk_answer(k, "c2", "second-job", "追加");
    desk_answer(k, "c3", "certificate-newer", "差替え");
    assert_string_equal(desk_value(k, "000001/1/1", "job.minutes_month"),
                        "120:00");
    assert_string_equal(desk_value(k, "000001/1/2", "job.minutes_month"),
                        "80:00");
    assert_string_equal(desk_value(k, "000001/1/3", "job.minutes_month"), "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        DESK(whose_a_certificate_is),
        DESK(a_person_says_whose),
        DESK(a_certificate_between_two_households),
        DESK(a_certificate_only_received),
        DESK(the_children_listed_speak_for_a_family),
        DESK(guardians_on_file_count_as_well),
        DESK(one_among_many),
        DESK(the_next_certificate_is_a_question),
        DESK(what_a_person_makes_of_the_next),
        DESK(the_ledger_says_what_replaced_what),
        DESK(a_numbered_certificate_stands_first),
        DESK(three_in_a_row),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
