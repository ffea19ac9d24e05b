"""The net as PyTorch sees it, and its folding into the whole numbers that
ocr/glyph_net.c works with. The first two sizes are those of glyph_net.h."""
import hashlib
import struct

import numpy as np
import torch
from torch import nn

CONV1, CONV2 = 16, 32
LAYERS = ["conv1", "conv2", "conv3", "dense1", "dense2"]
MAGIC = b"nyunet/2"


class Net(nn.Module):
    def __init__(self, kind):
        super().__init__()
        self.conv1 = nn.Conv2d(1, CONV1, 5, padding=2, bias=False)
        self.norm1 = nn.BatchNorm2d(CONV1)
        self.conv2 = nn.Conv2d(CONV1, CONV2, 3, padding=1, bias=False)
        self.norm2 = nn.BatchNorm2d(CONV2)
        self.conv3 = nn.Conv2d(CONV2, kind.conv3, 3, bias=False)
        self.norm3 = nn.BatchNorm2d(kind.conv3)
        self.drop = nn.Dropout(.3)
        self.dense1 = nn.Linear(kind.conv3 * 25, kind.hidden)
        self.dense2 = nn.Linear(kind.hidden, len(kind.classes) + 2)

    def steps(self, x):
        """What each layer gives, after relu and halving."""
        half, relu = nn.functional.max_pool2d, torch.relu
        # Halved before the norm and the relu, which keep the order as long as
        # the norm's gain is above zero (train.py sees to it): less work.
        a = relu(self.norm1(half(self.conv1(x), 2)))
        b = relu(self.norm2(half(self.conv2(a), 2)))
        c = relu(self.norm3(self.conv3(b))).flatten(1)
        d = relu(self.dense1(self.drop(c)))
        return a, b, c, d, self.dense2(d)

    def forward(self, x):
        return self.steps(x)[-1]


def folded(net):
    """(weights, bias) of each layer with the batch norms worked in."""
    out = []
    for i, name in enumerate(LAYERS):
        layer = getattr(net, name)
        w = layer.weight.detach().numpy().astype(np.float64)
        if i < 3:
            n = getattr(net, f"norm{i + 1}")
            gain = (n.weight / torch.sqrt(n.running_var + n.eps)).detach()
            gain = gain.numpy().astype(np.float64)
            b = (n.bias.detach().numpy()
                 - n.running_mean.numpy() * gain)
            w = w * gain[:, None, None, None]
        else:
            b = layer.bias.detach().numpy()
        out.append((w, b.astype(np.float64)))
    return out


def quantised(net, sample):
    """Each layer as (int8 weights, int32 bias, int32 scale), and what one of
    the last sums is worth. `sample` is a batch of inputs, 0..1, from which the
    range of every layer is taken."""
    net.eval()
    with torch.no_grad():
        tops = [float(np.quantile(s.numpy(), .9998)) for s in
                net.steps(sample)[:4]]
    unit_in, layers = 1 / 255, []
    for i, (w, b) in enumerate(folded(net)):
        rows = w.reshape(len(w), -1)
        unit = np.maximum(np.abs(rows).max(1), 1e-6) / 127
        if i == 4:
            unit[:] = unit.max()
        q = np.rint(rows / unit[:, None]).astype(int)
        bias = np.rint(b / (unit * unit_in)).astype(int)
        unit_out = tops[i] / 255 if i < 4 else 1
        scale = np.rint(unit * unit_in / unit_out * 2**31).astype(np.int64)
        scale = np.minimum(scale, 2**31 - 1) if i < 4 else scale * 0
        layers.append((q, bias, scale.astype(int)))
        if i == 4:
            final_unit = float(unit[0] * unit_in)
        unit_in = unit_out
    return layers, final_unit


def sums(layers, pictures):
    """What the C code makes of pictures (uint8), up to the last sums: float32
    holds these whole numbers exactly enough to set temperatures by."""
    out = []
    for part in pictures.split(500):
        a = part.reshape(-1, 1, 28, 28).float()
        for i, (q, b, s) in enumerate(layers):
            w, b = torch.from_numpy(q).float(), torch.from_numpy(b).float()
            if i < 3:
                side = 5 if i == 0 else 3
                a = nn.functional.conv2d(
                    a, w.reshape(len(w), -1, side, side), b,
                    padding=[2, 1, 0][i])
                a = nn.functional.max_pool2d(a, 2) if i < 2 else a
            else:
                a = a.flatten(1) @ w.T + b
            if i < 4:
                s = torch.from_numpy(s).float() / 2**31
                s = s[:, None, None] if i < 3 else s
                a = (a.clamp(min=0) * s).round().clamp(max=255)
        out.append(a)
    return torch.cat(out)


def shapes(outs):
    """(outputs, weights of one output) of each layer."""
    inputs = [25, outs[0] * 9, outs[1] * 9, outs[2] * 25, outs[3]]
    return list(zip(outs, inputs))


def read_net(path):
    """[(layers, what one of the last sums is worth)] of a file of nets."""
    data = path.read_bytes()
    assert data[:8] == MAGIC, f"{path} is no net of this version"
    count, *outs, _, _, _ = struct.unpack_from("<9i", data, 8)
    nets, at = [], 44
    for _ in range(count):
        soft, = struct.unpack_from("<i", data, at)
        layers, at = [], at + 4
        for n, per in shapes(outs):
            bias, scale = np.frombuffer(data, "<i4", 2 * n, at).reshape(2, n)
            at += 8 * n
            q = np.frombuffer(data, np.int8, n * per, at).reshape(n, per)
            at += n * per
            layers.append((q.astype(int), bias.astype(int),
                           scale.astype(int)))
        nets.append((layers, soft * np.log(2) / 256 / 2**24))
    return nets


def believe(path, views, times):
    """The file with its nets and vote as they are, believed `times` more."""
    data = bytearray(path.read_bytes()[:-32])
    count, *outs, _, examples, vote = struct.unpack_from("<9i", data, 8)
    struct.pack_into("<iii", data, 32, views, examples, round(vote * times))
    size = 4 + sum(n * (8 + per) for n, per in shapes(outs))
    for at in range(44, 44 + count * size, size):
        soft, = struct.unpack_from("<i", data, at)
        struct.pack_into("<i", data, at, round(soft * times))
    return signed(path, bytes(data))


def signed(path, data):
    total = hashlib.sha256(data).digest()
    path.write_bytes(data + total)
    return total.hex()[:12]


def softness(unit, temperature):
    """From a gap of `unit`s to 1/256 of a halving."""
    return int(round(unit / temperature / np.log(2) * 256 * 2**24))


def write_net(path, nets, views, vote_soft, votes):
    """ocr/glyph_file.h says what stands where. `nets`: (layers, softness) of
    each; `votes`: (class of each example, examples). Returns the name."""
    owners, examples = votes
    outs = [len(q) for q, _, _ in nets[0][0]]
    data = MAGIC + struct.pack("<9i", len(nets), *outs, views, len(owners),
                               vote_soft)
    for layers, soft in nets:
        data += struct.pack("<i", soft)
        for (q, b, s), (n, per) in zip(layers, shapes(outs)):
            assert q.shape == (n, per)
            data += b.astype("<i4").tobytes() + s.astype("<i4").tobytes()
            data += q.astype(np.int8).tobytes()
    data += owners.astype(np.uint8).tobytes()
    data += examples.astype(np.uint8).tobytes()
    return signed(path, data)
