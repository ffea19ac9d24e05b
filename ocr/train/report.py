"""Measures every net through the C code on what training never saw and writes
REPORT.md.

    report.py FOLDER…       folders of make_crops.py, named after their kind
    report.py --digits IDX_FOLDER FOLDER…   also the digits as published"""
import argparse
import time
from collections import Counter
from pathlib import Path

import numpy as np

from kinds import KINDS
from make_crops import HELD_DIGITS, load_idx
from reader import HERE, Reader

LEVELS = [0, 900, 950, 980, 990, 995, 999]
ACCEPT = 990
NAMES = {"real": "real ink in boxes", "print": "printed, fonts not trained on",
         "write": "handwriting-like fonts not trained on",
         "stroke": "pen strokes", "struck": "struck out, or none of them",
         "empty": "empty", "published": "real digits as published"}


def upper(errors, n):
    """The 95 % bound of the error, in percent (Wilson)."""
    if n == 0:
        return 100
    z, p = 1.645, errors / n
    return 100 * (p + z * z / 2 / n + z * ((p * (1 - p) + z * z / 4 / n) / n)
                  ** .5) / (1 + z * z / n)


def passing(kind, got, truth, level):
    """What passes at this level, how many, and how many of them wrong."""
    passes = (got[:, 0] < kind.empty) & (got[:, 2] >= level)
    wrong = passes & (got[:, 0] != truth)
    return int(passes.sum()), int(wrong.sum())


def cells(n, wrong, of):
    return (f"{n / of:.1%} | {wrong} | {100 * wrong / max(n, 1):.2f} % | "
            f"{upper(wrong, n):.2f} % |")


def measure(kind, sets, out):
    read = Reader(kind.name)
    out.append(f"## {kind.name}, weights {read.version}\n")
    out.append("| held out | pictures | read right | passes at "
               f"{ACCEPT} | wrong of those | error | 95 % bound |\n"
               "|---|---|---|---|---|---|---|")
    every, start = [], time.process_time()
    for name, (boxes, truth) in sets.items():
        got = np.array([read(b) for b in boxes])
        right = (got[:, 0] == truth).mean()
        n, wrong = passing(kind, got, truth, ACCEPT)
        out.append(f"| {NAMES[name]} | {len(truth)} | {right:.2%} | "
                   + cells(n, wrong, len(truth)))
        every.append((name, got, truth))
    print(kind.name, f"{time.process_time() - start:.1f} s of CPU")
    main = "real" if "real" in sets else "print"
    out.append(f"\nAt other levels, {NAMES[main]}, and all boxes together "
               "(those with nothing to accept among them):\n\n"
               "| level | passes | wrong | error | 95 % bound | all: passes | "
               "wrong | error | 95 % bound |\n|---|---|---|---|---|---|---|---|"
               "---|")
    one = [(g, t) for n, g, t in every if n == main][0]
    got = np.concatenate([g for n, g, _ in every if n != "published"])
    truth = np.concatenate([t for n, _, t in every if n != "published"])
    for level in LEVELS:
        out.append(f"| {level} | "
                   + cells(*passing(kind, *one, level), len(one[1])) + " "
                   + cells(*passing(kind, got, truth, level), len(truth)))
    names = kind.classes + ["empty", "other"]
    few = len(kind.classes) <= 14
    out.append(f"\nBy class, {NAMES[main]}"
               + (": read right, passes, wrong of those\n" if few else ":\n"))
    out.append("| | " + " | ".join(kind.classes[:14]) + " |\n|---"
               + "|---" * len(kind.classes[:14]) + "|"
               if few else "Least often right: " + ", ".join(
                   f"{names[c]} {r:.0%}" for r, c in sorted(
                       ((one[0][one[1] == c, 0] == c).mean(), c)
                       for c in set(one[1].tolist()))[:12]))
    if few:
        rows = [[], [], []]
        for c in range(len(kind.classes)):
            mine = one[1] == c
            n, wrong = passing(kind, one[0][mine], one[1][mine], ACCEPT)
            rows[0].append(f"{(one[0][mine, 0] == c).mean():.1%}")
            rows[1].append(f"{n / max(1, mine.sum()):.0%}")
            rows[2].append(str(wrong))
        for title, row in zip(("right", "passes", "wrong"), rows):
            out.append(f"| {title} | " + " | ".join(row) + " |")
    pairs = Counter((names[t], names[g]) for g, t in
                    zip(got[:, 0].tolist(), truth.tolist()) if g != t)
    out.append("\nMost mistaken, all boxes (what it is → what was read): "
               + ", ".join(f"{a} → {b} {n}"
                           for (a, b), n in pairs.most_common(14)) + ".\n")


def main():
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("folders", nargs="+", type=Path)
    ask.add_argument("--digits")
    a = ask.parse_args()
    out = ["# What the nets read\n\nWritten by `report.py`; how the nets are "
           "made: README.md. Every figure is of boxes that no training saw: "
           "other fonts, other writers' ink, other random numbers. The boxes "
           "are spoiled on purpose (150 to 300 dpi, most of them bilevel, "
           "frame remnants, dotted guides, specks, strokes from the next box)."
           " “Passes”: read as a character at that confidence or above, which "
           "needs both votes; everything else goes to a person.\n"]
    for folder in a.folders:
        kind, sets = KINDS[folder.name], {}
        if kind.name == "digit" and a.digits:
            images, labels = load_idx(a.digits)
            sets["published"] = images[HELD_DIGITS], labels[HELD_DIGITS]
        for name, _ in kind.held:
            held = np.load(folder / f"held-{name}.npz", allow_pickle=True)
            sets[name] = held["raw"], held["y"]
        measure(kind, sets, out)
    (HERE / "REPORT.md").write_text("\n".join(out) + "\n")


if __name__ == "__main__":
    main()
