/*
 * Text to values. To add a type: its row in dictionary.c, a parse_<type>() and
 * a row in `parsers` here, a row in value_format.c, and its cases in
 * tests/test_value.c.
 */
#include "records/value.h"

#include "core/buf.h"
#include "core/date.h"
#include "core/text.h"
#include "records/minutes.h"

#include <ctype.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

struct parse {
    const struct field *f;
    const char *text; /* trimmed; not empty */
    struct strings *strings;
    struct pos at;
    struct arena *mem; /* scratch */
    struct diag *d;
};

/* States that a cell can say in words. To add one: a row. */
static const struct {
    const char *text;
    enum value_state state;
} states[] = {
    {"#該当なし", VALUE_NOT_APPLICABLE},
    {"#判読不能", VALUE_UNREADABLE},
};

/* What a unit can hold at most: more is a slip of the pen or a misread. */
static const struct {
    const char *unit;
    const char *suffixes[5]; /* may follow the number */
    int64_t max;
} integer_units[] =
    {
        {"days", {"日"}, 366},
        {"months", {"か月", "ヶ月", "ヵ月", "カ月", "月"}, 1200},
        {"persons", {"人", "名"}, 99},
        {"times", {"回"}, 999},
},
  minute_units[] = {
      {"month", {NULL}, 44640}, /* 31 days of 24 hours */
      {"week", {NULL}, 10080},
      {"day", {NULL}, 1440},
      {"clock", {NULL}, 1440}, /* 24:00 ends a day */
};
#define N_UNITS (sizeof integer_units / sizeof integer_units[0])

#define MAX_INTEGER INT64_C(999999999)
#define MAX_YEN INT64_C(999999999999)

static const struct {
    const char *text;
    int value;
} booleans[] = {
    {"はい", 1}, {"いいえ", 0}, {"○", 1},    {"〇", 1},    {"◯", 1},
    {"×", 0},    {"有", 1},     {"無", 0},   {"あり", 1},  {"なし", 0},
    {"1", 1},    {"0", 0},      {"true", 1}, {"false", 0}, {"yes", 1},
    {"no", 0},   {"✓", 1},      {"レ", 1},   {"☑", 1},     {"☐", 0},
};

static bool is_ascii(const char *text)
{
    for (const char *p = text; *p; p++)
        if ((unsigned char)*p >= 0x80)
            return false;
    return true;
}

static const char *plain(const struct parse *p)
{
    const char *text = is_ascii(p->text) ? p->text : text_nfkc(p->text, p->mem);
    return text_unspaced(text, p->mem);
}

static bool out_of_range(const struct parse *p)
{
    return diag_error(
        p->d, p->at, "out-of-range", "%s「%s」は大きすぎるか小さすぎます",
        "%s: \"%s\" is too large or too small", p->f->label.ja, p->text);
}

static bool bad_number(const struct parse *p)
{
    return diag_error(p->d, p->at, "bad-number", "%s「%s」は数として読めません",
                      "%s: \"%s\" is not a number", p->f->label.ja, p->text);
}

static bool parse_text(const struct parse *p, int64_t *out)
{
    *out = strings_id(p->strings, p->text);
    return true;
}

static bool parse_code(const struct parse *p, int64_t *out)
{
    const char *text = is_ascii(p->text)
                           ? p->text
                           : text_trim(text_nfkc(p->text, p->mem), p->mem);
    *out = strings_id(p->strings, text);
    return true;
}

static bool parse_kana(const struct parse *p, int64_t *out)
{
    char *kana = text_katakana(text_nfkc(p->text, p->mem), p->mem);
    if (!text_is_katakana(kana))
        return diag_error(p->d, p->at, "bad-kana",
                          "%s「%s」にカタカナでない文字があります",
                          "%s: \"%s\" has characters that are not kana",
                          p->f->label.ja, p->text);
    *out = strings_id(p->strings, kana);
    return true;
}

/* Digits with optional sign and commas between; the rest goes to *end. */
static bool read_number(const char *text, int64_t *out, const char **end)
{
    bool minus = *text == '-';
    int64_t n = 0;
    const char *c = text + minus;
    if (!isdigit((unsigned char)*c))
        return false;
    for (; isdigit((unsigned char)*c) || *c == ','; c++) {
        if (*c == ',' && !isdigit((unsigned char)c[1]))
            return false;
        if (*c != ',' && n <= INT64_MAX / 100)
            n = n * 10 + (*c - '0');
    }
    *out = minus ? -n : n;
    *end = c;
    return true;
}

