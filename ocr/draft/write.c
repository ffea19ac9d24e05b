/* The proposal as a template. */
#include "ocr/draft/draft.h"

#include "core/text.h"

#include <stdlib.h>
#include <string.h>

#define MOST_PROPOSALS 4

/* Words in a caption that say what is written. To add one: its row. */
static const struct {
    const char *word, *kind;
} kinds[] = {
    {"フリガナ", "kana"}, {"ふりがな", "kana"}, {"カナ", "kana"},
    {"氏名", "name"},     {"名前", "name"},     {"電話", "code"},
    {"番号", "code"},
};

struct writing {
    const struct draft_page *p;
    int number; /* of the page */
    const struct dictionary *dict;
    struct buf *out;
    struct arena *a;
    int32_t cell_w, cell_h, cell_gap, tick; /* the usual ones */
};

/* Tenths of a mm as mm. */
static void put_mm(struct buf *out, int32_t tmm)
{
    buf_printf(out, "%s%d", tmm < 0 ? "-" : "", abs(tmm) / 10);
    if (tmm % 10)
        buf_printf(out, ".%d", abs(tmm) % 10);
}

static void put_list(struct buf *out, const int32_t *tmm, size_t n)
{
    buf_char(out, '[');
    for (size_t i = 0; i < n; i++) {
        buf_text(out, i ? ", " : "");
        put_mm(out, tmm[i]);
    }
    buf_char(out, ']');
}

static void put_box(struct buf *out, const struct rect_tmm *r)
{
    put_list(out, (int32_t[]){r->left, r->top, r->width, r->height}, 4);
}

static void put_quoted(struct buf *out, const char *text)
{
    buf_char(out, '"');
    for (; *text; text++) {
        if (*text == '"' || *text == '\\')
            buf_char(out, '\\');
        buf_char(out, (unsigned char)*text < ' ' ? ' ' : *text);
    }
    buf_char(out, '"');
}

/* ── what it has in common ──────────────────────────────────────────────── */

static void find_style(struct writing *w)
{
    const struct draft_page *p = w->p;
    w->tick = p->n_ticks ? p->ticks[0].box.width : 40;
    w->cell_w = p->n_digits ? p->digits[0].box.width : 50;
    w->cell_h = p->n_digits ? p->digits[0].box.height : 70;
    w->cell_gap = 10;
}

static void put_head(const struct writing *w, const struct draft_head *head)
{
    struct buf *out = w->out;
    buf_text(out,
             "# nyusho form draft が空の様式から作った下書きです。直す所:\n"
             "#   id と title、各欄の id と kind、ticks の値 (言葉の読み違い)\n"
             "#   bind: 読んだ値の行き先。# 候補 を見て、合うものを bind: "
             "に書く (rules/dictionary.yaml)\n"
             "#   丸で囲む言葉 (rings:) は、知っている言葉だけを見つけてある\n"
             "# 直したら nyusho form check この様式 --scan スキャン "
             "で重ねて見る。\n"
             "# A draft: correct ids, kinds, values and captions, and say "
             "where each value goes (bind:).\n"
             "format: nyusho-form/1\nid: ");
    put_quoted(out, head->id);
    buf_text(out, "\nversion: 1\ntitle: ");
    put_quoted(out, head->title);
    buf_text(out, "\ndocument: ");
    put_quoted(out, head->title);
    buf_text(out, "\npaper: ");
    put_list(out, (int32_t[]){w->p->width, w->p->height}, 2);
    buf_text(out, "\nstyle: {tick: ");
    put_mm(out, w->tick);
    buf_text(out, ", cell: ");
    put_list(out, (int32_t[]){w->cell_w, w->cell_h, w->cell_gap}, 3);
    buf_text(out, "}\npages:\n");
}

/* ── what is printed ────────────────────────────────────────────────────── */

static bool on_paper(const struct writing *w, const struct rect_tmm *r)
{
    return r->left >= 0 && r->top >= 0 && r->left + r->width <= w->p->width &&
           r->top + r->height <= w->p->height;
}

static void put_lines(const struct writing *w)
{
    struct buf *out = w->out;
    bool any = false;
    for (size_t i = 0; i < w->p->n_lines; i++) {
        const struct draft_line *l = &w->p->lines[i];
        struct rect_tmm r = {l->x1, l->y1, l->x2 - l->x1, l->y2 - l->y1};
        if (!on_paper(w, &r))
            continue;
        buf_text(out, any ? "" : "      lines:\n");
        any = true;
        bool across = l->y1 == l->y2;
        buf_text(out, "        - {x: ");
        if (across)
            put_list(out, (int32_t[]){l->x1, l->x2}, 2);
        else
            put_mm(out, l->x1);
        buf_text(out, ", y: ");
        if (across)
            put_mm(out, l->y1);
        else
            put_list(out, (int32_t[]){l->y1, l->y2}, 2);
        buf_printf(out, ", width: %d.%02d}\n", l->width / 100, l->width % 100);
    }
}

