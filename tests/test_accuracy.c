#include "bench/accuracy_bound.h"
#include "bench/accuracy_damage.h"
#include "bench/accuracy_group.h"
#include "fixtures/outcome.h"
#include "fixtures/truth_read.h"
#include "ocr/paper/idx.h"
#include "ocr/paper/ink.h"

#include "core/file.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#define COUNT(x) (sizeof(x) / sizeof(x)[0])

static char folder[64];

static const char *write_file(const char *name, const char *bytes, size_t len,
                              struct arena *a)
{
    const char *path = path_join(a, folder, name);
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    assert_int_equal(fwrite(bytes, 1, len, f), len);
    fclose(f);
    return path;
}

/* ── what counts ── */

static void a_bound_is_the_share_that_would_show_more(void **state)
{
    (void)state;
    /* From tables of the binomial distribution; 0 of n: 1 - 0.05^(1/n). */
    static const struct {
        long k, n;
        double bound;
    } cases[] = {
        {0, 1, 0.95},     {0, 10, 0.25887},    {0, 1000, 0.0029913},
        {1, 10, 0.39416}, {2, 100, 0.06162},   {10, 10, 1},
        {0, 0, 1},        {5, 1000, 0.010479},
    };
    for (size_t i = 0; i < COUNT(cases); i++)
        if (fabs(bound_upper(cases[i].k, cases[i].n) - cases[i].bound) > 5e-5)
            fail_msg("%ld of %ld: %.6f, not %.6f", cases[i].k, cases[i].n,
                     bound_upper(cases[i].k, cases[i].n), cases[i].bound);
}

static void a_reading_comes_out_one_of_four_ways(void **state)
{
    (void)state;
    static const struct {
        enum fill_kind kind;
        bool sure;
        const char *read, *truth;
        enum outcome outcome;
    } cases[] = {
        {FILL_DIGITS, true, "090-0000-1234", "09000001234", RIGHT},
        {FILL_PRINTED, true, "見本花子", "見本　花子", RIGHT},
        {FILL_PRINTED, false, "見本花子", "見本 花子", FLAGGED},
        {FILL_DATE, false, "2026-11-01", "2026-11-07", WRONG_FLAGGED},
        {FILL_DATE, true, "2026-11-01", "2026-11-07", WRONG_SILENT},
        /* Nothing proposed for a box that is empty: still a question. */
        {FILL_DATE, false, "", "", WRONG_FLAGGED},
        {FILL_TICK, true, "", "はい", WRONG_SILENT},
    };
    for (size_t i = 0; i < COUNT(cases); i++)
        assert_int_equal(outcome_of(cases[i].kind, cases[i].sure, cases[i].read,
                                    cases[i].truth),
                         cases[i].outcome);
}

static struct accuracy_row box(enum fill_kind kind, const char *type,
                               const char *hand, const char *truth,
                               const char *value, int confidence)
{
    return (struct accuracy_row){.row = ROW_BOX,
                                 .kind = kind,
                                 .type = type,
                                 .hand = hand,
                                 .truth = truth,
                                 .state = READING_ACCEPTED,
                                 .value = value,
                                 .reason = "",
                                 .confidence = confidence};
}

static void kinds_are_told_by_who_wrote_what(void **state)
{
    (void)state;
    static const struct {
        enum fill_kind kind;
        const char *type, *hand;
        enum group group;
        enum accept_kind accept;
    } cases[] = {
        {FILL_DIGITS, "code", "printed A", GROUP_PRINT_NUMBERS, ACCEPT_DIGITS},
        {FILL_DIGITS, "time", "printed A", GROUP_PRINT_NUMBERS, ACCEPT_DATES},
        {FILL_DATE, "date cells", "handwriting ink", GROUP_HAND_CELLS,
         ACCEPT_DATES},
        {FILL_DATE, "date", "handwriting ink", GROUP_HAND_NUMBERS,
         ACCEPT_DATES},
        {FILL_PRINTED, "kana", "printed A", GROUP_PRINT_KANA, ACCEPT_PRINTED},
        {FILL_PRINTED, "name", "printed A", GROUP_PRINT_NAMES, ACCEPT_PRINTED},
        {FILL_PRINTED, "text", "printed A", GROUP_PRINT_TEXT, ACCEPT_PRINTED},
        {FILL_HANDWRITING, "text", "handwriting B", GROUP_HAND_TEXT,
         ACCEPT_PRINTED},
        {FILL_RING, "ring", "handwriting B", GROUP_RINGS, ACCEPT_RINGS},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct accuracy_row row =
            box(cases[i].kind, cases[i].type, cases[i].hand, "1", "1", 1000);
        assert_int_equal(group_of(&row), cases[i].group);
        assert_int_equal(group_accept_kind(&row), cases[i].accept);
    }
    for (int g = 0; g < N_GROUPS; g++)
        assert_non_null(group_goals[g].name.ja);
}

