"""The examples of the second vote: centres of every class's features, then
moved until the nearest one is most often of the right class."""
import numpy as np
import torch
from torch import nn

TOP = 99
MOST = 4000     # of a class, to find the centres of
ROUNDS = 8
EPOCHS = 4
BATCH = 256


def apart(x, p):
    """Squared distances, pictures by examples."""
    return (x * x).sum(1)[:, None] - 2 * x @ p.T + (p * p).sum(1)[None]


def centres(x, n, random):
    """Lloyd's algorithm from n pictures drawn at random."""
    x = x[torch.randperm(len(x), generator=random)[:MOST]]
    p = x[:n].clone()
    for _ in range(ROUNDS):
        near = apart(x, p).argmin(1)
        for i in range(len(p)):
            if (near == i).any():
                p[i] = x[near == i].mean(0)
    return p


def class_distances(x, p, owners, classes):
    d = apart(x, p)
    out = torch.full((len(x), classes), 1e9)
    return out.scatter_reduce(1, owners[None].expand(len(x), -1), d, "amin")


def examples(x, y, kind):
    """(class of each, examples 0..99, softness of a unit of distance) from
    features 0..99 of the training pictures."""
    random = torch.Generator().manual_seed(3)
    classes = len(kind.classes) + 2
    each, empty, other = kind.examples
    counts = [each] * len(kind.classes) + [empty, other]
    parts = [(c, centres(x[y == c], counts[c], random))
             for c in range(classes) if (y == c).any()]
    owners = torch.cat([torch.full((len(p),), c) for c, p in parts])
    p = nn.Parameter(torch.cat([p for _, p in parts]))
    soft = nn.Parameter(torch.tensor(-7.))
    opt = torch.optim.Adam([{"params": [p], "lr": .3},
                            {"params": [soft], "lr": .02}])
    steps = EPOCHS * (len(y) // BATCH + 1)
    plan = torch.optim.lr_scheduler.OneCycleLR(
        opt, [.5, .02], total_steps=steps, pct_start=.1)
    for epoch in range(EPOCHS):
        total = 0
        for pick in torch.randperm(len(y), generator=random).split(BATCH):
            d = class_distances(x[pick], p, owners, classes)
            loss = nn.functional.cross_entropy(-d * soft.exp(), y[pick])
            opt.zero_grad()
            loss.backward()
            opt.step()
            plan.step()
            total += loss.item() * len(pick)
        print(f"examples, epoch {epoch + 1}: loss {total / len(y):.4f}",
              flush=True)
    p = p.detach().round().clamp(0, TOP)
    return owners.numpy(), p.numpy().astype(int), soft.exp().item()
