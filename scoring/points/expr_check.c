#include "scoring/points/expr_check.h"

#include "scoring/points/expr_names.h"
#include "scoring/points/expr_parse.h"

#include <assert.h>
#include <string.h>

/* ---- words for messages ---- */

static const char *shown(const struct expr *x)
{
    return x->text ? x->text : "…";
}

/* "数 (日)" */
static const char *type_text(struct expr_builder *b, struct expr_type t,
                             enum lang lang)
{
    const char *value = label_text(expr_value_label(t.value), lang);
    if (t.of)
        return arena_printf(b->a, lang == LANG_JA ? "%s「%s」" : "%s \"%s\"",
                            value, label_text(t.of->label, lang));
    if (t.unit == UNIT_NONE)
        return value;
    return arena_printf(b->a, "%s (%s)", value,
                        label_text(expr_unit_label(t.unit), lang));
}

/* 160 beside hours: the unit is missing. */
static bool lacks_unit(struct expr_builder *b, const struct expr *amount,
                       const struct expr *number)
{
    if (amount->type.value != EXPR_MINUTES || number->op != EXPR_CONSTANT ||
        number->type.value != EXPR_NUMBER || number->type.unit != UNIT_NONE)
        return false;
    diag_error(
        b->d, number->at, "wrong-unit",
        "「%s」に単位がありません。「%sh」(時間) か「%smin」(分) と書いて"
        "ください",
        "\"%s\" has no unit: write \"%sh\" (hours) or \"%smin\"", shown(number),
        shown(number), shown(number));
    return true;
}

static const struct expr *mismatch(struct expr_builder *b, const char *check,
                                   const struct expr *x, const struct expr *y)
{
    if (lacks_unit(b, x, y) || lacks_unit(b, y, x))
        return NULL;
    struct label what = {
        arena_printf(
            b->a,
            "「%s」は%s、「%s」は%sです。比べたり足したりできるのは同じ"
            "種類どうしだけです",
            shown(x), type_text(b, x->type, LANG_JA), shown(y),
            type_text(b, y->type, LANG_JA)),
        arena_printf(b->a,
                     "\"%s\" is %s and \"%s\" is %s: only like and like can be "
                     "compared or added",
                     shown(x), type_text(b, x->type, LANG_EN), shown(y),
                     type_text(b, y->type, LANG_EN))};
    diag_label(b->d, y->at, check, what);
    return NULL;
}

static const struct expr *unwanted(struct expr_builder *b, const struct expr *x,
                                   struct label wanted)
{
    struct label what = {
        arena_printf(b->a, "「%s」は%sです。ここには%sを書いてください",
                     shown(x), type_text(b, x->type, LANG_JA), wanted.ja),
        arena_printf(b->a, "\"%s\" is %s: %s is expected here", shown(x),
                     type_text(b, x->type, LANG_EN), wanted.en)};
    diag_label(b->d, x->at, "wrong-type", what);
    return NULL;
}

bool expr_want_bool(struct expr_builder *b, const struct expr *x)
{
    if (!x)
        return false;
    if (x->type.value == EXPR_BOOL)
        return true;
    static const struct label wanted = {"はい・いいえで答えられる条件",
                                        "a condition that is yes or no"};
    return unwanted(b, x, wanted) != NULL;
}

/* ---- nodes ---- */

struct expr *expr_leaf(struct expr_builder *b, enum expr_op op,
                       struct expr_type type, const char *text, struct pos at)
{
    if (++b->n_nodes > EXPR_MAX_NODES) {
        diag_error(b->d, at, "expr-too-large", "条件が大きすぎます (%d 項まで)",
                   "the condition is too large (up to %d terms)",
                   EXPR_MAX_NODES);
        return NULL;
    }
    struct expr *e = ARENA_NEW(b->a, struct expr);
    e->op = op;
    e->type = type;
    e->text = text;
    e->at = at;
    e->depth = 1;
    return e;
}

