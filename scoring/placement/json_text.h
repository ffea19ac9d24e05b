/*
 * A string as JSON: quotes, backslash and control characters escaped, the rest
 * as it is.
 */
#ifndef NYUSHO_SCORING_PLACEMENT_JSON_TEXT_H
#define NYUSHO_SCORING_PLACEMENT_JSON_TEXT_H

#include "core/buf.h"

void json_text(struct buf *out, const char *text);
/* The text, or null where there is none. */
void json_text_or_null(struct buf *out, const char *text);

#endif
