"""Running order: contributions sorted by the ticket's keys, and grouped into parts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from reelpress.desk.choice import Choice
from reelpress.desk.facts import folded
from reelpress.desk.names import filed
from reelpress.findings import Finding, did_you_mean, find
from reelpress.header import Header, Ticket
from reelpress.model import Contribution

Pair = tuple[Choice, Contribution]


@dataclass(frozen=True, slots=True)
class Group:
    """Reviews under one heading, or under none."""

    pairs: tuple[Pair, ...]
    title: str = ""
    """As the ticket writes it; empty where the reviews stand in no part."""
    epigraph: str = ""
    """Markdown, or a Markdown file."""
    at: tuple[str | int, ...] = ()
    """The epigraph's path in the ticket."""


def as_ordered(
    ticket: Header[Ticket],
    choices: Sequence[Choice],
    contributions: Mapping[str, Contribution],
    noticed: list[Finding],
) -> list[Group]:
    """The chosen reviews as the ticket orders them; `contributions` are by manuscript's path.

    Findings: H006 (no such key), H029 (two orders), H032 (nothing to group by).
    """
    pairs = _sorted(
        ticket,
        [(c, replace(contributions[c.manuscript.path], why=c.why)) for c in choices],
        noticed,
    )
    grouping = ticket.model.order.parts
    if ticket.model.parts:
        if grouping is not None:
            problem = "parts: groups the reviews by hand, and order.parts by a key"
            noticed.append(find("H029", ticket.place("order", "parts"), problem=problem))
        return [
            Group(members, part.title, part.epigraph, ("parts", index, "epigraph"))
            for index, part in enumerate(ticket.model.parts)
            if (members := tuple(p for p in pairs if p[0].part == index + 1))
        ]
    if grouping is None:
        return [Group(tuple(pairs))]
    return _grouped(ticket, pairs, noticed)


def _sorted(ticket: Header[Ticket], pairs: list[Pair], noticed: list[Finding]) -> list[Pair]:
    by: dict[str, tuple[Callable[[Contribution], Any], bool]] = {}
    for index, key in enumerate(ticket.model.order.by):
        name = key.lstrip("-").replace("_", ".")
        place = ticket.place("order", "by", index)
        value = KEYS.get(name)
        if value is None:
            hint = did_you_mean(name, KEYS)
            problem = f'"{key}" is no order; known are {", ".join(KEYS)}'
            noticed.append(find("H006", place, field="order.by", problem=problem, hint=hint))
        elif name in by:
            problem = f'"{key}" comes after an order by the same key'
            noticed.append(find("H029", place, problem=problem))
        else:
            by[name] = value, key.startswith("-")
    for value, falling in reversed(by.values()):
        pairs.sort(key=_of(value), reverse=falling)
    return pairs


def _of(value: Callable[[Contribution], Any]) -> Callable[[Pair], Any]:
    return lambda pair: value(pair[1])


def _grouped(ticket: Header[Ticket], pairs: list[Pair], noticed: list[Finding]) -> list[Group]:
    grouping = ticket.model.order.parts
    assert grouping is not None
    named = _GROUPS.get(grouping.by)
    if named is None:
        place = ticket.place("order", "parts", "by")
        hint = did_you_mean(grouping.by, _GROUPS)
        problem = f'"{grouping.by}" makes no parts; known are {", ".join(_GROUPS)}'
        noticed.append(find("H006", place, field="order.parts", problem=problem, hint=hint))
        return [Group(tuple(pairs))]
    wanted = {folded(key): key for key in grouping.titles}
    groups: dict[str, list[Pair]] = {}
    labels: dict[str, _Label] = {}
    for pair in pairs:
        own = named(pair[1])
        # Of several tags the first that the ticket has a title for counts, else the first.
        label = next((v for v in own if folded(v.name) in wanted), own[0] if own else None)
        if label is None:
            place = pair[1].place
            noticed.append(find("H032", place, slug=pair[1].slug, key=grouping.by))
            label = _Label("", "", "")
        groups.setdefault(folded(label.name), []).append(pair)
        labels.setdefault(folded(label.name), label)
    # The order of the ticket's titles, but for years: those have their own.
    timely = grouping.by in ("decade", "year")
    ranks = {} if timely else {key: rank for rank, key in enumerate(wanted)}
    epigraphs = {folded(key): key for key in grouping.epigraphs}
    made = []
    for key in sorted(groups, key=lambda k: (k != "", ranks.get(k, len(ranks)), labels[k].filed)):
        title = grouping.titles[wanted[key]] if key in wanted else labels[key].title
        at = ("order", "parts", "epigraphs", epigraphs.get(key, ""))
        epigraph = grouping.epigraphs.get(epigraphs.get(key, ""), "")
        made.append(Group(tuple(groups[key]), title, epigraph, at))
    for field, keys in (("titles", wanted), ("epigraphs", epigraphs)):
        for key, written in keys.items():
            if key not in groups:
                place = ticket.key_place("order", "parts", field, written)
                hint = did_you_mean(written, [label.name for label in labels.values()])
                noticed.append(find("H028", place, title=written, hint=hint))
    return made


def _bylined(contribution: Contribution) -> list[str]:
    """The byline as it is filed, pen names by themselves."""
    return [
        (filed(credit.pen_name) if credit.pen_name else credit.person.sort).casefold()
        for credit in contribution.byline
    ]


KEYS: dict[str, Callable[[Contribution], Any]] = {
    "title": lambda c: c.title.casefold(),
    "film.title": lambda c: c.film.title.casefold(),
    "film.year": lambda c: c.film.year or 0,
    "film.director": lambda c: [_filed(name) for name in c.film.directors],
    "film.country": lambda c: [name.casefold() for name in c.film.countries],
    "date": lambda c: c.date,
    "reviewer": _bylined,
    "rating": lambda c: c.rating.value if c.rating and c.rating.value is not None else Fraction(0),
    "words": lambda c: c.text.words,
}
"""order.by -> what a contribution is sorted by."""


def _filed(name: str) -> str:
    """Last word first."""
    return f"{name.casefold().rpartition(' ')[2]} {name.casefold()}"


@dataclass(frozen=True, slots=True)
class _Label:
    """A part that a contribution could stand in."""

    filed: Any
    """What the parts are sorted by."""
    name: str
    """What the ticket calls it."""
    title: str


def _decade(contribution: Contribution) -> list[_Label]:
    if not contribution.film.year:
        return []
    first = contribution.film.year // 10 * 10
    return [_Label(first, f"{first}s", f"{first}–{first + 9}")]


def _each(names: Sequence[str]) -> list[_Label]:
    return [_Label(name.casefold(), name, name) for name in names]


def _directors(contribution: Contribution) -> list[_Label]:
    names = contribution.film.directors
    return [_Label(_filed(names[0]), ", ".join(names), ", ".join(names))] if names else []


def _reviewers(contribution: Contribution) -> list[_Label]:
    names = ", ".join(credit.name for credit in contribution.byline)
    return [_Label(_bylined(contribution), names, names)] if names else []


_GROUPS: dict[str, Callable[[Contribution], list[_Label]]] = {
    "decade": _decade,
    "year": lambda c: _each([str(c.film.year)] if c.film.year else []),
    "director": _directors,
    "reviewer": _reviewers,
    "country": lambda c: _each(c.film.countries),
    "language": lambda c: _each([c.language]),
    "tag": lambda c: _each(c.tags),
}
"""order.parts -> the parts that a contribution could stand in."""
