"""What authors and publishers write by hand, as pydantic models.

One field, one meaning; the docstring under a field is what editors show at
completion. `understand` folds short forms and synonyms in before these
models see the data, so the models hold the long form and the common short one.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    WithJsonSchema,
)

from reelpress.header.days import day

SCALAR = {"type": ["string", "number"]}


def _iso(value: object) -> object:
    """A year, a month or a day, as ISO 8601."""
    return day(str(value))


def many(value: object) -> object:
    """One thing is a list of one thing; nothing is an empty list."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


Text = Annotated[str, WithJsonSchema(SCALAR)]
Day = Annotated[
    str,
    BeforeValidator(_iso),
    WithJsonSchema({"type": ["string", "integer"], "pattern": r"^\d{4}(-\d{1,2}(-\d{1,2})?)?"}),
]
Texts = Annotated[
    list[Text],
    BeforeValidator(many),
    WithJsonSchema({"anyOf": [SCALAR, {"type": "array", "items": SCALAR}]}),
]


class Format(BaseModel):
    """A hand-written mapping. Unknown keys are kept and told by `understand`."""

    model_config = ConfigDict(extra="ignore", str_strip_whitespace=True)


class OriginalTitle(Format):
    """A title in its own script."""

    text: Text
    """The title as released: Сталкер"""
    language: str = ""
    """BCP 47 tag of that title: ru"""
    romanised: str = ""
    """The same in Latin letters: Stalker"""


class Film(Format):
    """The film that a review is about."""

    title: Text
    """As it is known in the language of the review."""
    original_title: OriginalTitle | Text | None = None
    """As it was released: a text, or text, language and romanised."""
    year: Annotated[int | None, Field(ge=1870, le=2200)] = None
    """Of first release."""
    directors: Texts = []
    """One or many."""
    writers: Texts = []
    """One or many."""
    cast: Texts = []
    """In the order of billing."""
    country: Texts = []
    """One or many."""
    languages: Texts = []
    """Spoken in the film."""
    runtime: Annotated[int | None, Field(ge=1, le=6000)] = None
    """Minutes."""
    ids: dict[str, Text] = {}
    """Addresses in databases: {imdb: tt0113627}"""


class Contributor(Format):
    """A person and a role."""

    name: Text
    """A key of people.yaml, or a full name; or several in one text: A, B and C."""
    role: str = "aut"
    """A MARC relator code or its word: aut, trl or translator, ill, pht, ivr …"""
    url: str = ""
    """A website, of a person who is not in people.yaml."""


def _years(value: object) -> object:
    """Years in a list; 2019, [2019, 2021] or "2019, 2021"."""
    if isinstance(value, str):
        return [part.strip() for part in value.split(",")]
    return many(value)


def _joined(value: object) -> object:
    """Words in a list; [print, digital] or "print, digital"."""
    if isinstance(value, str):
        return [part.strip() for part in value.split(",") if part.strip()]
    return many(value)


Years = Annotated[
    list[Annotated[int, Field(ge=1800, le=2200)]],
    BeforeValidator(_years),
    WithJsonSchema({"anyOf": [SCALAR, {"type": "array", "items": {"type": "integer"}}]}),
]
Scope = Annotated[list[Literal["print", "digital", "audio"]], BeforeValidator(_joined)]
Territory = Annotated[
    list[Text],
    BeforeValidator(_joined),
    WithJsonSchema({"anyOf": [SCALAR, {"type": "array", "items": SCALAR}]}),
]


