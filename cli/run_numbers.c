/*
 * Drawn numbers 抽選番号 and receipt numbers 受付番号 against the households
 * that apply: each has one, and no number belongs to nobody.
 */
#include "cli/run_make.h"

#include <string.h>

static bool asks_for(const struct ruleset *rules, enum order_kind kind)
{
    for (size_t i = 0; i < rules->n_keys; i++)
        if (rules->order[i].kind == kind)
            return true;
    return false;
}

/* Somebody of the household still applies. */
static bool applies(const struct run_result *r, size_t first, size_t end)
{
    for (size_t i = first; i < end; i++)
        if (r->applicants[i].outcome != OUTCOME_WITHDRAWN)
            return true;
    return false;
}

static bool check_missing(struct cli *c, const struct run_result *r,
                          const struct household_numbers *list,
                          const char *file)
{
    bool ok = true;
    int64_t number;
    for (size_t i = 0, end; i < r->n_applicants; i = end) {
        const char *household = r->applicants[i].household;
        for (end = i;
             end < r->n_applicants && r->applicants[end].household_index ==
                                          r->applicants[i].household_index;
             end++)
            ;
        if (applies(r, i, end) && !household_number(list, household, &number))
            ok = diag_error(&c->diag, POS_FILE(file), "number-missing",
                            "世帯 %s の番号がありません",
                            "household %s has no number", household);
    }
    return ok;
}

static bool check_list(struct cli *c, const struct run *r,
                       const struct household_numbers *list, const char *file,
                       enum order_kind kind)
{
    bool ok = true;
    if (!list || !asks_for(&r->ctx.rules, kind))
        return true;
    for (size_t i = 0; i < list->n; i++)
        if (!record_household(&r->set, list->items[i].household))
            ok = diag_error(&c->diag, list->items[i].at, "unknown-household",
                            "世帯 %s の申込みがありません",
                            "household %s has no application",
                            list->items[i].household);
    return check_missing(c, &r->result, list, file) && ok;
}

bool run_numbers_check(struct cli *c, const struct run *r)
{
    const struct settings *s = &r->ctx.settings;
    bool ok = check_list(c, r, r->ctx.drawn, s->lottery_numbers, ORDER_LOTTERY);
    return check_list(c, r, r->ctx.receipts, s->receipts, ORDER_RECEIPT) && ok;
}
