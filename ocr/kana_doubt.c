/* To add letters that are taken for each other: a row below. */
#include "ocr/kana_doubt.h"

#include "core/text.h"

#include <string.h>

static const char *const alike[] = {
    "コユヨロエゴ", "ホボポオ", "ウツワフクタケグダゲヅブプ",
    "シンソツジゾ", "ハバパ",   "テチデヂナ",
};
/* Letters of two pieces side by side in every font. */
static const char two_pieces[] = "リハバパル";

/* The letter at `at`, which moves on; "" at the end. */
static void next_letter(const char **at, char letter[8])
{
    const char *from = *at;
    text_next(at);
    memset(letter, 0, 8);
    memcpy(letter, from, (size_t)(*at - from));
}

static bool look_alike(const char *one, const char *other)
{
    if (!*one || !*other)
        return false;
    if (strcmp(one, other) == 0)
        return true;
    for (size_t i = 0; i < sizeof alike / sizeof alike[0]; i++)
        if (strstr(alike[i], one) && strstr(alike[i], other))
            return true;
    return false;
}

bool kana_doubled(const char *katakana, int pieces)
{
    char before[8] = "", letter[8];
    bool doubled = false;
    int need = 0;
    for (const char *at = katakana; *at;) {
        next_letter(&at, letter);
        if (strcmp(letter, " ") == 0 || strcmp(letter, "　") == 0)
            continue;
        doubled = doubled || look_alike(before, letter);
        need += strstr(two_pieces, letter) ? 2 : 1;
        memcpy(before, letter, sizeof before);
    }
    return doubled && pieces < need;
}
