/*
 * Writes a record folder of made-up applications as `nyusho score --records`
 * reads it, as large as wanted, and the case around them:
 *
 *     make_records DIR APPLICATIONS [SEED]
 *
 * DIR/case/ is a case without case.db, DIR/records/ its records, sorted by
 * household, every column of the dictionary, as a run copies them to inputs/.
 */
#include "bench/applications.h"
#include "core/file.h"
#include "records/record_csv.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CHUNK 5000 /* households in memory at a time */

static const char settings[] = "format: nyusho-case/1\n"
                               "municipality: 見本市\n"
                               "round: 2027-04\n"
                               "fiscal_year: 2027\n"
                               "entry_date: 2027-04-01\n"
                               "deadline: 2026-11-30\n"
                               "rules: urasoe-r8\n"
                               "nurseries: nurseries.csv\n"
                               "seats: seats.csv\n"
                               "forms: []\n"
                               "lottery: {seed: seed, approved_by: 見本, "
                               "approved_on: 2026-11-30}\n";

static bool save(struct arena *a, const char *folder, const char *name,
                 const char *text, struct diag *d)
{
    return file_write_atomic(path_join(a, folder, name), text, strlen(text), d);
}

static bool make_case(struct arena *a, const char *folder, struct diag *d)
{
    return folder_make(folder, d) &&
           save(a, folder, "nyusho.yaml", settings, d) &&
           save(a, folder, "nurseries.csv", application_nurseries(a), d) &&
           save(a, folder, "seats.csv", application_seats(a), d);
}

/* The rows of one scope, with the header only in front of the first chunk. */
static bool append(const struct record_set *set, enum scope s, bool first,
                   FILE *out, struct diag *d)
{
    struct csv_writer w;
    bool ok =
        record_csv_write_scope(set, s, RECORD_CSV_CANONICAL, LANG_JA, &w, d);
    const char *from = w.out.bytes;
    if (ok && !first)
        from = strchr(from, '\n') + 1;
    size_t len = ok ? w.out.len - (size_t)(from - w.out.bytes) : 0;
    ok = ok && fwrite(from, 1, len, out) == len;
    csv_release(&w);
    return ok;
}

static bool make_records(const struct application_city *c, const char *folder,
                         size_t n, uint64_t seed, struct diag *d)
{
    struct arena mem = ARENA_INIT;
    FILE *files[N_SCOPES] = {NULL};
    bool ok = folder_make(folder, d);
    for (int s = 0; ok && s < N_SCOPES; s++) {
        const char *name = arena_printf(&mem, "%s.csv", scope_infos[s].name);
        files[s] = fopen(path_join(&mem, folder, name), "wb");
        ok = files[s] != NULL;
    }
    for (size_t at = 0; ok && at < n; at += CHUNK) {
        struct record_set set;
        record_set_init(&set, &c->dict);
        applications_make(&set, seed, at, n - at < CHUNK ? n - at : CHUNK);
        for (int s = 0; ok && s < N_SCOPES; s++)
            ok = append(&set, (enum scope)s, at == 0, files[s], d);
        record_set_release(&set);
    }
    for (int s = 0; s < N_SCOPES; s++)
        ok = files[s] && fclose(files[s]) == 0 && ok;
    arena_release(&mem);
    return ok;
}

int main(int argc, char **argv)
{
    struct arena mem = ARENA_INIT;
    struct diag d = DIAG_INIT;
    struct application_city city;
    long n = argc > 2 ? atol(argv[2]) : 0;
    uint64_t seed = argc > 3 ? strtoull(argv[3], NULL, 10) : 20270401;
    bool ok = n >= 1 && n <= 10000000 && application_city_open(&city, &mem, &d);
    ok = ok && make_case(&mem, path_join(&mem, argv[1], "case"), &d) &&
         make_records(&city, path_join(&mem, argv[1], "records"), (size_t)n,
                      seed, &d);
    diag_print(&d, 0, LANG_EN, stderr);
    diag_release(&d);
    arena_release(&mem);
    return ok ? 0 : 2;
}
