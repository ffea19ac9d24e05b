#include "cli/run_cli.h"

#include "report/round.h"

#include <string.h>

bool run_options_take(struct cli *c, struct run_options *out)
{
    *out = (struct run_options){
        .final = cli_switch(c, "--final"),
        .allow_untested = cli_switch(c, "--allow-untested"),
        .style = {.lang = c->lang, .names = cli_switch(c, "--names")}};
    return csv_options_take(c, &out->style.csv) &&
           prove_options_take(c, &out->prove);
}

static bool round_options_take(struct cli *c, struct run_options *out)
{
    out->after = cli_option(c, "--after");
    out->withdrawn = cli_option(c, "--withdrawn");
    return !out->withdrawn || out->after ||
           diag_error(&c->diag, POS_FILE("--withdrawn"), "bad-option",
                      "--withdrawn は --after RUN と一緒に使います",
                      "--withdrawn goes with --after RUN");
}

bool run_do(struct cli *c, const char *folder, bool later, struct run *run,
            const char **path)
{
    struct run_options options;
    return run_options_take(c, &options) &&
           (!later || round_options_take(c, &options)) &&
           run_make(c, folder, &options, run) && run_write(c, run, path);
}

static void report(struct cli *c, const struct run *run, const char *path,
                   const size_t *by_outcome, int64_t left)
{
    cJSON *o = c->report;
    cJSON_AddStringToObject(o, "run", run->result.id);
    cJSON_AddStringToObject(o, "folder", path);
    cJSON_AddBoolToObject(o, "final", run->result.final);
    cJSON_AddBoolToObject(o, "rules untested", run->result.open.rules_untested);
    cJSON_AddBoolToObject(o, "verified", run->result.verified);
    cJSON_AddNumberToObject(o, "children", (double)run->result.n_applicants);
    for (int k = 0; k < N_OUTCOMES; k++)
        cJSON_AddNumberToObject(o, outcome_label((enum outcome)k).en,
                                (double)by_outcome[k]);
    cJSON_AddNumberToObject(o, "seats left", (double)left);
    cJSON_AddNumberToObject(o, "open doubts", (double)run->result.open.doubts);
}

/* What a final run would refuse, where there is any. */
static void say_open(struct cli *c, const struct run_open *o)
{
    const struct {
        size_t n;
        struct label name;
    } rows[] = {
        {o->point_doubts,
         {"指数・内定に関わる疑義", "doubts in points or places"}},
        {o->provisional, {"未確定の児童", "provisional children"}},
        {o->documents, {"未処理の書類", "documents not processed"}},
        {o->unsigned_seats, {"確認者のない募集人数", "unsigned seats"}},
        {o->ties, {"決まらない同点", "unbroken ties"}},
        {o->rules_untested, {"例の合わない規則", "untested rules"}},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        if (rows[i].n)
            cli_say(c, "  未了: %s %zu 件\n", "  open: %s %zu\n",
                    label_text(rows[i].name, c->lang), rows[i].n);
}

#define CHAINS_SHOWN 20 /* the rest is in chains.csv */

static void say_round(struct cli *c, const struct run_result *r)
{
    const struct round_result *x = r->round;
    struct buf text = BUF_INIT;
    if (!x)
        return;
    cli_say(c, "  前回の実行 %s の後、方針「%s」\n",
            "  after run %s, policy %s\n", x->after,
            label_text(round_policy_words[x->settings->policy], c->lang));
    for (size_t i = 0; i < x->round.n_gone && i < CHAINS_SHOWN; i++)
        round_leaver_text(r, i, c->lang, &text);
    cli_say(c, "%s", "%s", text.bytes ? text.bytes : "");
    if (x->round.n_gone > CHAINS_SHOWN)
        cli_say(c, "  ほか %zu 件は chains.csv\n", "  %zu more in chains.csv\n",
                x->round.n_gone - CHAINS_SHOWN);
    cJSON_AddStringToObject(c->report, "after run", x->after);
    cJSON_AddNumberToObject(c->report, "seats given back",
                            (double)x->round.n_gone);
    buf_release(&text);
}

void run_say(struct cli *c, const struct run *run, const char *path)
{
    const struct run_result *r = &run->result;
    size_t by_outcome[N_OUTCOMES] = {0};
    int64_t left = run_seats_left(r);
    for (size_t i = 0; i < r->n_applicants; i++)
        by_outcome[r->applicants[i].outcome]++;
    cli_say(c, "%s %s: 世帯 %zu、児童 %zu\n",
            "%s %s: %zu households, %zu children\n",
            label_text(run_kind_label(r), c->lang), r->id, r->set->n_households,
            r->n_applicants);
    for (int k = 0; k < N_OUTCOMES; k++)
        if (by_outcome[k])
            cli_say(c, "  %s %zu 人\n", "  %s: %zu\n",
                    label_text(outcome_label((enum outcome)k), c->lang),
                    by_outcome[k]);
    cli_say(c, "  残った枠 %lld\n", "  seats left: %lld\n", (long long)left);
    if (r->n_siblings)
        cli_say(
            c, "  きょうだい同時申込 %zu 世帯 (決まらず据え置き %zu)\n",
            "  households with siblings: %zu (left where they stood: %zu)\n",
            r->n_siblings, run_frozen(r));
    say_round(c, r);
    say_open(c, &r->open);
    cli_say(c, "  所見 %zu 件 (findings.csv)、検算 %s\n",
            "  findings: %zu (findings.csv); verified: %s\n", r->findings->n,
            r->verified ? "○" : "×");
    cli_say(c, "結果: %s/\n", "results: %s/\n", path);
    report(c, run, path, by_outcome, left);
}

int run_status(const struct cli *c, const struct run *run)
{
    if (run->findings.errors || run->findings.warnings)
        return EXIT_FINDINGS;
    return cli_status(c);
}
