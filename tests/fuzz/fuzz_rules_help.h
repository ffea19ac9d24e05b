/* For the fuzz targets of the rule language: the shipped dictionary, read
 * once. Run them from the source folder. */
#ifndef NYUSHO_TESTS_FUZZ_RULES_HELP_H
#define NYUSHO_TESTS_FUZZ_RULES_HELP_H

#include "core/file.h"
#include "records/dictionary.h"

#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

static struct arena fuzz_mem;
static struct dictionary fuzz_dict;

static inline void fuzz_dictionary(void)
{
    size_t len;
    const char *path = "rules/dictionary.yaml";
    char *bytes = file_read(path, 1 << 20, &fuzz_mem, &len, NULL);
    if (!bytes ||
        !dictionary_load(&fuzz_dict, bytes, len, path, &fuzz_mem, NULL))
        abort();
}

/* Every finding can be shown, in both languages. */
static inline void fuzz_show(const struct diag *d, struct arena *a)
{
    for (size_t i = 0; i < d->n; i++)
        for (int lang = LANG_JA; lang <= LANG_EN; lang++)
            if (!*finding_line(&d->items[i], (enum lang)lang, a))
                abort();
}

#endif
