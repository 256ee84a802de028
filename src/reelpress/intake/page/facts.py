"""What a page says of itself to machines, brought to one form."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field, fields

from reelpress.intake.pasted.dates import day_in

_TAGS = re.compile(r"<[^<>]{0,300}>")
_DURATION = re.compile(r"P(?:\d+D)?T(?:(\d{1,2})H)?(?:(\d{1,3})M)?(?:[\d.]+S)?", re.I)
_YEAR = re.compile(r"\b(1[89]\d\d|20\d\d|21\d\d)\b")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_CREATIVE = re.compile(r"creativecommons\.org/(licenses|publicdomain)/([a-z-]+)/(\d\.\d)", re.I)
_IMDB = re.compile(r"\b(tt\d{7,9})\b")


@dataclass(slots=True)
class Facts:
    """What one vocabulary says; empty where it says nothing."""

    title: str = ""
    film: dict[str, object] = field(default_factory=dict)
    """As in front matter."""
    writers: list[tuple[str, str]] = field(default_factory=list)
    """Names and websites."""
    rating: str = ""
    date: str = ""
    changed: str = ""
    language: str = ""
    outlet: str = ""
    address: str = ""
    licence: str = ""
    holders: list[str] = field(default_factory=list)
    years: list[int] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)

    def fill(self, other: Facts) -> None:
        """Take what this one lacks from another that is less to be believed."""
        for own in fields(self):
            if own.name == "film":
                self.film = {**other.film, **self.film}
            elif not getattr(self, own.name):
                setattr(self, own.name, getattr(other, own.name))


def plain(value: object) -> str:
    """A text that a machine was given, as people read it: no markup, no references."""
    if not isinstance(value, str | int | float):
        return ""
    said = html.unescape(_TAGS.sub("", html.unescape(str(value))))
    return " ".join(said.split())


def day(value: object) -> str:
    """A day of a time stamp; a year or a month where it is no more."""
    text = plain(value)
    if basic := re.fullmatch(r"(\d{4})(\d\d)(\d\d)(?:T.*)?", text):
        text = "-".join(basic.groups())
    if made := day_in(text):
        return made
    match = re.fullmatch(r"(\d{4})(?:-(0[1-9]|1[0-2]))?", text)
    return match[0] if match else ""


def year(value: object) -> int | None:
    """The year in a date or a text."""
    match = _YEAR.search(plain(value))
    return int(match[1]) if match else None


def minutes(value: object) -> int | None:
    """Of ISO 8601's durations: PT1H44M."""
    match = _DURATION.fullmatch(plain(value))
    if not match:
        return None
    total = int(match[1] or 0) * 60 + int(match[2] or 0)
    return total or None


def language(value: object) -> str:
    """A BCP 47 tag; `en_US` is read as one too."""
    tag = plain(value).replace("_", "-")
    return tag if _LANGUAGE.fullmatch(tag) else ""


def licence(value: object) -> str:
    """A licence by its name, where its address is one of Creative Commons'."""
    text = plain(value)
    match = _CREATIVE.search(text)
    if not match:
        return text
    if match[1].lower() == "publicdomain":
        return f"CC0-{match[3]}" if match[2].lower() == "zero" else "public domain"
    return f"CC-{match[2].upper()}-{match[3]}"


def imdb(value: object) -> dict[str, str]:
    """An IMDb number, as an id of a film."""
    match = _IMDB.search(plain(value))
    return {"imdb": match[1]} if match else {}


def rating(value: object, best: object) -> str:
    """So many of so many; where it is not said of how many, five is meant (schema.org)."""
    said, most = plain(value).replace(",", "."), plain(best).replace(",", ".")
    if not re.fullmatch(r"\d{1,3}(?:\.\d+)?", said):
        return (
            said
            if re.fullmatch(r"[A-F][+-]?|\d{1,3}(?:\.\d+)?\s?/\s?\d{1,3}|\d{1,3}%", said)
            else ""
        )
    if not re.fullmatch(r"\d{1,3}(?:\.\d+)?", most) or float(most) == 0:
        most = "5" if float(said) <= 5 else "10" if float(said) <= 10 else "100"
    return f"{_short(said)}/{_short(most)}"


def _short(number: str) -> str:
    return number.rstrip("0").rstrip(".") if "." in number else number
