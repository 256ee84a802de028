"""What headers say, as selections compare it: fields, their values, and tests of values."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from reelpress.desk.origins import Origin
from reelpress.desk.pool import Pool
from reelpress.desk.ratings import rating
from reelpress.desk.roles import WRITERS, relator
from reelpress.header import Header, Review
from reelpress.model import Manuscript


@dataclass(frozen=True, slots=True)
class Facts:
    """What one manuscript's header says, with the house's defaults."""

    slug: str
    model: Review
    pool: Pool
    origin: Origin

    @staticmethod
    def of(manuscript: Manuscript, pool: Pool) -> Facts | None:
        """Those of a manuscript; None where its header can't be read."""
        header = manuscript.header
        if not isinstance(header, Header):
            return None
        return Facts(manuscript.slug, header.model, pool, pool.origin(manuscript.path))


@dataclass(frozen=True, slots=True)
class Value:
    """One thing a header says: as it is compared, and as it is written."""

    key: Any
    shown: str


Test = Callable[[tuple[Value, ...]], bool]


@dataclass(frozen=True, slots=True)
class Field:
    """Something to select by."""

    test: Callable[[str], Test]
    """What is written -> the test; raises ValueError where it is of another kind."""
    values: Callable[[Facts], tuple[Value, ...]]


def folded(text: str) -> str:
    """How texts are compared: whatever their case, hyphens, apostrophes and spaces are."""
    text = unicodedata.normalize("NFC", text).replace("’", "'")
    return " ".join(re.split(r"[\s_-]+", text.casefold().strip()))


def _same(wanted: str) -> Test:
    key = folded(wanted)
    return lambda values: any(v.key == key for v in values)


def _language(wanted: str) -> Test:
    """`en` is also en-GB (RFC 4647, section 3.3.1)."""
    key = folded(wanted)
    return lambda values: any(v.key == key or v.key.startswith(f"{key} ") for v in values)


_COMPARED = re.compile(r"(<=|>=|<|>|=|≤|≥)\s*(.+)")
OPERATORS: dict[str, Callable[[Any, Any], bool]] = {
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    "≤": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
    "≥": lambda a, b: a >= b,
    "=": lambda a, b: a == b,
}
_DIGITS = 9
_DECADE = re.compile(r"(\d{3})0s")


def bounds(text: str) -> list[tuple[str, str]]:
    """What a comparison, a range, a decade or a plain value asks: (operator, value) pairs.

    ">= 3/5", "1970..1979", "1970..", "1970s", "1975".
    """
    text = text.strip()
    if match := _COMPARED.fullmatch(text):
        return [(match[1], match[2].strip())]
    if ".." in text and text != "..":
        low, high = (part.strip() for part in text.split("..", 1))
        return [*([(">=", low)] if low else []), *([("<=", high)] if high else [])]
    if match := _DECADE.fullmatch(text):
        return [(">=", f"{match[1]}0"), ("<=", f"{match[1]}9")]
    return [("=", text)]


Compare = Callable[[str, Any, Any], bool]
"""Whether a value stands to a bound as an operator says."""


def _plainly(sign: str, value: Any, bound: Any) -> bool:
    return OPERATORS[sign](value, bound)


def _by_day(sign: str, value: str, bound: str) -> bool:
    """ISO dates: one that says less than is asked is taken wherever its day may lie."""
    if sign == "=":
        return value.startswith(bound)
    day = _first(value) if sign in ("<", "<=", "≤") else last_day(value)
    return OPERATORS[sign](day, _first(bound) if sign in ("<", ">=", "≥") else last_day(bound))


def _first(date: str) -> str:
    return f"{date}-01-01"[:10]


def last_day(date: str) -> str:
    """The last day of an ISO 8601 year or month, as far as comparing asks; a day is its own."""
    return f"{date}-31" if len(date) == len("2019-05") else f"{date}-12-31"[:10]


def _ordered(read: Callable[[str], Any], compare: Compare = _plainly) -> Callable[[str], Test]:
    """Tests of values that have an order."""

    def test(wanted: str) -> Test:
        parts = [(sign, read(value)) for sign, value in bounds(wanted)]
        return lambda values: any(
            all(compare(sign, v.key, bound) for sign, bound in parts) for v in values
        )

    return test


