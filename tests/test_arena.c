#include "core/arena.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void memory_is_zeroed_aligned_and_apart(void **state)
{
    (void)state;
    struct arena a = ARENA_INIT;
    static const size_t sizes[] = {0, 1, 15, 16, 17, 4096, 200000, 3};
    unsigned char *before = NULL;
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        unsigned char *p = arena_alloc(&a, sizes[i]);
        assert_non_null(p);
        assert_ptr_not_equal(p, before);
        assert_int_equal((uintptr_t)p % _Alignof(max_align_t), 0);
        for (size_t k = 0; k < sizes[i]; k++)
            assert_int_equal(p[k], 0);
        memset(p, 0xFF, sizes[i]);
        before = p;
    }
    arena_release(&a);
}

static void text_is_copied_and_closed(void **state)
{
    (void)state;
    struct arena a = ARENA_INIT;
    assert_string_equal(arena_copy(&a, "ABCDE", 3), "ABC");
    assert_string_equal(arena_copy(&a, NULL, 0), "");
    assert_string_equal(arena_strdup(&a, "保育所"), "保育所");
    assert_string_equal(arena_printf(&a, "%s-%d", "p", 7), "p-7");
    assert_string_equal(arena_printf(&a, "%s", ""), "");
    arena_release(&a);
}

static void growing_keeps_the_old_place(void **state)
{
    (void)state;
    struct arena a = ARENA_INIT;
    int *old = ARENA_ARRAY(&a, int, 2);
    old[0] = 1;
    old[1] = 2;
    int *grown = arena_grow(&a, old, 2, 4, sizeof *old);
    assert_int_equal(grown[1], 2);
    assert_int_equal(grown[3], 0);
    grown[1] = 5;
    assert_int_equal(old[1], 2);
    assert_non_null(arena_grow(&a, NULL, 0, 1, 8));
    arena_release(&a);
}

static void a_room_is_filled_first_and_not_freed(void **state)
{
    (void)state;
    struct arena_room room;
    struct arena a = arena_in(&room);
    memset(&room.data[2], 0xFF, 64);
    char *first = arena_alloc(&a, 100);
    assert_true((char *)&room <= first && first < (char *)(&room + 1));
    for (size_t i = 0; i < 100; i++)
        assert_int_equal(first[i], 0);
    assert_int_equal(a.total, 0);
    char *large = arena_alloc(&a, sizeof room);
    assert_false((char *)&room <= large && large < (char *)(&room + 1));
    arena_clear(&a);
    assert_non_null(arena_alloc(&a, 10));
    arena_release(&a);
    a = arena_in(&room);
    arena_clear(&a); /* the room itself, from its beginning */
    assert_ptr_equal(arena_alloc(&a, 100), first);
    arena_release(&a);
}

static void release_leaves_an_empty_arena(void **state)
{
    (void)state;
    struct arena a = ARENA_INIT;
    arena_release(&a);
    arena_alloc(&a, 100);
    assert_true(a.total >= 100);
    arena_release(&a);
    assert_null(a.blocks);
    assert_int_equal(a.total, 0);
    arena_release(&a);
}

static void clearing_keeps_a_block_and_gives_zeroes(void **state)
{
    (void)state;
    struct arena a = ARENA_INIT;
    arena_clear(&a);
    assert_null(a.blocks);
    char *first = arena_alloc(&a, 100);
    memset(first, 0xFF, 100);
    arena_alloc(&a, 200000);
    arena_alloc(&a, 60000);
    arena_clear(&a);
    size_t held = a.total;
    assert_true(held > 0 && held < 300000);
    char *again = arena_alloc(&a, 50000);
    for (size_t k = 0; k < 50000; k++)
        assert_int_equal(again[k], 0);
    assert_int_equal(a.total, held);
    arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(clearing_keeps_a_block_and_gives_zeroes),
        cmocka_unit_test(memory_is_zeroed_aligned_and_apart),
        cmocka_unit_test(text_is_copied_and_closed),
        cmocka_unit_test(growing_keeps_the_old_place),
        cmocka_unit_test(a_room_is_filled_first_and_not_freed),
        cmocka_unit_test(release_leaves_an_empty_arena),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
