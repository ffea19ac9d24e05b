/*
 * Which way up an empty form lies. Nothing on it says so but its words: read
 * the right way up, some of them are items of the dictionary (フリガナ,
 * 生年月日); upside down none is.
 */
#include "ocr/draft/draft.h"

#include "core/text.h"

#include <leptonica/allheaders.h>
#include <string.h>

/* So many words that are known leave no doubt. */
#define SURE 3
/* 日 is 日 upside down, too. */
#define LETTERS_LEAST 2

static bool is_label(const struct dictionary *dict, const char *key,
                     struct arena *a)
{
    for (size_t i = 0; i < dict->n; i++)
        if (strcmp(text_match_key(dict->fields[i].label.ja, a), key) == 0)
            return true;
    return false;
}

static int known_words(const struct draft_page *p,
                       const struct dictionary *dict)
{
    struct arena a = ARENA_INIT;
    int n = 0;
    for (size_t i = 0; i < p->n_words && n < SURE; i++) {
        const char *key = text_match_key(p->words[i].text, &a);
        n += text_count(key) >= LETTERS_LEAST && is_label(dict, key, &a);
    }
    arena_release(&a);
    return n;
}

/* A quarter clockwise further. False when memory ran out. */
static bool turn(struct page *p)
{
    PIX *grey = pixRotateOrth(p->grey, 1), *ink = pixRotateOrth(p->ink, 1);
    if (!grey || !ink) {
        pixDestroy(&grey);
        pixDestroy(&ink);
        return false;
    }
    pixDestroy(&p->grey);
    pixDestroy(&p->ink);
    p->grey = grey;
    p->ink = ink;
    return true;
}

bool draft_find_upright(struct page *p, struct ocr_engines *e,
                        const struct dictionary *dict, struct draft_page *out,
                        struct arena *a, struct diag *d)
{
    int most = -1;
    for (int quarter = 0; quarter < 4; quarter++) {
        struct draft_page here;
        if ((quarter && !turn(p)) || !draft_find(p, e, &here, a, d))
            return false;
        int n = known_words(&here, dict);
        if (n > most) {
            most = n;
            *out = here;
            out->turned = quarter * 90;
        }
        if (n >= SURE)
            return true;
    }
    if (most > 0)
        return true;
    diag_warn(d, POS_FILE("form"), "draft-unsure",
              "様式の向きが分かりません。上下が逆なら、正しい向きでスキャンし"
              "直してください",
              "it cannot be told which way up the form is; scan it again if it "
              "is upside down");
    return true;
}
