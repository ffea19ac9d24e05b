/*
 * The entries of each sibling pattern against an enumeration of its own: every
 * combination of wishes, kept and compared by the sentences of the definition,
 * best ones picked out one after another.
 */
#include "market_random.h"

#include "scoring/placement/market_build.h"
#include "scoring/placement/siblings.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#define CHILDREN 4
#define WISHES 4
#define COMBINATIONS 625

struct home {
    struct sibling_child child[CHILDREN];
    int32_t wishes[CHILDREN][WISHES];
    size_t n;
};

/* pick[k]: 0 for none, else the number of the wish. */
struct combination {
    int pick[CHILDREN];
};

static bool placed(const struct home *h, const struct combination *c, size_t k)
{
    return c->pick[k] > 0 || h->child[k].current != MARKET_NONE;
}

static int32_t place(const struct home *h, const struct combination *c,
                     size_t k)
{
    return c->pick[k] ? h->wishes[k][c->pick[k] - 1] : h->child[k].current;
}

static size_t count_placed(const struct home *h, const struct combination *c)
{
    size_t n = 0;
    for (size_t k = 0; k < h->n; k++)
        n += placed(h, c, k);
    return n;
}

static bool one_facility(const struct home *h, const struct combination *c)
{
    for (size_t k = 0; k < h->n; k++)
        for (size_t j = 0; j < h->n; j++)
            if (c->pick[k] && c->pick[j] && place(h, c, k) != place(h, c, j))
                return false;
    return true;
}

/* Somebody is older (for the mirror image: younger). */
static bool comes_before(const struct home *h, size_t j, size_t k, bool elder)
{
    return elder ? h->child[j].born < h->child[k].born
                 : h->child[j].born > h->child[k].born;
}

static bool in_turn(const struct home *h, const struct combination *c,
                    bool elder, bool strict)
{
    bool some_first = false;
    for (size_t k = 0; k < h->n; k++) {
        bool is_first = true;
        for (size_t j = 0; j < h->n; j++) {
            if (!comes_before(h, j, k, elder))
                continue;
            is_first = false;
            if (strict && placed(h, c, k) && !placed(h, c, j))
                return false;
        }
        some_first = some_first || (is_first && placed(h, c, k));
    }
    return some_first;
}

static bool allowed(const struct home *h, const struct sibling_rule *r,
                    const struct combination *c)
{
    bool changes = false;
    for (size_t k = 0; k < h->n; k++)
        changes = changes || c->pick[k];
    if (!changes || (r->facility == SIBLINGS_SAME && !one_facility(h, c)))
        return false;
    if (r->time == SIBLINGS_TOGETHER)
        return count_placed(h, c) == h->n;
    if (r->time == SIBLINGS_ELDER_FIRST || r->time == SIBLINGS_YOUNGER_FIRST)
        return in_turn(h, c, r->time == SIBLINGS_ELDER_FIRST, r->strict);
    return true;
}

static size_t at_one_place(const struct home *h, const struct combination *c)
{
    size_t most = 0;
    for (int32_t f = 0; f < 10; f++) {
        size_t n = 0;
        for (size_t k = 0; k < h->n; k++)
            n += placed(h, c, k) && place(h, c, k) == f;
        most = n > most ? n : most;
    }
    return most;
}

/* As the list is written: with the own place in it, where it stands there. */
static int number(const struct home *h, const struct combination *c, size_t k)
{
    int longest = 0, own = (int)h->child[k].current_number;
    for (size_t j = 0; j < h->n; j++) {
        int all = (int)h->child[j].n_wishes + (h->child[j].current_number > 0);
        longest = all > longest ? all : longest;
    }
    if (!c->pick[k])
        return own ? own : longest + 1;
    return c->pick[k] + (own && c->pick[k] >= own);
}

/* The children born on that day who are placed. */
static int placed_of_age(const struct home *h, const struct combination *c,
                         int64_t born)
{
    int n = 0;
    for (size_t k = 0; k < h->n; k++)
        n += h->child[k].born == born && placed(h, c, k);
    return n;
}

/* a before b? Days run from the eldest, or from the youngest. */
static int by_turn(const struct home *h, const struct combination *a,
                   const struct combination *b, bool elder)
{
    for (int64_t i = 0; i < 10; i++) {
        int64_t born = elder ? i : 9 - i;
        int d = placed_of_age(h, b, born) - placed_of_age(h, a, born);
        if (d)
            return d;
    }
    return 0;
}

static int by_wishes(const struct home *h, const struct combination *a,
                     const struct combination *b)
{
    int x = 1, y = 1;
    for (size_t k = 0; k < h->n; k++) {
        x *= number(h, a, k);
        y *= number(h, b, k);
    }
    for (int64_t born = 0; born < 10 && x == y; born++)
        for (size_t k = 0; k < h->n && x == y; k++)
            if (h->child[k].born == born) {
                x = number(h, a, k);
                y = number(h, b, k);
                if (x == y)
                    x = y = 0;
            }
    return x - y;
}

