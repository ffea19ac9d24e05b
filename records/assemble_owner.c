/*
 * Whose each page is. A person's word first; then what the page itself and its
 * cover say, which must not contradict each other. Nothing is taken from a
 * likeness: that only proposes.
 */
#include "records/assemble_work.h"

#include <stdlib.h>
#include <string.h>

/* The question's name in its id: it outlives every reading. */
#define WHOSE "@whose"

static bool asks_owner(const struct leaf *l)
{
    return l->role == ROLE_SHEET || l->role == ROLE_CERTIFICATE;
}

static const char *qr_household(const struct leaf *l)
{
    return l->page->qr.household ? l->page->qr.household : "";
}

static const char *qr_child(const struct leaf *l)
{
    return l->page->qr.child ? l->page->qr.child : "";
}

/* ── a person's word ────────────────────────────────────────────────────── */

static bool take_filing(struct leaf *l)
{
    const struct case_filing *f = l->filing;
    if (!f)
        return false;
    l->refused = strcmp(f->state, "不使用") == 0;
    if (strcmp(f->state, "受領") == 0)
        l->waits = true;
    l->household = f->household;
    l->child = f->child;
    l->person = f->person;
    l->seq = f->seq;
    l->filed_type = f->type;
    l->filed_by_person = l->refused || *f->household;
    return l->filed_by_person;
}

/* ── what the papers say ────────────────────────────────────────────────── */

/* Adds a number that something says; the second different one is a rival. */
static void say(const char **number, const char **rival, const char *text)
{
    if (!*text || strcmp(*number, text) == 0)
        return;
    if (!**number)
        *number = text;
    else if (!**rival)
        *rival = text;
}

/* The first number said stays as the proposal. */
static void contradicts(struct leaf *l, const char *first)
{
    l->rivals[0] = first;
    l->cover.proposed = l->household;
    l->household = "";
    l->waits = true;
}

static void take_papers(struct leaf *l)
{
    const char *rival = "";
    say(&l->household, &l->rivals[1], qr_household(l));
    say(&l->household, &l->rivals[1], l->cover.household);
    say(&l->household, &l->rivals[1], word_known(l, WORD_HOUSEHOLD));
    say(&l->child, &rival, qr_child(l));
    say(&l->child, &rival, word_known(l, WORD_CHILD));
    if (*l->rivals[1]) {
        contradicts(l, l->household);
    } else if (*rival) {
        l->rivals[1] = rival;
        contradicts(l, l->child);
    }
}

static int by_child(const void *x, const void *y)
{
    const struct leaf *const *a = x, *const *b = y;
    int c = strcmp((*a)->child, (*b)->child);
    return c ? c : strcmp((*a)->household, (*b)->household);
}

/* A page that names only the child, beside one that names both: the other side
 * of the sheet. Numbers of children are the city's, so one household must be
 * meant. */
static void households_by_child(struct assembly *w)
{
    struct leaf **by = ARENA_ARRAY(&w->mem, struct leaf *, w->n_leaves);
    size_t n = 0;
    for (size_t i = 0; i < w->n_leaves; i++)
        if (*w->leaves[i].child && !w->leaves[i].waits &&
            w->leaves[i].role == ROLE_SHEET)
            by[n++] = &w->leaves[i];
    if (n)
        qsort(by, n, sizeof *by, by_child);
    for (size_t i = 0, end; i < n; i = end) {
        const char *only = "";
        bool several = false;
        for (end = i; end < n && strcmp(by[end]->child, by[i]->child) == 0;
             end++) {
            several = several || (*only && *by[end]->household &&
                                  strcmp(only, by[end]->household) != 0);
            if (*by[end]->household)
                only = by[end]->household;
        }
        for (size_t k = i; k < end && !several; k++)
            if (!*by[k]->household)
                by[k]->household = only;
    }
}

/* ── children within a household ────────────────────────────────────────── */

static int by_owner(const void *x, const void *y)
{
    const struct leaf *const *a = x, *const *b = y;
    int c = strcmp((*a)->household, (*b)->household);
    if (c == 0)
        c = ((*a)->order > (*b)->order) - ((*a)->order < (*b)->order);
    return c;
}

void assemble_sort(struct assembly *w)
{
    if (!w->by_owner)
        w->by_owner = ARENA_ARRAY(&w->mem, struct leaf *, w->n_leaves);
    for (size_t i = 0; i < w->n_leaves; i++)
        w->by_owner[i] = &w->leaves[i];
    if (w->n_leaves)
        qsort(w->by_owner, w->n_leaves, sizeof *w->by_owner, by_owner);
}

