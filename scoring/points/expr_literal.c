#include "scoring/points/expr_parser.h"

#include "core/date.h"
#include "core/text.h"
#include "scoring/points/slips.h"

#include <stdlib.h>
#include <string.h>

/* Far above every real amount, far below what a product could overflow. */
#define NUMBER_MAX 1000000000000

const struct unit_word unit_words[] = {
    {"h", EXPR_MINUTES, UNIT_NONE, 60, {"時間", "hours"}},
    {"min", EXPR_MINUTES, UNIT_NONE, 1, {"分", "minutes"}},
    {"day", EXPR_NUMBER, UNIT_DAYS, 1, {"日", "days"}},
    {"days", EXPR_NUMBER, UNIT_DAYS, 1, {"日", "days"}},
    {"week", EXPR_NUMBER, UNIT_DAYS, 7, {"週間 (7日)", "weeks"}},
    {"weeks", EXPR_NUMBER, UNIT_DAYS, 7, {"週間 (7日)", "weeks"}},
    {"month", EXPR_NUMBER, UNIT_MONTHS, 1, {"か月", "months"}},
    {"months", EXPR_NUMBER, UNIT_MONTHS, 1, {"か月", "months"}},
    {"year", EXPR_NUMBER, UNIT_MONTHS, 12, {"年 (12か月)", "years"}},
    {"years", EXPR_NUMBER, UNIT_MONTHS, 12, {"年 (12か月)", "years"}},
    {"yen", EXPR_YEN, UNIT_NONE, 1, {"円", "yen"}},
    {"person", EXPR_NUMBER, UNIT_PERSONS, 1, {"人", "persons"}},
    {"persons", EXPR_NUMBER, UNIT_PERSONS, 1, {"人", "persons"}},
    {"time", EXPR_NUMBER, UNIT_TIMES, 1, {"回", "times"}},
    {"times", EXPR_NUMBER, UNIT_TIMES, 1, {"回", "times"}},
    {NULL, EXPR_NUMBER, UNIT_NONE, 0, {NULL, NULL}},
};

/* Units as people say them, and what to type. */
static const struct {
    const char *said, *typed;
} said_units[] = {
    {"時間", "h"},       {"hours", "h"},      {"hour", "h"},
    {"分", "min"},       {"minutes", "min"},  {"日", " days"},
    {"週間", " weeks"},  {"週", " weeks"},    {"か月", " months"},
    {"ヶ月", " months"}, {"ヵ月", " months"}, {"カ月", " months"},
    {"ケ月", " months"}, {"箇月", " months"}, {"月", " months"},
    {"年", " years"},    {"歳", ""},          {"円", "yen"},
    {"人", " persons"},  {"回", " times"},    {"点", ""},
    {"H", "h"},          {"Hours", "h"},      {"万円", "0000yen"},
};
#define N_SAID (sizeof said_units / sizeof said_units[0])

static size_t digit_run(const char *text)
{
    return strspn(text, "0123456789");
}

static int unit_index(const char *word)
{
    for (size_t i = 0; unit_words[i].word; i++)
        if (strcmp(word, unit_words[i].word) == 0)
            return (int)i;
    return -1;
}

/* Digits only, at most NUMBER_MAX. */
static bool digits(const char *text, size_t len, int64_t *out)
{
    *out = 0;
    for (size_t i = 0; i < len; i++) {
        *out = *out * 10 + (text[i] - '0');
        if (*out > NUMBER_MAX)
            return false;
    }
    return true;
}

static const struct expr *constant(struct parser *p, struct expr_type type,
                                   int64_t num, const struct token *t)
{
    struct expr *e = expr_leaf(&p->b, EXPR_CONSTANT, type, t->text, t->at);
    if (e)
        e->num = num;
    return e;
}

/* 8:00 */
static bool clock_text(const char *text, int64_t *minutes)
{
    size_t h = digit_run(text);
    if (h < 1 || h > 2 || text[h] != ':' || digit_run(text + h + 1) != 2 ||
        text[h + 3])
        return false;
    int64_t hour, minute;
    digits(text, h, &hour);
    digits(text + h + 1, 2, &minute);
    *minutes = hour * 60 + minute;
    return minute < 60 && *minutes <= (int64_t)24 * 60;
}

static bool looks_like_date(const char *text)
{
    return digit_run(text) == 4 && text[4] == '-';
}

static const struct expr *date_literal(struct parser *p, const struct token *t)
{
    int32_t value = 0;
    bool month = strlen(t->text) == 7;
    enum date_fault fault =
        month ? month_parse(t->text, &value) : date_parse(t->text, &value);
    if (fault != DATE_OK || (!month && strlen(t->text) != 10)) {
        diag_error(p->b.d, t->at, "bad-date",
                   "「%s」という日付はありません (例: 2026-04-01)",
                   "there is no date %s (write 2026-04-01)", t->text);
        return NULL;
    }
    enum expr_value v = month ? EXPR_MONTH : EXPR_DATE;
    return constant(p, (struct expr_type){v, UNIT_NONE, NULL}, value, t);
}

/* What to type for a unit as people say it; NULL. */
static const char *said_unit(const char *unit)
{
    for (size_t i = 0; i < N_SAID; i++)
        if (strcmp(unit, said_units[i].said) == 0)
            return said_units[i].typed;
    return NULL;
}

const char *literal_meant(struct parser *p, const char *text, const char **op)
{
    size_t run = digit_run(text);
    const char *unit = text + run, *bound = slip_bound(unit, op);
    if (bound)
        unit = arena_copy(p->b.a, unit, (size_t)(bound - unit));
    const char *typed = said_unit(unit);
    if (!typed && bound && (!*unit || unit_index(unit) >= 0))
        typed = unit;
    return run && typed ? arena_printf(p->b.a, "%.*s%s", (int)run, text, typed)
                        : NULL;
}

