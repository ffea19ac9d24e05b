/*
 * A rule set (rules.yaml), parsed and checked: data that two evaluators walk.
 * Everything is owned by the arena given to ruleset_load().
 *
 * How points come about, for one child c of a household:
 *
 * 1. Guardian slots. Two slots, 0 and 1, take the guardian rows of the
 *    household with `present` not a known no, by person number (more than two:
 *    the first two). A slot left over is absent when household.single_parent
 *    is 父母不在; the second slot is absent when it is ひとり親 or 準ずる, or
 * when a row says `present` no. Any other slot left over is a guardian of whom
 *    nothing is known: it has no row, its points are unknown.
 * 2. Each rule of guardian.reasons is tried on each guardian: once, or, where
 *    it uses the reason row, on each of its reasons (collection OVER_REASONS);
 *    it counts once, with the row that gives most (the first of equals).
 *    `choose` says which of the rules that hold count: one that is `forced`
 *    (the first such) alone, else highest (the first of equals) or sum. Then
 *    `second` adds the next highest of the others, at most `second_most`.
 *    Then guardian.adjust adds up. Then `ceiling` caps the whole.
 *    An absent guardian has `absent` points and no lines.
 * 3. base: the two guardians joined by `base`, then capped by `base_ceiling`.
 *    sum; lower and higher (of those present, and of the absent when `absent`
 *    is given); average: their sum / their number; per_guardian: sum /
 * guardians present × 2. One division, rounded half away from zero to a
 * thousandth.
 * 4. Adjustments of household, child, choice in file order. A rule holds when
 *    `when` is yes, none of `unless` held, and its award gives something. In a
 *    group only the members that `pick` names count.
 * 5. total (of a preference) = base + adjustments that count (of the household,
 *    the child, this preference). Where `ranks` are given, base is a rank:
 *    (n_ranks - index) × 1000, compared first, and the total is without it.
 *    A rule that sets the total replaces it: the lowest of those that hold.
 * 6. share_highest: every applying child of the household takes the highest
 *    base + household + child adjustments among them; the difference is a line
 *    without a rule.
 *
 * A rule that is unknown (its `when`, an `unless`, the value its award needs,
 * manual points not yet entered) gives no points and makes the child
 * provisional 未確定. It is unknown only where no known no settles it first: a
 * rule whose `when` is no is not unknown, whatever its award would meet.
 */
#ifndef NYUSHO_SCORING_POINTS_RULESET_H
#define NYUSHO_SCORING_POINTS_RULESET_H

#include "core/arena.h"
#include "core/diag.h"
#include "core/yaml.h"
#include "records/dictionary.h"
#include "scoring/points/expr.h"
#include "scoring/points/expr_parse.h"

/* ---- what a rule gives ---- */

enum table_kind {
    TABLE_AT_LEAST, /* the first row with value >= at; rows from high to low */
    TABLE_AT_MOST,  /* the first row with value <= at; rows from low to high */
    TABLE_IS,       /* the row whose bits have the enum value */
};

struct step_table;
struct step_row {
    int64_t at;   /* threshold in the unit of `by` */
    int64_t bits; /* TABLE_IS */
    milli_points points;
    const struct step_table *inner; /* a second table instead of points */
    const char *text;               /* the key as written: "160h" */
    size_t index;                   /* below ruleset.n_steps; of a leaf only */
    struct pos pos;
};
struct step_table {
    const struct expr *by; /* unknown: the rule is unknown; nothing: no row */
    enum table_kind kind;
    const struct step_row *rows;
    size_t n;
    bool has_otherwise; /* what every other value gives; nothing gives none */
    milli_points otherwise;
    size_t otherwise_index; /* below ruleset.n_steps */
    struct pos otherwise_at;
};

