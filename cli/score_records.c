#include "cli/score_records.h"

#include "cli/run_cli.h"
#include "core/file.h"
#include "core/file_out.h"
#include "records/record_ahead.h"
#include "report/score_rows.h"

/* Few enough to stay in the cache of a core. */
#define HOUSEHOLDS 200

/* Written in pieces of about this size. */
#define PIECE_BYTES ((size_t)1 << 18)

struct table {
    struct file_out file;
    struct csv_writer rows;
};

struct scoring {
    struct cli *c;
    struct case_context ctx;
    struct score_context context;
    struct output_style style;
    const char *run_kind; /* 実行区分 */
    struct table scores, lines;
    size_t children, provisional;
};

/* ---- what goes out ---- */

static bool flush(struct scoring *s, struct table *t)
{
    struct csv_style style = t->rows.style;
    bool ok = csv_finish(&t->rows, t->file.path, &s->c->diag) &&
              file_out_write(&t->file, t->rows.out.bytes, t->rows.out.len,
                             &s->c->diag);
    csv_release(&t->rows);
    style.no_bom = true; /* the first piece had it */
    csv_begin(&t->rows, style);
    return ok;
}

static bool open_table(struct scoring *s, struct table *t, const char *folder,
                       const char *name,
                       void (*header)(struct csv_writer *, enum lang))
{
    struct cli *c = s->c;
    csv_begin(&t->rows, s->style.csv);
    header(&t->rows, s->style.lang);
    return file_out_open(&t->file, path_join(&c->mem, folder, name), &c->diag);
}

static bool open_tables(struct scoring *s, const char *folder)
{
    return folder_make(folder, &s->c->diag) &&
           open_table(s, &s->scores, folder, "scores.csv", score_rows_header) &&
           open_table(s, &s->lines, folder, "score_lines.csv",
                      score_line_rows_header);
}

static bool commit_tables(struct scoring *s)
{
    return flush(s, &s->scores) && flush(s, &s->lines) &&
           file_out_commit(&s->scores.file, &s->c->diag) &&
           file_out_commit(&s->lines.file, &s->c->diag);
}

static void close_tables(struct scoring *s)
{
    file_out_abandon(&s->scores.file);
    file_out_abandon(&s->lines.file);
    csv_release(&s->scores.rows);
    csv_release(&s->lines.rows);
}

/* ---- households ---- */

static void write_household(struct scoring *s, const struct scorer *scorer,
                            const struct household_score *hs, struct arena *mem)
{
    for (size_t i = 0; i < hs->n_children; i++) {
        const struct scored_child child = {
            scorer, scorer->set->households[hs->household].no, &hs->children[i],
            s->run_kind};
        score_rows_child(&s->scores.rows, &child, s->style.lang, mem);
        score_line_rows_child(&s->lines.rows, &child, s->style.lang, mem);
        s->children++;
        s->provisional += hs->children[i].provisional;
    }
}

static bool score_set(struct scoring *s, const struct record_set *set)
{
    struct arena plan = ARENA_INIT, mem = ARENA_INIT;
    struct scorer scorer;
    bool ok = scorer_open(&scorer, &s->ctx.rules, &s->context, set, &plan,
                          &s->c->diag);
    for (size_t h = 0; ok && h < set->n_households; h++) {
        struct household_score hs;
        score_household(&scorer, h, &hs, &mem);
        write_household(s, &scorer, &hs, &mem);
        arena_clear(&mem);
    }
    if (s->scores.rows.out.len > PIECE_BYTES)
        ok = ok && flush(s, &s->scores);
    if (s->lines.rows.out.len > PIECE_BYTES)
        ok = ok && flush(s, &s->lines);
    arena_release(&mem);
    arena_release(&plan);
    return ok;
}

