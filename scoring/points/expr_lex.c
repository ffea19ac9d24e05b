#include "scoring/points/expr_lex.h"

#include "core/date.h"
#include "core/text.h"
#include "scoring/points/expr_parse.h"

#include <string.h>

#define QUOTE_OPEN 0x300C  /* 「 */
#define QUOTE_CLOSE 0x300D /* 」 */
#define WIDE_SPACE 0x3000

struct lexer {
    const char *p;
    struct pos at; /* of p */
    struct token *tokens;
    size_t n;
    struct arena *a;
    struct diag *d;
};

/* Marks, the longest first. A row with `instead` is a slip: it says what to
 * type. */
static const struct {
    const char *mark;
    enum token_kind kind;
    const char *instead;
} marks[] = {
    {"!=", TOKEN_NE, NULL},     {"<=", TOKEN_LE, NULL},
    {">=", TOKEN_GE, NULL},     {"==", TOKEN_EQ, "="},
    {"=>", TOKEN_GE, ">="},     {"=<", TOKEN_LE, "<="},
    {"<>", TOKEN_NE, "!="},     {"&&", TOKEN_END, "and"},
    {"||", TOKEN_END, "or"},    {"=", TOKEN_EQ, NULL},
    {"<", TOKEN_LT, NULL},      {">", TOKEN_GT, NULL},
    {"+", TOKEN_PLUS, NULL},    {"-", TOKEN_MINUS, NULL},
    {"*", TOKEN_TIMES, NULL},   {"(", TOKEN_OPEN, NULL},
    {")", TOKEN_CLOSE, NULL},   {";", TOKEN_SEMICOLON, NULL},
    {"!", TOKEN_END, "not"},    {"&", TOKEN_END, "and"},
    {"|", TOKEN_END, "or"},     {",", TOKEN_END, "or"},
    {"\"", TOKEN_END, "「 」"}, {"'", TOKEN_END, "「 」"},
    {"≧", TOKEN_END, ">="},     {"≦", TOKEN_END, "<="},
    {"≥", TOKEN_END, ">="},     {"≤", TOKEN_END, "<="},
    {"≠", TOKEN_END, "!="},     {"×", TOKEN_END, "*"},
    {"−", TOKEN_END, "-"},      {"[", TOKEN_END, "is A or B"},
};
#define N_MARKS (sizeof marks / sizeof marks[0])

static uint32_t peek(const char *p)
{
    return text_next(&p);
}

