/* What an evaluation read: for score lines and for what is still unknown. */
#include "scoring/points/eval.h"

/* One rule reads far less; keeps a hostile one within bounds. */
#define TRACE_MAX 10000

static void add(struct trace *t, struct trace_list *list,
                struct trace_item item)
{
    if (list->n == TRACE_MAX)
        return;
    if (list->n == list->capacity) {
        size_t capacity = list->capacity ? list->capacity * 2 : 16;
        list->items = arena_grow(t->a, list->items, list->capacity, capacity,
                                 sizeof *list->items);
        list->capacity = capacity;
    }
    list->items[list->n++] = item;
}

void trace_see(struct eval *e, struct trace_item item)
{
    add(e->trace, &e->trace->seen, item);
}

void trace_miss(struct eval *e, struct trace_item item)
{
    add(e->trace, &e->trace->unknown, item);
}

struct value trace_slot(struct eval *e, const struct field *f, size_t row,
                        struct value v, struct slot slot)
{
    struct trace_item item = {f, N_BUILTINS, row, v, slot};
    if (v.is == VALUE_IS_UNKNOWN)
        trace_miss(e, item);
    else
        trace_see(e, item);
    return v;
}

const char *trace_path(const struct trace_item *item, struct arena *a)
{
    if (item->field)
        return item->field->path;
    switch (item->builtin) {
    case BUILTIN_FACILITY_KIND:
    case BUILTIN_FACILITY_AREA:
    case BUILTIN_FACILITY_SCHOOL_DISTRICT:
    case BUILTIN_FACILITY_LINKED:
        return arena_printf(a, "facility.%s", builtin_name(item->builtin));
    default:
        return builtin_name(item->builtin);
    }
}
