"""The headline of a pasted page: which of its first lines it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reelpress.intake.headlines import LONGEST, Named, films_of, unworded
from reelpress.intake.pasted.blocks import Block

_EARLY = 14
"""Blocks among which a headline is looked for."""


@dataclass(frozen=True, slots=True)
class Headline:
    """A headline, and the films that it names."""

    at: int
    """Which block it is."""
    text: str
    films: tuple[Named, ...] = ()
    """Title and year; none where it can't be told what in it is a title."""


def headline_of(blocks: Sequence[Block], passed: Sequence[bool]) -> Headline | None:
    """The headline among the first blocks; `passed` says which are not looked at."""
    early = [
        at for at, over in enumerate(passed[:_EARLY]) if not over and blocks[at].text.strip("# ")
    ]
    for surely in (True, False):
        for at in early:
            text = blocks[at].text.lstrip("#").strip()
            if len(text) <= LONGEST and (films := films_of(text, surely=surely)):
                return Headline(at, text, films)
    for at in early[:1]:
        text = blocks[at].text.lstrip("#").strip()
        if len(text) <= LONGEST and text[-1] not in ".,;:":
            return Headline(at, text)
    return None


def is_headline(line: str) -> bool:
    """Whether a line says of itself that it stands over a review."""
    return len(line) <= LONGEST and unworded(line) != line and bool(films_of(line))
