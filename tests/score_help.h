/*
 * For tests of scores: rule files without their head, households in lines
 * (records_help.h), and what comes of them as text:
 *
 *     1 base 36 adjust 26 total 62 | work@1=20 work@2=16 single=26
 *     > 1 SUN 65 here=3
 *
 * (rule=3) held without counting; ?rule[paths] is unknown; @n the guardian.
 */
#ifndef NYUSHO_TESTS_SCORE_HELP_H
#define NYUSHO_TESTS_SCORE_HELP_H

#include "scoring/points/score_run.h"
#include "tests/points_help.h"

static struct arena mem;
static struct dictionary dict;
static struct facilities facilities;
static struct score_context context;

static inline int setup(void **state)
{
    (void)state;
    help_dictionary(&dict, &mem);
    context = help_context(&facilities, &mem);
    return 0;
}

static inline int teardown(void **state)
{
    (void)state;
    arena_release(&mem);
    return 0;
}

static const char head[] =
    "format: nyusho-rules/1\n"
    "id: test\n"
    "title: 試験\n"
    "source: {document: 基準表, year: 2027, pages: [1]}\n"
    "hours: {weeks_per_month: 4}\n";

/* A rule file without an order gets a lottery. */
static inline bool load(struct ruleset *rs, const char *sections,
                        struct arena *a)
{
    struct diag d = DIAG_INIT;
    bool ordered = strstr(sections, "\norder:") != NULL;
    char *text = arena_printf(a, "%s%s%s", head, sections,
                              ordered ? "" : "order: [lottery]\n");
    bool ok = ruleset_load(rs, text, strlen(text), "r.yaml", &dict, a, &d);
    if (!ok)
        help_print(&d);
    diag_release(&d);
    return ok;
}

static inline const char *points(milli_points p, struct arena *a)
{
    const char *sign = p < 0 ? "-" : "";
    long long m = p < 0 ? -(long long)p : (long long)p;
    if (m % 1000)
        return arena_printf(a, "%s%lld.%03lld", sign, m / 1000, m % 1000);
    return arena_printf(a, "%s%lld", sign, m / 1000);
}

static inline char *show_lines(const struct child_score *c, int preference,
                               struct arena *a)
{
    char *text = arena_strdup(a, "");
    for (size_t i = 0; i < c->n_lines; i++) {
        const struct score_line *l = &c->lines[i];
        if (l->preference != preference)
            continue;
        const char *at =
            l->guardian < 0 ? "" : arena_printf(a, "@%d", l->guardian + 1);
        const char *id = l->rule ? l->rule->id : "share";
        if (l->part == LINE_CAP)
            id = arena_printf(a, "cap:%s", id);
        text = arena_printf(a, l->counted ? "%s %s%s=%s" : "%s (%s%s=%s)", text,
                            id, at, points(l->points, a));
    }
    return text;
}

static inline const char *unknown_id(const struct score_unknown *u)
{
    if (u->rule)
        return u->rule->id;
    if (u->order)
        return u->order->id;
    if (u->phase)
        return u->phase->id;
    return u->requirement ? u->requirement->id : u->what;
}

static inline char *show_unknowns(const struct scorer *s,
                                  const struct child_score *c, int preference,
                                  struct arena *a)
{
    char *text = arena_strdup(a, "");
    for (size_t i = 0; i < c->n_unknowns; i++) {
        const struct score_unknown *u = &c->unknowns[i];
        const char **paths;
        if (u->preference != preference)
            continue;
        const char *at =
            u->guardian < 0 ? "" : arena_printf(a, "@%d", u->guardian + 1);
        text = arena_printf(a, "%s ?%s%s[", text, unknown_id(u), at);
        size_t n = score_unknown_fields(s, u, &paths, a);
        for (size_t k = 0; k < n; k++)
            text = arena_printf(a, "%s%s%s", text, k ? " " : "", paths[k]);
        text = arena_printf(a, "%s]", text);
    }
    return text;
}

/* Lines add up to the totals, whatever happened. */
static inline void check_sums(const struct ruleset *rs,
                              const struct child_score *c)
{
    milli_points all = rs->n_ranks ? 0 : c->base;
    for (size_t i = 0; i < c->n_lines; i++)
        if (c->lines[i].counted && c->lines[i].part != LINE_GUARDIAN &&
            c->lines[i].preference == PREFERENCE_ALL)
            all += c->lines[i].points;
    assert_int_equal(all, c->total);
    for (size_t k = 0; k < c->n_prefs; k++) {
        milli_points here = all;
        for (size_t i = 0; i < c->n_lines; i++)
            if (c->lines[i].counted && c->lines[i].part != LINE_GUARDIAN &&
                c->lines[i].preference == (int)k)
                here += c->lines[i].points;
        assert_int_equal(here, c->prefs[k].total);
    }
}

