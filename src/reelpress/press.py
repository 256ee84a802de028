"""The pipeline, on one screen.

    read ── choose ── edit ── gather ── compose ── proof ── bind

Each stage gives its product together with what it noticed; nothing here writes,
prints or exits.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import ModuleType
from typing import Any

from reelpress.bindery import bind
from reelpress.desk import choose, edit, gather, read, unknown_keys
from reelpress.findings import Finding, Severity, grave, in_order
from reelpress.layout import compose, find_layout
from reelpress.model import Anthology, Galley, Volume
from reelpress.proof import proof

Report = Callable[[str, int, int], None]
"""Told of progress: what is being done, how many are done, of how many."""


@dataclass(frozen=True, slots=True)
class Pressed:
    """One anthology, as far as it came."""

    name: str
    anthology: Anthology
    galley: Galley | None = None
    volumes: tuple[Volume, ...] = ()
    findings: tuple[Finding, ...] = ()
    """Its own: its ticket's, layout's, galley's and volumes'."""


@dataclass(frozen=True, slots=True)
class Run:
    """What one call made, and everything noticed."""

    pressed: tuple[Pressed, ...]
    findings: tuple[Finding, ...]
    drafts: int = 0

    def grave(self, *, strict: bool = False) -> bool:
        """Whether the findings forbid a release."""
        return grave(self.findings, strict=strict)


def press(
    root: str | Path,
    names: Sequence[str] = (),
    *,
    only: Sequence[str] = (),
    draft: bool = False,
    strict: bool = False,
    bound: bool = True,
    report: Report = lambda *_: None,
) -> Run:
    """Press the anthologies `names` (all, where none) of the project in the folder `root`.

    `only` names the volumes to bind (all, where none); `draft` binds whatever can be bound;
    without `bound` everything is judged and nothing made. A release with an error (with
    `strict`, a warning) anywhere is not bound.
    """
    pool = read(Path(root), names)
    noticed = list(pool.findings)
    chosen = {}
    for name, ticket in pool.tickets.items():
        if ticket is not None:
            chosen[name], said = choose(ticket, pool)
            noticed.extend(said)
    wanted = dict.fromkeys(c.manuscript.path for choices in chosen.values() for c in choices)
    contributions, pressed = {}, []
    for number, path in enumerate(wanted):
        report("editing", number, len(wanted))
        contributions[path], said = edit(pool.manuscripts[path], pool)
        noticed.extend(said)
    noticed.extend(unknown_keys(pool.manuscripts[path] for path in wanted))
    for number, (name, choices) in enumerate(chosen.items()):
        report("composing", number, len(chosen))
        ticket = pool.tickets[name]
        assert ticket is not None
        anthology, said = gather(name, ticket, choices, contributions, pool, draft=draft)
        layout, more = find_layout(anthology.layout, pool.folder.root, ticket.place("layout"))
        said += more
        if layout is None and draft:  # the words can be seen, if not as they will look
            layout = find_layout("classic", pool.folder.root, anthology.place)[0]
        galley = None
        if layout is not None:
            galley, more = compose(anthology, layout, pool.slugs, _errors([*noticed, *said]))
            more += proof(galley)
            galley = replace(galley, glyphs_whole=all(f.code != "T001" for f in more))
            said += more
        pressed.append(Pressed(name, anthology, galley, findings=said))
        noticed.extend(said)

    if bound and (draft or not grave(noticed, strict=strict)):
        troubles: list[Finding] = []
        for number, book in enumerate(pressed):
            report(f"binding {book.name}", number, len(pressed))
            volumes, said = _bind(book, only)
            pressed[number] = replace(book, volumes=volumes)
            troubles.extend(said)
        noticed.extend(troubles)
        # Without Pango the EPUBs are whole all the same.
        if not draft and grave((f for f in troubles if f.code != "P001"), strict=strict):
            pressed = [replace(book, volumes=()) for book in pressed]
    return Run(tuple(pressed), in_order(noticed), sum(m.draft for m in pool.manuscripts.values()))


def _bind(book: Pressed, only: Sequence[str]) -> tuple[tuple[Volume, ...], tuple[Finding, ...]]:
    volumes: list[Volume] = []
    noticed: list[Finding] = []
    for spec in book.anthology.volumes:
        if book.galley is None or (only and spec.name not in only):
            continue
        volume, said = bind(book.galley, spec)
        noticed.extend(said)
        volumes += [volume] if volume is not None else []
    return tuple(volumes), tuple(noticed)


def _errors(noticed: Sequence[Finding]) -> dict[str, tuple[Finding, ...]]:
    """Errors by the file they are in: a draft prints them where they belong."""
    found: dict[str, list[Finding]] = {}
    for finding in in_order(noticed):
        if finding.severity is Severity.ERROR:
            found.setdefault(finding.place.path, []).append(finding)
    return {path: tuple(findings) for path, findings in found.items()}


class _Press(ModuleType):
    """`from reelpress import press` finds this module, whatever was imported before; so it can be
    called, and is the pipeline."""

    def __call__(self, *arguments: Any, **options: Any) -> Run:
        return press(*arguments, **options)


sys.modules[__name__].__class__ = _Press
