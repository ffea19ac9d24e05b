#include "records/office.h"

#include "core/csv.h"
#include "core/text.h"
#include "records/columns.h"

#include <stdlib.h>
#include <string.h>

/* The scopes an office knows about; forms and ledgers fill the others. */
static const enum scope office_scopes[] = {
    SCOPE_HOUSEHOLD, SCOPE_GUARDIAN,   SCOPE_JOB,
    SCOPE_REASON,    SCOPE_COHABITANT, SCOPE_CHILD,
};
#define N_OFFICE_SCOPES (sizeof office_scopes / sizeof office_scopes[0])

static const struct label as_of_label = {"時点", "as of"};
static const struct label source_label = {"出典", "source"};

/* One value of the file, until all of it is known to be good. */
struct office_value {
    const struct field *f;
    struct row_key key;
    const char *text, *as_of, *source;
    struct slot v;
    struct pos at;
};

struct office {
    const struct dictionary *dict;
    struct csv t;
    const struct field **fields; /* by column; NULL = not a field's */
    int keys[N_KEY_COLUMNS], as_of, source;
    struct office_value *values;
    size_t n, capacity;
    struct strings *strings;
    struct arena mem;
    struct diag *d;
};

static bool header_is(const struct office *o, int column, struct label l)
{
    const char *h = o->t.header[column];
    return strcmp(h, l.ja) == 0 || strcmp(h, l.en) == 0;
}

static bool in_office(enum scope scope)
{
    for (size_t i = 0; i < N_OFFICE_SCOPES; i++)
        if (office_scopes[i] == scope)
            return true;
    return false;
}

static bool refuse_column(struct office *o, int column)
{
    const char **names = ARENA_ARRAY(&o->mem, const char *, o->dict->n + 1);
    size_t n = 0;
    for (size_t i = 0; i < o->dict->n; i++)
        if (in_office(o->dict->fields[i].scope))
            names[n++] = o->dict->fields[i].label.ja;
    const char *header = o->t.header[column];
    return unknown_column((struct pos){o->t.file, 1, column + 1}, header,
                          text_nearest(header, names, n), o->d);
}

/* By path, or by a label that only one scope of the office has. */
static bool find_field(struct office *o, int column)
{
    const char *header = o->t.header[column];
    const struct field *found = NULL;
    for (size_t i = 0; i < o->dict->n; i++) {
        const struct field *f = &o->dict->fields[i];
        if (!in_office(f->scope))
            continue;
        if (strcmp(f->path, header) == 0) {
            found = f;
            break;
        }
        if (strcmp(text_nfkc(f->label.ja, &o->mem), header) != 0 &&
            strcmp(f->label.en, header) != 0)
            continue;
        if (found)
            return diag_error(o->d, (struct pos){o->t.file, 1, column + 1},
                              "ambiguous-column",
                              "列「%s」は %s と %s のどちらか決められません。"
                              "見出しをそのどちらかにしてください",
                              "the column \"%s\" may be %s or %s: use one of "
                              "these as the header",
                              header, found->path, f->path);
        found = f;
    }
    o->fields[column] = found;
    return found || refuse_column(o, column);
}

static bool need_column(struct office *o, int column, struct label l)
{
    return column >= 0 || diag_error(o->d, (struct pos){o->t.file, 1, 0},
                                     "missing-column", "列「%s」がありません",
                                     "there is no column \"%s\"", l.ja);
}

static bool read_header(struct office *o)
{
    bool ok = true;
    o->fields = ARENA_ARRAY(&o->mem, const struct field *, o->t.n_columns);
    o->as_of = o->source = -1;
    for (int k = 0; k < N_KEY_COLUMNS; k++)
        o->keys[k] = -1;
    for (int c = 0; c < (int)o->t.n_columns; c++) {
        enum key_column k = key_column_find(o->t.header[c]);
        if (k < N_KEY_COLUMNS)
            o->keys[k] = c;
        else if (header_is(o, c, as_of_label))
            o->as_of = c;
        else if (header_is(o, c, source_label))
            o->source = c;
        else
            ok = find_field(o, c) && ok;
    }
    ok =
        need_column(o, o->keys[KEY_HOUSEHOLD], key_labels[KEY_HOUSEHOLD]) && ok;
    ok = need_column(o, o->as_of, as_of_label) && ok;
    return need_column(o, o->source, source_label) && ok;
}

/* The row's key, cut down to what the field's scope uses. */
static bool field_key(struct office *o, const struct field *f,
                      const struct row_key *row, struct pos at,
                      struct row_key *out)
{
    const struct scope_info *s = &scope_infos[f->scope];
    if ((s->child && !*row->child) || (s->person && !row->person))
        return diag_error(o->d, at, "key-missing",
                          "%s は%sの項目です。この行に%sを書いてください",
                          "%s belongs to a %s: give its %s in this row",
                          f->label.ja, s->label.ja,
                          key_labels[s->child ? KEY_CHILD : KEY_PERSON].ja);
    *out = (struct row_key){row->household, s->child ? row->child : "",
                            s->person ? row->person : 0,
                            s->seq ? (row->seq ? row->seq : 1) : 0};
    return true;
}

