/* nyusho compare CASE: who gains and who loses if the rules, the seats or the
 * applicants were others; or how the result made by hand agrees. */
#include "cli/commands.h"
#include "cli/compare_write.h"
#include "cli/csv_options.h"
#include "cli/out_folder.h"
#include "cli/run_change.h"
#include "cli/run_cli.h"
#include "core/file.h"
#include "core/hash.h"

#include <stdio.h>

#define SHOWN 20 /* rules, children: the rest is in the files */
#define MAX_MANUAL ((size_t)64 << 20)

const struct option_spec compare_options[] = {
    {"--rules",
     "B.yaml",
     {"比べる規則 (出荷済みの規則なら id)", "other rules (or a shipped id)"}},
    {"--seats", "B.csv", {"比べる募集人数", "other seats"}},
    {"--withdrawn",
     "FILE.csv",
     {"取り下げたとする児童 (世帯番号, 児童番号)",
      "children taken as withdrawn (household, child)"}},
    {"--from",
     "A.yaml",
     {"元の側の規則 (既定は実行の規則)",
      "rules of the side compared with (default: those of the run)"}},
    {"--manual",
     "FILE.csv",
     {"手作業の結果 (児童番号, 施設番号) と比べる",
      "compare with a result made by hand (child, facility)"}},
    {"--run", "ID", {"元にする実行 (既定 latest)", "the run (default latest)"}},
    CSV_OPTION_ROWS,
    {NULL, NULL, {NULL, NULL}},
};

static void say(struct cli *c, const struct buf *text, const char *path)
{
    cli_say(c, "%s", "%s", text->bytes ? text->bytes : "");
    cli_say(c, "結果: %s/\n", "results: %s/\n", path);
    cJSON_AddStringToObject(c->report, "folder", path);
}

/* ---- two results ---- */

static void add_chains(struct cli *c, const struct comparison *x)
{
    cJSON *list = cJSON_AddArrayToObject(c->report, "chains");
    for (size_t i = 0; i < x->chains.chains.n; i++)
        cJSON_AddItemToArray(list, cJSON_CreateString(chain_text(
                                       &x->chains, i, c->lang, &c->mem)));
}

static void report(struct cli *c, const struct comparison *x, const char *path)
{
    struct buf text = BUF_INIT;
    const struct run_result *const *r = x->result;
    cli_say(c, "%s → %s\n", "%s → %s\n", r[0]->rules->id, r[1]->rules->id);
    compare_text(x, SHOWN, c->lang, &text);
    say(c, &text, path);
    buf_release(&text);
    cJSON_AddNumberToObject(c->report, "total rises", (double)x->higher);
    cJSON_AddNumberToObject(c->report, "total falls", (double)x->lower);
    add_chains(c, x);
    for (int k = 0; k < N_CHANGES; k++)
        cJSON_AddNumberToObject(c->report, change_label((enum change)k).en,
                                (double)x->by_change[k]);
}

static void warn_untested(struct cli *c, const struct run *r)
{
    if (r->result.open.rules_untested)
        diag_warn(&c->diag, POS_FILE(r->ctx.rules.file), "rules-untested",
                  "規則の例が合わないか、例がありません。nyusho rules test "
                  "で確かめてください",
                  "examples of the rule set fail, or there are none; see "
                  "nyusho rules test");
}

/* Nothing changed on purpose: the case as it is now. */
static bool make_after(struct cli *c, const char *folder,
                       const struct run_changes *changes, struct run *after,
                       struct compare_inputs *in)
{
    struct run_options o = {.style = in->style};
    if (changes->rules || changes->seats || changes->withdrawn)
        return run_remake_changed(c, folder, changes, after, &in->changes[1]);
    if (!run_make(c, c->args[0], &o, after))
        return false;
    in->after = after->result.id;
    return true;
}

static bool compare_runs(struct cli *c, const char *folder,
                         struct compare_inputs *in)
{
    const struct run_changes from = {.rules = cli_option(c, "--from")};
    const struct run_changes to = {.rules = cli_option(c, "--rules"),
                                   .seats = cli_option(c, "--seats"),
                                   .withdrawn = cli_option(c, "--withdrawn")};
    struct run before = RUN_INIT, after = RUN_INIT;
    struct comparison x;
    const char *path;
    bool ok = run_remake_changed(c, folder, &from, &before, &in->changes[0]) &&
              make_after(c, folder, &to, &after, in);
    if (ok) {
        warn_untested(c, &after);
        compare_results(&before.result, &after.result, &x, &c->mem);
        ok = compare_write(c, c->args[0], in, &x, &path);
    }
    if (ok)
        report(c, &x, path);
    run_release(&before);
    run_release(&after);
    return ok;
}

/* ---- by hand ---- */

static bool compare_manual(struct cli *c, const char *folder,
                           struct compare_inputs *in, bool *differ)
{
    const char *name = cli_option(c, "--manual"), *path;
    struct run run = RUN_INIT;
    struct manual_result m;
    struct buf text = BUF_INIT;
    char hex[HASH_HEX];
    size_t len;
    const char *bytes = file_read(name, MAX_MANUAL, &c->mem, &len, &c->diag);
    bool ok = bytes && run_remake(c, folder, &run) &&
              manual_result_load(&run.result, bytes, len, name, &m, &c->mem,
                                 &c->diag);
    if (ok) {
        hash_bytes_hex(bytes, len, hex);
        in->manual = arena_strdup(&c->mem, hex);
        ok = compare_write_manual(c, c->args[0], in, &m, &path);
    }
    if (ok) {
        *differ = m.n_agree < m.n_told;
        manual_result_text(&m, SHOWN, c->lang, &text);
        say(c, &text, path);
        compare_manual_json(c->report, &m, &c->mem);
    }
    buf_release(&text);
    run_release(&run);
    return ok;
}

static bool options_fit(struct cli *c)
{
    static const char *const others[] = {"--rules", "--seats", "--withdrawn",
                                         "--from"};
    bool ok = true;
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
        if (cli_option(c, "--manual") && cli_option(c, others[i]))
            ok = diag_error(&c->diag, POS_FILE(others[i]), "bad-option",
                            "--manual と一緒には使えません",
                            "cannot be used together with --manual");
    return ok;
}

int compare_run(struct cli *c)
{
    struct run_options o;
    bool differ = false;
    const char *folder = NULL;
    bool ok = options_fit(c) && run_options_take(c, &o) &&
              (folder = run_folder_find(c, c->args[0], cli_option(c, "--run")));
    if (ok) {
        struct compare_inputs in = {.before = run_folder_id(c, folder),
                                    .after = "",
                                    .changes = {"", ""},
                                    .manual = "",
                                    .style = o.style};
        ok = cli_option(c, "--manual") ? compare_manual(c, folder, &in, &differ)
                                       : compare_runs(c, folder, &in);
    }
    if (!ok)
        return cli_failure(c);
    return differ ? EXIT_FINDINGS : cli_status(c);
}
