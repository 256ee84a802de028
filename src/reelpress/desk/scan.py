"""Where things stand in the raw text.

Python-Markdown keeps no positions. One pass of regular expressions over the
raw text notes where addresses, note calls, note texts, tags and lines of prose
begin; what the editor later meets in the converted tree is looked up here, in
order, so that the third link to the same page is the third place.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass, field

from reelpress.findings import Place

LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
"""The shape of a BCP 47 tag (RFC 5646 section 2.1, without the rare forms)."""
TEMPLATE = re.compile(r"\{\{[^{}\n]{0,300}\}\}|\{%[^{}\n]{0,300}%\}")

_FENCE = re.compile(
    r"^(?P<in>[ >]*)(?P<mark>`{3,}|~{3,})[^\n]*\n.*?^[ >]*(?P=mark)[^\n]*$", re.M | re.S
)
_SPAN = re.compile(r"(?<!`)(`+)(?!`)((?:[^\n]|\n(?!\s*\n))+?)(?<!`)\1(?!`)")
_MARKS = re.compile(
    r"""
    \]\(\s*(?:<(?P<angled>[^<>\n]+)>|(?P<inline>(?:[^\s()<>]|\([^\s()]*\))+))
  | ^[ ]{0,3}\[(?!\^)[^\]\n]+\]:\s*<?(?P<reference>[^\s>]+)
  | \[\^(?P<note>[^\]\s]+)\](?P<text>:)?
  | <(?P<auto>(?:https?|mailto):[^\s<>]+)>
  | <(?P<tag>[a-zA-Z][\w-]*)(?P<attributes>[^<>]*)
    """,
    re.X | re.M,
)
_ADDRESS = re.compile(r"""(?:src|href)\s*=\s*["']?([^"'\s>]+)""", re.I)
_LEAD = re.compile(r"^(?:\s|>|[-*+]\s|\d+[.)]\s|\#{1,6}|\[\^[^\]]+\]:|\||:\s)*")
_NOT_PROSE = re.compile(r"\[\^[^\]]+\]|\]\([^)]*\)|<[^>]*>|\{:?[#.][^}]*\}")
_WORDY = re.compile(r"[^\W_]+")
_LIST_OR_NOTE = re.compile(r"\s{0,3}(?:[-*+]\s|\d+[.)]\s|\[\^[^\]]+\]:|:\s)")
_KEY = 10


@dataclass(slots=True)
class Scan:
    """Places in one text, handed out in order."""

    path: str
    first_line: int
    starts: list[int]
    """Offset of each line."""
    found: dict[tuple[str, str], list[int]] = field(default_factory=lambda: defaultdict(list))
    """(kind, name) -> offsets; kinds: link (Markdown's), url (of a tag), call, note, tag."""
    lines: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    """The first letters of a line -> the lines that begin so."""
    spent: set[tuple[str, str]] = field(default_factory=set)
    cursor: int = 0
    indent: tuple[int, int] = (0, 0)
    """How far the first line, and how far the others, stand in from the file's margin."""

    def place(self, offset: int) -> Place:
        """The place of a character."""
        line = bisect_left(self.starts, offset + 1) - 1
        column = offset - self.starts[line] + self.indent[line > 0] + 1
        return Place(self.path, line + self.first_line, column)

    def take(self, kind: str, name: str, *, again: bool = True) -> Place | None:
        """The next place of that kind and name; the last one `again` when all are used up."""
        offsets = self.found.get((kind, name))
        if not offsets or (not again and (kind, name) in self.spent):
            return None
        if len(offsets) > 1:
            return self.place(offsets.pop(0))
        self.spent.add((kind, name))
        return self.place(offsets[0])

    def next(self, kind: str, name: str) -> Place | None:
        """What `take` would give and is not used up yet."""
        left = self.found.get((kind, name)) if (kind, name) not in self.spent else None
        return self.place(left[0]) if left else None

    def address(self, url: str) -> Place | None:
        """The next place of an address, in Markdown or in a tag."""
        return (
            self.take("link", url, again=False)
            or self.take("url", url, again=False)
            or self.take("link", url)
            or self.take("url", url)
        )

    def rename(self, old: str, new: str) -> None:
        """An address that was written anew is found under its new writing too."""
        for kind in ("link", "url"):
            if old != new and (kind, old) in self.found:
                self.found[kind, new] = self.found[kind, old]

    def all(self, kind: str) -> dict[str, list[Place]]:
        """Every name of a kind, with its places."""
        return {n: [self.place(o) for o in at] for (k, n), at in self.found.items() if k == kind}

    def line_of(self, prose: str) -> int | None:
        """The file's line on which a block beginning with `prose` begins, at or after the last."""
        key = _key(prose)
        numbers = self.lines.get(key)
        if not key or not numbers:
            return None
        at = bisect_left(numbers, self.cursor)
        if at == len(numbers):
            return None
        self.cursor = numbers[at]
        return self.cursor + self.first_line


def _key(prose: str) -> str:
    letters = ""
    for word in _WORDY.finditer(prose):
        letters += word[0]
        if len(letters) >= _KEY:
            break
    return letters[:_KEY].casefold()


def _blank(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", match[0])


def _without_comments(text: str) -> str:
    start = text.find("<!--")
    while start >= 0:
        end = text.find("-->", start)
        if end < 0:
            break
        text = text[:start] + re.sub(r"[^\n]", " ", text[start : end + 3]) + text[end + 3 :]
        start = text.find("<!--", end)
    return text


def mask(text: str) -> str:
    """The text with code and comments blanked out, every other character where it was."""
    text = _without_comments(_SPAN.sub(_blank, _FENCE.sub(_blank, text)))
    if "\n    " not in text and "\n\t" not in text:
        return text
    lines, belongs, blank = text.split("\n"), False, True
    for number, line in enumerate(lines):
        if not line.strip():
            blank = True
            continue
        if line.startswith(("    ", "\t")):
            if blank and not belongs:
                lines[number] = " " * len(line)
                continue  # the next line of this code block still follows a blank
        else:
            belongs = bool(_LIST_OR_NOTE.match(line))
        blank = False
    return "\n".join(lines)


def scan(text: str, path: str, first_line: int, indent: tuple[int, int] = (0, 0)) -> Scan:
    """Note every place of `text`, which begins on the file's line `first_line`.

    `indent` is how far its first line and its others stand in from the margin.
    """
    lines = text.split("\n")
    starts = [0]
    for line in lines[:-1]:
        starts.append(starts[-1] + len(line) + 1)
    marks = Scan(path, first_line, starts, indent=indent)
    for number, line in enumerate(lines):
        if line and (key := _key(_NOT_PROSE.sub("", _LEAD.sub("", line)))):
            marks.lines[key].append(number)
    for match in _MARKS.finditer(mask(text)):
        kind = match.lastgroup
        if match["note"] is not None:
            opens_line = not text[marks.starts[_line(marks, match.start())] : match.start()].strip()
            note = "note" if match["text"] and opens_line else "call"
            marks.found[note, match["note"]].append(match.start())
        elif match["tag"] is not None:
            marks.found["tag", match["tag"].lower()].append(match.start())
            for address in _ADDRESS.finditer(match["attributes"]):
                offset = match.start("attributes") + address.start(1)
                marks.found["url", address[1]].append(offset)
        elif kind is not None:
            marks.found["link", match[kind]].append(match.start(kind))
    return marks


def _line(marks: Scan, offset: int) -> int:
    return bisect_left(marks.starts, offset + 1) - 1
