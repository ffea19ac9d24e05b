/*
 * What a field is bound to, and which kinds of field may hold it. To add a
 * word of the join's own: a row in `words`, and its line in template.h.
 */
#include "ocr/forms/build.h"
#include "ocr/forms/field.h"

#include <string.h>

/* Words the join uses (they begin with @), and what they hold. */
static const struct {
    const char *word;
    bool numbered;
    enum field_type type;
} words[] = {
    {"@household", false, TYPE_CODE},    {"@child", false, TYPE_CODE},
    {"@pages", false, TYPE_INTEGER},     {"@received", false, TYPE_DATE},
    {"@holder.kana", false, TYPE_KANA},  {"@holder.name", false, TYPE_NAME},
    {"@holder.birth", false, TYPE_DATE}, {"@listed.name", true, TYPE_NAME},
    {"@listed.birth", true, TYPE_DATE},
};

/* How many numbers stand in [ ]: "guardian[1].name", "reason[1.2].kind".
 * Certificates name a job without one: the join knows whose it is. */
static const struct {
    int least, most;
} numbers[N_SCOPES] = {
    [SCOPE_HOUSEHOLD] = {0, 0},  [SCOPE_GUARDIAN] = {1, 1},
    [SCOPE_JOB] = {0, 2},        [SCOPE_REASON] = {0, 2},
    [SCOPE_COHABITANT] = {1, 1}, [SCOPE_CHILD] = {0, 0},
    [SCOPE_PREFERENCE] = {1, 1}, [SCOPE_DOCUMENT] = {0, 0},
};

/* 1..99 from the text; moves past it. */
static bool number_parse(const char **text, int *out)
{
    const char *p = *text;
    int value = 0;
    while (*p >= '0' && *p <= '9' && value < 100)
        value = value * 10 + (*p++ - '0');
    if (p == *text || value < 1 || value > 99)
        return false;
    *text = p;
    *out = value;
    return true;
}

/* Splits "reason[1.2].kind" into "reason.kind", 1 and 2. */
static bool path_parse(struct form_builder *b, struct form_field *f,
                       const char **path)
{
    const char *open = strchr(f->bind, '[');
    *path = f->bind;
    if (!open)
        return true;
    const char *p = open + 1;
    if (!number_parse(&p, &f->row) ||
        (*p == '.' && (p++, !number_parse(&p, &f->seq))) || p[0] != ']' ||
        p[1] != '.')
        return diag_error(b->d, f->at, "bad-bind",
                          "「%s」の番号は scope[1].name のように書いてください",
                          "the number in \"%s\" is written scope[1].name",
                          f->bind);
    *path =
        arena_printf(b->mem, "%.*s%s", (int)(open - f->bind), f->bind, p + 1);
    return true;
}

static bool word_bind(struct form_builder *b, struct form_field *f,
                      const char *path, enum field_type *type)
{
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (strcmp(words[i].word, path) != 0)
            continue;
        if (words[i].numbered != (f->row > 0) || f->seq > 0)
            return diag_error(b->d, f->at, "bad-bind",
                              "「%s」の [ ] の番号が要らないか、足りません",
                              "\"%s\" has a number in [ ] too many or too few",
                              f->bind);
        *type = words[i].type;
        return true;
    }
    return diag_error(b->d, f->at, "unknown-field",
                      "「%s」という結び先はありません",
                      "there is nothing named \"%s\" to bind to", f->bind);
}

bool form_bind(struct form_builder *b, struct form_field *f,
               enum field_type *type)
{
    const char *path;
    if (!path_parse(b, f, &path))
        return false;
    if (*path == '@')
        return word_bind(b, f, path, type);
    f->field = dictionary_find(b->dict, path);
    if (!f->field) {
        const char *near = dictionary_nearest(b->dict, path);
        if (!near)
            return diag_error(b->d, f->at, "unknown-field",
                              "「%s」という項目は辞書にありません",
                              "no field named \"%s\"", path);
        return diag_error(b->d, f->at, "unknown-field",
                          "「%s」という項目は辞書にありません。「%s」ですか",
                          "no field named \"%s\"; did you mean \"%s\"?", path,
                          near);
    }
    int have = (f->row > 0) + (f->seq > 0);
    enum scope s = f->field->scope;
    if (have < numbers[s].least || have > numbers[s].most)
        return diag_error(b->d, f->at, "bad-bind",
                          "「%s」の [ ] の番号が要らないか、足りません",
                          "\"%s\" has a number in [ ] too many or too few",
                          f->bind);
    *type = f->field->type;
    return true;
}

/* The kinds that can hold a type; the first is the one meant when the template
 * does not say. Ticks and rings are told apart by what the field has. */
static const enum form_field_kind holds[N_FIELD_TYPES][3] = {
    [TYPE_TEXT] = {FIELD_TEXT, FIELD_NAME, FIELD_KANA},
    [TYPE_KANA] = {FIELD_KANA, FIELD_KANA, FIELD_KANA},
    [TYPE_NAME] = {FIELD_NAME, FIELD_NAME, FIELD_NAME},
    [TYPE_CODE] = {FIELD_CODE, FIELD_NUMBER, FIELD_TEXT},
    [TYPE_INTEGER] = {FIELD_NUMBER, FIELD_CODE, FIELD_CODE},
    [TYPE_MINUTES] = {FIELD_TIME, FIELD_TIME, FIELD_TIME},
    [TYPE_YEN] = {FIELD_NUMBER, FIELD_CODE, FIELD_CODE},
    [TYPE_DATE] = {FIELD_DATE, FIELD_DATE, FIELD_DATE},
    [TYPE_MONTH] = {FIELD_MONTH, FIELD_MONTH, FIELD_MONTH},
    [TYPE_BOOLEAN] = {FIELD_TICK, FIELD_CHOICE, FIELD_RING},
    [TYPE_ENUM] = {FIELD_CHOICE, FIELD_RING, FIELD_RING},
    [TYPE_SET] = {FIELD_SET, FIELD_SET, FIELD_SET},
};

enum form_field_kind form_default_kind(enum field_type type)
{
    return holds[type][0];
}

bool form_kind_holds(enum form_field_kind kind, enum field_type type)
{
    for (int i = 0; i < 3; i++)
        if (holds[type][i] == kind)
            return true;
    return false;
}
