/* Any bytes give a tree, or exactly what is wrong: never both, never nothing.
 */
#include "core/yaml.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

static void walk(const struct yaml *node, int depth)
{
    if (depth > 33 || !node->text || node->at.line < 1 || node->at.column < 1)
        abort();
    for (size_t i = 0; i < node->n; i++) {
        if (node->kind == YAML_MAP)
            walk(node->keys[i], depth + 1);
        walk(node->items[i], depth + 1);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    static const char *const allowed[] = {"id", "wording", "points", NULL};
    static struct arena mem; /* used again */
    struct diag d = DIAG_INIT;
    const struct yaml *root =
        yaml_parse((const char *)bytes, len, "fuzz.yaml", &mem, &d);
    if ((root == NULL) != (d.errors > 0))
        abort();
    if (root) {
        walk(root, 0);
        (void)yaml_only_keys(root, allowed, &d);
    }
    for (size_t i = 0; i < d.n; i++)
        (void)finding_line(&d.items[i], LANG_JA, &mem);
    diag_release(&d);
    arena_clear(&mem);
    return 0;
}
