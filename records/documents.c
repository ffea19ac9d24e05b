#include "records/documents.h"

#include "core/yaml.h"
#include "records/format.h"

#include <stdio.h>
#include <string.h>

static const char *const holder_names[N_DOCUMENT_HOLDERS] = {
    [HOLDER_HOUSEHOLD] = "household",
    [HOLDER_GUARDIAN] = "guardian",
    [HOLDER_CHILD] = "child",
};

/* States in which a paper is in the house. */
static const char *const received_states[] = {"受領", "読取", "確認", "反映"};

static bool read_holder(struct document_type *t, const struct yaml *item,
                        struct diag *d)
{
    const char *holder = yaml_text(item, "holder", d);
    if (!holder)
        return false;
    for (int h = 0; h < N_DOCUMENT_HOLDERS; h++)
        if (strcmp(holder_names[h], holder) == 0) {
            t->holder = (enum document_holder)h;
            return true;
        }
    return diag_error(d, yaml_find(item, "holder")->at, "unknown-holder",
                      "holder「%s」は household guardian child のどれかです",
                      "holder \"%s\": write household, guardian or child",
                      holder);
}

static bool read_reason(struct document_type *t, const struct yaml *item,
                        const struct dictionary *dict, struct arena *a,
                        struct diag *d)
{
    const struct field *kind = dictionary_find(dict, "reason.kind");
    bool ok = true;
    t->for_reason = format_text(item, "for_reason", &ok, d);
    t->reason = -1;
    if (!ok || !*t->for_reason)
        return ok;
    struct pos at = yaml_find(item, "for_reason")->at;
    t->reason = kind ? field_value_index(kind, t->for_reason, a) : -1;
    if (t->reason < 0)
        return diag_error(d, at, "unknown-reason",
                          "「%s」という事由はありません",
                          "there is no reason \"%s\"", t->for_reason);
    if (t->holder == HOLDER_CHILD)
        return diag_error(d, at, "reason-of-child",
                          "事由は保護者のものです。holder: guardian か "
                          "household にしてください",
                          "reasons belong to guardians: use holder: guardian "
                          "or household");
    return true;
}

static bool read_type(struct document_type *t, const struct yaml *item,
                      const struct dictionary *dict, struct arena *a,
                      struct diag *d)
{
    static const char *const keys[] = {"type", "label", "for_reason", "holder",
                                       NULL};
    if (!yaml_only_keys(item, keys, d))
        return false;
    t->at = item->at;
    t->type = yaml_text(item, "type", d);
    t->label = yaml_text(item, "label", d);
    return t->type && t->label && read_holder(t, item, d) &&
           read_reason(t, item, dict, a, d);
}

static bool check_twice(const struct documents *docs,
                        const struct document_type *t, struct diag *d)
{
    for (size_t i = 0; i < docs->n; i++)
        if (strcmp(docs->types[i].type, t->type) == 0 &&
            docs->types[i].reason == t->reason &&
            docs->types[i].holder == t->holder)
            return diag_error(d, t->at, "duplicate-document",
                              "書類 %s が同じ事由で2回書かれています",
                              "the document %s is there twice for one reason",
                              t->type);
    return true;
}

bool documents_load(struct documents *out, const struct dictionary *dict,
                    const char *bytes, size_t len, const char *name,
                    struct arena *a, struct diag *d)
{
    static const char *const keys[] = {"format", "documents", NULL};
    *out = (struct documents){NULL, 0};
    const struct yaml *root = yaml_parse(bytes, len, name, a, d);
    if (!root || !format_check(root, "nyusho-documents/1", d) ||
        !yaml_only_keys(root, keys, d))
        return false;
    bool ok = true;
    const struct yaml *list = format_list(root, "documents", &ok, d);
    out->types = ARENA_ARRAY(a, struct document_type, list ? list->n : 0);
    for (size_t i = 0; list && i < list->n; i++) {
        struct document_type t = {.reason = -1};
        if (read_type(&t, list->items[i], dict, a, d) &&
            check_twice(out, &t, d))
            out->types[out->n++] = t;
        else
            ok = false;
    }
    return ok;
}

const struct document_type *documents_find(const struct documents *docs,
                                           const char *type)
{
    for (size_t i = 0; i < docs->n; i++)
        if (strcmp(docs->types[i].type, type) == 0)
            return &docs->types[i];
    return NULL;
}

/* One household of a set, and the fields that are asked for. */
struct search {
    const struct record_set *set;
    const struct household *h;
    const struct field *type, *holder, *state, *received_on;
    const struct field *kind, *present;
    struct missing_document *missing;
    size_t n;
};

static const char *text_of(const struct search *s, const struct field *f,
                           size_t row)
{
    struct slot v = f ? record_get(s->set, f, row) : (struct slot){0, 0};
    return v.state == VALUE_KNOWN ? strings_text(s->set->strings, v.num) : "";
}

