/*
 * Whose a certificate is. Only what is exactly the guardian's joins by itself,
 * within a household that is known otherwise; likeness proposes to a person.
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

/* Is it surely the same kana or birth date? */
static bool is_exactly(const struct holder *h, const struct person *p)
{
    static const enum claim_kind kinds[] = {CLAIM_KANA, CLAIM_BIRTH};
    for (int i = 0; i < 2; i++) {
        enum claim_kind k = kinds[i];
        if (h->known[k] && h->key[k] > 0 && p->known[k].key == h->key[k] &&
            p->known[k].source != CLAIM_GUESS)
            return true;
    }
    return false;
}

static const char *exact_evidence(const struct holder *h,
                                  const struct person *p)
{
    bool kana = h->known[CLAIM_KANA] && h->key[CLAIM_KANA] > 0 &&
                p->known[CLAIM_KANA].key == h->key[CLAIM_KANA];
    bool birth = h->known[CLAIM_BIRTH] && h->key[CLAIM_BIRTH] > 0 &&
                 p->known[CLAIM_BIRTH].key == h->key[CLAIM_BIRTH];
    if (kana && birth)
        return "kana birth";
    return kana ? "kana" : "birth";
}

/* ── likeness ───────────────────────────────────────────────────────────── */

static bool alike(const char *one, const char *other)
{
    int letters = (int)text_count(one);
    return *one && *other && letters > 3 &&
           text_distance(one, other) <= letters / 4;
}

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
static const struct person *most_like(const struct assembly *w,
                                      const struct leaf *l,
                                      const struct holder *h, size_t first,
                                      size_t end, bool near)
{
    const struct person *best = NULL;
    int most = ENOUGH - 1;
    for (size_t i = first; i < end; i++) {
        const struct person *p = &w->persons[i];
        if (p->scope == SCOPE_CHILD)
            continue;
        int score = likeness(w, l, h, p, near);
        if (near && p->scope == SCOPE_GUARDIAN &&
            guardians_of(w, p->household) == 1)
            score += ONLY_ONE;
        if (score > most) {
            most = score;
            best = p;
        } else if (score == most) {
            best = NULL;
        }
    }
    return best;
}

static const struct person *
propose(const struct assembly *w, const struct leaf *l, const struct holder *h)
{
    size_t first, end;
    const char *household = *l->household ? l->household : l->cover.proposed;
    if (*household) {
        persons_of(w, household, &first, &end);
        const struct person *p = most_like(w, l, h, first, end, true);
        if (p)
            return p;
    }
    return most_like(w, l, h, 0, w->n_persons, false);
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
    if (!*e.doubt.value || !guardians_of(w, l->household))
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
