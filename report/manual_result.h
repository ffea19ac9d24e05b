/*
 * The placement that was made by hand, against that of a run: how often they
 * agree, why they differ where they do, by the rules, and what is to be said
 * against the place by hand, so that a city finds out which side is wrong.
 *
 * The file: 児童番号 and 施設番号 (empty: no place; the place a child has
 * already, where it stays); and, where the city has special seats, 枠 (empty:
 * a general one). Without that column those who are at a facility by hand have
 * its kinds of seats as the rules would give them to these children
 * (manual_kinds.c). Other columns are passed over.
 */
#ifndef NYUSHO_REPORT_MANUAL_RESULT_H
#define NYUSHO_REPORT_MANUAL_RESULT_H

#include "core/buf.h"
#include "report/outputs.h"

/* What is to be said against a place that was given by hand, by the rules and
 * the places of all others by hand. The first that holds. */
enum manual_verdict {
    MANUAL_FITS,         /* agrees, or is not in the file */
    MANUAL_NOT_WISHED,   /* the facility is not among the preferences */
    MANUAL_NOT_ELIGIBLE, /* not to be placed there, or at all */
    MANUAL_OVER,         /* more children there than seats */
    MANUAL_SIBLINGS,     /* no combination that the sibling condition has */
    MANUAL_PASSES_OVER,  /* `other` ranks higher there and would rather be */
    MANUAL_BELOW,        /* `other` is where it would rather be, and ranks
                            lower there */
    MANUAL_SEAT_LEFT,    /* a seat is empty where it would rather be */
    MANUAL_BLOCKED,      /* a combination that the household would rather have
                            has room: every facility in it would accept */
    MANUAL_ENTRY,        /* another combination that the condition has; by a
                            method in turns: another turn */
    MANUAL_FOLLOWS,      /* nothing: it follows from other differences */
    N_MANUAL_VERDICTS
};
struct label manual_verdict_label(enum manual_verdict v);

struct manual_place {
    const struct applicant *applicant;
    const struct facility *facility; /* NULL: none */
    const struct special_seat *kind; /* of its seat there; NULL: general */
    bool told;                       /* the file has this child */
    bool agrees;
    enum manual_verdict verdict;
    const struct applicant *other; /* of the verdict, NULL */
    const struct facility *there;  /* where; NULL */
    size_t chain; /* of the differences that hang together, from 0;
                     NOT_RANKED */
};

/* A class, or the classes that share its seats, with more children than
 * seats. */
struct manual_over {
    const struct contest *contest;
    int by;
};

struct manual_result {
    const struct run_result *run;
    struct manual_place *places; /* parallel to run->applicants */
    size_t n_told, n_agree;
    size_t by_verdict[N_MANUAL_VERDICTS];
    size_t n_chains;
    struct manual_over *over; /* by facility and class */
    size_t n_over;
};

/* Where the child is by hand: as it is by the rules where the file does not
 * have it. NULL: nowhere. */
const struct facility *manual_at(const struct manual_result *m,
                                 const struct applicant *a);
/* Which of its kinds of seats that is. */
const struct seat_place *manual_seat(const struct manual_result *m,
                                     const struct applicant *a);
/* manual_kinds.c: who has which kind, where the file does not say; part of
 * manual_result_load(). */
void manual_result_kinds(struct manual_result *m);
/* manual_check.c: the verdicts and chains; part of manual_result_load(). */
void manual_result_check(struct manual_result *m, struct arena *a);

/* Owned by the arena. Errors: CSV ones, "missing-column", "unknown-child" (it
 * does not apply), "duplicate-child", "unknown-facility", "unknown-seat-kind"
 * (the facility has no such seats). */
bool manual_result_load(const struct run_result *run, const char *bytes,
                        size_t len, const char *name, struct manual_result *out,
                        struct arena *a, struct diag *d);
/* Agreement in thousandths of a per cent of those told, rounded down: 100,000
 * only where all agree. 0 when none is told. */
int manual_result_agreement(const struct manual_result *m);

/* compare_manual.csv: a row per child. */
void write_compare_manual(const struct manual_result *m, struct csv_writer *w,
                          enum lang lang);
/* The short table: agreement, verdicts, and at most `most` differences. */
void manual_result_text(const struct manual_result *m, size_t most,
                        enum lang lang, struct buf *out);

#endif
