/* Who takes part, from where, with which wishes, in which phase. */
#include "scoring/verify/rebuild.h"

#include "core/date.h"

#include <stdlib.h>
#include <string.h>

static const struct slot *no_slot =
    &(const struct slot){.state = VALUE_UNKNOWN};

static struct slot get(const struct rebuild *r, const char *path, size_t row)
{
    const struct record_set *set = r->basis.points->set;
    const struct field *f = dictionary_find(set->dict, path);
    return f ? record_get(set, f, row) : *no_slot;
}

static const char *text_of(const struct rebuild *r, struct slot v)
{
    return v.state == VALUE_KNOWN
               ? strings_text(r->basis.points->set->strings, v.num)
               : "";
}

/* A value of a list that is known and another than `word`. */
static bool is_another(const struct rebuild *r, const char *path, size_t row,
                       const char *word)
{
    const struct field *f = dictionary_find(r->basis.points->set->dict, path);
    struct slot v = get(r, path, row);
    return f && v.state == VALUE_KNOWN && strcmp(f->values[v.num], word) != 0;
}

static int class_of_row(const struct rebuild *r, size_t row)
{
    struct slot day = get(r, "child.birth", row);
    if (day.state != VALUE_KNOWN)
        day = get(r, "child.due_date", row);
    return day.state == VALUE_KNOWN
               ? class_age(r->basis.points->fiscal_year, (int32_t)day.num)
               : -1;
}

static const struct special_seat *kind_of(const struct rebuild *r,
                                          const struct facility *f,
                                          int class_age, const char *name)
{
    const struct ruleset *rs = r->basis.points->rules;
    for (size_t i = 0; i < rs->n_special; i++)
        for (size_t k = 0; k < f->n_special; k++)
            if (strcmp(rs->special[i].seat, name) == 0 &&
                strcmp(f->special[k].kind, name) == 0 &&
                f->special[k].seats[class_age].present)
                return &rs->special[i];
    return NULL;
}

/* Where its class goes on. */
static struct rebuilt_seat current_of(const struct rebuild *r, size_t row,
                                      int class_age)
{
    struct rebuilt_seat none = {NULL, NULL};
    const char *code = text_of(r, get(r, "child.enrolled_facility", row));
    if (!*code || class_age < 0 || class_age >= N_CLASSES ||
        is_another(r, "child.current_care", row, "認可在園"))
        return none;
    const struct facility *f = facility_find(r->basis.points->facilities, code);
    if (!f || !f->seats[class_age].present)
        return none;
    const char *kind = text_of(r, get(r, "child.enrolled_seat", row));
    return (struct rebuilt_seat){f, kind_of(r, f, class_age, kind)};
}

/* ---- wishes ---- */

static void wish(struct rebuilt_child *c, const struct facility *f,
                 const struct special_seat *kind, int number)
{
    c->wishes[c->n_wishes] = (struct rebuilt_seat){f, kind};
    c->numbers[c->n_wishes++] = number;
}

/* The first time that it names a facility that it may enter and is not in. */
static bool is_a_wish(const struct rebuilt_child *c, size_t k,
                      const struct facility *f)
{
    const struct recomputed_pref *p = c->points->prefs;
    for (size_t i = 0; i < k; i++)
        if (strcmp(p[i].facility, p[k].facility) == 0)
            return false;
    return f && p[k].may_enter && f != c->current.facility;
}

static void add_wishes(const struct rebuild *r, struct rebuilt_child *c)
{
    const struct ruleset *rs = r->basis.points->rules;
    size_t n = c->points->n_prefs;
    int number = 0;
    c->wishes = ARENA_ARRAY(r->a, struct rebuilt_seat, n * (rs->n_special + 1));
    c->numbers = ARENA_ARRAY(r->a, int, n *(rs->n_special + 1));
    for (size_t k = 0; k < n; k++) {
        const struct recomputed_pref *p = &c->points->prefs[k];
        const struct facility *f =
            *p->facility
                ? facility_find(r->basis.points->facilities, p->facility)
                : NULL;
        if (f && f == c->current.facility && !c->current_number)
            c->current_number = ++number;
        if (!is_a_wish(c, k, f))
            continue;
        number++;
        for (int last = 0; last < 2; last++) {
            for (size_t s = 0; p->special && s < rs->n_special; s++)
                if (p->special[s] && rs->special[s].general_first == last)
                    wish(c, f, &rs->special[s], number);
            if (!last)
                wish(c, f, NULL, number);
        }
    }
}

/* ---- children ---- */

static bool may_win(const struct recomputed_child *c)
{
    for (size_t k = 0; k < c->n_prefs; k++)
        if (c->prefs[k].may_enter)
            return true;
    return false;
}

static bool in_phases(const struct ruleset *rs)
{
    return rs->phase_mode == PHASE_SEQUENTIAL && rs->n_phases > 0;
}

/* A decision holds whatever the application says now; one that is enrolled by
 * now was placed there at the entry date. */