class Rights(Format):
    """Who holds the rights in a piece, on what terms, and how it comes to stand in a book."""

    holder: Texts = []
    """Keys of people.yaml, or names. Never guessed from the reviewer."""
    year: Years = []
    """Of the copyright line: one or many."""
    licence: str = ""
    """CC-BY-NC-4.0, CC0-1.0, public domain, all rights reserved, or words of your own."""
    adaptation: str = ""
    """Of a shortened or translated piece: the licence that the adaptation bears."""
    status: Literal[
        "unknown", "own", "not needed", "quotation", "asked", "granted", "refused", "expired"
    ] = "unknown"
    """How far the permission has come; unknown blocks."""
    reason: str = ""
    """Why a quotation is one, or why no permission is needed."""
    date: Day | None = None
    """Of the answer."""
    by: Text = ""
    """Who gave the permission."""
    evidence: Text = ""
    """A file of the project, or a number in your archive. For the desk alone."""
    scope: Scope = []
    """What it covers, where it does not cover all: print, digital, audio."""
    territory: Territory = []
    """Where, as ISO 3166-1 codes: [GB, IE]; world where nothing is said."""
    until: Day | None = None
    """The last day on which it holds."""
    fee: Text = ""
    """What was agreed. For the desk alone."""
    credit: str = ""
    """The credit line in the wording that was asked for."""
    inferred: Texts = []
    """Fields that an import inferred: confirm them, and take them out of this list."""
    statement: str = ""
    """Imprint and ticket: the publisher's own words for the copyright page."""


class FirstPublished(Format):
    """Where a piece first came out."""

    outlet: Text
    """The paper, magazine or site."""
    date: Day | None = None
    """Year, month or day."""
    url: str = ""
    """Where it stands, if it does."""
    archive: str = ""
    """A copy that stays, in a web archive."""


class Review(Format):
    """The front matter of one review."""

    title: Text | None = None
    """Of the review; the film's where there is none."""
    film: Film | None = None
    """The film: its title, or a mapping."""
    reviewer: Annotated[list[Contributor], BeforeValidator(many)] = []
    """Who wrote it: a key of people.yaml or a name, one or many, or {name, role}."""
    rating: Text | None = None
    """4.5/5, 8/10, 85%, B+, ★★★½ or as you like."""
    date: Day | None = None
    """When it was written."""
    language: str | None = None
    """BCP 47 tag of the text; the house's where there is none."""
    tags: Texts = []
    """Words to find it by."""
    rights: Rights | None = None
    """Holder, year, licence."""
    first_published: FirstPublished | None = None
    """Outlet, date, url."""
    spoilers: bool = False
    """Whether it tells the ending."""
    abridged: bool = False
    """Whether it was shortened for this book."""
    slug: str | None = None
    """Its address in links; its file's name where there is none."""
    draft: bool = False
    """Drafts are left out, and counted."""


class PersonEntry(Format):
    """One person of people.yaml."""

    name: Text
    """As printed."""
    sort: str = ""
    """As filed: Meer, Ilse van der"""
    variants: Texts = []
    """Other ways of writing the name; it is printed as above."""
    pen_names: Texts = []
    """Names that are printed at a piece as they are; the biography is this person's."""
    pronouns: str = ""
    bio: str = ""
    """Markdown: the long one, for the contributors' page."""
    short_bio: str = ""
    """Markdown: a sentence or two, for the end of a piece."""
    portrait: str = ""
    """An image, relative to people.yaml."""
    website: str = ""
    orcid: str = ""
    """0000-0002-1825-0097, or its address."""
    isni: Text = ""
    """0000 0001 2103 2683, or its address."""
    viaf: Text = ""
    """107032638, or its address."""
    contact: Text = ""
    """An address to write to. For the desk alone: it is in no volume."""
    rights: Rights | None = None
    """What holds for this person's pieces that do not say otherwise."""


class PeopleFile(Format):
    """people.yaml: keys, each with a person."""

    people: dict[str, PersonEntry] = {}


class Faces(Format):
    """The files of one family: package:PACKAGE/FILE, or a file of the layout."""

    regular: str
    italic: str = ""
    bold: str = ""
    bold_italic: str = ""


class LayoutFile(Format):
    """layouts/NAME/layout.yaml."""

    extends: str = ""
    """The layout that gives what this one lacks."""
    fonts: dict[str, Faces] = {}
    """Family as the style sheets name it (text, heads) -> its files."""
    note: str = ""
    """For the colophon: what the book is set in."""
    typefaces: str = ""
    """For the copyright page: the faces and their licence, in a few words."""
    bios: Literal["end", "piece", "both", "none"] = "end"
    """Where biographies stand: the long ones at the end, the short ones under each piece."""
