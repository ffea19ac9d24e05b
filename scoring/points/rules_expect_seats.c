/* `seats` under `expect`: the special seats that are open to the child at its
 * first preference, all of them and no other. */
#include "scoring/points/rules_expect.h"

#include <string.h>

static bool is_listed(const struct yaml *list, const char *id)
{
    for (size_t i = 0; i < list->n; i++)
        if (list->items[i]->kind == YAML_SCALAR &&
            strcmp(list->items[i]->text, id) == 0)
            return true;
    return false;
}

static bool is_seat(const struct ruleset *rs, const struct yaml *item)
{
    for (size_t i = 0; i < rs->n_special; i++)
        if (item->kind == YAML_SCALAR &&
            strcmp(rs->special[i].id, item->text) == 0)
            return true;
    return false;
}

void expect_seats(struct expectation *e, const struct yaml *node)
{
    const struct ruleset *rs = e->x->rules;
    if (node->kind != YAML_LIST) {
        expect_wrong(e, node, "seats には枠の id を [ ] で並べてください",
                     "seats takes a list of ids of special_seats");
        return;
    }
    for (size_t i = 0; i < node->n; i++)
        if (!is_seat(rs, node->items[i]))
            expect_wrong(e, node->items[i],
                         "special_seats にこの id の枠はありません",
                         "special_seats has no such id");
    for (size_t i = 0; i < rs->n_special; i++) {
        const char *id = rs->special[i].id;
        bool open = e->pref->special && e->pref->special[i];
        bool want = is_listed(node, id);
        expect_check(e, arena_printf(e->x->a, "seats %s", id),
                     want ? "yes" : "no", open ? "yes" : "no", want == open,
                     node->at);
    }
}
