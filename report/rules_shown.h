/* The parts of rules_show.h. Private to rules_show*.c. */
#ifndef NYUSHO_REPORT_RULES_SHOWN_H
#define NYUSHO_REPORT_RULES_SHOWN_H

#include "report/rules_show.h"

struct shown {
    const struct ruleset *rs;
    enum lang lang;
    struct arena *a;
    struct sheet sheet;
};

const char *shown_word(const struct shown *s, const char *ja, const char *en);
/* Points, or the name of the rank they stand for. */
const char *shown_points(const struct shown *s, const struct rule *r,
                         milli_points p);

/* rules_show_rules.c: rows of a table of rules. */
void shown_rule_table(struct shown *s);
void shown_rules(struct shown *s, const struct rule_list *list);
/* rules_show_order.c */
void shown_order(struct shown *s);

#endif
