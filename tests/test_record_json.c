#include "records/record_json.h"
#include "records_help.h"

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

static const char rows[] =
    "household address=\"見本市,本町\"１−２ welfare=いいえ tax_levy=-1\n"
    "guardian:1 name=髙﨑凜 kana=タカサキ present=はい\n"
    "guardian:2 present=#該当なし birth=#判読不能\n"
    "job:1:1 weekdays=月|水 minutes_month=160:30 weekday_from=8:30\n"
    "job:1:2 weekdays=なし\n"
    "child:0001 birth=2024-02-29\n"
    "preference:0001:2 facility=007\n"
    "@000000\n"
    "household address=x\\y\n";

static void fill(struct world *w)
{
    struct manual_points m = {.household = "000001",
                              .child = "0001",
                              .rule = "care",
                              .points = -1500,
                              .reason = "面談, \"記録\"あり",
                              .by = "係員A",
                              .approved_by = ""};
    help_rows(&w->set, rows);
    record_set_add_manual(&w->set, &m);
    record_set_finish(&w->set);
}

static void export_and_import_give_the_same_bytes(void **state)
{
    (void)state;
    struct world out, in;
    struct buf first = BUF_INIT, second = BUF_INIT;
    world_open(&out);
    world_open(&in);
    fill(&out);
    record_json_write(&out.set, &first);
    bool ok =
        record_json_load(&in.set, first.bytes, first.len, "r.json", &in.d);
    help_print(&in.d);
    assert_true(ok);
    record_json_write(&in.set, &second);
    assert_string_equal(first.bytes, second.bytes);
    assert_int_equal(in.set.n_households, 2);
    assert_int_equal(in.set.n_manual, 1);
    assert_int_equal(in.set.manual[0].points, -1500);
    buf_release(&first);
    buf_release(&second);
    world_close(&out);
    world_close(&in);
}

static void what_is_not_there_is_unknown(void **state)
{
    (void)state;
    static const char json[] =
        "{\"format\": \"nyusho-records/1\", \"guardian\": [{\"household\": "
        "\"1\", \"person\": 2, \"present\": \"#該当なし\", \"kana\": \"\"}]}";
    struct world w;
    world_open(&w);
    assert_true(record_json_load(&w.set, json, strlen(json), "r.json", &w.d));
    assert_int_equal(
        record_get(&w.set, help_field(&w.dict, "guardian.present"), 0).state,
        VALUE_NOT_APPLICABLE);
    assert_int_equal(
        record_get(&w.set, help_field(&w.dict, "guardian.kana"), 0).state,
        VALUE_UNKNOWN);
    world_close(&w);
}

#define HEAD "{\"format\": \"nyusho-records/1\", "

/* A document, and what is said of it: places and checks. */
static const struct {
    const char *json, *says;
} files[] = {
    {"{\"format\": \"nyusho-records/1\"", "r.json json-syntax"},
    {"", "r.json json-syntax"},
    {"{\"format\": \"nyusho-records/2\"}", "r.json bad-format"},
    {"[]", "r.json bad-format"},
    {HEAD "\"kids\": []}", "r.json unknown-scope"},
    {HEAD "\"child\": {}}", "r.json json-type"},
    {HEAD "\"child\": [7]}", "r.json: child[0] json-type"},
    {HEAD "\"child\": [{\"household\": \"1\"}]}",
     "r.json: child[0].child key-missing"},
    {HEAD "\"guardian\": [{\"household\": \"1\", \"person\": 1.5}]}",
     "r.json: guardian[0].person json-type"},
    {HEAD "\"guardian\": [{\"household\": \"1\", \"person\": 0}]}",
     "r.json: guardian[0].person bad-key"},
    {HEAD "\"guardian\": [{\"household\": \"1\", \"person\": 1, \"birht\": "
          "\"\"}]}",
     "r.json: guardian[0].birht unknown-field"},
    {HEAD "\"guardian\": [{\"household\": \"1\", \"person\": 1, \"birth\": "
          "19901231}]}",
     "r.json: guardian[0].birth json-type"},
    {HEAD "\"guardian\": [{\"household\": \"1\", \"person\": 1, \"birth\": "
          "\"1990-02-30\"}]}",
     "r.json: guardian[0].birth bad-date"},
    {HEAD "\"household\": [{\"household\": \"1\"}, {\"household\": \"1\"}]}",
     "r.json: household[1] duplicate-row"},
    {HEAD "\"manual_points\": [{\"household\": \"1\", \"rule\": \"a\", "
          "\"points\": \"x\"}]}",
     "r.json: manual_points[0].points bad-number"},
    {HEAD "\"manual_points\": [{\"household\": \"1\", \"rule\": \"a\", "
          "\"points\": \"1\"}]}",
     "r.json: manual_points[0] reason-missing"},
};

static void every_mistake_has_its_message(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(files); i++) {
        struct world w;
        world_open(&w);
        assert_false(record_json_load(&w.set, files[i].json,
                                      strlen(files[i].json), "r.json", &w.d));
        assert_int_equal(w.d.n, 1);
        assert_string_equal(arena_printf(&w.mem, "%s %s", w.d.items[0].at.file,
                                         w.d.items[0].check),
                            files[i].says);
        world_close(&w);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(export_and_import_give_the_same_bytes),
        cmocka_unit_test(what_is_not_there_is_unknown),
        cmocka_unit_test(every_mistake_has_its_message),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
