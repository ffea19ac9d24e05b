#include "report/compare.h"

#include <assert.h>
#include <string.h>

struct label change_label(enum change c)
{
    static const struct label labels[] = {
        [CHANGE_SAME] = {"変わらない", "same"},
        [CHANGE_GAINS] = {"良くなる", "gains"},
        [CHANGE_LOSES] = {"悪くなる", "loses"},
        [CHANGE_NEW] = {"新規", "new"},
        [CHANGE_GONE] = {"取下げ", "withdrawn"},
    };
    static_assert(sizeof labels / sizeof labels[0] == N_CHANGES,
                  "name every change");
    return labels[c];
}

/* ---- rules ---- */

/* Row of a rule in the list, by id. */
static struct rule_change *rule_row(struct comparison *c, const char *id)
{
    for (size_t i = 0; i < c->n_rules; i++) {
        const struct rule *const *of = c->rules[i].rule;
        if (strcmp((of[0] ? of[0] : of[1])->id, id) == 0)
            return &c->rules[i];
    }
    return NULL;
}

/* Rows by rule index, so that no line looks for its rule by name. */
static struct rule_change **list_rules(struct comparison *c, int side,
                                       struct arena *a)
{
    const struct ruleset *rs = c->result[side]->rules;
    struct rule_change **rows =
        ARENA_ARRAY(a, struct rule_change *, rs->n_rules);
    for (size_t i = 0; i < rs->n_rules; i++) {
        struct rule_change *row = rule_row(c, rs->rules[i]->id);
        if (!row)
            row = &c->rules[c->n_rules++];
        row->rule[side] = rs->rules[i];
        rows[i] = row;
    }
    return rows;
}

static void count_lines(const struct child_score *s, int side,
                        struct rule_change **rows)
{
    for (size_t i = 0; i < s->n_lines; i++) {
        const struct score_line *l = &s->lines[i];
        bool first = true;
        if (!l->rule || !l->counted)
            continue;
        for (size_t k = 0; k < i; k++)
            if (s->lines[k].rule == l->rule && s->lines[k].counted)
                first = false;
        rows[l->rule->index]->children[side] += first;
        rows[l->rule->index]->points[side] += l->points;
    }
}

static void compare_rules(struct comparison *c, struct arena *a)
{
    size_t n = c->result[0]->rules->n_rules + c->result[1]->rules->n_rules;
    c->rules = ARENA_ARRAY(a, struct rule_change, n);
    for (int side = 0; side < 2; side++) {
        const struct run_result *r = c->result[side];
        struct rule_change **rows = list_rules(c, side, a);
        for (size_t i = 0; i < r->n_applicants; i++)
            count_lines(r->applicants[i].score, side, rows);
    }
}

/* ---- children ---- */

/* Smaller is better. Preferences count from 1 and never reach 1000. */
static int standing(const struct applicant *a)
{
    switch (a->outcome) {
    case OUTCOME_PLACED:
    case OUTCOME_TRANSFERRED:
    case OUTCOME_HELD:
        return a->won_pref == NOT_RANKED ? 1000
                                         : a->score->prefs[a->won_pref].number;
    case OUTCOME_STAYS:
        return 1001;
    case OUTCOME_WAITING:
        return 1002;
    default:
        return 1003;
    }
}

static bool is_gone(const struct applicant *a)
{
    return a->outcome == OUTCOME_WITHDRAWN || a->outcome == OUTCOME_DECLINED ||
           a->outcome == OUTCOME_LEFT;
}

static enum change change_of(const struct applicant *before,
                             const struct applicant *after)
{
    if (!before)
        return CHANGE_NEW;
    if (!after || is_gone(after))
        return is_gone(before) ? CHANGE_SAME : CHANGE_GONE;
    int from = standing(before), to = standing(after);
    return from == to ? CHANGE_SAME : to < from ? CHANGE_GAINS : CHANGE_LOSES;
}

static void add_child(struct comparison *c, const struct applicant *before,
                      const struct applicant *after)
{
    struct child_change *x = &c->children[c->n_children++];
    *x = (struct child_change){.of = {before, after},
                               .change = change_of(before, after),
                               .chain = NOT_RANKED};
    if (before && after)
        x->difference = after->score->total - before->score->total;
    c->by_change[x->change]++;
    c->higher += x->difference > 0;
    c->lower += x->difference < 0;
}

static int by_number(const struct applicant *x, const struct applicant *y)
{
    int order = strcmp(x->household, y->household);
    return order ? order : strcmp(x->child, y->child);
}

static void compare_children(struct comparison *c, struct arena *a)
{
    const struct run_result *one = c->result[0], *other = c->result[1];
    size_t i = 0, k = 0;
    c->children = ARENA_ARRAY(a, struct child_change,
                              one->n_applicants + other->n_applicants);
    while (i < one->n_applicants || k < other->n_applicants) {
        const struct applicant *x =
            i < one->n_applicants ? &one->applicants[i] : NULL;
        const struct applicant *y =
            k < other->n_applicants ? &other->applicants[k] : NULL;
        int order = !x ? 1 : !y ? -1 : by_number(x, y);
        add_child(c, order <= 0 ? x : NULL, order >= 0 ? y : NULL);
        i += order <= 0;
        k += order >= 0;
    }
}

