/*
 * The proof (L4): is there a stable matching? If not, what is the least number
 * of blocking entries (rule SYY), and how many children can hold a place with
 * no more than that? Staying where it is counts as holding a place.
 *
 *     struct prove_result r;
 *     prove_market(&market, (struct prove_options){.goal = PROVE_OPTIMUM}, &r,
 *                  &run);
 *     if (r.verdict == PROVE_NONE_STABLE)
 *         print(r.blocking_low, r.blocking_high);
 *
 * Two bounds that are equal are proven. The numbers follow from the market;
 * the matching is one of many of that worth, whichever the solver met, unless
 * it is canonical: the first by the households' order, each with the best
 * entry that stays possible at the optimum. Bounds that a limit left apart
 * depend on the solver too.
 */
#ifndef NYUSHO_SCORING_PLACEMENT_PROVE_PROVE_H
#define NYUSHO_SCORING_PLACEMENT_PROVE_PROVE_H

#include "scoring/placement/market.h"

enum prove_goal {
    PROVE_DECISION,  /* whether a stable matching exists */
    PROVE_MINIMUM,   /* the least number of blocking entries */
    PROVE_MAXIMUM,   /* and the most children with a place at that */
    PROVE_CANONICAL, /* and the canonical matching of that worth */
};

enum prove_verdict {
    PROVE_OPEN, /* the limit came first */
    PROVE_STABLE,
    PROVE_NONE_STABLE,
    N_PROVE_VERDICTS,
};

struct prove_verdict_name {
    const char *word; /* in result files */
    struct label name;
};
extern const struct prove_verdict_name prove_verdicts[N_PROVE_VERDICTS];

/* What may stop a proof: never a clock. */
enum prove_limit {
    PROVE_NO_LIMIT,
    PROVE_LIMIT_CONFLICTS, /* the caller's, for one question */
    PROVE_LIMIT_WORK,      /* our own, for one question: conflicts times
                              clauses */
    PROVE_LIMIT_ROUND,     /* our own, for all questions about one number of
                              blocking entries: clauses */
    N_PROVE_LIMITS,
};
extern const struct prove_verdict_name prove_limits[N_PROVE_LIMITS];

struct prove_options {
    enum prove_goal goal;
    /* Where to begin; the placer's answer where it is NULL or no household's
     * entries give it. */
    const struct matching *start;
    size_t group;  /* households asked about together; 0: as is fastest */
    int conflicts; /* for each question to the solver; 0: our own limits */
};

struct prove_result {
    enum prove_verdict verdict;
    /* Blocking entries of the best matching are at least, at most. */
    size_t blocking_low, blocking_high;
    /* Children with a place at the least number of blocking entries. As long as
     * that number is open placed_low says nothing of it, and placed_high is
     * the bound that the seats alone set (prove_flow.h). */
    size_t placed_low, placed_high;
    enum prove_limit limit;           /* stopped it before its goal */
    bool canonical;                   /* so is the matching below */
    struct matching matching;         /* the best one known */
    struct market_blocking *blocking; /* in it, by household and entry */
    size_t n_blocking, blocked_families, placed;
    size_t entries, entries_left; /* before and after what is certain */
    size_t variables, clauses;    /* of the largest formula */
    size_t questions;
};

/* Total; the limits bound the time it takes. Results are owned
 * by the arena. False, and an empty result, where the program was built
 * without the solver. */
bool prove_market(const struct market *m, struct prove_options options,
                  struct prove_result *out, struct arena *a);
/* The program has the solver. */
bool prove_available(void);

#endif
