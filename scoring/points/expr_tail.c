/* What may follow the left side of a comparison. */
#include "scoring/points/expr_parser.h"

#include "core/text.h"

#include <string.h>

static const struct expr *enum_constant(struct parser *p,
                                        const struct field *of, int index)
{
    const struct token *t = p->t++;
    struct expr *e =
        expr_leaf(&p->b, EXPR_CONSTANT,
                  (struct expr_type){EXPR_ENUM, UNIT_NONE, of}, t->text, t->at);
    if (e)
        e->num = index;
    return e;
}

static const struct expr *ambiguous(struct parser *p)
{
    diag_error(p->b.d, p->t->at, "ambiguous-word",
               "「%s」は選択肢の値でもあり、項目の名前でもあります。値なら"
               "「 」で、項目なら ( ) で囲んでください",
               "\"%s\" is a value and a name at once: put a value between 「 "
               "and 」, a name in parentheses",
               p->t->text);
    return NULL;
}

/* What may stand on the other side of a comparison. */
const struct expr *parser_like(struct parser *p, struct expr_type like)
{
    const struct token *t = p->t;
    bool quoted = t->kind == TOKEN_QUOTED;
    if (like.of && (quoted || t->kind == TOKEN_WORD)) {
        int index = literal_value(p, like.of, t->text);
        bool name = !quoted && name_is_known(p, t->text);
        if (index >= 0 && name)
            return ambiguous(p);
        if (index >= 0 && like.value == EXPR_ENUM)
            return enum_constant(p, like.of, index);
        if (index >= 0) {
            diag_error(p->b.d, t->at, "wrong-type",
                       "「%s」を含むかどうかは「値 in %s」と書いてください",
                       "to ask whether \"%s\" is in it write \"value in %s\"",
                       t->text, like.of->name);
            return NULL;
        }
        if (!name && !parser_is_keyword(t->text)) {
            literal_unknown(p, like.of, t);
            return NULL;
        }
    }
    if (quoted)
        return parser_text(p, EXPR_TEXT);
    return parser_sum(p);
}

/* One comparison with what `x` is; equality with a value of an enum is a
 * choice of one. */
static const struct expr *compare(struct parser *p, enum expr_op op,
                                  const struct expr *x)
{
    const struct expr *y = parser_like(p, x->type);
    if (!y)
        return NULL;
    bool choice = x->type.value == EXPR_ENUM && y->op == EXPR_CONSTANT &&
                  y->type.value == EXPR_ENUM;
    if (!choice || (op != EXPR_EQ && op != EXPR_NE))
        return expr_compare(&p->b, op, x, y);
    const struct expr *e = expr_one_of(&p->b, x, (int64_t)1 << y->num);
    return op == EXPR_EQ ? e : (e ? expr_not(&p->b, e) : NULL);
}

static bool word_begins_condition(const struct parser *p, const char *word)
{
    return name_is_known(p, word) || parser_is_keyword(word) ||
           strcmp(word, "reason") == 0;
}

/* After `is A or`: whether the next word is one more alternative. */
enum more { MORE_VALUE, MORE_NONE, MORE_ERROR };
static enum more more_values(struct parser *p, struct expr_type type)
{
    const struct token *t = p->t + 1;
    if (!parser_at(p, "or") || t->kind == TOKEN_END)
        return MORE_NONE;
    if (t->kind == TOKEN_QUOTED)
        return MORE_VALUE;
    if (t->kind != TOKEN_WORD)
        return MORE_NONE;
    bool value = type.of && literal_value(p, type.of, t->text) >= 0;
    bool name = word_begins_condition(p, t->text);
    if (!value && (name || t[1].kind == TOKEN_OPEN))
        return MORE_NONE;
    if (value && !name)
        return MORE_VALUE;
    p->t++;
    if (value)
        ambiguous(p);
    else if (type.of)
        literal_unknown(p, type.of, p->t);
    else
        name_resolve(p, p->t);
    return MORE_ERROR;
}

static const struct expr *negated(struct parser *p, const struct expr *e,
                                  bool negate)
{
    return e && negate ? expr_not(&p->b, e) : e;
}

static const struct expr *is_enum(struct parser *p, const struct expr *x)
{
    int64_t bits = 0;
    for (;;) {
        const struct expr *y = parser_like(p, x->type);
        if (!y)
            return NULL;
        if (y->op != EXPR_CONSTANT)
            return expr_compare(&p->b, EXPR_EQ, x, y);
        bits |= (int64_t)1 << y->num;
        enum more more = more_values(p, x->type);
        if (more == MORE_ERROR)
            return NULL;
        if (more == MORE_NONE)
            return expr_one_of(&p->b, x, bits);
        p->t++; /* or */
    }
}

