/*
 * Who is in each household, by all that is known: read, imported, answered,
 * entered. The join looks here for the holder of a certificate.
 */
#include "records/assemble_work.h"

#include "core/text.h"

#include <stdlib.h>
#include <string.h>

/* One claim with its household, until all are sorted. */
struct stated {
    struct claim claim;
    const char *household, *child;
    size_t order;
};
struct stated_list {
    struct stated *items;
    size_t n, capacity;
};

/* Values of the database that are claims. To add one: a row. */
static const struct {
    const char *path;
    enum scope scope;
    enum claim_kind kind;
} sources[] = {
    {"guardian.kana", SCOPE_GUARDIAN, CLAIM_KANA},
    {"guardian.name", SCOPE_GUARDIAN, CLAIM_NAME},
    {"guardian.birth", SCOPE_GUARDIAN, CLAIM_BIRTH},
    {"cohabitant.kana", SCOPE_COHABITANT, CLAIM_KANA},
    {"cohabitant.name", SCOPE_COHABITANT, CLAIM_NAME},
    {"cohabitant.birth", SCOPE_COHABITANT, CLAIM_BIRTH},
    {"child.kana", SCOPE_CHILD, CLAIM_KANA},
    {"child.name", SCOPE_CHILD, CLAIM_NAME},
    {"child.birth", SCOPE_CHILD, CLAIM_BIRTH},
};

static void add(struct stated_list *l, const struct stated *s, struct arena *a)
{
    l->items = list_room(l->items, l->n, &l->capacity, sizeof *s, a);
    l->items[l->n++] = *s;
}

static void add_leaf(struct stated_list *out, const struct leaf *l,
                     struct arena *a)
{
    for (size_t i = 0; i < l->n_claims; i++) {
        const struct claim *c = &l->claims[i];
        add(out,
            &(struct stated){*c, l->household,
                             c->scope == SCOPE_CHILD ? l->child : "", l->order},
            a);
    }
}

static void add_value(struct stated_list *out, const struct case_value *v,
                      struct arena *a)
{
    if (v->state != VALUE_KNOWN)
        return;
    enum claim_source source =
        v->source == CASE_SOURCE_PERSON ? CLAIM_PERSON : CLAIM_IMPORT;
    for (size_t i = 0; i < sizeof sources / sizeof sources[0]; i++)
        if (strcmp(sources[i].path, v->path) == 0)
            add(out,
                &(struct stated){{sources[i].scope, v->key.person,
                                  sources[i].kind, source, v->text},
                                 v->key.household,
                                 v->key.child,
                                 0},
                a);
}

static int compare_person(const struct stated *a, const struct stated *b)
{
    int c = strcmp(a->household, b->household);
    if (c == 0)
        c = (int)a->claim.scope - (int)b->claim.scope;
    if (c == 0)
        c = a->claim.person - b->claim.person;
    return c ? c : strcmp(a->child, b->child);
}

/* The most certain claim of a kind first; between equals the first sheet. */
static int compare_stated(const void *x, const void *y)
{
    const struct stated *a = x, *b = y;
    int c = compare_person(a, b);
    if (c == 0)
        c = (int)a->claim.kind - (int)b->claim.kind;
    if (c == 0)
        c = (int)b->claim.source - (int)a->claim.source;
    if (c == 0)
        c = (a->order > b->order) - (a->order < b->order);
    return c ? c : strcmp(a->claim.text, b->claim.text);
}

static void take(struct assembly *w, struct person *p, const struct claim *c)
{
    const char *key =
        c->kind == CLAIM_BIRTH ? c->text : text_match_key(c->text, &w->mem);
    if (p->known[c->kind].key == 0) {
        p->known[c->kind].key = strings_id(w->strings, key);
        p->known[c->kind].text = key;
        p->known[c->kind].source = c->source;
    }
}

/* ── by what they are called ────────────────────────────────────────────── */

static int compare_key(const struct person_key *a, const struct person_key *b)
{
    int c = (int)a->kind - (int)b->kind;
    return c ? c : (a->key > b->key) - (a->key < b->key);
}

static int by_key(const void *x, const void *y)
{
    const struct person_key *a = x, *b = y;
    int c = compare_key(a, b);
    return c ? c : (a->person > b->person) - (a->person < b->person);
}

static void index_keys(struct assembly *w)
{
    w->person_keys =
        ARENA_ARRAY(&w->mem, struct person_key, w->n_persons * N_CLAIM_KINDS);
    for (size_t i = 0; i < w->n_persons; i++)
        for (int k = 0; k < N_CLAIM_KINDS; k++)
            if (w->persons[i].known[k].key)
                w->person_keys[w->n_person_keys++] = (struct person_key){
                    w->persons[i].known[k].key, i, (enum claim_kind)k};
    if (w->n_person_keys)
        qsort(w->person_keys, w->n_person_keys, sizeof *w->person_keys, by_key);
}

void persons_called(const struct assembly *w, enum claim_kind kind, int64_t key,
                    size_t *first, size_t *end)
{
    const struct person_key wanted = {key, 0, kind};
    size_t low = 0, high = w->n_person_keys;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (compare_key(&w->person_keys[middle], &wanted) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    *first = *end = low;
    while (*end < w->n_person_keys &&
           compare_key(&w->person_keys[*end], &wanted) == 0)
        ++*end;
}

/* ── by household ───────────────────────────────────────────────────────── */

bool assemble_persons(struct assembly *w)
{
    struct arena scratch = ARENA_INIT;
    struct stated_list all = {NULL, 0, 0};
    for (size_t i = 0; i < w->n_leaves; i++)
        if (w->leaves[i].role == ROLE_SHEET && *w->leaves[i].household &&
            !w->leaves[i].refused)
            add_leaf(&all, &w->leaves[i], &scratch);
    for (size_t i = 0; i < w->said.n; i++)
        add_value(&all, &w->said.items[i], &scratch);
    if (all.n)
        qsort(all.items, all.n, sizeof *all.items, compare_stated);
    for (size_t i = 0; i < all.n; i++) {
        const struct stated *s = &all.items[i];
        if (i == 0 || compare_person(s - 1, s) != 0) {
            w->persons =
                list_room(w->persons, w->n_persons, &w->persons_capacity,
                          sizeof *w->persons, &w->mem);
            w->persons[w->n_persons++] =
                (struct person){.household = s->household,
                                .child = s->child,
                                .scope = s->claim.scope,
                                .person = s->claim.person};
        }
        take(w, &w->persons[w->n_persons - 1], &s->claim);
    }
    index_keys(w);
    arena_release(&scratch);
    return true;
}

void persons_of(const struct assembly *w, const char *household, size_t *first,
                size_t *end)
{
    size_t low = 0, high = w->n_persons;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (strcmp(w->persons[middle].household, household) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    *first = *end = low;
    while (*end < w->n_persons &&
           strcmp(w->persons[*end].household, household) == 0)
        ++*end;
}