static void put_texts(const struct writing *w)
{
    struct buf *out = w->out;
    bool any = false;
    for (size_t i = 0; i < w->p->n_words; i++) {
        const struct draft_word *word = &w->p->words[i];
        if (!on_paper(w, &word->box) || word->printed)
            continue;
        buf_text(out, any ? "" : "      texts:\n");
        any = true;
        buf_text(out, "        - {box: ");
        put_box(out, &word->box);
        buf_text(out, ", text: ");
        put_quoted(out, word->text);
        int32_t size = draft_word_size(word);
        buf_printf(out, ", size: %d.%d}\n", size / 10, size % 10);
    }
}

/* ── what is filled in ──────────────────────────────────────────────────── */

/* Fields of the dictionary whose label the caption holds. */
static void put_proposals(const struct writing *w, const char *caption)
{
    size_t n = 0;
    const char *key = text_match_key(caption, w->a);
    for (size_t i = 0; i < w->dict->n && n < MOST_PROPOSALS; i++) {
        const struct field *f = &w->dict->fields[i];
        const char *label = text_match_key(f->label.ja, w->a);
        if (text_count(key) < 2 || text_count(label) < 2 ||
            (!strstr(key, label) && !strstr(label, key)))
            continue;
        buf_printf(w->out, "%s %s", n ? "、" : "        # 候補:", f->path);
        n++;
    }
    buf_text(w->out, n ? "\n" : "");
}

static const char *kind_word(const struct draft_field *f, struct arena *a)
{
    static const char *const words[] = {
        [DRAFT_WRITING] = "text",  [DRAFT_CELLS] = "code",
        [DRAFT_DATE] = "date",     [DRAFT_MONTH] = "month",
        [DRAFT_TIME] = "time",     [DRAFT_TICK] = "tick",
        [DRAFT_CHOICE] = "choice", [DRAFT_RING] = "ring"};
    const char *key = text_match_key(f->caption, a);
    for (size_t i = 0;
         f->kind == DRAFT_WRITING && i < sizeof kinds / sizeof kinds[0]; i++)
        if (strstr(key, kinds[i].word))
            return kinds[i].kind;
    return words[f->kind];
}

static int32_t gap_of(const struct writing *w, const struct draft_field *f)
{
    for (size_t i = 0; i < f->n_parts; i++)
        if (f->parts[i].cells > 1)
            return (f->parts[i].box.width - f->parts[i].cells * w->cell_w) /
                   (f->parts[i].cells - 1);
    return w->cell_gap;
}

static void put_part(const struct writing *w, const struct draft_part *part)
{
    if (!part->cells) {
        put_box(w->out, &part->box);
        return;
    }
    buf_char(w->out, '[');
    put_mm(w->out, part->box.left);
    buf_text(w->out, ", ");
    put_mm(w->out, part->box.top);
    buf_printf(w->out, ", %d]", part->cells);
}

static void put_parts(const struct writing *w, const struct draft_field *f)
{
    if (*f->parts[0].role) {
        for (size_t i = 0; i < f->n_parts; i++) {
            buf_printf(w->out, ", %s: ", f->parts[i].role);
            put_part(w, &f->parts[i]);
        }
        return;
    }
    const char *key = f->parts[0].cells ? "cells"
                      : f->n_parts > 1  ? "boxes"
                                        : "box";
    buf_printf(w->out, ", %s: %s", key, f->n_parts > 1 ? "[" : "");
    for (size_t i = 0; i < f->n_parts; i++) {
        buf_text(w->out, i ? ", " : "");
        put_part(w, &f->parts[i]);
    }
    buf_text(w->out, f->n_parts > 1 ? "]" : "");
}

/* Two options of one field must not have one value. */
static const char *option_value(const struct writing *w,
                                const struct draft_field *f, size_t i)
{
    const char *word = f->options[i].word;
    bool again = !*word;
    for (size_t k = 0; k < i; k++)
        again = again || strcmp(f->options[k].word, word) == 0;
    return again ? arena_printf(w->a, "%s%zu", *word ? word : "選択", i + 1)
                 : word;
}

