/*
 * Withdrawals since an earlier round, as an office keeps them:
 *
 *     児童番号,種別,日付,備考
 *     2700000701,辞退,2027-02-10,転居のため
 *
 * 種別: 辞退 (declines what it was given), 転園辞退 (the same, of a transfer),
 * 取下げ (no longer applies; gives up what it was given), 退園 (leaves the
 * nursery where it is enrolled). 世帯番号 may stand there too, and 備考 may be
 * missing.
 */
#ifndef NYUSHO_RECORDS_WITHDRAWALS_H
#define NYUSHO_RECORDS_WITHDRAWALS_H

#include "core/arena.h"
#include "core/diag.h"

#include <stdint.h>

enum withdrawal_kind {
    WITHDRAWAL_DECLINE,
    WITHDRAWAL_TRANSFER,
    WITHDRAWAL_WITHDRAW,
    WITHDRAWAL_LEAVE,
    N_WITHDRAWAL_KINDS,
};
extern const struct label withdrawal_kinds[N_WITHDRAWAL_KINDS];

struct withdrawal {
    const char *household; /* "" where it is not said */
    const char *child;
    enum withdrawal_kind kind;
    int32_t on; /* day */
    const char *note;
    struct pos at, kind_at; /* of the child number, of the kind */
};

struct withdrawals {
    struct withdrawal *items; /* by date, then by child number */
    size_t n;
};

/* Owned by the arena. Errors: those of CSV, "missing-column",
 * "unknown-column", "key-missing" (no child number), "bad-key",
 * "unknown-withdrawal" (with the allowed kinds), "bad-date",
 * "withdrawn-twice". */
bool withdrawals_parse(const char *bytes, size_t len, const char *name,
                       struct withdrawals *out, struct arena *a,
                       struct diag *d);

#endif
