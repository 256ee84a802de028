"""Which film a headline names: `'The Third Man' (1949) – Film Review` is of The Third Man."""

from __future__ import annotations

import re

_REVIEW = (
    r"(?:(?:movie|film|cinema|blu-?ray|dvd)[ -]?)?(?:reviews?|recension|recensione|recensie|kritik)"
    r"|film-?kritik|critique(?: (?:de film|du film))?|cr[ií]tica(?: de cine)?|rese[nñ]a"
    r"|ביקורת(?: סרט)?"
)
_BEFORE = re.compile(rf"^(?:{_REVIEW})\s*(?::|–|—|-|of\s)\s*", re.I)
_AFTER = re.compile(rf"\s*(?::|–|—|\||-)?\s*\(?(?:{_REVIEW})\)?\s*$", re.I)
_YEAR = re.compile(r"\s*[(\[](?:[^()\[\]\d]{0,40}[,\s])?((?:18[89]|19\d|20\d)\d)[)\]]\s*")
_QUOTED = re.compile(r"^[\"'“”‘’„‚«»\s]+(.*?)[\"'“”‘’“«»\s]+$", re.S)


def film_of(headline: str) -> tuple[str, int | None]:
    """The film's title, and its year where the headline has one. The headline itself where it says
    no more than that."""
    text = " ".join(headline.split())
    year = _YEAR.search(text)
    if year:
        # What stands behind the year is the headline's own: "(1949) – Film Review"
        text = text[: year.start()].strip() or text[year.end() :].strip()
    bare = _AFTER.sub("", _BEFORE.sub("", text)).strip(" :–—-|")
    quoted = _QUOTED.match(bare)
    bare = (quoted[1].strip() if quoted else bare) or text or headline.strip()
    return bare, int(year[1]) if year else None
