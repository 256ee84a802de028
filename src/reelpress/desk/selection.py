"""Selection: which reviews a ticket takes, by what their headers say.

    select: {tags: [noir], rating: ">= 3/5", any: [{year: 1970s}, {director: Agnès Varda}]}

A selection is data: a field, and what its value may be. Nothing is evaluated.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from reelpress.desk.facts import FIELDS, OTHER_NAMES, Facts, Test, named
from reelpress.desk.pool import Pool
from reelpress.findings import Finding, Place, did_you_mean, find
from reelpress.header import Header, Ticket
from reelpress.model import Manuscript


@dataclass(frozen=True, slots=True)
class Condition:
    """What must hold of a review."""

    said: str
    """As people read it: rating >= 3/5"""
    judge: Callable[[Facts], tuple[bool, str]]
    """Whether a review meets it, and what in its header says so."""


@dataclass(frozen=True, slots=True)
class Selection:
    """A ticket's select:, understood. Without conditions it takes everything."""

    conditions: tuple[Condition, ...] = ()

    @property
    def said(self) -> str:
        """As people read it."""
        return ", ".join(c.said for c in self.conditions)

    def judge(self, manuscript: Manuscript, pool: Pool) -> tuple[bool, str]:
        """Whether it takes a manuscript, and why or why not."""
        facts = Facts.of(manuscript, pool)
        if facts is None:
            return not self.conditions, "its header can't be read"
        return _judged(self.conditions, facts)


def _judged(conditions: tuple[Condition, ...], facts: Facts) -> tuple[bool, str]:
    """Whether all of them hold, and why: all that hold, or the first that does not."""
    met = []
    for condition in conditions:
        holds, why = condition.judge(facts)
        if not holds:
            return False, why
        met.append(why)
    return True, ", ".join(filter(None, met))


def selection(
    ticket: Header[Ticket], asked: Mapping[str, Any] | None, pool: Pool, *at: str | int
) -> tuple[Selection, tuple[Finding, ...]]:
    """The selection `asked`, which stands at the path `at` of the ticket.

    Findings: H006 (no such field, no such value), H030 (a value that no review has).
    """
    noticed: list[Finding] = []
    conditions = _conditions(asked or {}, ticket, pool, at, noticed)
    return Selection(tuple(conditions)), tuple(noticed)


# -- from what is written to conditions


def _conditions(
    asked: Mapping[str, Any],
    ticket: Header[Ticket],
    pool: Pool,
    at: tuple[str | int, ...],
    noticed: list[Finding],
) -> list[Condition]:
    made: list[Condition] = []
    for key, value in asked.items():
        where = (*at, key)
        name = key.casefold().replace(".", "_").replace("-", "_")
        name = OTHER_NAMES.get(name, name)
        if name in ("any", "all", "none"):
            made += _group(name, value, ticket, pool, where, noticed)
        elif name in FIELDS:
            try:
                made.append(_condition(name, value, ticket, pool, where, noticed))
            except ValueError as error:
                noticed.append(
                    find("H006", ticket.place(*where), field=f"select.{key}", problem=str(error))
                )
        else:
            problem = f'"{key}" is nothing to select by'
            hint = did_you_mean(key, [*FIELDS, *OTHER_NAMES, "any", "all", "none"])
            place = ticket.place(*where)
            noticed.append(find("H006", place, field="select", problem=problem, hint=hint))
    return made


def _group(
    how: str,
    value: Any,
    ticket: Header[Ticket],
    pool: Pool,
    at: tuple[str | int, ...],
    noticed: list[Finding],
) -> list[Condition]:
    """any, all, none of further selections."""
    inner: list[Selection] = []
    single = not isinstance(value, list)
    for index, each in enumerate([value] if single else value):
        where = at if single else (*at, index)
        if isinstance(each, Mapping):
            inner.append(Selection(tuple(_conditions(each, ticket, pool, where, noticed))))
        else:
            problem = "fields and values are expected"
            noticed.append(
                find("H006", ticket.place(*where), field=f"select.{how}", problem=problem)
            )
    if how == "all":
        return [c for each in inner for c in each.conditions]
    said = f"{how} of ({'; '.join(each.said for each in inner)})"

    def judge(facts: Facts) -> tuple[bool, str]:
        met = [why for each in inner for ok, why in [_judged(each.conditions, facts)] if ok]
        if how == "none":
            return not met, met[0] if met else ""
        return bool(met), met[0] if met else f"not {said}"

    return [Condition(said, judge)]


def _condition(
    name: str,
    value: Any,
    ticket: Header[Ticket],
    pool: Pool,
    at: tuple[str | int, ...],
    noticed: list[Finding],
) -> Condition:
    """One field's condition. Raises ValueError where the value is not of the field's kind."""
    field = FIELDS[name]
    tests: list[tuple[str, Test]] = []
    groups = value if isinstance(value, Mapping) else {"any": value}
    for how, wanted in groups.items():
        if how not in _HOW:
            raise ValueError(f'"{how}" is expected to be any, all or none')
        many = wanted if isinstance(wanted, list) else [wanted]
        each = []
        for index, one in enumerate(many):
            if one is None or isinstance(one, list | Mapping):
                raise ValueError("a value or a list of values is expected")
            each.append(field.test(str(one)))
            if named(field):
                steps = (how,) if isinstance(value, Mapping) else ()
                place = ticket.place(*at, *steps, index)
                noticed += _nowhere(name, str(one), pool, place)
        words = (" and " if how == "all" else " or ").join(map(str, many))
        tests.append((f"{name} {_HOW[how]}{words}", _joined(how, each)))
    said = ", ".join(words for words, _ in tests)

    wanted = said.removeprefix(f"{name} ")

    def judge(facts: Facts) -> tuple[bool, str]:
        values = field.values(facts)
        holds = all(test(values) for _, test in tests)
        # Of many tags those that were asked for, and all where it is not one of them.
        met = [v for v in values if holds and all(test((v,)) for _, test in tests)]
        shown = ", ".join(dict.fromkeys(v.shown for v in met or values))
        if holds:
            return True, f"{name} {shown}" if shown else ""
        return False, f"{name} {shown or 'not said'}; wanted: {wanted}"

    return Condition(said, judge)


_HOW = {"any": "", "all": "", "none": "not "}


def _joined(how: str, tests: list[Test]) -> Test:
    if how == "all":
        return lambda values: all(test(values) for test in tests)
    if how == "none":
        return lambda values: not any(test(values) for test in tests)
    return lambda values: any(test(values) for test in tests)


def _nowhere(name: str, wanted: str, pool: Pool, place: Place) -> list[Finding]:
    """A value that no review of the pool has (H030)."""
    everywhere: dict[str, str] = {}
    test = FIELDS[name].test(wanted)
    for manuscript in pool.manuscripts.values():
        if (facts := Facts.of(manuscript, pool)) is not None:
            values = FIELDS[name].values(facts)
            if test(values):
                return []
            everywhere |= {v.shown: "" for v in values}
    hint = did_you_mean(wanted, everywhere)
    return [find("H030", place, field=name, value=wanted, hint=hint)]
