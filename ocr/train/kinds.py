"""The kinds of nets, and nothing else lists them. A class is what the reader
answers; its forms are what people and printers write for it. Every kind ends
with two more classes: EMPTY, nothing written, and OTHER, none of the classes:
struck out, scribbled, two in a box, another character."""
from dataclasses import dataclass, field

import fonts

BIG = "アイウエオツヤユヨワ"
SMALL = "ァィゥェォッャュョヮ"
KANA = ("アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨ"
        "ラリルレロワヲンヴガギグゲゴザジズゼゾダヂヅデドバビブベボパピプペポー")
SAME = {b: b + s for b, s in zip(BIG, SMALL)}

# What is no digit or kana even when badly written: no O, B, D, g, b, レ, 七
# among digits; no 二, 八, 口, 力 among kana.
NOT_DIGITS = "年月日時分一二三四五六八十×△人名無済有円号AEFHKMNRXYahkmn"
NOT_KANA = ("年月時分氏名無有円号書省略同木中田人AEFHKMNRX24568"
            "あおぬねのはまむみゆるれろわをえほふな")


@dataclass
class Kind:
    name: str
    classes: list           # without EMPTY and OTHER
    other: str              # characters drawn for OTHER
    printed: list           # fonts that train
    written: list
    held_printed: list      # fonts that only measure
    held_written: list
    train: list             # (source, pictures)
    held: list
    nets: int               # trained alike, from different seeds
    views: int              # of a picture that is not plain: glyph_view.h
    epochs: int
    calm: int               # behind them: hardly shaken, to settle
    conv3: int
    hidden: int
    examples: tuple         # of the second vote: a class, EMPTY, OTHER
    dashes: bool = True     # a lone dash is OTHER
    forms: dict = field(default_factory=dict)

    @property
    def empty(self):
        return len(self.classes)

    @property
    def struck(self):
        return len(self.classes) + 1

    def forms_of(self, i):
        c = self.classes[i]
        return self.forms.get(c, c)


KINDS = {k.name: k for k in [
    Kind("digit", [str(d) for d in range(10)], NOT_DIGITS,
         fonts.PRINTED, fonts.WRITTEN, fonts.HELD_PRINTED, fonts.HELD_WRITTEN,
         [("real", 48000), ("print", 6000), ("write", 7000),
          ("stroke", 8000), ("struck", 9000), ("empty", 2000)],
         [("real", 4500), ("print", 2500), ("write", 2500), ("stroke", 2000),
          ("struck", 1500), ("empty", 1500)],
         nets=2, views=7, epochs=12, calm=1,
          conv3=64, hidden=96, examples=(60, 10, 120)),
    Kind("kana", list(KANA), NOT_KANA,
         fonts.JP_PRINTED, fonts.JP_WRITTEN, fonts.JP_HELD_PRINTED,
         fonts.JP_HELD_WRITTEN,
         [("print", 14000), ("write", 18000), ("struck", 3000),
          ("empty", 1000)],
         [("print", 3000), ("write", 3000), ("struck", 1000),
          ("empty", 500)],
         nets=1, views=1, epochs=7, calm=0,
          conv3=48, hidden=96, examples=(10, 6, 60), dashes=False,
         forms=SAME),
]}
