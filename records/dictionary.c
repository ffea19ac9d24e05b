#include "records/dictionary.h"

#include "core/text.h"
#include "core/yaml.h"
#include "records/columns.h"
#include "records/format.h"

#include <assert.h>
#include <string.h>

/* The keys beside the household that tell two rows apart. */
const struct scope_info scope_infos[N_SCOPES] = {
    [SCOPE_HOUSEHOLD] = {.name = "household", .label = {"世帯", "household"}},
    [SCOPE_GUARDIAN] = {.name = "guardian",
                        .label = {"保護者", "guardian"},
                        .person = true},
    [SCOPE_JOB] = {.name = "job",
                   .label = {"就労", "job"},
                   .person = true,
                   .seq = true},
    [SCOPE_REASON] = {.name = "reason",
                      .label = {"事由", "reason"},
                      .person = true,
                      .seq = true},
    [SCOPE_COHABITANT] = {.name = "cohabitant",
                          .label = {"同居家族", "cohabitant"},
                          .person = true},
    [SCOPE_CHILD] = {.name = "child",
                     .label = {"児童", "child"},
                     .child = true},
    [SCOPE_PREFERENCE] = {.name = "preference",
                          .label = {"希望", "preference"},
                          .child = true,
                          .seq = true},
    [SCOPE_DOCUMENT] = {.name = "document",
                        .label = {"書類", "document"},
                        .seq = true},
};

/* What a type takes besides its name. To add a type: its row here, its row in
 * value.c and value_format.c, its cases in tests/test_value.c. */
static const struct type_info {
    const char *name;
    const char *units[5]; /* allowed ones; none = takes no unit */
    bool unit_needed, values;
} types[N_FIELD_TYPES] = {
    [TYPE_TEXT] = {.name = "text"},
    [TYPE_KANA] = {.name = "kana"},
    [TYPE_NAME] = {.name = "name"},
    [TYPE_CODE] = {.name = "code"},
    [TYPE_INTEGER] = {.name = "integer",
                      .units = {"days", "months", "persons", "times"}},
    [TYPE_MINUTES] = {.name = "minutes",
                      .units = {"month", "week", "day", "clock"},
                      .unit_needed = true},
    [TYPE_YEN] = {.name = "yen"},
    [TYPE_DATE] = {.name = "date"},
    [TYPE_MONTH] = {.name = "month"},
    [TYPE_BOOLEAN] = {.name = "boolean"},
    [TYPE_ENUM] = {.name = "enum", .values = true},
    [TYPE_SET] = {.name = "set", .values = true},
};

static const char *const sees[] = {
    [SEE_ALL] = "all",
    [SEE_SCORING] = "scoring",
    [SEE_RESTRICTED] = "restricted",
};

const char *field_type_name(enum field_type type)
{
    return types[type].name;
}

bool scope_find(const char *name, enum scope *out)
{
    for (int s = 0; s < N_SCOPES; s++)
        if (strcmp(scope_infos[s].name, name) == 0) {
            *out = (enum scope)s;
            return true;
        }
    return false;
}

/* FNV-1a, from `h` on; the bits that take part in a place are mixed last. */
#define HASH_START 2166136261u
static uint32_t hash_on(uint32_t h, const char *text)
{
    for (; *text; text++)
        h = (h ^ (unsigned char)*text) * 16777619u;
    return h;
}

static size_t hash_place(const struct dictionary *dict, uint32_t h)
{
    return (h ^ (h >> 15)) & (dict->n_index - 1);
}

const struct field *dictionary_find(const struct dictionary *dict,
                                    const char *path)
{
    if (!dict->n_index)
        return NULL;
    size_t at = hash_place(dict, hash_on(HASH_START, path));
    for (; dict->index[at]; at = (at + 1) & (dict->n_index - 1)) {
        const struct field *f = &dict->fields[dict->index[at] - 1];
        if (strcmp(f->path, path) == 0)
            return f;
    }
    return NULL;
}

