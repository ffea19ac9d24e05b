#include "records/policy.h"

#include "core/hash.h"
#include "core/yaml.h"
#include "records/format.h"

#include <string.h>

const char *const accept_kind_names[N_ACCEPT_KINDS] = {
    [ACCEPT_PRINTED] = "printed", [ACCEPT_HANDWRITING] = "handwriting",
    [ACCEPT_DIGITS] = "digits",   [ACCEPT_DATES] = "dates",
    [ACCEPT_TICKS] = "ticks",     [ACCEPT_RINGS] = "rings",
};

/* Chosen on generated seeds and reported on others: docs/reading.md.
 * Handwritten kanji come back as other kanji at high confidence, so no
 * threshold is safe for them. */
static const int default_accept[N_ACCEPT_KINDS] = {
    [ACCEPT_PRINTED] = 980, [ACCEPT_HANDWRITING] = ACCEPT_NEVER,
    [ACCEPT_DIGITS] = 990,  [ACCEPT_DATES] = 990,
    [ACCEPT_TICKS] = 970,   [ACCEPT_RINGS] = 980,
};
#define DEFAULT_SAMPLE_PERMILLE 20

static size_t field_number(const struct policy *p, const struct field *f)
{
    return (size_t)(f - p->dict->fields);
}

void policy_default(struct policy *out, const struct dictionary *dict,
                    struct arena *a)
{
    bool *review = ARENA_ARRAY(a, bool, dict->n);
    for (size_t i = 0; i < dict->n; i++)
        review[i] = dict->fields[i].type == TYPE_NAME;
    *out = (struct policy){
        .dict = dict,
        .always_review = review,
        .two_people = ARENA_ARRAY(a, bool, dict->n),
        .may_pass = ARENA_ARRAY(a, bool, dict->n),
        .sample_permille = DEFAULT_SAMPLE_PERMILLE,
    };
    memcpy(out->accept, default_accept, sizeof out->accept);
}

static bool read_permille(const struct yaml *node, int *out, struct diag *d)
{
    int64_t n;
    if (!yaml_int(node, &n, d))
        return false;
    *out = (int)n;
    if (n >= 0 && n <= 1000)
        return true;
    return diag_error(d, node->at, "bad-threshold",
                      "「%s」は 0 から 1000（千分率）で書いてください",
                      "\"%s\": write 0 to 1000 (thousandths)", node->text);
}

static bool read_accept(struct policy *p, const struct yaml *root,
                        struct diag *d)
{
    const struct yaml *map = yaml_find(root, "accept");
    const char *allowed[N_ACCEPT_KINDS + 1] = {NULL};
    bool ok = true;
    if (!map || yaml_is_empty(map))
        return true;
    for (int k = 0; k < N_ACCEPT_KINDS; k++)
        allowed[k] = accept_kind_names[k];
    if (!yaml_only_keys(map, allowed, d))
        return false;
    for (int k = 0; k < N_ACCEPT_KINDS; k++) {
        const struct yaml *node = yaml_find(map, accept_kind_names[k]);
        if (!node)
            continue;
        if (node->kind == YAML_SCALAR && strcmp(node->text, "never") == 0)
            p->accept[k] = ACCEPT_NEVER;
        else
            ok = read_permille(node, &p->accept[k], d) && ok;
    }
    return ok;
}

static bool refuse_path(const struct policy *p, const struct yaml *item,
                        struct diag *d)
{
    const char *path = item->kind == YAML_SCALAR ? item->text : "";
    const char *near = dictionary_nearest(p->dict, path);
    if (near)
        return diag_error(d, item->at, "unknown-field",
                          "「%s」という項目はありません。もしかして %s ですか",
                          "no field named \"%s\": did you mean %s?", path,
                          near);
    return diag_error(d, item->at, "unknown-field",
                      "「%s」という項目はありません", "no field named \"%s\"",
                      path);
}

/* A list of paths to one flag per field; absent leaves what is there. */
static bool read_paths(const struct policy *p, const struct yaml *root,
                       const char *key, const bool **out, struct arena *a,
                       struct diag *d)
{
    bool ok = true;
    const struct yaml *list = format_list(root, key, &ok, d);
    if (!list)
        return ok;
    bool *flags = ARENA_ARRAY(a, bool, p->dict->n);
    for (size_t i = 0; i < list->n; i++) {
        const struct yaml *item = list->items[i];
        const struct field *f = item->kind == YAML_SCALAR
                                    ? dictionary_find(p->dict, item->text)
                                    : NULL;
        if (f)
            flags[field_number(p, f)] = true;
        else
            ok = refuse_path(p, item, d);
    }
    *out = flags;
    return ok;
}

static bool check_conflicts(const struct policy *p, const struct yaml *root,
                            struct diag *d)
{
    bool ok = true;
    for (size_t i = 0; i < p->dict->n; i++)
        if (p->may_pass[i] && (p->always_review[i] || p->two_people[i]))
            ok = diag_error(d, yaml_find(root, "may_pass")->at,
                            "policy-conflict",
                            "%s は確認が必要な項目なので may_pass に書けません",
                            "%s must be looked at, so it may not pass",
                            p->dict->fields[i].path);
    return ok;
}

bool policy_load(struct policy *out, const struct dictionary *dict,
                 const char *bytes, size_t len, const char *name,
                 struct arena *a, struct diag *d)
{
    static const char *const keys[] = {
        "format",          "accept", "always_review", "two_people", "may_pass",
        "sample_permille", NULL};
    policy_default(out, dict, a);
    const struct yaml *root = yaml_parse(bytes, len, name, a, d);
    if (!root || !format_check(root, "nyusho-policy/1", d) ||
        !yaml_only_keys(root, keys, d))
        return false;
    const struct yaml *sample = yaml_find(root, "sample_permille");
    bool ok = !sample || read_permille(sample, &out->sample_permille, d);
    ok = read_accept(out, root, d) && ok;
    ok =
        read_paths(out, root, "always_review", &out->always_review, a, d) && ok;
    ok = read_paths(out, root, "two_people", &out->two_people, a, d) && ok;
    ok = read_paths(out, root, "may_pass", &out->may_pass, a, d) && ok;
    return ok && check_conflicts(out, root, d);
}

bool policy_accepts(const struct policy *p, const struct field *f,
                    enum accept_kind kind, int confidence)
{
    return !p->always_review[field_number(p, f)] && confidence >= 0 &&
           confidence >= p->accept[kind];
}

bool policy_always_reviews(const struct policy *p, const struct field *f)
{
    return p->always_review[field_number(p, f)];
}

bool policy_needs_two(const struct policy *p, const struct field *f)
{
    return p->two_people[field_number(p, f)];
}

bool policy_may_pass(const struct policy *p, const struct field *f)
{
    return p->may_pass[field_number(p, f)];
}

bool policy_samples(const struct policy *p, const struct field *f,
                    const char *page)
{
    uint8_t digest[HASH_BYTES];
    struct hash h;
    hash_start(&h);
    hash_add_text(&h, page);
    hash_add_text(&h, f->path);
    hash_end(&h, digest);
    uint32_t draw =
        (uint32_t)digest[0] << 16 | (uint32_t)digest[1] << 8 | digest[2];
    return draw % 1000 < (uint32_t)p->sample_permille;
}
