/* Values: appended, never overwritten; the newest of a source counts. */
#include "records/case_internal.h"

#include <stdlib.h>
#include <string.h>

#define VALUE_COLUMNS                                                       \
    "household,child,person,seq,path,source,gone,state,text,page,box_left," \
    "box_top,box_width,box_height,raw,confidence,why,by,at"

const char *case_source_name(enum case_source s)
{
    static const char *const names[N_CASE_SOURCES] = {"ocr", "import", "person",
                                                      "person"};
    return names[s];
}

void *list_room(void *items, size_t n, size_t *capacity, size_t size,
                struct arena *a)
{
    if (n < *capacity)
        return items;
    *capacity = *capacity ? *capacity * 2 : 16;
    return items ? arena_grow(a, items, n, *capacity, size)
                 : arena_array(a, *capacity, size);
}

void value_list_add(struct value_list *l, const struct case_value *v,
                    struct arena *a)
{
    l->items = list_room(l->items, l->n, &l->capacity, sizeof *l->items, a);
    l->items[l->n++] = *v;
}

int value_compare_place(const struct case_value *x, const struct case_value *y)
{
    int c = row_key_compare(&x->key, &y->key);
    return c ? c : strcmp(x->path, y->path);
}

int value_compare(const struct case_value *x, const struct case_value *y)
{
    int c = value_compare_place(x, y);
    return c ? c : (x->source > y->source) - (x->source < y->source);
}

static int by_place(const void *x, const void *y)
{
    return value_compare(x, y);
}

/* ── reading ────────────────────────────────────────────────────────────── */

/* Neighbours in any order share most of their texts. */
static const char *text_shared(struct query *q, int column, const char *last,
                               struct arena *a)
{
    const char *text = (const char *)sqlite3_column_text(q->s, column);
    return last && text && strcmp(text, last) == 0 ? last
                                                   : query_text(q, column, a);
}

/* `last`: the row before, or an empty one. */
static struct case_value
value_of(struct query *q, const struct case_value *last, struct arena *a)
{
    const struct evidence *e = &last->evidence;
    enum case_source source =
        (enum case_source)query_choice(q, 5, N_CASE_SOURCES);
    return (struct case_value){
        .key = {text_shared(q, 0, last->key.household, a),
                text_shared(q, 1, last->key.child, a), query_int(q, 2),
                query_int(q, 3)},
        .path = text_shared(q, 4, last->path, a),
        .source = source,
        .state = (enum value_state)query_choice(q, 7, VALUE_UNREADABLE + 1),
        .text = query_text(q, 8, a),
        .evidence = {.source = case_source_name(source),
                     .page = text_shared(q, 9, e->page, a),
                     .left = query_int(q, 10),
                     .top = query_int(q, 11),
                     .width = query_int(q, 12),
                     .height = query_int(q, 13),
                     .raw = query_text(q, 14, a),
                     .confidence = query_int(q, 15),
                     .why = text_shared(q, 16, e->why, a),
                     .by = text_shared(q, 17, e->by, a),
                     .at = text_shared(q, 18, e->at, a)}};
}

bool values_current(struct case_db *db, unsigned sources,
                    struct value_list *out, struct arena *a, struct diag *d)
{
    /* Within a place the newest row comes first. */
    struct query q =
        query_open(db,
                   "SELECT " VALUE_COLUMNS " FROM value ORDER BY household,"
                   "child,person,seq,path,source,id DESC",
                   d);
    struct case_value last = {.path = NULL};
    *out = (struct value_list){NULL, 0, 0};
    while (query_row(&q)) {
        if (!(sources >> query_choice(&q, 5, N_CASE_SOURCES) & 1u))
            continue;
        struct case_value v = value_of(&q, &last, a);
        if (last.path && value_compare(&last, &v) == 0)
            continue;
        last = v;
        if (!query_int(&q, 6))
            value_list_add(out, &v, a);
    }
    return query_close(&q);
}