static bool has_suffix(const char *rest, const char *const *suffixes, size_t n)
{
    if (!*rest)
        return true;
    for (size_t i = 0; i < n && suffixes[i]; i++)
        if (strcmp(rest, suffixes[i]) == 0)
            return true;
    return false;
}

static bool parse_integer(const struct parse *p, int64_t *out)
{
    const char *rest;
    int64_t max = MAX_INTEGER;
    const char *const *suffixes = NULL;
    for (size_t i = 0; p->f->unit && i < N_UNITS; i++)
        if (strcmp(integer_units[i].unit, p->f->unit) == 0) {
            max = integer_units[i].max;
            suffixes = integer_units[i].suffixes;
        }
    if (!read_number(plain(p), out, &rest) ||
        !has_suffix(rest, suffixes, suffixes ? 5 : 0))
        return bad_number(p);
    return (*out >= 0 && *out <= max) || out_of_range(p);
}

static bool parse_yen(const struct parse *p, int64_t *out)
{
    static const char *const suffixes[] = {"円"};
    const char *text = plain(p), *rest;
    if (*text == '\\' || strncmp(text, "¥", strlen("¥")) == 0)
        text += *text == '\\' ? 1 : strlen("¥");
    if (!read_number(text, out, &rest) || !has_suffix(rest, suffixes, 1))
        return bad_number(p);
    return (*out >= -MAX_YEN && *out <= MAX_YEN) || out_of_range(p);
}

static int64_t unit_minutes_max(const struct field *f)
{
    for (size_t i = 0; i < N_UNITS; i++)
        if (f->unit && strcmp(minute_units[i].unit, f->unit) == 0)
            return minute_units[i].max;
    return minute_units[0].max;
}

static bool parse_minutes(const struct parse *p, int64_t *out)
{
    bool clock = p->f->unit && strcmp(p->f->unit, "clock") == 0;
    const char *text = plain(p);
    if (clock ? !clock_parse(text, out) : !minutes_parse(text, out))
        return diag_error(
            p->d, p->at, "bad-minutes",
            "%s「%s」は時間として読めません（160:30 や 160時間30分 の形で）",
            "%s: \"%s\" is not a time (write 160:30)", p->f->label.ja, p->text);
    return *out <= unit_minutes_max(p->f) || out_of_range(p);
}

/* The canonical form, which most files hold, without the general parser. */
static bool read_iso_date(const char *t, int32_t *day)
{
    static const char shape[] = "dddd-dd-dd";
    for (size_t i = 0; i < sizeof shape - 1; i++)
        if (shape[i] == 'd' ? !isdigit((unsigned char)t[i]) : t[i] != '-')
            return false;
    int year = atoi(t), month = atoi(t + 5), dom = atoi(t + 8);
    if (t[10] || !date_is_real(year, month, dom))
        return false;
    *day = date_day(year, month, dom);
    return true;
}

static bool bad_date(const struct parse *p, enum date_fault fault)
{
    if (fault == DATE_NO_SUCH_DAY)
        return diag_error(
            p->d, p->at, "bad-date", "%s「%s」という日はありません",
            "%s: there is no day \"%s\"", p->f->label.ja, p->text);
    return diag_error(p->d, p->at, "bad-date",
                      "%s「%s」は日付として読めません（2027-04-01 の形で）",
                      "%s: \"%s\" is not a date (write 2027-04-01)",
                      p->f->label.ja, p->text);
}

static bool accept_fault(const struct parse *p, enum date_fault fault)
{
    if (fault == DATE_OUTSIDE_ERA)
        diag_warn(p->d, p->at, "date-outside-era",
                  "%s「%s」はその元号にない日です。続きの年として読みました",
                  "%s: \"%s\" is outside its era; read as the day meant",
                  p->f->label.ja, p->text);
    else if (fault != DATE_OK)
        return bad_date(p, fault);
    return true;
}

static bool parse_date(const struct parse *p, int64_t *out)
{
    int32_t day = 0;
    if (!read_iso_date(p->text, &day) &&
        !accept_fault(p, date_parse(p->text, &day)))
        return false;
    *out = day;
    return true;
}

static bool parse_month(const struct parse *p, int64_t *out)
{
    int32_t month = 0;
    enum date_fault fault = month_parse(p->text, &month);
    if (!accept_fault(p, fault))
        return false;
    *out = month;
    return true;
}

static bool parse_boolean(const struct parse *p, int64_t *out)
{
    const char *text = plain(p);
    for (size_t i = 0; i < sizeof booleans / sizeof booleans[0]; i++)
        if (strcmp(booleans[i].text, p->text) == 0 ||
            strcmp(booleans[i].text, text) == 0) {
            *out = booleans[i].value;
            return true;
        }
    return diag_error(p->d, p->at, "bad-boolean",
                      "%s「%s」は「はい」か「いいえ」で書いてください",
                      "%s: write はい or いいえ, not \"%s\"", p->f->label.ja,
                      p->text);
}

