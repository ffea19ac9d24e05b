/*
 * Checks a finished placement by the definitions, whoever made it: it knows
 * the market and who holds which place, nothing of how that came about, and
 * shares no code with the placer.
 *
 *     struct market_verdict v;
 *     verify_market(&market, &matching, &v, &run);
 *     for (size_t i = 0; i < n_market_checks; i++)
 *         print(market_checks[i].title.ja, v.checks[i].failed);
 *
 * A household holds one of its entries before the one that is what it has
 * today (what comes after that is no improvement), or what it has today, ω(f).
 * Blocking coalitions are judged by household: it would rather have the entry,
 * and every facility in it chooses, greedily and best first within every cap,
 * all the children sent there. By rule SYY from those holding seats there
 * without the household's own children, and those sent; by rule ABH the
 * household's own children count as still holding their seats, so that fewer
 * entries block. A household with one child must not be blocked: no-waste and
 * no-justified-envy tell. With siblings it may be unavoidable, and is reported.
 */
#ifndef NYUSHO_SCORING_VERIFY_VERIFY_MARKET_H
#define NYUSHO_SCORING_VERIFY_VERIFY_MARKET_H

#include "scoring/placement/market.h"

/* Enough to see what is wrong; the counts are always complete. */
#define VERIFY_EXAMPLES_MAX 20

struct verify_work;

/* One counter-example; what does not belong to the check is MARKET_NONE. */
struct market_example {
    int32_t child;    /* who is wronged, or stands where it must not */
    int32_t facility; /* where */
    int32_t other;    /* who holds the seat */
    int32_t class_age;
};

struct market_check_result {
    size_t checked, failed;
    struct market_example *examples; /* the first ones, in market order */
    size_t n_examples;
};

struct market_check {
    const char *name; /* kebab-case, stable */
    struct label title;
    unsigned run_by;  /* bit i: under method i it is looked at … */
    unsigned owed_by; /* … and a failure is a fault; else it is an instability
                         of the method, and only reported */
    void (*run)(struct verify_work *w, struct market_check_result *r);
};
extern const struct market_check market_checks[];
extern const size_t n_market_checks;
/* A failure of this check is a fault in this market. */
bool market_check_counts(size_t check, const struct market *m);

/* Blocking entries by one rule. */
struct blocking_count {
    size_t entries, of_siblings; /* the second among the first */
    size_t families;
};

struct market_verdict {
    struct market_check_result *checks; /* n_market_checks */
    bool ok;                            /* no check failed that counts */
    struct blocking_count syy, abh;
    struct market_blocking *blocking; /* the first VERIFY_EXAMPLES_MAX, SYY */
    size_t n_blocking_listed;
    size_t sibling_families; /* households with more than one child */
    /* Of them, those that hold no entry of theirs nor ω(f); nothing can be
     * said about what they would rather have. */
    size_t families_unlisted;
};

/* Total, for a matching of as many children as the market. Owned by the
 * arena. */
void verify_market(const struct market *m, const struct matching *held,
                   struct market_verdict *out, struct arena *a);

#endif
