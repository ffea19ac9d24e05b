/*
 * The inside of struct market_builder, shared by market_build.c (lists in) and
 * market_finish.c (the market out). Others use market_build.h.
 */
#ifndef NYUSHO_SCORING_PLACEMENT_MARKET_BUILDER_H
#define NYUSHO_SCORING_PLACEMENT_MARKET_BUILDER_H

#include "core/buf.h"
#include "scoring/placement/market_build.h"
#include "scoring/placement/names.h"

struct facility_row {
    bool added, missing_told;
    struct market_facility_spec spec; /* caps in the builder's arena */
    size_t nth;
    bool has_priority, has_scores;
    size_t priority, n_priority, scores; /* positions in refs and scores */
    struct pos priority_at;
};

struct child_row {
    bool added, missing_told;
    int age;
    int32_t current;
    int32_t family, listed_by; /* the last to name it, plus one */
    size_t nth;
    struct pos at;
};

struct family_row {
    const char *id;
    size_t children, n_children; /* positions in refs */
    size_t entries, n_entries;
    int32_t turn;
    struct pos at;
};

struct market_builder {
    struct diag *d;
    const char *name; /* borrowed */
    struct arena mem;
    struct names child_names, facility_names, family_names;
    struct buf children, facilities, families; /* rows, by reference */
    struct buf refs, scores;                   /* int32_t, int64_t */
    size_t n_children_added, n_facilities_added;
    enum market_method method;
    size_t errors, warnings;
};

#define builder_rows(b, of, type) ((type *)(void *)(b)->of.bytes)
#define builder_count(b, of, type) ((b)->of.len / sizeof(type))
#define builder_children(b) builder_rows(b, children, struct child_row)
#define builder_facilities(b) builder_rows(b, facilities, struct facility_row)
#define builder_families(b) builder_rows(b, families, struct family_row)
#define builder_refs(b) builder_rows(b, refs, int32_t)

/* One finding; after MARKET_ERRORS_MAX of its severity it is only counted.
 * Returns false. */
bool builder_problem(struct market_builder *b, enum severity severity,
                     struct pos at, const char *check, const char *ja,
                     const char *en, ...)
    __attribute__((format(printf, 5, 7), format(printf, 6, 7)));

/* market_check.c. False when anything was reported as an error so far. */
bool builder_check_references(struct market_builder *b);
/* family[i]: where the i-th household added stands in the market. */
void builder_warn_entries(struct market_builder *b, const struct market *m,
                          const int32_t *family);

#endif
