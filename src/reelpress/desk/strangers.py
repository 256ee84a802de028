"""Names in headers that no people file has, and that may be one person's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from reelpress.desk.choice import Choice
from reelpress.desk.likeness import Register
from reelpress.desk.names import form, is_key
from reelpress.desk.origins import Origin
from reelpress.desk.people import People, entries
from reelpress.desk.pool import Pool
from reelpress.findings import Finding, Place, find
from reelpress.header import Header, Ticket
from reelpress.header.formats import Rights
from reelpress.model import Credit, Piece

Met = tuple[str, Place]


def look_alikes(
    ticket: Header[Ticket], choices: Sequence[Choice], pieces: Iterable[Piece], pool: Pool
) -> tuple[Finding, ...]:
    """Two names of strangers that look alike, once for an anthology, where the second stands; and
    a holder who looks like somebody in the people file. Finding: H035.

    Of a reviewer who looks like somebody in the people file H018 speaks.
    """
    if pool.people.unread:
        return ()
    noticed: list[Finding] = []
    register = Register[str]()
    seen: set[str] = set()
    people = pool.people
    for (name, place), holds in (
        *((met, False) for met in _credited(ticket, choices, pieces, pool)),
        *((met, True) for met in _holders(ticket, choices, pool)),
    ):
        if form(name) in seen:
            continue
        seen.add(form(name))
        others = [*(people.alike(name) if holds else ()), *(f'"{n}"' for n in register.like(name))]
        noticed += [find("H035", place, names=f'{other} and "{name}"') for other in others]
        register.add(name, name)
    return tuple(noticed)


def _credited(
    ticket: Header[Ticket], choices: Sequence[Choice], pieces: Iterable[Piece], pool: Pool
) -> Iterator[Met]:
    named = entries(ticket, ticket.model.editors, "editors")
    named += entries(ticket, ticket.model.contributors, "contributors")
    for origin in _origins(choices, pool):
        reviewer, at = origin.reviewer
        named += entries(pool.imprint, reviewer, *at)
    for choice in choices:
        header = choice.manuscript.header
        if isinstance(header, Header):
            named += entries(header, header.model.reviewer, "reviewer")
    for entry in named:
        yield from _strange(pool.people.who(entry.name), entry.place)
    for piece in pieces:
        if piece.text is not None:
            yield from _strange(piece.byline, Place(piece.text.place.path))


def _holders(ticket: Header[Ticket], choices: Sequence[Choice], pool: Pool) -> Iterator[Met]:
    yield from _in_rights(ticket, ticket.model.rights, ("rights",), pool.people)
    for origin in _origins(choices, pool):
        for rights, at in origin.rights:
            yield from _in_rights(pool.imprint, rights, at, pool.people)
    for choice in choices:
        header = choice.manuscript.header
        if isinstance(header, Header):
            yield from _in_rights(header, header.model.rights, ("rights",), pool.people)


def _origins(choices: Sequence[Choice], pool: Pool) -> tuple[Origin, ...]:
    """The project's own folder, and each source from which something was chosen."""
    used = {pool.origin(choice.manuscript.path).name for choice in choices}
    return tuple(o for o in pool.origins if not o.name or o.name in used)


def _in_rights(
    header: Header[Any], rights: Rights | None, path: tuple[int | str, ...], people: People
) -> Iterator[Met]:
    for index, name in enumerate(rights.holder if rights is not None else ()):
        place = header.place(*path, "holder", index)
        yield from _strange(people.holders([(name, place)])[0], place)


def _strange(named: Iterable[Credit], place: Place) -> Iterator[Met]:
    for credit in named:
        # A key that is not there is an error, and said.
        if not credit.person.listed and not is_key(credit.person.name):
            yield credit.person.name, place
