"""The program's own C, called from Python: training looks at digits through
the very code that reads them, and the report measures what is shipped."""
import ctypes
import subprocess
import tempfile
from pathlib import Path

import numpy as np

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
NORM_INK = 0


class Guess(ctypes.Structure):
    _fields_ = [(n, ctypes.c_int)
                for n in ("best", "second", "confidence", "margin")]


def _build(names):
    out = Path(tempfile.mkdtemp()) / "digits.so"
    subprocess.run(["cc", "-std=c11", "-O3", "-shared", "-fPIC", "-I", ROOT,
                    "-o", out] + [ROOT / "ocr" / n for n in names],
                   check=True)
    return ctypes.CDLL(str(out))


class Normaliser:
    def __init__(self):
        self.lib = _build(["digit_norm.c"])

    def __call__(self, picture):
        """(state, 784 bytes) for a 2-D uint8 picture."""
        p = np.ascontiguousarray(picture, np.uint8)
        out = np.zeros(784, np.uint8)
        state = self.lib.digit_normalise(
            p.ctypes.data_as(ctypes.c_void_p), p.shape[1], p.shape[0],
            out.ctypes.data_as(ctypes.c_void_p))
        return state, out


class Reader:
    def __init__(self):
        self.lib = _build(["digit_norm.c", "digit_net.c", "digit_weights.c"])
        self.lib.digit_read.restype = Guess

    def __call__(self, picture):
        p = np.ascontiguousarray(picture, np.uint8)
        g = self.lib.digit_read(p.ctypes.data_as(ctypes.c_void_p), p.shape[1],
                                p.shape[0])
        return g.best, g.second, g.confidence, g.margin
