#include "core/date.h"
#include "records/value.h"

#include <inttypes.h>
#include <string.h>

static char *format_set(const struct field *f, int64_t bits, struct arena *a)
{
    size_t len = 1;
    for (size_t i = 0; i < f->n_values; i++)
        len += strlen(f->values[i]) + 1;
    char *text = arena_alloc(a, len), *end = text;
    for (size_t i = 0; i < f->n_values; i++) {
        if (!((uint64_t)bits >> i & 1))
            continue;
        if (end > text)
            *end++ = '|';
        size_t n = strlen(f->values[i]);
        memcpy(end, f->values[i], n);
        end += n;
    }
    return end > text ? text : arena_strdup(a, "なし");
}

/* By hand: a million households have tens of millions of numbers. */
static char *format_number(int64_t num, const char *rest, struct arena *a)
{
    char digits[24], *at = digits + sizeof digits;
    uint64_t left = num < 0 ? 0 - (uint64_t)num : (uint64_t)num;
    do {
        *--at = (char)('0' + left % 10);
        left /= 10;
    } while (left);
    if (num < 0)
        *--at = '-';
    size_t n = (size_t)(digits + sizeof digits - at), more = strlen(rest) + 1;
    char *text = arena_alloc(a, n + more);
    memcpy(text, at, n);
    memcpy(text + n, rest, more);
    return text;
}

static char *format_minutes(int64_t minutes, struct arena *a)
{
    int rest = (int)(minutes % 60);
    if (minutes < 0)
        return arena_printf(a, "%" PRId64 ":%02d", minutes / 60, rest);
    const char tail[] = {':', (char)('0' + rest / 10), (char)('0' + rest % 10),
                         '\0'};
    return format_number(minutes / 60, tail, a);
}

static char *format_known(const struct field *f, int64_t num,
                          const struct strings *s, struct arena *a)
{
    switch (f->type) {
    case TYPE_TEXT:
    case TYPE_KANA:
    case TYPE_NAME:
    case TYPE_CODE:
        return arena_strdup(a, strings_text(s, num));
    case TYPE_INTEGER:
    case TYPE_YEN:
        return format_number(num, "", a);
    case TYPE_MINUTES:
        return format_minutes(num, a);
    case TYPE_DATE:
        return date_iso((int32_t)num, a);
    case TYPE_MONTH:
        return month_iso((int32_t)num, a);
    case TYPE_BOOLEAN:
        return arena_strdup(a, num ? "はい" : "いいえ");
    case TYPE_ENUM:
        return arena_strdup(a, f->values[num]);
    case TYPE_SET:
        return format_set(f, num, a);
    case N_FIELD_TYPES:
        break;
    }
    return arena_strdup(a, "");
}

char *value_format(const struct field *f, struct slot v,
                   const struct strings *s, struct arena *a)
{
    switch ((enum value_state)v.state) {
    case VALUE_KNOWN:
        return format_known(f, v.num, s, a);
    case VALUE_NOT_APPLICABLE:
        return arena_strdup(a, "#該当なし");
    case VALUE_UNREADABLE:
        return arena_strdup(a, "#判読不能");
    case VALUE_UNKNOWN:
        break;
    }
    return arena_strdup(a, "");
}
