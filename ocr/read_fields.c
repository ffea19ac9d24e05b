#include "ocr/read_fields.h"

#include "core/text.h"
#include "ocr/blot.h"
#include "ocr/box.h"
#include "ocr/cells.h"
#include "ocr/date_field.h"
#include "ocr/field_marks.h"
#include "ocr/kana_cells.h"
#include "ocr/kana_text.h"
#include "ocr/print.h"

#include <leptonica/allheaders.h>
#include <stdlib.h>
#include <string.h>

/* From here on a number is sure by itself; as policy.h has it unless the case
 * says otherwise. */
#define DIGITS_SURE 990
/* Where two views differ, print.c takes Tesseract's confidence so many times.
 */
#define VIEWS_DIFFER 6

struct guess guess_blank(enum accept_kind kind)
{
    return (struct guess){READING_BLANK, "", "", "", "", 1000, kind, 0, 0};
}

struct guess guess_sure(enum accept_kind kind, const char *value,
                        const char *raw, int confidence)
{
    return (struct guess){READING_ACCEPTED, value, raw, "", "",
                          confidence,       kind,  0,   0};
}

struct guess guess_doubt(enum accept_kind kind, const char *value,
                         const char *raw, const char *reason, int confidence)
{
    return (struct guess){READING_DOUBT, value, raw, "", reason,
                          confidence,    kind,  0,   0};
}

int guess_if_print(const struct guess *g)
{
    return g->if_print ? g->if_print : g->confidence;
}

void guess_only(struct guess *g)
{
    if (g->if_only > g->confidence)
        g->confidence = g->if_only;
}

/* ── kinds of fields ────────────────────────────────────────────────────── */

static struct guess read_mark(const struct field_reader *r,
                              const struct form_field *f)
{
    enum accept_kind kind = f->kind == FIELD_RING ? ACCEPT_RINGS : ACCEPT_TICKS;
    struct mark_answer m;

    if (!field_marks_read(r->page, &r->ticks, f, &m, r->mem))
        return guess_doubt(kind, "", "", "low-confidence", 0);
    return (struct guess){m.state,     m.value,  m.raw,
                          m.runner_up, m.reason, m.confidence,
                          kind,        0,        0};
}

/* Does a cell stay empty of a number that always fills them all? */
static bool falls_short(const struct form_field *f, size_t part,
                        const struct guess *g)
{
    return f->full && g->state != READING_BLANK &&
           strlen(g->value) < f->parts[part].n_cells;
}

/* Groups of digits, joined by '-'. */
static struct guess read_code(const struct field_reader *r,
                              const struct form_field *f)
{
    struct guess out = guess_blank(ACCEPT_DIGITS);
    size_t blank = 0;
    int printed = 1000;

    for (size_t i = 0; i < f->n_parts; i++) {
        struct guess g = part_digits(r, &f->parts[i]);
        const char *dash = i ? "-" : "";
        blank += g.state == READING_BLANK;
        out.value = arena_printf(r->mem, "%s%s%s", out.value, dash, g.value);
        out.raw = arena_printf(r->mem, "%s%s%s", out.raw, dash, g.raw);
        out.runner_up = arena_printf(r->mem, "%s%s%s", out.runner_up, dash,
                                     *g.runner_up ? g.runner_up : g.value);
        if (g.state == READING_DOUBT && !*out.reason)
            out.reason = g.reason;
        if (falls_short(f, i, &g) && !*out.reason)
            out.reason = "cell-left-empty";
        if (g.confidence < out.confidence)
            out.confidence = g.confidence;
        if (guess_if_print(&g) < printed)
            printed = guess_if_print(&g);
        out.if_only = f->n_parts == 1 ? g.if_only : 0;
    }
    out.if_print = printed;
    if (blank == f->n_parts)
        return guess_blank(ACCEPT_DIGITS);
    if (blank)
        out.reason = "gap-in-digits";
    if (strcmp(out.runner_up, out.value) == 0)
        out.runner_up = "";
    out.state = *out.reason ? READING_DOUBT : READING_ACCEPTED;
    return out;
}

/* A bare number of minutes is 0:45 in the records. */
static struct guess read_number(const struct field_reader *r,
                                const struct form_field *f)
{
    struct guess g = part_digits(r, &f->parts[0]);

    if (f->field && f->field->type == TYPE_MINUTES && *g.value) {
        int minutes = atoi(g.value);
        g.value = arena_printf(r->mem, "%d:%02d", minutes / 60, minutes % 60);
    }
    return g;
}

/* Nobody writes these into a form: a 1 or a scratch was read as one. */
static const char *const not_written[] = {
    "!", "|", "\\", "^", "`", "~", "{", "}",  "<",  ">",  ";",  "*",  "%",
    "#", "$", "?",  "=", "[", "]", "@", "【", "】", "「", "」", "『", "』",
};

