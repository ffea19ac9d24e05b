#include "bench/accuracy_rows.h"

#include "core/file.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define MAX_RESULTS ((size_t)1 << 30)

static const char *const row_names[N_ROW_KINDS] = {
    [ROW_BOX] = "box", [ROW_PEER] = "peer", [ROW_PAGE] = "page"};

/* Every column, in order. */
enum column {
    COL_ROW,
    COL_FILE,
    COL_PAGE,
    COL_FIELD,
    COL_TYPE,
    COL_KIND,
    COL_HAND,
    COL_TRUTH,
    COL_STATE,
    COL_VALUE,
    COL_RUNNER_UP,
    COL_REASON,
    COL_CONFIDENCE,
    COL_CPU,
    COL_TESSERACT,
    COL_KIB,
    N_COLUMNS
};
static const char *const column_names[N_COLUMNS] = {
    "row",        "file",   "page",         "field", "type",      "kind",
    "hand",       "truth",  "state",        "value", "runner_up", "reason",
    "confidence", "cpu_us", "tesseract_us", "kib"};

/* ── writing ── */

bool row_file_open(struct row_file *f, const char *path, size_t whole,
                   struct diag *d)
{
    const struct csv_style plain = {.lf = true, .no_bom = true};
    csv_begin(&f->page, plain);
    f->out = fopen(path, whole ? "r+" : "w");
    if (!f->out || (whole && (ftruncate(fileno(f->out), (off_t)whole) != 0 ||
                              fseek(f->out, 0, SEEK_END) != 0)))
        return file_unwritable(path, errno, d);
    if (whole)
        return true;
    for (int c = 0; c < N_COLUMNS; c++)
        csv_text(&f->page, column_names[c]);
    csv_end_row(&f->page);
    return row_file_flush(f);
}

/* A line break would end the row for whoever cuts the file. */
static void put_text(struct csv_writer *w, const char *text)
{
    struct arena a = ARENA_INIT;
    char *line = arena_strdup(&a, text ? text : "");
    for (char *p = line; *p; p++)
        if (*p == '\n' || *p == '\r')
            *p = ' ';
    csv_text(w, line);
    arena_release(&a);
}

void row_put(struct row_file *f, const struct accuracy_row *row)
{
    struct csv_writer *w = &f->page;
    csv_text(w, row_names[row->row]);
    put_text(w, row->file);
    csv_int(w, row->page);
    put_text(w, row->field);
    put_text(w, row->type);
    csv_text(w, row->row == ROW_PAGE ? "" : fill_kind_names[row->kind]);
    put_text(w, row->hand);
    put_text(w, row->truth);
    csv_int(w, (int64_t)row->state);
    put_text(w, row->value);
    put_text(w, row->runner_up);
    put_text(w, row->reason);
    csv_int(w, row->confidence);
    csv_int(w, row->cpu_us);
    csv_int(w, row->tesseract_us);
    csv_int(w, row->kib);
    csv_end_row(w);
}

bool row_file_flush(struct row_file *f)
{
    bool ok = fwrite(f->page.out.bytes, 1, f->page.out.len, f->out) ==
                  f->page.out.len &&
              fflush(f->out) == 0;
    buf_clear(&f->page.out);
    return ok;
}

void row_file_close(struct row_file *f)
{
    if (f->out)
        fclose(f->out);
    f->out = NULL;
    csv_release(&f->page);
}

/* ── reading ── */

/* Behind the last line that says a whole page, or behind the header. */
static size_t whole_part(const char *bytes, size_t len)
{
    size_t whole = 0, start = 0;
    for (size_t i = 0; i < len; i++) {
        if (bytes[i] != '\n')
            continue;
        if (start == 0 || strncmp(bytes + start, "page,", 5) == 0)
            whole = i + 1;
        start = i + 1;
    }
    return whole;
}

static int64_t number(const struct csv *t, size_t r, enum column c)
{
    return strtoll(csv_cell(t, r, (int)c), NULL, 10);
}

static bool take_row(struct accuracy_row *row, const struct csv *t, size_t r)
{
    const char *name = csv_cell(t, r, COL_ROW);
    const char *kind = csv_cell(t, r, COL_KIND);
    *row = (struct accuracy_row){
        .row = N_ROW_KINDS,
        .file = csv_cell(t, r, COL_FILE),
        .page = (int)number(t, r, COL_PAGE),
        .field = csv_cell(t, r, COL_FIELD),
        .type = csv_cell(t, r, COL_TYPE),
        .hand = csv_cell(t, r, COL_HAND),
        .truth = csv_cell(t, r, COL_TRUTH),
        .state = (enum reading_state)number(t, r, COL_STATE),
        .value = csv_cell(t, r, COL_VALUE),
        .runner_up = csv_cell(t, r, COL_RUNNER_UP),
        .reason = csv_cell(t, r, COL_REASON),
        .confidence = (int)number(t, r, COL_CONFIDENCE),
        .cpu_us = number(t, r, COL_CPU),
        .tesseract_us = number(t, r, COL_TESSERACT),
        .kib = number(t, r, COL_KIB),
    };
    for (int k = 0; k < N_ROW_KINDS; k++)
        if (strcmp(row_names[k], name) == 0)
            row->row = (enum row_kind)k;
    return row->row == ROW_PAGE ||
           (row->row < N_ROW_KINDS && fill_kind_find(kind, &row->kind));
}

static bool is_results(const struct csv *t)
{
    if (t->n_columns != N_COLUMNS)
        return false;
    for (int c = 0; c < N_COLUMNS; c++)
        if (strcmp(t->header[c], column_names[c]) != 0)
            return false;
    return true;
}

bool rows_load(struct accuracy_rows *out, const char *path, struct arena *a,
               struct diag *d)
{
    struct csv t;
    size_t len;
    *out = (struct accuracy_rows){.n = 0};
    if (!file_exists(path))
        return true;
    const char *bytes = file_read(path, MAX_RESULTS, a, &len, d);
    if (!bytes)
        return false;
    out->whole = whole_part(bytes, len);
    if (!out->whole)
        return true;
    if (!csv_parse(bytes, out->whole, path, ENCODING_UTF8, &t, a, d))
        return false;
    out->items = ARENA_ARRAY(a, struct accuracy_row, t.n_rows + 1);
    bool ok = is_results(&t);
    for (; ok && out->n < t.n_rows; out->n++)
        ok = take_row(&out->items[out->n], &t, out->n);
    return ok || diag_error(d, POS_FILE(path), "bad-results",
                            "accuracy の結果ファイルではありません",
                            "this is no results file of accuracy");
}

bool rows_have(const struct accuracy_rows *rows, const char *file, int page)
{
    for (size_t i = 0; i < rows->n; i++)
        if (rows->items[i].row == ROW_PAGE && rows->items[i].page == page &&
            strcmp(rows->items[i].file, file) == 0)
            return true;
    return false;
}
