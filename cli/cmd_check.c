/*
 * nyusho check CASE: what is missing or does not fit before anything is
 * scored. Two files: missing.csv, a row for each paper still to come, and
 * checks.csv, a row for each cross-check 突合 that found something.
 */
#include "cli/case_check.h"
#include "cli/commands.h"
#include "cli/csv_options.h"
#include "cli/out_folder.h"
#include "core/date.h"
#include "core/file.h"
#include "records/check.h"
#include "report/missing.h"
#include "report/sheet.h"

#include <string.h>

const struct option_spec check_options[] = {
    {"--out", "FOLDER", {"書き出す先 (既定 CASE)", "where (default CASE)"}},
    {"--names",
     NULL,
     {"missing.csv に氏名と電話番号を加える",
      "names and telephone in missing.csv"}},
    CSV_OPTION_ROWS,
    {NULL, NULL, {NULL, NULL}},
};

/* What was found in one case. */
struct checked {
    const struct case_context *ctx;
    const struct record_set *set;
    struct output_style style;
    struct missing_row *rows;
    size_t n_rows, capacity;
    size_t n_households;  /* with a row */
    size_t untyped;       /* papers nobody has named, in all */
    struct diag findings; /* of the cross-checks */
};

/* The known text of a field of this row; "" otherwise. */
static const char *known_text(const struct record_set *set, const char *path,
                              const struct row_key *key)
{
    const struct field *f = dictionary_find(set->dict, path);
    size_t row = f ? record_find(set, f->scope, key) : (size_t)-1;
    if (row == (size_t)-1)
        return "";
    struct slot v = record_get(set, f, row);
    return v.state == VALUE_KNOWN ? strings_text(set->strings, v.num) : "";
}

static struct missing_row row_of(const struct record_set *set, size_t h,
                                 const struct missing_document *m,
                                 size_t untyped)
{
    struct row_key key = {.household = set->households[h].no,
                          .child = m->child,
                          .person = m->person ? m->person : 1};
    bool child = m->type->holder == HOLDER_CHILD;
    const char *own = child ? "" : known_text(set, "guardian.phone", &key);
    return (struct missing_row){
        .household = set->households[h].no,
        .document = *m,
        .untyped = untyped,
        .name = known_text(set, child ? "child.name" : "guardian.name", &key),
        .phone = *own ? own : known_text(set, "household.phone", &key)};
}

static void add_row(struct checked *x, struct missing_row row, struct arena *a)
{
    if (x->n_rows == x->capacity) {
        size_t more = x->capacity ? 2 * x->capacity : 64;
        x->rows = arena_grow(a, x->rows, x->n_rows, more, sizeof *x->rows);
        x->capacity = more;
    }
    x->rows[x->n_rows++] = row;
}

static void list_missing(struct cli *c, struct checked *x)
{
    for (size_t h = 0; h < x->set->n_households; h++) {
        struct missing_document *m;
        size_t n =
            documents_missing(&x->ctx->documents, x->set, h, &m, &c->mem);
        size_t untyped = documents_untyped(x->set, h);
        x->n_households += n > 0;
        x->untyped += untyped;
        for (size_t i = 0; i < n; i++)
            add_row(x, row_of(x->set, h, &m[i], untyped), &c->mem);
    }
}

static bool write_files(struct cli *c, const struct checked *x,
                        const char *folder)
{
    struct csv_writer missing, checks;
    csv_begin(&missing, x->style.csv);
    write_missing(x->rows, x->n_rows,
                  date_iso(x->ctx->settings.deadline, &c->mem), &missing,
                  &x->style);
    csv_begin(&checks, x->style.csv);
    write_findings(&x->findings, &checks, c->lang);
    bool ok = out_save_csv(c, &missing, folder, "missing.csv");
    return out_save_csv(c, &checks, folder, "checks.csv") && ok;
}

/* One line of a short table: its title, how many. */
static void say_count(struct cli *c, struct sheet *s, const char *title,
                      size_t n)
{
    if (n)
        sheet_row(s, (const char *[]){title, arena_printf(&c->mem, "%zu", n)});
}

static void count_documents(struct cli *c, const struct checked *x,
                            struct sheet *s)
{
    const struct documents *docs = &x->ctx->documents;
    for (size_t i = 0; i < docs->n; i++) {
        size_t n = 0;
        for (size_t k = 0; k < x->n_rows; k++)
            n += x->rows[k].document.type == &docs->types[i];
        say_count(c, s, docs->types[i].label, n);
    }
}

