/* What the records, the events and the withdrawals say of one child of a later
 * round. */
#include "cli/verify_round_reading.h"

#include <stdlib.h>
#include <string.h>

static int facility_by_id(const void *key, const void *item)
{
    return strcmp(key, ((const struct market_facility *)item)->id);
}

int32_t verify_facility_at(const struct market *m, const char *id)
{
    const struct market_facility *f =
        *id ? bsearch(id, m->facilities, m->n_facilities, sizeof *m->facilities,
                      facility_by_id)
            : NULL;
    return f ? (int32_t)(f - m->facilities) : MARKET_NONE;
}

/* "11", or "11#加配" where the seat is a special one. */
int32_t verify_seats_at(const struct round_reading *x, const char *code,
                        const char *kind)
{
    if (*code && *kind)
        code = arena_printf(&x->c->mem, "%s#%s", code, kind);
    return verify_facility_at(x->m, code);
}

/* Where the records have the child, in a class that goes on there. */
static int32_t enrolled_at(const struct round_reading *x, size_t row,
                           int class_age)
{
    const struct dictionary *dict = &x->ctx->dict;
    const struct field *care = dictionary_find(dict, "child.current_care");
    const struct field *place =
        dictionary_find(dict, "child.enrolled_facility");
    struct slot at = record_get(x->set, place, row);
    struct slot how = record_get(x->set, care, row);
    bool elsewhere = how.state == VALUE_KNOWN &&
                     strcmp(care->values[how.num], "認可在園") != 0;
    if (at.state != VALUE_KNOWN || elsewhere || class_age < 0)
        return MARKET_NONE;
    const struct facility *f = facility_find(
        &x->ctx->facilities, strings_text(x->set->strings, at.num));
    if (!f || !f->seats[class_age].present)
        return MARKET_NONE;
    const struct field *seat = dictionary_find(dict, "child.enrolled_seat");
    struct slot kind = record_get(x->set, seat, row);
    const struct special_seats *s =
        kind.state == VALUE_KNOWN
            ? facility_special(f, strings_text(x->set->strings, kind.num))
            : NULL;
    return verify_seats_at(x, f->code,
                           s && s->seats[class_age].present ? s->kind : "");
}

static int wish_rank(const struct round_reading *x, const struct row_key *child,
                     int32_t facility)
{
    const struct record_table *t = &x->set->tables[SCOPE_PREFERENCE];
    const struct household *h = record_household(x->set, child->household);
    const struct field *f =
        dictionary_find(&x->ctx->dict, "preference.facility");
    const char *id =
        facility == MARKET_NONE ? "" : x->m->facilities[facility].id;
    const char *code = arena_copy(&x->c->mem, id, strcspn(id, "#"));
    int rank = 0;
    for (size_t r = h->first[SCOPE_PREFERENCE];
         facility != MARKET_NONE && r < h->end[SCOPE_PREFERENCE]; r++) {
        struct slot at = record_get(x->set, f, r);
        if (strcmp(t->keys[r].child, child->child) != 0)
            continue;
        rank++;
        if (at.state == VALUE_KNOWN &&
            strcmp(strings_text(x->set->strings, at.num), code) == 0)
            return rank;
    }
    return 0;
}

/* The last word of the case's events on the child: withdrawn, taken back, or
 * nothing. */
static int by_events(const struct round_reading *x, const struct row_key *child)
{
    int said = 0;
    for (size_t i = 0; i < x->n_events; i++) {
        const struct case_event *e = &x->events[i];
        if (strcmp(e->household, child->household) != 0 ||
            (*e->child && strcmp(e->child, child->child) != 0))
            continue;
        if (strcmp(e->kind, "取下げ") == 0 || strcmp(e->kind, "辞退") == 0)
            said = 1;
        else if (strcmp(e->kind, "取消") == 0)
            said = -1;
    }
    return said;
}

void verify_take_record(struct round_reading *x, size_t row)
{
    const struct row_key *key = &x->set->tables[SCOPE_CHILD].keys[row];
    struct checked_child *c = verify_round_child(x->out, key->child);
    bool in_file = false, leaves = false;
    int events = by_events(x, key);
    for (size_t i = 0; i < x->file.n; i++)
        if (strcmp(x->file.items[i].child, key->child) == 0) {
            in_file = true;
            leaves = x->file.items[i].kind == WITHDRAWAL_LEAVE;
        }
    if (c->before == BEFORE_GONE && events >= 0)
        return;
    if (c->before == BEFORE_GONE)
        c->before = BEFORE_NEW;
    c->enrolled = enrolled_at(x, row, c->class_age);
    c->withdraws = in_file || events > 0;
    bool transfer = c->before == BEFORE_DECIDED && c->enrolled != MARKET_NONE &&
                    c->enrolled != c->had;
    c->keeps = c->withdraws && transfer && !leaves &&
               x->ctx->settings.rounds.declined_transfer == DECLINED_KEEPS;
    c->released = c->withdraws && !c->keeps && (transfer || leaves);
    c->had_rank = wish_rank(x, key, c->had);
    c->now_rank = wish_rank(x, key, c->now);
}