static void take_before(const struct rebuild *r, size_t i,
                        struct rebuilt_child *c)
{
    const struct rebuilt_before *b = &r->basis.before[i];
    bool has_class = c->class_age >= 0 && c->class_age < N_CLASSES;
    c->before = b->standing;
    if (b->standing == BEFORE_GONE)
        c->counts = c->takes_part = false;
    if (b->standing == BEFORE_ENROLLED) {
        c->current = b->had;
        c->counts = true;
    }
    c->now = c->current;
    if (b->standing == BEFORE_DECIDED) {
        c->now = b->had;
        c->counts = true;
        c->takes_part = has_class;
    }
}

static void make_child(const struct rebuild *r, size_t i, size_t row)
{
    struct rebuilt_child *c = &r->children[i];
    struct slot birth = get(r, "child.birth", row);
    c->points = &r->basis.children[i];
    c->counts = !r->basis.withdrawn[i];
    c->class_age = class_of_row(r, row);
    c->takes_part = c->counts && c->class_age >= 0 &&
                    c->class_age < N_CLASSES && may_win(c->points);
    c->born =
        birth.state == VALUE_KNOWN
            ? birth.num
            : date_day(r->basis.points->fiscal_year - c->class_age - 1, 4, 2);
    c->current = c->now = current_of(r, row, c->class_age);
    if (r->basis.before)
        take_before(r, i, c);
    if (in_phases(r->basis.points->rules) && c->points->n_prefs)
        c->phase = (size_t)c->points->prefs[0].phase;
    add_wishes(r, c);
}

/* ---- households ---- */

static int eldest_first(const void *x, const void *y)
{
    const struct rebuilt_child *const *a = x, *const *b = y;
    if ((*a)->class_age != (*b)->class_age)
        return (*a)->class_age > (*b)->class_age ? -1 : 1;
    return strcmp((*a)->points->child, (*b)->points->child);
}

static void choose_phase(const struct rebuild *r, struct rebuilt_household *h)
{
    bool earlier = r->basis.points->rules->siblings_earlier, any = false;
    for (size_t k = 0; k < h->n; k++) {
        const struct rebuilt_child *c = h->children[k];
        if (!c->takes_part)
            continue;
        if (!any || (earlier ? c->phase < h->phase : c->phase > h->phase))
            h->phase = c->phase;
        any = true;
    }
}

static const char *pattern_of(const struct rebuild *r,
                              const struct household *from)
{
    const char *path = "household.sibling_pattern";
    const struct field *f = dictionary_find(r->basis.points->set->dict, path);
    if (!f || from->first[SCOPE_HOUSEHOLD] == from->end[SCOPE_HOUSEHOLD])
        return NULL;
    struct slot v = get(r, path, from->first[SCOPE_HOUSEHOLD]);
    return v.state == VALUE_KNOWN ? f->values[v.num] : NULL;
}

/* Below the place it has there is nothing for a child that applies alone. */
static void cut_wishes(struct rebuilt_child *c)
{
    while (c->current_number && c->n_wishes &&
           c->numbers[c->n_wishes - 1] > c->current_number)
        c->n_wishes--;
}

static void make_household(const struct rebuild *r, size_t index)
{
    const struct household *from = &r->basis.points->set->households[index];
    struct rebuilt_household *h = &r->households[index];
    size_t first = from->first[SCOPE_CHILD], end = from->end[SCOPE_CHILD];
    h->no = from->no;
    h->pattern = pattern_of(r, from);
    for (size_t row = first; row < end; row++) {
        make_child(r, row, row);
        if (r->children[row].counts && h->n < REBUILD_SIBLINGS_MAX)
            h->children[h->n++] = &r->children[row];
    }
    if (h->n == 1)
        cut_wishes(h->children[0]);
    if (h->n)
        qsort(h->children, h->n, sizeof *h->children, eldest_first);
    choose_phase(r, h);
}

void rebuild_open(struct rebuild *r, const struct rebuild_basis *basis,
                  struct arena *a)
{
    const struct record_set *set = basis->points->set;
    *r = (struct rebuild){.basis = *basis, .a = a};
    r->n_households = set->n_households;
    r->children = ARENA_ARRAY(a, struct rebuilt_child, basis->n_children);
    r->households = ARENA_ARRAY(a, struct rebuilt_household, set->n_households);
    for (size_t h = 0; h < set->n_households; h++)
        make_household(r, h);
}

/* ---- places ---- */

bool rebuilt_same_seat(struct rebuilt_seat x, struct rebuilt_seat y)
{
    return x.facility == y.facility && x.kind == y.kind;
}

/* How the market calls them: "11", "11#加配". */
int32_t rebuild_place(const struct market *m, struct rebuilt_seat seat)
{
    size_t low = 0, high = m->n_facilities;
    struct arena mem = ARENA_INIT;
    int32_t found = REBUILD_UNKNOWN;
    if (!seat.facility)
        return REBUILD_NOWHERE;
    const char *id =
        seat.kind
            ? arena_printf(&mem, "%s#%s", seat.facility->code, seat.kind->seat)
            : seat.facility->code;
    while (low < high && found < 0) {
        size_t mid = low + (high - low) / 2;
        int c = strcmp(m->facilities[mid].id, id);
        if (c == 0)
            found = (int32_t)mid;
        else if (c < 0)
            low = mid + 1;
        else
            high = mid;
    }
    arena_release(&mem);
    return found;
}
