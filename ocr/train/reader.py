"""The program's own C, called from Python: training looks at characters
through the very code that reads them, and the report measures what is
shipped."""
import ctypes
import subprocess
import tempfile
from pathlib import Path

import numpy as np

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
NORM_INK = 0
FEATURES = 200


class Guess(ctypes.Structure):
    _fields_ = [(n, ctypes.c_int)
                for n in ("best", "second", "confidence", "margin")]


def _build(names, libraries=()):
    out = Path(tempfile.mkdtemp()) / "glyphs.so"
    subprocess.run(["cc", "-std=c11", "-D_GNU_SOURCE", "-O3", "-shared",
                    "-fPIC", "-I", ROOT, "-o", out]
                   + [ROOT / n for n in names] + list(libraries), check=True)
    return ctypes.CDLL(str(out))


def _bytes(a):
    return a.ctypes.data_as(ctypes.c_void_p)


class Normaliser:
    def __init__(self):
        self.lib = _build(["ocr/glyph_norm.c"])

    def __call__(self, picture):
        """(state, 784 bytes) for a 2-D uint8 picture."""
        p = np.ascontiguousarray(picture, np.uint8)
        out = np.zeros(784, np.uint8)
        state = self.lib.glyph_normalise(_bytes(p), p.shape[1], p.shape[0],
                                         _bytes(out))
        return state, out


class Features:
    """What the second vote looks at, of many pictures."""

    def __init__(self):
        self.lib = _build(["ocr/glyph_vote.c"])

    def __call__(self, pictures):
        out = np.zeros((len(pictures), FEATURES), np.uint8)
        for x, f in zip(np.ascontiguousarray(pictures), out):
            self.lib.vote_features(_bytes(x), _bytes(f))
        return out


def _embedded():
    """The C table of the nets, made as the program's own build makes it."""
    out = Path(tempfile.mkdtemp()) / "nets.c"
    subprocess.run(["cmake", "-DTABLE=glyph_net_files", f"-DBASE={ROOT}/ocr",
                    f"-DOUT={out}", "-DFILES=digit.net;kana.net", "-P",
                    ROOT / "core" / "embed.cmake"], check=True)
    return out


class Views:
    """Pictures as glyph_net.c looks at them again."""

    def __init__(self):
        self.lib = _build(["ocr/glyph_view.c"])

    def __call__(self, pictures, view):
        out = np.zeros((len(pictures), 784), np.uint8)
        for x, v in zip(np.ascontiguousarray(pictures), out):
            self.lib.glyph_view(_bytes(x), view, _bytes(v))
        return out


class Reader:
    """One kind's reader: digit_read() or kana_read()."""

    def __init__(self, kind):
        self.lib = _build(["ocr/glyph_norm.c", "ocr/glyph_vote.c",
                           "ocr/glyph_view.c", "ocr/glyph_net.c", "ocr/glyph_file.c",
                           f"ocr/{kind}_net.c", "core/arena.c", "core/diag.c",
                           "core/hash.c", "core/text.c", _embedded()],
                          ["-lsodium", "-lutf8proc"])
        self.read = getattr(self.lib, f"{kind}_read")
        self.read.restype = Guess
        version = getattr(self.lib, f"{kind}_net_version")
        version.restype = ctypes.c_char_p
        self.version = version().decode()

    def __call__(self, picture):
        p = np.ascontiguousarray(picture, np.uint8)
        g = self.read(_bytes(p), p.shape[1], p.shape[0])
        return g.best, g.second, g.confidence, g.margin
