/*
 * A search for one way in which every wish comes true, wish by wish: `and`
 * adds wishes, `or` tries one side after the other, a comparison narrows what
 * its left side may still be. Where every branch ends with something that may
 * be nothing at all any more, there is no way.
 */
#include "scoring/points/expr_never.h"

#include <string.h>

/* Beyond these the answer is "perhaps". They bound time and stack whatever
 * the file holds; a printed table comes nowhere near. */
#define MAX_WORK 20000
#define MAX_DEPTH 1500
#define MAX_TERMS 64
#define MAX_HOLES 8

enum { MAY_UNKNOWN = 1, MAY_NOTHING = 2, MAY_KNOWN = 4 };

/* Something that is compared, and what it may still be. */
struct term {
    const struct expr *e;
    unsigned may;
    int64_t low, high;        /* amounts, and texts by their number */
    uint64_t among;           /* one of a list: the values it may have */
    uint64_t has, lacks;      /* sets */
    int64_t holes[MAX_HOLES]; /* amounts that it is not */
    size_t n_holes;
};

struct search {
    struct term terms[MAX_TERMS];
    size_t n_terms;
    const char *texts[MAX_TERMS]; /* texts that it was compared with */
    size_t n_texts;
    long work;
    int depth;
};

struct goal {
    struct wish wish;
    const struct goal *next;
};

static bool never(struct search *s, const struct goal *g);

static void search_open(struct search *s, long work, int depth)
{
    s->n_terms = s->n_texts = 0;
    s->work = work;
    s->depth = depth;
}

/* ---- terms ---- */

/* NULL when there is no room: what is not noted is not held against it. */
static struct term *term_of(struct search *s, const struct expr *e)
{
    for (size_t i = 0; i < s->n_terms; i++)
        if (expr_same(s->terms[i].e, e, &s->work))
            return &s->terms[i];
    if (s->n_terms == MAX_TERMS)
        return NULL;
    struct term *t = &s->terms[s->n_terms++];
    *t = (struct term){.e = e,
                       .may = MAY_UNKNOWN | MAY_NOTHING | MAY_KNOWN,
                       .among = UINT64_MAX};
    expr_range(e, &t->low, &t->high);
    if (e->type.value == EXPR_ENUM && e->type.of)
        t->among = (UINT64_C(1) << e->type.of->n_values) - 1;
    return t;
}

static bool is_hole(const struct term *t, int64_t value)
{
    for (size_t i = 0; i < t->n_holes; i++)
        if (t->holes[i] == value)
            return true;
    return false;
}

/* False when nothing is left that the term could be. */
static bool term_settle(struct term *t)
{
    while (t->low < t->high && is_hole(t, t->low))
        t->low++;
    while (t->low < t->high && is_hole(t, t->high))
        t->high--;
    bool none = t->low > t->high || !t->among || (t->has & t->lacks) ||
                (t->low == t->high && is_hole(t, t->low));
    if (none)
        t->may &= ~(unsigned)MAY_KNOWN;
    return t->may != 0;
}

/* What a comparison asks of a term that is known. */
struct demand {
    enum {
        DEMAND_NONE,
        DEMAND_WITHIN,
        DEMAND_NOT,
        DEMAND_AMONG,
        DEMAND_HAS,
        DEMAND_LACKS
    } kind;
    int64_t low, high; /* NOT: low */
    uint64_t bits;
};

static void term_demand(struct term *t, struct demand want)
{
    switch (want.kind) {
    case DEMAND_WITHIN:
        t->low = want.low > t->low ? want.low : t->low;
        t->high = want.high < t->high ? want.high : t->high;
        break;
    case DEMAND_NOT:
        if (t->n_holes < MAX_HOLES)
            t->holes[t->n_holes++] = want.low;
        break;
    case DEMAND_AMONG:
        t->among &= want.bits;
        break;
    case DEMAND_HAS:
        t->has |= want.bits;
        break;
    case DEMAND_LACKS:
        t->lacks |= want.bits;
        break;
    default:
        break;
    }
}

