/*
 * What a scorer looks up once: fields of the dictionary by path, the values
 * it asks for, the facility of every preference. Private to this part.
 *
 * To add a field that the evaluator itself asks for: a name here, its path in
 * score_plan.c.
 */
#ifndef NYUSHO_SCORING_POINTS_SCORE_PLAN_H
#define NYUSHO_SCORING_POINTS_SCORE_PLAN_H

#include "scoring/points/score.h"

enum plan_field {
    PLAN_SINGLE_PARENT,
    PLAN_PRESENT,
    PLAN_REASON_KIND,
    PLAN_RELATION,
    PLAN_COHABITANT_BIRTH,
    PLAN_COHABITANT_KANA,
    PLAN_COHABITANT_NAME,
    PLAN_COHABITANT_ENROLLED,
    PLAN_COHABITANT_LEAVING,
    PLAN_CHILD_BIRTH,
    PLAN_CHILD_DUE_DATE,
    PLAN_CHILD_KANA,
    PLAN_CHILD_NAME,
    PLAN_CHILD_ENROLLED,
    PLAN_GRADUATING,
    PLAN_LEAVING_REASON,
    PLAN_FACILITY,
    PLAN_MINUTES_MONTH,
    PLAN_BREAK_MONTH,
    PLAN_VARIABLE_PER,
    PLAN_VARIABLE_MINUTES,
    PLAN_VARIABLE_BREAK,
    PLAN_VARIABLE_DAYS_PER,
    PLAN_VARIABLE_DAYS,
    PLAN_ACTUAL1,
    PLAN_ACTUAL2,
    PLAN_ACTUAL3,
    PLAN_DAYS_MONTH,
    PLAN_DAYS_WEEK,
    N_PLAN_FIELDS
};

/* Bits of an enum's values. */
enum plan_values {
    VALUES_NO_PARENTS,    /* 父母不在 */
    VALUES_SINGLE_PARENT, /* ひとり親 準ずる */
    VALUES_WORK,          /* 就労 */
    VALUES_SIBLINGS,      /* 兄 姉 弟 妹 */
    VALUES_NOT_LEAVING,   /* なし */
    VALUES_WEEKLY,        /* 週間 */
    VALUES_WEEKLY_DAYS,   /* 週間, of the days */
    N_PLAN_VALUES
};

struct scorer_plan {
    const struct field *fields[N_PLAN_FIELDS]; /* NULL: not in dictionary */
    int64_t values[N_PLAN_VALUES];
    const struct facility **facilities; /* by preference row; NULL: none */
    unsigned *uses;                     /* by rule: USES_ bits of all of it */
    unsigned *key_uses;                 /* by key of the order, likewise */
    bool lottery;                       /* the order has one, with a seed */
    /* Keys that are not the same at every preference. */
    size_t *keys_here, n_keys_here;
    /* By rule: the kinds of reason (bits of reason.kind) for which `when` may
     * be more than no; -1 where it does not say. */
    int64_t *kinds;
    struct rule_parts *parts;  /* by rule; of those of the choice */
    struct rule_guard *guards; /* by rule */
};

/* A rule cannot hold unless this field is unknown or has one of these values:
 * one part of its condition, quickly asked. */
struct rule_guard {
    const struct field *field; /* NULL: no such part */
    uint64_t values;           /* bits; values from 64 on may hold */
};

/* A condition taken apart at its outermost `and`s. */
struct rule_parts {
    const struct expr *const *fixed; /* the same at every preference */
    size_t n_fixed;
    const struct expr *const *here;
    size_t n_here;
};

/* score_once.c: fills lottery, keys_here, kinds and parts. */
void plan_once(struct scorer_plan *p, const struct scorer *s, struct arena *a);
struct scorer_plan *plan_make(const struct scorer *s, struct arena *a);
/* `reason is …`: the kinds that x names; -1 when it is anything else. */
int64_t reason_kinds(const struct expr *x, const struct field *kind);
/* score_manual.c: the errors of scorer_open(). */
bool manual_check(const struct scorer *s, struct diag *d);

#endif