static void a_threshold_turns_silence_into_questions(void **state)
{
    (void)state;
    struct accuracy_row rows[] = {
        box(FILL_DIGITS, "code", "printed A", "0101", "0101", 999),
        box(FILL_DIGITS, "code", "printed A", "0102", "0107", 985),
        box(FILL_DIGITS, "code", "printed A", "", "", 1000),
        box(FILL_DIGITS, "code", "printed A", "0103", "", 0),
    };
    struct tally low = {.letters = 0}, high = {.letters = 0};
    rows[2].state = READING_BLANK;
    rows[3].reason = "page-not-read";
    for (size_t i = 0; i < COUNT(rows); i++) {
        tally_add(&low, &rows[i], 980);
        tally_add(&high, &rows[i], 990);
    }
    assert_int_equal(low.count[WRONG_SILENT], 1);
    assert_int_equal(low.count[RIGHT], 1);
    assert_int_equal(high.count[WRONG_SILENT], 0);
    assert_int_equal(high.count[WRONG_FLAGGED], 1);
    assert_int_equal(high.count[UNREAD], 1);
    assert_int_equal(tally_all(&high), 2);
    assert_int_equal(low.letters, 8);
    assert_int_equal(low.sure_letters_wrong, 1);
}

/* ── what is kept ── */

static void put(struct row_file *f, enum row_kind kind, const char *file,
                int page, const char *value)
{
    struct accuracy_row row =
        box(FILL_PRINTED, "text", "printed A", value, value, 980);
    row.row = kind;
    row.file = file;
    row.page = page;
    row.field = kind == ROW_PAGE ? "application 1" : "note";
    row_put(f, &row);
}

static struct accuracy_row page(const char *damage, const char *form,
                                const char *truth, const char *reason)
{
    return (struct accuracy_row){.row = ROW_PAGE,
                                 .type = damage,
                                 .field = form,
                                 .truth = truth,
                                 .reason = reason,
                                 .cpu_us = 500};
}

/* The boxes of a page stand before it, and only its own damage has them. */
static void a_damage_is_a_row(void **state)
{
    (void)state;
    struct accuracy_row items[] = {
        box(FILL_DIGITS, "code", "printed A", "0101", "0101", 999),
        box(FILL_DIGITS, "code", "printed A", "0102", "0107", 999),
        box(FILL_DIGITS, "code", "printed A", "0103", "0103", 900),
        page("blur", "cover 1", "cover 1", ""),
        box(FILL_DIGITS, "code", "printed A", "0101", "0101", 999),
        page("half", "cover 1", "cover 1", ""),
        box(FILL_DIGITS, "code", "printed A", "0104", "", 0),
        page("blur", "", "cover 1", "form-not-found"),
        page("blur", "cover 1", "application 1", ""),
    };
    const struct accuracy_rows rows = {.items = items, .n = COUNT(items)};
    int accept[N_ACCEPT_KINDS];
    for (int i = 0; i < N_ACCEPT_KINDS; i++)
        accept[i] = 990;
    items[6].reason = "page-not-read";
    struct damage_sum s = {.damage = "blur"};
    damage_sum_add(&s, &rows, accept);
    assert_int_equal(s.pages, 3);
    assert_int_equal(s.read, 1);
    assert_int_equal(s.wrong_form, 1);
    assert_string_equal(s.aside[0].reason, "form-not-found");
    assert_int_equal(s.aside[0].n, 1);
    assert_int_equal(s.values, 3);
    assert_int_equal(s.exact, 1);
    assert_int_equal(s.referred, 1);
    assert_int_equal(s.first_right, 1);
    assert_int_equal(s.silent, 1);
    assert_int_equal(s.cpu_us, 1500);
}

static void a_run_goes_on_behind_the_last_whole_page(void **state)
{
    (void)state;
    struct arena a = ARENA_INIT;
    struct diag d = DIAG_INIT;
    struct accuracy_rows rows;
    struct row_file f;
    const char *path = path_join(&a, folder, "results.csv");

    assert_true(rows_load(&rows, path, &a, &d));
    assert_int_equal(rows.n, 0);
    assert_true(row_file_open(&f, path, rows.whole, &d));
    put(&f, ROW_BOX, "a.tif", 1, "二行\nの, \"値\"");
    put(&f, ROW_PAGE, "a.tif", 1, "");
    put(&f, ROW_BOX, "a.tif", 2, "cut off here");
    assert_true(row_file_flush(&f));
    row_file_close(&f);

    assert_true(rows_load(&rows, path, &a, &d));
    assert_int_equal(rows.n, 2);
    assert_string_equal(rows.items[0].value, "二行 の, \"値\"");
    assert_int_equal(rows.items[0].confidence, 980);
    assert_true(rows_have(&rows, "a.tif", 1));
    assert_false(rows_have(&rows, "a.tif", 2));
    assert_true(row_file_open(&f, path, rows.whole, &d));
    put(&f, ROW_BOX, "a.tif", 2, "whole");
    put(&f, ROW_PAGE, "a.tif", 2, "");
    assert_true(row_file_flush(&f));
    row_file_close(&f);

    assert_true(rows_load(&rows, path, &a, &d));
    assert_int_equal(rows.n, 4);
    assert_string_equal(rows.items[2].value, "whole");
    write_file("other.csv", "row,file\npage,1\n", 16, &a);
    assert_false(rows_load(&rows, path_join(&a, folder, "other.csv"), &a, &d));
    assert_true(diag_has(&d, "bad-results"));
    diag_release(&d);
    arena_release(&a);
}