static void take(struct expr *e, const struct expr *operand)
{
    if (!operand)
        return;
    e->uses |= operand->uses;
    if (operand->depth >= e->depth)
        e->depth = operand->depth + 1;
}

static struct expr *node(struct expr_builder *b, enum expr_op op,
                         struct expr_type type, const struct expr *x,
                         const struct expr *y, const struct expr *z)
{
    const struct expr *first = x ? x : y;
    struct expr *e = expr_leaf(b, op, type, NULL, first->at);
    if (!e)
        return NULL;
    e->a = x;
    e->b = y;
    e->c = z;
    take(e, x);
    take(e, y);
    take(e, z);
    if (e->depth <= EXPR_MAX_DEPTH)
        return e;
    diag_error(b->d, first->at, "expr-too-deep",
               "条件の入れ子が深すぎます (%d 段まで)",
               "the condition is nested too deeply (up to %d)", EXPR_MAX_DEPTH);
    return NULL;
}

struct expr_type field_expr_type(const struct field *f)
{
    static const enum expr_value values[] = {
        [TYPE_TEXT] = EXPR_TEXT,      [TYPE_KANA] = EXPR_TEXT,
        [TYPE_NAME] = EXPR_TEXT,      [TYPE_CODE] = EXPR_CODE,
        [TYPE_INTEGER] = EXPR_NUMBER, [TYPE_MINUTES] = EXPR_MINUTES,
        [TYPE_YEN] = EXPR_YEN,        [TYPE_DATE] = EXPR_DATE,
        [TYPE_MONTH] = EXPR_MONTH,    [TYPE_BOOLEAN] = EXPR_BOOL,
        [TYPE_ENUM] = EXPR_ENUM,      [TYPE_SET] = EXPR_SET,
    };
    static_assert(sizeof values / sizeof values[0] == N_FIELD_TYPES,
                  "every field type has its type of value");
    static const struct {
        const char *name;
        enum expr_unit unit;
    } units[] = {
        {"days", UNIT_DAYS},       {"months", UNIT_MONTHS},
        {"persons", UNIT_PERSONS}, {"times", UNIT_TIMES},
        {"month", UNIT_PER_MONTH}, {"week", UNIT_PER_WEEK},
        {"day", UNIT_PER_DAY},     {"clock", UNIT_CLOCK},
    };
    struct expr_type t = {values[f->type], UNIT_NONE, NULL};
    for (size_t i = 0; f->unit && i < sizeof units / sizeof units[0]; i++)
        if (strcmp(f->unit, units[i].name) == 0)
            t.unit = units[i].unit;
    if (t.value == EXPR_ENUM || t.value == EXPR_SET)
        t.of = f;
    return t;
}

/* ---- logic ---- */

const struct expr *expr_not(struct expr_builder *b, const struct expr *x)
{
    if (!expr_want_bool(b, x))
        return NULL;
    return node(b, EXPR_NOT, TYPE_YES_NO, x, NULL, NULL);
}

const struct expr *expr_logic(struct expr_builder *b, enum expr_op op,
                              const struct expr *x, const struct expr *y)
{
    if (!x || !y || !expr_want_bool(b, x) || !expr_want_bool(b, y))
        return NULL;
    return node(b, op, TYPE_YES_NO, x, y, NULL);
}

/* ---- likeness ---- */

static bool same_values(const struct field *x, const struct field *y)
{
    if (x->n_values != y->n_values)
        return false;
    for (size_t i = 0; i < x->n_values; i++)
        if (strcmp(x->values[i], y->values[i]) != 0)
            return false;
    return true;
}

static bool units_fit(struct expr_type x, struct expr_type y)
{
    if (x.unit == y.unit)
        return true;
    if (x.unit == UNIT_CLOCK || y.unit == UNIT_CLOCK)
        return false; /* 8:00 is no length of time */
    return x.unit == UNIT_NONE || y.unit == UNIT_NONE;
}

