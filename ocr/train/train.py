"""Trains the nets of one kind with their second vote and writes ocr/KIND.net.

    train.py KIND FOLDER [--state FILE] [--until EPOCH] [--only N]
    train.py KIND FOLDER --keep-net
    train.py KIND FOLDER --believe TIMES

FOLDER comes from make_crops.py. One core; what is drawn by chance is drawn
from fixed seeds, and the epochs are counted. With --state a training that was
stopped goes on after its last whole epoch, to the same end (FILE.0, FILE.1 for
each net); --until stops it there, and --only trains one of the nets, so that
two processes may share the work: another run with --state then has nothing to
train and writes the file. --keep-net leaves the nets that are in the file as
they are and makes only their second vote anew, and how much each is believed.
--believe keeps all that is in the file but how much nets and vote are believed,
so many times more, and takes the views from kinds.py. report.py measures."""
import argparse
import time
from pathlib import Path

import numpy as np
import torch
from torch import nn

import model
import votes
from kinds import KINDS
from reader import ROOT, Features, Views

BATCH = 128
BEND = .09          # of half a picture's side, at most, usually
CALM, CALM_RATE = .35, 4e-4
# Of every source, one picture in twelve is kept apart: to set how much nets and
# vote are each believed. Of the real digits, which are drawn many times, the
# last 500: pages with their ink serve to choose thresholds.
KEPT = 12
REAL, REAL_KEPT = 6000, 5500
# The boxes are spoiled more than pages are, and nets that are honest about them
# are too modest about pages: how much surer a new digit net is made. Chosen on
# pages of seeds 11 and 12 (docs/reading.md), never on those reported.
SURER = 1.5


def load_train(kind, folder):
    """(x, y) to train on and (x, y) kept apart. All boxes of one real digit
    are on the same side."""
    train, kept = [], []
    for name, _ in kind.train:
        for file in sorted(folder.glob(f"train-{name}-*.npz"),
                           key=lambda f: int(f.stem.rsplit("-")[-1])):
            a = np.load(file)
            out = (a["who"] % REAL >= REAL_KEPT if name == "real"
                   else a["who"] % KEPT == 0)
            train.append((a["x"][~out], a["y"][~out]))
            kept.append((a["x"][out], a["y"][out]))
    return [tuple(torch.from_numpy(np.concatenate(a)) for a in zip(*part))
            for part in (train, kept)]


def shaken(x, much=1):
    """Each picture a little turned, sheared, resized, moved, bent, its ink
    changed: no epoch shows the same picture twice."""
    n = len(x)
    turn, shear = torch.randn(n) * .07 * much, torch.randn(n) * .06 * much
    sx, sy = (1 + torch.randn(n) * .06 * much for _ in range(2))
    move = torch.randn(n, 2) * .035 * much
    c, s = torch.cos(turn), torch.sin(turn)
    rows = torch.stack([torch.stack([c * sx, (shear - s) * sx, move[:, 0]], 1),
                        torch.stack([s * sy, c * sy, move[:, 1]], 1)], 1)
    grid = nn.functional.affine_grid(rows, x.shape, align_corners=False)
    bend = torch.randn(n, 2, 4, 4) * torch.rand(n, 1, 1, 1) * BEND * much
    grid = grid + nn.functional.interpolate(
        bend, x.shape[2:], mode="bilinear",
        align_corners=True).permute(0, 2, 3, 1)
    out = nn.functional.grid_sample(x, grid, align_corners=False)
    return out.clamp(0, 1) ** torch.exp(torch.randn(n, 1, 1, 1) * .25 * much)


def inputs(x):
    return x.reshape(-1, 1, 28, 28).float() / 255


def one_epoch(net, opt, x, y, epoch, epochs):
    """The learning rate makes one cycle over all epochs; the calm ones behind
    them, of pictures that are hardly shaken, begin low. The mean loss of the
    last 500 steps."""
    calm = epoch >= epochs
    steps = (len(y) + BATCH - 1) // BATCH
    average = 0
    net.train()
    for i, pick in enumerate(torch.randperm(len(y)).split(BATCH)):
        done = (epoch * steps + i) / (epochs * steps)
        rate = 3e-3 * min(done / .1, (1 - done) / .9) + 1e-5
        for group in opt.param_groups:
            group["lr"] = CALM_RATE * (1 - i / steps) if calm else rate
        batch = shaken(inputs(x[pick]), CALM if calm else 1)
        batch = batch.to(memory_format=torch.channels_last)
        loss = nn.functional.cross_entropy(net(batch), y[pick].long())
        opt.zero_grad()
        loss.backward()
        opt.step()
        with torch.no_grad():
            for norm in (net.norm1, net.norm2):
                norm.weight.clamp_(min=.01)
        average += (loss.item() - average) / min(i + 1, 500)
    return average


