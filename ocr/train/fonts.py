"""Which installed fonts are used, by file name. A family is a pattern; some
of each kind are left out of training, to be measured with."""
import fnmatch
from pathlib import Path

FOLDER = Path("/usr/share/fonts")

PRINTED = ["ipaex*", "Takao*", "BIZUD*Mincho*", "NotoS*CJK*", "DejaVuS*",
           "Liberation*", "Free*", "Lato-[BRMSIL]*", "Mplus*", "OCRA*"]
WRITTEN = ["BecauseWe*", "ComicNeue*", "AoyagiKouzanT*", "breipfont*",
           "Breip*", "Ecolier*", "femkeklaver*", "dkg*", "Humor*", "Klee*",
           "kiloji*", "kouzan-mouhitsu*", "Rufscript*", "Delphine*",
           "SteveHand*", "Yusei*", "YOzR[ACENS]F.ttf", "YOzBNF.ttf",
           "YOzRNXF.ttf"]
HELD_PRINTED = ["BIZUD*Gothic*"]
HELD_WRITTEN = ["setofont.ttf"]

# Those that have kana; no digit is trained with the second held family.
JP_PRINTED = ["ipaex*", "Takao*", "BIZUD*Mincho*", "NotoS*CJK*", "Mplus*",
              "MTLc3m*", "sawarabi*", "ume-[ptu]*[3-5].ttf", "VL-*",
              "Konatu*", "OradanoGSRR*", "mig*"]
JP_WRITTEN = ["AoyagiKouzanT*", "aoyagi-soseki*", "Klee*", "kiloji*",
              "kouzan-mouhitsu.ttf", "Reggae*", "YOzR[ACENS]F.ttf",
              "YOzR[ACENS]_.ttf", "YOzBNF.ttf", "YOzRNXF.ttf",
              "YOz[RB]EFi.ttf"]
JP_HELD_PRINTED = ["BIZUD*Gothic*", "MTLmr3m*"]
JP_HELD_WRITTEN = ["setofont.ttf", "Yusei*"]


def families(patterns):
    """The files of each family, in a fixed order; families that are not
    installed are named and left out."""
    files = sorted(p for p in FOLDER.rglob("*")
                   if p.suffix in (".ttf", ".otf", ".ttc"))
    found = []
    for pattern in patterns:
        some = [str(f) for f in files if fnmatch.fnmatch(f.name, pattern)]
        if some:
            found.append(some)
        else:
            print("not installed:", pattern)
    return found
