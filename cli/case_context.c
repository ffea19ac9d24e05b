#include "cli/case_context.h"

#include "cli/rules_beside.h"
#include "cli/shipped.h"
#include "core/file.h"
#include "records/office.h"

#include <assert.h>
#include <string.h>

#define MAX_CASE_FILE ((size_t)1 << 30)

struct loading {
    struct cli *c;
    struct case_context *out;
    bool run; /* from inputs/ of a run */
};

static void keep(struct case_context *ctx, const char *name, const char *bytes,
                 size_t len)
{
    assert(ctx->n_files < MAX_INPUT_FILES);
    ctx->files[ctx->n_files++] = (struct input_file){name, bytes, len};
}

/* The file that the settings call `named`, kept as `name`. *path gets what
 * messages call it. */
static const char *load(struct loading *l, const char *named, const char *name,
                        size_t *len, const char **path)
{
    struct cli *c = l->c;
    *path = path_join(&c->mem, l->out->folder, l->run ? name : named);
    const char *bytes = file_read(*path, MAX_CASE_FILE, &c->mem, len, &c->diag);
    if (bytes)
        keep(l->out, name, bytes, *len);
    return bytes;
}

bool dictionary_load_shipped(struct dictionary *dict, struct arena *a,
                             struct diag *d)
{
    const struct embedded_file *f =
        embedded_find(shipped_files, "dictionary.yaml");
    *dict = DICTIONARY_INIT;
    return dictionary_load(dict, f->bytes, f->len, f->name, a, d);
}

bool dictionary_load_case(struct dictionary *dict, const struct settings *s,
                          struct arena *a, struct diag *d)
{
    if (!dictionary_load_shipped(dict, a, d))
        return false;
    if (!*s->dictionary)
        return true;
    size_t len;
    const char *path = path_join(a, s->folder, s->dictionary);
    const char *bytes = file_read(path, MAX_CASE_FILE, a, &len, d);
    return bytes && dictionary_load(dict, bytes, len, path, a, d);
}

/* A run holds the dictionary it was made with, so that a newer program still
 * reads its records the same way. */
static bool load_dictionary(struct loading *l)
{
    struct case_context *ctx = l->out;
    const char *path, *bytes;
    size_t len;

    if (l->run) {
        ctx->dict = DICTIONARY_INIT;
        bytes = load(l, "", "dictionary.yaml", &len, &path);
        if (!bytes || !dictionary_load(&ctx->dict, bytes, len, path, &l->c->mem,
                                       &l->c->diag))
            return false;
    } else {
        const struct embedded_file *f =
            embedded_find(shipped_files, "dictionary.yaml");
        if (!dictionary_load_shipped(&ctx->dict, &l->c->mem, &l->c->diag))
            return false;
        keep(ctx, f->name, f->bytes, f->len);
    }
    if (!*ctx->settings.dictionary)
        return true;
    bytes =
        load(l, ctx->settings.dictionary, "dictionary-city.yaml", &len, &path);
    return bytes && dictionary_load(&ctx->dict, bytes, len, path, &l->c->mem,
                                    &l->c->diag);
}

static bool load_facilities(struct loading *l)
{
    const struct settings *s = &l->out->settings;
    const char *path, *seats_path, *bytes, *seats;
    size_t len, seats_len;
    bytes = load(l, s->nurseries, "nurseries.csv", &len, &path);
    seats = load(l, s->seats, "seats.csv", &seats_len, &seats_path);
    return bytes && seats &&
           facilities_load(&l->out->facilities, bytes, len, path, seats,
                           seats_len, seats_path, &l->c->mem, &l->c->diag);
}

/* Examples beside the rules: found by name, also in inputs/ of a run. */
static bool load_beside(struct loading *l, const char *rules_path)
{
    struct cli *c = l->c;
    struct beside beside;
    bool ok = beside_find(rules_path, &beside, &c->mem, &c->diag);
    for (size_t i = 0; i < beside.n; i++) {
        size_t len;
        const char *bytes =
            file_read(beside.paths[i], MAX_CASE_FILE, &c->mem, &len, &c->diag);
        if (!bytes) {
            ok = false;
            continue;
        }
        keep(l->out, beside.kept[i], bytes, len);
        ok = ruleset_add_examples(&l->out->rules, bytes, len, beside.paths[i],
                                  &c->mem, &c->diag) &&
             ok;
    }
    return ok;
}

/* A path in the case, or the id of a rule set that this program ships. */
static bool load_rules(struct loading *l)
{
    struct cli *c = l->c;
    const char *value = l->out->settings.rules, *path, *bytes;
    size_t len;
    const struct embedded_file *f =
        embedded_find(shipped_files, arena_printf(&c->mem, "%s.yaml", value));
    if (f && !l->run) {
        path = f->name;
        bytes = f->bytes;
        len = f->len;
        keep(l->out, "rules.yaml", bytes, len);
    } else {
        bytes = load(l, value, "rules.yaml", &len, &path);
    }
    bool shipped = f && !l->run;
    return bytes &&
           ruleset_load(&l->out->rules, bytes, len, path, &l->out->dict,
                        &c->mem, &c->diag) &&
           (shipped || load_beside(l, path));
}

static bool load_policy(struct loading *l)
{
    struct case_context *ctx = l->out;
    const char *path, *bytes;
    size_t len;
    if (!*ctx->settings.policy) {
        policy_default(&ctx->policy, &ctx->dict, &l->c->mem);
        return true;
    }
    bytes = load(l, ctx->settings.policy, "policy.yaml", &len, &path);
    return bytes && policy_load(&ctx->policy, &ctx->dict, bytes, len, path,
                                &l->c->mem, &l->c->diag);
}

