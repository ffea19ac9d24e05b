#include "core/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define COUNT(rows) (sizeof(rows) / sizeof(rows)[0])

static void utf8_is_checked_to_the_byte(void **state)
{
    (void)state;
    static const struct {
        const char *bytes;
        size_t len;
        long bad; /* -1: none */
    } rows[] = {
        {"", 0, -1},
        {"abc", 3, -1},
        {"園\xF0\xA0\xAE\xB7", 7, -1}, /* 𠮷 */
        {"\xF4\x8F\xBF\xBF", 4, -1},
        {"a\0b", 3, 1},
        {"ab\x80", 3, 2},           /* no lead */
        {"a\xC0\xAF", 3, 1},        /* overlong */
        {"\xC1\xBF", 2, 0},         /* overlong */
        {"\xE0\x80\x80", 3, 0},     /* overlong */
        {"\xF0\x80\x80\x80", 4, 0}, /* overlong */
        {"\xED\xA0\x80", 3, 0},     /* surrogate */
        {"\xF4\x90\x80\x80", 4, 0}, /* above U+10FFFF */
        {"\xF5\x80\x80\x80", 4, 0}, /* above U+10FFFF */
        {"x\xE5\x9C", 3, 1},        /* cut off */
        {"\xE5\x9C"
         "a",
         3, 0},             /* cut off by a letter */
        {"\x82\xA0", 2, 0}, /* CP932 */
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        size_t bad = 99;
        assert_int_equal(text_is_utf8(rows[i].bytes, rows[i].len, &bad),
                         rows[i].bad < 0);
        if (rows[i].bad >= 0)
            assert_int_equal(bad, rows[i].bad);
    }
    assert_false(text_is_utf8("\xFF", 1, NULL));
}

static void codes_go_out_and_come_back(void **state)
{
    (void)state;
    static const uint32_t codes[] = {1,      0x7F,   0x80,    0x7FF,
                                     0x800,  0xFFFF, 0x10000, 0x10FFFF,
                                     0x5712, 0x20BB7};
    for (size_t i = 0; i < COUNT(codes); i++) {
        char out[5] = "";
        size_t len = text_put(out, codes[i]);
        assert_true(text_is_utf8(out, len, NULL));
        const char *at = out;
        assert_int_equal(text_next(&at), codes[i]);
        assert_ptr_equal(at, out + len);
        assert_int_equal(text_next(&at), 0);
        assert_ptr_equal(at, out + len);
    }
}

static void lengths_and_columns(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int codes, columns;
    } rows[] = {
        {"", 0, 0},    {"abc", 3, 3}, {"保育所", 3, 6},
        {"ｱｲｳ", 3, 3}, {"Ａ1", 2, 3}, {"①", 1, 2},
        {"𠮷", 1, 2},  {"→※", 2, 4},  {"か\u3099", 2, 2},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        assert_int_equal(text_count(rows[i].text), rows[i].codes);
        assert_int_equal(text_columns(rows[i].text), rows[i].columns);
    }
}

static void texts_are_rewritten(void **state)
{
    (void)state;
    static const struct {
        char *(*rewrite)(const char *, struct arena *);
        const char *from, *to;
    } rows[] = {
        {text_nfkc, "", ""},
        {text_nfkc, "ＡＢ１２", "AB12"},
        {text_nfkc, "ﾎｲｸｼﾞｮ", "ホイクジョ"},
        {text_nfkc, "㈱", "(株)"},
        {text_nfkc, "\uFA19", "神"},
        {text_nfkc, "髙﨑", "髙﨑"},
        {text_nfkc, "か\u3099", "が"},
        {text_katakana, "はなまき ゔゖゝ漢A", "ハナマキ ヴヶヽ漢A"},
        {text_hiragana, "ハナマキ ヴヶヽ漢A", "はなまき ゔゖゝ漢A"},
        {text_hiragana, "ー・", "ー・"},
        {text_unspaced, " 山　田\t太\u00A0郎\u200B\n", "山田太郎"},
        {text_trim, " \u3000山 田\u3000 ", "山 田"},
        {text_trim, "山", "山"},
        {text_trim, " \u3000", ""},
        {text_trim, "", ""},
        {text_match_key, "ﾊﾅﾏｷ ほいくえん", "ハナマキホイクエン"},
        {text_match_key, "はなまきー園", "ハナマキー園"},
        {text_match_key, "ハナマキ－園", "ハナマキー園"},
        {text_match_key, "ハナマキ-園", "ハナマキー園"},
        {text_match_key, "1ー2－3‐4−5―6", "1-2-3-4-5-6"},
        {text_match_key, "A－1 号", "A-1号"},
        {text_match_key, "オーー", "オーー"},
        {text_match_key, "カ－1－2", "カー1-2"},
        {text_match_key, "ー", "-"},
        {text_match_key, "", ""},
    };
    struct arena mem = ARENA_INIT;
    for (size_t i = 0; i < COUNT(rows); i++)
        assert_string_equal(rows[i].rewrite(rows[i].from, &mem), rows[i].to);
    arena_release(&mem);
}

static void katakana_is_recognised(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        bool yes;
    } rows[] = {
        {"ヤマダ　タロウ", true}, {"ジョン・スミス", true}, {"ﾔﾏﾀﾞ", true},
        {"ヤマダ太郎", false},    {"やまだ", false},        {"ヤマダ1", false},
        {"ケーキ", true},
    };
    for (size_t i = 0; i < COUNT(rows); i++)
        assert_int_equal(text_is_katakana(rows[i].text), rows[i].yes);
}

static void distance_counts_code_points(void **state)
{
    (void)state;
    static const struct {
        const char *one, *other;
        int distance;
    } rows[] = {
        {"", "", 0},
        {"", "園", 1},
        {"園", "", 1},
        {"sibling", "sibling", 0},
        {"kitten", "sitting", 3},
        {"保育所", "保育園", 1},
        {"ひまわり", "ひわまり", 2},
        {"abc", "xyz", 3},
        {"𠮷田", "吉田", 1},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        assert_int_equal(text_distance(rows[i].one, rows[i].other),
                         rows[i].distance);
        assert_int_equal(text_distance(rows[i].other, rows[i].one),
                         rows[i].distance);
    }
}

static void the_nearest_name_is_near_and_alone(void **state)
{
    (void)state;
    static const char *const names[] = {"points", "wording", "when",  "highest",
                                        "lowest", "tree",    "three", "thred"};
    static const struct {
        const char *text, *nearest;
    } rows[] = {
        {"point", "points"}, {"wordng", "wording"}, {"whne", NULL},
        {"wen", "when"},     {"xxxxxx", NULL},      {"", NULL},
        {"when", "when"},    {"thre", NULL},        {"zhighest", "highest"},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        const char *found = text_nearest(rows[i].text, names, COUNT(names));
        if (rows[i].nearest) {
            assert_non_null(found);
            assert_string_equal(found, rows[i].nearest);
        } else {
            assert_null(found);
        }
    }
    assert_null(text_nearest("x", NULL, 0));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(utf8_is_checked_to_the_byte),
        cmocka_unit_test(codes_go_out_and_come_back),
        cmocka_unit_test(lengths_and_columns),
        cmocka_unit_test(texts_are_rewritten),
        cmocka_unit_test(katakana_is_recognised),
        cmocka_unit_test(distance_counts_code_points),
        cmocka_unit_test(the_nearest_name_is_near_and_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
