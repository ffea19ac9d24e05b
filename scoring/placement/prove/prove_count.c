#include "scoring/placement/prove/prove_count.h"

#include <assert.h>

/* cells[i * depth + j - 1]: at least j of the first i hold seats. */
struct prove_counter {
    struct prove_counter *older;
    unsigned classes;
    int32_t seats;
    size_t length, depth;
    int32_t *before; /* per bid of the facility: how many come before it */
    int *cells;
};

void counts_open(struct prove_counts *c, const struct prove_view *v,
                 const struct prove_rest *r, const int *seated,
                 struct formula *f, struct arena *a)
{
    *c = (struct prove_counts){
        .v = v, .r = r, .seated = seated, .f = f, .a = a, .turned = BUF_INIT};
    c->at = ARENA_ARRAY(a, struct prove_counter *, v->m->n_facilities);
    for (size_t i = 0; i < v->m->n_families; i++)
        if (v->families[i].children > c->most_children)
            c->most_children = v->families[i].children;
}

void counts_close(struct prove_counts *c)
{
    buf_release(&c->turned);
}

static bool counted(const struct prove_counts *c, unsigned classes, size_t bid)
{
    const struct prove_bid *b = &c->v->bids[bid];
    return c->r->support[bid] > 0 && !b->private &&
           classes >> c->v->m->children[b->child].class_age & 1U;
}

size_t count_bids(const struct prove_counts *c, int32_t facility,
                  unsigned classes)
{
    size_t n = 0;
    for (size_t b = c->v->site[facility]; b < c->v->site[facility + 1]; b++)
        n += counted(c, classes, b);
    return n;
}

/* v = old or (seated and one_less); one_less is true wherever old is. */
static int next_cell(struct formula *f, int old, int one_less, int seated,
                     struct variable says)
{
    if (old == LIT_TRUE || seated == LIT_FALSE || one_less == LIT_FALSE)
        return old;
    if (seated == LIT_TRUE)
        return one_less;
    if (old == LIT_FALSE && one_less == LIT_TRUE)
        return seated;
    int v = formula_new(f, says);
    formula_clause(f, (int[]){v, -old}, 2);
    formula_clause(f, (int[]){v, -seated, -one_less}, 3);
    formula_clause(f, (int[]){-v, one_less}, 2);
    formula_clause(f, (int[]){-v, old, seated}, 3);
    return v;
}

/* Cells that nobody asks for, on the way to a full group, are left out. */
static size_t lowest_cell(const struct prove_counts *c,
                          const struct prove_counter *k, int32_t facility,
                          size_t i)
{
    size_t spare = k->length - i + c->most_children;
    if (c->v->m->facilities[facility].n_caps || k->depth + 1 <= spare)
        return 1;
    return k->depth + 1 - spare;
}

static void fill_cells(struct prove_counts *c, struct prove_counter *k,
                       int32_t facility)
{
    size_t first = c->v->site[facility], i = 0;
    k->cells = ARENA_ARRAY(c->a, int, (k->length + 1) * k->depth);
    for (size_t j = 0; j < k->depth; j++)
        k->cells[j] = LIT_FALSE;
    for (size_t b = first; b < c->v->site[facility + 1]; b++) {
        k->before[b - first] = (int32_t)i;
        if (!counted(c, k->classes, b))
            continue;
        const int *old = k->cells + i++ * k->depth;
        int *new = k->cells + i * k->depth;
        for (size_t j = lowest_cell(c, k, facility, i); j <= k->depth; j++)
            new[j - 1] = next_cell(
                c->f, old[j - 1], j == 1 ? LIT_TRUE : old[j - 2], c->seated[b],
                (struct variable){VAR_RANKED, facility, (int32_t)k->classes,
                                  c->v->bids[b].child, (int32_t)j});
    }
}

static struct prove_counter *counter_find(struct prove_counts *c,
                                          int32_t facility, unsigned classes,
                                          int32_t seats)
{
    struct prove_counter *k = c->at[facility];
    while (k && (k->classes != classes || k->seats != seats))
        k = k->older;
    if (k)
        return k;
    size_t room = c->v->site[facility + 1] - c->v->site[facility];
    k = ARENA_NEW(c->a, struct prove_counter);
    *k = (struct prove_counter){.older = c->at[facility],
                                .classes = classes,
                                .seats = seats,
                                .length = count_bids(c, facility, classes),
                                .before = ARENA_ARRAY(c->a, int32_t, room)};
    k->depth = k->length < (size_t)seats ? k->length : (size_t)seats;
    fill_cells(c, k, facility);
    c->at[facility] = k;
    return k;
}

int count_before(struct prove_counts *c, unsigned classes, int32_t seats,
                 int32_t bid, int32_t n)
{
    if (n <= 0)
        return LIT_TRUE;
    if (n > seats || !classes)
        return LIT_FALSE;
    int32_t facility = c->v->bids[bid].facility;
    const struct prove_counter *k = counter_find(c, facility, classes, seats);
    size_t before = (size_t)k->before[(size_t)bid - c->v->site[facility]];
    if ((size_t)n > before || (size_t)n > k->depth)
        return LIT_FALSE;
    int cell = k->cells[before * k->depth + (size_t)n - 1];
    assert(cell != 0);
    return cell;
}
