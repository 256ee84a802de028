"""The PDF binder: sections are set apart, and sewn together.

    Galley ── set each section ──▶ Pages ── impose ──▶ spots ── edges ──▶ block ── sew ──▶ PDF

`setting` sets them (`sections`, in workers, through `setter`), `numbering` says where each page
falls, `edges` which heads and folios it bears; `block` holds the pages in order, all or some of
them, and `sewing` makes one file of them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from reelpress.bindery.bind import Bound, file_name
from reelpress.bindery.block import Block, blocks, bound, joined
from reelpress.bindery.libraries import libraries
from reelpress.bindery.numbering import unasked
from reelpress.bindery.sections import NotSetError
from reelpress.bindery.setting import SetBook, complaints, set_alone, set_galley
from reelpress.bindery.sheet import sheet
from reelpress.findings import Finding, Place, find
from reelpress.galley import Galley, Volume
from reelpress.model import VolumeSpec
from reelpress.work import Work, digest

Tell = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Printed:
    """A galley as pages, not yet bound."""

    block: Block
    set: tuple[tuple[str, Mapping[str, str], bool], ...]
    """As `Bound.set`."""


def bind_pdf(
    galley: Galley, spec: VolumeSpec, work: Work, stamp: str, tell: Tell, piece: str = ""
) -> Bound:
    """The galley as a tagged PDF (PDF/UA-1), or the pages of one piece of it.

    Findings: P001, P002, P004–P007.
    """
    printed, noticed = print_galley(galley, spec, work, stamp, tell)
    if printed is None:
        return Bound(None, noticed)
    own = file_name(galley, spec, piece)
    tell(f"binding {own}", 0, 1)
    block = joined(printed.block.of({piece})) if piece else printed.block
    (data,) = bound([(block, galley, spec)], work, stamp)
    volume = replace(
        pdf_volume(own, block, galley, data),
        folios={own: first for own, (first, _) in printed.block.folios().items()},
        lengths={own: len(pages.pages) for own, pages in printed.block.sections},
        spec=spec.name,
    )
    return Bound(volume, noticed, printed.set)


def print_galley(
    galley: Galley, spec: VolumeSpec, work: Work, stamp: str, tell: Tell
) -> tuple[Printed | None, tuple[Finding, ...]]:
    """The galley's sections on the pages of a book. Findings: P001, P002, P004–P007."""
    if not galley.faces:
        # Pango ends the process where it has no font at all.
        return None, (find("P004", galley.place),)
    stamp, own = digest(stamp, libraries()), file_name(galley, spec)
    look = sheet(galley, spec)
    noticed: list[Finding] = []
    try:
        book = set_galley(galley, look, stamp, work, lambda n, of: tell(f"setting {own}", n, of))
        noticed = [
            find("P002", galley.place, message=message)
            for message in complaints(book.pages)
            if not message.startswith(".notdef")  # T001 has said it, with its place
        ]
        titles = {section.id: section.title for section in galley.sections}
        noticed += [find("P006", galley.place, what=f'"{titles[own]}"') for own in book.unsettled]
        noticed += [find("P007", galley.place, kind=kind) for kind in _run_on(galley, book)]
        (block,) = blocks(galley, look, [book], work, stamp)
    except NotSetError as error:
        return None, (*noticed, _not_set(galley, error))
    return Printed(block, book.parts), tuple(noticed)


def print_alone(
    galley: Galley, spec: VolumeSpec, work: Work, stamp: str, tell: Tell
) -> tuple[list[Block], tuple[Finding, ...]]:
    """Each of the galley's sections as if it were all of a book, its pages without numbers.

    Nothing where one can't be set. Findings: P001, P004, P005.
    """
    if not galley.faces:
        return [], (find("P004", galley.place),)
    stamp = digest(stamp, libraries())
    look = sheet(galley, spec)
    try:
        books = set_alone(galley, look, stamp, work, lambda n, of: tell("setting offprints", n, of))
        return blocks(galley, look, books, work, stamp), ()
    except NotSetError as error:
        return [], (_not_set(galley, error),)


def pdf_volume(name: str, block: Block, galley: Galley, data: bytes) -> Volume:
    """A bound block as a volume."""
    count = len(block.leaves)
    return Volume(
        name,
        "application/pdf",
        data,
        f"{count} pages" if count != 1 else "1 page",
        "Tagged PDF (PDF/UA-1), with bookmarks and headings."
        if galley.glyphs_whole
        else "Tagged PDF, with bookmarks and headings; some characters have no glyph.",
        pages=count,
    )


def _not_set(galley: Galley, error: NotSetError) -> Finding:
    if error.library:
        missing = error.problem.partition(":")[0]
        hint = f"run `reelpress doctor` ({missing})"
        return find("P001", galley.place, hint=hint)
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
