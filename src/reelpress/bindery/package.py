"""An EPUB's metadata, as plain values: who, what, when, and for whom it is readable.

EPUB 3.3 section 5.5; EPUB Accessibility 1.1 section 2. Conformance to WCAG is
never claimed here: that is for a person who has looked.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from reelpress.bindery.bind import title
from reelpress.galley import Galley
from reelpress.model import VolumeSpec

EPOCH = "2000-01-01"
"""The date of a book that has none."""


@dataclass(frozen=True, slots=True)
class Element:
    """One dc: element (`name` starts with dc:) or one meta property."""

    name: str
    text: str
    id: str = ""
    refines: str = ""
    scheme: str = ""


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
    identifier = f"urn:isbn:{spec.isbn}" if spec.isbn else edition.identifier
    made = [
        Element("dc:title", title(galley), "title"),
        Element("title-type", "main", refines="title"),
    ]
    if edition.subtitle:
        made += [
            Element("dc:title", edition.subtitle, "subtitle"),
            Element("title-type", "subtitle", refines="subtitle"),
        ]
    editors = {id(c) for c in edition.editors}
    for number, credit in enumerate(galley.contributors, 1):
        key = f"person-{number}"
        creator = id(credit) in editors or not editors
        made += [
            Element("dc:creator" if creator else "dc:contributor", credit.person.name, key),
            Element("role", credit.role, refines=key, scheme="marc:relators"),
            Element("file-as", credit.person.sort, refines=key),
        ]
    made += [
        Element(f"dc:{name}", text)
        for name, text in (
            ("publisher", galley.imprint.name),
            ("date", edition.issued),
            ("description", edition.description),
            ("rights", galley.imprint.statement),
        )
        if text
    ]
    made += [Element("dc:subject", subject) for subject in edition.subjects]
    made += [Element("dcterms:rightsHolder", holder) for holder in edition.rights.holders]
    made += _accessibility(galley, pictures=pictures)
    return Metadata(
        identifier,
        title(galley),
        edition.language,
        modified(galley),
        galley.direction,
        tuple(made),
    )


def _accessibility(galley: Galley, *, pictures: bool) -> list[Element]:
    described = pictures and galley.images_described
    features = ["ARIA", "displayTransformability", "readingOrder", "structuralNavigation",
                "tableOfContents", "unlocked"]  # fmt: skip
    if described:
        features.append("alternativeText")
    moving = any(a.media_type == "image/gif" for a in galley.assets)
    summary = "Text in reading order with headings, a table of contents and landmarks."
    if pictures:
        summary += (
            " Every image has alternative text."
            if described
            else " Some images have no alternative text."
        )
    facts = [
        *(("accessMode", mode) for mode in ("textual", *(["visual"] if pictures else []))),
        *([("accessModeSufficient", "textual")] if described or not pictures else []),
        *([("accessModeSufficient", "textual,visual")] if pictures else []),
        *(("accessibilityFeature", feature) for feature in sorted(features)),
        ("accessibilityHazard", "unknown" if moving else "none"),
        ("accessibilitySummary", summary),
    ]
    return [Element(f"schema:{name}", text) for name, text in facts]
