/* nyusho rules show: the rule set as a table to hold against the paper. */
#include "cli/rules_verbs.h"

#include "report/rules_show.h"

/* The examples are run for their count; what is wrong with them is for
 * `rules test` to say. */
static struct rules_report count_examples(struct cli *c,
                                          const struct ruleset *rules)
{
    struct diag quiet = DIAG_INIT;
    struct rules_report report = {0};
    ruleset_test(rules, &report, &c->mem, &quiet);
    diag_release(&quiet);
    return report;
}

int rules_show(struct cli *c)
{
    struct dictionary dict = {0};
    struct ruleset rules;
    if (!rules_load(c, &dict, &rules))
        return EXIT_INPUT;
    struct rules_report report = count_examples(c, &rules);
    struct sheet sheet = rules_sheet(&rules, &report, c->lang, &c->mem);
    struct buf out = BUF_INIT;
    if (cli_switch(c, "--html"))
        sheet_html(&sheet, c->lang, &out);
    else
        sheet_text(&sheet, &out);
    if (c->json)
        cJSON_AddStringToObject(c->report, "table", out.bytes);
    else
        fwrite(out.bytes, 1, out.len, stdout);
    buf_release(&out);
    return cli_status(c);
}
