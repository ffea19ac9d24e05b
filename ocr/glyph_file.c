#include "ocr/glyph_file.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <threads.h>

#include "core/embedded.h"
#include "core/hash.h"

#define MAGIC "nyunet/2"
enum { MAGIC_BYTES = 8, HEAD_NUMBERS = 9, NUMBER_BYTES = 4, NETS_MOST = 4 };

extern const struct embedded_file glyph_net_files[];

/* What is still to be read. */
struct rest {
    const char *at;
    size_t left;
    const char *name;
    struct diag *d;
};

static int32_t take_number(struct rest *r)
{
    const uint8_t *p = (const uint8_t *)r->at;
    uint32_t v = (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 |
                 (uint32_t)p[3] << 24;

    assert(r->left >= NUMBER_BYTES);
    r->at += NUMBER_BYTES;
    r->left -= NUMBER_BYTES;
    return (int32_t)v;
}

static const char *take_bytes(struct rest *r, size_t n)
{
    const char *at = r->at;

    assert(r->left >= n);
    r->at += n;
    r->left -= n;
    return at;
}

/* What the head says there is of each, and what the engine has room for. */
static const struct {
    struct label what;
    int least, most;
} room[] = {
    {{"ネット", "nets"}, 1, GLYPH_MAX_MEMBERS},
    {{"1 層目の出力", "outputs of layer 1"}, GLYPH_CONV1, GLYPH_CONV1},
    {{"2 層目の出力", "outputs of layer 2"}, GLYPH_CONV2, GLYPH_CONV2},
    {{"3 層目の出力", "outputs of layer 3"}, 1, GLYPH_MAX_CONV3},
    {{"4 層目の出力", "outputs of layer 4"}, 1, GLYPH_MAX_HIDDEN},
    {{"5 層目の出力", "outputs of layer 5"}, 4, GLYPH_MAX_CLASSES},
    {{"見方", "views"}, 1, GLYPH_VIEWS},
    {{"例", "examples"}, 1, GLYPH_MAX_EXAMPLES},
};
enum { COUNTS = sizeof room / sizeof room[0] };
static_assert(COUNTS + 1 == HEAD_NUMBERS, "the counts, then the softness");

/* Weights that one output has for each plane or number of its input. */
static const int kernel[GLYPH_LAYERS] = {25, 9, 9, 1, 1};

static void shape(struct glyph_member *m, const int counts[COUNTS])
{
    struct glyph_layer *l = m->layers;

    for (int i = 0; i < GLYPH_LAYERS; i++) {
        l[i].out = counts[i + 1];
        l[i].in = i ? l[i - 1].out : 1;
    }
    l[3].in *= GLYPH_FLAT_PLACES;
}

static bool take_head(struct rest *r, struct glyph_net *out)
{
    int counts[COUNTS];

    if (r->left < MAGIC_BYTES + HEAD_NUMBERS * NUMBER_BYTES ||
        memcmp(take_bytes(r, MAGIC_BYTES), MAGIC, MAGIC_BYTES) != 0)
        return diag_error(r->d, POS_FILE(r->name), "not-a-net",
                          "この版のネットのファイルではありません",
                          "this is no net of this version");
    for (int i = 0; i < COUNTS; i++) {
        counts[i] = take_number(r);
        if (counts[i] < room[i].least || counts[i] > room[i].most)
            return diag_error(r->d, POS_FILE(r->name), "bad-net-shape",
                              "%1$sの数が %3$d です (%4$d〜%5$d)%2$.0s",
                              "%2$s: %3$d (%4$d to %5$d)%1$.0s",
                              room[i].what.ja, room[i].what.en, counts[i],
                              room[i].least, room[i].most);
    }
    out->n_members = counts[0];
    for (int k = 0; k < out->n_members; k++)
        shape(&out->members[k], counts);
    out->n_views = counts[COUNTS - 2];
    out->votes.n = counts[COUNTS - 1];
    out->vote_softness = take_number(r);
    return true;
}

static size_t weights_of(const struct glyph_layer *l, int layer)
{
    return (size_t)l->out * (size_t)l->in * (size_t)kernel[layer];
}

/* Bytes of one net. */
static size_t member_bytes(const struct glyph_member *m)
{
    size_t n = NUMBER_BYTES;

    for (int i = 0; i < GLYPH_LAYERS; i++)
        n += weights_of(&m->layers[i], i) +
             (size_t)m->layers[i].out * 2 * NUMBER_BYTES;
    return n;
}

/* The bytes behind the head must be these, and the sum of the file its end. */
static bool check_whole(const struct rest *r, const struct glyph_net *net,
                        const char *bytes, size_t len)
{
    size_t all = (size_t)net->n_members * member_bytes(&net->members[0]) +
                 (size_t)net->votes.n * (1 + VOTE_FEATURES) + HASH_BYTES;
    uint8_t sum[HASH_BYTES];
    struct hash h;

    if (r->left != all)
        return diag_error(r->d, POS_FILE(r->name), "bad-net-size",
                          "%zu バイトのはずが %zu バイトです",
                          "%zu bytes belong here, and there are %zu",
                          len - r->left + all, len);
    hash_start(&h);
    hash_add(&h, bytes, len - HASH_BYTES);
    hash_end(&h, sum);
    if (memcmp(sum, bytes + len - HASH_BYTES, HASH_BYTES) != 0)
        return diag_error(
            r->d, POS_FILE(r->name), "bad-net-sum",
            "検査の和が合いません (書きかえられたか、壊れています)",
            "its sum does not agree: changed or damaged");
    return true;
}

static void take_member(struct rest *r, struct glyph_member *m)
{
    m->softness = take_number(r);
    for (int i = 0; i < GLYPH_LAYERS; i++) {
        struct glyph_layer *l = &m->layers[i];

        for (int o = 0; o < l->out; o++)
            l->bias[o] = take_number(r);
        for (int o = 0; o < l->out; o++)
            l->scale[o] = take_number(r);
        l->weights = (const int8_t *)take_bytes(r, weights_of(l, i));
    }
}

static bool values_make_sense(const struct glyph_net *net)
{
    for (int k = 0; k < net->n_members; k++) {
        const struct glyph_member *m = &net->members[k];

        if (m->softness <= 0)
            return false;
        for (int i = 0; i < GLYPH_LAYERS; i++)
            for (int o = 0; o < m->layers[i].out; o++)
                if (m->layers[i].scale[o] < 0)
                    return false;
    }
    for (int i = 0; i < net->votes.n; i++)
        if (net->votes.class_of[i] > glyph_other(net))
            return false;
    return net->vote_softness > 0;
}

static void name_it(struct glyph_net *out, const char *sum)
{
    static const char digits[] = "0123456789abcdef";

    for (size_t i = 0; i + 1 < sizeof out->version; i++) {
        int byte = (uint8_t)sum[i / 2];
        out->version[i] = digits[i % 2 ? byte & 15 : byte >> 4];
    }
    out->version[sizeof out->version - 1] = '\0';
}

bool glyph_file_parse(struct glyph_net *out, const char *bytes, size_t len,
                      const char *name, struct diag *d)
{
    struct rest r = {bytes, len, name, d};

    memset(out, 0, sizeof *out);
    if (!take_head(&r, out) || !check_whole(&r, out, bytes, len))
        return false;
    for (int k = 0; k < out->n_members; k++)
        take_member(&r, &out->members[k]);
    out->votes.class_of = (const uint8_t *)take_bytes(&r, (size_t)out->votes.n);
    out->votes.examples =
        (const uint8_t *)take_bytes(&r, (size_t)out->votes.n * VOTE_FEATURES);
    if (!values_make_sense(out))
        return diag_error(d, POS_FILE(name), "bad-net-values",
                          "ありえない数があります",
                          "there are numbers that no training gives");
    name_it(out, r.at);
    return true;
}

/* ── those compiled in ──────────────────────────────────────────────────── */

static struct glyph_net nets[NETS_MOST];
static once_flag loaded = ONCE_FLAG_INIT;

static void load_all(void)
{
    struct diag d = DIAG_INIT;
    bool ok = true;

    for (size_t i = 0; glyph_net_files[i].name; i++) {
        const struct embedded_file *f = &glyph_net_files[i];

        assert(i < NETS_MOST);
        ok = glyph_file_parse(&nets[i], f->bytes, f->len, f->name, &d) && ok;
    }
    diag_print(&d, 0, LANG_JA, stderr);
    diag_release(&d);
    if (!ok)
        exit(3);
}

const struct glyph_net *glyph_file_net(const char *name)
{
    call_once(&loaded, load_all);
    for (size_t i = 0; glyph_net_files[i].name; i++)
        if (strcmp(glyph_net_files[i].name, name) == 0)
            return &nets[i];
    assert(!"a net that is compiled in");
    return NULL;
}
