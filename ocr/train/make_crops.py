"""Makes the pictures that a net is trained and measured on.

    make_crops.py KIND FOLDER [--digits IDX_FOLDER] [--share 0/1]

KIND is one of kinds.py; FOLDER gets some files of pictures, and those that are
there already are left alone. IDX_FOLDER, which the digits need, holds
train-images-idx3-ubyte.gz and train-labels-idx1-ubyte.gz. With --share 0/2 and
1/2 two processes do half of the files each; what comes out is the same. Every
picture is a box of a form (boxes.py), normalised by ocr/glyph_norm.c. Boxes
that the normaliser itself finds empty are counted and left out of training."""
import argparse
import gzip
import sys
from functools import lru_cache
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

import boxes
import fonts
import strokes
from kinds import KINDS
from reader import NORM_INK, Normaliser

CHUNK = 6000
TRAIN_DIGITS, HELD_DIGITS = slice(0, 6000), slice(6000, 7500)


def load_idx(folder):
    def read(name, head):
        with gzip.open(f"{folder}/{name}") as f:
            return np.frombuffer(f.read()[head:], np.uint8)
    labels = read("train-labels-idx1-ubyte.gz", 8)
    images = read("train-images-idx3-ubyte.gz", 16)
    return images.reshape(-1, 28, 28), labels


def from_image(rng, image):
    """A published picture larger. In half of them the soft rim of its strokes
    is cut hard, further in or out, as a pen of another width leaves it."""
    side = strokes.SIDE
    if rng.random() < .5:
        under = rng.uniform(70, 165)
        image = np.clip(128 + 4 * (image - under), 0, 255).astype(np.uint8)
    return np.asarray(Image.fromarray(image).resize((side, side),
                                                    Image.BICUBIC))


@lru_cache(maxsize=None)
def opened(file):
    return ImageFont.truetype(file, 96)


