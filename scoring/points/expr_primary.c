/* Sums, products and what they are made of. */
#include "scoring/points/expr_parser.h"

#include "core/text.h"

#include <string.h>

static const struct expr *parse_primary(struct parser *p);

/* ---- lists ---- */

static const struct expr *no_person(struct parser *p, const struct token *t)
{
    diag_error(p->b.d, t->at, "not-here",
               "誰の %s か分かりません。「any guardian with (any %s with (…))」"
               "のように書いてください",
               "whose %s? Write \"any guardian with (any %s with (…))\"",
               t->text, t->text);
    return NULL;
}

/* The list named by the next word, and whose it is. */
static bool parse_list_name(struct parser *p, enum collection *over,
                            enum scope *person)
{
    static const struct label list = {
        "一覧の名前 (guardians jobs reasons siblings children cohabitants "
        "documents preferences)",
        "a list (guardians jobs reasons siblings children cohabitants "
        "documents preferences)"};
    const struct token *t = p->t;
    if (t->kind != TOKEN_WORD || !collection_find(t->text, over))
        return parser_expected(p, list) != NULL;
    *person = visible_person(&p->rows);
    bool of_person = *over == OVER_JOBS || *over == OVER_REASONS;
    if (of_person && *person == N_SCOPES)
        return no_person(p, t) != NULL;
    bool of_child = *over == OVER_SIBLINGS || *over == OVER_PREFERENCES;
    if (of_child && !visible_has(&p->rows, BIND_CHILD))
        return diag_error(p->b.d, t->at, "not-here",
                          "「%s」は児童ごとの一覧です。child: か choice: か "
                          "order: の中で使ってください",
                          "\"%s\" belongs to a child: use it under child:, "
                          "choice: or order:",
                          t->text);
    p->t++;
    return true;
}

static void skip_to_over(struct parser *p)
{
    int open = 0;
    for (; p->t->kind != TOKEN_END; p->t++) {
        if (open == 0 && parser_at(p, "over"))
            return;
        open += p->t->kind == TOKEN_OPEN;
        open -= p->t->kind == TOKEN_CLOSE;
    }
}

/* `any list with not` and its like; the word before is already taken. */
static const struct expr *parse_list(struct parser *p, enum expr_op op,
                                     struct pos at)
{
    enum collection over = OVER_GUARDIANS;
    enum scope person = N_SCOPES;
    struct visible saved = p->rows;
    const struct token *of_from = NULL, *after;
    if (op == EXPR_SUM || op == EXPR_HIGHEST || op == EXPR_LOWEST) {
        /* What is added up stands before its list: find the list first. */
        of_from = p->t;
        skip_to_over(p);
        if (!parser_want(p, "over"))
            return NULL;
    }
    if (!parse_list_name(p, &over, &person))
        return NULL;
    after = p->t;
    visible_push(&p->rows, collections[over].binds);
    p->rows.listed |= 1U << collections[over].binds;
    const struct expr *of = NULL, *with = NULL;
    if (of_from) {
        p->t = of_from;
        of = parser_sum(p);
        if (!of || !parser_want(p, "over"))
            return NULL;
        p->t = after;
    }
    bool must = op == EXPR_ANY || op == EXPR_ALL, has = parser_at(p, "with");
    if ((must || has) && !parser_want(p, "with"))
        return NULL;
    /* any … with a = b; but count … with (a) >= 2 */
    if (must || has)
        with = must ? parser_not(p) : parse_primary(p);
    if (!with && (must || has))
        return NULL;
    p->rows = saved;
    return expr_list(&p->b, op, over, person, with, of, must || has, at);
}

static const struct {
    const char *word;
    enum expr_op op;
} list_words[] = {
    {"any", EXPR_ANY}, {"all", EXPR_ALL},         {"count", EXPR_COUNT},
    {"sum", EXPR_SUM}, {"highest", EXPR_HIGHEST}, {"lowest", EXPR_LOWEST},
};
#define N_LIST_WORDS (sizeof list_words / sizeof list_words[0])

static const struct {
    const char *word;
    enum expr_op op;
} span_words[] = {
    {"days", EXPR_DAYS_FROM},
    {"months", EXPR_MONTHS_FROM},
    {"years", EXPR_YEARS_FROM},
};
#define N_SPAN_WORDS (sizeof span_words / sizeof span_words[0])

/* ---- primaries ---- */

static bool want_close(struct parser *p)
{
    static const struct label close = {"閉じかっこ「)」", "\")\""};
    return parser_accept(p, TOKEN_CLOSE) || parser_expected(p, close) != NULL;
}

