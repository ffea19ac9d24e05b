#include "records/registry.h"

#include "core/date.h"
#include "core/text.h"
#include "records_help.h"

#define HEAD "宛名番号,世帯番号,氏名,フリガナ,生年月日,続柄\n"
#define PEOPLE                                                                         \
    HEAD "0007,000001,見本　葵,ミホン アオイ,2025-06-01,子\n"               \
         "0003,000001,見本　碧,ミホン アオト,2025-06-01,子\n"               \
         "0005,000002,例題　花子,レイダイ ハナコ,平成2年4月1日,妻\n" \
         "0009,000003,例題　花子,レイダイ ハナコ,1991-04-01,妻\n"         \
         "0011,000004,書式　凜,ショシキ リン,2025-06-01,子\n"

static const struct {
    const char *csv, *findings;
} files[] = {
    {PEOPLE, ""},
    {HEAD, ""},
    {"宛名番号,氏名,フリガナ\n1,甲,コウ\n", "missing-column:1"},
    {HEAD "1,,甲,,2025-01-01,\n", "key-missing:2"},
    {HEAD "1,,甲,コウ,2025-02-30,\n", "bad-date:2"},
    {HEAD "1,,甲,コウ,2025-01-01,\n2,,乙,オツ,2025-01-01,\n"
          "1,,甲,コウ,2025-01-01,\n",
     "registry-twice:4"},
    {"resident,name,kana,birth\n1,甲,コウ,2025-01-01\n", ""},
};

static void a_registry_is_read_or_refused(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(files); i++) {
        struct arena mem = ARENA_INIT;
        struct diag d = DIAG_INIT;
        struct registry r;
        bool ok = registry_load(&r, files[i].csv, strlen(files[i].csv),
                                "registry.csv", &mem, &d);
        assert_string_equal(help_findings(&d, &mem), files[i].findings);
        assert_int_equal(ok, !*files[i].findings);
        diag_release(&d);
        arena_release(&mem);
    }
}

/* What was read, and of whom it is: "" nobody, "0007?" probably. */
static const struct {
    const char *birth, *kana, *name, *who;
} people[] = {
    {"1990-04-01", "レイダイ ハナコ", "例題花子", "0005"},
    /* the same name on another day is another person */
    {"1991-04-01", "レイダイ ハナコ", "例題花子", "0009"},
    /* a kanji that the engine does not know; the kana bears it out */
    {"2025-06-01", "ショシキリン", "書式凛", "0011"},
    /* a kana misread, the name right */
    {"2025-06-01", "ショツキリン", "書式凜", "0011"},
    /* neither is right: not sure */
    {"2025-06-01", "ショツキリン", "書式凛", "0011?"},
    {"2025-06-01", "ショシキリン", "例題花", "0011?"},
    /* twins: only where both are read to the letter */
    {"2025-06-01", "ミホンアオイ", "見本葵", "0007"},
    {"2025-06-01", "ミホンアオト", "見本碧", "0003"},
    {"2025-06-01", "ミホンアオイ", "見本", "0007?"},
    {"2025-06-01", "ミホンアオ", "見本", ""},
    {"2025-06-02", "ミホンアオイ", "見本葵", ""},
    {"2025-06-01", "", "", ""},
    {"2025-06-01", "サンプルジロウ", "三符二郎", ""},
};

static struct registry load(struct arena *mem)
{
    struct registry r;
    assert_true(
        registry_load(&r, PEOPLE, strlen(PEOPLE), "registry.csv", mem, NULL));
    return r;
}

static void a_name_is_somebody_s_or_nobody_s(void **state)
{
    (void)state;
    struct arena mem = ARENA_INIT;
    struct registry r = load(&mem);
    for (size_t i = 0; i < COUNT(people); i++) {
        int32_t birth;
        assert_int_equal(date_parse(people[i].birth, &birth), DATE_OK);
        struct registry_match m =
            registry_match(&r, birth, text_match_key(people[i].kana, &mem),
                           text_match_key(people[i].name, &mem));
        const char *who =
            m.resident
                ? arena_printf(&mem, "%s%s", m.resident->no, m.sure ? "" : "?")
                : "";
        assert_string_equal(who, people[i].who);
    }
    arena_release(&mem);
}

static void a_namesake_is_the_only_one_of_a_name(void **state)
{
    (void)state;
    struct arena mem = ARENA_INIT;
    struct registry r = load(&mem);
    const struct resident *one =
        registry_namesake(&r, "ショシキリン", "書式凜");
    assert_string_equal(one->no, "0011");
    assert_null(registry_namesake(&r, "レイダイハナコ", "例題花子"));
    assert_null(registry_namesake(&r, "", ""));
    arena_release(&mem);
}

/* Whoever stands in which line makes no difference. */
static void the_order_of_lines_does_not_matter(void **state)
{
    (void)state;
    struct arena mem = ARENA_INIT;
    struct registry r = load(&mem), other;
    const char *turned =
        HEAD "0011,000004,書式　凜,ショシキ リン,2025-06-01,子\n"
             "0009,000003,例題　花子,レイダイ ハナコ,1991-04-01,妻\n"
             "0005,000002,例題　花子,レイダイ ハナコ,平成2年4月1日,妻\n"
             "0003,000001,見本　碧,ミホン アオト,2025-06-01,子\n"
             "0007,000001,見本　葵,ミホン アオイ,2025-06-01,子\n";
    assert_true(
        registry_load(&other, turned, strlen(turned), "r.csv", &mem, NULL));
    assert_int_equal(r.n, other.n);
    for (size_t i = 0; i < r.n; i++)
        assert_string_equal(r.items[i].no, other.items[i].no);
    size_t first, end;
    registry_born(&r, r.items[1].birth, &first, &end);
    assert_int_equal(end - first, 1);
    arena_release(&mem);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_registry_is_read_or_refused),
        cmocka_unit_test(a_name_is_somebody_s_or_nobody_s),
        cmocka_unit_test(a_namesake_is_the_only_one_of_a_name),
        cmocka_unit_test(the_order_of_lines_does_not_matter),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
