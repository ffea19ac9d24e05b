/* Any bytes are a rule set, or what is wrong with them; a rule set can be
 * checked and its examples run, whatever they hold. */
#include "tests/fuzz/fuzz_lines.h"
#include "tests/fuzz/fuzz_rules_help.h"

#include "scoring/points/rules_check.h"
#include "scoring/points/rules_test.h"

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc;
    (void)argv;
    fuzz_dictionary();
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    struct diag d = DIAG_INIT;
    struct ruleset rs;
    struct rules_report report;
    bool ok = ruleset_load(&rs, fuzz_text(bytes, len), len, "fuzz.yaml",
                           &fuzz_dict, &fuzz_run, &d);
    if (ok != (d.errors == 0))
        abort();
    if (ok) {
        ruleset_check(&rs, &d);
        if (d.errors)
            abort();
        ok = ruleset_test(&rs, &report, &fuzz_run, &d);
        if (ok != (d.errors == 0) || report.n_touched > rs.n_rules ||
            report.n_reached > rs.n_steps)
            abort();
        struct rules_step *steps = ruleset_steps(&rs, &fuzz_run);
        for (size_t i = 0; i < rs.n_steps; i++)
            if (!steps[i].rule)
                abort();
    }
    fuzz_show(&d);
    diag_release(&d);
    arena_clear(&fuzz_run);
    return 0;
}
