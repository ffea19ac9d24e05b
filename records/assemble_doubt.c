/*
 * Doubts and findings while they are made. To add a reason of a box that a
 * person shall read in words: a row in `reasons`. A field that carries points
 * although everybody may see it: a row in `carriers`.
 */
#include "records/assemble_work.h"

#include <stdlib.h>
#include <string.h>

/* ── names ──────────────────────────────────────────────────────────────── */

static void short_hex(struct hash *h, char id[ID_SIZE])
{
    char hex[HASH_HEX];
    hash_hex(h, hex);
    memcpy(id, hex, ID_SIZE - 1);
    id[ID_SIZE - 1] = '\0';
}

void doubt_id_page(const char *sha256, const char *what, char id[ID_SIZE])
{
    struct hash h;
    hash_start(&h);
    hash_add_text(&h, sha256);
    hash_add_text(&h, what);
    short_hex(&h, id);
}

static int answer_by_id(const void *x, const void *y)
{
    const struct case_answer *a = x, *b = y;
    return strcmp(a->id, b->id);
}

const struct case_answer *answer_find(const struct assembly *w, const char *id)
{
    struct case_answer key = {.id = id};
    return w->n_answers ? bsearch(&key, w->answers, w->n_answers,
                                  sizeof *w->answers, answer_by_id)
                        : NULL;
}

/* ── what carries points ────────────────────────────────────────────────── */

static const char *const carriers[] = {
    "child.birth",               /* class age */
    "child.due_date",            /* class age of the unborn */
    "preference.facility",       /* places */
    "household.sibling_pattern", /* places */
    "household.received_on",     /* order */
    "household.receipt_order",   /* order */
    "household.lottery_number",  /* order */
    "guardian.role",             /* points of father and mother */
    "guardian.present",          /* single parents */
    "cohabitant.relation",       /* brothers and sisters, grandparents */
    "cohabitant.birth",          /* grandparents' age, children under 18 */
    "job.certified_on",          /* which certificate is the newer one */
};
/* Restricted, but nothing is counted from it. */
static const char *const harmless[] = {"household.address_jan1"};

static bool listed(const char *const *paths, size_t n, const char *path)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(paths[i], path) == 0)
            return true;
    return false;
}

bool field_gates(const struct field *f)
{
    if (*f->path == '@')
        return true; /* whose it is, and in which order it came */
    if (f->see == SEE_ALL)
        return listed(carriers, sizeof carriers / sizeof carriers[0], f->path);
    return !listed(harmless, sizeof harmless / sizeof harmless[0], f->path);
}

/* ── texts ──────────────────────────────────────────────────────────────── */

struct label label_make(struct assembly *w, const char *ja, const char *en, ...)
{
    va_list args;
    struct label out;
    va_start(args, en);
    out.ja = arena_vprintf(&w->mem, ja, args);
    va_end(args);
    va_start(args, en);
    out.en = arena_vprintf(&w->mem, en, args);
    va_end(args);
    return out;
}

/* Reasons of boxes; those not here are called "確かでありません". */
static const struct {
    const char *check;
    struct label why;
} reasons[] = {
    {"required-blank",
     {"必ず記入する欄が空いています", "a required box is empty"}},
    {"value-not-in-dictionary",
     {"この項目にない値です", "the item takes no such value"}},
    {"sheets-differ",
     {"用紙によって記入が違います", "the sheets say different things"}},
    {"two-people",
     {"二人の確認が要る項目です", "two people must confirm this item"}},
};

static struct label why(const char *check, bool nothing)
{
    for (size_t i = 0; i < sizeof reasons / sizeof reasons[0]; i++)
        if (strcmp(reasons[i].check, check) == 0)
            return reasons[i].why;
    if (nothing)
        return (struct label){"読み取れませんでした", "it could not be read"};
    return (struct label){"読み取りが確かでありません",
                          "the reading is unsure"};
}

/* ── doubts ─────────────────────────────────────────────────────────────── */

const char *leaf_place(struct assembly *w, const struct leaf *l)
{
    return arena_printf(&w->mem, "%s:%d", l->page->file, l->page->number);
}

