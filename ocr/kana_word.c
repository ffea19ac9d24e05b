#include "ocr/kana_word.h"

#include <stdlib.h>
#include <string.h>

#include "ocr/kana_sizes.h"

#define PERMILLE 1000
/* Between the usual small and large size of a shape, what lies in the middle
 * fifth is either. */
#define SURELY_SMALL 400
#define SURELY_LARGE 600

/* The small kana, after which kana they stand; NULL: after any, but neither
 * first nor last of a word. */
static const struct {
    const char *large, *small, *after;
} pairs[] = {
    {"ア", "ァ", "フヴツ"},
    {"イ", "ィ", "フヴウテデツ"},
    {"ウ", "ゥ", "トド"},
    {"エ", "ェ", "フヴウシジチツ"},
    {"オ", "ォ", "フヴウツ"},
    {"ツ", "ッ", NULL},
    {"ヤ", "ャ", "キシチニヒミリギジヂビピ"},
    {"ユ", "ュ", "キシチニヒミリギジヂビピテデフヴ"},
    {"ヨ", "ョ", "キシチニヒミリギジヂビピ"},
    {"ワ", "ヮ", "クグ"},
};

static int pair_of(int shape)
{
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++)
        if (strcmp(pairs[i].large, kana_shape(shape)) == 0)
            return (int)i;
    return -1;
}

static bool is_kana(const struct kana_seen *s)
{
    return s->guess.best < KANA_EMPTY && s->size > 0;
}

static int by_value(const void *x, const void *y)
{
    int a = *(const int *)x, b = *(const int *)y;

    return (a > b) - (a < b);
}

/* How large this hand writes, in units of `size`: the median over the kana that
 * have no small form. ー is drawn as long as one likes. 0: nothing tells. */
static int em_of(const struct kana_seen *seen, size_t n, struct arena *a)
{
    int *ems = ARENA_ARRAY(a, int, n ? n : 1);
    size_t known = 0;

    for (size_t i = 0; i < n; i++)
        if (is_kana(&seen[i]) && !kana_small_size[seen[i].guess.best] &&
            strcmp(kana_shape(seen[i].guess.best), "ー") != 0)
            ems[known++] =
                seen[i].size * PERMILLE / kana_large_size[seen[i].guess.best];
    if (known == 0)
        return 0;
    qsort(ems, known, sizeof *ems, by_value);
    return ems[known / 2];
}

/* May a small one stand at `i`? */
static bool may_be_small(const struct kana_seen *seen, size_t n, size_t i,
                         int pair)
{
    if (i == 0 || !is_kana(&seen[i - 1]))
        return false;
    if (!pairs[pair].after)
        return i + 1 < n && is_kana(&seen[i + 1]);
    return strstr(pairs[pair].after, kana_shape(seen[i - 1].guess.best)) !=
           NULL;
}

/* 0: as the usual small one, 1000: as the usual large one. */
static int place_between(const struct kana_seen *s, int em)
{
    int small = kana_small_size[s->guess.best];
    int large = kana_large_size[s->guess.best];

    return (s->size * PERMILLE / em - small) * PERMILLE / (large - small);
}

static bool is_small(const struct kana_seen *seen, size_t n, size_t i, int pair,
                     int em, bool *uncertain)
{
    bool may = may_be_small(seen, n, i, pair);
    int place;

    if (em == 0) {
        *uncertain = *uncertain || may;
        return false;
    }
    place = place_between(&seen[i], em);
    if (place > SURELY_LARGE)
        return false;
    if (place < SURELY_SMALL) {
        *uncertain = *uncertain || !may;
        return may;
    }
    *uncertain = *uncertain || may;
    return may;
}

struct kana_word kana_word_join(const struct kana_seen *seen, size_t n,
                                struct arena *a)
{
    struct kana_word w = {.text = arena_alloc(a, 4 * n + 1)};
    int em = em_of(seen, n, a);
    bool gap = false;
    char *to = w.text;

    for (size_t i = 0; i < n; i++) {
        const char *text = kana_shape(seen[i].guess.best);
        int pair = pair_of(seen[i].guess.best);

        if (!is_kana(&seen[i])) {
            gap = to > w.text;
            continue;
        }
        if (gap)
            *to++ = ' ';
        gap = false;
        if (pair >= 0 && is_small(seen, n, i, pair, em, &w.uncertain))
            text = pairs[pair].small;
        memcpy(to, text, strlen(text));
        to += strlen(text);
    }
    *to = '\0';
    return w;
}
