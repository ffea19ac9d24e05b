/*
 * What is wrong with a market as a whole: names that stand nowhere, children
 * without a household, entries that mean nothing.
 */
#include "scoring/placement/market_builder.h"

#include <stdlib.h>
#include <string.h>

/* What was noticed beyond the limit is told in one line. */
static void tell_rest(struct market_builder *b, enum severity severity,
                      size_t count)
{
    if (count <= MARKET_ERRORS_MAX || !b->d)
        return;
    struct arena *a = &b->mem;
    size_t rest = count - MARKET_ERRORS_MAX;
    struct finding f = {
        .severity = severity,
        .at = POS_FILE(b->name),
        .check = "more-problems",
        .what = {arena_printf(a, "ほかにも同様の指摘が %zu 件あります", rest),
                 arena_printf(a, "and %zu more like these", rest)}};
    diag_add(b->d, &f);
}

static void missing_child(struct market_builder *b, int32_t ref,
                          const char *path, struct pos at)
{
    struct child_row *c = &builder_children(b)[ref];
    if (c->added || c->missing_told)
        return;
    c->missing_told = true;
    builder_problem(b, SEVERITY_ERROR, at, "unknown-child",
                    "%s: 児童「%s」は children にありません",
                    "%s: no child \"%s\" stands in children", path,
                    b->child_names.ids[ref]);
}

static void missing_facility(struct market_builder *b, int32_t ref,
                             const char *path, struct pos at)
{
    if (ref == MARKET_NONE)
        return;
    struct facility_row *f = &builder_facilities(b)[ref];
    if (f->added || f->missing_told)
        return;
    f->missing_told = true;
    builder_problem(b, SEVERITY_ERROR, at, "unknown-facility",
                    "%s: 施設「%s」は nurseries にありません",
                    "%s: no facility \"%s\" stands in nurseries", path,
                    b->facility_names.ids[ref]);
}

/* Paths are made only for what is missing: there may be millions of names. */
static void check_family(struct market_builder *b, size_t nth)
{
    const struct family_row *f = &builder_families(b)[nth];
    const int32_t *refs = builder_refs(b);
    for (size_t k = 0; k < f->n_children; k++) {
        int32_t ref = refs[f->children + k];
        if (!builder_children(b)[ref].added)
            missing_child(
                b, ref,
                arena_printf(&b->mem, "families[%zu].children[%zu]", nth, k),
                f->at);
    }
    for (size_t i = 0; i < f->n_entries * f->n_children; i++) {
        int32_t ref = refs[f->entries + i];
        if (ref != MARKET_NONE && !builder_facilities(b)[ref].added)
            missing_facility(b, ref,
                             arena_printf(&b->mem,
                                          "families[%zu].pref[%zu][%zu]", nth,
                                          i / f->n_children, i % f->n_children),
                             f->at);
    }
}

static void check_children(struct market_builder *b)
{
    for (size_t i = 0; i < builder_count(b, children, struct child_row); i++) {
        const struct child_row *c = &builder_children(b)[i];
        if (!c->added)
            continue;
        if (c->current != MARKET_NONE &&
            !builder_facilities(b)[c->current].added)
            missing_facility(
                b, c->current,
                arena_printf(&b->mem, "children[%zu].current", c->nth), c->at);
        if (c->family == MARKET_NONE)
            builder_problem(
                b, SEVERITY_ERROR, c->at, "child-without-family",
                "children[%zu]: 児童「%s」がどの世帯 (families) にもいません",
                "children[%zu]: child \"%s\" is in no household (families)",
                c->nth, b->child_names.ids[i]);
    }
}

static void check_priority(struct market_builder *b, size_t ref)
{
    const struct facility_row *f = &builder_facilities(b)[ref];
    if (f->has_priority && !f->added)
        missing_facility(b, (int32_t)ref, "priority", f->priority_at);
    for (size_t i = 0; i < f->n_priority; i++) {
        int32_t child = builder_refs(b)[f->priority + i];
        if (!builder_children(b)[child].added)
            missing_child(b, child,
                          arena_printf(&b->mem, "nurseries[%zu].priority[%zu]",
                                       f->nth, i),
                          f->priority_at);
    }
}

