#include "cli/run_change.h"

#include "cli/run_round.h"

#include "cli/shipped.h"
#include "core/file.h"
#include "core/hash.h"
#include "records/columns.h"
#include "records/record_csv.h"

#include <assert.h>
#include <string.h>

#define MAX_BYTES ((size_t)64 << 20)

struct changing {
    struct cli *c;
    struct run *run;
    struct hash hash;
    bool any;
};

/* Hashed under the name of what it replaces. */
static void note(struct changing *x, const char *name, const char *bytes,
                 size_t len)
{
    char hex[HASH_HEX];
    hash_bytes_hex(bytes, len, hex);
    hash_add_text(&x->hash, name);
    hash_add_text(&x->hash, hex);
    x->any = true;
}

static const char *take(struct changing *x, const char *path, const char *name,
                        size_t *len)
{
    struct cli *c = x->c;
    const char *bytes = file_read(path, MAX_BYTES, &c->mem, len, &c->diag);
    if (bytes)
        note(x, name, bytes, *len);
    return bytes;
}

static bool change_rules(struct changing *x, const char *path)
{
    struct cli *c = x->c;
    struct case_context *ctx = &x->run->ctx;
    size_t len;
    const struct embedded_file *f =
        embedded_find(shipped_files, arena_printf(&c->mem, "%s.yaml", path));
    const char *bytes = f ? f->bytes : take(x, path, "rules.yaml", &len);
    if (f) {
        len = f->len;
        note(x, "rules.yaml", bytes, len);
    }
    return bytes && ruleset_load(&ctx->rules, bytes, len, f ? f->name : path,
                                 &ctx->dict, &c->mem, &c->diag);
}

static bool change_seats(struct changing *x, const char *path)
{
    struct cli *c = x->c;
    struct case_context *ctx = &x->run->ctx;
    const struct input_file *nurseries = NULL;
    size_t len;
    for (size_t i = 0; i < ctx->n_files; i++)
        if (strcmp(ctx->files[i].name, "nurseries.csv") == 0)
            nurseries = &ctx->files[i];
    assert(nurseries); /* the context was loaded with its facilities */
    const char *bytes = take(x, path, "seats.csv", &len);
    return bytes && facilities_load(&ctx->facilities, nurseries->bytes,
                                    nurseries->len, nurseries->name, bytes, len,
                                    path, &c->mem, &c->diag);
}

/* ---- withdrawn ---- */

enum withdrawn_column {
    COL_HOUSEHOLD,
    COL_CHILD,
    COL_KIND,
    COL_ON,
    COL_DETAIL
};
static const struct column_def columns[] = {
    [COL_HOUSEHOLD] = {{"世帯番号", "household no"}, true},
    [COL_CHILD] = {{"児童番号", "child no"}, true},
    [COL_KIND] = {{"種別", "kind"}, false},
    [COL_ON] = {{"日付", "on"}, false},
    [COL_DETAIL] = {{"内容", "detail"}, false},
};
#define N_COLUMNS (sizeof columns / sizeof columns[0])

static bool applies(const struct record_set *set, const char *household,
                    const char *child)
{
    struct row_key key = {household, child, 0, 0};
    if (!*child)
        return record_household(set, household) != NULL;
    return record_find(set, SCOPE_CHILD, &key) != (size_t)-1;
}

static bool withdraw(struct changing *x, const struct csv *t, const int *at,
                     size_t row)
{
    struct cli *c = x->c;
    const char *household = column_text(t, row, at[COL_HOUSEHOLD], &c->mem);
    const char *child = column_text(t, row, at[COL_CHILD], &c->mem);
    if (!applies(&x->run->set, household, child))
        return diag_error(&c->diag, csv_pos(t, row, at[COL_CHILD]),
                          "unknown-child",
                          "世帯 %s の児童 %s の申込みはこの実行にありません",
                          "no application of household %s, child %s in this "
                          "run",
                          household, child);
    x->run->events[x->run->n_events++] =
        (struct case_event){.household = household,
                            .child = child,
                            .kind = "取下げ",
                            .on = "",
                            .detail = ""};
    return true;
}

static bool change_withdrawn(struct changing *x, const char *path)
{
    struct cli *c = x->c;
    struct run *r = x->run;
    struct csv t;
    int at[N_COLUMNS];
    size_t len;
    const char *bytes = take(x, path, "withdrawn.csv", &len);
    if (!bytes ||
        !csv_parse(bytes, len, path, ENCODING_AUTO, &t, &c->mem, &c->diag) ||
        !columns_find(&t, columns, N_COLUMNS, at, &c->diag))
        return false;
    r->events = arena_grow(&c->mem, r->events, r->n_events,
                           r->n_events + t.n_rows, sizeof *r->events);
    bool ok = true;
    for (size_t row = 0; row < t.n_rows; row++)
        ok = withdraw(x, &t, at, row) && ok;
    return ok;
}

/* ---- all of it ---- */

static bool load(struct cli *c, const char *run_folder, struct run *out)
{
    const char *inputs = path_join(&c->mem, run_folder, "inputs");
    if (!run_context_load(c, inputs, CONTEXT_ALL, &out->ctx))
        return false;
    record_set_init(&out->set, &out->ctx.dict);
    return record_csv_load(&out->set, path_join(&c->mem, inputs, "records"),
                           &c->diag) &&
           run_events_load(c, inputs, out) && run_round_reopen(c, out, inputs);
}

bool run_remake_changed(struct cli *c, const char *run_folder,
                        const struct run_changes *changes, struct run *out,
                        const char **sha256)
{
    struct changing x = {.c = c, .run = out};
    char hex[HASH_HEX];
    hash_start(&x.hash);
    if (!load(c, run_folder, out))
        return false;
    bool ok = !changes->rules || change_rules(&x, changes->rules);
    ok = (!changes->seats || change_seats(&x, changes->seats)) && ok;
    ok =
        (!changes->withdrawn || change_withdrawn(&x, changes->withdrawn)) && ok;
    hash_hex(&x.hash, hex);
    *sha256 = x.any ? arena_strdup(&c->mem, hex) : "";
    return ok && run_compute(c, out);
}