bool case_value_history(struct case_db *db, const struct row_key *key,
                        const char *path, struct case_value **out, size_t *n,
                        struct arena *a, struct diag *d)
{
    struct query q = query_open(db,
                                "SELECT " VALUE_COLUMNS
                                " FROM value WHERE household=? AND child=? AND "
                                "person=? AND seq=? AND path=? ORDER BY id",
                                d);
    size_t capacity = 0;
    *out = NULL;
    *n = 0;
    query_bind(&q, "ttiit", key->household, key->child, key->person, key->seq,
               path);
    while (query_row(&q)) {
        *out = list_room(*out, *n, &capacity, sizeof **out, a);
        struct case_value last = *n ? (*out)[*n - 1] : (struct case_value){0};
        (*out)[(*n)++] = value_of(&q, &last, a);
    }
    return query_close(&q);
}

/* ── writing ────────────────────────────────────────────────────────────── */

/* Everything but who and when. */
static bool same(const struct case_value *x, const struct case_value *y)
{
    const struct evidence *e = &x->evidence, *f = &y->evidence;
    return x->state == y->state && strcmp(x->text, y->text) == 0 &&
           strcmp(e->page, f->page) == 0 && e->left == f->left &&
           e->top == f->top && e->width == f->width && e->height == f->height &&
           strcmp(e->raw, f->raw) == 0 && e->confidence == f->confidence;
}

static bool append(struct query *q, const struct case_value *v, bool gone)
{
    const struct evidence *e = &v->evidence;
    query_bind(q,
               "ttiitiiitt"
               "iiii"
               "tittt",
               v->key.household, v->key.child, v->key.person, v->key.seq,
               v->path, (int)v->source, (int)gone, (int)v->state,
               gone ? "" : v->text, e->page, (int)e->left, (int)e->top,
               (int)e->width, (int)e->height, e->raw, e->confidence, e->why,
               q->db->by, q->db->at);
    return query_again(q);
}

static struct query append_open(struct case_db *db, struct diag *d)
{
    return query_open(db,
                      "INSERT INTO value(" VALUE_COLUMNS
                      ") VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
                      d);
}

/* Both sorted: what is new or different is appended, what is gone taken back.
 */
static size_t merge(struct query *q, const struct value_list *now,
                    const struct value_list *list, bool retract)
{
    size_t i = 0, j = 0, changed = 0;
    while (i < list->n || j < now->n) {
        int c = i == list->n  ? 1
                : j == now->n ? -1
                              : value_compare(&list->items[i], &now->items[j]);
        bool differs =
            c < 0 || (c == 0 && !same(&list->items[i], &now->items[j]));
        if (c <= 0 && differs) {
            append(q, &list->items[i], false);
            changed++;
        }
        if (c > 0 && retract) {
            append(q, &now->items[j], true);
            changed++;
        }
        i += c <= 0;
        j += c >= 0;
    }
    return changed;
}

bool values_write(struct case_db *db, struct value_list *list, unsigned sources,
                  bool retract, const char *action, size_t *changed,
                  struct diag *d)
{
    struct arena a = ARENA_INIT;
    struct value_list now;
    bool ok = true;
    *changed = 0;
    if (!case_begin(db, d))
        return false;
    if (list->n)
        qsort(list->items, list->n, sizeof *list->items, by_place);
    int64_t first = table_last(db, "value", &ok, d) + 1;
    ok = ok && values_current(db, sources, &now, &a, d);
    if (ok) {
        struct query q = append_open(db, d);
        *changed = merge(&q, &now, list, retract);
        ok = query_close(&q);
    }
    int64_t last = ok ? table_last(db, "value", &ok, d) : 0;
    ok = ok && audit_rows(db, action, "value", first, last, d);
    arena_release(&a);
    return case_end(db, ok, d);
}

bool case_put_value(struct case_db *db, const struct case_value *v,
                    struct diag *d)
{
    if (!case_begin(db, d))
        return false;
    struct query q = append_open(db, d);
    append(&q, v, false);
    bool ok = query_close(&q) && audit_last(db, "correct", "value", d);
    return case_end(db, ok, d);
}
