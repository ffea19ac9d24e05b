#include "scoring/placement/market_builder.h"

#include <assert.h>
#include <stdlib.h>

#define ALL_CLASSES ((1U << MARKET_CLASSES) - 1)

struct market_builder *market_builder_open(const char *name, struct diag *d)
{
    struct arena mem = ARENA_INIT;
    struct market_builder *b = ARENA_NEW(&mem, struct market_builder);
    *b = (struct market_builder){.d = d, .name = name, .mem = mem};
    return b;
}

void market_builder_close(struct market_builder *b)
{
    if (!b)
        return;
    names_release(&b->child_names);
    names_release(&b->facility_names);
    names_release(&b->family_names);
    buf_release(&b->children);
    buf_release(&b->facilities);
    buf_release(&b->families);
    buf_release(&b->refs);
    buf_release(&b->scores);
    struct arena mem = b->mem; /* holds the builder itself */
    arena_release(&mem);
}

bool builder_problem(struct market_builder *b, enum severity severity,
                     struct pos at, const char *check, const char *ja,
                     const char *en, ...)
{
    size_t *count = severity == SEVERITY_ERROR ? &b->errors : &b->warnings;
    if ((*count)++ >= MARKET_ERRORS_MAX || !b->d)
        return false;
    struct finding f = {.severity = severity, .at = at, .check = check};
    va_list args;
    va_start(args, en);
    f.what.ja = arena_vprintf(&b->mem, ja, args);
    va_end(args);
    va_start(args, en);
    f.what.en = arena_vprintf(&b->mem, en, args);
    va_end(args);
    diag_add(b->d, &f);
    return false;
}

int32_t market_child_ref(struct market_builder *b, const char *id, size_t len)
{
    int32_t ref = names_ref(&b->child_names, id, len);
    if ((size_t)ref == builder_count(b, children, struct child_row)) {
        struct child_row row = {.current = MARKET_NONE, .family = MARKET_NONE};
        buf_add(&b->children, &row, sizeof row);
    }
    return ref;
}

int32_t market_facility_ref(struct market_builder *b, const char *id,
                            size_t len)
{
    int32_t ref = names_ref(&b->facility_names, id, len);
    if ((size_t)ref == builder_count(b, facilities, struct facility_row)) {
        struct facility_row row = {.added = false};
        buf_add(&b->facilities, &row, sizeof row);
    }
    return ref;
}

static bool check_seats(struct market_builder *b,
                        const struct market_facility_spec *s)
{
    for (int k = 0; k < MARKET_CLASSES; k++)
        if (s->seats[k] < 0 || s->seats[k] > MARKET_SEATS_MAX)
            return builder_problem(
                b, SEVERITY_ERROR, s->at, "bad-seats",
                "nurseries[%zu].seats[%d]: 募集人数 %lld は 0 から %d "
                "までの数ではありません",
                "nurseries[%zu].seats[%d]: %lld seats is not a number from 0 "
                "to %d",
                b->n_facilities_added, k, (long long)s->seats[k],
                MARKET_SEATS_MAX);
    return true;
}

static bool check_groups(struct market_builder *b,
                         const struct market_facility_spec *s)
{
    unsigned seen = 0;
    for (size_t g = 0; g < s->n_groups; g++) {
        if (!s->groups[g] || s->groups[g] & ~ALL_CLASSES || s->groups[g] & seen)
            return builder_problem(
                b, SEVERITY_ERROR, s->at, "bad-group",
                "nurseries[%zu].groups[%zu]: クラスは 1 つの枠だけに入れて"
                "ください (空の枠も使えません)",
                "nurseries[%zu].groups[%zu]: a class may stand in one pool "
                "only, and no pool may be empty",
                b->n_facilities_added, g);
        seen |= s->groups[g];
    }
    return true;
}

static unsigned pool_of(const struct market_facility_spec *s, int class_age)
{
    for (size_t g = 0; g < s->n_groups; g++)
        if (s->groups[g] & (1U << class_age))
            return s->groups[g];
    return 1U << class_age;
}

static bool inside_a_pool(const struct market_facility_spec *s, unsigned set)
{
    for (int k = 0; k < MARKET_CLASSES; k++)
        if (set & (1U << k))
            return (set & ~pool_of(s, k)) == 0;
    return false;
}

