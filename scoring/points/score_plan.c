/* Looked up once for a scorer, and once for a household. */
#include "scoring/points/score_plan.h"

#include "core/text.h"
#include "scoring/points/eval.h"

#include <assert.h>
#include <string.h>

static const char *const paths[] = {
    [PLAN_SINGLE_PARENT] = "household.single_parent",
    [PLAN_PRESENT] = "guardian.present",
    [PLAN_REASON_KIND] = "reason.kind",
    [PLAN_RELATION] = "cohabitant.relation",
    [PLAN_COHABITANT_BIRTH] = "cohabitant.birth",
    [PLAN_COHABITANT_KANA] = "cohabitant.kana",
    [PLAN_COHABITANT_NAME] = "cohabitant.name",
    [PLAN_COHABITANT_ENROLLED] = "cohabitant.enrolled_facility",
    [PLAN_COHABITANT_LEAVING] = "cohabitant.leaving",
    [PLAN_CHILD_BIRTH] = "child.birth",
    [PLAN_CHILD_DUE_DATE] = "child.due_date",
    [PLAN_CHILD_KANA] = "child.kana",
    [PLAN_CHILD_NAME] = "child.name",
    [PLAN_CHILD_ENROLLED] = "child.enrolled_facility",
    [PLAN_GRADUATING] = "child.graduating",
    [PLAN_LEAVING_REASON] = "child.leaving_reason",
    [PLAN_FACILITY] = "preference.facility",
    [PLAN_MINUTES_MONTH] = "job.minutes_month",
    [PLAN_BREAK_MONTH] = "job.break_minutes_month",
    [PLAN_VARIABLE_PER] = "job.variable_per",
    [PLAN_VARIABLE_MINUTES] = "job.variable_minutes",
    [PLAN_VARIABLE_BREAK] = "job.variable_break",
    [PLAN_VARIABLE_DAYS_PER] = "job.variable_days_per",
    [PLAN_VARIABLE_DAYS] = "job.variable_days",
    [PLAN_ACTUAL1] = "job.actual1_minutes",
    [PLAN_ACTUAL2] = "job.actual2_minutes",
    [PLAN_ACTUAL3] = "job.actual3_minutes",
    [PLAN_DAYS_MONTH] = "job.days_month",
    [PLAN_DAYS_WEEK] = "job.days_week",
};
static_assert(sizeof paths / sizeof paths[0] == N_PLAN_FIELDS,
              "every field has its path");

static const struct {
    enum plan_field field;
    const char *values[5];
} values[] = {
    [VALUES_NO_PARENTS] = {PLAN_SINGLE_PARENT, {"父母不在"}},
    [VALUES_SINGLE_PARENT] = {PLAN_SINGLE_PARENT, {"ひとり親", "準ずる"}},
    [VALUES_WORK] = {PLAN_REASON_KIND, {"就労"}},
    [VALUES_SIBLINGS] = {PLAN_RELATION, {"兄", "姉", "弟", "妹"}},
    [VALUES_NOT_LEAVING] = {PLAN_LEAVING_REASON, {"なし"}},
    [VALUES_WEEKLY] = {PLAN_VARIABLE_PER, {"週間"}},
    [VALUES_WEEKLY_DAYS] = {PLAN_VARIABLE_DAYS_PER, {"週間"}},
};
static_assert(sizeof values / sizeof values[0] == N_PLAN_VALUES,
              "every set of values is named");

static int64_t value_bits(const struct field *f, const char *const *words)
{
    int64_t bits = 0;
    for (size_t i = 0; f && i < f->n_values; i++)
        for (size_t k = 0; words[k]; k++)
            if (strcmp(f->values[i], words[k]) == 0)
                bits |= (int64_t)1 << i;
    return bits;
}

/* ---- what a rule depends on ---- */