/* A bare number beside points or yen is meant as such. */
static const struct expr *as_like(struct expr_builder *b, const struct expr *x,
                                  struct expr_type like)
{
    if (x->op != EXPR_CONSTANT || x->type.value != EXPR_NUMBER ||
        x->type.unit != UNIT_NONE ||
        (like.value != EXPR_POINTS && like.value != EXPR_YEN))
        return x;
    struct expr *e = expr_leaf(b, EXPR_CONSTANT, like, x->text, x->at);
    if (e)
        e->num = like.value == EXPR_POINTS ? x->num * 1000 : x->num;
    return e;
}

/* Brings both to one type. False with the problem reported. */
static bool alike(struct expr_builder *b, const struct expr **x,
                  const struct expr **y)
{
    if (!*x || !*y)
        return false;
    *x = as_like(b, *x, (*y)->type);
    if (!*x)
        return false;
    *y = as_like(b, *y, (*x)->type);
    if (!*y)
        return false;
    struct expr_type s = (*x)->type, t = (*y)->type;
    bool codes = (s.value == EXPR_FACILITY || s.value == EXPR_CODE ||
                  s.value == EXPR_TEXT) &&
                 (t.value == EXPR_FACILITY || t.value == EXPR_CODE ||
                  t.value == EXPR_TEXT);
    if (s.value != t.value && !codes)
        return mismatch(b, "wrong-type", *x, *y) != NULL;
    if (s.of && !same_values(s.of, t.of))
        return mismatch(b, "wrong-type", *x, *y) != NULL;
    if (!units_fit(s, t))
        return mismatch(b, "wrong-unit", *x, *y) != NULL;
    return true;
}

static bool is_ordered(enum expr_value v)
{
    return v == EXPR_NUMBER || v == EXPR_MINUTES || v == EXPR_YEN ||
           v == EXPR_DATE || v == EXPR_MONTH || v == EXPR_POINTS;
}

static const struct label ordered_wanted = {
    "大小を比べられるもの (数、時間、金額、日付)",
    "something that has an order (number, time, yen, date)"};

const struct expr *expr_compare(struct expr_builder *b, enum expr_op op,
                                const struct expr *x, const struct expr *y)
{
    if (!alike(b, &x, &y))
        return NULL;
    bool equality = op == EXPR_EQ || op == EXPR_NE;
    if (!equality && !is_ordered(x->type.value))
        return unwanted(b, x, ordered_wanted);
    return node(b, op, TYPE_YES_NO, x, y, NULL);
}

const struct expr *expr_one_of(struct expr_builder *b, const struct expr *x,
                               int64_t bits)
{
    if (!x)
        return NULL;
    struct expr *e = node(b, EXPR_ONE_OF, TYPE_YES_NO, x, NULL, NULL);
    if (e)
        e->num = bits;
    return e;
}

const struct expr *expr_has(struct expr_builder *b, const struct expr *set,
                            int64_t value)
{
    if (!set)
        return NULL;
    struct expr *e = node(b, EXPR_HAS, TYPE_YES_NO, set, NULL, NULL);
    if (e)
        e->num = value;
    return e;
}

const struct expr *expr_between(struct expr_builder *b, const struct expr *x,
                                const struct expr *from, const struct expr *to)
{
    if (!alike(b, &x, &from) || !alike(b, &x, &to))
        return NULL;
    if (!is_ordered(x->type.value) && x->type.value != EXPR_ENUM)
        return unwanted(b, x, ordered_wanted);
    return node(b, EXPR_BETWEEN, TYPE_YES_NO, x, from, to);
}

const struct expr *expr_state(struct expr_builder *b, enum expr_op op,
                              const struct expr *x)
{
    if (!x)
        return NULL;
    return node(b, op, TYPE_YES_NO, x, NULL, NULL);
}

/* ---- arithmetic ---- */

