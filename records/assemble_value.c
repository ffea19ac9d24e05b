/*
 * What the sheets say becomes values. A household's sheets may say a thing
 * twice: alike is fine, different is a question, and an answer counts over a
 * reading.
 */
#include "records/assemble_work.h"

#include <stdlib.h>
#include <string.h>

/* One fact on its way to a value. */
struct saying {
    struct row_key key;
    const struct leaf *leaf;
    struct fact fact; /* its texts in the page's arena, kept until stored */
    size_t order;     /* of the leaf */
};

struct sayings {
    struct saying *items;
    size_t n, capacity;
};

/* Cohabitants are numbered from 11, the first row of their table is 1. */
static int person_of(const struct fact *f, const struct leaf *l)
{
    if (l->role == ROLE_CERTIFICATE)
        return l->person;
    return f->field->scope == SCOPE_COHABITANT ? f->row + 10 : f->row;
}

static struct row_key key_of(const struct leaf *l, const struct fact *f)
{
    enum scope scope = f->field->scope;
    const struct scope_info *info = &scope_infos[scope];
    struct row_key key = {l->household, "", 0, 0};
    if (info->child)
        key.child = l->child;
    if (info->person)
        key.person = person_of(f, l);
    if (info->seq)
        key.seq = l->role == ROLE_CERTIFICATE ? l->seq
                  : scope == SCOPE_PREFERENCE ? f->row
                  : f->seq                    ? f->seq
                                              : 1;
    return key;
}

/* ── rows that are not there ────────────────────────────────────────────── */

/* Only what repeats on a form is a row that may be left empty. */
static bool repeats(const struct fact *f)
{
    return *f->path != '@' && f->row > 0;
}

static bool same_row(const struct fact *a, const struct fact *b)
{
    return a->field->scope == b->field->scope && a->row == b->row &&
           a->seq == b->seq;
}

/* Is everything of this fact's row left empty? */
static bool row_is_empty(const struct fact *facts, size_t n,
                         const struct fact *f)
{
    if (!repeats(f))
        return false;
    for (size_t i = 0; i < n; i++)
        if (repeats(&facts[i]) && same_row(&facts[i], f) && !facts[i].blank)
            return false;
    return true;
}

/* ── collecting ─────────────────────────────────────────────────────────── */

static bool is_doubt(const struct fact *f)
{
    return *f->check && (!f->settled || f->answered);
}

static void list_fact(struct assembly *w, const struct leaf *l,
                      const struct fact *f, const struct row_key *key)
{
    struct doubt_entry e = doubt_of_fact(w, l, f, key);
    doubt_list(w, &e);
}

/* Sheets and certificates whose boxes make values, or will when a person has
 * said whose they are. */
static bool has_values(const struct leaf *l)
{
    return (l->role == ROLE_SHEET || l->role == ROLE_CERTIFICATE) &&
           !l->refused &&
           !(l->role == ROLE_CERTIFICATE && !l->waits && !l->seq);
}

static bool take_leaf(struct assembly *w, const struct leaf *l,
                      struct sayings *out)
{
    struct fact *facts;
    size_t n;
    if (!leaf_facts(w, l, &facts, &n, &w->mem))
        return false;
    for (size_t i = 0; i < n; i++) {
        const struct fact *f = &facts[i];
        if (*f->path == '@' || row_is_empty(facts, n, f))
            continue;
        struct row_key key = key_of(l, f);
        if (is_doubt(f))
            list_fact(w, l, f, &key);
        if (!leaf_counts(l))
            continue;
        out->items = list_room(out->items, out->n, &out->capacity,
                               sizeof *out->items, &w->mem);
        out->items[out->n++] = (struct saying){key, l, *f, l->order};
    }
    return true;
}

/* ── the strongest of each place ────────────────────────────────────────── */

static int strength(const struct fact *f)
{
    return f->answered ? 2 : f->settled;
}