/* A letter between a digit and 丁目 and the like was a digit or half a kanji:
 * 1T目. */
static bool is_odd_mix(const char *text)
{
    for (const char *p = text; p[0] && p[1]; p++)
        if (p[0] >= '0' && p[0] <= '9' &&
            ((p[1] >= 'A' && p[1] <= 'Z') || (p[1] >= 'a' && p[1] <= 'z')) &&
            (unsigned char)p[2] >= 0x80)
            return true;
    return false;
}

/* 1丁目番1号, 1番号: the number between was lost. */
static const char *const number_lost[] = {"番号", "丁番", "目番", "目号",
                                          "丁号"};

static bool has_any(const char *text, const char *const *words, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (strstr(text, words[i]))
            return true;
    return false;
}

/* 駅前丁目4番: what stands before 丁目 is a number, in figures or in kanji. */
static bool has_bare_chome(const char *text)
{
    static const char *const kanji[] = {"一", "二", "三", "四", "五",
                                        "六", "七", "八", "九", "十"};

    for (const char *at = text; (at = strstr(at, "丁目"));
         at += strlen("丁目")) {
        bool number = at > text && at[-1] >= '0' && at[-1] <= '9';
        for (size_t i = 0; i < sizeof kanji / sizeof kanji[0]; i++) {
            size_t len = strlen(kanji[i]);
            number |= (size_t)(at - text) >= len &&
                      memcmp(at - len, kanji[i], len) == 0;
        }
        if (!number)
            return true;
    }
    return false;
}

/* Names, firms and addresses end in none of these: a speck beside them does. */
static const char *const never_last[] = {".",  ",", "、", "。",
                                         "・", ":", ";",  "'"};

static bool ends_in_speck(const char *text)
{
    size_t len = strlen(text);

    for (size_t i = 0; i < sizeof never_last / sizeof never_last[0]; i++) {
        size_t end = strlen(never_last[i]);
        if (len > end && strcmp(text + len - end, never_last[i]) == 0)
            return true;
    }
    return false;
}

static bool is_unlikely(const char *text)
{
    return has_any(text, not_written,
                   sizeof not_written / sizeof not_written[0]) ||
           has_any(text, number_lost,
                   sizeof number_lost / sizeof number_lost[0]) ||
           is_odd_mix(text) || has_bare_chome(text) || ends_in_speck(text);
}

/* In an address the same marks are a 1: 1丁目]番1号. A person still looks. */
static const char *with_ones(const char *text, struct arena *a)
{
    static const char *const ones[] = {"!", "|",  "[",  "]",  "{",
                                       "}", "【", "】", "「", "」"};
    static const char *const after[] = {"丁", "番", "号", "目"};
    const char *out = arena_strdup(a, text);

    for (size_t i = 0; i < sizeof ones / sizeof ones[0]; i++)
        for (size_t k = 0; k < sizeof after / sizeof after[0]; k++) {
            const char *wrong = arena_printf(a, "%s%s", ones[i], after[k]);
            const char *at = strstr(out, wrong);
            if (at)
                out = arena_printf(a, "%.*s1%s", (int)(at - out), out,
                                   at + strlen(ones[i]));
        }
    return out;
}

/* One view has a ] where the other has the 1: they mean the same. */
static void mend_ones(struct guess *g, struct arena *a)
{
    const char *mended = with_ones(g->value, a);
    bool same =
        *g->runner_up && strcmp(mended, g->value) != 0 &&
        strcmp(text_match_key(mended, a), text_match_key(g->runner_up, a)) == 0;

    g->value = mended;
    if (same && strcmp(g->reason, "views-differ") == 0 && !is_unlikely(mended))
        *g = guess_sure(g->kind, mended, g->raw,
                        900 + g->confidence / VIEWS_DIFFER);
}

/* What is not shown to be typed is written by hand. */
static struct guess read_text(const struct field_reader *r,
                              const struct form_field *f)
{
    bool hand = f->hand || !r->print;
    struct guess g;

    if (f->kind == FIELD_KANA && f->parts[0].n_cells)
        return kana_cells_read(r, &f->parts[0], hand);
    if (f->kind == FIELD_KANA)
        return kana_text_read(r, &f->parts[0], hand, f->hand);
    g = print_read(r, &f->parts[0], hand);
    if (g.state == READING_ACCEPTED && is_unlikely(g.value))
        g = guess_doubt(g.kind, g.value, g.raw, "low-confidence", 500);
    if (g.state == READING_DOUBT)
        mend_ones(&g, r->mem);
    if (f->kind == FIELD_NAME && g.state == READING_ACCEPTED) {
        g.state = READING_DOUBT;
        g.reason = "name";
    }
    return g;
}

