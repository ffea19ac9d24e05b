/*
 * What may stand in a market file. To add something: a row below, a set_
 * function, its writing in market_write.c, a case in tests/test_market_file.c.
 */
#include "scoring/placement/market_file.h"

#include "scoring/placement/json_read.h"
#include "scoring/placement/market_build.h"

#include <stdlib.h>
#include <string.h>

enum {
    IN_ROOT = 1,
    IN_CHILDREN,
    IN_CHILD,
    IN_NURSERIES,
    IN_NURSERY,
    IN_SEATS,
    IN_GROUPS,
    IN_GROUP,
    IN_CAPS,
    IN_CAP,
    IN_CAP_CLASSES,
    IN_RELEASE,
    IN_PRIORITY,
    IN_SCORE,
    IN_FAMILIES,
    IN_FAMILY,
    IN_FAMILY_CHILDREN,
    IN_PREF,
    IN_ENTRY,
};

/* The record being read; emptied when it ends. */
struct reading {
    struct market_builder *b;
    bool ok;
    size_t n_classes; /* 0 until something told */
    struct buf id;
    int32_t ref, current;
    int64_t age;
    struct market_facility_spec spec;
    struct market_cap caps[MARKET_CAPS_MAX];
    size_t n_seats, n_release;
    struct buf children; /* int32_t: of the family, or the order */
    struct buf scores;   /* int64_t */
    bool has_scores;
    struct buf entries; /* int32_t */
    struct buf lengths; /* size_t, of each entry */
    size_t entry_length;
    int64_t turn;
};

#define COUNT(of, type) ((of).len / sizeof(type))

static void start_record(struct reading *m)
{
    buf_clear(&m->id);
    buf_clear(&m->children);
    buf_clear(&m->scores);
    buf_clear(&m->entries);
    buf_clear(&m->lengths);
    m->current = MARKET_NONE;
    m->turn = 0;
    m->has_scores = false;
    m->n_seats = m->n_release = m->entry_length = 0;
    m->spec = MARKET_FACILITY_SPEC;
    m->spec.caps = m->caps;
}

static bool set_format(struct json_reader *r, const struct json_value *v)
{
    static const char want[] = "nyusho-market/1";
    if (v->len != sizeof want - 1 || memcmp(v->text, want, v->len) != 0)
        return json_problem(r, "bad-format", "\"%s\" だけが読めます",
                            "only \"%s\" can be read", want);
    return true;
}

/* Every list per class has as many numbers as "classes" says, or as the first
 * such list where "classes" comes later or not at all. */
static bool check_classes(struct json_reader *r, size_t n)
{
    struct reading *m = json_user(r);
    if (n < 1 || n > MARKET_CLASSES)
        return json_problem(r, "bad-class", "クラスの数は 1 から %d です",
                            "the number of classes is from 1 to %d",
                            MARKET_CLASSES);
    if (m->n_classes == 0)
        m->n_classes = n;
    if (n != m->n_classes)
        return json_problem(r, "bad-length",
                            "クラスの数 %1$zu に対して値が %2$zu 個あります",
                            "%2$zu values for %1$zu classes", m->n_classes, n);
    return true;
}

static bool set_classes(struct json_reader *r, const struct json_value *v)
{
    int64_t n;
    return json_integer(r, v, &n) && check_classes(r, n < 0 ? 0 : (size_t)n);
}

const char *const market_method_names[N_MARKET_METHODS] = {
    [MARKET_STABLE] = "stable",
    [MARKET_POINTS_ORDER] = "points_order",
    [MARKET_PREFERENCE_ROUNDS] = "preference_rounds",
};

static bool set_method(struct json_reader *r, const struct json_value *v)
{
    for (int i = 0; i < N_MARKET_METHODS; i++)
        if (strlen(market_method_names[i]) == v->len &&
            memcmp(market_method_names[i], v->text, v->len) == 0) {
            market_set_method(((struct reading *)json_user(r))->b,
                              (enum market_method)i);
            return true;
        }
    return json_problem(r, "bad-method",
                        "stable、points_order、preference_rounds "
                        "のどれかです",
                        "this is stable, points_order or preference_rounds");
}

