#include "records/record_json.h"

#include "core/text.h"
#include "records/columns.h"
#include "records/record_csv.h"

#include <cjson/cJSON.h>
#include <string.h>

#define FORMAT "nyusho-records/1"
#define MANUAL "manual_points"
#define MAX_ERRORS 100

static const char *const key_names[N_KEY_COLUMNS] = {
    [KEY_HOUSEHOLD] = "household",
    [KEY_CHILD] = "child",
    [KEY_PERSON] = "person",
    [KEY_SEQ] = "seq",
};

/* ── writing ── */

static cJSON *open_row(enum scope scope, const struct row_key *key)
{
    cJSON *row = cJSON_CreateObject();
    cJSON_AddStringToObject(row, key_names[KEY_HOUSEHOLD], key->household);
    if (scope_has_key(scope, KEY_CHILD))
        cJSON_AddStringToObject(row, key_names[KEY_CHILD], key->child);
    if (scope_has_key(scope, KEY_PERSON))
        cJSON_AddNumberToObject(row, key_names[KEY_PERSON], key->person);
    if (scope_has_key(scope, KEY_SEQ))
        cJSON_AddNumberToObject(row, key_names[KEY_SEQ], key->seq);
    return row;
}

static void write_scope(const struct record_set *set, enum scope scope,
                        cJSON *root)
{
    const struct record_table *t = &set->tables[scope];
    struct arena mem = ARENA_INIT;
    if (t->n_rows == 0)
        return;
    cJSON *list = cJSON_AddArrayToObject(root, scope_infos[scope].name);
    for (size_t r = 0; r < t->n_rows; r++) {
        cJSON *row = open_row(scope, &t->keys[r]);
        for (size_t c = 0; c < t->n_fields; c++) {
            const struct field *f = set->dict->by_scope[scope][c];
            struct slot v = table_slot(t, r, c);
            if (v.state != VALUE_UNKNOWN)
                cJSON_AddStringToObject(row, f->name,
                                        value_format(f, v, set->strings, &mem));
        }
        cJSON_AddItemToArray(list, row);
        arena_release(&mem);
    }
}

static void write_manual(const struct record_set *set, cJSON *root)
{
    struct arena mem = ARENA_INIT;
    if (set->n_manual == 0)
        return;
    cJSON *list = cJSON_AddArrayToObject(root, MANUAL);
    for (size_t i = 0; i < set->n_manual; i++) {
        const struct manual_points *m = &set->manual[i];
        cJSON *row = cJSON_CreateObject();
        cJSON_AddStringToObject(row, "household", m->household);
        cJSON_AddStringToObject(row, "child", m->child);
        cJSON_AddNumberToObject(row, "person", m->person);
        cJSON_AddStringToObject(row, "rule", m->rule);
        cJSON_AddStringToObject(row, "points", points_format(m->points, &mem));
        cJSON_AddStringToObject(row, "reason", m->reason);
        cJSON_AddStringToObject(row, "by", m->by);
        cJSON_AddStringToObject(row, "approved_by", m->approved_by);
        cJSON_AddItemToArray(list, row);
    }
    arena_release(&mem);
}

void record_json_write(const struct record_set *set, struct buf *out)
{
    cJSON *root = cJSON_CreateObject();
    cJSON_AddStringToObject(root, "format", FORMAT);
    for (int s = 0; s < N_SCOPES; s++)
        write_scope(set, (enum scope)s, root);
    write_manual(set, root);
    char *text = cJSON_Print(root);
    buf_text(out, text);
    buf_char(out, '\n');
    cJSON_free(text);
    cJSON_Delete(root);
}

/* ── reading ── */

struct load {
    struct record_set *set;
    const char *file;
    struct arena *mem;
    struct diag *d;
    int errors;
};

static struct pos place(const struct load *l, const char *list, int row,
                        const char *field)
{
    return POS_FILE(arena_printf(l->mem, "%s: %s[%d]%s%s", l->file, list, row,
                                 field ? "." : "", field ? field : ""));
}

