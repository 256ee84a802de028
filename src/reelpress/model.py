"""The nouns: what travels between the stages.

All are frozen; a change makes a new value. Every record that an author wrote
knows its `Place`, so that any later stage can point at the author's line.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

from reelpress.findings import Finding, Place


class Matter(StrEnum):
    """Where in a book a piece stands."""

    FRONT = "front"
    BODY = "body"
    BACK = "back"


@dataclass(frozen=True, slots=True)
class OriginalTitle:
    """A film's title as it was released, in its own script."""

    text: str
    language: str = ""
    """BCP 47; empty where the author did not say."""
    romanised: str = ""


@dataclass(frozen=True, slots=True)
class Film:
    """The reviewed work."""

    title: str
    year: int | None = None
    original_title: OriginalTitle | None = None
    directors: tuple[str, ...] = ()
    writers: tuple[str, ...] = ()
    cast: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    """As the author wrote them: tags or names."""
    runtime: int | None = None  # minutes
    ids: tuple[tuple[str, str], ...] = ()  # ("imdb", "tt0113627")


@dataclass(frozen=True, slots=True)
class Asset:
    """A file that goes into volumes."""

    path: str  # in the galley: images/…, fonts/…
    media_type: str
    data: bytes = field(repr=False)
    size: tuple[int, int] | None = None  # of images: width and height in pixels


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote of one piece."""

    id: str
    """Unique in the galley."""
    number: int
    """Counted within the piece, from 1; 0 for a note that nothing calls."""
    body: str = field(repr=False)
    """XHTML blocks."""


@dataclass(frozen=True, slots=True)
class Text:
    """A Markdown text, edited."""

    body: str = field(repr=False)
    """Well-formed XHTML blocks; ids unique in the galley, links to other reviews as
    `review:slug`, note calls as `<a data-note="1" href="#id">`, places as
    `data-at="line:column"`."""
    notes: tuple[Note, ...] = ()
    assets: tuple[Asset, ...] = ()
    words: int = 0
    place: Place = field(default_factory=lambda: Place(""))


@dataclass(frozen=True, slots=True)
class Person:
    """One entry of the people file, or a name that is in none."""

    key: str
    name: str  # as printed
    sort: str  # as filed: Meer, Ilse van der
    pronouns: str = ""
    bio: Text | None = None
    website: str = ""
    orcid: str = ""
    listed: bool = True
    """Whether the people file has this person."""


@dataclass(frozen=True, slots=True)
class Credit:
    """A person and what that person did."""

    person: Person
    role: str = "aut"
    """A MARC relator code (id.loc.gov/vocabulary/relators)."""


@dataclass(frozen=True, slots=True)
class Rating:
    """A rating as its reviewer wrote it."""

    text: str
    value: Fraction | None = None
    """0 to 1; None where the writing is not understood."""
    stars: tuple[int, bool, int] | None = None
    """For ratings written in stars: full ones, whether a half follows, out of how many."""


@dataclass(frozen=True, slots=True)
class Licence:
    """On what terms a piece may be used."""

    name: str
    """As printed: "CC BY-NC 4.0", "All rights reserved"."""
    spdx: str = ""  # identifier, where there is one
    url: str = ""  # of the deed


@dataclass(frozen=True, slots=True)
class Rights:
    """Who holds the rights in a piece, and on what terms it stands here."""

    holders: tuple[str, ...] = ()
    """Never guessed from the reviewer; empty where nothing is said."""
    year: int | None = None
    licence: Licence | None = None
    status: str = "unknown"


@dataclass(frozen=True, slots=True)
class FirstPublished:
    """Where a piece first came out."""

    outlet: str
    date: str = ""
    """ISO 8601: a year, a month or a day."""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Manuscript:
    """One file as submitted: its place, its header, its text."""

    path: str
    slug: str
    header: object | None = field(repr=False)
    """What the header says (`reelpress.header.Review`); None where it can't be read."""
    text: str = field(repr=False)
    """The Markdown below the front matter."""
    line: int = 1  # on which the text begins
    draft: bool = False
    findings: tuple[Finding, ...] = ()

    @property
    def place(self) -> Place:
        """The top of the file."""
        return Place(self.path)


