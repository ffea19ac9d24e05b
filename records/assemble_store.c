/* What assembly found, into case.db: derived tables anew, values appended. */
#include "records/assemble_work.h"

#include <stdlib.h>
#include <string.h>

/* Open before answered. */
static int doubt_by_id(const void *x, const void *y)
{
    const struct doubt_entry *a = x, *b = y;
    int c = strcmp(a->doubt.id, b->doubt.id);
    if (!c)
        c = (*a->doubt.answer != '\0') - (*b->doubt.answer != '\0');
    return c ? c : strcmp(a->doubt.check, b->doubt.check);
}

/* A box may be asked about by two steps; it is one doubt. */
static bool store_doubts(struct assembly *w)
{
    bool ok = true;
    if (w->n_doubts)
        qsort(w->doubts, w->n_doubts, sizeof *w->doubts, doubt_by_id);
    for (size_t i = 0; ok && i < w->n_doubts; i++) {
        const struct doubt_entry *e = &w->doubts[i];
        if (i && strcmp(w->doubts[i - 1].doubt.id, e->doubt.id) == 0)
            continue;
        bool open = !*e->doubt.answer;
        w->sum.doubts_open += open;
        w->sum.doubts_gating += open && e->doubt.gating;
        ok = derived_put_doubt(w->db, &e->doubt, e->form, e->form_page,
                               e->order, w->d);
    }
    return ok;
}

static bool store_papers(struct assembly *w)
{
    bool ok = true;
    for (size_t i = 0; ok && i < w->n_papers; i++)
        ok = derived_put_document(w->db, &w->papers[i], w->d);
    for (size_t i = 0; ok && i < w->n_leaves; i++) {
        const struct leaf *l = &w->leaves[i];
        if (l->role != ROLE_CERTIFICATE)
            continue;
        struct case_join join = {l->page->sha256, l->household,
                                 l->person,       l->seq,
                                 l->join_state,   l->join_evidence};
        ok = derived_put_join(w->db, &join, w->d);
    }
    return ok;
}

static int finding_order(const void *x, const void *y)
{
    const struct case_finding *a = x, *b = y;
    int c = strcmp(a->place, b->place);
    if (!c)
        c = strcmp(a->check, b->check);
    return c ? c : strcmp(a->what.ja, b->what.ja);
}

static bool store_findings(struct assembly *w)
{
    bool ok = true;
    if (w->n_findings)
        qsort(w->findings, w->n_findings, sizeof *w->findings, finding_order);
    for (size_t i = 0; ok && i < w->n_findings; i++) {
        const struct case_finding *f = &w->findings[i];
        struct finding said = {f->severity, POS_FILE(f->place), f->check,
                               f->what};
        ok = derived_put_finding(w->db, f, w->d);
        diag_add(w->d, &said);
    }
    return ok;
}

bool assemble_store(struct assembly *w)
{
    const unsigned sources = 1U << CASE_SOURCE_OCR | 1U << CASE_SOURCE_ANSWERED;
    return derived_clear(w->db, w->d) && store_doubts(w) && store_papers(w) &&
           store_findings(w) &&
           values_write(w->db, &w->values, sources, true, "assemble",
                        &w->sum.values_changed, w->d);
}
