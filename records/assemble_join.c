/*
 * Whose a certificate is. It joins by itself only to the guardian of exactly
 * its birth date, within a household that is known otherwise, and only if the
 * kana says nothing else. A name alone never joins: it proposes to a person.
 */
#include "records/assemble_work.h"

#include "core/text.h"

#include <string.h>

#define HOLDER "@holder"

/* What a certificate says of its holder, as keys to compare. */
struct holder {
    int64_t key[N_CLAIM_KINDS]; /* 0 = nothing, -1 = seen nowhere else */
    const char *text[N_CLAIM_KINDS];
    bool known[N_CLAIM_KINDS];
};

static const enum join_word holder_words[N_CLAIM_KINDS] = {
    [CLAIM_KANA] = WORD_HOLDER_KANA,
    [CLAIM_NAME] = WORD_HOLDER_NAME,
    [CLAIM_BIRTH] = WORD_HOLDER_BIRTH,
};

/* How much a likeness proposes. The sum must reach ENOUGH: a kana or a birth
 * date that agrees, a name that agrees, or less than that of the only
 * guardian there is. */
#define ENOUGH 3
static const int agrees[N_CLAIM_KINDS] = {
    [CLAIM_KANA] = 4, [CLAIM_NAME] = 3, [CLAIM_BIRTH] = 4};
#define ALIKE 2 /* differs in a letter or two */
#define CHILD_LISTED 1
#define ONLY_ONE 3

/* Differs in a letter of four at most, as misread kana does. */
static bool alike(const char *one, const char *other)
{
    int letters = (int)text_count(one);
    return strcmp(one, other) == 0 ||
           (*one && *other && letters > 3 &&
            text_distance(one, other) <= letters / 4);
}

static struct holder holder_of(struct assembly *w, const struct leaf *l)
{
    struct holder h = {{0}, {"", "", ""}, {false}};
    for (int k = 0; k < N_CLAIM_KINDS; k++) {
        const struct fact *f = l->words[holder_words[k]];
        const char *text = word_guess(l, holder_words[k]);
        if (!*text)
            continue;
        h.text[k] = k == CLAIM_BIRTH ? text : text_match_key(text, &w->mem);
        h.key[k] = strings_find(w->strings, h.text[k]);
        h.known[k] = fact_known(f);
    }
    return h;
}

/* Are both sure of it? */
static bool both_know(const struct holder *h, const struct person *p,
                      enum claim_kind k)
{
    return h->known[k] && h->key[k] && p->known[k].key &&
           p->known[k].source != CLAIM_GUESS;
}

static bool agrees_surely(const struct holder *h, const struct person *p,
                          enum claim_kind k)
{
    return both_know(h, p, k) && h->key[k] == p->known[k].key;
}

static bool is_exactly(const struct holder *h, const struct person *p)
{
    return agrees_surely(h, p, CLAIM_BIRTH) &&
           (!both_know(h, p, CLAIM_KANA) ||
            alike(h->text[CLAIM_KANA], p->known[CLAIM_KANA].text));
}

static const char *exact_evidence(const struct holder *h,
                                  const struct person *p)
{
    return agrees_surely(h, p, CLAIM_KANA) ? "kana birth" : "birth";
}

/* ── likeness ───────────────────────────────────────────────────────────── */

static int listed_children(const struct assembly *w, const struct leaf *l,
                           const char *household)
{
    size_t first, end;
    int n = 0;
    if (!l->n_listed)
        return 0;
    persons_of(w, household, &first, &end);
    for (size_t i = 0; i < l->n_listed; i++)
        for (size_t k = first; k < end; k++)
            if (w->persons[k].scope == SCOPE_CHILD && *l->listed[i]->guess &&
                w->persons[k].known[CLAIM_BIRTH].key &&
                strcmp(l->listed[i]->guess,
                       w->persons[k].known[CLAIM_BIRTH].text) == 0) {
                n++;
                break;
            }
    return n;
}

