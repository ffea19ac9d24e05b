#include "records/record_stream.h"

#include "core/csv.h"
#include "core/file.h"
#include "records/record_csv.h"
#include "records/record_row.h"

#include <string.h>

#define MANUAL_FILE "manual_points.csv"
#define MANUAL_BYTES ((size_t)64 * 1024 * 1024)

/* One file, and the row of it that is still to be taken. */
struct source {
    struct record_rows rows;
    struct csv_reader *reader; /* NULL: no file, or at its end */
    const char **cells;
    int line;
    struct row_key key; /* in rows.row */
};

struct record_stream {
    const struct dictionary *dict;
    struct source sources[N_SCOPES];
    struct record_set manual; /* manual_points.csv */
    size_t next_manual;
    const char *last; /* household taken last, in one of two arenas */
    struct arena names[2];
    int name;
    int errors;
    struct diag *d;
};

static void close_source(struct source *s)
{
    csv_reader_close(s->reader);
    s->reader = NULL;
}

/* The next row of a file whose key can be used. */
static void advance(struct record_stream *in, struct source *s)
{
    size_t n;
    while (s->reader) {
        if (!csv_reader_next(s->reader, &s->cells, &n, &s->line)) {
            in->errors += csv_reader_failed(s->reader);
            close_source(s);
        } else if (record_rows_key(&s->rows, s->cells, s->line, &s->key)) {
            return;
        } else if (++in->errors >= RECORD_MAX_ERRORS) {
            close_source(s);
        }
    }
}

static bool open_source(struct record_stream *in, enum scope scope,
                        const char *path, struct arena *a)
{
    struct source *s = &in->sources[scope];
    const char **cells;
    size_t n;
    int line;
    s->rows = (struct record_rows){.dict = in->dict,
                                   .scope = scope,
                                   .file = path,
                                   .mem = a,
                                   .row = ARENA_INIT,
                                   .d = in->d};
    s->reader = csv_reader_open_file(path, a, in->d);
    if (!s->reader || !csv_reader_next(s->reader, &cells, &n, &line) ||
        !record_rows_header(&s->rows, cells, n))
        return false;
    advance(in, s);
    return true;
}

static bool open_manual(struct record_stream *in, const char *path)
{
    struct arena mem = ARENA_INIT;
    size_t len;
    const char *bytes = file_read(path, MANUAL_BYTES, &mem, &len, in->d);
    bool ok = bytes && manual_csv_load(&in->manual, bytes, len, path, in->d);
    arena_release(&mem);
    return ok;
}

static bool open_all(struct record_stream *in, const char *folder,
                     struct arena *a)
{
    bool ok = true, found = false;
    for (int s = 0; s < N_SCOPES; s++) {
        const char *name = arena_printf(a, "%s.csv", scope_infos[s].name);
        const char *path = path_join(a, folder, name);
        if (!file_exists(path))
            continue;
        found = true;
        ok = open_source(in, (enum scope)s, path, a) && ok;
    }
    const char *manual = path_join(a, folder, MANUAL_FILE);
    if (file_exists(manual))
        ok = open_manual(in, manual) && ok;
    if (!found)
        ok = diag_error(in->d, POS_FILE(folder), "no-records",
                        "household.csv などの記録ファイルがありません",
                        "there are no record files (household.csv …)");
    return ok;
}

struct record_stream *record_stream_open(const char *folder,
                                         const struct dictionary *dict,
                                         struct arena *a, struct diag *d)
{
    struct record_stream *in = ARENA_NEW(a, struct record_stream);
    *in = (struct record_stream){
        .dict = dict, .last = "", .names = {ARENA_INIT, ARENA_INIT}, .d = d};
    record_set_init(&in->manual, dict);
    if (open_all(in, folder, a))
        return in;
    record_stream_close(in);
    return NULL;
}

/* ---- households ---- */

/* The least number that any file stands at, kept until the one after next. */
static const char *next_household(struct record_stream *in)
{
    const char *least = NULL;
    for (int s = 0; s < N_SCOPES; s++) {
        const struct source *x = &in->sources[s];
        if (x->reader && (!least || strcmp(x->key.household, least) < 0))
            least = x->key.household;
    }
    if (!least)
        return NULL;
    in->name = !in->name;
    arena_clear(&in->names[in->name]);
    return arena_strdup(&in->names[in->name], least);
}

static bool not_sorted(struct record_stream *in, const struct source *s)
{
    in->errors++;
    return diag_error(
        in->d, (struct pos){s->rows.file, s->line, 1}, "records-not-sorted",
        "世帯番号 %s が %s の後にあります。世帯番号の順に並べてください "
        "(LC_ALL=C)",
        "household %s comes after %s: sort the file by household number "
        "(LC_ALL=C)",
        s->key.household, in->last);
}

static bool take_rows(struct record_stream *in, struct source *s,
                      const char *household, struct record_set *set)
{
    while (s->reader && strcmp(s->key.household, household) == 0) {
        if (!record_rows_put(&s->rows, set, &s->key, s->cells, s->line) &&
            ++in->errors >= RECORD_MAX_ERRORS)
            return diag_error(
                in->d, (struct pos){s->rows.file, s->line, 0},
                "too-many-errors",
                "誤りが %d 行になったため、ここで読むのをやめました",
                "%d rows have errors: reading stops here", RECORD_MAX_ERRORS);
        advance(in, s);
        if (s->reader && strcmp(s->key.household, household) < 0)
            return not_sorted(in, s);
    }
    return true;
}

/* Both are sorted by household. Points of households that do not apply are
 * passed over, as they are when everything is loaded. */
static void take_manual(struct record_stream *in, const char *household,
                        struct record_set *set)
{
    int order = -1;
    for (; in->next_manual < in->manual.n_manual; in->next_manual++) {
        const struct manual_points *m = &in->manual.manual[in->next_manual];
        order = strcmp(m->household, household);
        if (order > 0)
            return;
        if (order == 0)
            record_set_add_manual(set, m);
    }
}

static bool take_household(struct record_stream *in, const char *household,
                           struct record_set *set)
{
    in->last = household;
    for (int s = 0; s < N_SCOPES; s++)
        if (!take_rows(in, &in->sources[s], household, set))
            return false;
    take_manual(in, household, set);
    return true;
}

bool record_stream_next(struct record_stream *in, struct record_set *set,
                        size_t n)
{
    bool ok = true;
    const char *household;
    record_set_init(set, in->dict);
    while (n > 0 && ok && (household = next_household(in))) {
        ok = take_household(in, household, set);
        n--;
    }
    record_set_finish(set);
    if (ok && set->n_households > 0)
        return true;
    record_set_release(set);
    return false;
}

bool record_stream_failed(const struct record_stream *in)
{
    return !in || in->errors > 0;
}

void record_stream_close(struct record_stream *in)
{
    for (int s = 0; in && s < N_SCOPES; s++) {
        close_source(&in->sources[s]);
        record_rows_release(&in->sources[s].rows);
    }
    if (!in)
        return;
    record_set_release(&in->manual);
    arena_release(&in->names[0]);
    arena_release(&in->names[1]);
}
