/* Recursive descent, one function for each line of the grammar. */
#include "scoring/points/expr_parse.h"

#include "core/text.h"
#include "scoring/points/expr_parser.h"
#include "scoring/points/slips.h"

#include <string.h>

/* ---- tokens ---- */

bool parser_at(const struct parser *p, const char *word)
{
    return p->t->kind == TOKEN_WORD && strcmp(p->t->text, word) == 0;
}

bool parser_next_is(const struct parser *p, const char *word)
{
    return p->t->kind != TOKEN_END && p->t[1].kind == TOKEN_WORD &&
           strcmp(p->t[1].text, word) == 0;
}

bool parser_take(struct parser *p, const char *word)
{
    if (!parser_at(p, word))
        return false;
    p->t++;
    return true;
}

bool parser_accept(struct parser *p, enum token_kind kind)
{
    if (p->t->kind != kind)
        return false;
    p->t++;
    return true;
}

/* A word or a number as people say it stands here: what to type. */
static bool slipped(struct parser *p)
{
    struct arena *a = p->b.a;
    const char *said = p->t->text, *typed = NULL, *op = NULL;
    if (p->t->kind == TOKEN_WORD)
        typed = slip_find(SLIP_CONDITION, said, a);
    if (p->t->kind == TOKEN_NUMBER) {
        if (p->t[1].kind == TOKEN_WORD && slip_bound(p->t[1].text, &op))
            said = arena_printf(a, "%s%s", said, p->t[1].text);
        const char *number = literal_meant(p, said, &op);
        if (number && op)
            typed = arena_printf(a, "%s %s", op, number);
    }
    if (typed)
        diag_error(p->b.d, p->t->at, "unknown-word",
                   "「%s」は「%s」と書いてください", "for \"%s\" write \"%s\"",
                   said, typed);
    return typed != NULL;
}

const struct expr *parser_expected(struct parser *p, struct label what)
{
    struct arena *a = p->b.a;
    struct label text;
    if (slipped(p))
        return NULL;
    if (p->t->kind == TOKEN_END)
        text = (struct label){
            arena_printf(a, "条件が途中で終わっています。%sが必要です",
                         what.ja),
            arena_printf(a, "the condition ends too early: %s is expected",
                         what.en)};
    else
        text = (struct label){
            arena_printf(a, "「%s」の前に%sが必要です", p->t->text, what.ja),
            arena_printf(a, "%s is expected before \"%s\"", what.en,
                         p->t->text)};
    diag_label(p->b.d, p->t->at, "expr-syntax", text);
    return NULL;
}

bool parser_want(struct parser *p, const char *word)
{
    if (parser_take(p, word))
        return true;
    struct label what = {arena_printf(p->b.a, "「%s」", word),
                         arena_printf(p->b.a, "\"%s\"", word)};
    return parser_expected(p, what) != NULL;
}

