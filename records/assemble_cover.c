/*
 * Cover sheets 受付票: pages after one in a file, up to the next, are its
 * household's, when there are as many as it says.
 */
#include "records/assemble_work.h"

#include <stdlib.h>
#include <string.h>

struct batch {
    size_t first, end;     /* arrivals after the cover's */
    size_t cover;          /* leaf */
    int all, filled, once; /* faces; without blank ones; each page once */
};

static const char *or_else(const char *first, const char *second)
{
    return first && *first ? first : second;
}

/* A person said that this cover is not used. */
static bool is_refused(const struct leaf *c)
{
    return c->filing && strcmp(c->filing->state, "不使用") == 0;
}

/* What the cover says: a filing, then its QR code, then its boxes. */
static const char *cover_household(const struct leaf *c)
{
    const char *filed = c->filing ? c->filing->household : "";
    return or_else(
        filed, or_else(c->page->qr.household, word_known(c, WORD_HOUSEHOLD)));
}

static const char *cover_received(const struct leaf *c)
{
    const char *filed = c->filing ? c->filing->received : "";
    return or_else(filed,
                   or_else(c->page->qr.received, word_known(c, WORD_RECEIVED)));
}

/* 0 where it is not known for sure; *guess where it is not. */
static int cover_pages(const struct leaf *c, int *guess)
{
    *guess = atoi(word_guess(c, WORD_PAGES));
    if (c->page->qr.pages > 0)
        return c->page->qr.pages;
    return atoi(word_known(c, WORD_PAGES));
}

static bool counts_to(const struct batch *b, int n)
{
    return n == b->all || n == b->filled || n == b->once;
}

static bool batch_agrees(const struct assembly *w, const struct batch *b)
{
    int guess, n = cover_pages(&w->leaves[b->cover], &guess);
    return counts_to(b, n) || (n == 0 && guess > 0 && counts_to(b, guess));
}

/* ── the cover's own boxes ──────────────────────────────────────────────── */

static void ask_box(struct assembly *w, const struct leaf *c,
                    enum join_word word, bool said_otherwise)
{
    const struct fact *f = c->words[word];
    if (!f || (!f->answered && (said_otherwise || fact_known(f))))
        return;
    struct row_key key = {cover_household(c), "", 0, 0};
    struct doubt_entry e = doubt_of_fact(w, c, f, &key);
    doubt_list(w, &e);
}

static void ask_boxes(struct assembly *w, const struct leaf *c)
{
    if (is_refused(c) || (c->filing && *c->filing->household))
        return;
    int guess, n = cover_pages(c, &guess);
    ask_box(w, c, WORD_HOUSEHOLD, *c->page->qr.household != '\0');
    ask_box(w, c, WORD_PAGES, n > 0 || c->agreed);
    ask_box(w, c, WORD_RECEIVED, *c->page->qr.received != '\0');
}

/* ── one batch ──────────────────────────────────────────────────────────── */

static void take_received(struct assembly *w, struct leaf *l, size_t cover)
{
    const char *received = cover_received(&w->leaves[cover]);
    if (l->filing && *l->filing->received)
        return;
    if (*received &&
        (l->received_from == NO_LEAF || strcmp(received, l->received) < 0)) {
        l->received = received;
        l->received_from = cover;
    }
}

static void give_to_pages(struct assembly *w, const struct batch *b, bool holds)
{
    const struct leaf *c = &w->leaves[b->cover];
    const char *household = cover_household(c);
    for (size_t i = b->first; i < b->end; i++) {
        struct leaf *l = leaf_find(w, w->arrivals[i].sha256);
        if (holds && *household) {
            if (*l->cover.household &&
                strcmp(l->cover.household, household) != 0) {
                l->cover.differs = true;
                l->rivals[1] = household;
            } else {
                l->cover.household = household;
            }
            take_received(w, l, b->cover);
        } else if (!*l->cover.proposed) {
            l->cover.proposed =
                or_else(household, word_guess(c, WORD_HOUSEHOLD));
        }
    }
}

/* Asked once for a cover, however often it was scanned. */
static bool ask_count(struct assembly *w, const struct batch *b, int n)
{
    struct leaf *c = &w->leaves[b->cover];
    struct doubt_answer said;
    struct doubt_entry e = doubt_of_leaf(w, c, "cover-count");
    doubt_name(w, &e, "@cover-count");
    e.doubt.key = (struct row_key){cover_household(c), "", 0, 0};
    e.doubt.caption = "受付票の枚数";
    e.doubt.what = label_make(
        w,
        "受付票は %1$d 枚ですが、%2$d 枚あります。この世帯の書類でよければ"
        "採用、違えば不採用",
        "the cover sheet says %1$d pages, there are %2$d; 採用 if they are "
        "this household's, else 不採用",
        n, b->all);
    bool answered =
        c->mark ? doubt_answered(w, &e, &said) : doubt_ask(w, &e, &said);
    c->mark = 1;
    if (answered && said.refused)
        return false;
    if (!answered)
        give_to_pages(w, b, false);
    return answered;
}

