/*
 * A rule set as a table to read beside the printed one: every line with its
 * wording, steps and points, when it holds in words, the order at equal
 * points, and room for two people to sign that they compared them.
 */
#ifndef NYUSHO_REPORT_RULES_SHOW_H
#define NYUSHO_REPORT_RULES_SHOW_H

#include "report/sheet.h"
#include "scoring/points/rules_test.h"

/* `tested` may be NULL: then nothing is said of the examples but their
 * number. Everything is owned by the arena. */
struct sheet rules_sheet(const struct ruleset *rs,
                         const struct rules_report *tested, enum lang lang,
                         struct arena *a);

#endif