static const struct expr *bad_unit(struct parser *p, const struct token *t,
                                   size_t run)
{
    const char *op, *typed = literal_meant(p, t->text, &op);
    const char *day = strstr(t->text, "月");
    if (typed) {
        diag_error(p->b.d, t->at, "unknown-unit",
                   "「%s」は「%s」と書いてください", "for \"%s\" write \"%s\"",
                   t->text, typed);
        return NULL;
    }
    if (day && strstr(day, "日")) {
        diag_error(p->b.d, t->at, "unknown-unit",
                   "「%s」は、年も付けて「2026-04-01」のように書いてください",
                   "write \"%s\" as a date with its year (2026-04-01)",
                   t->text);
        return NULL;
    }
    if (t->text[run] == '.') {
        diag_error(
            p->b.d, t->at, "unknown-unit",
            "「%s」のように小数で書けるのは点数だけです。時間なら「160h + "
            "30min」のように書いてください",
            "\"%s\": only points take decimals; write a time as \"160h + "
            "30min\"",
            t->text);
        return NULL;
    }
    diag_error(p->b.d, t->at, "unknown-unit",
               "「%s」の単位が分かりません (h min days weeks months years yen "
               "persons times)。値や番号なら「 」で囲んでください",
               "\"%s\" has no unit known here (h min days weeks months years "
               "yen persons times); put a value or code between 「 and 」",
               t->text);
    return NULL;
}

static const struct expr *too_large(struct parser *p, const struct token *t)
{
    diag_error(p->b.d, t->at, "number-too-large", "「%s」は大きすぎます",
               "%s is too large", t->text);
    return NULL;
}

/* 1.5: points */
static const struct expr *decimal(struct parser *p, const struct token *t,
                                  size_t run)
{
    const char *fraction = t->text + run + 1;
    size_t places = digit_run(fraction);
    if (places < 1 || places > 3 || fraction[places])
        return bad_unit(p, t, run);
    int64_t whole, part;
    if (!digits(t->text, run, &whole) || !digits(fraction, places, &part))
        return too_large(p, t);
    for (; places < 3; places++)
        part *= 10;
    struct expr_type type = {EXPR_POINTS, UNIT_NONE, NULL};
    return constant(p, type, whole * 1000 + part, t);
}

const struct expr *literal_parse(struct parser *p)
{
    const struct token *t = p->t++;
    int64_t value;
    if (clock_text(t->text, &value))
        return constant(p, (struct expr_type){EXPR_MINUTES, UNIT_CLOCK, NULL},
                        value, t);
    if (looks_like_date(t->text))
        return date_literal(p, t);
    size_t run = digit_run(t->text);
    if (t->text[run] == '.')
        return decimal(p, t, run);
    if (!digits(t->text, run, &value))
        return too_large(p, t);
    int unit = t->text[run] ? unit_index(t->text + run) : -1;
    if (t->text[run] && unit < 0)
        return bad_unit(p, t, run);
    struct token whole = *t;
    const char *op;
    if (!t->text[run] && p->t->kind == TOKEN_WORD) {
        unit = unit_index(p->t->text);
        whole.text = arena_printf(p->b.a, "%s%s", t->text, p->t->text);
        if (unit < 0 && literal_meant(p, whole.text, &op))
            return bad_unit(p, &whole, run);
        whole.text = t->text;
    }
    if (unit >= 0 && !t->text[run])
        whole.text = arena_printf(p->b.a, "%s %s", t->text, p->t++->text);
    if (unit < 0)
        return constant(p, (struct expr_type){EXPR_NUMBER, UNIT_NONE, NULL},
                        value, &whole);
    struct expr_type type = {unit_words[unit].value, unit_words[unit].unit,
                             NULL};
    return constant(p, type, value * unit_words[unit].times, &whole);
}

int literal_value(struct parser *p, const struct field *of, const char *word)
{
    for (size_t i = 0; i < of->n_values; i++)
        if (strcmp(of->values[i], word) == 0)
            return (int)i;
    return field_value_index(of, word, p->b.a);
}

/* 「ひとり親、準ずる」: every part is a value. */
static bool listed_values(struct parser *p, const struct field *of,
                          const char *listed)
{
    for (const char *at = listed; at;) {
        const char *next = strstr(at, " or ");
        size_t len = next ? (size_t)(next - at) : strlen(at);
        if (literal_value(p, of, arena_copy(p->b.a, at, len)) < 0)
            return false;
        at = next ? next + strlen(" or ") : NULL;
    }
    return true;
}

void literal_unknown(struct parser *p, const struct field *of,
                     const struct token *word)
{
    const char *listed = slip_listed(word->text, p->b.a);
    if (listed && listed_values(p, of, listed)) {
        diag_error(p->b.d, word->at, "unknown-value",
                   "「%s」は「%s」と書いてください", "for \"%s\" write \"%s\"",
                   word->text, listed);
        return;
    }
    const char *near = text_nearest(word->text, of->values, of->n_values);
    if (near) {
        diag_error(p->b.d, word->at, "unknown-value",
                   "「%s」に「%s」という選択肢はありません。「%s」ですか？",
                   "\"%s\" has no value \"%s\"; did you mean \"%s\"?", of->path,
                   word->text, near);
        return;
    }
    char *all = arena_strdup(p->b.a, of->values[0]);
    for (size_t i = 1; i < of->n_values; i++)
        all = arena_printf(p->b.a, "%s, %s", all, of->values[i]);
    diag_error(p->b.d, word->at, "unknown-value",
               "「%1$s」に「%2$s」という選択肢はありません (%3$s)",
               "\"%1$s\" has no value \"%2$s\" (%3$s)", of->path, word->text,
               all);
}
