#include "records/record_csv.h"

#include "core/file.h"
#include "records/record_row.h"

#include <string.h>

/* The largest file that is read whole: the records of a million households. */
#define MAX_BYTES ((size_t)4 * 1024 * 1024 * 1024)

#define MANUAL_FILE "manual_points.csv"

static bool read_rows(struct record_rows *l, struct record_set *set,
                      struct csv_reader *reader)
{
    const char **cells;
    size_t n;
    int line, errors = 0;
    if (!csv_reader_next(reader, &cells, &n, &line))
        return !csv_reader_failed(reader);
    if (!record_rows_header(l, cells, n))
        return false;
    while (csv_reader_next(reader, &cells, &n, &line)) {
        struct row_key key;
        errors += !(record_rows_key(l, cells, line, &key) &&
                    record_rows_put(l, set, &key, cells, line));
        if (errors == RECORD_MAX_ERRORS)
            return diag_error(
                l->d, (struct pos){l->file, line, 0}, "too-many-errors",
                "誤りが %d 行になったため、ここで読むのをやめました",
                "%d rows have errors: reading stops here", RECORD_MAX_ERRORS);
    }
    return errors == 0 && !csv_reader_failed(reader);
}

bool record_csv_load_scope(struct record_set *set, enum scope scope,
                           const char *bytes, size_t len, const char *name,
                           struct diag *d)
{
    struct arena mem = ARENA_INIT;
    struct record_rows l = {.dict = set->dict,
                            .scope = scope,
                            .file = name,
                            .mem = &mem,
                            .row = ARENA_INIT,
                            .d = d};
    struct csv_reader *reader =
        csv_reader_open(bytes, len, name, ENCODING_AUTO, &mem, d);
    bool ok = reader && read_rows(&l, set, reader);
    record_rows_release(&l);
    arena_release(&mem);
    return ok;
}

static char *scope_file(struct arena *a, const char *folder, enum scope s)
{
    return path_join(a, folder, arena_printf(a, "%s.csv", scope_infos[s].name));
}

/* Reads one file; absent files are fine and counted. */
static bool load_file(struct record_set *set, const char *path, int scope,
                      size_t *found, struct diag *d)
{
    struct arena mem = ARENA_INIT;
    size_t len;
    bool ok = true;
    if (file_exists(path)) {
        char *bytes = file_read(path, MAX_BYTES, &mem, &len, d);
        (*found)++;
        ok = bytes &&
             (scope == N_SCOPES ? manual_csv_load(set, bytes, len, path, d)
                                : record_csv_load_scope(set, (enum scope)scope,
                                                        bytes, len, path, d));
    }
    arena_release(&mem);
    return ok;
}

bool record_csv_load(struct record_set *set, const char *folder, struct diag *d)
{
    struct arena mem = ARENA_INIT;
    size_t found = 0;
    bool ok = true;
    for (int s = 0; s < N_SCOPES; s++)
        ok = load_file(set, scope_file(&mem, folder, (enum scope)s), s, &found,
                       d) &&
             ok;
    ok = load_file(set, path_join(&mem, folder, MANUAL_FILE), N_SCOPES, &found,
                   d) &&
         ok;
    if (found == 0)
        ok = diag_error(d, POS_FILE(folder), "no-records",
                        "household.csv などの記録ファイルがありません",
                        "there are no record files (household.csv …)");
    record_set_finish(set);
    arena_release(&mem);
    return ok;
}

static void write_keys(struct csv_writer *out, enum scope scope,
                       const struct row_key *key)
{
    csv_code(out, key->household);
    if (scope_has_key(scope, KEY_CHILD))
        csv_code(out, key->child);
    if (scope_has_key(scope, KEY_PERSON))
        csv_int(out, key->person);
    if (scope_has_key(scope, KEY_SEQ))
        csv_int(out, key->seq);
}

static void write_header(const struct record_set *set, enum scope scope,
                         enum lang lang, struct csv_writer *out)
{
    const struct dictionary *dict = set->dict;
    for (int k = 0; k < N_KEY_COLUMNS; k++)
        if (scope_has_key(scope, (enum key_column)k))
            csv_text(out, label_text(key_labels[k], lang));
    for (size_t c = 0; c < dict->n_by_scope[scope]; c++)
        csv_text(out, label_text(dict->by_scope[scope][c]->label, lang));
    csv_end_row(out);
}

bool record_csv_write_scope(const struct record_set *set, enum scope scope,
                            struct csv_style style, enum lang lang,
                            struct csv_writer *out, struct diag *d)
{
    const struct record_table *t = &set->tables[scope];
    struct arena mem = ARENA_INIT;
    csv_begin(out, style);
    write_header(set, scope, lang, out);
    for (size_t r = 0; r < t->n_rows; r++) {
        write_keys(out, scope, &t->keys[r]);
        for (size_t c = 0; c < t->n_fields; c++) {
            const struct field *f = set->dict->by_scope[scope][c];
            struct slot v = table_slot(t, r, c);
            if (v.state == VALUE_UNKNOWN)
                csv_text(out, "");
            else if (f->type == TYPE_CODE && v.state == VALUE_KNOWN)
                csv_code(out, strings_text(set->strings, v.num));
            else
                csv_text(out, value_format(f, v, set->strings, &mem));
        }
        csv_end_row(out);
        arena_release(&mem);
    }
    return csv_finish(out, scope_infos[scope].name, d);
}

static bool write_file(const char *path, const struct csv_writer *w,
                       bool finished, struct diag *d)
{
    return finished && file_write_atomic(path, w->out.bytes, w->out.len, d);
}

bool record_csv_write(const struct record_set *set, const char *folder,
                      struct csv_style style, enum lang lang, struct diag *d)
{
    struct arena mem = ARENA_INIT;
    bool ok = folder_make(folder, d);
    for (int s = 0; ok && s < N_SCOPES; s++) {
        struct csv_writer w;
        if (set->tables[s].n_rows == 0)
            continue;
        bool finished =
            record_csv_write_scope(set, (enum scope)s, style, lang, &w, d);
        ok = write_file(scope_file(&mem, folder, (enum scope)s), &w, finished,
                        d);
        csv_release(&w);
    }
    if (ok && set->n_manual) {
        struct csv_writer w;
        bool finished = manual_csv_write(set, style, lang, &w, d);
        ok = write_file(path_join(&mem, folder, MANUAL_FILE), &w, finished, d);
        csv_release(&w);
    }
    arena_release(&mem);
    return ok;
}
