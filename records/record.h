/*
 * A record set: everything the engine may know of every household of a case,
 * as tables of slots, one per scope. Read, typed or imported records are
 * equally good. Rows are sorted by (household, child, person, seq), compared
 * as bytes and numbers, so every walk has one order.
 *
 *     const struct household *h = &set->households[i];
 *     const struct record_table *jobs = &set->tables[SCOPE_JOB];
 *     for (size_t r = h->first[SCOPE_JOB]; r < h->end[SCOPE_JOB]; r++)
 *         use(table_slot(jobs, r, column), &jobs->keys[r]);
 */
#ifndef NYUSHO_RECORDS_RECORD_H
#define NYUSHO_RECORDS_RECORD_H

#include "records/dictionary.h"
#include "records/value.h"

/* Parts a scope does not use are "" and 0. */
struct row_key {
    const char *household; /* 世帯番号 */
    const char *child;     /* 児童番号: child, preference */
    int person;            /* 人番号: guardian 1, 2; cohabitant from 11 */
    int seq; /* 連番 from 1: job, reason, preference, document */
};
int row_key_compare(const struct row_key *a, const struct row_key *b);

/* Where a value came from. The scorer never touches it. */
struct evidence {
    const char *source; /* "ocr", "import", "person", "default" */
    const char *page;   /* SHA-256 of the page image, "" when none */
    int32_t left, top, width, height; /* px on that page */
    const char *raw;                  /* text as read */
    int confidence;                   /* permille; -1 when there is none */
    const char *by, *at, *why; /* person or file; as-of date or time; reason */
};

struct record_table {
    enum scope scope;
    size_t n_rows, n_fields;
    struct row_key *keys;
    struct slot *slots;               /* n_rows * n_fields */
    const struct evidence **evidence; /* parallel to slots, or NULL */
};

struct household {
    const char *no; /* every number that any row carries */
    size_t first[N_SCOPES], end[N_SCOPES]; /* rows of each table */
};

/* Manual points 適宜: entered by a person for a rule that asks for them. */
struct manual_points {
    const char *household, *child; /* child "" = whole household */
    int person;                    /* 0 = not a person's */
    const char *rule;
    int64_t points; /* thousandths */
    const char *reason, *by, *approved_by;
    struct pos at;
};

struct record_set {
    const struct dictionary *dict;
    struct strings *strings;
    struct record_table tables[N_SCOPES];
    struct household *households; /* sorted by number */
    size_t n_households;
    struct manual_points *manual; /* sorted by household, child, person, rule */
    size_t n_manual;
    struct arena mem;
    struct record_index *index; /* private: rows by key */
};

/* Empty set; release gives everything back. The dictionary must be complete
 * and outlive the set. A table takes up to 4,000,000,000 rows. */
void record_set_init(struct record_set *set, const struct dictionary *dict);
void record_set_release(struct record_set *set);

/* Adds rows in any order (a row met again gets the same place back), then one
 * call to record_set_finish() sorts and indexes. Returns the row number, valid
 * until finish. Key texts are copied; parts that the scope does not use are
 * ignored, NULL is "". After finish more may be added, then finish again. */
size_t record_set_row(struct record_set *set, enum scope scope,
                      const struct row_key *key);
/* Evidence is copied; its NULL texts become "". */
void record_set_put(struct record_set *set, const struct field *f, size_t row,
                    struct slot v, const struct evidence *e /* or NULL */);
void record_set_add_manual(struct record_set *set,
                           const struct manual_points *m);
void record_set_finish(struct record_set *set);

static inline struct slot table_slot(const struct record_table *t, size_t row,
                                     size_t column)
{
    return t->slots[row * t->n_fields + column];
}
struct slot record_get(const struct record_set *set, const struct field *f,
                       size_t row);
/* NULL when the value has none. */
const struct evidence *record_evidence(const struct record_set *set,
                                       const struct field *f, size_t row);
/* Row with this key, by hash or by halving; (size_t)-1 when there is none. */
size_t record_find(const struct record_set *set, enum scope scope,
                   const struct row_key *key);
/* By number, after finish; NULL when there is none. */
const struct household *record_household(const struct record_set *set,
                                         const char *no);

#endif
