/* What the examples reach: steps of tables that gave a line which counts, and
 * the lines themselves for whoever reads a report. */
#include "scoring/points/rules_example.h"

#include "records/record_csv.h"
#include "scoring/points/eval.h"
#include "scoring/points/rules_expect.h"

/* ---- steps ---- */

static void cover_table(struct eval *e, const struct step_table *t,
                        bool *reached)
{
    while (t) {
        struct value v = eval_begin(e, t->by);
        if (v.is != VALUE_IS_KNOWN)
            return;
        const struct step_row *row = table_row(t, v.num);
        if (!row && t->has_otherwise)
            reached[t->otherwise_index] = true;
        if (row && !row->inner)
            reached[row->index] = true;
        t = row ? row->inner : NULL;
    }
}

/* The award of the rule for the rows that are bound; NULL: not settled. */
static const struct award *award_that_applies(struct eval *e,
                                              const struct rule *r)
{
    for (size_t i = 0; i < r->n_but; i++) {
        enum tri is = eval_condition(e, r->but[i].when);
        if (is == TRI_UNKNOWN)
            return NULL;
        if (is == TRI_YES)
            return &r->but[i].award;
    }
    return &r->award;
}

static void cover_rule(struct eval *e, const struct rule *r, bool *reached)
{
    const struct award *w = award_that_applies(e, r);
    if (w && w->kind == AWARD_TABLE)
        cover_table(e, w->table, reached);
}

static void cover_lines(struct example *x, struct eval *e,
                        const struct child_score *c, bool *reached)
{
    for (size_t i = 0; i < c->n_lines; i++) {
        const struct score_line *l = &c->lines[i];
        if (!l->counted || !l->rule || l->part == LINE_CAP)
            continue;
        eval_bind(e, &l->rows);
        cover_rule(e, l->rule, reached);
    }
    (void)x;
}

/* Rules of a table that breaks ties have no lines: they are asked again. */
static void cover_order(struct example *x, struct eval *e,
                        const struct child_score *c, bool *reached)
{
    const struct ruleset *rs = x->rules;
    for (size_t k = 0; k < rs->n_keys; k++)
        for (size_t i = 0; i < rs->order[k].rules.n; i++) {
            const struct rule *r = rs->order[k].rules.rules[i];
            for (size_t p = 0; x->touched[r->index] && p < c->n_prefs; p++) {
                struct score_rows rows = {0, c->child_row, c->prefs[p].row,
                                          SCORE_NO_ROW, SCORE_NO_ROW};
                eval_bind(e, &rows);
                e->base = c->base;
                e->total = c->prefs[p].total;
                e->adjust = c->adjust + c->prefs[p].adjust;
                if (eval_condition(e, r->when) == TRI_YES)
                    cover_rule(e, r, reached);
            }
        }
}

void example_cover(struct example *x, bool *reached)
{
    struct arena scratch = ARENA_INIT;
    struct family family;
    struct eval e;
    family_open(&family, &x->scorer, 0, &scratch);
    eval_open(&e, &x->scorer, &family);
    for (size_t i = 0; i < x->score.n_children; i++) {
        cover_lines(x, &e, &x->score.children[i], reached);
        cover_order(x, &e, &x->score.children[i], reached);
    }
    arena_release(&scratch);
}

/* ---- the list of steps ---- */

static void list_table(const struct rule *r, const struct step_table *t,
                       struct rules_step *all)
{
    for (size_t i = 0; i < t->n; i++) {
        const struct step_row *row = &t->rows[i];
        if (row->inner)
            list_table(r, row->inner, all);
        else
            all[row->index] = (struct rules_step){r, row->text, row->pos};
    }
    if (t->has_otherwise)
        all[t->otherwise_index] =
            (struct rules_step){r, "otherwise", t->otherwise_at};
}

struct rules_step *ruleset_steps(const struct ruleset *rs, struct arena *a)
{
    struct rules_step *all = ARENA_ARRAY(a, struct rules_step, rs->n_steps);
    for (size_t i = 0; i < rs->n_rules; i++) {
        const struct rule *r = rs->rules[i];
        for (size_t k = 0; k < r->n_but; k++)
            if (r->but[k].award.kind == AWARD_TABLE)
                list_table(r, r->but[k].award.table, all);
        if (r->award.kind == AWARD_TABLE)
            list_table(r, r->award.table, all);
    }
    return all;
}

/* ---- lines ---- */

static const char *owner(const struct child_score *c,
                         const struct score_line *l, struct arena *a)
{
    if (l->person > 0)
        return arena_printf(a, "%d", l->person);
    return l->preference == PREFERENCE_ALL ? ""
                                           : c->prefs[l->preference].facility;
}

void example_lines(struct example *x, struct example_result *out)
{
    const struct child_score *c = &x->score.children[0];
    out->lines = ARENA_ARRAY(x->a, struct example_line, c->n_lines);
    for (size_t i = 0; i < c->n_lines; i++) {
        const struct score_line *l = &c->lines[i];
        const char *of = owner(c, l, x->a);
        out->lines[out->n_lines++] = (struct example_line){
            .rule = l->rule ? l->rule->id : "-",
            .of = arena_printf(x->a, "%s", of),
            .points = points_format(l->points, x->a),
            .wording = l->wording ? l->wording : "",
            .seen = l->rule ? score_line_seen(&x->scorer, l, x->a) : "",
            .counted = l->counted};
    }
}
