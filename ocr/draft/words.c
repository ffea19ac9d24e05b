/* The words that a form prints, read by Tesseract: ink that is no line and no
 * box, in pieces that stand close together. */
#include "ocr/draft/draft.h"

#include "core/text.h"

#include <leptonica/allheaders.h>
#include <stdlib.h>

#define LINE_LEAST 45 /* straight ink that is no letter, tenths of a mm */
#define JOIN 13       /* letters of one word stand closer than this */
#define JOIN_DOWN 7   /* parts of one letter */
#define WORD_W_LEAST 8
#define WORD_H_LEAST 11
#define WORD_H_MOST 120
#define DASH_W_LEAST 15 /* lower than a word, but this wide: 〜 or ― */
#define BOX_ROOM 4      /* around ticks and cells: their frame */
#define EM_PX 28
#define PAD_PX 7
#define INK_OF_EM 0.92
#define TMM_PER_PT (254.0 / 72.0)
#define MOST_PIECES 12

static void clear_boxes(PIX *ink, const struct draft_scale *s,
                        const struct draft_box *list, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const struct rect_tmm *r = &list[i].box;
        BOX *b = boxCreate(draft_px(s, r->left - BOX_ROOM),
                           draft_px(s, r->top - BOX_ROOM),
                           draft_px(s, r->width + 2 * BOX_ROOM),
                           draft_px(s, r->height + 2 * BOX_ROOM));
        pixClearInRect(ink, b);
        boxDestroy(&b);
    }
}

/* All long lines, a little thicker than they are. */
static PIX *lines_of(PIX *ink, const struct draft_scale *s)
{
    int length = draft_px(s, LINE_LEAST);
    PIX *across = pixOpenBrick(NULL, ink, length, 1);
    PIX *down = pixOpenBrick(NULL, ink, 1, length);
    PIX *both = across && down ? pixOr(NULL, across, down) : NULL;
    PIX *thick = both ? pixDilateBrick(NULL, both, 3, 3) : NULL;
    pixDestroy(&across);
    pixDestroy(&down);
    pixDestroy(&both);
    return thick;
}

struct word_list {
    struct draft_word *items;
    size_t n, capacity;
    struct arena *mem;
};

static struct draft_word *add_word(struct word_list *all)
{
    if (all->n == all->capacity) {
        size_t more = all->capacity ? 2 * all->capacity : 256;
        all->items =
            arena_grow(all->mem, all->items, all->n, more, sizeof *all->items);
        all->capacity = more;
    }
    return &all->items[all->n++];
}

static char *read_word(PIX *ink, const BOX *b, struct ocr_engines *e,
                       struct arena *a)
{
    l_int32 x, y, w, h;
    boxGetGeometry((BOX *)b, &x, &y, &w, &h);
    PIX *crop = pixClipRectangle(ink, (BOX *)b, NULL);
    PIX *wide = crop ? pixAddBorder(crop, 4, 0) : NULL;
    PIX *grey = wide ? pixConvert1To8(NULL, wide, 255, 0) : NULL;
    PIX *soft = grey ? pixBlockconv(grey, 1, 1) : NULL;
    float scale = (float)(EM_PX * INK_OF_EM / h);
    PIX *sized = !soft       ? NULL
                 : scale < 1 ? pixScaleAreaMap(soft, scale, scale)
                             : pixScaleLI(soft, scale, scale);
    PIX *padded = sized ? pixAddBorder(sized, PAD_PX, 255) : NULL;
    const char *text =
        padded ? engine_read(e, ENGINE_JPN, padded, ENGINE_LINE, NULL, NULL, a)
               : "";
    /* A single letter is no line to it. */
    if (padded && !*text)
        text =
            engine_read(e, ENGINE_JPN, padded, ENGINE_RAW_LINE, NULL, NULL, a);
    pixDestroy(&padded);
    pixDestroy(&sized);
    pixDestroy(&soft);
    pixDestroy(&grey);
    pixDestroy(&wide);
    pixDestroy(&crop);
    return text_unspaced(text, a);
}

static int by_place(const void *one, const void *other)
{
    const struct draft_word *a = one, *b = other;
    int c = (a->box.top > b->box.top) - (a->box.top < b->box.top);
    return c ? c : (a->box.left > b->box.left) - (a->box.left < b->box.left);
}

