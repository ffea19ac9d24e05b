#include "core/confusion.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "core/confusion_table.h"
#include "core/text.h"

#define COUNT(rows) (sizeof(rows) / sizeof(rows)[0])

static uint32_t code(const char *text)
{
    return text_next(&text);
}

static void the_table_is_in_order_and_cheaper_than_an_edit(void **state)
{
    (void)state;
    assert_true(n_confusions > 20);
    for (size_t i = 0; i < n_confusions; i++) {
        const struct confusion *c = &confusions[i];

        assert_int_not_equal(c->read, c->meant);
        assert_in_range(c->cost, 1, CONFUSION_EDIT - 1);
        assert_int_equal(confusion_cost(c->read, c->meant), c->cost);
        if (i > 0)
            assert_true(c[-1].read < c->read ||
                        (c[-1].read == c->read && c[-1].meant < c->meant));
    }
}

static void what_nobody_mistakes_is_a_whole_edit(void **state)
{
    (void)state;
    assert_int_equal(confusion_cost(code("ア"), code("ア")), 0);
    assert_int_equal(confusion_cost(code("一"), code("保")), CONFUSION_EDIT);
    assert_int_equal(confusion_distance("", ""), 0);
    assert_int_equal(confusion_distance("園", ""), CONFUSION_EDIT);
    assert_int_equal(confusion_distance("", "保育"), 2 * CONFUSION_EDIT);
    assert_int_equal(confusion_distance("一園", "保園"), CONFUSION_EDIT);
}

/* Every measured mistake, inside of a word. */
static void a_likely_mistake_is_nearer_than_another(void **state)
{
    char read[16], meant[16];

    (void)state;
    for (size_t i = 0; i < n_confusions; i++) {
        size_t n = text_put(read, code("東"));
        size_t m = text_put(meant, code("東"));

        n += text_put(read + n, confusions[i].read);
        m += text_put(meant + m, confusions[i].meant);
        read[n] = meant[m] = '\0';
        assert_int_equal(confusion_distance(read, meant), confusions[i].cost);
    }
}

static void never_more_than_the_plain_distance(void **state)
{
    static const char *const words[] = {
        "シンセイホイクエン",
        "ツンセイホイクエン",
        "第一保育園",
        "第二保育園",
        "ソラ",
        "ンラ",
        "",
        "中央",
    };

    (void)state;
    for (size_t i = 0; i < COUNT(words); i++)
        for (size_t k = 0; k < COUNT(words); k++)
            assert_true(confusion_distance(words[i], words[k]) <=
                        CONFUSION_EDIT * text_distance(words[i], words[k]));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_table_is_in_order_and_cheaper_than_an_edit),
        cmocka_unit_test(what_nobody_mistakes_is_a_whole_edit),
        cmocka_unit_test(a_likely_mistake_is_nearer_than_another),
        cmocka_unit_test(never_more_than_the_plain_distance),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