def train(net, x, y, epochs, whole, until, state):
    net.to(memory_format=torch.channels_last)
    opt = torch.optim.AdamW(net.parameters(), lr=1e-3, weight_decay=1e-3)
    first, start = 0, time.time()
    if state and state.exists():
        first, weights, moments, chance = torch.load(state)
        net.load_state_dict(weights)
        opt.load_state_dict(moments)
        torch.set_rng_state(chance)
    for epoch in range(first, until):
        loss = one_epoch(net, opt, x, y, epoch, epochs)
        print(f"epoch {epoch + 1} of {whole}: loss {loss:.4f}, "
              f"{time.time() - start:.0f} s", flush=True)
        if state:
            torch.save((epoch + 1, net.state_dict(), opt.state_dict(),
                        torch.get_rng_state()), state)
    return until >= whole


def believed(zs, d, y, vote_soft):
    """How much nets and vote are believed: the temperatures with which the kept
    pictures' classes, by the mean of their views, are the likeliest. The nets
    are believed alike."""
    z = sum(zs) / len(zs)
    t = torch.tensor([0., np.log(vote_soft)], requires_grad=True)
    opt = torch.optim.LBFGS([t], max_iter=60, line_search_fn="strong_wolfe")

    def loss():
        opt.zero_grad()
        a = nn.functional.cross_entropy(z * t[0].exp() - d * t[1].exp(), y)
        a.backward()
        return a
    opt.step(loss)
    both = (z * t[0].exp() - d * t[1].exp()).argmax(1)
    alone = ", ".join(f"{(a.argmax(1) == y).float().mean():.4f}" for a in zs)
    print(f"kept apart: each net {alone} right, together "
          f"{(z.argmax(1) == y).float().mean():.4f}, "
          f"vote {(d.argmin(1) == y).float().mean():.4f}, "
          f"all {(both == y).float().mean():.4f}; "
          f"temperatures {t.exp().tolist()}")
    return float(len(zs) / t[0].exp().item()), float(t[1].exp().item())


def trained(kind, x, y, a):
    """[(layers, what one of the last sums is worth)] of every net; None while
    one of them is not whole."""
    nets, whole = [], True
    for n in range(kind.nets):
        if a.only is not None and n != a.only:
            continue
        torch.manual_seed(1 + n)
        net = model.Net(kind)
        count = sum(p.numel() for p in net.parameters())
        print(f"net {n}: {len(y)} pictures, {count} parameters", flush=True)
        state = a.state and Path(f"{a.state}.{n}")
        last = kind.epochs + kind.calm
        until = last if a.until is None else a.until
        whole = train(net, x, y, kind.epochs, last, until, state) and whole
        nets.append(model.quantised(net, inputs(x[::31])) if whole else None)
    return nets if whole and a.only is None else None


def main():
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("kind", choices=KINDS)
    ask.add_argument("folder", type=Path)
    ask.add_argument("--state", type=Path)
    ask.add_argument("--until", type=int)
    ask.add_argument("--only", type=int)
    ask.add_argument("--keep-net", action="store_true")
    ask.add_argument("--believe", type=float)
    a = ask.parse_args()
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)
    kind = KINDS[a.kind]
    path = ROOT / "ocr" / f"{kind.name}.net"
    if a.believe:
        print("version", model.believe(path, kind.views, a.believe))
        return
    (x, y), (kept_x, kept_y) = load_train(kind, a.folder)
    nets = model.read_net(path) if a.keep_net else trained(kind, x, y, a)
    if nets is None:
        return
    features = Features()
    owners, examples, vote_soft = votes.examples(
        torch.from_numpy(features(x.numpy())).float(), y.long(), kind)
    d = votes.class_distances(
        torch.from_numpy(features(kept_x.numpy())).float(),
        torch.from_numpy(examples).float(), torch.from_numpy(owners),
        len(kind.classes) + 2)
    view = Views()
    seen = [torch.from_numpy(view(kept_x.numpy(), v))
            for v in range(kind.views)]
    zs = [sum(model.sums(layers, x) for x in seen) * unit / kind.views
          for layers, unit in nets]
    warm, vote_unit = believed(zs, d, kept_y.long(), vote_soft)
    surer = SURER if kind.name == "digit" else 1
    print("version", model.write_net(
        path, [(layers, model.softness(unit, warm / surer))
               for layers, unit in nets],
        kind.views, model.softness(vote_unit, 1 / surer), (owners, examples)))


if __name__ == "__main__":
    main()
