/* Small kana are told from large ones by size and by what may stand there. */
#include "ocr/kana_word.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/text.h"
#include "ocr/kana_sizes.h"

#define COUNT(rows) (sizeof(rows) / sizeof(rows)[0])

enum { EM = 60, MOST = 16 };

static int shape_of(const char *kana)
{
    for (int i = 0; i < KANA_EMPTY; i++)
        if (strncmp(kana_shape(i), kana, strlen(kana_shape(i))) == 0)
            return i;
    fail_msg("no shape begins %s", kana);
    return -1;
}

/* Large kana as printed, '*' behind one: drawn small, '?' : between the two,
 * a space: an empty cell. */
static size_t see(const char *drawn, struct kana_seen seen[MOST])
{
    size_t n = 0;

    while (*drawn) {
        struct kana_seen *s = &seen[n++];

        *s = (struct kana_seen){.guess = {.best = KANA_EMPTY}};
        if (*drawn == ' ') {
            drawn++;
            continue;
        }
        int shape = shape_of(drawn);
        int large = kana_large_size[shape], small = kana_small_size[shape];

        s->guess.best = shape;
        drawn += strlen(kana_shape(shape));
        if (*drawn == '*')
            large = small;
        else if (*drawn == '?')
            large = (large + small) / 2;
        drawn += *drawn == '*' || *drawn == '?';
        s->size = EM * large / 1000;
    }
    return n;
}

static void words_come_out_as_they_were_meant(void **state)
{
    static const struct {
        const char *drawn, *text;
        bool uncertain;
    } rows[] = {
        {"タロウ", "タロウ", false},
        {"キヤ*リ", "キャリ", false},
        {"キヤリ", "キヤリ", false},
        {"シヨ*ウタ", "ショウタ", false},
        {"ハツ*トリ", "ハットリ", false},
        {"ハツトリ", "ハツトリ", false},
        {"フア*ミ", "ファミ", false},
        {"ヒヨ*ウホン ユウマ", "ヒョウホン ユウマ", false},
        {" タロウ ", "タロウ", false},
        /* the size says small, the language does not */
        {"タヤ*マ", "タヤマ", true},
        {"ヤ*マダ", "ヤマダ", true},
        {"カツ*", "カツ", true},
        /* the size says nothing: the language, and somebody looks */
        {"キヤ?リ", "キャリ", true},
        {"カヤ?リ", "カヤリ", false},
        /* nothing tells how large this hand writes */
        {"ヤヨイ", "ヤヨイ", false},
        {"", "", false},
    };
    struct kana_seen seen[MOST];

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct arena a = ARENA_INIT;
        size_t n = see(rows[i].drawn, seen);
        struct kana_word w = kana_word_join(seen, n, &a);

        if (strcmp(w.text, rows[i].text) != 0 ||
            w.uncertain != rows[i].uncertain)
            fail_msg("%s: %s, %s", rows[i].drawn, w.text,
                     w.uncertain ? "uncertain" : "certain");
        arena_release(&a);
    }
}

/* A word of nothing but kana that have a small form, and one may be small. */
static void without_a_measure_nothing_is_certain(void **state)
{
    struct kana_seen seen[MOST];
    struct arena a = ARENA_INIT;
    size_t n = see("アツオ", seen);

    (void)state;
    assert_true(kana_word_join(seen, n, &a).uncertain);
    arena_release(&a);
}

static void small_kana_are_smaller_in_every_pair(void **state)
{
    int pairs = 0;

    (void)state;
    for (int i = 0; i < KANA_EMPTY; i++) {
        pairs += kana_small_size[i] > 0;
        assert_true(kana_small_size[i] < kana_large_size[i]);
    }
    assert_int_equal(pairs, 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_come_out_as_they_were_meant),
        cmocka_unit_test(without_a_measure_nothing_is_certain),
        cmocka_unit_test(small_kana_are_smaller_in_every_pair),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
