/* Private to records: see value_canonical.c. */
#ifndef NYUSHO_RECORDS_VALUE_CANONICAL_H
#define NYUSHO_RECORDS_VALUE_CANONICAL_H

#include "records/value.h"

/* A known value whose text is canonical. False: it may be anything, also
 * good; *out is then undefined. `text` is not empty. */
bool value_canonical(const struct field *f, const char *text, struct strings *s,
                     int64_t *out);

#endif
