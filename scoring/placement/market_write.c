#include "scoring/placement/json_text.h"
#include "scoring/placement/market_file.h"

#include <inttypes.h>

static const char *facility_id(const struct market *m, int32_t facility)
{
    return facility == MARKET_NONE ? NULL : m->facilities[facility].id;
}

static void write_children(const struct market *m, struct buf *out)
{
    for (size_t i = 0; i < m->n_children; i++) {
        const struct market_child *c = &m->children[i];
        buf_text(out, i ? ",\n  {\"id\": " : "\n  {\"id\": ");
        json_text(out, c->id);
        buf_printf(out, ", \"age\": %d, \"current\": ", c->class_age);
        json_text_or_null(out, facility_id(m, c->current));
        buf_char(out, '}');
    }
}

static void write_classes(unsigned set, struct buf *out)
{
    bool first = true;
    buf_char(out, '[');
    for (int k = 0; k < MARKET_CLASSES; k++)
        if (set & (1U << k)) {
            buf_printf(out, first ? "%d" : ",%d", k);
            first = false;
        }
    buf_char(out, ']');
}

/* A pool is written at its lowest class; a class alone needs no words. */
static void write_groups(const struct market_facility *f, struct buf *out)
{
    bool first = true;
    for (int k = 0; k < MARKET_CLASSES; k++) {
        unsigned pool = f->pool[k], lower = (1U << k) - 1;
        if (pool & lower || pool == (1U << k))
            continue;
        buf_text(out, first ? ",\n   \"groups\": [" : ",");
        write_classes(pool, out);
        first = false;
    }
    buf_text(out, first ? "" : "]");
}

static void write_caps(const struct market_facility *f, struct buf *out)
{
    for (size_t i = 0; i < f->n_caps; i++) {
        buf_text(out, i ? ", " : ",\n   \"caps\": [");
        buf_text(out, "{\"classes\": ");
        write_classes(f->caps[i].classes, out);
        buf_printf(out, ", \"max\": %" PRId32 "}", f->caps[i].max);
    }
    buf_text(out, f->n_caps ? "]" : "");
}

static void write_release(const struct market_facility *f, struct buf *out)
{
    bool all = true;
    for (int k = 0; k < MARKET_CLASSES; k++)
        all = all && f->release[k];
    for (int k = 0; !all && k < MARKET_CLASSES; k++) {
        buf_text(out, k ? "," : ",\n   \"release\": [");
        buf_text(out, f->release[k] ? "true" : "false");
    }
    buf_text(out, all ? "" : "]");
}

static void write_milli(int64_t milli, struct buf *out)
{
    uint64_t size = milli < 0 ? -(uint64_t)milli : (uint64_t)milli;
    buf_printf(out, "%s%" PRIu64, milli < 0 ? "-" : "", size / 1000);
    int rest = (int)(size % 1000), places = 3;
    for (; rest && rest % 10 == 0; places--)
        rest /= 10;
    if (rest)
        buf_printf(out, ".%0*d", places, rest);
}

static void write_order(const struct market *m, const struct market_facility *f,
                        struct buf *out)
{
    buf_text(out, ",\n   \"priority\": [");
    for (size_t i = 0; i < f->n_priority; i++) {
        buf_text(out, i ? "," : "");
        json_text(out, m->children[f->priority[i]].id);
    }
    buf_char(out, ']');
    if (!f->score)
        return;
    buf_text(out, ",\n   \"score\": [");
    for (size_t i = 0; i < f->n_priority; i++) {
        buf_text(out, i ? "," : "");
        write_milli(f->score[i], out);
    }
    buf_char(out, ']');
}

static void write_nurseries(const struct market *m, struct buf *out)
{
    for (size_t i = 0; i < m->n_facilities; i++) {
        const struct market_facility *f = &m->facilities[i];
        buf_text(out, i ? ",\n  {\"id\": " : "\n  {\"id\": ");
        json_text(out, f->id);
        for (int k = 0; k < MARKET_CLASSES; k++)
            buf_printf(out, k ? ",%" PRId32 : ", \"seats\": [%" PRId32,
                       f->seats[k]);
        buf_char(out, ']');
        write_groups(f, out);
        write_caps(f, out);
        write_release(f, out);
        write_order(m, f, out);
        buf_char(out, '}');
    }
}

static void write_families(const struct market *m, struct buf *out)
{
    for (size_t i = 0; i < m->n_families; i++) {
        const struct market_family *f = &m->families[i];
        buf_text(out, i ? ",\n  {\"id\": " : "\n  {\"id\": ");
        json_text(out, f->id);
        if (m->method != MARKET_STABLE)
            buf_printf(out, ", \"turn\": %" PRId32, f->turn);
        for (size_t k = 0; k < f->n_children; k++) {
            buf_text(out, k ? "," : ", \"children\": [");
            json_text(out, m->children[f->children[k]].id);
        }
        buf_text(out, "],\n   \"pref\": [");
        for (size_t e = 0; e < f->n_entries; e++) {
            buf_text(out, e ? "," : "");
            for (size_t k = 0; k < f->n_children; k++) {
                buf_char(out, k ? ',' : '[');
                json_text_or_null(
                    out, facility_id(m, f->entries[e * f->n_children + k]));
            }
            buf_char(out, ']');
        }
        buf_text(out, "]}");
    }
}

void market_write(const struct market *m, struct buf *out)
{
    buf_printf(out, "{\"format\": \"nyusho-market/1\",\n \"classes\": %d,\n",
               MARKET_CLASSES);
    if (m->method != MARKET_STABLE)
        buf_printf(out, " \"method\": \"%s\",\n",
                   market_method_names[m->method]);
    buf_text(out, " \"children\": [");
    write_children(m, out);
    buf_text(out, "],\n \"nurseries\": [");
    write_nurseries(m, out);
    buf_text(out, "],\n \"families\": [");
    write_families(m, out);
    buf_text(out, "]}\n");
}