/* The part of a word from one share of its width to another, cut to its ink. */
static struct rect_tmm ink_of_piece(PIX *ink, const struct draft_scale *s,
                                    const BOX *b, double from, double to)
{
    l_int32 x, y, w, h;
    BOX *inner = NULL;
    boxGetGeometry((BOX *)b, &x, &y, &w, &h);
    int left = x + (int)(w * from), right = x + (int)(w * to + 0.5);
    BOX *piece = boxCreate(left, y, right - left, h);
    PIX *crop = piece ? pixClipRectangle(ink, piece, NULL) : NULL;
    if (crop)
        pixClipToForeground(crop, NULL, &inner);
    if (inner) {
        l_int32 dx, dy;
        boxGetGeometry(inner, &dx, &dy, &w, &h);
        left += dx;
        y += dy;
    } else {
        w = right - left;
    }
    pixDestroy(&crop);
    boxDestroy(&piece);
    boxDestroy(&inner);
    return (struct rect_tmm){draft_tmm(s, left), draft_tmm(s, y),
                             draft_tmm(s, w), draft_tmm(s, h)};
}

/* 有・無 is two words to be ringed. False when it is one word. */
static bool take_pieces(PIX *ink, const struct draft_scale *s, const BOX *b,
                        const char *text, struct word_list *out)
{
    struct draft_piece pieces[MOST_PIECES];
    size_t n = draft_split(text, pieces, MOST_PIECES, out->mem);
    if (!n)
        return false;
    const struct draft_piece *last = &pieces[n - 1];
    double all = last->from + last->columns;
    for (size_t i = 0; i < n; i++) {
        const struct draft_piece *p = &pieces[i];
        *add_word(out) =
            (struct draft_word){ink_of_piece(ink, s, b, p->from / all,
                                             (p->from + p->columns) / all),
                                p->word, false};
    }
    return true;
}

static void take_word(PIX *ink, const struct draft_scale *s, const BOX *b,
                      struct ocr_engines *e, struct word_list *out)
{
    l_int32 x, y, w, h;
    const char *text = "";
    boxGetGeometry((BOX *)b, &x, &y, &w, &h);
    struct rect_tmm box = {draft_tmm(s, x), draft_tmm(s, y), draft_tmm(s, w),
                           draft_tmm(s, h)};
    if (box.width < WORD_W_LEAST || box.height > WORD_H_MOST)
        return;
    if (box.height >= WORD_H_LEAST)
        text = read_word(ink, b, e, out->mem);
    else if (box.width >= DASH_W_LEAST)
        text = DRAFT_DASH;
    if (*text && !take_pieces(ink, s, b, text, out))
        *add_word(out) = (struct draft_word){box, text, false};
}

void draft_words(const struct page *p, const struct draft_scale *s,
                 struct ocr_engines *e, struct draft_page *out, struct arena *a)
{
    PIX *lines = lines_of(p->ink, s);
    PIX *ink = lines ? pixSubtract(NULL, p->ink, lines) : NULL;
    PIX *joined = NULL;
    BOXA *found = NULL;
    if (ink) {
        clear_boxes(ink, s, out->ticks, out->n_ticks);
        clear_boxes(ink, s, out->digits, out->n_digits);
        joined = pixCloseSafeBrick(NULL, ink, draft_px(s, JOIN),
                                   draft_px(s, JOIN_DOWN));
    }
    if (joined) {
        pixSubtract(joined, joined, lines); /* a wall parts words */
        found = pixConnCompBB(joined, 8);
    }
    int n = found ? boxaGetCount(found) : 0;
    struct word_list words = {.mem = a};
    for (int i = 0; i < n; i++) {
        BOX *b = boxaGetBox(found, i, L_CLONE);
        take_word(ink, s, b, e, &words);
        boxDestroy(&b);
    }
    out->words = words.items;
    out->n_words = words.n;
    if (out->n_words)
        qsort(out->words, out->n_words, sizeof *out->words, by_place);
    boxaDestroy(&found);
    pixDestroy(&joined);
    pixDestroy(&ink);
    pixDestroy(&lines);
}

int32_t draft_word_size(const struct draft_word *word)
{
    size_t letters = text_count(word->text);
    double em = word->box.height / INK_OF_EM;
    double wide = letters ? (double)word->box.width / (double)letters : em;
    int halves = (int)((em > 1.3 * wide ? wide : em) / TMM_PER_PT * 2 + 0.5);
    return halves < 6 ? 30 : halves * 5;
}
