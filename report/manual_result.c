#include "report/manual_result.h"

#include "core/text.h"
#include "report/chains.h"

#include <string.h>

enum manual_column { COL_CHILD, COL_FACILITY, COL_KIND, N_COLUMNS };
static const struct label columns[N_COLUMNS] = {
    [COL_CHILD] = {"児童番号", "child"},
    [COL_FACILITY] = {"施設番号", "facility"},
    [COL_KIND] = {"枠", "seat kind"},
};

static bool find_columns(const struct csv *t, int at[N_COLUMNS], struct diag *d)
{
    bool ok = true;
    for (int k = 0; k < N_COLUMNS; k++) {
        at[k] = csv_column(t, columns[k].ja);
        if (at[k] < 0)
            at[k] = csv_column(t, columns[k].en);
        if (at[k] < 0 && k != COL_KIND)
            ok = diag_error(d, (struct pos){t->file, 1, 0}, "missing-column",
                            "列「%s」がありません", "there is no column \"%s\"",
                            columns[k].ja);
    }
    return ok;
}

static struct manual_place *find_place(struct manual_result *m,
                                       const char *child)
{
    const struct applicant *a = applicant_find(m->run, child);
    return a ? &m->places[a - m->run->applicants] : NULL;
}

/* Where the file says it. */
static bool take_kind(const struct manual_result *m, const struct csv *t,
                      const int at[N_COLUMNS], size_t row,
                      struct manual_place *p, struct arena *a, struct diag *d)
{
    const struct ruleset *rules = m->run->rules;
    const char *kind =
        at[COL_KIND] < 0 ? "" : text_trim(csv_cell(t, row, at[COL_KIND]), a);
    for (size_t i = 0; *kind && i < rules->n_special; i++)
        if (strcmp(rules->special[i].seat, kind) == 0)
            p->kind = &rules->special[i];
    return !*kind ||
           (p->kind && p->facility &&
            seat_place_find(m->run, p->facility, p->kind)) ||
           diag_error(d, csv_pos(t, row, at[COL_KIND]), "unknown-seat-kind",
                      "枠「%s」がその施設にありません",
                      "the facility has no seats of kind \"%s\"", kind);
}

static bool take_row(struct manual_result *m, const struct csv *t,
                     const int at[N_COLUMNS], size_t row, struct arena *a,
                     struct diag *d)
{
    const char *child = text_trim(csv_cell(t, row, at[COL_CHILD]), a);
    const char *code = text_trim(csv_cell(t, row, at[COL_FACILITY]), a);
    struct pos where = csv_pos(t, row, at[COL_CHILD]);
    struct manual_place *p = find_place(m, child);
    if (!p)
        return diag_error(d, where, "unknown-child",
                          "児童番号 %s の申込みはこの実行にありません",
                          "no child %s in this run", child);
    if (p->told)
        return diag_error(d, where, "duplicate-child",
                          "児童番号 %s が2回書かれています",
                          "child %s is there twice", child);
    p->told = true;
    p->facility = *code ? facility_find(m->run->facilities, code) : NULL;
    if (*code && !p->facility)
        return diag_error(d, csv_pos(t, row, at[COL_FACILITY]),
                          "unknown-facility",
                          "施設 %s は nurseries.csv にありません",
                          "there is no facility %s in nurseries.csv", code);
    return take_kind(m, t, at, row, p, a, d);
}

/* A child that stays where it is may be written with or without that place. */
static bool agrees(const struct manual_result *m, const struct manual_place *p)
{
    return applicant_place(p->applicant) == manual_at(m, p->applicant);
}

const struct facility *manual_at(const struct manual_result *m,
                                 const struct applicant *a)
{
    const struct manual_place *p = &m->places[a - m->run->applicants];
    if (!p->told)
        return applicant_place(a);
    return p->facility ? p->facility : a->current;
}

const struct seat_place *manual_seat(const struct manual_result *m,
                                     const struct applicant *a)
{
    const struct manual_place *p = &m->places[a - m->run->applicants];
    const struct facility *f = manual_at(m, a);
    if (!p->told)
        return applicant_seat(m->run, a);
    if (f == a->current) /* nobody changes the kind where it is */
        return f ? seat_place_find(m->run, f, a->current_seat) : NULL;
    return f ? seat_place_find(m->run, f, p->kind) : NULL;
}

bool manual_result_load(const struct run_result *run, const char *bytes,
                        size_t len, const char *name, struct manual_result *out,
                        struct arena *a, struct diag *d)
{
    struct csv t;
    int at[N_COLUMNS];
    *out = (struct manual_result){.run = run};
    out->places = ARENA_ARRAY(a, struct manual_place, run->n_applicants);
    for (size_t i = 0; i < run->n_applicants; i++)
        out->places[i].applicant = &run->applicants[i];
    if (!csv_parse(bytes, len, name, ENCODING_AUTO, &t, a, d) ||
        !find_columns(&t, at, d))
        return false;
    bool ok = true;
    for (size_t r = 0; r < t.n_rows; r++)
        ok = take_row(out, &t, at, r, a, d) && ok;
    for (size_t i = 0; i < run->n_applicants; i++) {
        struct manual_place *p = &out->places[i];
        p->agrees = p->told && agrees(out, p);
        out->n_told += p->told;
        out->n_agree += p->agrees;
    }
    if (ok && at[COL_KIND] < 0)
        manual_result_kinds(out);
    if (ok)
        manual_result_check(out, a);
    return ok;
}

int manual_result_agreement(const struct manual_result *m)
{
    return m->n_told ? (int)(m->n_agree * 100000 / m->n_told) : 0;
}