static void put_options(const struct writing *w, const struct draft_field *f)
{
    bool one = f->kind == DRAFT_TICK;
    buf_text(w->out, one ? ", tick: " : ", ticks: [");
    for (size_t i = 0; i < f->n_options; i++) {
        const struct draft_option *o = &f->options[i];
        buf_text(w->out, i ? ", [" : "[");
        put_mm(w->out, o->box.left);
        buf_text(w->out, ", ");
        put_mm(w->out, o->box.top);
        if (!one) {
            buf_text(w->out, ", ");
            put_quoted(w->out, option_value(w, f, i));
            buf_text(w->out, ", \"\"");
        }
        buf_char(w->out, ']');
    }
    buf_text(w->out, one ? "" : "]");
}

/* Words to be ringed: those of a ring field, or a date's eras. */
static void put_rings(const struct writing *w, const struct draft_field *f)
{
    buf_printf(w->out, ", size: %d.%d, rings: [", f->size / 10, f->size % 10);
    for (size_t i = 0; i < f->n_options; i++) {
        const struct draft_option *o = &f->options[i];
        buf_text(w->out, i ? ", [" : "[");
        put_mm(w->out, o->box.left);
        buf_text(w->out, ", ");
        put_mm(w->out, o->box.top);
        buf_text(w->out, ", ");
        put_quoted(w->out, option_value(w, f, i));
        buf_text(w->out, ", ");
        put_quoted(w->out, o->print);
        buf_char(w->out, ']');
    }
    buf_char(w->out, ']');
}

static void put_field(const struct writing *w, const struct draft_field *f,
                      size_t nth)
{
    put_proposals(w, f->caption);
    buf_printf(w->out, "        - {id: p%d_%02zu, caption: ", w->number, nth);
    if (*f->caption)
        put_quoted(w->out, f->caption);
    else
        buf_printf(w->out, "\"%d ページの %zu 番目\"", w->number, nth);
    buf_printf(w->out, ", kind: %s", kind_word(f, w->a));
    if (f->n_parts && f->parts[0].cells && gap_of(w, f) != w->cell_gap) {
        buf_text(w->out, ", gap: ");
        put_mm(w->out, gap_of(w, f) < 0 ? 0 : gap_of(w, f));
    }
    if (f->n_parts)
        put_parts(w, f);
    if (f->n_options && f->options[0].print)
        put_rings(w, f);
    else if (f->n_options)
        put_options(w, f);
    buf_text(w->out, "}\n");
}

static bool meet(const struct rect_tmm *a, const struct rect_tmm *b)
{
    return a->left < b->left + b->width && b->left < a->left + a->width &&
           a->top < b->top + b->height && b->top < a->top + a->height;
}

/* Would a box of this field lie on one of an earlier one? A template says no
 * to that. */
static bool is_free(const struct draft_page *p, size_t nth)
{
    const struct draft_field *f = &p->fields[nth];
    for (size_t i = 0; i < nth; i++) {
        const struct draft_field *e = &p->fields[i];
        if (!meet(&e->box, &f->box))
            continue;
        for (size_t k = 0; k < e->n_parts + e->n_options; k++)
            for (size_t m = 0; m < f->n_parts + f->n_options; m++)
                if (meet(k < e->n_parts ? &e->parts[k].box
                                        : &e->options[k - e->n_parts].box,
                         m < f->n_parts ? &f->parts[m].box
                                        : &f->options[m - f->n_parts].box))
                    return false;
    }
    return true;
}

static void put_fields(const struct writing *w)
{
    bool any = false;
    for (size_t i = 0; i < w->p->n_fields; i++) {
        const struct draft_field *f = &w->p->fields[i];
        if (!on_paper(w, &f->box) || !is_free(w->p, i))
            continue;
        buf_text(w->out, any ? "" : "      fields:\n");
        any = true;
        put_field(w, f, i + 1);
    }
}

void draft_write(const struct draft_page *pages, size_t n,
                 const struct draft_head *head, const struct dictionary *dict,
                 struct buf *out)
{
    struct arena mem = ARENA_INIT;
    for (size_t i = 0; i < n; i++) {
        struct writing w = {.p = &pages[i],
                            .number = (int)i + 1,
                            .dict = dict,
                            .out = out,
                            .a = &mem};
        find_style(&w);
        if (i == 0)
            put_head(&w, head);
        buf_printf(out, "  - # ── %zu ページ\n    - block: 下書き%zu\n", i + 1,
                   i + 1);
        buf_text(out, "      at: [0, 0]\n");
        put_lines(&w);
        put_texts(&w);
        put_fields(&w);
    }
    arena_release(&mem);
}
