"""Makes the pictures that the digit net is trained and measured on.

    make_crops.py IDX_FOLDER OUT.npz [--scale 1.0]

IDX_FOLDER holds train-images-idx3-ubyte.gz and train-labels-idx1-ubyte.gz.
Every picture is a box of a form, drawn, spoiled as pens, printers and scanners
do, and then normalised by ocr/digit_norm.c. Boxes that the normaliser itself
finds empty are counted and left out of training."""
import argparse
import gzip
import sys

import numpy as np
from PIL import Image, ImageDraw, ImageFont

import fonts
import strokes
from reader import NORM_INK, Normaliser

EMPTY, STRUCK = 10, 11
TRAIN_DIGITS, HELD_DIGITS = slice(0, 6000), slice(6000, 7500)
BOX_MM = (5, 7)
# Not what could be a digit badly written: no O, B, D, g, b, レ, 七.
NOT_DIGITS = "年月日時分一二三四五六八十×△人名無済有円号AEFHKMNRXYahkmn"


def load_idx(folder):
    def read(name, head):
        with gzip.open(f"{folder}/{name}") as f:
            return np.frombuffer(f.read()[head:], np.uint8)
    labels = read("train-labels-idx1-ubyte.gz", 8)
    images = read("train-images-idx3-ubyte.gz", 16)
    return images.reshape(-1, 28, 28), labels


def from_image(image):
    side = strokes.SIDE
    return np.asarray(Image.fromarray(image).resize((side, side),
                                                    Image.BICUBIC))


class Glyphs:
    """Characters of font families as 84 x 84 pictures."""

    def __init__(self, families):
        self.families, self.kept = families, {}

    def draw(self, rng, text):
        family = self.families[rng.integers(len(self.families))]
        file = family[rng.integers(len(family))]
        if (file, text) not in self.kept:
            self.kept[file, text] = self.render(file, text)
        return self.kept[file, text]

    @staticmethod
    def render(file, text):
        font = ImageFont.truetype(file, 96)
        x0, y0, x1, y1 = font.getbbox(text)
        if x1 - x0 < 2 or y1 - y0 < 2:
            raise ValueError(f"{file} has no {text}")
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


def blur(a, radius):
    """A box blur of about that radius, both ways, twice."""
    k = int(round(radius))
    if k < 1:
        return a
    n = 2 * k + 1
    for _ in range(2):
        for axis in (0, 1):
            pad = [(0, 0), (0, 0)]
            pad[axis] = (k + 1, k)
            c = np.cumsum(np.pad(a, pad, mode="edge"), axis=axis)
            m = a.shape[axis]
            a = (np.take(c, range(n, n + m), axis)
                 - np.take(c, range(0, m), axis)) / n
    return a


def wobble(rng, w, h, strength):
    coarse = rng.normal(0, strength, (5, 4)).astype(np.float32)
    return np.asarray(Image.fromarray(coarse).resize((w, h), Image.BICUBIC))


def place(rng, glyph, w, h, bent):
    """The glyph in a box of w x h px, 0..1, moved, turned, bent, resized."""
    high = h * rng.uniform(.42, .9)
    scale_y = strokes.INK / high
    scale_x = scale_y * rng.uniform(.8, 1.25)
    ink = strokes.ink_box(glyph)
    wide = (ink[2] - ink[0] + 1) / scale_x
    if wide > .92 * w:
        scale_x *= wide / (.92 * w)
        wide = .92 * w
    free_x, free_y = max(0, w - wide) / 2, max(0, h - high) / 2
    cx = w / 2 + rng.uniform(-.8, .8) * free_x
    cy = h / 2 + rng.uniform(-.8, .8) * free_y
    turn = np.radians(np.clip(rng.normal(0, 5 if bent else 1.5), -14, 14))
    shear = rng.normal(0, .12 if bent else .02)
    y, x = np.mgrid[0:h, 0:w].astype(np.float32)
    x, y = (x + .5 - cx) * scale_x, (y + .5 - cy) * scale_y
    c, s = np.cos(turn), np.sin(turn)
    x, y = c * x + s * y, c * y - s * x
    x += shear * y
    if bent:
        strength = rng.uniform(0, 3)
        x += wobble(rng, w, h, strength)
        y += wobble(rng, w, h, strength)
    x = np.clip(x + (ink[0] + ink[2]) / 2, 0, strokes.SIDE - 1.001)
    y = np.clip(y + (ink[1] + ink[3]) / 2, 0, strokes.SIDE - 1.001)
    ix, iy = x.astype(int), y.astype(int)
    fx, fy = x - ix, y - iy
    g = glyph.astype(np.float32) / 255
    return (g[iy, ix] * (1 - fx) * (1 - fy) + g[iy, ix + 1] * fx * (1 - fy)
            + g[iy + 1, ix] * (1 - fx) * fy + g[iy + 1, ix + 1] * fx * fy)


