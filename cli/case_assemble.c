#include "cli/case_assemble.h"

#include "core/file.h"
#include "records/assemble.h"
#include "report/outputs.h"

#include <string.h>

#define MAX_WORLD_FILE ((size_t)1 << 30)

/* What exists; kept in the case only, never among the inputs of a run. */
struct world {
    struct registry registry;
    struct postal postal;
};

static const char *load_file(struct cli *c, const struct case_context *ctx,
                             const char *name, const char **path, size_t *len)
{
    *path = path_join(&c->mem, ctx->folder, name);
    return file_read(*path, MAX_WORLD_FILE, &c->mem, len, &c->diag);
}

static bool load_world(struct cli *c, const struct case_context *ctx,
                       struct world *out)
{
    const struct settings *s = &ctx->settings;
    const char *bytes, *path;
    size_t len;
    bool ok = true;
    *out = (struct world){{NULL, 0}, {NULL, NULL, 0}};
    if (*s->registry) {
        bytes = load_file(c, ctx, s->registry, &path, &len);
        ok = bytes &&
             registry_load(&out->registry, bytes, len, path, &c->mem, &c->diag);
    }
    if (*s->postal) {
        bytes = load_file(c, ctx, s->postal, &path, &len);
        ok = bytes &&
             postal_load(&out->postal, bytes, len, path, &c->mem, &c->diag) &&
             ok;
    }
    return ok;
}

bool case_assemble(struct cli *c, struct case_db *db,
                   const struct case_context *ctx)
{
    struct world world;
    if (!load_world(c, ctx, &world))
        return false;
    const struct assemble_options o = {.deadline = ctx->settings.deadline,
                                       .policy = ctx->policy.dict ? &ctx->policy
                                                                  : NULL,
                                       .registry = &world.registry,
                                       .postal = &world.postal,
                                       .facilities = &ctx->facilities};
    struct diag said = DIAG_INIT;
    struct assemble_summary sum;
    bool ok = assemble(db, &ctx->dict, &o, &sum, &said);
    for (size_t i = 0; !ok && i < said.n; i++)
        diag_add(&c->diag, &said.items[i]);
    diag_release(&said);
    return ok;
}

static bool said_before(const struct diag *d, const struct finding *f)
{
    for (size_t i = 0; i < d->n; i++)
        if (strcmp(d->items[i].check, f->check) == 0 &&
            strcmp(d->items[i].at.file, f->at.file) == 0 &&
            strcmp(d->items[i].what.ja, f->what.ja) == 0)
            return true;
    return false;
}

bool case_findings_write(struct cli *c, struct case_db *db,
                         const struct case_context *ctx)
{
    struct diag all = DIAG_INIT;
    struct csv_writer w;
    const char *path = path_join(&c->mem, ctx->folder, "findings.csv");
    bool ok = case_findings(db, &all);
    for (size_t i = 0; i < c->diag.n; i++)
        if (!said_before(&all, &c->diag.items[i]))
            diag_add(&all, &c->diag.items[i]);
    csv_begin(&w, (struct csv_style){.encoding = ENCODING_UTF8});
    write_findings(&all, &w, c->lang);
    ok = ok && csv_save(&w, NULL, path, &c->diag);
    csv_release(&w);
    diag_release(&all);
    return ok;
}
