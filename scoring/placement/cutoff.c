#include "scoring/placement/cutoff.h"

#include "scoring/placement/seats.h"
#include "scoring/placement/wishes.h"

#include <stdlib.h>

const struct choice_code choice_codes[N_CHOICE_RESULTS] = {
    [CHOICE_PLACED] = {"", {"内定", "placed"}},
    [CHOICE_STAYED] = {"", {"在園継続", "stays"}},
    [CHOICE_BETTER] = {"", {"上位の希望で決定", "holds a wish above it"}},
    [CHOICE_FULL] = {"R1",
                     {"優先順位の高い児童で募集人数に達した",
                      "higher-priority applicants filled the seats"}},
    [CHOICE_NO_SEATS] = {"R2",
                         {"このクラスに募集がない",
                          "no seats offered in the class"}},
    [CHOICE_SIBLINGS] = {"R3",
                         {"きょうだいの条件を満たせない",
                          "no entry of the household with this seat was "
                          "accepted"}},
    [CHOICE_NOT_ACCEPTABLE] = {"R5",
                               {"この施設・クラスの対象とならない",
                                "not eligible there"}},
    [CHOICE_TURN] = {"R10",
                     {"順番が来た時に枠が残っていなかった",
                      "no seat was left in its turn"}},
    [CHOICE_SEAT_FREE] = {"",
                          {"空きがあるのに入っていない",
                           "a seat is free, yet not given"}},
};

struct work {
    const struct market *m;
    const struct matching *held;
    struct wishes wishes;
    struct seats seats;
    struct market_outcome *out;
};

static struct cutoff *cutoff_of(struct work *w, int32_t facility, int age)
{
    return &w->out->cutoffs[(size_t)facility * MARKET_CLASSES + (size_t)age];
}

const struct cutoff *outcome_cutoff(const struct market_outcome *o,
                                    int32_t facility, int class_age)
{
    return &o->cutoffs[(size_t)facility * MARKET_CLASSES + (size_t)class_age];
}

/* A wish filed under its facility, to be counted in the facility's order. */
struct applicant {
    int32_t rank, child;
    size_t wish;
};

static int by_rank(const void *x, const void *y)
{
    const struct applicant *a = x, *b = y;
    if (a->rank != b->rank)
        return a->rank < b->rank ? -1 : 1;
    return (a->child > b->child) - (a->child < b->child);
}

static void count_facility(struct work *w, int32_t facility,
                           const struct applicant *list, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        int32_t child = list[i].child;
        struct cutoff *c =
            cutoff_of(w, facility, w->m->children[child].class_age);
        if (list[i].rank == RANK_OWN) {
            c->stayers += w->held->place[child] == facility;
            continue;
        }
        if (list[i].rank != RANK_NOBODY)
            w->out->choices[list[i].wish].rank = ++c->applicants;
        if (w->held->place[child] != facility)
            continue;
        c->placed++;
        if (list[i].rank == RANK_NOBODY)
            continue;
        c->last = child;
        c->last_rank = list[i].rank;
    }
}

static void count_applicants(struct work *w, struct arena *scratch)
{
    const struct market *m = w->m;
    const struct wishes *ws = &w->wishes;
    size_t n_wishes = ws->first[m->n_children];
    size_t *first = ARENA_ARRAY(scratch, size_t, m->n_facilities + 2);
    struct applicant *all = ARENA_ARRAY(scratch, struct applicant, n_wishes);
    for (size_t k = 0; k < n_wishes; k++)
        first[ws->items[k].facility + 2]++;
    for (size_t f = 2; f < m->n_facilities + 2; f++)
        first[f] += first[f - 1];
    for (size_t c = 0; c < m->n_children; c++)
        for (size_t k = ws->first[c]; k < ws->first[c + 1]; k++)
            all[first[ws->items[k].facility + 1]++] =
                (struct applicant){ws->items[k].rank, (int32_t)c, k};
    for (size_t f = 0; f < m->n_facilities; f++) {
        size_t n = first[f + 1] - first[f];
        if (n)
            qsort(all + first[f], n, sizeof *all, by_rank);
        count_facility(w, (int32_t)f, all + first[f], n);
    }
}

