/*
 * What the tests of forms share: the dictionary and templates, from files.
 */
#ifndef NYUSHO_TESTS_FORMS_SUPPORT_H
#define NYUSHO_TESTS_FORMS_SUPPORT_H

#include "core/file.h"
#include "ocr/forms/template.h"

/* Everything of one test; closed by forms_world_close(). */
struct forms_world {
    struct arena mem;
    struct diag diag;
    struct dictionary dict;
};

static inline void forms_world_open(struct forms_world *w)
{
    *w = (struct forms_world){.mem = ARENA_INIT, .diag = DIAG_INIT};
    size_t len;
    const char *path = "rules/dictionary.yaml";
    const char *bytes = file_read(path, 1 << 24, &w->mem, &len, &w->diag);
    assert_non_null(bytes);
    assert_true(dictionary_load(&w->dict, bytes, len, path, &w->mem, &w->diag));
}

static inline void forms_world_close(struct forms_world *w)
{
    diag_release(&w->diag);
    arena_release(&w->mem);
}

static inline bool load_text(struct forms_world *w, struct form_template *t,
                             const char *text)
{
    return form_load(t, text, strlen(text), "test.yaml", &w->dict, &w->mem,
                     &w->diag);
}

static inline void load_shipped(struct forms_world *w, struct form_template *t,
                                const char *id)
{
    size_t len;
    const char *bytes = form_shipped(id, &len);
    assert_non_null(bytes);
    if (!form_load(t, bytes, len, id, &w->dict, &w->mem, &w->diag))
        diag_print(&w->diag, 0, LANG_EN, stderr);
    assert_int_equal(w->diag.errors, 0);
}

#endif