static bool set_turn(struct json_reader *r, const struct json_value *v)
{
    return json_integer(r, v, &((struct reading *)json_user(r))->turn);
}

static bool set_id(struct json_reader *r, const struct json_value *v)
{
    struct reading *m = json_user(r);
    if (!json_id(r, v->text, v->len, MARKET_ID_MAX))
        return false;
    buf_clear(&m->id);
    buf_add(&m->id, v->text, v->len);
    return true;
}

static bool set_age(struct json_reader *r, const struct json_value *v)
{
    struct reading *m = json_user(r);
    return json_integer(r, v, &m->age);
}

static bool child_ref(struct json_reader *r, const struct json_value *v,
                      int32_t *ref)
{
    struct reading *m = json_user(r);
    if (!json_id(r, v->text, v->len, MARKET_ID_MAX))
        return false;
    *ref = market_child_ref(m->b, v->text, v->len);
    return true;
}

static bool facility_ref(struct json_reader *r, const struct json_value *v,
                         int32_t *ref)
{
    struct reading *m = json_user(r);
    *ref = MARKET_NONE;
    if (v->kind == JSON_NULL)
        return true;
    if (!json_id(r, v->text, v->len, MARKET_ID_MAX))
        return false;
    *ref = market_facility_ref(m->b, v->text, v->len);
    return true;
}

static bool set_current(struct json_reader *r, const struct json_value *v)
{
    struct reading *m = json_user(r);
    return facility_ref(r, v, &m->current);
}

static bool end_child(struct json_reader *r)
{
    struct reading *m = json_user(r);
    int32_t ref = market_child_ref(m->b, m->id.bytes, m->id.len);
    m->ok =
        market_add_child(m->b, ref, m->age, m->current, json_at(r)) && m->ok;
    start_record(m);
    return true;
}

static bool set_seats(struct json_reader *r, const struct json_value *v)
{
    struct reading *m = json_user(r);
    if (v->index >= MARKET_CLASSES)
        return check_classes(r, v->index + 1);
    m->n_seats = v->index + 1;
    return json_integer(r, v, &m->spec.seats[v->index]);
}

static bool set_release(struct json_reader *r, const struct json_value *v)
{
    struct reading *m = json_user(r);
    if (v->index >= MARKET_CLASSES)
        return check_classes(r, v->index + 1);
    m->n_release = v->index + 1;
    m->spec.release[v->index] = v->yes;
    return true;
}

static bool end_seats(struct json_reader *r)
{
    struct reading *m = json_user(r);
    return check_classes(r, m->n_seats);
}

static bool end_release(struct json_reader *r)
{
    struct reading *m = json_user(r);
    return check_classes(r, m->n_release);
}

static bool add_class(struct json_reader *r, const struct json_value *v,
                      unsigned *set)
{
    int64_t k;
    if (!json_integer(r, v, &k))
        return false;
    if (k < 0 || k >= MARKET_CLASSES || *set & (1U << k))
        return json_problem(
            r, "bad-class", "クラス %lld はないか、2 回あります",
            "class %lld does not exist or stands here twice", (long long)k);
    *set |= 1U << k;
    return true;
}

static bool set_group_class(struct json_reader *r, const struct json_value *v)
{
    struct reading *m = json_user(r);
    if (m->spec.n_groups == MARKET_CLASSES)
        return json_problem(r, "bad-class", "枠は %d 個までです",
                            "there can be %d pools", MARKET_CLASSES);
    return add_class(r, v, &m->spec.groups[m->spec.n_groups]);
}

static bool end_group(struct json_reader *r)
{
    struct reading *m = json_user(r);
    m->spec.n_groups += m->spec.n_groups < MARKET_CLASSES;
    return true;
}

static struct market_cap *this_cap(struct json_reader *r)
{
    struct reading *m = json_user(r);
    if (m->spec.n_caps < MARKET_CAPS_MAX)
        return &m->caps[m->spec.n_caps];
    json_problem(r, "bad-cap", "上限は %d 個までです", "there can be %d caps",
                 MARKET_CAPS_MAX);
    return NULL;
}

