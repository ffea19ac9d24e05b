/*
 * One layout for every YAML file of ours: a block is two columns deeper than
 * what it belongs to, lists too; one space after a colon, a comma and before a
 * comment; no space inside { } and [ ]; one empty line at most; no space at
 * the end of a line. What a person chose stays: the order, quotes, every
 * comment, what stands in { } and what on lines of its own, where a { } is
 * broken. A file laid out once does not change again.
 *
 *     struct buf out = BUF_INIT;
 *     if (yaml_layout(bytes, len, "rules.yaml", &out, d)) …
 */
#ifndef NYUSHO_CORE_YAML_LAYOUT_H
#define NYUSHO_CORE_YAML_LAYOUT_H

#include "core/buf.h"
#include "core/diag.h"

/* Appends the file in that layout to `out`, in UTF-8 with LF. False with the
 * messages of yaml_parse(), or "layout-refused" where the result would not
 * mean the same, word by word and comment by comment: then the file must stay
 * as it is. */
bool yaml_layout(const char *bytes, size_t len, const char *name,
                 struct buf *out, struct diag *d);

#endif
