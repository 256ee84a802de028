"""Copyright lines: whose they are, and what they say."""

from __future__ import annotations

import re
from dataclasses import dataclass

from reelpress.intake.pasted.names import is_name, listed

_SIGN = r"(?:copyright\s*(?:©|\(c\))?|©|\(c\)|ⓒ)\s*(?:copyright\b)?"
_YEARS = r"(?:1[89]|20|21)\d\d(?:\s*(?:[-–—,&]|and|to)\s*(?:1[89]|20|21)\d\d)*"
_LINE = re.compile(
    rf"(?:text |words |review |all text )?{_SIGN}\s*(?P<first>{_YEARS})?\s*[,:]?\s*(?:by\s+)?"
    rf"(?P<holder>[^\d©]{{2,90}}?)?\s*[,.]?\s*(?P<last>{_YEARS})?\s*[.,;|–—-]*\s*"
    r"(?P<licence>all rights reserved|alle rechte vorbehalten|tous droits réservés"
    r"|todos los derechos reservados|כל הזכויות שמורות|cc[ -](?:by|0)[\w .-]*)?\W*",
    re.I,
)
_COMPANY = re.compile(
    r"\b(?:inc|llc|l\.l\.c|ltd|limited|gmbh|corp|corporation|co|company|media|network|group|partners"
    r"|holdings|publish\w*|magazine|entertainment|studios?|pictures|films|productions?|verlag|blog"
    r"|website|site|online|digital|interactive|arena|platform|the)\b|\.(?:com|org|net|de|fr|co|io)\b",
    re.I,
)
_RANGE = re.compile(r"(\d{4})\s*(?:[-–—]|to)\s*(\d{4})")


@dataclass(frozen=True, slots=True)
class Copyright:
    """A copyright line."""

    holders: tuple[str, ...]
    years: tuple[int, ...]
    licence: str
    personal: bool
    """Whether its holders are written as people's names."""


def copyright_of(line: str) -> Copyright | None:
    """What a line says that is a copyright line and nothing else."""
    match = _LINE.fullmatch(line.strip(" *_"))
    if match is None:
        return None
    holder = (match["holder"] or "").strip(" .,;|–—-")
    said = match["first"] or match["last"] or ""
    years = tuple(dict.fromkeys(int(year) for year in re.findall(r"\d{4}", said)))
    if (span := _RANGE.fullmatch(said.strip())) and int(span[2]) - int(span[1]) <= 3:
        years = tuple(range(int(span[1]), int(span[2]) + 1))
    names = listed(holder)
    written = bool(names) and all(is_name(name, least=2) for name in names)
    personal = written and _COMPANY.search(holder) is None
    if not (said or personal or match["licence"]):
        return None  # a sentence that begins with the sign
    licence = _licence(match["licence"] or "")
    return Copyright(names, years, licence, personal)


def _licence(words: str) -> str:
    if not words:
        return ""
    return words.strip(" .") if words.lower().startswith("cc") else "all rights reserved"
