"""Where each page of a book falls: its side, its number, the blank ones between.

The first page is a recto. Sections begin on pages of their own, on the side that their style
sheet asks for; the front matter counts from i, the body from 1, the back matter goes on. A
section's length moves what follows it in its own sequence alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from reelpress.bindery.pages import Pages
from reelpress.model import Matter

RECTO, VERSO = "recto", "verso"
_FORCED = frozenset({"left", "right", RECTO, VERSO})
_WEAK = frozenset({"auto", "avoid", "avoid-page", "avoid-column"})
_OVER = {
    ("page", "auto"), ("page", "avoid"), ("page", "avoid-page"), ("page", "avoid-column"),
    ("column", "auto"), ("column", "avoid"), ("column", "avoid-page"), ("column", "avoid-column"),
    ("avoid", "auto"), ("avoid-page", "auto"), ("avoid-column", "auto"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Extent:
    """As much of a section as its place in the book depends on."""

    id: str
    matter: Matter
    pages: int | None = None
    """None where it is not set yet: it counts as one page."""
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()

    @classmethod
    def of(cls, own: str, matter: Matter, pages: Pages | None) -> Extent:
        """That of a set section, or of one that is not set yet."""
        if pages is None:
            return cls(own, matter)
        return cls(own, matter, len(pages.pages), *pages.breaks)


@dataclass(frozen=True, slots=True)
class Spot:
    """One page of the book."""

    section: int
    """Which section it is of; that which follows, for a blank page between two."""
    page: int
    """Which page of the section; -1 for a blank page between two."""
    side: str
    """left or right."""
    number: int
    """0: it bears none."""
    roman: bool

    @property
    def folio(self) -> str:
        """Its number as readers and page labels write it; empty where it bears none."""
        if not self.number:
            return ""
        return roman(self.number) if self.roman else str(self.number)


def imposed(extents: Sequence[Extent], direction: str) -> tuple[Spot, ...]:
    """The pages of a book in order; `direction` (ltr or rtl) says which side a recto is."""
    recto = "right" if direction == "ltr" else "left"
    spots: list[Spot] = []
    number, roman_, after = 0, True, tuple[str, ...]()
    for index, extent in enumerate(extents):
        count = 1 if extent.pages is None else extent.pages
        if not count:
            continue
        wanted = _side(fold((*after, *extent.before)), recto) if spots else None
        side = _other(spots[-1].side) if spots else recto
        if wanted is not None and wanted != side:
            number += 1
            spots.append(Spot(index, -1, side, number, roman_))
            side = wanted
        if roman_ and extent.matter is not Matter.FRONT:
            number, roman_ = 0, False
        for page in range(count):
            number += 1
            spots.append(Spot(index, page, side, number, roman_))
            side = _other(side)
        after = extent.after
    return tuple(spots)


def known(extents: Sequence[Extent]) -> set[str]:
    """The sections whose first page's number no unset section can change."""
    found: set[str] = set()
    sure = {True: True, False: True}  # front matter, and what comes after it
    for extent in extents:
        front = extent.matter is Matter.FRONT
        if sure[front]:
            found.add(extent.id)
        sure[front] = sure[front] and extent.pages is not None
    return found


def fold(values: Iterable[str]) -> str:
    """The break between two sections, of all that their boxes ask for (CSS Fragmentation 3, 4.1).

    Of forced sides the last one counts, a page goes over nothing or avoidance.
    """
    result = "auto"
    for value in values:
        if value in _FORCED or (value, result) in _OVER:
            result = value
    return result


def unasked(values: Iterable[str]) -> bool:
    """Whether nothing asks for a page of its own."""
    return fold(values) in _WEAK


def _side(asked: str, recto: str) -> str | None:
    if asked == RECTO:
        return recto
    if asked == VERSO:
        return _other(recto)
    return asked if asked in ("left", "right") else None


def _other(side: str) -> str:
    return "left" if side == "right" else "right"


def roman(number: int) -> str:
    """A number in small roman numerals."""
    digits = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
              (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
    text = ""
    for value, letters in digits:
        text += letters * (number // value)
        number %= value
    return text
