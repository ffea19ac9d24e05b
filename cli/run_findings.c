/*
 * What a run tells of its own points: rules that never or always held, values
 * that rules asked for and nobody knows, ties that nothing breaks, rules
 * without proof. Each kind is one function and one row of report/advice.c.
 */
#include "cli/run_make.h"

#include <string.h>

/* With fewer children many a rule rightly never holds, or always: then it is a
 * note and no warning. */
#define MANY_CHILDREN 20

/* ---- rules that never or always held ---- */

struct firing {
    size_t held, unknown;           /* children */
    size_t last_held, last_unknown; /* child + 1 */
};

static void count_child(const struct child_score *c, size_t number,
                        struct firing *by_rule)
{
    for (size_t i = 0; i < c->n_lines; i++) {
        const struct rule *rule = c->lines[i].rule;
        if (!rule || by_rule[rule->index].last_held == number)
            continue;
        by_rule[rule->index].last_held = number;
        by_rule[rule->index].held++;
    }
    for (size_t i = 0; i < c->n_unknowns; i++) {
        const struct rule *rule = c->unknowns[i].rule;
        if (!rule || by_rule[rule->index].last_unknown == number)
            continue;
        by_rule[rule->index].last_unknown = number;
        by_rule[rule->index].unknown++;
    }
}

static void say_firing(struct run *r, const struct rule *rule,
                       const struct firing *f)
{
    size_t n = r->result.n_applicants;
    bool (*say)(struct diag *, struct pos, const char *, const char *,
                const char *, ...) = n < MANY_CHILDREN ? diag_note : diag_warn;
    if (f->held == 0)
        say(&r->findings, rule->at, "rule-never-fired",
            "規則「%s」(%s) は、児童 %zu 人の誰にも当てはまりませんでした "
            "(うち分からない児童 %zu 人)",
            "rule \"%s\" (%s) held for none of %zu children (not known for "
            "%zu)",
            rule->id, rule->wording, n, f->unknown);
    else if (f->held == n)
        say(&r->findings, rule->at, "rule-always-fired",
            "規則「%s」(%s) は、児童 %zu 人の全員に当てはまりました",
            "rule \"%s\" (%s) held for all of %zu children", rule->id,
            rule->wording, n);
}

/* Rules of a table that only breaks ties leave no lines: they are passed
 * over. */
static void check_firing(struct cli *c, struct run *r)
{
    const struct run_result *out = &r->result;
    const struct ruleset *rules = out->rules;
    struct firing *by_rule =
        ARENA_ARRAY(&c->mem, struct firing, rules->n_rules);
    for (size_t i = 0; i < out->n_applicants; i++)
        count_child(out->applicants[i].score, i + 1, by_rule);
    for (size_t i = 0; i < rules->n_rules; i++)
        if (rules->rules[i]->scope != RULE_ORDER)
            say_firing(r, rules->rules[i], &by_rule[i]);
}

/* ---- values nobody knows ---- */

/* Who asks: a rule, a key of the order, a phase, a requirement. */
struct asked {
    const char *id, *path;
    struct pos at;
    size_t children, last; /* child + 1 */
};
struct asked_list {
    struct asked *items;
    size_t n, capacity;
};

static struct asked *asked_find(struct asked_list *list, const char *id,
                                const char *path, struct pos at,
                                struct arena *a)
{
    for (size_t i = 0; i < list->n; i++)
        if (strcmp(list->items[i].id, id) == 0 &&
            strcmp(list->items[i].path, path) == 0)
            return &list->items[i];
    if (list->n == list->capacity) {
        size_t more = list->capacity ? list->capacity * 2 : 32;
        list->items =
            arena_grow(a, list->items, list->n, more, sizeof *list->items);
        list->capacity = more;
    }
    struct asked *x = &list->items[list->n++];
    *x = (struct asked){.id = id, .path = path, .at = at};
    return x;
}

static void asker(const struct run *r, const struct score_unknown *u,
                  const char **id, struct pos *at)
{
    *id = "";
    *at = POS_FILE(r->ctx.rules.file);
    if (u->rule) {
        *id = u->rule->id;
        *at = u->rule->at;
    } else if (u->order) {
        *id = u->order->id;
        *at = u->order->at;
    } else if (u->phase) {
        *id = u->phase->id;
        *at = u->phase->at;
    } else if (u->requirement) {
        *id = u->requirement->id;
        *at = u->requirement->at;
    } else if (u->special) {
        *id = u->special->id;
        *at = u->special->at;
    }
}