static const struct expr *is_other(struct parser *p, const struct expr *x)
{
    const struct expr *all = NULL;
    for (;;) {
        const struct expr *e =
            expr_compare(&p->b, EXPR_EQ, x, parser_like(p, x->type));
        all = all && e ? expr_logic(&p->b, EXPR_OR, all, e) : e;
        if (!all)
            return NULL;
        enum more more = more_values(p, x->type);
        if (more == MORE_ERROR)
            return NULL;
        if (more == MORE_NONE)
            return all;
        p->t++; /* or */
    }
}

/* `facility is linked`: the facility's own yes-or-no names. */
static const struct expr *is_facility(struct parser *p)
{
    struct token t = *p->t++;
    t.text = arena_printf(p->b.a, "facility.%s", t.text);
    return name_resolve(p, &t);
}

static const struct expr *parse_is(struct parser *p, const struct expr *x)
{
    bool negate = parser_take(p, "not");
    if (parser_take(p, "known"))
        return negated(p, expr_state(&p->b, EXPR_KNOWN, x), negate);
    if (parser_take(p, "unknown"))
        return negated(p, expr_state(&p->b, EXPR_KNOWN, x), !negate);
    if (parser_take(p, "empty"))
        return negated(p, expr_state(&p->b, EXPR_EMPTY, x), negate);
    if (x->type.value == EXPR_ENUM)
        return negated(p, is_enum(p, x), negate);
    bool facility = x->type.value == EXPR_FACILITY;
    if (facility && p->t->kind == TOKEN_WORD && !name_is_known(p, p->t->text))
        return negated(p, is_facility(p), negate);
    return negated(p, is_other(p, x), negate);
}

static const struct expr *parse_between(struct parser *p, const struct expr *x)
{
    const struct expr *from = parser_like(p, x->type);
    if (from && x->type.value == EXPR_ENUM && !parser_at(p, "to")) {
        diag_error(p->b.d, from->at, "expr-syntax",
                   "in は「in A to B」と範囲に使います。一つずつなら「is %s」と"
                   "書いてください",
                   "in takes a range, \"in A to B\": for single values write "
                   "\"is %s\"",
                   from->text);
        return NULL;
    }
    if (!from || !parser_want(p, "to"))
        return NULL;
    const struct expr *to = parser_like(p, x->type);
    return to ? expr_between(&p->b, x, from, to) : NULL;
}

static const struct {
    enum token_kind token;
    enum expr_op op;
} comparisons[] = {
    {TOKEN_EQ, EXPR_EQ}, {TOKEN_NE, EXPR_NE}, {TOKEN_LT, EXPR_LT},
    {TOKEN_LE, EXPR_LE}, {TOKEN_GT, EXPR_GT}, {TOKEN_GE, EXPR_GE},
};
#define N_COMPARISONS (sizeof comparisons / sizeof comparisons[0])

/* What follows the left side, if anything. */
const struct expr *parser_tail(struct parser *p, const struct expr *x)
{
    if (!x)
        return NULL;
    for (size_t i = 0; i < N_COMPARISONS; i++)
        if (parser_accept(p, comparisons[i].token))
            return compare(p, comparisons[i].op, x);
    if (parser_take(p, "is"))
        return parse_is(p, x);
    if (parser_take(p, "in"))
        return parse_between(p, x);
    return x;
}

/* `reason is 就労` where no reason is bound: any reason of this person. */
const struct expr *parser_any_reason(struct parser *p)
{
    const struct token *t = p->t;
    bool negate = t[1].kind == TOKEN_NE;
    bool is_not = parser_next_is(p, "is") && t[2].kind == TOKEN_WORD &&
                  strcmp(t[2].text, "not") == 0;
    enum scope person = visible_person(&p->rows);
    struct visible saved = p->rows;
    visible_push(&p->rows, BIND_REASON);
    p->t++;
    const struct expr *x = name_resolve(p, t);
    if (!x)
        return NULL;
    if (negate || is_not)
        p->t += is_not ? 2 : 1;
    const struct expr *with = negate   ? compare(p, EXPR_EQ, x)
                              : is_not ? is_enum(p, x)
                                       : parser_tail(p, x);
    p->rows = saved;
    if (!with)
        return NULL;
    const struct expr *any = expr_list(&p->b, EXPR_ANY, OVER_REASONS, person,
                                       with, NULL, true, t->at);
    return negated(p, any, negate || is_not);
}

bool parser_at_any_reason(const struct parser *p)
{
    return parser_at(p, "reason") && !visible_has(&p->rows, BIND_REASON) &&
           visible_person(&p->rows) != N_SCOPES &&
           (p->t[1].kind == TOKEN_EQ || p->t[1].kind == TOKEN_NE ||
            parser_next_is(p, "is") || parser_next_is(p, "in"));
}
