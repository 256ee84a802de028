"""The gate: no piece comes into a volume that it is not cleared for.

Every review, every signed text and every picture is judged against every volume by what is stated
of its rights; one finding for each piece and reason. What it asks of a piece, in this order:
something is stated; who holds the rights; the permission, and what that covers; the licence's own
words; the house's policy (`clauses`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from textwrap import shorten

from reelpress.desk.clauses import CLAUSES, POLICIES, Clause, Verdict, met
from reelpress.desk.facts import last_day
from reelpress.desk.plates import COVER
from reelpress.desk.pool import IMPRINT
from reelpress.desk.roles import SHORTENERS
from reelpress.desk.uses import Use
from reelpress.findings import Finding, Place, Severity, did_you_mean, find
from reelpress.header import Header, ImprintFile
from reelpress.model import Anthology, Credit, Piece, VolumeSpec
from reelpress.rights import Rights, Status

_STATED = "{holder: NAME-OR-KEY, year: YEAR, licence: all rights reserved, status: granted}"
_OPEN = {
    Status.UNKNOWN: "no status says that it may be printed",
    Status.ASKED: "permission was asked for, and is not given",
    Status.REFUSED: "permission was refused",
    Status.EXPIRED: "the permission has expired",
}
"""What blocks whatever else is said, and how it is told."""


@dataclass(frozen=True, slots=True)
class _Item:
    """What is judged: a review, a signed text or a picture."""

    what: str
    """this review, the picture "A lamp" …"""
    piece: str
    """The id of the piece on whose page it stands."""
    place: Place
    rights: Rights
    cure: str
    """What to write where nothing is stated."""
    byline: tuple[Credit, ...] = ()
    abridged: bool = False

    def used(self, volume: VolumeSpec) -> Use:
        """It in that volume."""
        named = bool(self.byline or self.rights.holders or self.rights.credit)
        roles = {credit.role for credit in self.byline}
        abridged = self.abridged or bool(roles & SHORTENERS)
        return Use(self.rights, volume, abridged, "trl" in roles, named)

    def find(self, code: str, *, hint: str = "", **parts: object) -> Finding:
        """A finding of it, where its rights are stated; where the house or a person states them, at
        the piece itself."""
        at = self.rights.place if self.rights.place.path else self.place
        begins = code not in ("R002", "R003", "R004")
        what = self.what[:1].upper() + self.what[1:] if begins else self.what
        return find(code, at, hint=hint, what=what, **parts)


def clear(
    anthology: Anthology, imprint: Header[ImprintFile], only: Sequence[str] = ()
) -> tuple[Anthology, tuple[Finding, ...]]:
    """The anthology, judged for its volumes (those that `only` names, where it names some).

    Of what is not cleared each piece knows why, and the edition that it is not.
    Findings: R002–R011, and H006 for policies of imprint.yaml that there are not.
    """
    volumes = [spec for spec in anthology.volumes if not only or spec.name in only]
    policy, noticed = _policy(imprint)
    edition = anthology.edition
    date = max(edition.issued, edition.revised, key=last_day)
    wrong: dict[str, tuple[Finding, ...]] = {}
    for item in _items(anthology):
        said = tuple(_judged(item, volumes, date, policy))
        noticed += said
        if errors := tuple(f for f in said if f.severity is Severity.ERROR):
            wrong[item.piece] = (*wrong.get(item.piece, ()), *errors)
    if wrong or any(c.unread for c in anthology.reviews):
        pieces = (
            replace(piece, findings=(*piece.findings, *wrong.get(piece.id, ())))
            for piece in anthology.pieces
        )
        edition = replace(edition, cleared=False)
        anthology = replace(anthology, edition=edition, pieces=tuple(pieces))
    return anthology, noticed


def _policy(
    imprint: Header[ImprintFile],
) -> tuple[Mapping[str, Verdict], tuple[Finding, ...]]:
    """What the house has set, the rest as it is where nothing is set."""
    noticed = []
    words = {clause.name for clause in CLAUSES if not clause.house}
    for name in imprint.model.policy:
        if name in POLICIES:
            continue
        problem, hint = f'there is no policy "{name}"', did_you_mean(name, POLICIES)
        if name in words:
            problem, hint = f"{name} is the licence's own word, which no house can set", ""
        place = imprint.key_place("policy", name)
        noticed.append(find("H006", place, field="policy", problem=problem, hint=hint))
    own = {name: Verdict(said) for name, said in imprint.model.policy.items() if name in POLICIES}
    return POLICIES | own, tuple(noticed)


def _items(anthology: Anthology) -> Iterator[_Item]:
    """Everything to be judged, in running order."""
    text_cure = (
        f"write below the title: rights: {_STATED}; "
        f"or once for the house, under defaults: in {IMPRINT}"
    )
    for piece in anthology.pieces:
        text = piece.contribution.text if piece.contribution else piece.text
        rights = piece.contribution.rights if piece.contribution else piece.rights
        if rights is None or text is None or not text.body:
            continue  # the publisher's own; or nothing of it can be printed
        if piece.contribution is not None and piece.contribution.unread:
            continue  # what its header says nobody knows, and that is said
        what = "this review" if piece.contribution else "this text"
        abridged = piece.contribution.abridged if piece.contribution else piece.abridged
        place = _place(piece)
        yield _Item(what, piece.id, place, rights, text_cure, piece.byline, abridged)
    for own, picture in anthology.pictures:
        title = shorten(picture.title, 60, placeholder=" …").rstrip(".") or picture.file
        what = "the cover" if own == COVER else f'the picture "{title}"'
        cure = (
            f"write {_STATED} into {picture.file}.yaml; "
            f"or once for the house, as images: under defaults: in {IMPRINT}"
        )
        yield _Item(what, own, picture.place, picture.rights, cure)


def _place(piece: Piece) -> Place:
    if piece.contribution is not None:
        return piece.contribution.place
    return Place(piece.text.place.path) if piece.text is not None else Place("")


def _judged(
    item: _Item, volumes: Sequence[VolumeSpec], date: str, policy: Mapping[str, Verdict]
) -> Iterator[Finding]:
    rights = item.rights
    if not rights.stated:
        yield item.find("R002", hint=item.cure)
        return
    licence = rights.licence
    waived = licence is not None and licence.is_free and not licence.is_cc
    if not (rights.holders or waived):
        yield item.find("R003")
    if rights.inferred:
        yield item.find("R004", fields=_and(rights.inferred))
    # Volumes that are sold and protected alike are one use.
    alike = {(spec.sold, spec.drm): spec for spec in volumes}
    found = {terms: met(item.used(spec)) for terms, spec in alike.items()}
    clauses = {spec.name: found[spec.sold, spec.drm] for spec in volumes}
    forbidden = any(clause.forbids for said in clauses.values() for clause in said)
    yield from _permitted(item, volumes, date, forbidden=forbidden)
    for clause in CLAUSES:
        where = [name for name, said in clauses.items() if clause in said]
        if where:
            yield from _told(item, clause, where, policy.get(clause.name, clause.verdict))


def _permitted(
    item: _Item, volumes: Sequence[VolumeSpec], date: str, *, forbidden: bool
) -> Iterator[Finding]:
    """Whether it may be printed at all, and where and until when."""
    said, licence = item.rights.permission, item.rights.licence
    if said.status in _OPEN:
        hint = ""
        if licence is not None and licence.is_free and not forbidden:
            hint = "the licence allows it: write status: not needed"
        elif said.status is Status.UNKNOWN:
            hint = "write status: granted once the holder agrees, or own where the rights are yours"
        yield item.find("R005", problem=_OPEN[said.status], hint=hint)
        return
    lacking = [spec.name for spec in volumes if said.scope and spec.scope not in said.scope]
    if lacking:
        yield item.find("R006", volumes=_and(lacking), scope=_and(sorted(said.scope)))
    abroad: dict[str, list[str]] = {}
    for spec in volumes:
        beyond = spec.territory - said.territory
        if said.territory and (beyond or not spec.territory):
            abroad.setdefault(_and(sorted(beyond)) or "the whole world", []).append(spec.name)
    for territory, names in abroad.items():
        yield item.find("R007", volumes=_and(names), territory=territory)
    if said.until and not date:
        hint = "give the ticket its date: issued"
        yield item.find("R008", until=said.until, date="no day that is known", hint=hint)
    elif said.until and last_day(said.until) < last_day(date):
        yield item.find("R008", until=said.until, date=date)


def _told(
    item: _Item, clause: Clause, volumes: Sequence[str], verdict: Verdict
) -> Iterator[Finding]:
    """What a clause that is met has to say."""
    if verdict is Verdict.ALLOW:
        return
    if clause.house:
        code = "R010" if verdict is Verdict.BLOCK else "R011"
        yield item.find(code, problem=clause.problem, policy=clause.name, hint=clause.cure)
        return
    licence = item.rights.licence
    assert licence is not None
    read = " ".join(licence.name.split()[:3])  # a ported licence has its own order
    hint = f"{clause.section(licence)} of {read}; {clause.cure}"
    yield item.find(
        "R009", volumes=_and(volumes), problem=clause.problem, licence=licence.name, hint=hint
    )


def _and(words: Sequence[str]) -> str:
    """a, b and c"""
    *most, last = words or [""]
    return f"{', '.join(most)} and {last}" if most else last
