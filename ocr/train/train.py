"""Trains the digit net, writes ocr/digit_weights.c and measures what the C
code then reads.

    train.py CROPS.npz IDX_FOLDER [--minutes 9] [--measure-only]

CROPS.npz comes from make_crops.py. One core is enough."""
import argparse
import time

import numpy as np
import torch
from torch import nn

import model
from make_crops import HELD, HELD_DIGITS, TRAIN, load_idx
from reader import ROOT, Reader

WEIGHTS = ROOT / "ocr" / "digit_weights.c"
BATCH = 128
LEVELS = [0, 500, 900, 950, 980, 990, 995, 998, 999]
# Of every source, one picture in twenty is kept to set the temperature with.
KEPT = 20
REAL = 6000


def load_train(crops):
    """(x, y) to train on and (x, y) to calibrate with."""
    train, kept = [], []
    for name, _ in TRAIN:
        x, y = crops[f"train_{name}_x"], crops[f"train_{name}_y"]
        who = np.arange(len(y)) % (REAL if name == "real" else len(y) + 1)
        out = who % KEPT == 0
        train.append((x[~out], y[~out]))
        kept.append((x[out], y[out]))
    return [tuple(torch.from_numpy(np.concatenate(a)) for a in zip(*part))
            for part in (train, kept)]


def shaken(x):
    """Each picture a little turned, sheared, resized, moved, its ink changed:
    no epoch shows the same picture twice."""
    n = len(x)
    turn, shear = torch.randn(n) * .07, torch.randn(n) * .06
    sx, sy = 1 + torch.randn(n) * .06, 1 + torch.randn(n) * .06
    move = torch.randn(n, 2) * .035
    c, s = torch.cos(turn), torch.sin(turn)
    rows = torch.stack([torch.stack([c * sx, (shear - s) * sx, move[:, 0]], 1),
                        torch.stack([s * sy, c * sy, move[:, 1]], 1)], 1)
    grid = nn.functional.affine_grid(rows, x.shape, align_corners=False)
    out = nn.functional.grid_sample(x, grid, align_corners=False)
    return out.clamp(0, 1) ** torch.exp(torch.randn(n, 1, 1, 1) * .25)


def inputs(x):
    return x.reshape(-1, 1, 28, 28).float() / 255


def outputs(net, x):
    net.eval()
    with torch.no_grad():
        return torch.cat([net(inputs(b)) for b in x.split(1000)])


def train(net, x, y, minutes):
    """One cycle of the learning rate over the time given."""
    opt = torch.optim.AdamW(net.parameters(), lr=1e-3, weight_decay=1e-3)
    start, steps, done, average = time.time(), 0, 0, 0
    while done < 1:
        net.train()
        for pick in torch.randperm(len(y)).split(BATCH):
            done = (time.time() - start) / (60 * minutes)
            if done >= 1:
                break
            rate = 3e-3 * min(done / .1, (1 - done) / .9) + 1e-5
            for group in opt.param_groups:
                group["lr"] = rate
            loss = nn.functional.cross_entropy(net(shaken(inputs(x[pick]))),
                                               y[pick].long())
            opt.zero_grad()
            loss.backward()
            opt.step()
            steps += 1
            average += (loss.item() - average) / min(steps, 500)
        print(f"{done:4.0%} {steps} steps, loss {average:.4f}", flush=True)


def temperature(net, x, y):
    z, y = outputs(net, x), y.long()
    tries = np.exp(np.linspace(-.5, 1.5, 81))
    loss = [nn.functional.cross_entropy(z / t, y).item() for t in tries]
    print(f"kept apart: {(z.argmax(1) == y).float().mean():.4f} right, "
          f"temperature {tries[np.argmin(loss)]:.2f}")
    return float(tries[np.argmin(loss)])


def upper(errors, n):
    """The 95 % bound of the error, in percent (Wilson)."""
    if n == 0:
        return 100
    z, p = 1.645, errors / n
    return 100 * (p + z * z / 2 / n + z * ((p * (1 - p) + z * z / 4 / n) / n)
                  ** .5) / (1 + z * z / n)


def accepted_line(got, truth, level):
    """What passes at this level, and how much of it is wrong: only a digit
    passes, and only the same digit is right."""
    passes = (got[:, 0] < 10) & (got[:, 2] >= level)
    wrong = int((passes & (got[:, 0] != truth)).sum())
    n = int(passes.sum())
    return (f"{level:5d} {n / len(truth):9.1%} {wrong:6d} "
            f"{100 * wrong / max(n, 1):8.2f} % {upper(wrong, n):8.2f} %")


def measure(crops, idx):
    read = Reader()
    images, labels = idx
    sets = {"real, as published": (images[HELD_DIGITS], labels[HELD_DIGITS])}
    for name, _ in HELD:
        sets[f"{name}, in boxes"] = (crops[f"raw_{name}"],
                                     crops[f"raw_{name}_y"])
    every = []
    for name, (boxes, truth) in sets.items():
        start = time.time()
        got = np.array([read(b) for b in boxes])
        ms = 1000 * (time.time() - start) / len(boxes)
        right = (got[:, 0] == truth).mean()
        print(f"\n{name}: {len(boxes)} pictures, {right:.2%} right, "
              f"{ms:.2f} ms each")
        print("level  accepted  wrong    error    bound")
        for level in LEVELS:
            print(accepted_line(got, truth, level))
        every.append((got, truth))
    got = np.concatenate([g for g, _ in every[1:]])
    truth = np.concatenate([t for _, t in every[1:]])
    print("\nall in boxes")
    for level in LEVELS:
        print(accepted_line(got, truth, level))
    table = np.zeros((12, 12), int)
    np.add.at(table, (truth, got[:, 0]), 1)
    print("\nrows: what it is; columns: what was read\n", table)


def main():
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("crops")
    ask.add_argument("idx_folder")
    ask.add_argument("--minutes", type=float, default=9)
    ask.add_argument("--measure-only", action="store_true")
    a = ask.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(1)
    crops = np.load(a.crops, allow_pickle=True)
    if not a.measure_only:
        (x, y), (kept_x, kept_y) = load_train(crops)
        net = model.Net()
        count = sum(p.numel() for p in net.parameters())
        print(f"{len(y)} pictures, {count} parameters")
        train(net, x, y, a.minutes)
        warm = temperature(net, kept_x, kept_y)
        layers, unit = model.quantised(net, inputs(x[::31]))
        print("version", model.write_c(WEIGHTS, layers,
                                       model.softness(unit, warm)))
    measure(crops, load_idx(a.idx_folder))


if __name__ == "__main__":
    main()
