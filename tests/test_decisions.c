/*
 * Whole decisions, as fixtures/markets/decisions tells them. To add one: a
 * text file there (tests/market_text.h says what may stand in it).
 */
#include "market_text.h"

#include "core/file.h"
#include "scoring/placement/chain.h"
#include "scoring/placement/cutoff.h"
#include "scoring/placement/place.h"
#include "scoring/verify/verify_market.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define FOLDER "fixtures/markets/decisions"

struct decision {
    const char *name;
    struct market m;
    struct placement p;
    struct market_outcome o;
    const struct seat_fate *fates;
};

static const char *result_word(enum choice_result r)
{
    static const char *const words[N_CHOICE_RESULTS] = {
        [CHOICE_PLACED] = "placed",
        [CHOICE_STAYED] = "stays",
        [CHOICE_BETTER] = "better",
        [CHOICE_SEAT_FREE] = "free",
    };
    return *choice_codes[r].code ? choice_codes[r].code : words[r];
}

static const char *place_word(const struct market *m, int32_t facility)
{
    return facility == MARKET_NONE ? "-" : m->facilities[facility].id;
}

static const char *child_word(const struct market *m, int32_t child)
{
    return child == MARKET_NONE ? "-" : m->children[child].id;
}

static void expect(const struct decision *t, const char *what,
                   const char *wanted, const char *got)
{
    if (strcmp(wanted, got) != 0)
        fail_msg("%s: %s: wanted %s, got %s", t->name, what, wanted, got);
}

static void check_child(struct decision *t, const char **w, size_t n)
{
    int32_t child = child_named(&t->m, w[0]);
    expect(t, w[0], w[1], place_word(&t->m, t->p.matching.place[child]));
    const struct choice *c = t->o.choices + t->o.first[child];
    size_t n_choices = t->o.first[child + 1] - t->o.first[child];
    if (n > 2 && n - 2 != n_choices)
        fail_msg("%s: %s has %zu wishes", t->name, w[0], n_choices);
    for (size_t k = 2; k < n; k++)
        expect(t, w[0], w[k], result_word(c[k - 2].result));
}

/* seat 0001 taken 0002 */
static void check_seat(struct decision *t, const char **w, size_t n)
{
    static const char *const words[N_SEAT_FATES] = {
        [SEAT_NONE] = "none",     [SEAT_KEPT] = "kept",
        [SEAT_TAKEN] = "taken",   [SEAT_EMPTY] = "empty",
        [SEAT_LAPSED] = "lapsed",
    };
    struct seat_fate f = t->fates[child_named(&t->m, w[1])];
    expect(t, w[1], w[2], words[f.kind]);
    if (n > 3)
        expect(t, w[1], w[3], child_word(&t->m, f.taker));
}

/* cutoff moon 1 applicants 1 placed 1 left 0 last 0002 */
static void check_cutoff(struct decision *t, const char **w, size_t n)
{
    const struct cutoff *c =
        outcome_cutoff(&t->o, facility_named(&t->m, w[1]), atoi(w[2]));
    const struct {
        const char *name;
        int32_t value;
    } numbers[] = {
        {"offered", c->offered},       {"own", c->own},
        {"applicants", c->applicants}, {"placed", c->placed},
        {"stayers", c->stayers},       {"left", c->left},
    };
    for (size_t k = 3; k + 1 < n; k += 2) {
        bool known = strcmp(w[k], "last") == 0;
        if (known)
            expect(t, w[1], w[k + 1], child_word(&t->m, c->last));
        for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++)
            if (strcmp(w[k], numbers[i].name) == 0) {
                known = true;
                if (numbers[i].value != atoi(w[k + 1]))
                    fail_msg("%s: %s %s: wanted %s, got %d", t->name, w[1],
                             w[k], w[k + 1], (int)numbers[i].value);
            }
        if (!known)
            fail_msg("%s: a word that says nothing: %s", t->name, w[k]);
    }
}

static void check_lines(struct decision *t, const char *line, struct arena *a)
{
    const char *w[32];
    size_t told = 0;
    while (line) {
        size_t n = words_of(&line, w, 32, a);
        if (n == 0)
            continue;
        if (strcmp(w[0], "seat") == 0) {
            check_seat(t, w, n);
        } else if (strcmp(w[0], "cutoff") == 0) {
            check_cutoff(t, w, n);
        } else {
            check_child(t, w, n);
            told++;
        }
    }
    if (told != t->m.n_children)
        fail_msg("%s: %zu of %zu children told", t->name, told,
                 t->m.n_children);
}

static void decide(const char *name, struct arena *a)
{
    struct diag d = DIAG_INIT;
    size_t len;
    const char *text =
        file_read(path_join(a, FOLDER, name), 1 << 20, a, &len, &d);
    assert_non_null(text);
    struct decision t = {.name = name};
    market_from_text(text, &t.m, a);
    place_market(&t.m, (struct place_options){.log = true}, &t.p, a);
    outcome_build(&t.m, &t.p.matching, &t.o, a);
    t.fates = seat_fates(&t.m, &t.p.matching, a);
    check_lines(&t, decision_of(text), a);
    struct market_verdict v;
    verify_market(&t.m, &t.p.matching, &v, a);
    if (!v.ok)
        fail_msg("%s: the placement does not verify", name);
    diag_release(&d);
}

static void every_decision_is_as_it_is_told(void **state)
{
    (void)state;
    struct arena a = ARENA_INIT;
    struct diag d = DIAG_INIT;
    size_t n;
    char **names = folder_list(FOLDER, &a, &n, &d);
    assert_non_null(names);
    assert_true(n >= 10);
    for (size_t i = 0; i < n; i++)
        decide(names[i], &a);
    diag_release(&d);
    arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_decision_is_as_it_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
