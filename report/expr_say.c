/* To add an operator: its row in the table, with what its parts are called;
 * one that is no plain sentence has its own function below. */
#include "report/expr_say.h"

#include "core/buf.h"
#include "core/date.h"
#include "records/record_csv.h"
#include "scoring/points/expr_names.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

struct speaker {
    const struct ruleset *rs;
    enum lang lang;
    struct arena *a;
};

static const char *say(const struct speaker *s, const struct expr *e);

/* ---- constants ---- */

static const char *minutes_text(enum expr_unit unit, int64_t num, bool en,
                                struct arena *a)
{
    long long size = llabs((long long)num), h = size / 60, min = size % 60;
    const char *sign = num < 0 ? "-" : "";
    if (unit == UNIT_CLOCK)
        return arena_printf(a, "%lld:%02lld", h, min);
    if (min == 0)
        return arena_printf(a, en ? "%s%lldh" : "%s%lld時間", sign, h);
    if (h == 0)
        return arena_printf(a, en ? "%s%lldmin" : "%s%lld分", sign, min);
    return arena_printf(a, en ? "%s%lldh%lldmin" : "%s%lld時間%lld分", sign, h,
                        min);
}

static const char *number_text(enum expr_unit unit, int64_t num, enum lang lang,
                               struct arena *a)
{
    const char *word = label_text(expr_unit_label(unit), lang);
    bool space = lang == LANG_EN && *word;
    return arena_printf(a, "%lld%s%s", (long long)num, space ? " " : "", word);
}

const char *expr_say_amount(struct expr_type type, int64_t num, enum lang lang,
                            struct arena *a)
{
    bool en = lang == LANG_EN;
    switch (type.value) {
    case EXPR_BOOL:
        return en ? (num ? "yes" : "no") : (num ? "はい" : "いいえ");
    case EXPR_MINUTES:
        return minutes_text(type.unit, num, en, a);
    case EXPR_YEN:
        return arena_printf(a, en ? "%lld yen" : "%lld円", (long long)num);
    case EXPR_DATE:
        return date_iso((int32_t)num, a);
    case EXPR_MONTH:
        return month_iso((int32_t)num, a);
    case EXPR_POINTS:
        return points_format(num, a);
    case EXPR_ENUM:
        return type.of->values[num];
    default:
        return number_text(type.unit, num, lang, a);
    }
}

static const char *constant(const struct speaker *s, const struct expr *e)
{
    if (e->type.value == EXPR_TEXT || e->type.value == EXPR_CODE)
        return arena_printf(s->a, "「%s」", e->text);
    return expr_say_amount(e->type, e->num, s->lang, s->a);
}

/* ---- names ---- */

static const char *named(const struct speaker *s, const struct expr *e)
{
    for (size_t i = 0; i < s->rs->n_definitions; i++) {
        const struct definition *def = &s->rs->definitions[i];
        if (def->means == e->a)
            return arena_printf(s->a, "『%s』",
                                *def->wording ? def->wording : def->name);
    }
    return say(s, e->a);
}

const char *expr_say_values(const struct field *of, int64_t bits,
                            enum lang lang, struct arena *a)
{
    const char *text = "", *comma = lang == LANG_EN ? " or " : "、";
    for (size_t i = 0; i < of->n_values; i++)
        if ((uint64_t)bits >> i & 1)
            text = arena_printf(a, "%s%s%s", text, *text ? comma : "",
                                of->values[i]);
    return text;
}

/* ---- sentences ---- */

/* How tightly an operator holds: a looser part stands in parentheses. */
static const struct {
    int holds;
    struct label says; /* {a} {b} {c}; {v}: values; {o}: a member of the list */
} sentences[] = {
    [EXPR_CALL] = {7, {NULL, NULL}},
    [EXPR_NOT] = {3, {"{a}でない", "not {a}"}},
    [EXPR_AND] = {2, {"{a} かつ {b}", "{a} and {b}"}},
    [EXPR_OR] = {1, {"{a} または {b}", "{a} or {b}"}},
    [EXPR_EQ] = {4, {"{a} = {b}", "{a} = {b}"}},
    [EXPR_NE] = {4, {"{a} ≠ {b}", "{a} ≠ {b}"}},
    [EXPR_LT] = {4, {"{a} < {b}", "{a} < {b}"}},
    [EXPR_LE] = {4, {"{a} ≦ {b}", "{a} ≦ {b}"}},
    [EXPR_GT] = {4, {"{a} > {b}", "{a} > {b}"}},
    [EXPR_GE] = {4, {"{a} ≧ {b}", "{a} ≧ {b}"}},
    [EXPR_ONE_OF] = {4, {"{a}が「{v}」", "{a} is {v}"}},
    [EXPR_HAS] = {4, {"{a}に「{v}」を含む", "{v} in {a}"}},
    [EXPR_BETWEEN] = {4, {"{a}が {b} から {c} まで", "{a} in {b} to {c}"}},
    [EXPR_KNOWN] = {4, {"{a}が分かっている", "{a} is known"}},
    [EXPR_EMPTY] = {4, {"{a}がない", "{a} is empty"}},
    [EXPR_ADD] = {5, {"{a} + {b}", "{a} + {b}"}},
    [EXPR_SUB] = {5, {"{a} - {b}", "{a} - {b}"}},
    [EXPR_MUL] = {6, {"{a} × {b}", "{a} × {b}"}},
    [EXPR_NEG] = {7, {"-{a}", "-{a}"}},
    [EXPR_DAYS_FROM] = {7, {"{a} から {b} までの日数", "days from {a} to {b}"}},
    [EXPR_MONTHS_FROM] = {7,
                          {"{a} から {b} までの月数",
                           "months from {a} to {b}"}},
    [EXPR_YEARS_FROM] = {7,
                         {"{a} から {b} までの年数", "years from {a} to {b}"}},
    [EXPR_ANY] = {7, {"{o}のどれかが ({a})", "any {o} with ({a})"}},
    [EXPR_ALL] = {7, {"{o}のすべてが ({a})", "all {o} with ({a})"}},
    [EXPR_COUNT] = {7, {"({a}) {o}の数", "count {o} with ({a})"}},
    [EXPR_SUM] = {7, {"({a}) {o}の {b} の合計", "sum {b} over {o} with ({a})"}},
    [EXPR_HIGHEST] = {7,
                      {"({a}) {o}の {b} の最大",
                       "highest {b} over {o} with ({a})"}},
    [EXPR_LOWEST] = {7,
                     {"({a}) {o}の {b} の最小",
                      "lowest {b} over {o} with ({a})"}},
};
static_assert(sizeof sentences / sizeof sentences[0] == N_EXPR_OPS,
              "every operator is said");