static int likeness(const struct assembly *w, const struct leaf *l,
                    const struct holder *h, const struct person *p, bool near)
{
    int score = 0;
    for (int k = 0; k < N_CLAIM_KINDS; k++) {
        if (h->key[k] > 0 && h->key[k] == p->known[k].key)
            score += agrees[k];
        else if (near && p->known[k].key && alike(h->text[k], p->known[k].text))
            score += ALIKE;
    }
    if (score)
        score += CHILD_LISTED * listed_children(w, l, p->household);
    return score;
}

static int guardians_of(const struct assembly *w, const char *household)
{
    size_t first, end;
    int n = 0;
    persons_of(w, household, &first, &end);
    for (; first < end; first++)
        n += w->persons[first].scope == SCOPE_GUARDIAN;
    return n;
}

/* The one most like the holder; NULL when none is, or two are equally. */
struct choice {
    const struct person *best;
    int most;
};
#define CHOICE_INIT ((struct choice){NULL, ENOUGH - 1})

static void consider(struct choice *c, const struct person *p, int score)
{
    if (p->scope == SCOPE_CHILD || p == c->best)
        return;
    if (score > c->most)
        *c = (struct choice){p, score};
    else if (score == c->most)
        c->best = NULL;
}

/* Within a household a likeness is enough. */
static const struct person *most_like_here(const struct assembly *w,
                                           const struct leaf *l,
                                           const struct holder *h,
                                           const char *household)
{
    struct choice c = CHOICE_INIT;
    bool only_one = guardians_of(w, household) == 1;
    size_t first, end;
    persons_of(w, household, &first, &end);
    for (; first < end; first++) {
        const struct person *p = &w->persons[first];
        if (p->scope == SCOPE_CHILD)
            continue;
        int score = likeness(w, l, h, p, true);
        if (only_one && p->scope == SCOPE_GUARDIAN)
            score += ONLY_ONE;
        consider(&c, p, score);
    }
    return c.best;
}

/* Among all, one must have the very kana, name or birth date. */
static const struct person *most_like_anywhere(const struct assembly *w,
                                               const struct leaf *l,
                                               const struct holder *h)
{
    struct choice c = CHOICE_INIT;
    for (int k = 0; k < N_CLAIM_KINDS; k++) {
        size_t first, end;
        persons_called(w, (enum claim_kind)k, h->key[k], &first, &end);
        for (; h->key[k] > 0 && first < end; first++) {
            const struct person *p = &w->persons[w->person_keys[first].person];
            bool seen = false; /* by an earlier kind */
            for (int j = 0; j < k; j++)
                seen = seen || (h->key[j] > 0 && h->key[j] == p->known[j].key);
            if (!seen)
                consider(&c, p, likeness(w, l, h, p, false));
        }
    }
    return c.best;
}

static const struct person *
propose(const struct assembly *w, const struct leaf *l, const struct holder *h)
{
    const char *household = *l->household ? l->household : l->cover.proposed;
    const struct person *p =
        *household ? most_like_here(w, l, h, household) : NULL;
    return p ? p : most_like_anywhere(w, l, h);
}

/* ── joining ────────────────────────────────────────────────────────────── */

/* The one guardian of its household who it surely is. */
static const struct person *exact_holder(const struct assembly *w,
                                         const struct leaf *l,
                                         const struct holder *h)
{
    size_t first, end;
    const struct person *found = NULL;
    if (!*l->household || l->waits)
        return NULL;
    persons_of(w, l->household, &first, &end);
    for (; first < end; first++) {
        const struct person *p = &w->persons[first];
        if (p->scope != SCOPE_GUARDIAN || !is_exactly(h, p))
            continue;
        if (found)
            return NULL;
        found = p;
    }
    return found;
}

static void say_without_application(struct assembly *w, const struct leaf *l)
{
    finding_add(w, SEVERITY_WARNING, leaf_place(w, l),
                "certificate-without-application",
                "この%1$sの本人がいる申込みが見つかりません",
                "no application has the holder of this %1$s",
                l->page->document);
}