/* Goes on with the term narrowed, and gives it back as it was. */
static bool narrowed(struct search *s, const struct expr *e, unsigned may,
                     struct demand want, const struct goal *rest)
{
    size_t n = s->n_terms;
    struct term *t = term_of(s, e);
    if (!t)
        return never(s, rest);
    struct term before = *t;
    t->may &= may;
    term_demand(t, want);
    bool contradicts = !term_settle(t);
    bool result = contradicts || never(s, rest);
    *t = before;
    s->n_terms = n;
    return result;
}

/* ---- one comparison ---- */

/* May the term be nothing, or unknown, when the answer is as wished? */
static unsigned states(enum wish_is is, bool nothing_is_yes)
{
    bool yes = is == WISH_YES || is == WISH_NOT_NO;
    bool open = is == WISH_NOT_YES || is == WISH_NOT_NO;
    return MAY_KNOWN | (yes == nothing_is_yes ? MAY_NOTHING : 0U) |
           (open ? MAY_UNKNOWN : 0U);
}

static bool wants_yes(enum wish_is is)
{
    return is == WISH_YES || is == WISH_NOT_NO;
}

static bool within(struct search *s, const struct expr *e, unsigned may,
                   int64_t low, int64_t high, const struct goal *rest)
{
    struct demand want = {.kind = DEMAND_WITHIN, .low = low, .high = high};
    return narrowed(s, e, may, want, rest);
}

/* A condition that is seen as a whole: yes or no, or unknown. */
static bool whole(struct search *s, const struct wish *w,
                  const struct goal *rest)
{
    int64_t yes = wants_yes(w->is);
    return within(s, w->e, states(w->is, false), yes, yes, rest);
}

/* Outside low … high: below or above. */
static bool outside(struct search *s, const struct expr *e, unsigned may,
                    int64_t low, int64_t high, const struct goal *rest)
{
    int64_t below = low == INT64_MIN ? low : low - 1;
    int64_t above = high == INT64_MAX ? high : high + 1;
    bool none_below = low == INT64_MIN, none_above = high == INT64_MAX;
    unsigned empty = may & ~(unsigned)MAY_KNOWN;
    if (none_below && none_above)
        return within(s, e, empty, low, high, rest);
    return (none_below || within(s, e, may, INT64_MIN, below, rest)) &&
           (none_above || within(s, e, may, above, INT64_MAX, rest));
}

/* A text as a number of its own; -1 when there is no room or no text. */
static int64_t text_number(struct search *s, const char *text)
{
    for (size_t i = 0; i < s->n_texts; i++)
        if (strcmp(s->texts[i], text) == 0)
            return (int64_t)i;
    if (!*text || s->n_texts == MAX_TERMS)
        return -1;
    s->texts[s->n_texts] = text;
    return (int64_t)s->n_texts++;
}

static enum expr_op turned(enum expr_op op)
{
    switch (op) {
    case EXPR_LT:
        return EXPR_GT;
    case EXPR_LE:
        return EXPR_GE;
    case EXPR_GT:
        return EXPR_LT;
    case EXPR_GE:
        return EXPR_LE;
    default:
        return op;
    }
}

/* "Nothing" answers no, and yes to `!=`. */
static bool compare(struct search *s, enum expr_op op, const struct expr *e,
                    int64_t value, enum wish_is is, const struct goal *rest)
{
    unsigned may = states(is, op == EXPR_NE);
    bool yes = wants_yes(is);
    if (e->type.value == EXPR_ENUM) {
        uint64_t bit = value >= 0 && value < 64 ? UINT64_C(1) << value : 0;
        bool in = (op == EXPR_EQ) == yes;
        struct demand want = {.kind = DEMAND_AMONG, .bits = in ? bit : ~bit};
        return narrowed(s, e, may, want, rest);
    }
    int64_t low = INT64_MIN, high = INT64_MAX;
    switch (op) {
    case EXPR_LT:
        high = value == INT64_MIN ? value : value - 1;
        break;
    case EXPR_LE:
        high = value;
        break;
    case EXPR_GT:
        low = value == INT64_MAX ? value : value + 1;
        break;
    case EXPR_GE:
        low = value;
        break;
    default:
        if ((op == EXPR_EQ) == yes)
            return within(s, e, may, value, value, rest);
        return narrowed(
            s, e, may, (struct demand){.kind = DEMAND_NOT, .low = value}, rest);
    }
    return yes ? within(s, e, may, low, high, rest)
               : outside(s, e, may, low, high, rest);
}