struct doubt_entry doubt_of_leaf(struct assembly *w, const struct leaf *l,
                                 const char *check)
{
    (void)w;
    return (struct doubt_entry){
        .doubt = {.check = check,
                  .gating = true,
                  .key = {l->household, l->child, l->person, l->seq},
                  .page = l->page->sha256,
                  .file = l->page->file,
                  .number = l->page->number,
                  .field = "",
                  .path = "",
                  .caption = "",
                  .what = {"", ""},
                  .value = "",
                  .raw = "",
                  .runner_up = "",
                  .confidence = -1,
                  .answer = "",
                  .by = ""},
        .form = l->page->form,
        .form_page = l->page->form_page,
        .order = -1,
    };
}

void doubt_name(struct assembly *w, struct doubt_entry *e, const char *what)
{
    char id[ID_SIZE];
    doubt_id_page(e->doubt.page, what, id);
    e->doubt.id = arena_strdup(&w->mem, id);
}

void doubt_list(struct assembly *w, const struct doubt_entry *e)
{
    w->doubts = list_room(w->doubts, w->n_doubts, &w->doubts_capacity,
                          sizeof *w->doubts, &w->mem);
    w->doubts[w->n_doubts++] = *e;
}

bool doubt_answered(struct assembly *w, struct doubt_entry *e,
                    struct doubt_answer *out)
{
    const struct case_answer *given = answer_find(w, e->doubt.id);
    if (!given || !doubt_answer_parse(&e->doubt, w->dict, given->text,
                                      POS_FILE(""), out, &w->mem, NULL))
        return false;
    e->doubt.answer = given->text;
    e->doubt.by = given->by;
    return true;
}

bool doubt_ask(struct assembly *w, struct doubt_entry *e,
               struct doubt_answer *out)
{
    bool answered = doubt_answered(w, e, out);
    doubt_list(w, e);
    return answered;
}

const char *text_kept(struct assembly *w, const char *text)
{
    return *text ? arena_strdup(&w->mem, text) : "";
}

struct doubt_entry doubt_of_fact(struct assembly *w, const struct leaf *l,
                                 const struct fact *f,
                                 const struct row_key *key)
{
    struct doubt_entry e =
        doubt_of_leaf(w, l, text_kept(w, *f->check ? f->check : "answered"));
    struct case_doubt *d = &e.doubt;
    doubt_name(w, &e, f->word < N_OWN_WORDS ? f->path : f->r.field);
    d->key = *key;
    d->gating = field_gates(f->field);
    d->field = text_kept(w, f->r.field);
    d->path = f->field->path;
    d->caption =
        text_kept(w, *f->r.caption ? f->r.caption : f->field->label.ja);
    d->value = text_kept(w, f->r.value);
    d->raw = text_kept(w, f->r.raw);
    d->runner_up = text_kept(w, f->r.runner_up);
    d->confidence = f->r.confidence;
    d->left = f->r.left;
    d->top = f->r.top;
    d->width = f->r.width;
    d->height = f->r.height;
    d->answer = text_kept(w, f->answer);
    d->by = text_kept(w, f->by);
    struct label reason = why(d->check, !*d->value);
    if (*f->half)
        reason = label_make(w, "%sさんのほかに、もう一人の確認が要ります",
                            "another than %s must confirm it, too", f->half);
    d->what = label_make(w, "%1$s: %2$s%3$.0s。正しい値を入れてください",
                         "%1$s: %2$.0s%3$s; enter the right value", d->caption,
                         reason.ja, reason.en);
    e.order = f->order;
    return e;
}

/* ── findings ───────────────────────────────────────────────────────────── */

void finding_add(struct assembly *w, enum severity severity, const char *place,
                 const char *check, const char *ja, const char *en, ...)
{
    va_list args;
    struct case_finding f = {severity, place, check, {NULL, NULL}};
    va_start(args, en);
    f.what.ja = arena_vprintf(&w->mem, ja, args);
    va_end(args);
    va_start(args, en);
    f.what.en = arena_vprintf(&w->mem, en, args);
    va_end(args);
    w->findings = list_room(w->findings, w->n_findings, &w->findings_capacity,
                            sizeof *w->findings, &w->mem);
    w->findings[w->n_findings++] = f;
}