const struct field *dictionary_find_in(const struct dictionary *dict,
                                       enum scope scope, const char *name)
{
    if (!dict->n_index)
        return NULL;
    uint32_t h = hash_on(HASH_START, scope_infos[scope].name);
    size_t at = hash_place(dict, hash_on(hash_on(h, "."), name));
    for (; dict->index[at]; at = (at + 1) & (dict->n_index - 1)) {
        const struct field *f = &dict->fields[dict->index[at] - 1];
        if (f->scope == scope && strcmp(f->name, name) == 0)
            return f;
    }
    return NULL;
}

const char *dictionary_nearest(const struct dictionary *dict, const char *path)
{
    struct arena mem = ARENA_INIT;
    const char **paths = ARENA_ARRAY(&mem, const char *, dict->n);
    for (size_t i = 0; i < dict->n; i++)
        paths[i] = dict->fields[i].path;
    const char *nearest = text_nearest(path, paths, dict->n);
    arena_release(&mem);
    return nearest;
}

int field_value_index(const struct field *f, const char *text, struct arena *a)
{
    for (size_t i = 0; i < f->n_values; i++)
        if (strcmp(f->values[i], text) == 0)
            return (int)i;
    return field_key_index(f, text_match_key(text, a));
}

int field_key_index(const struct field *f, const char *key)
{
    for (size_t i = 0; i < f->n_values; i++)
        if (strcmp(f->value_keys[i], key) == 0)
            return (int)i;
    return -1;
}

/* "scope.name": fills scope, path and name. */
static bool read_path(struct field *f, const struct yaml *item, struct arena *a,
                      struct diag *d)
{
    static const char allowed[] = "abcdefghijklmnopqrstuvwxyz0123456789_";
    const char *path = yaml_text(item, "path", d);
    if (!path)
        return false;
    struct pos at = yaml_find(item, "path")->at;
    const char *dot = strchr(path, '.');
    size_t len = dot ? strlen(dot + 1) : 0;
    if (len == 0 || strspn(dot + 1, allowed) != len)
        return diag_error(
            d, at, "bad-path",
            "項目名「%s」は「scope.name」の形（英小文字・数字・_）"
            "で書いてください",
            "write the path \"%s\" as scope.name (lower-case "
            "letters, digits and _)",
            path);
    char *scope = arena_copy(a, path, (size_t)(dot - path));
    if (!scope_find(scope, &f->scope))
        return diag_error(d, at, "bad-path",
                          "「%s」という範囲はありません（household, guardian, "
                          "job, reason, cohabitant, child, preference, "
                          "document のどれか）",
                          "there is no scope \"%s\" (one of household, "
                          "guardian, job, reason, cohabitant, child, "
                          "preference, document)",
                          scope);
    f->path = arena_strdup(a, path);
    f->name = strchr(f->path, '.') + 1;
    f->at = at;
    return true;
}

static bool read_type(struct field *f, const struct yaml *item, struct diag *d)
{
    const char *name = yaml_text(item, "type", d);
    if (!name)
        return false;
    for (int t = 0; t < N_FIELD_TYPES; t++)
        if (strcmp(types[t].name, name) == 0) {
            f->type = (enum field_type)t;
            return true;
        }
    return diag_error(d, yaml_find(item, "type")->at, "unknown-type",
                      "「%s」という型はありません（text kana name code integer "
                      "minutes yen date month boolean enum set のどれか）",
                      "there is no type \"%s\" (one of text kana name code "
                      "integer minutes yen date month boolean enum set)",
                      name);
}

static bool read_unit(struct field *f, const struct yaml *item, struct diag *d)
{
    const struct type_info *t = &types[f->type];
    bool ok = true;
    const char *unit = format_text(item, "unit", &ok, d);
    if (!ok)
        return false;
    if (!*unit && !t->unit_needed)
        return true;
    for (size_t i = 0; t->units[i]; i++)
        if (strcmp(t->units[i], unit) == 0) {
            f->unit = t->units[i];
            return true;
        }
    const struct yaml *node = yaml_find(item, "unit");
    return diag_error(
        d, node ? node->at : f->at, "unknown-unit",
        "%s: 型 %s に単位「%s」はありません（integer: days months persons "
        "times、minutes: month week day clock）",
        "%s: type %s has no unit \"%s\" (integer: days months persons times; "
        "minutes: month week day clock)",
        f->path, t->name, unit);
}

