/* The audit chain: whatever was changed past the program is found and named,
 * and the tables do not let it happen by accident. */
#include "assemble_help.h"

#include "records/record_csv.h"

static void put_value(struct desk *k, const char *text)
{
    struct case_value v = {
        .key = {"000001", "", 0, 0},
        .path = "household.fee_class",
        .state = VALUE_KNOWN,
        .text = text,
        .source = CASE_SOURCE_PERSON,
        .evidence = {.page = "", .raw = "", .why = "heard", .confidence = -1}};
    assert_true(case_put_value(k->db, &v, &k->d));
}

/* A case with some of everything: links 1 and 2 are answers, 3 to 5 values (4
 * of two rows), 6 a filing, 7 an event, 8 a document, 9 manual points, 10 a
 * run. */
static void fill(struct desk *k)
{
    struct case_answer answer = {.id = "d1", .text = "=", .by = "佐藤"};
    struct case_event e = {"000001", "0001", "取下げ", "2027-01-10", ""};
    struct case_document doc = {"d1", "000001", "就労証明書", "1", "2026-11-01",
                                1,    "受領",   "",           ""};
    struct case_filing f = {"s1", "母子手帳", "000001", "", 0, 0, "", "", ""};
    struct manual_points m = {"000001", "",     0,        "care",    3000,
                              "適宜",   "sato", "buchou", {"", 0, 0}};
    struct case_run run = {"00ff", "trial", "aa"};
    assert_true(case_put_answer(k->db, &answer, &k->d));
    answer.text = "5";
    assert_true(case_put_answer(k->db, &answer, &k->d));
    put_value(k, "1");
    desk_put(k,
             "page s1 a.tif:1 application qr=000001/0001\n"
             "  child.kana = ミホン ハナ\n  child.birth = 2025-06-01\n",
             0);
    desk_assemble(k);
    put_value(k, "2");
    assert_true(case_file_page(k->db, &f, &k->d));
    assert_true(case_put_event(k->db, &e, &k->d));
    assert_true(case_put_document(k->db, &doc, "", &k->d));
    assert_true(case_put_manual(k->db, &m, &k->d));
    assert_true(case_put_run(k->db, &run, &k->d));
    assert_true(case_audit_check(k->db, NULL, &k->d));
}

static const char *const appended[] = {"filing", "value", "document", "event",
                                       "manual", "run",   "answer",   "audit"};

static void appended_tables_refuse_change(void **state)
{
    struct desk *k = *state;
    fill(k);
    for (size_t i = 0; i < COUNT(appended); i++) {
        const char *t = appended[i];
        assert_false(db_exec(
            k->db, arena_printf(&k->mem, "UPDATE %s SET at='x'", t), NULL));
        assert_false(
            db_exec(k->db, arena_printf(&k->mem, "DELETE FROM %s", t), NULL));
        assert_false(db_exec(
            k->db, arena_printf(&k->mem, "DELETE FROM %s WHERE id=1", t),
            NULL));
        assert_false(db_exec(k->db,
                             arena_printf(&k->mem,
                                          "INSERT OR REPLACE INTO %s SELECT * "
                                          "FROM %s WHERE id=1",
                                          t, t),
                             NULL));
    }
    assert_true(case_audit_check(k->db, NULL, &k->d));
}

/* What somebody does who takes the locks off. */
static const struct {
    const char *sql;
    const char *found; /* in the message */
} tamperings[] = {
    /* a row altered */
    {"UPDATE value SET text='9' WHERE id=1", "link 3 value 1-1"},
    {"UPDATE value SET by='x' WHERE id=3", "link 4 value 2-3"},
    {"UPDATE value SET state=2 WHERE id=4", "link 5 value 4-4"},
    {"UPDATE answer SET by='鈴木' WHERE id=2", "link 2 answer 2-2"},
    {"UPDATE filing SET household='000002'", "link 6 filing 1-1"},
    {"UPDATE event SET happened='2027-01-11'", "link 7 event 1-1"},
    {"UPDATE document SET state='反映'", "link 8 document 1-1"},
    {"UPDATE manual SET points=9000", "link 9 manual 1-1"},
    {"UPDATE run SET kind='final'", "link 10 run 1-1"},
    /* a row removed */
    {"DELETE FROM value WHERE id=2", "link 4 value 2-3"},
    {"DELETE FROM value WHERE id=4", "link 5 value 4-4"},
    {"DELETE FROM run", "link 10 run 1-1"},
    /* rows exchanged */
    {"UPDATE value SET id=99 WHERE id=2; UPDATE value SET id=2 WHERE id=3;"
     "UPDATE value SET id=3 WHERE id=99",
     "link 4 value 2-3"},
    {"UPDATE answer SET id=99 WHERE id=1; UPDATE answer SET id=1 WHERE id=2;"
     "UPDATE answer SET id=2 WHERE id=99",
     "link 1 answer 1-1"},
    /* a row slipped in: after, before, and a value for its neighbour */
    {"INSERT INTO answer VALUES(3,'d1','x','y','z')", "link 11 answer"},
    {"INSERT INTO answer VALUES(0,'d9','x','y','z')", "link 11 answer"},
    {"INSERT INTO answer VALUES(-7,'d9','x','y','z')", "link 11 answer"},
    {"INSERT INTO run SELECT id+5,run,kind,inputs,by,at FROM run",
     "link 11 run"},
    /* a link altered, removed, exchanged, slipped in */
    {"UPDATE audit SET by='x' WHERE id=4", "link 4 value 2-3"},
    {"UPDATE audit SET action='import' WHERE id=1", "link 1 answer 1-1"},
    {"UPDATE audit SET hash=content WHERE id=4", "link 4 value 2-3"},
    {"DELETE FROM audit WHERE id=1", "link 1 "},
    {"DELETE FROM audit WHERE id=5", "link 5 "},
    {"DELETE FROM audit WHERE id=10", "link 10 run"},
    {"UPDATE audit SET id=99 WHERE id=1; UPDATE audit SET id=1 WHERE id=2;"
     "UPDATE audit SET id=2 WHERE id=99",
     "link 1 answer 2-2"},
    {"INSERT INTO audit SELECT 11,by,at,action,subject,first,last,content,hash "
     "FROM audit WHERE id=10",
     "link 11 run 1-1"},
    {"DELETE FROM audit", "link 1 "},
};

