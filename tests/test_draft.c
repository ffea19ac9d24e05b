/*
 * A template drafted from an empty form, held against the template that drew
 * it: the boxes are where they are, and the draft loads as it is.
 */
#include "ocr/draft/draft.h"

#include "ocr/clean.h"
#include "ocr_pages.h"
#include "records_help.h"

#include <stdlib.h>

static struct test_forms forms;
static struct ocr_engines engines = OCR_ENGINES_INIT;

static int open_all(void **state)
{
    (void)state;
    setMsgSeverity(L_SEVERITY_NONE);
    test_forms_load(&forms);
    return ocr_engines_open(&engines, NULL, NULL) ? 0 : -1;
}

static int close_all(void **state)
{
    (void)state;
    ocr_engines_close(&engines);
    test_forms_release(&forms);
    return 0;
}

/* The draft of one page, loaded as a template. */
static void draft(const struct form_template *from, int page,
                  const struct spoil *how, struct form_template *out,
                  struct arena *a)
{
    PIX *scan = test_page_draw(from, page, how->dpi, NULL);
    scan = test_page_spoil(scan, from, how);
    struct page p = PAGE_INIT;
    struct draft_page found;
    struct draft_head head = {"draft", "下書き"};
    struct buf yaml = BUF_INIT;
    struct diag d = DIAG_INIT;
    assert_true(page_clean(&p, scan, POS_FILE("blank"), &d));
    assert_true(draft_find_upright(&p, &engines, &forms.dict, &found, a, &d));
    assert_int_equal(found.turned, (360 - how->turned) % 360);
    draft_fields(&found, a);
    draft_write(&found, 1, &head, &forms.dict, &yaml);
    bool ok = form_load(out, arena_copy(a, yaml.bytes, yaml.len), yaml.len,
                        "draft.yaml", &forms.dict, a, &d);
    if (!ok)
        help_print(&d);
    assert_true(ok);
    buf_release(&yaml);
    diag_release(&d);
    page_release(&p);
    pixDestroy(&scan);
}

/* Tenths of a mm. */
#define PLACE_SLACK 5
#define SIZE_SLACK 4

/* Boxes to tick, or cells of a digit. */
struct boxes {
    struct rect_tmm items[400];
    size_t n;
};

static void add_box(struct boxes *all, const struct rect_tmm *box)
{
    assert_true(all->n < COUNT(all->items));
    all->items[all->n++] = *box;
}

static bool is_ticked(enum form_field_kind k)
{
    return k == FIELD_TICK || k == FIELD_CHOICE || k == FIELD_SET;
}

static void list_boxes(const struct form_template *t, int page, bool cells,
                       struct boxes *out)
{
    out->n = 0;
    for (size_t i = 0; i < t->n_fields; i++) {
        const struct form_field *f = &t->fields[i];
        if (f->page != page)
            continue;
        for (size_t k = 0; !cells && is_ticked(f->kind) && k < f->n_options;
             k++)
            add_box(out, &f->options[k].box);
        for (size_t k = 0; cells && k < f->n_parts; k++)
            for (size_t c = 0; c < f->parts[k].n_cells; c++)
                add_box(out, &f->parts[k].cells[c]);
    }
}

static bool is_at(const struct boxes *all, const struct rect_tmm *b, int32_t dx,
                  int32_t dy)
{
    for (size_t i = 0; i < all->n; i++) {
        const struct rect_tmm *a = &all->items[i];
        if (abs(a->left - b->left - dx) <= PLACE_SLACK &&
            abs(a->top - b->top - dy) <= PLACE_SLACK &&
            abs(a->width - b->width) <= SIZE_SLACK &&
            abs(a->height - b->height) <= SIZE_SLACK)
            return true;
    }
    return false;
}

/* Of every hundred boxes of the form, how many the draft has. A sheet lies a
 * little off on the glass, all of it alike; which way, the first box tells. */
