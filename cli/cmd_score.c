/* nyusho score CASE: points of every child, line by line. */
#include "cli/commands.h"
#include "cli/run_cli.h"
#include "cli/score_records.h"

#include <string.h>

const struct option_spec score_options[] = {
    {"--records",
     "DIR",
     {"case.db の代わりに記録の CSV (世帯番号の順) を読む",
      "read record CSV files, sorted by household, instead of case.db"}},
    {"--out", "DIR", {"--records の結果を書く先", "where its result goes"}},
    RUN_OPTION_ROWS,
    {NULL, NULL, {NULL, NULL}},
};

struct points_range {
    milli_points low, high;
};

static void widen(struct points_range *range, milli_points total)
{
    range->low = total < range->low ? total : range->low;
    range->high = total > range->high ? total : range->high;
}

/* Highest and lowest totals, so that a slip in a rule shows at once: those
 * that children compete with, at each facility they wish. */
static void say_totals(struct cli *c, const struct run_result *r)
{
    struct points_range range = {INT64_MAX, INT64_MIN};
    for (size_t i = 0; i < r->n_applicants; i++) {
        const struct child_score *s = r->applicants[i].score;
        for (size_t k = 0; k < s->n_prefs; k++)
            widen(&range, s->prefs[k].total);
        if (!s->n_prefs)
            widen(&range, s->total);
    }
    cli_say(c, "%s: 児童 %zu 人、合計指数 %.3f から %.3f、未確定 %zu 人\n",
            "%s: %zu children, totals from %.3f to %.3f, %zu provisional\n",
            label_text(run_kind_label(r), c->lang), r->n_applicants,
            (double)range.low / 1000, (double)range.high / 1000,
            r->open.provisional);
}

/* Findings about the points themselves, by kind; the rest is told by the
 * commands that read and place. */
static void say_findings(struct cli *c, const struct run *run)
{
    static const struct {
        const char *check;
        struct label what;
    } rows[] = {
        {"rule-never-fired",
         {"誰にも当てはまらない規則", "rules that held for no one"}},
        {"rule-always-fired",
         {"全員に当てはまる規則", "rules that held for all"}},
        {"rule-unknown-value",
         {"規則が尋ねる、分からない値",
          "values rules ask for that nobody knows"}},
        {"tie-unbroken",
         {"どの順位でも決まらない同点", "ties that nothing breaks"}},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        size_t n = 0;
        for (size_t k = 0; k < run->findings.n; k++)
            n += strcmp(run->findings.items[k].check, rows[i].check) == 0;
        if (n)
            cli_say(c, "  %s %zu 件 (findings.csv)\n",
                    "  %s: %zu (findings.csv)\n",
                    label_text(rows[i].what, c->lang), n);
        cJSON_AddNumberToObject(c->report, rows[i].check, (double)n);
    }
}

int score_run(struct cli *c)
{
    const char *records = cli_option(c, "--records");
    const char *out = cli_option(c, "--out");
    if (!records != !out) {
        diag_error(&c->diag, POS_FILE("score"), "bad-option",
                   "--records DIR と --out DIR は一緒に書いてください",
                   "give --records DIR and --out DIR together");
        return EXIT_INPUT;
    }
    if (records)
        return score_records(c, c->args[0], records, out);
    struct run run = RUN_INIT;
    const char *path;
    bool ok = run_do(c, c->args[0], false, &run, &path);
    if (ok) {
        say_totals(c, &run.result);
        say_findings(c, &run);
        cli_say(c, "%s/scores.csv (合計) と score_lines.csv (内訳)\n",
                "%s/scores.csv (totals) and score_lines.csv (lines)\n", path);
        cJSON_AddStringToObject(c->report, "folder", path);
        cJSON_AddNumberToObject(c->report, "children",
                                (double)run.result.n_applicants);
        cJSON_AddNumberToObject(c->report, "provisional",
                                (double)run.result.open.provisional);
    }
    int status = ok ? run_status(c, &run) : cli_failure(c);
    run_release(&run);
    return status;
}
