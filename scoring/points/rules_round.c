/* The round and the facilities of an example. */
#include "scoring/points/rules_example.h"

#include "core/date.h"

#include <string.h>

/* ---- facilities ---- */

/* Seats of every kind that the rules know, in every class. */
static void add_special(struct example *x, struct facility *f)
{
    const struct ruleset *rs = x->rules;
    f->special = ARENA_ARRAY(x->a, struct special_seats, rs->n_special);
    f->n_special = rs->n_special;
    for (size_t i = 0; i < rs->n_special; i++) {
        f->special[i].kind = rs->special[i].seat;
        for (int k = 0; k < N_CLASSES; k++)
            f->special[i].seats[k].present = true;
    }
}

/* Codes that examples mention are facilities of which nothing is told. NULL
 * with the message at `node` when there are too many. */
static struct facility *add_facility(struct example *x, const char *code,
                                     const struct yaml *node)
{
    struct facilities *all = &x->facilities;
    size_t at = 0;
    while (at < all->n && strcmp(all->items[at].code, code) < 0)
        at++;
    if (at < all->n && strcmp(all->items[at].code, code) == 0)
        return &all->items[at];
    if (all->n == EXAMPLE_ROWS_MAX) {
        diag_error(x->d, node->at, "example-given",
                   "一つの例の施設は %d までです",
                   "one example takes up to %d facilities", EXAMPLE_ROWS_MAX);
        example_fail(x);
        return NULL;
    }
    if (all->n == x->facilities_capacity) {
        size_t capacity = all->n ? all->n * 2 : 8;
        all->items =
            arena_grow(x->a, all->items, all->n, capacity, sizeof *all->items);
        x->facilities_capacity = capacity;
    }
    memmove(&all->items[at + 1], &all->items[at],
            (all->n - at) * sizeof *all->items);
    all->n++;
    struct facility *f = &all->items[at];
    *f = (struct facility){.code = code,
                           .name = code,
                           .kind = "",
                           .area = "",
                           .school_district = "",
                           .closes_on = INT32_MAX};
    for (int k = 0; k < N_CLASSES; k++)
        f->seats[k].present = true;
    add_special(x, f);
    return f;
}

static const char *map_text(struct example *x, const struct yaml *map,
                            const char *key)
{
    const struct yaml *node = yaml_find(map, key);
    if (node && node->kind != YAML_SCALAR)
        example_bad_value(x, node);
    return node && node->kind == YAML_SCALAR ? node->text : "";
}

static void add_links(struct example *x, struct facility *f,
                      const struct yaml *list)
{
    f->linked = ARENA_ARRAY(x->a, const char *, list->n);
    for (size_t i = 0; i < list->n; i++)
        if (list->items[i]->kind == YAML_SCALAR)
            f->linked[f->n_linked++] = list->items[i]->text;
        else
            example_bad_value(x, list->items[i]);
}

/* False with the message: nothing to read, or not as it should be. */
static bool check_facility(struct example *x, const struct yaml *list, size_t i)
{
    static const char *const keys[] = {
        "code", "kind", "area", "linked", "school_district", NULL};
    const struct yaml *item = list->items[i];
    if (!example_want_kind(x, item, YAML_MAP))
        return false;
    const char *code =
        yaml_only_keys(item, keys, x->d) ? yaml_text(item, "code", x->d) : NULL;
    if (!code)
        return example_fail(x);
    for (size_t k = 0; k < i; k++) {
        const struct yaml *other = yaml_find(list->items[k], "code");
        if (!other || strcmp(other->text, code) != 0)
            continue;
        diag_error(x->d, item->at, "example-given",
                   "施設「%s」は %d 行目にもあります。一つにしてください",
                   "the facility \"%s\" is also on line %d: keep one", code,
                   other->at.line);
        return example_fail(x);
    }
    return true;
}

void example_facilities(struct example *x, const struct yaml *map)
{
    const struct yaml *list = example_rows(x, map, "facilities");
    for (size_t i = 0; list && i < list->n; i++) {
        const struct yaml *item = list->items[i];
        struct facility *f =
            check_facility(x, list, i)
                ? add_facility(x, map_text(x, item, "code"), item)
                : NULL;
        if (!f)
            continue;
        f->n_linked = 0; /* described before, under examples_with */
        f->kind = map_text(x, item, "kind");
        f->area = map_text(x, item, "area");
        f->school_district = map_text(x, item, "school_district");
        const struct yaml *links = example_rows(x, item, "linked");
        if (links)
            add_links(x, f, links);
    }
}

void example_mention(struct example *x, const struct yaml *node)
{
    if (node && node->kind == YAML_SCALAR && *node->text &&
        *node->text != '#' && !example_is_word(node, "unknown"))
        add_facility(x, node->text, node);
}

/* ---- the round ---- */

static void put_date(struct example *x, const char *key, int32_t *out)
{
    const struct yaml *node = yaml_find(x->given, key);
    if (!node)
        node = yaml_find(x->with, key);
    if (!node)
        return;
    if (node->kind == YAML_SCALAR && date_parse(node->text, out) == DATE_OK)
        return;
    diag_error(x->d, node->at, "example-given",
               "%s には 2027-04-01 のような日付を書いてください",
               "%s takes a date such as 2027-04-01", key);
    example_fail(x);
}

/* The round of the printed table's own year, unless the file says another. */
void example_round(struct example *x)
{
    int year = x->rules->source_year;
    const struct yaml *seed = yaml_find(x->given, "lottery_seed");
    if (!date_is_real(year, 4, 1))
        year = 2026;
    x->context.entry_date = date_day(year, 4, 1);
    put_date(x, "entry_date", &x->context.entry_date);
    year = fiscal_year_of(x->context.entry_date);
    if (!seed)
        seed = yaml_find(x->with, "lottery_seed");
    x->context.fiscal_year = year;
    x->context.deadline = date_day(year - 1, 11, 30);
    put_date(x, "deadline", &x->context.deadline);
    x->context.lottery_seed =
        seed && seed->kind == YAML_SCALAR ? seed->text : "example";
}
