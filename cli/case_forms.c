#include "cli/case_forms.h"

#include "core/file.h"

#include <string.h>

#define MAX_FORM_BYTES ((size_t)4 << 20)

static const char *const default_forms[] = {"application", "cover",
                                            "employment-certificate"};

/* The bytes of a shipped form or of a file of the case. */
static const char *form_bytes(struct cli *c, const char *folder,
                              const char *name, size_t *len, const char **path)
{
    const char *bytes = form_shipped(name, len);
    *path = name;
    if (bytes)
        return bytes;
    *path = path_join(&c->mem, folder, name);
    if (file_exists(*path))
        return file_read(*path, MAX_FORM_BYTES, &c->mem, len, &c->diag);
    diag_error(&c->diag, POS_FILE(path_join(&c->mem, folder, "nyusho.yaml")),
               "unknown-form",
               "様式「%s」は出荷済みの様式にもフォルダーにもありません",
               "there is no form \"%s\", neither shipped nor in the case",
               name);
    return NULL;
}

static bool load_one(struct cli *c, struct case_forms *out, const char *name,
                     struct hash *h)
{
    struct form_template *t = ARENA_NEW(&c->mem, struct form_template);
    size_t len;
    const char *path;
    const char *bytes = form_bytes(c, out->ctx.folder, name, &len, &path);
    if (!bytes ||
        !form_load(t, bytes, len, path, &out->ctx.dict, &c->mem, &c->diag))
        return false;
    hash_add_text(h, bytes);
    out->forms[out->n++] = t;
    return true;
}

/* Everything a reading depends on but the page: another hash reads again. */
static void name_reader(struct cli *c, struct case_forms *out, struct hash *h)
{
    char hex[HASH_HEX];
    for (size_t i = 0; i < out->ctx.n_files; i++) {
        hash_bytes_hex(out->ctx.files[i].bytes, out->ctx.files[i].len, hex);
        hash_add_text(h, out->ctx.files[i].name);
        hash_add_text(h, hex);
    }
    hash_hex(h, hex);
    out->reader = arena_printf(&c->mem, "nyusho %s %.16s", NYUSHO_VERSION, hex);
}

bool case_forms_load(struct cli *c, const char *folder, struct case_forms *out)
{
    const unsigned parts = CONTEXT_FACILITIES | CONTEXT_POLICY;
    const struct settings *s = &out->ctx.settings;
    struct hash h;
    memset(out, 0, sizeof *out);
    if (!case_context_load(c, folder, parts, &out->ctx))
        return false;
    size_t n = s->n_forms ? s->n_forms
                          : sizeof default_forms / sizeof default_forms[0];
    out->forms = ARENA_ARRAY(&c->mem, const struct form_template *, n);
    hash_start(&h);
    for (size_t i = 0; i < n; i++)
        if (!load_one(c, out, s->n_forms ? s->forms[i] : default_forms[i], &h))
            return false;
    name_reader(c, out, &h);
    out->read = (struct read_context){.policy = &out->ctx.policy,
                                      .dict = &out->ctx.dict,
                                      .facilities = &out->ctx.facilities,
                                      .fiscal_year = s->fiscal_year,
                                      .entry_date = s->entry_date,
                                      .deadline = s->deadline};
    return true;
}

const struct form_template *case_form_find(const struct case_forms *forms,
                                           const char *id, const char *version)
{
    for (size_t i = 0; i < forms->n; i++)
        if (strcmp(forms->forms[i]->id, id) == 0 &&
            strcmp(forms->forms[i]->version, version) == 0)
            return forms->forms[i];
    return NULL;
}
