/* `given` of an example to a household: what is not given is nothing. */
#include "scoring/points/rules_example.h"

#include "core/text.h"
#include "scoring/points/slips.h"

#include <stdlib.h>
#include <string.h>

#define HOUSEHOLD "000001"

bool example_fail(struct example *x)
{
    x->failed = true;
    return false;
}

bool example_is_word(const struct yaml *node, const char *word)
{
    return node && node->kind == YAML_SCALAR && node->plain &&
           strcmp(node->text, word) == 0;
}

bool example_points(const struct yaml *node, milli_points *out)
{
    const char *p = node->kind == YAML_SCALAR ? node->text : "";
    bool minus = *p == '-';
    p += minus;
    size_t whole = strspn(p, "0123456789");
    size_t places = p[whole] == '.' ? strspn(p + whole + 1, "0123456789") : 0;
    bool dot = p[whole] == '.';
    if (whole < 1 || whole > 9 || places > 3 || (dot && places == 0) ||
        p[whole + dot + places])
        return false;
    milli_points value = 0;
    for (size_t i = 0; i < whole; i++)
        value = value * 10 + (p[i] - '0');
    for (size_t i = 0; i < 3; i++)
        value = value * 10 + (i < places ? p[whole + 1 + i] - '0' : 0);
    *out = minus ? -value : value;
    return true;
}

/* ---- rows ---- */

struct place {
    enum scope scope;
    size_t row;
};

static void put_all(struct example *x, struct place at, uint8_t state)
{
    const struct dictionary *dict = x->set.dict;
    for (size_t i = 0; i < dict->n_by_scope[at.scope]; i++)
        record_set_put(&x->set, dict->by_scope[at.scope][i], at.row,
                       (struct slot){0, state}, NULL);
}

static struct place add_row(struct example *x, enum scope scope,
                            struct row_key key)
{
    key.household = HOUSEHOLD;
    struct place at = {scope, record_set_row(&x->set, scope, &key)};
    put_all(x, at, VALUE_NOT_APPLICABLE);
    return at;
}

/* [月, 火] as 月|火 */
static const char *scalar_text(struct example *x, const struct yaml *node)
{
    if (node->kind == YAML_SCALAR)
        return node->text;
    const char *text = "";
    for (size_t i = 0; node->kind == YAML_LIST && i < node->n; i++) {
        if (node->items[i]->kind != YAML_SCALAR)
            return NULL;
        text = arena_printf(x->a, "%s%s%s", text, i ? "|" : "",
                            node->items[i]->text);
    }
    return node->kind == YAML_LIST ? text : NULL;
}

bool example_bad_value(struct example *x, const struct yaml *node)
{
    diag_error(x->d, node->at, "example-given",
               "ここには値を一つ書いてください", "one value is expected here");
    return example_fail(x);
}

static bool put(struct example *x, const struct field *f, struct place at,
                const struct yaml *node)
{
    struct slot v = {0};
    const char *text = scalar_text(x, node);
    if (!text)
        return example_bad_value(x, node);
    if (!example_is_word(node, "unknown") &&
        !value_parse(f, text, x->set.strings, node->at, &v, x->d))
        return example_fail(x);
    record_set_put(&x->set, f, at.row, v, NULL);
    return true;
}

static bool unknown_key(struct example *x, const struct yaml *key,
                        enum scope scope)
{
    const struct dictionary *dict = x->set.dict;
    size_t n = dict->n_by_scope[scope];
    const char **names = ARENA_ARRAY(x->a, const char *, n);
    for (size_t i = 0; i < n; i++)
        names[i] = dict->by_scope[scope][i]->name;
    const char *near = text_nearest(key->text, names, n);
    const char *typed = slip_label(dict, scope, key->text);
    if (!typed)
        typed = slip_find(SLIP_GIVEN, key->text, x->a);
    if (typed)
        diag_error(x->d, key->at, "example-given",
                   "「%s」は「%s」と書いてください", "for \"%s\" write \"%s\"",
                   key->text, typed);
    else if (near)
        diag_error(x->d, key->at, "example-given",
                   "例に「%s」という項目は書けません。「%s」ですか？",
                   "an example has no \"%s\" here; did you mean \"%s\"?",
                   key->text, near);
    else
        diag_error(x->d, key->at, "example-given",
                   "例に「%s」という項目は書けません",
                   "an example has no \"%s\" here", key->text);
    return example_fail(x);
}

static bool is_one_of(const char *word, const char *const *words)
{
    for (; words && *words; words++)
        if (strcmp(word, *words) == 0)
            return true;
    return false;
}

bool example_want_kind(struct example *x, const struct yaml *node,
                       enum yaml_kind kind)
{
    if (node->kind == kind)
        return true;
    diag_error(x->d, node->at, "example-given",
               kind == YAML_MAP ? "ここには {項目: 値} を書いてください"
                                : "ここには [ ] で並べて書いてください",
               kind == YAML_MAP ? "{field: value} is expected here"
                                : "a list in [ ] is expected here");
    return example_fail(x);
}

