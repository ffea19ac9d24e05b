/* When does a facility turn a child away, without the seats of its own
 * household? See prove_clauses.h. */
#include "scoring/placement/prove/prove_count.h"

/* A group and the children whom one entry sends there. */
struct sending {
    struct prove_counts *c;
    const struct prove_view *v;
    const struct seat_group *group;
    const int32_t *bids; /* of the entry */
    size_t n;
    int32_t worst; /* the lowest ranked one sent to the group */
    /* Smaller groups inside that better ranked ones are sent to. */
    const struct seat_group *inner[2 * MARKET_CLASSES];
    size_t n_inner;
};

/* One way of counting: so many in the rest of the group suffice. */
struct counting {
    unsigned classes;
    int32_t need;
};

static int32_t sent_before(const struct sending *s, unsigned classes)
{
    struct seat_group g = {.classes = classes};
    int32_t n = 0;
    for (size_t k = 0; k < s->n; k++)
        n += s->bids[k] != NO_BID && s->bids[k] < s->worst &&
             s->v->bids[s->bids[k]].facility == s->v->bids[s->worst].facility &&
             view_in_group(s->v, &g, s->bids[k]);
    return n;
}

/* Of groups with the same classes the first has the fewest seats. */
static bool said_already(const struct seat_group *first,
                         const struct seat_group *group)
{
    return group > first && group[-1].classes == group->classes;
}

static void find_inner(struct sending *s, const struct seat_group *first,
                       size_t n)
{
    s->n_inner = 0;
    for (size_t g = 0; g < n; g++) {
        unsigned set = first[g].classes;
        if (!said_already(first, &first[g]) && set != s->group->classes &&
            !(set & ~s->group->classes) && sent_before(s, set))
            s->inner[s->n_inner++] = &first[g];
    }
}

/* False where the chosen smaller groups overlap. */
static bool count_with(const struct sending *s, unsigned chosen,
                       struct counting *out)
{
    *out = (struct counting){s->group->classes, s->group->max};
    for (size_t i = 0; i < s->n_inner; i++) {
        if (!(chosen >> i & 1U))
            continue;
        if (s->inner[i]->classes & ~out->classes)
            return false;
        out->classes &= ~s->inner[i]->classes;
        out->need -= s->inner[i]->max;
    }
    out->need -= sent_before(s, out->classes);
    return true;
}

/* The household's own, who may hold seats among those counted. */
static size_t own_seated(const struct sending *s, unsigned classes, int *out)
{
    struct seat_group g = {.classes = classes};
    size_t n = 0;
    for (int32_t o = s->v->bids[s->worst].next_own; o != s->worst;
         o = s->v->bids[o].next_own)
        if (o < s->worst && s->c->r->support[o] > 0 &&
            view_in_group(s->v, &g, o))
            out[n++] = s->c->seated[o];
    return n;
}

/* turned → enough of the others hold seats, whichever own ones do. */
static void demand(struct sending *s, int turned, struct counting how,
                   const int *own, size_t n_own)
{
    struct arena scratch = ARENA_INIT;
    int *sum = NULL;
    size_t n =
        n_own ? formula_sum(s->c->f, own, n_own, n_own, &sum, &scratch) : 0;
    for (size_t j = 0; j <= n; j++)
        formula_clause(s->c->f,
                       (int[]){-turned, j ? -sum[j - 1] : LIT_FALSE,
                               count_before(s->c, how.classes, s->group->max,
                                            s->worst, how.need + (int32_t)j)},
                       3);
    arena_release(&scratch);
}

static int new_turned(struct sending *s)
{
    int own[32], turned = 0, single = LIT_TRUE;
    bool simple = true;
    size_t ways = 0;
    struct counting how;
    for (unsigned chosen = 0; chosen < 1U << s->n_inner; chosen++) {
        if (!count_with(s, chosen, &how) || how.need <= 0)
            continue;
        single =
            count_before(s->c, how.classes, s->group->max, s->worst, how.need);
        if (single == LIT_FALSE)
            return LIT_FALSE;
        simple = simple && own_seated(s, how.classes, own) == 0;
        ways++;
    }
    if (ways == 0 || (ways == 1 && simple))
        return single;
    turned = formula_new(
        s->c->f, (struct variable){VAR_TURNED, s->c->family,
                                   s->v->bids[s->worst].facility, 0, 0});
    for (unsigned chosen = 0; chosen < 1U << s->n_inner; chosen++)
        if (count_with(s, chosen, &how) && how.need > 0) {
            size_t n_own = own_seated(s, how.classes, own);
            demand(s, turned, how, own, n_own);
        }
    return turned;
}

static uint32_t sent_set(const struct sending *s)
{
    uint32_t set = 0;
    for (size_t k = 0; k < s->n; k++)
        if (s->bids[k] != NO_BID && s->bids[k] < s->worst &&
            s->v->bids[s->bids[k]].facility == s->v->bids[s->worst].facility)
            set |= 1U << k;
    return set;
}

static int turned_by(struct sending *s)
{
    struct buf *known = &s->c->turned;
    const struct turned *items = (const struct turned *)(void *)known->bytes;
    struct turned new = {s->worst, (size_t)(s->group - s->v->seats.groups),
                         sent_set(s), 0};
    if (s->n == 1)
        return new_turned(s);
    for (size_t i = 0; i < known->len / sizeof new; i++)
        if (items[i].bid == new.bid &&
            items[i].group == new.group &&items[i].sent == new.sent)
            return items[i].literal;
    new.literal = new_turned(s);
    buf_add(known, &new, sizeof new);
    return new.literal;
}

static int32_t worst_sent(const struct sending *s, int32_t facility)
{
    int32_t worst = NO_BID;
    for (size_t k = 0; k < s->n; k++)
        if (s->bids[k] > worst && s->v->bids[s->bids[k]].facility == facility &&
            view_in_group(s->v, s->group, s->bids[k]))
            worst = s->bids[k];
    return worst;
}

static bool facility_turns(struct sending *s, int32_t facility,
                           struct buf *literals)
{
    const struct seat_group *first =
        s->v->seats.groups + s->v->seats.first[facility];
    size_t n = s->v->seats.first[facility + 1] - s->v->seats.first[facility];
    for (size_t g = 0; g < n; g++) {
        s->group = &first[g];
        s->worst = worst_sent(s, facility);
        if (s->worst == NO_BID || said_already(first, s->group))
            continue;
        find_inner(s, first, s->n > 1 ? n : 0);
        int literal = turned_by(s);
        if (literal == LIT_TRUE)
            return false;
        if (literal != LIT_FALSE)
            buf_add(literals, &literal, sizeof literal);
    }
    return true;
}

void counts_next_family(struct prove_counts *c, int32_t family)
{
    c->family = family;
    buf_clear(&c->turned);
}

bool count_turned_away(struct prove_counts *c, size_t entry,
                       struct buf *literals)
{
    struct sending s = {.c = c,
                        .v = c->v,
                        .bids = view_entry_bids(c->v, c->family, entry),
                        .n = c->v->families[c->family].children};
    for (size_t k = 0; k < s.n; k++) {
        bool first = s.bids[k] != NO_BID;
        for (size_t j = 0; first && j < k; j++)
            first = s.bids[j] == NO_BID || s.v->bids[s.bids[j]].facility !=
                                               s.v->bids[s.bids[k]].facility;
        if (first &&
            !facility_turns(&s, s.v->bids[s.bids[k]].facility, literals))
            return false;
    }
    return true;
}
