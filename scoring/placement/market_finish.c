#include "scoring/placement/market_builder.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* Where each reference ends up in the sorted market. */
struct maps {
    int32_t *child, *facility;
    int32_t *family; /* by order of adding */
};

struct keyed {
    const char *id;
    int32_t ref;
};

static int by_id(const void *x, const void *y)
{
    const struct keyed *a = x, *b = y;
    return strcmp(a->id, b->id);
}

/* map[ref] is the place of the name among all, sorted. */
static int32_t *sorted_map(const struct names *t, struct arena *a)
{
    struct keyed *all = ARENA_ARRAY(a, struct keyed, t->n);
    for (size_t i = 0; i < t->n; i++)
        all[i] = (struct keyed){t->ids[i], (int32_t)i};
    if (t->n)
        qsort(all, t->n, sizeof *all, by_id);
    int32_t *map = ARENA_ARRAY(a, int32_t, t->n);
    for (size_t i = 0; i < t->n; i++)
        map[all[i].ref] = (int32_t)i;
    return map;
}

static int32_t mapped(const int32_t *map, int32_t ref)
{
    return ref == MARKET_NONE ? MARKET_NONE : map[ref];
}

static void put_children(struct market_builder *b, const struct maps *maps,
                         struct market *m, struct arena *a)
{
    m->n_children = b->child_names.n;
    m->children = ARENA_ARRAY(a, struct market_child, m->n_children);
    for (size_t i = 0; i < m->n_children; i++) {
        const struct child_row *row = &builder_children(b)[i];
        m->children[maps->child[i]] = (struct market_child){
            .id = arena_strdup(a, b->child_names.ids[i]),
            .class_age = row->age,
            .current = mapped(maps->facility, row->current),
            .family = maps->family[row->family],
        };
    }
}

static void put_pools(const struct market_facility_spec *s,
                      struct market_facility *f)
{
    for (int k = 0; k < MARKET_CLASSES; k++) {
        f->seats[k] = (int32_t)s->seats[k];
        f->release[k] = s->release[k];
        f->pool[k] = 1U << k;
        for (size_t g = 0; g < s->n_groups; g++)
            if (s->groups[g] & (1U << k))
                f->pool[k] = s->groups[g];
    }
}

static void put_facility(struct market_builder *b, size_t ref,
                         const struct maps *maps, struct market *m,
                         struct arena *a)
{
    const struct facility_row *row = &builder_facilities(b)[ref];
    struct market_facility *f = &m->facilities[maps->facility[ref]];
    f->id = arena_strdup(a, b->facility_names.ids[ref]);
    put_pools(&row->spec, f);
    f->n_caps = row->spec.n_caps;
    f->caps = ARENA_ARRAY(a, struct market_cap, f->n_caps);
    for (size_t i = 0; i < f->n_caps; i++)
        f->caps[i] = row->spec.caps[i];
    f->n_priority = row->n_priority;
    f->priority = ARENA_ARRAY(a, int32_t, f->n_priority);
    for (size_t i = 0; i < f->n_priority; i++)
        f->priority[i] = maps->child[builder_refs(b)[row->priority + i]];
    if (!row->has_scores)
        return;
    f->score = ARENA_ARRAY(a, int64_t, f->n_priority);
    for (size_t i = 0; i < f->n_priority; i++)
        f->score[i] = builder_rows(b, scores, int64_t)[row->scores + i];
}

/* Eldest first, then by id: columns[k] is the place the k-th child had. */
static void order_children(const struct market *m, const int32_t *given,
                           size_t n, size_t *columns)
{
    for (size_t k = 0; k < n; k++) {
        const struct market_child *c = &m->children[given[k]];
        size_t at = k;
        for (; at > 0; at--) {
            int32_t before = given[columns[at - 1]];
            int older = m->children[before].class_age - c->class_age;
            if (older > 0 || (older == 0 && before < given[k]))
                break;
            columns[at] = columns[at - 1];
        }
        columns[at] = k;
    }
}

static void put_family(struct market_builder *b, size_t nth,
                       const struct maps *maps, struct market *m,
                       struct arena *a)
{
    const struct family_row *row = &builder_families(b)[nth];
    const int32_t *refs = builder_refs(b);
    struct market_family *f = &m->families[maps->family[nth]];
    size_t n = row->n_children, columns[MARKET_SIBLINGS_MAX] = {0};
    int32_t given[MARKET_SIBLINGS_MAX] = {0};
    assert(n <= MARKET_SIBLINGS_MAX);
    for (size_t k = 0; k < n; k++)
        given[k] = maps->child[refs[row->children + k]];
    order_children(m, given, n, columns);
    f->id = arena_strdup(a, row->id);
    f->n_children = n;
    f->children = ARENA_ARRAY(a, int32_t, n);
    f->n_entries = row->n_entries;
    f->turn = row->turn;
    f->entries = ARENA_ARRAY(a, int32_t, n * f->n_entries);
    for (size_t k = 0; k < n; k++) {
        f->children[k] = given[columns[k]];
        for (size_t e = 0; e < f->n_entries; e++)
            f->entries[e * n + k] =
                mapped(maps->facility, refs[row->entries + e * n + columns[k]]);
    }
}

bool market_finish(struct market_builder *b, struct market *out,
                   struct arena *a)
{
    *out = (struct market){.method = b->method};
    if (!builder_check_references(b))
        return false;
    struct maps maps = {sorted_map(&b->child_names, &b->mem),
                        sorted_map(&b->facility_names, &b->mem),
                        sorted_map(&b->family_names, &b->mem)};
    out->n_families = b->family_names.n;
    out->families = ARENA_ARRAY(a, struct market_family, out->n_families);
    put_children(b, &maps, out, a);
    out->n_facilities = b->facility_names.n;
    out->facilities = ARENA_ARRAY(a, struct market_facility, out->n_facilities);
    for (size_t i = 0; i < out->n_facilities; i++)
        put_facility(b, i, &maps, out, a);
    for (size_t i = 0; i < out->n_families; i++)
        put_family(b, i, &maps, out, a);
    builder_warn_entries(b, out, maps.family);
    return true;
}
