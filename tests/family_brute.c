#include "family_brute.h"

#include "family_random.h"

#include <string.h>

#define CHILDREN (HOMES_MAX * HOME_CHILDREN)

static int32_t today(const struct market *m, int32_t child)
{
    return m->children[child].current;
}

/* Where the entry puts the k-th child; behind the last entry, today's place. */
static int32_t goes_to(const struct market *m, const struct market_family *h,
                       size_t e, size_t k)
{
    int32_t f =
        e < h->n_entries ? h->entries[e * h->n_children + k] : MARKET_NONE;
    return f == MARKET_NONE ? today(m, h->children[k]) : f;
}

static bool changes_nothing(const struct market *m,
                            const struct market_family *h, size_t e)
{
    for (size_t k = 0; k < h->n_children; k++)
        if (goes_to(m, h, e, k) != today(m, h->children[k]))
            return false;
    return true;
}

/* The last entry that means anything: the first that changes nothing. */
static size_t last_entry(const struct market *m, const struct market_family *h)
{
    size_t e = 0;
    while (e < h->n_entries && !changes_nothing(m, h, e))
        e++;
    return e;
}

static bool has_own_seat(const struct market *m, int32_t child, int32_t f)
{
    return today(m, child) == f &&
           !m->facilities[f].release[m->children[child].class_age];
}

/* 0 at its own place, then 1, 2, …; -1 when not in the order. */
static int rank_at_site(const struct market *m, int32_t child, int32_t f)
{
    if (today(m, child) == f)
        return 0;
    for (size_t i = 0; i < m->facilities[f].n_priority; i++)
        if (m->facilities[f].priority[i] == child)
            return (int)i + 1;
    return -1;
}

static int count_in(const struct market *m, unsigned set, unsigned classes)
{
    int n = 0;
    for (size_t c = 0; c < m->n_children; c++)
        n += set >> c & 1U && classes >> m->children[c].class_age & 1U;
    return n;
}

/* Own seats of transfer applicants stand beside the offered ones. */
static unsigned owners(const struct market *m, int32_t f)
{
    unsigned set = 0;
    for (size_t c = 0; c < m->n_children; c++)
        if (today(m, (int32_t)c) == f && !has_own_seat(m, (int32_t)c, f))
            set |= 1U << c;
    return set;
}

static bool may_sit(const struct market *m, int32_t f, unsigned set)
{
    const struct market_facility *site = &m->facilities[f];
    unsigned own = owners(m, f);
    for (int k = 0; k < MARKET_CLASSES; k++) {
        int seats = count_in(m, own, site->pool[k]);
        for (int j = 0; j < MARKET_CLASSES; j++)
            seats += site->pool[k] >> j & 1U ? site->seats[j] : 0;
        if (count_in(m, set, site->pool[k]) > seats)
            return false;
    }
    for (size_t i = 0; i < site->n_caps; i++)
        if (count_in(m, set, site->caps[i].classes) >
            site->caps[i].max + count_in(m, own, site->caps[i].classes))
            return false;
    return true;
}

static unsigned seated(const struct market *m, const int32_t *place, int32_t f)
{
    unsigned set = 0;
    for (size_t c = 0; c < m->n_children; c++)
        if (place[c] == f && !has_own_seat(m, (int32_t)c, f))
            set |= 1U << c;
    return set;
}

static unsigned choose(const struct market *m, int32_t f, unsigned from)
{
    unsigned taken = 0;
    for (int rank = 0; rank <= CHILDREN; rank++)
        for (size_t c = 0; c < m->n_children; c++)
            if (from >> c & 1U && rank_at_site(m, (int32_t)c, f) == rank &&
                may_sit(m, f, taken | 1U << c))
                taken |= 1U << c;
    return taken;
}