static bool better(const struct home *h, const struct sibling_rule *r,
                   const struct combination *a, const struct combination *b)
{
    int d = 0;
    if (r->time == SIBLINGS_ELDER_FIRST || r->time == SIBLINGS_YOUNGER_FIRST)
        d = by_turn(h, a, b, r->time == SIBLINGS_ELDER_FIRST);
    if (!d)
        d = (int)count_placed(h, b) - (int)count_placed(h, a);
    if (!d && r->order == SIBLINGS_SAME_FIRST)
        d = (int)at_one_place(h, b) - (int)at_one_place(h, a);
    if (!d)
        d = by_wishes(h, a, b);
    return d < 0;
}

/* Sends a child below the place it has, and is worse than what they have. */
static bool below_for_nothing(const struct home *h,
                              const struct sibling_rule *r,
                              const struct combination *c)
{
    static const struct combination today;
    for (size_t k = 0; k < h->n; k++)
        if (c->pick[k] && h->child[k].current_number &&
            number(h, c, k) > (int)h->child[k].current_number)
            return better(h, r, &today, c);
    return false;
}

static size_t enumerate(const struct home *h, const struct sibling_rule *r,
                        struct combination *out)
{
    size_t n = 0, all = 1;
    for (size_t k = 0; k < h->n; k++)
        all *= h->child[k].n_wishes + 1;
    for (size_t i = 0; i < all; i++) {
        struct combination c = {{0}};
        size_t rest = i;
        for (size_t k = 0; k < h->n; k++) {
            c.pick[k] = (int)(rest % (h->child[k].n_wishes + 1));
            rest /= h->child[k].n_wishes + 1;
        }
        if (allowed(h, r, &c) && !below_for_nothing(h, r, &c))
            out[n++] = c;
    }
    return n;
}

static void random_home(uint64_t *s, struct home *h)
{
    memset(h, 0, sizeof *h);
    h->n = 1 + random_below(s, CHILDREN);
    for (size_t k = 0; k < h->n; k++) {
        struct sibling_child *c = &h->child[k];
        int facilities[] = {0, 1, 2, 3, 4, 5};
        random_shuffle(s, facilities, 6);
        c->born = random_below(s, 5);
        c->current = random_below(s, 3) ? MARKET_NONE : facilities[WISHES];
        c->n_wishes = random_below(s, WISHES + 1);
        c->wishes = h->wishes[k];
        if (c->current != MARKET_NONE && random_below(s, 2))
            c->current_number = 1 + random_below(s, (unsigned)c->n_wishes + 1);
        for (size_t i = 0; i < c->n_wishes; i++)
            h->wishes[k][i] = facilities[i];
    }
}

static void compare(const struct home *h, const struct sibling_rule *r,
                    const char *name)
{
    static struct combination list[COMBINATIONS];
    struct arena a = ARENA_INIT;
    struct sibling_entries e;
    size_t n = enumerate(h, r, list);
    sibling_entries_make(r, h->child, h->n, &e, &a);
    if (e.n != n || e.cut)
        fail_msg("%s: %zu entries, the definition gives %zu", name, e.n, n);
    for (size_t i = 0; i < n; i++) {
        size_t best = i;
        for (size_t j = i + 1; j < n; j++)
            if (better(h, r, &list[j], &list[best]))
                best = j;
        struct combination c = list[best];
        list[best] = list[i];
        list[i] = c;
        for (size_t k = 0; k < h->n; k++) {
            int32_t wanted =
                c.pick[k] ? h->wishes[k][c.pick[k] - 1] : MARKET_NONE;
            if (e.entries[i * h->n + k] != wanted)
                fail_msg("%s: entry %zu, child %zu: %d, not %d", name, i, k,
                         (int)e.entries[i * h->n + k], (int)wanted);
        }
    }
    arena_release(&a);
}

static void every_preset_is_as_it_is_defined(void **state)
{
    (void)state;
    uint64_t s = 4;
    for (int i = 0; i < 300; i++) {
        struct home h;
        random_home(&s, &h);
        for (size_t p = 0; p < n_sibling_presets; p++)
            compare(&h, &sibling_presets[p].rule, sibling_presets[p].name);
    }
}

static void every_setting_of_the_switches_is_as_it_is_defined(void **state)
{
    (void)state;
    uint64_t s = 5;
    for (unsigned i = 0; i < 4000; i++) {
        struct home h;
        struct sibling_rule r = {
            .facility = i % 2 ? SIBLINGS_SAME : SIBLINGS_ANY,
            .time = (enum sibling_time)(i / 2 % 4),
            .strict = i / 8 % 2,
            .order = i / 16 % 2 ? SIBLINGS_SAME_FIRST : SIBLINGS_WISH_FIRST};
        random_home(&s, &h);
        compare(&h, &r, "switches");
    }
}

