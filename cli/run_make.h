/*
 * The run module: where points and placement meet. Scores every household,
 * makes the market, places, and says what became of every child. Reads the
 * case; writes nothing until run_write().
 *
 *     struct run run = RUN_INIT;
 *     if (run_make(c, folder, &options, &run) && run_write(c, &run, &path))
 *         …
 *     run_release(&run);
 */
#ifndef NYUSHO_CLI_RUN_MAKE_H
#define NYUSHO_CLI_RUN_MAKE_H

#include "cli/case_context.h"
#include "cli/prove_cli.h"
#include "report/outputs.h"
#include "report/result.h"

struct run_options {
    bool final;          /* refuse what is open; else a trial 試算 */
    bool allow_untested; /* a rule set whose examples fail; recorded */
    struct prove_request prove;
    bool remade; /* of run_remake(): asks again only what decided */
    struct output_style style;
    const char *after, *withdrawn; /* a later round: run_round.h; NULL */
};

/* A file of inputs/. */
struct run_file {
    const char *name; /* below inputs/ */
    const char *bytes;
    size_t len;
};
struct run_files {
    struct run_file *items; /* sorted by name */
    size_t n;
};

struct run_round;

/* One run in memory. Everything it points to is owned by c->mem but the
 * records and the findings, which run_release() gives back. */
struct run {
    struct run_options options;
    struct case_context ctx;
    struct record_set set;
    struct score_context score_context;
    struct scorer scorer;
    struct case_event *events;
    size_t n_events;
    struct diag findings; /* what goes to findings.csv */
    struct run_files files;
    struct run_round *round; /* run_round.h; NULL: no earlier run */
    struct run_result result;
};
#define RUN_INIT ((struct run){.findings = DIAG_INIT})

/* False with the messages: of the case's files, case.db and run_round.h,
 * "no-applicants", "duplicate-child", those of run_places(),
 * run_numbers_check() and run_phases(), and for final runs those of
 * run_final(). */
bool run_make(struct cli *c, const char *folder, const struct run_options *o,
              struct run *out);
/* The same run again, from its folder alone. "run-damaged": its run.json is
 * none of ours. */
bool run_remake(struct cli *c, const char *run_folder, struct run *out);
/* From what was loaded (context, records, events) to placements. */
bool run_compute(struct cli *c, struct run *r);
void run_release(struct run *r);
/* out/latest of a case, or out/<id> where `id` is not NULL; a path of a run
 * may stand for either of the two, so that an auditor needs no case. NULL with
 * "no-run". */
const char *run_folder_find(struct cli *c, const char *folder, const char *id);

/* Writes out/<id>/ with inputs/, verifies it from these files alone, and
 * points out/latest at it. An equal run that is already there is verified and
 * left as it is; "run-changed" when a file of it was changed since. *path gets
 * the folder. False with "unwritable-file",
 * "verify-failed" (the run contradicts the second evaluator or the
 * definitions: a defect of ours; nothing may be published). */
bool run_write(struct cli *c, struct run *r, const char **path);

/* The parts of run_make(), each in its own file. */

/* run_inputs.c: copies of everything the run reads, and the id. */
bool run_files_collect(struct cli *c, struct run *r);
bool run_events_load(struct cli *c, const char *inputs, struct run *r);
void run_files_name(struct run *r, struct arena *a);
bool run_files_write(struct cli *c, const struct run_files *files,
                     const char *folder);

/* run_numbers.c: every household that applies has its drawn or receipt number
 * where the order asks for one, and nobody else has. False with
 * "number-missing", "unknown-household". */
bool run_numbers_check(struct cli *c, const struct run *r);

/* run_events.c: events, manual points and rows that belong to nobody, as
 * findings: "event-for-nobody", "points-for-nobody", "row-of-nobody". */
void run_check_owners(struct run *r, struct arena *a);

/* run_places.c: what the market's facilities are. False with
 * "unknown-seat-kind" (special seats that the rules do not know). */
bool run_places(struct run_result *r, struct arena *a, struct diag *d);
/* Index in places and in every market; MARKET_NONE for NULL, or where the
 * facility has no such seats. run_facility() is the general ones. */
