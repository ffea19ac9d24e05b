/* The engine alone: how odds become an answer, and what the vote sees. */
#include "ocr/glyph_net.h"

#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "ocr/glyph_file.h"

#define COUNT(rows) (sizeof(rows) / sizeof(rows)[0])

enum { CLASSES = 4, HALVING = 256 };

static struct glyph_odds odds_of(const int net[CLASSES],
                                 const int vote[CLASSES])
{
    struct glyph_odds o = {.classes = CLASSES};

    for (int i = 0; i < CLASSES; i++) {
        o.net[i] = net[i] * HALVING;
        o.vote[i] = vote[i] * HALVING;
        o.likely[i] = o.net[i] + o.vote[i];
    }
    return o;
}

static void odds_are_added_and_become_shares(void **state)
{
    /* halvings of net and vote; 1 halving less is half as likely */
    static const struct {
        int net[CLASSES], vote[CLASSES];
        int best, second, confidence, margin;
        bool disputed;
    } rows[] = {
        {{0, -1, -40, -50}, {0, 0, -40, -50}, 0, 1, 666, 333, false},
        {{0, -1, -60, -60}, {0, -1, -60, -60}, 0, 1, 800, 600, false},
        {{-50, -60, 0, -9}, {-50, -60, 0, -9}, 2, 3, 999, 999, false},
        {{0, 0, -60, -60}, {0, 0, -60, -60}, 0, 1, 500, 0, false},
        /* the vote turns it, and what is turned is never sure */
        {{0, -2, -60, -60},
         {-20, 0, -60, -60},
         1,
         0,
         GLYPH_DISPUTED,
         GLYPH_DISPUTED,
         true},
        {{0, -20, -60, -60},
         {-1, 0, -60, -60},
         0,
         1,
         GLYPH_DISPUTED,
         GLYPH_DISPUTED,
         true},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct glyph_odds o = odds_of(rows[i].net, rows[i].vote);
        struct glyph_guess g = glyph_pick(&o, NULL);

        assert_int_equal(g.best, rows[i].best);
        assert_int_equal(g.second, rows[i].second);
        assert_true(abs(g.confidence - rows[i].confidence) <= 1);
        assert_true(abs(g.margin - rows[i].margin) <= 1);
        assert_int_equal(g.disputed, rows[i].disputed);
    }
}

/* However sure the mean of the views is. */
static void what_wavers_is_disputed(void **state)
{
    static const int sure[CLASSES] = {0, -20, -30, -40};
    struct glyph_odds o = odds_of(sure, sure);

    (void)state;
    assert_int_equal(glyph_pick(&o, NULL).confidence, 1000);
    o.wavers = true;
    assert_true(glyph_pick(&o, NULL).disputed);
    assert_int_equal(glyph_pick(&o, NULL).confidence, GLYPH_DISPUTED);
}

static void what_is_not_allowed_does_not_count(void **state)
{
    static const int net[CLASSES] = {0, -1, -2, -60};
    static const bool allowed[CLASSES] = {false, true, true, true};
    struct glyph_odds o = odds_of(net, net);
    struct glyph_guess g = glyph_pick(&o, allowed);

    (void)state;
    assert_int_equal(g.best, 1);
    assert_int_equal(g.second, 2);
    assert_in_range(g.confidence, 799, 801);
}

static void the_vote_knows_directions(void **state)
{
    uint8_t lying[GLYPH_PIXELS] = {0}, standing[GLYPH_PIXELS] = {0};
    uint8_t a[VOTE_FEATURES], b[VOTE_FEATURES];

    (void)state;
    for (int y = 0; y < GLYPH_SIDE; y++)
        for (int x = 0; x < GLYPH_SIDE; x++) {
            lying[y * GLYPH_SIDE + x] = y >= 12 && y < 16 ? 255 : 0;
            standing[y * GLYPH_SIDE + x] = x >= 12 && x < 16 ? 255 : 0;
        }
    vote_features(lying, a);
    vote_features(standing, b);
    /* the middle place: a lying bar has slopes down and up, a standing one
     * right and left */
    const uint8_t *m = a + 12 * VOTE_DIRECTIONS, *n = b + 12 * VOTE_DIRECTIONS;
    for (int d = 0; d < VOTE_DIRECTIONS; d++) {
        assert_true(d % 4 == 2 ? m[d] > 20 : m[d] == 0);
        assert_true(d % 4 == 0 ? n[d] > 20 : n[d] == 0);
    }
    memset(lying, 0, sizeof lying);
    vote_features(lying, a);
    for (int i = 0; i < VOTE_FEATURES; i++)
        assert_int_equal(a[i], 0);
}

