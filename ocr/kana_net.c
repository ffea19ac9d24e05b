#include "ocr/kana_net.h"

#include <stddef.h>

#include "ocr/glyph_file.h"

/* In the order of the classes in ocr/train/kinds.py. */
static const char shapes[KANA_EMPTY][4] = {
    "ア", "イ", "ウ", "エ", "オ", "カ", "キ", "ク", "ケ", "コ", "サ",
    "シ", "ス", "セ", "ソ", "タ", "チ", "ツ", "テ", "ト", "ナ", "ニ",
    "ヌ", "ネ", "ノ", "ハ", "ヒ", "フ", "ヘ", "ホ", "マ", "ミ", "ム",
    "メ", "モ", "ヤ", "ユ", "ヨ", "ラ", "リ", "ル", "レ", "ロ", "ワ",
    "ヲ", "ン", "ヴ", "ガ", "ギ", "グ", "ゲ", "ゴ", "ザ", "ジ", "ズ",
    "ゼ", "ゾ", "ダ", "ヂ", "ヅ", "デ", "ド", "バ", "ビ", "ブ", "ベ",
    "ボ", "パ", "ピ", "プ", "ペ", "ポ", "ー",
};

struct kana_guess kana_read(const uint8_t *ink, int width, int height)
{
    struct glyph_guess g =
        glyph_read(glyph_file_net("kana.net"), ink, width, height, NULL);

    return (struct kana_guess){g.best, g.second, g.confidence, g.margin};
}

const char *kana_shape(int shape)
{
    return shape >= 0 && shape < KANA_EMPTY ? shapes[shape] : "";
}

const char *kana_net_version(void)
{
    return glyph_file_net("kana.net")->version;
}