static void take_locks_off(struct desk *k)
{
    for (size_t i = 0; i < COUNT(appended); i++)
        assert_true(db_exec(k->db,
                            arena_printf(&k->mem,
                                         "DROP TRIGGER %s_kept;"
                                         "DROP TRIGGER %s_stays",
                                         appended[i], appended[i]),
                            &k->d));
}

static void whatever_was_changed_is_found_and_named(void **state)
{
    struct desk *k = *state;
    for (size_t i = 0; i < COUNT(tamperings); i++) {
        desk_clear(k);
        fill(k);
        take_locks_off(k);
        assert_true(case_audit_check(k->db, NULL, &k->d));
        assert_true(db_exec(k->db, tamperings[i].sql, &k->d));
        diag_release(&k->d);
        k->d = DIAG_INIT;
        if (case_audit_check(k->db, NULL, &k->d))
            fail_msg("not found: %s", tamperings[i].sql);
        assert_int_equal(k->d.n, 1);
        assert_string_equal(k->d.items[0].check, "audit-broken");
        if (!strstr(k->d.items[0].what.en, tamperings[i].found))
            fail_msg("%s: %s", tamperings[i].sql, k->d.items[0].what.en);
    }
}

/* A tail that was cut off whole shows only by the head written on paper. */
static void the_head_shows_a_cut_tail(void **state)
{
    struct desk *k = *state;
    char before[HASH_HEX], after[HASH_HEX], again[HASH_HEX];
    fill(k);
    assert_true(case_audit_check(k->db, before, &k->d));
    assert_true(case_audit_check(k->db, again, &k->d));
    assert_string_equal(before, again);
    take_locks_off(k);
    assert_true(db_exec(k->db, "DELETE FROM run; DELETE FROM audit WHERE id=10",
                        &k->d));
    assert_true(case_audit_check(k->db, after, &k->d));
    assert_string_not_equal(before, after);
}

/* Without its locks a case is not opened any more. */
static void a_case_without_locks_is_refused(void **state)
{
    struct desk *k = *state;
    fill(k);
    assert_true(db_exec(k->db, "DROP TRIGGER value_kept", &k->d));
    case_close(k->db);
    k->db =
        case_open(k->folder, CASE_WRITE, (struct case_stamp){"x", "y"}, &k->d);
    assert_null(k->db);
    assert_true(diag_has(&k->d, "case-damaged"));
}

/* What is brought again as it was leaves no row and no link. */
static void the_same_again_leaves_nothing(void **state)
{
    struct desk *k = *state;
    char before[HASH_HEX], after[HASH_HEX];
    struct record_set set;
    size_t taken;
    static const char text[] = "世帯番号,連番,書類,書類受付日,処理状況\n"
                               "000001,1,就労証明書,2026-11-01,受領\n"
                               "000001,2,母子手帳,2026-11-02,確認\n";
    record_set_init(&set, &k->dict);
    assert_true(record_csv_load_scope(&set, SCOPE_DOCUMENT, text, strlen(text),
                                      "document.csv", &k->d));
    record_set_add_manual(&set, &(struct manual_points){"000001",
                                                        "",
                                                        0,
                                                        "care",
                                                        3000,
                                                        "適宜",
                                                        "sato",
                                                        "buchou",
                                                        {"", 0, 0}});
    record_set_finish(&set);
    assert_true(
        case_import_records(k->db, &set, "document.csv", &taken, &k->d));
    assert_int_equal(taken, 3);
    assert_true(case_audit_check(k->db, before, &k->d));
    assert_true(
        case_import_records(k->db, &set, "document.csv", &taken, &k->d));
    assert_int_equal(taken, 0);
    assert_true(case_audit_check(k->db, after, &k->d));
    assert_string_equal(before, after);
    record_set_release(&set);
}

/* A step that is given up leaves neither rows nor links. */
static void a_step_given_up_leaves_nothing(void **state)
{
    struct desk *k = *state;
    char before[HASH_HEX], after[HASH_HEX];
    fill(k);
    assert_true(case_audit_check(k->db, before, &k->d));
    assert_true(case_begin(k->db, &k->d));
    put_value(k, "7");
    assert_false(case_end(k->db, false, &k->d));
    assert_true(case_audit_check(k->db, after, &k->d));
    assert_string_equal(before, after);
    assert_string_equal(desk_value(k, "000001", "household.fee_class"), "2");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        DESK(appended_tables_refuse_change),
        DESK(whatever_was_changed_is_found_and_named),
        DESK(the_head_shows_a_cut_tail),
        DESK(a_case_without_locks_is_refused),
        DESK(the_same_again_leaves_nothing),
        DESK(a_step_given_up_leaves_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
