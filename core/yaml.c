#include "core/yaml.h"

#include "core/text.h"
#include "core/yaml_problem.h"

#include <stdlib.h>
#include <string.h>

#define MAX_DEPTH 32
#define MAX_NODES 1000000
/* Longer than any wording; a file that holds one is not ours. */
#define MAX_SCALAR ((size_t)1024 * 1024)

struct builder {
    yaml_parser_t parser;
    struct yaml_source source;
    struct arena *mem;
    struct diag *d;
    int depth;
    size_t nodes;
};

/* A list of nodes that grows. */
struct nodes {
    const struct yaml **all;
    size_t n, capacity;
};

static void nodes_add(struct builder *b, struct nodes *list,
                      const struct yaml *node)
{
    if (list->n == list->capacity) {
        size_t capacity = list->capacity ? list->capacity * 2 : 4;
        list->all = arena_grow(b->mem, list->all, list->n, capacity,
                               sizeof(const struct yaml *));
        list->capacity = capacity;
    }
    list->all[list->n++] = node;
}

static bool next_event(struct builder *b, yaml_event_t *event)
{
    return yaml_parser_parse(&b->parser, event) ||
           yaml_problem_report(&b->parser, &b->source, b->d);
}

static struct pos event_pos(const struct builder *b, const yaml_event_t *e)
{
    return (struct pos){b->source.name, (int)e->start_mark.line + 1,
                        (int)e->start_mark.column + 1};
}

static bool refuse_alias(struct builder *b, const yaml_event_t *e)
{
    return diag_error(b->d, event_pos(b, e), "yaml-alias",
                      "「&」「*」の参照は使えません。文字として書くなら \" \" "
                      "で囲んでください",
                      "references (& and *) are not allowed: put the text in "
                      "quotes if the sign is meant");
}

/* Anchors and tags, on whichever kind of node carries them. */
static bool check_marks(struct builder *b, const yaml_event_t *e,
                        const yaml_char_t *anchor, const yaml_char_t *tag)
{
    if (anchor)
        return refuse_alias(b, e);
    if (tag)
        return diag_error(b->d, event_pos(b, e), "yaml-tag",
                          "「!」で始まる型指定は使えません。文字として書くなら "
                          "\" \" で囲んでください",
                          "tags (!) are not allowed: put the text in quotes if "
                          "the sign is meant");
    return true;
}

static struct yaml *new_node(struct builder *b, const yaml_event_t *e,
                             enum yaml_kind kind)
{
    if (++b->nodes > MAX_NODES) {
        diag_error(b->d, event_pos(b, e), "yaml-too-large",
                   "項目が多すぎます（上限 %d）",
                   "there are too many values (limit %d)", MAX_NODES);
        return NULL;
    }
    struct yaml *node = ARENA_NEW(b->mem, struct yaml);
    node->kind = kind;
    node->at = event_pos(b, e);
    node->text = "";
    return node;
}

static const struct yaml *make_scalar(struct builder *b, const yaml_event_t *e)
{
    if (!check_marks(b, e, e->data.scalar.anchor, e->data.scalar.tag))
        return NULL;
    if (e->data.scalar.length > MAX_SCALAR) {
        diag_error(b->d, event_pos(b, e), "yaml-too-large",
                   "値が長すぎます（上限 %zu バイト）",
                   "the value is too long (limit %zu bytes)", MAX_SCALAR);
        return NULL;
    }
    struct yaml *node = new_node(b, e, YAML_SCALAR);
    if (!node)
        return NULL;
    node->plain = e->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
    const char *text = (const char *)e->data.scalar.value;
    size_t len = e->data.scalar.length;
    if (memchr(text, '\0', len)) { /* written "\0" */
        diag_error(b->d, node->at, "yaml-syntax", "「\\0」は書けません",
                   "\\0 is not allowed");
        return NULL;
    }
    node->text = arena_copy(b->mem, text, len);
    bool folded = e->end_mark.line > e->start_mark.line;
    if (node->plain &&
        !yaml_plain_check(node->text, b->depth == 0, folded, node->at, b->d))
        return NULL;
    return node;
}

