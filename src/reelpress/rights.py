"""The nouns of rights: who holds what, on which terms, and what a volume does with it.

They name what may be printed. What is for the desk alone (whom to write to, what was paid, where
the letter lies) is in none of them: it stays in the headers, and so reaches no volume.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum

from reelpress.findings import NOWHERE, Place

PUBLIC_DOMAIN = "Public domain"
RESERVED = "All rights reserved"
_ELEMENTS = ("by", "nc", "nd", "sa")
_STRICT = ("Pub", "CC0", "by", "by-sa", "by-nd", "by-nc", "by-nc-sa", "by-nc-nd")


class Status(StrEnum):
    """How far a permission has come."""

    UNKNOWN = "unknown"
    """Nothing is said: it blocks."""
    OWN = "own"
    """The rights are the publisher's, or whoever makes the book's."""
    NOT_NEEDED = "not needed"
    """The licence, or the law, allows it without asking."""
    QUOTATION = "quotation"
    """A quotation that the law allows; its reason is said."""
    ASKED = "asked"
    GRANTED = "granted"
    REFUSED = "refused"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class Licence:
    """On what terms a piece may be used."""

    name: str
    """As printed: "CC BY-NC 4.0", "CC BY 3.0 AT", "All rights reserved"."""
    spdx: str = ""  # identifier, where there is one
    url: str = ""  # of the deed

    @property
    def elements(self) -> frozenset[str]:
        """Of a Creative Commons licence: by, nc, nd, sa; empty of any other."""
        match = _DEED.fullmatch(self.url)
        return frozenset(match[1].split("-")) if match else frozenset()

    @property
    def is_cc(self) -> bool:
        """Whether it is one of the Creative Commons licences; CC0 is none, but a waiver."""
        return _DEED.fullmatch(self.url) is not None

    @property
    def kind(self) -> str:
        """Of a Creative Commons licence its elements in their order: by-nc-sa."""
        return "-".join(each for each in _ELEMENTS if each in self.elements)

    @property
    def is_free(self) -> bool:
        """Whether anyone may use it so: Creative Commons, CC0, the public domain."""
        return self.is_cc or self.spdx.startswith("CC") or self.is_public_domain

    @property
    def is_public_domain(self) -> bool:
        """Whether nobody holds any rights."""
        return self.name == PUBLIC_DOMAIN or self.spdx.startswith("CC-PDM")

    @property
    def strictness(self) -> int:
        """How much it forbids, to be compared: none of it the least, all rights reserved the
        most."""
        if not self.is_free:
            return len(_STRICT)
        return _STRICT.index(self.kind or self.name[:3])

    @property
    def version(self) -> tuple[int, ...]:
        """Of a Creative Commons licence: (4, 0)."""
        match = _DEED.fullmatch(self.url)
        return (int(match[2]), int(match[3])) if match else ()


_DEED = re.compile(r"https://creativecommons\.org/licenses/([a-z-]+)/(\d)\.(\d)/(?:[a-z]+/)?")
"""The address of a Creative Commons licence's deed; not all of them have an SPDX identifier."""


@dataclass(frozen=True, slots=True)
class Permission:
    """How a piece comes to stand in a book."""

    status: Status = Status.UNKNOWN
    date: str = ""  # ISO 8601, of the answer
    by: str = ""
    """Who gave it."""
    reason: str = ""
    """Why a quotation is one, or why no permission is needed."""
    scope: frozenset[str] = frozenset()
    """Of print, digital, audio; empty: no limit is known."""
    territory: frozenset[str] = frozenset()
    """ISO 3166-1 codes; empty: the world."""
    until: str = ""
    """The last day, ISO 8601; empty: no end is known."""
    recorded: bool = False
    """Whether there is evidence, a date or a name to it."""


@dataclass(frozen=True, slots=True)
class Rights:
    """Who holds the rights in a piece, and on what terms it stands here."""

    holders: tuple[str, ...] = ()
    """Never guessed from the reviewer; empty where nothing is said."""
    years: tuple[int, ...] = ()
    licence: Licence | None = None
    permission: Permission = field(default_factory=Permission)
    credit: str = ""
    """The credit line in the wording asked for."""
    adaptation: Licence | None = None
    """Of a shortened or translated piece: the licence that the adaptation bears."""
    inferred: tuple[str, ...] = ()
    """The fields that were inferred when it was brought in, and that nobody has confirmed."""
    stated: bool = False
    """Whether anything is said at all, be it by the piece, the person or the house."""
    place: Place = NOWHERE
    """Where a finding on it belongs: its status, or whatever of it is written."""

    @property
    def terms(self) -> Licence | None:
        """On what terms readers have it: those of the adaptation, where it is one."""
        return self.adaptation or self.licence


NOT_STATED = Rights()