static unsigned table_uses(const struct step_table *t)
{
    unsigned uses = 0;
    const struct step_table *todo[64];
    size_t n = 0;
    if (t)
        todo[n++] = t;
    while (n > 0) {
        t = todo[--n];
        uses |= t->by->uses;
        for (size_t i = 0; i < t->n; i++) {
            if (t->rows[i].inner && n == 64)
                return ~0U; /* wider than it is worth following */
            if (t->rows[i].inner)
                todo[n++] = t->rows[i].inner;
        }
    }
    return uses;
}

static unsigned award_uses(const struct award *w)
{
    return (w->per ? w->per->uses : 0) | table_uses(w->table);
}

static unsigned rule_uses(const struct rule *r)
{
    unsigned uses = award_uses(&r->award) | (r->when ? r->when->uses : 0);
    for (size_t i = 0; i < r->n_but; i++)
        uses |= r->but[i].when->uses | award_uses(&r->but[i].award);
    return uses;
}

/* A rule is as changeable as those that it yields to. */
static unsigned *all_uses(const struct ruleset *rs, struct arena *a)
{
    unsigned *uses = ARENA_ARRAY(a, unsigned, rs->n_rules);
    for (size_t i = 0; i < rs->n_rules; i++) {
        const struct rule *r = rs->rules[i];
        uses[i] = rule_uses(r);
        for (size_t k = 0; k < r->n_unless; k++)
            uses[i] |= uses[r->unless[k]->index] & USES_PREFERENCE;
    }
    return uses;
}

static unsigned *all_key_uses(const struct ruleset *rs,
                              const unsigned *rule_bits, struct arena *a)
{
    unsigned *uses = ARENA_ARRAY(a, unsigned, rs->n_keys);
    for (size_t i = 0; i < rs->n_keys; i++) {
        const struct order_key *key = &rs->order[i];
        uses[i] = key->expr ? key->expr->uses : 0;
        for (size_t k = 0; key->cases && k < key->n_best; k++)
            uses[i] |= key->cases[k]->uses;
        for (size_t k = 0; k < key->rules.n; k++)
            uses[i] |= rule_bits[key->rules.rules[k]->index];
    }
    return uses;
}

/* ---- preferences ---- */

/* Most preferences name what others have named: each code is looked up once,
 * as long as no other takes its place here. */
#define REMEMBERED 1024
struct remembered {
    int64_t code; /* id in strings; 0: the empty text, which is no code */
    const struct facility *facility;
};

static const struct facility **
find_facilities(const struct scorer *s, const struct field *f, struct arena *a)
{
    const struct record_table *t = &s->set->tables[SCOPE_PREFERENCE];
    const struct facility **found =
        ARENA_ARRAY(a, const struct facility *, t->n_rows);
    struct remembered *known = ARENA_ARRAY(a, struct remembered, REMEMBERED);
    for (size_t r = 0; f && s->context->facilities && r < t->n_rows; r++) {
        struct slot v = table_slot(t, r, f->column);
        struct remembered *k = &known[v.num % REMEMBERED];
        if (v.state != VALUE_KNOWN || v.num == 0)
            continue;
        if (k->code != v.num)
            *k = (struct remembered){
                v.num, facility_find(s->context->facilities,
                                     strings_text(s->set->strings, v.num))};
        found[r] = k->facility;
    }
    return found;
}

struct scorer_plan *plan_make(const struct scorer *s, struct arena *a)
{
    struct scorer_plan *p = ARENA_NEW(a, struct scorer_plan);
    for (int i = 0; i < N_PLAN_FIELDS; i++)
        p->fields[i] = dictionary_find(s->set->dict, paths[i]);
    for (int i = 0; i < N_PLAN_VALUES; i++)
        p->values[i] = value_bits(p->fields[values[i].field], values[i].values);
    p->facilities = find_facilities(s, p->fields[PLAN_FACILITY], a);
    p->uses = all_uses(s->rules, a);
    p->key_uses = all_key_uses(s->rules, p->uses, a);
    plan_once(p, s, a);
    return p;
}

/* ---- a household ---- */

