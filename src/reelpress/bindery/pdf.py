"""The PDF binder: sections are set apart, and sewn together.

    Galley ── set each section ──▶ Pages ── impose ──▶ spots ── edges ──▶ leaves ── sew ──▶ PDF

`setting` sets them (`sections`, in workers, through `setter`), `numbering` says where each page
falls, `edges` which heads and folios it bears, `sewing` makes one file of all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cache

from reelpress.bindery.bind import Bound, file_name
from reelpress.bindery.edges import Edge, Kind, Kinds, Plan, Strings, Wanted, wanted
from reelpress.bindery.embedding import Embedded, united
from reelpress.bindery.fonts import keep_glyphs
from reelpress.bindery.information import about
from reelpress.bindery.libraries import libraries
from reelpress.bindery.numbering import unasked
from reelpress.bindery.pages import FaceUse
from reelpress.bindery.sections import Frame, NotSetError
from reelpress.bindery.setting import SetBook, complaints, set_galley
from reelpress.bindery.sewing import Leaf, sew
from reelpress.bindery.sheet import Sheet, sheet
from reelpress.findings import Finding, Place, find
from reelpress.galley import Galley, Volume
from reelpress.model import VolumeSpec
from reelpress.work import Shared, Task, Work, digest

Tell = Callable[[str, int, int], None]
_MOST = 20_000
"""As many edges as are kept for a style sheet, if no book has more."""
_BATCH = 40
"""Edges for a worker at a time."""


def bind_pdf(
    galley: Galley, spec: VolumeSpec, work: Work, stamp: str, tell: Tell, piece: str = ""
) -> Bound:
    """The galley as a tagged PDF (PDF/UA-1), or the pages of one piece of it.

    Findings: P001, P002, P004–P006.
    """
    if not galley.faces:
        # Pango ends the process where it has no font at all.
        return Bound(None, (find("P004", galley.place),))
    stamp = digest(stamp, libraries())
    look, own = sheet(galley, spec), file_name(galley, spec, piece)
    try:
        book = set_galley(galley, look, stamp, work, lambda n, of: tell(f"setting {own}", n, of))
    except NotSetError as error:
        if error.library:
            missing = error.problem.partition(":")[0]
            hint = f"run `reelpress doctor` ({missing})"
            return Bound(None, (find("P001", galley.place, hint=hint),))
        return Bound(None, (_not_set(galley, error),))
    noticed = [
        find("P002", galley.place, message=message)
        for message in complaints(book.pages)
        if not message.startswith(".notdef")  # T001 has said it, with its place
    ]
    titles = {section.id: section.title for section in galley.sections}
    noticed += [find("P006", galley.place, what=f'"{titles[own]}"') for own in book.unsettled]
    noticed += [find("P007", galley.place, kind=kind) for kind in _run_on(galley, book)]
    tell(f"binding {own}", 0, 1)
    try:
        data = _bound(galley, spec, look, book, work, stamp, piece)
    except NotSetError as error:
        return Bound(None, (*noticed, _not_set(galley, error)))
    first = {spot.section: spot for spot in reversed(book.spots) if spot.page >= 0}
    shown = {n for n, section in enumerate(galley.sections) if piece in ("", section.id)}
    count = sum(spot.section in shown for spot in book.spots)
    volume = Volume(
        own,
        "application/pdf",
        data,
        f"{count} pages" if count != 1 else "1 page",
        "Tagged PDF (PDF/UA-1), with bookmarks and headings."
        if galley.glyphs_whole
        else "Tagged PDF, with bookmarks and headings; some characters have no glyph.",
        folios={
            section.id: first[index].folio
            for index, section in enumerate(galley.sections)
            if index in first
        },
        lengths={
            section.id: len(pages.pages)
            for section, pages in zip(galley.sections, book.pages, strict=True)
        },
        pages=count,
        spec=spec.name,
    )
    return Bound(volume, tuple(noticed), book.parts)


def _not_set(galley: Galley, error: NotSetError) -> Finding:
    path = next((s.path for s in galley.sections if s.id == error.section), "")
    return find("P005", Place(path) if path else galley.place, problem=error.problem)


def _run_on(galley: Galley, book: SetBook) -> list[str]:
    """The kinds of sections for which no page of their own is asked."""
    found: dict[str, None] = {}
    after: tuple[str, ...] | None = None
    for section, pages in zip(galley.sections, book.pages, strict=True):
        if not pages.pages:
            continue
        before, behind = pages.breaks
        if after is not None and unasked((*after, *before)):
            found[section.kind] = None
        after = behind
    return list(found)


def _bound(
    galley: Galley,
    spec: VolumeSpec,
    look: Sheet,
    book: SetBook,
    work: Work,
    stamp: str,
    piece: str,
) -> bytes:
    leaves = [
        leaf
        for leaf in _leaves(galley, look, book, work, stamp)
        if piece == "" or (leaf.page and galley.sections[leaf.spot.section].id == piece)
    ]
    used = [book.pages[n] for n in sorted({leaf.spot.section for leaf in leaves})]
    every = [
        *(face for part in used for face in part.faces),
        *(face for leaf in leaves for edge in leaf.edges for face in edge.faces),
    ]
    uses = united(every)
    lacking = {face.name for face in every if face.missing}
    faces = _embedded(galley, uses, lacking, work, stamp)
    sections = [
        (section.id, pages) for section, pages in zip(galley.sections, book.pages, strict=True)
    ]
    return sew(sections, leaves, faces, about(galley, spec))


def _leaves(galley: Galley, look: Sheet, book: SetBook, work: Work, stamp: str) -> list[Leaf]:
    """Each page with what is laid over it."""
    edition = galley.edition
    frame = Frame("", edition.language, galley.direction, edition.draft)
    press = _Edges(frame, look, work, stamp)
    kinds_of = Kinds(look.style)
    kinds: list[Kind] = []
    for index, spot in enumerate(book.spots):
        pages = book.pages[spot.section].pages
        kinds.append(
            kinds_of.blank(spot.side, index)
            if spot.page < 0
            else kinds_of.of(pages[spot.page], spot.side, index)
        )
    plans = press.plans(kinds)
    strings = Strings()
    asked: list[list[Wanted]] = []
    for spot, kind in zip(book.spots, kinds, strict=True):
        page = book.pages[spot.section].pages[spot.page] if spot.page >= 0 else None
        strings.turn(page)
        asked.append(list(wanted(kind, plans[kind], spot.number, strings)))
    edges = press.edges(each for page in asked for each in page)
    recto = "right" if galley.direction == "ltr" else "left"
    leaves = []
    for spot, kind, mine in zip(book.spots, kinds, asked, strict=True):
        page = book.pages[spot.section].pages[spot.page] if spot.page >= 0 else None
        # A section was set to begin on a recto, or as `_wrong` had it set again.
        shift = 0.0
        if page is not None and spot.side != _set_side(spot.page, recto, book.verso[spot.section]):
            shift = page.shift or 0.0
        boxes = page.boxes if page is not None else plans[kind].boxes
        leaves.append(Leaf(spot, page, boxes, shift, tuple(edges[each] for each in mine)))
    return leaves


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


def _embedded(
    galley: Galley, uses: dict[str, FaceUse], lacking: set[str], work: Work, stamp: str
) -> dict[str, Embedded]:
    """Each face that is used, cut down to what is used of it."""
    files = {_known(face.asset.data): face.asset.data for face in galley.faces}
    tasks = []
    for name, use in uses.items():
        glyphs = tuple(sorted({0, *use.text}))
        hollow = name in lacking
        tasks.append(
            Task(
                digest(stamp, use.face, use.index, glyphs, hollow),
                keep_glyphs,
                (files[use.face], use.index, glyphs, hollow),
            )
        )
    made = work.do("font", tasks)
    return {name: Embedded(uses[name], data) for name, data in zip(uses, made, strict=True)}


@cache
def _known(data: bytes) -> str:
    return digest(data)