/* To read another kind: its row. Kinds without one make no reading. */
static struct guess (*const readers[N_FORM_FIELD_KINDS])(
    const struct field_reader *, const struct form_field *) = {
    [FIELD_TEXT] = read_text,        [FIELD_KANA] = read_text,
    [FIELD_NAME] = read_text,        [FIELD_CODE] = read_code,
    [FIELD_NUMBER] = read_number,    [FIELD_DATE] = date_field_read,
    [FIELD_MONTH] = date_field_read, [FIELD_TIME] = date_field_read,
    [FIELD_TICK] = read_mark,        [FIELD_CHOICE] = read_mark,
    [FIELD_SET] = read_mark,         [FIELD_RING] = read_mark,
};

/* ── closed worlds ──────────────────────────────────────────────────────── */

/* The one code that differs in a single digit; "" when none or several do. */
static const char *near_facility(const struct facilities *f, const char *code)
{
    const char *near = "";

    for (size_t i = 0; i < f->n; i++) {
        if (strlen(f->items[i].code) != strlen(code) ||
            text_distance(f->items[i].code, code) != 1)
            continue;
        if (*near)
            return "";
        near = f->items[i].code;
    }
    return near;
}

static bool is_facility(const struct form_field *f)
{
    return f->field && (strcmp(f->field->name, "facility") == 0 ||
                        strcmp(f->field->name, "enrolled_facility") == 0);
}

static void check_facility(const struct field_reader *r,
                           const struct form_field *f, struct guess *g)
{
    const struct facilities *known = r->ctx->facilities;

    if (!is_facility(f) || !known || !*g->value)
        return;
    if (facility_find(known, g->value)) {
        if (*g->runner_up && !facility_find(known, g->runner_up))
            guess_only(g);
        return;
    }
    *g = guess_doubt(g->kind, g->value, g->raw, "unknown-facility", 600);
    g->runner_up = near_facility(known, g->value);
}

/* A wrong reading obeys the rule by chance once in so many. */
#define BY_CHANCE 10

static int borne_out(int confidence)
{
    return 1000 - (1000 - confidence) / BY_CHANCE;
}

/* The rule of a code's check digit bears a reading out or makes it a doubt; the
 * reading itself stays what it is. Where only the runner-up obeys, a person
 * sees both. */
static void check_code(const struct form_field *f, struct guess *g)
{
    if (!f->check || !*g->value)
        return;
    if (!check_digit_holds(f->check, g->value)) {
        const char *other = g->runner_up;
        *g = guess_doubt(g->kind, g->value, g->raw, "check-digit", 600);
        g->runner_up = other;
    } else if (g->state == READING_ACCEPTED) {
        g->if_print = borne_out(guess_if_print(g));
        g->confidence = borne_out(g->confidence);
    }
}

/* Numbers that the office printed stand in the QR code too. */
static bool read_from_qr(const struct field_reader *r,
                         const struct form_field *f, struct guess *out)
{
    const struct form_qr *qr = &r->page->qr;
    const char *value = strcmp(f->bind, "@household") == 0 ? qr->household
                        : strcmp(f->bind, "@child") == 0   ? qr->child
                                                           : NULL;
    char pages[16];

    if (strcmp(f->bind, "@received") == 0)
        value = qr->received;
    if (strcmp(f->bind, "@pages") == 0 && qr->pages > 0) {
        snprintf(pages, sizeof pages, "%d", qr->pages);
        value = pages;
    }
    if (!value || !*value)
        return false;
    value = arena_strdup(r->mem, value);
    *out = guess_sure(ACCEPT_DIGITS, value, value, 1000);
    return true;
}

/* ── judgement ──────────────────────────────────────────────────────────── */

/* Nobody can be sure of what lies under a hole or off the scan, not even that
 * it is empty. */
static void check_covered(const struct field_reader *r,
                          const struct form_field *f, const struct blots *blots,
                          struct guess *g)
{
    const char *why = NULL;

    if (g->state != READING_ACCEPTED && g->state != READING_BLANK)
        return;
    if (!page_holds(r->page, page_rect(&r->page->map, f->box)))
        why = "cut-off";
    else if (blots->n && blots_cover(blots, box_place(r, f->box)))
        why = "covered";
    if (why)
        *g = guess_doubt(g->kind, g->value, g->raw, why, 400);
}

/* What the case's policy says of a value that the reader is sure of. */
static void apply_policy(const struct field_reader *r,
                         const struct form_field *f, const char *page,
                         struct guess *g)
{
    const struct policy *policy = r->ctx->policy;

