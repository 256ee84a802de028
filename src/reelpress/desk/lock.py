"""The lock of a frozen anthology: read from the project, or made of an anthology.

What is private is in no noun, so that it can be in no lock.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from hashlib import sha256
from itertools import groupby

from reelpress.desk.folder import Folder, OutsideError
from reelpress.findings import Finding, Place
from reelpress.galley import Volume
from reelpress.header.lock import (
    MOST,
    Lock,
    LockedEdition,
    LockedPages,
    LockedPart,
    LockedReview,
    LockedRights,
    LockedText,
    LockedVolume,
    Pictures,
    read_lock,
    unreadable,
)
from reelpress.model import (
    Anthology,
    Contribution,
    Credit,
    Matter,
    Person,
    Piece,
    Text,
    VolumeSpec,
)
from reelpress.rights import Rights

_COVER = "cover"
"""As `Anthology.pictures` has it."""


@dataclass(frozen=True, slots=True)
class Locked:
    """A lock as it lies in the project."""

    path: str
    lock: Lock
    text: str

    def place(self, slug: str) -> Place:
        """Where it tells of a review."""
        before, found, _ = self.text.partition(f'\n    "{slug}": {{')
        return Place(self.path, before.count("\n") + 2, 5) if found else Place(self.path)


def read_locked(folder: Folder, path: str) -> tuple[Locked | None, tuple[Finding, ...]]:
    """The lock at `path`; None where there is none, or it can't be read. Finding: H039."""
    if not folder.stands(path):
        return None, ()
    try:
        if not folder.covers(path):
            raise OutsideError(path)
        if not folder.exists(path):
            return None, (unreadable("it is no file", Place(path)),)
        if folder.size(path) > MOST:
            return None, (unreadable("it is larger than any lock", Place(path)),)
        data = folder.read(path)
    except OutsideError:
        return None, (unreadable("it lies outside the project", Place(path)),)
    except OSError as error:
        return None, (unreadable(error.strerror or "it is no readable file", Place(path)),)
    lock, said = read_lock(data, path)
    if lock is None:
        return None, said
    locked = Locked(path, lock, data.decode())
    for slug, review in sorted(lock.reviews.items()):
        if not folder.holds(review.path):
            problem = f"{review.path} is no review's: they are below manuscripts/, or in a source"
            return None, (unreadable(problem, locked.place(slug)),)
        for own in filter(None, (review.path, review.abridgement)):
            if not folder.covers(own):
                problem = f"{own} lies outside the project"
                return None, (unreadable(problem, locked.place(slug)),)
    return locked, ()


def lock_of(anthology: Anthology, volumes: Iterable[Volume] = ()) -> Lock:
    """The lock that holds an anthology as it is; of its `volumes`, the pages too."""
    bound = {volume.spec: volume for volume in volumes}
    shown: dict[str, Pictures] = defaultdict(dict)
    for own, picture in anthology.pictures:
        shown[own][picture.asset] = _rights(picture.rights)
    body = [piece for piece in anthology.pieces if piece.matter is Matter.BODY]
    titles = {piece.number: piece.title for piece in body if piece.kind == "part"}
    reviews = [piece for piece in body if piece.contribution is not None]
    return Lock(
        version=1,
        edition=_edition(anthology, shown[_COVER]),
        order=tuple(
            LockedPart(
                title=titles.get(number, ""),
                reviews=tuple(p.contribution.slug for p in pieces if p.contribution is not None),
            )
            for number, pieces in groupby(reviews, lambda piece: piece.part)
        ),
        reviews={
            p.contribution.slug: _review(p.contribution, shown[p.id], bound)
            for p in reviews
            if p.contribution is not None
        },
        texts={p.id: _text(p, p.text, shown[p.id]) for p in anthology.pieces if p.text is not None},
        people={person.key: _person(person) for person in _people(anthology)},
        volumes={spec.name: _volume(spec, bound.get(spec.name)) for spec in anthology.volumes},
    )


def _people(anthology: Anthology) -> tuple[Person, ...]:
    """Whoever of people.yaml has a part in the anthology."""
    edition = anthology.edition
    pieces = (credit for piece in anthology.pieces for credit in piece.byline)
    everyone = (*edition.editors, *edition.contributors, *pieces)
    return tuple({c.person.key: c.person for c in everyone if c.person.listed}.values())