static bool wants_child(const struct leaf *l)
{
    return l->role == ROLE_SHEET && l->of_child && !l->waits && !l->refused &&
           *l->household;
}

/* Is there a page of this household that names this child for sure? */
static bool child_is_known(struct leaf *const *of, size_t n, const char *child)
{
    for (size_t i = 0; i < n; i++)
        if (wants_child(of[i]) && strcmp(of[i]->child, child) == 0)
            return true;
    return false;
}

static bool same_side(const struct leaf *a, const struct leaf *b)
{
    return strcmp(a->page->form, b->page->form) == 0 &&
           a->page->form_page == b->page->form_page;
}

static bool has_side(struct leaf *const *of, size_t n, const char *child,
                     const struct leaf *side)
{
    for (size_t i = 0; i < n; i++)
        if (wants_child(of[i]) && same_side(of[i], side) &&
            strcmp(of[i]->child, child) == 0)
            return true;
    return false;
}

/* The only child whose sheet lacks this side, when this page is the only one
 * that could be it; "" otherwise. */
static const char *child_left_over(struct leaf *const *of, size_t n,
                                   const struct leaf *l)
{
    const char *only = "";
    for (size_t i = 0; i < n; i++) {
        const struct leaf *o = of[i];
        if (!wants_child(o))
            continue;
        if (!*o->child) {
            if (o != l && same_side(o, l))
                return "";
        } else if (strcmp(o->page->form, l->page->form) == 0 &&
                   strcmp(o->child, only) != 0 &&
                   !has_side(of, n, o->child, l)) {
            if (*only)
                return "";
            only = o->child;
        }
    }
    return only;
}

static const char *child_of_neighbour(const struct assembly *w,
                                      const struct leaf *l)
{
    const size_t beside[] = {l->before, l->after};
    for (int i = 0; i < 2; i++) {
        if (beside[i] == NO_LEAF)
            continue;
        const struct leaf *o = &w->leaves[beside[i]];
        int step = i == 0 ? 1 : -1;
        if (o->role == ROLE_SHEET && *o->child &&
            strcmp(o->page->form, l->page->form) == 0 &&
            o->page->form_page + step == l->page->form_page)
            return o->child;
    }
    return "";
}

/* A doubt about the box where there is one, else about the page. */
static struct doubt_entry doubt_of_child(struct assembly *w, struct leaf *l)
{
    const struct fact *box = l->words[WORD_CHILD];
    struct row_key key = {l->household, l->child, 0, 0};
    struct doubt_entry e = box ? doubt_of_fact(w, l, box, &key)
                               : doubt_of_leaf(w, l, "child-number");
    e.doubt.check = "child-number";
    e.doubt.path = word_fields[WORD_CHILD].path;
    e.doubt.gating = true;
    e.doubt.answer = e.doubt.by = "";
    doubt_name(w, &e, e.doubt.path);
    const char *beside = child_of_neighbour(w, l);
    if (!*e.doubt.value)
        e.doubt.value = beside;
    if (!*e.doubt.caption)
        e.doubt.caption = word_fields[WORD_CHILD].label.ja;
    e.doubt.what = label_make(
        w, "どの児童の用紙か分かりません。児童番号を入れてください",
        "it is not clear whose sheet this is; enter the child's number");
    return e;
}

/* Is a box in doubt that says something else than what is known? */
static bool box_disagrees(const struct leaf *l, enum join_word word,
                          const char *known)
{
    const struct fact *f = l->words[word];
    return f && !f->settled && *f->guess && strcmp(f->guess, known) != 0 &&
           !l->filed_by_person;
}

static void find_child(struct assembly *w, struct leaf *const *of, size_t n,
                       struct leaf *l)
{
    const struct fact *box = l->words[WORD_CHILD];
    const char *guess = word_guess(l, WORD_CHILD);
    struct doubt_answer said;
    bool list = box && box->answered;
    if (*l->child && !list && !box_disagrees(l, WORD_CHILD, l->child))
        return;
    struct doubt_entry e = doubt_of_child(w, l);
    bool answered = doubt_answered(w, &e, &said);
    if (*l->child)
        list = true;
    else if (answered)
        l->child = arena_strdup(&w->mem, said.value.text);
    else if (*guess && child_is_known(of, n, guess))
        l->child = guess;
    else
        l->child = child_left_over(of, n, l);
    l->waits = !*l->child;
    e.doubt.key.child = l->child;
    if (list || answered || l->waits)
        doubt_list(w, &e);
}

