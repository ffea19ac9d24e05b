#include "scoring/placement/siblings.h"

#include "core/buf.h"
#include "scoring/placement/market_build.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* Whatever the lists, time stays bounded. */
#define LOOK_AT_MAX 1000000

#define RULE(where, when, first)                              \
    {                                                         \
        .facility = (where), .time = (when), .order = (first) \
    }
const struct sibling_preset sibling_presets[] = {
    {"同保同時", RULE(SIBLINGS_SAME, SIBLINGS_TOGETHER, SIBLINGS_SAME_FIRST)},
    {"同保順次(上)",
     RULE(SIBLINGS_SAME, SIBLINGS_ELDER_FIRST, SIBLINGS_SAME_FIRST)},
    {"同保順次(下)",
     RULE(SIBLINGS_SAME, SIBLINGS_YOUNGER_FIRST, SIBLINGS_SAME_FIRST)},
    {"別保同時(同)",
     RULE(SIBLINGS_ANY, SIBLINGS_TOGETHER, SIBLINGS_SAME_FIRST)},
    {"別保順次(同)", RULE(SIBLINGS_ANY, SIBLINGS_EITHER, SIBLINGS_SAME_FIRST)},
    {"別保同時(希)",
     RULE(SIBLINGS_ANY, SIBLINGS_TOGETHER, SIBLINGS_WISH_FIRST)},
    {"別保順次(希)", RULE(SIBLINGS_ANY, SIBLINGS_EITHER, SIBLINGS_WISH_FIRST)},
};
const size_t n_sibling_presets =
    sizeof sibling_presets / sizeof sibling_presets[0];

const struct sibling_preset *sibling_preset_find(const char *name)
{
    for (size_t i = 0; i < n_sibling_presets; i++)
        if (strcmp(sibling_presets[i].name, name) == 0)
            return &sibling_presets[i];
    return NULL;
}

/* One entry with what it is ordered by; children by age, the eldest first. */
struct option {
    uint8_t by_age[MARKET_SIBLINGS_MAX]; /* placed, age by age, in the order of
                                            the rule; zero when it has none */
    uint8_t placed, together;            /* together: most at one facility */
    uint64_t product;
    uint16_t number[MARKET_SIBLINGS_MAX]; /* 1…; `none` is the last */
    uint16_t wish[MARKET_SIBLINGS_MAX];   /* 1…; 0 for none */
};

struct making {
    struct sibling_rule rule;
    const struct sibling_child *child[MARKET_SIBLINGS_MAX]; /* by age */
    size_t column[MARKET_SIBLINGS_MAX]; /* where it stood when given */
    int age[MARKET_SIBLINGS_MAX];       /* 0 the eldest; twins share it */
    size_t n, longest, wishes;          /* preference numbers: the highest, and
                                           how many of each list are used */
    struct option at, today;            /* today: ω(f) */
    int32_t same; /* facility of the newly placed so far, MARKET_NONE */
    struct buf options;
    size_t looked_at;
    bool too_many;
};

static int32_t site_of_wish(const struct sibling_child *c, size_t i)
{
    return c->sites ? c->sites[i] : c->wishes[i];
}

/* How many facilities the list names. */
static size_t count_numbers(const struct sibling_child *c)
{
    size_t n = (c->n_wishes > 0) + (c->current_number > 0);
    for (size_t i = 1; i < c->n_wishes; i++)
        n += site_of_wish(c, i) != site_of_wish(c, i - 1);
    return n;
}

static void order_by_age(struct making *m, const struct sibling_child *children)
{
    for (size_t k = 0; k < m->n; k++) {
        size_t at = k;
        for (; at > 0 && children[k].born < m->child[at - 1]->born; at--) {
            m->child[at] = m->child[at - 1];
            m->column[at] = m->column[at - 1];
        }
        m->child[at] = &children[k];
        m->column[at] = k;
        size_t numbers = count_numbers(&children[k]);
        m->longest = numbers > m->longest ? numbers : m->longest;
    }
    for (size_t k = 1; k < m->n; k++)
        m->age[k] =
            m->age[k - 1] + (m->child[k]->born != m->child[k - 1]->born);
}

