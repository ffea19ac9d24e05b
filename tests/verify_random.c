#include "tests/verify_random.h"

#include "core/date.h"

#include <stdio.h>
#include <string.h>

#define COUNT(rows) (sizeof(rows) / sizeof(rows)[0])

struct making {
    struct record_set *set;
    const struct ruleset *rules;
    uint64_t state;
    int missing; /* percent of values that are not known */
    char household[8];
    milli_points from, to; /* of points entered by hand */
};

/* splitmix64 */
static uint64_t next(struct making *m)
{
    uint64_t z = m->state += 0x9e3779b97f4a7c15U;
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9U;
    z = (z ^ z >> 27) * 0x94d049bb133111ebU;
    return z ^ z >> 31;
}

static int64_t below(struct making *m, int64_t n)
{
    return (int64_t)(next(m) % (uint64_t)n);
}

static bool percent(struct making *m, int chance)
{
    return below(m, 100) < chance;
}

/* ---- values ---- */

static const char *pick(struct making *m, const char *const *words, size_t n)
{
    return words[below(m, (int64_t)n)];
}

static int64_t random_text(struct making *m, const struct field *f)
{
    static const char *const codes[] = {"SUN", "SEA", "MOON", "OLD", "NONE",
                                        "A",   "B",   "第一", "第二"};
    static const char *const kana[] = {"アオイ", "ｱｵｲ", "ソラ", "ハル"};
    static const char *const texts[] = {"那覇市", "市役所", "山田商店", "山田"};
    bool facility = strstr(f->name, "facility") != NULL;
    const char *text = f->type == TYPE_KANA ? pick(m, kana, COUNT(kana))
                       : f->type != TYPE_CODE
                           ? pick(m, texts, COUNT(texts))
                           : pick(m, codes + (facility ? 0 : 5),
                                  facility ? 5 : COUNT(codes) - 5);
    return strings_id(m->set->strings, percent(m, 2) ? "" : text);
}

static int64_t random_date(struct making *m, const struct field *f)
{
    /* Few births: some cohabitants are children who apply. */
    static const int births[][3] = {
        {2020, 9, 30}, {2021, 4, 1}, {2023, 4, 2}, {2025, 5, 1}, {2027, 2, 3}};
    const int *day = births[below(m, COUNT(births))];
    bool child = f->scope == SCOPE_CHILD || f->scope == SCOPE_COHABITANT;
    if (strcmp(f->name, "birth") == 0 && child && percent(m, 70))
        return date_day(day[0], day[1], day[2]);
    if (strcmp(f->name, "birth") == 0)
        return date_day(1960, 1, 1) + below(m, 60 * 365);
    if (percent(m, 3))
        return percent(m, 50) ? date_day(1868, 1, 1) : date_day(2200, 12, 31);
    return date_day(2025, 1, 1) + below(m, 3 * 365);
}

static int64_t random_minutes(struct making *m, const struct field *f)
{
    bool clock = f->unit && strcmp(f->unit, "clock") == 0;
    bool rest = strstr(f->name, "break") != NULL;
    if (clock)
        return below(m, 24 * 4) * 15;
    if (rest)
        return below(m, 24) * 60;
    return percent(m, 30) ? below(m, 12) * 20 * 60 : below(m, 220 * 60);
}

static int64_t random_integer(struct making *m, const struct field *f)
{
    bool days = f->unit && strcmp(f->unit, "days") == 0;
    return days && strstr(f->name, "month") ? below(m, 26) : below(m, 7);
}

/* Likely values first: the others come up anyway. */
static int64_t random_enum(struct making *m, const struct field *f)
{
    if (strcmp(f->path, "reason.kind") == 0 && percent(m, 40))
        return 0; /* 就労 */
    if (strcmp(f->path, "cohabitant.relation") == 0 && percent(m, 60))
        return below(m, 4); /* 兄 姉 弟 妹 */
    return below(m, (int64_t)f->n_values);
}

static int64_t random_num(struct making *m, const struct field *f)
{
    switch (f->type) {
    case TYPE_INTEGER:
        return random_integer(m, f);
    case TYPE_MINUTES:
        return random_minutes(m, f);
    case TYPE_YEN:
        return below(m, 100) * 1000;
    case TYPE_DATE:
        return random_date(m, f);
    case TYPE_MONTH:
        return 2026 * 12 + below(m, 12);
    case TYPE_BOOLEAN:
        return below(m, 2);
    case TYPE_ENUM:
        return random_enum(m, f);
    case TYPE_SET:
        return below(m, (int64_t)1 << f->n_values);
    default:
        return random_text(m, f);
    }
}

static void fill(struct making *m, enum scope scope, struct row_key key)
{
    key.household = m->household;
    const struct dictionary *dict = m->set->dict;
    size_t row = record_set_row(m->set, scope, &key);
    for (size_t i = 0; i < dict->n_by_scope[scope]; i++) {
        const struct field *f = dict->by_scope[scope][i];
        bool present = strcmp(f->path, "guardian.present") == 0;
        struct slot v = {0, VALUE_KNOWN};
        if (percent(m, m->missing))
            v.state = (uint8_t)(percent(m, 60)   ? VALUE_UNKNOWN
                                : percent(m, 80) ? VALUE_NOT_APPLICABLE
                                                 : VALUE_UNREADABLE);
        else
            v.num = present ? percent(m, 85) : random_num(m, f);
        record_set_put(m->set, f, row, v, NULL);
    }
}

/* ---- rows ---- */

