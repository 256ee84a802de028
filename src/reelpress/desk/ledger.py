"""The ledger: whose each text and picture of an anthology is, what blocks, what ends soon.

What is for the desk alone (whom to write to, what was agreed, where the letter lies) is looked up
apart, and only by whoever writes the permissions log.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from reelpress.desk.facts import last_day
from reelpress.desk.manuscripts import decoded
from reelpress.desk.plates import Plates
from reelpress.desk.pool import Pool
from reelpress.desk.rights import Claim, claim, levels
from reelpress.findings import Finding, Place, Severity
from reelpress.header import Header, Review, read_review, split_front_matter
from reelpress.model import Anthology, FirstPublished, Piece
from reelpress.rights import Rights


@dataclass(frozen=True, slots=True)
class Line:
    """One text or picture."""

    key: str
    """Of the piece; of a picture also its number in the anthology."""
    kind: str
    """review, text or picture."""
    piece: str
    """The id of the piece, to know its page by; "cover" for the cover."""
    title: str
    byline: str
    rights: Rights
    first_published: FirstPublished | None
    blocks: tuple[Finding, ...]
    """Why it can't be bound."""
    ends: bool
    """Whether its permission ends within a year."""


def ledger(anthology: Anthology, findings: Iterable[Finding], on: str) -> tuple[Line, ...]:
    """The lines of an anthology in running order, pictures last.

    `findings` are those of the gate; `on` (ISO 8601) is the day from which a year is
    counted: nobody asks the clock.
    """
    blocking: dict[Place, list[Finding]] = defaultdict(list)
    for finding in findings:
        if finding.code[0] == "R" and finding.severity is Severity.ERROR:
            blocking[finding.place].append(finding)

    def line(
        key: str,
        kind: str,
        piece: str,
        title: str,
        byline: str,
        rights: Rights,
        place: Place,
        first: FirstPublished | None = None,
    ) -> Line:
        told = tuple(blocking.get(rights.place if rights.place.path else place, ()))
        return Line(key, kind, piece, title, byline, rights, first, told, _ends(rights, on))

    made = []
    for piece in anthology.pieces:
        by = ", ".join(credit.name for credit in piece.byline)
        if (c := piece.contribution) is not None:
            own, first = c.rights, c.first_published
            made.append(line(piece.id, "review", piece.id, c.title, by, own, c.place, first))
        elif piece.rights is not None and piece.text is not None:
            title = piece.title or piece.kind
            own, place = piece.rights, Place(piece.text.place.path)
            made.append(line(piece.id, "text", piece.id, title, by, own, place))
    for number, (home, picture) in enumerate(anthology.pictures, 1):
        key, title = f"{home}#{number}", picture.title or picture.file
        made.append(line(key, "picture", home, title, "", picture.rights, picture.place))
    return tuple(made)


def _ends(rights: Rights, on: str) -> bool:
    until = rights.permission.until
    if not (until and on):
        return False
    day = last_day(on)
    return last_day(until) <= f"{int(day[:4]) + 1}{day[4:]}"


@dataclass(frozen=True, slots=True)
class Private:
    """What is for the desk alone."""

    contact: str = field(default="", repr=False)
    fee: str = field(default="", repr=False)
    evidence: str = field(default="", repr=False)


def private(anthology: Anthology, pool: Pool) -> dict[str, Private]:
    """By the keys of the lines: whom to write to, what was agreed, where the evidence lies."""
    found = {}
    for piece in anthology.pieces:
        header = _header(piece, pool)
        if header is not None:
            made = claim(levels(header, piece.byline, pool), pool.people, [])
            found[piece.id] = _of(made, pool)
    plates = Plates(pool, [])
    for number, (home, picture) in enumerate(anthology.pictures, 1):
        found[f"{home}#{number}"] = _of(plates.claim(picture), pool)
    return found


def _header(piece: Piece, pool: Pool) -> Header[Review] | None:
    """The front matter of a review, or of a text that has rights of its own."""
    if piece.contribution is not None:
        header = pool.manuscripts[pool.slugs[piece.contribution.slug]].header
        return header if isinstance(header, Header) else None
    if piece.rights is None or piece.text is None:
        return None
    text, _ = decoded(pool.folder, piece.text.place.path)
    if text is None:
        return None
    front, *_ = split_front_matter(text, piece.text.place.path)
    return read_review(front, piece.text.place.path)[0]


def _of(made: Claim, pool: Pool) -> Private:
    return Private("; ".join(_contacts(made, pool)), made.text("fee"), made.text("evidence"))


def _contacts(made: Claim, pool: Pool) -> Iterator[str]:
    for name in made.holders:
        person, *_ = pool.people.resolve(name, Place(""))
        if contact := pool.people.contact(person):
            yield contact
