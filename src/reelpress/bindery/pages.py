"""A section as pages: what is kept of it from one build to the next.

`Pages` carries all that binding, heads, page slots, an EPUB's page list and citations ask for, so
that a section is set again only where its own text or look has changed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class FaceUse:
    """What some pages use of one face."""

    name: str
    """Of the font resource in their content: the same for a face wherever it is set."""
    base: str  # its PostScript-like name
    family: str
    face: str
    """The digest of the font file (`reelpress.work.digest`)."""
    index: int  # of the face in the file
    outlines: str  # otf or ttf
    metrics: tuple[int, int, int, int, int, int]
    """Flags, italic angle, ascent, descent, stem widths (PDF 32000-1, 9.8)."""
    widths: Mapping[int, float]  # glyph -> thousandths of the type size
    text: Mapping[int, str]  # glyph -> what it stands for
    missing: Mapping[int, int] = field(default_factory=dict)
    """Characters that the face lacks -> the numbers that stand for them here alone."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a section, without its heads and folio."""

    name: str
    """Of the page type (`page: …` in the style sheet)."""
    blank: bool
    groups: tuple[tuple[str, int], ...]
    """Page groups that it is in, and as which page of each, from 0 (CSS GCPM 3, section 6)."""
    boxes: tuple[tuple[float, float, float, float], ...]
    """MediaBox, TrimBox and BleedBox in points."""
    content: bytes = field(repr=False)
    """Its content stream, deflated."""
    marks: int
    """The local number of its marks' owners, an array for the parent tree; 0 for none."""
    links: tuple[int, ...] = ()
    """The local numbers of its link annotations."""
    strings: tuple[tuple[str, str], ...] = ()
    """(name, text) of each `string-set` on it, in order."""
    first: tuple[str, ...] = ()
    """Names of the strings that what stands first on it sets."""
    shift: float | None = None
    """How far, in points, its text moves where the page falls on the other side; None where it
    must be set again."""
    turn: int = 0
    """How many letters of the section's text (as `reelpress.bindery.turns` counts them) stand on
    the pages before it; within a word, the word's end."""


@dataclass(frozen=True, slots=True)
class Pages:
    """One section as pages: tagged, in the terms of PDF, with all that the binding has to know.

    Its PDF objects are numbered from 1, its pages first; `@7@` refers to one of them, `@F@` to the
    fonts, `@D@` to the Document element, `@K0@` is the place of a link in the parent tree, `@In1@`
    an ID, unique once it has its section's prefix, `@X2:57.6@` an x on the third page.
    """

    pages: tuple[Page, ...]
    objects: tuple[tuple[bytes, bytes], ...] = field(repr=False)
    """(dictionary or array, stream) of each object after the pages; b"" where no stream is."""
    resources: int
    """The local number of the resources that its pages share."""
    roots: tuple[int, ...]
    """The local numbers of its topmost structure elements."""
    link_owners: tuple[int, ...]
    """In the order of `@K…@`, local numbers: of each link's Link element, 0 for one that is gone;
    then, for content inside content, of the owners of its marks, an array."""
    element_ids: tuple[tuple[str, int], ...]
    """(ID, local number) of structure elements that others refer to."""
    ids: tuple[tuple[str, int, float, float], ...]
    """Where each id fell: page (from 0), x and y in points from the bottom left."""
    outline: tuple[tuple[int, str, int, float, float, bool], ...]
    """Bookmarks: level, label, page, x, y, whether open."""
    faces: tuple[FaceUse, ...]
    breaks: tuple[tuple[str, ...], tuple[str, ...]]
    """What its first and last boxes ask of the break before and after it (CSS Fragmentation 3)."""
    asked: tuple[str, ...] = ()
    """Ids whose page numbers are printed in it, and names of those of its page runs."""
    complaints: tuple[str, ...] = ()
    letters: int = 0
    """How many letters its text has, counted as `Page.turn` counts them."""
