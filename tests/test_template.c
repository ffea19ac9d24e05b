#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "tests/forms_support.h"

/* Each has fixtures/forms/bad-<check>.yaml, whose line is told, and a twin,
 * good-<check>.yaml, of which nothing is said. */
static const struct {
    const char *check;
    int line;
} checks[] = {
    {"bad-format", 2},     {"bad-form-id", 3},    {"unknown-field", 13},
    {"bad-bind", 13},      {"bad-length", 13},    {"bad-box", 13},
    {"boxes-overlap", 14}, {"option-value", 13},  {"unknown-kind", 13},
    {"duplicate-id", 14},  {"parts-missing", 13}, {"form-too-large", 13},
    {"unknown-key", 12},   {"yaml-missing", 13},  {"yaml-type", 13},
    {"qr-missing", 0},     {"cell-small", 16},    {"cells-close", 16},
    {"tick-small", 16},    {"ring-close", 15},    {"box-on-print", 17},
    {"text-wide", 0},      {"bad-check", 14},     {"ticks-close", 15},
    {"tick-on-print", 16}, {"line-in-box", 16},   {"year-short", 15},
    {"near-edge", 15},     {"box-small", 15},     {"cells-missing", 15},
};

/* Loads and checks one fixture; what was found is in the world's diag. */
static void check_fixture(struct forms_world *w, const char *path)
{
    struct form_template t;
    size_t len;
    const char *bytes = file_read(path, 1 << 20, &w->mem, &len, &w->diag);
    assert_non_null(bytes);
    if (!form_load(&t, bytes, len, path, &w->dict, &w->mem, &w->diag)) {
        assert_true(w->diag.errors > 0);
        return;
    }
    bool clean = form_check(&t, &w->diag);
    assert_int_equal(clean, w->diag.warnings == 0);
}

static void each_slip_is_told_and_its_twin_is_not(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof checks / sizeof checks[0]; i++) {
        struct forms_world w;
        forms_world_open(&w);
        check_fixture(&w, arena_printf(&w.mem, "fixtures/forms/bad-%s.yaml",
                                       checks[i].check));
        if (w.diag.n != 1 || !diag_has(&w.diag, checks[i].check) ||
            w.diag.items[0].at.line != checks[i].line) {
            diag_print(&w.diag, 0, LANG_EN, stderr);
            fail_msg("%s: not told once, in line %d", checks[i].check,
                     checks[i].line);
        }
        size_t before = w.diag.n;
        w.diag.errors = w.diag.warnings = 0;
        check_fixture(&w, arena_printf(&w.mem, "fixtures/forms/good-%s.yaml",
                                       checks[i].check));
        if (w.diag.n != before) {
            diag_print(&w.diag, before, LANG_EN, stderr);
            fail_msg("good-%s.yaml is not good", checks[i].check);
        }
        forms_world_close(&w);
    }
}

#define HEAD                                                            \
    "format: nyusho-form/1\nid: t\nversion: 1\ntitle: t\ndocument: t\n" \
    "pages:\n  -\n    - block: b\n      at: [10, 20]\n"

