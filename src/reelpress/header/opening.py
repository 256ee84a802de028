"""The heading with which a text opens: often the title, which is then not printed twice."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape

from reelpress.header.encoding import CONTROL
from reelpress.header.named import letters

_LOOKED_AT = 4000
"""Characters of a text in which its first heading is looked for."""
_BEFORE = 200
"""Characters of prose that may stand before a title: a date, a line on where it came out."""
_ATX = re.compile(r" {0,3}(#{1,6})[ \t]+(\S.*?)(?:[ \t]+#+)?[ \t]*")
_SETEXT = re.compile(r" {0,3}(=+|-{2,})[ \t]*")
_TAG = re.compile(r"\s*<h([1-6])\b[^>]*>(.*?)</h\1\s*>\s*", re.I)
_ASIDE = re.compile(r"\s*(?:!\[.*|<!--.*-->|<img\b[^>]*>|(?:[-*_][ \t]*){3,})?\s*")
"""Lines that may stand before: pictures, comments, rules."""
_LIST = re.compile(r"\s*\{:?[^{}]*\}\s*$")
_LINK = re.compile(r"!?\[([^\]]*)\](?:\([^)]*\)|\[[^\]]*\])")
_NOTE = re.compile(r"\[\^[^\]]*\]|\^\[[^\]]*\]")
_MARKS = re.compile(r"<[^>]*>|(?<!\\)[*_`~]+|\\(?=[^\w\s])")


@dataclass(frozen=True, slots=True)
class Opening:
    """A heading, and where it stands in its text."""

    title: str
    """In plain words."""
    first: int
    """Its first line, from 0."""
    last: int
    """The line behind its last."""
    rank: int
    plain: bool
    """Whether it says nothing else: no note is called from it."""


def opening(text: str) -> Opening | None:
    """The first heading of a Markdown text, where it opens it.

    Before one of the first rank a line or two of prose may stand, before any other only pictures
    and comments.
    """
    head = text[:_LOOKED_AT]
    if "#" not in head and "\n=" not in head and "\n--" not in head and "<h" not in head.lower():
        return None
    lines = head.split("\n")
    prose = 0
    for number, line in enumerate(lines):
        atx, tag = _ATX.fullmatch(line), _TAG.fullmatch(line)
        if (match := atx or tag) is not None:
            rank, title = len(match[1]) if atx else int(match[1]), match[2]
            return _made(title, number, number + 1, rank) if rank == 1 or not prose else None
        below = _SETEXT.fullmatch(lines[number + 1]) if number + 1 < len(lines) else None
        if below and line.strip() and not line.startswith(("    ", "\t", ">", "- ", "|")):
            known = below[1][0] == "=" or not prose
            rank = 1 if below[1][0] == "=" else 2
            return _made(line, number, number + 2, rank) if known else None
        if line.startswith(("```", "~~~", "    ", "\t")):
            return None
        if not _ASIDE.fullmatch(line):
            prose += len(line.strip())
            if prose > _BEFORE:
                return None
    return None


def _made(written: str, first: int, last: int, rank: int) -> Opening | None:
    called = "[^" in written or "^[" in written
    written = _NOTE.sub("", written)
    words = _LINK.sub(r"\1", _LIST.sub("", CONTROL.sub("", written)))
    title = " ".join(unescape(_MARKS.sub("", words)).split())
    return Opening(title, first, last, rank, not called) if title else None


def without(text: str, found: Opening) -> str:
    """The text without that heading; its lines stay, so that others keep their numbers."""
    lines = text.split("\n")
    lines[found.first : found.last] = [""] * (found.last - found.first)
    return "\n".join(lines)


def alike(heading: str, title: str) -> bool:
    """Whether a heading says just a title, whatever quotes, marks and case it has."""
    return bool(letters(heading)) and letters(heading) == letters(title)
