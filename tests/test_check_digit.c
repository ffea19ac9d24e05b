/* Codes that were really given out, and what one slip makes of them. */
#include "ocr/forms/check_digit.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <string.h>

static const struct check_rule *preset(const char *name)
{
    for (const struct check_preset *p = check_presets; p->name; p++)
        if (strcmp(p->name, name) == 0)
            return &p->rule;
    fail_msg("no rule %s", name);
    return NULL;
}

static const struct {
    const char *rule, *code;
    bool holds;
} codes[] = {
    {"insurer-number", "01130012", true}, /* 協会けんぽ東京 */
    {"insurer-number", "01130013", false},
    {"insurer-number", "1130012", false},        /* a digit short */
    {"corporate-number", "7000012050002", true}, /* 国税庁 */
    {"corporate-number", "7000012050003", false},
    {"modulus-10", "79927398713", true},
    {"modulus-10", "7992-7398-713", true}, /* written in groups */
    {"modulus-10", "79927398710", false},
    {"modulus-10-3", "4901234567894", true},
    {"modulus-10-3", "4901234567984", false}, /* two digits changed places */
    /* The test number that the rules of 個人番号 are explained with. */
    {"modulus-11", "123456789018", true},
    {"modulus-11", "123456789019", false},
    {"modulus-11", "", false},
    {"modulus-11", "8", false},
    {"modulus-11", "12345678901B", false},
};

static void codes_obey_their_rule(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++)
        if (check_digit_holds(preset(codes[i].rule), codes[i].code) !=
            codes[i].holds)
            fail_msg("%s by %s", codes[i].code, codes[i].rule);
}

/* Moduli 10 and 11 see every single wrong digit but the pairs that a 10
 * written as 0 hides. */
static void one_wrong_digit_shows(void **state)
{
    (void)state;
    static const char *const rules[] = {"insurer-number", "modulus-10",
                                        "modulus-10-3"};
    for (size_t k = 0; k < 3; k++) {
        const struct check_rule *rule = preset(rules[k]);
        for (int n = 1; n < 200; n++) {
            char code[16];
            snprintf(code, sizeof code, "%07d", n * 49999);
            code[7] = (char)('0' + check_digit_of(rule, code, 7));
            code[8] = '\0';
            assert_true(check_digit_holds(rule, code));
            for (int at = 0; at < 8; at++) {
                char was = code[at];
                code[at] = (char)('0' + (was - '0' + n % 9 + 1) % 10);
                if (check_digit_holds(rule, code))
                    fail_msg("%s by %s", code, rules[k]);
                code[at] = was;
            }
        }
    }
}

/* 11 - 1 = 10: written 0, or never given out; a multiple of 11 is 0 in both. */
static void a_ten_is_zero_or_never(void **state)
{
    (void)state;
    struct check_rule rule = {.modulus = 11, .weights = {1}, .n_weights = 1};
    assert_int_equal(check_digit_of(&rule, "1", 1), 0);
    assert_int_equal(check_digit_of(&rule, "0", 1), 0);
    assert_int_equal(check_digit_of(&rule, "2", 1), 9);
    rule.no_ten = true;
    assert_int_equal(check_digit_of(&rule, "1", 1), -1);
    assert_int_equal(check_digit_of(&rule, "0", 1), 0);
    assert_false(check_digit_holds(&rule, "10"));
    rule.remainder = true;
    assert_int_equal(check_digit_of(&rule, "7", 1), 7);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(codes_obey_their_rule),
        cmocka_unit_test(one_wrong_digit_shows),
        cmocka_unit_test(a_ten_is_zero_or_never),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
