/*
 * The result of one run: what every writer walks. Filled by cli's run module,
 * where points and placement meet; writers only read it. All orders here are
 * total and end in a unique number, so writers sort nothing.
 */
#ifndef NYUSHO_REPORT_RESULT_H
#define NYUSHO_REPORT_RESULT_H

#include "records/facility.h"
#include "records/record.h"
#include "records/settings.h"
#include "scoring/placement/chain.h"
#include "scoring/placement/combinations.h"
#include "scoring/placement/entry_outcome.h"
#include "scoring/placement/place.h"
#include "scoring/points/rules_test.h"
#include "scoring/points/score.h"

/* What became of a child. */
enum outcome {
    OUTCOME_PLACED,      /* 内定 */
    OUTCOME_TRANSFERRED, /* 転園内定 */
    OUTCOME_STAYS,       /* 在園継続: a transfer not won */
    OUTCOME_WAITING,     /* 保留 */
    OUTCOME_EXCLUDED,    /* 対象外 */
    OUTCOME_WITHDRAWN,   /* 取下げ */
    OUTCOME_HELD,        /* 前回内定: keeps what an earlier round gave it */
    OUTCOME_DECLINED,    /* 辞退: declined it, and holds no seat */
    OUTCOME_LEFT,        /* 退園: left where it was enrolled */
    OUTCOME_ELSEWHERE,   /* 管外協議: wishes only for facilities outside the
                            city, which are asked */
    OUTCOME_PLACED_ELSEWHERE, /* 管外内定: one of them took the child */
    N_OUTCOMES
};
struct label outcome_label(enum outcome o);

/* Why, for the child as a whole and for each preference. */
enum reason_code {
    REASON_PLACED,    /* placed here */
    REASON_BETTER,    /* not needed: holds a better preference */
    REASON_FILLED,    /* R1: applicants of higher order filled the seats */
    REASON_NO_SEATS,  /* R2: no seats offered in the class */
    REASON_SIBLINGS,  /* R3: sibling condition not satisfiable */
    REASON_DOCUMENTS, /* R4: documents missing at the deadline */
    REASON_DATE,      /* R5: not eligible on the entry date (age, closing) */
    REASON_LEAVE,     /* R6: ranks last, having accepted extended leave */
    REASON_WITHDRAWN, /* R7: withdrew or declined */
    REASON_UNKNOWN_FACILITY, /* R8: no such facility or class */
    REASON_NO_PREFERENCE,    /* R9: no preference that can be used */
    REASON_TURN,      /* R10: no seat left in its turn; not by method stable */
    REASON_BIRTH,     /* R11: birth date unknown, so no class */
    REASON_ROUND,     /* R21: not considered in this later round */
    REASON_ELSEWHERE, /* R22: a facility outside the city decides itself */
    N_REASON_CODES
};
const char *reason_code_text(enum reason_code r); /* "R1", "" */
struct label reason_code_label(enum reason_code r);

#define NOT_RANKED ((size_t)-1)

/* How a household with several applicants is placed. */
struct sibling_result {
    const char *pattern; /* as the household said, or the one assumed */
    bool assumed;        /* it said none */
    bool cut;            /* so many wishes that each list was cut … */
    size_t wishes_used;  /* … to this many */
    size_t phase;        /* whose market the next two are of */
    int32_t family;      /* in the market; MARKET_NONE: nobody takes part */
    size_t n_entries;
    size_t entry; /* the one it holds, from 0; n_entries: as it is today */
    bool frozen;  /* found no end; see place.h */
    struct entry_outcome *better; /* of the entries before, the first ones */
    size_t n_better;
};
/* Better entries that explanations tell of. */
#define SIBLING_ENTRIES_TOLD 20

/* Seats of one facility: general ones, or special ones of one kind. A
 * facility of the market. Sorted by id. */
struct run_result;
struct seat_place {
    const char *id; /* "11", "11#加配" */
    const struct facility *facility;
    const struct special_seat *special; /* NULL: general */
    const struct class_seats *seats;    /* N_CLASSES */
};
/* The seats of this kind there (NULL: general ones); NULL where there are
 * none. */
const struct seat_place *seat_place_find(const struct run_result *r,
                                         const struct facility *f,
                                         const struct special_seat *s);
/* Its kind as seats.csv names it; "" for general seats. */
const char *seat_kind(const struct special_seat *s);

/* Of place_of: by facility, general seats first, then by the order of the
 * rules. */
size_t seat_place_slot(const struct run_result *r, const struct facility *f,
                       const struct special_seat *s);

/* One way of having a preference: a child may ask for general and for special
 * seats of one facility, under one preference number. */
struct seat_option {
    size_t pref;          /* index in score->prefs */
    int32_t place;        /* in run_result.places */
    size_t contest, rank; /* as pref_contest and pref_rank */
};

/* One market of the run. Where phases come one after another there is one for
 * each; else one. */
struct run_phase {
    const struct phase *phase; /* NULL: the only one; or those whom no phase
                                  takes */
    struct market market;
    struct placement placement;
    struct seat_fate *fates; /* by its children: what became of the seat */
    const char *proof; /* JSON (prove_json.h), the phases before as they are;
                          NULL: nothing was proven */
};

/* Name of the order key with this index (struct entrant); "" for NOT_RANKED. */
const char *decided_text(const struct run_result *r, size_t decided_by,
                         enum lang lang);

