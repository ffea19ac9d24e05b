/* To add a rule that many codes use: its row in check_presets, with a code that
 * was really given out as an example in tests/test_check_digit.c. */
#include "ocr/forms/check_digit.h"

#define MOST_DIGITS 64

const struct check_preset check_presets[] = {
    /* 保険者番号、公費負担者番号 */
    {"insurer-number",
     "保険者番号",
     {.modulus = 10,
      .weights = {2, 1},
      .n_weights = 2,
      .split = true,
      .length = 8}},
    /* 医療機関コード、公費の受給者番号 */
    {"institution-code",
     "医療機関コード",
     {.modulus = 10,
      .weights = {2, 1},
      .n_weights = 2,
      .split = true,
      .length = 7}},
    /* 国税庁の法人番号: modulus 9, in front */
    {"corporate-number",
     "法人番号",
     {.modulus = 9,
      .weights = {1, 2},
      .n_weights = 2,
      .first = true,
      .length = 13}},
    {"modulus-10",
     "モジュラス10",
     {.modulus = 10, .weights = {2, 1}, .n_weights = 2, .split = true}},
    /* JAN */
    {"modulus-10-3",
     "モジュラス10ウェイト3",
     {.modulus = 10, .weights = {3, 1}, .n_weights = 2}},
    /* The weights of 個人番号 (which is never read), and of many 宛名番号 */
    {"modulus-11",
     "モジュラス11",
     {.modulus = 11, .weights = {2, 3, 4, 5, 6, 7}, .n_weights = 6}},
    {.name = NULL},
};

int check_digit_of(const struct check_rule *rule, const char *digits, size_t n)
{
    int sum = 0;

    for (size_t i = 0; i < n; i++) {
        int digit = digits[n - 1 - i] - '0';
        int product = digit * rule->weights[i % rule->n_weights];
        for (; rule->split && product > 9; product /= 10)
            sum += product % 10;
        sum += product;
    }
    int left = sum % rule->modulus;
    int check = rule->remainder ? left : rule->modulus - left;
    if (check < 10)
        return check;
    /* Nothing lacks where the sum is a multiple: that is a 0, not a 10. */
    return rule->no_ten && left != 0 ? -1 : 0;
}

bool check_digit_holds(const struct check_rule *rule, const char *code)
{
    char digits[MOST_DIGITS];
    size_t n = 0;

    for (; *code; code++) {
        if (*code == '-')
            continue;
        if (*code < '0' || *code > '9' || n == MOST_DIGITS)
            return false;
        digits[n++] = *code;
    }
    if (n < 2 || (rule->length && n != rule->length))
        return false;
    int given = (rule->first ? digits[0] : digits[n - 1]) - '0';
    return check_digit_of(rule, digits + rule->first, n - 1) == given;
}
