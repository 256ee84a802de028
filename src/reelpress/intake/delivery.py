"""What a source brings: reviews, people, and what was left behind, with the reason."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field, replace
from itertools import count

from reelpress.findings import Finding
from reelpress.slugs import slug


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Words of a source that no manuscript has, and why."""

    text: str
    """Plain text, as it stands in the source."""
    reason: str
    """For people: "the site's own line", "a share button", "private"."""
    line: int = 0
    """In the source, from 1; 0 where it has no lines."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """One review as a source has it, made ready to be a manuscript."""

    path: str
    """Where it is to stand, below manuscripts/: reviews/the-third-man.md"""
    header: Mapping[str, object]
    """Its front matter, in the long form of docs/front-matter.md."""
    text: str
    """Its Markdown."""
    origin: str
    """Where it stands in the source, for people: `posts.csv, row 12`, `page.html`."""
    body: str
    """What the source has, as plain text, paragraphs apart: all of it is counted."""
    left_out: tuple[LeftOut, ...] = ()
    """What of `body` is meant not to come."""
    pictures: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    """Path below manuscripts/ -> bytes."""
    id: str = ""
    """What it is in the source, by which it is known again: an address, a number. Where it has
    none, its origin and what it is of."""
    kind: str = ""
    """Of its source, where a delivery is of several kinds; else the delivery's."""
    own: bool = False
    """Whether its text is the author's own Markdown, and `body` that too: nothing takes its place,
    and of its words those are counted that are no Markdown."""


@dataclass(frozen=True, slots=True)
class Newcomer:
    """A person that a source names: an entry for people.yaml."""

    key: str
    name: str
    bio: str = ""
    """Markdown."""
    website: str = ""


@dataclass(frozen=True, slots=True)
class Delivery:
    """All that one source brings."""

    kind: str
    """What it was taken for: "WordPress export"."""
    arrivals: tuple[Arrival, ...] = ()
    people: tuple[Newcomer, ...] = ()
    findings: tuple[Finding, ...] = ()
    skipped: Mapping[str, int] = field(default_factory=dict)
    """What did not come, for people, and how many: {"drafts": 9, "private notes": 1}"""


def own_key(name: str, taken: Container[str]) -> str:
    """A key for somebody called `name` that nobody else has: two names may be one in plain
    letters."""
    return free(slug(name), taken)


def free(key: str, taken: Container[str]) -> str:
    """A key, or the first after it that nobody has: ada-bell, ada-bell-2."""
    if key not in taken:
        return key
    return next(own for n in count(2) if (own := f"{key}-{n}") not in taken)


def united(people: Iterable[Newcomer]) -> tuple[Newcomer, ...]:
    """Each person once; of somebody who is named more than once, the first with a biography."""
    made: dict[str, Newcomer] = {}
    for person in people:
        if person.key not in made or (person.bio and not made[person.key].bio):
            made[person.key] = person
    return tuple(made.values())


def called(header: Mapping[str, object], names: Mapping[str, str]) -> dict[str, object]:
    """A header in which whoever wrote the text, and holds its rights, is called by `names`."""

    def one(value: object) -> object:
        if isinstance(value, list | tuple):
            return [one(item) for item in value]
        if isinstance(value, Mapping):
            return {**value, "name": one(value.get("name"))}
        return names.get(value, value) if isinstance(value, str) else value

    made = dict(header)
    if "reviewer" in made:
        made["reviewer"] = one(made["reviewer"])
    rights = made.get("rights")
    if isinstance(rights, Mapping) and "holder" in rights:
        made["rights"] = {**rights, "holder": one(rights["holder"])}
    return made


def told_apart(deliveries: Iterable[Delivery]) -> list[Delivery]:
    """Deliveries in which one key is one name, and one name one key."""
    keys: dict[str, str] = {}
    taken: set[str] = set()
    made = []
    for delivery in deliveries:
        for person in delivery.people:
            if person.name not in keys:
                keys[person.name] = own_key(person.name, taken)
                taken.add(keys[person.name])
        own = {p.key: keys[p.name] for p in delivery.people if p.key != keys[p.name]}
        if own:
            arrivals = (replace(a, header=called(a.header, own)) for a in delivery.arrivals)
            people = (replace(p, key=keys[p.name]) for p in delivery.people)
            delivery = replace(delivery, arrivals=tuple(arrivals), people=tuple(people))
        made.append(delivery)
    return made