def _edition(anthology: Anthology, cover: Pictures) -> LockedEdition:
    edition, imprint = anthology.edition, anthology.imprint

    def matter(kind: Matter) -> tuple[str, ...]:
        return tuple(piece.id for piece in anthology.pieces if piece.matter is kind)

    return LockedEdition(
        title=edition.title,
        subtitle=edition.subtitle,
        language=edition.language,
        editors=_names(edition.editors),
        contributors=_names(edition.contributors),
        description=edition.description,
        subjects=edition.subjects,
        cataloguing=edition.cataloguing,
        rights=_rights(edition.rights),
        statement=imprint.statement,
        publisher=_said(imprint.name, imprint.place, *imprint.address, imprint.url),
        cover=cover,
        cover_alt=edition.cover_alt,
        layout=anthology.layout,
        front=matter(Matter.FRONT),
        back=matter(Matter.BACK),
        number=edition.number,
        printing=edition.printing,
        issued=edition.issued,
        revised=edition.revised,
    )


def _names(people: Iterable[Credit]) -> tuple[str, ...]:
    return tuple(f"{credit.name} ({credit.role})" for credit in people)


def _said(*words: str) -> tuple[str, ...]:
    return tuple(word for word in words if word)


def _review(c: Contribution, shown: Pictures, bound: Mapping[str, Volume]) -> LockedReview:
    at = c.text.place.path
    return LockedReview(
        path=c.place.path,
        title=c.title,
        abridgement=at if at != c.place.path else "",
        text=c.text.sha256,
        header=_header(c),
        pictures=shown,
        rights=_rights(c.rights),
        words=c.text.words,
        pages={
            name: LockedPages(first=volume.folios[c.id], count=volume.lengths[c.id])
            for name, volume in bound.items()
            if c.id in volume.folios
        },
    )


def _header(c: Contribution) -> str:
    """The sum of what a header says and a layout may print, but for title and rights."""
    first = c.first_published
    return _sum(
        {
            "film": asdict(c.film),
            "byline": _names(c.byline),
            "rating": c.rating.text if c.rating is not None else "",
            "date": c.date,
            "tags": c.tags,
            "language": c.language,
            "first published": asdict(first) if first is not None else None,
            "spoilers": c.spoilers,
            "abridged": c.abridged and c.text.place.path == c.place.path,
            "extra": dict(c.extra),
        }
    )


def _rights(rights: Rights) -> LockedRights:
    permission = rights.permission
    return LockedRights(
        holders=rights.holders,
        years=rights.years,
        licence=rights.licence.name if rights.licence is not None else "",
        adaptation=rights.adaptation.name if rights.adaptation is not None else "",
        status=str(permission.status),
        scope=tuple(sorted(permission.scope)),
        territory=tuple(sorted(permission.territory)),
        until=permission.until,
        credit=rights.credit,
    )


def _text(piece: Piece, text: Text, shown: Pictures) -> LockedText:
    rights = _rights(piece.rights).model_dump() if piece.rights is not None else None
    pictures = {name: own.model_dump() for name, own in shown.items()}
    said = [piece.title, _names(piece.byline), text.sha256, pictures, rights]
    kind = "epigraph" if piece.kind == "part" else piece.kind
    return LockedText(kind=kind, path=text.place.path, content=_sum(said))


def _person(person: Person) -> str:
    """The sum of what is printed of a person, or told in a volume."""
    texts = [t.sha256 if t is not None else "" for t in (person.bio, person.short_bio)]
    portrait = person.portrait.path if person.portrait is not None else ""
    numbers = [person.orcid, person.isni, person.viaf]
    own = [person.name, person.sort, person.pronouns, person.website, portrait]
    return _sum([*own, *numbers, *texts])


def _volume(spec: VolumeSpec, volume: Volume | None) -> LockedVolume:
    width, height = spec.trim
    return LockedVolume(
        isbn=spec.isbn,
        trim=f"{width:g} × {height:g} in" if spec.format == "pdf" else "",
        pages=volume.pages if volume is not None else 0,
    )


def _sum(value: object) -> str:
    return sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()
