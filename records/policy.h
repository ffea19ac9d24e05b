/*
 * policy.yaml: what the program may take as read, and what people look at.
 *
 *     format: nyusho-policy/1
 *     accept:                      # from which confidence, in thousandths
 *       printed: 980
 *       handwriting: never         # 'never': always to a person
 *       digits: 990
 *       dates: 990
 *       ticks: 970
 *       rings: 980
 *     always_review: [child.name, child.birth]
 *     two_people: [child.leave_extension_ok]
 *     may_pass: [job.contact_name]   # open here: a final run may be made
 *     sample_permille: 20            # of the accepted, shown to a person
 * anyway
 *
 * Every key may be left out: the defaults are policy_default()'s. The numbers
 * are the reader's own scale, not shares of what is right; what each level
 * lets pass is measured in docs/reading.md.
 */
#ifndef NYUSHO_RECORDS_POLICY_H
#define NYUSHO_RECORDS_POLICY_H

#include "core/arena.h"
#include "core/diag.h"
#include "records/dictionary.h"

/* How a value stood on the paper, which decides how it was read. */
enum accept_kind {
    ACCEPT_PRINTED,
    ACCEPT_HANDWRITING,
    ACCEPT_DIGITS,
    ACCEPT_DATES,
    ACCEPT_TICKS,
    ACCEPT_RINGS,
    N_ACCEPT_KINDS
};
extern const char *const accept_kind_names[N_ACCEPT_KINDS];

#define ACCEPT_NEVER 1001 /* above every confidence */

struct policy {
    const struct dictionary *dict;
    int accept[N_ACCEPT_KINDS]; /* permille, 0..1000, or ACCEPT_NEVER */
    const bool *always_review, *two_people, *may_pass; /* by field */
    int sample_permille;
};

/* Careful values for a case without a policy file: names always reviewed,
 * handwriting never accepted, 20 of 1,000 sampled. */
void policy_default(struct policy *out, const struct dictionary *dict,
                    struct arena *a);
/* Errors: the yaml ones, "bad-format", "unknown-field" (with the nearest),
 * "bad-threshold" (not 0..1000 or never), "policy-conflict" (a field that
 * must be reviewed or needs two people, and may pass). */
bool policy_load(struct policy *out, const struct dictionary *dict,
                 const char *bytes, size_t len, const char *name,
                 struct arena *a, struct diag *d);

/* May a value read with this confidence (permille, -1 = none) stand without a
 * person? */
bool policy_accepts(const struct policy *p, const struct field *f,
                    enum accept_kind kind, int confidence);
/* Must two different people confirm this field? */
bool policy_always_reviews(const struct policy *p, const struct field *f);
bool policy_needs_two(const struct policy *p, const struct field *f);
/* May a final run be made while this field is in doubt? */
bool policy_may_pass(const struct policy *p, const struct field *f);
/* Is this accepted value one of those shown anyway? Drawn from the hash of
 * page and path: the same values on every machine. */
bool policy_samples(const struct policy *p, const struct field *f,
                    const char *page);

#endif