static struct slot slot_of(const struct scorer *s, enum plan_field f,
                           size_t row)
{
    const struct field *field = s->plan->fields[f];
    return field ? table_slot(&s->set->tables[field->scope], row, field->column)
                 : (struct slot){0};
}

static bool known_in(const struct scorer *s, enum plan_field f, size_t row,
                     enum plan_values v)
{
    struct slot slot = slot_of(s, f, row);
    return slot.state == VALUE_KNOWN &&
           ((uint64_t)s->plan->values[v] >> slot.num & 1);
}

/* Not known to be absent. */
static bool is_present(const struct scorer *s, size_t guardian)
{
    struct slot present = slot_of(s, PLAN_PRESENT, guardian);
    return present.state != VALUE_KNOWN || present.num;
}

static void find_guardians(struct family *f, const struct scorer *s)
{
    const struct household *h = f->h;
    bool alone = false, no_parents = false;
    int n = 0;
    for (size_t r = h->first[SCOPE_HOUSEHOLD]; r < h->end[SCOPE_HOUSEHOLD];
         r++) {
        no_parents = known_in(s, PLAN_SINGLE_PARENT, r, VALUES_NO_PARENTS);
        alone = known_in(s, PLAN_SINGLE_PARENT, r, VALUES_SINGLE_PARENT);
    }
    for (size_t r = h->first[SCOPE_GUARDIAN]; r < h->end[SCOPE_GUARDIAN]; r++) {
        if (!is_present(s, r)) {
            alone = true;
        } else if (n < 2) {
            f->slot[n] = SLOT_PRESENT;
            f->slot_row[n++] = r;
        }
    }
    for (; n < 2; n++) {
        bool absent = no_parents || (n == 1 && alone);
        f->slot[n] = absent ? SLOT_ABSENT : SLOT_NOT_KNOWN;
        f->slot_row[n] = SCORE_NO_ROW;
        f->n_rowless += !absent;
    }
}

/* Both have one, and they differ but for the way they are written. */
enum alike { ALIKE_NOT_SAID, ALIKE_SAME, ALIKE_DIFFERENT };
static enum alike compare_texts(const struct scorer *s, enum plan_field of_a,
                                size_t row_a, enum plan_field of_b,
                                size_t row_b, struct arena *a)
{
    struct slot x = slot_of(s, of_a, row_a), y = slot_of(s, of_b, row_b);
    if (x.state != VALUE_KNOWN || y.state != VALUE_KNOWN)
        return ALIKE_NOT_SAID;
    const char *tx = strings_text(s->set->strings, x.num);
    const char *ty = strings_text(s->set->strings, y.num);
    if (!*tx || !*ty) /* a known empty text is nothing */
        return ALIKE_NOT_SAID;
    if (x.num == y.num)
        return ALIKE_SAME;
    return strcmp(text_match_key(tx, a), text_match_key(ty, a)) == 0
               ? ALIKE_SAME
               : ALIKE_DIFFERENT;
}

static bool is_child(const struct scorer *s, size_t cohabitant, size_t child,
                     struct arena *a)
{
    struct slot x = slot_of(s, PLAN_COHABITANT_BIRTH, cohabitant);
    struct slot y = slot_of(s, PLAN_CHILD_BIRTH, child);
    if (x.state != VALUE_KNOWN || y.state != VALUE_KNOWN || x.num != y.num)
        return false;
    enum alike alike = compare_texts(s, PLAN_COHABITANT_KANA, cohabitant,
                                     PLAN_CHILD_KANA, child, a);
    if (alike == ALIKE_NOT_SAID)
        alike = compare_texts(s, PLAN_COHABITANT_NAME, cohabitant,
                              PLAN_CHILD_NAME, child, a);
    return alike != ALIKE_DIFFERENT;
}