static bool read_see(struct field *f, const struct yaml *item, struct diag *d)
{
    const char *see = yaml_text(item, "see", d);
    if (!see)
        return false;
    for (size_t i = 0; i < sizeof sees / sizeof sees[0]; i++)
        if (strcmp(sees[i], see) == 0) {
            f->see = (enum field_see)i;
            return true;
        }
    return diag_error(d, yaml_find(item, "see")->at, "unknown-see",
                      "閲覧範囲「%s」はありません（all scoring restricted の"
                      "どれか）",
                      "there is no \"%s\" (see: all, scoring or restricted)",
                      see);
}

static bool read_value(struct field *f, const struct yaml *node,
                       struct arena *a, struct diag *d)
{
    if (node->kind != YAML_SCALAR || !*node->text || strchr(node->text, '|'))
        return diag_error(d, node->at, "yaml-type",
                          "%s: 値は「|」を含まない1つの文字列にしてください",
                          "%s: a value is one text without \"|\"", f->path);
    /* なし is how a set without members is written. */
    bool none = f->type == TYPE_SET && strcmp(node->text, "なし") == 0;
    if (none || field_value_index(f, node->text, a) >= 0)
        return diag_error(
            d, node->at, "duplicate-value", "%s: 値「%s」はすでにあります",
            "%s: the value \"%s\" is there already", f->path, node->text);
    f->values[f->n_values] = arena_strdup(a, node->text);
    f->value_keys[f->n_values++] = text_match_key(node->text, a);
    return true;
}

static bool read_values(struct field *f, const struct yaml *item,
                        struct arena *a, struct diag *d)
{
    bool ok = true;
    const struct yaml *list = format_list(item, "values", &ok, d);
    if (!ok)
        return false;
    bool wanted = types[f->type].values;
    if (wanted && (!list || list->n == 0))
        return diag_error(
            d, f->at, "values-missing", "%s: 型 %s には values: が必要です",
            "%s: type %s needs values:", f->path, types[f->type].name);
    if (!wanted && list)
        return diag_error(
            d, list->at, "values-unwanted", "%s: 型 %s に values: は書けません",
            "%s: type %s takes no values:", f->path, types[f->type].name);
    if (!wanted)
        return true;
    if (list->n > DICTIONARY_MAX_VALUES)
        return diag_error(d, list->at, "too-many-values",
                          "%s: 値が多すぎます（上限 %d）",
                          "%s: there are too many values (limit %d)", f->path,
                          DICTIONARY_MAX_VALUES);
    f->values = ARENA_ARRAY(a, const char *, list->n);
    f->value_keys = ARENA_ARRAY(a, const char *, list->n);
    for (size_t i = 0; i < list->n; i++)
        if (!read_value(f, list->items[i], a, d))
            return false;
    return true;
}

static bool read_label(struct field *f, const struct yaml *item,
                       struct arena *a, struct diag *d)
{
    const char *ja = yaml_text(item, "label", d);
    bool ok = ja != NULL;
    const char *en = format_text(item, "label_en", &ok, d);
    if (!ok)
        return false;
    f->label.ja = text_trim(ja, a);
    f->label.en = *en ? text_trim(en, a) : f->label.ja;
    return true;
}

static bool read_field(struct field *f, const struct yaml *item,
                       struct arena *a, struct diag *d)
{
    static const char *const keys[] = {"path", "label",  "label_en", "type",
                                       "unit", "values", "see",      NULL};
    if (item->kind != YAML_MAP)
        return diag_error(d, item->at, "yaml-type",
                          "項目は {path: …, label: …} の形で書いてください",
                          "write a field as {path: …, label: …}");
    return yaml_only_keys(item, keys, d) && read_path(f, item, a, d) &&
           read_label(f, item, a, d) && read_type(f, item, d) &&
           read_unit(f, item, d) && read_values(f, item, a, d) &&
           read_see(f, item, d);
}

