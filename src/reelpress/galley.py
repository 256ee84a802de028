"""The nouns of a book that is set: what travels from composing to binding.

All are frozen, like those of `model`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from reelpress.findings import Place
from reelpress.model import Asset, Credit, Edition, Imprint, Matter


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
    licence: str = ""
    """The address of the deed, where it bears a licence of its own."""


@dataclass(frozen=True, slots=True)
class Face:
    """One font file of a layout."""

    family: str
    style: str
    weight: int
    asset: Asset


ACCESSIBLE = (
    "Text in reading order with headings, a table of contents and landmarks.",
    "Every image has alternative text.",
    "Some images have no alternative text.",
)
"""What an EPUB says of itself to readers: of its text, and, where it has pictures, of these."""


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
    citation: str = field(default="", kw_only=True)
    """Of an offprint: the book that it is from, in one sentence."""
    book: str = field(default="", kw_only=True)
    """Of an offprint: the identifier of that book."""
    place: Place


@dataclass(frozen=True, slots=True)
class Offprint:
    """What one contributor has in a book, as a galley of its own."""

    key: str
    """Names its files."""
    galley: Galley
    """A title page, then the pieces' sections as they stand in the book; links that lead to others
    are plain text."""
    proof: Galley
    """One section: the form on which the contributor signs off what the book prints of them."""


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
    lengths: Mapping[str, int] = field(default_factory=dict)
    """Of volumes with pages: section id -> how many it takes."""
    pages: int = 0
    """All of them, blank ones too; 0 where there are none."""
    spec: str = ""
    """The ticket's name for it: epub, print …"""
