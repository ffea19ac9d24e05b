/* Any bytes beside a rule set are examples of it, or what is wrong with them.
 * The set is 浦添市's, which has most kinds of rules. */
#include "tests/fuzz/fuzz_lines.h"
#include "tests/fuzz/fuzz_rules_help.h"

#include "scoring/points/rules_test.h"

static struct ruleset rules;

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc;
    (void)argv;
    size_t len;
    const char *path = "rules/urasoe-r8.yaml";
    fuzz_dictionary();
    char *bytes = file_read(path, 1 << 20, &fuzz_mem, &len, NULL);
    if (!bytes ||
        !ruleset_load(&rules, bytes, len, path, &fuzz_dict, &fuzz_mem, NULL))
        abort();
    rules.examples = rules.examples_with = NULL; /* only those beside */
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    struct diag d = DIAG_INIT;
    struct ruleset rs = rules;
    struct rules_report report;
    bool ok = ruleset_add_examples(&rs, fuzz_text(bytes, len), len,
                                   "fuzz.examples.yaml", &fuzz_run, &d);
    if (ok != (d.errors == 0))
        abort();
    if (ok && ruleset_test(&rs, &report, &fuzz_run, &d) != (d.errors == 0))
        abort();
    fuzz_show(&d);
    diag_release(&d);
    arena_clear(&fuzz_run);
    return 0;
}