static struct doubt_entry doubt_of_holder(struct assembly *w,
                                          const struct leaf *l,
                                          const struct person *p)
{
    struct doubt_entry e = doubt_of_leaf(
        w, l, p ? "whose-certificate" : "certificate-without-application");
    const struct fact *f = l->words[WORD_HOLDER_KANA];
    if (!f)
        f = l->words[WORD_HOLDER_NAME];
    doubt_name(w, &e, HOLDER);
    if (f) {
        e.doubt.field = f->r.field;
        e.doubt.raw = f->guess;
        e.doubt.confidence = f->r.confidence;
        e.doubt.left = f->r.left;
        e.doubt.top = f->r.top;
        e.doubt.width = f->r.width;
        e.doubt.height = f->r.height;
    }
    e.doubt.key = (struct row_key){l->household, "", 0, 0};
    e.doubt.caption = "だれの証明書か";
    e.doubt.value =
        p ? arena_printf(&w->mem, "%s/%d", p->household, p->person) : "";
    e.doubt.what =
        p ? label_make(w,
                       "「%1$s」さんの証明書です。世帯 %2$s の人番号 %3$d の方"
                       "でよければ =、違えば 世帯番号/人番号",
                       "certificate of \"%1$s\"; = if this is person %3$d of "
                       "household %2$s, else household/person",
                       e.doubt.raw, p->household, p->person)
          : label_make(w,
                       "「%1$s」さんの証明書ですが、申込みにその人が見つかりま"
                       "せん。世帯番号/人番号 を入れてください",
                       "certificate of \"%1$s\", but no application has that "
                       "person; enter household/person",
                       e.doubt.raw);
    return e;
}

static void joined(struct leaf *l, const char *household, int person, int seq,
                   const char *state, const char *evidence)
{
    l->household = household;
    l->person = person;
    l->seq = seq;
    l->waits = false;
    l->join_state = state;
    l->join_evidence = evidence;
}

static void take_answer(struct leaf *l, const struct doubt_answer *said)
{
    if (said->refused) {
        l->refused = true;
        l->join_state = "rejected";
        l->join_evidence = "answer";
        return;
    }
    joined(l, said->household, said->person, said->seq, "confirmed", "answer");
}

static void join(struct assembly *w, struct leaf *l)
{
    struct holder h = holder_of(w, l);
    const struct person *p = exact_holder(w, l, &h);
    struct doubt_answer said;
    if (l->refused) {
        l->join_state = "rejected";
        l->join_evidence = "filing";
        return;
    }
    if (l->filed_by_person && l->person > 0) {
        if (!l->waits)
            joined(l, l->household, l->person, l->seq, "confirmed", "filing");
        return;
    }
    struct doubt_entry e = doubt_of_holder(w, l, p ? p : propose(w, l, &h));
    if (w->n_answers && doubt_answered(w, &e, &said)) {
        take_answer(l, &said);
        e.doubt.key = (struct row_key){l->household, "", l->person, l->seq};
        doubt_list(w, &e);
        return;
    }
    if (p) {
        joined(l, p->household, p->person, 0, "joined", exact_evidence(&h, p));
        return;
    }
    l->waits = true;
    l->join_state = *e.doubt.value ? "proposed" : "unknown";
    if (!*e.doubt.value || (*l->household && !guardians_of(w, l->household)))
        say_without_application(w, l);
    doubt_list(w, &e);
}

bool assemble_joins(struct assembly *w)
{
    if (!assemble_persons(w))
        return false;
    for (size_t i = 0; i < w->n_leaves; i++)
        if (w->leaves[i].role == ROLE_CERTIFICATE) {
            w->sum.certificates++;
            join(w, &w->leaves[i]);
        }
    assemble_sort(w);
    assemble_late(w, ROLE_CERTIFICATE);
    return true;
}