static bool enter(struct builder *b, const yaml_event_t *e)
{
    if (++b->depth <= MAX_DEPTH)
        return true;
    return diag_error(b->d, event_pos(b, e), "yaml-too-deep",
                      "入れ子が深すぎます（上限 %d 段）",
                      "the nesting is too deep (limit %d)", MAX_DEPTH);
}

static const struct yaml *make_node(struct builder *b, const yaml_event_t *e);

static bool fill_list(struct builder *b, struct nodes *items)
{
    for (;;) {
        yaml_event_t e;
        if (!next_event(b, &e))
            return false;
        bool end = e.type == YAML_SEQUENCE_END_EVENT;
        const struct yaml *item = end ? NULL : make_node(b, &e);
        yaml_event_delete(&e);
        if (end)
            return true;
        if (!item)
            return false;
        nodes_add(b, items, item);
    }
}

static const struct yaml *make_list(struct builder *b, const yaml_event_t *e)
{
    struct nodes items = {0};
    struct yaml *node = new_node(b, e, YAML_LIST);
    if (!node ||
        !check_marks(b, e, e->data.sequence_start.anchor,
                     e->data.sequence_start.tag) ||
        !enter(b, e) || !fill_list(b, &items))
        return NULL;
    b->depth--;
    node->items = items.all;
    node->n = items.n;
    return node;
}

static bool check_key(struct builder *b, const struct yaml *key)
{
    if (key->kind == YAML_SCALAR && *key->text)
        return true;
    return diag_error(b->d, key->at, "yaml-key",
                      "「: 」の前には項目の名前を一つ書いてください",
                      "one name is expected before the colon");
}

/* {points:3} is one key and no value: the space after the colon is missing. */
static bool check_swallowed(struct builder *b, const struct yaml *key,
                            const struct yaml *value)
{
    bool wide = strstr(key->text, "：") != NULL;
    if (!key->plain || (!wide && !strchr(key->text, ':')) || *value->text ||
        value->kind != YAML_SCALAR || !value->plain)
        return true;
    if (wide)
        return diag_error(
            b->d, key->at, "yaml-syntax",
            "「%s」のコロンが全角です。半角の「: 」（コロンと空白）"
            "で書いてください",
            "the colon in \"%s\" is full-width: write \": \" "
            "(colon and space)",
            key->text);
    return diag_error(b->d, key->at, "yaml-syntax",
                      "「%s」のコロンの後に半角スペースがありません",
                      "there is no space after the colon in \"%s\"", key->text);
}

static bool fill_map(struct builder *b, struct nodes *keys, struct nodes *items)
{
    for (;;) {
        yaml_event_t e;
        if (!next_event(b, &e))
            return false;
        bool end = e.type == YAML_MAPPING_END_EVENT;
        bool is_key = keys->n == items->n;
        const struct yaml *node = end ? NULL : make_node(b, &e);
        yaml_event_delete(&e);
        if (end)
            return true;
        if (!node || (is_key && !check_key(b, node)))
            return false;
        if (!is_key && !check_swallowed(b, keys->all[items->n], node))
            return false;
        nodes_add(b, is_key ? keys : items, node);
    }
}

static int by_text_and_place(const void *one, const void *other)
{
    const struct yaml *a = *(const struct yaml *const *)one;
    const struct yaml *b = *(const struct yaml *const *)other;
    int order = strcmp(a->text, b->text);
    if (order == 0)
        order = a->at.line - b->at.line;
    return order ? order : a->at.column - b->at.column;
}

static bool check_duplicates(struct builder *b, const struct nodes *keys)
{
    if (keys->n < 2)
        return true;
    const struct yaml **sorted = arena_grow(b->mem, keys->all, keys->n, keys->n,
                                            sizeof(const struct yaml *));
    qsort(sorted, keys->n, sizeof(const struct yaml *), by_text_and_place);
    bool ok = true;
    for (size_t i = 1; ok && i < keys->n; i++)
        if (strcmp(sorted[i - 1]->text, sorted[i]->text) == 0)
            ok = diag_error(b->d, sorted[i]->at, "yaml-duplicate-key",
                            "「%s」は %d 行目にもあります。一つにして"
                            "ください",
                            "\"%s\" is also on line %d: keep one",
                            sorted[i]->text, sorted[i - 1]->at.line);
    return ok;
}

