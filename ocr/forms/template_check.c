/*
 * A whole template: what makes it unusable (form_whole_check, errors) and what
 * makes it read badly (form_check, warnings; what that is, design.h says).
 */
#include "ocr/forms/build.h"
#include "ocr/forms/design.h"

#include <string.h>

/* Every box a field is read from, in one list. */
struct owned_box {
    struct rect_tmm box;
    const struct form_field *field;
};

static bool meet(const struct rect_tmm *a, const struct rect_tmm *b)
{
    return a->left < b->left + b->width && b->left < a->left + a->width &&
           a->top < b->top + b->height && b->top < a->top + a->height;
}

static size_t count_boxes(const struct form_template *t)
{
    size_t n = 0;
    for (size_t i = 0; i < t->n_fields; i++)
        n += t->fields[i].n_parts + t->fields[i].n_options;
    return n;
}

static struct owned_box *list_boxes(const struct form_template *t,
                                    struct arena *a, size_t n)
{
    struct owned_box *all = ARENA_ARRAY(a, struct owned_box, n);
    size_t k = 0;
    for (size_t i = 0; i < t->n_fields; i++) {
        const struct form_field *f = &t->fields[i];
        for (size_t p = 0; p < f->n_parts; p++)
            all[k++] = (struct owned_box){f->parts[p].box, f};
        for (size_t o = 0; o < f->n_options; o++)
            all[k++] = (struct owned_box){f->options[o].box, f};
    }
    return all;
}

static bool check_overlaps(const struct form_template *t, struct arena *a,
                           struct diag *d)
{
    size_t n = count_boxes(t);
    if (n > FORM_MAX_THINGS)
        return diag_error(d, t->fields[0].at, "form-too-large",
                          "様式の枠が多すぎます（%d まで）",
                          "too many boxes (at most %d)", FORM_MAX_THINGS);
    const struct owned_box *all = list_boxes(t, a, n);
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < i; j++)
            if (all[i].field->page == all[j].field->page &&
                meet(&all[i].box, &all[j].box))
                return diag_error(d, all[i].field->at, "boxes-overlap",
                                  "「%s」の枠が「%s」の枠と重なっています",
                                  "a box of \"%s\" overlaps one of \"%s\"",
                                  all[i].field->id, all[j].field->id);
    return true;
}

static bool check_ids(const struct form_template *t, struct diag *d)
{
    for (size_t i = 0; i < t->n_fields; i++)
        for (size_t j = 0; j < i; j++)
            if (strcmp(t->fields[i].id, t->fields[j].id) == 0)
                return diag_error(d, t->fields[i].at, "duplicate-id",
                                  "「%s」という欄が二つあります",
                                  "there are two fields \"%s\"",
                                  t->fields[i].id);
    return true;
}

bool form_whole_check(const struct form_template *t, struct arena *a,
                      struct diag *d)
{
    return check_ids(t, d) && check_overlaps(t, a, d);
}

bool form_check(const struct form_template *t, struct diag *d)
{
    struct arena mem = ARENA_INIT;
    struct form_faults faults;

    if (!t->marks) /* someone else's form: its print is as it is */
        return true;
    form_design(t, true, &faults, &mem);
    for (size_t i = 0; i < faults.n; i++) {
        const struct form_fault *f = &faults.items[i];
        struct pos at = f->field ? f->field->at : POS_FILE(t->id);
        if (d)
            diag_add(
                d, &(struct finding){SEVERITY_WARNING, at, f->check, f->what});
    }
    arena_release(&mem);
    return faults.n == 0;
}
