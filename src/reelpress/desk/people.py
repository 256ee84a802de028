"""The people file: from keys and names in headers to persons."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from reelpress.desk.slugs import is_slug, slug
from reelpress.desk.text.addresses import web
from reelpress.desk.text.typography import line
from reelpress.desk.texts import Source, Texts
from reelpress.findings import Finding, Place, did_you_mean, find
from reelpress.header import Header, PeopleFile
from reelpress.header.formats import Contributor
from reelpress.model import Credit, Person

_KEY = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")

ROLES = frozenset(
    "aut edt trl ill pht ivr ive aui aft win wpr cov bkd cmm ann com pbl rev art cre ctb".split()
)
"""MARC relator codes that a piece or an edition may carry (id.loc.gov/vocabulary/relators)."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A name and a role as a header has them."""

    name: str
    role: str
    place: Place
    role_place: Place


def entries(header: Header[Any], people: Sequence[Contributor], *path: str) -> list[Entry]:
    """The people that a header names at `path`, with their places."""
    made = []
    for index, person in enumerate(people):
        # One alone may stand there without a list: a step that is not in the file is passed over.
        name, role = (header.place(*path, index, step) for step in ("name", "role"))
        made.append(Entry(person.name, person.role, name, role))
    return made


@dataclass(frozen=True, slots=True)
class People:
    """Everyone in people.yaml."""

    by_key: Mapping[str, Person]
    exists: bool
    """Whether there is a people file at all."""
    unread: bool = False
    """Whether there is one that can't be read, which is said once and not for every name."""

    def resolve(self, name: str, place: Place) -> tuple[Person, tuple[Finding, ...]]:
        """The person whom a header calls `name`: a key, or a name as printed.

        Findings: H010 (a key that is not there), H018 (a name that is not there).
        """
        name = name.strip()
        if name in self.by_key:
            return self.by_key[name], ()
        printed = line(name, "en")
        folded = printed.casefold()
        for person in self.by_key.values():
            if person.name.casefold() == folded:
                return person, ()
        stranger = Person(name, printed, filed(printed), listed=False)
        is_key = _KEY.fullmatch(name)
        if self.unread or not (is_key or self.exists):
            return stranger, ()
        hint = did_you_mean(name, [*self.by_key, *(p.name for p in self.by_key.values())])
        if is_key:
            return stranger, (find("H010", place, key=name, hint=hint),)
        return stranger, (find("H018", place, name=name, hint=hint),)

    def stated(self, person: Person) -> tuple[Any, Any, Any] | None:
        """(rights, header, path)."""
        del person
        return None

    def contact(self, person: Person) -> str:
        """Contact."""
        del person
        return ""

    def portrait(self, person: Person) -> tuple[Any, ...]:
        """Picture."""
        del person
        return ()

    def credits(
        self, entries: Iterable[Entry], default: str = "aut"
    ) -> tuple[tuple[Credit, ...], tuple[Finding, ...]]:
        """Credits for entries of a header; the role `aut` becomes `default`.

        Findings: H006 (no such role), H010, H018.
        """
        made: list[Credit] = []
        noticed: list[Finding] = []
        for entry in entries:
            role = entry.role
            person, said = self.resolve(entry.name, entry.place)
            noticed.extend(said)
            if role not in ROLES:
                problem = f'"{role}" is no MARC relator code known here'
                noticed.append(find("H006", entry.role_place, field="role", problem=problem))
                role = "ctb"
            made.append(Credit(person, default if role == "aut" else role))
        return tuple(made), tuple(noticed)


def filed(name: str) -> str:
    """How a name is filed where the people file does not say: last word first."""
    words = name.split()
    return f"{words[-1]}, {' '.join(words[:-1])}" if len(words) > 1 else name


def people(
    header: Header[PeopleFile] | None,
    path: str,
    language: str,
    texts: Texts,
    *,
    unread: bool,
) -> tuple[People, tuple[Finding, ...]]:
    """Everyone in the people file, biographies edited. Findings: as `edit_text`."""
    if header is None:
        return People({}, exists=False, unread=unread), ()
    found: dict[str, Person] = {}
    noticed: list[Finding] = []
    for key, entry in header.model.people.items():
        if not is_slug(key):
            place = header.place("people", key)
            noticed.append(find("H025", place, slug=key, hint=f"try {slug(key)}"))
        bio = None
        if entry.bio:
            at, *indent = header.begins("people", key, "bio")
            prefix, stands = f"p-{slug(key)}", (indent[0], indent[1])
            bio, said = texts.edit(Source(entry.bio, path, at, prefix, language, stands))
            noticed.extend(said)
        found[key] = Person(
            slug(key),
            line(entry.name, "en"),
            line(entry.sort or filed(entry.name), "en"),
            entry.pronouns,
            bio,
            website=web(entry.website),
            orcid=entry.orcid,
        )
    return People(found, exists=True), tuple(noticed)
