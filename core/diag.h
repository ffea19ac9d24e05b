/*
 * What a person must be told: one line, with the place, what is wrong with
 * their file, and the name of the check. The first to notice writes it;
 * everyone else passes the false up.
 *
 *     if (day > days_in_month(year, month))
 *         return diag_error(d, f->at, "bad-date",
 *                           "%s という日付はありません", "there is no day %s",
 *                           f->raw);
 *
 *     rules/base.yaml:12:7: error: no field named "sibling" [unknown-field]
 *
 * Every message is written twice, Japanese and English, over the same
 * arguments (`%2$s` where the order differs, `%2$.0s` to pass over the word of
 * the other language). What only our own mistake can
 * cause is an assert, not a message. Advice ("what to do") for findings.csv
 * stands in report/advice.c, one row per check name.
 */
#ifndef NYUSHO_CORE_DIAG_H
#define NYUSHO_CORE_DIAG_H

#include "core/arena.h"

#include <stdbool.h>
#include <stdio.h>

enum lang { LANG_JA, LANG_EN };

/* Text shown to people, in both languages. */
struct label {
    const char *ja, *en;
};
const char *label_text(struct label l, enum lang lang);

/* 1-based; 0 where a line or column means nothing. `file` is borrowed and is
 * what the user typed (a path, "case.db", "page 3 of scan.tif"). */
struct pos {
    const char *file;
    int line, column;
};
#define POS_FILE(name) ((struct pos){(name), 0, 0})

enum severity { SEVERITY_NOTE, SEVERITY_WARNING, SEVERITY_ERROR };
const char *severity_text(enum severity s, enum lang lang);

struct finding {
    enum severity severity;
    struct pos at;     /* file copied into the diag */
    const char *check; /* kebab-case, stable: people search for it */
    struct label what;
};

struct diag {
    struct arena mem;
    struct finding *items; /* in order of notice */
    size_t n, capacity;
    int errors, warnings;
};
#define DIAG_INIT ((struct diag){.mem = ARENA_INIT})

/* All three return false so that `return diag_error(...)` reads well. NULL
 * for `d` is allowed where the caller only wants the verdict. */
bool diag_error(struct diag *d, struct pos at, const char *check,
                const char *ja, const char *en, ...)
    __attribute__((format(printf, 4, 6), format(printf, 5, 6)));
bool diag_warn(struct diag *d, struct pos at, const char *check, const char *ja,
               const char *en, ...)
    __attribute__((format(printf, 4, 6), format(printf, 5, 6)));
bool diag_note(struct diag *d, struct pos at, const char *check, const char *ja,
               const char *en, ...)
    __attribute__((format(printf, 4, 6), format(printf, 5, 6)));
/* An error whose two texts are ready made, taken from a table. Returns false.
 */
bool diag_label(struct diag *d, struct pos at, const char *check,
                struct label what);
/* A finding made elsewhere (a worker, case.db), copied. */
void diag_add(struct diag *d, const struct finding *f);
/* True when any finding carries this check name. For tests. */
bool diag_has(const struct diag *d, const char *check);

/* Control characters as \xNN, and bytes that are no UTF-8, too: what a user's
 * file is called or holds, on one line of a list. */
char *text_one_line(const char *text, struct arena *a);
/* `place: severity: message [check]`, no newline, in the arena. Control
 * characters from the user's file come out as \xNN, so one stays one line. */
char *finding_line(const struct finding *f, enum lang lang, struct arena *a);
/* Every finding from item `from` on, one line each. */
void diag_print(const struct diag *d, size_t from, enum lang lang, FILE *out);
void diag_release(struct diag *d);

#endif
