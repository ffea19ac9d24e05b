#include "records/case_internal.h"
#include "records_help.h"

#include "records/record_csv.h"

#include <sys/stat.h>
#include <unistd.h>

/* A case folder of its own for every test. */
struct room {
    char folder[40];
    struct diag d;
    struct arena mem;
    struct dictionary dict;
    struct case_db *db;
};

static const struct case_stamp stamp = {"sato", "2026-12-01T09:00:00Z"};

static int room_open(void **state)
{
    struct room *r = calloc(1, sizeof *r);
    strcpy(r->folder, "/tmp/nyusho-case-XXXXXX");
    assert_non_null(mkdtemp(r->folder));
    r->d = DIAG_INIT;
    r->mem = ARENA_INIT;
    help_dictionary(&r->dict, &r->mem);
    r->db = case_open(r->folder, CASE_CREATE, stamp, &r->d);
    assert_non_null(r->db);
    *state = r;
    return 0;
}

static int room_close(void **state)
{
    struct room *r = *state;
    size_t n;
    case_close(r->db);
    char **names = folder_list(r->folder, &r->mem, &n, NULL);
    for (size_t i = 0; i < n; i++)
        unlink(path_join(&r->mem, r->folder, names[i]));
    rmdir(r->folder);
    arena_release(&r->mem);
    diag_release(&r->d);
    free(r);
    return 0;
}

static struct case_page page_of(const char *sha, const char *file, int number)
{
    struct case_page p = {.sha256 = sha,
                          .file = file,
                          .file_sha256 = "f0",
                          .number = number,
                          .state = CASE_PAGE_READ,
                          .reason = "",
                          .message = {"", ""},
                          .form = "application",
                          .version = "2027",
                          .document = "利用申込書",
                          .form_page = 1,
                          .form_pages = 2,
                          .reader = "nyusho 1"};
    p.qr.form = p.qr.version = p.qr.household = p.qr.child = p.qr.received = "";
    return p;
}

static struct case_reading reading_of(const char *field, const char *value)
{
    return (struct case_reading){.field = field,
                                 .bind = "child.kana",
                                 .caption = "フリガナ",
                                 .kind = CASE_KIND_TEXT,
                                 .state = CASE_READING_DOUBT,
                                 .value = value,
                                 .raw = value,
                                 .runner_up = "",
                                 .reason = "handwriting",
                                 .confidence = 600,
                                 .left = 1,
                                 .top = 2,
                                 .width = 3,
                                 .height = 4};
}

static void a_page_with_its_readings(void **state)
{
    struct room *r = *state;
    struct case_page first = page_of("aa", "b.tif", 2), *pages;
    struct case_reading rows[] = {reading_of("x", "ミホン"),
                                  reading_of("y", "レイジ")};
    struct case_reading *got;
    bool again;
    size_t n;
    assert_false(case_has_page(r->db, "b.tif", 2, "f0", NULL));
    assert_true(case_put_page(r->db, &first, rows, 2, &again, &r->d));
    assert_false(again);
    assert_true(case_has_page(r->db, "b.tif", 2, "f0", "nyusho 1"));
    assert_false(case_has_page(r->db, "b.tif", 2, "f0", "nyusho 2"));
    assert_false(case_has_page(r->db, "b.tif", 2, "f1", NULL));
    /* The same page from another file: one page, two arrivals. */
    struct case_page second = page_of("aa", "a.tif", 1);
    assert_true(case_put_page(r->db, &second, rows, 2, &again, &r->d));
    assert_true(again);
    assert_true(case_pages(r->db, &pages, &n, &r->mem, &r->d));
    assert_int_equal(n, 1);
    assert_string_equal(pages[0].file, "a.tif");
    assert_true(case_readings(r->db, "aa", &got, &n, &r->mem, &r->d));
    assert_int_equal(n, 2);
    assert_string_equal(got[1].value, "レイジ");
    assert_int_equal(got[1].height, 4);
    /* A newer reader's readings count; the older ones stay. */
    second.reader = "nyusho 2";
    assert_true(case_put_page(r->db, &second, rows, 1, NULL, &r->d));
    assert_true(case_readings(r->db, "aa", &got, &n, &r->mem, &r->d));
    assert_int_equal(n, 1);
    bool ok = true;
    assert_int_equal(
        query_number(r->db, "SELECT count(*) FROM reading", &ok, &r->d), 3);
}

