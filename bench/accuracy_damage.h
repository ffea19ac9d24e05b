/*
 * A row for each damage: was the page read, and what came of its values.
 */
#ifndef NYUSHO_BENCH_ACCURACY_DAMAGE_H
#define NYUSHO_BENCH_ACCURACY_DAMAGE_H

#include "bench/accuracy_rows.h"
#include "core/diag.h"
#include "records/policy.h"

#define SET_ASIDE_REASONS 4

/* What the rows of one damage come to. */
struct damage_sum {
    const char *damage;
    long pages, read, wrong_form; /* read: as the form they are */
    /* Pages set aside, by reason; what does not fit counts in the last. */
    struct {
        const char *reason;
        long n;
    } aside[SET_ASIDE_REASONS];
    /* Of the pages read: boxes written in or read as if. exact: nobody is
     * asked, and right; referred: a person is asked, first_right of them with
     * the right value before him. */
    long values, exact, referred, first_right, silent;
    int64_t cpu_us;
};

/* Adds the boxes and the page that follow one another in `rows`, whose page
 * row says this damage. `accept`: the policy's thresholds. */
void damage_sum_add(struct damage_sum *s, const struct accuracy_rows *rows,
                    const int accept[N_ACCEPT_KINDS]);
/* The head and one row for each damage of these files; the faults of the
 * fixtures first, in their order. */
void damage_table_print(const struct accuracy_rows *files, int n_files,
                        const int accept[N_ACCEPT_KINDS], enum lang lang);

#endif