/* What bind says, and how it is asked, tell the kind. */
static const struct {
    const char *field;
    enum form_field_kind kind;
    enum form_expect expect;
    int row, seq;
} kinds[] = {
    {"{bind: child.name, box: [0, 0, 9, 9]}", FIELD_NAME, EXPECT_ANY, 0, 0},
    {"{bind: child.kana, box: [0, 0, 9, 9]}", FIELD_KANA, EXPECT_ANY, 0, 0},
    {"{bind: household.address, box: [0, 0, 9, 9]}", FIELD_TEXT, EXPECT_ANY, 0,
     0},
    {"{bind: \"preference[3].facility\", cells: [0, 0, 4]}", FIELD_CODE,
     EXPECT_ANY, 3, 0},
    {"{bind: household.phone, boxes: [[0, 0, 9, 9], [20, 0, 9, 9]]}",
     FIELD_CODE, EXPECT_ANY, 0, 0},
    {"{bind: job.days_week, box: [0, 0, 9, 9]}", FIELD_NUMBER, EXPECT_ANY, 0,
     0},
    {"{bind: job.minutes_month, hour: [0, 0, 9, 9]}", FIELD_TIME, EXPECT_ANY, 0,
     0},
    {"{bind: \"job[2.1].start\", date: [0, 0]}", FIELD_DATE, EXPECT_AT_MOST_ONE,
     2, 1},
    {"{bind: job.actual1_month, date: [0, 0]}", FIELD_MONTH, EXPECT_AT_MOST_ONE,
     0, 0},
    {"{bind: child.multiple_birth, tick: [0, 0, 有]}", FIELD_TICK,
     EXPECT_AT_MOST_ONE, 0, 0},
    {"{bind: child.allergy, ticks: [[0, 0, いいえ, 無], [9, 0, はい, 有]]}",
     FIELD_CHOICE, EXPECT_AT_MOST_ONE, 0, 0},
    {"{bind: child.sex, rings: [[0, 0, 男], [9, 0, 女]], required: true}",
     FIELD_RING, EXPECT_ONE, 0, 0},
    {"{bind: job.weekdays, ticks: [[0, 0, 月], [9, 0, 祝日]]}", FIELD_SET,
     EXPECT_ANY, 0, 0},
    {"{bind: \"reason[1.2].kind\", ticks: [[0, 0, 就労], [9, 0, 出産]]}",
     FIELD_CHOICE, EXPECT_AT_MOST_ONE, 1, 2},
    {"{bind: \"@listed[2].name\", id: x, box: [0, 0, 9, 9]}", FIELD_NAME,
     EXPECT_ANY, 2, 0},
    {"{bind: \"@pages\", id: x, cells: [0, 0, 2]}", FIELD_NUMBER, EXPECT_ANY, 0,
     0},
    {"{id: x, box: [0, 0, 9, 9]}", FIELD_TEXT, EXPECT_ANY, 0, 0},
    {"{id: x, kind: mask, box: [0, 0, 9, 9]}", FIELD_MASK, EXPECT_ANY, 0, 0},
};

static void a_field_knows_its_kind(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        struct forms_world w;
        struct form_template t;
        forms_world_open(&w);
        bool ok = load_text(
            &w, &t,
            arena_printf(&w.mem, HEAD "      fields: [%s]\n", kinds[i].field));
        diag_print(&w.diag, 0, LANG_EN, stderr);
        if (!ok || t.n_fields != 1 || t.fields[0].kind != kinds[i].kind)
            fail_msg("%s: not a %s", kinds[i].field,
                     form_field_kind_name(kinds[i].kind));
        assert_int_equal(t.fields[0].expect, kinds[i].expect);
        assert_int_equal(t.fields[0].row, kinds[i].row);
        assert_int_equal(t.fields[0].seq, kinds[i].seq);
        forms_world_close(&w);
    }
}

/* Faults beside those of the fixtures: what is wrong with one field. */
static const struct {
    const char *field, *check;
} slips[] = {
    {"{bind: \"child[1].name\", box: [0, 0, 9, 9]}", "bad-bind"},
    {"{bind: \"guardian[0].name\", box: [0, 0, 9, 9]}", "bad-bind"},
    {"{bind: \"guardian[1.1].name\", box: [0, 0, 9, 9]}", "bad-bind"},
    {"{bind: \"guardian[1]name\", box: [0, 0, 9, 9]}", "bad-bind"},
    {"{bind: \"guardian[100].name\", box: [0, 0, 9, 9]}", "bad-bind"},
    {"{bind: \"@listed.name\", id: x, box: [0, 0, 9, 9]}", "bad-bind"},
    {"{bind: \"@nobody\", id: x, box: [0, 0, 9, 9]}", "unknown-field"},
    {"{bind: child.name, kind: date, date: [0, 0]}", "bad-bind"},
    {"{bind: child.birth, date: [0, 0], eras: [大化, 令和]}", "option-value"},
    {"{bind: child.allergy, ticks: [[0, 0, 有], [9, 0, 無]]}", "option-value"},
    {"{bind: child.name, box: [0, 0, 9, 9], check: modulus-10}", "bad-check"},
    {"{id: n, kind: code, cells: [0, 0, 7], check: insurer-number}",
     "bad-check"},
    {"{id: n, kind: code, cells: [0, 0, 7], check: [11]}", "bad-check"},
    {"{id: n, kind: code, cells: [0, 0, 7], check: {modulus: 12, weights: "
     "[2]}}",
     "bad-check"},
    {"{id: n, kind: code, cells: [0, 0, 7], check: {modulus: 11, weights: []}}",
     "bad-check"},
    {"{id: n, kind: code, cells: [0, 0, 7], check: {modulus: 11, weights: "
     "[100]}}",
     "bad-check"},
    {"{id: n, kind: code, cells: [0, 0, 7], check: {modulus: 11}}",
     "yaml-missing"},
    {"{bind: child.name}", "parts-missing"},
    {"{bind: child.name, box: [0, 0, 9, 9], day: [9, 9, 9, 9]}",
     "parts-missing"},
    {"{bind: child.sex, rings: [[0, 0, 男]]}", "parts-missing"},
    {"{box: [0, 0, 9, 9]}", "yaml-missing"},
    {"{id: x, box: [0, 0, 0, 9]}", "bad-box"},
    {"{id: x, box: [-11, 0, 9, 9]}", "bad-box"},
    {"{id: x, box: [0, 0, 9]}", "bad-box"},
    {"{id: x, box: [0, 0, 9, 9999999]}", "bad-length"},
    {"{id: x, kind: code, cells: [0, 0, 0]}", "bad-box"},
    {"{id: x, kind: code, cells: [0, 0, 41]}", "bad-box"},
    {"{id: x, box: here}", "yaml-type"},
    {"{id: x, kind: code, cells: [0, 0, 9, 9]}", "bad-box"},
    {"{id: x, kind: code, cells: [0, 0, many]}", "yaml-type"},
    {"[1, 2]", "yaml-type"},
};

