"""Trains the net of one kind with its second vote and writes
ocr/KIND.net.

    train.py KIND FOLDER [--state FILE] [--until EPOCH] [--keep-net]

FOLDER comes from make_crops.py. One core; what is drawn by chance is drawn
from fixed seeds, and the epochs are counted. With --state a training that was
stopped goes on after its last whole epoch, to the same end; --until stops it
there. --keep-net leaves the net that is in the file as it is and makes only its
second vote anew, and how much each is believed. report.py measures."""
import argparse
import time
from pathlib import Path

import numpy as np
import torch
from torch import nn

import model
import votes
from kinds import KINDS
from reader import ROOT, Features

BATCH = 128
# Of every source, one picture in twelve is kept apart: to set how much net and
# vote are each believed.
KEPT = 12
REAL = 6000


def load_train(kind, folder):
    """(x, y) to train on and (x, y) kept apart. All boxes of one real digit
    are on the same side."""
    train, kept = [], []
    for name, _ in kind.train:
        for file in sorted(folder.glob(f"train-{name}-*.npz"),
                           key=lambda f: int(f.stem.rsplit("-")[-1])):
            a = np.load(file)
            who = a["who"] % REAL if name == "real" else a["who"]
            out = who % KEPT == 0
            train.append((a["x"][~out], a["y"][~out]))
            kept.append((a["x"][out], a["y"][out]))
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


def one_epoch(net, opt, x, y, epoch, epochs):
    """The learning rate makes one cycle over all epochs. The mean loss of the
    last 500 steps."""
    steps = (len(y) + BATCH - 1) // BATCH
    average = 0
    net.train()
    for i, pick in enumerate(torch.randperm(len(y)).split(BATCH)):
        done = (epoch * steps + i) / (epochs * steps)
        for group in opt.param_groups:
            group["lr"] = 3e-3 * min(done / .1, (1 - done) / .9) + 1e-5
        batch = shaken(inputs(x[pick])).to(memory_format=torch.channels_last)
        loss = nn.functional.cross_entropy(net(batch), y[pick].long())
        opt.zero_grad()
        loss.backward()
        opt.step()
        with torch.no_grad():
            for norm in (net.norm1, net.norm2):
                norm.weight.clamp_(min=.01)
        average += (loss.item() - average) / min(i + 1, 500)
    return average


def train(net, x, y, epochs, until, state):
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
        print(f"epoch {epoch + 1} of {epochs}: loss {loss:.4f}, "
              f"{time.time() - start:.0f} s", flush=True)
        if state:
            torch.save((epoch + 1, net.state_dict(), opt.state_dict(),
                        torch.get_rng_state()), state)
    return until == epochs


def believed(z, d, y, vote_soft):
    """How much net and vote are believed: the temperature of each with which
    the kept pictures' classes are the likeliest."""
    t = torch.tensor([0., np.log(vote_soft)], requires_grad=True)
    opt = torch.optim.LBFGS([t], max_iter=60, line_search_fn="strong_wolfe")

    def loss():
        opt.zero_grad()
        a = nn.functional.cross_entropy(z * t[0].exp() - d * t[1].exp(), y)
        a.backward()
        return a
    opt.step(loss)
    both = (z * t[0].exp() - d * t[1].exp()).argmax(1)
    print(f"kept apart: net {(z.argmax(1) == y).float().mean():.4f} right, "
          f"vote {(d.argmin(1) == y).float().mean():.4f}, "
          f"together {(both == y).float().mean():.4f}; "
          f"temperatures {t.exp().tolist()}")
    return float(1 / t[0].exp().item()), float(t[1].exp().item())


def main():
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("kind", choices=KINDS)
    ask.add_argument("folder", type=Path)
    ask.add_argument("--state", type=Path)
    ask.add_argument("--until", type=int)
    ask.add_argument("--keep-net", action="store_true")
    a = ask.parse_args()
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)
    torch.manual_seed(1)
    kind = KINDS[a.kind]
    (x, y), (kept_x, kept_y) = load_train(kind, a.folder)
    path = ROOT / "ocr" / f"{kind.name}.net"
    if a.keep_net:
        layers, unit = model.read_net(path)
    else:
        net = model.Net(kind)
        count = sum(p.numel() for p in net.parameters())
        print(f"{len(y)} pictures, {count} parameters", flush=True)
        if not train(net, x, y, kind.epochs, a.until or kind.epochs, a.state):
            return
        layers, unit = model.quantised(net, inputs(x[::31]))
    features = Features()
    owners, examples, vote_soft = votes.examples(
        torch.from_numpy(features(x.numpy())).float(), y.long(), kind)
    d = votes.class_distances(
        torch.from_numpy(features(kept_x.numpy())).float(),
        torch.from_numpy(examples).float(), torch.from_numpy(owners),
        len(kind.classes) + 2)
    z = model.sums(layers, kept_x) * unit
    warm, vote_unit = believed(z, d, kept_y.long(), vote_soft)
    soft = (model.softness(unit, warm), model.softness(vote_unit, 1))
    print("version", model.write_net(path, layers, soft,
                                     (owners, examples)))


if __name__ == "__main__":
    main()