static bool want_text(const struct load *l, struct pos at)
{
    return diag_error(l->d, at, "json-type",
                      "「\" \"」で囲んだ文字で書いてください",
                      "write a text between quotation marks");
}

/* Numbers of persons and rows may be written as numbers. */
static const char *key_text(const struct load *l, const cJSON *v)
{
    if (cJSON_IsString(v))
        return v->valuestring;
    if (cJSON_IsNumber(v) && v->valuedouble == (double)v->valueint)
        return arena_printf(l->mem, "%d", v->valueint);
    return NULL;
}

static bool read_key(const struct load *l, enum scope scope, const cJSON *row,
                     int number, struct row_key *key)
{
    *key = (struct row_key){.household = "", .child = ""};
    for (int k = 0; k < N_KEY_COLUMNS; k++) {
        if (!scope_has_key(scope, (enum key_column)k))
            continue;
        struct pos at = place(l, scope_infos[scope].name, number, key_names[k]);
        const cJSON *v = cJSON_GetObjectItemCaseSensitive(row, key_names[k]);
        const char *text = v ? key_text(l, v) : "";
        if (!text)
            return want_text(l, at);
        if (!*text)
            return diag_error(l->d, at, "key-missing", "%s が空です",
                              "%s is empty", key_labels[k].ja);
        if (!key_column_put(key, (enum key_column)k, text, at, l->mem, l->d))
            return false;
    }
    return true;
}

static bool is_key(enum scope scope, const char *name)
{
    for (int k = 0; k < N_KEY_COLUMNS; k++)
        if (scope_has_key(scope, (enum key_column)k) &&
            strcmp(key_names[k], name) == 0)
            return true;
    return false;
}

static bool refuse_field(const struct load *l, enum scope scope, struct pos at,
                         const char *name)
{
    const struct dictionary *dict = l->set->dict;
    size_t n = dict->n_by_scope[scope];
    const char **names = ARENA_ARRAY(l->mem, const char *, n + 1);
    for (size_t i = 0; i < n; i++)
        names[i] = dict->by_scope[scope][i]->name;
    const char *near = text_nearest(name, names, n);
    return diag_error(l->d, at, "unknown-field",
                      near ? "「%1$s」という項目はありません。「%2$s」ですか"
                           : "「%1$s」という項目はありません%2$.0s",
                      near ? "there is no field \"%1$s\"; is it \"%2$s\"?"
                           : "there is no field \"%1$s\"%2$.0s",
                      name, near ? near : "");
}

static bool read_field(const struct load *l, enum scope scope,
                       const cJSON *member, int number, size_t row)
{
    struct pos at = place(l, scope_infos[scope].name, number, member->string);
    const struct field *f =
        dictionary_find_in(l->set->dict, scope, member->string);
    struct slot v;
    if (!f)
        return refuse_field(l, scope, at, member->string);
    if (!cJSON_IsString(member))
        return want_text(l, at);
    if (!*member->valuestring)
        return true;
    if (!value_parse(f, member->valuestring, l->set->strings, at, &v, l->d))
        return false;
    record_set_put(l->set, f, row, v, NULL);
    return true;
}

static bool read_row(struct load *l, enum scope scope, const cJSON *node,
                     int number)
{
    struct row_key key;
    size_t before = l->set->tables[scope].n_rows;
    bool ok = true;
    if (!cJSON_IsObject(node))
        return want_text(l, place(l, scope_infos[scope].name, number, NULL));
    if (!read_key(l, scope, node, number, &key))
        return false;
    size_t row = record_set_row(l->set, scope, &key);
    if (row < before)
        return diag_error(l->d, place(l, scope_infos[scope].name, number, NULL),
                          "duplicate-row", "同じ番号の行がすでにあります",
                          "a row with these numbers is there already");
    const cJSON *member;
    cJSON_ArrayForEach(member, node)
    {
        if (!is_key(scope, member->string))
            ok = read_field(l, scope, member, number, row) && ok;
    }
    return ok;
}