enum award_kind {
    AWARD_POINTS,
    AWARD_TABLE,
    AWARD_PER,    /* points × per; per 0 or nothing: the rule does not hold */
    AWARD_MANUAL, /* a person enters from..to for this rule */
    AWARD_SETS_TOTAL, /* points become the total */
    AWARD_RANK_LAST,  /* 0 points; ranks after all others, is still offered */
    AWARD_NONE,       /* `but: {…, none: yes}`: the rule does not hold */
};
struct award {
    enum award_kind kind;
    milli_points points;
    const struct expr *per; /* a number */
    bool has_most, has_least;
    milli_points most, least; /* bounds of points × per */
    const struct step_table *table;
    milli_points from, to; /* manual */
};
/* The first `but` whose condition is yes replaces the award; one that is
 * unknown before that makes the rule unknown. */
struct but {
    const struct expr *when;
    struct award award;
    const char *wording; /* NULL: that of the rule */
    struct pos at;
};

enum rule_scope {
    RULE_REASON,   /* guardian.reasons */
    RULE_GUARDIAN, /* guardian.adjust */
    RULE_HOUSEHOLD,
    RULE_CHILD,
    RULE_CHOICE, /* child × facility */
    RULE_ORDER,  /* in a table that only breaks ties */
    N_RULE_SCOPES
};
const char *rule_scope_name(enum rule_scope s);
struct label rule_scope_label(enum rule_scope s);

struct rule_group;
struct rule {
    const char *id, *wording, *page; /* page: "" when only the set has one */
    enum rule_scope scope;
    const struct expr *when; /* NULL: always */
    struct award award;
    const struct but *but;
    size_t n_but;
    const struct rule *const *unless; /* written before; any that held */
    size_t n_unless;
    bool forced;                    /* guardian.reasons */
    const struct rule_group *group; /* NULL: none */
    size_t index;                   /* in ruleset.rules */
    struct pos at;
};

/* Which members count, of those that hold. An unknown member makes the child
 * provisional; under first_of no later member counts. */
enum group_pick { PICK_HIGHEST, PICK_LOWEST, PICK_FIRST, PICK_SUM };
struct rule_group {
    const char *id, *wording; /* wording "" when none */
    enum group_pick pick;     /* equals: the first */
    /* PICK_SUM: bounds of the sum; what is cut off is a line of the group's
     * last counting member, so that the lines add up. */
    bool has_most, has_least;
    milli_points most, least;
    const struct rule *const *rules;
    size_t n;
    struct pos at;
};

/* Rules of one section in file order; members of a group stand together. */
struct rule_list {
    const struct rule *const *rules;
    size_t n;
};

/* ---- the order 同点のとき ---- */

enum order_kind {
    ORDER_PHASE,     /* number of the phase (phase_mode key) */
    ORDER_RANK_LAST, /* 0, or 1 where a rank_last rule holds */
    ORDER_RANK,      /* -base, where ranks are given */
    ORDER_POINTS,    /* -total */
    ORDER_FIRST,     /* yes 0, no 1 */
    ORDER_LAST,      /* yes 1, no 0 */
    ORDER_HIGH,      /* -value; nothing is last */
    ORDER_LOW,       /* value; nothing is last */
    ORDER_RANKED,    /* place in `best` from 0; not listed or nothing: n_best */
    ORDER_TABLE,     /* -(sum of its rules) */
    ORDER_BY_HAND,   /* -manual points entered under its id */
    /* The household's number in the city's file of drawn numbers, where it has
     * one; else the first 63 bits of SHA-256(seed ‖ household number). */
    ORDER_LOTTERY,
    ORDER_RECEIPT, /* the household's number in the file of receipt numbers */
    ORDER_CHILD_NUMBER, /* 0 here: whoever sorts compares the numbers */
    N_ORDER_KINDS
};
/* Of several guardians' places in `best`. The place of a guardian with several
 * reasons or jobs is the best of theirs. Guardians absent do not count; where
 * none counts: n_best. Unknown when one of the places is. */
enum order_take { TAKE_BEST, TAKE_WORST, TAKE_SUM };

/* The key of something unknown: last, and the order is provisional. */
#define ORDER_KEY_UNKNOWN INT64_MAX
/* The key of nothing: last but for the unknown. */
#define ORDER_KEY_NOTHING (INT64_MAX - 1)

