/*
 * Households with several applicants: their entries, by the sibling pattern of
 * the application or from the combination list, and what became of them.
 *
 * A child that withdrew does not count. One that cannot be placed anywhere
 * (対象外) does: where the condition needs it, its household waits.
 */
#include "cli/run_make.h"

#include "core/date.h"
#include "scoring/placement/market_build.h"
#include "scoring/placement/siblings.h"

#include <assert.h>
#include <string.h>

#define EXPLICIT "組合せ指定"
/* Where the household said nothing: nobody waits for a brother or a sister,
 * as if each had applied alone. */
#define ASSUMED "別保順次(希)"

struct home {
    struct run_result *r;
    struct arena *a;
    struct diag *d;
    struct applicant *who[MARKET_SIBLINGS_MAX]; /* eldest first, by number */
    size_t n;
    struct sibling_result *out;
};

static bool is_older(const struct applicant *a, const struct applicant *b)
{
    if (a->score->class_age != b->score->class_age)
        return a->score->class_age > b->score->class_age;
    return strcmp(a->child, b->child) < 0;
}

static struct pos place(const struct home *h)
{
    return POS_FILE(arena_printf(h->a, "世帯 %s", h->who[0]->household));
}

static const char *pattern_of(const struct home *h)
{
    const struct record_set *set = h->r->set;
    const struct household *home = &set->households[h->who[0]->household_index];
    const struct field *f =
        dictionary_find(h->r->dict, "household.sibling_pattern");
    if (!f || home->first[SCOPE_HOUSEHOLD] == home->end[SCOPE_HOUSEHOLD])
        return NULL;
    struct slot v = record_get(set, f, home->first[SCOPE_HOUSEHOLD]);
    return v.state == VALUE_KNOWN ? f->values[v.num] : NULL;
}

/* Unknown: the first day of its class. */
static int64_t born(const struct home *h, const struct applicant *x)
{
    const struct field *f = dictionary_find(h->r->dict, "child.birth");
    struct slot v = {.state = VALUE_UNKNOWN};
    if (f)
        v = record_get(h->r->set, f, x->score->child_row);
    if (v.state == VALUE_KNOWN)
        return v.num;
    return date_day(h->r->settings->fiscal_year - x->score->class_age - 1, 4,
                    2);
}

/* The number of the place that it has among the facilities that it asks for;
 * 0: its list does not name it. */
static size_t current_number(const struct applicant *x)
{
    size_t own = applicant_own_pref(x), n = 1;
    if (own == NOT_RANKED)
        return 0;
    for (size_t i = 0; i < x->n_options && x->options[i].pref < own; i++)
        n += i == 0 || x->options[i].pref != x->options[i - 1].pref;
    return n;
}

static void by_pattern(struct home *h, const struct sibling_preset *preset,
                       struct sibling_entries *out)
{
    struct sibling_child c[MARKET_SIBLINGS_MAX];
    for (size_t k = 0; k < h->n; k++) {
        const struct applicant *x = h->who[k];
        int32_t *wishes = ARENA_ARRAY(h->a, int32_t, x->n_options);
        int32_t *sites = ARENA_ARRAY(h->a, int32_t, x->n_options);
        c[k] = (struct sibling_child){
            .born = born(h, x),
            .current = run_place(h->r, x->current, x->current_seat),
            .wishes = wishes,
            .n_wishes = x->n_options,
            .current_number = current_number(x),
            .sites = sites,
            .current_site = run_facility(h->r, x->current)};
        for (size_t i = 0; i < x->n_options; i++) {
            const struct pref_score *p = &x->score->prefs[x->options[i].pref];
            wishes[i] = x->options[i].place;
            sites[i] = run_facility(h->r, p->found);
        }
    }
    sibling_entries_make(&preset->rule, c, h->n, out, h->a);
    h->out->cut = out->cut;
    h->out->wishes_used = out->wishes_used;
}

static bool wishes_for(const struct applicant *x, const struct facility *f)
{
    for (size_t i = 0; i < x->score->n_prefs; i++)
        if (x->score->prefs[i].found == f)
            return true;
    return x->current == f;
}

/* The seats of one facility that are open to the k-th child, in the city's
 * order. */
struct kinds {
    int32_t places[SPECIAL_SEATS_MAX + 1];
    size_t n;
};

static void kinds_at(const struct home *h, size_t k, const struct facility *f,
                     struct kinds *out)
{
    const struct applicant *x = h->who[k];
    out->n = 0;
    for (size_t i = 0; f && i < x->n_options; i++)
        if (h->r->places[x->options[i].place].facility == f)
            out->places[out->n++] = x->options[i].place;
    if (!out->n) /* none, its current place, or one it cannot have */
        out->places[out->n++] = f == x->current
                                    ? run_place(h->r, f, x->current_seat)
                                    : run_facility(h->r, f);
}

