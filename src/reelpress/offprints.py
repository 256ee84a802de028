"""Offprints, on the way that a book has come: after `press` has judged it.

Pressed ── print ──▶ pages ── compose two sections more for each contributor ── bind
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from reelpress.bindery.offprints import bind_offprints
from reelpress.bindery.pdf import print_galley
from reelpress.desk import shares
from reelpress.findings import Finding, Severity, find, grave, in_order
from reelpress.galley import Galley, Offprint, Volume
from reelpress.layout.offprints import offprints as composed
from reelpress.press import Pressed, Report, Run, press
from reelpress.proof import proof
from reelpress.versions import versions
from reelpress.work import Work


def offprints(
    root: str | Path,
    names: Sequence[str] = (),
    *,
    person: str = "",
    draft: bool = False,
    work: Work | None = None,
    report: Report = lambda *_: None,
) -> Run:
    """The offprints of the anthologies `names` (all, where none) of the project in `root`.

    One of each contributor, or of `person` alone (a key); their volumes are KEY.pdf, KEY.epub and
    KEY-proof.pdf. A book that may not be released has none, unless as `draft`. Findings: those of
    `press` before it binds, B001–B004, B008, B009, E001, P001, P004, P005; of setting the book
    errors alone, for `build` tells the rest.
    """
    work = work or Work()
    run = press(root, names, draft=draft, bound=False, work=work, report=report)
    if run.grave() and not draft:
        return run
    pressed: list[Pressed] = []
    noticed = list(run.findings)
    for book in run.pressed:
        volumes, said = _of_book(book, person, work, report)
        said = tuple(f for f in said if f.severity is not Severity.WARNING)
        noticed += said
        pressed.append(replace(book, volumes=volumes, findings=(*book.findings, *said)))
    # Without Pango the EPUBs of a book without pages are whole all the same.
    if not draft and grave(f for f in noticed if f.code != "P001"):
        pressed = [replace(book, volumes=()) for book in pressed]
    return Run(tuple(pressed), in_order(noticed), run.drafts)


def _of_book(
    book: Pressed, person: str, work: Work, report: Report
) -> tuple[tuple[Volume, ...], tuple[Finding, ...]]:
    anthology, galley = book.anthology, book.galley
    every, noticed = shares(anthology)
    wanted = [share for share in every if person in ("", share.key)]
    if galley is None or book.layout is None or not wanted:
        return (), noticed
    spec = next((s for s in anthology.volumes if s.name == anthology.pagination), None)
    printed = None
    if spec is None:
        noticed += (find("B009", anthology.place),)
    else:
        printed, said = print_galley(galley, spec, work, versions(), report)
        noticed += said
        if printed is None:
            return (), noticed
    folios = printed.block.folios() if printed is not None else {}
    report("composing offprints", 0, len(wanted))
    made, said = composed(anthology, galley, book.layout, wanted, folios)
    noticed += said
    proofed = [_proofed(offprint) for offprint in made]
    volumes, said = bind_offprints(
        [offprint for offprint, _ in proofed], galley, printed, spec, work, versions(), report
    )
    return volumes, (*noticed, *(f for _, said in proofed for f in said), *said)


def _proofed(offprint: Offprint) -> tuple[Offprint, tuple[Finding, ...]]:
    """The offprint, and what the proofs say of it. Findings: B005, B006, T001."""
    galley, said = _whole(offprint.galley)
    form, more = _whole(offprint.proof)
    return replace(offprint, galley=galley, proof=form), (*said, *more)


def _whole(galley: Galley) -> tuple[Galley, tuple[Finding, ...]]:
    found = proof(galley)
    return replace(galley, glyphs_whole=all(f.code != "T001" for f in found)), found