static bool has_moved(const struct moved *m)
{
    if (!m->at[0] || !m->at[1])
        return m->at[0] != m->at[1];
    return strcmp(m->at[0]->id, m->at[1]->id) != 0;
}

static void find_chains(struct comparison *c, struct arena *a)
{
    struct moved *moved = ARENA_ARRAY(a, struct moved, c->n_children);
    struct child_change **of =
        ARENA_ARRAY(a, struct child_change *, c->n_children);
    size_t n = 0;
    for (size_t i = 0; i < c->n_children; i++) {
        struct child_change *x = &c->children[i];
        moved[n] = (struct moved){{x->of[0], x->of[1]},
                                  {applicant_seat(c->result[0], x->of[0]),
                                   applicant_seat(c->result[1], x->of[1])}};
        of[n] = x;
        n += has_moved(&moved[n]);
    }
    chains_between(c->result[0], c->result[1], moved, n, &c->chains, a);
    const struct move_chains *m = &c->chains.chains;
    for (size_t i = 0; i < m->n; i++)
        for (size_t k = 0; k < m->items[i].n; k++)
            of[m->order[m->items[i].first + k]]->chain = i;
}

void compare_results(const struct run_result *before,
                     const struct run_result *after, struct comparison *out,
                     struct arena *a)
{
    *out = (struct comparison){.result = {before, after}};
    compare_rules(out, a);
    compare_children(out, a);
    find_chains(out, a);
}

/* ---- which lines differ ---- */

static const char *line_facility(const struct child_score *s,
                                 const struct score_line *l)
{
    return l->preference == PREFERENCE_ALL ? ""
                                           : s->prefs[l->preference].facility;
}

/* Of the same rule, guardian and facility. */
static bool is_same_line(const struct child_score *s,
                         const struct score_line *l,
                         const struct child_score *t,
                         const struct score_line *m)
{
    const char *id = l->rule ? l->rule->id : "";
    return m->counted && strcmp(m->rule ? m->rule->id : "", id) == 0 &&
           m->person == l->person &&
           strcmp(line_facility(s, l), line_facility(t, m)) == 0;
}

static milli_points points_of(const struct child_score *s,
                              const struct score_line *l,
                              const struct child_score *in)
{
    milli_points sum = 0;
    for (size_t i = 0; in && i < in->n_lines; i++)
        if (is_same_line(s, l, in, &in->lines[i]))
            sum += in->lines[i].points;
    return sum;
}

/* It stands before in the same child, and has been told. */
static bool is_told(const struct child_score *s, size_t line)
{
    for (size_t i = 0; i < line; i++)
        if (is_same_line(s, &s->lines[line], s, &s->lines[i]))
            return true;
    return false;
}

static bool is_in(const struct child_score *s, const struct score_line *l,
                  const struct child_score *in)
{
    for (size_t i = 0; in && i < in->n_lines; i++)
        if (is_same_line(s, l, in, &in->lines[i]))
            return true;
    return false;
}

static const char *points_text(milli_points p, struct arena *a)
{
    struct csv_writer w;
    csv_begin(&w, (struct csv_style){.no_bom = true});
    csv_milli(&w, p);
    const char *text = arena_strdup(a, w.out.bytes);
    csv_release(&w);
    return text;
}

static const char *line_text(const struct child_score *s,
                             const struct score_line *l, milli_points before,
                             milli_points after, struct arena *a)
{
    const char *id = l->rule ? l->rule->id : "share";
    if (l->person > 0)
        id = arena_printf(a, "%s@%d", id, l->person);
    if (*line_facility(s, l))
        id = arena_printf(a, "%s/%s", id, line_facility(s, l));
    return arena_printf(a, "%s %s→%s", id, points_text(before, a),
                        points_text(after, a));
}

const char *compare_lines(const struct child_change *c, struct arena *a)
{
    const char *text = "";
    for (int side = 0; side < 2; side++) {
        const struct child_score *s = c->of[side] ? c->of[side]->score : NULL;
        const struct child_score *t = c->of[!side] ? c->of[!side]->score : NULL;
        for (size_t i = 0; s && i < s->n_lines; i++) {
            const struct score_line *l = &s->lines[i];
            if (!l->counted || is_told(s, i) || (side && is_in(s, l, t)))
                continue;
            milli_points here = points_of(s, l, s), there = points_of(s, l, t);
            if (here != there)
                text = arena_printf(a, "%s%s%s", text, *text ? " " : "",
                                    line_text(s, l, side ? there : here,
                                              side ? here : there, a));
        }
    }
    return text;
}
