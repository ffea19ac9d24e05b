#include "records/record_csv.h"

#include "core/file.h"
#include "core/text.h"
#include "records/columns.h"

#include <string.h>

/* A file this wrong is the wrong file: the first hundred lines say enough. */
#define MAX_ERRORS 100

/* The largest file that is read whole: the records of a million households. */
#define MAX_BYTES ((size_t)4 * 1024 * 1024 * 1024)

#define MANUAL_FILE "manual_points.csv"

/* What a column of the file holds. */
struct column {
    enum key_column key;   /* N_KEY_COLUMNS when it is a field's */
    const struct field *f; /* NULL when it is a key's */
};

struct load {
    struct record_set *set;
    enum scope scope;
    const char *file;
    struct column *columns;
    size_t n_columns;
    struct arena *mem;
    struct diag *d;
};

static const struct field *find_field(const struct load *l, const char *header)
{
    const struct dictionary *dict = l->set->dict;
    for (size_t i = 0; i < dict->n_by_scope[l->scope]; i++) {
        const struct field *f = dict->by_scope[l->scope][i];
        if (strcmp(header, f->label.ja) == 0 ||
            strcmp(header, f->label.en) == 0 || strcmp(header, f->name) == 0 ||
            strcmp(header, f->path) == 0 ||
            strcmp(header, text_nfkc(f->label.ja, l->mem)) == 0)
            return f;
    }
    return NULL;
}

static bool refuse_header(const struct load *l, struct pos at,
                          const char *header)
{
    const struct dictionary *dict = l->set->dict;
    size_t n = dict->n_by_scope[l->scope];
    const char **names = ARENA_ARRAY(l->mem, const char *, n + N_KEY_COLUMNS);
    for (size_t i = 0; i < n; i++)
        names[i] = dict->by_scope[l->scope][i]->label.ja;
    for (int k = 0; k < N_KEY_COLUMNS; k++)
        if (scope_has_key(l->scope, (enum key_column)k))
            names[n++] = key_labels[k].ja;
    return unknown_column(at, header, text_nearest(header, names, n), l->d);
}

static bool read_column(const struct load *l, size_t i, const char *cell)
{
    struct pos at = {l->file, 1, (int)i + 1};
    const char *header = text_trim(text_nfkc(cell, l->mem), l->mem);
    struct column *c = &l->columns[i];
    *c = (struct column){key_column_find(header), NULL};
    if (c->key == N_KEY_COLUMNS)
        c->f = find_field(l, header);
    if (!c->f && (c->key == N_KEY_COLUMNS || !scope_has_key(l->scope, c->key)))
        return refuse_header(l, at, header);
    for (size_t k = 0; k < i; k++)
        if (l->columns[k].f == c->f && l->columns[k].key == c->key)
            return diag_error(l->d, at, "csv-duplicate-column",
                              "列「%s」が2つあります",
                              "the column \"%s\" is there twice", header);
    return true;
}

static bool read_header(struct load *l, const char **cells, size_t n)
{
    bool ok = true, has[N_KEY_COLUMNS] = {false};
    l->columns = ARENA_ARRAY(l->mem, struct column, n);
    l->n_columns = n;
    for (size_t i = 0; i < n; i++) {
        ok = read_column(l, i, cells[i]) && ok;
        if (!l->columns[i].f && l->columns[i].key < N_KEY_COLUMNS)
            has[l->columns[i].key] = true;
    }
    for (int k = 0; k < N_KEY_COLUMNS; k++)
        if (!has[k] && scope_has_key(l->scope, (enum key_column)k))
            ok = diag_error(l->d, (struct pos){l->file, 1, 0}, "missing-column",
                            "列「%s」がありません", "there is no column \"%s\"",
                            key_labels[k].ja);
    return ok;
}

static bool key_is_missing(const struct row_key *key, enum key_column k)
{
    switch (k) {
    case KEY_HOUSEHOLD:
        return !key->household || !*key->household;
    case KEY_CHILD:
        return !key->child || !*key->child;
    case KEY_PERSON:
        return key->person == 0;
    case KEY_SEQ:
        return key->seq == 0;
    case N_KEY_COLUMNS:
        break;
    }
    return false;
}

static bool read_key(const struct load *l, const char **cells, int line,
                     struct row_key *key, struct arena *row_mem)
{
    bool ok = true;
    *key = (struct row_key){.household = "", .child = ""};
    for (size_t i = 0; i < l->n_columns; i++) {
        struct pos at = {l->file, line, (int)i + 1};
        enum key_column k = l->columns[i].key;
        if (k == N_KEY_COLUMNS)
            continue;
        if (!key_column_put(key, k, cells[i], at, row_mem, l->d))
            ok = false;
        else if (key_is_missing(key, k))
            ok = diag_error(l->d, at, "key-missing", "%s が空です",
                            "%s is empty", key_labels[k].ja);
    }
    return ok;
}

static bool read_row(const struct load *l, const char **cells, int line)
{
    struct arena row_mem = ARENA_INIT;
    struct row_key key;
    size_t before = l->set->tables[l->scope].n_rows;
    bool ok = read_key(l, cells, line, &key, &row_mem);
    size_t row = ok ? record_set_row(l->set, l->scope, &key) : 0;
    arena_release(&row_mem);
    if (!ok)
        return false;
    if (row < before)
        return diag_error(l->d, (struct pos){l->file, line, 0}, "duplicate-row",
                          "同じ番号の行がすでにあります",
                          "a row with these numbers is there already");
    for (size_t i = 0; i < l->n_columns; i++) {
        struct pos at = {l->file, line, (int)i + 1};
        struct slot v;
        if (!l->columns[i].f || !*cells[i])
            continue;
        if (value_parse(l->columns[i].f, cells[i], l->set->strings, at, &v,
                        l->d))
            record_set_put(l->set, l->columns[i].f, row, v, NULL);
        else
            ok = false;
    }
    return ok;
}

static bool read_rows(struct load *l, struct csv_reader *reader)
{
    const char **cells;
    size_t n;
    int line, errors = 0;
    if (!csv_reader_next(reader, &cells, &n, &line))
        return !csv_reader_failed(reader);
    if (!read_header(l, cells, n))
        return false;
    while (csv_reader_next(reader, &cells, &n, &line)) {
        errors += !read_row(l, cells, line);
        if (errors == MAX_ERRORS)
            return diag_error(
                l->d, (struct pos){l->file, line, 0}, "too-many-errors",
                "誤りが %d 行になったため、ここで読むのをやめました",
                "%d rows have errors: reading stops here", MAX_ERRORS);
    }
    return errors == 0 && !csv_reader_failed(reader);
}

bool record_csv_load_scope(struct record_set *set, enum scope scope,
                           const char *bytes, size_t len, const char *name,
                           struct diag *d)
{
    struct arena mem = ARENA_INIT;
    struct load l = {
        .set = set, .scope = scope, .file = name, .mem = &mem, .d = d};
    struct csv_reader *reader =
        csv_reader_open(bytes, len, name, ENCODING_AUTO, &mem, d);
    bool ok = reader && read_rows(&l, reader);
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
