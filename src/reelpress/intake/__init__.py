"""Bringing words in from elsewhere: saved pages, pasted text, exports, other tools' folders.

source ── recognise ──▶ one way in ── bring ──▶ Delivery: arrivals, newcomers, findings
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from reelpress.findings import Place, find
from reelpress.intake.delivery import Arrival, Delivery, LeftOut, Newcomer

__all__ = ["WAYS", "Arrival", "Delivery", "LeftOut", "Newcomer", "bring"]

WAYS = {
    "letterboxd": "Letterboxd's export, or a CSV that Letterboxd imports",
    "wordpress": "WordPress's export (WXR)",
    "substack": "Substack's export",
    "docx": "Word's .docx files",
}
"""Module of a way in -> what it takes, for people. The first that recognises a source brings it.

Each has `recognises(path) -> bool` and `bring(path) -> Delivery`, and is loaded when it is asked.
"""

_TRIED = 50


def bring(source: Path) -> Delivery:
    """What the file or folder `source` delivers; it is known by what is in it.

    Findings: S001 (nothing that can be imported), those of `Archive` where it can't be opened,
    and those of each way in.
    """
    from reelpress.intake.archive import Archive, zipped

    for name in WAYS:
        way = import_module(f"reelpress.intake.{name}")
        if way.recognises(source):
            delivery: Delivery = way.bring(source)
            return delivery
    archive = Archive.at(source)
    for name in archive.names()[:_TRIED] if zipped(source) else ():
        archive.read(name)  # what can't be read may be what it would be known by
    if archive.findings:
        return Delivery("", findings=tuple(archive.findings))
    hint = f"what can be: {'; '.join(WAYS.values())}"
    return Delivery("", findings=(find("S001", Place(source.name), name=source.name, hint=hint),))