static struct case_value value_of(const char *path, const char *text,
                                  enum case_source source)
{
    return (struct case_value){
        .key = {"000123", "", 0, 0},
        .path = path,
        .state = *text ? VALUE_KNOWN : VALUE_UNKNOWN,
        .text = text,
        .source = source,
        .evidence = {.page = "", .raw = "", .why = "", .confidence = -1}};
}

/* The office knows more households than have applied. */
static void office_data_makes_no_applicant(void **state)
{
    struct room *r = *state;
    struct case_value read =
        value_of("household.address", "見本市", CASE_SOURCE_OCR);
    struct case_value office[3];
    for (int i = 0; i < 3; i++)
        office[i] = value_of("household.fee_class", "7", CASE_SOURCE_IMPORT);
    office[1].key.household = "000999";
    office[2].path = "child.graduating";
    office[2].text = "はい";
    office[2].key.child = "0001"; /* of a household that applies */
    struct record_set set;
    assert_true(case_put_value(r->db, &read, &r->d));
    record_set_init(&set, &r->dict);
    assert_true(case_load_records(r->db, office, 3, &set, false, &r->d));
    assert_int_equal(set.n_households, 1);
    assert_int_equal(set.tables[SCOPE_CHILD].n_rows, 0);
    assert_int_equal(set.tables[SCOPE_HOUSEHOLD].n_rows, 1);
    assert_int_equal(r->d.n, 2);
    assert_true(diag_has(&r->d, "office-without-application"));
    record_set_release(&set);
}