@dataclass(frozen=True, slots=True)
class Contribution:
    """One edited review."""

    slug: str
    title: str
    film: Film
    byline: tuple[Credit, ...]
    text: Text
    language: str
    place: Place
    rating: Rating | None = None
    date: str = ""
    tags: tuple[str, ...] = ()
    rights: Rights = Rights()
    first_published: FirstPublished | None = None
    spoilers: bool = False
    abridged: bool = False
    extra: Mapping[str, object] = field(default_factory=dict)
    why: str = ""
    """Why it is in this anthology."""

    @property
    def id(self) -> str:
        """Its section's id in the galley."""
        return f"r-{self.slug}"


@dataclass(frozen=True, slots=True)
class Piece:
    """One thing in running order."""

    kind: str
    """half-title, title, copyright, contents, foreword, part, review, films, credits …"""
    id: str
    title: str
    matter: Matter
    language: str
    contribution: Contribution | None = None
    text: Text | None = None
    byline: tuple[Credit, ...] = ()
    number: int = 0  # of a part, from 1
    findings: tuple[Finding, ...] = ()  # why there is no text to show
    part: int = 0
    """Of a review: the number of its part; 0 where there are none."""


@dataclass(frozen=True, slots=True)
class VolumeSpec:
    """What one volume is to be."""

    name: str  # the ticket's key: epub, print, screen …
    format: str  # epub or pdf
    isbn: str = ""  # thirteen digits
    trim: tuple[float, float] = (6.0, 9.0)  # width and height in inches


@dataclass(frozen=True, slots=True)
class Imprint:
    """Who publishes, and the house's defaults."""

    name: str = ""
    place: str = ""
    url: str = ""
    statement: str = ""  # the publisher's own words for the copyright page


@dataclass(frozen=True, slots=True)
class Edition:
    """This publication's facts."""

    name: str
    """The ticket's file name: it names the volumes."""
    title: str
    language: str
    identifier: str
    """urn:uuid:…, from imprint and ticket name: a mended typo is the same book."""
    subtitle: str = ""
    editors: tuple[Credit, ...] = ()
    issued: str = ""
    """ISO date; empty where the ticket has none."""
    revised: str = ""
    number: int = 1
    printing: int = 1
    description: str = ""
    subjects: tuple[str, ...] = ()
    rights: Rights = Rights()
    cover: Asset | None = None
    cover_alt: str = ""
    draft: bool = False


@dataclass(frozen=True, slots=True)
class Anthology:
    """The whole book as thought."""

    edition: Edition
    imprint: Imprint
    pieces: tuple[Piece, ...]
    volumes: tuple[VolumeSpec, ...]
    layout: str
    place: Place
    """The ticket."""

    @property
    def reviews(self) -> tuple[Contribution, ...]:
        """The contributions in running order."""
        return tuple(p.contribution for p in self.pieces if p.contribution is not None)


@dataclass(frozen=True, slots=True)
class Section:
    """One XHTML document as set."""

    id: str
    kind: str
    title: str
    """Plain text, for outline and navigation."""
    matter: Matter
    language: str
    body: str = field(repr=False)
    """`<section …>…</section>`, well-formed; ids unique in the galley, links bare `#id`."""
    path: str = ""
    """The author's file that `data-at` speaks of."""
    template: str = ""  # what made it
    level: int = 1
    """Depth in outline and navigation; 0: in neither."""
    byline: str = ""
    part: int = 0


@dataclass(frozen=True, slots=True)
class Face:
    """One font file of a layout."""

    family: str
    style: str
    weight: int
    asset: Asset


@dataclass(frozen=True, slots=True)
class Galley:
    """The whole book as set, not yet paged, and neutral."""

    edition: Edition
    imprint: Imprint
    sections: tuple[Section, ...]
    screen: str = field(repr=False)
    """The style sheet for EPUBs."""
    print: str = field(repr=False)
    """The style sheet for pages."""
    assets: tuple[Asset, ...]
    faces: tuple[Face, ...]
    contributors: tuple[Credit, ...]
    words: Mapping[str, str] = field(repr=False)
    """What binders print themselves, in the book's language ("Contents", "Landmarks" …)."""
    images_described: bool  # each by its alternative text
    direction: str  # ltr or rtl
    glyphs_whole: bool = field(default=True, kw_only=True)  # as far as it was proofed
    place: Place


@dataclass(frozen=True, slots=True)
class Volume:
    """One finished product."""

    name: str  # of its file: last-call.epub, last-call-print.pdf
    media_type: str
    data: bytes = field(repr=False)
    extent: str
    """"128 pages" or "14 sections"."""
    accessibility: str
    """One sentence for readers."""
    cover: Asset | None = None
    folios: Mapping[str, str] = field(default_factory=dict)
    """Of volumes with pages: section id -> the folio on which it opens."""