static inline char *show(const struct scorer *s,
                         const struct household_score *hs, struct arena *a)
{
    char *text = arena_strdup(a, "");
    for (size_t i = 0; i < hs->n_children; i++) {
        const struct child_score *c = &hs->children[i];
        check_sums(s->rules, c);
        text = arena_printf(
            a, "%s%s base %s adjust %s total %s%s%s |%s%s\n", text, c->child,
            points(c->base, a), points(c->adjust, a), points(c->total, a),
            c->provisional ? " provisional" : "", c->rank_last ? " last" : "",
            show_lines(c, PREFERENCE_ALL, a),
            show_unknowns(s, c, PREFERENCE_ALL, a));
        for (size_t k = 0; k < c->n_prefs; k++) {
            const struct pref_score *p = &c->prefs[k];
            const char *why = ineligible_name(p->ineligible);
            text = arena_printf(
                a, "%s> %d %s %s%s%s%s%s%s%s\n", text, p->number, p->facility,
                points(p->total, a), p->rank_last ? " last" : "",
                *why ? " !" : "", why, p->order_unknown ? " unordered" : "",
                show_lines(c, (int)k, a), show_unknowns(s, c, (int)k, a));
        }
    }
    return text;
}

struct row {
    const char *rules, *records, *score;
};

static inline void check_rows(const struct row *rows, size_t n)
{
    int wrong = 0;
    for (size_t i = 0; i < n; i++) {
        struct arena a = ARENA_INIT;
        struct diag d = DIAG_INIT;
        struct ruleset rules;
        struct record_set set;
        struct scorer s;
        struct household_score hs;
        const char *got = "refused\n";
        record_set_init(&set, &dict);
        help_rows(&set, rows[i].records);
        record_set_finish(&set);
        if (load(&rules, rows[i].rules, &a) &&
            scorer_open(&s, &rules, &context, &set, &a, &d)) {
            score_household(&s, 0, &hs, &a);
            got = show(&s, &hs, &a);
        }
        help_print(&d);
        if (strcmp(got, rows[i].score) != 0) {
            print_error("row %zu: %s\ngot:\n%s\nnot:\n%s\n", i, rows[i].records,
                        got, rows[i].score);
            wrong++;
        }
        record_set_release(&set);
        diag_release(&d);
        arena_release(&a);
    }
    assert_int_equal(wrong, 0);
}

/* One household scored with these rules, for tests that look closer. */
struct scored {
    struct arena a;
    struct diag d;
    struct ruleset rules;
    struct record_set set;
    struct scorer s;
    struct household_score *hs; /* by household */
};

static inline bool score_all(struct scored *x, const char *rules,
                             const char *records,
                             const struct manual_points *manual,
                             size_t n_manual)
{
    *x = (struct scored){.a = ARENA_INIT, .d = DIAG_INIT};
    record_set_init(&x->set, &dict);
    help_rows(&x->set, records);
    for (size_t i = 0; i < n_manual; i++)
        record_set_add_manual(&x->set, &manual[i]);
    record_set_finish(&x->set);
    if (!load(&x->rules, rules, &x->a) ||
        !scorer_open(&x->s, &x->rules, &context, &x->set, &x->a, &x->d))
        return false;
    x->hs = ARENA_ARRAY(&x->a, struct household_score, x->set.n_households);
    for (size_t h = 0; h < x->set.n_households; h++)
        score_household(&x->s, h, &x->hs[h], &x->a);
    return true;
}

static inline void release(struct scored *x)
{
    record_set_release(&x->set);
    diag_release(&x->d);
    arena_release(&x->a);
}

#define CHILD "child:1 birth=2025-05-01\n"
#define BOTH "guardian:1 present=はい\nguardian:2 present=はい\n"
#define ALONE "household single_parent=ひとり親\nguardian:1 present=はい\n"
#define NO_BREAK " break_minutes_month=#該当なし\n"
#define WORK(p, time) \
    "reason:" p ":1 kind=就労\njob:" p ":1 minutes_month=" time NO_BREAK
#define SEEK(p) "reason:" p ":1 kind=求職\n"

/* Two reasons, adjustments in each scope. */
static const char simple[] =
    "guardian:\n"
    "  choose: highest\n"
    "  reasons:\n"
    "    - {id: work, wording: 就労, when: reason = 就労, by: hours_month, "
    "at_least: {160h: 20, 120h: 16, 64h: 10}}\n"
    "    - {id: seek, wording: 求職, when: reason = 求職, points: 8}\n"
    "household:\n"
    "  base: sum\n"
    "  adjust:\n"
    "    - {id: single, wording: ひとり親, when: single_parent is ひとり親 or "
    "準ずる, points: 26}\n"
    "    - {id: arrears, wording: 滞納, when: arrears_months >= 3, points: "
    "-10}\n"
    "child:\n"
    "  adjust:\n"
    "    - {id: leave, wording: 育休延長, when: leave_extension_ok, points: "
    "-300}\n"
    "choice:\n"
    "  adjust:\n"
    "    - {id: first, wording: 第一希望, when: preference_number = 1, points: "
    "1.5}\n";

#endif
