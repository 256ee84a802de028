"""An EPUB's metadata, as plain values: who, what, when, and for whom it is readable.

EPUB 3.3 section 5.5; EPUB Accessibility 1.1 section 2. Conformance to WCAG is
never claimed here: that is for a person who has looked.

Holders and licence are the whole edition's. Those of its pieces are said where
the pieces stand: here they would be claims on the whole (DCMI Metadata Terms,
rightsHolder: who owns or manages rights over the resource).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from reelpress.bindery.bind import title
from reelpress.galley import ACCESSIBLE, Galley
from reelpress.model import Credit, Person, VolumeSpec

EPOCH = "2000-01-01"
"""The date of a book that has none."""


@dataclass(frozen=True, slots=True)
class Element:
    """One dc: element (`name` starts with dc:), one meta property, or one link's rel."""

    name: str
    text: str
    id: str = ""
    refines: str = ""
    scheme: str = ""
    href: str = ""
    """Of a link, which has no text."""


@dataclass(frozen=True, slots=True)
class Metadata:
    """What an OPF's metadata block says."""

    identifier: str
    title: str
    language: str
    modified: datetime
    direction: str
    elements: tuple[Element, ...]


def modified(galley: Galley) -> datetime:
    """Noon UTC of the day on which this edition was last revised: never the clock's."""
    said = galley.edition.revised or galley.edition.issued or EPOCH
    year, month, day = (*(int(p) for p in said.split("-")), 1, 1)[:3]
    return datetime(year, month, day, 12, tzinfo=UTC)


def metadata(galley: Galley, spec: VolumeSpec, *, pictures: bool) -> Metadata:
    """The metadata of one EPUB."""
    edition = galley.edition
    made = [
        Element("dc:title", title(galley), "title"),
        Element("title-type", "main", refines="title"),
    ]
    if edition.subtitle:
        made += [
            Element("dc:title", edition.subtitle, "subtitle"),
            Element("title-type", "subtitle", refines="subtitle"),
        ]
    made += _people(galley)
    made += [
        Element(f"dc:{name}", text)
        for name, text in (
            ("publisher", galley.imprint.name),
            ("date", edition.issued),
            ("description", edition.description),
            ("rights", terms(galley)),
            ("source", galley.book),
        )
        if text
    ]
    made += [Element("dc:subject", subject) for subject in edition.subjects]
    made += [Element("dcterms:rightsHolder", holder) for holder in edition.rights.holders]
    licence = edition.rights.licence
    if licence is not None and licence.url:
        made.append(Element("dcterms:license", "", href=licence.url))
    if galley.book:
        made.append(Element("dcterms:isPartOf", galley.book))
        made.append(Element("dcterms:bibliographicCitation", galley.citation))
    made += _accessibility(galley, pictures=pictures)
    return Metadata(
        identifier(galley, spec),
        title(galley),
        edition.language,
        modified(galley),
        galley.direction,
        tuple(made),
    )


def identifier(galley: Galley, spec: VolumeSpec) -> str:
    """The volume's ISBN as a URN; the edition's own where it has none."""
    return f"urn:isbn:{spec.isbn}" if spec.isbn else galley.edition.identifier


def terms(galley: Galley) -> str:
    """The publisher's own statement of rights; else "© 2026 A. Holder. CC BY 4.0"."""
    if galley.imprint.statement:
        return galley.imprint.statement
    rights = galley.edition.rights
    years, holders = ", ".join(map(str, rights.years)), ", ".join(rights.holders)
    line = " ".join(filter(None, ("©", years, holders))) if holders else ""
    licence = rights.licence.name if rights.licence is not None else ""
    licence = galley.words.get(licence, licence)
    return ". ".join(filter(None, (line, licence)))


def _people(galley: Galley) -> list[Element]:
    """Everyone, once under each name, with all that was done under it, the main thing first.

    An anthology's creators are its editors; its authors, where it has none.
    """
    named: dict[tuple[str, str], list[Credit]] = {}
    for credit in galley.contributors:
        named.setdefault((credit.person.key, credit.name), []).append(credit)
    editors = {(c.person.key, c.name) for c in galley.edition.editors}
    made: list[Element] = []
    created = 0
    for number, (name, parts) in enumerate(named.items(), 1):
        key, first = f"person-{number}", parts[0]
        creator = name in editors or (not editors and any(c.role == "aut" for c in parts))
        made.append(Element("dc:creator" if creator else "dc:contributor", first.name, key))
        made += [Element("role", c.role, refines=key, scheme="marc:relators") for c in parts]
        made.append(Element("file-as", first.sort, refines=key))
        if creator:
            created += 1
            made.append(Element("display-seq", str(created), refines=key))
        if not first.pen_name:
            made += [
                Element("dcterms:identifier", known, refines=key)
                for known in _identifiers(first.person)
            ]
    return made


def _identifiers(person: Person) -> list[str]:
    """A person's addresses in the registers of names (orcid.org, isni.org, viaf.org)."""
    registers = (
        ("https://orcid.org", person.orcid),
        ("https://isni.org/isni", person.isni),
        ("https://viaf.org/viaf", person.viaf),
    )
    return [f"{register}/{number}" for register, number in registers if number]


def _accessibility(galley: Galley, *, pictures: bool) -> list[Element]:
    described = pictures and galley.images_described
    features = ["ARIA", "displayTransformability", "readingOrder", "structuralNavigation",
                "tableOfContents", "unlocked"]  # fmt: skip
    if described:
        features.append("alternativeText")
    moving = any(a.media_type == "image/gif" for a in galley.assets)
    text, every, some = (galley.words[sentence] for sentence in ACCESSIBLE)
    summary = " ".join([text, every if described else some] if pictures else [text])
    facts = [
        *(("accessMode", mode) for mode in ("textual", *(["visual"] if pictures else []))),
        *([("accessModeSufficient", "textual")] if described or not pictures else []),
        *([("accessModeSufficient", "textual,visual")] if pictures else []),
        *(("accessibilityFeature", feature) for feature in sorted(features)),
        ("accessibilityHazard", "unknown" if moving else "none"),
        ("accessibilitySummary", summary),
    ]
    return [Element(f"schema:{name}", text) for name, text in facts]
