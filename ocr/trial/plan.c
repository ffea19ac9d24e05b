#include "ocr/trial/trial.h"

#include "ocr/paper/hand.h"

const struct trial_level_info trial_levels[N_TRIAL_LEVELS] = {
    [TRIAL_CLEAN] = {"clean", {"きれい (300 dpi)", "clean (300 dpi)"}},
    [TRIAL_ORDINARY] = {"ordinary", {"ふつう", "ordinary"}},
    [TRIAL_HARD] = {"hard", {"悪い", "hard"}},
    [TRIAL_200] = {"200dpi", {"きれい (200 dpi)", "clean (200 dpi)"}},
    [TRIAL_150] = {"150dpi", {"きれい (150 dpi)", "clean (150 dpi)"}},
};

static bool is_read(const struct form_field *f)
{
    return f->kind != FIELD_MASK && f->kind != FIELD_IMAGE;
}

/* Names always; what is written by hand and not in marks or digits, too. */
static bool is_for_person(const struct trial_how *how,
                          const struct form_field *f)
{
    return f->kind == FIELD_NAME ||
           (hand_takes_words(f->kind) && (how->writer == TRIAL_PEN || f->hand));
}

static void plan_fields(const struct trial_how *how, struct trial *out,
                        struct arena *a)
{
    const struct form_template *t = how->form;

    out->fields = ARENA_ARRAY(a, struct trial_field, t->n_fields);
    for (size_t i = 0; i < t->n_fields; i++)
        if (is_read(&t->fields[i]))
            out->fields[out->n_fields++] = (struct trial_field){
                .field = &t->fields[i],
                .by_person = is_for_person(how, &t->fields[i])};
}

/* A writer at a time: half of them type where both do. */
static void plan_sheet(const struct trial_how *how, struct trial *out,
                       struct trial_sheet *s, struct arena *a)
{
    const struct form_template *t = how->form;
    struct random r = random_start(how->seed, out->n_sheets);

    s->pen = how->writer == TRIAL_PEN ||
             (how->writer == TRIAL_BOTH && s->copy % 2 == 0);
    s->values = ARENA_ARRAY(a, const char *, t->n_fields);
    for (size_t i = 0; i < t->n_fields; i++)
        if (is_read(&t->fields[i]) && t->fields[i].page == s->page)
            s->values[i] = trial_value(&t->fields[i], &r, a);
}

void trial_plan(const struct trial_how *how, struct trial *out, struct arena *a)
{
    size_t n =
        (size_t)how->copies * N_TRIAL_LEVELS * (size_t)how->form->n_pages;

    *out = (struct trial){.form = how->form,
                          .mem = a,
                          .sheets = ARENA_ARRAY(a, struct trial_sheet, n)};
    plan_fields(how, out, a);
    for (int copy = 1; copy <= how->copies; copy++)
        for (int level = 0; level < N_TRIAL_LEVELS; level++)
            for (int page = 1; page <= how->form->n_pages; page++) {
                struct trial_sheet *s = &out->sheets[out->n_sheets];
                *s = (struct trial_sheet){.page = page,
                                          .copy = copy,
                                          .level = (enum trial_level)level};
                plan_sheet(how, out, s, a);
                out->n_sheets++;
            }
}