static void count_unknown(struct cli *c, struct run *r,
                          const struct child_score *s, size_t number,
                          struct asked_list *list)
{
    for (size_t i = 0; i < s->n_unknowns; i++) {
        const char *id, **paths;
        struct pos at;
        asker(r, &s->unknowns[i], &id, &at);
        size_t n =
            score_unknown_fields(&r->scorer, &s->unknowns[i], &paths, &c->mem);
        for (size_t k = 0; k < n; k++) {
            struct asked *x = asked_find(list, id, paths[k], at, &c->mem);
            x->children += x->last != number;
            x->last = number;
        }
    }
}

static void say_asked(struct run *r, const struct asked *x)
{
    const struct field *f = dictionary_find(&r->ctx.dict, x->path);
    const char *label = f ? f->label.ja : x->path;
    if (*x->id)
        diag_warn(&r->findings, x->at, "rule-unknown-value",
                  "規則「%1$s」が尋ねる「%2$s」(%3$s) が、児童 %4$zu 人で分かり"
                  "ません",
                  "what rule \"%1$s\" asks for, %3$s%2$.0s, is not known for "
                  "%4$zu children",
                  x->id, label, x->path, x->children);
    else
        diag_warn(&r->findings, x->at, "rule-unknown-value",
                  "「%1$s」(%2$s) が、児童 %3$zu 人で分かりません",
                  "%2$s%1$.0s is not known for %3$zu children", label, x->path,
                  x->children);
}

static void check_unknowns(struct cli *c, struct run *r)
{
    struct asked_list list = {NULL, 0, 0};
    for (size_t i = 0; i < r->result.n_applicants; i++)
        count_unknown(c, r, r->result.applicants[i].score, i + 1, &list);
    for (size_t i = 0; i < list.n; i++)
        say_asked(r, &list.items[i]);
}

/* ---- ties ---- */

/* Whether entrant k stands below the one before by its number alone. Twins
 * do rightly: whoever of them comes first, the household is the same. */
static bool is_tied(const struct run_result *r, const struct contest *c,
                    size_t k)
{
    const struct applicant *x = &r->applicants[c->entrants[k - 1].applicant];
    const struct applicant *y = &r->applicants[c->entrants[k].applicant];
    return c->entrants[k].decided_by == r->rules->n_order &&
           strcmp(x->household, y->household) != 0;
}

size_t run_ties(const struct run_result *r)
{
    size_t n = 0;
    for (size_t i = 0; i < r->n_contests; i++)
        for (size_t k = 1; k < r->contests[i].n_entrants; k++)
            n += is_tied(r, &r->contests[i], k);
    return n;
}

static void check_ties(struct cli *c, struct run *r)
{
    const struct run_result *out = &r->result;
    for (size_t i = 0; i < out->n_contests; i++) {
        const struct contest *t = &out->contests[i];
        for (size_t k = 1; k < t->n_entrants; k++) {
            if (!is_tied(out, t, k))
                continue;
            const char *all =
                out->applicants[t->entrants[k - 1].applicant].child;
            for (; k < t->n_entrants && is_tied(out, t, k); k++)
                all = arena_printf(
                    &c->mem, "%s, %s", all,
                    out->applicants[t->entrants[k].applicant].child);
            diag_warn(&r->findings,
                      POS_FILE(arena_printf(&c->mem, "施設 %s クラス %d",
                                            t->facility->code, t->class_age)),
                      "tie-unbroken",
                      "児童 %s は同点で、どの規則でも順位が決まりません "
                      "(児童番号の順に並べています)",
                      "children %s are equal and no rule tells them apart "
                      "(they stand by their numbers)",
                      all);
        }
    }
}

/* ---- rules without proof ---- */

static void check_tested(struct run *r)
{
    if (r->result.open.rules_untested)
        diag_warn(
            &r->findings, POS_FILE(r->ctx.rules.file), "rules-untested",
            "規則の例が合わないか、例がありません。この実行の出力にはすべて"
            "「規則未検証」と記されます",
            "the rule set has no examples or some fail: every output of "
            "this run says that its rules are untested");
}

void run_findings(struct cli *c, struct run *r)
{
    check_tested(r);
    check_firing(c, r);
    check_unknowns(c, r);
    check_ties(c, r);
}
