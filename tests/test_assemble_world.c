/* Readings held against what exists: residents, towns, facilities. */
#include "assemble_help.h"

static const char residents[] =
    "宛名番号,世帯番号,氏名,フリガナ,生年月日\n"
    "0001,000001,書式　凜,ショシキ リン,2025-06-01\n"
    "0002,000001,書式　一郎,ショシキ イチロウ,1990-04-01\n"
    "0003,000002,見本　葵,ミホン アオイ,2024-05-05\n";
static const char towns[] = "郵便番号,都道府県,市区町村,町域\n"
                            "9000001,沖縄県,見本市,緑が丘\n"
                            "9000003,沖縄県,見本市,港町\n";
static const char nurseries[] = "施設番号,施設名\n"
                                "0101,あおば保育園\n0102,第一みどり保育園\n"
                                "0103,第二みどり保育園\n";
static const char seats[] = "施設番号,クラス,募集人数\n0101,1,1\n";

static void fill(struct desk *k)
{
    assert_true(registry_load(&k->registry, residents, strlen(residents),
                              "registry.csv", &k->mem, &k->d));
    assert_true(postal_load(&k->postal, towns, strlen(towns), "postal.csv",
                            &k->mem, &k->d));
    assert_true(facilities_load(&k->facilities, nurseries, strlen(nurseries),
                                "nurseries.csv", seats, strlen(seats),
                                "seats.csv", &k->mem, &k->d));
}

static void set_policy(struct desk *k, const char *yaml)
{
    assert_true(policy_load(&k->policy, &k->dict, yaml, strlen(yaml),
                            "policy.yaml", &k->mem, &k->d));
}

#define POLICY "format: nyusho-policy/1\n"

/* The boxes of a child's sheet; what stands then, and what is asked. */
struct sheet_case {
    const char *boxes, *path, *value, *doubts;
};

static void hold(struct desk *k, const struct sheet_case *cases, size_t n,
                 const char *where)
{
    fill(k);
    set_policy(k, POLICY "always_review: []\nsample_permille: 0\n");
    for (size_t i = 0; i < n; i++) {
        desk_clear(k);
        desk_scan(k, arena_printf(&k->mem,
                                  "page s1 a.tif:1 application "
                                  "qr=000001/0001\n%s",
                                  cases[i].boxes));
        const char *got = desk_value(k, where, cases[i].path);
        if (strcmp(got, cases[i].value) != 0 ||
            strcmp(desk_doubts(k), cases[i].doubts) != 0)
            fprintf(stderr, "%s", cases[i].boxes);
        assert_string_equal(got, cases[i].value);
        assert_string_equal(desk_doubts(k), cases[i].doubts);
    }
}

static const struct sheet_case names[] = {
    /* a kanji that is taken for another; kana and birth bear it out */
    {"  child.kana = ショシキ リン\n  child.name ? 書式凛\n"
     "  child.birth = 2025-06-01\n",
     "child.name", "書式　凜", ""},
    /* all three in doubt, and all three agree */
    {"  child.kana ? ショシキ リン\n  child.name ? 書式凜\n"
     "  child.birth ? 2025-06-01\n",
     "child.birth", "2025-06-01", ""},
    /* the kana misread: the name is right */
    {"  child.kana ? ショツキ リン\n  child.name ? 書式凜\n"
     "  child.birth = 2025-06-01\n",
     "child.kana", "ショシキ リン", ""},
    /* nobody of that day */
    {"  child.kana = ショシキ リン\n  child.name ? 書式凛\n"
     "  child.birth = 2025-06-02\n",
     "child.name", "?", "low-confidence s1 child.name = 書式凛\n"},
    /* the very name, another day: the day is asked for, though read surely */
    {"  child.kana = ショシキ リン\n  child.name ? 書式凜\n"
     "  child.birth = 2025-06-07\n",
     "child.birth", "?",
     "low-confidence s1 child.name = 書式凜\n"
     "registry-differs s1 child.birth = 2025-06-07\n"},
    /* left empty is not filled in */
    {"  child.kana -\n  child.name ? 書式凜\n  child.birth = 2025-06-01\n",
     "child.name", "?", "low-confidence s1 child.name = 書式凜\n"},
};