static bool load_documents(struct loading *l)
{
    struct case_context *ctx = l->out;
    const char *path, *bytes;
    size_t len;
    if (!*ctx->settings.documents)
        return true;
    bytes = load(l, ctx->settings.documents, "documents.yaml", &len, &path);
    return bytes && documents_load(&ctx->documents, &ctx->dict, bytes, len,
                                   path, &l->c->mem, &l->c->diag);
}

struct office_list {
    struct loading *l;
    size_t capacity;
};

static bool take_office(void *context, const struct field *f,
                        const struct row_key *key, const char *text,
                        const char *as_of, const char *source, struct pos at)
{
    struct office_list *list = context;
    struct case_context *ctx = list->l->out;
    struct arena *a = &list->l->c->mem;
    if (ctx->n_office == list->capacity) {
        size_t more = list->capacity ? list->capacity * 2 : 256;
        ctx->office = arena_grow(a, ctx->office, ctx->n_office, more,
                                 sizeof *ctx->office);
        list->capacity = more;
    }
    ctx->office[ctx->n_office++] = (struct case_value){
        .key = {arena_strdup(a, key->household), arena_strdup(a, key->child),
                key->person, key->seq},
        .path = f->path,
        .state = VALUE_KNOWN,
        .text = arena_strdup(a, text),
        .source = CASE_SOURCE_IMPORT,
        .evidence = {.source = "import",
                     .page = "",
                     .raw = arena_strdup(a, text),
                     .confidence = -1,
                     .by = arena_strdup(a, source),
                     .at = arena_strdup(a, as_of),
                     .why = arena_printf(a, "%s:%d", at.file, at.line)}};
    return true;
}

static bool load_office(struct loading *l)
{
    struct case_context *ctx = l->out;
    struct office_list list = {.l = l};
    const char *path, *bytes;
    size_t len;
    /* The records of a run hold these values already. */
    if (!*ctx->settings.office || l->run)
        return true;
    bytes = load(l, ctx->settings.office, "office.csv", &len, &path);
    return bytes && office_load(&ctx->dict, bytes, len, path, take_office,
                                &list, &l->c->diag);
}

static bool load_combinations(struct loading *l)
{
    struct case_context *ctx = l->out;
    const char *path, *bytes;
    size_t len;
    if (!*ctx->settings.combinations)
        return true;
    bytes =
        load(l, ctx->settings.combinations, "combinations.csv", &len, &path);
    return bytes && combinations_parse(bytes, len, path, &ctx->combinations,
                                       &l->c->mem, &l->c->diag);
}

/* A file of household numbers; true with NULL where none is named. */
static bool load_numbers_of(struct loading *l, const char *named,
                            const char *name,
                            const struct household_numbers **out)
{
    const char *path;
    size_t len;
    if (!*named)
        return true;
    struct household_numbers *list =
        ARENA_NEW(&l->c->mem, struct household_numbers);
    const char *bytes = load(l, named, name, &len, &path);
    *out = list;
    return bytes &&
           numbers_load(list, bytes, len, path, &l->c->mem, &l->c->diag);
}

static bool load_numbers(struct loading *l)
{
    struct case_context *ctx = l->out;
    bool ok = load_numbers_of(l, ctx->settings.lottery_numbers, "lottery.csv",
                              &ctx->drawn);
    return load_numbers_of(l, ctx->settings.receipts, "receipts.csv",
                           &ctx->receipts) &&
           ok;
}

/* Every part, in the order in which its files are kept. */
static const struct {
    enum context_parts part;
    bool (*load)(struct loading *l);
} parts_table[] = {
    {CONTEXT_FACILITIES, load_facilities},
    {CONTEXT_RULES, load_rules},
    {CONTEXT_POLICY, load_policy},
    {CONTEXT_DOCUMENTS, load_documents},
    {CONTEXT_OFFICE, load_office},
    {CONTEXT_COMBINATIONS, load_combinations},
    {CONTEXT_NUMBERS, load_numbers},
};

/* Every file is loaded even where an earlier one is wrong: one call shows
 * everything that is to be corrected. */
static bool load_all(struct loading *l, unsigned parts)
{
    struct case_context *ctx = l->out;
    struct cli *c = l->c;
    size_t len;
    const char *path, *bytes;
    if (!settings_load(&ctx->settings, ctx->folder, &c->mem, &c->diag))
        return false;
    l->out->settings.folder = ctx->folder;
    bytes = load(l, "nyusho.yaml", "nyusho.yaml", &len, &path);
    if (!bytes || !load_dictionary(l))
        return false;
    bool ok = true;
    for (size_t i = 0; i < sizeof parts_table / sizeof parts_table[0]; i++)
        if (parts & parts_table[i].part)
            ok = parts_table[i].load(l) && ok;
    return ok;
}

bool case_context_load(struct cli *c, const char *folder, unsigned parts,
                       struct case_context *out)
{
    *out = (struct case_context){.folder = folder};
    return load_all(&(struct loading){c, out, false}, parts);
}

bool run_context_load(struct cli *c, const char *inputs, unsigned parts,
                      struct case_context *out)
{
    /* What is only a warning was said when the run was made. */
    struct diag outside = c->diag;
    c->diag = DIAG_INIT;
    *out = (struct case_context){.folder = inputs};
    bool ok = load_all(&(struct loading){c, out, true}, parts);
    struct diag said = c->diag;
    c->diag = outside;
    for (size_t i = 0; i < said.n; i++)
        if (said.items[i].severity == SEVERITY_ERROR)
            diag_add(&c->diag, &said.items[i]);
    diag_release(&said);
    return ok;
}
