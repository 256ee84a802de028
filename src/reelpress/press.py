"""The pipeline, on one screen.

    read ── choose ── edit ── gather ── clear ── compose ── proof ── bind

Each stage gives its product together with what it noticed; nothing here writes,
prints or exits.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path, PurePosixPath
from types import ModuleType
from typing import Any

from reelpress.bindery import bind
from reelpress.desk import (
    Choice,
    Pool,
    changed,
    choose,
    clear,
    concerning,
    edit,
    excuse,
    gather,
    limits,
    paged,
    read,
    recounted,
    ticket_path,
    unknown_keys,
)
from reelpress.findings import Finding, Place, Severity, grave, in_order
from reelpress.galley import Galley, Volume
from reelpress.header import Header, Ticket
from reelpress.layout import Layout, Layouts, compose
from reelpress.model import Anthology, Manuscript
from reelpress.proof import proof
from reelpress.versions import versions
from reelpress.why import Reasons, Why
from reelpress.work import Work

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
    """All that it has to do with: its ticket's, reviews', layout's, galley's and volumes'."""
    layout: Layout | None = field(default=None, repr=False)
    """In which it is composed."""


@dataclass(frozen=True, slots=True)
class Run:
    """What one call made, and everything noticed."""

    pressed: tuple[Pressed, ...]
    findings: tuple[Finding, ...]
    drafts: int = 0
    why: tuple[Why, ...] = ()

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
    locked: bool = True,
    piece: str = "",
    work: Work | None = None,
    report: Report = lambda *_: None,
) -> Run:
    """Press the anthologies `names` (all, where none) of the project in the folder `root`.

    `only` names the volumes to bind (all, where none); `draft` binds whatever can be bound; without
    `bound` all is judged and nothing made; without `locked` no lock is heeded. A release with an
    error (with `strict`, a warning) anywhere is not bound. What `work` has kept is not redone.
    """
    work = work or Work()
    pool = read(Path(root), names, work, locked=locked)
    tickets = {name: ticket for name, ticket in pool.tickets.items() if ticket is not None}
    work.eager = bound and paged(tickets.values(), only)
    chosen = {name: choose(ticket, pool.under(ticket)) for name, ticket in tickets.items()}
    wanted = _wanted(chosen, tickets, pool)
    edited = {id(at): edit(these, at, partial(report, "editing")) for at, these in wanted}
    made = {at: {p: piece for p, (piece, _) in each.items()} for at, each in edited.items()}
    once = {id(at): unknown_keys(these) for at, these in wanted}
    layouts, reasons, pressed = Layouts(pool.folder.root, work), Reasons(work), list[Pressed]()
    for number, (name, ticket) in enumerate(tickets.items()):
        report("composing", number, len(tickets))
        own, (choices, said) = pool.under(ticket), chosen[name]
        said += tuple(f for c in choices for f in edited[id(own)][c.manuscript.path][1])
        said += concerning(name, (*pool.findings, *once[id(own)]), tickets)
        anthology, more = gather(name, ticket, choices, made[id(own)], own, draft=draft)
        anthology, lacking = clear(anthology, pool.imprint, only)
        said += (*more, *lacking, *limits(ticket, anthology.reviews), *changed(anthology, pool))
        layout, more = _layout(anthology, ticket.place("layout"), layouts)
        said += more
        pool.texts.tell(anthology, reasons)
        galley = None
        if layout is not None:
            galley, more = compose(anthology, layout, pool.slugs, _errors(said), work, reasons)
            more += proof(galley, work)
            galley = replace(galley, glyphs_whole=all(f.code != "T001" for f in more))
            said += more
        pressed.append(Pressed(name, anthology, galley, findings=said, layout=layout))

    noticed = _noticed(pressed, pool, only, bound=False)
    if bound and (draft or not grave(noticed, strict=strict)):
        for number, book in enumerate(pressed):
            report(f"binding {book.name}", number, len(pressed))
            volumes, said = _bind(book, pool, only, piece, work, reasons, report)
            pressed[number] = replace(book, volumes=volumes, findings=(*book.findings, *said))
        noticed = _noticed(pressed, pool, only, bound=True)
        # Without Pango the EPUBs are whole all the same.
        if not draft and grave((f for f in noticed if f.code != "P001"), strict=strict):
            pressed = [replace(book, volumes=()) for book in pressed]
    reasons.keep()
    return Run(tuple(pressed), noticed, pool.drafts, tuple(reasons.told))


def _wanted(
    chosen: Mapping[str, tuple[Sequence[Choice], object]],
    tickets: Mapping[str, Header[Ticket]],
    pool: Pool,
) -> list[tuple[Pool, list[Manuscript]]]:
    """The manuscripts that were chosen; apart, of the tickets that understand them otherwise."""
    wanted: dict[int, tuple[Pool, dict[str, Manuscript]]] = {}
    for name, ticket in tickets.items():
        own = pool.under(ticket)
        taken = wanted.setdefault(id(own), (own, {}))[1]
        taken |= {c.manuscript.path: c.manuscript for c in chosen[name][0]}
    return [(own, list(taken.values())) for own, taken in wanted.values()]


def _layout(
    anthology: Anthology, place: Place, layouts: Layouts
) -> tuple[Layout | None, tuple[Finding, ...]]:
    """The layout that a ticket asks for at `place`; a draft without one is set in classic."""
    layout, noticed = layouts.find(anthology.layout, place)
    if layout is None and anthology.edition.draft:  # the words can be seen, if not their look
        layout, _ = layouts.find("classic", anthology.place)
    return layout, noticed


def _noticed(
    pressed: Sequence[Pressed], pool: Pool, only: Sequence[str], *, bound: bool
) -> tuple[Finding, ...]:
    """Everything noticed, less what every anthology that it concerns excuses."""
    found = [f for f in pool.findings if not pressed or _of_unread(f, pool)]
    for book in pressed:
        ticket = pool.tickets[book.name]
        assert ticket is not None
        found += excuse(ticket, book.findings, pool, bound=bound, whole=not only)
    return in_order(found)


def _of_unread(finding: Finding, pool: Pool) -> bool:
    """Whether a finding is of a ticket that can't be read."""
    name = PurePosixPath(finding.place.path).stem
    return finding.place.path == ticket_path(name) and pool.tickets.get(name) is None


def _bind(
    book: Pressed,
    pool: Pool,
    only: Sequence[str],
    piece: str,
    work: Work,
    reasons: Reasons,
    report: Report,
) -> tuple[tuple[Volume, ...], tuple[Finding, ...]]:
    volumes: list[Volume] = []
    noticed: list[Finding] = []
    for spec in book.anthology.volumes:
        if book.galley is None or (only and spec.name not in only):
            continue
        bound = bind(book.galley, spec, work, versions(), report, piece=piece)
        noticed.extend(bound.findings)
        volumes += [bound.volume] if bound.volume is not None else []
        for own, parts, reused in bound.set:
            reasons.tell(book.name, "set", own, parts, reused=reused, volume=spec.name)
    if not piece:
        noticed.extend(recounted(book.name, volumes, pool))
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