static const struct yaml *make_map(struct builder *b, const yaml_event_t *e)
{
    struct nodes keys = {0}, items = {0};
    struct yaml *node = new_node(b, e, YAML_MAP);
    if (!node ||
        !check_marks(b, e, e->data.mapping_start.anchor,
                     e->data.mapping_start.tag) ||
        !enter(b, e) || !fill_map(b, &keys, &items) ||
        !check_duplicates(b, &keys))
        return NULL;
    b->depth--;
    node->keys = keys.all;
    node->items = items.all;
    node->n = items.n;
    return node;
}

static const struct yaml *make_node(struct builder *b, const yaml_event_t *e)
{
    switch (e->type) {
    case YAML_SCALAR_EVENT:
        return make_scalar(b, e);
    case YAML_SEQUENCE_START_EVENT:
        return make_list(b, e);
    case YAML_MAPPING_START_EVENT:
        return make_map(b, e);
    default: /* nothing else begins a node but an alias */
        refuse_alias(b, e);
        return NULL;
    }
}

/* The next event that is not about stream or document; `ended` counts
 * documents that are over. False on an error. */
static bool next_content(struct builder *b, yaml_event_t *e, bool *over)
{
    for (;;) {
        if (!next_event(b, e))
            return false;
        *over = e->type == YAML_STREAM_END_EVENT;
        if (*over || (e->type != YAML_STREAM_START_EVENT &&
                      e->type != YAML_DOCUMENT_START_EVENT &&
                      e->type != YAML_DOCUMENT_END_EVENT))
            return true;
        yaml_event_delete(e);
    }
}

static const struct yaml *report_empty(struct builder *b)
{
    diag_error(b->d, POS_FILE(b->source.name), "yaml-empty", "中身がありません",
               "there is nothing in this file");
    return NULL;
}

static const struct yaml *build(struct builder *b)
{
    yaml_event_t e;
    bool over;
    if (!next_content(b, &e, &over))
        return NULL;
    const struct yaml *root = over ? report_empty(b) : make_node(b, &e);
    yaml_event_delete(&e);
    if (!root)
        return NULL;
    if (yaml_is_empty(root))
        return report_empty(b);
    if (!next_content(b, &e, &over))
        return NULL;
    if (!over)
        diag_error(b->d, event_pos(b, &e), "yaml-syntax",
                   "「---」より後は書けません。1つのファイルに1つだけにして"
                   "ください",
                   "nothing may follow \"---\": one file holds one document");
    yaml_event_delete(&e);
    return over ? root : NULL;
}

static bool check_encoding(const struct yaml_source *s, struct diag *d)
{
    size_t bad, line = 1;
    if (text_is_utf8(s->bytes, s->len, &bad))
        return true;
    for (size_t i = 0; i < bad; i++)
        line += s->bytes[i] == '\n';
    if (!s->bytes[bad])
        return diag_error(
            d, (struct pos){s->name, (int)line, 0}, "bad-encoding",
            "文字ではない 0 のバイトがあります。UTF-16 で保存され"
            "ているか、壊れています。UTF-8 で保存し直してください",
            "there is a byte 0, which is no text: the file is "
            "UTF-16, or damaged; save it again as UTF-8");
    return diag_error(d, (struct pos){s->name, (int)line, 0}, "bad-encoding",
                      "文字コードが UTF-8 ではありません。UTF-8 で保存し直して"
                      "ください",
                      "this is not UTF-8: save the file again as UTF-8");
}

const struct yaml *yaml_parse(const char *bytes, size_t len, const char *name,
                              struct arena *a, struct diag *d)
{
    if (len >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0) {
        bytes += 3;
        len -= 3;
    }
    struct builder b = {.mem = a, .d = d};
    b.source = (struct yaml_source){bytes, len, arena_strdup(a, name)};
    if (!check_encoding(&b.source, d))
        return NULL;
    if (!yaml_parser_initialize(&b.parser)) {
        fputs("nyusho: out of memory\n", stderr);
        exit(3);
    }
    yaml_parser_set_encoding(&b.parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&b.parser, (const unsigned char *)bytes, len);
    const struct yaml *root = build(&b);
    yaml_parser_delete(&b.parser);
    return root;
}
