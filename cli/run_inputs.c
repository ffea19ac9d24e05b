/*
 * Everything a run reads, as bytes: copied into inputs/ and hashed into the
 * run's id, so that an equal run is known and an old one can be checked.
 */
#include "cli/run_make.h"

#include "cli/events.h"
#include "cli/run_round.h"
#include "core/file.h"
#include "core/hash.h"
#include "records/record_csv.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#define MAX_RUN_FILES (MAX_INPUT_FILES + N_SCOPES + 8)

static void add(struct run_files *f, const char *name, const char *bytes,
                size_t len)
{
    assert(f->n < MAX_RUN_FILES);
    f->items[f->n++] = (struct run_file){name, bytes, len};
}

static bool add_csv(struct cli *c, struct csv_writer *w, const char *name,
                    bool written, struct run_files *out)
{
    bool ok = written && csv_finish(w, name, &c->diag);
    if (ok)
        add(out, name, arena_copy(&c->mem, w->out.bytes, w->out.len),
            w->out.len);
    csv_release(w);
    return ok;
}

static bool add_records(struct cli *c, const struct record_set *set,
                        struct run_files *out)
{
    struct csv_writer w;
    for (int s = 0; s < N_SCOPES; s++) {
        if (!set->tables[s].n_rows)
            continue;
        const char *name =
            arena_printf(&c->mem, "records/%s.csv", scope_infos[s].name);
        csv_begin(&w, RECORD_CSV_CANONICAL);
        bool ok = record_csv_write_scope(
            set, (enum scope)s, RECORD_CSV_CANONICAL, LANG_JA, &w, &c->diag);
        if (!add_csv(c, &w, name, ok, out))
            return false;
    }
    if (!set->n_manual)
        return true;
    csv_begin(&w, RECORD_CSV_CANONICAL);
    bool ok =
        manual_csv_write(set, RECORD_CSV_CANONICAL, LANG_JA, &w, &c->diag);
    return add_csv(c, &w, "records/manual_points.csv", ok, out);
}

static int by_name(const void *x, const void *y)
{
    const struct run_file *a = x, *b = y;
    return strcmp(a->name, b->name);
}

/* Withdrawals and the like: no record of the set says them. */
static bool add_events(struct cli *c, const struct run *r,
                       struct run_files *out)
{
    struct csv_writer w;
    if (!r->n_events)
        return true;
    csv_begin(&w, RECORD_CSV_CANONICAL);
    csv_header(&w, event_columns, N_EVENT_COLUMNS, LANG_JA);
    for (size_t i = 0; i < r->n_events; i++) {
        const struct case_event *e = &r->events[i];
        csv_code(&w, e->household);
        csv_code(&w, e->child);
        csv_text(&w, e->kind);
        csv_text(&w, e->on);
        csv_text(&w, e->detail);
        csv_end_row(&w);
    }
    return add_csv(c, &w, "events.csv", true, out);
}

bool run_events_load(struct cli *c, const char *inputs, struct run *r)
{
    const char *path = path_join(&c->mem, inputs, "events.csv");
    size_t len;
    if (!file_exists(path))
        return true;
    const char *bytes =
        file_read(path, EVENTS_MAX_BYTES, &c->mem, &len, &c->diag);
    return bytes && events_parse(c, bytes, len, path, &r->events, &r->n_events);
}

bool run_files_collect(struct cli *c, struct run *r)
{
    struct run_files *out = &r->files;
    *out = (struct run_files){
        ARENA_ARRAY(&c->mem, struct run_file, MAX_RUN_FILES), 0};
    for (size_t i = 0; i < r->ctx.n_files; i++)
        add(out, r->ctx.files[i].name, r->ctx.files[i].bytes,
            r->ctx.files[i].len);
    for (size_t i = 0; r->round && i < r->round->n_kept; i++)
        add(out, r->round->kept[i].name, r->round->kept[i].bytes,
            r->round->kept[i].len);
    if (!add_records(c, &r->set, out) || !add_events(c, r, out))
        return false;
    qsort(out->items, out->n, sizeof *out->items, by_name);
    return true;
}

void run_files_name(struct run *r, struct arena *a)
{
    const struct run_files *files = &r->files;
    const struct run_options *o = &r->options;
    struct run_input *inputs = ARENA_ARRAY(a, struct run_input, files->n);
    const char *const words[] = {
        NYUSHO_VERSION,
        o->final ? "final" : "trial",
        o->allow_untested ? "untested" : "tested",
        o->style.lang == LANG_EN ? "en" : "ja",
        o->style.names ? "names" : "numbers",
        o->style.csv.encoding == ENCODING_CP932 ? "cp932" : "utf8",
        o->style.csv.excel ? "excel" : "plain",
    };
    char hex[HASH_HEX];
    struct hash h;
    hash_start(&h);
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        hash_add_text(&h, words[i]);
    if (o->prove.wanted)
        hash_add_text(&h, o->prove.optimum ? "optimum" : "prove");
    if (o->prove.conflicts)
        hash_add_text(&h, arena_printf(a, "%d", o->prove.conflicts));
    for (size_t i = 0; i < files->n; i++) {
        hash_bytes_hex(files->items[i].bytes, files->items[i].len, hex);
        inputs[i] =
            (struct run_input){files->items[i].name, arena_strdup(a, hex)};
        hash_add_text(&h, inputs[i].name);
        hash_add_text(&h, inputs[i].sha256);
    }
    hash_hex(&h, hex);
    r->result.id = arena_copy(a, hex, 16);
    r->result.inputs = inputs;
    r->result.n_inputs = files->n;
}

static bool has_folder(const struct run_files *files, const char *folder)
{
    size_t len = strlen(folder);
    for (size_t i = 0; i < files->n; i++)
        if (strncmp(files->items[i].name, folder, len) == 0 &&
            files->items[i].name[len] == '/')
            return true;
    return false;
}

bool run_files_write(struct cli *c, const struct run_files *files,
                     const char *folder)
{
    static const char *const inside[] = {"records", "earlier"};
    if (!folder_make(folder, &c->diag))
        return false;
    for (size_t i = 0; i < 2; i++)
        if ((i == 0 || has_folder(files, inside[i])) &&
            !folder_make(path_join(&c->mem, folder, inside[i]), &c->diag))
            return false;
    for (size_t i = 0; i < files->n; i++)
        if (!file_write_atomic(path_join(&c->mem, folder, files->items[i].name),
                               files->items[i].bytes, files->items[i].len,
                               &c->diag))
            return false;
    return true;
}