class Glyphs:
    """Characters of font families as 84 x 84 pictures."""

    def __init__(self, families):
        self.families, self.kept = families, {}

    def draw(self, rng, text):
        """Of a font that has it: others are passed over."""
        while True:
            family = self.families[rng.integers(len(self.families))]
            file = family[rng.integers(len(family))]
            if (file, text) not in self.kept:
                self.kept[file, text] = self.render(file, text)
            if self.kept[file, text] is not None:
                return self.kept[file, text]

    @staticmethod
    def render(file, text):
        font = opened(file)
        try:
            x0, y0, x1, y1 = font.getbbox(text)
        except OSError:  # a font with a broken glyph
            return None
        if x1 - x0 < 2 or y1 - y0 < 2 or (
                bytes(font.getmask(text)) == bytes(font.getmask("\uffff"))):
            return None
        big = Image.new("L", (x1 - x0, y1 - y0))
        ImageDraw.Draw(big).text((-x0, -y0), text, fill=255, font=font)
        high = strokes.INK
        wide = max(3, round(big.width * high / big.height))
        if wide > 76:
            wide, high = 76, max(3, round(high * 76 / wide))
        out = Image.new("L", (strokes.SIDE, strokes.SIDE))
        out.paste(big.resize((wide, high), Image.BOX),
                  ((strokes.SIDE - wide) // 2, (strokes.SIDE - high) // 2))
        return np.asarray(out)


class Sources:
    """Where glyphs come from: real digits, two kinds of font, pen strokes."""

    def __init__(self, kind, idx, part, printed, written, other):
        self.kind = kind
        if idx:
            self.images, self.labels = idx[0][part], idx[1][part]
        self.printed = Glyphs(fonts.families(printed))
        self.written = Glyphs(fonts.families(written))
        self.other = other

    def real(self, rng, i=None):
        i = rng.integers(len(self.labels)) if i is None else i
        return from_image(rng, self.images[i]), int(self.labels[i])

    def font(self, rng, glyphs):
        c = int(rng.integers(len(self.kind.classes)))
        forms = self.kind.forms_of(c)
        form = forms[rng.integers(len(forms))] if len(forms) > 1 else forms
        return glyphs.draw(rng, form), c

    def print(self, rng):
        return self.font(rng, self.printed)

    def write(self, rng):
        return self.font(rng, self.written)

    def stroke(self, rng):
        drawn = [i for i, c in enumerate(self.kind.classes)
                 if c in strokes.HABITS]
        i = drawn[int(rng.integers(len(drawn)))]
        return strokes.draw(rng, self.kind.classes[i]), i

    def any(self, rng):
        if self.kind.name == "digit":
            pick = rng.choice(4, p=[.5, .15, .15, .2])
            return [self.real, self.print, self.write, self.stroke][pick](rng)
        return [self.print, self.write][rng.choice(2)](rng)

    def struck(self, rng):
        dice, dashes = rng.random(), self.kind.dashes
        if dice < .55:
            picture = strokes.strike(rng, self.any(rng)[0])
        elif dice < .75:
            picture = strokes.dash_or_scribble(rng, dashes)
        elif dice < .9 and self.kind.name == "digit":
            picture = strokes.pair(rng, self.any(rng)[0], self.any(rng)[0])
        else:
            which = self.kind.other[rng.integers(len(self.kind.other))]
            picture = self.other.draw(rng, which)
        return picture, self.kind.struck

    def empty(self, rng):
        return None, self.kind.empty


def make(rng, source, name, first, count, normalise):
    """`count` pictures from the `first` on: what the net sees of them, their
    classes, which picture of the source each is, and the boxes themselves.
    The first lack what is empty to the normaliser."""
    seen, classes, who, raw, truth = [], [], [], [], []
    for i in range(first, first + count):
        if name == "real":
            glyph, label = source.real(rng, i % len(source.labels))
        else:
            glyph, label = getattr(source, name)(rng)
        bent = name in ("real", "stroke", "struck") or (
            name == "write" and source.kind.name != "digit")
        box = boxes.make_box(rng, glyph, bent, name == "struck")
        state, picture = normalise(box)
        raw.append(box)
        truth.append(label)
        if state == NORM_INK:
            seen.append(picture)
            classes.append(label)
            who.append(i)
    return (np.array(seen).reshape(-1, 784), np.array(classes, np.uint8),
            np.array(who), raw, np.array(truth, np.uint8))


def tasks(kind, seed):
    """(file name, held out?, source, first picture, count, seeds): files of at
    most CHUNK pictures, each from seeds of its own."""
    for n, (name, count) in enumerate(kind.train):
        for first in range(0, count, CHUNK):
            yield (f"train-{name}-{first // CHUNK}.npz", False, name, first,
                   min(CHUNK, count - first), [seed * 100 + n, first])
    for n, (name, count) in enumerate(kind.held):
        yield (f"held-{name}.npz", True, name, 0, count,
               (seed + 1000) * 100 + n)


def main():
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("kind", choices=KINDS)
    ask.add_argument("folder", type=Path)
    ask.add_argument("--digits")
    ask.add_argument("--seed", type=int, default=1)
    ask.add_argument("--share", default="0/1")
    a = ask.parse_args()
    kind, normalise = KINDS[a.kind], Normaliser()
    if a.digits is None and a.kind == "digit":
        sys.exit("the digits need --digits IDX_FOLDER")
    idx = load_idx(a.digits) if a.kind == "digit" else None
    mine, of = map(int, a.share.split("/"))
    other = Glyphs(fonts.families(["ipaex*", "Klee*", "kiloji.ttf"]))
    sources = [
        Sources(kind, idx, TRAIN_DIGITS, kind.printed, kind.written, other),
        Sources(kind, idx, HELD_DIGITS, kind.held_printed, kind.held_written,
                other)]
    a.folder.mkdir(exist_ok=True)
    for i, task in enumerate(tasks(kind, a.seed)):
        name, held, source, first, count, seeds = task
        if i % of != mine or (a.folder / name).exists():
            continue
        x, y, who, raw, truth = make(np.random.default_rng(seeds),
                                     sources[held], source, first, count,
                                     normalise)
        print(f"{name}: {count} made, {count - len(y)} empty to the "
              "normaliser", flush=True)
        new = a.folder / f"new-{name}"
        np.savez(new, **({"raw": np.array(raw, object), "y": truth} if held
                         else {"x": x, "y": y, "who": who}))
        new.rename(a.folder / name)


if __name__ == "__main__":
    main()