static const char *text_of(const cJSON *node, const char *name)
{
    const char *text =
        cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(node, name));
    return text ? text : "";
}

static bool read_manual(struct load *l, const cJSON *node, int number)
{
    const cJSON *person = cJSON_GetObjectItemCaseSensitive(node, "person");
    struct manual_points m = {.household = text_of(node, "household"),
                              .child = text_of(node, "child"),
                              .person =
                                  cJSON_IsNumber(person) ? person->valueint : 0,
                              .rule = text_of(node, "rule"),
                              .reason = text_of(node, "reason"),
                              .by = text_of(node, "by"),
                              .approved_by = text_of(node, "approved_by"),
                              .at = place(l, MANUAL, number, NULL)};
    if (!*m.household || !*m.rule)
        return diag_error(l->d, m.at, "key-missing",
                          "世帯番号と規則は必ず書いてください",
                          "household no and rule must be given");
    if (!points_parse(text_of(node, "points"), &m.points))
        return diag_error(l->d, place(l, MANUAL, number, "points"),
                          "bad-number",
                          "点数「%s」は小数第3位までの数で書いてください",
                          "points \"%s\": write a number with at most three "
                          "decimals",
                          text_of(node, "points"));
    if (!*m.reason || !*m.by)
        return diag_error(l->d, m.at, "reason-missing",
                          "適宜の点数には理由と入力者が必要です",
                          "manual points need a reason and who entered them");
    record_set_add_manual(l->set, &m);
    return true;
}

static bool read_list(struct load *l, const cJSON *list)
{
    enum scope scope = N_SCOPES;
    bool manual = strcmp(list->string, MANUAL) == 0;
    if (!manual && !scope_find(list->string, &scope))
        return diag_error(l->d, POS_FILE(l->file), "unknown-scope",
                          "「%s」という表はありません",
                          "there is no list \"%s\"", list->string);
    if (!cJSON_IsArray(list))
        return diag_error(l->d, POS_FILE(l->file), "json-type",
                          "「%s」は [ ] で囲んだ並びにしてください",
                          "\"%s\" must be a list", list->string);
    const cJSON *row;
    int number = 0;
    cJSON_ArrayForEach(row, list)
    {
        bool ok = manual ? read_manual(l, row, number)
                         : read_row(l, scope, row, number);
        l->errors += !ok;
        if (l->errors >= MAX_ERRORS)
            return diag_error(
                l->d, place(l, list->string, number, NULL), "too-many-errors",
                "誤りが %d 行になったため、ここで読むのをやめました",
                "%d rows have errors: reading stops here", MAX_ERRORS);
        number++;
    }
    return true;
}

static bool no_json(const struct load *l, const char *bytes, const char *end)
{
    struct pos at = {l->file, 1, 1};
    for (const char *p = bytes; p < end; p++) {
        at.column = *p == '\n' ? 1 : at.column + 1;
        at.line += *p == '\n';
    }
    return diag_error(l->d, at, "json-syntax", "JSON として読めません",
                      "this is no JSON");
}

bool record_json_load(struct record_set *set, const char *bytes, size_t len,
                      const char *name, struct diag *d)
{
    struct arena mem = ARENA_INIT;
    struct load l = {.set = set, .file = name, .mem = &mem, .d = d};
    const char *end = bytes;
    cJSON *root = cJSON_ParseWithLengthOpts(bytes, len, &end, false);
    bool ok = root || no_json(&l, bytes, end);
    if (ok && strcmp(text_of(root, "format"), FORMAT) != 0)
        ok = diag_error(d, POS_FILE(name), "bad-format",
                        "\"format\": \"" FORMAT "\" がありません",
                        "there is no \"format\": \"" FORMAT "\"");
    const cJSON *list;
    for (list = ok ? root->child : NULL; list && ok; list = list->next)
        if (strcmp(list->string, "format") != 0)
            ok = read_list(&l, list);
    cJSON_Delete(root);
    record_set_finish(set);
    arena_release(&mem);
    return ok && l.errors == 0;
}
