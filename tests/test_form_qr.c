#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "ocr/forms/template.h"

static const struct form_qr none = {
    .household = "", .child = "", .received = ""};

/* What we write, and what comes back. */
static const struct {
    const char *text;
    struct form_qr qr;
} codes[] = {
    {"nyusho:application/2027?p=1", {"application", "2027", 1, 0, "", "", ""}},
    {"nyusho:application/2027?p=2&h=00012345&c=0000012345",
     {"application", "2027", 2, 0, "00012345", "0000012345", ""}},
    {"nyusho:cover/2027?p=1&h=00012345&n=7&r=2026-11-20",
     {"cover", "2027", 1, 7, "00012345", "", "2026-11-20"}},
    {"nyusho:application/R9.1?p=1&h=A-1%2F%E5%B8%82",
     {"application", "R9.1", 1, 0, "A-1/市", "", ""}},
};

static void codes_go_both_ways(void **state)
{
    (void)state;
    struct arena a = ARENA_INIT;
    for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++) {
        const struct form_qr *want = &codes[i].qr;
        struct form_qr got;
        assert_string_equal(form_qr_text(want, &a), codes[i].text);
        assert_true(form_qr_parse(codes[i].text, &got, &a));
        assert_string_equal(got.form, want->form);
        assert_string_equal(got.version, want->version);
        assert_int_equal(got.page, want->page);
        assert_int_equal(got.pages, want->pages);
        assert_string_equal(got.household, want->household);
        assert_string_equal(got.child, want->child);
        assert_string_equal(got.received, want->received);
    }
    arena_release(&a);
}

static const char *const not_ours[] = {
    "",
    "https://example.jp/",
    "nyusho:",
    "nyusho:/2027?p=1",
    "nyusho:application",
    "nyusho:application?p=1",
    "nyusho:application/?p=1",
    "nyusho:application/2027/3?p=1",
    "nyusho:application/2027?p=",
    "nyusho:application/2027?p=0",
    "nyusho:application/2027?p=-1",
    "nyusho:application/2027?p=1000",
    "nyusho:application/2027?p=1x",
    "nyusho:application/2027?page=1",
    "nyusho:application/2027?p=1&&h=1",
    "nyusho:application/2027?p=1&h=%2",
    "nyusho:application/2027?p=1&h=%zz",
    "nyusho:application/2027?p=1&h=%FF",
    "nyusho:application/2027?p=1&h=%00",
    "nyusho:application/2027?p=1&h=1 2",
    "NYUSHO:application/2027?p=1",
};

static void codes_of_others_are_refused(void **state)
{
    (void)state;
    struct arena a = ARENA_INIT;
    for (size_t i = 0; i < sizeof not_ours / sizeof not_ours[0]; i++) {
        struct form_qr got = none;
        if (form_qr_parse(not_ours[i], &got, &a))
            fail_msg("%s was taken for ours", not_ours[i]);
        assert_null(got.form);
        assert_string_equal(got.household, "");
    }
    arena_release(&a);
}

static void a_later_version_may_say_more(void **state)
{
    (void)state;
    struct arena a = ARENA_INIT;
    struct form_qr got;
    assert_true(form_qr_parse("nyusho:cover/2030?p=1&z=9", &got, &a));
    assert_int_equal(got.page, 1);
    assert_true(form_qr_parse("nyusho:cover/2030", &got, &a));
    assert_int_equal(got.page, 0);
    arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(codes_go_both_ways),
        cmocka_unit_test(codes_of_others_are_refused),
        cmocka_unit_test(a_later_version_may_say_more),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