static const struct expr *text_constant(const struct expr *e)
{
    bool text = e->type.value == EXPR_TEXT || e->type.value == EXPR_CODE;
    return e->op == EXPR_CONSTANT && text ? e : NULL;
}

static bool comparison(struct search *s, const struct wish *w,
                       const struct goal *rest)
{
    const struct expr *a = w->e->a, *b = w->e->b;
    enum expr_op op = w->e->op;
    int64_t value;
    if (expr_fixed(a, &value) || text_constant(a)) {
        const struct expr *swap = a;
        a = b;
        b = swap;
        op = turned(op);
    }
    if (expr_fixed(a, &value) || text_constant(a) || a->type.value == EXPR_SET)
        return whole(s, w, rest);
    const struct expr *text = text_constant(b);
    if (text) {
        value = text_number(s, text->text ? text->text : "");
        return value < 0 ? whole(s, w, rest)
                         : compare(s, op, a, value, w->is, rest);
    }
    return expr_fixed(b, &value) ? compare(s, op, a, value, w->is, rest)
                                 : whole(s, w, rest);
}

static bool between(struct search *s, const struct wish *w,
                    const struct goal *rest)
{
    const struct expr *e = w->e->a;
    unsigned may = states(w->is, false);
    int64_t low, high;
    if (!expr_fixed(w->e->b, &low) || !expr_fixed(w->e->c, &high))
        return whole(s, w, rest);
    bool yes = wants_yes(w->is);
    if (e->type.value == EXPR_ENUM) {
        uint64_t bits = 0;
        for (int64_t i = low; i <= high && i >= 0 && i < 64; i++)
            bits |= UINT64_C(1) << i;
        struct demand want = {.kind = DEMAND_AMONG, .bits = yes ? bits : ~bits};
        return narrowed(s, e, may, want, rest);
    }
    if (yes)
        return within(s, e, may, low, high, rest);
    return low > high ? within(s, e, may, INT64_MIN, INT64_MAX, rest)
                      : outside(s, e, may, low, high, rest);
}

static bool one_of(struct search *s, const struct wish *w,
                   const struct goal *rest)
{
    uint64_t bits = (uint64_t)w->e->num;
    struct demand want = {.kind = DEMAND_AMONG,
                          .bits = wants_yes(w->is) ? bits : ~bits};
    return narrowed(s, w->e->a, states(w->is, false), want, rest);
}

static bool has(struct search *s, const struct wish *w, const struct goal *rest)
{
    struct demand want = {.kind = wants_yes(w->is) ? DEMAND_HAS : DEMAND_LACKS,
                          .bits = UINT64_C(1) << (w->e->num & 63)};
    return narrowed(s, w->e->a, states(w->is, false), want, rest);
}

static bool known(struct search *s, const struct wish *w,
                  const struct goal *rest)
{
    unsigned may =
        wants_yes(w->is) ? MAY_KNOWN | MAY_NOTHING : (unsigned)MAY_UNKNOWN;
    return narrowed(s, w->e->a, may, (struct demand){DEMAND_NONE, 0, 0, 0},
                    rest);
}

static bool empty(struct search *s, const struct wish *w,
                  const struct goal *rest)
{
    unsigned may = wants_yes(w->is) ? MAY_NOTHING : MAY_KNOWN;
    if (w->is == WISH_NOT_YES || w->is == WISH_NOT_NO)
        may |= MAY_UNKNOWN;
    return narrowed(s, w->e->a, may, (struct demand){DEMAND_NONE, 0, 0, 0},
                    rest);
}

