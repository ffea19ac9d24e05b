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
 * Children of one household are judged each on its own, by the single-child
 * reading of the entries (all entries before the one that is ω(f); none is
 * skipped; an enrolled child's list ends with its current place). Blocking
 * entries are judged by household, by rule SYY: the household would rather
 * have the entry, and each facility in it chooses, greedily and best first
 * within every cap, all the children sent there from among those holding
 * seats there without the household's own and those sent.
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
    void (*run)(struct verify_work *w, struct market_check_result *r);
};
extern const struct market_check market_checks[];
extern const size_t n_market_checks;

struct market_verdict {
    struct market_check_result *checks; /* n_market_checks */
    bool ok;                            /* no check failed */
    /* Blocking entries. Those of households with one child are failures of
     * the checks too; those of households with siblings are only reported. */
    size_t n_blocking, n_blocking_siblings; /* the second among the first */
    size_t blocked_families;
    struct market_blocking *blocking; /* the first VERIFY_EXAMPLES_MAX */
    size_t n_blocking_listed;
    /* Children whose household applies for several: each was judged alone. */
    size_t siblings_apart;
    /* Households with siblings that hold no entry of theirs nor ω(f); nothing
     * can be said about what they would rather have. */
    size_t families_unlisted;
};

/* Total, for a matching of as many children as the market. Owned by the
 * arena. */
void verify_market(const struct market *m, const struct matching *held,
                   struct market_verdict *out, struct arena *a);

#endif
