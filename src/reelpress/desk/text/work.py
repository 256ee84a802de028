"""One text, while it is edited."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from reelpress.desk.images import Pictures
from reelpress.desk.text.account import Gone
from reelpress.desk.text.scan import Scan
from reelpress.findings import Finding
from reelpress.model import Asset, Picture, Text


@dataclass(slots=True)
class Work:
    """One text on the desk, and what is learned of it."""

    path: str
    prefix: str
    language: str
    marks: Scan
    pictures: Pictures
    noticed: list[Finding] = field(default_factory=list)
    assets: dict[str, Asset] = field(default_factory=dict)
    met: list[Picture] = field(default_factory=list)
    """Pictures, as they were met."""
    ids: set[str] = field(default_factory=set)
    gone: list[Gone] = field(default_factory=list)
    """What was left out on purpose."""
    words: list[Any] = field(default_factory=list)
    """Of what came of it."""
    missing: Counter[str] = field(default_factory=Counter)
    """Words that are in no book, and for no reason."""
    text: Text | None = None
    """What came of it."""
    markup: str = ""
    """The safe HTML, to ask whether something is in it at all."""
