/*
 * Points of one household, rule by rule, as ruleset.h says; the numbers in
 * comments are its paragraphs. Private to recompute*.c.
 */
#ifndef NYUSHO_SCORING_VERIFY_RECOMPUTE_H
#define NYUSHO_SCORING_VERIFY_RECOMPUTE_H

#include "scoring/verify/verify_points.h"
#include "scoring/verify/walk.h"

/* One child of the household, and which rules held so far. */
struct working {
    struct walk w;
    int slot; /* of the guardian who is judged; -1: no guardian */
    /* By rule index: rules of guardians by slot, the others in the first. */
    enum walk_bool (*held)[2];
    /* What its own rules and those of its household come to, so that children
     * can be compared; then what share_highest adds. */
    milli_points plain, share;
};

/* What one rule gives. */
struct gift {
    enum walk_bool held;
    bool open; /* some of it is unknown: the points are provisional */
    milli_points points;
    enum award_kind kind;
};

/* What rules of a section add up to, and what else they do. */
struct section {
    milli_points sum;
    bool open, rank_last, sets_total;
    milli_points total; /* the lowest that they set */
};

/* recompute_award.c: the award of a rule; points that a person entered. */
struct gift award_gift(const struct walk *w, const struct rule *r,
                       const struct award *a);
struct gift manual_gift(const struct walk *w, const char *id,
                        enum rule_scope scope);
/* recompute_rule.c: a rule for the rows bound; notes whether it held. */
struct gift rule_gift(struct working *x, const struct rule *r);
/* recompute_section.c: rules alone and in groups (4). */
struct section section_of(struct working *x, const struct rule_list *list);
void section_add(struct section *to, const struct section *from);
/* recompute_base.c: guardians and base (1 to 3). True: provisional. */
bool base_of(struct working *x, struct recomputed_child *out);
/* recompute_enter.c: at the preference bound. */
enum walk_bool may_enter(const struct walk *w);
enum walk_bool may_have_seat(const struct walk *w,
                             const struct special_seat *s);
/* recompute_order.c: the phase that takes the child; a key of the order. */
struct walk_value phase_of(const struct walk *w);
int phase_taken(const struct walk *w); /* the first that is known to */
int64_t order_value(struct working *x, const struct order_key *k,
                    bool rank_last);

/* Stops at the ends. */
milli_points points_add(milli_points x, milli_points y);

#endif