/* The number of staying, or of having none. */
static uint16_t none(const struct making *m, size_t k)
{
    size_t own = m->child[k]->current_number;
    return (uint16_t)(own ? own : m->longest + 1);
}

static bool is_placed(const struct making *m, size_t k)
{
    return m->at.wish[k] || m->child[k]->current != MARKET_NONE;
}

/* The facility where it is. */
static int32_t site_of(const struct making *m, size_t k)
{
    const struct sibling_child *c = m->child[k];
    if (m->at.wish[k])
        return site_of_wish(c, m->at.wish[k] - 1u);
    return c->sites ? c->current_site : c->current;
}

/* A place for one that must come first, or for nobody; strict: for everyone
 * who comes before a child that is placed. */
static bool keeps_turn(const struct making *m)
{
    bool elder = m->rule.time == SIBLINGS_ELDER_FIRST, first_placed = false;
    int first = elder ? 0 : m->age[m->n - 1];
    for (size_t k = 0; k < m->n; k++) {
        if (m->age[k] == first && is_placed(m, k))
            first_placed = true;
        for (size_t j = 0; m->rule.strict && j < m->n; j++) {
            bool before = elder ? m->age[j] < m->age[k] : m->age[j] > m->age[k];
            if (before && is_placed(m, k) && !is_placed(m, j))
                return false;
        }
    }
    return first_placed;
}

static uint8_t count_placed(const struct making *m)
{
    uint8_t n = 0;
    for (size_t k = 0; k < m->n; k++)
        n += is_placed(m, k);
    return n;
}

static bool is_allowed(const struct making *m)
{
    size_t wished = 0;
    for (size_t k = 0; k < m->n; k++)
        wished += m->at.wish[k] != 0;
    if (wished == 0)
        return false; /* ω(f) */
    switch (m->rule.time) {
    case SIBLINGS_TOGETHER:
        return count_placed(m) == m->n;
    case SIBLINGS_ELDER_FIRST:
    case SIBLINGS_YOUNGER_FIRST:
        return keeps_turn(m);
    case SIBLINGS_EITHER:
        break;
    }
    return true;
}

static uint8_t most_at_one_facility(const struct making *m)
{
    uint8_t most = 0;
    for (size_t k = 0; k < m->n; k++) {
        uint8_t here = 0;
        for (size_t j = 0; j < m->n; j++)
            here += is_placed(m, k) && is_placed(m, j) &&
                    site_of(m, j) == site_of(m, k);
        most = here > most ? here : most;
    }
    return most;
}

static void describe(struct making *m)
{
    struct option *o = &m->at;
    int last = m->age[m->n - 1];
    bool elder = m->rule.time == SIBLINGS_ELDER_FIRST;
    bool younger = m->rule.time == SIBLINGS_YOUNGER_FIRST;
    o->placed = count_placed(m);
    o->product = 1;
    memset(o->by_age, 0, sizeof o->by_age);
    for (size_t k = 0; k < m->n; k++) {
        if (elder || younger)
            o->by_age[younger ? last - m->age[k] : m->age[k]] +=
                is_placed(m, k);
        /* Fifteen children or more: the numbers one by one decide. */
        if (__builtin_mul_overflow(o->product, (uint64_t)o->number[k],
                                   &o->product))
            o->product = UINT64_MAX;
    }
    o->together =
        m->rule.order == SIBLINGS_SAME_FIRST ? most_at_one_facility(m) : 0;
}

static int better_first(const void *x, const void *y)
{
    const struct option *a = x, *b = y;
    int by_age = memcmp(b->by_age, a->by_age, sizeof a->by_age);
    if (by_age)
        return by_age;
    if (a->placed != b->placed)
        return a->placed > b->placed ? -1 : 1;
    if (a->together != b->together)
        return a->together > b->together ? -1 : 1;
    if (a->product != b->product)
        return a->product < b->product ? -1 : 1;
    for (size_t k = 0; k < MARKET_SIBLINGS_MAX; k++)
        if (a->number[k] != b->number[k])
            return a->number[k] < b->number[k] ? -1 : 1;
    for (size_t k = 0; k < MARKET_SIBLINGS_MAX; k++)
        if (a->wish[k] != b->wish[k])
            return a->wish[k] < b->wish[k] ? -1 : 1;
    return 0;
}

