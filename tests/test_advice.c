/* Everyone who is told of a finding is told what to do. */
#include "records/check.h"
#include "report/outputs.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static void every_cross_check_has_advice(void **state)
{
    (void)state;
    for (size_t i = 0; i < n_record_checks; i++) {
        struct label l = advice_find(record_checks[i].name);
        if (!*l.ja || !*l.en)
            fail_msg("no advice about %s", record_checks[i].name);
    }
}

static void what_assembly_and_the_pages_say_has_advice(void **state)
{
    (void)state;
    static const char *const checks[] = {
        "certificate-without-application",
        "cover-count",
        "page-missing",
        "same-page-twice",
        "form-not-found",
        "form-version",
        "not-an-image",
        "truncated-image",
        "image-too-large",
        "encrypted-pdf",
        "empty-folder",
        "too-many-pages",
        "reader-crashed",
        "document-missing",
        "held-unlisted",
        "waiting-missing",
    };
    for (size_t i = 0; i < sizeof checks / sizeof checks[0]; i++) {
        struct label l = advice_find(checks[i]);
        if (!*l.ja || !*l.en)
            fail_msg("no advice about %s", checks[i]);
    }
}

static void a_name_that_is_none_has_none(void **state)
{
    (void)state;
    assert_string_equal(advice_find("no-such-check").ja, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_cross_check_has_advice),
        cmocka_unit_test(what_assembly_and_the_pages_say_has_advice),
        cmocka_unit_test(a_name_that_is_none_has_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
