"""Which files a ticket asks for."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence

from reelpress.desk.territories import no_territory, territories
from reelpress.findings import Finding, did_you_mean, find
from reelpress.header import Ticket, Volume
from reelpress.header.understand import Header
from reelpress.model import VolumeSpec
from reelpress.slugs import is_slug

_EPUBS = frozenset({"epub", "kindle", "kobo"})
_TRIM = re.compile(r"\s*(\d+(?:\.\d+)?)\s*(?:x|×|by)\s*(\d+(?:\.\d+)?)\s*(in|mm|cm)?\s*", re.I)
_NAMED = {"a4": (210, 297), "a5": (148, 210), "a6": (105, 148), "b5": (176, 250), "b6": (125, 176)}
_PER_INCH = {"in": 1.0, "mm": 25.4, "cm": 2.54}
_SMALLEST, _LARGEST = 3.0, 17.0


def paged(tickets: Iterable[Header[Ticket]], only: Collection[str]) -> bool:
    """Whether any of the tickets' volumes, of those that `only` names where it does, has pages."""
    return any(
        spec.format == "pdf" and (not only or spec.name in only)
        for ticket in tickets
        for spec in volumes(ticket, [])
    )


def volumes(ticket: Header[Ticket], noticed: list[Finding]) -> tuple[VolumeSpec, ...]:
    """The ticket's volumes in its own order. Findings: H006, H011, H025, P003."""
    made = []
    for name, entry in ticket.model.volumes.items():
        if not is_slug(name):
            noticed.append(find("H025", ticket.place("volumes", name), slug=name))
            continue
        made.append(_volume(name, entry or Volume(), ticket, noticed))
    return tuple(made)


def _volume(name: str, entry: Volume, ticket: Header[Ticket], noticed: list[Finding]) -> VolumeSpec:
    kind = entry.format or ("epub" if name in _EPUBS else "pdf")
    isbn, problem = _isbn(entry.isbn) if entry.isbn else ("", "")
    if problem:
        place = ticket.place("volumes", name, "isbn")
        noticed.append(find("H011", place, isbn=entry.isbn, problem=problem))
    trim = _trim(entry.trim)
    if trim is None:
        noticed.append(find("P003", ticket.place("volumes", name, "trim"), trim=entry.trim))
    offered, wrong = territories(entry.territory)
    place = ticket.place("volumes", name, "territory")
    noticed += (no_territory(code, place) for code in wrong)
    return VolumeSpec(
        name,
        kind,
        isbn,
        trim or (6.0, 9.0),
        scope=entry.scope or ("digital" if kind == "epub" else "print"),
        sold=entry.sold,
        drm=entry.drm,
        territory=offered,
        place=ticket.key_place("volumes", name),
    )


def pagination(ticket: Header[Ticket], made: Sequence[VolumeSpec], noticed: list[Finding]) -> str:
    """The volume whose page numbers are cited, of those `made`: the first with pages where the
    ticket names none. Finding: H014.
    """
    pages = [spec.name for spec in made if spec.format == "pdf"]
    asked = ticket.model.pagination
    if asked and asked not in pages:
        name, hint = f'"{asked}"', did_you_mean(asked, pages)
        place = ticket.place("pagination")
        noticed.append(find("H014", place, what="volume with pages", name=name, hint=hint))
    return asked if asked in pages else next(iter(pages), "")


def _isbn(text: str) -> tuple[str, str]:
    """(thirteen digits, what is wrong); one of them is empty."""
    from stdnum import isbn as numbers
    from stdnum.exceptions import InvalidChecksum, InvalidLength, ValidationError

    try:
        return str(numbers.validate(text, convert=True)), ""
    except InvalidChecksum:
        return "", "the last digit does not fit the others"
    except InvalidLength:
        return "", "it has neither ten nor thirteen digits"
    except ValidationError:
        return "", "it holds something that is not part of an ISBN"


def _trim(text: str) -> tuple[float, float] | None:
    """Width and height in inches, from 3 to 17 in."""
    if (named := _NAMED.get(text.strip().lower())) is not None:
        return named[0] / 25.4, named[1] / 25.4
    if not (match := _TRIM.fullmatch(text)):
        return None
    per_inch = _PER_INCH[(match[3] or "in").lower()]
    size = float(match[1]) / per_inch, float(match[2]) / per_inch
    return size if all(_SMALLEST <= side <= _LARGEST for side in size) else None