static bool cap_fits(const struct market_facility_spec *s, size_t i)
{
    unsigned set = s->caps[i].classes;
    if (set & ~ALL_CLASSES || !inside_a_pool(s, set))
        return false;
    for (size_t j = 0; j < i; j++) {
        unsigned both = set & s->caps[j].classes;
        if (both && both != set && both != s->caps[j].classes)
            return false;
    }
    return s->caps[i].max >= 0 && s->caps[i].max <= MARKET_SEATS_MAX;
}

static bool check_caps(struct market_builder *b,
                       const struct market_facility_spec *s)
{
    for (size_t i = 0; i < s->n_caps; i++)
        if (i >= MARKET_CAPS_MAX || !cap_fits(s, i))
            return builder_problem(
                b, SEVERITY_ERROR, s->at, "bad-cap",
                "nurseries[%zu].caps[%zu]: 上限は 1 つの枠の中のクラスに、"
                "互いに入れ子になるように %d 個まで置けます",
                "nurseries[%zu].caps[%zu]: a cap must lie inside one pool and "
                "nest with the other caps, %d caps at most",
                b->n_facilities_added, i, MARKET_CAPS_MAX);
    return true;
}

bool market_add_facility(struct market_builder *b,
                         const struct market_facility_spec *spec)
{
    struct facility_row *row = &builder_facilities(b)[spec->facility];
    if (row->added) {
        b->n_facilities_added++;
        return builder_problem(
            b, SEVERITY_ERROR, spec->at, "duplicate-facility",
            "nurseries[%zu]: 施設「%s」が 2 回あります",
            "nurseries[%zu]: facility \"%s\" stands here twice",
            b->n_facilities_added - 1, b->facility_names.ids[spec->facility]);
    }
    row->added = true;
    row->spec = *spec;
    row->spec.caps = ARENA_ARRAY(&b->mem, struct market_cap, spec->n_caps);
    for (size_t i = 0; i < spec->n_caps; i++)
        row->spec.caps[i] = spec->caps[i];
    row->nth = b->n_facilities_added;
    bool ok = check_seats(b, spec);
    ok = check_groups(b, spec) && check_caps(b, spec) && ok;
    b->n_facilities_added++;
    return ok;
}

bool market_add_child(struct market_builder *b, int32_t child, int64_t age,
                      int32_t current, struct pos at)
{
    struct child_row *row = &builder_children(b)[child];
    size_t nth = b->n_children_added++;
    if (row->added)
        return builder_problem(b, SEVERITY_ERROR, at, "duplicate-child",
                               "children[%zu]: 児童「%s」が 2 回あります",
                               "children[%zu]: child \"%s\" stands here twice",
                               nth, b->child_names.ids[child]);
    row->added = true;
    row->current = current;
    row->nth = nth;
    row->at = at;
    if (age < 0 || age >= MARKET_CLASSES)
        return builder_problem(
            b, SEVERITY_ERROR, at, "bad-age",
            "children[%zu].age: クラス年齢 %lld は 0 から %d "
            "までの数ではありません",
            "children[%zu].age: class age %lld is not a number from 0 to %d",
            nth, (long long)age, MARKET_CLASSES - 1);
    row->age = (int)age;
    return true;
}

static bool check_sizes(struct market_builder *b, size_t n, size_t n_entries,
                        size_t nth, struct pos at)
{
    if (n == 0)
        return builder_problem(
            b, SEVERITY_ERROR, at, "empty-family",
            "families[%zu].children: 世帯に児童がいません",
            "families[%zu].children: the household has no child", nth);
    if (n > MARKET_SIBLINGS_MAX)
        return builder_problem(
            b, SEVERITY_ERROR, at, "too-many-siblings",
            "families[%zu].children: 1 世帯の児童は %d 人までです (%zu 人)",
            "families[%zu].children: a household may have %d children, here "
            "are %zu",
            nth, MARKET_SIBLINGS_MAX, n);
    if (n_entries > MARKET_ENTRIES_MAX)
        return builder_problem(
            b, SEVERITY_ERROR, at, "too-many-entries",
            "families[%zu].pref: 希望の組合せは %d 件までです (%zu 件)",
            "families[%zu].pref: a household may have %d entries, here are "
            "%zu",
            nth, MARKET_ENTRIES_MAX, n_entries);
    return true;
}

