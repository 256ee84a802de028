"""Bringing words in from elsewhere: saved pages, pasted text, exports, other tools' folders.

source ── recognise ──▶ one way in ── bring ──▶ Delivery: arrivals, newcomers, findings
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from importlib import import_module
from pathlib import Path

from reelpress.findings import Finding, Place, find
from reelpress.intake.delivery import Arrival, Delivery, LeftOut, Newcomer, told_apart, united

__all__ = ["WAYS", "Arrival", "Delivery", "LeftOut", "Newcomer", "bring"]

WAYS = {
    "letterboxd": "Letterboxd's export, or a CSV that Letterboxd imports",
    "wordpress": "WordPress's export (WXR)",
    "substack": "Substack's export",
    "generator": "a folder of Markdown, made for Hugo, Jekyll, Obsidian … or for nothing",
    "docx": "Word's .docx files",
    "page": "saved web pages, as .html or .mhtml",
    "pasted": "the text of a web page, copied and pasted",
}
"""Module of a way in -> what it takes, for people. The first that recognises a source brings it.

Each has `recognises(path) -> bool` and `bring(path) -> Delivery`, and is loaded when it is asked.
"""
_TRIED = 50


def bring(source: Path) -> Delivery:
    """What the file or folder `source` delivers; it is known by what is in it. Of a folder that is
    neither export nor a generator's, each file is looked at; where none is known, or more of them
    are plain Markdown with a text of some length, the folder is read as one of Markdown.

    Findings: S001 (nothing that can be imported), those of `Archive` where it can't be opened,
    and those of each way in.
    """
    from reelpress.intake import generator
    from reelpress.intake.archive import Archive, zipped
    from reelpress.intake.page.saved import saved_with

    if (delivery := _by_one_way(source)) is not None:
        return delivery
    archive = Archive.at(source)
    if source.is_dir():
        beside = saved_with(archive.names())
        files = [name for name in archive.names() if name not in beside]
        found = [_by_one_way(archive.located(name)) for name in files]
        known = [one for one in found if one is not None]
        texts = generator.bring(source)
        if len(texts.arrivals) > sum(len(one.arrivals) for one in known):
            return texts
        if known:
            unknown = {"files that are not known": len(found) - len(known)}
            return _together(known, archive.findings, unknown)
    for name in archive.names()[:_TRIED] if zipped(source) else ():
        archive.read(name)  # what can't be read may be what it would be known by
    if archive.findings:
        return Delivery("", findings=tuple(archive.findings))
    hint = f"what can be: {'; '.join(WAYS.values())}"
    return Delivery("", findings=(find("S001", Place(source.name), name=source.name, hint=hint),))


def _by_one_way(source: Path) -> Delivery | None:
    for name in WAYS:
        way = import_module(f"reelpress.intake.{name}")
        if way.recognises(source):
            delivery: Delivery = way.bring(source)
            return delivery
    return None


def _together(
    deliveries: Sequence[Delivery], findings: Sequence[Finding], unknown: Mapping[str, int]
) -> Delivery:
    """Several deliveries as one; somebody whom two of them name is one."""
    deliveries = told_apart(deliveries)
    skipped = Counter(unknown)
    for delivery in deliveries:
        skipped.update(delivery.skipped)
    return Delivery(
        " and ".join(dict.fromkeys(d.kind for d in deliveries)),
        tuple(replace(arrival, kind=d.kind) for d in deliveries for arrival in d.arrivals),
        united(p for d in deliveries for p in d.people),
        (*findings, *(f for d in deliveries for f in d.findings)),
        dict(+skipped),
    )