static bool entry_blocks(const struct market *m, const int32_t *place,
                         const struct market_family *h, size_t e)
{
    unsigned own = 0;
    for (size_t k = 0; k < h->n_children; k++)
        own |= 1U << h->children[k];
    for (size_t f = 0; f < m->n_facilities; f++) {
        unsigned sent = 0;
        for (size_t k = 0; k < h->n_children; k++)
            if (goes_to(m, h, e, k) == (int32_t)f &&
                !has_own_seat(m, h->children[k], (int32_t)f))
                sent |= 1U << h->children[k];
        unsigned others = seated(m, place, (int32_t)f) & ~own;
        if (sent & ~choose(m, (int32_t)f, others | sent))
            return false;
    }
    return true;
}

static size_t holds_entry(const struct market *m, const int32_t *place,
                          const struct market_family *h)
{
    size_t last = last_entry(m, h);
    for (size_t e = 0; e <= last; e++) {
        bool same = true;
        for (size_t k = 0; k < h->n_children; k++)
            same = same && place[h->children[k]] == goes_to(m, h, e, k);
        if (same)
            return e;
    }
    return SIZE_MAX;
}

int family_blocking(const struct market *m, const int32_t *place, int *placed)
{
    int blocking = 0;
    *placed = 0;
    for (size_t c = 0; c < m->n_children; c++) {
        if (place[c] != MARKET_NONE &&
            rank_at_site(m, (int32_t)c, place[c]) < 0)
            return -1;
        *placed += place[c] != MARKET_NONE;
    }
    for (size_t f = 0; f < m->n_facilities; f++)
        if (!may_sit(m, (int32_t)f, seated(m, place, (int32_t)f)))
            return -1;
    for (size_t i = 0; i < m->n_families; i++) {
        const struct market_family *h = &m->families[i];
        size_t held = holds_entry(m, place, h);
        if (held == SIZE_MAX)
            return -1;
        for (size_t e = 0; e < held; e++)
            blocking += entry_blocks(m, place, h, e);
    }
    return blocking;
}

struct walk {
    const struct market *m;
    struct family_brute *out;
    int32_t place[CHILDREN];
};

static void judge(struct walk *w)
{
    struct family_brute *out = w->out;
    int placed, blocking = family_blocking(w->m, w->place, &placed);
    if (blocking < 0)
        return;
    out->matchings++;
    if (out->blocking >= 0 &&
        (blocking > out->blocking ||
         (blocking == out->blocking && placed <= out->placed)))
        return;
    out->blocking = blocking;
    out->placed = placed;
    memcpy(out->place, w->place, w->m->n_children * sizeof *w->place);
}

/* In the households' order, best entries first: of equal ones the first met is
 * the canonical one. */
static void walk_from(struct walk *w, size_t family)
{
    const struct market *m = w->m;
    if (family == m->n_families) {
        judge(w);
        return;
    }
    const struct market_family *h = &m->families[family];
    size_t last = last_entry(m, h);
    for (size_t e = 0; e <= last; e++) {
        bool fits = true;
        for (size_t k = 0; k < h->n_children; k++)
            w->place[h->children[k]] = goes_to(m, h, e, k);
        for (size_t k = 0; k < h->n_children && fits; k++) {
            int32_t f = w->place[h->children[k]];
            fits =
                f == MARKET_NONE || (rank_at_site(m, h->children[k], f) >= 0 &&
                                     may_sit(m, f, seated(m, w->place, f)));
        }
        if (fits)
            walk_from(w, family + 1);
        for (size_t k = 0; k < h->n_children; k++)
            w->place[h->children[k]] = MARKET_NONE;
    }
}

void family_brute(const struct market *m, struct family_brute *out,
                  struct arena *a)
{
    struct walk w = {.m = m, .out = out};
    *out = (struct family_brute){.blocking = -1};
    out->place = ARENA_ARRAY(a, int32_t, m->n_children);
    for (size_t c = 0; c < m->n_children; c++)
        w.place[c] = MARKET_NONE;
    walk_from(&w, 0);
    out->stable = out->blocking == 0;
}
