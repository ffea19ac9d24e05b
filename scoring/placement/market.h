/*
 * The market: children, facilities with seats per class age, the order of
 * children at each facility, and each household's list of entries. Everything
 * the placement needs and nothing else: no points, rules or names. Filled by
 * cli's run module or read from a market file (market_file.h).
 *
 * Words as in the matching literature (Sun, Takenami, Moriwaki, Tomita, Yokoo,
 * "Daycare Matching in Japan: Transfers and Siblings", AAAI-23):
 * - a child's current place ω(c) 在園: its place in its class at the entry
 * date; its own seat stands beside the offered ones, it ranks first there, and
 * the seat is free for others when it leaves (unless release is false);
 * - an entry names one facility or none for each child of the household; none
 *   for an enrolled child means that it stays where it is;
 * - after its last entry a household holds its current places ω(f).
 */
#ifndef NYUSHO_SCORING_PLACEMENT_MARKET_H
#define NYUSHO_SCORING_PLACEMENT_MARKET_H

#include "core/arena.h"
#include "core/diag.h"

#include <stdint.h>

#define MARKET_CLASSES 6
#define MARKET_NONE (-1)

struct market_child {
    const char *id;
    int class_age;   /* 0..5 */
    int32_t current; /* facility index ω(c), MARKET_NONE */
    int32_t family;
};

/* A cap inside a pool: at most `max` of the seats on offer for these classes
 * together; own seats of transfer applicants stand beside it, as beside
 * `seats`. Caps of one facility nest: of any two, one holds the other or they
 * share no class. */
struct market_cap {
    unsigned classes; /* bit k = class k */
    int32_t max;
};

struct market_facility {
    const char *id;
    int32_t seats[MARKET_CLASSES]; /* on offer, own seats of transfer
                                      applicants not among them */
    unsigned pool[MARKET_CLASSES]; /* bit k: shares seats with class k; a
                                      class alone has its own bit only */
    bool release[MARKET_CLASSES];  /* an own seat may be used by others */
    struct market_cap *caps;
    size_t n_caps;
    int32_t *priority; /* children, best first; one that is not listed is not
                          acceptable here (its own child always is) */
    size_t n_priority;
    int64_t *score; /* parallel to priority, thousandths; NULL; for reports */
};

struct market_family {
    const char *id;
    int32_t *children; /* eldest first, then by id */
    size_t n_children;
    int32_t *entries; /* n_entries * n_children facility or MARKET_NONE */
    size_t n_entries; /* ω(f) is not among them */
    int32_t turn;     /* smaller comes first, then by id; of no meaning in the
                         method `stable` */
};

/* How the seats are given; place.h says what each does. */
enum market_method {
    MARKET_STABLE,
    MARKET_POINTS_ORDER,
    MARKET_PREFERENCE_ROUNDS,
    N_MARKET_METHODS,
};

struct market {
    struct market_child *children; /* sorted by id */
    size_t n_children;
    struct market_facility *facilities; /* sorted by id */
    size_t n_facilities;
    struct market_family *families; /* sorted by id */
    size_t n_families;
    enum market_method method;
    bool optimum; /* what is placed is the proven best where a stable matching
                     need not exist; of no meaning to the placer */
};

/* A household that would rather have this entry, and the facilities too. */
struct market_blocking {
    int32_t family, entry;
};

/* place[c]: the facility that child c holds, MARKET_NONE. */
struct matching {
    int32_t *place;
    size_t n;
};

#endif
