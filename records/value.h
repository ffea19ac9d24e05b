/*
 * Typed values. A value is a number and a state: texts are interned, enums are
 * an index, sets are bits. Unknown is a value: it is not "no" and not zero.
 */
#ifndef NYUSHO_RECORDS_VALUE_H
#define NYUSHO_RECORDS_VALUE_H

#include "core/arena.h"
#include "core/diag.h"
#include "records/dictionary.h"

#include <stdint.h>

enum value_state {
    VALUE_UNKNOWN = 0, /* CSV: empty */
    VALUE_KNOWN,
    VALUE_NOT_APPLICABLE, /* CSV: #該当なし */
    VALUE_UNREADABLE,     /* CSV: #判読不能 */
};

struct slot {
    int64_t num;   /* by type; texts: id in strings. 0 unless known */
    uint8_t state; /* enum value_state */
};

/* Interned texts. Id 0 is the empty text. Ids follow order of arrival and
 * never reach an output. */
struct strings;
struct strings *strings_new(struct arena *a);
int64_t strings_id(struct strings *s, const char *text);
const char *strings_text(const struct strings *s, int64_t id);
/* The id if the text is there, -1 otherwise. */
int64_t strings_find(const struct strings *s, const char *text);

/* Text (as CSV and people write it: eras, full-width digits, 160時間30分, はい/
 * いいえ/○, 月|火 or 月火, なし for a set without members) to a slot. Empty
 * text is unknown: no text value is both known and empty. Errors at `at`:
 * "bad-date", "bad-number", "bad-minutes" (a bare number is refused: hours or
 * minutes?), "bad-boolean", "bad-kana", "unknown-value" (with the allowed
 * ones), "out-of-range". A day written in the wrong era is taken as meant, with
 * the warning "date-outside-era". NULL for `d` is allowed. */
bool value_parse(const struct field *f, const char *text, struct strings *s,
                 struct pos at, struct slot *out, struct diag *d);
/* The least and the most that a known value of the field can be; all of int64
 * where its type sets no bound. */
void value_range(const struct field *f, int64_t *low, int64_t *high);
/* The one canonical text of a slot; parses back to the same slot. */
char *value_format(const struct field *f, struct slot v,
                   const struct strings *s, struct arena *a);

#endif