static enum tri is_sibling(const struct scorer *s, const struct household *h,
                           size_t row, struct arena *a)
{
    struct slot relation = slot_of(s, PLAN_RELATION, row);
    bool unknown =
        relation.state == VALUE_UNKNOWN || relation.state == VALUE_UNREADABLE;
    if (!unknown && !known_in(s, PLAN_RELATION, row, VALUES_SIBLINGS))
        return TRI_NO;
    for (size_t c = h->first[SCOPE_CHILD]; c < h->end[SCOPE_CHILD]; c++)
        if (is_child(s, row, c, a))
            return TRI_NO;
    return unknown ? TRI_UNKNOWN : TRI_YES;
}

/* Manual points are sorted by household first. */
static void find_manual(struct family *f, const struct record_set *set)
{
    size_t low = 0, high = set->n_manual;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (strcmp(set->manual[mid].household, f->h->no) < 0)
            low = mid + 1;
        else
            high = mid;
    }
    f->manual = set->manual + low;
    while (low + f->n_manual < set->n_manual &&
           strcmp(f->manual[f->n_manual].household, f->h->no) == 0)
        f->n_manual++;
}

static void add_reason(const struct scorer *s, struct guardian_rows *g,
                       size_t row)
{
    struct slot kind = slot_of(s, PLAN_REASON_KIND, row);
    if (kind.state == VALUE_UNKNOWN || kind.state == VALUE_UNREADABLE)
        g->kinds = -1;
    else if (kind.state == VALUE_KNOWN)
        g->kinds |= (int64_t)(UINT64_C(1) << kind.num);
}

/* Rows of this person in a table, from *at on: those of persons before are
 * passed over. */
static size_t person_end(const struct record_table *t, int person, size_t *at,
                         size_t end)
{
    while (*at < end && t->keys[*at].person < person)
        ++*at;
    size_t last = *at;
    while (last < end && t->keys[last].person == person)
        last++;
    return last;
}

static void find_rows(struct family *f, const struct scorer *s, struct arena *a)
{
    const struct household *h = f->h;
    const struct record_table *t = s->set->tables;
    size_t first = h->first[SCOPE_GUARDIAN], end = h->end[SCOPE_GUARDIAN];
    size_t job = h->first[SCOPE_JOB], reason = h->first[SCOPE_REASON];
    struct guardian_rows *all =
        ARENA_ARRAY(a, struct guardian_rows, end - first);
    for (size_t r = first; r < end; r++) {
        struct guardian_rows *g = &all[r - first];
        int person = t[SCOPE_GUARDIAN].keys[r].person;
        size_t job_end =
            person_end(&t[SCOPE_JOB], person, &job, h->end[SCOPE_JOB]);
        size_t reason_end =
            person_end(&t[SCOPE_REASON], person, &reason, h->end[SCOPE_REASON]);
        *g = (struct guardian_rows){job, job_end, reason, reason_end, 0};
        for (size_t k = reason; k < reason_end; k++)
            add_reason(s, g, k);
        if (reason == reason_end)
            g->kinds = -1;
    }
    f->guardians = all;
    f->kinds = f->n_rowless ? -1 : 0;
    for (size_t r = first; r < end; r++)
        if (is_present(s, r))
            f->kinds |= all[r - first].kinds;
}

static void find_siblings(struct family *f, const struct scorer *s,
                          struct arena *a)
{
    const struct household *h = f->h;
    size_t first = h->first[SCOPE_COHABITANT], end = h->end[SCOPE_COHABITANT];
    f->siblings = h->end[SCOPE_CHILD] - h->first[SCOPE_CHILD] > 1;
    f->sibling = ARENA_ARRAY(a, uint8_t, end - first);
    for (size_t r = first; r < end; r++) {
        f->sibling[r - first] = (uint8_t)is_sibling(s, h, r, a);
        f->siblings = f->siblings || f->sibling[r - first] != TRI_NO;
    }
}

void family_open(struct family *f, const struct scorer *s, size_t household,
                 struct arena *a)
{
    const struct household *h = &s->set->households[household];
    *f = (struct family){.h = h, .index = household};
    find_guardians(f, s);
    find_rows(f, s, a);
    find_siblings(f, s, a);
    if (s->set->n_manual)
        find_manual(f, s->set);
}
