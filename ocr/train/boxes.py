"""Boxes of a form with a character in them, drawn and then spoiled as pens,
printers and scanners do. make_crops.py fills them."""
import numpy as np
from PIL import Image, ImageDraw

import strokes

BOX_MM = (5, 7)


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
    """The glyph in a box of w x h px, 0..1, moved, turned, bent, resized. Some
    run over the left or right side, where the frame cuts them."""
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
    if rng.random() < .12:
        cx = w / 2 + rng.choice([-1, 1]) * (free_x
                                            + rng.uniform(0, .1) * wide)
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


def add_gap(rng, box):
    """A stroke that crosses the frame has lost what lay on the line."""
    h, w = box.shape
    wide = max(1, round(w * rng.uniform(.015, .07)))
    at = int(rng.uniform(0, .12) * w)
    at = w - at - wide if rng.random() < .5 else at
    box[:, at:at + wide] = 0


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
    """What the scanner and the page's threshold make of it: bilevel, as
    ocr/box.c cuts it, and some grey, as other people's pictures are."""
    if rng.random() < .3:
        box = blur(box, 1)
    noise = rng.normal(0, rng.uniform(0, .07), box.shape)
    if rng.random() < .85:
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
        if rng.random() < .12:
            add_gap(rng, box)
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