static bool is_span(struct expr_type t)
{
    return t.value == EXPR_NUMBER &&
           (t.unit == UNIT_DAYS || t.unit == UNIT_MONTHS);
}

static const struct expr *date_plus(struct expr_builder *b, enum expr_op op,
                                    const struct expr *x, const struct expr *y)
{
    bool month = x->type.value == EXPR_MONTH;
    if (!is_span(y->type) || (month && y->type.unit != UNIT_MONTHS)) {
        diag_error(b->d, y->at, "wrong-unit",
                   "日付に足し引きできるのは日数か月数です (例: 57 days、"
                   "3 months)。「%s」には単位がありません",
                   "only days or months can be added to a date (57 days, "
                   "3 months): \"%s\" is neither",
                   shown(y));
        return NULL;
    }
    return node(b, op, x->type, x, y, NULL);
}

/* Whether the operands need the rules of dates and times of day, and what
 * comes out. */
static bool special_sum(const struct expr *x, const struct expr *y,
                        enum expr_op op, struct expr_type *out)
{
    enum expr_value v = x->type.value, w = y->type.value;
    *out = x->type;
    if (op == EXPR_SUB && v == w && (v == EXPR_DATE || v == EXPR_MONTH)) {
        enum expr_unit unit = v == EXPR_DATE ? UNIT_DAYS : UNIT_MONTHS;
        *out = (struct expr_type){EXPR_NUMBER, unit, NULL};
        return true;
    }
    if (v != EXPR_MINUTES || w != EXPR_MINUTES || x->type.unit != UNIT_CLOCK)
        return false;
    if (y->type.unit == UNIT_CLOCK && op == EXPR_SUB) {
        out->unit = UNIT_PER_DAY;
        return true;
    }
    return y->type.unit == UNIT_NONE || y->type.unit == UNIT_PER_DAY;
}

static bool is_amount(enum expr_value v)
{
    return v == EXPR_NUMBER || v == EXPR_MINUTES || v == EXPR_YEN ||
           v == EXPR_POINTS;
}

static const struct label amount_wanted = {"計算できるもの (数、時間、金額)",
                                           "a number, a time or yen"};

static const struct expr *multiply(struct expr_builder *b, const struct expr *x,
                                   const struct expr *y)
{
    bool bare_x = x->type.value == EXPR_NUMBER && x->type.unit == UNIT_NONE;
    bool bare_y = y->type.value == EXPR_NUMBER && y->type.unit == UNIT_NONE;
    if (!is_amount(x->type.value))
        return unwanted(b, x, amount_wanted);
    if (!is_amount(y->type.value))
        return unwanted(b, y, amount_wanted);
    if (!bare_x && !bare_y)
        return mismatch(b, "wrong-unit", x, y);
    return node(b, EXPR_MUL, bare_x ? y->type : x->type, x, y, NULL);
}

const struct expr *expr_arithmetic(struct expr_builder *b, enum expr_op op,
                                   const struct expr *x, const struct expr *y)
{
    if (!x || !y)
        return NULL;
    if (op == EXPR_MUL)
        return multiply(b, x, y);
    struct expr_type type;
    if (special_sum(x, y, op, &type))
        return node(b, op, type, x, y, NULL);
    if (x->type.value == EXPR_DATE || x->type.value == EXPR_MONTH)
        return date_plus(b, op, x, y);
    if (!is_amount(x->type.value))
        return unwanted(b, x, amount_wanted);
    if (!alike(b, &x, &y))
        return NULL;
    if (x->type.unit == UNIT_CLOCK)
        return mismatch(b, "wrong-unit", x, y);
    type = x->type.unit == UNIT_NONE ? y->type : x->type;
    return node(b, op, type, x, y, NULL);
}

const struct expr *expr_negative(struct expr_builder *b, const struct expr *x)
{
    if (!x)
        return NULL;
    if (!is_amount(x->type.value) || x->type.unit == UNIT_CLOCK)
        return unwanted(b, x, amount_wanted);
    return node(b, EXPR_NEG, x->type, x, NULL, NULL);
}