static int found_of(const struct boxes *form, const struct boxes *drafted)
{
    size_t most = 0;
    for (size_t k = 0; k < drafted->n; k++) {
        int32_t dx = drafted->items[k].left - form->items[0].left;
        int32_t dy = drafted->items[k].top - form->items[0].top;
        size_t n = 0;
        if (abs(dx) > 50 || abs(dy) > 50)
            continue;
        for (size_t i = 0; i < form->n; i++)
            n += is_at(drafted, &form->items[i], dx, dy);
        most = n > most ? n : most;
    }
    return form->n ? (int)(most * 100 / form->n) : 100;
}

static const struct {
    int form, page;
    struct spoil how;
    int ticks, cells; /* at least, per cent */
} sheets[] = {
    {0, 1, {.dpi = 300}, 100, 100},
    {0, 2, {.dpi = 300}, 100, 100},
    {2, 1, {.dpi = 300}, 98, 100},
    {0, 2, {.dpi = 300, .skew = 0.7}, 97, 97},
    {0, 1, {.dpi = 300, .turned = 180}, 100, 100},
    {0, 1, {.dpi = 200, .bilevel = true}, 100, 100},
    {0, 2, {.dpi = 200, .bilevel = true, .skew = 0.7}, 97, 95},
};

static void the_boxes_are_where_they_are(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(sheets); i++) {
        struct arena mem = ARENA_INIT;
        struct form_template t;
        const struct form_template *from = forms.list[sheets[i].form];
        draft(from, sheets[i].page, &sheets[i].how, &t, &mem);
        int found[2];
        for (int cells = 0; cells < 2; cells++) {
            static struct boxes form, drafted;
            list_boxes(from, sheets[i].page, cells, &form);
            list_boxes(&t, 1, cells, &drafted);
            found[cells] = found_of(&form, &drafted);
        }
        int ticks = found[0], cells = found[1];
        print_message("%s %d: ticks %d %%, cells %d %%\n", from->id,
                      sheets[i].page, ticks, cells);
        assert_true(ticks >= sheets[i].ticks);
        assert_true(cells >= sheets[i].cells);
        arena_release(&mem);
    }
}

static const struct form_field *called(const struct form_template *t,
                                       const char *caption)
{
    for (size_t i = 0; i < t->n_fields; i++)
        if (strcmp(t->fields[i].caption, caption) == 0)
            return &t->fields[i];
    fail_msg("no field is called %s", caption);
    return NULL;
}

/* What stands beside a box says what it is for. */
static void words_beside_a_box_make_its_kind(void **state)
{
    (void)state;
    struct arena mem = ARENA_INIT;
    struct form_template t;
    const struct spoil clean = {.dpi = 300};
    draft(forms.list[0], 1, &clean, &t, &mem);
    assert_int_equal(called(&t, "フリガナ")->kind, FIELD_KANA);
    assert_int_equal(called(&t, "氏名")->kind, FIELD_NAME);
    assert_int_equal(called(&t, "世帯番号")->kind, FIELD_CODE);
    assert_int_equal(called(&t, "申請日")->kind, FIELD_DATE);
    const struct form_field *care = called(&t, "現在の保育状況");
    assert_int_equal(care->kind, FIELD_CHOICE);
    assert_int_equal(care->n_options, 9);
    assert_string_equal(care->options[0].value, "在宅");
    arena_release(&mem);
}

/* Do its answers say these words, joined by a space? */
static void answers_are(const struct form_field *f, const char *words)
{
    struct arena mem = ARENA_INIT;
    const char *text = "";
    for (size_t i = 0; i < f->n_options; i++)
        text = arena_printf(&mem, "%s%s%s", text, i ? " " : "",
                            f->options[i].value);
    assert_string_equal(text, words);
    arena_release(&mem);
}

