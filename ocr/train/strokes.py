"""Digits drawn as pen strokes, with the habits of Japanese writers, and what
people do to a digit they take back. Everything returns an 84 x 84 picture as
uint8, 0 = paper, 255 = ink, with the ink some 60 px high in the middle.

To add a habit: one more list of strokes under its digit in HABITS. A stroke is
(smooth, points); points are (x, y) in a unit box, y downwards."""
import math

import numpy as np
from PIL import Image, ImageDraw

SIDE = 84
INK = 60
SMOOTH, STRAIGHT = True, False

STEM = (STRAIGHT, [(.5, 0), (.48, 1)])
BOWL3 = (SMOOTH, [(.4, .45), (.75, .55), (.85, .78), (.55, 1), (.1, .9)])
BOWL5 = (SMOOTH, [(.18, .45), (.5, .36), (.85, .62), (.62, .97), (.1, .93)])
HEAD9 = (SMOOTH, [(.8, .2), (.5, .02), (.18, .22), (.42, .48), (.8, .25)])

HABITS = {
    "0": [  # closed, with a tail at the top, open at the top
        [(SMOOTH, [(.5, 0), (.15, .3), (.15, .7), (.5, 1), (.85, .7),
                   (.85, .3), (.5, 0)])],
        [(SMOOTH, [(.45, .05), (.12, .35), (.2, .8), (.55, 1), (.88, .65),
                   (.75, .2), (.4, .03), (.65, .0), (.95, -.08)])],
        [(SMOOTH, [(.45, .1), (.1, .4), (.25, .9), (.6, .97), (.9, .6),
                   (.75, .15), (.5, .02), (.3, .06)])],
        [(SMOOTH, [(.6, .02), (.2, .2), (.12, .7), (.5, 1), (.85, .7),
                   (.85, .3), (.65, .08)])],
    ],
    "1": [  # bare, hooked, with a foot
        [STEM],
        [STEM],
        [(STRAIGHT, [(.28, .22), (.5, 0), (.5, 1)])],
        [(STRAIGHT, [(.38, .12), (.5, 0), (.5, 1)])],
        [(STRAIGHT, [(.25, .25), (.5, 0), (.5, 1)]),
         (STRAIGHT, [(.22, 1), (.78, 1)])],
    ],
    "2": [
        [(SMOOTH, [(.12, .25), (.35, .02), (.75, .1), (.75, .4), (.45, .7),
                   (.1, 1)]), (STRAIGHT, [(.1, 1), (.9, .97)])],
        [(SMOOTH, [(.1, .2), (.4, 0), (.8, .2), (.6, .55), (.2, .95),
                   (.08, .88), (.28, .82), (.55, .95), (.92, .93)])],
        [(SMOOTH, [(.15, .15), (.5, 0), (.8, .25), (.5, .65), (.12, .98)]),
         (SMOOTH, [(.12, .98), (.5, .94), (.9, 1)])],
    ],
    "3": [
        [(SMOOTH, [(.12, .12), (.5, 0), (.8, .2), (.65, .4), (.4, .46)]),
         BOWL3],
        [(STRAIGHT, [(.12, .02), (.8, .02), (.42, .4)]), BOWL3],
        [(SMOOTH, [(.1, .15), (.45, 0), (.75, .2), (.45, .48), (.4, .5),
                   (.8, .6), (.8, .85), (.45, 1), (.08, .85)])],
    ],
    "4": [  # open as in school, open like a chair, closed
        [(STRAIGHT, [(.35, 0), (.08, .62), (.92, .62)]),
         (STRAIGHT, [(.62, .25), (.6, 1)])],
        [(STRAIGHT, [(.15, 0), (.12, .52), (.92, .5)]),
         (STRAIGHT, [(.75, 0), (.7, 1)])],
        [(STRAIGHT, [(.25, .05), (.1, .55), (.85, .55)]),
         (STRAIGHT, [(.68, .0), (.62, 1)])],
        [(STRAIGHT, [(.62, 0), (.05, .66), (.95, .66)]),
         (STRAIGHT, [(.62, 0), (.62, 1)])],
        [(SMOOTH, [(.2, 0), (.15, .4), (.45, .52), (.75, .45)]),
         (STRAIGHT, [(.78, .02), (.72, 1)])],
    ],
    "5": [  # the bar joined, apart, drooping
        [(STRAIGHT, [(.2, 0), (.18, .45)]), BOWL5,
         (STRAIGHT, [(.2, .01), (.85, 0)])],
        [(STRAIGHT, [(.22, .06), (.18, .45)]), BOWL5,
         (STRAIGHT, [(.32, .0), (.9, -.05)])],
        [(STRAIGHT, [(.85, 0), (.22, .02), (.18, .45)]), BOWL5],
        [(SMOOTH, [(.85, .02), (.3, .05), (.2, .4), (.6, .45), (.8, .72),
                   (.5, 1), (.12, .88)])],
    ],
    "6": [
        [(SMOOTH, [(.62, 0), (.28, .35), (.12, .72), (.4, 1), (.8, .85),
                   (.72, .58), (.4, .55), (.14, .75)])],
        [(SMOOTH, [(.35, 0), (.15, .45), (.18, .9), (.55, 1), (.82, .78),
                   (.6, .55), (.3, .62), (.16, .8)])],
        [(SMOOTH, [(.7, .05), (.3, .25), (.12, .7), (.45, 1), (.8, .8),
                   (.55, .6), (.2, .72)])],
    ],
    "7": [  # plain, with the hook at the left, barred, both, curved leg
        [(STRAIGHT, [(.1, .03), (.85, .03), (.45, 1)])],
        [(STRAIGHT, [(.12, .28), (.12, .03), (.85, .03), (.48, 1)])],
        [(STRAIGHT, [(.15, .35), (.12, .05), (.85, 0), (.6, 1)])],
        [(STRAIGHT, [(.1, .03), (.85, .03), (.45, 1)]),
         (STRAIGHT, [(.35, .5), (.8, .47)])],
        [(STRAIGHT, [(.12, .25), (.12, .03), (.85, .03), (.5, 1)]),
         (STRAIGHT, [(.38, .5), (.85, .48)])],
        [(STRAIGHT, [(.14, .3), (.14, .04), (.8, .04)]),
         (SMOOTH, [(.8, .04), (.72, .4), (.5, .7), (.42, 1)])],
        [(SMOOTH, [(.1, .1), (.4, .04), (.82, .05), (.65, .4), (.5, 1)])],
    ],
    "8": [
        [(SMOOTH, [(.75, .15), (.45, 0), (.2, .2), (.5, .45), (.8, .75),
                   (.5, 1), (.18, .75), (.5, .47), (.78, .2)])],
        [(SMOOTH, [(.5, .47), (.2, .25), (.5, 0), (.8, .25), (.5, .47),
                   (.15, .75), (.5, 1), (.85, .75), (.5, .47)])],
        [(SMOOTH, [(.82, .1), (.5, .02), (.22, .22), (.55, .5), (.78, .8),
                   (.45, 1), (.2, .8), (.5, .5), (.88, .02)])],
    ],
    "9": [  # straight stem, curved foot, stem apart
        [HEAD9, (STRAIGHT, [(.8, .1), (.76, 1)])],
        [HEAD9, (SMOOTH, [(.8, .1), (.8, .6), (.6, .95), (.25, .95)])],
        [(SMOOTH, [(.78, .15), (.45, 0), (.15, .25), (.45, .5), (.8, .22),
                   (.72, .6), (.45, 1)])],
        [HEAD9, (STRAIGHT, [(.84, .02), (.6, 1)])],
    ],
}


