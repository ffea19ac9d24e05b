/*
 * The common case of value_parse(): text as value_format() writes it, read
 * without scratch memory. Whatever is not surely canonical, or out of range, is
 * left to the parsers of value.c, so that nothing here has a message.
 */
#include "records/value_canonical.h"

#include "core/date.h"

#include <string.h>

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* A character whose first byte this is may be some kind of space. */
static bool may_be_space(const char *p)
{
    unsigned char lead = (unsigned char)*p;
    if (lead == 0xE3) /* U+3000 among the kana, U+3164 */
        return (unsigned char)p[1] == 0x80 || (unsigned char)p[1] == 0x85;
    return lead <= ' ' || lead == 0xC2 || lead == 0xE1 || lead == 0xE2 ||
           lead == 0xEF;
}

/* No space at either end. */
static bool is_trimmed(const char *text, size_t len)
{
    const char *last = text + len - 1;
    while (last > text && ((unsigned char)*last & 0xC0) == 0x80)
        last--;
    return !may_be_space(text) && !may_be_space(last);
}

static bool read_text(const char *text, struct strings *s, int64_t *out)
{
    if (!is_trimmed(text, strlen(text)))
        return false;
    *out = strings_id(s, text);
    return true;
}

static bool read_code(const char *text, struct strings *s, int64_t *out)
{
    for (const char *p = text; *p; p++)
        if (*p <= ' ' || *p == 0x7f || (unsigned char)*p >= 0x80)
            return false;
    *out = strings_id(s, text);
    return true;
}

/* ァ to ヺ, ー, and single spaces between. */
static bool read_kana(const char *text, struct strings *s, int64_t *out)
{
    const unsigned char *p = (const unsigned char *)text;
    if (*p == ' ')
        return false;
    while (*p) {
        if (*p == ' ' && p[1]) {
            p++;
            continue;
        }
        bool low = *p == 0xE3 && p[1] == 0x82 && p[2] >= 0xA1 && p[2] <= 0xBF;
        bool high = *p == 0xE3 && p[1] == 0x83 &&
                    ((p[2] >= 0x80 && p[2] <= 0xBA) || p[2] == 0xBC);
        if (!low && !high)
            return false;
        p += 3;
    }
    if (p[-1] == ' ')
        return false;
    *out = strings_id(s, text);
    return true;
}

/* Up to six digits; moves *at behind them. -1: there is none, or more. */
static int64_t digits(const char **at)
{
    int64_t n = 0;
    const char *from = *at;
    while (is_digit(**at) && *at - from < 7)
        n = n * 10 + (*(*at)++ - '0');
    return *at == from || *at - from > 6 ? -1 : n;
}

static bool read_integer(const struct field *f, const char *text, int64_t *out)
{
    *out = digits(&text);
    return *out >= 0 && !*text && (*out <= 99 || !f->unit);
}

static bool read_minutes(const struct field *f, const char *text, int64_t *out)
{
    bool month = f->unit && strcmp(f->unit, "month") == 0;
    int64_t hours = digits(&text);
    if (hours < 0 || hours > (month ? 743 : 23) || text[0] != ':' ||
        !is_digit(text[1]) || !is_digit(text[2]) || text[3] || text[1] > '5')
        return false;
    *out = hours * 60 + (text[1] - '0') * 10 + (text[2] - '0');
    return true;
}

/* Digits of this many places, and the dash in front of what follows. */
static bool places(const char **at, int n, int *out)
{
    *out = 0;
    for (int i = 0; i < n; i++, ++*at) {
        if (!is_digit(**at))
            return false;
        *out = *out * 10 + (**at - '0');
    }
    return true;
}

static bool dash(const char **at)
{
    bool there = **at == '-';
    *at += there;
    return there;
}

static bool read_date(const char *t, int64_t *out)
{
    int year, month, day;
    if (!places(&t, 4, &year) || !dash(&t) || !places(&t, 2, &month) ||
        !dash(&t) || !places(&t, 2, &day) || *t ||
        !date_is_real(year, month, day))
        return false;
    *out = date_day(year, month, day);
    return true;
}

static bool read_month(const char *t, int64_t *out)
{
    int year, month;
    if (!places(&t, 4, &year) || !dash(&t) || !places(&t, 2, &month) || *t ||
        !date_is_real(year, month, 1))
        return false;
    *out = (int64_t)year * 12 + month - 1;
    return true;
}

static bool read_boolean(const char *text, int64_t *out)
{
    *out = strcmp(text, "はい") == 0;
    return *out || strcmp(text, "いいえ") == 0;
}

static bool read_enum(const struct field *f, const char *text, int64_t *out)
{
    for (size_t i = 0; i < f->n_values; i++)
        if (strcmp(f->values[i], text) == 0) {
            *out = (int64_t)i;
            return true;
        }
    return false;
}

/* 月|火|水: each a value, with nothing between but the bar. */
static bool read_set(const struct field *f, const char *text, int64_t *out)
{
    *out = 0;
    for (;;) {
        size_t len = strcspn(text, "|"), i = 0;
        while (i < f->n_values && (strlen(f->values[i]) != len ||
                                   memcmp(f->values[i], text, len) != 0))
            i++;
        if (i == f->n_values)
            return false;
        *out |= INT64_C(1) << i;
        if (!text[len])
            return true;
        text += len + 1;
    }
}

bool value_canonical(const struct field *f, const char *text, struct strings *s,
                     int64_t *out)
{
    if (*text == '#')
        return false;
    switch (f->type) {
    case TYPE_TEXT:
    case TYPE_NAME:
        return read_text(text, s, out);
    case TYPE_KANA:
        return read_kana(text, s, out);
    case TYPE_CODE:
        return read_code(text, s, out);
    case TYPE_INTEGER:
    case TYPE_YEN:
        return read_integer(f, text, out);
    case TYPE_MINUTES:
        return read_minutes(f, text, out);
    case TYPE_DATE:
        return read_date(text, out);
    case TYPE_MONTH:
        return read_month(text, out);
    case TYPE_BOOLEAN:
        return read_boolean(text, out);
    case TYPE_ENUM:
        return read_enum(f, text, out);
    case TYPE_SET:
        return read_set(f, text, out);
    default:
        return false;
    }
}