/* A reference that was made and then used nowhere. */
static void check_unused(struct market_builder *b)
{
    for (size_t i = 0; i < b->child_names.n; i++)
        missing_child(b, (int32_t)i, "children", POS_FILE(b->name));
    for (size_t i = 0; i < b->facility_names.n; i++)
        missing_facility(b, (int32_t)i, "nurseries", POS_FILE(b->name));
}

bool builder_check_references(struct market_builder *b)
{
    check_children(b);
    for (size_t i = 0; i < builder_count(b, facilities, struct facility_row);
         i++)
        check_priority(b, i);
    for (size_t i = 0; i < builder_count(b, families, struct family_row); i++)
        check_family(b, i);
    check_unused(b);
    tell_rest(b, SEVERITY_ERROR, b->errors);
    return b->errors == 0;
}

static bool is_current(const struct market *m, const struct market_family *f,
                       size_t entry)
{
    for (size_t k = 0; k < f->n_children; k++) {
        int32_t place = f->entries[entry * f->n_children + k];
        if (place != MARKET_NONE &&
            place != m->children[f->children[k]].current)
            return false;
    }
    return true;
}

static void warn_after_current(struct market_builder *b, const struct market *m,
                               size_t nth, const struct market_family *f)
{
    size_t e = 0;
    while (e < f->n_entries && !is_current(m, f, e))
        e++;
    if (e + 1 < f->n_entries)
        builder_problem(
            b, SEVERITY_WARNING, builder_families(b)[nth].at,
            "entry-after-current",
            "families[%zu].pref[%zu]: 今のまま、という希望より後の希望は"
            "使われません",
            "families[%zu].pref[%zu]: an entry after the one that keeps "
            "everything as it is means nothing",
            nth, e + 1);
}

struct entry_row {
    const int32_t *places;
    size_t n;
};

static int by_places(const void *x, const void *y)
{
    const struct entry_row *a = x, *b = y;
    for (size_t k = 0; k < a->n; k++)
        if (a->places[k] != b->places[k])
            return a->places[k] < b->places[k] ? -1 : 1;
    return (a->places > b->places) - (a->places < b->places);
}

static void warn_repeated(struct market_builder *b, size_t nth,
                          const struct market_family *f, struct entry_row *rows)
{
    size_t n = f->n_children, first = SIZE_MAX;
    for (size_t e = 0; e < f->n_entries; e++)
        rows[e] = (struct entry_row){f->entries + e * n, n};
    qsort(rows, f->n_entries, sizeof *rows, by_places);
    for (size_t e = 1; e < f->n_entries; e++) {
        if (memcmp(rows[e - 1].places, rows[e].places, n * sizeof(int32_t)) !=
            0)
            continue;
        size_t entry = (size_t)(rows[e].places - f->entries) / n;
        first = entry < first ? entry : first;
    }
    if (first != SIZE_MAX)
        builder_problem(b, SEVERITY_WARNING, builder_families(b)[nth].at,
                        "repeated-entry",
                        "families[%zu].pref[%zu]: 同じ希望が前にもあります",
                        "families[%zu].pref[%zu]: the same entry stands "
                        "before it",
                        nth, first);
}

void builder_warn_entries(struct market_builder *b, const struct market *m,
                          const int32_t *family)
{
    struct arena scratch = ARENA_INIT;
    struct entry_row *rows =
        ARENA_ARRAY(&scratch, struct entry_row, MARKET_ENTRIES_MAX);
    for (size_t i = 0; i < m->n_families; i++) {
        const struct market_family *f = &m->families[family[i]];
        warn_after_current(b, m, i, f);
        if (f->n_entries > 1)
            warn_repeated(b, i, f, rows);
    }
    arena_release(&scratch);
    tell_rest(b, SEVERITY_WARNING, b->warnings);
}
