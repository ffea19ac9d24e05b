/*
 * Every word that a rule may use, as a section of the manual (Markdown), made
 * from the tables that the parser reads: fields, names, functions, lists,
 * units. docs/rules.md holds what this prints for the shipped dictionary; a
 * test compares them.
 */
#ifndef NYUSHO_REPORT_RULES_REFERENCE_H
#define NYUSHO_REPORT_RULES_REFERENCE_H

#include "core/buf.h"
#include "records/dictionary.h"

void rules_reference_write(const struct dictionary *dict, enum lang lang,
                           struct buf *out);

#endif