struct order_key {
    enum order_kind kind;
    const char *id, *wording;
    const struct expr *expr; /* FIRST … RANKED; NULL where there are cases */
    /* RANKED: an enum of the household, child, preference or facility has one
     * place; one of guardian, reason or job has one for each guardian. */
    const char *const *best; /* as written; enums: also place[] */
    size_t n_best;
    const int *place; /* by enum value; NULL for texts and codes */
    /* Or, expr NULL, a city's own categories: as many conditions as `best`; the
     * place is that of the first that is yes, unknown where one before it is
     * unknown, n_best where none is. */
    const struct expr *const *cases;
    unsigned places; /* each guardian has one, by USES_GUARDIAN, USES_REASON
                        and USES_JOB; 0: there is one place */
    enum order_take take;
    struct rule_list rules; /* TABLE */
    milli_points from, to;  /* BY_HAND */
    struct pos at;
};
const char *order_kind_name(enum order_kind k);

/*
 * Special seats 特別な枠 (加配枠, 地域枠, …): rows of seats.csv with `seat` in
 * the column 枠. A child that may enter the facility, and for which `when` is
 * yes, may have one; where that is unknown it may not, and its order is
 * provisional. At these seats its own keys come first, after phase and
 * rank_last, then the keys of the city's order.
 */
struct special_seat {
    const char *id, *seat, *wording;
    const struct expr *when;
    bool general_first; /* a child eligible for both asks for a general seat
                           before this one; else after */
    size_t first_own, n_own; /* its own keys, in ruleset.order */
    struct pos at;
};

struct phase {
    const char *id, *wording;
    const struct expr *when; /* NULL: all the rest */
    struct pos at;
};
/* A child (at a facility) takes part when every one of these is yes. */
struct requirement {
    const char *id, *wording;
    const struct expr *when;
    struct pos at;
};

/* ---- hours 就労時間 ---- */

enum hours_basis { HOURS_CONTRACT, HOURS_ACTUAL, HOURS_LOWER };
enum hours_jobs { HOURS_SUM, HOURS_LONGEST };
/*
 * hours_month of one job, contract: job.minutes_month if it is known, less
 * job.break_minutes_month unless breaks are included; else variable_minutes,
 * less variable_break likewise, × weeks_per_month where variable_per is 週間.
 * actual: the mean of those of actual1..3_minutes that are known, half away
 * from zero; lower: the smaller of the two. A break of nothing is 0. Nothing
 * and unknown as in expr.h. Where breaks are included up to so much a day,
 * only what a break is longer than that × days_month is taken off
 * (variable_break: × variable_days, unknown unless variable_per and
 * variable_days_per agree); a break of nothing needs no days. When
 * minutes_month is not known and variable_minutes is nothing, the state of
 * minutes_month. hours_week of one job: variable_minutes less breaks where it
 * is known and per 週間 and minutes_month is not known, else hours_month /
 * weeks_per_month, half away from zero. Of a person: the sum (or longest) over
 * the jobs for which `counts` is yes; no such job: nothing. days_month and
 * days_week: the highest over those jobs. hours_day: hours_month / days_month,
 * half away from zero; nothing when the days are 0.
 */
struct hours {
    enum hours_basis basis;
    enum hours_jobs jobs;
    bool breaks_included, overtime_included;
    bool has_breaks_up_to;         /* with breaks_included */
    int64_t breaks_up_to;          /* minutes a day */
    int64_t weeks_per_month_milli; /* 4345 = 4.345; 0 = not given */
    const struct expr *counts;     /* over a job; NULL: every job */
    struct pos at;
};

/* ---- the set ---- */

enum method { METHOD_STABLE, METHOD_POINTS_ORDER, METHOD_PREFERENCE_ROUNDS };
/* KEY: the phase is the first key of the order, in one market. SEQUENTIAL: one
 * market after another over the seats that remain; a child takes part in the
 * market of its phase only. */
enum phase_mode { PHASE_KEY, PHASE_SEQUENTIAL };
enum choose { CHOOSE_HIGHEST, CHOOSE_SUM };
enum base {
    BASE_SUM,
    BASE_LOWER,
    BASE_HIGHER,
    BASE_AVERAGE,
    BASE_PER_GUARDIAN
};
const char *method_name(enum method m);

