#include "scoring/placement/seats.h"

#include <stdlib.h>

bool seat_is_private(const struct market *m, int32_t child, int32_t facility)
{
    const struct market_child *c = &m->children[child];
    return c->current == facility &&
           !m->facilities[facility].release[c->class_age];
}

static int class_count(unsigned classes)
{
    int n = 0;
    for (; classes; classes &= classes - 1)
        n++;
    return n;
}

static int smaller_first(const void *x, const void *y)
{
    const struct seat_group *a = x, *b = y;
    int by_size = class_count(a->classes) - class_count(b->classes);
    if (by_size)
        return by_size;
    if (a->classes != b->classes)
        return a->classes < b->classes ? -1 : 1;
    return (a->max > b->max) - (a->max < b->max);
}

static int lowest_class(unsigned classes)
{
    int k = 0;
    while (!(classes & (1U << k)))
        k++;
    return k;
}

static size_t add_groups(const struct market_facility *f,
                         struct seat_group *out)
{
    size_t n = 0;
    for (int k = 0; k < MARKET_CLASSES; k++) {
        if (lowest_class(f->pool[k]) != k)
            continue;
        int32_t sum = 0;
        for (int j = k; j < MARKET_CLASSES; j++)
            if (f->pool[k] & (1U << j))
                sum += f->seats[j];
        out[n++] = (struct seat_group){f->pool[k], sum, sum, 0};
    }
    for (size_t i = 0; i < f->n_caps; i++)
        out[n++] = (struct seat_group){f->caps[i].classes, f->caps[i].max,
                                       f->caps[i].max, 0};
    qsort(out, n, sizeof *out, smaller_first);
    return n;
}

static void add_own_seats(struct seats *s, const struct market *m)
{
    for (size_t c = 0; c < m->n_children; c++) {
        int32_t f = m->children[c].current;
        if (f == MARKET_NONE || seat_is_private(m, (int32_t)c, f))
            continue;
        unsigned bit = 1U << m->children[c].class_age;
        for (size_t g = s->first[f]; g < s->first[f + 1]; g++)
            if (s->groups[g].classes & bit)
                s->groups[g].max++;
    }
}

void seats_build(const struct market *m, struct seats *out, struct arena *a)
{
    size_t room = 0;
    for (size_t f = 0; f < m->n_facilities; f++)
        room += MARKET_CLASSES + m->facilities[f].n_caps;
    out->first = ARENA_ARRAY(a, size_t, m->n_facilities + 1);
    out->groups = ARENA_ARRAY(a, struct seat_group, room);
    for (size_t f = 0; f < m->n_facilities; f++)
        out->first[f + 1] =
            out->first[f] +
            add_groups(&m->facilities[f], out->groups + out->first[f]);
    add_own_seats(out, m);
}

void seats_fill(struct seats *s, const struct market *m,
                const struct matching *held)
{
    for (size_t c = 0; c < m->n_children; c++) {
        int32_t f = held->place[c];
        if (f != MARKET_NONE && !seat_is_private(m, (int32_t)c, f))
            seats_count(s, f, m->children[c].class_age, 1);
    }
}

void seats_count(struct seats *s, int32_t facility, int class_age, int by)
{
    unsigned bit = 1U << class_age;
    for (size_t g = s->first[facility]; g < s->first[facility + 1]; g++)
        if (s->groups[g].classes & bit)
            s->groups[g].held += by;
}

struct seat_group *seats_full_group(struct seats *s, int32_t facility,
                                    int class_age)
{
    unsigned bit = 1U << class_age;
    for (size_t g = s->first[facility]; g < s->first[facility + 1]; g++)
        if (s->groups[g].classes & bit && s->groups[g].held >= s->groups[g].max)
            return &s->groups[g];
    return NULL;
}

int32_t seats_left(const struct seats *s, int32_t facility, int class_age)
{
    unsigned bit = 1U << class_age;
    int32_t left = INT32_MAX;
    for (size_t g = s->first[facility]; g < s->first[facility + 1]; g++) {
        const struct seat_group *group = &s->groups[g];
        if (group->classes & bit && group->max - group->held < left)
            left = group->max - group->held;
    }
    return left < 0 ? 0 : left;
}
