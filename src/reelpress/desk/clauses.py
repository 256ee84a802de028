"""What licences ask of a piece in a volume, and what a house asks beyond that: a table.

A clause is met where its three conditions hold (`uses`): on the licence, the piece, the volume.

Sections are those of the Creative Commons licences themselves (4.0 International, before that
Unported), as creativecommons.org/licenses/…/legalcode has them. A ported licence says the same in
its own order. All of it is a help for editors, and no legal advice.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from reelpress.desk.uses import LICENCES, PIECES, VOLUMES, Use
from reelpress.rights import Licence


class Verdict(StrEnum):
    """What becomes of a piece that meets a clause."""

    BLOCK = "block"
    WARN = "warn"
    ALLOW = "allow"


@dataclass(frozen=True, slots=True)
class Section:
    """Where some licences say it."""

    kinds: str
    """by by-nc …"""
    first: tuple[int, int]
    last: tuple[int, int]
    """Their versions, both included."""
    number: str
    """1(i) and 2(a)(1)"""

    def __str__(self) -> str:
        names = ", ".join(each.upper() for each in self.kinds.split())
        first, last = (".".join(map(str, version)) for version in (self.first, self.last))
        versions = first if first == last else f"{first}–{last}"
        return f"CC {names} {versions}: {self.number}"


@dataclass(frozen=True, slots=True)
class Clause:
    """One line of the table."""

    name: str
    licence: str
    piece: str
    volume: str
    problem: str
    """The sentence told of it."""
    cure: str = ""
    """What to write instead."""
    verdict: Verdict = Verdict.BLOCK
    """Of a house's policy: where imprint.yaml does not say otherwise."""
    house: bool = False
    """Whether it is a house's policy, which can be set, and not a licence's own word."""
    sections: tuple[Section, ...] = ()

    @property
    def forbids(self) -> bool:
        """Whether it is a licence's own word against a use."""
        return not self.house and self.verdict is Verdict.BLOCK

    def speaks_of(self, use: Use) -> bool:
        """Whether all its conditions hold."""
        return LICENCES[self.licence](use) and PIECES[self.piece](use) and VOLUMES[self.volume](use)

    def section(self, licence: Licence) -> str:
        """Where this licence says it: "section 4(b)"; empty where it does not."""
        for section in self.sections:
            known = section.first <= licence.version <= section.last
            if known and licence.kind in section.kinds.split():
                return f"section{'s' if ' ' in section.number else ''} {section.number}"
        return ""


_V1, _V25, _V3, _V4 = (1, 0), (2, 5), (3, 0), (4, 0)
_ALL, _SA, _ND = "by by-nd by-sa by-nc by-nc-nd by-nc-sa", "by-sa by-nc-sa", "by-nd by-nc-nd"
_UNCHANGED = (
    Section(_ND, _V4, _V4, "1(a) and 2(a)(1)(B)"),
    Section(_ND, _V3, _V3, "1(a) and 3"),
    Section(_ND, _V1, _V25, "1(b) and 3"),
)
_ASK = "ask the holder, and write status: granted"
_RECORD = "write date, by or evidence"

