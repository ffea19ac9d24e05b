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
        return arena_printf(a, "%" PRId64, num);
    case TYPE_MINUTES:
        return arena_printf(a, "%" PRId64 ":%02d", num / 60, (int)(num % 60));
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