/* At 200 dpi, too. */
static void words_to_be_ringed_are_found(void **state)
{
    (void)state;
    for (int dpi = 200; dpi <= 300; dpi += 100) {
        struct arena mem = ARENA_INIT;
        struct form_template t;
        const struct spoil how = {.dpi = dpi, .bilevel = true};
        draft(forms.list[0], 1, &how, &t, &mem);
        const struct form_field *sex = called(&t, "性別");
        assert_int_equal(sex->kind, FIELD_RING);
        answers_are(sex, "男 女");
        /* The ring goes around the word where it is printed. */
        const struct form_field *from =
            form_field_find(forms.list[0], "child.sex");
        assert_true(abs(sex->options[0].box.left - from->options[0].box.left) <=
                    PLACE_SLACK);
        const struct form_field *born = called(&t, "生年月日");
        assert_int_equal(born->kind, FIELD_DATE);
        answers_are(born, "平成 令和");
        answers_are(called(&t, "申請日"), "令和");
        arena_release(&mem);
    }
}

static const char choices[] =
    "format: nyusho-form/1\nid: choices\nversion: 1\ntitle: 見本\n"
    "document: 見本\npaper: [210, 148]\nstyle: {size: 10}\npages:\n"
    "  -\n"
    "    - block: 欄\n"
    "      at: [20, 20]\n"
    "      size: 11\n"
    "      tables:\n"
    "        - rows:\n"
    "            - {height: 14, cells: [[40, アレルギー], 130]}\n"
    "            - {height: 14, cells: [[40, 続柄], 130]}\n"
    "            - {height: 14, cells: [[40, 父・母の勤務先], 130]}\n"
    "            - {height: 14, cells: [[40, 生年月日], 130]}\n"
    "            - {height: 14, cells: [[40, 加算], 130]}\n"
    "      words:\n"
    "        - {y: 7, put: [[60, 有・無]]}\n"
    "        - {y: 21, put: [[60, 父・母・その他]]}\n"
    "        - {y: 49, put: [[44, T・S・H・R], [90, 年], [110, 月], [130, "
    "日]]}\n"
    "        - {y: 63, put: [[50, 有], [80, 無], [100, （理由）]]}\n";

static void answers_may_be_one_word(void **state)
{
    (void)state;
    struct arena mem = ARENA_INIT;
    struct diag d = DIAG_INIT;
    struct form_template from, t;
    const struct spoil how = {.dpi = 300};
    assert_true(form_load(&from, choices, strlen(choices), "choices.yaml",
                          &forms.dict, &mem, &d));
    draft(&from, 1, &how, &t, &mem);
    answers_are(called(&t, "アレルギー"), "有 無");
    assert_int_equal(called(&t, "アレルギー")->kind, FIELD_RING);
    answers_are(called(&t, "続柄"), "父 母 その他");
    assert_int_equal(called(&t, "生年月日")->kind, FIELD_DATE);
    answers_are(called(&t, "生年月日"), "大正 昭和 平成 令和");
    answers_are(called(&t, "加算"), "有 無");
    /* A caption may hold a ・, too. */
    size_t rings = 0;
    for (size_t i = 0; i < t.n_fields; i++)
        rings += t.fields[i].kind == FIELD_RING;
    assert_int_equal(rings, 3);
    diag_release(&d);
    arena_release(&mem);
}

static void a_sheet_without_boxes_is_no_form(void **state)
{
    (void)state;
    struct arena mem = ARENA_INIT;
    struct diag d = DIAG_INIT;
    struct draft_page found;
    PIX *white = pixCreate(2480, 3508, 8);
    pixSetAll(white);
    pixSetResolution(white, 300, 300);
    struct page p = PAGE_INIT;
    if (page_clean(&p, white, POS_FILE("blank"), &d)) {
        assert_false(draft_find(&p, &engines, &found, &mem, &d));
        assert_string_equal(d.items[d.n - 1].check, "draft-empty");
    }
    page_release(&p);
    pixDestroy(&white);
    diag_release(&d);
    arena_release(&mem);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_boxes_are_where_they_are),
        cmocka_unit_test(words_beside_a_box_make_its_kind),
        cmocka_unit_test(words_to_be_ringed_are_found),
        cmocka_unit_test(answers_may_be_one_word),
        cmocka_unit_test(a_sheet_without_boxes_is_no_form),
    };
    return cmocka_run_group_tests(tests, open_all, close_all);
}
