#include "core/hash.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/* FIPS 180-4 examples. */
static void known_digests(void **state)
{
    (void)state;
    static const struct {
        const char *text, *hex;
    } rows[] = {
        {"", "e3b0c44298fc1c149afbf4c8996fb924"
             "27ae41e4649b934ca495991b7852b855"},
        {"abc", "ba7816bf8f01cfea414140de5dae2223"
                "b00361a396177a9cb410ff61f20015ad"},
        {"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
         "248d6a61d20638b8e5c026930c3e6039"
         "a33ce45964ff2167f6ecedd419db06c1"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char hex[HASH_HEX];
        hash_bytes_hex(rows[i].text, strlen(rows[i].text), hex);
        assert_string_equal(hex, rows[i].hex);
        struct hash h;
        hash_start(&h);
        for (const char *p = rows[i].text; *p; p++)
            hash_add(&h, p, 1);
        hash_add(&h, NULL, 0);
        hash_hex(&h, hex);
        assert_string_equal(hex, rows[i].hex);
    }
}

static void texts_are_told_apart_by_their_ends(void **state)
{
    (void)state;
    static const char *const pairs[][2] = {
        {"ab", "c"}, {"a", "bc"}, {"abc", ""}, {"", "abc"}};
    char hex[4][HASH_HEX];
    for (size_t i = 0; i < 4; i++) {
        struct hash h;
        hash_start(&h);
        hash_add_text(&h, pairs[i][0]);
        hash_add_text(&h, pairs[i][1]);
        hash_hex(&h, hex[i]);
        for (size_t k = 0; k < i; k++)
            assert_string_not_equal(hex[i], hex[k]);
    }
}

/* Run ids and lotteries rest on these bytes: they must never change. */
static void a_text_is_its_length_in_eight_bytes_and_itself(void **state)
{
    (void)state;
    char one[HASH_HEX], other[HASH_HEX];
    struct hash h;
    hash_start(&h);
    hash_add_text(&h, "ab");
    hash_hex(&h, one);
    hash_bytes_hex("\x02\0\0\0\0\0\0\0ab", 10, other);
    assert_string_equal(one, other);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(known_digests),
        cmocka_unit_test(texts_are_told_apart_by_their_ends),
        cmocka_unit_test(a_text_is_its_length_in_eight_bytes_and_itself),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
