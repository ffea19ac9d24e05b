/* The state of loading one rule file, shared by the files that load it. */
#ifndef NYUSHO_SCORING_POINTS_RULESET_LOADER_H
#define NYUSHO_SCORING_POINTS_RULESET_LOADER_H

#include "scoring/points/ruleset.h"

/* More than any city's table; keeps the checks of ids fast. */
#define RULES_MAX 2000

struct loader {
    struct ruleset *rs;
    struct arena *a;
    struct diag *d;
    const struct dictionary *dict;
    struct definition *definitions;
    size_t n_definitions;
    const struct rule **rules; /* RULES_MAX places */
    size_t n_rules;
    const char **ids; /* every id so far, of whatever kind */
    size_t n_ids, ids_capacity;
    struct order_key *own_keys; /* of special seats, so far */
    size_t n_own_keys;
    struct pos hours_used; /* first use of hours_month …; line 0: none */
    bool failed;
};

/* What is wrong is reported, and loading goes on for the next thing. */
bool loader_fail(struct loader *l); /* notes it; returns false */

/* load_value.c: scalars. Each reports and returns false. */
bool load_choice(struct loader *l, const struct yaml *map, const char *key,
                 const char *const *words, int *out); /* absent: unchanged */
bool load_points(struct loader *l, const struct yaml *node, milli_points *out);
/* Absent: false without a message, and *has is false. */
bool load_points_key(struct loader *l, const struct yaml *map, const char *key,
                     bool *has, milli_points *out);
bool load_flag(struct loader *l, const struct yaml *map, const char *key,
               bool *out); /* absent: unchanged */
bool load_keys(struct loader *l, const struct yaml *map,
               const char *const *allowed);
/* "" when absent or empty. */
const char *load_text(struct loader *l, const struct yaml *map,
                      const char *key);
/* Takes an id: "bad-id", "duplicate-id". */
bool load_id(struct loader *l, const char *id, struct pos at);
/* NULL with the problem reported. `uses` are the USES_ bits that are bound. */
const struct expr *load_condition(struct loader *l, const struct yaml *node,
                                  unsigned uses);
const struct expr *load_expr(struct loader *l, const struct yaml *node,
                             unsigned uses);
struct expr_env loader_env(const struct loader *l, unsigned uses);
/* NULL: absent, or reported: no list, or of more than RULES_MAX lines. */
const struct yaml *load_list(struct loader *l, const struct yaml *map,
                             const char *key);
const struct yaml *load_long_list(struct loader *l, const struct yaml *map,
                                  const char *key); /* of any length */

/* load_award.c: the keys of an award inside a rule or a `but`. */
#define AWARD_KEYS                                                           \
    "points", "by", "at_least", "at_most", "is", "otherwise", "per", "most", \
        "least", "manual", "sets_total", "rank_last"
bool load_award(struct loader *l, const struct yaml *map, enum rule_scope scope,
                struct award *out);
unsigned rule_scope_uses(enum rule_scope scope);

/* load_rule.c: a list of rules and groups. */
bool load_rules(struct loader *l, const struct yaml *list,
                enum rule_scope scope, struct rule_list *out);

/* load_hours.c. check_hours() comes last: do the rules need more of hours than
 * is said? */
bool load_hours(struct loader *l, const struct yaml *root);
bool check_hours(struct loader *l);

/* load_define.c */
bool load_definitions(struct loader *l, const struct yaml *root);

/* load_special.c: before the order, which takes their own keys. */
bool load_special(struct loader *l, const struct yaml *root);

/* load_phase.c: phases and requirements. */
bool load_phases(struct loader *l, const struct yaml *root);
bool load_requirements(struct loader *l, const struct yaml *root);

/* load_order.c. load_order_keys() fills `out`, which has room for all of the
 * list; ids that are not written begin with `owner`, where it has one. */
bool load_order(struct loader *l, const struct yaml *root);
bool load_order_keys(struct loader *l, const struct yaml *list,
                     const char *owner, struct order_key *out, size_t *n);

#endif