static bool claim_children(struct market_builder *b, const int32_t *children,
                           size_t n, size_t nth, struct pos at)
{
    bool ok = true;
    for (size_t k = 0; k < n; k++) {
        struct child_row *c = &builder_children(b)[children[k]];
        if (c->family != MARKET_NONE)
            ok = builder_problem(
                b, SEVERITY_ERROR, at, "child-in-two-families",
                "families[%zu].children[%zu]: 児童「%s」は families[%d] にも"
                "います",
                "families[%zu].children[%zu]: child \"%s\" is in families[%d] "
                "too",
                nth, k, b->child_names.ids[children[k]], (int)c->family);
        c->family = (int32_t)nth;
    }
    return ok;
}

static size_t keep_refs(struct market_builder *b, const int32_t *refs, size_t n)
{
    size_t at = builder_count(b, refs, int32_t);
    buf_add(&b->refs, refs, n * sizeof *refs);
    return at;
}

bool market_add_family(struct market_builder *b, const char *id, size_t len,
                       const int32_t *children, size_t n,
                       const int32_t *entries, size_t n_entries, struct pos at)
{
    size_t nth = builder_count(b, families, struct family_row);
    size_t known = b->family_names.n;
    int32_t ref = names_ref(&b->family_names, id, len);
    struct family_row row = {.id = b->family_names.ids[ref], .at = at};
    bool ok = true;
    if (b->family_names.n == known)
        ok = builder_problem(
            b, SEVERITY_ERROR, at, "duplicate-family",
            "families[%zu]: 世帯「%s」が 2 回あります",
            "families[%zu]: household \"%s\" stands here twice", nth, row.id);
    ok = claim_children(b, children, n, nth, at) && ok;
    if (check_sizes(b, n, n_entries, nth, at)) {
        row.n_children = n;
        row.children = keep_refs(b, children, n);
        row.n_entries = n_entries;
        row.entries = keep_refs(b, entries, n * n_entries);
    } else {
        ok = false;
    }
    buf_add(&b->families, &row, sizeof row);
    return ok;
}

bool market_set_turn(struct market_builder *b, int64_t turn, struct pos at)
{
    size_t n = builder_count(b, families, struct family_row);
    assert(n > 0);
    if (turn < 0 || turn > INT32_MAX)
        return builder_problem(
            b, SEVERITY_ERROR, at, "bad-turn",
            "families[%zu].turn: %lld は 0 から %d までの数ではありません",
            "families[%zu].turn: %lld is not a number from 0 to %d", n - 1,
            (long long)turn, INT32_MAX);
    builder_families(b)[n - 1].turn = (int32_t)turn;
    return true;
}

void market_set_method(struct market_builder *b, enum market_method method)
{
    b->method = method;
}

static bool check_repeats(struct market_builder *b, int32_t facility,
                          const int32_t *children, size_t n, struct pos at)
{
    bool ok = true;
    for (size_t i = 0; i < n; i++) {
        struct child_row *c = &builder_children(b)[children[i]];
        if (c->listed_by == facility + 1)
            ok = builder_problem(
                b, SEVERITY_ERROR, at, "duplicate-priority",
                "nurseries[%zu].priority[%zu]: 児童「%s」が 2 回あります",
                "nurseries[%zu].priority[%zu]: child \"%s\" stands here twice",
                builder_facilities(b)[facility].nth, i,
                b->child_names.ids[children[i]]);
        c->listed_by = facility + 1;
    }
    return ok;
}

bool market_set_priority(struct market_builder *b, int32_t facility,
                         const int32_t *children, const int64_t *scores,
                         size_t n, struct pos at)
{
    struct facility_row *row = &builder_facilities(b)[facility];
    if (row->has_priority)
        return builder_problem(
            b, SEVERITY_ERROR, at, "duplicate-priority",
            "nurseries[%zu].priority: 施設「%s」の優先順位が 2 回あります",
            "nurseries[%zu].priority: facility \"%s\" has an order already",
            row->nth, b->facility_names.ids[facility]);
    row->has_priority = true;
    row->priority_at = at;
    row->n_priority = n;
    row->priority = keep_refs(b, children, n);
    row->has_scores = scores != NULL;
    row->scores = builder_count(b, scores, int64_t);
    if (scores)
        buf_add(&b->scores, scores, n * sizeof *scores);
    return check_repeats(b, facility, children, n, at);
}
