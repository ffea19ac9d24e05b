/*
 * Phases 選考の段階 and requirements 要件: who is looked at when, and who may
 * enter at all.
 */
#include "scoring/points/ruleset_loader.h"

#include <string.h>

struct clause {
    const char *id, *wording;
    const struct expr *when;
    struct pos at;
};

static bool load_clause(struct loader *l, const struct yaml *map,
                        const char *const *keys, struct clause *out)
{
    if (!load_keys(l, map, keys))
        return false;
    const struct yaml *when = yaml_find(map, "when");
    out->id = load_text(l, map, "id");
    out->wording = load_text(l, map, "wording");
    out->at = map->at;
    bool ok = load_id(l, out->id, map->at);
    if (!*out->wording) {
        diag_error(l->d, map->at, "wording-missing",
                   "「%s」に wording (印刷された言葉) がありません",
                   "\"%s\" has no wording (the printed words)", out->id);
        ok = loader_fail(l);
    }
    if (when)
        out->when = load_condition(
            l, when, USES_HOUSEHOLD | USES_CHILD | USES_PREFERENCE);
    return ok && (!when || out->when);
}

/* Where the phase with this id stands; n when there is none. */
static size_t phase_at(const struct phase *phases, size_t n, const char *id)
{
    size_t i = 0;
    while (i < n && strcmp(phases[i].id, id) != 0)
        i++;
    return i;
}

/* Whether `after` leads from one phase back to it. */
static bool is_cycle(const struct phase *phases, const char *const *after,
                     size_t n, size_t from)
{
    size_t at = from;
    for (size_t steps = 0; steps < n && at < n && *after[at]; steps++) {
        at = phase_at(phases, n, after[at]);
        if (at == from)
            return true;
    }
    return false;
}

/* The list is the order; `after` says again what it must be. */
static bool check_after(struct loader *l, const struct phase *phases,
                        const char *const *after, size_t n, size_t i)
{
    size_t at = phase_at(phases, n, after[i]);
    if (!*after[i] || at < i)
        return true;
    if (at == n)
        diag_error(l->d, phases[i].at, "phase-order",
                   "段階「%s」の after に書いた「%s」という段階はありません",
                   "phase \"%s\" comes after \"%s\", which is no phase",
                   phases[i].id, after[i]);
    else if (is_cycle(phases, after, n, i))
        diag_error(l->d, phases[i].at, "phase-cycle",
                   "段階「%s」の after をたどると「%s」を通って自分に戻ります",
                   "the phases go round in a circle: \"%s\" comes after "
                   "\"%s\", and that after it",
                   phases[i].id, after[i]);
    else
        diag_error(l->d, phases[i].at, "phase-order",
                   "段階「%s」は「%s」より後のはずですが、前に書かれています",
                   "phase \"%s\" comes after \"%s\" and is written before it",
                   phases[i].id, after[i]);
    return loader_fail(l);
}

/* One market after another takes each child once. */
static bool check_mode(struct loader *l, const struct phase *p)
{
    if (l->rs->phase_mode != PHASE_SEQUENTIAL || !p->when ||
        !(p->when->uses & USES_PREFERENCE))
        return true;
    diag_error(
        l->d, p->when->at, "phase-by-facility",
        "phase_mode: sequential の段階「%s」は、希望する施設では分けられま"
        "せん。児童と世帯の条件だけを書くか、phase_mode: key にしてくださ"
        "い",
        "with phase_mode sequential phase \"%s\" cannot depend on the "
        "facility: use conditions of child and household only, or "
        "phase_mode key",
        p->id);
    return loader_fail(l);
}

bool load_phases(struct loader *l, const struct yaml *root)
{
    static const char *const keys[] = {"id",   "wording", "when",
                                       "page", "after",   NULL};
    const struct yaml *list = load_list(l, root, "phases");
    if (!list)
        return true;
    struct phase *phases = ARENA_ARRAY(l->a, struct phase, list->n);
    const char **after = ARENA_ARRAY(l->a, const char *, list->n);
    bool ok = true, rest = false;
    for (size_t i = 0; i < list->n; i++) {
        struct clause c = {0};
        bool good = load_clause(l, list->items[i], keys, &c);
        phases[i] = (struct phase){good ? c.id : "", c.wording, c.when, c.at};
        after[i] = good ? load_text(l, list->items[i], "after") : "";
        ok = good && check_mode(l, &phases[i]) && ok;
        if (rest)
            diag_warn(l->d, c.at, "phase-unreachable",
                      "when のない段階より後の段階「%s」には誰も入りません",
                      "no one reaches \"%s\" after a phase without when",
                      c.wording);
        rest = rest || !c.when;
    }
    for (size_t i = 0; i < list->n; i++)
        ok = check_after(l, phases, after, list->n, i) && ok;
    l->rs->phases = phases;
    l->rs->n_phases = list->n;
    return ok;
}

bool load_requirements(struct loader *l, const struct yaml *root)
{
    static const char *const keys[] = {"id", "wording", "when", "page", NULL};
    const struct yaml *list = load_list(l, root, "require");
    if (!list)
        return true;
    struct requirement *reqs = ARENA_ARRAY(l->a, struct requirement, list->n);
    bool ok = true;
    for (size_t i = 0; i < list->n; i++) {
        struct clause c = {0};
        ok = load_clause(l, list->items[i], keys, &c) && ok;
        reqs[i] = (struct requirement){c.id, c.wording, c.when, c.at};
        if (c.when || !ok)
            continue;
        diag_error(l->d, c.at, "yaml-missing",
                   "require には when (満たすべき条件) が必要です",
                   "require needs when");
        ok = loader_fail(l);
    }
    l->rs->requirements = reqs;
    l->rs->n_requirements = list->n;
    return ok;
}
