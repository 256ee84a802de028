"""What a survey finds, as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from reelpress.findings import Finding
from reelpress.intake.survey.generators import Site
from reelpress.intake.survey.joins import Joined
from reelpress.intake.survey.meanings import Meaning


@dataclass(frozen=True, slots=True)
class Counted:
    """How many files something is in, and the first of them."""

    files: int
    first: str


@dataclass(frozen=True, slots=True)
class KeySeen:
    """One key of the headers."""

    name: str
    files: int
    kinds: Mapping[str, int]
    """text, number, date, list, map, yes/no, nothing -> how many."""
    example: str
    """The value that is there most often."""


@dataclass(frozen=True, slots=True)
class Someone:
    """A person whom the headers name, or the site's configuration."""

    key: str
    """For people.yaml."""
    name: str
    called: str
    """As the headers write it."""
    reviews: int
    bio: str = ""
    website: str = ""
    own: bool = False
    """Whether the site is theirs: whose reviews name nobody, they may have written."""


@dataclass(frozen=True, slots=True)
class Pictures:
    """The pictures that the texts show, each time that they do."""

    local: int = 0
    """Found where the address says."""
    missing: Mapping[str, str] = field(default_factory=dict)
    """Address without a file -> the first text that has it."""
    folders: Mapping[str, str] = field(default_factory=dict)
    """What an address begins with -> the folder where its files are."""
    hosts: Mapping[str, int] = field(default_factory=dict)
    """Of remote ones: host -> how many, the most frequent first."""

    @property
    def remote(self) -> int:
        """How many lie on the web alone."""
        return sum(self.hosts.values())


@dataclass(frozen=True, slots=True)
class Survey:
    """What a folder that nobody knows holds, and how it could be read."""

    folder: str
    """Its name."""
    generator: str
    """hugo, jekyll …; empty where none is known."""
    site: Site
    reviews: Mapping[str, int]
    """Where the reviews are: folder -> files."""
    others: Mapping[str, str]
    """Folders with texts that were not taken -> how many, and in which language."""
    files: int
    """How many reviews there are, drafts and empty ones too."""
    dialects: Mapping[str, int]
    keys: tuple[KeySeen, ...]
    """Those that most headers have first."""
    meanings: tuple[Meaning, ...]
    joins: tuple[Joined, ...]
    people: tuple[Someone, ...]
    languages: Mapping[str, int]
    drafts: int
    empty: int
    """Without a word below the header."""
    pictures: Pictures
    tags: Mapping[str, int]
    """Template tags and short codes, by name -> how often."""
    oddities: Mapping[str, Counted]
    passed: Mapping[str, int]
    """What was passed over -> how many."""
    newest: str
    """The last day of any review, as ISO 8601; empty where none has a date."""
    source: Mapping[str, Any]
    """The entry of `sources:` in imprint.yaml that would read it, without the folder's path."""
    findings: tuple[Finding, ...]
