/*
 * A later round in a run's result: what the earlier run had decided, who
 * withdrew since, and what each withdrawal set off. Filled by cli's run module
 * (cli/run_round.h); the writers only read it.
 */
#ifndef NYUSHO_REPORT_ROUND_H
#define NYUSHO_REPORT_ROUND_H

#include "core/buf.h"
#include "records/withdrawals.h"
#include "report/result.h"
#include "scoring/placement/round_chain.h"

/* A row of the earlier run's placements.csv. */
struct earlier_row {
    const char *household, *child;
    int class_age; /* -1: none */
    enum outcome outcome;
    bool gone;            /* withdrew, declined or left then (R7) */
    const char *facility; /* code of the place it was given, "" */
    const char *kind;     /* of its seat there; "": general */
    const char *from;     /* 転園元, "" */
    struct pos at;
};

/* What a child is in this round; one of them stands in round.csv for each. */
enum round_standing {
    STANDING_NEW,      /* 新規 */
    STANDING_WAITING,  /* 待機: 保留, or a transfer not won */
    STANDING_DECIDED,  /* 内定: by the earlier round */
    STANDING_ENROLLED, /* 在園: placed by the earlier round, there by now */
    STANDING_GONE,     /* 届出: withdrew in this round */
    STANDING_WAS_GONE, /* 前回まで: withdrew before */
    STANDING_ABSENT,   /* 申込なし: only the earlier run has it */
    N_STANDINGS,
};
struct label standing_label(enum round_standing s);

/* Parallel to the applicants. */
struct round_row {
    enum round_standing standing;
    const struct earlier_row *earlier;    /* NULL: new */
    const struct facility *held;          /* STANDING_DECIDED, _ENROLLED */
    const struct special_seat *held_seat; /* NULL: a general seat */
    const struct withdrawal *withdrawal;  /* STANDING_GONE */
    bool fixed; /* not considered in this round: holds what it has */
};

/* A withdrawal that gave a seat back; parallel to round.gone and chains.of. */
struct round_leaver {
    size_t applicant;
    const struct withdrawal *withdrawal;
};

struct round_result {
    const char *after; /* id of the earlier run */
    bool after_final;
    const struct round_settings *settings;
    struct earlier_row *earlier; /* by child number */
    size_t n_earlier;
    struct round_row *rows;
    const struct applicant **by_child; /* applicants, by child number */
    struct round_phases round;
    struct round_leaver *leavers;
    struct round_chains chains;
};

/* How a chain of a withdrawal begins: what was added is the seat given back. */
struct label round_start_label(enum chain_start s);
/* NULL: not in the earlier run. */
const struct earlier_row *earlier_find(const struct round_result *r,
                                       const char *child);
/* NULL: it does not apply in this round. */
const struct applicant *round_applicant(const struct run_result *r,
                                        const char *child);
/* The outcome with this name, in either language; N_OUTCOMES: none. */
enum outcome outcome_named(const char *text);

/* The seat that came back, in words; then each chain of it, one line each. */
void round_leaver_text(const struct run_result *r, size_t leaver,
                       enum lang lang, struct buf *out);
/* What the earlier round gave the child and, where it withdrew, what came of
 * it; nothing where there was no earlier round. */
void round_child_text(const struct run_result *r, const struct applicant *a,
                      enum lang lang, struct buf *out);

#endif
