"""What all sections of a volume are set with: its style sheet, its faces."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from reelpress.bindery.fonts import rules
from reelpress.galley import Galley
from reelpress.model import VolumeSpec
from reelpress.work import digest


@dataclass(frozen=True, slots=True)
class Sheet:
    """A style sheet, and the files that it asks for."""

    key: str
    """Its digest: two volumes that look the same share their pages."""
    style: str = field(repr=False)
    files: Mapping[str, tuple[bytes, str]] = field(repr=False)
    """Path -> (bytes, media type) of the layout's faces and pictures."""


def sheet(galley: Galley, spec: VolumeSpec) -> Sheet:
    """The layout's style sheet for print, and after it what the ticket says of the page."""
    width, height = (f"{round(side, 4)}in" for side in spec.trim)
    style = f"{rules(galley.faces)}{galley.print}\n@page {{ size: {width} {height} }}\n"
    if mark := galley.edition.mark:
        corner = f'content: "{mark}"; font: 8pt "heads"; letter-spacing: .1em; color: #a00'
        style += (
            f"@page {{ @bottom-left-corner {{ {corner} }} @bottom-right-corner {{ {corner} }} }}\n"
        )
    assets = [f.asset for f in galley.faces]
    assets += [a for a in galley.assets if a.path.startswith("layout/")]
    files = {a.path: (a.data, a.media_type) for a in assets}
    return Sheet(digest(style, sorted(files.items())), style, files)
