#include "records/record_row.h"

#include "core/text.h"

#include <string.h>

static const struct field *find_field(const struct record_rows *l,
                                      const char *header)
{
    const struct dictionary *dict = l->dict;
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

static bool refuse_header(const struct record_rows *l, struct pos at,
                          const char *header)
{
    const struct dictionary *dict = l->dict;
    size_t n = dict->n_by_scope[l->scope];
    const char **names = ARENA_ARRAY(l->mem, const char *, n + N_KEY_COLUMNS);
    for (size_t i = 0; i < n; i++)
        names[i] = dict->by_scope[l->scope][i]->label.ja;
    for (int k = 0; k < N_KEY_COLUMNS; k++)
        if (scope_has_key(l->scope, (enum key_column)k))
            names[n++] = key_labels[k].ja;
    return unknown_column(at, header, text_nearest(header, names, n), l->d);
}

static bool read_column(const struct record_rows *l, size_t i, const char *cell)
{
    struct pos at = {l->file, 1, (int)i + 1};
    const char *header = text_trim(text_nfkc(cell, l->mem), l->mem);
    struct record_column *c = &l->columns[i];
    *c = (struct record_column){.key = key_column_find(header)};
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

bool record_rows_header(struct record_rows *l, const char **cells, size_t n)
{
    bool ok = true, has[N_KEY_COLUMNS] = {false};
    l->columns = ARENA_ARRAY(l->mem, struct record_column, n);
    l->n_columns = n;
    for (size_t i = 0; i < n; i++) {
        ok = read_column(l, i, cells[i]) && ok;
        if (l->columns[i].f || l->columns[i].key == N_KEY_COLUMNS)
            continue;
        if (!has[l->columns[i].key])
            l->keys[l->n_keys++] = i;
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

bool record_rows_key(struct record_rows *l, const char **cells, int line,
                     struct row_key *key)
{
    bool ok = true;
    arena_clear(&l->row);
    *key = (struct row_key){.household = "", .child = ""};
    for (size_t n = 0; n < l->n_keys; n++) {
        size_t i = l->keys[n];
        struct pos at = {l->file, line, (int)i + 1};
        enum key_column k = l->columns[i].key;
        if (!key_column_put(key, k, cells[i], at, &l->row, l->d))
            ok = false;
        else if (key_is_missing(key, k))
            ok = diag_error(l->d, at, "key-missing", "%s が空です",
                            "%s is empty", key_labels[k].ja);
    }
    return ok;
}

/* Texts are ids of one set, and what is warned of is warned of each time. */
static void remember(struct record_column *c, const char *cell, struct slot v)
{
    size_t len = strlen(cell);
    if (c->f->type >= TYPE_INTEGER && len < sizeof c->last) {
        memcpy(c->last, cell, len + 1);
        c->value = v;
    }
}

static bool read_cell(struct record_rows *l, struct record_column *c,
                      const char *cell, struct strings *s, struct pos at,
                      struct slot *out)
{
    if (strcmp(c->last, cell) == 0) {
        *out = c->value;
        return true;
    }
    size_t said = l->d ? l->d->n : 0;
    if (!value_parse(c->f, cell, s, at, out, l->d))
        return false;
    if (l->d && l->d->n == said)
        remember(c, cell, *out);
    return true;
}

bool record_rows_put(struct record_rows *l, struct record_set *set,
                     const struct row_key *key, const char **cells, int line)
{
    bool ok = true;
    size_t before = set->tables[l->scope].n_rows;
    size_t row = record_set_row(set, l->scope, key);
    if (row < before)
        return diag_error(l->d, (struct pos){l->file, line, 0}, "duplicate-row",
                          "同じ番号の行がすでにあります",
                          "a row with these numbers is there already");
    for (size_t i = 0; i < l->n_columns; i++) {
        struct pos at = {l->file, line, (int)i + 1};
        struct slot v;
        if (!*cells[i] || !l->columns[i].f)
            continue;
        if (read_cell(l, &l->columns[i], cells[i], set->strings, at, &v))
            record_set_put(set, l->columns[i].f, row, v, NULL);
        else
            ok = false;
    }
    return ok;
}

void record_rows_release(struct record_rows *l)
{
    arena_release(&l->row);
}
