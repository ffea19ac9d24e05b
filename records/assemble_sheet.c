/*
 * Sheets made of pages: late ones wait, missing and repeated pages are said.
 */
#include "records/assemble_work.h"

#include "core/date.h"

#include <string.h>

bool leaf_counts(const struct leaf *l)
{
    return *l->household && !l->waits && !l->refused;
}

/* ── late ───────────────────────────────────────────────────────────────── */

static bool approved_by_person(const struct leaf *l)
{
    return l->filing && (strcmp(l->filing->state, "確認") == 0 ||
                         strcmp(l->filing->state, "反映") == 0);
}

static bool is_late(const struct assembly *w, const struct leaf *l)
{
    int32_t day;
    return *l->received && date_parse(l->received, &day) == DATE_OK &&
           day > w->deadline && !approved_by_person(l);
}

/* A sheet came at one time: its pages are asked about once. */
static bool same_sheet(const struct leaf *a, const struct leaf *b)
{
    return a->role == ROLE_SHEET && b->role == ROLE_SHEET &&
           strcmp(a->household, b->household) == 0 &&
           strcmp(a->child, b->child) == 0 &&
           strcmp(a->page->form, b->page->form) == 0 &&
           strcmp(a->received, b->received) == 0;
}

static void ask_late(struct assembly *w, struct leaf *l)
{
    struct doubt_answer said;
    struct doubt_entry e = doubt_of_leaf(w, l, "late-document");
    doubt_name(w, &e, "@late");
    e.doubt.caption = "締切後の書類";
    e.doubt.what = label_make(
        w,
        "締切の後、%1$s に受け付けた書類です。使うなら採用、使わないなら不採用",
        "received on %1$s, after the deadline; 採用 to use it, else 不採用",
        l->received);
    if (!doubt_ask(w, &e, &said))
        l->waits = true;
    else
        l->refused = said.refused;
    l->asked_late = true;
}

void assemble_late(struct assembly *w, enum leaf_role role)
{
    for (size_t i = 0; i < w->n_leaves; i++) {
        struct leaf *l = w->by_owner[i];
        if (l->role != role || !leaf_counts(l) || !is_late(w, l))
            continue;
        const struct leaf *first = NULL;
        for (size_t k = i;
             k-- > 0 && !first &&
             strcmp(w->by_owner[k]->household, l->household) == 0;)
            if (w->by_owner[k]->asked_late && same_sheet(w->by_owner[k], l))
                first = w->by_owner[k];
        if (!first) {
            ask_late(w, l);
        } else {
            l->waits = first->waits;
            l->refused = first->refused;
        }
    }
}

/* ── missing and repeated pages ─────────────────────────────────────────── */

static bool same_form(const struct leaf *a, const struct leaf *b)
{
    return b->role == ROLE_SHEET && leaf_counts(b) &&
           strcmp(a->household, b->household) == 0 &&
           strcmp(a->child, b->child) == 0 &&
           strcmp(a->page->form, b->page->form) == 0;
}

/* Which of the n pages of the sheet that `first` begins are there, in bits. */
static uint64_t pages_there(const struct assembly *w, size_t first)
{
    uint64_t there = 0;
    for (size_t k = first; k < w->n_leaves; k++) {
        const struct leaf *l = w->by_owner[k];
        if (strcmp(l->household, w->by_owner[first]->household) != 0)
            break;
        if (same_form(w->by_owner[first], l) && l->page->form_page >= 1 &&
            l->page->form_page <= 63)
            there |= UINT64_C(1) << l->page->form_page;
    }
    return there;
}

static bool begins_sheet(const struct assembly *w, size_t i)
{
    const struct leaf *l = w->by_owner[i];
    if (l->role != ROLE_SHEET || !leaf_counts(l))
        return false;
    for (size_t k = i; k-- > 0;) {
        if (strcmp(w->by_owner[k]->household, l->household) != 0)
            return true;
        if (same_form(l, w->by_owner[k]))
            return false;
    }
    return true;
}

static void find_missing(struct assembly *w)
{
    for (size_t i = 0; i < w->n_leaves; i++) {
        if (!begins_sheet(w, i))
            continue;
        const struct leaf *l = w->by_owner[i];
        uint64_t there = pages_there(w, i);
        bool missing = false;
        for (int p = 1; p <= l->page->form_pages && p <= 63; p++) {
            if (there >> p & 1)
                continue;
            missing = true;
            finding_add(w, SEVERITY_WARNING,
                        arena_printf(&w->mem, "世帯 %s 児童 %s", l->household,
                                     l->child),
                        "page-missing",
                        "%1$s の %2$d ページ目がありません。届いたら読み取って"
                        "ください",
                        "page %2$d of %1$s is missing; read it when it comes",
                        l->page->document, p);
        }
        for (size_t k = i; missing && k < w->n_leaves &&
                           strcmp(w->by_owner[k]->household, l->household) == 0;
             k++)
            if (same_form(l, w->by_owner[k]))
                w->by_owner[k]->missing = true;
    }
}

static void find_repeated(struct assembly *w)
{
    for (size_t i = 0; i < w->n_arrivals; i++) {
        struct leaf *l = leaf_find(w, w->arrivals[i].sha256);
        if (l->page->state == CASE_PAGE_BLANK)
            continue;
        if (l->arrived)
            finding_add(w, SEVERITY_WARNING,
                        arena_printf(&w->mem, "%s:%d", w->arrivals[i].file,
                                     w->arrivals[i].number),
                        "same-page-twice",
                        "%1$s の %2$d ページ目と同じ画像です。1 度だけ使います",
                        "the same image as page %2$d of %1$s; used once",
                        l->page->file, l->page->number);
        l->arrived = true;
    }
}

static void say_page_reasons(struct assembly *w)
{
    static const enum severity severities[N_CASE_PAGE_STATES] = {
        [CASE_PAGE_UNKNOWN_FORM] = SEVERITY_WARNING,
        [CASE_PAGE_BLANK] = SEVERITY_NOTE,
        [CASE_PAGE_QUARANTINED] = SEVERITY_ERROR,
    };
    for (size_t i = 0; i < w->n_leaves; i++) {
        const struct case_page *p = w->leaves[i].page;
        if (!*p->reason || p->state == CASE_PAGE_READ)
            continue;
        finding_add(w, severities[p->state], leaf_place(w, &w->leaves[i]),
                    p->reason, "%1$s%2$.0s", "%1$.0s%2$s", p->message.ja,
                    p->message.en);
    }
}

void assemble_sheets(struct assembly *w)
{
    say_page_reasons(w);
    find_repeated(w);
    assemble_late(w, ROLE_SHEET);
    find_missing(w);
}
