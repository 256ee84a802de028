"""The nouns: what travels between the stages.

All are frozen; a change makes a new value. Every record that an author wrote
knows its `Place`, so that any later stage can point at the author's line.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

from reelpress.findings import NOWHERE, Finding, Place
from reelpress.rights import NOT_STATED, Rights


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
class Picture:
    """A picture where a text has it."""

    asset: str
    """`Asset.path`."""
    file: str
    """Relative to the project's folder."""
    id: str
    """In the galley: of its figure, or its own; empty for a cover and a portrait."""
    place: Place
    title: str = ""
    """Its caption, or what it shows: plain text."""
    said: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    """What its attribute list says of its rights, as written."""
    rights: Rights = NOT_STATED
    """Settled when an anthology is gathered."""


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
    place: Place = NOWHERE
    pictures: tuple[Picture, ...] = ()
    """In the order in which they stand."""
    sha256: str = ""
    """Of its Markdown, in hexadecimal."""


@dataclass(frozen=True, slots=True)
class Person:
    """One entry of the people file, or a name that is in none."""

    key: str
    name: str  # as printed
    sort: str  # as filed: Meer, Ilse van der
    pronouns: str = ""
    bio: Text | None = None
    short_bio: Text | None = None
    portrait: Asset | None = None
    website: str = ""
    orcid: str = ""  # sixteen characters, hyphenated
    isni: str = ""  # sixteen characters
    viaf: str = ""
    listed: bool = True
    """Whether the people file has this person."""


@dataclass(frozen=True, slots=True)
class Credit:
    """A person and what that person did."""

    person: Person
    role: str = "aut"
    """A MARC relator code (id.loc.gov/vocabulary/relators)."""
    pen_name: str = ""
    """Under which other name, where it is not the person's own."""

    @property
    def name(self) -> str:
        """As printed at the piece."""
        return self.pen_name or self.person.name

    @property
    def sort(self) -> str:
        """As filed: a pen name by its last word, for nothing else is said of it."""
        first, _, last = self.pen_name.rpartition(" ")
        if not self.pen_name:
            return self.person.sort
        return f"{last}, {first}" if first else last


@dataclass(frozen=True, slots=True)
class Rating:
    """A rating as its reviewer wrote it."""

    text: str
    value: Fraction | None = None
    """0 to 1; None where the writing is not understood."""
    stars: tuple[int, bool, int] | None = None
    """For ratings written in stars: full ones, whether a half follows, out of how many."""


@dataclass(frozen=True, slots=True)
class FirstPublished:
    """Where a piece first came out."""

    outlet: str
    date: str = ""
    """ISO 8601: a year, a month or a day."""
    url: str = ""
    archive: str = ""
    """A copy that stays, in a web archive."""


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
    rights: Rights = NOT_STATED
    first_published: FirstPublished | None = None
    spoilers: bool = False
    abridged: bool = False
    extra: Mapping[str, object] = field(default_factory=dict)
    why: str = ""
    """Why it is in this anthology."""
    unread: bool = False
    """Whether part of its header could not be read: what is missing may stand there."""

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
    rights: Rights | None = None
    """Of a text that somebody signed, or that states its own; None: it is the publisher's."""
    abridged: bool = False
    """Of such a text: whether it was shortened for this book."""
    number: int = 0  # of a part, from 1
    findings: tuple[Finding, ...] = ()
    """Why there is no text to show, or why it may not be printed."""
    part: int = 0
    """Of a review: the number of its part; 0 where there are none."""


@dataclass(frozen=True, slots=True)
class VolumeSpec:
    """What one volume is to be."""

    name: str  # the ticket's key: epub, print, screen …
    format: str  # epub or pdf
    isbn: str = ""  # thirteen digits
    trim: tuple[float, float] = (6.0, 9.0)  # width and height in inches
    scope: str = "print"  # or digital
    sold: bool = True
    drm: bool = False
    territory: frozenset[str] = frozenset()
    """Where it is offered, ISO 3166-1 codes; empty: the world."""
    place: Place = NOWHERE
    """Where the ticket describes it."""


@dataclass(frozen=True, slots=True)
class Imprint:
    """Who publishes, and the house's defaults."""

    name: str = ""
    place: str = ""
    url: str = ""
    statement: str = ""  # the publisher's own words for the copyright page
    address: tuple[str, ...] = ()  # lines
    statement_language: str = ""


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
    rights: Rights = NOT_STATED
    contributors: tuple[Credit, ...] = ()
    """Who else made this edition: cover, design, foreword …"""
    cataloguing: tuple[str, ...] = ()
    """Lines of a national library's record, as the publisher gives them."""
    cover: Asset | None = None
    cover_alt: str = ""
    draft: bool = False
    cleared: bool = True
    """Whether every piece is cleared for every volume: only a draft may not be."""

    @property
    def mark(self) -> str:
        """What a draft says of itself on every page; empty of a release."""
        if not self.draft:
            return ""
        return "DRAFT" if self.cleared else "DRAFT, NOT CLEARED"


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
    pagination: str = ""
    """The volume whose page numbers are cited; empty where none has pages."""
    pictures: tuple[tuple[str, Picture], ...] = ()
    """(id of the piece, picture) in running order, rights settled; "cover" for the cover."""

    @property
    def reviews(self) -> tuple[Contribution, ...]:
        """The contributions in running order."""
        return tuple(p.contribution for p in self.pieces if p.contribution is not None)


@dataclass(frozen=True, slots=True)
class Share:
    """What one person has in an anthology."""

    key: str
    """Names the files of the offprint: the person's, or, of a stranger, the name's slug."""
    person: Person
    pieces: tuple[Piece, ...]
    """With the person in their byline, in running order."""
