"""Who has what in an anthology: one share for each contributor, as offprints are made of it."""

from __future__ import annotations

from reelpress.findings import Finding, Place, find
from reelpress.model import Anthology, Person, Piece, Share
from reelpress.slugs import slug


def shares(anthology: Anthology) -> tuple[tuple[Share, ...], tuple[Finding, ...]]:
    """The share of everyone with a byline, by name as filed.

    Of two whose files would have the same names the second has none. Finding: B008.
    """
    people: dict[str, Person] = {}
    pieces: dict[str, list[Piece]] = {}
    for piece in anthology.pieces:
        for own in dict.fromkeys(credit.person.key for credit in piece.byline):
            pieces.setdefault(own, []).append(piece)
        people |= {credit.person.key: credit.person for credit in piece.byline}
    taken: dict[str, Person] = {}
    made: list[Share] = []
    noticed: list[Finding] = []
    # Those of the people file have their keys for themselves.
    for person in sorted(people.values(), key=lambda p: (not p.listed, p.sort.casefold(), p.key)):
        key = person.key if person.listed else slug(person.name)
        files = (key, f"{key}-proof")
        other = next((taken[file] for file in files if file in taken), None)
        if other is not None:
            place = _place(pieces[person.key][0], anthology)
            noticed.append(find("B008", place, first=other.name, second=person.name, key=key))
            continue
        taken |= dict.fromkeys(files, person)
        made.append(Share(key, person, tuple(pieces[person.key])))
    made.sort(key=lambda share: (share.person.sort.casefold(), share.key))
    return tuple(made), tuple(noticed)


def _place(piece: Piece, anthology: Anthology) -> Place:
    if piece.contribution is not None:
        return piece.contribution.place
    return piece.text.place if piece.text is not None else anthology.place