/* The k-th child's facility in a row of the list. */
static bool listed_place(struct home *h, const struct combination *c, size_t k,
                         struct kinds *out)
{
    const struct applicant *x = h->who[k];
    const char *code = NULL;
    for (size_t i = 0; i < c->n_places; i++)
        if (strcmp(c->places[i].child, x->child) == 0)
            code = c->places[i].facility;
    if (!code)
        return diag_error(h->d, c->at, "combination-children",
                          "世帯 %s の児童 %s が組合せにいません",
                          "household %s: child %s is not in the list",
                          x->household, x->child);
    const struct facility *f = facility_find(h->r->facilities, code);
    if (*code && !f)
        return diag_error(h->d, c->at, "unknown-facility",
                          "施設番号 %s がありません", "there is no facility %s",
                          code);
    if (f && !wishes_for(x, f))
        return diag_error(h->d, c->at, "combination-not-wished",
                          "児童 %s は施設 %s を希望していません",
                          "child %s does not wish for facility %s", x->child,
                          code);
    kinds_at(h, k, f, out);
    return true;
}

/* A row of the list as entries: with every kind of seat, the eldest child's
 * first kind first. */
static bool add_row(struct home *h, const struct combination *c,
                    struct sibling_entries *out)
{
    struct kinds kinds[MARKET_SIBLINGS_MAX] = {{.n = 0}};
    size_t all = 1;
    for (size_t k = 0; k < h->n; k++) {
        if (!listed_place(h, c, k, &kinds[k]))
            return false;
        all = all > MARKET_ENTRIES_MAX ? all : all * kinds[k].n;
    }
    if (out->n + all > MARKET_ENTRIES_MAX)
        return diag_error(h->d, c->at, "too-many-entries",
                          "世帯 %s の組合せは、枠の種類を合わせると %d 通りを"
                          "超えます",
                          "household %s: with the kinds of seats there are "
                          "more than %d entries",
                          c->household, MARKET_ENTRIES_MAX);
    out->entries = arena_grow(h->a, out->entries, out->n * h->n,
                              (out->n + all) * h->n, sizeof *out->entries);
    for (size_t e = 0; e < all; e++, out->n++) {
        size_t rest = e;
        for (size_t k = h->n; k-- > 0; rest /= kinds[k].n)
            out->entries[out->n * h->n + k] =
                kinds[k].places[rest % kinds[k].n];
    }
    return true;
}

static bool by_list(struct home *h, const struct combination *list, size_t n,
                    struct sibling_entries *out)
{
    *out = (struct sibling_entries){.n = 0};
    for (size_t e = 0; e < n; e++)
        if (!add_row(h, &list[e], out))
            return false;
    return true;
}

static bool choose_list(struct home *h, struct sibling_entries *out)
{
    const char *said = pattern_of(h);
    size_t n = 0;
    const struct combination *list = NULL;
    if (h->r->combinations)
        list = combinations_find(h->r->combinations, h->who[0]->household, &n);
    bool explicit = said ? strcmp(said, EXPLICIT) == 0 : n > 0;
    h->out->assumed = !said;
    h->out->pattern = explicit ? EXPLICIT : said ? said : ASSUMED;
    if (n && !explicit)
        return diag_error(h->d, list->at, "combination-pattern",
                          "世帯 %s のきょうだいの条件は「%s」ですが、"
                          "組合せの表にもあります",
                          "household %s has the sibling pattern %s and stands "
                          "in the combination list too",
                          list->household, said);
    if (explicit && !n)
        return diag_error(h->d, place(h), "combination-missing",
                          "きょうだいの条件は「組合せ指定」ですが、"
                          "組合せの表 (combinations) にありません",
                          "the sibling pattern is an explicit list, but the "
                          "combination list has none");
    if (explicit)
        return by_list(h, list, n, out);
    const struct sibling_preset *p = sibling_preset_find(h->out->pattern);
    if (!p)
        return diag_error(h->d, place(h), "bad-sibling-pattern",
                          "きょうだいの条件「%s」は使えません",
                          "the sibling pattern %s is not known",
                          h->out->pattern);
    by_pattern(h, p, out);
    return true;
}

/* Children who are not in the market have no column; an entry that needs one
 * of them placed cannot be. */
static void put_family(struct home *h, const struct sibling_entries *e,
                       struct market_family *f)
{
    f->id = h->who[0]->household;
    f->children = ARENA_ARRAY(h->a, int32_t, h->n);
    f->entries = ARENA_ARRAY(h->a, int32_t, e->n * h->n);
    for (size_t k = 0; k < h->n; k++)
        if (h->who[k]->market_child != MARKET_NONE)
            f->children[f->n_children++] = h->who[k]->market_child;
    for (size_t i = 0; i < e->n; i++) {
        int32_t *row = f->entries + f->n_entries * f->n_children;
        size_t column = 0;
        bool possible = true;
        for (size_t k = 0; k < h->n; k++) {
            int32_t at = e->entries[i * h->n + k];
            if (h->who[k]->market_child != MARKET_NONE)
                row[column++] = at;
            else
                possible = possible && at == MARKET_NONE;
        }
        f->n_entries += possible;
    }
}