static bool is_received(const struct search *s, size_t row)
{
    struct slot v = s->state ? record_get(s->set, s->state, row)
                             : (struct slot){0, VALUE_UNKNOWN};
    if (v.state != VALUE_KNOWN)
        return s->received_on &&
               record_get(s->set, s->received_on, row).state == VALUE_KNOWN;
    for (size_t i = 0; i < sizeof received_states / sizeof received_states[0];
         i++)
        if (strcmp(s->state->values[v.num], received_states[i]) == 0)
            return true;
    return false;
}

static const char *state_of(const struct search *s, size_t row)
{
    struct slot v = s->state ? record_get(s->set, s->state, row)
                             : (struct slot){0, VALUE_UNKNOWN};
    return v.state == VALUE_KNOWN ? s->state->values[v.num] : "";
}

/* *state gets that of the last row that is there and does not count. */
static bool has_document(const struct search *s, const char *type,
                         const char *holder, const char **state)
{
    const struct household *h = s->h;
    *state = "";
    for (size_t r = h->first[SCOPE_DOCUMENT]; r < h->end[SCOPE_DOCUMENT]; r++) {
        if (strcmp(text_of(s, s->type, r), type) != 0 ||
            strcmp(text_of(s, s->holder, r), holder) != 0)
            continue;
        if (is_received(s, r))
            return true;
        *state = state_of(s, r);
    }
    return false;
}

/* Does any reason of this person (0: of anyone) have this kind? */
static bool has_reason(const struct search *s, int person, int reason)
{
    const struct record_table *t = &s->set->tables[SCOPE_REASON];
    size_t end = s->kind ? s->h->end[SCOPE_REASON] : 0;
    for (size_t r = s->h->first[SCOPE_REASON]; r < end; r++) {
        struct slot v = record_get(s->set, s->kind, r);
        if ((!person || t->keys[r].person == person) &&
            v.state == VALUE_KNOWN && v.num == reason)
            return true;
    }
    return reason < 0;
}

static void ask(struct search *s, const struct document_type *t, int person,
                const char *child, const char *holder)
{
    const char *state;
    if (!has_document(s, t->type, holder, &state))
        s->missing[s->n++] = (struct missing_document){t, person, child, state};
}

static bool is_absent(const struct search *s, size_t row)
{
    struct slot v = s->present ? record_get(s->set, s->present, row)
                               : (struct slot){0, VALUE_UNKNOWN};
    return v.state == VALUE_KNOWN && v.num == 0;
}

static void ask_guardians(struct search *s, const struct documents *docs)
{
    const struct record_table *t = &s->set->tables[SCOPE_GUARDIAN];
    for (size_t r = s->h->first[SCOPE_GUARDIAN]; r < s->h->end[SCOPE_GUARDIAN];
         r++) {
        int person = t->keys[r].person;
        char holder[16];
        snprintf(holder, sizeof holder, "%d", person);
        for (size_t i = 0; !is_absent(s, r) && i < docs->n; i++)
            if (docs->types[i].holder == HOLDER_GUARDIAN &&
                has_reason(s, person, docs->types[i].reason))
                ask(s, &docs->types[i], person, "", holder);
    }
}

static void ask_children(struct search *s, const struct documents *docs)
{
    const struct record_table *t = &s->set->tables[SCOPE_CHILD];
    for (size_t r = s->h->first[SCOPE_CHILD]; r < s->h->end[SCOPE_CHILD]; r++)
        for (size_t i = 0; i < docs->n; i++)
            if (docs->types[i].holder == HOLDER_CHILD)
                ask(s, &docs->types[i], 0, t->keys[r].child, t->keys[r].child);
}

static struct search search_of(const struct record_set *set, size_t household)
{
    const struct dictionary *dict = set->dict;
    return (struct search){
        .set = set,
        .h = &set->households[household],
        .type = dictionary_find(dict, "document.type"),
        .holder = dictionary_find(dict, "document.holder"),
        .state = dictionary_find(dict, "document.state"),
        .received_on = dictionary_find(dict, "document.received_on"),
        .kind = dictionary_find(dict, "reason.kind"),
        .present = dictionary_find(dict, "guardian.present"),
    };
}

size_t documents_missing(const struct documents *docs,
                         const struct record_set *set, size_t household,
                         struct missing_document **out, struct arena *a)
{
    struct search s = search_of(set, household);
    const struct household *h = s.h;
    size_t holders = 1 + h->end[SCOPE_GUARDIAN] - h->first[SCOPE_GUARDIAN] +
                     h->end[SCOPE_CHILD] - h->first[SCOPE_CHILD];
    s.missing = ARENA_ARRAY(a, struct missing_document, holders * docs->n);
    for (size_t i = 0; i < docs->n; i++)
        if (docs->types[i].holder == HOLDER_HOUSEHOLD &&
            has_reason(&s, 0, docs->types[i].reason))
            ask(&s, &docs->types[i], 0, "", "");
    ask_guardians(&s, docs);
    ask_children(&s, docs);
    *out = s.missing;
    return s.n;
}

size_t documents_untyped(const struct record_set *set, size_t household)
{
    struct search s = search_of(set, household);
    size_t n = 0;
    for (size_t r = s.h->first[SCOPE_DOCUMENT]; r < s.h->end[SCOPE_DOCUMENT];
         r++)
        n += !*text_of(&s, s.type, r) && is_received(&s, r);
    return n;
}
