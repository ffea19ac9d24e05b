#include "scoring/verify/verify_json.h"

static void quoted(struct buf *out, const char *text)
{
    static const char hex[] = "0123456789abcdef";
    if (!text) {
        buf_text(out, "null");
        return;
    }
    buf_char(out, '"');
    for (; *text; text++) {
        unsigned char c = (unsigned char)*text;
        if (c < ' ') {
            const char escape[] = {'\\', 'u',         '0',
                                   '0',  hex[c >> 4], hex[c & 15]};
            buf_add(out, escape, sizeof escape);
            continue;
        }
        if (c == '"' || c == '\\')
            buf_char(out, '\\');
        buf_char(out, *text);
    }
    buf_char(out, '"');
}

static void field(struct buf *out, const char *name, const char *text)
{
    buf_printf(out, "\"%s\": ", name);
    quoted(out, text);
}

static const char *child_id(const struct market *m, int32_t child)
{
    return child == MARKET_NONE ? NULL : m->children[child].id;
}

static const char *facility_id(const struct market *m, int32_t facility)
{
    return facility == MARKET_NONE ? NULL : m->facilities[facility].id;
}

static void write_head(struct buf *out, const char *name, struct label title,
                       size_t checked, size_t failed, bool counts)
{
    buf_text(out, "{");
    field(out, "name", name);
    buf_text(out, ", ");
    field(out, "ja", title.ja);
    buf_text(out, ",\n   ");
    field(out, "en", title.en);
    buf_printf(out,
               ",\n   \"checked\": %zu, \"failed\": %zu, \"counts\": %s, "
               "\"examples\": [",
               checked, failed, counts ? "true" : "false");
}

static void write_example(const struct market *m,
                          const struct market_example *e, struct buf *out)
{
    buf_text(out, "\n    {");
    field(out, "child", child_id(m, e->child));
    buf_text(out, ", ");
    field(out, "facility", facility_id(m, e->facility));
    buf_text(out, ", ");
    field(out, "other", child_id(m, e->other));
    if (e->class_age == MARKET_NONE)
        buf_text(out, ", \"class\": null}");
    else
        buf_printf(out, ", \"class\": %d}", e->class_age);
}

static void write_check(const struct market *m, size_t i, bool first,
                        const struct market_check_result *r, struct buf *out)
{
    buf_text(out, first ? "\n  " : ",\n  ");
    write_head(out, market_checks[i].name, market_checks[i].title, r->checked,
               r->failed, market_check_counts(i, m));
    for (size_t k = 0; k < r->n_examples; k++) {
        buf_text(out, k ? "," : "");
        write_example(m, &r->examples[k], out);
    }
    buf_text(out, "]}");
}

static void write_line(const struct verify_line *line, bool first,
                       struct buf *out)
{
    buf_text(out, first ? "\n  " : ",\n  ");
    write_head(out, line->name, line->title, line->checked, line->failed, true);
    for (size_t k = 0; k < line->n_examples; k++) {
        buf_text(out, k ? ",\n    " : "\n    ");
        quoted(out, line->examples[k]);
    }
    buf_text(out, "]}");
}

static void write_blocking(const struct market *m,
                           const struct market_verdict *v, struct buf *out)
{
    buf_printf(out,
               " \"blocking\": {\"rule\": \"SYY\", \"entries\": %zu, "
               "\"of_siblings\": %zu, \"families\": %zu, \"list\": [",
               v->syy.entries, v->syy.of_siblings, v->syy.families);
    for (size_t i = 0; i < v->n_blocking_listed; i++) {
        const struct market_family *f = &m->families[v->blocking[i].family];
        size_t row = (size_t)v->blocking[i].entry * f->n_children;
        buf_text(out, i ? ",\n  {" : "\n  {");
        field(out, "family", f->id);
        buf_printf(out, ", \"entry\": %d, \"places\": [",
                   (int)v->blocking[i].entry);
        for (size_t k = 0; k < f->n_children; k++) {
            buf_text(out, k ? "," : "");
            quoted(out, facility_id(m, f->entries[row + k]));
        }
        buf_text(out, "], \"displaces\": [");
        for (size_t k = v->displaced_first[i]; k < v->displaced_first[i + 1];
             k++) {
            buf_text(out, k > v->displaced_first[i] ? "," : "");
            quoted(out, child_id(m, v->displaced[k]));
        }
        buf_text(out, "]}");
    }
    buf_text(out, "]},\n");
    buf_printf(out,
               " \"blocking_abh\": {\"entries\": %zu, \"of_siblings\": %zu, "
               "\"families\": %zu},\n",
               v->abh.entries, v->abh.of_siblings, v->abh.families);
}

static void write_siblings(const struct market_verdict *v, struct buf *out)
{
    buf_printf(out, " \"siblings\": {\"families\": %zu, \"unlisted\": %zu}}",
               v->sibling_families, v->families_unlisted);
}

/* The checks of one market, then `lines`, and what is told besides. */
static void write_market(const struct verified_market *x,
                         const struct verify_line *lines, size_t n_lines,
                         struct buf *out)
{
    size_t n = 0;
    buf_text(out, " \"checks\": [");
    for (size_t i = 0; i < n_market_checks; i++)
        if (market_checks[i].run_by >> x->market->method & 1U)
            write_check(x->market, i, n++ == 0, &x->verdict->checks[i], out);
    for (size_t i = 0; i < n_lines; i++)
        write_line(&lines[i], n++ == 0, out);
    buf_text(out, "],\n");
    write_blocking(x->market, x->verdict, out);
    write_siblings(x->verdict, out);
}

static void write_phases(const struct verified_market *markets, size_t n,
                         const struct verify_line *lines, size_t n_lines,
                         struct buf *out)
{
    buf_text(out, " \"checks\": [");
    for (size_t i = 0; i < n_lines; i++)
        write_line(&lines[i], i == 0, out);
    buf_text(out, "],\n \"phases\": [");
    for (size_t i = 0; i < n; i++) {
        buf_text(out, i ? ",\n{" : "\n{");
        field(out, "phase", markets[i].phase);
        buf_printf(out, ", \"ok\": %s,\n",
                   markets[i].verdict->ok ? "true" : "false");
        write_market(&markets[i], NULL, 0, out);
    }
    buf_text(out, "]}");
}

void verify_json_write(const struct verified_market *markets, size_t n_markets,
                       const struct verify_line *lines, size_t n_lines,
                       struct buf *out)
{
    bool ok = true;
    for (size_t i = 0; i < n_markets; i++)
        ok = ok && markets[i].verdict->ok;
    for (size_t i = 0; i < n_lines; i++)
        ok = ok && lines[i].failed == 0;
    buf_printf(out, "{\"format\": \"nyusho-verify/1\",\n \"ok\": %s,\n",
               ok ? "true" : "false");
    if (n_markets == 1 && !markets->phase)
        write_market(markets, lines, n_lines, out);
    else
        write_phases(markets, n_markets, lines, n_lines, out);
    buf_char(out, '\n');
}