/* Withdrew, or has its place elsewhere: its brothers and sisters apply without
 * it. */
static bool takes_no_part(const struct run_result *r, const struct applicant *x)
{
    return run_gone(r, x) || x->outcome == OUTCOME_PLACED_ELSEWHERE;
}

size_t run_home_size(const struct run_result *r, size_t first, size_t end)
{
    size_t n = 0;
    for (size_t i = first; i < end; i++)
        n += !takes_no_part(r, &r->applicants[i]);
    return n;
}

size_t run_siblings(struct run_result *r, size_t first, size_t end,
                    struct market_family *f, bool *ok, struct arena *a,
                    struct diag *d)
{
    struct home h = {.r = r, .a = a, .d = d};
    struct sibling_entries e = {.n = 0};
    size_t n = run_home_size(r, first, end);
    if (n < 2)
        return 0;
    if (n > MARKET_SIBLINGS_MAX) {
        *ok = diag_error(d,
                         POS_FILE(arena_printf(a, "世帯 %s",
                                               r->applicants[first].household)),
                         "too-many-siblings",
                         "1 世帯の児童は %d 人までです (%zu 人)",
                         "a household may have %d children, here are %zu",
                         MARKET_SIBLINGS_MAX, n);
        return 0;
    }
    h.out = &r->siblings[r->n_siblings++];
    *h.out =
        (struct sibling_result){.phase = r->phase_now, .family = MARKET_NONE};
    for (size_t i = first; i < end; i++) {
        struct applicant *x = &r->applicants[i];
        size_t at = h.n;
        if (takes_no_part(r, x))
            continue;
        for (; at > 0 && is_older(x, h.who[at - 1]); at--)
            h.who[at] = h.who[at - 1];
        h.who[at] = x;
        h.n++;
        x->siblings = h.out;
    }
    assert(h.n == n);
    if (!choose_list(&h, &e)) {
        *ok = false;
        return 0;
    }
    put_family(&h, &e, f);
    if (f->n_children)
        h.out->family = (int32_t)(f - r->market.families);
    h.out->n_entries = f->n_entries;
    return h.n;
}

/* Every child of the row applies in its household; one that withdrew since is
 * passed over. */
static bool check_row(const struct run_result *r, const struct combination *c,
                      struct diag *d)
{
    for (size_t k = 0; k < c->n_places; k++) {
        const struct applicant *x = applicant_find(r, c->places[k].child);
        if (!x || strcmp(x->household, c->household) != 0)
            return diag_error(d, c->at, "combination-children",
                              "児童 %s は世帯 %s の申込児童ではありません",
                              "child %s does not apply in household %s",
                              c->places[k].child, c->household);
    }
    return true;
}

bool run_combinations_check(const struct run_result *r, struct diag *d)
{
    bool ok = true;
    for (size_t i = 0; r->combinations && i < r->combinations->n; i++) {
        const struct combination *c = &r->combinations->items[i];
        /* rows of one household name the same children */
        if (i && strcmp(c[-1].household, c->household) == 0)
            continue;
        if (!record_household(r->set, c->household))
            ok = diag_error(d, c->at, "unknown-household",
                            "世帯 %s の申込みがありません",
                            "household %s has no application", c->household);
        else
            ok = check_row(r, c, d) && ok;
    }
    return ok;
}

void run_siblings_outcome(struct run_result *r, struct arena *a)
{
    struct entry_judge judge;
    struct arena scratch = ARENA_INIT;
    if (r->n_siblings)
        entry_judge_open(&judge, &r->market, &r->placement.matching, &scratch);
    for (size_t i = 0; i < r->n_siblings; i++) {
        struct sibling_result *s = &r->siblings[i];
        if (s->family == MARKET_NONE || s->phase != r->phase_now)
            continue;
        s->entry = (size_t)r->placement.entries[s->family];
        s->better = ARENA_ARRAY(a, struct entry_outcome, SIBLING_ENTRIES_TOLD);
        s->n_better = entry_judge_family(&judge, s->family, s->better,
                                         SIBLING_ENTRIES_TOLD);
        if (s->n_better > SIBLING_ENTRIES_TOLD)
            s->n_better = SIBLING_ENTRIES_TOLD;
    }
    for (size_t i = 0; i < r->placement.n_frozen; i++)
        for (size_t k = 0; k < r->n_siblings; k++)
            if (r->siblings[k].phase == r->phase_now &&
                r->siblings[k].family == r->placement.frozen[i])
                r->siblings[k].frozen = true;
    arena_release(&scratch);
}