static bool is_list(enum expr_op op)
{
    return op >= EXPR_ANY;
}

/* Two different things joined, or a loose one inside a tight one. */
static bool needs_parentheses(const struct expr *e, const struct expr *part)
{
    if (is_list(e->op) || !sentences[part->op].holds)
        return false;
    /* Which holds tighter is not for a reader to know. */
    if (part->op != e->op && (part->op == EXPR_AND || part->op == EXPR_OR))
        return true;
    if (e->op == EXPR_NOT && part->op != EXPR_ONE_OF && part->op != EXPR_HAS &&
        sentences[part->op].holds == sentences[EXPR_EQ].holds)
        return true;
    int outer = sentences[e->op].holds, inner = sentences[part->op].holds;
    if (part->op == e->op)
        return e->op == EXPR_NOT || (e->op == EXPR_SUB && part == e->b);
    return inner < outer || (outer == inner && part == e->b && outer == 5);
}

static const char *part_text(const struct speaker *s, const struct expr *e,
                             const struct expr *part)
{
    if (!part) /* every member */
        return s->lang == LANG_EN ? "any" : "すべての";
    bool state = e->op == EXPR_KNOWN || e->op == EXPR_EMPTY;
    if (state && part->op == EXPR_FIELD)
        return label_text(part->field->label, s->lang);
    const char *text = say(s, part);
    return needs_parentheses(e, part) ? arena_printf(s->a, "(%s)", text) : text;
}

static const char *value_text(const struct speaker *s, const struct expr *e)
{
    int64_t bits =
        e->op == EXPR_HAS ? (int64_t)((uint64_t)1 << e->num) : e->num;
    return expr_say_values(e->a->type.of, bits, s->lang, s->a);
}

static const char *fill(const struct speaker *s, const struct expr *e,
                        const char *sentence)
{
    struct buf out = BUF_INIT;
    for (; *sentence; sentence++) {
        if (*sentence != '{') {
            buf_char(&out, *sentence);
            continue;
        }
        switch (sentence[1]) {
        case 'a':
            buf_text(&out, part_text(s, e, e->a));
            break;
        case 'b':
            buf_text(&out, part_text(s, e, e->b));
            break;
        case 'c':
            buf_text(&out, part_text(s, e, e->c));
            break;
        case 'v':
            buf_text(&out, value_text(s, e));
            break;
        default:
            buf_text(&out, label_text(collections[e->over].label, s->lang));
            break;
        }
        sentence += 2;
    }
    const char *text = arena_copy(s->a, out.bytes ? out.bytes : "", out.len);
    buf_release(&out);
    return text;
}

/* A yes-or-no field stands for its yes. */
static const char *field_text(const struct speaker *s, const struct expr *e)
{
    const char *label = label_text(e->field->label, s->lang);
    if (e->type.value != EXPR_BOOL)
        return label;
    return arena_printf(s->a, s->lang == LANG_EN ? "%s (yes)" : "%sが「はい」",
                        label);
}

/* 「がない」でない is 「がある」. */
static const char *denied(const struct speaker *s, const struct expr *e)
{
    static const struct label exists = {"{a}がある", "{a} is not empty"};
    static const struct label unknown = {"{a}が不明", "{a} is unknown"};
    const struct label *says = e->a->op == EXPR_EMPTY   ? &exists
                               : e->a->op == EXPR_KNOWN ? &unknown
                                                        : NULL;
    if (says)
        return fill(s, e->a, label_text(*says, s->lang));
    return fill(s, e, label_text(sentences[EXPR_NOT].says, s->lang));
}

/* Any reason that is 就労: 事由が「就労」 says it all. */
static bool is_plain_reason(const struct expr *e)
{
    return e->op == EXPR_ANY && e->over == OVER_REASONS &&
           e->a->op == EXPR_ONE_OF && e->a->a->op == EXPR_FIELD;
}

static const char *say(const struct speaker *s, const struct expr *e)
{
    switch (e->op) {
    case EXPR_CONSTANT:
        return constant(s, e);
    case EXPR_FIELD:
        return field_text(s, e);
    case EXPR_BUILTIN:
        return label_text(builtins[e->builtin].label, s->lang);
    case EXPR_NAMED:
        return named(s, e);
    case EXPR_CALL:
        return fill(s, e, label_text(functions[e->function].says, s->lang));
    case EXPR_NOT:
        return denied(s, e);
    default:
        if (is_plain_reason(e))
            return say(s, e->a);
        return fill(s, e, label_text(sentences[e->op].says, s->lang));
    }
}

const char *expr_say(const struct expr *e, const struct ruleset *rs,
                     enum lang lang, struct arena *a)
{
    struct speaker s = {rs, lang, a};
    return e ? say(&s, e) : "";
}
