"""Which films a headline names: `'The Third Man' (1949) – Film Review` is of The Third Man."""

from __future__ import annotations

import re

_OPEN, _SHUT = "\"'“‘„‚«‹»›`´「『《〈”’", "\"'”’“‘»›`´」』》〉«‹"
_KIND = r"(?:(?:movie|film|cinema|blu-?ray|dvd|4k|netflix)[ -]?)"
_REVIEW = (
    rf"(?:{_KIND}?reviews?|film-?kritik|kritik|(?:film-?)?rezension|filmbesprechung"
    r"|critique(?: (?:de|du) film)?|cr[ií]tica(?: de (?:cine|pel[ií]cula))?|rese[nñ]a"
    r"|recensione|recensie|(?:film-?)?recension|ביקורת(?: סרט)?"
    r"|影评|影評|映画評|映画レビュー|レビュー|영화 ?리뷰|리뷰|рецензия|кинорецензия)"
)
_BEFORE = re.compile(rf"^{_REVIEW}\s*(?::|：|–|—|-|\||of\s|\s?(?=[{_OPEN}]))\s*", re.I)
_AFTER = re.compile(rf"\s*(?:(?::|–|—|-|\|)\s*|\s)\(?{_REVIEW}\)?\s*$", re.I)
_YEAR = r"\s*[,]?\s*[(\[]\s*((?:18[7-9]|19\d|20\d|21\d)\d)\s*[)\]]"
_QUOTED = re.compile(rf"[{_OPEN}]\s?((?:(?![{_OPEN}]{{2}}).){{1,120}}?)\s?[{_SHUT}]{_YEAR}")
_INSIDE = re.compile(rf"[{_OPEN}]\s?([^{_OPEN}]{{1,120}}?){_YEAR}\s?[{_SHUT}]")
_BARE = re.compile(rf"^([^()\[\]]{{1,120}}?){_YEAR}\s*(?::.*|[-–—|].*)?$")
LONGEST = 160
"""Letters: what is longer is no headline."""
_ELSEWHERE = re.compile(r"\s*[(\[](?:[^()\[\]\d]{0,40}[,\s])?((?:18[7-9]|19\d|20\d)\d)[)\]]\s*")
"""A year that is not alone in its brackets, or has words behind it."""

Named = tuple[str, int | None]
"""A title and a year."""


def film_of(headline: str) -> Named:
    """The film that a headline surely has: its title, and its year where it is there. The headline
    itself where it says no more than that."""
    text = " ".join(headline.split())
    dated = [film for film in (films_of(text, surely=False) if text else ()) if film[1]]
    if dated:
        return dated[0]
    year = _ELSEWHERE.search(text)
    if year:
        text = text[: year.start()].strip() or text[year.end() :].strip()
    return _title(unworded(text)) or text or headline.strip(), int(year[1]) if year else None


def unworded(text: str) -> str:
    """A headline without the words that say what it stands over."""
    return _BEFORE.sub("", _AFTER.sub("", text))


def films_of(text: str, *, surely: bool = True) -> tuple[Named, ...]:
    """The films that a headline names: `'Stalker' (1979) – Film Review` names Stalker of 1979.

    Unless `surely`, a title and a year by themselves are one too. A sentence is no headline.
    """
    shorter = unworded(text)
    said = shorter != text
    if not said and (len(text) > LONGEST or text[-1] in ".,;:"):
        return ()
    quoted = [*_QUOTED.finditer(shorter)] or [*_INSIDE.finditer(shorter)]
    if quoted:
        return tuple(dict.fromkeys((_title(m[1]), int(m[2])) for m in quoted))
    alone = _BARE.match(shorter)
    if alone and (said or not surely):
        return ((_title(alone[1]), int(alone[2])),)
    if said and (title := _title(shorter)):
        return ((title, None),)
    return ()


def _title(text: str) -> str:
    """A title without the quotation marks round all of it."""
    bare = text.strip(" \u00a0:–—-|,")
    while len(bare) > 2 and bare[0] in _OPEN and bare[-1] in _SHUT:
        bare = bare[1:-1].strip(" \u00a0,")
    return bare
