/*
 * Points and order of every child of a household: pure, total, explained.
 *
 *     struct scorer s;
 *     if (!scorer_open(&s, &rules, &context, &set, &run_mem, d))
 *         return false;
 *     for (size_t h = 0; h < set.n_households; h++) {
 *         struct household_score hs;
 *         score_household(&s, h, &hs, &mem);
 *         use(&hs);
 *     }
 *
 * A scorer is read-only once open: any number of threads may share it, each
 * with its own arena. Results live in the arena given to score_household().
 */
#ifndef NYUSHO_SCORING_POINTS_SCORE_H
#define NYUSHO_SCORING_POINTS_SCORE_H

#include "records/facility.h"
#include "records/numbers.h"
#include "records/record.h"
#include "scoring/points/ruleset.h"

struct score_context {
    int32_t entry_date, deadline; /* days */
    int fiscal_year;
    const struct facilities *facilities; /* borrowed; NULL: none */
    const char *lottery_seed;            /* "": every lottery key is unknown */
    /* Drawn or receipt numbers by household; NULL: none. A household without
     * one has an unknown key. */
    const struct household_numbers *drawn, *receipts;
};

#define SCORE_NO_ROW ((size_t)-1)

/* Rows an expression sees: by scope; SCORE_NO_ROW where none is bound. */
struct score_rows {
    size_t household;                           /* index in set->households */
    size_t child, preference, guardian, reason; /* rows of their tables */
};

/* One rule that held. total = base + Σ points of the lines with `counted` and
 * `part` ADJUST whose preference is ALL or this one. */
enum line_part {
    LINE_GUARDIAN, /* went into the base of guardian `person` */
    LINE_ADJUST,   /* is added to the total */
    LINE_SHARE,    /* share_highest; counts like ADJUST; rule is NULL */
    LINE_CAP,      /* a ceiling of a group; counts like ADJUST */
};
#define PREFERENCE_ALL (-1)
struct score_line {
    const struct rule *rule;
    enum line_part part;
    bool counted;        /* false: held, but another of its choice won */
    int guardian;        /* slot 0 or 1; -1: no guardian's */
    int person;          /* number of that guardian; 0 = none */
    int preference;      /* index in child_score.prefs; PREFERENCE_ALL */
    milli_points points; /* sets_total: the difference it makes */
    const char *wording; /* of the rule, or of the `but` that applied */
    struct score_rows rows;
};

/* What was unknown. `rule` or `order` is set, or both NULL for a guardian of
 * whom nothing is known, or a facility or birth date that decides whether the
 * child may enter. Paths: score_unknown_fields(). */
struct score_unknown {
    const struct rule *rule;
    const struct order_key *order;
    const struct phase *phase;
    const struct requirement *requirement;
    const struct special_seat *special;
    int guardian, preference; /* as in a line */
    const char
        *what; /* NULL, or the path that is missing: "guardian.present" */
    struct score_rows rows;
};

enum ineligible {
    ELIGIBLE,
    INELIGIBLE_FACILITY,   /* nurseries.csv has no such facility */
    INELIGIBLE_CLASS,      /* the class does not exist there */
    INELIGIBLE_AGE,        /* below the minimum age on the entry date */
    INELIGIBLE_CLOSED,     /* closes before or on the entry date */
    INELIGIBLE_SCHOOL_AGE, /* class age 6 and more */
    INELIGIBLE_REQUIREMENT,
    N_INELIGIBLE
};
const char *ineligible_name(enum ineligible i);

struct pref_score {
    size_t row;                   /* in the preference table */
    const char *facility;         /* code; "" when unknown */
    const struct facility *found; /* NULL: not in nurseries.csv */
    int number;                   /* 第n希望 */
    milli_points adjust, total;
    /* By index in ruleset.special: whether the child may have such a seat
     * here, and there are any in its class; NULL where there is none. */
    const bool *special;
    int phase; /* index in ruleset.phases; n_phases when none takes it */
    bool rank_last;
    enum ineligible ineligible;
    const struct requirement *requirement; /* the one not met; or NULL */
    /* ruleset.n_keys, parallel to ruleset.order; smaller is better, compared
     * from the first; then by household and child number. The own keys of
     * special seats are of a meaning where `special` is yes. */
    const int64_t *keys;
    bool order_unknown; /* a key is ORDER_KEY_UNKNOWN, or whether the child may
                           enter here is not known (then ELIGIBLE) */
};

struct child_score {
    size_t child_row;
    const char *child;        /* 児童番号 */
    int class_age;            /* -1 = unknown */
    milli_points guardian[2]; /* slots; 0 for an unknown one */
    int guardian_person[2];   /* person number; 0: absent or unknown */
    milli_points base;        /* or rank, see ruleset.h */
    milli_points adjust;      /* household and child; not of a preference */
    milli_points total;       /* without adjustments of a preference */
    bool rank_last;           /* by a household or child rule */
    bool provisional;         /* 未確定: some points are unknown */
    struct pref_score *prefs; /* by preference number */
    size_t n_prefs;
    struct score_line *lines; /* in order of evaluation */
    size_t n_lines;
    struct score_unknown *unknowns;
    size_t n_unknowns;
};

struct household_score {
    size_t household;
    struct child_score *children; /* in row order */
    size_t n_children;
};

struct scorer_plan;
struct scorer {
    const struct ruleset *rules;
    const struct score_context *context;
    const struct record_set *set;
    const struct scorer_plan *plan; /* prepared once, owned by the arena */
};

/* Errors: "manual-unknown-rule", "manual-not-manual" (the rule gives fixed
 * points), "manual-range", "manual-duplicate", "manual-scope" (a child's
 * points for a rule of guardians …), "manual-approver" (no reason, or no
 * approver). */
bool scorer_open(struct scorer *s, const struct ruleset *rules,
                 const struct score_context *context,
                 const struct record_set *set, struct arena *a, struct diag *d);
void score_household(const struct scorer *s, size_t household,
                     struct household_score *out, struct arena *a);
/* <0 when `x` comes first. Keys only: 0 means that only the household and
 * child numbers decide. *key gets the first key that differs, or n_order. */
int pref_score_compare(const struct ruleset *rs, const struct pref_score *x,
                       const struct pref_score *y, size_t *key);
/* The same at special seats; general ones where `seat` is NULL. */
int pref_score_compare_at(const struct ruleset *rs,
                          const struct special_seat *seat,
                          const struct pref_score *x,
                          const struct pref_score *y, size_t *key);

/* What a rule saw, found again on demand. */
struct seen_value {
    const struct field *field; /* NULL: a builtin */
    enum builtin builtin;      /* when field is NULL */
    size_t row;                /* of the field's table; SCORE_NO_ROW */
    struct slot slot;
};
size_t score_line_values(const struct scorer *s, const struct score_line *line,
                         struct seen_value **out, struct arena *a);
/* "月間就労時間=168:00 雇用の形態=正社員", in the arena. */
const char *score_line_seen(const struct scorer *s,
                            const struct score_line *line, struct arena *a);
/* Paths of the fields that were unknown, each once, in order of reading;
 * `what` where the unknown has one. */
size_t score_unknown_fields(const struct scorer *s,
                            const struct score_unknown *u, const char ***paths,
                            struct arena *a);
/* One line for people: the rule's wording and the labels of its fields. */
const char *score_unknown_text(const struct scorer *s,
                               const struct score_unknown *u, enum lang lang,
                               struct arena *a);

#endif
