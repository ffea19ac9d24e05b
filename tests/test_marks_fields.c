/*
 * Marks by the hundred on drawn forms, read back: the table this prints is what
 * reading marks is worth. Nothing wrong may be accepted. MARKS_SEED=<n> draws
 * other marks, MARKS_SHOW=1 names every doubt.
 */
#include "ocr/clean.h"
#include "ocr/field_marks.h"
#include "ocr/locate.h"

#include "mark_tricks.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { FIELDS_MOST = 256 };

static struct test_forms forms;

struct score {
    int n, right, doubt, wrong;
};
static struct score by_kind[N_FORM_FIELD_KINDS], by_trick[N_TRICKS];

static void count(struct score *s, enum reading_state state, bool right)
{
    s->n++;
    if (state == READING_DOUBT)
        s->doubt++;
    else if (right)
        s->right++;
    else
        s->wrong++;
}

/* A struck or doubled mark must not be accepted as anything. A faint one, one
 * that missed its box, what stands beside white paint may be read as what was
 * meant; never as left empty. */
static bool is_right(const struct meant *m, const struct mark_answer *a)
{
    switch (m->trick) {
    case TRICK_NONE:
    case TRICK_FAINT:
    case TRICK_WHITED:
    case TRICK_STRAY:
    case TRICK_MISSED:
    case TRICK_TOUCHES:
        return strcmp(m->value, a->value) == 0;
    default:
        return false;
    }
}

static void judge(const struct sheet *s, const struct page *p,
                  const struct meant *m, const struct tick_page *boxes,
                  struct arena *mem)
{
    struct mark_answer a;
    bool right;

    if (m->f->kind == FIELD_DATE)
        assert_true(field_marks_era(p, m->f, &a));
    else
        assert_true(field_marks_read(p, boxes, m->f, &a, mem));
    right = is_right(m, &a);
    count(&by_kind[m->f->kind], a.state, right);
    count(&by_trick[m->trick], a.state, right);
    assert_true(a.state != READING_DOUBT || (*a.reason && a.confidence < 900));
    assert_true(a.state == READING_DOUBT || a.confidence >= 970);
    assert_true((a.state == READING_BLANK) <= (*a.value == 0));
    if (getenv("MARKS_SHOW") && (a.state == READING_DOUBT || !right) &&
        (m->trick == TRICK_NONE || a.state != READING_DOUBT))
        printf("%s p%d %d dpi seed %u %s: %s, meant \"%s\", state %d \"%s\" "
               "%s %d\n",
               p->form->id, p->number, s->how.dpi, s->seed, m->f->id,
               trick_names[m->trick], m->value, a.state, a.value, a.reason,
               a.confidence);
}

static void read_sheet(const struct sheet *s)
{
    static struct meant meant[FIELDS_MOST];
    const struct form_template *t = forms.list[s->form];
    struct form_qr qr = {.form = t->id,
                         .version = t->version,
                         .page = s->page,
                         .household = "",
                         .child = "",
                         .received = ""};
    struct locator *l = locator_open(forms.list, 3);
    struct arena mem = ARENA_INIT;
    struct diag d = DIAG_INIT;
    struct page p = PAGE_INIT;
    struct tick_page boxes;
    PIX *page = test_page_draw(t, s->page, s->how.dpi, &qr);
    size_t n = mark_sheet(page, t, s, meant);

    page = test_page_spoil(page, t, &s->how);
    assert_true(page_clean(&p, page, POS_FILE("page"), &d));
    assert_int_equal(page_locate(l, &p, POS_FILE("page"), &mem, &d), PAGE_READ);
    boxes = tick_page_measure(&p);
    for (size_t i = 0; i < n; i++)
        judge(s, &p, &meant[i], &boxes, &mem);
    pixDestroy(&page);
    page_release(&p);
    diag_release(&d);
    arena_release(&mem);
    locator_close(l);
}

