#include "scoring/placement/prove/prove_map.h"

#include "scoring/placement/json_text.h"

#include <assert.h>
#include <inttypes.h>

/* What stands in a, b, c and d of a variable. */
enum meaning {
    M_NOTHING,
    M_FAMILY,
    M_CHILD,
    M_FACILITY,
    M_ENTRY,
    M_CLASSES,
    M_NUMBER
};

static const struct variable_name {
    const char *says;
    enum meaning means[4];
} variable_kinds[] = {
    [VAR_BETTER] = {"holds-entry-or-better", {M_FAMILY, M_ENTRY}},
    [VAR_HOLDS] = {"holds-entry-of-run", {M_FAMILY, M_ENTRY}},
    [VAR_SEATED] = {"seated", {M_CHILD, M_FACILITY}},
    [VAR_PLACED] = {"placed", {M_CHILD}},
    [VAR_BLOCKS] = {"may-block", {M_FAMILY, M_ENTRY}},
    [VAR_RANKED] = {"so-many-down-to",
                    {M_FACILITY, M_CLASSES, M_CHILD, M_NUMBER}},
    [VAR_TURNED] = {"turned-away", {M_FAMILY, M_FACILITY}},
    [VAR_BLOCKED] = {"some-entry-may-block", {M_FAMILY}},
    [VAR_SUM] = {"sum-at-least", {M_NOTHING, M_NOTHING, M_NOTHING, M_NUMBER}},
};
static_assert(sizeof variable_kinds / sizeof variable_kinds[0] ==
                  N_VARIABLE_KINDS,
              "say what every kind of variable means");

static void write_classes(int32_t set, struct buf *out)
{
    const char *comma = "";
    buf_text(out, ", \"classes\": [");
    for (int k = 0; k < MARKET_CLASSES; k++)
        if (set >> k & 1) {
            buf_printf(out, "%s%d", comma, k);
            comma = ",";
        }
    buf_char(out, ']');
}

static void write_value(const struct market *m, enum meaning what,
                        int32_t value, struct buf *out)
{
    switch (what) {
    case M_NOTHING:
        break;
    case M_FAMILY:
        buf_text(out, ", \"family\": ");
        json_text(out, m->families[value].id);
        break;
    case M_CHILD:
        buf_text(out, ", \"child\": ");
        json_text(out, m->children[value].id);
        break;
    case M_FACILITY:
        buf_text(out, ", \"nursery\": ");
        json_text(out, m->facilities[value].id);
        break;
    case M_ENTRY:
        buf_printf(out, ", \"entry\": %" PRId32, value);
        break;
    case M_CLASSES:
        write_classes(value, out);
        break;
    case M_NUMBER:
        buf_printf(out, ", \"number\": %" PRId32, value);
        break;
    }
}

static void write_variable(const struct market *m, int number,
                           const struct variable *v, struct buf *out)
{
    const struct variable_name *kind = &variable_kinds[v->kind];
    buf_printf(out, "\n  {\"variable\": %d, \"says\": \"%s\"", number,
               kind->says);
    write_value(m, kind->means[0], v->a, out);
    write_value(m, kind->means[1], v->b, out);
    write_value(m, kind->means[2], v->c, out);
    write_value(m, kind->means[3], v->d, out);
    buf_char(out, '}');
}

static void write_placed(const struct market *m, const int *placed,
                         struct buf *out)
{
    for (size_t c = 0; c < m->n_children; c++) {
        buf_text(out, c ? ",\n  {\"child\": " : "\n  {\"child\": ");
        json_text(out, m->children[c].id);
        buf_text(out, ", \"placed\": ");
        if (placed[c] == LIT_TRUE || placed[c] == LIT_FALSE)
            buf_text(out, placed[c] == LIT_TRUE ? "true" : "false");
        else
            buf_printf(out, "%d", placed[c]);
        buf_char(out, '}');
    }
}

void map_write(const struct market *m, const struct prove_clauses *c,
               struct buf *out)
{
    const struct variable *names =
        (const struct variable *)(const void *)c->formula.names.bytes;
    buf_text(out, "{\"format\": \"nyusho-proof-map/1\",\n \"variables\": [");
    for (int i = 0; i < c->formula.n_variables; i++) {
        buf_text(out, i ? "," : "");
        write_variable(m, i + 1, &names[i], out);
    }
    buf_text(out, "],\n \"children\": [");
    write_placed(m, c->placed, out);
    buf_text(out, "]}\n");
}
