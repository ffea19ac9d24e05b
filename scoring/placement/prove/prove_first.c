#include "scoring/placement/prove/prove_first.h"

#include "core/buf.h"
#include "scoring/placement/prove/prove_door.h"

#include <string.h>

/* A household that comes more often chases a seat around: from then on it
 * comes only when everybody else is content, */
#define QUICK_TURNS 12
/* and of all that so often. The best of the matchings met counts. */
#define SLOW_TURNS 100

struct trying {
    const struct prove_view *v;
    size_t *held;
    bool *seated;  /* per bid */
    int32_t *turns; /* per household */
    bool *waiting; /* per household: in the queue */
    int32_t *queue; /* a ring of households */
    size_t from, length;
    struct buf sites; /* facilities that must choose again */
    struct prove_door door;
};

static void come_again(struct trying *t, int32_t family)
{
    if (t->waiting[family] || t->turns[family] >= QUICK_TURNS)
        return;
    t->waiting[family] = true;
    t->turns[family]++;
    t->queue[(t->from + t->length++) % t->v->m->n_families] = family;
}

static void hold_entry(struct trying *t, int32_t family, size_t entry)
{
    const struct prove_view *v = t->v;
    size_t n = v->families[family].children;
    const int32_t *old = view_entry_bids(v, family, t->held[family]);
    const int32_t *new = view_entry_bids(v, family, entry);
    for (size_t k = 0; k < n; k++)
        if (old[k] != NO_BID)
            t->seated[old[k]] = false;
    for (size_t k = 0; k < n; k++)
        if (new[k] != NO_BID) {
            t->seated[new[k]] = true;
            buf_add(&t->sites, &v->bids[new[k]].facility, sizeof(int32_t));
        }
    t->held[family] = entry;
}

/* Who does not fit any more falls back with its whole household. */
static void choose_again(struct trying *t, int32_t facility)
{
    const struct prove_view *v = t->v;
    door_open(&t->door, facility);
    for (size_t b = v->site[facility]; b < v->site[facility + 1]; b++) {
        if (!t->seated[b] || door_take(&t->door, (int32_t)b))
            continue;
        int32_t family = v->bids[b].family;
        hold_entry(t, family, v->families[family].n - 1);
        come_again(t, family);
        buf_add(&t->sites, &facility, sizeof facility);
        return; /* its other children may have sat here too */
    }
}

static void settle(struct trying *t)
{
    while (t->sites.len) {
        t->sites.len -= sizeof(int32_t);
        choose_again(t, ((const int32_t *)(const void *)
                             t->sites.bytes)[t->sites.len / sizeof(int32_t)]);
    }
}

static bool welcome(struct trying *t, int32_t family, size_t entry)
{
    const struct prove_family *f = &t->v->families[family];
    const int32_t *bids = view_entry_bids(t->v, family, entry);
    if (t->v->dead[f->first + entry] || t->v->repeated[f->first + entry])
        return false;
    for (size_t k = 0; k < f->children; k++)
        if (bids[k] != NO_BID &&
            !door_chooses(&t->door, bids, f->children, bids[k]))
            return false;
    return true;
}

static void take_turn(struct trying *t, int32_t family)
{
    for (size_t e = 0; e < t->held[family]; e++)
        if (welcome(t, family, e)) {
            hold_entry(t, family, e);
            settle(t);
            return;
        }
}

static void empty_queue(struct trying *t)
{
    while (t->length) {
        int32_t family = t->queue[t->from];
        t->from = (t->from + 1) % t->v->m->n_families;
        t->length--;
        t->waiting[family] = false;
        take_turn(t, family);
    }
}

static void start(struct trying *t, const struct prove_view *v, size_t *held,
                  struct arena *scratch)
{
    size_t n = v->m->n_families;
    *t = (struct trying){.v = v, .held = held, .sites = BUF_INIT};
    t->seated = ARENA_ARRAY(scratch, bool, v->n_bids);
    t->turns = ARENA_ARRAY(scratch, int32_t, n);
    t->waiting = ARENA_ARRAY(scratch, bool, n);
    t->queue = ARENA_ARRAY(scratch, int32_t, n);
    door_make(&t->door, v, t->seated, scratch);
    for (size_t i = 0; i < n; i++)
        held[i] = v->families[i].n - 1;
    for (size_t i = 0; i < n; i++) {
        hold_entry(t, (int32_t)i, held[i]);
        come_again(t, (int32_t)i);
    }
    settle(t);
}

/* Everybody who blocks comes again; of the slow ones, when nobody else does,
 * the one that came least often. False when nobody comes. */
static bool call_blocking(struct trying *t, const struct prove_tally *tally,
                          int *slow)
{
    int32_t next = MARKET_NONE;
    for (size_t i = 0; i < tally->blocking; i++) {
        int32_t family = tally->list[i].family;
        come_again(t, family);
        if (next == MARKET_NONE || t->turns[family] < t->turns[next])
            next = family;
    }
    if (t->length || next == MARKET_NONE)
        return t->length > 0;
    t->turns[next]++;
    take_turn(t, next);
    return ++*slow < SLOW_TURNS;
}

void first_matching(const struct prove_view *v, size_t *held)
{
    struct arena scratch = ARENA_INIT;
    size_t n = v->m->n_families, fewest = SIZE_MAX;
    size_t *now = ARENA_ARRAY(&scratch, size_t, n);
    struct trying t;
    int slow = 0;
    bool more = true;
    start(&t, v, now, &scratch);
    while (more) {
        struct arena mem = ARENA_INIT;
        struct prove_tally tally;
        empty_queue(&t);
        view_tally(v, now, &tally, &mem);
        if (tally.blocking < fewest) {
            fewest = tally.blocking;
            memcpy(held, now, n * sizeof *held);
        }
        more = call_blocking(&t, &tally, &slow);
        arena_release(&mem);
    }
    buf_release(&t.sites);
    arena_release(&scratch);
}