static bool unknown_value(const struct parse *p)
{
    struct buf list = BUF_INIT;
    for (size_t i = 0; i < p->f->n_values; i++) {
        buf_text(&list, i ? " " : "");
        buf_text(&list, p->f->values[i]);
    }
    diag_error(p->d, p->at, "unknown-value",
               "%s に「%s」という値はありません（%s）",
               "%s has no value \"%s\" (one of %s)", p->f->label.ja, p->text,
               list.bytes ? list.bytes : "");
    buf_release(&list);
    return false;
}

static bool parse_enum(const struct parse *p, int64_t *out)
{
    int index = field_value_index(p->f, p->text, p->mem);
    *out = index;
    return index >= 0 || unknown_value(p);
}

/* The longest value that `at` begins with; -1 when there is none. */
static int longest_value(const struct field *f, const char *at, size_t *len,
                         struct arena *a)
{
    int best = -1;
    *len = 0;
    for (size_t i = 0; i < f->n_values; i++) {
        const char *value = text_nfkc(f->values[i], a);
        size_t n = strlen(value);
        if (n > *len && strncmp(at, value, n) == 0) {
            best = (int)i;
            *len = n;
        }
    }
    return best;
}

/* Bytes of a separator at `at`, 0 when there is none. NFKC has made ｜ and ，
 * half-width. */
static size_t separator_len(const char *at)
{
    if (*at == '|' || *at == ',' || *at == ' ')
        return 1;
    return strncmp(at, "、", strlen("、")) == 0 ? strlen("、") : 0;
}

static bool parse_set(const struct parse *p, int64_t *out)
{
    const char *at = text_nfkc(p->text, p->mem);
    *out = 0;
    if (strcmp(at, "なし") == 0 || strcmp(at, "無し") == 0)
        return true;
    while (*at) {
        size_t len = separator_len(at);
        at += len;
        if (len)
            continue;
        int index = longest_value(p->f, at, &len, p->mem);
        if (index < 0)
            return unknown_value(p);
        *out |= INT64_C(1) << index;
        at += len;
    }
    return true;
}

void value_range(const struct field *f, int64_t *low, int64_t *high)
{
    *low = INT64_MIN;
    *high = INT64_MAX;
    switch (f->type) {
    case TYPE_INTEGER:
        *low = 0;
        *high = MAX_INTEGER;
        for (size_t i = 0; f->unit && i < N_UNITS; i++)
            if (strcmp(integer_units[i].unit, f->unit) == 0)
                *high = integer_units[i].max;
        break;
    case TYPE_MINUTES:
        *low = 0;
        *high = unit_minutes_max(f);
        break;
    case TYPE_YEN:
        *low = -MAX_YEN;
        *high = MAX_YEN;
        break;
    case TYPE_BOOLEAN:
        *low = 0;
        *high = 1;
        break;
    default:
        break;
    }
}

static bool (*const parsers[N_FIELD_TYPES])(const struct parse *p,
                                            int64_t *out) = {
    [TYPE_TEXT] = parse_text,       [TYPE_KANA] = parse_kana,
    [TYPE_NAME] = parse_text,       [TYPE_CODE] = parse_code,
    [TYPE_INTEGER] = parse_integer, [TYPE_MINUTES] = parse_minutes,
    [TYPE_YEN] = parse_yen,         [TYPE_DATE] = parse_date,
    [TYPE_MONTH] = parse_month,     [TYPE_BOOLEAN] = parse_boolean,
    [TYPE_ENUM] = parse_enum,       [TYPE_SET] = parse_set,
};

static bool find_state(const char *text, struct slot *out)
{
    for (size_t i = 0; i < sizeof states / sizeof states[0]; i++)
        if (strcmp(states[i].text, text) == 0) {
            *out = (struct slot){0, (uint8_t)states[i].state};
            return true;
        }
    return false;
}

bool value_parse(const struct field *f, const char *text, struct strings *s,
                 struct pos at, struct slot *out, struct diag *d)
{
    *out = (struct slot){0, VALUE_UNKNOWN};
    if (!*text)
        return true;
    struct arena mem = ARENA_INIT;
    struct parse p = {f, text_trim(text, &mem), s, at, &mem, d};
    bool ok = true;
    int64_t num = 0;
    if (*p.text && !find_state(p.text, out)) {
        ok = parsers[f->type](&p, &num);
        if (ok)
            *out = (struct slot){num, VALUE_KNOWN};
    }
    arena_release(&mem);
    return ok;
}
