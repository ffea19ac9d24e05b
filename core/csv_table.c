/* A whole table in memory, read with the reader of csv.c. */
#include "core/csv.h"

#include <string.h>

#define MAX_CELLS ((size_t)100 * 1000 * 1000)

/* Makes room for one more row of the table. */
static bool table_grow(struct csv *t, size_t *capacity, int line,
                       struct arena *a, struct diag *d)
{
    if (t->n_rows < *capacity)
        return true;
    if (t->n_rows > MAX_CELLS / t->n_columns)
        return diag_error(d, (struct pos){t->file, line, 0}, "csv-too-large",
                          "行が多すぎます（上限 %zu マス）",
                          "there are too many rows (limit %zu cells)",
                          MAX_CELLS);
    size_t more = *capacity ? *capacity * 2 : 64;
    t->cells = arena_grow(a, t->cells, t->n_rows * t->n_columns,
                          more * t->n_columns, sizeof *t->cells);
    t->lines = arena_grow(a, t->lines, t->n_rows, more, sizeof *t->lines);
    *capacity = more;
    return true;
}

bool csv_parse(const char *bytes, size_t len, const char *name,
               enum encoding encoding, struct csv *out, struct arena *a,
               struct diag *d)
{
    *out = (struct csv){.file = arena_strdup(a, name)};
    struct csv_reader *r = csv_reader_open(bytes, len, name, encoding, a, d);
    const char **cells;
    size_t n, capacity = 0;
    int line;
    if (!r || !csv_reader_next(r, &cells, &n, &line))
        return false;
    out->header = arena_grow(a, cells, n, n, sizeof *cells);
    out->n_columns = n;
    while (csv_reader_next(r, &cells, &n, &line)) {
        if (!table_grow(out, &capacity, line, a, d))
            return false;
        for (size_t i = 0; i < n; i++)
            out->cells[out->n_rows * n + i] = arena_strdup(a, cells[i]);
        out->lines[out->n_rows++] = line;
    }
    return !csv_reader_failed(r);
}

int csv_column(const struct csv *t, const char *header)
{
    for (size_t i = 0; i < t->n_columns; i++)
        if (strcmp(t->header[i], header) == 0)
            return (int)i;
    return -1;
}

const char *csv_cell(const struct csv *t, size_t row, int column)
{
    return t->cells[row * t->n_columns + (size_t)column];
}

struct pos csv_pos(const struct csv *t, size_t row, int column)
{
    return (struct pos){t->file, t->lines[row], column + 1};
}
