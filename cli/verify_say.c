/* What was verified, for people. */
#include "cli/verify_run.h"

bool verify_run_failed(struct cli *c, const char *folder,
                       const struct verify_run *v)
{
    size_t failed = v->changed_files;
    for (size_t i = 0; i < v->n_lines; i++)
        failed += v->lines[i].failed;
    for (size_t p = 0; p < v->n_phases; p++)
        for (size_t i = 0; i < n_market_checks; i++)
            if (market_check_counts(i, &v->phases[p].market))
                failed += v->phases[p].verdict.checks[i].failed;
    return diag_error(
        &c->diag, POS_FILE(folder), "verify-failed",
        "検算が合いません (%zu 件)。この結果は使わず、verify.json "
        "を添えて作成元に知らせてください",
        "the run does not hold (%zu failures); do not use it and report "
        "verify.json to its makers",
        failed);
}

/* △: not promised by the city's method, and reported. */
static void say_check(struct cli *c, struct label title, size_t checked,
                      size_t failed, bool counts)
{
    cli_say(c, "  %s %s (%zu 件中 %zu 件不一致)\n",
            "  %s %s (%zu checked, %zu failed)\n",
            !failed  ? "○"
            : counts ? "×"
                     : "△",
            label_text(title, c->lang), checked, failed);
}

/* With siblings a placement without any may not exist. */
static void say_blocking(struct cli *c, const struct market_verdict *v)
{
    cli_say(
        c,
        "  参考: ほかの組合せに移れる世帯 %zu (組合せ %zu 件。ABH の数え方では "
        "%zu 世帯 %zu 件)\n",
        "  blocked households: %zu (%zu entries; by rule ABH %zu and "
        "%zu)\n",
        v->syy.families, v->syy.entries, v->abh.families, v->abh.entries);
}

void verify_line_say(struct cli *c, const struct verify_line *l)
{
    say_check(c, l->title, l->checked, l->failed, true);
    for (size_t i = 0; i < l->n_examples; i++)
        cli_say(c, "      %s\n", "      %s\n", l->examples[i]);
}

static void say_phase(struct cli *c, const struct verify_phase *p)
{
    if (p->phase)
        cli_say(c, "  段階 %s: 児童 %zu 人\n", "  phase %s: %zu children\n",
                p->phase, p->market.n_children);
    for (size_t i = 0; i < n_market_checks; i++)
        if (market_checks[i].run_by >> p->market.method & 1U)
            say_check(c, market_checks[i].title, p->verdict.checks[i].checked,
                      p->verdict.checks[i].failed,
                      market_check_counts(i, &p->market));
    say_blocking(c, &p->verdict);
}

void verify_run_say(struct cli *c, const struct verify_run *v)
{
    for (size_t i = 0; i < v->n_lines; i++)
        verify_line_say(c, &v->lines[i]);
    for (size_t p = 0; p < v->n_phases; p++)
        say_phase(c, &v->phases[p]);
}