CLAUSES = (
    # -- the licences' own words
    Clause(
        "non-commercial-sold",
        "non-commercial",
        "",
        "sold",
        "its licence does not allow it to be sold",
        f"{_ASK}; or, of a volume that costs nothing, sold: false",
        sections=(
            Section("by-nc", _V4, _V4, "1(i) and 2(a)(1)"),
            Section("by-nc-nd", _V4, _V4, "1(h) and 2(a)(1)"),
            Section("by-nc-sa", _V4, _V4, "1(k) and 2(a)(1)"),
            Section("by-nc by-nc-nd", _V1, _V3, "4(b)"),
            Section("by-nc-sa", _V1, _V3, "4(c)"),
        ),
    ),
    Clause(
        "no-derivatives-abridged",
        "no derivatives",
        "abridged",
        "",
        "its licence does not allow it to be abridged",
        _ASK,
        sections=_UNCHANGED,
    ),
    Clause(
        "no-derivatives-translated",
        "no derivatives",
        "translated",
        "",
        "its licence does not allow it to be translated",
        _ASK,
        sections=_UNCHANGED,
    ),
    Clause(
        "share-alike-adapted",
        "share-alike",
        "abridged or translated, under no licence that fits",
        "",
        "what is made of it must bear its licence, and no adaptation that does is written",
        "write adaptation: and that licence, once whoever adapted it agrees",
        sections=(Section(_SA, _V4, _V4, "3(b)(1)"), Section(_SA, _V1, _V3, "4(b)")),
    ),
    Clause(
        "share-alike-collected",
        "share-alike",
        "as it was",
        "",
        "a collection is no adaptation; the licence asks nothing of the rest of the book",
        verdict=Verdict.ALLOW,
        sections=(
            Section(_SA, _V4, _V4, "1(a) and 3(b)"),
            Section(_SA, _V3, _V3, "1(b) and 4(a)"),
            Section(_SA, _V1, _V25, "1(a) and 4(a)"),
        ),
    ),
    Clause(
        "drm",
        "Creative Commons",
        "",
        "with DRM",
        "its licence does not allow it to be locked",
        f"{_ASK}; or, of a volume that nobody locks, drm: false",
        sections=(
            Section("by by-nd by-nc by-nc-nd", _V4, _V4, "2(a)(5)(B)"),
            Section(_SA, _V4, _V4, "2(a)(5)(C)"),
            Section(_ALL, _V1, _V3, "4(a)"),
        ),
    ),
    Clause(
        "attribution",
        "Creative Commons",
        "nobody to credit",
        "",
        "its licence asks for a credit, and nobody is named",
        "write holder or credit",
        sections=(
            Section(_ALL, _V4, _V4, "3(a)(1)(A)"),
            Section("by by-nd", _V1, _V3, "4(b)"),
            Section("by-sa by-nc by-nc-nd", _V1, _V3, "4(c)"),
            Section("by-nc-sa", _V1, _V3, "4(d)"),
        ),
    ),
    # -- the house's policy
    Clause(
        "quotation-without-reason",
        "",
        "a quotation, no reason written",
        "",
        "a quotation needs a reason",
        "write reason: and why the law lets you quote this",
        house=True,
    ),
    Clause(
        "not-needed-without-reason",
        "none that is free",
        "not needed, no reason written",
        "",
        "neither a licence nor a reason says why no permission is needed",
        "write reason: and why, or what was granted",
        house=True,
    ),
    Clause(
        "public-domain-without-reason",
        "public domain",
        "not needed, no reason written",
        "",
        "no reason says why it is in the public domain",
        "write reason: and why",
        Verdict.ALLOW,
        house=True,
    ),
    Clause(
        "unrecorded-beyond-licence",
        "",
        "granted; no date, name or evidence written",
        "that the licence alone does not allow",
        "more was granted than its licence allows, and nothing is recorded of that",
        _RECORD,
        Verdict.WARN,
        house=True,
    ),
    Clause(
        "unrecorded",
        "",
        "granted; no date, name or evidence written",
        "any other",
        "nothing is recorded of what was granted",
        _RECORD,
        Verdict.ALLOW,
        house=True,
    ),
    Clause(
        "non-commercial-free",
        "non-commercial",
        "",
        "free",
        "its licence is non-commercial",
        _ASK,
        verdict=Verdict.ALLOW,
        house=True,
    ),
    Clause(
        "share-alike-collection",
        "share-alike",
        "as it was",
        "",
        "its licence is share-alike",
        _ASK,
        verdict=Verdict.ALLOW,
        house=True,
    ),
)
"""The table, the licences' own words first."""

POLICIES = {clause.name: clause.verdict for clause in CLAUSES if clause.house}
"""What a house can set, and what holds where it does not."""


def met(use: Use) -> tuple[Clause, ...]:
    """The clauses that speak of a use, in the table's order."""
    rested = replace(use, licensed=True)
    beyond = any(clause.speaks_of(rested) for clause in CLAUSES if clause.forbids)
    use = replace(use, beyond=beyond)
    return tuple(clause for clause in CLAUSES if clause.speaks_of(use))


def table() -> list[tuple[str, ...]]:
    """The table as docs/rights.md shows it; its heads are the first line."""
    heads = ("Name", "Whose word", "Licence", "Piece", "Volume", "What becomes of it", "Source")
    return [
        heads,
        *(
            (
                clause.name,
                "the house's" if clause.house else "the licence's",
                clause.licence or "any",
                clause.piece or "any",
                clause.volume or "any",
                str(clause.verdict),
                "; ".join(map(str, clause.sections)) or "policy",
            )
            for clause in CLAUSES
        ),
    ]
