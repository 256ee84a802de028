"""The people file: each entry becomes a person, its biographies edited, its identifiers checked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from reelpress.desk.identifiers import isni, orcid, viaf
from reelpress.desk.likeness import Register
from reelpress.desk.names import filed, form
from reelpress.desk.people import People, Written
from reelpress.desk.text.addresses import web
from reelpress.desk.text.typography import line
from reelpress.desk.texts import Source, Texts
from reelpress.findings import Finding, find
from reelpress.header import Header, PeopleFile, PersonEntry
from reelpress.model import Asset, Credit, Person, Picture, Text
from reelpress.slugs import is_slug, slug

Portrait = tuple[Asset, Picture]
"""The file, and where it is named."""


def people(
    header: Header[PeopleFile] | None,
    path: str,
    language: str,
    texts: Texts,
    *,
    unread: bool,
) -> tuple[People, tuple[Finding, ...]]:
    """Everyone in the people file `path`, biographies edited in the house's `language`.

    Findings: H006 (identifiers, website), H025 (keys), H035 (who may be one), those of portraits,
    and as `edit_text`.
    """
    if header is None:
        return People({}, exists=False, unread=unread), ()
    file = _File(header, path, language, texts, [])
    found: dict[str, Person] = {}
    forms: dict[str, tuple[Credit, ...]] = {}
    register = Register[Written]()
    portraits: dict[str, Picture] = {}
    for key, entry in header.model.people.items():
        portrait = file.portrait(key, entry)
        person = found[key] = file.person(key, entry, portrait)
        if portrait is not None:
            portraits[key] = portrait[1]
        for name in (key, entry.name, entry.sort or person.sort, *entry.variants):
            _enter(forms, name, Credit(person))
        for name in entry.pen_names:
            _enter(forms, name, Credit(person, pen_name=line(name, "en")))
        file.compare(key, entry, register)
    everyone = People(
        found,
        exists=True,
        header=header,
        _forms=forms,
        _register=register,
        _portraits=portraits,
    )
    return everyone, tuple(file.noticed)


def _enter(forms: dict[str, tuple[Credit, ...]], name: str, credit: Credit) -> None:
    """Put down that somebody goes by a name; a person's own name comes before a pen name."""
    key = form(name)
    known = forms.get(key, ())
    if all(other.person is not credit.person for other in known):
        forms[key] = (*known, credit)


_CHECKED: dict[str, tuple[Callable[[str], str], str]] = {
    "website": (web, "no address such as https://ada.example"),
    "orcid": (orcid, "no ORCID iD: of its sixteen digits the last checks the others"),
    "isni": (isni, "no ISNI: of its sixteen digits the last checks the others"),
    "viaf": (viaf, "no VIAF number"),
}
"""Field -> how it is read, and what to say of one that can't be."""


@dataclass(frozen=True, slots=True)
class _File:
    """The people file while it is read."""

    header: Header[PeopleFile]
    path: str
    language: str
    texts: Texts
    noticed: list[Finding]

    def person(self, key: str, entry: PersonEntry, portrait: Portrait | None) -> Person:
        own = slug(key)
        if not is_slug(key):
            place = self.header.place("people", key)
            self.noticed.append(find("H025", place, slug=key, hint=f"try {own}"))
        return Person(
            own,
            line(entry.name, "en"),
            line(entry.sort or filed(entry.name), "en"),
            entry.pronouns,
            self._text(key, "bio", entry.bio, f"p-{own}"),
            # No slug has two hyphens in a row: no other person's ids begin so.
            self._text(key, "short_bio", entry.short_bio, f"p-{own}--short"),
            portrait[0] if portrait is not None else None,
            website=self._read(key, "website", entry.website),
            orcid=self._read(key, "orcid", entry.orcid),
            isni=self._read(key, "isni", entry.isni),
            viaf=self._read(key, "viaf", entry.viaf),
        )

    def _text(self, key: str, field: str, raw: str, prefix: str) -> Text | None:
        if not raw:
            return None
        at, *indent = self.header.begins("people", key, field)
        source = Source(raw, self.path, at, prefix, self.language, (indent[0], indent[1]))
        text, said = self.texts.edit(source)
        self.noticed.extend(said)
        return text

    def _read(self, key: str, field: str, raw: str) -> str:
        read, wanted = _CHECKED[field]
        value = read(raw) if raw else ""
        if raw and not value:
            place, problem = self.header.place("people", key, field), f'"{raw}" is {wanted}'
            self.noticed.append(find("H006", place, field=f"{key}.{field}", problem=problem))
        return value

    def portrait(self, key: str, entry: PersonEntry) -> Portrait | None:
        if not entry.portrait:
            return None
        pictures, place = self.texts.pictures, self.header.place("people", key, "portrait")
        asset, said = pictures.get(entry.portrait, self.path, place)
        self.noticed.extend(said)
        if asset is None:
            return None
        file = pictures.file(entry.portrait, self.path)
        return asset, Picture(asset.path, file, "", place, line(entry.name, "en"))

    def compare(self, key: str, entry: PersonEntry, register: Register[Written]) -> None:
        """Say whose names look like this entry's (once of each person), and enter them."""
        told: set[str] = set()
        names = tuple(_names(entry))
        for name, at in names:
            for other, written in register.like(name):
                if other not in told:
                    told.add(other)
                    place = self.header.place("people", key, *at)
                    both = f'"{written}" ({other}) and "{name}" ({key})'
                    self.noticed.append(find("H035", place, names=both))
        for name, _ in names:
            register.add(name, (key, name))


def _names(entry: PersonEntry) -> Iterator[tuple[str, tuple[str | int, ...]]]:
    """An entry's name, variants and pen names, each with its path in the entry."""
    yield entry.name, ("name",)
    for field in ("variants", "pen_names"):
        for index, name in enumerate(getattr(entry, field)):
            yield name, (field, index)
