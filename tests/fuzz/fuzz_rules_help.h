/* For the fuzz targets of the rule language: the shipped dictionary, read
 * once, and the memory of one run, used again. Run them from the source
 * folder. */
#ifndef NYUSHO_TESTS_FUZZ_RULES_HELP_H
#define NYUSHO_TESTS_FUZZ_RULES_HELP_H

#include "core/file.h"
#include "core/text.h"
#include "records/dictionary.h"

#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

static struct arena fuzz_mem; /* of the whole process */
static struct arena fuzz_run; /* of one input: arena_clear() it at the end */
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

/* The bytes as text, each that is no UTF-8 a "?": fuzz_yaml tries what is not
 * text, and behind it nothing else would be tried. */
static inline char *fuzz_text(const uint8_t *bytes, size_t len)
{
    char *text = arena_copy(&fuzz_run, (const char *)bytes, len);
    size_t at = 0, bad;
    while (!text_is_utf8(text + at, len - at, &bad)) {
        at += bad;
        text[at] = '?';
    }
    return text;
}

/* Every finding can be shown, in both languages. */
static inline void fuzz_show(const struct diag *d)
{
    for (size_t i = 0; i < d->n; i++)
        for (int lang = LANG_JA; lang <= LANG_EN; lang++)
            if (!*finding_line(&d->items[i], (enum lang)lang, &fuzz_run))
                abort();
}

#endif