    if (g->state != READING_ACCEPTED)
        return;
    if (f->field ? !policy_accepts(policy, f->field, g->kind, g->confidence)
                 : g->confidence < policy->accept[g->kind])
        g->reason = "low-confidence";
    else if (f->field && policy_needs_two(policy, f->field))
        g->reason = "two-people";
    else if (f->field && policy_samples(policy, f->field, page))
        g->reason = "sample";
    if (*g->reason)
        g->state = READING_DOUBT;
}

static struct guess read_field(const struct field_reader *r,
                               const struct form_field *f)
{
    struct guess g;

    if (read_from_qr(r, f, &g))
        return g;
    g = readers[f->kind](r, f);
    check_facility(r, f, &g);
    check_code(f, &g);
    return g;
}

static bool is_text(const struct form_field *f)
{
    return f->kind == FIELD_TEXT || f->kind == FIELD_KANA ||
           f->kind == FIELD_NAME;
}

static bool has_digits(enum form_field_kind kind)
{
    return kind == FIELD_CODE || kind == FIELD_NUMBER || kind == FIELD_DATE ||
           kind == FIELD_MONTH || kind == FIELD_TIME;
}

/* Fields of the page that are texts, or those that are not. */
static void read_some(const struct field_reader *r, bool texts,
                      struct guess *guesses)
{
    const struct form_template *t = r->page->form;

    for (size_t i = 0; i < t->n_fields; i++) {
        const struct form_field *f = &t->fields[i];
        struct field_reader one = *r;
        /* What the office prints, or always comes from a pen, says nothing
         * of who filled in the page. */
        if (*f->bind == '@' || f->hand)
            one.typed = NULL;
        if (f->page == r->page->number && readers[f->kind] &&
            is_text(f) == texts)
            guesses[i] = read_field(&one, f);
    }
}

/* Would the policy as it is shipped take it? */
static bool is_sure(const struct field_reader *r, const struct guess *g)
{
    int confidence = r->print ? guess_if_print(g) : g->confidence;

    return g->state != READING_DOUBT &&
           (g->state != READING_ACCEPTED || confidence >= DIGITS_SURE);
}

/* On a typed page, numbers that are not sure are held against the page's other
 * digits. */
static void read_again(const struct field_reader *r, const struct typed *typed,
                       struct guess *guesses)
{
    const struct form_template *t = r->page->form;
    struct field_reader again = *r;

    again.typed = NULL;
    again.shapes = typed;
    for (size_t i = 0; i < t->n_fields; i++) {
        const struct form_field *f = &t->fields[i];

        if (f->page == r->page->number && has_digits(f->kind) &&
            *f->bind != '@' && !f->hand && !is_sure(r, &guesses[i]))
            guesses[i] = read_field(&again, f);
    }
}

static struct reading reading_of(const struct field_reader *r,
                                 const struct form_field *f,
                                 const struct guess *g)
{
    return (struct reading){.field = f->id,
                            .state = g->state,
                            .value = g->value,
                            .raw = g->raw,
                            .runner_up = g->runner_up,
                            .reason = g->reason,
                            .confidence = g->confidence,
                            .box = box_place(r, f->box)};
}

void page_read_fields(struct page *p, struct ocr_engines *e,
                      const struct read_context *ctx, struct page_result *out,
                      struct arena *a)
{
    struct typed typed = TYPED_INIT;
    struct blots blots = blots_find(p);
    struct field_reader r = {.page = p,
                             .engines = e,
                             .ctx = ctx,
                             .ticks = tick_page_measure(p),
                             .typed = &typed,
                             .mem = a};
    const struct form_template *t = p->form;
    struct guess *guesses = ARENA_ARRAY(a, struct guess, t->n_fields);

    r.rest = pixSubtract(NULL, p->ink, p->blank);
    out->readings = ARENA_ARRAY(a, struct reading, t->n_fields);
    out->n_readings = 0;
    if (r.rest) {
        read_some(&r, false, guesses);
        /* Forms of ours are filled in by hand; what others print may be
         * typed. */
        r.typed_page = typed_is_print(&typed);
        r.print = !t->marks && r.typed_page;
        if (r.typed_page)
            read_again(&r, &typed, guesses);
        read_some(&r, true, guesses);
    }
    for (size_t i = 0; r.rest && i < t->n_fields; i++) {
        const struct form_field *f = &t->fields[i];
        struct guess *g = &guesses[i];
        if (f->page != p->number || !readers[f->kind])
            continue;
        if (r.print && !f->hand)
            g->confidence = guess_if_print(g);
        check_covered(&r, f, &blots, g);
        apply_policy(&r, f, out->sha256, g);
        out->readings[out->n_readings++] = reading_of(&r, f, g);
    }
    typed_release(&typed);
    pixDestroy(&r.rest);
}
