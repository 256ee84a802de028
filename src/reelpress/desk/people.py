"""People: from whatever headers call them to persons."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from reelpress.desk.likeness import Nearby, Register
from reelpress.desk.names import apart, filed, form, is_key, turned
from reelpress.desk.roles import NAMES, WRITERS, relator
from reelpress.desk.text.addresses import web
from reelpress.desk.text.typography import line
from reelpress.findings import Finding, Place, did_you_mean, find
from reelpress.header import Header, PeopleFile, PersonEntry
from reelpress.header.formats import Contributor
from reelpress.header.formats import Rights as RightsFields
from reelpress.model import Credit, Person, Picture
from reelpress.slugs import slug

Written = tuple[str, str]
"""The key of a person, and a name as the people file has it."""
_CANDIDATES = 3
"""As many as a hint names."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A name, or several in one text, and a role as a header has them."""

    name: str
    role: str
    place: Place
    role_place: Place
    url: str = ""


def entries(header: Header[Any], people: Sequence[Contributor], *path: str) -> list[Entry]:
    """The people that a header names at `path`, with their places."""
    made = []
    for index, person in enumerate(people):
        # One alone may stand there without a list: a step that is not in the file is passed over.
        name, role = (header.place(*path, index, step) for step in ("name", "role"))
        made.append(Entry(person.name, person.role, name, role, person.url))
    return made


