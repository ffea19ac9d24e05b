/* Files of nets: a whole one is taken, any other is refused by name. */
#include "ocr/glyph_file.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/hash.h"

#define COUNT(rows) (sizeof(rows) / sizeof(rows)[0])

/* Nets as small as can be: two of them, one plane in the third convolution, one
 * hidden number, four classes, two examples. */
enum {
    HEAD = 8 + 9 * 4,
    NETS_AT = 8,
    CONV1_AT = 12,
    CONV2_AT = 16,
    CONV3_AT = 20,
    HIDDEN_AT = 24,
    CLASSES_AT = 28,
    VIEWS_AT = 32,
    EXAMPLES_AT = 36,
    VOTE_AT = 40,
    OUT_BYTES = 8, /* bias and scale of one output */
    NET_BYTES = 4 + GLYPH_CONV1 * (OUT_BYTES + 25) +
                GLYPH_CONV2 * (OUT_BYTES + 9 * GLYPH_CONV1) + OUT_BYTES +
                9 * GLYPH_CONV2 + OUT_BYTES + GLYPH_FLAT_PLACES +
                4 * (OUT_BYTES + 1),
    NETS = 2,
    EXAMPLES = 2,
    OWNERS_AT = HEAD + NETS * NET_BYTES,
    WHOLE = OWNERS_AT + EXAMPLES * (1 + VOTE_FEATURES) + HASH_BYTES,
    /* of the second net */
    SOFT_AT = HEAD + NET_BYTES,
    BIAS_AT = SOFT_AT + 4,
    SCALE_AT = BIAS_AT + GLYPH_CONV1 * 4,
    WEIGHTS_AT = BIAS_AT + GLYPH_CONV1 * OUT_BYTES,
};

struct file {
    char bytes[WHOLE + 1];
    size_t len;
};

static void put_number(struct file *f, size_t at, int32_t v)
{
    for (size_t i = 0; i < 4; i++)
        f->bytes[at + i] = (char)((uint32_t)v >> (8 * i));
}

static void put_sum(struct file *f)
{
    struct hash h;

    hash_start(&h);
    hash_add(&h, f->bytes, WHOLE - HASH_BYTES);
    hash_end(&h, (uint8_t *)f->bytes + WHOLE - HASH_BYTES);
}

static void make(struct file *f)
{
    static const int32_t head[9] = {NETS, GLYPH_CONV1, GLYPH_CONV2, 1, 1,
                                    4,    3,           EXAMPLES,    80};

    memset(f, 0, sizeof *f);
    f->len = WHOLE;
    memcpy(f->bytes, "nyunet/2", 8);
    for (size_t i = 0; i < COUNT(head); i++)
        put_number(f, 8 + 4 * i, head[i]);
    put_number(f, HEAD, 70);
    put_number(f, SOFT_AT, 71);
    put_number(f, BIAS_AT, -5);
    put_number(f, SCALE_AT, 700);
    f->bytes[WEIGHTS_AT] = -3;
    f->bytes[OWNERS_AT + 1] = 3;
    f->bytes[OWNERS_AT + 2] = 9; /* of the first example */
    put_sum(f);
}

static void a_whole_net_is_taken(void **state)
{
    struct file f;
    struct glyph_net net;
    const struct glyph_layer *l = net.members[1].layers;
    struct diag d = DIAG_INIT;
    char sum[HASH_HEX];

    (void)state;
    make(&f);
    assert_true(glyph_file_parse(&net, f.bytes, f.len, "a.net", &d));
    assert_int_equal(d.n, 0);
    assert_int_equal(net.n_members, NETS);
    assert_int_equal(net.n_views, 3);
    assert_int_equal(net.members[0].softness, 70);
    assert_int_equal(net.members[1].softness, 71);
    assert_int_equal(l[0].out, GLYPH_CONV1);
    assert_int_equal(l[1].in, GLYPH_CONV1);
    assert_int_equal(l[3].in, GLYPH_FLAT_PLACES);
    assert_int_equal(l[4].in, 1);
    assert_int_equal(l[4].out, 4);
    assert_int_equal(l[0].bias[0], -5);
    assert_int_equal(l[0].scale[0], 700);
    assert_int_equal(l[0].weights[0], -3);
    assert_int_equal(net.vote_softness, 80);
    assert_int_equal(net.votes.n, EXAMPLES);
    assert_int_equal(net.votes.class_of[1], 3);
    assert_int_equal(net.votes.examples[0], 9);
    hash_bytes_hex(f.bytes, WHOLE - HASH_BYTES, sum);
    assert_memory_equal(net.version, sum, 12);
    assert_int_equal(strlen(net.version), 12);
    diag_release(&d);
}

