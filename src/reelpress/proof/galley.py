"""The checks on a galley."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Mapping, Set
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from reelpress.findings import Finding, Place, find
from reelpress.galley import Galley, Section
from reelpress.versions import versions
from reelpress.work import Work, digest

if TYPE_CHECKING:
    from lxml import etree

_UNSEEN = frozenset({"Cc", "Cf", "Zs", "Zl", "Zp", "Cn", "Co", "Cs"})
_SHOWN = 8


@dataclass(frozen=True, slots=True)
class Proofs:
    """A galley with its sections read."""

    galley: Galley
    sections: tuple[tuple[Section, etree._Element], ...]

    def place(self, section: Section, element: etree._Element) -> Place:
        """The author's line for an element: its own, or the nearest above; else its template."""
        chain = [element, *element.iterancestors()]
        at = next((e.get("data-at") for e in chain if e.get("data-at")), "")
        if at:
            path = next((e.get("data-in") for e in chain if e.get("data-in")), section.path)
            line, _, column = at.partition(":")
            return Place(path, int(line), int(column))
        return Place(section.template)


@dataclass(frozen=True, slots=True)
class Facts:
    """What the checks ask of one section, as far as it can be said without reading it again."""

    state: str
    """The digest of its body."""
    ids: tuple[tuple[str, str], ...]
    """Each with the kind of volumes that alone has it: pages, screen, or none."""
    targets: frozenset[tuple[str, str]]
    """The ids to which it links, and the kind of volumes that alone has such a link."""
    chars: frozenset[str]


def proof(galley: Galley, work: Work | None = None) -> tuple[Finding, ...]:
    """Everything the checks find; `work` keeps it. Findings: B005, B006, T001."""
    if work is None or work.store is None:
        return _proofed(galley)
    faces = [digest(face.asset.data) for face in galley.faces]
    book = digest(galley.edition.name, galley.edition.draft, versions())
    states = [digest(section.body) for section in galley.sections]
    told = zip(galley.sections, states, strict=True)
    key = digest(faces, [(section.path, section.template, state) for section, state in told])
    kept: tuple[str, tuple[Finding, ...]] | None = work.known("proof", book)
    if kept is not None and kept[0] == key:
        return kept[1]
    known: dict[str, Facts] = work.known("facts", book) or {}
    facts = [
        _facts(section, state, known.get(section.id))
        for section, state in zip(galley.sections, states, strict=True)
    ]
    look = digest(faces, versions())
    have: frozenset[int] | None = work.known("glyphs", look)
    if have is None:
        have = _glyphs(galley)
        work.keep("glyphs", look, have)
    found = () if _clean(facts, have) else _proofed(galley)
    work.keep("facts", book, {s.id: f for s, f in zip(galley.sections, facts, strict=True)})
    work.keep("proof", book, (key, found))
    return found


def _facts(section: Section, state: str, known: Facts | None) -> Facts:
    if known is not None and known.state == state:
        return known
    root = _read(section)
    targets = frozenset((own, kind) for _, own, kind in _links(root))
    return Facts(state, tuple(_ids(root)), targets, frozenset("".join(root.itertext())))


def _clean(facts: Iterable[Facts], have: Set[int]) -> bool:
    """Whether none of the checks can find anything."""
    ids = [own for fact in facts for own in fact.ids]
    known = dict(ids)
    return (
        len(known) == len(ids)
        and all(_leads(known, *target) for fact in facts for target in fact.targets)
        and not any(_lacks(c, have) for c in frozenset().union(*(f.chars for f in facts)))
    )


def _ids(root: etree._Element) -> Iterable[tuple[str, str]]:
    """Each id, and the kind of volumes that alone has it."""
    return ((str(own), _kind(own.getparent())) for own in root.xpath("//@id"))


def _links(root: etree._Element) -> Iterable[tuple[etree._Element, str, str]]:
    """Each link inside the book, the id to which it leads, the kind of volumes that alone has it.

    A page run leads to two.
    """
    for link in root.iter("a"):
        kind = _kind(link)
        if link.get("href", "").startswith("#"):
            yield link, link.get("href", "")[1:], kind
        if link.get("data-pages") is not None:
            yield link, link.get("data-pages", ""), kind


def _kind(element: etree._Element | None) -> str:
    """Of volumes that alone have an element: pages, screen, or none."""
    while element is not None:
        if kind := element.get("data-only"):
            return str(kind)
        element = element.getparent()
    return ""