static void slips_in_a_field_are_told(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof slips / sizeof slips[0]; i++) {
        struct forms_world w;
        struct form_template t;
        forms_world_open(&w);
        bool ok = load_text(
            &w, &t,
            arena_printf(&w.mem, HEAD "      fields: [%s]\n", slips[i].field));
        if (ok || !diag_has(&w.diag, slips[i].check)) {
            diag_print(&w.diag, 0, LANG_EN, stderr);
            fail_msg("%s: no [%s]", slips[i].field, slips[i].check);
        }
        forms_world_close(&w);
    }
}

static void assert_rect(struct rect_tmm r, int left, int top, int width,
                        int height)
{
    assert_int_equal(r.left, left);
    assert_int_equal(r.top, top);
    assert_int_equal(r.width, width);
    assert_int_equal(r.height, height);
}

static void a_block_moves_and_repeats(void **state)
{
    (void)state;
    struct forms_world w;
    struct form_template t;
    forms_world_open(&w);
    assert_true(load_text(
        &w, &t,
        HEAD
        "      repeat: {times: 2, first: 6, step: [0, 9]}\n"
        "      tables: [{rows: [{height: 9, cells: [[14, 第#希望], 26]}]}]\n"
        "      fields:\n"
        "        - {bind: \"preference[#].facility\", cells: [15, 1, 4]}\n"));
    assert_int_equal(t.n_fields, 2);
    assert_string_equal(t.fields[1].id, "preference[7].facility");
    assert_int_equal(t.fields[1].row, 7);
    assert_string_equal(t.texts[1].text, "第7希望");
    assert_rect(t.fields[0].box, 250, 210, 230, 70);
    assert_rect(t.fields[1].box, 250, 300, 230, 70);
    assert_rect(t.fields[1].parts[0].cells[3], 430, 300, 50, 70);
    assert_rect(t.shades[1].box, 100, 290, 140, 90);
    /* 3 upright and 2 lying lines; the line between the rows is one. */
    assert_int_equal(t.n_lines, 9);
    forms_world_close(&w);
}

static void a_date_lays_itself_out(void **state)
{
    (void)state;
    struct forms_world w;
    struct form_template t;
    forms_world_open(&w);
    assert_true(load_text(
        &w, &t,
        HEAD "      fields:\n"
             "        - {bind: child.birth, date: [0, 0], eras: [平成, "
             "[令和, 令]]}\n"
             "        - {bind: child.entry_wish, date: [0, 20]}\n"));
    const struct form_field *era = &t.fields[0], *western = &t.fields[1];
    assert_int_equal(era->n_options, 2);
    assert_string_equal(era->options[1].value, "令和");
    assert_string_equal(era->options[1].print, "令");
    assert_int_equal(era->n_parts, 3);
    assert_int_equal(era->parts[0].n_cells, 2);
    assert_int_equal(era->parts[2].role, PART_DAY);
    assert_false(era->western);
    assert_true(western->western);
    assert_int_equal(western->parts[0].n_cells, 4);
    forms_world_close(&w);
}

static size_t count_options(const struct form_template *t, bool ticks)
{
    size_t n = 0;
    for (size_t i = 0; i < t->n_fields; i++) {
        enum form_field_kind k = t->fields[i].kind;
        if ((k == FIELD_TICK || k == FIELD_CHOICE || k == FIELD_SET) == ticks)
            n += t->fields[i].n_options;
    }
    return n;
}

