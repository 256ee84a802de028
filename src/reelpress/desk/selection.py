"""Selection: which reviews a ticket takes, by what their headers say.

    select: {tags: [noir], rating: ">= 3/5", any: [{year: 1970s}, {director: Agnès Varda}]}

A selection is data: a field, and what its value may be. Nothing is evaluated.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
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

    def judge(self, manuscript: Manuscript, pool: Pool) -> tuple[bool, str]:
        """Whether it takes a manuscript, and why or why not."""
        facts = Facts.of(manuscript, pool)
        if facts is None:
            return not self.conditions, "its header can't be read"
        return _judged(self.conditions, facts)


def _said(conditions: tuple[Condition, ...]) -> str:
    return ", ".join(c.said for c in conditions) or "anything"


def _judged(conditions: tuple[Condition, ...], facts: Facts) -> tuple[bool, str]:
    """Whether all of them hold, and why: all that hold, or the first that does not."""
    met = []
    for condition in conditions:
        holds, why = condition.judge(facts)
        if not holds:
            return False, why
        met.append(why)
    return True, ", ".join(met)


def selection(
    ticket: Header[Ticket], asked: Mapping[str, Any] | None, pool: Pool, *at: str | int
) -> tuple[Selection, tuple[Finding, ...]]:
    """The selection `asked`, which stands at the path `at` of the ticket.

    Findings: H006 (no such field, no such value), H030 (a value that no review has).
    """
    asking = _Asking(ticket, pool)
    conditions = _conditions(asked or {}, asking, at)
    return Selection(tuple(conditions)), tuple(asking.noticed)


# -- from what is written to conditions

Path = tuple[str | int, ...]


@dataclass(slots=True)
class _Asking:
    """Where a selection stands, and what is wrong with it."""

    ticket: Header[Ticket]
    pool: Pool
    noticed: list[Finding] = field(default_factory=list)

    def wrong(self, at: Path, problem: str, *, key: bool = False, hint: str = "") -> None:
        """Say what is wrong with the value (or the `key`) at a path (H006)."""
        place = self.ticket.key_place(*at) if key else self.ticket.place(*at)
        dotted = ".".join(str(step) for step in at if isinstance(step, str))
        self.noticed.append(find("H006", place, field=dotted, problem=problem, hint=hint))


def _conditions(asked: Mapping[str, Any], asking: _Asking, at: Path) -> list[Condition]:
    made: list[Condition] = []
    for key, value in asked.items():
        where = (*at, key)
        name = key.casefold().replace(".", "_").replace("-", "_")
        name = OTHER_NAMES.get(name, name)
        if name in _HOW:
            made += _group(name, value, asking, where)
        elif name in FIELDS:
            made += _condition(name, value, asking, where)
        else:
            hint = did_you_mean(key, [*FIELDS, *OTHER_NAMES, *_HOW])
            asking.wrong(where, f'"{key}" is nothing to select by', key=True, hint=hint)
    return made


def _group(how: str, value: Any, asking: _Asking, at: Path) -> list[Condition]:
    """any, all, none of further selections."""
    inner: list[tuple[Condition, ...]] = []
    single = not isinstance(value, list)
    for index, each in enumerate([value] if single else value):
        where = at if single else (*at, index)
        if isinstance(each, Mapping):
            inner.append(tuple(_conditions(each, asking, where)))
        else:
            asking.wrong(where, "fields and values are expected")
    if how == "all":
        return [c for each in inner for c in each]
    each_said = "; ".join(map(_said, inner))
    said = f"none of ({each_said})" if how == "none" else f"any of ({each_said})"

    def judge(facts: Facts) -> tuple[bool, str]:
        judged = [(conditions, *_judged(conditions, facts)) for conditions in inner]
        met = [why or _said(conditions) for conditions, holds, why in judged if holds]
        if how == "none":
            return not met, f"{met[0]}; wanted: {said}" if met else said
        return bool(met), met[0] if met else f"not {said}"

    return [Condition(said, judge)]


def _condition(name: str, value: Any, asking: _Asking, at: Path) -> list[Condition]:
    """One field's condition; none where what is written can't be one."""
    tests: list[Test] = []
    words: list[str] = []
    groups = value if isinstance(value, Mapping) and value else {"": value}
    for how, wanted in groups.items():
        steps = (*at, how) if how else at
        if how and how not in _HOW:
            asking.wrong(steps, f'"{how}" is expected to be any, all or none', key=True)
            continue
        listed = wanted if isinstance(wanted, list) else [wanted]
        if not listed:
            asking.wrong(steps, "a value or a list of values is expected")
            continue
        each = [
            test
            for index, one in enumerate(listed)
            if (test := _test(name, one, asking, (*steps, index))) is not None
        ]
        if len(each) == len(listed):
            tests.append(_joined(how, each))
            joint = " and " if how == "all" else " or "
            words.append(("not " if how == "none" else "") + joint.join(map(str, listed)))
    if not tests:
        return []
    wanted_words = ", ".join(words)

    def judge(facts: Facts) -> tuple[bool, str]:
        values = FIELDS[name].values(facts)
        holds = all(test(values) for test in tests)
        # Of many tags those that were asked for, and all where it is not one of them.
        met = [v for v in values if holds and all(test((v,)) for test in tests)]
        shown = ", ".join(dict.fromkeys(v.shown for v in met or values))
        if holds:
            return True, f"{name} {shown or wanted_words}"
        return False, f"{name} {shown or 'not said'}; wanted: {wanted_words}"

    return [Condition(f"{name} {wanted_words}", judge)]


def _test(name: str, wanted: Any, asking: _Asking, at: Path) -> Test | None:
    """The test of one value; None where it is none, which is said."""
    if wanted is None or isinstance(wanted, list | Mapping):
        asking.wrong(at, "a value or a list of values is expected")
        return None
    try:
        test = FIELDS[name].test(str(wanted))
    except ValueError as error:
        asking.wrong(at, str(error))
        return None
    if named(FIELDS[name]):
        place = asking.ticket.place(*at)
        asking.noticed += _nowhere(name, str(wanted), test, asking.pool, place)
    return test


_HOW = ("any", "all", "none")


def _joined(how: str, tests: list[Test]) -> Test:
    if how == "all":
        return lambda values: all(test(values) for test in tests)
    if how == "none":
        return lambda values: not any(test(values) for test in tests)
    return lambda values: any(test(values) for test in tests)


def _nowhere(name: str, wanted: str, test: Test, pool: Pool, place: Place) -> list[Finding]:
    """A value that no review of the pool has (H030)."""
    everywhere: dict[str, None] = {}
    for manuscript in pool.manuscripts.values():
        if (facts := Facts.of(manuscript, pool)) is not None:
            values = FIELDS[name].values(facts)
            if test(values):
                return []
            everywhere |= dict.fromkeys(v.shown for v in values)
    known = [*everywhere, *(pool.people.by_key if name == "reviewer" else ())]
    label = "tag" if name == "tags" else name.replace("_", " ")
    return [find("H030", place, field=label, value=wanted, hint=did_you_mean(wanted, known))]
