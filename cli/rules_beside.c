#include "cli/rules_beside.h"

#include "core/file.h"

#include <string.h>

#define END ".yaml"

/* NAME of DIR/NAME.yaml. */
static const char *stem_of(const char *path, struct arena *a)
{
    const char *name = path_name(path);
    size_t len = strlen(name), end = strlen(END);
    if (len > end && strcmp(name + len - end, END) == 0)
        len -= end;
    return arena_copy(a, name, len);
}

static const char *folder_of(const char *path, struct arena *a)
{
    size_t len = (size_t)(path_name(path) - path);
    return len ? arena_copy(a, path, len) : ".";
}

/* What follows the stem: ".examples.yaml" or ".examples-….yaml"; else NULL. */
static const char *examples_part(const char *name, const char *stem)
{
    static const char word[] = ".examples";
    size_t n = strlen(stem), len = strlen(name), end = strlen(END);
    if (strncmp(name, stem, n) != 0 ||
        strncmp(name + n, word, sizeof word - 1) != 0)
        return NULL;
    const char *rest = name + n + sizeof word - 1;
    bool whole = strcmp(rest, END) == 0;
    bool named =
        *rest == '-' && len > end && strcmp(name + len - end, END) == 0;
    return whole || named ? name + n : NULL;
}

bool beside_find(const char *rules_path, struct beside *out, struct arena *a,
                 struct diag *d)
{
    const char *folder = folder_of(rules_path, a);
    const char *stem = stem_of(rules_path, a);
    size_t n;
    char **names = folder_list(folder, a, &n, d);
    *out = (struct beside){.n = 0};
    for (size_t i = 0; names && i < n; i++) {
        const char *part = examples_part(names[i], stem);
        if (!part)
            continue;
        if (out->n == MAX_BESIDE)
            return diag_error(d, POS_FILE(folder), "too-many-examples",
                              "「%s」の例のファイルが多すぎます (%d まで)",
                              "too many files of examples of \"%s\" (up to %d)",
                              stem, MAX_BESIDE);
        bool bare = strcmp(folder, ".") == 0 && !strchr(rules_path, '/');
        out->paths[out->n] = bare ? names[i] : path_join(a, folder, names[i]);
        out->kept[out->n++] = arena_printf(a, "rules%s", part);
    }
    return names != NULL;
}