def thicken(rng, box, dpi, struck):
    """A thinner or thicker pen: blurred, then cut at another level. No line
    may vanish by it, least of all one that strikes a digit out."""
    soft = blur(box, rng.uniform(0, 1.2 if struck else 2.4) * dpi / 300)
    level = rng.uniform(.12, .3) if struck else rng.uniform(.25, .6)
    inked = box > .15
    peak = max(np.quantile(soft[inked], .7), .1) if inked.any() else 1
    out = np.clip((soft / peak - level) * rng.uniform(3, 8) + .5, 0, 1)
    if out.sum() > .7 * box.sum():
        return out
    return np.clip(box / max(np.quantile(box[inked], .5), .1), 0, 1)


def line_at(box, rng, side, dpi, whole):
    """A piece of frame along one side."""
    h, w = box.shape
    view = [box, box[::-1], box.T, box.T[::-1]][side]
    n = view.shape[1]
    a, b = (0, n) if whole else sorted(rng.integers(0, n + 1, 2))
    thick = int(rng.integers(1, 2 + (dpi > 200)))
    top, tilt = rng.integers(0, 3), rng.normal(0, .012)
    ink = rng.uniform(.5, 1)
    for x in range(a, b):
        y = int(top + tilt * (x - n / 2))
        view[max(0, y):max(0, y + thick), x] = np.maximum(
            view[max(0, y):max(0, y + thick), x], ink)


def add_frame(rng, box, dpi):
    for side in range(4):
        if rng.random() < .25:
            line_at(box, rng, side, dpi, rng.random() < .5)