def curve(points, smooth):
    """The points themselves, or a Catmull-Rom curve through them."""
    if not smooth or len(points) < 3:
        return points
    p = np.vstack([2 * points[0] - points[1], points,
                   2 * points[-1] - points[-2]])
    t = np.linspace(0, 1, 9)[:, None]
    out = []
    for a, b, c, d in zip(p, p[1:], p[2:], p[3:]):
        out.append(b + .5 * t * (c - a + t * (2 * a - 5 * b + 4 * c - d
                                 + t * (3 * (b - c) + d - a))))
    return np.vstack(out)


def draw_lines(picture, lines, width):
    """Adds lines (arrays of x, y in px of the 84 px picture), round ends."""
    big = Image.new("L", (SIDE * 2, SIDE * 2))
    pen = ImageDraw.Draw(big)
    r = width
    for line in lines:
        xy = [(float(x) * 2, float(y) * 2) for x, y in line]
        pen.line(xy, fill=255, width=max(1, round(2 * r)), joint="curve")
        for x, y in (xy[0], xy[-1]):
            pen.ellipse([x - r, y - r, x + r, y + r], fill=255)
    new = np.asarray(big.resize((SIDE, SIDE), Image.BOX))
    return np.maximum(picture, new)


def blank():
    return np.zeros((SIDE, SIDE), np.uint8)


def draw(rng, what):
    """A digit with one of its habits."""
    strokes = HABITS[what][rng.integers(len(HABITS[what]))]
    wide = INK * rng.uniform(.5, .8)
    jitter = rng.uniform(.01, .06)
    lines = []
    for smooth, points in strokes:
        p = np.array(points) + rng.normal(0, jitter, (len(points), 2))
        p = curve(p, smooth)
        lines.append((p - .5) * [wide, INK] + SIDE / 2)
    return draw_lines(blank(), lines, rng.uniform(2, 8))


