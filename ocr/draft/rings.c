/*
 * Words to be ringed: 有・無, 父 母 その他, and the eras before a date. Only
 * words that are known to be answers are taken: a caption may hold a ・ too. To
 * add an answer: its row in `answers`.
 */
#include "ocr/draft/zone.h"

#include "core/date.h"
#include "core/text.h"

#include <string.h>

static const char *const answers[] = {
    "有",     "無",       "あり",         "なし",       "ある",       "ない",
    "男",     "女",       "父",           "母",         "祖父",       "祖母",
    "兄",     "姉",       "弟",           "妹",         "本人",       "配偶者",
    "その他", "はい",     "いいえ",       "可",         "否",         "要",
    "不要",   "同居",     "別居",         "午前",       "午後",       "する",
    "しない", "希望する", "希望しない",   "同意する",   "同意しない", "該当",
    "非該当", "新規",     "継続",         "転園",       "市内",       "市外",
    "短時間", "標準時間", "保育標準時間", "保育短時間", "自営",       "会社員",
    "公務員", "パート",   "正規",         "非正規",     "持家",       "借家",
    "自宅",   "勤務先",   "携帯",         "平日",       "土曜",       "日曜",
    "予定",   "済",       "未",           "未定",
};
static const char *const separators[] = {"・", "･", "／", "/", "、", "，",
                                         "|",  ",", "．", "·", "•"};
#define COUNT(list) (sizeof(list) / sizeof *(list))

/* Eras as templates name them, by enum era. */
static const char *const era_names[] = {"",     "明治", "大正",
                                        "昭和", "平成", "令和"};

const char *draft_era(const char *word)
{
    return era_names[era_parse(word)];
}

bool draft_is_answer(const char *word)
{
    for (size_t i = 0; i < COUNT(answers); i++)
        if (strcmp(answers[i], word) == 0)
            return true;
    return false;
}

bool draft_is_separator(const char *word)
{
    for (size_t i = 0; i < COUNT(separators); i++)
        if (strcmp(separators[i], word) == 0)
            return true;
    return false;
}

/* The length of the separator that the text begins with; 0: none. */
static size_t separator_at(const char *text)
{
    for (size_t i = 0; i < COUNT(separators); i++)
        if (strncmp(text, separators[i], strlen(separators[i])) == 0)
            return strlen(separators[i]);
    return 0;
}

size_t draft_split(const char *text, struct draft_piece *out, size_t most,
                   struct arena *a)
{
    size_t n = 0, known = 0;
    int columns = 0;

    while (*text && n < most) {
        size_t len = 0, gap;
        while (text[len] && !separator_at(text + len))
            len++;
        const char *word = arena_copy(a, text, len);
        int wide = text_columns(word);
        known += draft_is_answer(word) || *draft_era(word);
        out[n++] = (struct draft_piece){word, columns, wide};
        gap = separator_at(text + len);
        columns += wide + text_columns(arena_copy(a, text + len, gap));
        text += len + gap;
    }
    return n >= 2 && known == n ? n : 0;
}

/* ── into fields ────────────────────────────────────────────────────────── */

/* In the middle of the word's ink, as large as its type. */
static struct rect_tmm ring_box(const struct draft_word *w, int32_t size)
{
    int32_t em = size * 254 / 720;
    int32_t width = (text_columns(w->text) * size * 254 + 1439) / 1440;

    return (struct rect_tmm){w->box.left + (w->box.width - width) / 2,
                             w->box.top + (w->box.height - em) / 2, width, em};
}

static bool meet(const struct rect_tmm *a, const struct rect_tmm *b)
{
    return a->left < b->left + b->width && b->left < a->left + a->width &&
           a->top < b->top + b->height && b->top < a->top + a->height;
}

/* One size for all of them, the smallest: print that is too large would lie
 * over its neighbour. */
bool draft_ring(struct draft_field *f, struct draft_word *const *words,
                size_t n)
{
    f->size = 0;
    for (size_t i = 0; i < n; i++) {
        int32_t size = draft_word_size(words[i]);
        f->size = i == 0 || size < f->size ? size : f->size;
    }
    for (size_t i = 0; i < n; i++) {
        struct rect_tmm box = ring_box(words[i], f->size);
        for (size_t k = 0; k < i; k++)
            if (meet(&box, &f->options[k].box)) {
                f->n_options = 0;
                return false;
            }
        const char *era = draft_era(words[i]->text);
        f->options[f->n_options++] = (struct draft_option){
            box, *era ? era : words[i]->text, words[i]->text};
    }
    for (size_t i = 0; i < n; i++)
        words[i]->printed = true;
    return true;
}

static bool is_between(const struct item *it)
{
    return it->kind == ITEM_WORD &&
           (zone_is_dash(it->text) || draft_is_separator(it->text));
}

/* Does a box to tick stand before it? Then it is that box's word. */
static bool has_tick(const struct zone *z, size_t i)
{
    return i > 0 && zone_same_row(z, i, i - 1) &&
           z->items[i - 1].kind == ITEM_TICK;
}

static void end_ring(struct drafting *g, struct draft_word **words, size_t *n,
                     const char *before)
{
    if (*n >= 2) {
        struct draft_field *f = zone_add_field(g, DRAFT_RING);
        if (draft_ring(f, words, *n)) {
            for (size_t i = 0; i < *n; i++)
                zone_grow(&f->box, f->options[i].box);
            zone_caption(g, f, before);
        } else {
            g->p->n_fields--;
        }
    }
    *n = 0;
}

/* Answers that follow one another in a row, or in a cell of nothing else. */
void zone_rings(struct drafting *g)
{
    const struct zone *z = g->zone;
    struct draft_word *words[MOST_OPTIONS];
    const char *before = "";
    size_t n = 0;
    int row = 0;

    for (size_t i = 0; i < z->n; i++) {
        const struct item *it = &z->items[i];
        struct draft_word *w = it->kind == ITEM_WORD &&
                                       draft_is_answer(it->text) &&
                                       !has_tick(z, i)
                                   ? zone_word(g->p, it)
                                   : NULL;
        if (is_between(it) && it->row == row)
            continue;
        if (!w || w->printed || n == MOST_OPTIONS ||
            (it->row != row && (!z->cell || *before)))
            end_ring(g, words, &n, before);
        if (it->row != row || (!w && it->kind != ITEM_WORD))
            before = "";
        row = it->row;
        if (w && !w->printed)
            words[n++] = w;
        else if (it->kind == ITEM_WORD)
            before = it->text;
    }
    end_ring(g, words, &n, before);
}
