"""Rights: what the piece, the person and the house say, settled into one.

the piece ─┐
the person ┼─ claim ──▶ rights, and what is for the desk alone
the house ─┘
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from posixpath import normpath
from typing import Any

from reelpress.desk.licences import licence
from reelpress.desk.origins import HOME
from reelpress.desk.people import People
from reelpress.desk.pool import IMPRINT, PEOPLE, Pool
from reelpress.desk.territories import no_territory, territories
from reelpress.findings import NOWHERE, Finding, Place, find
from reelpress.header import Header, Review
from reelpress.header.formats import Rights as Fields
from reelpress.model import Credit
from reelpress.rights import Licence, Permission, Rights, Status

_PERMISSION = (
    "status", "date", "by", "reason", "evidence", "scope", "territory", "until", "fee", "credit",
)  # fmt: skip
"""What belongs to one permission: it comes from one level, and never half from the next."""
_TERMS = ("year", "licence", "adaptation")


@dataclass(frozen=True, slots=True)
class Level:
    """Somewhere rights may be stated."""

    fields: Fields | None
    header: Header[Any]
    path: tuple[int | str, ...] = ("rights",)
    """Where in the header."""
    of: frozenset[str] = frozenset()
    """The key of the person whose rights it speaks of, where it names no holder."""

    def place(self, *below: int | str) -> Place:
        """Where a field of it stands."""
        return self.header.place(*self.path, *below)

    def said(self) -> dict[str, Any]:
        """The fields that are filled in."""
        if self.fields is None:
            return {}
        values = {key: getattr(self.fields, key) for key in self.fields.model_fields_set}
        return {key: value for key, value in values.items() if value not in (None, "", [])}


@dataclass(slots=True)
class Claim:
    """What is said of the rights in one thing, each field by the first level that may say it."""

    values: dict[str, Any] = field(default_factory=dict)
    levels: dict[str, Level] = field(default_factory=dict)
    """Field -> the level that says it."""
    holders: tuple[str, ...] = ()

    def text(self, key: str) -> str:
        """A field that is a text; empty where nothing is said."""
        return str(self.values.get(key) or "")

    def place(self, key: str) -> Place:
        """Where a field stands; nowhere, where nothing is said."""
        return self.levels[key].place(key) if key in self.levels else NOWHERE


def claim(levels: Iterable[Level], people: People, noticed: list[Finding]) -> Claim:
    """What the levels say, the nearest first.

    A level that names other holders than a nearer one speaks of other people's rights, and is
    passed over; so is what a person says of pieces that belong to somebody else. What is `own`
    belongs to whoever says so: it is no word on what another level gives to a holder.
    Findings, of holders: H006 (a name that two share), H010 (no such key).
    """
    made = Claim()
    holding = frozenset[str]()
    settled = False
    for level in levels:
        said = level.said()
        holders = _holders(level, said.get("holder", []), people, noticed)
        keys = frozenset(credit.person.key for credit in holders)
        speaks = keys or level.of
        if holding and speaks and speaks != holding:
            continue
        taken = [*_TERMS, "inferred", *(() if settled else _PERMISSION)]
        holding = holding or speaks
        if holders and not made.holders:
            made.holders = tuple(credit.name for credit in holders)
            taken.append("holder")
        for key in taken:
            if key in said and key not in made.values:
                made.values[key], made.levels[key] = said[key], level
        settled |= "status" in said
    holder = made.levels.get("holder")
    if made.values.get("status") == Status.OWN and holder is not None:
        status = made.levels["status"]
        if not (status.of or status.said().get("holder")):
            _disown(made, holder)
    return made


def _disown(made: Claim, holder: Level) -> None:
    """Take back what somebody else calls his own; what the holder's own level says stands."""
    said = holder.said()
    for key in _PERMISSION:
        made.values.pop(key, None)
        made.levels.pop(key, None)
        if key in said:
            made.values[key], made.levels[key] = said[key], holder


def _holders(
    level: Level, names: list[str], people: People, noticed: list[Finding]
) -> tuple[Credit, ...]:
    named = [(name, level.place("holder", index)) for index, name in enumerate(names)]
    found, said = people.holders(named)
    noticed.extend(said)
    return found


def levels(header: Header[Review], byline: Sequence[Credit], pool: Pool) -> Iterator[Level]:
    """Where the rights in a text may be stated: by the text, by whoever made it alone, by the
    house."""
    yield Level(header.model.rights, header)
    makers = {credit.person.key: credit.person for credit in byline}
    for person in makers.values() if len(makers) == 1 else ():
        if (said := pool.people.stated(person)) is not None:
            yield Level(*said, of=frozenset({person.key}))
    for stated, at in pool.origin(header.place().path).rights:
        yield Level(stated, pool.imprint, at)


def rights(made: Claim, pool: Pool, noticed: list[Finding]) -> Rights:
    """A claim as rights, without what is for the desk alone. Findings: H006, R001, R012."""
    said = (made.place(key) for key in ("status", "holder", *made.levels))
    # What the house says of all is nobody's own: there the piece itself is pointed at.
    own = (place for place in said if place.path not in ("", PEOPLE, IMPRINT))
    covered, wrong = territories(made.values.get("territory", ()))
    noticed += (no_territory(code, made.place("territory")) for code in wrong)
    file = evidence(made)
    path = normpath(f"{HOME}/{file}")
    if file and not (pool.folder.covers(path) and pool.folder.exists(path)):
        noticed.append(find("R012", made.place("evidence")))
    return Rights(
        holders=made.holders,
        years=tuple(made.values.get("year", ())),
        licence=_licence(made, "licence", noticed),
        permission=Permission(
            status=Status(made.values.get("status", "unknown")),
            date=made.text("date"),
            by=made.text("by"),
            reason=made.text("reason"),
            scope=frozenset(made.values.get("scope", ())),
            territory=covered,
            until=made.text("until"),
            recorded=any(made.text(key) for key in ("date", "by", "evidence")),
        ),
        credit=" ".join(made.text("credit").split()),
        adaptation=_licence(made, "adaptation", noticed),
        inferred=tuple(made.values.get("inferred", ())),
        stated=bool(made.values),
        place=next(own, NOWHERE),
    )


def _licence(made: Claim, key: str, noticed: list[Finding]) -> Licence | None:
    written = made.text(key)
    if not written:
        return None
    known, clear = licence(written)
    if not clear:
        noticed.append(find("R001", made.place(key), licence=written))
    return known


_FILE = re.compile(r"[^\s:]*/[^\s:]+|[^\s:/]+\.[A-Za-z]{2,4}")


def evidence(made: Claim) -> str:
    """The file, below manuscripts/, that is named as evidence; empty where it lies elsewhere."""
    written = made.text("evidence")
    return written if _FILE.fullmatch(written) else ""
