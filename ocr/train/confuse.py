"""Measures what is read for what and writes core/confusion_table.c.

    confuse.py KANA_FOLDER [--lines 480]

Two readers are measured: Tesseract's `jpn` on printed lines of characters drawn
by chance, through the crop recipe of ocr/print.c; the kana net on the held-out
boxes of make_crops.py. Of both the larger share counts. Tesseract's command
line program must be installed."""
import argparse
import math
import os
import subprocess
import tempfile
from collections import Counter
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

import fonts
from kinds import KINDS
from reader import ROOT, Reader

SMALL = "ァィゥェォッャュョ"
KINDS_OF_LINE = [
    "".join(KINDS["kana"].classes) + SMALL,
    "保育園所幼稚児認定第一二三四五東西南北中央上下大小本町丁目番地号市村県港緑丘浜辺原駅前"
    "工業団地学校株式会社有限医療法人福祉公務員製造卸売運輸建設情報通信飲食教育金融森林木田川山",
    "あいうえおかきくけこさしすせそたちつてとなにぬねのはひふへほまみむめもやゆよらりるれろわをん"
    "がぎぐげござじずぜぞだづでどばびぶべぼぱぴぷぺぽ",
    "0123456789ABCDEFGHIJKLMNOPRSTUVWY",
]
LENGTH = 8
LEAST_SEEN = 2      # a mistake seen once is chance
FLOOR = 1e-3        # a mistake as rare as this costs as much as any other
CHEAPEST = 250      # permille of an edit


def drawn_line(rng, files, text):
    """Black on white, as the reader's crop: spoiled, em 28, padded."""
    size = int(rng.choice([40, 44, 50]))
    font = ImageFont.truetype(files[rng.integers(len(files))], size)
    x0, y0, x1, y1 = font.getbbox(text)
    big = Image.new("L", (x1 - x0 + 20, y1 - y0 + 20), 255)
    ImageDraw.Draw(big).text((10 - x0, 10 - y0), text, fill=0, font=font)
    a = np.asarray(big.filter(ImageFilter.GaussianBlur(rng.uniform(.3, 1.8))),
                   np.float32)
    a = a + rng.normal(0, rng.uniform(0, 45), a.shape)
    a = np.where(a < rng.uniform(90, 165), 0, 255).astype(np.uint8)
    soft = Image.fromarray(a).filter(ImageFilter.BoxBlur(1))
    scale = 28 / size
    small = soft.resize((round(soft.width * scale),
                         round(soft.height * scale)), Image.BOX)
    out = Image.new("L", (small.width + 6, small.height + 6), 255)
    out.paste(small, (3, 3))
    return out


def aligned(truth, read):
    """Pairs (meant, read) of the shortest edit that are changes or equal."""
    n, m = len(truth), len(read)
    d = [[i + j if not i or not j else 0 for j in range(m + 1)]
         for i in range(n + 1)]
    for i in range(1, n + 1):
        for j in range(1, m + 1):
            d[i][j] = min(d[i - 1][j] + 1, d[i][j - 1] + 1,
                          d[i - 1][j - 1] + (truth[i - 1] != read[j - 1]))
    i, j = n, m
    while i and j:
        if d[i][j] == d[i - 1][j - 1] + (truth[i - 1] != read[j - 1]):
            i, j = i - 1, j - 1
            yield truth[i], read[j]
        elif d[i][j] == d[i - 1][j] + 1:
            i -= 1
        else:
            j -= 1


def by_tesseract(lines):
    """Counts of (meant, read), and the share of kana read right."""
    rng = np.random.default_rng(5)
    files = [f[0] for f in fonts.families(fonts.JP_PRINTED)]
    texts, counts = [], Counter()
    with tempfile.TemporaryDirectory() as tmp:
        for i in range(lines):
            alphabet = KINDS_OF_LINE[i % len(KINDS_OF_LINE)]
            text = "".join(rng.choice(list(alphabet), LENGTH))
            drawn_line(rng, files, text).save(f"{tmp}/{i:05}.png")
            texts.append(text)
        paths = Path(tmp, "list.txt")
        paths.write_text("\n".join(f"{tmp}/{i:05}.png"
                                   for i in range(lines)) + "\n")
        found = subprocess.run(
            ["tesseract", paths, "-", "-l", "jpn", "--psm", "7"],
            env=os.environ | {"OMP_THREAD_LIMIT": "1"}, check=True,
            capture_output=True, text=True).stdout.split("\f")
    right, kana = 0, set(KINDS_OF_LINE[0])
    for i, (text, read) in enumerate(zip(texts, found)):
        pairs = list(aligned(text, "".join(read.split())))
        counts.update(pairs)
        right += sum(a == b for a, b in pairs) if i % 4 == 0 else 0
    print(f"Tesseract: {right / (lines / 4 * LENGTH):.1%} of printed random "
          f"katakana right ({lines // 4 * LENGTH})")
    return counts


def by_kana_net(folder):
    read, kana = Reader("kana"), KINDS["kana"].classes
    counts = Counter()
    for name in ("print", "write"):
        held = np.load(folder / f"held-{name}.npz", allow_pickle=True)
        for box, y in zip(held["raw"], held["y"]):
            best = read(box)[0]
            if best < len(kana):
                counts[kana[y], kana[best]] += 1
    return counts


def costs(counts):
    """{(read, meant): permille} of what is mistaken more often than FLOOR."""
    of = Counter()
    for (meant, _), n in counts.items():
        of[meant] += n
    out = {}
    for (meant, read), n in counts.items():
        share = n / of[meant]
        if meant != read and n >= LEAST_SEEN and share > FLOOR:
            cost = round(1000 * math.log(share) / math.log(FLOOR))
            out[read, meant] = max(CHEAPEST, cost)
    return out


def main():
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("folder", type=Path)
    ask.add_argument("--lines", type=int, default=480)
    a = ask.parse_args()
    both = [costs(by_tesseract(a.lines)),
            costs(by_kana_net(a.folder))]
    table = {}
    for part in both:
        for pair, cost in part.items():
            table[pair] = min(cost, table.get(pair, 1000))
    rows = sorted((ord(r), ord(m), c) for (r, m), c in table.items()
                  if c < 1000)
    with open(ROOT / "core" / "confusion_table.c", "w") as f:
        f.write("/* Written by ocr/train/confuse.py; not edited by hand. "
                '*/\n#include "core/confusion_table.h"\n\n'
                "/* clang-format off */\n"
                "const struct confusion confusions[] = {\n")
        for read, meant, cost in rows:
            f.write(f"    {{0x{read:04X}, 0x{meant:04X}, {cost}}}, "
                    f"/* {chr(read)} for {chr(meant)} */\n")
        f.write(f"}};\nconst size_t n_confusions = {len(rows)};\n")
    print(len(rows), "mistakes")


if __name__ == "__main__":
    main()
