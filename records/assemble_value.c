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
    struct fact fact; /* its texts in the household's arena */
    size_t order;     /* of the leaf */
    bool absent;      /* its whole row is empty on this sheet */
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
    return f->answered || (*f->check && !f->settled);
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

/* A child's row that is empty on one sheet and filled in on another of the same
 * child: a preference struck off. Elsewhere an empty row says nothing: families
 * write down their guardians on the first child's sheet only. */
static bool says_no_row(const struct fact *f)
{
    return scope_infos[f->field->scope].child;
}

static bool take_leaf(struct assembly *w, const struct leaf *l,
                      struct sayings *out, struct arena *a)
{
    struct fact *facts;
    size_t n;
    if (!leaf_facts(w, l, &facts, &n, a))
        return false;
    for (size_t i = 0; i < n; i++) {
        const struct fact *f = &facts[i];
        bool absent = *f->path != '@' && row_is_empty(facts, n, f);
        if (*f->path == '@' || (absent && !says_no_row(f)))
            continue;
        struct row_key key = key_of(l, f);
        if (is_doubt(f) && !absent)
            list_fact(w, l, f, &key);
        if (!leaf_counts(l))
            continue;
        out->items = list_room(out->items, out->n, &out->capacity,
                               sizeof *out->items, a);
        out->items[out->n++] = (struct saying){key, l, *f, l->order, absent};
    }
    return true;
}

/* ── the strongest of each place ────────────────────────────────────────── */

static int strength(const struct saying *s)
{
    return s->absent ? 0 : s->fact.answered ? 3 : s->fact.settled ? 2 : 1;
}

static int by_place(const void *x, const void *y)
{
    const struct saying *a = x, *b = y;
    int c = row_key_compare(&a->key, &b->key);
    if (!c)
        c = strcmp(a->fact.path, b->fact.path);
    if (!c)
        c = strength(b) - strength(a);
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

/* A word for people: "なし" would be a value. */
static const char *fact_text(const struct fact *f)
{
    return *f->text ? f->text : "空欄";
}

/* Two sheets that say different things, each for sure. The question has a name
 * of its own: what a person said of one box was not about the other. The answer
 * is then what the place holds. */
static void ask_difference(struct assembly *w, struct saying *standing,
                           const struct saying *other, struct arena *a)
{
    struct fact f = other->fact;
    f.check = "sheets-differ";
    f.answered = false;
    f.answer = f.by = f.half = "";
    f.r.value = f.text;
    struct doubt_entry e = doubt_of_fact(w, other->leaf, &f, &other->key);
    doubt_name(w, &e, arena_printf(a, "@differs %s", f.r.field));
    const struct case_answer *given = answer_find(w, e.doubt.id);
    if (given && fact_answer(w, &f, given, a)) {
        e.doubt.answer = text_kept(w, f.answer);
        e.doubt.by = text_kept(w, f.by);
    }
    e.doubt.runner_up = text_kept(w, standing->fact.text);
    e.doubt.what = label_make(
        w,
        "%1$s: 用紙によって記入が違います（ほかの用紙は「%2$s」、この用紙は"
        "「%3$s」）。正しい値を入れてください",
        "%1$s: the sheets differ (\"%2$s\" on another, \"%3$s\" on this "
        "one); enter the right value",
        e.doubt.caption, fact_text(&standing->fact), fact_text(&other->fact));
    doubt_list(w, &e);
    if (f.answered) {
        standing->fact = f;
        standing->leaf = other->leaf;
    }
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
    struct case_value v = {
        .key = s->key,
        .path = f->field->path,
        .state = state,
        .text = state == VALUE_KNOWN ? text_kept(w, f->text) : "",
        .source = f->answered ? CASE_SOURCE_ANSWERED : CASE_SOURCE_OCR,
        .evidence = {.page = s->leaf->page->sha256,
                     .left = r->left,
                     .top = r->top,
                     .width = r->width,
                     .height = r->height,
                     .raw = text_kept(w, r->raw),
                     .confidence = r->confidence,
                     .why = text_kept(w, f->answered ? f->by : f->world)}};
    value_list_add(&w->values, &v, &w->mem);
}

/* Everything that sheets say of one place, the strongest first. */
static void put_place(struct assembly *w, const struct saying *of, size_t n,
                      struct arena *a)
{
    struct saying standing = of[0];
    if (standing.absent)
        return;
    for (size_t i = 1; i < n; i++)
        if (standing.fact.settled && of[i].fact.settled &&
            !alike(&standing.fact, &of[i].fact))
            ask_difference(w, &standing, &of[i], a);
    put_saying(w, &standing);
}

/* A household's leaves together; its boxes are forgotten with `a`. */
static bool put_household(struct assembly *w, struct leaf *const *of, size_t n,
                          struct arena *a)
{
    struct sayings all = {NULL, 0, 0};
    for (size_t i = 0; i < n; i++)
        if (has_values(of[i]) && !take_leaf(w, of[i], &all, a))
            return false;
    if (all.n)
        qsort(all.items, all.n, sizeof *all.items, by_place);
    for (size_t i = 0, end; i < all.n; i = end) {
        for (end = i + 1;
             end < all.n && same_place(&all.items[i], &all.items[end]);)
            end++;
        put_place(w, &all.items[i], end - i, a);
    }
    return true;
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

/* Leaves of one household from `first` on; those of none are alone, for they
 * have nothing in common. */
static size_t household_end(const struct assembly *w, size_t first)
{
    const char *household = w->by_owner[first]->household;
    size_t end = first + 1;
    while (*household && end < w->n_leaves &&
           strcmp(w->by_owner[end]->household, household) == 0)
        end++;
    return end;
}

bool assemble_values(struct assembly *w)
{
    bool ok = true;
    for (size_t i = 0, end; ok && i < w->n_leaves; i = end) {
        struct arena a = ARENA_INIT;
        end = household_end(w, i);
        ok = put_household(w, w->by_owner + i, end - i, &a);
        arena_release(&a);
    }
    if (dictionary_find(w->dict, "household.received_on"))
        put_received(w);
    return ok;
}