/* A wish below the place that the child has, and nothing gained by it. */
static bool betters_nothing(const struct making *m)
{
    bool below = false;
    for (size_t k = 0; k < m->n; k++)
        below = below || (m->at.wish[k] && m->child[k]->current_number &&
                          m->at.number[k] > m->child[k]->current_number);
    return below && better_first(&m->at, &m->today) > 0;
}

static void add_option(struct making *m)
{
    m->too_many = ++m->looked_at > LOOK_AT_MAX;
    if (m->too_many || !is_allowed(m))
        return;
    describe(m);
    if (betters_nothing(m))
        return;
    m->too_many = m->options.len / sizeof m->at >= MARKET_ENTRIES_MAX;
    if (!m->too_many)
        buf_add(&m->options, &m->at, sizeof m->at);
}

static void choose(struct making *m, size_t k)
{
    if (k == m->n) {
        add_option(m);
        return;
    }
    const struct sibling_child *c = m->child[k];
    size_t number = 0;
    for (size_t i = 0; i < c->n_wishes && !m->too_many; i++) {
        int32_t same = m->same, site = site_of_wish(c, i);
        number += i == 0 || site != site_of_wish(c, i - 1);
        if (number == c->current_number)
            number++; /* its own place comes in between */
        if (number > m->wishes)
            break;
        if (m->rule.facility == SIBLINGS_SAME) {
            if (same != MARKET_NONE && same != site)
                continue;
            m->same = site;
        }
        m->at.number[k] = (uint16_t)number;
        m->at.wish[k] = (uint16_t)(i + 1);
        choose(m, k + 1);
        m->same = same;
    }
    if (m->too_many ||
        (m->rule.time == SIBLINGS_TOGETHER && c->current == MARKET_NONE))
        return; /* none would leave it out */
    m->at.number[k] = none(m, k);
    m->at.wish[k] = 0;
    choose(m, k + 1);
}

static void describe_today(struct making *m)
{
    for (size_t k = 0; k < m->n; k++)
        m->at.number[k] = none(m, k);
    describe(m);
    m->today = m->at;
}

static void put_entries(const struct making *m, struct sibling_entries *out,
                        struct arena *a)
{
    const struct option *o = (const void *)m->options.bytes;
    out->n = m->options.len / sizeof *o;
    out->entries = ARENA_ARRAY(a, int32_t, out->n * m->n);
    for (size_t e = 0; e < out->n; e++)
        for (size_t k = 0; k < m->n; k++)
            out->entries[e * m->n + m->column[k]] =
                o[e].wish[k] ? m->child[k]->wishes[o[e].wish[k] - 1]
                             : MARKET_NONE;
}

void sibling_entries_make(const struct sibling_rule *rule,
                          const struct sibling_child *children, size_t n,
                          struct sibling_entries *out, struct arena *a)
{
    struct making m = {.rule = *rule, .n = n};
    assert(n > 0 && n <= MARKET_SIBLINGS_MAX);
    order_by_age(&m, children);
    assert(m.longest < UINT16_MAX);
    describe_today(&m);
    *out = (struct sibling_entries){.n = 0};
    for (m.wishes = m.longest;; m.wishes--) {
        buf_clear(&m.options);
        m.looked_at = 0;
        m.too_many = false;
        m.same = MARKET_NONE;
        choose(&m, 0);
        out->cut = out->cut || m.too_many;
        /* Fourteen children with one wish each are too many still: then what
         * was found until the limit stands. */
        if (!m.too_many || m.wishes <= 1)
            break;
    }
    out->wishes_used = m.wishes;
    if (m.options.len)
        qsort(m.options.bytes, m.options.len / sizeof m.at, sizeof m.at,
              better_first);
    put_entries(&m, out, a);
    buf_release(&m.options);
}
