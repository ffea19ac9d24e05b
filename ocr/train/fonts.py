"""Which installed fonts are used, by file name. A family is a pattern; one
family of each kind is left out of training, to be measured with."""
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
