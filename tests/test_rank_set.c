/* A set against a plain array of marks. */
#include "market_random.h"

#include "core/arena.h"
#include "scoring/placement/rank_set.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static size_t last_mark(const bool *marks, size_t n)
{
    while (n > 0 && !marks[n - 1])
        n--;
    return n ? n - 1 : RANK_SET_EMPTY;
}

static void the_last_member_is_found_at_every_size(void **state)
{
    (void)state;
    static const size_t sizes[] = {0, 1, 63, 64, 65, 4096, 4097, 300000};
    uint64_t seed = 1;
    for (size_t s = 0; s < sizeof sizes / sizeof sizes[0]; s++) {
        struct arena a = ARENA_INIT;
        size_t n = sizes[s];
        bool *marks = ARENA_ARRAY(&a, bool, n);
        uint64_t *words = ARENA_ARRAY(&a, uint64_t, rank_set_words(n));
        assert_true(rank_set_last(words, n) == RANK_SET_EMPTY);
        for (int i = 0; n && i < 3000; i++) {
            size_t at = random_below(&seed, (unsigned)n);
            if (random_below(&seed, 4) == 0)
                at = last_mark(marks, n) == RANK_SET_EMPTY
                         ? at
                         : last_mark(marks, n);
            marks[at] = !marks[at];
            if (marks[at])
                rank_set_add(words, n, at);
            else
                rank_set_remove(words, n, at);
            if (i % 16 == 0 || n < 100)
                assert_int_equal(rank_set_last(words, n), last_mark(marks, n));
        }
        arena_release(&a);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_last_member_is_found_at_every_size),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
