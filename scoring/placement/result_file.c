#include "scoring/placement/result_file.h"

#include "scoring/placement/json_read.h"
#include "scoring/placement/json_text.h"

#include <stdlib.h>
#include <string.h>

static void write_place(const struct market *m, int32_t facility,
                        struct buf *out)
{
    json_text_or_null(
        out, facility == MARKET_NONE ? NULL : m->facilities[facility].id);
}

static void write_blocking(const struct market *m,
                           const struct market_blocking *b, struct buf *out)
{
    const struct market_family *f = &m->families[b->family];
    buf_text(out, "{\"family\": ");
    json_text(out, f->id);
    buf_printf(out, ", \"entry\": %d, \"places\": [", (int)b->entry);
    for (size_t k = 0; k < f->n_children; k++) {
        buf_text(out, k ? "," : "");
        write_place(m, f->entries[(size_t)b->entry * f->n_children + k], out);
    }
    buf_text(out, "]}");
}

void result_write(const struct market *m, const struct market_result *r,
                  struct buf *out)
{
    size_t placed = 0;
    buf_text(out, "{\"format\": \"nyusho-result/1\",\n \"matching\": {");
    for (size_t c = 0; c < m->n_children; c++) {
        buf_text(out, c ? ",\n  " : "\n  ");
        json_text(out, m->children[c].id);
        buf_text(out, ": ");
        write_place(m, r->matching.place[c], out);
        placed += r->matching.place[c] != MARKET_NONE;
    }
    buf_printf(out, "},\n \"placed\": %zu,\n \"frozen\": [", placed);
    for (size_t i = 0; i < r->n_frozen; i++) {
        buf_text(out, i ? ", " : "");
        json_text(out, m->families[r->frozen[i]].id);
    }
    buf_text(out, "],\n \"blocking\": [");
    for (size_t i = 0; i < r->n_blocking; i++) {
        buf_text(out, i ? ",\n  " : "\n  ");
        write_blocking(m, &r->blocking[i], out);
    }
    buf_char(out, ']');
    if (r->proof)
        buf_printf(out, ",\n \"proof\": %s", r->proof);
    buf_text(out, "}\n");
}

struct reading {
    const struct market *m;
    struct matching *out;
    bool *told; /* per child */
};

enum { IN_ROOT = 1, IN_MATCHING };

static int by_child_id(const void *key, const void *item)
{
    return strcmp(key, ((const struct market_child *)item)->id);
}

static int by_facility_id(const void *key, const void *item)
{
    return strcmp(key, ((const struct market_facility *)item)->id);
}

static bool find_facility(struct json_reader *r, const struct json_value *v,
                          int32_t *out)
{
    const struct market *m = ((struct reading *)json_user(r))->m;
    *out = MARKET_NONE;
    if (v->kind == JSON_NULL)
        return true;
    struct arena mem = ARENA_INIT;
    const char *id = arena_copy(&mem, v->text, v->len);
    const struct market_facility *f =
        m->n_facilities && strlen(id) == v->len
            ? bsearch(id, m->facilities, m->n_facilities, sizeof *f,
                      by_facility_id)
            : NULL;
    bool ok = f != NULL;
    if (ok)
        *out = (int32_t)(f - m->facilities);
    else
        json_problem(r, "unknown-facility", "施設「%s」は市場にありません",
                     "no facility \"%s\" is in the market", id);
    arena_release(&mem);
    return ok;
}

static bool set_place(struct json_reader *r, const struct json_value *v)
{
    struct reading *res = json_user(r);
    const struct market *m = res->m;
    const struct market_child *c =
        m->n_children ? bsearch(v->key, m->children, m->n_children, sizeof *c,
                                by_child_id)
                      : NULL;
    if (!c)
        return json_problem(r, "unknown-child", "児童「%s」は市場にいません",
                            "no child \"%s\" is in the market", v->key);
    size_t i = (size_t)(c - m->children);
    if (res->told[i])
        return json_problem(r, "duplicate-child", "児童「%s」が 2 回あります",
                            "child \"%s\" stands here twice", v->key);
    res->told[i] = true;
    return find_facility(r, v, &res->out->place[i]);
}

static const struct json_row rows[] = {
    {JSON_FILE, NULL, JSON_MAP, IN_ROOT, .set = NULL},
    {IN_ROOT, "format", JSON_STRING, .set = NULL},
    {IN_ROOT, "matching", JSON_MAP, IN_MATCHING, .required = true},
    {IN_ROOT, "placed", JSON_NUMBER, .set = NULL},
    {IN_ROOT, "frozen", JSON_ARRAY, JSON_ANY, .set = NULL},
    {IN_ROOT, "blocking", JSON_ARRAY, JSON_ANY, .set = NULL},
    {IN_ROOT, "proof", JSON_MAP, JSON_ANY, .set = NULL},
    {IN_MATCHING, NULL, JSON_STRING | JSON_NULL, .set = set_place},
    {.kinds = 0},
};

bool result_parse(const char *bytes, size_t len, const char *name,
                  const struct market *m, struct matching *out, struct arena *a,
                  struct diag *d)
{
    struct arena scratch = ARENA_INIT;
    struct reading res = {m, out, ARENA_ARRAY(&scratch, bool, m->n_children)};
    out->n = m->n_children;
    out->place = ARENA_ARRAY(a, int32_t, m->n_children);
    bool ok = json_read(bytes, len, name, rows, &res, d);
    for (size_t c = 0; ok && c < m->n_children; c++)
        if (!res.told[c])
            ok = diag_error(d, POS_FILE(name), "missing-child",
                            "matching: 児童「%s」がありません",
                            "matching: child \"%s\" is missing",
                            m->children[c].id);
    arena_release(&scratch);
    return ok;
}
