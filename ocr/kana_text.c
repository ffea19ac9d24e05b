#include "ocr/kana_text.h"

#include "core/text.h"
#include "ocr/engines.h"
#include "ocr/kana_line.h"
#include "ocr/print.h"

#include <string.h>

/* The net is sure of every letter of its line; or enough to bear out another
 * reader. Permille. */
#define NET_SURE 930
#define NET_BEARS_OUT 500
/* Two of three readers, the net among them, are of one mind, or all three. */
#define DECIDED 985

static bool bears_out(const struct kana_line *net, const char *text,
                      struct arena *a)
{
    return *text && net->confidence >= NET_BEARS_OUT &&
           strcmp(kana_line_key(net->text, a), kana_line_key(text, a)) == 0;
}

static const char *as_kana(const char *text, struct arena *a)
{
    return text_katakana(text_nfkc(text, a), a);
}

/* Down to the size of every letter. */
static bool is_same(const struct kana_line *net, const char *text,
                    struct arena *a)
{
    return bears_out(net, text, a) && !net->uncertain &&
           strcmp(net->text, text_unspaced(as_kana(text, a), a)) == 0;
}

/* For a person: the likelier first. */
static struct guess propose(struct guess g, const struct kana_line *net,
                            struct arena *a)
{
    if (net->confidence < NET_SURE || bears_out(net, g.value, a))
        return g;
    g.runner_up = g.value;
    g.value = net->text;
    return g;
}

/* Both views of Tesseract agree. The net may be of another mind. */
static struct guess agreed(struct guess g, const struct kana_line *net,
                           bool hand, struct arena *a)
{
    bool borne_out = bears_out(net, g.value, a);

    if (borne_out && net->confidence >= NET_SURE && g.confidence < DECIDED)
        g.confidence = DECIDED;
    if (borne_out || (!hand && net->confidence < NET_SURE))
        return g;
    g = guess_doubt(g.kind, g.value, g.raw,
                    hand ? "handwriting" : "views-differ", 700);
    return propose(g, net, a);
}

static struct guess differing(struct guess g, const struct kana_line *net,
                              bool hand, struct arena *a)
{
    if (!hand && (is_same(net, g.value, a) || is_same(net, g.runner_up, a)))
        return guess_sure(g.kind, net->text, g.raw, DECIDED);
    return propose(g, net, a);
}

static struct kana_line net_line(const struct field_reader *r,
                                 const struct form_part *part)
{
    struct kana_line line = {.text = ""};
    struct box b;

    if (box_cut(r, part->box, 0.1, &b) && b.state == BOX_WRITTEN)
        line = kana_line_read(&b, r->mem);
    box_release(&b);
    return line;
}

struct guess kana_text_read(const struct field_reader *r,
                            const struct form_part *part, bool hand,
                            bool always_hand)
{
    bool typed = !always_hand && (!hand || r->typed_page);
    struct guess g = print_read(r, part, !typed);
    struct kana_line net;

    if (g.state == READING_BLANK || !*g.value || r->engines->expired)
        return g;
    net = net_line(r, part);
    g.value = as_kana(g.value, r->mem);
    if (g.state == READING_ACCEPTED && !text_is_katakana(g.value))
        g = guess_doubt(g.kind, "", g.raw, "low-confidence", 500);
    return g.state == READING_ACCEPTED ? agreed(g, &net, hand, r->mem)
                                       : differing(g, &net, hand, r->mem);
}