static void add_value(struct office *o, const struct office_value *v)
{
    if (o->n == o->capacity) {
        size_t more = o->capacity ? o->capacity * 2 : 256;
        o->values =
            arena_grow(&o->mem, o->values, o->n, more, sizeof *o->values);
        o->capacity = more;
    }
    o->values[o->n++] = *v;
}

static bool check_source(struct office *o, size_t r, const char *as_of,
                         const char *source)
{
    static const struct field date = {
        .path = "as_of", .label = {"時点", "as of"}, .type = TYPE_DATE};
    struct slot v;
    if (!*as_of || !*source)
        return diag_error(
            o->d, csv_pos(&o->t, r, *as_of ? o->source : o->as_of),
            "source-missing", "値のある行には時点と出典の両方が必要です",
            "a row with values needs 時点 (as of) and 出典 "
            "(source)");
    return value_parse(&date, as_of, o->strings, csv_pos(&o->t, r, o->as_of),
                       &v, o->d);
}

static bool read_row_key(struct office *o, size_t r, struct row_key *key)
{
    *key = (struct row_key){.household = "", .child = ""};
    for (int k = 0; k < N_KEY_COLUMNS; k++)
        if (o->keys[k] >= 0 &&
            !key_column_put(key, (enum key_column)k,
                            csv_cell(&o->t, r, o->keys[k]),
                            csv_pos(&o->t, r, o->keys[k]), &o->mem, o->d))
            return false;
    if (*key->household)
        return true;
    return diag_error(o->d, csv_pos(&o->t, r, o->keys[KEY_HOUSEHOLD]),
                      "key-missing", "世帯番号が空です",
                      "the household no is empty");
}

static bool read_row(struct office *o, size_t r)
{
    struct row_key key;
    if (!read_row_key(o, r, &key))
        return false;
    struct office_value v = {
        .as_of = column_text(&o->t, r, o->as_of, &o->mem),
        .source = column_text(&o->t, r, o->source, &o->mem),
    };
    bool ok = true, any = false;
    for (int c = 0; c < (int)o->t.n_columns; c++) {
        v.f = o->fields[c];
        v.text = v.f ? csv_cell(&o->t, r, c) : "";
        v.at = csv_pos(&o->t, r, c);
        if (!*v.text)
            continue;
        any = true;
        if (field_key(o, v.f, &key, v.at, &v.key) &&
            value_parse(v.f, v.text, o->strings, v.at, &v.v, o->d))
            add_value(o, &v);
        else
            ok = false;
    }
    return (!any || check_source(o, r, v.as_of, v.source)) && ok;
}

static int by_value(const void *one, const void *other)
{
    const struct office_value *a = one, *b = other;
    int order = row_key_compare(&a->key, &b->key);
    if (!order)
        order = strcmp(a->f->path, b->f->path);
    return order ? order
                 : (a->at.line > b->at.line) - (a->at.line < b->at.line);
}

static bool check_twice(struct office *o)
{
    bool ok = true;
    struct office_value *all =
        arena_grow(&o->mem, o->values, o->n, o->n + 1, sizeof *all);
    qsort(all, o->n, sizeof *all, by_value);
    for (size_t i = 1; i < o->n; i++) {
        const struct office_value *a = &all[i - 1], *b = &all[i];
        if (a->f != b->f || row_key_compare(&a->key, &b->key) != 0 ||
            (a->v.num == b->v.num && a->v.state == b->v.state))
            continue;
        ok = diag_error(o->d, b->at, "office-twice",
                        "世帯 %s の %s が %d 行と違う値になっています",
                        "household %s: %s differs from line %d",
                        b->key.household, b->f->label.ja, a->at.line);
    }
    return ok;
}

bool office_load(const struct dictionary *dict, const char *bytes, size_t len,
                 const char *name, office_value_fn take, void *context,
                 struct diag *d)
{
    struct office o = {.dict = dict, .mem = ARENA_INIT, .d = d};
    o.strings = strings_new(&o.mem);
    bool ok = csv_parse(bytes, len, name, ENCODING_AUTO, &o.t, &o.mem, d) &&
              read_header(&o);
    for (size_t r = 0, n = ok ? o.t.n_rows : 0; r < n; r++)
        ok = read_row(&o, r) && ok;
    ok = ok && check_twice(&o);
    for (size_t i = 0; ok && i < o.n; i++) {
        const struct office_value *v = &o.values[i];
        ok = take(context, v->f, &v->key, v->text, v->as_of, v->source, v->at);
    }
    arena_release(&o.mem);
    return ok;
}
