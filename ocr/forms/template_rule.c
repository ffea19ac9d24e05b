/* check: of a field, the rule of its check digit (check_digit.h). */
#include "ocr/forms/field.h"

#include "core/text.h"

#include <string.h>

static bool bad_check(struct form_builder *b, struct pos at, const char *ja,
                      const char *en)
{
    return diag_label(b->d, at, "bad-check", (struct label){ja, en});
}

static bool load_preset(struct form_builder *b, const struct yaml *node,
                        struct check_rule *out)
{
    const char *names[16];
    size_t n = 0;

    for (const struct check_preset *p = check_presets; p->name; p++) {
        if (strcmp(node->text, p->name) == 0 ||
            strcmp(node->text, p->ja) == 0) {
            *out = p->rule;
            return true;
        }
        names[n++] = p->name;
    }
    const char *near = text_nearest(node->text, names, n);
    return diag_error(b->d, node->at, "bad-check",
                      "検査数字の決まり「%s」はありません（近いもの: %s）",
                      "there is no rule of check digits \"%s\" (nearest: %s)",
                      node->text, near ? near : names[0]);
}

static bool load_weights(struct form_builder *b, const struct yaml *node,
                         struct check_rule *out)
{
    if (node->kind != YAML_LIST || node->n == 0 || node->n > CHECK_MOST_WEIGHTS)
        return bad_check(
            b, node->at,
            "weights は右の桁からの重みを [2, 3, 4] のように 1 個から"
            " 20 個書いてください",
            "weights is a list of 1 to 20, from the last digit: "
            "[2, 3, 4]");
    for (size_t i = 0; i < node->n; i++) {
        int64_t weight;
        if (!yaml_int(node->items[i], &weight, b->d))
            return false;
        if (weight < 0 || weight > 99)
            return bad_check(b, node->items[i]->at, "重みは 0 から 99 です",
                             "a weight is 0 to 99");
        out->weights[i] = (int)weight;
    }
    out->n_weights = node->n;
    return true;
}

static bool switch_at(struct form_builder *b, const struct yaml *map,
                      const char *key, bool *out)
{
    const struct yaml *node = yaml_find(map, key);
    return !node || yaml_bool(node, out, b->d);
}

static bool load_map(struct form_builder *b, const struct yaml *node,
                     struct check_rule *out)
{
    static const char *const keys[] = {
        "modulus", "weights", "split", "remainder", "first", "no_ten", NULL};
    const struct yaml *modulus = yaml_find(node, "modulus");
    const struct yaml *weights = yaml_find(node, "weights");
    int64_t m;

    if (!yaml_only_keys(node, keys, b->d))
        return false;
    if (!modulus || !weights)
        return yaml_text(node, modulus ? "weights" : "modulus", b->d) != NULL;
    if (!yaml_int(modulus, &m, b->d))
        return false;
    if (m < 2 || m > 11)
        return bad_check(b, modulus->at, "modulus は 2 から 11 です",
                         "the modulus is 2 to 11");
    out->modulus = (int)m;
    return load_weights(b, weights, out) &&
           switch_at(b, node, "split", &out->split) &&
           switch_at(b, node, "remainder", &out->remainder) &&
           switch_at(b, node, "first", &out->first) &&
           switch_at(b, node, "no_ten", &out->no_ten);
}

/* A rule of so many digits needs so many cells. */
static bool cells_suit(struct form_builder *b, const struct form_field *f,
                       const struct check_rule *rule, struct pos at)
{
    size_t cells = 0;

    for (size_t i = 0; i < f->n_parts; i++) {
        if (!f->parts[i].n_cells)
            return true;
        cells += f->parts[i].n_cells;
    }
    return !rule->length || cells == rule->length ||
           diag_error(b->d, at, "bad-check",
                      "この番号は %zu 桁ですが、「%s」の枠は %zu 個です",
                      "such a code has %zu digits, but \"%s\" has %zu cells",
                      rule->length, f->id, cells);
}

bool form_rule_load(struct form_builder *b, const struct yaml *field,
                    struct form_field *f)
{
    const struct yaml *node = yaml_find(field, "check");

    if (!node)
        return true;
    struct check_rule *rule = ARENA_NEW(b->mem, struct check_rule);
    if (f->kind != FIELD_CODE && f->kind != FIELD_NUMBER)
        return bad_check(b, node->at,
                         "検査数字があるのは、番号の欄 (code, number) だけです",
                         "only a code or a number has a check digit");
    if (node->kind == YAML_LIST)
        return bad_check(b, node->at,
                         "check は決まりの名前か {modulus, weights} です",
                         "check is the name of a rule or {modulus, weights}");
    if (node->kind == YAML_SCALAR ? !load_preset(b, node, rule)
                                  : !load_map(b, node, rule))
        return false;
    f->check = rule;
    return cells_suit(b, f, rule, node->at);
}
