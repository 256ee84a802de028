"""The job ticket, anthologies/NAME.yaml, as pydantic models."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, WithJsonSchema

from reelpress.header.formats import (
    SCALAR,
    Contributor,
    Day,
    Format,
    Rights,
    Territory,
    Text,
    Texts,
    many,
)
from reelpress.header.habits import Fields

_TESTS = {"anyOf": [SCALAR, {"type": "array", "items": SCALAR}, {"type": "object"}]}
SELECT_BY = (
    "tags", "year", "rating", "date", "reviewer", "director", "writer", "cast", "people",
    "country", "language", "runtime", "title", "film", "film_language", "outlet", "slug",
)  # fmt: skip
"""What select: can ask for; `any`, `all` and `none` hold further selections."""

Select = Annotated[
    dict[str, Any] | None,
    WithJsonSchema(
        {
            "type": "object",
            "properties": {
                **dict.fromkeys(SELECT_BY, _TESTS),
                **{key: {"type": ["object", "array"]} for key in ("any", "all", "none")},
            },
            "additionalProperties": False,
        }
    ),
]


class Volume(Format):
    """One file to be made."""

    format: Literal["epub", "pdf"] | None = None
    """Of names other than epub and kindle: pdf where not said."""
    isbn: str = ""
    trim: Text = "6x9"
    """Width by height: 6x9 (inches), 148x210mm, a5"""
    scope: Literal["print", "digital"] | None = None
    """What permissions must cover: digital for EPUBs, else print."""
    sold: bool = True
    """Whether it costs money."""
    drm: bool = False
    """Whether a shop locks it."""
    territory: Territory = []
    """Where it is offered, as ISO 3166-1 codes: [GB, IE]; the world where nothing is said."""


class Entry(Format):
    """A review, or many by one glob, and how it stands in this anthology."""

    review: Text
    """A slug, a path or a glob, below manuscripts/."""
    title: Text = ""
    """Its title here."""
    abridgement: str = ""
    """A Markdown file that stands here instead of its text."""


Entries = Annotated[list[Entry], BeforeValidator(many)]


class Part(Format):
    """Reviews under one heading."""

    title: Text
    reviews: Entries = []
    """Slugs, paths or globs."""
    select: Select = None
    """By what their headers say, of the reviews that the ticket takes."""
    epigraph: str = ""
    """Markdown, or a Markdown file."""


class Grouping(Format):
    """Parts made by what the headers say."""

    by: Text
    """decade, year, director, reviewer, country, language, tag"""
    titles: dict[str, Text] = {}
    """What it is -> the part's title; but for years, these stand first and in this order."""
    epigraphs: dict[str, str] = {}
    """What it is -> Markdown, or a Markdown file."""


class Order(Format):
    """In which order the reviews stand."""

    by: Texts = []
    """title, film.title, film.year, date, reviewer; a minus before it turns it round."""
    parts: Grouping | None = None
    """Parts by a key: decade, director, reviewer, country, tag …"""


class Limits(Format):
    """What keeps the anthology in balance."""

    max_per_reviewer: Annotated[int | None, Field(ge=1)] = None
    """Reviews by one person."""
    max_per_director: Annotated[int | None, Field(ge=1)] = None
    """Reviews of films by one director."""
    words: Text = ""
    """Of all reviews: 60000, or 40000..60000"""
    review_words: Text = ""
    """Of each review: 900, or 250..900"""


class Exemption(Format):
    """A warning that is meant to be."""

    rule: Text
    """A0…, T0…: the code in brackets."""
    where: Text = ""
    """A review's slug, or a file below manuscripts/; anywhere where nothing is said."""
    reason: Text
    """Why it may stand."""


FrontOrBack = Annotated[
    list[Any],
    BeforeValidator(many),
    WithJsonSchema(
        {
            "type": "array",
            "items": {
                "anyOf": [
                    {"type": "string"},
                    {"type": "object", "additionalProperties": {"type": "string"}},
                ]
            },
        }
    ),
]


class Ticket(Format):
    """anthologies/NAME.yaml: the job ticket of one anthology."""

    title: Text
    subtitle: Text = ""
    editors: Annotated[list[Contributor], BeforeValidator(many)] = []
    """Keys of people.yaml, or names."""
    contributors: Annotated[list[Contributor], BeforeValidator(many)] = []
    """Who else made this edition, each with a role: cov, bkd, aui, wpr, aft …"""
    language: str | None = None
    issued: Day | None = None
    """When this edition came out: the only date in the volumes."""
    revised: Day | None = None
    edition: Annotated[int, Field(ge=1)] = 1
    printing: Annotated[int, Field(ge=1)] = 1
    description: str = ""
    """For shops: a few sentences."""
    subjects: Texts = []
    cataloguing: str = ""
    """A national library's record, a line each, as it gave it to you."""
    rights: Rights | None = None
    layout: str = "classic"
    cover: str = ""
    """An image; a typographic cover is made where there is none."""
    cover_alt: str = ""
    """What the cover shows."""
    reviews: Entries = [Entry(review="reviews/**/*.md")]
    """Slugs, paths or globs, below manuscripts/; NAME:GLOB in a source of imprint.yaml."""
    fields: Fields = {}
    """As in imprint.yaml, for this anthology alone: our field -> their key."""
    select: Select = None
    """Of these, those whose headers say so: {tags: [noir], rating: ">= 3/5", year: 1970..1979}"""
    parts: list[Part] = []
    """Reviews under headings."""
    order: Order = Order()
    limits: Limits = Limits()
    """Warnings beyond these."""
    exempt: list[Exemption] = []
    """Warnings that are meant to be, each with its reason."""
    front: FrontOrBack = ["half-title", "title", "copyright", "contents"]
    back: FrontOrBack = ["films", "credits", "contributors", "colophon"]
    pagination: str = ""
    """The volume whose page numbers are cited."""
    volumes: dict[str, Volume | None] = {"epub": Volume(), "print": Volume()}