/* Fields of one row; keys in `others` are somebody else's. */
static void put_fields(struct example *x, const struct yaml *map,
                       struct place at, const char *const *others)
{
    if (!example_want_kind(x, map, YAML_MAP))
        return;
    for (size_t i = 0; i < map->n; i++) {
        const char *key = map->keys[i]->text;
        const struct field *f = dictionary_find_in(x->set.dict, at.scope, key);
        /* Hours as rules name them: of the one job. */
        if (!f && at.scope == SCOPE_JOB && strcmp(key, "hours_month") == 0)
            f = dictionary_find(x->set.dict, "job.minutes_month");
        if (f)
            put(x, f, at, map->items[i]);
        else if (!is_one_of(key, others))
            unknown_key(x, map->keys[i], at.scope);
    }
}

const struct yaml *example_rows(struct example *x, const struct yaml *map,
                                const char *key)
{
    const struct yaml *list = yaml_find(map, key);
    if (!list || !example_want_kind(x, list, YAML_LIST))
        return NULL;
    if (list->n <= EXAMPLE_ROWS_MAX)
        return list;
    diag_error(x->d, list->at, "example-given",
               "「%s」の行が多すぎます (%d まで)",
               "\"%s\" has too many lines (up to %d)", key, EXAMPLE_ROWS_MAX);
    example_fail(x);
    return NULL;
}

/* ---- persons ---- */

static void add_jobs(struct example *x, const struct yaml *map, int person)
{
    if (example_is_word(yaml_find(map, "jobs"), "unknown"))
        return; /* no row: whoever works has a job of which nothing is known */
    const struct yaml *list = example_rows(x, map, "jobs");
    for (size_t i = 0; list && i < list->n; i++) {
        struct row_key key = {.person = person, .seq = (int)i + 1};
        put_fields(x, list->items[i], add_row(x, SCOPE_JOB, key), NULL);
    }
}

static void add_reasons(struct example *x, const struct yaml *list, int person)
{
    static const char *const others[] = {"reason", NULL};
    const struct field *kind = dictionary_find(x->set.dict, "reason.kind");
    for (size_t i = 0; i < list->n; i++) {
        struct row_key key = {.person = person, .seq = (int)i + 1};
        struct place at = add_row(x, SCOPE_REASON, key);
        put_fields(x, list->items[i], at, others);
        const struct yaml *reason = yaml_find(list->items[i], "reason");
        if (reason && kind)
            put(x, kind, at, reason);
    }
}

static const char *const guardian_keys[] = {"reason", "reasons", "jobs", NULL};

/* Fields of the guardian and of the one reason stand together. */
static void put_guardian(struct example *x, const struct yaml *map,
                         struct place guardian, struct place reason)
{
    for (size_t i = 0; i < map->n; i++) {
        const char *key = map->keys[i]->text;
        const struct field *f =
            dictionary_find_in(x->set.dict, SCOPE_GUARDIAN, key);
        struct place at = guardian;
        if (!f && reason.scope == SCOPE_REASON) {
            at = reason;
            f = dictionary_find_in(x->set.dict, SCOPE_REASON,
                                   strcmp(key, "reason") == 0 ? "kind" : key);
        }
        if (f)
            put(x, f, at, map->items[i]);
        else if (!is_one_of(key, guardian_keys))
            unknown_key(x, map->keys[i], SCOPE_GUARDIAN);
    }
}

static void add_guardian(struct example *x, const struct yaml *map, int person)
{
    struct row_key key = {.person = person, .seq = 1};
    struct place at = add_row(x, SCOPE_GUARDIAN, key);
    struct place reason = {N_SCOPES, 0};
    if (example_is_word(map, "unknown")) {
        put_all(x, at, VALUE_UNKNOWN);
        return;
    }
    if (!example_want_kind(x, map, YAML_MAP))
        return;
    const struct yaml *reasons = example_rows(x, map, "reasons");
    if (reasons)
        add_reasons(x, reasons, person);
    else
        reason = add_row(x, SCOPE_REASON, key);
    put_guardian(x, map, at, reason);
    add_jobs(x, map, person);
}

static void add_cohabitant(struct example *x, const struct yaml *map,
                           int person)
{
    static const char *const others[] = {"jobs", "reasons", NULL};
    struct row_key key = {.person = person};
    put_fields(x, map, add_row(x, SCOPE_COHABITANT, key), others);
    const struct yaml *reasons = example_rows(x, map, "reasons");
    if (reasons)
        add_reasons(x, reasons, person);
    add_jobs(x, map, person);
}

/* ---- children ---- */

static void add_preference(struct example *x, const struct yaml *node,
                           const char *child, int seq)
{
    struct row_key key = {.child = child, .seq = seq};
    struct place at = add_row(x, SCOPE_PREFERENCE, key);
    const struct field *f = dictionary_find(x->set.dict, "preference.facility");
    if (node && node->kind == YAML_MAP) {
        example_mention(x, yaml_find(node, "facility"));
        put_fields(x, node, at, NULL);
    } else if (node && f) {
        example_mention(x, node);
        put(x, f, at, node);
    }
}

