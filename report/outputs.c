/*
 * The table of a run's CSV files. To add one: its writer, a row here, its
 * columns in docs/files.md.
 */
#include "report/outputs.h"

#include "core/file.h"
#include "core/hash.h"

#include <string.h>

static const struct {
    const char *name;
    bool (*write)(const struct run_result *, struct csv_writer *,
                  const struct output_style *, struct diag *);
    bool later; /* of later rounds only */
} outputs[] = {
    {"applications.csv", write_applications, false},
    {"scores.csv", write_scores, false},
    {"score_lines.csv", write_score_lines, false},
    {"ranking.csv", write_ranking, false},
    {"placements.csv", write_placements, false},
    {"cutoffs.csv", write_cutoffs, false},
    {"waiting.csv", write_waiting, false},
    {"round.csv", write_round, true},
    {"chains.csv", write_round_chains, true},
};

const struct label run_kind_column = {"実行区分", "run"};

void csv_run_kind(struct csv_writer *w, const struct run_result *r,
                  enum lang lang)
{
    csv_text(w, label_text(run_kind_label(r), lang));
}

void csv_header(struct csv_writer *w, const struct label *columns, size_t n,
                enum lang lang)
{
    for (size_t i = 0; i < n; i++)
        csv_text(w, label_text(columns[i], lang));
    csv_end_row(w);
}

bool outputs_write(const struct run_result *r, const char *folder,
                   struct output_style style, struct diag *d)
{
    bool ok = folder_make(folder, d);
    for (size_t i = 0; ok && i < sizeof outputs / sizeof outputs[0]; i++) {
        struct csv_writer w;
        if (outputs[i].later && !r->round)
            continue;
        csv_begin(&w, style.csv);
        ok = outputs[i].write(r, &w, &style, d) &&
             csv_save(&w, folder, outputs[i].name, d);
        csv_release(&w);
    }
    return ok;
}

#define N_OUTPUTS (sizeof outputs / sizeof outputs[0])
/* Written beside the table's files. */
static const char *const others[] = {"findings.csv", "proof.json",
                                     "verify.json"};
#define N_OTHERS (sizeof others / sizeof others[0])
#define MAX_OUTPUT ((size_t)1 << 31)

const char *run_market_name(bool in_phases, size_t phase, struct arena *a)
{
    return in_phases ? arena_printf(a, "market-%zu.json", phase + 1)
                     : "market.json";
}

/* The table's files, those beside it, and the market of each phase; returns how
 * many. */
static size_t list_outputs(const struct run_result *r, struct run_input *files,
                           struct arena *a)
{
    size_t n = 0;
    for (size_t i = 0; i < N_OUTPUTS; i++)
        if (!outputs[i].later || r->round)
            files[n++].name = outputs[i].name;
    for (size_t i = 0; i < N_OTHERS; i++)
        files[n++].name = others[i];
    for (size_t i = 0; i < r->n_phases; i++)
        files[n++].name = arena_printf(a, "inputs/%s",
                                       run_market_name(run_in_phases(r), i, a));
    return n;
}

static bool hash_outputs(const char *folder, struct run_input *files, size_t n,
                         struct arena *a, struct diag *d)
{
    for (size_t i = 0; i < n; i++) {
        struct arena scratch = ARENA_INIT;
        char hex[HASH_HEX];
        size_t len;
        const char *bytes =
            file_read(path_join(&scratch, folder, files[i].name), MAX_OUTPUT,
                      &scratch, &len, d);
        if (bytes)
            hash_bytes_hex(bytes, len, hex);
        files[i].sha256 = bytes ? arena_strdup(a, hex) : NULL;
        arena_release(&scratch);
        if (!bytes)
            return false;
    }
    return true;
}

bool outputs_finish(const struct run_result *r, const char *folder,
                    struct output_style style, struct diag *d)
{
    struct csv_writer w;
    csv_begin(&w, style.csv);
    write_findings(r->findings, &w, style.lang);
    bool ok = csv_save(&w, folder, "findings.csv", d);
    csv_release(&w);
    struct arena mem = ARENA_INIT;
    struct run_input *files =
        ARENA_ARRAY(&mem, struct run_input, N_OUTPUTS + N_OTHERS + r->n_phases);
    size_t n = list_outputs(r, files, &mem);
    ok = ok && hash_outputs(folder, files, n, &mem, d);
    const char *text = ok ? run_json_text(r, files, n, &mem) : "";
    ok = ok && file_write_atomic(path_join(&mem, folder, "run.json"), text,
                                 strlen(text), d);
    arena_release(&mem);
    return ok;
}