static bool is_digit(uint32_t c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(uint32_t c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

/* ！ to ～, the full-width forms of ASCII. */
static bool is_wide(uint32_t c)
{
    return (c >= 0xFF01 && c <= 0xFF5E) || c == WIDE_SPACE;
}

static bool is_wide_alnum(uint32_t c)
{
    return (c >= 0xFF10 && c <= 0xFF19) || (c >= 0xFF21 && c <= 0xFF3A) ||
           (c >= 0xFF41 && c <= 0xFF5A);
}

static bool is_mark(const char *p)
{
    for (size_t i = 0; i < N_MARKS; i++)
        if (strncmp(p, marks[i].mark, strlen(marks[i].mark)) == 0)
            return true;
    return false;
}

/* May stand inside a word, after its first character. */
static bool in_word(const char *p)
{
    uint32_t c = peek(p);
    if (c < 0x80)
        return is_letter(c) || is_digit(c) || c == '.';
    if (c == QUOTE_OPEN || c == QUOTE_CLOSE || is_mark(p))
        return false;
    return !is_wide(c) || is_wide_alnum(c) || c == 0xFF5E || c == 0xFF0F;
}

static void advance(struct lexer *l, const char *to)
{
    while (l->p < to) {
        text_next(&l->p);
        l->at.column++;
    }
}

static void push(struct lexer *l, enum token_kind kind, const char *from,
                 size_t len, struct pos at)
{
    l->tokens[l->n++] = (struct token){kind, arena_copy(l->a, from, len), at};
}

/* Everything up to the next space, in half width: what they meant. */
static bool wide_error(struct lexer *l)
{
    const char *end = l->p;
    if (peek(end) == WIDE_SPACE)
        return diag_error(l->d, l->at, "full-width",
                          "全角スペースがあります。半角のスペースにして"
                          "ください",
                          "there is a full-width space: write a plain one");
    while (*end && *end != ' ' && peek(end) != WIDE_SPACE)
        text_next(&end);
    const char *wide = arena_copy(l->a, l->p, (size_t)(end - l->p));
    const char *half = text_nfkc(wide, l->a);
    size_t digits = half ? strspn(half, "0123456789") : 0;
    if (digits > 0 && strncmp(half + digits, "時間", strlen("時間")) == 0)
        half = arena_printf(l->a, "%.*sh%s", (int)digits, half,
                            half + digits + strlen("時間"));
    return diag_error(l->d, l->at, "full-width",
                      "「%s」は全角です。半角で「%s」と書いてください",
                      "\"%s\" is full-width: write \"%s\"", wide,
                      half ? half : "");
}

static bool lex_quoted(struct lexer *l)
{
    struct pos at = l->at;
    const char *start = l->p, *end;
    text_next(&start);
    for (end = start; *end && peek(end) != QUOTE_CLOSE;)
        text_next(&end);
    if (!*end)
        return diag_error(l->d, at, "expr-syntax",
                          "「 に対応する 」 がありません",
                          "a 「 is never closed by 」");
    push(l, TOKEN_QUOTED, start, (size_t)(end - start), at);
    text_next(&end);
    advance(l, end);
    return true;
}

/* 同保順次(上): after a letter that is not ASCII, a group in parentheses
 * without spaces is part of the word. */
static const char *value_group(const char *open)
{
    const char *p = open + 1;
    while (*p && *p != ')' && *p != '(' && *p != ' ')
        p++;
    return *p == ')' && p > open + 1 ? p + 1 : open;
}

static void lex_word(struct lexer *l)
{
    const char *p = l->p;
    bool foreign = false;
    for (;;) {
        if (*p && in_word(p)) {
            foreign = foreign || (unsigned char)*p >= 0x80;
            text_next(&p);
            continue;
        }
        if (*p != '(' || !foreign || value_group(p) == p)
            break;
        p = value_group(p);
    }
    push(l, TOKEN_WORD, l->p, (size_t)(p - l->p), l->at);
    advance(l, p);
}

static bool for_write(struct lexer *l, const char *to, const char *typed)
{
    return diag_error(
        l->d, l->at, "expr-syntax", "「%.*s」は「%s」と書いてください",
        "for \"%.*s\" write \"%s\"", (int)(to - l->p), l->p, typed);
}

/* Where digits in groups end, 1,000 or 2026/4/1; NULL when they are not. */
static const char *groups_end(const char *p, char mark)
{
    const char *end = NULL;
    while (is_digit((unsigned char)*p))
        p++;
    while (*p == mark && is_digit((unsigned char)p[1])) {
        for (p++; is_digit((unsigned char)*p);)
            p++;
        end = p;
    }
    return end;
}

/* False with the message where a number or a date is written otherwise. */
static bool check_groups(struct lexer *l)
{
    const char *end = groups_end(l->p, ',');
    int32_t day;
    if (end) {
        char *plain = arena_copy(l->a, l->p, (size_t)(end - l->p));
        char *to = plain;
        for (const char *c = plain; *c; c++)
            if (*c != ',')
                *to++ = *c;
        *to = '\0';
        return for_write(l, end, plain);
    }
    end = groups_end(l->p, '/');
    if (end && date_parse(arena_copy(l->a, l->p, (size_t)(end - l->p)), &day) ==
                   DATE_OK)
        return for_write(l, end, date_iso(day, l->a));
    return true;
}

static void lex_number(struct lexer *l)
{
    const char *p = l->p;
    while (*p && (in_word(p) ||
                  ((*p == ':' || *p == '-') && is_digit((unsigned char)p[1]))))
        text_next(&p);
    push(l, TOKEN_NUMBER, l->p, (size_t)(p - l->p), l->at);
    advance(l, p);
}

static bool lex_mark(struct lexer *l)
{
    for (size_t i = 0; i < N_MARKS; i++) {
        size_t len = strlen(marks[i].mark);
        if (strncmp(l->p, marks[i].mark, len) != 0)
            continue;
        if (marks[i].instead)
            return diag_error(l->d, l->at, "expr-syntax",
                              "「%s」は使えません。「%s」と書いてください",
                              "\"%s\" is not used here: write \"%s\"",
                              marks[i].mark, marks[i].instead);
        push(l, marks[i].kind, l->p, len, l->at);
        advance(l, l->p + len);
        return true;
    }
    if (*l->p == '\t')
        return diag_error(l->d, l->at, "expr-syntax",
                          "タブがあります。半角のスペースにしてください",
                          "there is a tab: write a space");
    const char *end = l->p;
    text_next(&end);
    return diag_error(
        l->d, l->at, "expr-syntax", "「%.*s」は条件の中では使えません",
        "\"%.*s\" cannot stand in a condition", (int)(end - l->p), l->p);
}

static bool lex_one(struct lexer *l)
{
    uint32_t c = peek(l->p);
    if (c == QUOTE_OPEN)
        return lex_quoted(l);
    if (is_wide(c))
        return wide_error(l);
    if (is_digit(c)) {
        if (!check_groups(l))
            return false;
        lex_number(l);
        return true;
    }
    if (is_letter(c) || (c >= 0x80 && in_word(l->p))) {
        lex_word(l);
        return true;
    }
    return lex_mark(l);
}

struct token *expr_lex(const char *text, struct pos at, struct arena *a,
                       struct diag *d)
{
    size_t len = strlen(text);
    if (len > EXPR_MAX_BYTES) {
        diag_error(d, at, "expr-too-long",
                   "条件が長すぎます (%d バイトまで)。define で名前を付けて"
                   "分けてください",
                   "the condition is too long (up to %d bytes): give parts of "
                   "it names with define",
                   EXPR_MAX_BYTES);
        return NULL;
    }
    struct lexer l = {.p = text, .at = at, .a = a, .d = d};
    l.tokens = ARENA_ARRAY(a, struct token, len + 1);
    while (*l.p) {
        if (*l.p == ' ' || *l.p == '\n')
            advance(&l, l.p + 1);
        else if (!lex_one(&l))
            return NULL;
    }
    l.tokens[l.n] = (struct token){TOKEN_END, "", l.at};
    return l.tokens;
}
