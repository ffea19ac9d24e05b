/*
 * Long lists of brothers and sisters: the verifier's entries straight against
 * the placer's own, for every pattern, with special seats, beyond the cut.
 *
 * ./test_verify_entries SEED tries another seed.
 */
#include "scoring/placement/siblings.h"
#include "scoring/verify/rebuild.h"
#include "tests/points_help.h"

static uint64_t seed = 20270402;
static struct arena mem;

static int teardown(void **state)
{
    (void)state;
    arena_release(&mem);
    return 0;
}

#define SITES 30
#define WISHES 20
#define KIDS 6

/* Facility i has general seats, 2i in the market, and special ones, 2i + 1. */
struct street {
    struct facility facilities[SITES];
    struct special_seat kind;
    struct market m;
};

static void build(struct street *s)
{
    *s = (struct street){.kind = {.seat = "加配"}};
    s->m.n_facilities = (size_t)SITES * 2;
    s->m.facilities =
        ARENA_ARRAY(&mem, struct market_facility, s->m.n_facilities);
    for (size_t i = 0; i < SITES; i++) {
        s->facilities[i].code = arena_printf(&mem, "%02zu", i);
        s->m.facilities[2 * i].id = s->facilities[i].code;
        s->m.facilities[2 * i + 1].id = arena_printf(&mem, "%02zu#加配", i);
    }
}

static uint64_t dice;
static size_t below(size_t n)
{
    dice = dice * 6364136223846793005U + 1442695040888963407U;
    return (size_t)(dice >> 33) % n;
}

/* The same child for both: facilities at steps of a stride, so that none comes
 * twice; every third with special seats before or after. */
static void draw(struct street *s, size_t wishes, struct rebuilt_child *x,
                 struct sibling_child *y)
{
    int32_t *places = ARENA_ARRAY(&mem, int32_t, wishes * 2);
    int32_t *sites = ARENA_ARRAY(&mem, int32_t, wishes * 2);
    size_t at = below(SITES), n = 0;
    x->wishes = ARENA_ARRAY(&mem, struct rebuilt_seat, wishes * 2);
    x->numbers = ARENA_ARRAY(&mem, int, wishes * 2);
    for (size_t i = 0; i < wishes; i++, at = (at + 7) % SITES) {
        size_t kinds = below(3) ? 1 : 2, first = below(2);
        for (size_t k = 0; k < kinds; k++) {
            bool special = kinds == 2 && k == first;
            x->wishes[n] = (struct rebuilt_seat){&s->facilities[at],
                                                 special ? &s->kind : NULL};
            x->numbers[n] = (int)i + 1;
            places[n] = (int32_t)(2 * at + special);
            sites[n++] = (int32_t)(2 * at);
        }
    }
    x->n_wishes = n;
    x->takes_part = true;
    x->born = (int64_t)below(4);
    *y = (struct sibling_child){.born = x->born,
                                .current = MARKET_NONE,
                                .wishes = places,
                                .n_wishes = n,
                                .sites = sites,
                                .current_site = MARKET_NONE};
    if (below(3))
        return;
    x->current = (struct rebuilt_seat){&s->facilities[at], NULL};
    y->current = y->current_site = (int32_t)(2 * at);
    if (below(2))
        return;
    x->current_number = (int)below(wishes + 1) + 1;
    y->current_number = (size_t)x->current_number;
    for (size_t i = 0; i < n; i++)
        x->numbers[i] += x->numbers[i] >= x->current_number;
}

static void long_lists_are_made_alike(void **state)
{
    (void)state;
    static struct street s;
    size_t cut = 0, most = 0;
    build(&s);
    dice = seed;
    for (size_t round = 0; round < 140; round++) {
        const struct sibling_preset *p =
            &sibling_presets[round % n_sibling_presets];
        struct rebuild r = {.basis = {.combinations = NULL}};
        struct rebuilt_child kids[KIDS] = {{0}};
        struct sibling_child same[KIDS];
        struct rebuilt_household h = {.no = "1", .pattern = p->name};
        struct arena a = ARENA_INIT;
        struct sibling_entries e;
        struct rebuilt_entries again;
        h.n = 2 + below(KIDS - 1);
        for (size_t k = 0; k < h.n; k++) {
            draw(&s, 1 + below(WISHES), &kids[k], &same[k]);
            h.children[k] = &kids[k];
        }
        sibling_entries_make(&p->rule, same, h.n, &e, &a);
        rebuild_entries(&r, &s.m, &h, &again, &a);
        cut += e.cut;
        most = e.n > most ? e.n : most;
        assert_int_equal(e.n, again.n);
        assert_int_equal(again.n_children, h.n);
        if (e.n)
            assert_memory_equal(e.entries, again.entries,
                                e.n * h.n * sizeof *e.entries);
        arena_release(&a);
    }
    assert_true(cut > 20);
    assert_true(most > 5000);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(long_lists_are_made_alike),
    };
    if (argc > 1)
        seed = strtoull(argv[1], NULL, 10);
    return cmocka_run_group_tests(tests, NULL, teardown);
}
