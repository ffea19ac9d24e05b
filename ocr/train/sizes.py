"""Measures how large the fonts draw each katakana and writes
ocr/kana_sizes.c.

    sizes.py"""
from statistics import median

from PIL import ImageFont

import fonts
from kinds import BIG, KINDS, SMALL
from reader import ROOT

EM = 200


def sizes(files, text):
    found = []
    for file in files:
        font = ImageFont.truetype(file, EM)
        try:
            mask = font.getmask(text)
        except OSError:
            continue
        if bytes(mask) != bytes(font.getmask("\uffff")):
            box = mask.getbbox()
            found.append(max(box[2] - box[0], box[3] - box[1]) * 1000 // EM)
    return int(median(found))


def main():
    kana = KINDS["kana"]
    files = [f[0] for f in fonts.families(kana.printed + kana.written)]
    large = [sizes(files, c) for c in kana.classes]
    pairs = dict(zip(BIG, SMALL))
    small = [sizes(files, pairs[c]) if c in pairs else 0
             for c in kana.classes]
    with open(ROOT / "ocr" / "kana_sizes.c", "w") as f:
        f.write("/* Written by ocr/train/sizes.py; not edited by hand. */\n"
                '#include "ocr/kana_sizes.h"\n\n/* clang-format off */\n')
        for name, row in (("large", large), ("small", small)):
            f.write(f"const short kana_{name}_size[KANA_EMPTY] = {{\n")
            for i in range(0, len(row), 12):
                f.write("    " + " ".join(f"{v}," for v in row[i:i + 12])
                        + "\n")
            f.write("};\n")


if __name__ == "__main__":
    main()
