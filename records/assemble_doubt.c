/*
 * Doubts and findings while they are made. To add a reason of a box that a
 * person shall read in words: a row in `reasons`. A field that carries points
 * although everybody may see it: a row in `carriers`.
 */
#include "records/assemble_work.h"

#include <stdlib.h>
#include <string.h>

/* ── names ──────────────────────────────────────────────────────────────── */

/* A letter in front: what is all digits, or looks like 1e5, a spreadsheet
 * would take for a number and change. */
static void short_hex(struct hash *h, char id[ID_SIZE])
{
    char hex[HASH_HEX];
    hash_hex(h, hex);
    id[0] = 'q';
    memcpy(id + 1, hex, ID_SIZE - 2);
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

static bool may_pass(const struct assembly *w, const struct field *f)
{
    return w->policy && *f->path != '@' && policy_may_pass(w->policy, f);
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
     {"二人の確認が要る項目です（確認者は 佐藤、鈴木 のように二人）",
      "two people must confirm this item (佐藤、鈴木)"}},
    {"sample",
     {"確かに読めていますが、抜き取りで確かめます",
      "read surely; shown as a sample"}},
    {"handwriting",
     {"手書きの文字は必ず人が確かめます",
      "writing by hand is always looked at by a person"}},
    {"name",
     {"漢字の氏名は必ず人が確かめます",
      "a name in kanji is always looked at by a person"}},
    {"views-differ",
     {"2通りの読み方が一致しません", "two ways of reading it differ"}},
    {"low-confidence", {"はっきり読み取れません", "it cannot be read clearly"}},
    {"struck-out",
     {"消した跡か、重なった文字があります",
      "something is struck out or written over"}},
    {"gap-in-digits",
     {"数字の間のますが空いています", "a cell between digits is empty"}},
    {"cell-left-empty",
     {"空いたますがあります（けたが足りません）",
      "a cell is empty (a digit is missing)"}},
    {"runs-over",
     {"数字が枠からはみ出しています", "the number goes on beside its box"}},
    {"no-such-date", {"ない日付か時刻です", "there is no such date or time"}},
    {"date-out-of-range", {"ありえない年です", "the year cannot be right"}},
    {"era-missing", {"元号が選ばれていません", "no era is marked"}},
    {"incomplete-date",
     {"年・月・日のどれかが空いています", "a part of the date is empty"}},
    {"unknown-facility",
     {"施設一覧にない番号です", "no facility has this number"}},
    {"check-digit",
     {"番号の検査数字 (チェックデジット) が合いません",
      "the check digit of the number does not agree"}},
    {"box-not-clean",
     {"空欄に汚れか、かすかな書込みがあります",
      "the empty box has dirt or a faint mark"}},
    {"covered",
     {"穴か大きな汚れがかかっています", "a hole or a blot lies on it"}},
    {"cut-off",
     {"一部がスキャンの外に出ています", "part of it is not on the scan"}},
    {"registry-differs",
     {"住民登録の同じ氏名の人と生年月日が違います",
      "the registry has another birth date for this name"}},
    {"postal-differs",
     {"郵便番号と住所の町名が合いません",
      "the postal code is of another town than the address"}},
    {"facility-differs",
     {"施設の番号と名前が合いません",
      "the facility's number and name do not agree"}},
    {"ring-open", {"○囲みがはっきりしません", "the ring is not clear"}},
    {"tick-beside", {"□の外に印があります", "the mark is beside the box"}},
    {"tick-shared",
     {"どの□の印か分かりません", "the mark may belong to two boxes"}},
    {"tick-faint", {"印がかすかです", "the mark is faint"}},
    {"tick-struck", {"消された印があります", "a mark is struck out"}},
    {"filled-box", {"□が塗りつぶされています", "the box is filled"}},
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

struct label assemble_reason(const char *check)
{
    return why(check, false);
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
    d->gating = field_gates(f->field) && !may_pass(w, f->field);
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
