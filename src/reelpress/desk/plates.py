"""The rights in pictures: what their attribute lists, the files beside them and the house say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from reelpress.desk.manuscripts import decoded
from reelpress.desk.pool import Pool
from reelpress.desk.rights import Claim, Level, claim, rights
from reelpress.findings import Finding
from reelpress.header import Header, Ticket, read_rights, said_rights
from reelpress.header.formats import Rights as Fields
from reelpress.model import Edition, Picture, Piece
from reelpress.rights import Status

BESIDE = (".yaml", ".yml")
"""station.svg.yaml speaks of station.svg."""
COVER = "cover"


@dataclass(slots=True)
class Plates:
    """The pictures of one anthology, each file beside one read once."""

    pool: Pool
    noticed: list[Finding]
    _beside: dict[str, Header[Fields] | None] = field(default_factory=dict)

    def settled(self, pictures: Iterable[Picture]) -> Iterator[Picture]:
        """Pictures with their rights. Findings: H003, H004, H006, H008, H010, R001, R012."""
        for picture in pictures:
            made = rights(self.claim(picture), self.pool, self.noticed)
            yield replace(picture, rights=made)

    def claim(self, picture: Picture) -> Claim:
        """What is said of the rights in a picture."""
        return claim(self._levels(picture), self.pool.people, self.noticed)

    def _levels(self, picture: Picture) -> Iterator[Level]:
        if picture.said:
            header, said = said_rights(dict(picture.said), picture.place)
            self.noticed += said
            if header is not None:
                yield Level(header.model, header, ())
        if picture.file not in self._beside:
            read = (self._read(picture.file + suffix) for suffix in BESIDE)
            self._beside[picture.file] = next((header for header in read if header), None)
        if (header := self._beside[picture.file]) is not None:
            yield Level(header.model, header, ())
        imprint = self.pool.imprint
        images = Level(imprint.model.defaults.images, imprint, ("defaults", "images"))
        # Whoever made everything made the pictures too; a paper's leave to print its texts is none
        # to print a photographer's pictures. A source that says anything speaks for itself.
        said_ = (s for s in self.pool.origin(picture.place.path).rights if s[0] is not None)
        stated, at = next(said_, (None, ()))
        own = stated is not None and Status(stated.status) is Status.OWN
        levels = [Level(stated, imprint, at)] if own else []
        yield from (*levels, images) if "sources" in at else (images, *levels)

    def _read(self, path: str) -> Header[Fields] | None:
        if not self.pool.folder.exists(path):
            return None
        text, said = decoded(self.pool.folder, path)
        self.noticed += said
        if text is None:
            return None
        header, more = read_rights(text, path)
        self.noticed += more
        return header


def pictures(
    ticket: Header[Ticket],
    edition: Edition,
    pieces: Sequence[Piece],
    pool: Pool,
    noticed: list[Finding],
) -> tuple[tuple[str, Picture], ...]:
    """(id of the piece, picture) in running order, rights settled; the cover is first.

    Portraits and what stands in biographies count where the contributors' page shows them.
    Findings: as `Plates.settled`.
    """
    found = [*_cover(ticket, edition, pool)]
    named = (c for piece in pieces for c in piece.byline)
    everyone = (*named, *edition.editors, *edition.contributors)
    people, told = {credit.person.key: credit.person for credit in everyone}, set[str]()
    for piece in pieces:
        text = piece.contribution.text if piece.contribution else piece.text
        found += [(piece.id, picture) for picture in text.pictures] if text is not None else []
        # Whether a short biography shows is the layout's to say; it is below many pieces, if any.
        shorts = (c.person.short_bio for c in piece.byline if c.person.key not in told)
        found += [(piece.id, replace(p, id="")) for bio in shorts if bio for p in bio.pictures]
        told |= {credit.person.key for credit in piece.byline}
        if piece.kind == "contributors":
            for person in people.values():
                shown = person.bio or person.short_bio
                known = [*pool.people.portrait(person), *(shown.pictures if shown else ())]
                found += [(piece.id, picture) for picture in known]
    settled = Plates(pool, noticed).settled(picture for _, picture in found)
    return tuple((own, picture) for (own, _), picture in zip(found, settled, strict=True))


def _cover(ticket: Header[Ticket], edition: Edition, pool: Pool) -> Iterator[tuple[str, Picture]]:
    if edition.cover is not None:
        place = ticket.place("cover")
        file = pool.texts.pictures.file(ticket.model.cover, place.path)
        yield COVER, Picture(edition.cover.path, file, "", place, edition.cover_alt)