static void find_children(struct assembly *w)
{
    assemble_sort(w);
    for (size_t i = 0, end; i < w->n_leaves; i = end) {
        const char *household = w->by_owner[i]->household;
        for (end = i; end < w->n_leaves &&
                      strcmp(w->by_owner[end]->household, household) == 0;)
            end++;
        for (size_t k = i; k < end; k++)
            if (wants_child(w->by_owner[k]))
                find_child(w, w->by_owner + i, end - i, w->by_owner[k]);
    }
}

/* ── questions ──────────────────────────────────────────────────────────── */

/* What to propose: what the page itself says, then its cover, then the other
 * side of the sheet before it. */
static const char *proposed_household(const struct assembly *w,
                                      const struct leaf *l)
{
    const char *all[] = {l->household, l->cover.proposed,
                         word_guess(l, WORD_HOUSEHOLD)};
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
        if (*all[i])
            return all[i];
    if (l->role == ROLE_SHEET && l->before != NO_LEAF &&
        w->leaves[l->before].role == ROLE_SHEET &&
        w->leaves[l->before].page->form_page + 1 == l->page->form_page)
        return w->leaves[l->before].household;
    return "";
}

static struct doubt_entry doubt_of_owner(struct assembly *w,
                                         const struct leaf *l)
{
    bool differs = *l->rivals[1];
    struct doubt_entry e =
        doubt_of_leaf(w, l, differs ? "household-differs" : "whose-page");
    const char *household = proposed_household(w, l);
    const char *child = *l->child ? l->child : word_guess(l, WORD_CHILD);
    doubt_name(w, &e, WHOSE);
    e.doubt.caption = "どの世帯の用紙か";
    e.doubt.value = *household && *child && l->of_child
                        ? arena_printf(&w->mem, "%s/%s", household, child)
                        : household;
    e.doubt.runner_up = l->rivals[1];
    e.doubt.what =
        differs ? label_make(w,
                             "用紙と受付票などの番号が合いません（%1$s と "
                             "%2$s）。正しい世帯番号を入れてください",
                             "the numbers on the sheet and its cover differ "
                             "(%1$s, %2$s); enter the right household",
                             l->rivals[0], l->rivals[1])
                : label_make(w,
                             "どの世帯の用紙か分かりません。世帯番号を"
                             "入れてください",
                             "it is not clear whose page this is; enter the "
                             "household");
    return e;
}

static void take_owner_answer(struct assembly *w, struct leaf *l)
{
    struct doubt_answer said;
    struct doubt_entry e = doubt_of_owner(w, l);
    if (!doubt_answered(w, &e, &said))
        return;
    l->answered_owner = true;
    l->waits = false;
    l->refused = said.refused;
    l->household = said.household;
    if (*said.child)
        l->child = said.child;
    e.doubt.key = (struct row_key){l->household, l->child, 0, 0};
    doubt_list(w, &e);
}

static void ask_owner(struct assembly *w, struct leaf *l)
{
    if (l->answered_owner || (*l->household && !*l->rivals[1]))
        return;
    struct doubt_entry e = doubt_of_owner(w, l);
    e.doubt.key = (struct row_key){"", "", 0, 0};
    l->waits = true;
    doubt_list(w, &e);
}

/* A box that is unsure, and not settled by agreeing with what is known. */
static void ask_household_box(struct assembly *w, const struct leaf *l)
{
    const struct fact *f = l->words[WORD_HOUSEHOLD];
    if (l->refused || l->waits || !f ||
        (!f->answered && !box_disagrees(l, WORD_HOUSEHOLD, l->household)))
        return;
    struct row_key key = {l->household, l->child, 0, 0};
    struct doubt_entry e = doubt_of_fact(w, l, f, &key);
    doubt_list(w, &e);
}

static bool is_open_sheet(const struct leaf *l)
{
    return l->role == ROLE_SHEET && !l->filed_by_person;
}

void assemble_owners(struct assembly *w)
{
    for (size_t i = 0; i < w->n_leaves; i++) {
        struct leaf *l = &w->leaves[i];
        if (l->role == ROLE_COVER || l->role == ROLE_NONE)
            continue;
        if (!take_filing(l))
            take_papers(l);
        if (is_open_sheet(l) && w->n_answers)
            take_owner_answer(w, l);
        if (l->role == ROLE_UNFILED && !l->refused)
            assemble_unfiled(w, l);
    }
    households_by_child(w);
    for (size_t i = 0; i < w->n_leaves; i++) {
        struct leaf *l = &w->leaves[i];
        if (is_open_sheet(l))
            ask_owner(w, l);
        if (asks_owner(l) && *l->household)
            ask_household_box(w, l);
    }
    find_children(w);
    assemble_sort(w);
}
