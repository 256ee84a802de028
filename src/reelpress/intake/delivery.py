"""What a source brings: reviews, people, and what was left behind, with the reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from reelpress.findings import Finding


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Words of a source that no manuscript has, and why."""

    text: str
    """Plain text, as it stands in the source."""
    reason: str
    """For people: "the site's own line", "a share button", "private"."""
    line: int = 0
    """In the source, from 1; 0 where it has no lines."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """One review as a source has it, made ready to be a manuscript."""

    path: str
    """Where it is to stand, below manuscripts/: reviews/the-third-man.md"""
    header: Mapping[str, object]
    """Its front matter, in the long form of docs/front-matter.md."""
    text: str
    """Its Markdown."""
    origin: str
    """Where it stands in the source, for people: `posts.csv, row 12`, `page.html`."""
    body: str
    """What the source has, as plain text, paragraphs apart: all of it is counted."""
    left_out: tuple[LeftOut, ...] = ()
    """What of `body` is meant not to come."""
    pictures: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    """Path below manuscripts/ -> bytes."""
    id: str = ""
    """What it is in the source, by which it is known again: an address, a number. Its origin,
    where it has none."""
    own: bool = False
    """Whether its text is the author's own Markdown, and `body` that too: nothing takes its place,
    and of its words those are counted that are no Markdown."""


@dataclass(frozen=True, slots=True)
class Newcomer:
    """A person that a source names: an entry for people.yaml."""

    key: str
    name: str
    bio: str = ""
    """Markdown."""
    website: str = ""


@dataclass(frozen=True, slots=True)
class Delivery:
    """All that one source brings."""

    kind: str
    """What it was taken for: "WordPress export"."""
    arrivals: tuple[Arrival, ...] = ()
    people: tuple[Newcomer, ...] = ()
    findings: tuple[Finding, ...] = ()
    skipped: Mapping[str, int] = field(default_factory=dict)
    """What did not come, for people, and how many: {"drafts": 9, "private notes": 1}"""
