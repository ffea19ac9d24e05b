/* Reading values out of the tree that yaml.c made. */
#include "core/text.h"
#include "core/yaml.h"

#include <string.h>
#include <strings.h>

const struct yaml *yaml_find(const struct yaml *map, const char *key)
{
    if (!map || map->kind != YAML_MAP)
        return NULL;
    for (size_t i = 0; i < map->n; i++)
        if (strcmp(map->keys[i]->text, key) == 0)
            return map->items[i];
    return NULL;
}

bool yaml_same(const struct yaml *x, const struct yaml *y)
{
    if (x->kind != y->kind || x->n != y->n || x->plain != y->plain ||
        strcmp(x->text, y->text) != 0)
        return false;
    for (size_t i = 0; i < x->n; i++)
        if ((x->kind == YAML_MAP && !yaml_same(x->keys[i], y->keys[i])) ||
            !yaml_same(x->items[i], y->items[i]))
            return false;
    return true;
}

bool yaml_is_empty(const struct yaml *node)
{
    return node->kind == YAML_SCALAR && node->plain &&
           (!*node->text || strcmp(node->text, "~") == 0 ||
            strcasecmp(node->text, "null") == 0);
}

static bool want_map(const struct yaml *node, struct diag *d)
{
    if (node->kind == YAML_MAP)
        return true;
    return diag_error(d, node->at, "yaml-type",
                      "ここには「名前: 値」の組を書いてください",
                      "\"name: value\" lines are expected here");
}

const char *yaml_text(const struct yaml *map, const char *key, struct diag *d)
{
    if (!want_map(map, d))
        return NULL;
    const struct yaml *node = yaml_find(map, key);
    if (!node || yaml_is_empty(node)) {
        diag_error(d, node ? node->at : map->at, "yaml-missing",
                   "「%s」が書かれていません", "\"%s\" is missing", key);
        return NULL;
    }
    if (node->kind != YAML_SCALAR) {
        diag_error(d, node->at, "yaml-type",
                   "「%s」には文字を一つだけ書いてください",
                   "\"%s\" takes one text", key);
        return NULL;
    }
    return node->text;
}

static bool parse_int(const char *text, int64_t *out)
{
    bool negative = *text == '-';
    if (*text == '-' || *text == '+')
        text++;
    if (!*text)
        return false;
    int64_t value = 0; /* counted downwards, where there is one more */
    for (; *text; text++) {
        if (*text < '0' || *text > '9')
            return false;
        int digit = *text - '0';
        if (value < (INT64_MIN + digit) / 10)
            return false;
        value = value * 10 - digit;
    }
    if (!negative && value == INT64_MIN)
        return false;
    *out = negative ? value : -value;
    return true;
}

static const char *shown(const struct yaml *node)
{
    return node->kind == YAML_SCALAR ? node->text : "…";
}

bool yaml_int(const struct yaml *node, int64_t *out, struct diag *d)
{
    if (node->kind == YAML_SCALAR && node->plain && parse_int(node->text, out))
        return true;
    return diag_error(d, node->at, "yaml-type",
                      "「%s」は整数ではありません。半角数字だけで、引用符や"
                      "カンマなしで書いてください",
                      "\"%s\" is not a whole number: write digits only, "
                      "without quotes or commas",
                      shown(node));
}

bool yaml_bool(const struct yaml *node, bool *out, struct diag *d)
{
    static const struct {
        const char *word;
        bool value;
    } words[] = {
        {"true", true},   {"yes", true}, {"はい", true},
        {"false", false}, {"no", false}, {"いいえ", false},
    };
    bool word = node->kind == YAML_SCALAR && node->plain;
    for (size_t i = 0; word && i < sizeof words / sizeof words[0]; i++)
        if (strcasecmp(node->text, words[i].word) == 0) {
            *out = words[i].value;
            return true;
        }
    return diag_error(d, node->at, "yaml-type",
                      "「%s」ではなく、yes か no（はい・いいえ）を書いて"
                      "ください",
                      "write yes or no instead of \"%s\"", shown(node));
}

static bool is_one_of(const char *text, const char *const *words)
{
    for (; *words; words++)
        if (strcmp(text, *words) == 0)
            return true;
    return false;
}

bool yaml_only_keys(const struct yaml *map, const char *const *allowed,
                    struct diag *d)
{
    if (!want_map(map, d))
        return false;
    size_t n = 0;
    while (allowed[n])
        n++;
    bool ok = true;
    for (size_t i = 0; i < map->n; i++) {
        const struct yaml *key = map->keys[i];
        if (is_one_of(key->text, allowed))
            continue;
        const char *near = text_nearest(key->text, allowed, n);
        if (near)
            ok = diag_error(d, key->at, "unknown-key",
                            "「%s」という項目はありません。「%s」ですか？",
                            "no key named \"%s\"; did you mean \"%s\"?",
                            key->text, near);
        else
            ok = diag_error(d, key->at, "unknown-key",
                            "「%s」という項目はありません",
                            "no key named \"%s\"", key->text);
    }
    return ok;
}
