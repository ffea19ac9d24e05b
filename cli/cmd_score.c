/* nyusho score CASE: points of every child, line by line. */
#include "cli/commands.h"
#include "cli/run_cli.h"

const struct option_spec score_options[] = {
    RUN_OPTION_ROWS,
    {NULL, NULL, {NULL, NULL}},
};

/* Highest and lowest totals, so that a slip in a rule shows at once. */
static void say_totals(struct cli *c, const struct run_result *r)
{
    milli_points low = INT64_MAX, high = INT64_MIN;
    for (size_t i = 0; i < r->n_applicants; i++) {
        milli_points t = r->applicants[i].score->total;
        low = t < low ? t : low;
        high = t > high ? t : high;
    }
    cli_say(c, "%s: 児童 %zu 人、合計指数 %.3f から %.3f、未確定 %zu 人\n",
            "%s: %zu children, totals from %.3f to %.3f, %zu provisional\n",
            label_text(run_kind_label(r), c->lang), r->n_applicants,
            (double)low / 1000, (double)high / 1000, r->open.provisional);
}

int score_run(struct cli *c)
{
    struct run run = RUN_INIT;
    const char *path;
    bool ok = run_do(c, c->args[0], &run, &path);
    if (ok) {
        say_totals(c, &run.result);
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
