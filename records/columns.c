#include "records/columns.h"

#include "core/text.h"

#include <stdlib.h>
#include <string.h>

#define MAX_KEY_BYTES 64
#define MAX_PERSON 99
#define MAX_SEQ 999

const struct label key_labels[N_KEY_COLUMNS] = {
    [KEY_HOUSEHOLD] = {"世帯番号", "household no"},
    [KEY_CHILD] = {"児童番号", "child no"},
    [KEY_PERSON] = {"人番号", "person no"},
    [KEY_SEQ] = {"連番", "seq"},
};

enum key_column key_column_find(const char *header)
{
    for (int k = 0; k < N_KEY_COLUMNS; k++)
        if (strcmp(header, key_labels[k].ja) == 0 ||
            strcmp(header, key_labels[k].en) == 0)
            return (enum key_column)k;
    return N_KEY_COLUMNS;
}

bool scope_has_key(enum scope scope, enum key_column key)
{
    const struct scope_info *s = &scope_infos[scope];
    return key == KEY_HOUSEHOLD || (key == KEY_CHILD && s->child) ||
           (key == KEY_PERSON && s->person) || (key == KEY_SEQ && s->seq);
}

/* ASCII without spaces: stays as it is. */
static bool is_plain(const char *text)
{
    for (const char *p = text; *p; p++)
        if ((unsigned char)*p <= ' ' || (unsigned char)*p >= 0x7f)
            return false;
    return true;
}

static bool key_is_good(const char *text)
{
    for (const char *p = text; *p; p++)
        if ((unsigned char)*p < 0x20 || *p == 0x7f)
            return false;
    return strlen(text) <= MAX_KEY_BYTES;
}

/* 1..max from plain digits, 0 when it is no such number. */
static int small_number(const char *text, int max)
{
    int n = 0;
    for (const char *c = text; *c; c++) {
        if (*c < '0' || *c > '9' || c - text == 6)
            return 0;
        n = n * 10 + (*c - '0');
    }
    return n <= max ? n : 0;
}

bool key_column_put(struct row_key *key, enum key_column column,
                    const char *cell, struct pos at, struct arena *a,
                    struct diag *d)
{
    bool number = column == KEY_PERSON || column == KEY_SEQ;
    const char *text = is_plain(cell) ? cell : text_trim(text_nfkc(cell, a), a);
    int n = number
                ? small_number(text, column == KEY_SEQ ? MAX_SEQ : MAX_PERSON)
                : 0;
    if ((number && *text && n == 0) || !key_is_good(text))
        return diag_error(d, at, "bad-key", "%s「%s」は番号として使えません",
                          "\"%2$s\" cannot be used as %1$s",
                          key_labels[column].ja, text);
    if (column == KEY_HOUSEHOLD)
        key->household = text;
    else if (column == KEY_CHILD)
        key->child = text;
    else if (column == KEY_PERSON)
        key->person = n;
    else
        key->seq = n;
    return true;
}

static int find_column(const struct csv *t, struct label l)
{
    int at = csv_column(t, l.ja);
    return at >= 0 ? at : csv_column(t, l.en);
}

bool unknown_column(struct pos at, const char *header, const char *near,
                    struct diag *d)
{
    if (near)
        return diag_error(d, at, "unknown-column",
                          "列「%s」はありません。もしかして「%s」ですか",
                          "there is no column \"%s\": did you mean \"%s\"?",
                          header, near);
    return diag_error(d, at, "unknown-column",
                      "列「%s」はこのファイルにはありません",
                      "this file has no column \"%s\"", header);
}

static bool report_unknown(const struct csv *t, size_t column,
                           const struct column_def *defs, size_t n,
                           struct diag *d)
{
    struct arena mem = ARENA_INIT;
    const char **names = ARENA_ARRAY(&mem, const char *, n);
    for (size_t i = 0; i < n; i++)
        names[i] = defs[i].label.ja;
    const char *header = t->header[column];
    unknown_column((struct pos){t->file, 1, (int)column + 1}, header,
                   text_nearest(header, names, n), d);
    arena_release(&mem);
    return false;
}

bool columns_find(const struct csv *t, const struct column_def *defs, size_t n,
                  int *out, struct diag *d)
{
    bool ok = true;
    for (size_t i = 0; i < n; i++) {
        out[i] = find_column(t, defs[i].label);
        if (out[i] < 0 && defs[i].required)
            ok = diag_error(d, (struct pos){t->file, 1, 0}, "missing-column",
                            "列「%s」がありません", "there is no column \"%s\"",
                            defs[i].label.ja);
    }
    for (size_t c = 0; c < t->n_columns; c++) {
        bool known = false;
        for (size_t i = 0; i < n && !known; i++)
            known = out[i] == (int)c;
        if (!known)
            ok = report_unknown(t, c, defs, n, d);
    }
    return ok;
}

const char *column_text(const struct csv *t, size_t row, int column,
                        struct arena *a)
{
    return column < 0 ? "" : text_trim(csv_cell(t, row, column), a);
}

bool column_int(const struct csv *t, size_t row, int column, int low, int high,
                int empty, int *out, struct arena *a, struct diag *d)
{
    *out = empty;
    if (column < 0)
        return true;
    const char *text = text_unspaced(text_nfkc(csv_cell(t, row, column), a), a);
    if (!*text)
        return true;
    size_t len = strlen(text);
    char *end = NULL;
    long n = len <= 9 ? strtol(text, &end, 10) : 0;
    if (len > 9 || *end || n < low || n > high)
        return diag_error(d, csv_pos(t, row, column), "bad-number",
                          "%s「%s」は %d から %d までの整数で書いてください",
                          "%s: \"%s\" is not a whole number from %d to %d",
                          t->header[column], text, low, high);
    *out = (int)n;
    return true;
}