static void count_checks(struct cli *c, const struct checked *x,
                         struct sheet *s)
{
    for (size_t i = 0; i < n_record_checks; i++) {
        size_t n = 0;
        for (size_t k = 0; k < x->findings.n; k++)
            n += strcmp(x->findings.items[k].check, record_checks[i].name) == 0;
        say_count(c, s, label_text(record_checks[i].label, c->lang), n);
    }
}

static void say(struct cli *c, const struct checked *x, const char *folder)
{
    static const struct label titles[] = {{"足りない書類", "missing"},
                                          {"突合", "cross-check"},
                                          {"件数", "number"}};
    const struct sheet_column documents[] = {
        {label_text(titles[0], c->lang), 40, false},
        {label_text(titles[2], c->lang), 8, true}};
    const struct sheet_column checks[] = {
        {label_text(titles[1], c->lang), 40, false}, documents[1]};
    struct sheet s = sheet_make(
        label_text((struct label){"点検の結果", "checks"}, c->lang), &c->mem);
    struct buf text = BUF_INIT;
    cli_say(c,
            "世帯 %zu のうち書類の足りない世帯 %zu (%zu 通)、突合の指摘 %zu "
            "件、種類の決まっていない書類 %zu 通\n",
            "%zu households, %zu with documents missing (%zu), %zu findings of "
            "cross-checks, %zu papers without a type\n",
            x->set->n_households, x->n_households, x->n_rows, x->findings.n,
            x->untyped);
    if (x->n_rows)
        sheet_table(&s, documents, 2);
    count_documents(c, x, &s);
    if (x->findings.n)
        sheet_table(&s, checks, 2);
    count_checks(c, x, &s);
    sheet_text(&s, &text);
    cli_say(c, "%s", "%s", text.len ? text.bytes : "");
    buf_release(&text);
    cli_say(c, "%s/missing.csv と checks.csv に書きました\n",
            "written to %s/missing.csv and checks.csv\n", folder);
}

static void report(struct cli *c, const struct checked *x, const char *folder)
{
    cJSON *o = c->report;
    cJSON_AddNumberToObject(o, "households", (double)x->set->n_households);
    cJSON_AddNumberToObject(o, "households with documents missing",
                            (double)x->n_households);
    cJSON_AddNumberToObject(o, "documents missing", (double)x->n_rows);
    cJSON_AddNumberToObject(o, "papers without a type", (double)x->untyped);
    cJSON_AddNumberToObject(o, "findings", (double)x->findings.n);
    cJSON_AddStringToObject(o, "folder", folder);
}

static bool check_case(struct cli *c, const struct case_context *ctx,
                       struct case_db *db, struct checked *x)
{
    const char *folder = cli_option(c, "--out");
    struct record_set set;
    record_set_init(&set, &ctx->dict);
    bool ok = case_load_records(db, ctx->office, ctx->n_office, &set, false,
                                &c->diag);
    x->ctx = ctx;
    x->set = &set;
    if (!folder)
        folder = ctx->folder;
    if (ok) {
        case_cross_check(ctx, &set, &x->findings);
        list_missing(c, x);
        ok = folder_make(folder, &c->diag) && write_files(c, x, folder);
    }
    if (ok) {
        say(c, x, folder);
        report(c, x, folder);
    }
    record_set_release(&set);
    x->set = NULL;
    return ok;
}

static bool take_style(struct cli *c, struct output_style *out)
{
    *out = (struct output_style){.lang = c->lang,
                                 .names = cli_switch(c, "--names")};
    return csv_options_take(c, &out->csv);
}

int check_run(struct cli *c)
{
    struct case_context ctx;
    struct checked x = {.findings = DIAG_INIT};
    if (!take_style(c, &x.style) ||
        !case_context_load(
            c, c->args[0],
            CONTEXT_FACILITIES | CONTEXT_DOCUMENTS | CONTEXT_OFFICE, &ctx))
        return EXIT_INPUT;
    struct case_db *db =
        case_open(c->args[0], CASE_READ, cli_stamp(c), &c->diag);
    bool ok = db && check_case(c, &ctx, db, &x);
    case_close(db);
    size_t found = x.findings.n + x.n_rows;
    diag_release(&x.findings);
    if (!ok)
        return cli_failure(c);
    return found ? EXIT_FINDINGS : cli_status(c);
}
