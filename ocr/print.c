#include "ocr/print.h"

#include "core/text.h"
#include "ocr/kana_doubt.h"
#include "ocr/kana_line.h"

#include <leptonica/allheaders.h>
#include <string.h>

#define EM_PX 28
#define PAD_PX 7 /* a quarter of that */
/* A line's ink is a little lower than its em. */
#define INK_OF_EM 0.92
#define MOST_LINES 4
/* Letters as high as this (px) are softened twice. */
#define SOFT_EM 34

/* Rows of a box that hold one line each. */
struct line_rows {
    int top[MOST_LINES], bottom[MOST_LINES];
    int n;
};

/* Rows without ink part lines when both sides are tall enough to be one. */
static struct line_rows split_lines(const struct box *b, double px_per_mm)
{
    struct line_rows out = {.n = 0};
    int least = (int)(1.6 * px_per_mm), start = -1;
    NUMA *rows = pixCountPixelsByRow(b->ink, NULL);

    for (int y = b->y; y <= b->y + b->height && rows; y++) {
        l_int32 count = 0;
        if (y < b->y + b->height)
            numaGetIValue(rows, y, &count);
        if (count && start < 0)
            start = y;
        if (!count && start >= 0) {
            bool joins = out.n && y - start < least;
            if (joins) /* a dot, or a thin 一 below or above its line */
                out.bottom[out.n - 1] = y;
            else if (out.n &&
                     out.bottom[out.n - 1] - out.top[out.n - 1] < least)
                out.bottom[out.n - 1] = y;
            else if (out.n < MOST_LINES)
                out.top[out.n] = start, out.bottom[out.n++] = y;
            else
                out.bottom[out.n - 1] = y;
            start = -1;
        }
    }
    numaDestroy(&rows);
    return out;
}

/* About a Gaussian of one px, for letters that will be made smaller; less where
 * the scan is coarse. */
static PIX *soften(PIX *grey, double em)
{
    PIX *once = pixBlockconv(grey, 1, 1), *twice;

    if (!once || em < SOFT_EM)
        return once;
    twice = pixBlockconv(once, 1, 1);
    pixDestroy(&once);
    return twice;
}

/* The crop of rows [top, bottom): 8 bpp, black on white. */
static PIX *make_crop(const struct box *b, int top, int bottom, double em)
{
    BOX *rows = boxCreate(b->x, top, b->width, bottom - top);
    PIX *ink = pixClipRectangle(b->ink, rows, NULL), *tight = NULL;
    PIX *grey = NULL, *soft = NULL, *scaled = NULL, *out = NULL;
    float scale = (float)(EM_PX / em);

    boxDestroy(&rows);
    if (ink && pixClipToForeground(ink, &tight, NULL) == 0 && tight) {
        PIX *wide = pixAddBorder(tight, 4, 0);
        grey = pixConvert1To8(NULL, wide, 255, 0);
        soft = soften(grey, em);
        scaled = scale < 1 ? pixScaleAreaMap(soft, scale, scale)
                           : pixScaleLI(soft, scale, scale);
        if (scaled)
            out = pixAddBorder(scaled, PAD_PX, 255);
        pixDestroy(&wide);
    }
    pixDestroy(&scaled);
    pixDestroy(&soft);
    pixDestroy(&grey);
    pixDestroy(&tight);
    pixDestroy(&ink);
    return out;
}

static double em_of(int height)
{
    double em = height / INK_OF_EM;

    return em < 8 ? 8 : em;
}

static char *read_rows(const struct field_reader *r, const struct box *b,
                       int top, int bottom, double em,
                       enum engine_language language, enum engine_view view,
                       const char *whitelist, int *confidence)
{
    PIX *crop = make_crop(b, top, bottom, em);
    char *text;

    if (!crop) {
        *confidence = 0;
        return arena_strdup(r->mem, "");
    }
    text = engine_read(r->engines, language, crop, view, whitelist, confidence,
                       r->mem);
    pixDestroy(&crop);
    return text;
}

char *print_line(const struct field_reader *r, const struct box *b,
                 enum engine_language language, enum engine_view view,
                 const char *whitelist, int *confidence)
{
    return read_rows(r, b, b->y, b->y + b->height, em_of(b->height), language,
                     view, whitelist, confidence);
}

static char *keep_digits(char *text)
{
    char *to = text;

    for (const char *p = text; *p; p++)
        if (*p >= '0' && *p <= '9')
            *to++ = *p;
    *to = '\0';
    return text;
}

char *print_digits(const struct field_reader *r, const struct box *b,
                   enum engine_view view)
{
    int confidence;

    /* Digits are lower than the em of the model's letters. */
    return keep_digits(read_rows(r, b, b->y, b->y + b->height, b->height / 0.75,
                                 ENGINE_ENG, view, "0123456789", &confidence));
}

/* Both views of every line, joined. */
struct views {
    const char *found, *whole; /* ENGINE_LINE, ENGINE_RAW_LINE */
    int confidence;            /* the least */
};

static struct views read_views(const struct field_reader *r,
                               const struct box *b)
{
    struct views v = {"", "", 100};
    struct line_rows lines = split_lines(b, r->page->map.px_per_tmm * 10);

    for (int i = 0; i < lines.n; i++) {
        double em = em_of(lines.bottom[i] - lines.top[i]);
        int one = 0, two = 0;
        const char *found = read_rows(r, b, lines.top[i], lines.bottom[i], em,
                                      ENGINE_JPN, ENGINE_LINE, NULL, &one);
        const char *whole = read_rows(r, b, lines.top[i], lines.bottom[i], em,
                                      ENGINE_JPN, ENGINE_RAW_LINE, NULL, &two);
        v.found = arena_printf(r->mem, "%s%s", v.found, found);
        v.whole = arena_printf(r->mem, "%s%s", v.whole, whole);
        v.confidence = one < v.confidence ? one : v.confidence;
        v.confidence = two < v.confidence ? two : v.confidence;
    }
    return v;
}