/* The reader says what is wrong in `said` while its thread runs. */
static bool score_stream(struct scoring *s, struct record_stream *in)
{
    struct record_ahead *ahead = record_ahead_open(in, HOUSEHOLDS, &s->c->mem);
    struct record_set set;
    bool ok = true;
    while (ok && record_ahead_next(ahead, &set)) {
        ok = score_set(s, &set);
        record_set_release(&set);
    }
    record_ahead_close(ahead);
    return ok && !record_stream_failed(in);
}

static bool score_folder(struct scoring *s, const char *records)
{
    struct diag said = DIAG_INIT;
    struct record_stream *in =
        record_stream_open(records, &s->ctx.dict, &s->c->mem, &said);
    bool ok = in && score_stream(s, in);
    record_stream_close(in);
    for (size_t i = 0; i < said.n; i++)
        diag_add(&s->c->diag, &said.items[i]);
    diag_release(&said);
    if (ok && s->children == 0)
        ok = diag_error(&s->c->diag, POS_FILE(records), "no-applicants",
                        "申込児童がいません", "there is no applicant");
    return ok;
}

/* ---- the command ---- */

static bool load_case(struct scoring *s, const char *folder)
{
    struct cli *c = s->c;
    if (!case_context_load(c, folder,
                           CONTEXT_FACILITIES | CONTEXT_RULES | CONTEXT_NUMBERS,
                           &s->ctx))
        return false;
    const struct settings *set = &s->ctx.settings;
    s->context = (struct score_context){.entry_date = set->entry_date,
                                        .deadline = set->deadline,
                                        .fiscal_year = set->fiscal_year,
                                        .facilities = &s->ctx.facilities,
                                        .lottery_seed = set->lottery_seed,
                                        .drawn = s->ctx.drawn,
                                        .receipts = s->ctx.receipts};
    return true;
}

static void warn_untested(struct scoring *s)
{
    struct diag said = DIAG_INIT;
    struct rules_report report = {0};
    struct cli *c = s->c;
    bool untested = !ruleset_test(&s->ctx.rules, &report, &c->mem, &said);
    s->run_kind = label_text(run_kind_text(false, untested), c->lang);
    if (untested && !cli_switch(c, "--allow-untested"))
        diag_warn(&c->diag, POS_FILE(s->ctx.rules.file), "rules-untested",
                  "規則の例が合わないか、例がありません。nyusho rules test "
                  "で確かめてください",
                  "examples of the rule set fail, or there are none; see "
                  "nyusho rules test");
    diag_release(&said);
}

static bool take_options(struct scoring *s)
{
    struct run_options o;
    if (!run_options_take(s->c, &o))
        return false;
    s->style = o.style;
    if (!o.final && o.style.csv.encoding != ENCODING_CP932)
        return true;
    return diag_error(&s->c->diag, POS_FILE("--records"), "bad-option",
                      "--records の結果は試算で、UTF-8 で書きます。--final と "
                      "--encoding cp932 は使えません",
                      "--records gives a trial in UTF-8: --final and "
                      "--encoding cp932 cannot be used");
}

static void report(struct scoring *s, const char *out)
{
    struct cli *c = s->c;
    cli_say(c, "児童 %zu 人、未確定 %zu 人: %s/scores.csv, score_lines.csv\n",
            "%zu children, %zu provisional: %s/scores.csv, score_lines.csv\n",
            s->children, s->provisional, out);
    cJSON_AddStringToObject(c->report, "folder", out);
    cJSON_AddNumberToObject(c->report, "children", (double)s->children);
    cJSON_AddNumberToObject(c->report, "provisional", (double)s->provisional);
}

int score_records(struct cli *c, const char *folder, const char *records,
                  const char *out)
{
    struct scoring s = {
        .c = c, .scores.file = FILE_OUT_INIT, .lines.file = FILE_OUT_INIT};
    bool ok = take_options(&s) && load_case(&s, folder);
    if (ok)
        warn_untested(&s);
    ok = ok && open_tables(&s, out) && score_folder(&s, records) &&
         commit_tables(&s);
    close_tables(&s);
    if (!ok)
        return cli_failure(c);
    report(&s, out);
    return cli_status(c);
}
