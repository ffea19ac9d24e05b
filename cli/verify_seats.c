/*
 * The seats that each market offers: seats.csv, less the seats of those who
 * apply to leave where they are counted in; and in later phases what the ones
 * before left and freed.
 */
#include "cli/verify_run.h"

#include <string.h>

/* "11#加配" is facility 11, kind 加配. */
static const struct class_seats *seats_of(const struct facilities *facilities,
                                          const char *id, struct arena *a)
{
    size_t len = strcspn(id, "#");
    const struct facility *f =
        facility_find(facilities, arena_copy(a, id, len));
    if (!f || !id[len])
        return f ? f->seats : NULL;
    const struct special_seats *s = facility_special(f, id + len + 1);
    return s ? s->seats : NULL;
}

/* ---- what is there at first ---- */

static size_t applying_away(const struct verify_run *v, int32_t facility,
                            int class_age)
{
    size_t n = 0;
    for (size_t p = 0; p < v->n_phases; p++)
        for (size_t i = 0; i < v->phases[p].market.n_children; i++) {
            const struct market_child *x = &v->phases[p].market.children[i];
            n += x->current == facility && x->class_age == class_age;
        }
    return n;
}

static int32_t offered(const struct verify_run *v,
                       const struct class_seats *from, int32_t facility,
                       int class_age)
{
    const struct class_seats *s = &from[class_age];
    int32_t n = s->offered > 0 ? s->offered : 0;
    if (s->own_included) {
        size_t own = applying_away(v, facility, class_age);
        n = (size_t)n > own ? n - (int32_t)own : 0;
    }
    return n;
}

/* ---- one market ---- */

/* Classes that share seats are compared together. */
static int32_t sum(const int32_t *seats, unsigned classes)
{
    int32_t n = 0;
    for (int k = 0; k < MARKET_CLASSES; k++)
        if (classes >> k & 1U)
            n += seats[k];
    return n;
}

static void tell_seats(const struct market_facility *x, int class_age,
                       int32_t have, int32_t want, struct diag *said)
{
    diag_error(said, POS_FILE("market.json"), "seats-differ",
               "施設 %s クラス %d: %d 人ですが、seats.csv (と前の段階) では "
               "%d 人です",
               "facility %s class %d: %d seats, by seats.csv (and the "
               "phases before) %d",
               x->id, class_age, (int)have, (int)want);
}

static void check_pools(const struct market_facility *x,
                        const struct class_seats *from, struct diag *said)
{
    for (int k = 0; k < MARKET_CLASSES; k++)
        if (x->pool[k] != (from[k].pool | 1U << k))
            diag_error(
                said, POS_FILE("market.json"), "seats-differ",
                "施設 %s クラス %d: 枠を共有するクラスが seats.csv と違い"
                "ます",
                "facility %s class %d shares its seats with other "
                "classes than seats.csv says",
                x->id, k);
}

static void check_facility(const struct market_facility *x,
                           const struct class_seats *from, const int32_t *want,
                           struct diag *said)
{
    check_pools(x, from, said);
    for (int k = 0; k < MARKET_CLASSES; k++) {
        unsigned pool = from[k].pool | 1U << k;
        if (sum(x->seats, pool) != sum(want, pool))
            tell_seats(x, k, sum(x->seats, pool), sum(want, pool), said);
    }
}

static void after(const struct verify_phase *p, int32_t *now)
{
    for (size_t i = 0; i < p->market.n_children; i++) {
        const struct market_child *x = &p->market.children[i];
        if (p->held.place[i] == x->current)
            continue;
        if (x->current != MARKET_NONE)
            now[x->current * MARKET_CLASSES + x->class_age]++;
        if (p->held.place[i] != MARKET_NONE)
            now[p->held.place[i] * MARKET_CLASSES + x->class_age]--;
    }
}

static size_t count_places(const struct facilities *facilities)
{
    size_t n = facilities->n;
    for (size_t i = 0; i < facilities->n; i++)
        n += facilities->items[i].n_special;
    return n;
}

/* The same facilities in every market, and all of them. */
static bool check_facilities(const struct facilities *facilities,
                             const struct verify_run *v,
                             const struct class_seats **from, struct arena *a,
                             struct diag *said)
{
    const struct market *first = &v->phases[0].market;
    bool ok = true;
    for (size_t f = 0; f < first->n_facilities; f++) {
        from[f] = seats_of(facilities, first->facilities[f].id, a);
        if (!from[f])
            ok = diag_error(said, POS_FILE("market.json"), "unknown-facility",
                            "施設 %s は施設一覧と seats.csv にありません",
                            "facility %s is not in the lists",
                            first->facilities[f].id);
    }
    for (size_t p = 0; p < v->n_phases; p++) {
        const struct market *m = &v->phases[p].market;
        bool same = m->n_facilities == count_places(facilities) &&
                    m->n_facilities == first->n_facilities;
        for (size_t f = 0; same && f < m->n_facilities; f++)
            same = strcmp(m->facilities[f].id, first->facilities[f].id) == 0;
        if (!same)
            ok = diag_error(said, POS_FILE("market.json"), "facility-missing",
                            "施設と枠の一覧が施設一覧・seats.csv と違います",
                            "the facilities are not those of the lists");
    }
    return ok;
}

static void check_first(struct verify_run *v,
                        const struct class_seats *const *from, int32_t *now,
                        struct diag *said)
{
    size_t n = v->phases[0].market.n_facilities;
    for (size_t f = 0; f < n; f++)
        for (int k = 0; k < MARKET_CLASSES; k++)
            now[f * MARKET_CLASSES + (size_t)k] =
                offered(v, from[f], (int32_t)f, k);
    for (size_t p = 0; p < v->n_phases; p++) {
        for (size_t f = 0; f < n; f++)
            check_facility(&v->phases[p].market.facilities[f], from[f],
                           now + f * MARKET_CLASSES, said);
        after(&v->phases[p], now);
    }
}

void verify_seats(const struct facilities *facilities, bool later,
                  struct verify_run *v, struct diag *said)
{
    struct arena mem = ARENA_INIT;
    const struct market *first = &v->phases[0].market;
    size_t n = first->n_facilities;
    const struct class_seats **from =
        ARENA_ARRAY(&mem, const struct class_seats *, n);
    int32_t *now = ARENA_ARRAY(&mem, int32_t, n * MARKET_CLASSES);
    bool ok = check_facilities(facilities, v, from, &mem, said);
    for (size_t p = 0; ok && later && p < v->n_phases; p++)
        for (size_t f = 0; f < n; f++)
            check_pools(&v->phases[p].market.facilities[f], from[f], said);
    if (ok && !later)
        check_first(v, from, now, said);
    arena_release(&mem);
}
