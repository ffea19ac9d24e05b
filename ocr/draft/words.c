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

static void take_word(PIX *ink, const struct draft_scale *s, const BOX *b,
                      struct ocr_engines *e, struct draft_page *out,
                      struct arena *a)
{
    l_int32 x, y, w, h;
    boxGetGeometry((BOX *)b, &x, &y, &w, &h);
    struct draft_word *word = &out->words[out->n_words];
    word->box = (struct rect_tmm){draft_tmm(s, x), draft_tmm(s, y),
                                  draft_tmm(s, w), draft_tmm(s, h)};
    if (word->box.width < WORD_W_LEAST || word->box.height > WORD_H_MOST)
        return;
    word->text = "";
    if (word->box.height >= WORD_H_LEAST)
        word->text = read_word(ink, b, e, a);
    else if (word->box.width >= DASH_W_LEAST)
        word->text = DRAFT_DASH;
    out->n_words += *word->text != '\0';
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
    out->words = ARENA_ARRAY(a, struct draft_word, (size_t)n + 1);
    for (int i = 0; i < n; i++) {
        BOX *b = boxaGetBox(found, i, L_CLONE);
        take_word(ink, s, b, e, out, a);
        boxDestroy(&b);
    }
    if (out->n_words)
        qsort(out->words, out->n_words, sizeof *out->words, by_place);
    boxaDestroy(&found);
    pixDestroy(&joined);
    pixDestroy(&ink);
    pixDestroy(&lines);
}
