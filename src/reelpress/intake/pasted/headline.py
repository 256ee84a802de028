"""The headline of a pasted page: which of its first lines it is, and which films it names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from reelpress.intake.pasted.blocks import Block

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
_LONGEST = 160
_EARLY = 14
"""Blocks among which a headline is looked for."""


@dataclass(frozen=True, slots=True)
class Headline:
    """A headline, and the films that it names."""

    at: int
    """Which block it is."""
    text: str
    films: tuple[tuple[str, int | None], ...] = ()
    """Title and year; none where it can't be told what in it is a title."""


def headline_of(blocks: Sequence[Block], passed: Sequence[bool]) -> Headline | None:
    """The headline among the first blocks; `passed` says which are not looked at."""
    early = [
        at for at, over in enumerate(passed[:_EARLY]) if not over and blocks[at].text.strip("# ")
    ]
    for surely in (True, False):
        for at in early:
            text = blocks[at].text.lstrip("#").strip()
            if len(text) <= _LONGEST and (films := films_of(text, surely=surely)):
                return Headline(at, text, films)
    for at in early[:1]:
        text = blocks[at].text.lstrip("#").strip()
        if len(text) <= _LONGEST and text[-1] not in ".,;:":
            return Headline(at, text)
    return None


def is_headline(line: str) -> bool:
    """Whether a line says of itself that it stands over a review."""
    return len(line) <= _LONGEST and _unworded(line) != line and bool(films_of(line))


def _unworded(text: str) -> str:
    """A headline without the words that say what it stands over."""
    return _BEFORE.sub("", _AFTER.sub("", text))


def films_of(text: str, *, surely: bool = True) -> tuple[tuple[str, int | None], ...]:
    """The films that a headline names: `'Stalker' (1979) – Film Review` names Stalker of 1979.

    Unless `surely`, a title and a year by themselves are one too. A sentence is no headline.
    """
    shorter = _unworded(text)
    said = shorter != text
    if not said and (len(text) > _LONGEST or text[-1] in ".,;:"):
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