/* Who says it decides, then what came last. */
static void the_strongest_value_counts(void **state)
{
    struct room *r = *state;
    const struct dictionary *dict = &r->dict;
    struct case_value office =
        value_of("household.fee_class", "7", CASE_SOURCE_IMPORT);
    const struct {
        const char *text;
        enum case_source source;
        const char *wanted; /* with office.csv saying 7 */
    } rows[] = {
        {"1", CASE_SOURCE_OCR, "7"},    {"2", CASE_SOURCE_IMPORT, "7"},
        {"3", CASE_SOURCE_PERSON, "3"}, {"4", CASE_SOURCE_OCR, "3"},
        {"5", CASE_SOURCE_PERSON, "5"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct case_value v =
            value_of("household.fee_class", rows[i].text, rows[i].source);
        struct record_set set;
        assert_true(case_put_value(r->db, &v, &r->d));
        record_set_init(&set, dict);
        assert_true(case_load_records(r->db, &office, 1, &set, true, &r->d));
        const struct field *f = dictionary_find(dict, v.path);
        struct slot s = record_get(&set, f, 0);
        assert_string_equal(value_format(f, s, set.strings, &r->mem),
                            rows[i].wanted);
        record_set_release(&set);
    }
    struct case_value *history;
    struct row_key key = {"000123", "", 0, 0};
    size_t n;
    assert_true(case_value_history(r->db, &key, "household.fee_class", &history,
                                   &n, &r->mem, &r->d));
    assert_int_equal(n, 5);
    assert_string_equal(history[4].text, "5");
    assert_string_equal(history[4].evidence.by, "sato");
}

static void what_is_taken_back_is_gone(void **state)
{
    struct room *r = *state;
    unsigned ocr = 1U << CASE_SOURCE_OCR;
    struct value_list list = {NULL, 0, 0}, now;
    struct case_value a = value_of("household.fee_class", "1", CASE_SOURCE_OCR);
    struct case_value b = value_of("household.address", "x", CASE_SOURCE_OCR);
    size_t changed;
    value_list_add(&list, &a, &r->mem);
    value_list_add(&list, &b, &r->mem);
    assert_true(values_write(r->db, &list, ocr, true, "t", &changed, &r->d));
    assert_int_equal(changed, 2);
    assert_true(values_write(r->db, &list, ocr, true, "t", &changed, &r->d));
    assert_int_equal(changed, 0);
    list.n = 1; /* sorted by path: the address stays */
    assert_true(values_write(r->db, &list, ocr, true, "t", &changed, &r->d));
    assert_int_equal(changed, 1);
    assert_true(values_current(r->db, ocr, &now, &r->mem, &r->d));
    assert_int_equal(now.n, 1);
    assert_string_equal(now.items[0].path, "household.address");
    /* And comes back. */
    list.n = 2;
    assert_true(values_write(r->db, &list, ocr, true, "t", &changed, &r->d));
    assert_int_equal(changed, 1);
    assert_true(case_audit_check(r->db, NULL, &r->d));
}

/* Imported, and given out again as it came. */
static void records_go_round(void **state)
{
    struct room *r = *state;
    struct record_set set, back;
    const struct dictionary *dict = &r->dict;
    struct csv_writer x, y;
    size_t taken;
    record_set_init(&set, dict);
    static const char text[] =
        "世帯番号,児童番号,児童氏名,児童生年月日,育休延長許容\n"
        "000123,0001,見本　一郎,2025-06-01,いいえ\n"
        "000123,0002,見本　花,#該当なし,\n";
    assert_true(record_csv_load_scope(&set, SCOPE_CHILD, text, strlen(text),
                                      "child.csv", &r->d));
    record_set_finish(&set);
    assert_true(case_import_records(r->db, &set, "child.csv", &taken, &r->d));
    assert_int_equal(taken, 5);
    assert_true(case_import_records(r->db, &set, "child.csv", &taken, &r->d));
    assert_int_equal(taken, 0);
    record_set_init(&back, dict);
    assert_true(case_load_records(r->db, NULL, 0, &back, false, &r->d));
    csv_begin(&x, RECORD_CSV_CANONICAL);
    csv_begin(&y, RECORD_CSV_CANONICAL);
    record_csv_write_scope(&set, SCOPE_CHILD, RECORD_CSV_CANONICAL, LANG_JA, &x,
                           &r->d);
    record_csv_write_scope(&back, SCOPE_CHILD, RECORD_CSV_CANONICAL, LANG_JA,
                           &y, &r->d);
    assert_string_equal(x.out.bytes, y.out.bytes);
    csv_release(&x);
    csv_release(&y);
    record_set_release(&set);
    record_set_release(&back);
}

/* An export with protected addresses, changed elsewhere and taken back. */
static void a_hidden_address_tells_nothing(void **state)
{
    struct room *r = *state;
    struct record_set set, back;
    const struct dictionary *dict = &r->dict;
    static const char *const files[] = {"世帯番号,住所\n000123,東町1\n",
                                        "世帯番号,住所\n000123,（非公開）\n"};
    size_t taken;
    for (size_t i = 0; i < 2; i++) {
        record_set_init(&set, dict);
        assert_true(record_csv_load_scope(&set, SCOPE_HOUSEHOLD, files[i],
                                          strlen(files[i]), "household.csv",
                                          &r->d));
        record_set_finish(&set);
        assert_true(
            case_import_records(r->db, &set, "household.csv", &taken, &r->d));
        assert_int_equal(taken, 1 - i);
        assert_int_equal(r->d.n, i);
        record_set_release(&set);
    }
    assert_string_equal(r->d.items[0].check, "address-kept-back");
    record_set_init(&back, dict);
    assert_true(case_load_records(r->db, NULL, 0, &back, false, &r->d));
    const struct field *f = dictionary_find(dict, "household.address");
    assert_string_equal(
        value_format(f, record_get(&back, f, 0), back.strings, &r->mem),
        "東町1");
    record_set_release(&back);
}

static void nothing_is_overwritten(void **state)
{
    struct room *r = *state;
    struct case_value v =
        value_of("household.fee_class", "1", CASE_SOURCE_PERSON);
    char head[HASH_HEX];
    assert_true(case_put_value(r->db, &v, &r->d));
    assert_false(db_exec(r->db, "UPDATE value SET text='2'", NULL));
    assert_false(db_exec(r->db, "DELETE FROM value", NULL));
    assert_true(case_audit_check(r->db, head, &r->d));
    /* Somebody who takes the locks off is found out. */
    assert_true(db_exec(
        r->db, "DROP TRIGGER value_kept; UPDATE value SET text='2'", &r->d));
    assert_false(case_audit_check(r->db, NULL, &r->d));
    assert_true(diag_has(&r->d, "audit-broken"));
}

static void the_ledger_and_the_rest(void **state)
{
    struct room *r = *state;
    struct case_document doc = {"d1", "000123", "就労証明書", "1", "2026-11-01",
                                1,    "受領",   "",           ""};
    struct case_event e = {"000123", "0001", "取下げ", "2027-01-10", ""};
    struct case_event *events;
    struct case_document *docs;
    struct case_answer answer = {.id = "00ff", .text = "=", .by = "sato"};
    struct case_answer *answers;
    size_t n;
    assert_true(case_put_document(r->db, &doc, "", &r->d));
    assert_true(case_unprocessed(r->db, &docs, &n, &r->mem, &r->d));
    assert_int_equal(n, 1);
    doc.state = "反映";
    assert_true(case_put_document(r->db, &doc, "read", &r->d));
    assert_true(case_unprocessed(r->db, &docs, &n, &r->mem, &r->d));
    assert_int_equal(n, 0);
    assert_true(case_documents(r->db, &docs, &n, &r->mem, &r->d));
    assert_int_equal(n, 1);
    assert_true(case_put_event(r->db, &e, &r->d));
    assert_true(case_put_event(r->db, &e, &r->d));
    assert_true(case_events(r->db, &events, &n, &r->mem, &r->d));
    assert_int_equal(n, 1);
    assert_true(case_put_answer(r->db, &answer, &r->d));
    answer.text = "5";
    assert_true(case_put_answer(r->db, &answer, &r->d));
    assert_true(case_answers(r->db, &answers, &n, &r->mem, &r->d));
    assert_int_equal(n, 1);
    assert_string_equal(answers[0].text, "5");
    assert_true(case_audit_check(r->db, NULL, &r->d));
}

static void older_and_newer_files(void **state)
{
    struct room *r = *state;
    static const struct case_migration steps[] = {
        {1, ""}, {2, "CREATE TABLE extra(id INTEGER PRIMARY KEY)"}};
    struct stat s;
    assert_true(case_migrate(r->db, steps, 2, &r->d));
    assert_int_equal(
        stat(path_join(&r->mem, r->folder, "case.db.version-1"), &s), 0);
    case_close(r->db);
    /* This program knows version 1 only. */
    r->db = case_open(r->folder, CASE_WRITE, stamp, &r->d);
    assert_null(r->db);
    assert_true(diag_has(&r->d, "case-newer"));
}

static void files_that_are_no_case(void **state)
{
    struct room *r = *state;
    struct stat s;
    const char *path = path_join(&r->mem, r->folder, "case.db");
    assert_int_equal(stat(path, &s), 0);
    assert_int_equal(s.st_mode & 0777, 0600);
    case_close(r->db);
    r->db = NULL;
    assert_true(
        file_write_atomic(path, "not a database, only words", 26, &r->d));
    assert_null(case_open(r->folder, CASE_WRITE, stamp, &r->d));
    assert_true(diag_has(&r->d, "case-damaged"));
    unlink(path);
    assert_null(case_open(r->folder, CASE_READ, stamp, &r->d));
    assert_true(diag_has(&r->d, "case-missing"));
}

int main(void)
{
#define ROOM(test) cmocka_unit_test_setup_teardown(test, room_open, room_close)
    const struct CMUnitTest tests[] = {
        ROOM(a_page_with_its_readings),
        ROOM(office_data_makes_no_applicant),
        ROOM(the_strongest_value_counts),
        ROOM(what_is_taken_back_is_gone),
        ROOM(records_go_round),
        ROOM(nothing_is_overwritten),
        ROOM(a_hidden_address_tells_nothing),
        ROOM(the_ledger_and_the_rest),
        ROOM(older_and_newer_files),
        ROOM(files_that_are_no_case),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