static void the_nearest_example_of_each_class_counts(void **state)
{
    static uint8_t examples[3 * VOTE_FEATURES];
    static const uint8_t class_of[3] = {0, 2, 2};
    const struct glyph_votes v = {3, class_of, examples};
    uint8_t seen[VOTE_FEATURES] = {0};
    int32_t far[GLYPH_MAX_CLASSES];

    (void)state;
    memset(examples, 1, VOTE_FEATURES);
    memset(examples + VOTE_FEATURES, 5, VOTE_FEATURES);
    memset(examples + (size_t)2 * VOTE_FEATURES, 2, VOTE_FEATURES);
    vote_distances(&v, 3, seen, far);
    assert_int_equal(far[0], VOTE_FEATURES);
    assert_int_equal(far[1], INT32_MAX);
    assert_int_equal(far[2], 4 * VOTE_FEATURES);
}

static void every_net_has_its_shape_and_a_name_of_its_own(void **state)
{
    const struct glyph_net *const nets[] = {glyph_file_net("digit.net"),
                                            glyph_file_net("kana.net")};

    (void)state;
    for (size_t i = 0; i < COUNT(nets); i++) {
        const struct glyph_net *n = nets[i];

        assert_int_equal(strlen(n->version), 12);
        for (size_t k = 0; k < i; k++)
            assert_string_not_equal(n->version, nets[k]->version);
        for (int e = 0; e < n->votes.n; e++)
            assert_true(n->votes.class_of[e] <= glyph_other(n));
    }
}

static void views_keep_the_middle_and_bend_the_rest(void **state)
{
    uint8_t bar[GLYPH_PIXELS] = {0}, seen[GLYPH_PIXELS];

    (void)state;
    for (int y = 4; y < 24; y++)
        for (int x = 12; x < 16; x++)
            bar[y * GLYPH_SIDE + x] = 255;
    for (int view = 0; view < GLYPH_VIEWS; view++) {
        int64_t ink = 0, x_sum = 0, y_sum = 0;

        glyph_view(bar, view, seen);
        if (view == 0)
            assert_memory_equal(seen, bar, sizeof bar);
        else
            assert_memory_not_equal(seen, bar, sizeof bar);
        for (int y = 0; y < GLYPH_SIDE; y++)
            for (int x = 0; x < GLYPH_SIDE; x++) {
                ink += seen[y * GLYPH_SIDE + x];
                x_sum += x * seen[y * GLYPH_SIDE + x];
                y_sum += y * seen[y * GLYPH_SIDE + x];
            }
        /* as much ink, and its middle, 13.5, where it was */
        assert_in_range(ink, 4 * 20 * 255 * 97 / 100, 4 * 20 * 255 * 103 / 100);
        assert_in_range(x_sum * 100 / ink, 1340, 1360);
        assert_in_range(y_sum * 100 / ink, 1340, 1360);
    }
    /* leaning: the top goes one way in view 3, the other way in view 4 */
    glyph_view(bar, 3, seen);
    assert_true(seen[6 * GLYPH_SIDE + 11] < seen[6 * GLYPH_SIDE + 16]);
    glyph_view(bar, 4, seen);
    assert_true(seen[6 * GLYPH_SIDE + 11] > seen[6 * GLYPH_SIDE + 16]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(odds_are_added_and_become_shares),
        cmocka_unit_test(what_wavers_is_disputed),
        cmocka_unit_test(what_is_not_allowed_does_not_count),
        cmocka_unit_test(the_vote_knows_directions),
        cmocka_unit_test(the_nearest_example_of_each_class_counts),
        cmocka_unit_test(views_keep_the_middle_and_bend_the_rest),
        cmocka_unit_test(every_net_has_its_shape_and_a_name_of_its_own),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
