"""The net as PyTorch sees it, and its folding into the whole numbers that
ocr/digit_net.c works with. The sizes are those of ocr/digit_weights.h."""
import hashlib

import numpy as np
import torch
from torch import nn

CONV1, CONV2, CONV3, HIDDEN, CLASSES = 16, 32, 48, 64, 12
LAYERS = ["conv1", "conv2", "conv3", "dense1", "dense2"]


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(1, CONV1, 5, padding=2, bias=False)
        self.norm1 = nn.BatchNorm2d(CONV1)
        self.conv2 = nn.Conv2d(CONV1, CONV2, 3, padding=1, bias=False)
        self.norm2 = nn.BatchNorm2d(CONV2)
        self.conv3 = nn.Conv2d(CONV2, CONV3, 3, bias=False)
        self.norm3 = nn.BatchNorm2d(CONV3)
        self.drop = nn.Dropout(.3)
        self.dense1 = nn.Linear(CONV3 * 25, HIDDEN)
        self.dense2 = nn.Linear(HIDDEN, CLASSES)

    def steps(self, x):
        """What each layer gives, after relu and halving."""
        half, relu = nn.functional.max_pool2d, torch.relu
        a = half(relu(self.norm1(self.conv1(x))), 2)
        b = half(relu(self.norm2(self.conv2(a))), 2)
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
    """Each layer as (int8 weights, int32 bias, int32 scale). `sample` is a
    batch of inputs, 0..1, from which the range of every layer is taken."""
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


def softness(final_unit, temperature):
    """digit_softness: from a gap of final sums to 1/256 of a halving."""
    return int(round(final_unit / temperature / np.log(2) * 256 * 2**24))


def table(kind, name, numbers):
    out, line = [f"static const {kind} {name}[] = {{"], "   "
    for n in numbers:
        word = f" {n},"
        if len(line) + len(word) > 80:
            out.append(line)
            line = "   "
        line += word
    return "\n".join(out + [line, "};", ""])


def write_c(path, layers, soft):
    text = "".join(f"{q.tolist()}{b.tolist()}{s.tolist()}"
                   for q, b, s in layers) + str(soft)
    version = hashlib.sha256(text.encode()).hexdigest()[:12]
    sizes = [("1", "DIGIT_CONV1"), ("DIGIT_CONV1", "DIGIT_CONV2"),
             ("DIGIT_CONV2", "DIGIT_CONV3"), ("DIGIT_FLAT", "DIGIT_HIDDEN"),
             ("DIGIT_HIDDEN", "DIGIT_CLASSES")]
    with open(path, "w") as f:
        f.write("/* Written by ocr/train/train.py; not edited by hand. "
                "Trained partly on MNIST\n * (Y. LeCun, C. Cortes; CC BY-SA "
                "3.0): see ocr/train/README.md. */\n"
                '#include "ocr/digit_net.h"\n#include "ocr/digit_weights.h"\n'
                "\n/* clang-format off */\n")
        for name, (q, b, s) in zip(LAYERS, layers):
            f.write(table("int8_t", f"{name}_weights", q.ravel().tolist()))
            f.write(table("int32_t", f"{name}_bias", b.tolist()))
            f.write(table("int32_t", f"{name}_scale", s.tolist()))
        f.write("\nconst struct digit_layer digit_layers[DIGIT_LAYERS] = {\n")
        for name, (i, o) in zip(LAYERS, sizes):
            f.write(f"    {{{i}, {o}, {name}_weights, {name}_bias,\n"
                    f"     {name}_scale}},\n")
        f.write("};\n\n"
                f"const int32_t digit_softness = {soft};\n"
                f'const char digit_weights_version[] = "{version}";\n')
    return version
