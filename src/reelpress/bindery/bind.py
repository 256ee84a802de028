"""One volume after another, each by its binder."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from reelpress.bindery.libraries import libraries
from reelpress.findings import NOWHERE, Finding
from reelpress.galley import Galley, Volume
from reelpress.model import VolumeSpec
from reelpress.work import Work, digest


@dataclass(frozen=True, slots=True)
class Bound:
    """A volume, or why there is none."""

    volume: Volume | None
    """None where a finding of severity error says why not."""
    findings: tuple[Finding, ...] = ()
    set: tuple[tuple[str, Mapping[str, str], bool], ...] = ()
    """Of each section set for it: id, what it was made from, whether it was set before."""


Tell = Callable[[str, int, int], None]
"""Told of progress: what is being done, how many are done, of how many."""


def bind(
    galley: Galley,
    spec: VolumeSpec,
    work: Work,
    stamp: str,
    tell: Tell = lambda *_: None,
    *,
    piece: str = "",
) -> Bound:
    """The volume that `spec` asks for; `stamp` stands for the programs that bind it.

    With `piece`, a section's id, the pages of that section alone, as they are in the whole book;
    of an EPUB, nothing. Findings: E001; P001, P002, P004–P006.
    """
    paged = spec.format != "epub"
    if piece and not paged:
        return Bound(None)
    # Where it is offered is none of the file's business; and a set has no order to make a key of.
    made = replace(spec, place=NOWHERE, territory=frozenset())
    key = digest(galley, made, stamp, libraries() if paged else ())
    kept: Bound | None = work.known("volume", key) if not piece else None
    if kept is not None:
        return replace(kept, set=tuple((own, parts, True) for own, parts, _ in kept.set))
    if paged:
        work.warm()
        from reelpress.bindery.pdf import bind_pdf

        bound = bind_pdf(galley, spec, work, stamp, tell, piece)
    else:
        from reelpress.bindery.epub import bind_epub

        bound = Bound(*bind_epub(galley, spec))
    if bound.volume is not None and not piece:
        work.keep("volume", key, bound)
    return bound


def file_name(galley: Galley, spec: VolumeSpec, piece: str = "") -> str:
    """last-call.epub for the volume `epub`, last-call-print.pdf for any other.

    last-call-print-stalker.pdf for the pages of the piece r-stalker.
    """
    name = galley.edition.name
    stem = name if spec.name == spec.format else f"{name}-{spec.name}"
    return f"{stem}-{piece.removeprefix('r-')}.{spec.format}" if piece else f"{stem}.{spec.format}"


def title(galley: Galley) -> str:
    """The title for a volume's metadata: a draft says that it is one."""
    edition = galley.edition
    return f"{edition.mark}: {edition.title}" if edition.mark else edition.title
