/*
 * The checks of a placement. To add one: write its function below, add its row
 * to market_checks, and plant its fault in tests/test_verify_market.c. The
 * report and verify.json take it from the table.
 */
#include "scoring/verify/verify_market.h"

#include "scoring/verify/verify_work.h"

void verify_fail(struct market_check_result *r, struct market_example example)
{
    r->failed++;
    if (r->n_examples < VERIFY_EXAMPLES_MAX)
        r->examples[r->n_examples++] = example;
}

static int class_of(const struct verify_work *w, int32_t child)
{
    return w->m->children[child].class_age;
}

/* The k-th child of the household is at its current place, or where one of the
 * entries in use puts it. */
static bool named(const struct verify_work *w, const struct market_family *f,
                  size_t in_use, size_t k)
{
    int32_t place = w->place[f->children[k]];
    for (size_t e = 0; e < in_use; e++)
        if (sends_to(w->m, f, e, k) == place)
            return true;
    return place == w->m->children[f->children[k]].current;
}

/* Every child once, at a facility that it named, at its current place, or
 * nowhere. That it stands there once is the shape of the matching. */
static void check_listed(struct verify_work *w, struct market_check_result *r)
{
    for (size_t i = 0; i < w->m->n_families; i++) {
        const struct market_family *f = &w->m->families[i];
        const struct household *h = &w->households[i];
        for (size_t k = 0; k < f->n_children; k++) {
            int32_t child = f->children[k];
            r->checked++;
            if (w->bad_place[child] ||
                (!h->listed && w->place[child] != MARKET_NONE &&
                 !named(w, f, h->in_use, k)))
                verify_fail(r, (struct market_example){child, w->place[child],
                                                       MARKET_NONE,
                                                       class_of(w, child)});
        }
    }
}

/* The sibling pattern is what made the entries: brothers and sisters together
 * hold one of them, or what they have today. */
static void check_entry(struct verify_work *w, struct market_check_result *r)
{
    for (size_t i = 0; i < w->m->n_families; i++) {
        const struct market_family *f = &w->m->families[i];
        if (f->n_children == 1)
            continue;
        r->checked++;
        int32_t child = f->children[0];
        if (!w->households[i].listed)
            verify_fail(r, (struct market_example){child, w->place[child],
                                                   MARKET_NONE,
                                                   class_of(w, child)});
    }
}

static void check_acceptable(struct verify_work *w,
                             struct market_check_result *r)
{
    for (size_t c = 0; c < w->m->n_children; c++) {
        int32_t f = w->place[c], child = (int32_t)c;
        if (f == MARKET_NONE)
            continue;
        r->checked++;
        if (rank_at(w, child, f) == NOT_RANKED)
            verify_fail(r, (struct market_example){child, f, MARKET_NONE,
                                                   class_of(w, child)});
    }
}

/* The last of those who are too many. */
static struct market_example one_too_many(const struct verify_work *w,
                                          const struct site *s,
                                          unsigned classes)
{
    struct market_example e = {MARKET_NONE, MARKET_NONE, MARKET_NONE,
                               MARKET_NONE};
    for (size_t i = 0; i < s->n_holders; i++) {
        int age = class_of(w, s->holders[i].child);
        if (classes >> age & 1U) {
            e.child = s->holders[i].child;
            e.class_age = age;
        }
    }
    e.facility = w->place[e.child];
    return e;
}

static void check_seats(struct verify_work *w, struct market_check_result *r)
{
    for (size_t i = 0; i < w->m->n_facilities * MARKET_CLASSES; i++) {
        const struct site *s = &w->sites[i];
        for (size_t l = 0; l < s->n_limits; l++) {
            int32_t held = 0;
            for (int k = 0; k < MARKET_CLASSES; k++)
                if (s->limits[l].classes >> k & 1U)
                    held += s->counts[k];
            r->checked++;
            if (held > s->limits[l].max)
                verify_fail(r, one_too_many(w, s, s->limits[l].classes));
        }
    }
}

/* No entry puts an enrolled child out, so one without a place is worse off;
 * a child of its own, wherever it did not ask to be. */
static void check_not_worse(struct verify_work *w,
                            struct market_check_result *r)
{
    for (size_t c = 0; c < w->m->n_children; c++) {
        const struct market_child *child = &w->m->children[c];
        const struct market_family *f = &w->m->families[child->family];
        if (child->current == MARKET_NONE)
            continue;
        r->checked++;
        if (w->place[c] == MARKET_NONE ||
            (f->n_children == 1 && !w->households[child->family].listed))
            verify_fail(r,
                        (struct market_example){(int32_t)c, child->current,
                                                MARKET_NONE, child->class_age});
    }
}

/* The facility could admit the child beside those who are there. */
static bool has_room(const struct verify_work *w, int32_t child,
                     int32_t facility)
{
    int age = class_of(w, child);
    struct site *s = site_at(w, facility, age);
    if (keeps_private_seat(w->m, child, facility))
        return true;
    s->counts[age]++;
    bool room = within_limits(s, s->counts, age);
    s->counts[age]--;
    return room;
}

/* A child without siblings who applies, and a place that it would rather have:
 * its e-th entry; MARKET_NONE where that names none. */
static int32_t wish(const struct verify_work *w, size_t family, size_t e)
{
    const struct market_family *f = &w->m->families[family];
    return f->n_children == 1 ? f->entries[e] : MARKET_NONE;
}