static void whatever_else_is_refused_by_name(void **state)
{
    /* a number of the file changed, the sum made anew or not, some length */
    static const struct {
        size_t at;
        int32_t to;
        bool sum;
        size_t len;
        const char *check;
    } rows[] = {
        {0, 'x', true, WHOLE, "not-a-net"},
        {4, '1' << 24, true, WHOLE, "not-a-net"},
        {NETS_AT, 0, true, WHOLE, "bad-net-shape"},
        {NETS_AT, GLYPH_MAX_MEMBERS + 1, true, WHOLE, "bad-net-shape"},
        {CONV1_AT, GLYPH_CONV1 + 1, true, WHOLE, "bad-net-shape"},
        {CONV2_AT, 0, true, WHOLE, "bad-net-shape"},
        {CONV3_AT, GLYPH_MAX_CONV3 + 1, true, WHOLE, "bad-net-shape"},
        {HIDDEN_AT, -1, true, WHOLE, "bad-net-shape"},
        {CLASSES_AT, GLYPH_MAX_CLASSES + 1, true, WHOLE, "bad-net-shape"},
        {VIEWS_AT, 0, true, WHOLE, "bad-net-shape"},
        {VIEWS_AT, GLYPH_VIEWS + 1, true, WHOLE, "bad-net-shape"},
        {EXAMPLES_AT, 0, true, WHOLE, "bad-net-shape"},
        {EXAMPLES_AT, INT32_MAX, true, WHOLE, "bad-net-shape"},
        {EXAMPLES_AT, EXAMPLES + 1, true, WHOLE, "bad-net-size"},
        {CONV3_AT, 2, true, WHOLE, "bad-net-size"},
        {NETS_AT, 1, true, WHOLE, "bad-net-size"},
        {BIAS_AT, -5, false, 0, "not-a-net"},
        {BIAS_AT, -5, false, HEAD - 1, "not-a-net"},
        {BIAS_AT, -5, false, HEAD, "bad-net-size"},
        {BIAS_AT, -5, false, WHOLE - 1, "bad-net-size"},
        {BIAS_AT, -5, false, WHOLE + 1, "bad-net-size"},
        {BIAS_AT, -6, false, WHOLE, "bad-net-sum"},
        {WHOLE - 4, 0, false, WHOLE, "bad-net-sum"},
        {SOFT_AT, 0, true, WHOLE, "bad-net-values"},
        {VOTE_AT, -1, true, WHOLE, "bad-net-values"},
        {SCALE_AT, -1, true, WHOLE, "bad-net-values"},
        {OWNERS_AT, 4, true, WHOLE, "bad-net-values"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct file f;
        struct glyph_net net;
        struct diag d = DIAG_INIT;

        make(&f);
        put_number(&f, rows[i].at, rows[i].to);
        if (rows[i].sum)
            put_sum(&f);
        assert_false(glyph_file_parse(&net, f.bytes, rows[i].len, "a.net", &d));
        if (d.n != 1 || !diag_has(&d, rows[i].check))
            fail_msg("row %zu: %s where %s was expected", i,
                     d.n ? d.items[0].check : "nothing", rows[i].check);
        assert_string_equal(d.items[0].at.file, "a.net");
        diag_release(&d);
    }
}

/* What is compiled in was checked by the same function when it was loaded. */
static void nets_of_the_program_are_found_by_name(void **state)
{
    (void)state;
    assert_int_equal(glyph_empty(glyph_file_net("digit.net")), 10);
    assert_int_equal(glyph_empty(glyph_file_net("kana.net")), 73);
    assert_ptr_equal(glyph_file_net("digit.net"), glyph_file_net("digit.net"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_whole_net_is_taken),
        cmocka_unit_test(whatever_else_is_refused_by_name),
        cmocka_unit_test(nets_of_the_program_are_found_by_name),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