static void describe_seats(struct work *w)
{
    const struct market *m = w->m;
    for (size_t f = 0; f < m->n_facilities; f++)
        for (int k = 0; k < MARKET_CLASSES; k++) {
            struct cutoff *c = cutoff_of(w, (int32_t)f, k);
            c->offered = m->facilities[f].seats[k];
            c->left = seats_left(&w->seats, (int32_t)f, k);
            c->last = MARKET_NONE;
        }
    for (size_t i = 0; i < m->n_children; i++) {
        int32_t f = m->children[i].current;
        if (f != MARKET_NONE && !seat_is_private(m, (int32_t)i, f))
            cutoff_of(w, f, m->children[i].class_age)->own++;
    }
}

/* The newly placed child ranked lowest in these classes; NULL: nobody. */
static const struct cutoff *last_of_group(struct work *w, int32_t facility,
                                          unsigned classes)
{
    const struct cutoff *last = NULL;
    for (int k = 0; k < MARKET_CLASSES; k++) {
        const struct cutoff *c = cutoff_of(w, facility, k);
        if (classes & (1U << k) && c->last != MARKET_NONE &&
            (!last || c->last_rank > last->last_rank))
            last = c;
    }
    return last;
}

/* Why it has no seat that could be its own now. */
static enum choice_result could_have(const struct work *w, int32_t child)
{
    if (w->m->families[w->m->children[child].family].n_children > 1)
        return CHOICE_SIBLINGS;
    return w->m->method == MARKET_STABLE ? CHOICE_SEAT_FREE : CHOICE_TURN;
}

/* The seats decide: nobody newly placed in what is full means that there was
 * nothing to give; otherwise those placed there stood before this child. */
static enum choice_result refusal(struct work *w, int32_t child,
                                  struct wish wish, int32_t *last)
{
    if (wish.rank == RANK_NOBODY)
        return CHOICE_NOT_ACCEPTABLE;
    const struct seat_group *full = seats_full_group(
        &w->seats, wish.facility, w->m->children[child].class_age);
    if (!full || wish.rank == RANK_OWN)
        return could_have(w, child);
    const struct cutoff *c = last_of_group(w, wish.facility, full->classes);
    if (!c)
        return CHOICE_NO_SEATS;
    *last = c->last;
    return wish.rank < c->last_rank ? could_have(w, child) : CHOICE_FULL;
}

static void judge_child(struct work *w, int32_t child)
{
    int age = w->m->children[child].class_age;
    bool settled = false;
    for (size_t k = w->wishes.first[child]; k < w->wishes.first[child + 1];
         k++) {
        struct wish wish = w->wishes.items[k];
        struct choice *c = &w->out->choices[k];
        c->facility = wish.facility;
        c->applicants = cutoff_of(w, wish.facility, age)->applicants;
        c->last = MARKET_NONE;
        if (settled) {
            c->result = CHOICE_BETTER;
        } else if (w->held->place[child] == wish.facility) {
            c->result = wish.rank == RANK_OWN ? CHOICE_STAYED : CHOICE_PLACED;
            settled = true;
        } else {
            c->result = refusal(w, child, wish, &c->last);
        }
    }
}

void outcome_build(const struct market *m, const struct matching *held,
                   struct market_outcome *out, struct arena *a)
{
    struct arena scratch = ARENA_INIT;
    struct work w = {.m = m, .held = held, .out = out};
    wishes_build(m, &w.wishes, a);
    seats_build(m, &w.seats, &scratch);
    seats_fill(&w.seats, m, held);
    out->first = w.wishes.first;
    out->choices = ARENA_ARRAY(a, struct choice, out->first[m->n_children]);
    out->cutoffs =
        ARENA_ARRAY(a, struct cutoff, m->n_facilities * MARKET_CLASSES);
    describe_seats(&w);
    count_applicants(&w, &scratch);
    for (size_t c = 0; c < m->n_children; c++)
        judge_child(&w, (int32_t)c);
    arena_release(&scratch);
}
