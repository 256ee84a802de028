"""How a header is to be read: names for our fields, facts to join, what may be inferred."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Mapping as Dict
from dataclasses import dataclass, field

from reelpress.findings import Finding, Place, did_you_mean, find
from reelpress.header.habits import Taken
from reelpress.header.tree import known_fields, our

HEADING, FILE, FOLDER, PATH = "<heading>", "<file>", "<folder>", "<path>"
ANGLES = {
    HEADING: "the first heading",
    FILE: "the file's name",
    FOLDER: "the folder's name",
    PATH: "the path",
}
"""What is no key of a header -> what findings call it."""


@dataclass(frozen=True, slots=True)
class Joined:
    """Facts that stand in files of their own, ready to be asked."""

    key: str
    """The header's key that says which."""
    files: str
    """As the house has them, for findings."""
    of: Callable[[str], Dict[str, object] | None]
    """Our fields -> plain data, of one value of the key; None where no file has it."""
    take: tuple[str, ...]
    """The fields that it may give."""


@dataclass(frozen=True, slots=True)
class Heading:
    """The heading with which a text opens."""

    title: str
    place: Place
    rank: int


@dataclass(frozen=True, slots=True)
class Reading:
    """How a header is to be read."""

    inner: str
    """The file's path in the folder that its house has named."""
    fields: Dict[str, Taken] = field(default_factory=dict)
    joins: tuple[Joined, ...] = ()
    heading: Heading | None = None
    """With which the text opens."""
    foreign: bool = False
    """Whether what the header lacks is taken from the file's heading, name and path."""


def checked(
    fields: Dict[str, Taken], place_of: Callable[[str], Place]
) -> tuple[dict[str, Taken], tuple[Finding, ...]]:
    """Fields by our dotted names; `place_of` a name is where it stands.

    Findings: H004 (no such field), H006 (no such word in angle brackets).
    """
    known, noticed = dict[str, Taken](), list[Finding]()
    for name, taken in fields.items():
        meant = our(name)
        if not meant:
            hint = did_you_mean(name, known_fields())
            noticed.append(find("H004", place_of(name), key=name, hint=hint))
            continue
        for key in taken.of:
            if key.startswith("<") and key.endswith(">") and key not in ANGLES:
                problem, hint = f"there is no {key}", did_you_mean(key, ANGLES)
                noticed.append(find("H006", place_of(name), field=name, problem=problem, hint=hint))
        known[meant] = taken
    return known, tuple(noticed)
