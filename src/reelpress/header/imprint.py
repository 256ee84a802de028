"""imprint.yaml: who publishes, how the house writes, what holds where a review is silent."""

from __future__ import annotations

from typing import Literal

from reelpress.header.formats import Rights, Text, Texts
from reelpress.header.habits import Defaults, Habits, Sources


class HouseDefaults(Defaults):
    """What holds for each review of the house, and each picture."""

    images: Rights | None = None
    """Of pictures."""


class ImprintFile(Habits):
    """imprint.yaml: who publishes, and the house's defaults."""

    name: Text = ""
    """The imprint's name."""
    place: str = ""
    """Where it is: a town."""
    address: str = ""
    """As it is printed on the copyright page, a line each."""
    url: str = ""
    language: str = "en"
    """The house's language."""
    rights: Rights | None = None
    """statement: the publisher's own words for the copyright page."""
    policy: dict[str, Literal["block", "warn", "allow"]] = {}
    """What the house asks beyond the licences' own words: docs/rights.md has the table."""
    read: Texts = []
    """Folders outside the project that may be read."""
    sources: Sources = {}
    """Folders of reviews, read as they stand: name -> folder, or {folder: …, map: hugo, …}."""
    defaults: HouseDefaults = HouseDefaults()
    """reviewer, language, rights of reviews that say none."""
