/*
 * Facilities 施設 (nurseries.csv) and the seats they offer (seats.csv).
 *
 * nurseries.csv: 施設番号, 施設名, 種別, 最低月齢(日) (minimum age on the entry
 * date in days, one number for all classes), 連携施設 (codes joined by |),
 * 地区, 小学校区, 閉園日. seats.csv, one row per facility and class age:
 * 施設番号, クラス, 受入可能, 継続在園, 転園希望者数, 募集人数, 転園枠算入
 * (はい: the seats of those applying to transfer are already in 募集人数),
 * 共有クラス (classes that pool seats, "0|1"), 確認者, 版, 基準日時. An empty
 * 募集人数 is unknown: "seats-unknown" in a final run, never 0.
 *
 * Special seats (加配枠, 地域枠, …) are rows of their own, with the name of
 * their kind in the column 枠; the class's own row stands beside them, with 0
 * where every seat of it is special.
 */
#ifndef NYUSHO_RECORDS_FACILITY_H
#define NYUSHO_RECORDS_FACILITY_H

#include "core/arena.h"
#include "core/diag.h"

#include <stdint.h>

#define N_CLASSES 6
#define SPECIAL_SEATS_MAX 16 /* kinds at one facility */

/* The seats of one class, general or of one special kind. */
struct class_seats {
    int offered;                         /* 募集人数; -1 = unknown */
    int capacity, staying, transferring; /* -1 = not given */
    bool own_included;                   /* 転園枠算入 */
    bool present;  /* a row exists: the class exists there */
    unsigned pool; /* bit k: shares seats with class k; 0 = own */
    const char *signed_by, *version, *as_of; /* "" = not signed */
    struct pos at;                           /* of 共有クラス in its row */
};

struct special_seats {
    const char *kind; /* as written under 枠 */
    struct class_seats seats[N_CLASSES];
    struct pos at; /* of its first row */
};

struct facility {
    const char *code, *name, *kind, *area, *school_district;
    int min_age_days;    /* 0 = none stated */
    const char **linked; /* 連携施設 codes */
    size_t n_linked;
    int32_t closes_on;                   /* days; INT32_MAX = does not close */
    struct class_seats seats[N_CLASSES]; /* general ones */
    struct special_seats *special;       /* by kind */
    size_t n_special;
    struct pos at;
};

struct facilities {
    struct facility *items; /* sorted by code */
    size_t n;
};

/* Errors: CSV ones, "duplicate-facility", "unknown-facility" (seats or link),
 * "bad-class" (not 0..5), "bad-number", "negative-seats", "seats-disagree"
 * (warning: 受入可能 - 継続在園 differs from 募集人数), "duplicate-seats",
 * "pool-disagrees" (共有クラス differs between the classes it names),
 * "special-alone" (special seats in a class without a row of its own),
 * "special-many", "bad-facility-code" (a code with #, which stands between
 * code and kind elsewhere),
 * "missing-column", "unknown-column", "key-missing" (no code or name),
 * "bad-date" (閉園日), "bad-boolean"; warning "own-seats-unsaid" (転園枠算入
 * empty though some apply to transfer: taken as いいえ). */
bool facilities_load(struct facilities *out, const char *nurseries,
                     size_t nurseries_len, const char *nurseries_name,
                     const char *seats, size_t seats_len,
                     const char *seats_name, struct arena *a, struct diag *d);
/* NULL when there is none. */
const struct facility *facility_find(const struct facilities *f,
                                     const char *code);
bool facility_links_to(const struct facility *from, const char *code);
/* The special seats of that kind; NULL when there are none. */
const struct special_seats *facility_special(const struct facility *f,
                                             const char *kind);
/* 種別 is 管外: outside the city, which decides itself; it offers no seats here
 * and has no row in seats.csv. */
bool facility_is_outside(const struct facility *f);

#endif