static void a_name_stands_where_three_agree(void **state)
{
    hold(*state, names, COUNT(names), "000001/0001");
}

static void what_a_person_must_see_is_seen(void **state)
{
    struct desk *k = *state;
    fill(k);
    set_policy(k, POLICY "always_review: [child.name]\nsample_permille: 0\n");
    desk_scan(k, "page s1 a.tif:1 application qr=000001/0001\n"
                 "  child.kana = ショシキ リン\n  child.name ? 書式凛\n"
                 "  child.birth = 2025-06-01\n");
    /* with the registry's name proposed, what was read beside it */
    assert_string_equal(desk_doubts(k),
                        "low-confidence s1 child.name = 書式　凜\n");
    desk_answer(k, "s1", "child.name", "書式　林");
    assert_string_equal(desk_value(k, "000001/0001", "child.name"), "書式　林");
}

static void some_of_what_stands_is_shown_all_the_same(void **state)
{
    struct desk *k = *state;
    fill(k);
    set_policy(k, POLICY "always_review: []\nsample_permille: 1000\n");
    desk_scan(k, "page s1 a.tif:1 application qr=000001/0001\n"
                 "  child.kana = ショシキ リン\n  child.name ? 書式凛\n"
                 "  child.birth = 2025-06-01\n");
    assert_string_equal(desk_doubts(k), "sample s1 child.name = 書式　凜\n");
}

static const struct sheet_case addresses[] = {
    /* code and town bear each other out */
    {"  household.postal_code ? 900-0001\n"
     "  household.address = 見本市緑が丘2-5\n",
     "household.postal_code", "900-0001", ""},
    /* the town misread; what the number is, only one reading says */
    {"  household.postal_code = 900-0001\n"
     "  household.address ? 見本市録が丘2-5\n",
     "household.address", "?",
     "low-confidence s1 household.address = 見本市緑が丘2-5\n"},
    /* another town than the code's: the code is asked for */
    {"  household.postal_code = 900-0001\n"
     "  household.address = 見本市港町2-5\n",
     "household.postal_code", "?",
     "postal-differs s1 household.postal_code = 900-0001\n"},
    /* a town the list does not know says nothing */
    {"  household.postal_code = 900-0001\n"
     "  household.address = 例示市駅前2-5\n",
     "household.postal_code", "900-0001", ""},
};

static void code_and_town_bear_each_other_out(void **state)
{
    hold(*state, addresses, COUNT(addresses), "000001");
}

static const struct sheet_case facilities[] = {
    {"  preference[1].facility ? 0101\n"
     "  preference[1].facility_name ? あおぱ保育園\n",
     "preference.facility", "0101", ""},
    {"  preference[1].facility = 0101\n"
     "  preference[1].facility_name ? あお保育\n",
     "preference.facility_name", "あおば保育園", ""},
    /* twins by name: a letter decides, so it must be right */
    {"  preference[1].facility = 0102\n"
     "  preference[1].facility_name ? 第みどり保育園\n",
     "preference.facility_name", "?",
     "low-confidence s1 preference[1].facility_name = 第みどり保育園\n"},
    /* the number says one, the name to the letter another */
    {"  preference[1].facility = 0101\n"
     "  preference[1].facility_name = 第二みどり保育園\n",
     "preference.facility", "?",
     "facility-differs s1 preference[1].facility = 0101\n"},
    /* a name badly read does not shake a number read surely */
    {"  preference[1].facility = 0101\n"
     "  preference[1].facility_name ? 第二みどり保育園\n",
     "preference.facility", "0101",
     "low-confidence s1 preference[1].facility_name = 第二みどり保育園\n"},
};

static void number_and_name_bear_each_other_out(void **state)
{
    hold(*state, facilities, COUNT(facilities), "000001/0001/1");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        DESK(a_name_stands_where_three_agree),
        DESK(what_a_person_must_see_is_seen),
        DESK(some_of_what_stands_is_shown_all_the_same),
        DESK(code_and_town_bear_each_other_out),
        DESK(number_and_name_bear_each_other_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