static void add_person(struct making *m, enum scope scope, int person)
{
    struct row_key key = {.child = "", .person = person};
    fill(m, scope, key);
    int jobs = (int)below(m, 3), reasons = (int)below(m, 3);
    for (key.seq = 1; key.seq <= jobs; key.seq++)
        fill(m, SCOPE_JOB, key);
    for (key.seq = 1; key.seq <= reasons; key.seq++)
        fill(m, SCOPE_REASON, key);
}

static void add_child(struct making *m, const char *number)
{
    struct row_key key = {.child = number};
    fill(m, SCOPE_CHILD, key);
    int wishes = (int)below(m, 4);
    for (key.seq = 1; key.seq <= wishes; key.seq++)
        fill(m, SCOPE_PREFERENCE, key);
}

static void add_manual(struct making *m, const char *rule, const char *child,
                       int person)
{
    if (percent(m, 40))
        return;
    struct manual_points p = {
        .household = m->household,
        .child = child,
        .person = person,
        .rule = rule,
        .points = m->from + below(m, (m->to - m->from) / 1000 + 1) * 1000,
        .reason = "理由",
        .by = "係",
        .approved_by = "課長",
        .at = POS_FILE("manual.csv")};
    record_set_add_manual(m->set, &p);
}

static void add_manual_for(struct making *m, const char *rule,
                           enum rule_scope scope, const char *const *children,
                           int n_children)
{
    bool person = scope == RULE_REASON || scope == RULE_GUARDIAN;
    for (int i = 1; person && i <= 3; i++)
        add_manual(m, rule, "", i);
    if (person)
        return;
    add_manual(m, rule, "", 0);
    for (int i = 0; scope != RULE_HOUSEHOLD && i < n_children; i++)
        add_manual(m, rule, children[i], 0);
}

/* The award that a person enters points for; NULL: none. */
static const struct award *by_hand(const struct rule *r)
{
    if (r->award.kind == AWARD_MANUAL)
        return &r->award;
    for (size_t i = 0; i < r->n_but; i++)
        if (r->but[i].award.kind == AWARD_MANUAL)
            return &r->but[i].award;
    return NULL;
}

static void add_all_manual(struct making *m, const char *const *children,
                           int n_children)
{
    const struct ruleset *rs = m->rules;
    for (size_t i = 0; i < rs->n_rules; i++) {
        const struct award *hand = by_hand(rs->rules[i]);
        if (!hand)
            continue;
        m->from = hand->from;
        m->to = hand->to;
        add_manual_for(m, rs->rules[i]->id, rs->rules[i]->scope, children,
                       n_children);
    }
    for (size_t i = 0; i < rs->n_keys; i++) {
        if (rs->order[i].kind != ORDER_BY_HAND)
            continue;
        m->from = rs->order[i].from;
        m->to = rs->order[i].to;
        add_manual_for(m, rs->order[i].id, RULE_ORDER, children, n_children);
    }
}

static void add_household(struct making *m, size_t number)
{
    static const int missing[] = {0, 0, 4, 12, 40};
    char numbers[3][16];
    const char *children[3];
    int n_children = 1 + (int)below(m, 3), n;
    m->missing = missing[below(m, COUNT(missing))];
    snprintf(m->household, sizeof m->household, "%06u",
             (unsigned)(number % 1000000));
    if (!percent(m, 3))
        fill(m, SCOPE_HOUSEHOLD, (struct row_key){.child = ""});
    n = percent(m, 60) ? 2 : (int)below(m, 4);
    for (int i = 1; i <= n; i++)
        add_person(m, SCOPE_GUARDIAN, i);
    n = (int)below(m, 3);
    for (int i = 11; i < 11 + n; i++)
        add_person(m, SCOPE_COHABITANT, i);
    for (int i = 0; i < n_children; i++) {
        snprintf(numbers[i], sizeof numbers[i], "%s-%d", m->household, i + 1);
        children[i] = numbers[i];
        add_child(m, numbers[i]);
    }
    n = (int)below(m, 3);
    for (int i = 1; i <= n; i++)
        fill(m, SCOPE_DOCUMENT, (struct row_key){.child = "", .seq = i});
    add_all_manual(m, children, n_children);
}

void random_households(struct record_set *set, const struct ruleset *rules,
                       uint64_t seed, size_t n)
{
    struct making m = {.set = set, .rules = rules, .state = seed};
    for (size_t i = 1; i <= n; i++)
        add_household(&m, i);
    record_set_finish(set);
}

/* ---- telling ---- */

static void print_row(const struct record_set *set, enum scope scope,
                      size_t row, struct arena *a)
{
    const struct record_table *t = &set->tables[scope];
    const struct scope_info *info = &scope_infos[scope];
    const struct row_key *key = &t->keys[row];
    fprintf(stderr, "%s", info->name);
    if (info->child)
        fprintf(stderr, ":%s", key->child);
    if (info->person)
        fprintf(stderr, ":%d", key->person);
    if (info->seq)
        fprintf(stderr, ":%d", key->seq);
    for (size_t i = 0; i < t->n_fields; i++) {
        const struct field *f = set->dict->by_scope[scope][i];
        struct slot v = table_slot(t, row, i);
        if (v.state != VALUE_UNKNOWN)
            fprintf(stderr, " %s=%s", f->name,
                    value_format(f, v, set->strings, a));
    }
    fprintf(stderr, "\n");
}

void random_print(const struct record_set *set, const struct household *h)
{
    struct arena a = ARENA_INIT;
    for (int s = 0; s < N_SCOPES; s++)
        for (size_t r = h->first[s]; r < h->end[s]; r++)
            print_row(set, (enum scope)s, r, &a);
    arena_release(&a);
}
