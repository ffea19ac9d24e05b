/*
 * nyusho export CASE: the records as they stand, office data and corrections
 * among them, as a folder of CSV files or as one JSON document. What comes out
 * can be imported again.
 */
#include "cli/case_context.h"
#include "cli/commands.h"
#include "cli/csv_options.h"
#include "core/file.h"
#include "records/protect.h"
#include "records/record_csv.h"
#include "records/record_json.h"

#include <string.h>

const struct option_spec export_options[] = {
    {"--out",
     "FOLDER|FILE.json",
     {"書き出す先。.json で終われば JSON", "where; .json makes JSON"}},
    {"--encoding",
     "utf8|cp932",
     {"CSV の文字コード (既定 utf8)", "encoding (default utf8)"}},
    {NULL, NULL, {NULL, NULL}},
};

static bool is_json(const char *path)
{
    size_t len = strlen(path);
    return len > 5 && strcmp(path + len - 5, ".json") == 0;
}

static bool write_json(const struct record_set *set, const char *path,
                       struct diag *d)
{
    struct buf text = BUF_INIT;
    record_json_write(set, &text);
    bool ok = file_write_atomic(path, text.bytes, text.len, d);
    buf_release(&text);
    return ok;
}

static bool write_records(struct cli *c, const struct record_set *set,
                          const char *path)
{
    struct csv_style style;
    if (!csv_options_take(c, &style))
        return false;
    bool ok = is_json(path)
                  ? write_json(set, path, &c->diag)
                  : record_csv_write(set, path, style, c->lang, &c->diag);
    if (ok)
        cli_say(c, "世帯 %zu 件の記録を書き出しました: %s\n",
                "records of %zu households: %s\n", set->n_households, path);
    cJSON_AddNumberToObject(c->report, "households", (double)set->n_households);
    return ok;
}

int export_run(struct cli *c)
{
    const char *path = cli_option(c, "--out");
    struct case_context ctx;
    if (!path) {
        diag_error(&c->diag, POS_FILE("export"), "bad-option",
                   "--out に書き出す先を書いてください", "give --out");
        return EXIT_INPUT;
    }
    if (!case_context_load(c, c->args[0], CONTEXT_OFFICE, &ctx))
        return EXIT_INPUT;
    struct record_set set;
    record_set_init(&set, &ctx.dict);
    struct case_db *db =
        case_open(c->args[0], CASE_READ, cli_stamp(c), &c->diag);
    bool ok = db && case_load_records(db, ctx.office, ctx.n_office, &set, false,
                                      &c->diag);
    if (ok)
        records_hide_addresses(&set);
    ok = ok && write_records(c, &set, path);
    case_close(db);
    record_set_release(&set);
    return ok ? cli_status(c) : cli_failure(c);
}
