#include "core/buf.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void bytes_follow_each_other(void **state)
{
    (void)state;
    struct buf b = BUF_INIT;
    buf_text(&b, "園");
    buf_char(&b, ':');
    buf_printf(&b, "%d/%s", 12, "x");
    buf_add(&b, "a\0b", 3);
    buf_add(&b, NULL, 0);
    assert_int_equal(b.len, 3 + 1 + 4 + 3);
    assert_memory_equal(b.bytes, "園:12/xa\0b\0", 12);
    buf_release(&b);
}

static void it_grows_past_every_size(void **state)
{
    (void)state;
    struct buf b = BUF_INIT;
    for (int i = 0; i < 5000; i++) {
        buf_char(&b, (char)('a' + i % 26));
        assert_int_equal(b.bytes[b.len], '\0');
    }
    char wide[3000];
    memset(wide, 'w', sizeof wide - 1);
    wide[sizeof wide - 1] = '\0';
    buf_printf(&b, "%s", wide);
    assert_int_equal(b.len, 5000 + 2999);
    for (int i = 0; i < 5000; i++)
        assert_int_equal(b.bytes[i], 'a' + i % 26);
    assert_string_equal(b.bytes + 5000, wide);
    buf_release(&b);
}

static void clear_keeps_memory_and_release_gives_it_back(void **state)
{
    (void)state;
    struct buf b = BUF_INIT;
    buf_clear(&b);
    buf_release(&b);
    buf_text(&b, "abc");
    size_t capacity = b.capacity;
    buf_clear(&b);
    assert_int_equal(b.len, 0);
    assert_string_equal(b.bytes, "");
    assert_int_equal(b.capacity, capacity);
    buf_release(&b);
    assert_null(b.bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bytes_follow_each_other),
        cmocka_unit_test(it_grows_past_every_size),
        cmocka_unit_test(clear_keeps_memory_and_release_gives_it_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