int32_t run_place(const struct run_result *r, const struct facility *f,
                  const struct special_seat *s);
int32_t run_facility(const struct run_result *r, const struct facility *f);
/* By the name in seats.csv; NULL when there is none. */
const struct special_seat *run_seat_find(const struct ruleset *rules,
                                         const char *kind);
/* Fills the applicant's options. One that applies alone asks for nothing below
 * the place that it has, where its list names that: it could not better it. */
void run_seat_options(const struct run_result *r, struct applicant *x,
                      bool alone, struct arena *a);
/* run_phases.c: one market, or one for each phase over the seats that remain,
 * in a later round too; places in each. False with "duplicate-child" and the
 * messages of run_market(), run_round_market() and run_combinations_check(). */
bool run_phases(struct cli *c, struct run *r);
/* Of the household of applicants from `first` to `end`; 0 where nobody takes
 * part. */
size_t run_home_phase(const struct run_result *r, size_t first, size_t end);
/* run_market.c: the applicants of phase_now and their orders to a market.
 * False with the messages of run_siblings.c. */
bool run_market(struct run_result *r, struct arena *a, struct diag *d);
/* In the market of phase_now. */
bool run_takes_part(const struct run_result *r, const struct applicant *a);
/* run_siblings.c. The applicants from `first` to `end` are one household. How
 * many of them are placed together, 0 when there are no two; *f is filled and
 * has no child where nobody takes part. *ok becomes false with
 * "too-many-siblings", "combination-children", "combination-missing",
 * "combination-not-wished", "combination-pattern", "unknown-facility",
 * "bad-sibling-pattern", "too-many-entries". */
size_t run_siblings(struct run_result *r, size_t first, size_t end,
                    struct market_family *f, bool *ok, struct arena *a,
                    struct diag *d);
/* How many of the applicants from `first` to `end` apply together: not who
 * withdrew, or has its place elsewhere. */
size_t run_home_size(const struct run_result *r, size_t first, size_t end);
/* "unknown-household", "combination-children": a combination list of nobody
 * who applies. */
bool run_combinations_check(const struct run_result *r, struct diag *d);
/* What each household with siblings of this phase holds, and why no better
 * entry. */
void run_siblings_outcome(struct run_result *r, struct arena *a);
/* Withdrew, declined or left, in this round or before. */
bool run_gone(const struct run_result *r, const struct applicant *a);
/* run_proof.c: the proof (L4) of phase_now, when it is asked for, when the city
 * takes the optimum (option or nyusho.yaml), and when a household is blocked;
 * after the placement, before its outcome. What the phases before gave out, and
 * what an earlier round decided, is as it is. False as prove_do(). */
bool run_prove(struct cli *c, struct run *r);
/* proof.json of the folder. */
bool run_proof_write(struct cli *c, const struct run_result *r,
                     const char *folder);

/* run_outcome.c: the placement of phase_now back to children, facilities and
 * classes; first room for it, at the end those who are in no market. */
void run_outcome_open(struct run_result *r, struct arena *a);
void run_outcome(struct run_result *r, struct arena *a);
void run_outcome_close(struct run_result *r);
/* run_left.c: seats left over in the contests of phase_now, which begin at
 * `from`. */
void run_count_left(struct run_result *r, size_t from);

/* run_findings.c: warnings about the points of this run, in its findings:
 * "rules-untested", "rule-never-fired", "rule-always-fired" (notes where there
 * are few children), "rule-unknown-value", "tie-unbroken". */
void run_findings(struct cli *c, struct run *r);
/* Neighbours in an order that no rule tells apart, siblings left out. */
size_t run_ties(const struct run_result *r);

/* run_final.c: counts what is open; false in a final run that must not be made:
 * "final-doubts", "final-documents", "final-seats", "final-untested" (unless
 * allowed), "final-rules", "final-ties", "final-provisional",
 * "final-lottery", "final-earlier" (a later round of a trial),
 * "final-findings" (what a person must settle first), "audit-broken" (case.db
 * was changed by another program). */
bool run_final(struct cli *c, struct run *r, struct case_db *db);

#endif