static bool set_cap_class(struct json_reader *r, const struct json_value *v)
{
    struct market_cap *cap = this_cap(r);
    return cap && add_class(r, v, &cap->classes);
}

static bool set_cap_max(struct json_reader *r, const struct json_value *v)
{
    struct market_cap *cap = this_cap(r);
    int64_t n;
    if (!cap || !json_integer(r, v, &n))
        return false;
    if (n < 0 || n > MARKET_SEATS_MAX)
        return json_problem(r, "bad-cap", "上限は 0 から %d です",
                            "a cap is from 0 to %d", MARKET_SEATS_MAX);
    cap->max = (int32_t)n;
    return true;
}

static bool end_cap(struct json_reader *r)
{
    struct reading *m = json_user(r);
    if (++m->spec.n_caps < MARKET_CAPS_MAX)
        m->caps[m->spec.n_caps] = (struct market_cap){0};
    return true;
}

static bool set_listed(struct json_reader *r, const struct json_value *v)
{
    struct reading *m = json_user(r);
    int32_t ref;
    if (!child_ref(r, v, &ref))
        return false;
    buf_add(&m->children, &ref, sizeof ref);
    return true;
}

static bool set_score(struct json_reader *r, const struct json_value *v)
{
    struct reading *m = json_user(r);
    int64_t milli;
    if (!json_milli(r, v, &milli))
        return false;
    buf_add(&m->scores, &milli, sizeof milli);
    return true;
}

static bool end_scores(struct json_reader *r)
{
    ((struct reading *)json_user(r))->has_scores = true;
    return true;
}

static bool end_nursery(struct json_reader *r)
{
    struct reading *m = json_user(r);
    size_t n = COUNT(m->children, int32_t);
    if (m->has_scores && COUNT(m->scores, int64_t) != n)
        return json_problem(r, "bad-length",
                            "priority は %zu 人、score は %zu 個です",
                            "%zu children in priority, but %zu scores", n,
                            COUNT(m->scores, int64_t));
    m->spec.facility = market_facility_ref(m->b, m->id.bytes, m->id.len);
    m->spec.at = json_at(r);
    if (!market_add_facility(m->b, &m->spec))
        m->ok = false;
    else if (!market_set_priority(
                 m->b, m->spec.facility, (int32_t *)(void *)m->children.bytes,
                 m->has_scores ? (int64_t *)(void *)m->scores.bytes : NULL, n,
                 m->spec.at))
        m->ok = false;
    start_record(m);
    m->caps[0] = (struct market_cap){0};
    return true;
}

static bool set_entry(struct json_reader *r, const struct json_value *v)
{
    struct reading *m = json_user(r);
    int32_t ref;
    if (!facility_ref(r, v, &ref))
        return false;
    buf_add(&m->entries, &ref, sizeof ref);
    m->entry_length = v->index + 1;
    return true;
}

static bool end_entry(struct json_reader *r)
{
    struct reading *m = json_user(r);
    buf_add(&m->lengths, &m->entry_length, sizeof m->entry_length);
    m->entry_length = 0;
    return true;
}

static bool end_family(struct json_reader *r)
{
    struct reading *m = json_user(r);
    size_t n = COUNT(m->children, int32_t);
    size_t n_entries = COUNT(m->lengths, size_t);
    const size_t *lengths = (const size_t *)(void *)m->lengths.bytes;
    for (size_t e = 0; e < n_entries; e++)
        if (lengths[e] != n)
            return json_problem(
                r, "bad-length", "pref[%zu] は %zu 個、children は %zu 人です",
                "pref[%zu] has %zu places for %zu children", e, lengths[e], n);
    m->ok = market_add_family(m->b, m->id.bytes, m->id.len,
                              (int32_t *)(void *)m->children.bytes, n,
                              (int32_t *)(void *)m->entries.bytes, n_entries,
                              json_at(r)) &&
            m->ok;
    m->ok = market_set_turn(m->b, m->turn, json_at(r)) && m->ok;
    start_record(m);
    return true;
}