/* Would a column headed by one be taken for the other? */
static bool headers_clash(const struct field *one, const struct field *other)
{
    const char *a[] = {one->label.ja, one->label.en, one->name};
    const char *b[] = {other->label.ja, other->label.en, other->name};
    for (int i = 0; i < 3; i++)
        for (int j = 0; j < 3; j++)
            if (strcmp(a[i], b[j]) == 0)
                return true;
    return false;
}

static bool header_is_key(const struct field *f)
{
    return key_column_find(f->label.ja) != N_KEY_COLUMNS ||
           key_column_find(f->label.en) != N_KEY_COLUMNS ||
           key_column_find(f->name) != N_KEY_COLUMNS;
}

static bool check_field(const struct field *fields, size_t n,
                        const struct field *f, struct diag *d)
{
    if (header_is_key(f))
        return diag_error(d, f->at, "duplicate-label",
                          "%s: 見出しが番号の列（世帯番号など）と同じです",
                          "%s: the label is that of a key column", f->path);
    for (size_t i = 0; i < n; i++) {
        const struct field *other = &fields[i];
        if (other->scope != f->scope)
            continue;
        if (strcmp(other->path, f->path) == 0)
            return diag_error(d, f->at, "duplicate-field",
                              "項目 %s はすでにあります（%s の %d 行）",
                              "the field %s is there already (%s line %d)",
                              f->path, other->at.file, other->at.line);
        if (headers_clash(other, f))
            return diag_error(
                d, f->at, "duplicate-label",
                "%s の見出し「%s」は %s と同じです。変えてください",
                "the label \"%2$s\" of %1$s is also that of %3$s: change it",
                f->path, f->label.ja, other->path);
    }
    return true;
}

static void index_scopes(struct dictionary *dict, struct arena *a)
{
    memset(dict->n_by_scope, 0, sizeof dict->n_by_scope);
    for (int s = 0; s < N_SCOPES; s++)
        dict->by_scope[s] = ARENA_ARRAY(a, const struct field *, dict->n);
    for (size_t i = 0; i < dict->n; i++) {
        struct field *f = &dict->fields[i];
        f->column = dict->n_by_scope[f->scope]++;
        dict->by_scope[f->scope][f->column] = f;
    }
}

static void index_paths(struct dictionary *dict, struct arena *a)
{
    dict->n_index = 16;
    while (dict->n_index < dict->n * 2)
        dict->n_index *= 2;
    uint32_t *index = ARENA_ARRAY(a, uint32_t, dict->n_index);
    for (size_t i = 0; i < dict->n; i++) {
        size_t at = hash_place(dict, hash_on(HASH_START, dict->fields[i].path));
        while (index[at])
            at = (at + 1) & (dict->n_index - 1);
        index[at] = (uint32_t)i + 1;
    }
    dict->index = index;
}

bool dictionary_load(struct dictionary *dict, const char *bytes, size_t len,
                     const char *name, struct arena *a, struct diag *d)
{
    static const char *const keys[] = {"format", "fields", NULL};
    const struct yaml *root = yaml_parse(bytes, len, name, a, d);
    if (!root || !format_check(root, "nyusho-dictionary/1", d) ||
        !yaml_only_keys(root, keys, d))
        return false;
    bool ok = true;
    const struct yaml *list = format_list(root, "fields", &ok, d);
    size_t n = dict->n, more = list ? list->n : 0;
    struct field *fields = ARENA_ARRAY(a, struct field, n + more);
    if (n)
        memcpy(fields, dict->fields, n * sizeof *fields);
    for (size_t i = 0; i < more; i++) {
        struct field *f = &fields[n];
        if (!read_field(f, list->items[i], a, d) ||
            !check_field(fields, n, f, d)) {
            ok = false;
            memset(f, 0, sizeof *f);
            continue;
        }
        n++;
    }
    if (!ok)
        return false;
    dict->fields = fields;
    dict->n = n;
    index_scopes(dict, a);
    index_paths(dict, a);
    return true;
}
