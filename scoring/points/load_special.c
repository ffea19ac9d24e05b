/*
 * special_seats 特別な枠: seats of their own beside the general ones of a
 * class, with who may have them and who comes first there.
 */
#include "scoring/points/ruleset_loader.h"

#include <string.h>

#define SPECIAL_USES (USES_HOUSEHOLD | USES_CHILD | USES_PREFERENCE)

static bool load_words(struct loader *l, const struct yaml *map,
                       struct special_seat *out)
{
    static const char *const uses[] = {"special_first", "general_first", NULL};
    int use = 0;
    out->id = load_text(l, map, "id");
    out->seat = load_text(l, map, "seat");
    out->wording = load_text(l, map, "wording");
    out->at = map->at;
    bool ok = load_id(l, out->id, map->at);
    ok = load_choice(l, map, "use", uses, &use) && ok;
    out->general_first = use == 1;
    if (*out->wording && *out->seat)
        return ok;
    if (!*out->wording)
        diag_error(l->d, map->at, "wording-missing",
                   "枠「%s」に wording (印刷された言葉) がありません",
                   "seats \"%s\" have no wording (the printed words)", out->id);
    if (!*out->seat)
        diag_error(
            l->d, map->at, "yaml-missing",
            "枠「%s」に seat (seats.csv の「枠」に書く名前) がありません",
            "seats \"%s\" have no seat: the name under 枠 in seats.csv",
            out->id);
    return loader_fail(l);
}

static bool load_when(struct loader *l, const struct yaml *map,
                      struct special_seat *out)
{
    const struct yaml *when = yaml_find(map, "when");
    if (when) {
        out->when = load_condition(l, when, SPECIAL_USES);
        return out->when != NULL;
    }
    diag_error(l->d, map->at, "yaml-missing",
               "枠「%s」に when (使える児童の条件) がありません",
               "seats \"%s\" have no when: who may have them", out->id);
    return loader_fail(l);
}

/* Its own keys wait in the loader until the order itself is loaded. */
static bool load_own_order(struct loader *l, const struct yaml *map,
                           struct special_seat *out)
{
    const struct yaml *list = load_list(l, map, "order");
    out->first_own = l->n_own_keys;
    if (!list)
        return true;
    l->own_keys = arena_grow(l->a, l->own_keys, l->n_own_keys,
                             l->n_own_keys + list->n, sizeof *l->own_keys);
    bool ok = load_order_keys(l, list, out->id, l->own_keys + l->n_own_keys,
                              &out->n_own);
    l->n_own_keys += out->n_own;
    return ok;
}

static bool seat_is_new(struct loader *l, const struct special_seat *list,
                        size_t i)
{
    for (size_t k = 0; k < i; k++) {
        if (!*list[i].seat || strcmp(list[k].seat, list[i].seat) != 0)
            continue;
        diag_error(l->d, list[i].at, "special-twice",
                   "枠「%s」が二度あります。一つにまとめてください",
                   "seats called \"%s\" stand there twice: put them in one",
                   list[i].seat);
        return loader_fail(l);
    }
    return true;
}

bool load_special(struct loader *l, const struct yaml *root)
{
    static const char *const keys[] = {"id",  "seat",  "wording", "when",
                                       "use", "order", "page",    NULL};
    const struct yaml *list = load_list(l, root, "special_seats");
    if (!list)
        return true;
    struct special_seat *all = ARENA_ARRAY(l->a, struct special_seat, list->n);
    size_t n = 0;
    bool ok = true;
    for (size_t i = 0; i < list->n; i++) {
        const struct yaml *map = list->items[i];
        bool good = load_keys(l, map, keys) && load_words(l, map, &all[n]);
        good = good && load_when(l, map, &all[n]) &&
               load_own_order(l, map, &all[n]) && seat_is_new(l, all, n);
        n += good;
        ok = ok && good;
    }
    l->rs->special = all;
    l->rs->n_special = n;
    return ok;
}