static const struct expr *parse_span(struct parser *p, enum expr_op op)
{
    p->t += 2; /* days from */
    const struct expr *from = parser_sum(p);
    if (!from || !parser_want(p, "to"))
        return NULL;
    return expr_span(&p->b, op, from, parser_sum(p));
}

static const struct expr *parse_call(struct parser *p)
{
    const struct token *name = p->t;
    enum function f;
    if (!function_find(name->text, &f)) {
        const char *names[N_FUNCTIONS];
        for (int i = 0; i < N_FUNCTIONS; i++)
            names[i] = functions[i].name;
        const char *near = text_nearest(name->text, names, N_FUNCTIONS);
        if (near)
            diag_error(p->b.d, name->at, "unknown-function",
                       "「%s( )」という関数はありません。「%s」ですか？",
                       "no function \"%s\" is known; did you mean \"%s\"?",
                       name->text, near);
        else
            diag_error(p->b.d, name->at, "unknown-function",
                       "「%s( )」という関数はありません",
                       "no function \"%s\" is known", name->text);
        return NULL;
    }
    p->t += 2; /* name ( */
    const struct expr *x = parser_or(p), *y = NULL;
    if (!x)
        return NULL;
    static const struct label semicolon = {"「;」と二つ目の値",
                                           "\";\" and a second value"};
    if (functions[f].n_arguments == 2) {
        if (!parser_accept(p, TOKEN_SEMICOLON))
            return parser_expected(p, semicolon);
        y = parser_or(p);
    }
    if ((functions[f].n_arguments == 2 && !y) || !want_close(p))
        return NULL;
    return expr_call(&p->b, f, x, y, name->at);
}

static const struct expr *yes_no(struct parser *p, bool yes)
{
    const struct token *t = p->t++;
    struct expr *e =
        expr_leaf(&p->b, EXPR_CONSTANT, TYPE_YES_NO, t->text, t->at);
    if (e)
        e->num = yes;
    return e;
}

static const struct label operand = {"項目名か値", "a name or a value"};

static const struct expr *parse_word(struct parser *p)
{
    const struct token *t = p->t;
    for (size_t i = 0; i < N_LIST_WORDS; i++)
        if (parser_at(p, list_words[i].word)) {
            p->t++;
            if (!parser_enter(p))
                return NULL;
            const struct expr *e = parse_list(p, list_words[i].op, t->at);
            p->depth--;
            return e;
        }
    for (size_t i = 0; i < N_SPAN_WORDS; i++)
        if (parser_at(p, span_words[i].word) && parser_next_is(p, "from"))
            return parse_span(p, span_words[i].op);
    if (parser_at(p, "yes") || parser_at(p, "no"))
        return yes_no(p, parser_at(p, "yes"));
    if (parser_is_keyword(t->text))
        return parser_expected(p, operand);
    if (t[1].kind == TOKEN_OPEN)
        return parse_call(p);
    p->t++;
    return name_resolve(p, t);
}

const struct expr *parser_text(struct parser *p, enum expr_value value)
{
    const struct token *t = p->t++;
    return expr_leaf(&p->b, EXPR_CONSTANT,
                     (struct expr_type){value, UNIT_NONE, NULL}, t->text,
                     t->at);
}

static const struct expr *parse_primary(struct parser *p)
{
    switch (p->t->kind) {
    case TOKEN_WORD:
        return parse_word(p);
    case TOKEN_NUMBER:
        return literal_parse(p);
    case TOKEN_QUOTED:
        return parser_text(p, EXPR_TEXT);
    case TOKEN_OPEN: {
        p->t++;
        const struct expr *e = parser_or(p);
        return e && want_close(p) ? e : NULL;
    }
    default:
        return parser_expected(p, operand);
    }
}

static const struct expr *parse_unary(struct parser *p)
{
    if (!parser_accept(p, TOKEN_MINUS))
        return parse_primary(p);
    if (!parser_enter(p))
        return NULL;
    const struct expr *e = expr_negative(&p->b, parse_unary(p));
    p->depth--;
    return e;
}

static const struct expr *parse_product(struct parser *p)
{
    const struct expr *x = parse_unary(p);
    while (x && parser_accept(p, TOKEN_TIMES))
        x = expr_arithmetic(&p->b, EXPR_MUL, x, parse_unary(p));
    return x;
}

const struct expr *parser_sum(struct parser *p)
{
    const struct expr *x = parse_product(p);
    while (x && (p->t->kind == TOKEN_PLUS || p->t->kind == TOKEN_MINUS)) {
        enum expr_op op = p->t->kind == TOKEN_PLUS ? EXPR_ADD : EXPR_SUB;
        p->t++;
        x = expr_arithmetic(&p->b, op, x, parse_product(p));
    }
    return x;
}