def whole(text: str) -> int:
    """A whole number; raises ValueError where it is none, or one beyond all measure."""
    if not text.isascii() or not text.isdigit() or len(text) > _DIGITS:
        raise ValueError('write a number, ">= 90" or 90..120')
    return int(text)


def _year(text: str) -> int:
    try:
        return whole(text)
    except ValueError:
        raise ValueError('write a year, ">= 1970", 1970..1979 or 1970s') from None


def _rating(text: str) -> Fraction:
    value = rating(text).value
    if value is None:
        raise ValueError('write a rating, as in ">= 3/5" or 3/5..4/5')
    return value


def _date(text: str) -> str:
    if not re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", text):
        raise ValueError('write a date, as in 2019, ">= 2019-05" or 2019-05..2020-01')
    return text


def _texts(pick: Callable[[Review], Iterable[str | None]]) -> Callable[[Facts], tuple[Value, ...]]:
    return lambda facts: tuple(Value(folded(t), t) for t in pick(facts.model) if t)


def _film(pick: str) -> Callable[[Review], Iterable[str]]:
    return lambda model: getattr(model.film, pick) if model.film else ()


def _people(model: Review) -> list[str]:
    film = model.film
    return [*film.directors, *film.writers, *film.cast] if film else []


def _years(facts: Facts) -> tuple[Value, ...]:
    film = facts.model.film
    return (Value(film.year, str(film.year)),) if film and film.year else ()


def _runtimes(facts: Facts) -> tuple[Value, ...]:
    film = facts.model.film
    return (Value(film.runtime, str(film.runtime)),) if film and film.runtime else ()


def _ratings(facts: Facts) -> tuple[Value, ...]:
    said = rating(facts.model.rating) if facts.model.rating else None
    return (Value(said.value, said.text),) if said and said.value is not None else ()


def _languages(facts: Facts) -> tuple[Value, ...]:
    said = facts.model.language or facts.origin.language
    return (Value(folded(said), said),)


def _reviewers(facts: Facts) -> tuple[Value, ...]:
    """Who wrote it, by whatever name they go by."""
    people = facts.pool.people
    named = facts.model.reviewer or facts.origin.reviewer[0]
    return tuple(
        Value(folded(form), credit.name)
        for entry in named
        if relator(entry.role) in WRITERS
        for credit in people.who(entry.name)
        for form in people.forms(credit)
    )


FIELDS: dict[str, Field] = {
    "tags": Field(_same, _texts(lambda m: m.tags)),
    "year": Field(_ordered(_year), _years),
    "rating": Field(_ordered(_rating), _ratings),
    "date": Field(
        _ordered(_date, _by_day),
        lambda f: (Value(f.model.date, f.model.date),) if f.model.date else (),
    ),
    "reviewer": Field(_same, _reviewers),
    "director": Field(_same, _texts(_film("directors"))),
    "writer": Field(_same, _texts(_film("writers"))),
    "cast": Field(_same, _texts(_film("cast"))),
    "people": Field(_same, _texts(_people)),
    "country": Field(_same, _texts(_film("country"))),
    "language": Field(_language, _languages),
    "runtime": Field(_ordered(whole), _runtimes),
    "title": Field(_same, _texts(lambda m: [m.title])),
    "film": Field(_same, _texts(lambda m: [m.film.title] if m.film else [])),
    "film_language": Field(_language, _texts(_film("languages"))),
    "outlet": Field(
        _same, _texts(lambda m: [m.first_published.outlet] if m.first_published else [])
    ),
    "slug": Field(_same, lambda f: (Value(folded(f.slug), f.slug),)),
}
OTHER_NAMES = {
    "tag": "tags", "film_year": "year", "directors": "director", "writers": "writer",
    "actor": "cast", "countries": "country", "reviewers": "reviewer", "author": "reviewer",
    "film_title": "film", "film_languages": "film_language", "film_country": "country",
    "film_director": "director", "film_directors": "director", "film_countries": "country",
    "film_writers": "writer", "film_writer": "writer", "film_cast": "cast",
    "film_runtime": "runtime", "first_published_outlet": "outlet",
}  # fmt: skip
"""What order.by and headers call them, and what people type."""


def named(field: Field) -> bool:
    """Whether its values are words, of which each should stand somewhere in the pool."""
    return field.test in (_same, _language)
