"""A web page, as a browser saved it: a file, or a zip of such files with what belongs to them.

bytes ── saved ──▶ HTML ── review ──▶ header, Markdown, pictures, and all that does not come
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from reelpress.findings import Finding
from reelpress.intake.archive import Archive, zipped
from reelpress.intake.delivery import Arrival, Delivery, Newcomer, told_apart, united
from reelpress.intake.page.saved import SUFFIXES, is_page, saved, saved_with

KIND = "saved web page"


def recognises(path: Path) -> bool:
    """Whether it is a saved page, or a zip in which there is one."""
    if not path.is_file() or not (path.suffix.lower() in SUFFIXES or zipped(path)):
        return False
    archive = Archive.at(path)
    return any(is_page(name, archive.read(name) or b"") for name in _candidates(archive))


def bring(path: Path) -> Delivery:
    """The reviews in it. Findings: those of `Archive`, `saved` and `review`."""
    archive = Archive.at(path)
    arrivals: list[Arrival] = []
    people: list[Newcomer] = []
    noticed: list[Finding] = []
    for made in told_apart(_one(archive, name) for name in _candidates(archive)):
        arrivals += made.arrivals
        noticed += made.findings
        people += made.people
    return Delivery(KIND, tuple(arrivals), united(people), (*archive.findings, *noticed))


def _candidates(archive: Archive) -> Iterator[str]:
    """The names of files that may be pages; none of those that were saved with one."""
    names = archive.names()
    beside = saved_with(names)
    for name in names:
        if name.lower().endswith(SUFFIXES) and name not in beside:
            yield name


def _one(archive: Archive, name: str) -> Delivery:
    from reelpress.intake.page.review import review

    data, place = archive.read(name), archive.place(name)
    found = saved(data, place) if data is not None and is_page(name, data) else None
    if found is None or not found.html:
        return Delivery(KIND, findings=found.findings if found else ())
    return review(found, place, partial(_beside, archive, name))


def _beside(archive: Archive, name: str, path: str) -> bytes | None:
    """The bytes of what was saved with a page."""
    own = posixpath.normpath(posixpath.join(posixpath.dirname(name), path))
    if own in archive:
        return archive.read(own)
    return archive.beside(path) if archive.is_only(name) else None
