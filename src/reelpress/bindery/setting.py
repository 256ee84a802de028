"""Setting: every section of a galley as pages, the kept ones as they are, the others side by side.

Sections whose text shows page numbers are set last, each when the numbers that it asks for are
known; what turns out to have been set with others, or for the other side of the leaf, is set
again, in at most three rounds.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from reelpress.bindery.marks import only, tree
from reelpress.bindery.numbering import Extent, Spot, imposed, known
from reelpress.bindery.pages import Pages
from reelpress.bindery.runs import last, shown
from reelpress.bindery.sections import Copy, Frame, set_section, slots
from reelpress.bindery.sheet import Sheet
from reelpress.galley import Galley, Section
from reelpress.model import Matter
from reelpress.work import Task, Work, digest

ROUNDS = 3
_PLACES = re.compile(r' data-(?:at|line|in)="[^"]*"')
_SOURCES = re.compile(r'\bsrc="([^"]+)"')
Progress = Callable[[int, int], None]


@dataclass(slots=True)
class _Piece:
    """One section on its way."""

    copy: Copy
    parts: dict[str, str]
    """What its pages are made from, a digest each."""
    base: str
    """The key of all that but numbers."""
    guess: tuple[str, ...]
    """The ids that its own page slots lead to, and the names of its page runs."""
    asked: tuple[str, ...] | None = None
    """The ids and names whose numbers are known to show in it."""
    pages: Pages | None = None
    shown: tuple[int, ...] = ()
    """The numbers with which it was set, of `asked`."""
    reused: bool = True


@dataclass(frozen=True, slots=True)
class SetBook:
    """A galley as pages that have their places."""

    pages: tuple[Pages, ...]
    spots: tuple[Spot, ...]
    unsettled: tuple[str, ...]
    """Sections with numbers that are not true."""
    verso: tuple[bool, ...]
    """Which sections were set to begin on the side that a book does not begin on."""
    parts: tuple[tuple[str, Mapping[str, str], bool], ...] = field(repr=False)
    """For each section: id, what it was made from, whether it was set before."""


def set_galley(galley: Galley, sheet: Sheet, stamp: str, work: Work, progress: Progress) -> SetBook:
    """Set all sections; `stamp` stands for the programs that do it.

    Raises NotSetError where one can't be set.
    """
    return _Setting(galley, sheet, stamp, work, progress).run()


def set_alone(
    galley: Galley, sheet: Sheet, stamp: str, work: Work, progress: Progress
) -> tuple[SetBook, ...]:
    """Set each section as if it were all of a book: it begins on a recto, and no page of it has a
    number, nor shows one.

    Raises NotSetError where one can't be set.
    """
    return _Setting(galley, sheet, stamp, work, progress, alone=True).run_alone()


class _Setting:
    def __init__(
        self,
        galley: Galley,
        sheet: Sheet,
        stamp: str,
        work: Work,
        progress: Progress,
        *,
        alone: bool = False,
    ) -> None:
        self.galley, self.work, self.progress = galley, work, progress
        self.sheet = work.share(sheet, sheet.key)
        edition = galley.edition
        frame = Frame(edition.title, edition.language, galley.direction, edition.draft)
        fronts = {s.id for s in galley.sections if s.matter is Matter.FRONT}
        fronts |= set(map(last, fronts))
        images = {a.path: a for a in galley.assets}
        self.pieces: list[_Piece] = []
        before = ("", "")
        common = {"layout": sheet.key, "edition": digest(frame), "versions": stamp}
        for section in galley.sections:
            used = tuple(
                images[path]
                for path in dict.fromkeys(_SOURCES.findall(section.body))
                if path in images and not path.startswith("layout/")
            )
            asked, runs = ((), ()) if alone else _asked(section)
            copy = Copy(
                section,
                frame,
                before,
                used,
                frozenset(fronts & set(asked)),
                runs,
                first=alone or not self.pieces,
            )
            told = (section.id, section.title, section.kind, section.level, section.language)
            parts = {
                "text": digest(*told, _PLACES.sub("", section.body)),
                "images": digest([image.path for image in used]),
                "neighbour": digest(before, copy.first, sorted(copy.fronts)),
                **common,
            }
            self.pieces.append(_Piece(copy, parts, digest(parts), asked))
            if not alone:
                before = (f"{section.kind} {section.matter}", str(section.level))
        self.done = 0

    def run(self) -> SetBook:
        """Set what shows no numbers, then what does, then what must be set again."""
        self._recall()
        self._set([p for p in self.pieces if not (p.asked or p.guess)])
        waiting = [p for p in self.pieces if p.pages is None or p.asked]
        for piece in waiting:
            piece.pages = None
        while waiting:
            sure = known(self._extents())
            homes = self._homes()
            ready = [p for p in waiting if all(homes.get(i, i) in sure for i in _asks(p))]
            self._set(ready or waiting)
            waiting = [p for p in waiting if p.pages is None]
        for _ in range(ROUNDS):
            again = self._wrong()
            if not again:
                break
            self._set(again)
        unsettled = self._wrong()
        return SetBook(
            tuple(p.pages for p in self.pieces if p.pages is not None),
            self._spots(),
            tuple(p.copy.section.id for p in unsettled),
            tuple(p.copy.verso for p in self.pieces),
            tuple(
                (p.copy.section.id, {**p.parts, "page numbers": digest(p.shown)}, p.reused)
                for p in self.pieces
            ),
        )

    def run_alone(self) -> tuple[SetBook, ...]:
        """Set all, each for itself."""
        self._set(self.pieces)
        sides = ("right", "left") if self.galley.direction == "ltr" else ("left", "right")
        made = []
        for pages in (p.pages for p in self.pieces):
            assert pages is not None
            spots = (
                Spot(0, n, sides[n % 2], number=0, roman=False) for n in range(len(pages.pages))
            )
            made.append(SetBook((pages,), tuple(spots), (), (False,), ()))
        return tuple(made)

    def _recall(self) -> None:
        """Which sections show page numbers, as far as it was seen before."""
        for piece in self.pieces:
            piece.asked = self.work.known("asked", piece.base)

    def _set(self, pieces: Sequence[_Piece]) -> None:
        """Set some sections with the numbers known now."""
        numbers = self._numbers() if any(_asks(p) for p in pieces) else {}
        everything = digest(sorted(numbers.items())) if numbers else ""
        tasks = []
        for piece in pieces:
            asked = _asks(piece)
            if asked:
                piece.copy = replace(piece.copy, numbers=numbers)
            # Before it was set once nobody knows whose numbers a section shows.
            key = _key(piece, numbers) if piece.asked is not None or not asked else ""
            tasks.append(
                Task(
                    key or digest(piece.base, piece.copy.verso, everything),
                    set_section,
                    (piece.copy, self.sheet),
                    weight=len(piece.copy.section.body),
                )
            )
        before = self.done
        made = self.work.do("pages", tasks, progress=lambda n, _: self._told(before + n))
        for piece, task, pages in zip(pieces, tasks, made, strict=True):
            piece.reused &= self.work.reused["pages", task.key]
            piece.pages = pages
            if pages.asked != (piece.asked or ()):
                piece.asked = pages.asked
                self.work.keep("asked", piece.base, piece.asked)
                self.work.keep("pages", _key(piece, numbers), pages)
            piece.asked = pages.asked
            piece.shown = tuple(numbers.get(i, 0) for i in piece.asked)
        self.done = before + len(pieces)

    def _told(self, done: int) -> None:
        self.progress(min(done, len(self.pieces)), len(self.pieces))

    def _extents(self) -> list[Extent]:
        return [Extent.of(p.copy.section.id, p.copy.section.matter, p.pages) for p in self.pieces]

    def _spots(self) -> tuple[Spot, ...]:
        return imposed(self._extents(), self.galley.direction)

    def _homes(self) -> dict[str, str]:
        """Id, or name of a last page -> the section that it is in, as far as sections are set."""
        return {
            own: p.copy.section.id
            for p in self.pieces
            if p.pages is not None
            for own in (last(p.copy.section.id), *(own for own, *_ in p.pages.ids))
        }

    def _numbers(self) -> dict[str, int]:
        """Id -> the number of the page on which it fell, of an unset section, where it begins;
        and those of last pages by their names."""
        pages: dict[tuple[int, int], int] = {
            (spot.section, spot.page): spot.number for spot in self._spots() if spot.page >= 0
        }
        numbers = {
            p.copy.section.id: pages[index, 0]
            for index, p in enumerate(self.pieces)
            if (index, 0) in pages
        }
        # In their order: a section's last page has the last word.
        numbers |= {last(self.pieces[n].copy.section.id): at for (n, _), at in pages.items()}
        for index, piece in enumerate(self.pieces):
            for own, page, *_ in piece.pages.ids if piece.pages is not None else ():
                numbers[own] = pages[index, page]
        return numbers

    def _wrong(self) -> list[_Piece]:
        """The sections that were set with other numbers than are true, or for the other side."""
        numbers = self._numbers()
        recto = "right" if self.galley.direction == "ltr" else "left"
        sides = {s.section: s.side for s in reversed(self._spots()) if s.page >= 0}
        found = []
        for index, piece in enumerate(self.pieces):
            assert piece.pages is not None
            verso = sides.get(index, recto) != recto
            moved = verso != piece.copy.verso
            if moved and any(page.shift is None for page in piece.pages.pages):
                piece.copy = replace(piece.copy, verso=verso)
                found.append(piece)
            elif tuple(numbers.get(i, 0) for i in piece.asked or ()) != piece.shown:
                found.append(piece)
        return found


def _asked(section: Section) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The names of the numbers that a section's slots and runs ask for; those of its runs alone."""
    if "data-page" not in section.body:
        return (), ()
    root = only(tree(section), "pages")
    runs = tuple(dict.fromkeys(shown(root)))
    return (*slots(root), *runs), runs


def _asks(piece: _Piece) -> tuple[str, ...]:
    return piece.guess if piece.asked is None else piece.asked


def _key(piece: _Piece, numbers: Mapping[str, int]) -> str:
    shown = [(i, numbers.get(i, 0)) for i in piece.asked or ()]
    return digest(piece.base, piece.copy.verso, shown)


def complaints(pages: Iterable[Pages]) -> tuple[str, ...]:
    """What WeasyPrint complained of, each once."""
    return tuple(dict.fromkeys(text for part in pages for text in part.complaints))
