"""The block: a book's pages in their order, with all that is laid over them, not yet bound.

All of it is bound, or some of its sections alone, on the pages that they have in the book.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache

from reelpress.bindery.edges import Edge, Kind, Kinds, Plan, Strings, Wanted, wanted
from reelpress.bindery.embedding import Embedded, united
from reelpress.bindery.fonts import keep_glyphs
from reelpress.bindery.information import about
from reelpress.bindery.libraries import libraries
from reelpress.bindery.pages import Pages
from reelpress.bindery.sections import Frame
from reelpress.bindery.setting import SetBook
from reelpress.bindery.severing import severed
from reelpress.bindery.sewing import Leaf, sew
from reelpress.bindery.sheet import Sheet
from reelpress.bindery.syntax import string
from reelpress.galley import Galley
from reelpress.model import VolumeSpec
from reelpress.work import Shared, Task, Work, digest

_MOST = 20_000
"""As many edges as are kept for a style sheet, if no book has more."""
_BATCH = 40
"""Edges for a worker at a time."""


@dataclass(frozen=True, slots=True)
class Block:
    """The pages of some sections."""

    sections: tuple[tuple[str, Pages], ...]
    """(id, pages) in order; the id stands before the IDs of its structure elements."""
    leaves: tuple[Leaf, ...]
    """`spot.section` counts the sections."""

    def folios(self) -> dict[str, tuple[str, str]]:
        """Section id -> the folios of its first and its last page, of those that have pages."""
        found: dict[str, tuple[str, str]] = {}
        for leaf in self.leaves:
            if leaf.page is not None:
                own, folio = self.sections[leaf.spot.section][0], leaf.spot.folio
                found[own] = (found.get(own, (folio,))[0], folio)
        return found

    def of(self, ids: Collection[str]) -> Block:
        """Some sections alone, page for page, without the blank pages between sections."""
        taken = [index for index, (own, _) in enumerate(self.sections) if own in ids]
        numbers = {index: number for number, index in enumerate(taken)}
        return Block(
            tuple(self.sections[index] for index in taken),
            tuple(
                _moved(leaf, numbers[leaf.spot.section])
                for leaf in self.leaves
                if leaf.page is not None and leaf.spot.section in numbers
            ),
        )


def _moved(leaf: Leaf, section: int) -> Leaf:
    return replace(leaf, spot=replace(leaf.spot, section=section))


def joined(*blocks: Block) -> Block:
    """Blocks as one that stands by itself.

    A link to what is not in it is plain text, and each section's bookmarks begin at the top.
    """
    sections = [section for block in blocks for section in block.sections]
    known = {string(own) for _, pages in sections for own, *_ in pages.ids}
    alone = tuple((own, _raised(severed(pages, known))) for own, pages in sections)
    leaves: list[Leaf] = []
    before = 0
    for block in blocks:
        for leaf in block.leaves:
            moved = _moved(leaf, before + leaf.spot.section)
            if leaf.page is not None:
                moved = replace(moved, page=alone[moved.spot.section][1].pages[leaf.spot.page])
            leaves.append(moved)
        before += len(block.sections)
    return Block(alone, tuple(leaves))


def _raised(pages: Pages) -> Pages:
    top = min((level for level, *_ in pages.outline), default=1) - 1
    raised = ((mark[0] - top, *mark[1:]) for mark in pages.outline)
    return replace(pages, outline=tuple(raised))


def blocks(
    galley: Galley, look: Sheet, books: Sequence[SetBook], work: Work, stamp: str
) -> list[Block]:
    """Each set book with its heads and folios; `galley` has the sections of all, in order.

    Raises NotSetError.
    """
    laid = _leaves(galley, look, books, work, stamp)
    made: list[Block] = []
    before = 0
    for book, leaves in zip(books, laid, strict=True):
        own = galley.sections[before : before + len(book.pages)]
        before += len(book.pages)
        ids = [section.id for section in own]
        made.append(Block(tuple(zip(ids, book.pages, strict=True)), tuple(leaves)))
    return made


def bound(parts: Sequence[tuple[Block, Galley, VolumeSpec]], work: Work, stamp: str) -> list[bytes]:
    """A PDF of each block, which says of itself what its galley and volume do.

    The galleys have the same faces.
    """
    stamp = digest(stamp, libraries())
    used = []
    for block, *_ in parts:
        shown = {leaf.spot.section for leaf in block.leaves if leaf.page is not None}
        used.append(
            [
                *(face for n in sorted(shown) for face in block.sections[n][1].faces),
                *(face for leaf in block.leaves for edge in leaf.edges for face in edge.faces),
            ]
        )
    uses = [united(faces) for faces in used]
    lacking = [{face.name for face in faces if face.missing} for faces in used]
    files = {_known(f.asset.data): f.asset.data for _, galley, _ in parts[:1] for f in galley.faces}
    tasks = []
    for own, hollow in zip(uses, lacking, strict=True):
        for name, use in own.items():
            glyphs = tuple(sorted({0, *use.text}))
            tasks.append(
                Task(
                    digest(stamp, use.face, use.index, glyphs, name in hollow),
                    keep_glyphs,
                    (files[use.face], use.index, glyphs, name in hollow),
                )
            )
    made = iter(work.do("font", tasks))
    return [
        sew(
            block.sections,
            block.leaves,
            {name: Embedded(use, next(made)) for name, use in own.items()},
            about(galley, spec),
        )
        for (block, galley, spec), own in zip(parts, uses, strict=True)
    ]


@cache
def _known(data: bytes) -> str:
    return digest(data)


def _leaves(
    galley: Galley, look: Sheet, books: Sequence[SetBook], work: Work, stamp: str
) -> list[list[Leaf]]:
    """Each page of each book with what is laid over it."""
    edition = galley.edition
    frame = Frame("", edition.language, galley.direction, edition.draft)
    press = _Edges(frame, look, work, stamp)
    kinds_of = Kinds(look.style)
    kinds: list[list[Kind]] = [
        [
            kinds_of.blank(spot.side, index)
            if spot.page < 0
            else kinds_of.of(book.pages[spot.section].pages[spot.page], spot.side, index)
            for index, spot in enumerate(book.spots)
        ]
        for book in books
    ]
    plans = press.plans([kind for own in kinds for kind in own])
    asked: list[list[list[Wanted]]] = []
    for book, own in zip(books, kinds, strict=True):
        strings = Strings()
        asked.append([])
        for spot, kind in zip(book.spots, own, strict=True):
            page = book.pages[spot.section].pages[spot.page] if spot.page >= 0 else None
            strings.turn(page)
            asked[-1].append(list(wanted(kind, plans[kind], spot.number, strings)))
    edges = press.edges(each for book in asked for page in book for each in page)
    recto = "right" if galley.direction == "ltr" else "left"
    made: list[list[Leaf]] = []
    for book, own, theirs in zip(books, kinds, asked, strict=True):
        leaves = []
        for spot, kind, mine in zip(book.spots, own, theirs, strict=True):
            page = book.pages[spot.section].pages[spot.page] if spot.page >= 0 else None
            # A section was set to begin on a recto, or as `_wrong` had it set again.
            shift = 0.0
            set_for = _set_side(spot.page, recto, book.verso[spot.section])
            if page is not None and spot.side != set_for:
                shift = page.shift or 0.0
            boxes = page.boxes if page is not None else plans[kind].boxes
            leaves.append(Leaf(spot, page, boxes, shift, tuple(edges[each] for each in mine)))
        made.append(leaves)
    return made


def _set_side(page: int, recto: str, verso: bool) -> str:
    """The side for which page `page` of a section was set."""
    other = "left" if recto == "right" else "right"
    return recto if (page % 2 == 0) != verso else other


class _Edges:
    """Plans and edges, kept or set side by side."""

    def __init__(self, frame: Frame, look: Sheet, work: Work, stamp: str) -> None:
        self.frame, self.look, self.work = frame, look, work
        self.key = digest(frame, look.key, stamp)
        self.sheet: Shared = work.share(look, look.key)

    def plans(self, kinds: Sequence[Kind]) -> dict[Kind, Plan]:
        """What each kind of page bears."""
        from reelpress.bindery.sections import plan_edges

        distinct = tuple(dict.fromkeys(kinds))
        task = Task(digest(self.key, distinct), plan_edges, (distinct, self.frame, self.sheet))
        (found,) = self.work.do("plan", [task])
        return dict(zip(distinct, found, strict=True))

    def edges(self, asked: Iterable[Wanted]) -> dict[Wanted, Edge]:
        """Each edge as set; all are kept as one, for they are many and small."""
        from reelpress.bindery.sections import set_one_edge

        distinct = tuple(dict.fromkeys(asked))
        known: dict[Wanted, Edge] = self.work.known("edges", self.key) or {}
        tasks = {
            each: Task(digest(each), set_one_edge, (each, self.frame, self.sheet))
            for each in distinct
            if each not in known
        }
        made = self.work.do("edges", list(tasks.values()), batch=_BATCH, kept=False)
        if tasks:
            # What was not asked for of late comes first, and goes first.
            rest = {each: edge for each, edge in known.items() if each not in set(distinct)}
            now = {each: known[each] for each in distinct if each in known}
            now |= dict(zip(tasks, made, strict=True))
            known = dict([*rest.items(), *now.items()][-max(_MOST, len(now)) :])
            self.work.keep("edges", self.key, known)
        return {each: known[each] for each in distinct}