/* ── other people's data ── */

static void anybody_s_boxes_are_named_by_their_place(void **state)
{
    (void)state;
    static const struct {
        const char *csv, *check;
    } cases[] = {
        {"file,page,place,kind,value\na.png,1,10 20 300 40,digits,123\n", NULL},
        {"file,page,place,kind,value\na.png,1,10 20 300,digits,1\n",
         "bad-place"},
        {"file,page,place,kind,value\na.png,1,10 20 0 40,digits,1\n",
         "bad-place"},
        {"file,page,place,kind,value\na.png,1,10 20 3 40,colour,1\n",
         "bad-truth"},
        {"file,page,kind,value\na.png,1,digits,1\n", "unknown-column"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct arena a = ARENA_INIT;
        struct diag d = DIAG_INIT;
        struct truth_book b;
        write_file("fields.csv", cases[i].csv, strlen(cases[i].csv), &a);
        bool ok = truth_boxes_read(&b, folder, &d);
        assert_int_equal(ok, !cases[i].check);
        if (ok) {
            assert_int_equal(b.n_boxes, 1);
            assert_int_equal(b.boxes[0].left, 10);
            assert_int_equal(b.boxes[0].height, 40);
            assert_string_equal(b.boxes[0].hand, "");
        } else {
            assert_true(diag_has(&d, cases[i].check));
        }
        truth_book_release(&b);
        diag_release(&d);
        arena_release(&a);
    }
}

/* Two pictures of 2 x 3 pixels: a 7 and a 1. */
#define IMAGES                                   \
    "\0\0\x08\x03\0\0\0\x02\0\0\0\x03\0\0\0\x02" \
    "\1\2\3\4\5\6"                               \
    "\7\10\11\12\13\14"
#define LABELS "\0\0\x08\x01\0\0\0\x02\7\1"

static void idx_files_are_checked_before_they_are_used(void **state)
{
    (void)state;
    static const struct {
        size_t images, labels; /* bytes of them that are there; 0: no file */
        const char *check;
    } cases[] = {
        {28, 10, NULL},         {27, 10, "bad-idx"}, {28, 9, "bad-idx"},
        {28, 0, "no-pictures"}, {4, 10, "bad-idx"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct arena a = ARENA_INIT;
        struct diag d = DIAG_INIT;
        struct idx_digits digits;
        struct ink ink;
        const char *labels =
            write_file("t-labels-idx1-ubyte", LABELS, cases[i].labels, &a);
        write_file("t-images-idx3-ubyte", IMAGES, cases[i].images, &a);
        if (!cases[i].labels)
            unlink(labels);
        assert_true(idx_there(folder));
        bool ok = idx_load(&digits, folder, &a, &d);
        assert_int_equal(ok, !cases[i].check);
        if (ok) {
            assert_int_equal(digits.labels[1], 1);
            assert_int_equal(idx_picture(&digits, 1)[0], 7);
            /* Not every digit is there: nobody could write them all. */
            assert_false(ink_load(&ink, folder, 0, 1, &a, &d));
            assert_true(diag_has(&d, "no-pictures"));
        } else {
            assert_true(diag_has(&d, cases[i].check));
        }
        diag_release(&d);
        arena_release(&a);
    }
}

static int open_folder(void **state)
{
    (void)state;
    strcpy(folder, "/tmp/nyusho-accuracy-XXXXXX");
    return mkdtemp(folder) ? 0 : 1;
}

static int close_folder(void **state)
{
    (void)state;
    struct arena a = ARENA_INIT;
    size_t n = 0;
    char **names = folder_list(folder, &a, &n, NULL);
    for (size_t i = 0; names && i < n; i++)
        unlink(path_join(&a, folder, names[i]));
    arena_release(&a);
    return rmdir(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_bound_is_the_share_that_would_show_more),
        cmocka_unit_test(a_reading_comes_out_one_of_four_ways),
        cmocka_unit_test(kinds_are_told_by_who_wrote_what),
        cmocka_unit_test(a_threshold_turns_silence_into_questions),
        cmocka_unit_test(a_damage_is_a_row),
        cmocka_unit_test(a_run_goes_on_behind_the_last_whole_page),
        cmocka_unit_test(anybody_s_boxes_are_named_by_their_place),
        cmocka_unit_test(idx_files_are_checked_before_they_are_used),
    };
    return cmocka_run_group_tests(tests, open_folder, close_folder);
}