static const struct sheet sheets[] = {
    {0, 1, {.dpi = 300}, 4, 20, 1, 0},
    {0, 2, {.dpi = 300, .skew = 1.5}, 5, 40, 2, 0},
    {0, 1, {.dpi = 200, .bilevel = true}, 5, 30, 3, 0},
    {0, 2, {.dpi = 200, .bilevel = true, .skew = -2}, 4, 30, 4, 0},
    {0, 1, {.dpi = 150, .noise = 20}, 5, 30, 5, 0},
    {0, 2, {.dpi = 200, .specks = 30, .bilevel = true}, 5, 0, 6, 0},
    {0, 1, {.dpi = 200, .gradient = true, .skew = 3}, 7, 20, 7, 0},
    {0, 1, {.dpi = 200, .turned = 180, .stamp = true}, 6, 60, 8, 0},
    {2, 1, {.dpi = 300}, 4, 20, 9, 0},
    {2, 1, {.dpi = 200, .bilevel = true, .skew = 1}, 4, 20, 10, 0},
    {2, 1, {.dpi = 150}, 4, 20, 11, 0},
    {2, 1, {.dpi = 200, .specks = 30, .bilevel = true}, 5, 0, 12, 0},
    {0, 1, {.dpi = 300, .skew = -1}, 4, 20, 21, 60},
    {0, 2, {.dpi = 200}, 5, 20, 22, 60},
    {0, 1, {.dpi = 200, .bilevel = true}, 5, 20, 23, 60},
    {0, 1, {.dpi = 150, .noise = 15}, 6, 20, 24, 60},
    {0, 2, {.dpi = 150, .skew = 2}, 4, 20, 25, 60},
    {0, 2, {.dpi = 200, .noise = 10}, 5, 20, 28, 90},
    {0, 1, {.dpi = 300, .bilevel = true}, 4, 20, 29, 90},
    {0, 2, {.dpi = 200, .bilevel = true, .skew = -3}, 5, 20, 30, 90},
    {0, 1, {.dpi = 200, .skew = 1}, 5, 30, 31, 90},
    {0, 1, {.dpi = 150}, 5, 20, 32, 90},
    {0, 1, {.dpi = 300, .noise = 10}, 6, 20, 33, 90},
    {0, 1, {.dpi = 200}, 5, 20, 36, 90},
    {2, 1, {.dpi = 200}, 4, 20, 26, 40},
    {2, 1, {.dpi = 300, .bilevel = true}, 4, 20, 27, 40},
};

static void print_row(const char *name, const struct score *s)
{
    if (s->n)
        printf("%-10s %5d %6d %6d %6d\n", name, s->n, s->right, s->doubt,
               s->wrong);
}

static void marks_are_right_or_in_doubt(void **state)
{
    struct score all = {0};
    const char *other = getenv("MARKS_SEED");
    unsigned seed = other ? (unsigned)strtoul(other, NULL, 10) : 0;

    (void)state;
    for (size_t i = 0; i < sizeof sheets / sizeof sheets[0]; i++) {
        struct sheet s = sheets[i];

        s.seed += seed;
        read_sheet(&s);
    }
    printf("%-10s %5s %6s %6s %6s\n", "", "n", "right", "doubt", "wrong");
    for (int i = 0; i < N_FORM_FIELD_KINDS; i++)
        print_row(form_field_kind_name((enum form_field_kind)i), &by_kind[i]);
    for (int i = 0; i < N_TRICKS; i++) {
        print_row(trick_names[i], &by_trick[i]);
        all.n += by_trick[i].n;
        all.wrong += by_trick[i].wrong;
        assert_true(by_trick[i].n > 0);
    }
    assert_true(all.n >= 500);
    assert_int_equal(all.wrong, 0);
    assert_true(by_trick[TRICK_NONE].doubt * 100 <= by_trick[TRICK_NONE].n * 5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(marks_are_right_or_in_doubt),
    };
    int status;

    setMsgSeverity(L_SEVERITY_NONE);
    test_forms_load(&forms);
    status = cmocka_run_group_tests(tests, NULL, NULL);
    test_forms_release(&forms);
    return status;
}