static void check_no_waste(struct verify_work *w, struct market_check_result *r)
{
    for (size_t i = 0; i < w->m->n_families; i++) {
        int32_t child = w->m->families[i].children[0];
        for (size_t e = 0; e < w->households[i].better; e++) {
            int32_t f = wish(w, i, e);
            if (f == MARKET_NONE)
                continue;
            r->checked++;
            if (rank_at(w, child, f) != NOT_RANKED && has_room(w, child, f))
                verify_fail(r, (struct market_example){child, f, MARKET_NONE,
                                                       class_of(w, child)});
        }
    }
}

/* Would the facility keep every cap with this child instead of that one? */
static bool can_replace(struct site *s, int age, int other_age)
{
    s->counts[other_age]--;
    s->counts[age]++;
    bool ok = within_limits(s, s->counts, age);
    s->counts[age]--;
    s->counts[other_age]++;
    return ok;
}

/* Against the lowest-ranked holder of each class: nobody else of that class
 * could be envied where it cannot. Where there is room for the child besides,
 * nobody has its seat, and no-waste tells. */
static int32_t envied(const struct verify_work *w, int32_t child,
                      int32_t facility)
{
    int age = class_of(w, child);
    struct site *s = site_at(w, facility, age);
    int32_t rank = rank_at(w, child, facility);
    for (int k = 0; k < MARKET_CLASSES; k++)
        if (s->worst[k].child != MARKET_NONE && rank < s->worst[k].rank &&
            can_replace(s, age, k))
            return s->worst[k].child;
    return MARKET_NONE;
}

static void check_no_envy(struct verify_work *w, struct market_check_result *r)
{
    for (size_t i = 0; i < w->m->n_families; i++) {
        int32_t child = w->m->families[i].children[0];
        for (size_t e = 0; e < w->households[i].better; e++) {
            int32_t f = wish(w, i, e);
            if (f == MARKET_NONE)
                continue;
            r->checked++;
            int32_t other =
                has_room(w, child, f) ? MARKET_NONE : envied(w, child, f);
            if (other != MARKET_NONE)
                verify_fail(r, (struct market_example){child, f, other,
                                                       class_of(w, child)});
        }
    }
}

#define ONLY(method) (1U << (method))
#define ALWAYS ((1U << N_MARKET_METHODS) - 1)
const struct market_check market_checks[] = {
    {"every-child-listed",
     {"全児童が 1 回ずつ、希望した施設か在園施設にいる (または保留)",
      "every child once, at a facility it named, its own, or none"},
     ALWAYS,
     ALWAYS,
     check_listed},
    {"siblings-hold-an-entry",
     {"きょうだいは、その世帯の希望の組合せのどれか、または今のままである",
      "brothers and sisters together hold an entry of their household, or what "
      "they have today"},
     ALWAYS,
     ALWAYS,
     check_entry},
    {"acceptable",
     {"内定した施設で選考の対象になっている",
      "every child is eligible where it is placed"},
     ALWAYS,
     ALWAYS,
     check_acceptable},
    {"seats",
     {"募集人数と枠の上限を超えていない (空いた在園枠を含む)",
      "no class, pool or cap holds more than its seats, freed and kept ones "
      "counted"},
     ALWAYS,
     ALWAYS,
     check_seats},
    {"nobody-worse-off",
     {"転園希望児が在園施設より不利になっていない",
      "no transfer applicant is worse off than where it is"},
     ALWAYS,
     ALWAYS,
     check_not_worse},
    {"no-waste",
     {"1 人で申し込んだ児童が希望する枠で、空いているものがない",
      "no seat is empty that a child without siblings would rather have"},
     ALWAYS,
     ONLY(MARKET_STABLE),
     check_no_waste},
    {"no-justified-envy",
     {"1 人で申し込んだ児童で、優先順位の低い児童に枠を取られた児童がいない",
      "no child without siblings lost a seat to a child that ranks below it"},
     ALWAYS,
     ONLY(MARKET_STABLE),
     check_no_envy},
    {"points-order",
     {"指数順: 順番が来た時に空いていた最も上の希望を得ている",
      "points order: in its turn each household got the best entry that was "
      "free"},
     ONLY(MARKET_POINTS_ORDER),
     ONLY(MARKET_POINTS_ORDER),
     check_points_order},
    {"preference-rounds",
     {"希望順: 各巡で、施設の順位どおりに枠を得ている",
      "preference rounds: in each round the seats went by the facilities' "
      "orders"},
     ONLY(MARKET_PREFERENCE_ROUNDS),
     ONLY(MARKET_PREFERENCE_ROUNDS),
     check_preference_rounds},
};
const size_t n_market_checks = sizeof market_checks / sizeof market_checks[0];

bool market_check_counts(size_t check, const struct market *m)
{
    /* The proven best may have to leave somebody blocked. */
    if (m->optimum && market_checks[check].owed_by == ONLY(MARKET_STABLE))
        return false;
    return market_checks[check].owed_by >> m->method & 1U;
}

void verify_market(const struct market *m, const struct matching *held,
                   struct market_verdict *out, struct arena *a)
{
    struct arena scratch = ARENA_INIT;
    struct verify_work w;
    work_start(&w, m, held, &scratch);
    *out = (struct market_verdict){.ok = true};
    out->checks = ARENA_ARRAY(a, struct market_check_result, n_market_checks);
    for (size_t i = 0; i < n_market_checks; i++) {
        struct market_check_result *r = &out->checks[i];
        r->examples =
            ARENA_ARRAY(a, struct market_example, VERIFY_EXAMPLES_MAX);
        if (market_checks[i].run_by >> m->method & 1U)
            market_checks[i].run(&w, r);
        out->ok = out->ok && (r->failed == 0 || !market_check_counts(i, m));
    }
    find_blocking(&w, out, a);
    arena_release(&scratch);
}