/* Examples of one file: the rule set's own, or one beside it. */
struct example_list {
    const struct yaml *list; /* NULL: none */
    const struct yaml *with; /* what they all share; or NULL */
};

struct ruleset {
    const char *file; /* the name it was loaded under */
    const char *id, *title;
    const char *source_document, *source_pages; /* pages: "1-2" as written */
    int source_year;
    const char *verified_by, *verified_date; /* "": every run is a trial */
    enum method method;
    enum phase_mode phase_mode;
    /* phase_mode sequential: a household whose children are in different phases
     * goes into the earlier one; else into the later. */
    bool siblings_earlier;
    struct hours hours;

    const struct definition *definitions;
    size_t n_definitions;
    const char *const *ranks; /* best first; n_ranks 0: base is points */
    size_t n_ranks;
    const struct phase *phases;
    size_t n_phases;
    const struct requirement *requirements;
    size_t n_requirements;

    const struct special_seat *special;
    size_t n_special;

    enum choose choose;
    bool has_ceiling, has_second, has_second_ceiling, has_absent;
    milli_points ceiling, second_most, second_ceiling, absent;
    enum base base;
    bool has_base_ceiling, share_highest;
    milli_points base_ceiling;

    const struct rule *const *rules; /* every rule, in order of evaluation */
    size_t n_rules;
    struct rule_list by_scope[N_RULE_SCOPES];

    /* phase, rank_last and points among the first n_order. order[n_order]
     * stands for the household and child numbers, which decide last; then come
     * the own keys of special seats. */
    const struct order_key *order;
    size_t n_order, n_keys; /* n_keys: all of them */
    size_t n_head;          /* phase and rank_last, at the beginning */
    size_t points_key;      /* index of ORDER_POINTS */

    const struct yaml *examples;      /* list, checked by ruleset_test() */
    const struct yaml *examples_with; /* what all examples share; or NULL */
    const struct example_list
        *beside; /* of files, see ruleset_add_examples() */
    size_t n_beside;
    size_t n_steps; /* steps of tables that give points, `otherwise` too */
    const struct dictionary *dict; /* borrowed */
    const char *hash;              /* SHA-256 of the bytes, hex */
};

/* Errors: YAML ones, those of expr_parse(), "bad-format", "unknown-key",
 * "unknown-choice" (a word that a key does not know), "bad-points", "bad-id",
 * "duplicate-id", "name-taken" (a definition called like something else),
 * "wording-missing", "source-missing", "award-missing", "award-twice",
 * "step-order", "step-duplicate", "step-table-empty", "unless-unknown",
 * "unless-later", "group-empty", "misplaced" (forced outside reasons …),
 * "bad-range", "order-not-unique", "order-missing", "order-twice",
 * "special-twice", "phase-order", "phase-cycle" (`after`), "phase-by-facility"
 * (phases one after another take children, not preferences),
 * "hours-weeks" (weeks_per_month is needed and not given), "no-rules",
 * "too-many-rules". Warnings: "group-of-one", "order-unreachable",
 * "phase-unreachable", "hours-overtime".
 * All that can be found in one pass is reported, not only the first. */
bool ruleset_load(struct ruleset *out, const char *bytes, size_t len,
                  const char *name, const struct dictionary *dict,
                  struct arena *a, struct diag *d);
/*
 * Adds the examples of a file beside the rules:
 *
 *     format: nyusho-examples/1
 *     rules: urasoe-r8
 *     examples_with: {…}
 *     examples: [{name, given, expect}, …]
 *
 * It lies in the folder of <name>.yaml and is called <name>.examples.yaml or
 * <name>.examples-<anything>.yaml. examples_with holds for its own examples
 * only. Errors: YAML ones, "bad-format", "unknown-key", "examples-of-other" (of
 * another rule set), "yaml-type". */
bool ruleset_add_examples(struct ruleset *rs, const char *bytes, size_t len,
                          const char *name, struct arena *a, struct diag *d);
/* By id; NULL when there is none. */
const struct rule *ruleset_find(const struct ruleset *rs, const char *id);
/* A by-hand order key by id; NULL when there is none. */
const struct order_key *ruleset_find_order(const struct ruleset *rs,
                                           const char *id);

#endif
