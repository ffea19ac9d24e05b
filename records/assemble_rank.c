/*
 * Several certificates of one person: those that a person numbered stand, else
 * the first; each further one is a question. Nothing is summed or replaced
 * unasked.
 */
#include "records/assemble_work.h"

#include "core/text.h"

#include <stdlib.h>
#include <string.h>

static int by_person(const void *x, const void *y)
{
    const struct leaf *const *a = x, *const *b = y;
    int c = strcmp((*a)->household, (*b)->household);
    if (!c)
        c = ((*a)->person > (*b)->person) - ((*a)->person < (*b)->person);
    if (!c) /* one whose day is not known comes last */
        c = !*(*a)->received - !*(*b)->received;
    if (!c)
        c = strcmp((*a)->received, (*b)->received);
    if (!c)
        c = strcmp(word_guess(*a, WORD_CERTIFIED),
                   word_guess(*b, WORD_CERTIFIED));
    return c ? c : strcmp((*a)->page->sha256, (*b)->page->sha256);
}

static bool same_person(const struct leaf *a, const struct leaf *b)
{
    return strcmp(a->household, b->household) == 0 && a->person == b->person;
}

static bool same_employer(struct assembly *w, const struct leaf *a,
                          const struct leaf *b)
{
    const char *x = text_match_key(word_guess(a, WORD_EMPLOYER), &w->mem);
    const char *y = text_match_key(word_guess(b, WORD_EMPLOYER), &w->mem);
    int letters = (int)text_count(x);
    /* Read from print, one letter in five may be wrong. */
    return *x && *y && text_distance(x, y) <= letters / 5;
}

/* What a next certificate may be. To add one: a row, and its name among the
 * questions of doubts_answer.c. */
enum next { NEXT_NEWER, NEXT_REPEATED, NEXT_OLDER, NEXT_JOB, NEXT_UNCLEAR };
static const struct {
    const char *check, *proposal;
    struct label what;
} nexts[] = {
    [NEXT_NEWER] =
        {"certificate-newer",
         "差替え",
         {"同じ勤め先の新しい証明書です。前のものと差替え、追加（掛け"
          "持ち）、不採用 のどれかを入れてください",
          "a newer certificate of the same employer: 差替え "
          "(replaces), 追加 (second job) or 不採用"}},
    [NEXT_REPEATED] = {"certificate-repeated",
                       "不採用",
                       {"同じ勤め先・同じ証明日の証明書がもう1通あります。"
                        "差替え、追加、不採用 のどれかを入れてください",
                        "another certificate of the same employer and date: "
                        "差替え, 追加 or 不採用"}},
    [NEXT_OLDER] =
        {"certificate-repeated",
         "不採用",
         {"同じ勤め先の、前のものより古い（または証明日の分からない）"
          "証明書です。差替え、追加、不採用 のどれかを入れてください",
          "an older or undated certificate of the same employer: "
          "差替え, 追加 or 不採用"}},
    [NEXT_JOB] = {"second-job",
                  "追加",
                  {"別の勤め先の証明書です。追加（掛け持ち）、差替え（転職）、"
                   "不採用 のどれかを入れてください",
                   "a certificate of another employer: 追加 (second job), "
                   "差替え (changed job) or 不採用"}},
    [NEXT_UNCLEAR] = {"second-job",
                      "",
                      {"2通目の証明書ですが、勤め先が読み取れません。追加"
                       "（掛け持ち）、差替え、不採用 のどれかを入れてください",
                       "a further certificate, but its employer or the first "
                       "one's cannot be read: 追加, 差替え or 不採用"}},
};

static enum next what_next(struct assembly *w, const struct leaf *l,
                           const struct leaf *before)
{
    if (!before || !*word_guess(l, WORD_EMPLOYER) ||
        !*word_guess(before, WORD_EMPLOYER))
        return NEXT_UNCLEAR;
    if (!same_employer(w, l, before))
        return NEXT_JOB;
    const char *day = word_guess(l, WORD_CERTIFIED);
    const char *day_before = word_guess(before, WORD_CERTIFIED);
    int c = strcmp(day, day_before);
    if (c == 0)
        return NEXT_REPEATED;
    return c > 0 && *day_before ? NEXT_NEWER : NEXT_OLDER;
}

/* The certificate in force of the same employer, else the last one. */
static struct leaf *rival_of(struct assembly *w, struct leaf **of, size_t n,
                             const struct leaf *l)
{
    struct leaf *last = NULL;
    for (size_t i = 0; i < n; i++) {
        if (!of[i]->seq)
            continue;
        if (same_employer(w, l, of[i]))
            return of[i];
        last = of[i];
    }
    return last;
}

static int next_seq(struct leaf **of, size_t n)
{
    int most = 0;
    for (size_t i = 0; i < n; i++)
        if (of[i]->seq > most)
            most = of[i]->seq;
    return most + 1;
}

/* `of`: all certificates of the person. */
static void ask_next(struct assembly *w, struct leaf *l, struct leaf **of,
                     size_t n)
{
    struct leaf *rival = rival_of(w, of, n, l);
    enum next kind = what_next(w, l, rival);
    struct doubt_entry e = doubt_of_leaf(w, l, nexts[kind].check);
    struct doubt_answer said;
    doubt_name(w, &e, "@succession");
    e.doubt.caption = "2通目の証明書";
    e.doubt.value = nexts[kind].proposal;
    e.doubt.raw = word_guess(l, WORD_EMPLOYER);
    e.doubt.what = nexts[kind].what;
    if (!doubt_ask(w, &e, &said)) {
        l->waits = true;
    } else if (said.refused) {
        l->refused = true;
    } else if (said.succession == SUCCESSION_REPLACES && rival) {
        l->seq = rival->seq;
        l->supersedes = rival;
        rival->seq = 0;
        rival->replaced = true;
    } else {
        l->seq = next_seq(of, n);
    }
}

static void rank_person(struct assembly *w, struct leaf **of, size_t n)
{
    bool any = next_seq(of, n) > 1;
    for (size_t i = 0; i < n; i++) {
        if (of[i]->seq || of[i]->replaced)
            continue;
        if (any)
            ask_next(w, of[i], of, n);
        else
            of[i]->seq = 1;
        any = any || of[i]->seq;
    }
}

void assemble_ranks(struct assembly *w)
{
    struct leaf **list = ARENA_ARRAY(&w->mem, struct leaf *, w->n_leaves);
    size_t n = 0;
    for (size_t i = 0; i < w->n_leaves; i++) {
        struct leaf *l = &w->leaves[i];
        if (l->role == ROLE_CERTIFICATE && leaf_counts(l) && l->person > 0)
            list[n++] = l;
    }
    if (n)
        qsort(list, n, sizeof *list, by_person);
    for (size_t i = 0, end; i < n; i = end) {
        for (end = i + 1; end < n && same_person(list[i], list[end]);)
            end++;
        rank_person(w, list + i, end - i);
    }
}
