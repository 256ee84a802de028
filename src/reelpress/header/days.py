"""Dates as people write them, brought to ISO 8601."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from reelpress.header.months import MONTHS

_TIME = r"(?:[T ,]\s*\d{1,2}:\d{2}.*)?"
_ISO = re.compile(rf"(\d{{4}})(?:-(\d{{1,2}})(?:-(\d{{1,2}}){_TIME})?)?", re.S)
_YEAR_FIRST = re.compile(
    rf"(\d{{4}})(?:(?:/(\d{{1,2}})(?:/(\d{{1,2}}))?|\.(\d{{1,2}})(?:\.(\d{{1,2}})\.?)?){_TIME})",
    re.S,
)
_DIGITS = re.compile(r"((?:18|19|20|21)\d\d)(\d\d)(\d\d)")
_DOTS = re.compile(rf"(?:(\d{{1,2}})\.\s*)?(\d{{1,2}})\.\s*(\d{{4}}){_TIME}", re.S)
_SIGNS = re.compile(r"(\d{4})\s*[年년](?:\s*(\d{1,2})\s*[月월](?:\s*(\d{1,2})\s*[日일号])?)?")
_YEAR_LAST = re.compile(rf"(\d{{1,2}})([/-])(\d{{1,2}})\2(\d{{4}}){_TIME}", re.S)
_ENGLISH = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_WORD = re.compile(r"[^\W\d_]{2,10}")
_BETWEEN = frozenset("de del of le el il den am um er".split())
"""Words that stand between the parts of a date: 5 de mayo de 2019."""
_ASKED = "write the date as 2019-05-03, 2019-05 or 2019"
_LONGEST = 60
_MONTHS_OF_A_YEAR = 12


class TwoReadingsError(ValueError):
    """Either number may be the month."""

    def __init__(self, day_first: str, month_first: str) -> None:
        super().__init__(f"{day_first} or {month_first}")
        self.readings = (day_first, month_first)


def day(written: str) -> str:
    """A year, a month or a day as ISO 8601 (5.2.1, 5.2.2): 2019, 2019-05, 2019-05-03.

    Times of day are left off: the day is that which stands there, whatever the time zone. Raises
    TwoReadingsError for 03/05/2019, which is a day in March and one in May, ValueError where
    there is no such day or it is no date.
    """
    text = unicodedata.normalize("NFKC", written).strip()
    if match := _ISO.fullmatch(text) or _DIGITS.fullmatch(text) or _SIGNS.fullmatch(text):
        return _written(*match.groups())
    if match := _YEAR_FIRST.fullmatch(text):
        year, *rest = match.groups()
        return _written(year, *[r for r in rest if r])
    if match := _DOTS.fullmatch(text):
        return _written(match[3], match[2], match[1])
    if match := _YEAR_LAST.fullmatch(text):
        return _either(match[1], match[3], match[4])
    if len(text) <= _LONGEST and any(map(_month, _WORD.findall(text))):
        return _in_words(_WORD.sub(_english, text))
    raise ValueError(_ASKED)


def _either(first: str, second: str, year: str) -> str:
    """A day written with its year last: 23/11/2024 and 11/23/2024 can be one day only."""
    both_months = int(first) <= _MONTHS_OF_A_YEAR and int(second) <= _MONTHS_OF_A_YEAR
    if both_months and int(first) != int(second):
        raise TwoReadingsError(_written(year, second, first), _written(year, first, second))
    if int(second) <= _MONTHS_OF_A_YEAR:
        return _written(year, second, first)
    return _written(year, first, second)


def _month(word: str) -> int | None:
    """The month that a word names; in Hebrew one says "inAugust"."""
    own = word.lower()
    return MONTHS.get(own) or MONTHS.get(own.removeprefix("ב"))


def _english(word: re.Match[str]) -> str:
    """A month by its English name, which is all that the parser knows."""
    month = _month(word[0])
    return _ENGLISH[month - 1] if month else "" if word[0].lower() in _BETWEEN else word[0]


def _in_words(text: str) -> str:
    """May 5, 2019; 5 May 2019; May 2019; Sat, 23 Nov 2024 10:00:00 GMT."""
    from datetime import datetime

    from dateutil.parser import parse  # slow to load, seldom needed

    try:
        # What is not said is taken from the default: two defaults tell what was.
        one, other = (
            parse(text, default=datetime(*start), ignoretz=True)
            for start in ((1904, 1, 1), (1908, 2, 2))
        )
    except (ValueError, OverflowError):
        raise ValueError(_ASKED) from None
    if one.year != other.year or one.month != other.month:
        raise ValueError(_ASKED)
    return _written(str(one.year), str(one.month), str(one.day) if one.day == other.day else None)


def _written(year: str, month: str | None = None, day_: str | None = None) -> str:
    numbers = [int(part) for part in (year, month, day_) if part]
    try:
        date(*(*numbers, 1, 1)[:3])
    except ValueError as error:
        raise ValueError(f"there is no such day ({error})") from None
    return "-".join(f"{number:02}" if at else f"{number:04}" for at, number in enumerate(numbers))