/* Words that begin or join conditions, and so name nothing. */
bool parser_is_keyword(const char *word)
{
    static const char *const words[] = {
        "and",   "or",  "not", "is",      "in",     "any", "all",
        "count", "sum", "yes", "highest", "lowest", "no"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (strcmp(word, words[i]) == 0)
            return true;
    return false;
}

bool expr_word_is_reserved(const char *word)
{
    enum collection c;
    enum function f;
    return parser_is_keyword(word) || collection_find(word, &c) ||
           function_find(word, &f);
}

/* ---- depth ---- */

bool parser_enter(struct parser *p)
{
    if (++p->depth <= EXPR_MAX_DEPTH)
        return true;
    diag_error(p->b.d, p->t->at, "expr-too-deep",
               "条件の入れ子が深すぎます (%d 段まで)",
               "the condition is nested too deeply (up to %d)", EXPR_MAX_DEPTH);
    return false;
}

/* ---- conditions ---- */

/* 土 in weekdays */
static const struct expr *parse_has(struct parser *p)
{
    const struct token *value = p->t;
    p->t += 2;
    const struct expr *set = parser_sum(p);
    if (!set)
        return NULL;
    if (set->type.value != EXPR_SET) {
        diag_error(p->b.d, set->at, "wrong-type",
                   "「値 in 項目」の項目は、複数選べる項目だけです",
                   "\"value in field\" needs a field that holds a set");
        return NULL;
    }
    int index = literal_value(p, set->type.of, value->text);
    if (index >= 0)
        return expr_has(&p->b, set, index);
    literal_unknown(p, set->type.of, value);
    return NULL;
}

static const struct expr *parse_compare(struct parser *p)
{
    bool value = p->t->kind == TOKEN_QUOTED ||
                 (p->t->kind == TOKEN_WORD && !name_is_known(p, p->t->text) &&
                  !parser_is_keyword(p->t->text));
    if (parser_at_any_reason(p))
        return parser_any_reason(p);
    if (value && parser_next_is(p, "in"))
        return parse_has(p);
    return parser_tail(p, parser_sum(p));
}

const struct expr *parser_not(struct parser *p)
{
    if (!parser_take(p, "not"))
        return parse_compare(p);
    if (!parser_enter(p))
        return NULL;
    const struct expr *e = expr_not(&p->b, parser_not(p));
    p->depth--;
    return e;
}

static const struct expr *parse_and(struct parser *p)
{
    const struct expr *x = parser_not(p);
    while (x && parser_take(p, "and"))
        x = expr_logic(&p->b, EXPR_AND, x, parser_not(p));
    return x;
}

const struct expr *parser_or(struct parser *p)
{
    if (!parser_enter(p))
        return NULL;
    const struct expr *x = parse_and(p);
    while (x && parser_take(p, "or"))
        x = expr_logic(&p->b, EXPR_OR, x, parse_and(p));
    p->depth--;
    return x;
}

/* ---- entry ---- */

static bool parser_open(struct parser *p, const char *text, struct pos at,
                        const struct expr_env *env, struct arena *a,
                        struct diag *d)
{
    *p = (struct parser){.env = env, .b = {.a = a, .d = d}};
    p->t = expr_lex(text, at, a, d);
    for (int row = 0; row < N_BINDINGS; row++)
        if (row == BIND_HOUSEHOLD || (env->binds & (1U << row)))
            p->rows.at[p->rows.n++] = (enum binding)row;
    return p->t != NULL;
}

static bool at_end(struct parser *p)
{
    static const struct label joint = {"「and」「or」または比較の記号",
                                       "\"and\", \"or\" or a comparison"};
    return p->t->kind == TOKEN_END || parser_expected(p, joint) != NULL;
}

const struct expr *expr_parse(const char *text, struct pos at,
                              const struct expr_env *env, struct arena *a,
                              struct diag *d)
{
    struct parser p;
    if (!parser_open(&p, text, at, env, a, d))
        return NULL;
    const struct expr *e = parser_or(&p);
    return e && at_end(&p) ? e : NULL;
}

const struct expr *expr_parse_condition(const char *text, struct pos at,
                                        const struct expr_env *env,
                                        struct arena *a, struct diag *d)
{
    const struct expr *e = expr_parse(text, at, env, a, d);
    struct expr_builder b = {.a = a, .d = d};
    return expr_want_bool(&b, e) ? e : NULL;
}

bool expr_parse_constant(const char *text, struct pos at,
                         const struct expr_env *env, struct expr_type like,
                         int64_t *num, struct arena *a, struct diag *d)
{
    struct parser p;
    if (!parser_open(&p, text, at, env, a, d))
        return false;
    bool minus = parser_accept(&p, TOKEN_MINUS);
    const struct expr *e = parser_like(&p, like);
    if (!e || !at_end(&p))
        return false;
    if (e->op != EXPR_CONSTANT)
        return diag_error(d, at, "wrong-type",
                          "「%s」ではなく、決まった値を書いてください",
                          "a fixed value is expected instead of \"%s\"", text);
    struct expr *x = expr_leaf(&p.b, EXPR_CONSTANT, like, NULL, at);
    const struct expr *fits = x ? expr_compare(&p.b, EXPR_EQ, x, e) : NULL;
    if (!fits)
        return false;
    *num = minus ? -fits->b->num : fits->b->num;
    return true;
}
