"""Offprints bound: of each a PDF on the pages of the book, an EPUB, and the form to sign off."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from reelpress.bindery.block import Block, bound, joined
from reelpress.bindery.pdf import Printed, Tell, pdf_volume, print_alone
from reelpress.findings import Finding
from reelpress.galley import Face, Galley, Offprint, Section, Volume
from reelpress.model import VolumeSpec
from reelpress.work import Task, Work, digest

FOLDER = "offprints"
_OWN = VolumeSpec("", "")
"""Without an ISBN: it has an identifier of its own."""
_FITS = ("tight", "tight tighter")
"""Classes with which a section of more than one page is set again, until it fits."""


def bind_offprints(
    offprints: Sequence[Offprint],
    galley: Galley,
    printed: Printed | None,
    spec: VolumeSpec | None,
    work: Work,
    stamp: str,
    tell: Tell,
) -> tuple[tuple[Volume, ...], tuple[Finding, ...]]:
    """KEY.pdf, KEY.epub and KEY-proof.pdf of each; no KEY.pdf where the book has no pages.

    `galley` is the book, `printed` the same on its pages, as the volume `spec` has them; `stamp`
    stands for the programs that bind. Findings: E001, P001, P004, P005.
    """
    if not offprints:
        return (), ()
    tell("binding offprints", 0, len(offprints))
    epubs, noticed = _epubs(offprints, work, stamp)
    papers, said = _papers(offprints, galley, printed, spec, work, stamp, tell)
    return tuple(
        volume
        for offprint in offprints
        for name in (f"{offprint.key}.pdf", f"{offprint.key}.epub", f"{offprint.key}-proof.pdf")
        if (volume := {**epubs, **papers}.get(f"{FOLDER}/{name}")) is not None
    ), (*noticed, *said)


def _papers(
    offprints: Sequence[Offprint],
    book: Galley,
    printed: Printed | None,
    spec: VolumeSpec | None,
    work: Work,
    stamp: str,
    tell: Tell,
) -> tuple[dict[str, Volume], tuple[Finding, ...]]:
    """The PDFs by name: what stands in none of the book's pages is set, all of it at once."""
    openings = [o.galley for o in offprints] if printed is not None else []
    alone = [*openings, *(o.proof for o in offprints)]
    every = replace(
        book,
        sections=tuple(galley.sections[0] for galley in alone),
        assets=tuple({a.path: a for galley in alone for a in galley.assets}.values()),
    )
    blocks, noticed = _blocks(every, spec or _OWN, work, stamp, tell)
    if not blocks:
        return {}, noticed
    parts: dict[str, tuple[Block, Galley]] = {}
    for number, offprint in enumerate(offprints):
        if printed is not None:
            ids = {section.id for section in offprint.galley.sections}
            block = joined(blocks[number], printed.block.of(ids))
            parts[f"{FOLDER}/{offprint.key}.pdf"] = (block, offprint.galley)
        form = joined(blocks[len(openings) + number])
        parts[f"{FOLDER}/{offprint.key}-proof.pdf"] = (form, offprint.proof)
    made = bound([(*part, _OWN) for part in parts.values()], work, stamp)
    return {
        name: pdf_volume(name, block, galley, data)
        for (name, (block, galley)), data in zip(parts.items(), made, strict=True)
    }, noticed


def _blocks(
    galley: Galley, spec: VolumeSpec, work: Work, stamp: str, tell: Tell
) -> tuple[list[Block], tuple[Finding, ...]]:
    """Each section of a galley as a block: of one page, if any of the fits makes it so."""
    blocks, noticed = print_alone(galley, spec, work, stamp, tell)
    for fit in _FITS:
        long = [n for n, block in enumerate(blocks) if len(block.leaves) > 1]
        if not long:
            break
        sections = tuple(_fitted(galley.sections[n], fit) for n in long)
        fitted, noticed = print_alone(replace(galley, sections=sections), spec, work, stamp, tell)
        if not fitted:
            return [], noticed
        for n, block in zip(long, fitted, strict=True):
            blocks[n] = block
    return blocks, noticed


def _fitted(section: Section, fit: str) -> Section:
    kinds = f'class="{section.kind} {section.matter}'
    return replace(section, body=section.body.replace(f'{kinds}"', f'{kinds} {fit}"', 1))


def _epubs(
    offprints: Sequence[Offprint], work: Work, stamp: str
) -> tuple[dict[str, Volume], tuple[Finding, ...]]:
    """The EPUBs by name."""
    faces = offprints[0].galley.faces
    shared = work.share(faces)
    tasks = []
    for offprint in offprints:
        galley, name = replace(offprint.galley, faces=()), f"{FOLDER}/{offprint.key}.epub"
        key = digest(stamp, shared.key, galley, name)
        tasks.append(Task(key, _epub, (galley, name, shared)))
    made: list[tuple[Volume | None, tuple[Finding, ...]]] = work.do("offprint", tasks)
    volumes = {volume.name: volume for volume, _ in made if volume is not None}
    return volumes, tuple(finding for _, said in made for finding in said)


def _epub(
    galley: Galley, name: str, faces: tuple[Face, ...]
) -> tuple[Volume | None, tuple[Finding, ...]]:
    """One EPUB: a worker's task."""
    from reelpress.bindery.epub import bind_epub

    whole = replace(galley, faces=faces)
    return bind_epub(whole, _OWN, name=name, covered=False)