/* Two children, wishes A B and B C: each preset's list written out. */
static void lists_read_as_forms_promise(void **state)
{
    (void)state;
    static const int32_t elder[] = {0, 1}, younger[] = {1, 2};
    static const struct {
        const char *name, *list; /* elder, younger; - for none */
    } lists[] = {
        {"同保同時", "BB"},
        {"同保順次(上)", "BB A- B-"},
        {"同保順次(下)", "BB -B -C"},
        {"別保同時(同)", "BB AB AC BC"},
        {"別保順次(同)", "BB AB AC BC A- -B B- -C"},
        {"別保同時(希)", "AB AC BB BC"},
        {"別保順次(希)", "AB AC BB BC A- -B B- -C"},
    };
    struct sibling_child c[] = {
        {.born = 7, .current = MARKET_NONE, .wishes = younger, .n_wishes = 2},
        {.born = 3, .current = MARKET_NONE, .wishes = elder, .n_wishes = 2}};
    for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++) {
        struct arena a = ARENA_INIT;
        struct sibling_entries e;
        char text[64] = "";
        const struct sibling_preset *p = sibling_preset_find(lists[i].name);
        assert_non_null(p);
        sibling_entries_make(&p->rule, c, 2, &e, &a);
        for (size_t n = 0, at = 0; n < e.n; n++) {
            text[at++] = "-ABC"[e.entries[n * 2 + 1] + 1];
            text[at++] = "-ABC"[e.entries[n * 2] + 1];
            text[at++] = n + 1 < e.n ? ' ' : '\0';
        }
        if (strcmp(text, lists[i].list) != 0)
            fail_msg("%s: %s, not %s", lists[i].name, text, lists[i].list);
        arena_release(&a);
    }
    assert_null(sibling_preset_find("組合せ指定"));
}

static void long_lists_are_cut_and_say_so(void **state)
{
    (void)state;
    struct arena a = ARENA_INIT;
    struct sibling_entries e;
    struct sibling_child c[MARKET_SIBLINGS_MAX];
    int32_t wishes[100];
    for (int32_t i = 0; i < 100; i++)
        wishes[i] = i;
    for (size_t k = 0; k < MARKET_SIBLINGS_MAX; k++)
        c[k] = (struct sibling_child){.born = (int64_t)k,
                                      .current = MARKET_NONE,
                                      .wishes = wishes,
                                      .n_wishes = 20};
    const struct sibling_rule *either =
        &sibling_preset_find("別保順次(希)")->rule;
    sibling_entries_make(either, c, 3, &e, &a);
    assert_false(e.cut);
    assert_int_equal(e.n, 21 * 21 * 21 - 1);
    assert_int_equal(e.wishes_used, 20);
    sibling_entries_make(either, c, 4, &e, &a);
    assert_true(e.cut);
    assert_int_equal(e.wishes_used, 9); /* 10^4 - 1: just within */
    assert_int_equal(e.n, MARKET_ENTRIES_MAX);
    sibling_entries_make(either, c, MARKET_SIBLINGS_MAX, &e, &a);
    assert_true(e.cut);
    assert_int_equal(e.n, MARKET_ENTRIES_MAX);
    sibling_entries_make(&sibling_preset_find("同保同時")->rule, c,
                         MARKET_SIBLINGS_MAX, &e, &a);
    assert_false(e.cut);
    assert_int_equal(e.n, 20);
    arena_release(&a);
}

/* A facility with special seats is one facility with one number; of its seats
 * those that stand first are asked for first, the eldest child's before all. */
static void special_seats_are_at_the_same_facility(void **state)
{
    (void)state;
    /* 0: A, 1: A#special, 2: B; the elder may have A#special, the younger is
     * at B today. */
    static const int32_t elder[] = {1, 0, 2}, elder_at[] = {0, 0, 2};
    static const int32_t younger[] = {0}, younger_at[] = {0};
    const struct sibling_child c[] = {{.born = 1,
                                       .current = MARKET_NONE,
                                       .wishes = elder,
                                       .n_wishes = 3,
                                       .sites = elder_at,
                                       .current_site = MARKET_NONE},
                                      {.born = 2,
                                       .current = 2,
                                       .wishes = younger,
                                       .n_wishes = 1,
                                       .sites = younger_at,
                                       .current_site = 2}};
    static const int32_t want[] = {1,           0, 0,           0, 2,
                                   MARKET_NONE, 1, MARKET_NONE, 0, MARKET_NONE};
    struct sibling_entries e;
    struct arena a = ARENA_INIT;
    sibling_entries_make(&sibling_preset_find("同保同時")->rule, c, 2, &e, &a);
    /* Together first: number 1 × 1, then at B by 2 × 2; then apart. */
    assert_int_equal(e.n, 5);
    assert_memory_equal(e.entries, want, sizeof want);
    arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_preset_is_as_it_is_defined),
        cmocka_unit_test(every_setting_of_the_switches_is_as_it_is_defined),
        cmocka_unit_test(lists_read_as_forms_promise),
        cmocka_unit_test(long_lists_are_cut_and_say_so),
        cmocka_unit_test(special_seats_are_at_the_same_facility),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