#define MUST .required = true
static const struct json_row rows[] = {
    {JSON_FILE, NULL, JSON_MAP, IN_ROOT, .set = NULL},
    {IN_ROOT, "format", JSON_STRING, .set = set_format},
    {IN_ROOT, "note", JSON_STRING, .set = NULL},
    {IN_ROOT, "classes", JSON_NUMBER, .set = set_classes},
    {IN_ROOT, "method", JSON_STRING, .set = set_method},
    {IN_ROOT, "children", JSON_ARRAY, IN_CHILDREN, MUST},
    {IN_ROOT, "nurseries", JSON_ARRAY, IN_NURSERIES, MUST},
    {IN_ROOT, "families", JSON_ARRAY, IN_FAMILIES, MUST},
    {IN_CHILDREN, NULL, JSON_MAP, IN_CHILD, .close = end_child},
    {IN_CHILD, "id", JSON_STRING, MUST, .set = set_id},
    {IN_CHILD, "age", JSON_NUMBER, MUST, .set = set_age},
    {IN_CHILD, "current", JSON_STRING | JSON_NULL, .set = set_current},
    {IN_NURSERIES, NULL, JSON_MAP, IN_NURSERY, .close = end_nursery},
    {IN_NURSERY, "id", JSON_STRING, MUST, .set = set_id},
    {IN_NURSERY, "seats", JSON_ARRAY, IN_SEATS, MUST, .close = end_seats},
    {IN_NURSERY, "groups", JSON_ARRAY, IN_GROUPS, .set = NULL},
    {IN_NURSERY, "caps", JSON_ARRAY, IN_CAPS, .set = NULL},
    {IN_NURSERY, "release", JSON_ARRAY, IN_RELEASE, .close = end_release},
    {IN_NURSERY, "priority", JSON_ARRAY, IN_PRIORITY, .set = NULL},
    {IN_NURSERY, "score", JSON_ARRAY, IN_SCORE, .close = end_scores},
    {IN_SEATS, NULL, JSON_NUMBER, .set = set_seats},
    {IN_GROUPS, NULL, JSON_ARRAY, IN_GROUP, .close = end_group},
    {IN_GROUP, NULL, JSON_NUMBER, .set = set_group_class},
    {IN_CAPS, NULL, JSON_MAP, IN_CAP, .close = end_cap},
    {IN_CAP, "classes", JSON_ARRAY, IN_CAP_CLASSES, MUST},
    {IN_CAP, "max", JSON_NUMBER, MUST, .set = set_cap_max},
    {IN_CAP_CLASSES, NULL, JSON_NUMBER, .set = set_cap_class},
    {IN_RELEASE, NULL, JSON_BOOL, .set = set_release},
    {IN_PRIORITY, NULL, JSON_STRING, .set = set_listed},
    {IN_SCORE, NULL, JSON_NUMBER, .set = set_score},
    {IN_FAMILIES, NULL, JSON_MAP, IN_FAMILY, .close = end_family},
    {IN_FAMILY, "id", JSON_STRING, MUST, .set = set_id},
    {IN_FAMILY, "turn", JSON_NUMBER, .set = set_turn},
    {IN_FAMILY, "children", JSON_ARRAY, IN_FAMILY_CHILDREN, MUST},
    {IN_FAMILY, "pref", JSON_ARRAY, IN_PREF, MUST},
    {IN_FAMILY_CHILDREN, NULL, JSON_STRING, .set = set_listed},
    {IN_PREF, NULL, JSON_ARRAY, IN_ENTRY, .close = end_entry},
    {IN_ENTRY, NULL, JSON_STRING | JSON_NULL, .set = set_entry},
    {.kinds = 0},
};

bool market_parse(const char *bytes, size_t len, const char *name,
                  struct market *out, struct arena *a, struct diag *d)
{
    struct reading m = {.b = market_builder_open(name, d), .ok = true};
    start_record(&m);
    bool ok = json_read(bytes, len, name, rows, &m, d);
    ok = ok && market_finish(m.b, out, a) && m.ok;
    market_builder_close(m.b);
    buf_release(&m.id);
    buf_release(&m.children);
    buf_release(&m.scores);
    buf_release(&m.entries);
    buf_release(&m.lengths);
    return ok;
}
