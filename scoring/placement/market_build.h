/*
 * Fills a struct market from lists that come in any order: the one way to make
 * one, for market files and for cli's run module. Sorts by id, resolves names,
 * and reports everything that is wrong in the words of the market file
 * (`nurseries[2].priority[17]`), at the place the caller gives.
 *
 *     struct market_builder *b = market_builder_open("m.json", d);
 *     struct market_facility_spec f = MARKET_FACILITY_SPEC;
 *     f.facility = market_facility_ref(b, "11", 2);
 *     f.seats[1] = 6;
 *     ok = market_add_facility(b, &f);
 *     int32_t c = market_child_ref(b, "0001", 4);
 *     ok = market_add_child(b, c, 1, MARKET_NONE, at) && ok;
 *     ok = market_add_family(b, "0001", 4, &c, 1, &f.facility, 1, at) && ok;
 *     ok = market_set_priority(b, f.facility, &c, NULL, 1, at) && ok;
 *     ok = market_finish(b, &market, &run) && ok;
 *     market_builder_close(b);
 *
 * A reference is a number for a name; a name may be used before it is added.
 * The adders take what is well-formed in itself or report it and return
 * false; market_finish() checks what needs the whole, and returns false when
 * anything was ever reported as an error. After MARKET_ERRORS_MAX messages
 * the rest is counted in one.
 */
#ifndef NYUSHO_SCORING_PLACEMENT_MARKET_BUILD_H
#define NYUSHO_SCORING_PLACEMENT_MARKET_BUILD_H

#include "scoring/placement/market.h"

/* Three children with 20 wishes each make 9,260 entries. */
#define MARKET_ENTRIES_MAX 9999
/* More children than any household has, few enough for a bounded market. */
#define MARKET_SIBLINGS_MAX 20
/* More than any facility has; sums over classes stay far from overflow. */
#define MARKET_SEATS_MAX 1000000
#define MARKET_ID_MAX 200
#define MARKET_CAPS_MAX 64
#define MARKET_ERRORS_MAX 20

struct market_builder;

struct market_facility_spec {
    int32_t facility; /* from market_facility_ref() */
    int64_t seats[MARKET_CLASSES];
    unsigned groups[MARKET_CLASSES]; /* pools as sets of classes, any order */
    size_t n_groups;
    struct market_cap *caps;
    size_t n_caps;
    bool release[MARKET_CLASSES];
    struct pos at;
};
#define MARKET_FACILITY_SPEC        \
    ((struct market_facility_spec){ \
        .release = {true, true, true, true, true, true}})

/* `name` is the file that findings without a place of their own are about. */
struct market_builder *market_builder_open(const char *name, struct diag *d);
void market_builder_close(struct market_builder *b);

int32_t market_child_ref(struct market_builder *b, const char *id, size_t len);
int32_t market_facility_ref(struct market_builder *b, const char *id,
                            size_t len);

/* "duplicate-facility", "bad-seats", "bad-group" (a class in two pools),
 * "bad-cap" (across pools, or two that overlap without nesting). Copies. */
bool market_add_facility(struct market_builder *b,
                         const struct market_facility_spec *spec);
/* `current` is a reference or MARKET_NONE. "duplicate-child", "bad-age". */
bool market_add_child(struct market_builder *b, int32_t child, int64_t age,
                      int32_t current, struct pos at);
/* `entries`: n_entries * n references or MARKET_NONE, children in the order
 * given. "duplicate-family", "empty-family", "child-in-two-families",
 * "too-many-entries", "too-many-siblings". */
bool market_add_family(struct market_builder *b, const char *id, size_t len,
                       const int32_t *children, size_t n,
                       const int32_t *entries, size_t n_entries, struct pos at);
/* Of the household added last; 0 where it is not called. "bad-turn". */
bool market_set_turn(struct market_builder *b, int64_t turn, struct pos at);
/* MARKET_STABLE where it is not called. */
void market_set_method(struct market_builder *b, enum market_method method);
/* After its facility. Best first; `scores` in thousandths, parallel, or NULL.
 * "duplicate-priority" (the facility has one already, or a child stands in it
 * twice). */
bool market_set_priority(struct market_builder *b, int32_t facility,
                         const int32_t *children, const int64_t *scores,
                         size_t n, struct pos at);
/* "unknown-child", "unknown-facility", "child-without-family"; warns of
 * entries that mean nothing ("entry-after-current", "repeated-entry"). The
 * market is owned by the arena. */
bool market_finish(struct market_builder *b, struct market *out,
                   struct arena *a);

#endif