static int by_place(const void *x, const void *y)
{
    const struct saying *a = x, *b = y;
    int c = row_key_compare(&a->key, &b->key);
    if (!c)
        c = strcmp(a->fact.path, b->fact.path);
    if (!c)
        c = strength(&b->fact) - strength(&a->fact);
    if (!c)
        c = (a->order > b->order) - (a->order < b->order);
    return c ? c
             : (a->fact.order > b->fact.order) -
                   (a->fact.order < b->fact.order);
}

static bool same_place(const struct saying *a, const struct saying *b)
{
    return row_key_compare(&a->key, &b->key) == 0 &&
           strcmp(a->fact.path, b->fact.path) == 0;
}

static bool alike(const struct fact *a, const struct fact *b)
{
    return a->state == b->state && strcmp(a->text, b->text) == 0;
}

/* Two sheets that were both read for sure, and say different things. */
static void ask_difference(struct assembly *w, const struct saying *first,
                           const struct saying *other)
{
    struct fact f = other->fact;
    if (!f.settled || first->fact.answered || f.answered ||
        alike(&first->fact, &f))
        return;
    f.check = "sheets-differ";
    list_fact(w, other->leaf, &f, &other->key);
}

static enum value_state state_of(const struct fact *f)
{
    if (f->settled)
        return f->state;
    return f->r.state == CASE_READING_UNREADABLE ? VALUE_UNREADABLE
                                                 : VALUE_UNKNOWN;
}

static void put_saying(struct assembly *w, const struct saying *s)
{
    const struct fact *f = &s->fact;
    const struct case_reading *r = &f->r;
    enum value_state state = state_of(f);
    struct case_value v = {.key = s->key,
                           .path = f->field->path,
                           .state = state,
                           .text = state == VALUE_KNOWN ? f->text : "",
                           .source = f->answered ? CASE_SOURCE_ANSWERED
                                                 : CASE_SOURCE_OCR,
                           .evidence = {.page = s->leaf->page->sha256,
                                        .left = r->left,
                                        .top = r->top,
                                        .width = r->width,
                                        .height = r->height,
                                        .raw = r->raw,
                                        .confidence = r->confidence,
                                        .why = f->answered ? f->by : ""}};
    value_list_add(&w->values, &v, &w->mem);
}

/* ── what the covers say ────────────────────────────────────────────────── */

/* 受付日 of a household: of the first of its sheets that counts. */
static void put_received(struct assembly *w)
{
    const struct leaf *first = NULL;
    for (size_t i = 0; i <= w->n_leaves; i++) {
        const struct leaf *l = i < w->n_leaves ? w->by_owner[i] : NULL;
        if (first && (!l || strcmp(l->household, first->household) != 0)) {
            struct case_value v = {.key = {first->household, "", 0, 0},
                                   .path = "household.received_on",
                                   .state = VALUE_KNOWN,
                                   .text = first->received,
                                   .source = CASE_SOURCE_OCR,
                                   .evidence = {.page = first->page->sha256,
                                                .raw = "",
                                                .confidence = -1,
                                                .why = ""}};
            value_list_add(&w->values, &v, &w->mem);
            first = NULL;
        }
        if (l && l->role == ROLE_SHEET && leaf_counts(l) && *l->received &&
            (!first || strcmp(l->received, first->received) < 0))
            first = l;
    }
}

bool assemble_values(struct assembly *w)
{
    struct sayings all = {NULL, 0, 0};
    for (size_t i = 0; i < w->n_leaves; i++)
        if (has_values(&w->leaves[i]) && !take_leaf(w, &w->leaves[i], &all))
            return false;
    if (all.n)
        qsort(all.items, all.n, sizeof *all.items, by_place);
    for (size_t i = 0, first = 0; i < all.n; i++) {
        if (i && same_place(&all.items[first], &all.items[i])) {
            ask_difference(w, &all.items[first], &all.items[i]);
            continue;
        }
        first = i;
        put_saying(w, &all.items[i]);
    }
    if (dictionary_find(w->dict, "household.received_on"))
        put_received(w);
    return true;
}