@dataclass(frozen=True, slots=True)
class People:
    """Everyone in people.yaml, by every name they go by."""

    by_key: Mapping[str, Person]
    exists: bool
    """Whether there is a people file at all."""
    unread: bool = False
    """Whether there is one that can't be read, which is said once and not for every name."""
    header: Header[PeopleFile] | None = field(default=None, repr=False)
    _forms: Mapping[str, tuple[Credit, ...]] = field(default_factory=dict, repr=False)
    """Name as it is looked up -> who goes by it; one person, if all is well."""
    _register: Register[Written] = field(default_factory=Register, repr=False)
    """Whose names look like another."""
    _portraits: Mapping[str, Picture] = field(default_factory=dict, repr=False)
    """By key."""
    _nearby: list[Nearby[str]] = field(default_factory=list, repr=False)
    """Whose names are nearly another; made when it is first needed."""

    # -- whom a name means

    def _known(self, name: str) -> tuple[Credit, ...]:
        person = self.by_key.get(name)
        if person is not None:
            return (Credit(person),)
        known = self._forms.get(form(name), ())
        return known or ("," in name and self._forms.get(form(turned(name)))) or ()

    def _is_known(self, name: str) -> bool:
        return bool(self._known(name))

    def _credit(self, name: str, url: str = "") -> Credit:
        """One name's credit as an author; of a name that two share, the first's."""
        for credit in self._known(name):
            return credit
        shown = line(name, "en")
        return Credit(Person(form(shown), shown, filed(shown), website=web(url), listed=False))

    def who(self, written: str) -> tuple[Credit, ...]:
        """Everyone whom a text in a header names, as authors, without remarks."""
        return tuple(self._credit(name) for name in apart(written, self._is_known))

    def forms(self, credit: Credit) -> tuple[str, ...]:
        """Every name that a credit's person goes by, key and pen names included."""
        person, entry = credit.person, self._entry(credit.person)
        if entry is None:
            return person.name, person.key
        names = (person.name, person.key, entry.name, entry.sort or person.sort)
        return tuple(dict.fromkeys((*names, *entry.variants, *entry.pen_names)))

    def resolve(self, name: str, place: Place) -> tuple[Person, tuple[Finding, ...]]:
        """The person whom a header calls `name`: by key, name, sort name, variant or pen name.

        Findings: H006 (a name that two share), H010 (a key that is not there), H018 (a name that
        is not there).
        """
        name = name.strip()
        return self._credit(name).person, self._remarks(name, place)

    def credits(
        self, entries: Iterable[Entry], default: str = "aut"
    ) -> tuple[tuple[Credit, ...], tuple[Finding, ...]]:
        """Credits for entries of a header, each person once in a role; authors become `default`.

        Findings: H006 (no such role, or a name that two share), H010, H018.
        """
        made: dict[tuple[str, str, str], Credit] = {}
        noticed: list[Finding] = []
        for entry in entries:
            role = relator(entry.role)
            if not role:
                problem = f'"{entry.role}" is no MARC relator code known here'
                hint = did_you_mean(entry.role.casefold(), NAMES)
                noticed.append(
                    find("H006", entry.role_place, field="role", problem=problem, hint=hint)
                )
                role = "ctb"
            for name in apart(entry.name, self._is_known):
                noticed.extend(self._remarks(name, entry.place))
                known = self._credit(name, entry.url)
                credit = replace(known, role=default if role in WRITERS else role)
                made.setdefault((known.person.key, credit.role, known.pen_name), credit)
        return tuple(made.values()), tuple(noticed)

    def holders(
        self, written: Iterable[tuple[str, Place]]
    ) -> tuple[tuple[Credit, ...], tuple[Finding, ...]]:
        """Who holds rights, as headers name them, in the role of a copyright holder (cph).

        A holder may be a company or an heir, whom no people file lists: a text is one name, but
        where each of its parts is known. Findings: H006, H010.
        """
        made: dict[tuple[str, str], Credit] = {}
        noticed: list[Finding] = []
        for text, place in written:
            for name in apart(text, self._is_known, sure=True):
                noticed.extend(f for f in self._remarks(name, place) if f.code != "H018")
                credit = replace(self._credit(name), role="cph")
                made.setdefault((credit.person.key, credit.pen_name), credit)
        return tuple(made.values()), tuple(noticed)

    # -- what is to be said of a name

    def _remarks(self, name: str, place: Place) -> tuple[Finding, ...]:
        known = self._known(name)
        if len(known) > 1:
            keys = " and ".join(dict.fromkeys(self._key(c.person) for c in known))
            problem = f"so are called {keys} in people.yaml; write the key"
            return (find("H006", place, field=name, problem=problem),)
        key = is_key(name)
        if known or self.unread or not (key or self.exists):
            return ()
        near = [k if key else self.by_key[k].name for k in self._nearest(name)]
        hint = f"did you mean {_either(near)}?" if near else ""
        if key:
            return (find("H010", place, key=name, hint=hint),)
        return (find("H018", place, name=name, hint=hint),)

    def _nearest(self, name: str) -> list[str]:
        """Keys of those whose names look like this one, or nearly so; the likest first."""
        if not self._nearby:
            nearby = Nearby[str]()
            for key, person in self.by_key.items():
                for known in dict.fromkeys((key, *self.forms(Credit(person)))):
                    nearby.add(known, key)
            self._nearby.append(nearby)
        alike = [key for key, _ in self._register.like(name)]
        return list(dict.fromkeys((*alike, *self._nearby[0].nearest(name))))[:_CANDIDATES]

    def alike(self, name: str) -> list[str]:
        """Persons of the people file whose names look like this one, as findings print them."""
        return [f'"{written}" ({key})' for key, written in self._register.like(name)]

    # -- what the people file says beside that

    def _key(self, person: Person) -> str:
        """A person's key as it is written; empty for a stranger."""
        if not person.listed or person.key in self.by_key:
            return person.key if person.listed else ""
        return next((key for key in self.by_key if slug(key) == person.key), "")

    def _entry(self, person: Person) -> PersonEntry | None:
        if self.header is None:
            return None
        return self.header.model.people.get(self._key(person))

    def contact(self, person: Person) -> str:
        """Where to write to a person: for the desk alone. Empty where nothing is said."""
        entry = self._entry(person)
        return entry.contact if entry is not None else ""

    def portrait(self, person: Person) -> tuple[Picture, ...]:
        """A person's portrait, rights not settled; none where there is none."""
        shown = self._portraits.get(self._key(person))
        return (shown,) if shown is not None else ()

    def stated(
        self, person: Person
    ) -> tuple[RightsFields, Header[PeopleFile], tuple[str, ...]] | None:
        """What holds for a person's pieces that do not say otherwise: as written, in which header
        and at which path there; None where nothing is said."""
        entry = self._entry(person)
        if self.header is None or entry is None or entry.rights is None:
            return None
        return entry.rights, self.header, ("people", self._key(person), "rights")


def _either(names: Sequence[str]) -> str:
    """ "A", "B" or "C"."""
    quoted = [f'"{name}"' for name in dict.fromkeys(names)]
    return " or ".join(filter(None, (", ".join(quoted[:-1]), quoted[-1])))
