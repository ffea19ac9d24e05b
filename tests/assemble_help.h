/*
 * For tests of assembly: a case.db whose pages and readings are written by
 * hand, and what comes of them as text.
 *
 *     page s1 a.tif:1 application 1/2 qr=000001/0001
 *       child.kana = ミホン ハナ      accepted
 *       child.birth ? 2025-06-01      in doubt
 *       child.leave_extension_ok -    left blank
 *       household.address !           unreadable
 *       child.entry_wish - required
 *
 * "s1" stands for the SHA-256. A form is cover, application, certificate; or
 * "unknown", "blank", "quarantined". "qr=", "qrpages=" and "qrreceived=" say
 * what its code says, "reader=" who read it ("r1").
 */
#ifndef NYUSHO_TESTS_ASSEMBLE_HELP_H
#define NYUSHO_TESTS_ASSEMBLE_HELP_H

#include "records/assemble.h"
#include "records/case_internal.h"
#include "records_help.h"

struct desk {
    char folder[40];
    struct diag d;
    struct arena mem;
    struct dictionary dict;
    struct policy policy;
    struct registry registry; /* empty until a test fills them */
    struct postal postal;
    struct facilities facilities;
    struct case_db *db;
    int32_t deadline;
    struct assemble_summary sum;
};

int desk_open(void **state);
int desk_close(void **state);
#define DESK(test) cmocka_unit_test_setup_teardown(test, desk_open, desk_close)

/* Puts the pages, in the order in which they stand; a `seed` other than 0
 * shuffles them. */
void desk_put(struct desk *k, const char *text, unsigned seed);
/* assemble(), whose findings are then in k->d alone. */
void desk_assemble(struct desk *k);
/* Both. */
void desk_scan(struct desk *k, const char *text);
/* The same for a new, empty case: forgets all that was. */
void desk_clear(struct desk *k);

/* The current value: its text, "-" not applicable, "?" unknown, "!"
 * unreadable, "" when there is no row of it. `where` is household/child/
 * person/seq as far as the scope has them: "000001/1/2". */
const char *desk_value(struct desk *k, const char *where, const char *path);
/* "check page field-or-path = proposal" of every open doubt, a line each. */
const char *desk_doubts(struct desk *k);
/* "page household/person/seq state evidence" of every certificate. */
const char *desk_joins(struct desk *k);
/* "page household type holder pages state" of every document, and "> page"
 * when it replaces another. */
const char *desk_papers(struct desk *k);
/* "place check" of the findings of the last assembly. */
const char *desk_findings(struct desk *k);
/* All of it, values too. */
const char *desk_everything(struct desk *k);

/* A person's answer to the open doubt of this page with this check or path;
 * then assembles. */
void desk_answer(struct desk *k, const char *page, const char *about,
                 const char *text);
/* doubts.csv with one answer; false when it was refused. */
bool desk_import(struct desk *k, const char *csv, size_t *taken);
/* The id of that doubt; fails the test when there is none. */
const char *desk_doubt(struct desk *k, const char *page, const char *about);

#endif