static void the_shipped_forms_are_whole(void **state)
{
    (void)state;
    static const struct {
        const char *id;
        int pages;
        bool marks;
        const char *field; /* one that must be there */
    } forms[] = {
        {"application", 2, true, "preference[10].facility"},
        {"cover", 1, true, "household"},
        {"employment-certificate", 1, false, "listed[3].birth"},
    };
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
        struct forms_world w;
        struct form_template t;
        forms_world_open(&w);
        load_shipped(&w, &t, forms[i].id);
        assert_true(form_check(&t, &w.diag));
        assert_int_equal(w.diag.n, 0);
        assert_string_equal(t.id, forms[i].id);
        assert_int_equal(t.n_pages, forms[i].pages);
        assert_int_equal(t.marks, forms[i].marks);
        assert_non_null(form_field_find(&t, forms[i].field));
        assert_null(form_field_find(&t, "nothing"));
        forms_world_close(&w);
    }
    size_t len;
    assert_null(form_shipped("nothing", &len));
}

static void the_certificate_has_its_80_boxes(void **state)
{
    (void)state;
    struct forms_world w;
    struct form_template t;
    forms_world_open(&w);
    load_shipped(&w, &t, "employment-certificate");
    assert_int_equal(count_options(&t, true), 80);
    assert_int_equal(count_options(&t, false), 0);
    forms_world_close(&w);
}

/* Every field of a job's certificate has its place on the form. */
static void the_certificate_asks_all_of_a_job(void **state)
{
    (void)state;
    static const char *const office[] = {/* a clerk's, on no certificate */
                                         "job.income_proof",
                                         "job.relative_office", "job.place",
                                         "job.workplace_area", "job.promised"};
    struct forms_world w;
    struct form_template t;
    forms_world_open(&w);
    load_shipped(&w, &t, "employment-certificate");
    for (size_t i = 0; i < w.dict.n_by_scope[SCOPE_JOB]; i++) {
        const char *path = w.dict.by_scope[SCOPE_JOB][i]->path;
        bool clerk = false;
        for (size_t k = 0; k < sizeof office / sizeof office[0]; k++)
            clerk = clerk || strcmp(office[k], path) == 0;
        if (!clerk && !form_field_find(&t, path))
            fail_msg("%s is not asked", path);
    }
    forms_world_close(&w);
}

static void no_form_of_ours_asks_for_the_individual_number(void **state)
{
    (void)state;
    struct forms_world w;
    struct form_template t;
    forms_world_open(&w);
    load_shipped(&w, &t, "application");
    for (size_t i = 0; i < t.n_fields; i++) {
        assert_int_not_equal(t.fields[i].kind, FIELD_MASK);
        for (size_t p = 0; p < t.fields[i].n_parts; p++)
            assert_true(t.fields[i].parts[p].n_cells != 12);
    }
    forms_world_close(&w);
}

/* Any beginning of a form, and any byte broken, is told or is a form. */
static void broken_files_are_only_errors(void **state)
{
    (void)state;
    struct forms_world w;
    forms_world_open(&w);
    size_t len;
    const char *bytes = form_shipped("cover", &len);
    for (size_t cut = 0; cut < len; cut += 13) {
        struct arena mem = ARENA_INIT;
        struct diag d = DIAG_INIT;
        struct form_template t;
        bool ok = form_load(&t, bytes, cut, "cut", &w.dict, &mem, &d);
        assert_int_equal(ok, d.errors == 0);
        char *copy = arena_copy(&mem, bytes, len);
        copy[cut] = "9-[#:"[cut % 5];
        struct diag e = DIAG_INIT;
        ok = form_load(&t, copy, len, "broken", &w.dict, &mem, &e);
        assert_int_equal(ok, e.errors == 0);
        diag_release(&e);
        diag_release(&d);
        arena_release(&mem);
    }
    forms_world_close(&w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_slip_is_told_and_its_twin_is_not),
        cmocka_unit_test(a_field_knows_its_kind),
        cmocka_unit_test(slips_in_a_field_are_told),
        cmocka_unit_test(a_block_moves_and_repeats),
        cmocka_unit_test(a_date_lays_itself_out),
        cmocka_unit_test(the_shipped_forms_are_whole),
        cmocka_unit_test(the_certificate_has_its_80_boxes),
        cmocka_unit_test(the_certificate_asks_all_of_a_job),
        cmocka_unit_test(no_form_of_ours_asks_for_the_individual_number),
        cmocka_unit_test(broken_files_are_only_errors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
