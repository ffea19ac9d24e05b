/*
 * documents.yaml: which papers a household must bring, by reason.
 *
 *     format: nyusho-documents/1
 *     documents:
 *       - {type: employment-certificate, label: 就労証明書, for_reason: 就労,
 * holder: guardian}
 *       - {type: pregnancy-record, label: 母子健康手帳の写し, for_reason: 出産,
 * holder: guardian}
 *       - {type: pledge, label: 誓約書, holder: household}
 *
 * Without for_reason every such holder needs it: each guardian who is present,
 * the household once, or each child. In the ledger (scope document) 対象者 is
 * the 人番号 of a guardian ("1"), the 児童番号 of a child, empty for the
 * household.
 */
#ifndef NYUSHO_RECORDS_DOCUMENTS_H
#define NYUSHO_RECORDS_DOCUMENTS_H

#include "records/record.h"

enum document_holder {
    HOLDER_HOUSEHOLD,
    HOLDER_GUARDIAN,
    HOLDER_CHILD,
    N_DOCUMENT_HOLDERS
};

struct document_type {
    const char *type; /* what document.type holds */
    const char *label;
    const char *for_reason; /* "" = whatever the reason */
    int reason;             /* index of for_reason in reason.kind; -1 = any */
    enum document_holder holder;
    struct pos at;
};

struct documents {
    struct document_type *types; /* in file order */
    size_t n;
};

/* Errors: the yaml ones, "bad-format", "unknown-reason" (not a value of
 * reason.kind), "unknown-holder", "duplicate-document" (one type twice for the
 * same reason), "reason-of-child" (for_reason with holder child: reasons
 * belong to guardians). */
bool documents_load(struct documents *out, const struct dictionary *dict,
                    const char *bytes, size_t len, const char *name,
                    struct arena *a, struct diag *d);
/* The first row of this type; NULL when there is none. */
const struct document_type *documents_find(const struct documents *docs,
                                           const char *type);

struct missing_document {
    const struct document_type *type;
    int person;        /* 0 unless a guardian's */
    const char *child; /* "" unless a child's; borrowed from the set */
    /* 処理状況 of the last row of the ledger that has this type and holder and
     * does not count (未着, 不使用); "" when there is no row. */
    const char *state;
};

/* What the household with this index still has to bring: required, and no row
 * of the ledger with that type and holder whose 処理状況 is 受領, 読取, 確認 or
 * 反映 (or unknown, with a 書類受付日). In order of guardian or child, then of
 * the file; the array is in the arena. */
size_t documents_missing(const struct documents *docs,
                         const struct record_set *set, size_t household,
                         struct missing_document **out, struct arena *a);

/* Papers of the household that are in but whose type nobody has named yet: one
 * of them may be what is missing. */
size_t documents_untyped(const struct record_set *set, size_t household);

#endif