static const struct label date_wanted = {"日付", "a date"};

const struct expr *expr_span(struct expr_builder *b, enum expr_op op,
                             const struct expr *from, const struct expr *to)
{
    if (!from || !to)
        return NULL;
    if (from->type.value != EXPR_DATE)
        return unwanted(b, from, date_wanted);
    if (to->type.value != EXPR_DATE)
        return unwanted(b, to, date_wanted);
    static const enum expr_unit units[] = {
        [EXPR_DAYS_FROM] = UNIT_DAYS,
        [EXPR_MONTHS_FROM] = UNIT_MONTHS,
        [EXPR_YEARS_FROM] = UNIT_NONE,
    };
    struct expr_type type = {EXPR_NUMBER, units[op], NULL};
    return node(b, op, type, from, to, NULL);
}

const struct expr *expr_call(struct expr_builder *b, enum function f,
                             const struct expr *x, const struct expr *y,
                             struct pos at)
{
    const struct function_info *info = &functions[f];
    if (!x || (info->n_arguments == 2 && !y))
        return NULL;
    struct expr_type type = {info->value, info->unit, NULL};
    if (info->n_arguments == 1) {
        if (x->type.value != EXPR_DATE)
            return unwanted(b, x, date_wanted);
    } else {
        if (!alike(b, &x, &y))
            return NULL;
        if (!is_ordered(x->type.value))
            return unwanted(b, x, ordered_wanted);
        type = x->type.unit == UNIT_NONE ? y->type : x->type;
    }
    struct expr *e = node(b, EXPR_CALL, type, x, y, NULL);
    if (!e)
        return NULL;
    e->function = f;
    e->at = at;
    return e;
}

/* ---- lists ---- */

static bool list_type(struct expr_builder *b, enum expr_op op,
                      const struct expr *of, struct expr_type *out)
{
    *out = TYPE_YES_NO;
    if (op == EXPR_ANY || op == EXPR_ALL)
        return true;
    if (op == EXPR_COUNT) {
        *out = (struct expr_type){EXPR_NUMBER, UNIT_NONE, NULL};
        return true;
    }
    *out = of->type;
    if (op == EXPR_SUM) {
        if (is_amount(of->type.value) && of->type.unit != UNIT_CLOCK)
            return true;
        return unwanted(b, of, amount_wanted) != NULL;
    }
    return is_ordered(of->type.value) ||
           unwanted(b, of, ordered_wanted) != NULL;
}

const struct expr *expr_list(struct expr_builder *b, enum expr_op op,
                             enum collection over, enum scope person,
                             const struct expr *with, const struct expr *of,
                             bool has_with, struct pos at)
{
    bool takes = op == EXPR_SUM || op == EXPR_HIGHEST || op == EXPR_LOWEST;
    struct expr_type type;
    if ((has_with && !expr_want_bool(b, with)) || (takes && !of) ||
        !list_type(b, op, of, &type))
        return NULL;
    struct expr *e = expr_leaf(b, op, type, NULL, at);
    if (!e)
        return NULL;
    const struct collection_info *info = &collections[over];
    e->a = with;
    e->b = of;
    e->over = over;
    e->person = person;
    take(e, with);
    take(e, of);
    e->uses &= ~info->member;
    e->uses |= info->needs;
    if (over == OVER_JOBS || over == OVER_REASONS)
        e->uses |= person == SCOPE_COHABITANT ? USES_COHABITANT : USES_GUARDIAN;
    if (e->depth <= EXPR_MAX_DEPTH)
        return e;
    diag_error(b->d, at, "expr-too-deep",
               "条件の入れ子が深すぎます (%d 段まで)",
               "the condition is nested too deeply (up to %d)", EXPR_MAX_DEPTH);
    return NULL;
}
