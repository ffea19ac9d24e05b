/*
 * Assembles sheets into households: a pure function of what case.db holds. It
 * rebuilds the values that come from pages, the joins of certificates, the
 * documents of the ledger that are pages, the doubts and the findings, in one
 * transaction. Run it after pages, filings or answers were added; with nothing
 * new it changes nothing.
 *
 *     if (!assemble(db, &dict, &options, &sum, d)) return 3;
 *
 * - A cover sheet 受付票 precedes a household's pages in a file; pages up to
 * the next cover are its, when the count agrees ("cover-count" otherwise: the
 *   pages then stand on their own numbers or become doubts).
 * - A page's own QR or office boxes (@household, @child) say the same; where
 *   they contradict the cover the page waits for a person.
 * - One application sheet per child. Values given twice and alike are fine;
 *   different ones are a doubt ("sheets-differ"), also where a person answered
 *   for one of them; until it is answered the first sheet by (form, page,
 *   sha256) stands, an answered one before those read.
 * - A certificate belongs to the guardian of exactly its holder's birth date,
 *   within its household, unless the kana say that it is somebody else; all
 *   else is only proposed, the same name above all. The first one (by
 *   received, certified on, sha256) stands; a further one of the same person is
 *   a question: "certificate-newer", "certificate-repeated" or "second-job".
 * - What no template reads is asked for: "page-unfiled".
 * - A name, kana and birth date that are a resident's of the registry stand
 *   together, a postal code and an address of its town, the number and the name
 *   of a facility; where they contradict each other it is a question:
 *   "registry-differs", "postal-differs", "facility-differs".
 * - Left clean and empty: a tick is no, a set is empty, anything else is not
 *   applicable; a required one is a doubt. A row whose boxes are all blank
 *   (preference 7, guardian 2) is not made.
 * - What was not accepted is unknown, what cannot be read is unreadable, until
 *   a person answers.
 *
 * Findings: "cover-count", "same-page-twice", "certificate-without-
 * application", "page-missing", and each page's own reason. Messages of
 * case_db.h.
 */
#ifndef NYUSHO_RECORDS_ASSEMBLE_H
#define NYUSHO_RECORDS_ASSEMBLE_H

#include "records/case_db.h"
#include "records/facility.h"
#include "records/policy.h"
#include "records/postal.h"
#include "records/registry.h"

struct assemble_options {
    int32_t deadline; /* days; a sheet received later waits for a person
                         ("late-document"). INT32_MAX: none */
    const struct policy *policy; /* of the same dictionary: which fields two
                                    people must confirm, and which may stay in
                                    doubt. NULL: none */
    /* What exists, to hold readings against (assemble_world.c). NULL: not
     * known. */
    const struct registry *registry;
    const struct postal *postal;
    const struct facilities *facilities;
};

struct assemble_summary {
    size_t households, children, certificates, joined;
    size_t doubts_open, doubts_gating;
    size_t values_changed; /* rows appended; 0 when nothing was new */
};

/* Findings go to `d` and into case.db (case_findings()). */
bool assemble(struct case_db *db, const struct dictionary *dict,
              const struct assemble_options *options,
              struct assemble_summary *out /* may be NULL */, struct diag *d);
/* What a reason of a reading (ocr/reading.h) means, in words for people. */
struct label assemble_reason(const char *check);

#endif