/* `any` that is yes has a member whose own condition is yes; `all` that is no
 * has one for which it is no. */
static bool list(struct search *s, const struct wish *w,
                 const struct goal *rest)
{
    bool any = w->e->op == EXPR_ANY;
    if (w->e->a && any == wants_yes(w->is)) {
        struct wish member = {.e = w->e->a, .is = w->is};
        struct search inner;
        search_open(&inner, s->work, s->depth);
        bool none = never(&inner, &(struct goal){member, NULL});
        s->work = inner.work;
        if (none)
            return true;
    }
    return whole(s, w, rest);
}

/* ---- logic ---- */

static bool both(struct search *s, const struct wish *w, bool one_is_enough,
                 const struct goal *rest)
{
    struct goal b = {{.e = w->e->b, .is = w->is}, rest};
    struct goal a = {{.e = w->e->a, .is = w->is}, one_is_enough ? rest : &b};
    return one_is_enough ? never(s, &a) && never(s, &b) : never(s, &a);
}

static bool opposite(struct search *s, const struct wish *w,
                     const struct goal *rest)
{
    static const enum wish_is not [] = {[WISH_YES] = WISH_NO,
                                        [WISH_NO] = WISH_YES,
                                        [WISH_NOT_YES] = WISH_NOT_NO,
                                        [WISH_NOT_NO] = WISH_NOT_YES};
    struct goal a = {{.e = w->e->a, .is = not [w->is]}, rest};
    return never(s, &a);
}

static bool condition(struct search *s, const struct wish *w,
                      const struct goal *rest)
{
    struct goal a = {{.e = w->e->a, .is = w->is}, rest};
    switch (w->e->op) {
    case EXPR_CONSTANT:
        return (w->e->num != 0) != wants_yes(w->is) || never(s, rest);
    case EXPR_NAMED:
        return never(s, &a);
    case EXPR_NOT:
        return opposite(s, w, rest);
    case EXPR_AND:
        return both(s, w, !wants_yes(w->is), rest);
    case EXPR_OR:
        return both(s, w, wants_yes(w->is), rest);
    case EXPR_EQ:
    case EXPR_NE:
    case EXPR_LT:
    case EXPR_LE:
    case EXPR_GT:
    case EXPR_GE:
        return comparison(s, w, rest);
    case EXPR_BETWEEN:
        return between(s, w, rest);
    case EXPR_ONE_OF:
        return one_of(s, w, rest);
    case EXPR_HAS:
        return has(s, w, rest);
    case EXPR_KNOWN:
        return known(s, w, rest);
    case EXPR_EMPTY:
        return empty(s, w, rest);
    case EXPR_ANY:
    case EXPR_ALL:
        return list(s, w, rest);
    default:
        return whole(s, w, rest);
    }
}

/* True when no way is left to fulfil the goals from here on. */
static bool never(struct search *s, const struct goal *g)
{
    if (!g || --s->work < 0 || s->depth >= MAX_DEPTH)
        return false;
    const struct wish *w = &g->wish;
    bool result;
    s->depth++;
    if (w->is == WISH_WITHIN) {
        result = within(s, w->e, MAY_KNOWN, w->low, w->high, g->next);
    } else if (w->is == WISH_AMONG) {
        struct demand want = {.kind = DEMAND_AMONG, .bits = (uint64_t)w->bits};
        result = narrowed(s, w->e, MAY_KNOWN, want, g->next);
    } else if (!w->e) {
        result = !wants_yes(w->is) || never(s, g->next);
    } else {
        result = condition(s, w, g->next);
    }
    s->depth--;
    return result;
}

bool expr_never(const struct wish *wishes, size_t n)
{
    struct search s;
    struct goal goals[EXPR_NEVER_WISHES];
    search_open(&s, MAX_WORK, 0);
    if (n > EXPR_NEVER_WISHES)
        n = EXPR_NEVER_WISHES;
    for (size_t i = 0; i < n; i++)
        goals[i] = (struct goal){wishes[i], i + 1 < n ? &goals[i + 1] : NULL};
    return n > 0 && never(&s, goals);
}
