/* Slots of records as values. */
#include "scoring/verify/walk.h"

#include <string.h>

struct walk_value walk_field(const struct walk *w, const struct field *f,
                             size_t row)
{
    if (!f || row == WALK_NO_ROW)
        return walk_unknown();
    struct slot s = record_get(w->c->set, f, row);
    if (s.state == VALUE_NOT_APPLICABLE)
        return walk_nothing();
    if (s.state != VALUE_KNOWN)
        return walk_unknown();
    if (f->type == TYPE_TEXT || f->type == TYPE_KANA || f->type == TYPE_NAME ||
        f->type == TYPE_CODE)
        return walk_text(strings_text(w->c->set->strings, s.num));
    return walk_known(s.num);
}

struct walk_value walk_path(const struct walk *w, const char *path, size_t row)
{
    return walk_field(w, dictionary_find(w->c->set->dict, path), row);
}

bool walk_is(const struct walk *w, const char *path, size_t row,
             const char *value)
{
    const struct field *f = dictionary_find(w->c->set->dict, path);
    struct walk_value v = walk_field(w, f, row);
    return v.state == WALK_KNOWN && v.num >= 0 && (size_t)v.num < f->n_values &&
           strcmp(f->values[v.num], value) == 0;
}