/* A speck behind or before the words, read as a mark that nobody writes there;
 * what one view saw and the other did not. */
static const char *without_ends(const char *text, struct arena *a)
{
    static const char *const marks[] = {".", ",", "。", "、", "-", "_",  "'",
                                        "`", "“", "”",  "‘",  "’", "・", "~"};
    char *out = arena_strdup(a, text);
    bool more = true;

    while (more) {
        more = false;
        for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++) {
            size_t len = strlen(out), n = strlen(marks[i]);
            if (len > n && strcmp(out + len - n, marks[i]) == 0)
                out[len - n] = '\0', more = true;
            len = strlen(out);
            if (len > n && strncmp(out, marks[i], n) == 0)
                out += n, more = true;
        }
    }
    return out;
}

static bool alike(const char *one, const char *other, struct arena *a)
{
    return *one &&
           strcmp(text_match_key(one, a), text_match_key(other, a)) == 0;
}

/* Agreement is worth more than the engine's own confidence, which orders: 900
 * and what the less sure view says of itself. */
static struct guess judge(const struct views *v, bool hand, struct arena *a)
{
    const char *text = text_unspaced(v->found, a);
    const char *whole = text_unspaced(v->whole, a);
    bool agree = alike(text, whole, a);
    struct guess g;

    if (!agree) {
        const char *bare = without_ends(text, a);
        agree = alike(bare, without_ends(whole, a), a);
        text = agree ? bare : text;
    }
    if (hand)
        g = guess_doubt(ACCEPT_HANDWRITING, text, v->found, "handwriting",
                        v->confidence * 5);
    else if (!*text && !*whole)
        return (struct guess){
            READING_UNREADABLE, "", "", "", "low-confidence", 0,
            ACCEPT_PRINTED,     0,  0};
    else if (!agree)
        g = guess_doubt(ACCEPT_PRINTED, *text ? text : whole, v->found,
                        "views-differ", v->confidence * 6);
    else
        g = guess_sure(ACCEPT_PRINTED, text, v->found, 900 + v->confidence);
    if (!agree && strcmp(g.value, whole) != 0)
        g.runner_up = whole;
    return g;
}

/* Pieces of ink with paper between them, from left to right. */
static int count_pieces(const struct box *b)
{
    NUMA *columns = pixCountPixelsByColumn(b->ink);
    int n = 0;
    bool inside = false;

    for (int x = b->x; columns && x < b->x + b->width; x++) {
        l_int32 ink = 0;
        numaGetIValue(columns, x, &ink);
        n += ink && !inside;
        inside = ink != 0;
    }
    numaDestroy(&columns);
    return n;
}

/* What the ink itself says against an agreed reading. */
static void doubt_kana(struct guess *g, const struct box *b, struct arena *a)
{
    const char *kana = text_katakana(text_nfkc(g->value, a), a);

    if (g->state == READING_ACCEPTED && text_is_katakana(kana) &&
        kana_doubled(kana, count_pieces(b)))
        *g = guess_doubt(g->kind, g->value, g->raw, "views-differ", 700);
}

/* The next run of katakana, two letters and more, from *at on; "" at the end.
 */
static const char *next_kana(const char **at, struct arena *a)
{
    while (**at) {
        const char *from = *at, *to = from;
        int letters = 0;

        for (const char *end = from; *end; to = end, letters++) {
            text_next(&end);
            if (!text_is_katakana(arena_copy(a, to, (size_t)(end - to))) ||
                *to == ' ')
                break;
        }
        *at = to;
        if (letters >= 2)
            return arena_copy(a, from, (size_t)(to - from));
        if (to == from)
            text_next(at);
    }
    return "";
}

/* シス that both views take for セス: the kana net has to find what katakana
 * there is in a line of mixed text. */
static void doubt_katakana(struct guess *g, const struct box *b,
                           double px_per_mm, struct arena *a)
{
    const char *at = g->value;

    if (g->state != READING_ACCEPTED || split_lines(b, px_per_mm).n != 1 ||
        text_is_katakana(g->value))
        return;
    for (const char *kana = next_kana(&at, a); *kana; kana = next_kana(&at, a))
        if (!kana_line_has(b, kana_line_key(kana, a))) {
            *g = guess_doubt(g->kind, g->value, g->raw, "views-differ", 700);
            return;
        }
}

struct guess print_read(const struct field_reader *r,
                        const struct form_part *part, bool hand)
{
    enum accept_kind kind = hand ? ACCEPT_HANDWRITING : ACCEPT_PRINTED;
    struct guess g = guess_blank(kind);
    struct box b;

    if (box_cut(r, part->box, 0.1, &b) && b.state == BOX_SPECKS) {
        g = guess_doubt(kind, "", "", "box-not-clean", 400);
    } else if (b.state == BOX_WRITTEN) {
        struct views v = read_views(r, &b);
        g = judge(&v, hand, r->mem);
        doubt_kana(&g, &b, r->mem);
        doubt_katakana(&g, &b, r->page->map.px_per_tmm * 10, r->mem);
        if (r->engines->expired)
            g = guess_doubt(kind, g.value, g.raw, "deadline", 0);
    }
    box_release(&b);
    return g;
}