static void settle_batch(struct assembly *w, const struct batch *b)
{
    struct leaf *c = &w->leaves[b->cover];
    int guess, n = cover_pages(c, &guess);
    if (batch_agrees(w, b)) {
        give_to_pages(w, b, true);
        return;
    }
    if (n == 0 && !guess) { /* its box is a doubt of its own */
        give_to_pages(w, b, false);
        return;
    }
    finding_add(w, SEVERITY_WARNING,
                arena_printf(&w->mem, "%s:%d", w->arrivals[b->first - 1].file,
                             w->arrivals[b->first - 1].number),
                "cover-count", "受付票は %1$d 枚ですが、後ろに %2$d 枚あります",
                "the cover sheet says %1$d pages, but %2$d follow it",
                n ? n : guess, b->all);
    if (c->agreed)
        return; /* the whole batch came in another file */
    if (ask_count(w, b, n ? n : guess))
        give_to_pages(w, b, true);
}

/* ── files ──────────────────────────────────────────────────────────────── */

static bool same_file(const struct case_arrival *a,
                      const struct case_arrival *b)
{
    return strcmp(a->file, b->file) == 0 &&
           strcmp(a->file_sha256, b->file_sha256) == 0;
}

static void count_faces(struct assembly *w, struct batch *b)
{
    static const unsigned first_mark = 2; /* 1 is a cover's own */
    unsigned mark = first_mark + (unsigned)b->first;
    for (size_t i = b->first; i < b->end; i++) {
        struct leaf *l = leaf_find(w, w->arrivals[i].sha256);
        bool filled = l->page->state != CASE_PAGE_BLANK;
        b->all++;
        b->filled += filled;
        b->once += filled && l->mark != mark;
        l->mark = mark;
    }
}

static void note_neighbours(struct assembly *w)
{
    for (size_t i = 1; i < w->n_arrivals; i++) {
        struct leaf *x = leaf_find(w, w->arrivals[i - 1].sha256);
        struct leaf *y = leaf_find(w, w->arrivals[i].sha256);
        if (!same_file(&w->arrivals[i - 1], &w->arrivals[i]))
            continue;
        if (x->after == NO_LEAF)
            x->after = y->order;
        if (y->before == NO_LEAF)
            y->before = x->order;
    }
}

static size_t find_batches(struct assembly *w, struct batch *out)
{
    size_t n = 0;
    bool open = false;
    for (size_t i = 0; i < w->n_arrivals; i++) {
        struct leaf *l = leaf_find(w, w->arrivals[i].sha256);
        open = open && same_file(&w->arrivals[i - 1], &w->arrivals[i]);
        if (l->role == ROLE_COVER && is_refused(l)) {
            open = false; /* what follows is nobody's, neither its own */
        } else if (l->role == ROLE_COVER) {
            out[n++] = (struct batch){i + 1, i + 1, l->order, 0, 0, 0};
            open = true;
        } else if (open) {
            out[n - 1].end = i + 1;
        }
    }
    return n;
}

static void take_own_received(struct leaf *l)
{
    const char *qr = l->page->qr.received;
    if (!*l->received && qr && *qr && l->role != ROLE_COVER)
        l->received = qr;
}

void assemble_covers(struct assembly *w)
{
    struct batch *batches =
        ARENA_ARRAY(&w->mem, struct batch, w->n_arrivals + 1);
    size_t n = find_batches(w, batches);
    note_neighbours(w);
    for (size_t i = 0; i < n; i++) {
        count_faces(w, &batches[i]);
        if (batch_agrees(w, &batches[i]))
            w->leaves[batches[i].cover].agreed = true;
    }
    for (size_t i = 0; i < w->n_leaves; i++) {
        w->leaves[i].mark = 0;
        if (w->leaves[i].role == ROLE_COVER)
            ask_boxes(w, &w->leaves[i]);
    }
    for (size_t i = 0; i < n; i++)
        settle_batch(w, &batches[i]);
    for (size_t i = 0; i < w->n_leaves; i++)
        take_own_received(&w->leaves[i]);
}
