#include "ocr/glyph_file.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <threads.h>

#include "core/embedded.h"
#include "core/hash.h"

#define MAGIC "nyunet/1"
enum { MAGIC_BYTES = 8, HEAD_NUMBERS = 8, NUMBER_BYTES = 4, NETS_MOST = 4 };

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

/* Outputs of the layers, as the head says, and what the engine has room for. */
static const struct {
    int least, most;
} room[GLYPH_LAYERS] = {
    {GLYPH_CONV1, GLYPH_CONV1}, {GLYPH_CONV2, GLYPH_CONV2},
    {1, GLYPH_MAX_CONV3},       {1, GLYPH_MAX_HIDDEN},
    {4, GLYPH_MAX_CLASSES},
};

/* Inputs of a layer and the weights that one output has for each. */
static int inputs_of(const struct glyph_net *net, int layer)
{
    static const int per_plane[GLYPH_LAYERS] = {1, 1, 1, GLYPH_FLAT_PLACES, 1};

    return layer ? net->layers[layer - 1].out * per_plane[layer] : 1;
}

static const int kernel[GLYPH_LAYERS] = {25, 9, 9, 1, 1};

static bool take_head(struct rest *r, struct glyph_net *out)
{
    if (r->left < MAGIC_BYTES + HEAD_NUMBERS * NUMBER_BYTES ||
        memcmp(take_bytes(r, MAGIC_BYTES), MAGIC, MAGIC_BYTES) != 0)
        return diag_error(r->d, POS_FILE(r->name), "not-a-net",
                          "この版のネットのファイルではありません",
                          "this is no net of this version");
    for (int i = 0; i < GLYPH_LAYERS; i++) {
        int n = take_number(r);
        if (n < room[i].least || n > room[i].most)
            return diag_error(r->d, POS_FILE(r->name), "bad-net-shape",
                              "%d 層目の出力が %d です (%d〜%d)",
                              "layer %d has %d outputs (%d to %d)", i + 1, n,
                              room[i].least, room[i].most);
        out->layers[i].out = n;
        out->layers[i].in = inputs_of(out, i);
    }
    out->votes.n = take_number(r);
    out->softness = take_number(r);
    out->vote_softness = take_number(r);
    if (out->votes.n < 1 || out->votes.n > GLYPH_MAX_EXAMPLES)
        return diag_error(r->d, POS_FILE(r->name), "bad-net-shape",
                          "例が %d 個です (1〜%d)", "%d examples (1 to %d)",
                          out->votes.n, GLYPH_MAX_EXAMPLES);
    return true;
}

static size_t weights_of(const struct glyph_net *net, int layer)
{
    const struct glyph_layer *l = &net->layers[layer];

    return (size_t)l->out * (size_t)l->in * (size_t)kernel[layer];
}

/* The bytes behind the head must be these, and the sum of the file its end. */
static bool check_whole(const struct rest *r, const struct glyph_net *net,
                        const char *bytes, size_t len)
{
    size_t all = (size_t)net->votes.n * (1 + VOTE_FEATURES) + HASH_BYTES;
    uint8_t sum[HASH_BYTES];
    struct hash h;

    for (int i = 0; i < GLYPH_LAYERS; i++)
        all +=
            weights_of(net, i) + (size_t)net->layers[i].out * 2 * NUMBER_BYTES;
    if (r->left != all)
        return diag_error(r->d, POS_FILE(r->name), "bad-net-size",
                          "%zu バイトのはずが %zu バイトです",
                          "%zu bytes where %zu belong", len - r->left + all,
                          len);
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

static void take_layers(struct rest *r, struct glyph_net *out)
{
    for (int i = 0; i < GLYPH_LAYERS; i++) {
        struct glyph_layer *l = &out->layers[i];

        for (int o = 0; o < l->out; o++)
            l->bias[o] = take_number(r);
        for (int o = 0; o < l->out; o++)
            l->scale[o] = take_number(r);
        l->weights = (const int8_t *)take_bytes(r, weights_of(out, i));
    }
}

static bool values_make_sense(const struct glyph_net *net)
{
    int classes = net->layers[GLYPH_LAYERS - 1].out;

    for (int i = 0; i < GLYPH_LAYERS; i++)
        for (int o = 0; o < net->layers[i].out; o++)
            if (net->layers[i].scale[o] < 0)
                return false;
    for (int i = 0; i < net->votes.n; i++)
        if (net->votes.class_of[i] >= classes)
            return false;
    return net->softness > 0 && net->vote_softness > 0;
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
    take_layers(&r, out);
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