def ink_box(picture):
    rows, cols = np.any(picture > 127, 1), np.any(picture > 127, 0)
    if not rows.any():
        return SIDE // 4, SIDE // 4, SIDE * 3 // 4, SIDE * 3 // 4
    y, x = np.flatnonzero(rows), np.flatnonzero(cols)
    return x[0], y[0], x[-1], y[-1]


def zigzag(rng, box, passes):
    x0, y0, x1, y1 = box
    along = np.linspace(0, 1, passes * 2 + 1)
    side = np.where(np.arange(len(along)) % 2, 1., 0.)
    p = np.stack([side, along], 1) + rng.normal(0, .06, (len(along), 2))
    if rng.random() < .4:
        p = p[:, ::-1]
    return curve(np.array([x0, y0]) + p * [x1 - x0, y1 - y0],
                 rng.random() < .5)


def strike(rng, picture):
    """The digit taken back: double line, scribble, cross or hatching."""
    x0, y0, x1, y1 = ink_box(picture)
    middle, high = (y0 + y1) / 2, y1 - y0
    reach = max(x1 - x0, 30) * rng.uniform(.6, .85)
    cx, width = (x0 + x1) / 2, rng.uniform(1.8, 5)
    kind = rng.integers(5)
    lines = []
    if kind <= 1:
        gap, slope = rng.uniform(.1, .3) * high, rng.uniform(-.35, .35)
        for dy in (-gap / 2, gap / 2):
            tilt = slope + rng.normal(0, .05)
            y = middle + dy + rng.normal(0, 2)
            lines.append([(cx - reach, y - tilt * reach),
                          (cx + reach, y + tilt * reach)])
    elif kind == 2:
        box = (cx - reach, y0 + rng.uniform(-.05, .25) * high, cx + reach,
               y1 - rng.uniform(-.05, .25) * high)
        lines.append(zigzag(rng, box, int(rng.integers(3, 7))))
    elif kind == 3:
        p = np.array([[-1, -.5], [1, .5], [1, -.5], [-1, .5]])
        p = p * [reach, high] + [cx, middle] + rng.normal(0, 3, (4, 2))
        lines += [p[:2], p[2:]]
    else:
        for i in range(int(rng.integers(3, 6))):
            x = cx + (i / 2 - 1) * reach
            lines.append([(x - 10, y1 + 3), (x + 10, y0 - 3)])
    return draw_lines(picture, [np.clip(l, 1, SIDE - 2) for l in lines], width)


def slash(rng):
    """The stroke from corner to corner that voids a box: further from upright
    than a slanted 1."""
    lean = np.radians(rng.uniform(35, 62)) * rng.choice([1, 1, -1])
    half = rng.uniform(26, 36)
    tip = np.array([np.sin(lean), -np.cos(lean)]) * half
    line = np.array([-tip, rng.normal(0, 1.5, 2), tip]) + SIDE / 2
    return draw_lines(blank(), [curve(line, True)], rng.uniform(2, 6))


def dash_or_scribble(rng, dashes):
    """A box filled without a character in it: a scribble, and where no ー or ノ
    can be meant, one or two dashes or a slash."""
    width = rng.uniform(2, 8)
    kind = rng.integers(5) if dashes else rng.integers(2, 4)
    if kind == 4:
        return slash(rng)
    half, c = rng.uniform(12, 34), SIDE / 2
    tilt = rng.uniform(-.3, .3) * half
    if kind <= 1:
        bend = rng.normal(0, 2)
        line = np.array([(c - half, c - tilt), (c, c + bend),
                         (c + half, c + tilt)])
        gap = rng.uniform(8, 16)
        lines = [line] if kind == 0 else [line - [0, gap / 2],
                                          line + [0, gap / 2]]
    elif kind == 2:
        box = (c - half, c - 28, c + half, c + 28)
        lines = [zigzag(rng, box, int(rng.integers(4, 9)))]
    else:
        n = int(rng.integers(8, 16))
        a = np.linspace(0, 2 * math.pi * rng.uniform(2, 4), n * 3)
        r = rng.uniform(10, 30) * (1 + rng.normal(0, .2, n * 3))
        lines = [curve(np.stack([c + np.cos(a) * r, c + np.sin(a) * r], 1),
                       True)]
    return draw_lines(blank(), [np.clip(l, 1, SIDE - 2) for l in lines], width)


def pair(rng, left, right):
    """Two digits in one box."""
    out = blank()
    for picture, at in ((left, 0), (right, 1)):
        x0, _, x1, _ = ink_box(picture)
        crop = Image.fromarray(picture[:, max(0, x0 - 2):x1 + 3])
        new = np.asarray(crop.resize((SIDE // 2 - 4, SIDE)))
        x = 2 + at * (SIDE // 2 - int(rng.integers(0, 5)))
        out[:, x:x + new.shape[1]] = np.maximum(
            out[:, x:x + new.shape[1]], new)
    return out