static const char *const child_keys[] = {"preferences", NULL};

/* A child without preferences has one of an empty cell: the order needs it. */
static void add_preferences(struct example *x, const struct yaml *list,
                            const char *child)
{
    for (size_t i = 0; list && i < list->n; i++)
        add_preference(x, list->items[i], child, (int)i + 1);
    if (!list || list->n == 0)
        add_preference(x, NULL, child, 1);
}

static void put_child(struct example *x, const struct yaml *map,
                      struct place at)
{
    put_fields(x, map, at, child_keys);
    example_mention(x, yaml_find(map, "enrolled_facility"));
}

/* ---- the whole ---- */

static const char *const given_keys[] = {
    "guardians", "cohabitants", "children",     "documents",
    "child",     "preferences", "manual",       "entry_date",
    "deadline",  "facilities",  "lottery_seed", NULL};

/* A list of the example itself, else of what all share. */
static const struct yaml *given_list(struct example *x, const char *key)
{
    const struct yaml *map = yaml_find(x->given, key) ? x->given : x->with;
    return map ? example_rows(x, map, key) : NULL;
}

static void add_children(struct example *x)
{
    const struct yaml *list = given_list(x, "children");
    const struct yaml *wishes = given_list(x, "preferences");
    size_t n = list && list->n ? list->n : 1;
    for (size_t i = 0; i < n; i++) {
        const char *no = arena_printf(x->a, "%04zu", i + 1);
        struct row_key key = {.child = no};
        struct place at = add_row(x, SCOPE_CHILD, key);
        const struct yaml *own = list && list->n ? list->items[i] : NULL;
        const struct yaml *maps[] = {i ? NULL : yaml_find(x->with, "child"),
                                     i ? NULL : yaml_find(x->given, "child"),
                                     own};
        for (size_t k = 0; k < 3; k++)
            if (maps[k])
                put_child(x, maps[k], at);
        const struct yaml *here =
            own ? example_rows(x, own, "preferences") : NULL;
        add_preferences(x, here ? here : i ? NULL : wishes, no);
    }
}

static void add_people(struct example *x)
{
    const struct yaml *list = given_list(x, "guardians");
    for (size_t i = 0; list && i < list->n; i++)
        add_guardian(x, list->items[i], (int)i + 1);
    list = given_list(x, "cohabitants");
    for (size_t i = 0; list && i < list->n; i++)
        add_cohabitant(x, list->items[i], (int)i + 11);
    list = given_list(x, "documents");
    for (size_t i = 0; list && i < list->n; i++) {
        struct row_key key = {.seq = (int)i + 1};
        put_fields(x, list->items[i], add_row(x, SCOPE_DOCUMENT, key), NULL);
    }
}

static bool manual_number(struct example *x, const struct yaml *map,
                          const char *key, int *out)
{
    const struct yaml *node = yaml_find(map, key);
    int64_t number = 0;
    if (!node)
        return true;
    if (!yaml_int(node, &number, x->d) || number < 1 || number > 99)
        return false;
    *out = (int)number;
    return true;
}

static void add_manual(struct example *x, const struct yaml *map)
{
    static const char *const keys[] = {"rule", "points", "guardian", "child",
                                       NULL};
    struct manual_points m = {.household = HOUSEHOLD,
                              .child = "",
                              .reason = "example",
                              .by = "example",
                              .approved_by = "example",
                              .at = map->at};
    const struct yaml *points = yaml_find(map, "points");
    int child = 0;
    m.rule = yaml_text(map, "rule", x->d);
    bool ok = yaml_only_keys(map, keys, x->d) && m.rule;
    ok = manual_number(x, map, "guardian", &m.person) && ok;
    ok = manual_number(x, map, "child", &child) && ok;
    if (ok && points && example_points(points, &m.points)) {
        if (child)
            m.child = arena_printf(x->a, "%04d", child);
        record_set_add_manual(&x->set, &m);
        return;
    }
    diag_error(x->d, map->at, "example-given",
               "manual には {rule: 規則, points: 点数, guardian: 1} を書いて"
               "ください",
               "manual takes {rule: id, points: number, guardian: 1}");
    example_fail(x);
}

bool example_given(struct example *x)
{
    struct place at = add_row(x, SCOPE_HOUSEHOLD, (struct row_key){0});
    example_round(x);
    if (x->with) {
        put_fields(x, x->with, at, given_keys);
        example_facilities(x, x->with);
    }
    if (x->given) {
        put_fields(x, x->given, at, given_keys);
        example_facilities(x, x->given);
    }
    add_people(x);
    add_children(x);
    const struct yaml *manual = given_list(x, "manual");
    for (size_t i = 0; manual && i < manual->n; i++)
        add_manual(x, manual->items[i]);
    x->context.facilities = &x->facilities;
    record_set_finish(&x->set);
    return !x->failed;
}
