/* What is read can be written and is then read as the same cells. The first
 * byte chooses the encoding and the style. */
#include "core/csv.h"
#include "core/text.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

static void write_table(struct csv_writer *w, const struct csv *t)
{
    for (size_t c = 0; c < t->n_columns; c++)
        csv_text(w, t->header[c]);
    csv_end_row(w);
    for (size_t r = 0; r < t->n_rows; r++) {
        for (size_t c = 0; c < t->n_columns; c++)
            csv_code(w, csv_cell(t, r, (int)c));
        csv_end_row(w);
    }
}

/* A row of nothing but commas is a blank line to the reader. */
static bool has_blank_row(const struct csv *t)
{
    for (size_t r = 0; r < t->n_rows; r++) {
        size_t c = 0;
        while (c < t->n_columns && !*csv_cell(t, r, (int)c))
            c++;
        if (c == t->n_columns)
            return true;
    }
    return false;
}

/* Cells that look protected for Excel, or too long to be, change on the way. */
static bool is_exact(const struct csv *t)
{
    for (size_t i = 0; i < t->n_rows * t->n_columns; i++)
        if (strncmp(t->cells[i], "=\"", 2) == 0 ||
            text_count(t->cells[i]) > 200)
            return false;
    for (size_t c = 0; c < t->n_columns; c++)
        if (!*t->header[c] || strchr("=+-@", t->header[c][0]))
            return false;
    return !has_blank_row(t);
}

static void check_round_trip(const struct csv *t, struct csv_style style,
                             struct arena *mem)
{
    struct csv_writer w;
    struct csv back;
    csv_begin(&w, style);
    write_table(&w, t);
    if (csv_finish(&w, "fuzz.csv", NULL) && is_exact(t)) {
        enum encoding e = style.encoding;
        if (!csv_parse(w.out.bytes, w.out.len, "back.csv", e, &back, mem,
                       NULL) ||
            back.n_rows != t->n_rows || back.n_columns != t->n_columns)
            abort();
        for (size_t i = 0; i < t->n_rows * t->n_columns; i++)
            if (strcmp(t->cells[i], back.cells[i]) != 0)
                abort();
    }
    csv_release(&w);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    if (len == 0)
        return 0;
    struct csv_style style = {.encoding = (enum encoding)(bytes[0] % 3),
                              .excel = bytes[0] & 4,
                              .lf = bytes[0] & 8,
                              .no_bom = bytes[0] & 16};
    struct arena mem = ARENA_INIT;
    struct diag d = DIAG_INIT;
    struct csv t;
    bool ok = csv_parse((const char *)bytes + 1, len - 1, "fuzz.csv",
                        style.encoding, &t, &mem, &d);
    if (ok != (d.errors == 0))
        abort();
    if (ok)
        check_round_trip(&t, style, &mem);
    diag_release(&d);
    arena_release(&mem);
    return 0;
}
