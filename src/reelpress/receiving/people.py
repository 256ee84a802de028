"""Whom a source names: known already, or new in people.yaml."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from reelpress.desk import Folder
from reelpress.desk.folder import OutsideError
from reelpress.desk.names import form
from reelpress.findings import Finding, Place, find
from reelpress.header import Header, PeopleFile, read_people
from reelpress.header.write import people_text
from reelpress.intake.delivery import Newcomer, free
from reelpress.receiving.record import HOME, Record

PEOPLE = f"{HOME}/people.yaml"


@dataclass(frozen=True, slots=True)
class Everyone:
    """What headers call the people of a source, and who is new."""

    called: Mapping[str, str]
    """Key in the delivery -> what a header says: a key of people.yaml, or a name."""
    added: Mapping[str, Newcomer] = field(default_factory=dict)
    """By key."""
    names: Mapping[str, str] = field(default_factory=dict)
    """What a header says -> the name, for tables."""
    text: str | None = None
    """people.yaml with them; None where it stays as it is."""
    findings: tuple[Finding, ...] = ()


def everyone(
    newcomers: Iterable[Newcomer], folder: Folder, record: Record, *, overwrite: bool
) -> Everyone:
    """Find each of them in people.yaml by name, or give them a place there.

    One whom an import entered, and who was taken out since, stays out without `overwrite`.
    Findings: S002 (people.yaml can't be read, or nothing can be added to it).
    """
    newcomers = tuple(newcomers)
    before, problem = _before(folder)
    header = read_people(before.removeprefix("\ufeff"), PEOPLE)[0]
    if header is None:
        problem = problem or "`reelpress check` says why"
    keys, names = _known(header)
    called: dict[str, str] = {}
    added: dict[str, Newcomer] = {}
    for person in newcomers:
        known = names.get(form(person.name))
        if known is None and person.key in record.people and person.key in keys:
            known = person.key  # whom somebody has given another name since
        if known is None and not problem and (overwrite or person.key not in record.people):
            known = free(person.key, keys)
            names[form(person.name)] = known
            keys.add(known)
            added[known] = person
        called[person.key] = known or person.name
    text = people_text(before, {key: _entry(person) for key, person in added.items()})
    if added and text is None:
        problem = "nothing can be added at its end"
        called |= {person.key: person.name for person in added.values()}
        added = {}
    shown = {called[person.key]: person.name for person in newcomers}
    if not problem or not newcomers:
        return Everyone(called, added, shown, text if added else None)
    hint = "the reviews name everyone in full meanwhile"
    said = find("S002", Place(PEOPLE), problem=problem, hint=hint)
    return Everyone(called, {}, shown, None, (said,))


def _known(header: Header[PeopleFile] | None) -> tuple[set[str], dict[str, str]]:
    """The keys of people.yaml; and what a header calls somebody, by each form of the name."""
    names: dict[str, str] = {}
    people = header.model.people if header is not None else {}
    for key, entry in people.items():
        for name in filter(None, (entry.name, entry.sort, *entry.variants)):
            names.setdefault(form(name), key)
    for entry in people.values():
        for name in entry.pen_names:  # which is printed as it is
            names.setdefault(form(name), name)
    return set(people), names


def _before(folder: Folder) -> tuple[str, str]:
    """people.yaml as it stands, letter for letter, and why it can't be read."""
    if not folder.stands(PEOPLE):
        return "", ""
    try:
        return folder.read(PEOPLE).decode(), ""
    except UnicodeDecodeError:
        return "", "it is not UTF-8"
    except (OSError, OutsideError):
        return "", "it lies outside, or is not readable"


def _entry(person: Newcomer) -> dict[str, object]:
    website = "" if "@" in person.website else person.website  # an e-mail address is private
    said = {"name": person.name, "bio": person.bio, "website": website}
    return {key: value for key, value in said.items() if value}
