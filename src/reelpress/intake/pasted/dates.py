"""The day that a line of a page tells: in words of some languages, or in ISO's form."""

from __future__ import annotations

import re

from reelpress.header.months import MONTHS
from reelpress.intake.front import day_of

_ISO = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})")
_DAY_FIRST = re.compile(
    r"\b(\d{1,2})(?:st|nd|rd|th|\.|er)?\s+(?:de\s+|of\s+|ב)?([^\W\d_]{3,10})\.?,?"
    r"\s+(?:de\s+)?(\d{4})\b"
)
_MONTH_FIRST = re.compile(r"\b([^\W\d_]{3,10})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})\b")
_DOTS = re.compile(r"\b(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})\b")
_SLASHES = re.compile(r"\b\d{1,2}/\d{1,2}/\d{4}\b")
_LINE = re.compile(
    r"(?P<word>(?:last )?(?:updated|modified|edited|revised|reviewed)"
    r"|(?:originally |first )?(?:published|posted|written)|date|on|veröffentlicht|aktualisiert"
    r"|erschienen|stand|publié|mis à jour|publicado|actualizado|pubblicato|aggiornato|geplaatst"
    r"|פורסם|עודכן)?(?:\s*(?:on|am|le|el|il|op|at|ב))?\s*:?\s*(?P<day>.{6,40})",
    re.I,
)
_LATER = re.compile(
    r"(?:last )?(?:updated|modified|edited|revised)|aktualisiert|mis à jour|actualizado|aggiornato"
    r"|עודכן",
    re.I,
)
_WORDED = ((_ISO, "ymd"), (_DAY_FIRST, "dmy"), (_MONTH_FIRST, "mdy"), (_DOTS, "dmy"))
"""Forms of a day, and in which order they have it."""


def day_in(text: str) -> str:
    """The first day that a text tells, as 2019-07-04; empty where it tells none, or two at once
    (03/05/2019)."""
    for pattern, order in _WORDED:
        for match in pattern.finditer(text):
            parts = dict(zip(order, match.groups(), strict=True))
            month = parts["m"] if parts["m"].isdecimal() else MONTHS.get(parts["m"].lower())
            if month and (made := day_of(f"{parts['y']}-{month}-{parts['d']}")):
                return made
    slashed = _SLASHES.search(text)
    return day_of(slashed[0]) if slashed else ""


def dated(line: str) -> tuple[str, bool]:
    """The day of a line that says a day and nothing else, and whether it is that of a change;
    nothing where it is no such line."""
    match = _LINE.fullmatch(line.strip(" *_|·•"))
    if match is None:
        return "", False
    rest = match["day"].strip(" .,")
    for pattern in (*(form for form, _ in _WORDED), _SLASHES):
        if found := pattern.search(rest):
            around = (rest[: found.start()] + rest[found.end() :]).strip(" .,:|–—-")
            if re.fullmatch(_AROUND, around, re.I):
                return day_in(rest), bool(_LATER.match(match["word"] or ""))
    return "", False


_AROUND = (
    r"(?:(?:mon|tues?|wednes|thurs?|fri|satur|sun)(?:day)?\.?,?|\w+tag,?"
    r"|(?:at |um )?\d{1,2}[:.]\d{2}"
    r"(?:\s?[ap]\.?m\.?)?(?:\s?(?:uhr|gmt|utc|est|edt|pst|pdt|cet))?|T[\d:.+Z-]*|\s)*"
)
