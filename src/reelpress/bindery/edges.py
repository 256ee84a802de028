"""Page edges: heads and folios, set apart from the pages that they are laid over.

What a margin box shows depends on the kind of its page (name, side, page groups), on the page's
number and on named strings. Each distinct one is set once: a folio survives that pages move, a
head that numbers change.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from reelpress.bindery.pages import FaceUse, Page

_NTH = re.compile(r":nth\(([^)]*)\)", re.I)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of page, as far as a style sheet tells pages apart."""

    name: str
    blank: bool
    groups: tuple[tuple[str, int], ...]
    side: str
    first: bool
    index: int = 1
    """In the whole book, where the sheet counts pages."""


@dataclass(frozen=True, slots=True)
class Group:
    """Margin boxes that are laid out together, and what they show."""

    boxes: tuple[str, ...]
    """@top-left …; `page` is the background of a blank page."""
    number: bool = False
    """Whether the page's number."""
    strings: tuple[tuple[str, str], ...] = ()
    """Named strings: (name, which of a page's: first, start, last or first-except)."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What the edges of one kind of page are made of."""

    boxes: tuple[tuple[float, float, float, float], ...]
    """As `Page.boxes`."""
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class Wanted:
    """One edge to be set."""

    kind: Kind
    boxes: tuple[str, ...]
    number: int
    """0 where it shows none."""
    strings: tuple[tuple[str, str, str], ...]
    """(name, which, text)."""


@dataclass(frozen=True, slots=True)
class Edge:
    """One edge as set: content to lay over a page, in the page's own coordinates."""

    content: bytes
    """Deflated; b"" where nothing is to be seen."""
    faces: tuple[FaceUse, ...] = ()
    resources: tuple[tuple[bytes, bytes], ...] = ()
    """Where it needs more than fonts: objects as in `Pages`, the resources' dictionary last."""


class Kinds:
    """Tells pages apart as the style sheet does, and no further: fewer kinds, fewer styles."""

    def __init__(self, style: str) -> None:
        asked = [text.partition(" of ")[::2] for text in _NTH.findall(style)]
        self._counts_pages = any(not of for _, of in asked)
        limits = [_last(step) for step, of in asked if of]
        self._most = None if None in limits else max((n for n in limits if n), default=0)

    def of(self, page: Page, side: str, index: int) -> Kind:
        """The kind of a page that falls on that side, as page `index` (from 0) of the book."""
        groups = tuple(
            (name, at if self._most is None else min(at, self._most))
            for name, at in page.groups
            if name == page.name
        )
        return self._kind(page.name, page.blank, groups, side, index)

    def blank(self, side: str, index: int) -> Kind:
        """The kind of a blank page between two sections."""
        return self._kind("", True, (), side, index)

    def _kind(
        self, name: str, blank: bool, groups: tuple[tuple[str, int], ...], side: str, index: int
    ) -> Kind:
        return Kind(
            name, blank, groups, side, not index, index if self._counts_pages else min(index, 1)
        )


def _last(step: str) -> int | None:
    """The last page of a group that `:nth(step of …)` can mean; None where there is no last."""
    step = step.strip()
    return int(step) if step.isdecimal() else None


class Strings:
    """Named strings as they stand on page after page (CSS GCPM 3, section 2)."""

    def __init__(self) -> None:
        self._carried: dict[str, str] = {}
        self._here: dict[str, list[str]] = {}
        self._first: frozenset[str] = frozenset()

    def turn(self, page: Page | None) -> None:
        """To the next page; None for a blank one between sections."""
        for name, texts in self._here.items():
            self._carried[name] = texts[-1]
        self._here = {}
        for name, text in page.strings if page is not None else ():
            self._here.setdefault(name, []).append(text)
        self._first = frozenset(page.first) if page is not None else frozenset()

    def value(self, name: str, which: str) -> str:
        """What `string(name, which)` prints."""
        here = self._here.get(name)
        if here:
            if which == "last":
                return here[-1]
            if which == "first-except":
                return ""
            if which == "first" or name in self._first:
                return here[0]
        return self._carried.get(name, "")


def wanted(kind: Kind, plan: Plan, number: int, strings: Strings) -> Iterator[Wanted]:
    """The edges of one page; of one without a number (0), those that show none."""
    for group in plan.groups:
        if group.number and not number:
            continue
        said = tuple((n, which, strings.value(n, which)) for n, which in group.strings)
        yield Wanted(kind, group.boxes, number if group.number else 0, said)
