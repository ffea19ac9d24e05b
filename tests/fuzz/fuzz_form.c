/*
 * Any text called a form is one, or says why not. A form that was loaded has
 * its fields in order and on the paper, can be checked, and can be drawn.
 * Run from the source folder.
 */
#include "tests/fuzz/fuzz_rules_help.h"

#include "ocr/forms/draw.h"

/* Sheets larger than A3 only take time. */
#define DRAWN_MOST 4300

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc;
    (void)argv;
    fuzz_dictionary();
    return 0;
}

static void check_box(const struct form_template *t, struct rect_tmm r)
{
    if (r.left < 0 || r.top < 0 || r.width <= 0 || r.height <= 0 ||
        r.left + r.width > t->width || r.top + r.height > t->height)
        abort();
}

static void check_field(const struct form_template *t,
                        const struct form_field *f)
{
    if (f->page < 1 || f->page > t->n_pages)
        abort();
    check_box(t, f->box);
    for (size_t i = 0; i < f->n_parts; i++)
        check_box(t, f->parts[i].box);
    for (size_t i = 0; i < f->n_options; i++)
        check_box(t, f->options[i].box);
}

static void draw(const struct form_template *t)
{
    struct form_image image;

    if (t->width > DRAWN_MOST || t->height > DRAWN_MOST)
        return;
    form_render(t, t->n_pages, 50, NULL, &image, &fuzz_run);
    if (!image.pixels || image.width <= 0 || image.height <= 0)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    struct diag d = DIAG_INIT, checked = DIAG_INIT;
    struct form_template t;
    const char *text = fuzz_text(bytes, len);

    if (form_load(&t, text, len, "form.yaml", &fuzz_dict, &fuzz_run, &d)) {
        for (size_t i = 0; i < t.n_fields; i++)
            check_field(&t, &t.fields[i]);
        if (!form_check(&t, &checked) && checked.errors == 0)
            abort();
        draw(&t);
    } else if (d.errors == 0) {
        abort();
    }
    fuzz_show(&d);
    fuzz_show(&checked);
    diag_release(&d);
    diag_release(&checked);
    arena_clear(&fuzz_run);
    return 0;
}
