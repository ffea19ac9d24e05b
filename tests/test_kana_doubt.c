#include "ocr/kana_doubt.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static void a_letter_read_twice_is_missed_in_the_ink(void **state)
{
    (void)state;
    static const struct {
        const char *kana;
        int pieces;
        bool doubled;
    } cases[] = {
        {"カリタ マコユミ", 7, true}, /* カ リ(2) タ マ ユ ミ */
        {"カリタ コユキ", 7, false},  /* コ and ユ are both there */
        {"テホボン", 3, true},        {"カリタタクヤ", 6, true},
        {"カリタ アイ", 5, false}, /* touching, but nothing is alike */
        {"ミホン　カオリ", 7, false}, {"", 0, false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        if (kana_doubled(cases[i].kana, cases[i].pieces) != cases[i].doubled)
            fail_msg("%s in %d", cases[i].kana, cases[i].pieces);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_letter_read_twice_is_missed_in_the_ink),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