def _leads(ids: Mapping[str, str], target: str, kind: str) -> bool:
    """Whether a link leads somewhere in every volume that has it."""
    return ids.get(target, "no") in ("", kind)


def _read(section: Section) -> etree._Element:
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    return etree.fromstring(section.body.encode(), parser)


def _proofed(galley: Galley) -> tuple[Finding, ...]:
    proofs = Proofs(galley, tuple((s, _read(s)) for s in galley.sections))
    return tuple(finding for check in CHECKS for finding in check(proofs))


def ids_are_unique(proofs: Proofs) -> Iterable[Finding]:
    """No id stands in the galley twice (B005)."""
    seen: set[str] = set()
    for section, root in proofs.sections:
        own = [str(i) for i in root.xpath("//@id")]
        new = set(own)
        if len(new) == len(own) and seen.isdisjoint(new):
            seen |= new
            continue
        for element in root.iter():
            name = element.get("id")
            if name is None:
                continue
            if name in seen:
                yield find("B005", proofs.place(section, element), id=name)
            seen.add(name)


def links_resolve(proofs: Proofs) -> Iterable[Finding]:
    """Every #id that a section links to is in the galley (B006), for the same kind of volumes."""
    ids = {own: kind for _, root in proofs.sections for own, kind in _ids(root)}
    for section, root in proofs.sections:
        for link, target, kind in _links(root):
            if not _leads(ids, target, kind):
                alone = ids.get(target)
                hint = f'it is in what is data-only="{alone}"' if alone else ""
                yield find("B006", proofs.place(section, link), id=target, hint=hint)


def glyphs_exist(proofs: Proofs) -> Iterable[Finding]:
    """Every character has a glyph in some face of the layout (T001), told once a section."""
    have = _glyphs(proofs.galley)
    if not have:
        return
    told: set[str] = set()
    used = set().union(*(section.body for section, _ in proofs.sections))
    strange = {char for char in used if _lacks(char, have)}
    # Authors' own pieces first: what stands in a title is told there, and not again in each list.
    for section, root in sorted(proofs.sections, key=lambda s: not s[0].path):
        # Nearly all of them are plain, unless a template has a character by its number.
        if "&#" not in section.body and not any(char in section.body for char in strange):
            continue
        lacking = _lacking(root, have)
        chars = sorted(lacking) if section.path else sorted(set(lacking) - told)
        told.update(chars)
        if chars:
            names = ", ".join(f"{c} (U+{ord(c):04X})" for c in chars[:_SHOWN])
            more = f" and {len(chars) - _SHOWN} more" if len(chars) > _SHOWN else ""
            place = proofs.place(section, lacking[chars[0]])
            if section.path and place.path == section.template:
                place = Place(section.path)  # in the header
            yield find("T001", place, glyphs=names + more)


def _glyphs(galley: Galley) -> frozenset[int]:
    """The characters for which some face of a layout has a glyph."""
    return frozenset[int]().union(*(code_points(face.asset.data) for face in galley.faces))


def _lacks(char: str, have: Set[int]) -> bool:
    """Whether a character is to be seen, and can't be; where there are no faces nothing is said."""
    return bool(have) and ord(char) not in have and unicodedata.category(char) not in _UNSEEN


def _lacking(root: etree._Element, have: Set[int]) -> dict[str, etree._Element]:
    """The characters in a section that have no glyph, each with the first element around it."""
    found: dict[str, etree._Element] = {}
    for element in root.iter():
        if not isinstance(element.tag, str) or element.tag.rpartition("}")[2] == "title":
            continue
        # A tail's nearest place is that of what surrounds its element.
        parent = element.getparent()
        for text, home in ((element.text, element), (element.tail, parent)):
            for char in set(text or ""):
                if _lacks(char, have):
                    found.setdefault(char, element if home is None else home)
    return found


@cache
def code_points(font: bytes) -> frozenset[int]:
    """The characters for which a font file has a glyph."""
    import uharfbuzz as hb

    return frozenset(hb.Face(font).unicodes)


CHECKS: tuple[Callable[[Proofs], Iterable[Finding]], ...] = (
    ids_are_unique,
    links_resolve,
    glyphs_exist,
)
"""The proofs, in the order in which they are read."""