/* One child that applied. Sorted by (household, child). */
struct applicant {
    const char *household, *child;
    size_t household_index;          /* in set->households */
    const struct child_score *score; /* never NULL */
    int32_t market_child;            /* MARKET_NONE: not in the market */
    size_t phase;                    /* whose market it is in */
    const struct facility *current;  /* ω(c), NULL */
    const struct special_seat *current_seat; /* its kind of seat there */
    const struct facility *won;              /* where it holds a place; NULL */
    const struct special_seat *won_seat;     /* the kind; NULL: general */
    size_t won_pref; /* index in score->prefs; NOT_RANKED */
    enum outcome outcome;
    enum reason_code reason;
    const struct sibling_result *siblings; /* NULL: it applies alone */
    struct seat_option *options; /* in the order in which it asks for them */
    size_t n_options;
    /* By preference index: */
    enum reason_code *pref_reason;
    size_t *pref_contest; /* index in contests; NOT_RANKED. Of general seats,
                             or of the special ones that it won there */
    size_t *pref_rank;    /* from 0; NOT_RANKED */
    size_t *pref_last;    /* R1: who has the last of the seats that it asked
                             for, of the pool where the class shares; index in
                             applicants, NOT_RANKED */
};

/* A child that stands in the order at a facility and class. */
struct entrant {
    size_t applicant, pref;
    size_t decided_by; /* index in rules->order of the key that put it below
                          the one before; n_order: by number; NOT_RANKED for
                          the first */
    bool placed;
};

/* One facility × class: what a selection meeting walks down. Sorted by phase,
 * facility code, class, then general seats before special ones, these in the
 * order of the rules. */
struct contest {
    size_t phase;
    const struct facility *facility;
    const struct special_seat *special; /* NULL: general seats */
    int32_t place;                      /* in run_result.places */
    int class_age;
    int offered;   /* seats for newcomers, without own seats; -1 unknown */
    int own;       /* own seats of those applying to transfer away */
    int placed;    /* newly placed */
    int staying;   /* transfer applicants who stay */
    int left;      /* seats left over; classes of one pool share no seat */
    size_t cutoff; /* index of the last newly placed entrant; NOT_RANKED */
    struct entrant *entrants; /* best first */
    size_t n_entrants;
};

/* Doubts still open, documents not processed: what --final refuses. */
struct run_open {
    size_t doubts, point_doubts, documents, unsigned_seats, ties, provisional;
    bool rules_untested;
};

struct run_input {
    const char *name;   /* file in inputs/ */
    const char *sha256; /* of its bytes */
};

struct round_result;
struct run_result {
    const char *id; /* 16 hex digits */
    bool final;
    bool allow_untested; /* asked for: rules whose examples fail */
    bool optimum;        /* the proven best is the result, of some phase at
                            least; market.optimum says of which */
    const struct settings *settings;
    const struct dictionary *dict;
    const struct facilities *facilities;
    const struct ruleset *rules;
    const struct record_set *set;
    const struct scorer *scorer;
    const struct rules_report *rules_report;
    struct household_score *scores; /* parallel to set->households */
    struct applicant *applicants;
    size_t n_applicants;
    struct contest *contests;
    size_t n_contests;
    struct run_phase *phases;
    size_t n_phases, phase_now;      /* phase_now: while they are made */
    struct market market;            /* of the last phase */
    struct placement placement;      /* of its market */
    const struct seat_place *places; /* parallel to the facilities of every
                                        market */
    size_t n_places;
    const int32_t *place_of; /* index in places, by facility and kind: see
                                seat_place_slot() */
    int32_t *seats_now;      /* by place and class: on offer in the next
                                phase */
    const struct combinations *combinations; /* explicit lists of siblings */
    struct sibling_result *siblings;         /* by household */
    size_t n_siblings;
    const struct round_result *round; /* report/round.h; NULL: no earlier run */
    struct run_open open;
    const struct run_input *inputs; /* sorted by name */
    size_t n_inputs;
    const struct diag *findings;
    const char *verify_json; /* made by verify/; NULL when not run */
    bool verified;
};

/* 試算 or 本番, and whether its rules are untested: stands on every output. */
struct label run_kind_label(const struct run_result *r);
struct label run_kind_text(bool final, bool untested);

/* It asked for these seats and has nothing that it would rather have: no place
 * here, no better preference, no seat of a kind that it asked for before. */
bool entrant_waits(const struct run_result *r, const struct contest *c,
                   const struct entrant *e);

/* Phases come one after another. */
bool run_in_phases(const struct run_result *r);
/* The words of the phase; "" where there is one market. */
const char *phase_text(const struct run_result *r, size_t phase, enum lang);
/* Its id in files; "-" for those whom no phase takes, "" where there is one
 * market. */
const char *phase_id(const struct run_result *r, size_t phase);
/* Seats that nobody took, after the last phase. */
int64_t run_seats_left(const struct run_result *r);
size_t run_frozen(const struct run_result *r);

/* Children who stand in this order and would rather be here than where they
 * are. */
size_t contest_waiting(const struct run_result *r, const struct contest *c);

/* By child of the phase's market. Owned by the arena. */
const struct applicant **applicants_by_child(const struct run_result *r,
                                             size_t phase, struct arena *a);

/* Where its list of preferences names the place that it has, an index in
 * score->prefs; NOT_RANKED. */
size_t applicant_own_pref(const struct applicant *a);

/* By child number; NULL when it did not apply. */
const struct applicant *applicant_find(const struct run_result *r,
                                       const char *child);

#endif