def add_dots(rng, box, dpi):
    """Dotted guides: a middle line, a cross of them or the eight of a 8."""
    h, w = box.shape
    r = max(1, round(dpi / 200))
    kind = rng.integers(3)
    gap = max(3, int(rng.uniform(.5, 1.2) * dpi / 25.4))
    at = []
    if kind != 1:
        at += [(w // 2, y) for y in range(gap // 2, h, gap)]
    if kind == 1 or rng.random() < .4:
        at += [(x, h // 2) for x in range(gap // 2, w, gap)]
    if kind == 2:
        at = [(w * i // 4, h * j // 6) for i in (1, 3) for j in (1, 3, 5)]
    ink = rng.uniform(.4, .9)
    for x, y in at:
        box[y:y + r, x:x + r] = np.maximum(box[y:y + r, x:x + r], ink)


def add_specks(rng, box, dpi):
    h, w = box.shape
    for _ in range(int(rng.integers(1, 6))):
        r = max(1, int(rng.uniform(.05, .35) * dpi / 25.4))
        x, y = rng.integers(0, w), rng.integers(0, h)
        box[y:y + r, x:x + int(rng.integers(1, r + 1))] = rng.uniform(.4, 1)


def add_neighbour(rng, box):
    """A stroke that comes in from the next box and ends soon."""
    h, w = box.shape
    pen = Image.fromarray((box * 255).astype(np.uint8))
    side, y = rng.integers(2), rng.uniform(.1, .9) * h
    reach = rng.uniform(.03, .14) * w
    x = (0, reach) if side else (w - 1, w - 1 - reach)
    ImageDraw.Draw(pen).line(
        [(x[0], y), (x[1], y + rng.normal(0, .06) * h)], fill=255,
        width=int(rng.integers(1, max(2, h // 16) + 1)))
    box[:] = np.maximum(box, np.asarray(pen, np.float32) / 255)


def scan(rng, box):
    """What the scanner makes of it: bilevel or grey, dark or pale."""
    if rng.random() < .3:
        box = blur(box, 1)
    noise = rng.normal(0, rng.uniform(0, .07), box.shape)
    if rng.random() < .5:
        return ((box + noise) > rng.uniform(.3, .6)).astype(np.uint8) * 255
    paper, ink = rng.uniform(0, 50), rng.uniform(120, 255)
    grey = paper + (box + noise) * (ink - paper)
    return np.clip(grey, 0, 255).astype(np.uint8)


def make_box(rng, glyph, bent, struck):
    """One crop of a form with the glyph in it, or an empty one (None)."""
    dpi = int(rng.choice([150, 200, 300, 300]))
    w, h = (round(mm * rng.uniform(.85, 1.15) * dpi / 25.4) for mm in BOX_MM)
    if glyph is None:
        box = np.zeros((h, w), np.float32)
    else:
        box = place(rng, glyph, w, h, bent)
        box = thicken(rng, box, dpi, struck).astype(np.float32)
    messy = 1.6 if glyph is None else 1
    if rng.random() < .4 * messy:
        add_frame(rng, box, dpi)
    if rng.random() < .08 * messy:
        add_dots(rng, box, dpi)
    if rng.random() < .2 * messy:
        add_specks(rng, box, dpi)
    if rng.random() < .06 * messy:
        add_neighbour(rng, box)
    return scan(rng, box)


class Sources:
    """Where glyphs come from: real digits, two kinds of font, pen strokes."""

    def __init__(self, idx, part, printed, written):
        images, labels = idx
        self.images, self.labels = images[part], labels[part]
        self.printed = Glyphs(fonts.families(printed))
        self.written = Glyphs(fonts.families(written))

    def real(self, rng, i=None):
        i = rng.integers(len(self.labels)) if i is None else i
        return from_image(self.images[i]), int(self.labels[i])

    def print(self, rng):
        d = int(rng.integers(10))
        return self.printed.draw(rng, str(d)), d

    def write(self, rng):
        d = int(rng.integers(10))
        return self.written.draw(rng, str(d)), d

    def stroke(self, rng):
        d = int(rng.integers(10))
        return strokes.draw_digit(rng, d), d

    def any(self, rng):
        pick = rng.choice(4, p=[.5, .15, .15, .2])
        return [self.real, self.print, self.write, self.stroke][pick](rng)

    def struck(self, rng):
        kind = rng.random()
        if kind < .55:
            return strokes.strike(rng, self.any(rng)[0]), STRUCK
        if kind < .75:
            return strokes.dash_or_scribble(rng), STRUCK
        if kind < .9:
            return strokes.pair(rng, self.any(rng)[0],
                                self.any(rng)[0]), STRUCK
        other = NOT_DIGITS[rng.integers(len(NOT_DIGITS))]
        return self.other.draw(rng, other), STRUCK

    def empty(self, rng):
        return None, EMPTY


# The pictures of each source; the file holds them under these names.
TRAIN = [("real", 48000), ("print", 16000), ("write", 14000),
         ("stroke", 16000), ("struck", 14000), ("empty", 8000)]
HELD = [("real", 4500), ("print", 2500), ("write", 2500), ("stroke", 2000),
        ("struck", 1500), ("empty", 1500)]


def make(rng, source, name, count, normalise):
    pictures, labels, raw, truth, dropped = [], [], [], [], 0
    for i in range(count):
        if name == "real":
            glyph, label = source.real(rng, i % len(source.labels))
        else:
            glyph, label = getattr(source, name)(rng)
        box = make_box(rng, glyph, name in ("real", "stroke", "struck"),
                       name == "struck")
        state, picture = normalise(box)
        raw.append(box)
        truth.append(label)
        if state != NORM_INK:
            dropped += 1
            continue
        pictures.append(picture)
        labels.append(label)
    print(f"{name}: {count} made, {dropped} empty to the normaliser")
    return (np.array(pictures), np.array(labels, np.uint8), raw,
            np.array(truth, np.uint8))


def main():
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("idx_folder")
    ask.add_argument("out")
    ask.add_argument("--scale", type=float, default=1)
    ask.add_argument("--seed", type=int, default=1)
    a = ask.parse_args()
    idx, normalise = load_idx(a.idx_folder), Normaliser()
    kanji = Glyphs(fonts.families(["ipaex*", "Klee*", "kiloji.ttf"]))
    parts = [
        ("train", TRAIN, a.scale, a.seed,
         Sources(idx, TRAIN_DIGITS, fonts.PRINTED, fonts.WRITTEN)),
        ("held", HELD, 1, a.seed + 1000,
         Sources(idx, HELD_DIGITS, fonts.HELD_PRINTED, fonts.HELD_WRITTEN))]
    out = {}
    for part, plan, scale, seed, source in parts:
        source.other = kanji
        for n, (name, count) in enumerate(plan):
            rng = np.random.default_rng(seed * 100 + n)
            x, y, raw, truth = make(rng, source, name, int(count * scale),
                                    normalise)
            out[f"{part}_{name}_x"], out[f"{part}_{name}_y"] = x, y
            if part == "held":
                out[f"raw_{name}"] = np.array(raw, object)
                out[f"raw_{name}_y"] = truth
        sys.stdout.flush()
    np.savez(a.out, **out)


if __name__ == "__main__":
    main()
