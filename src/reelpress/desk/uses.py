"""A piece as it stands in a volume, and the conditions that the clauses of the table are made of.

A condition's words are those of the table in docs/rights.md; what they mean stands here once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from reelpress.desk.licences import fits
from reelpress.model import VolumeSpec
from reelpress.rights import Rights, Status


@dataclass(frozen=True, slots=True)
class Use:
    """A piece as it stands in a volume: what the conditions look at."""

    rights: Rights
    volume: VolumeSpec
    abridged: bool = False
    translated: bool = False
    named: bool = True
    """Whether there is somebody to credit: an author, a holder, a credit line."""
    licensed: bool = False
    """Whether it is looked at as if nothing but its licence allowed it."""
    beyond: bool = False
    """Whether its licence alone would not allow it there."""

    def by(self, *statuses: Status) -> bool:
        """Whether its permission is one of these."""
        return self.rights.permission.status in statuses

    def bears(self, element: str) -> bool:
        """Whether it rests on a Creative Commons licence with this element.

        The holder's own word is above that: what is own or granted does not, nor a quotation.
        """
        rests = self.licensed or not self.by(Status.OWN, Status.GRANTED, Status.QUOTATION)
        licence = self.rights.licence
        return rests and licence is not None and element in licence.elements

    @property
    def free(self) -> bool:
        """Whether its licence lets anyone use it."""
        return self.rights.licence is not None and self.rights.licence.is_free

    @property
    def domain(self) -> bool:
        """Whether it is in the public domain."""
        return self.rights.licence is not None and self.rights.licence.is_public_domain

    @property
    def adapted(self) -> bool:
        """Whether it is another text than the one that was licensed."""
        return self.abridged or self.translated

    @property
    def unfit(self) -> bool:
        """Whether its adaptation bears no licence that a share-alike original lets it bear."""
        licence = self.rights.licence
        return licence is not None and not fits(licence, self.rights.adaptation)


Condition = Callable[[Use], bool]
"""Whether a clause speaks of a use."""

LICENCES: Mapping[str, Condition] = {
    "": lambda _: True,
    "Creative Commons": lambda use: use.bears("by"),
    "non-commercial": lambda use: use.bears("nc"),
    "no derivatives": lambda use: use.bears("nd"),
    "share-alike": lambda use: use.bears("sa"),
    "public domain": lambda use: use.domain,
    "none that is free": lambda use: not use.free,
}
PIECES: Mapping[str, Condition] = {
    "": lambda _: True,
    "abridged": lambda use: use.abridged,
    "translated": lambda use: use.translated,
    "abridged or translated, under no licence that fits": lambda use: use.adapted and use.unfit,
    "as it was": lambda use: not use.adapted,
    "nobody to credit": lambda use: not use.named,
    "a quotation, no reason written": lambda use: (
        use.by(Status.QUOTATION) and not use.rights.permission.reason
    ),
    "not needed, no reason written": lambda use: (
        use.by(Status.NOT_NEEDED) and not use.rights.permission.reason
    ),
    "granted; no date, name or evidence written": lambda use: (
        use.by(Status.GRANTED) and not use.rights.permission.recorded
    ),
}
VOLUMES: Mapping[str, Condition] = {
    "": lambda _: True,
    "sold": lambda use: use.volume.sold,
    "free": lambda use: not use.volume.sold,
    "with DRM": lambda use: use.volume.drm,
    "that the licence alone does not allow": lambda use: use.beyond,
    "any other": lambda use: not use.beyond,
}
