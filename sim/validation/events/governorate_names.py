"""Which of the 14 governorates a name means: `sim/data/governorate_names.csv`, without regard to case, accents, hyphens and articles.

Names are never matched by likeness: a name that is not in the table is counted as unknown and reported, with the nearest name.
"""

import re
import unicodedata
from functools import cache, lru_cache

from sim.model.state.csv_files import read_csv

_UNIT = re.compile(r"\b(?:governorate|province|muhafazat|mohafazat|muhafaza|mohafaza)\b|محافظة")
_ARTICLE = re.compile(r"^(?:al|ar|as|at|el)[\s-]+")
_BETWEEN = re.compile(r"[\W_]+")


def folded(name: str) -> str:
    """A name as it is compared: no accents, apostrophes or spaces, in small letters, without `governorate` and a leading article."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(c))
    plain = re.sub(r"['`´‘’ʼʻʾʿ\"]", "", plain)
    plain = _UNIT.sub(" ", plain.replace("_", " ")).strip(" \t-.,()")
    return _BETWEEN.sub("", _ARTICLE.sub("", plain))


@cache
def known_names() -> dict[str, str]:
    """ISO code by folded name: the codes themselves, the names of `provinces.csv`, and every spelling in the table."""
    rows = [(row["iso_3166_2"], row["name"]) for name in ("provinces.csv", "governorate_names.csv") for row in read_csv(name)]
    codes = [(code, code) for code in dict.fromkeys(code for code, _ in rows)]
    return {folded(name): code for code, name in [*codes, *rows]}


@lru_cache(maxsize=4096)
def governorate(name: str) -> str | None:
    """The ISO code of a governorate, or None where the name is unknown."""
    return known_names().get(folded(name)) if name else None
