/*
 * The checks of a placement. To add one: write its function below, add its row
 * to market_checks, and plant its fault in tests/test_verify_market.c. The
 * report and verify.json take it from the table.
 */
#include "scoring/verify/verify_market.h"

#include "scoring/verify/verify_work.h"

static void fail(struct market_check_result *r, struct market_example example)
{
    r->failed++;
    if (r->n_examples < VERIFY_EXAMPLES_MAX)
        r->examples[r->n_examples++] = example;
}

static int class_of(const struct verify_work *w, int32_t child)
{
    return w->m->children[child].class_age;
}

/* Every child once, at a facility that it named, at its current place, or
 * nowhere. That it stands there once is the shape of the matching. */
static void check_listed(struct verify_work *w, struct market_check_result *r)
{
    for (size_t c = 0; c < w->m->n_children; c++) {
        r->checked++;
        if (w->bad_place[c] || !w->lists[c].listed)
            fail(r,
                 (struct market_example){(int32_t)c, w->place[c], MARKET_NONE,
                                         class_of(w, (int32_t)c)});
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
            fail(r, (struct market_example){child, f, MARKET_NONE,
                                            class_of(w, child)});
    }
}

/* The last of those who are too many. */
static struct market_example one_too_many(const struct verify_work *w,
                                          size_t facility, unsigned classes)
{
    struct market_example e = {MARKET_NONE, (int32_t)facility, MARKET_NONE,
                               MARKET_NONE};
    const struct site *s = &w->sites[facility];
    for (size_t i = 0; i < s->n_holders; i++) {
        int age = class_of(w, s->holders[i].child);
        if (classes >> age & 1U) {
            e.child = s->holders[i].child;
            e.class_age = age;
        }
    }
    return e;
}

static void check_seats(struct verify_work *w, struct market_check_result *r)
{
    for (size_t f = 0; f < w->m->n_facilities; f++) {
        const struct site *s = &w->sites[f];
        for (size_t i = 0; i < s->n_limits; i++) {
            int32_t held = 0;
            for (int k = 0; k < MARKET_CLASSES; k++)
                if (s->limits[i].classes >> k & 1U)
                    held += s->counts[k];
            r->checked++;
            if (held > s->limits[i].max)
                fail(r, one_too_many(w, f, s->limits[i].classes));
        }
    }
}

static void check_not_worse(struct verify_work *w,
                            struct market_check_result *r)
{
    for (size_t c = 0; c < w->m->n_children; c++) {
        int32_t home = w->m->children[c].current;
        if (home == MARKET_NONE)
            continue;
        r->checked++;
        /* the current place is the last of its list */
        if (w->place[c] == MARKET_NONE || !w->lists[c].listed)
            fail(r, (struct market_example){(int32_t)c, home, MARKET_NONE,
                                            class_of(w, (int32_t)c)});
    }
}

/* The facility could admit the child beside those who are there. */
static bool has_room(const struct verify_work *w, int32_t child,
                     int32_t facility)
{
    struct site *s = &w->sites[facility];
    int age = class_of(w, child);
    if (keeps_private_seat(w->m, child, facility))
        return true;
    s->counts[age]++;
    bool room = within_limits(s, s->counts, age);
    s->counts[age]--;
    return room;
}

static void check_no_waste(struct verify_work *w, struct market_check_result *r)
{
    for (size_t c = 0; c < w->m->n_children; c++) {
        int32_t child = (int32_t)c;
        for (size_t i = 0; i < w->lists[c].better; i++) {
            int32_t f = w->lists[c].facilities[i];
            r->checked++;
            if (rank_at(w, child, f) != NOT_RANKED && has_room(w, child, f))
                fail(r, (struct market_example){child, f, MARKET_NONE,
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
static void check_no_envy(struct verify_work *w, struct market_check_result *r)
{
    for (size_t c = 0; c < w->m->n_children; c++) {
        int32_t child = (int32_t)c;
        int age = class_of(w, child);
        for (size_t i = 0; i < w->lists[c].better; i++) {
            int32_t f = w->lists[c].facilities[i];
            struct site *s = &w->sites[f];
            int32_t rank = rank_at(w, child, f);
            r->checked++;
            if (has_room(w, child, f))
                continue;
            for (int k = 0; k < MARKET_CLASSES; k++) {
                if (s->worst[k].child == MARKET_NONE ||
                    rank >= s->worst[k].rank || !can_replace(s, age, k))
                    continue;
                fail(r,
                     (struct market_example){child, f, s->worst[k].child, age});
                break;
            }
        }
    }
}

const struct market_check market_checks[] = {
    {"every-child-listed",
     {"全児童が 1 回ずつ、希望した施設か在園施設にいる (または保留)",
      "every child once, at a facility it named, its own, or none"},
     check_listed},
    {"acceptable",
     {"内定した施設で選考の対象になっている",
      "every child is eligible where it is placed"},
     check_acceptable},
    {"seats",
     {"募集人数と枠の上限を超えていない (空いた在園枠を含む)",
      "no class, pool or cap holds more than its seats, freed and kept ones "
      "counted"},
     check_seats},
    {"nobody-worse-off",
     {"転園希望児が在園施設より不利になっていない",
      "no transfer applicant is worse off than where it is"},
     check_not_worse},
    {"no-waste",
     {"希望する対象児童がいるのに空いている枠がない",
      "no seat is empty that an eligible child would rather have"},
     check_no_waste},
    {"no-justified-envy",
     {"優先順位の低い児童に枠を取られた児童がいない",
      "no child lost a seat to a child that ranks below it"},
     check_no_envy},
};
const size_t n_market_checks = sizeof market_checks / sizeof market_checks[0];

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
        market_checks[i].run(&w, r);
        out->ok = out->ok && r->failed == 0;
    }
    w.a = a; /* the blocking entries stay */
    find_blocking(&w, out);
    arena_release(&scratch);
}
