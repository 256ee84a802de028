"""What a source says, as front matter: in the order of docs/front-matter.md, and only what is
said."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from reelpress.slugs import slug

_FILM = "title original_title year directors writers cast country languages runtime ids".split()
_YEAR = re.compile(r"(1[89]\d\d|2[01]\d\d)")
_WORDS = 12
"""Words of a title that make a file's name."""


def front_matter(
    *,
    title: str = "",
    film: Mapping[str, object] | None = None,
    reviewer: Sequence[str] = (),
    rating: str = "",
    date: str = "",
    language: str = "",
    tags: Sequence[str] = (),
    rights: Mapping[str, object] | None = None,
    first_published: Mapping[str, object] | None = None,
    spoilers: bool = False,
    extra: Mapping[str, object] | None = None,
) -> dict[str, object]:
    """A header in its long form, without what is empty; `extra` is what no field is for, and takes
    no field's place."""
    said: dict[str, object] = {
        "title": title,
        "film": said_of(film),
        "reviewer": one_or_many(reviewer),
        "rating": rating,
        "date": date,
        "language": language,
        "tags": list(dict.fromkeys(tags)),
        "rights": said_of(rights),
        "first_published": said_of(first_published),
        "spoilers": spoilers,
    }
    made = said_of(said)
    return {**made, **{key: value for key, value in said_of(extra).items() if key not in made}}


def film_said(film: Mapping[str, object]) -> dict[str, object]:
    """A film's fields in their order, those that say something."""
    return {key: film[key] for key in _FILM if film.get(key)}


def said_of(fields: Mapping[str, object] | None) -> dict[str, object]:
    """The fields that say something."""
    return {key: value for key, value in (fields or {}).items() if value not in ("", None, [], {})
            and value is not False}  # fmt: skip


def one_or_many(values: Sequence[object]) -> object:
    """One thing as itself, several as a list."""
    return values[0] if len(values) == 1 else list(values)


def held(
    holders: Sequence[str], date: str, *also: str, years: Sequence[int] = (), licence: str = ""
) -> dict[str, object]:
    """Rights as far as a source tells them: whoever wrote it, in the `years` that it says or else
    the one in which it was written, and what of the header is guessed besides. All of it is to be
    confirmed; where nothing is said the status alone, lest the house's own take its place."""
    years = years or ([int(date[:4])] if _YEAR.match(date) else [])
    return {
        "holder": one_or_many(holders),
        "year": one_or_many(years),
        "licence": licence,
        "status": "unknown",
        "inferred": [*(["holder"] if holders else []), *(["year"] if years else []), *also],
    }


@dataclass(slots=True)
class Names:
    """Files' names for one source: plain letters, each once, the same at each import."""

    folder: str = "reviews"
    _taken: set[str] = field(default_factory=set)

    def take(self, title: str, *apart: str) -> str:
        """A path for what bears a title; where it is taken, with what tells it `apart`, the first
        that does."""
        plain = short(title)
        for name in (plain, *(f"{plain}-{slug(word)}" for word in apart if word)):
            if self._takes(name):
                return self._path(name)
        number = next(n for n in range(2, len(self._taken) + 3) if self._takes(f"{plain}-{n}"))
        return self._path(f"{plain}-{number}")

    def _takes(self, name: str) -> bool:
        """Whether a name was free; from now on it is not."""
        if self._path(name) in self._taken:
            return False
        self._taken.add(self._path(name))
        return True

    def _path(self, name: str) -> str:
        return f"{self.folder}/{name}.md"


def short(title: str) -> str:
    """A title in plain letters, as long as a file's name may be."""
    return "-".join(slug(title).split("-")[:_WORDS])


def words_in(text: str, separator: str = ",") -> list[str]:
    """What one text lists, each once."""
    parts = (" ".join(part.split()) for part in text.split(separator))
    return list(dict.fromkeys(part for part in parts if part))


def day_of(text: str) -> str:
    """A day as 2019-05-03, of a time stamp or a day however it is written; empty where it is none,
    or may be either of two."""
    from reelpress.header.days import day

    try:
        made = day(text)
    except ValueError:
        return ""
    return made if made.count("-") > 1 else ""


def counted(counts: Iterable[tuple[str, int]]) -> dict[str, int]:
    """What did not come, by what it is, where there is any."""
    made: dict[str, int] = {}
    for what, count in counts:
        if count:
            made[what] = made.get(what, 0) + count
    return made
