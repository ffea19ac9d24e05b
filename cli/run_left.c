/*
 * Seats that stay empty. A pool lends seats to a class that took in more than
 * it offers: what is left of the pool is told once, with the classes that have
 * seats left.
 */
#include "cli/run_make.h"

static int left_of(const struct run_result *r, const struct contest *c)
{
    return r->market.facilities[c->place].seats[c->class_age] + c->own -
           c->staying - c->placed;
}

static bool share_seats(const struct run_result *r, const struct contest *x,
                        const struct contest *y)
{
    const struct class_seats *seats = r->places[x->place].seats;
    return x->place == y->place &&
           (x == y || seats[x->class_age].pool >> y->class_age & 1U);
}

/* The contests of a facility stand together, from `first`. */
static int left_at(const struct run_result *r, size_t first, size_t i)
{
    const struct contest *c = &r->contests[i];
    int pool = 0, told = 0, own = left_of(r, c);
    for (size_t k = first;
         k < r->n_contests && r->contests[k].facility == c->facility; k++) {
        if (!share_seats(r, c, &r->contests[k]))
            continue;
        pool += left_of(r, &r->contests[k]);
        told += k < i ? r->contests[k].left : 0;
    }
    int left = own < pool - told ? own : pool - told;
    return left < 0 ? 0 : left;
}

void run_count_left(struct run_result *r, size_t from)
{
    size_t first = from;
    for (size_t i = from; i < r->n_contests; i++) {
        if (r->contests[i].facility != r->contests[first].facility)
            first = i;
        r->contests[i].left = left_at(r, first, i);
    }
}
