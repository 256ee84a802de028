"""A layout's two style sheets, read anew only when a file that they ask for has changed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from reelpress.findings import Finding
from reelpress.model import Asset
from reelpress.versions import versions
from reelpress.work import Work, digest

Get = Callable[[str], tuple[bytes, str] | None]
"""A file's name in the layout -> its bytes, and its path as told to people."""


@dataclass(frozen=True, slots=True)
class Read:
    """The style sheets of a layout, whole."""

    screen: str
    print: str
    assets: tuple[Asset, ...]
    """What they use."""
    noticed: tuple[Finding, ...]


@dataclass(slots=True)
class _Files:
    """The files of a layout, and which of them were asked for."""

    get_file: Get
    asked: dict[str, str] = field(default_factory=dict)
    """Name -> digest of what is there."""

    def get(self, name: str) -> tuple[bytes, str] | None:
        found = self.get_file(name)
        self.asked[name] = digest(found)
        return found


def read_sheets(get: Get, layouts: Sequence[str], work: Work) -> Read:
    """The style sheets of a layout, which extends others: `layouts` are their names, its own first.

    Findings: B002, B007, H001.
    """
    if work.store is None:
        return _read(get)
    key = digest("sheets", list(layouts), versions())
    kept: tuple[dict[str, str], Read] | None = work.known("sheets", key)
    if kept is not None and all(digest(get(name)) == state for name, state in kept[0].items()):
        return kept[1]
    files = _Files(get)
    read = _read(files.get)
    work.keep("sheets", key, (files.asked, read))
    return read


def _read(get: Get) -> Read:
    from reelpress.layout.paged import Paged
    from reelpress.layout.stylesheets import Sheets

    sheets, paged = Sheets(get), Paged()
    screen, printed = sheets.read("screen.css"), sheets.read("print.css", paged.look)
    assets = tuple(sheets.assets[key] for key in sorted(sheets.assets))
    return Read(screen, printed, assets, (*sheets.noticed, *paged.findings()))
