"""Where things stand in the raw text.

Python-Markdown keeps no positions. One pass of regular expressions over the
raw text notes where addresses, note calls, note texts, tags and lines of prose
begin; what the editor later meets in the converted tree is looked up here, in
order, so that the third link to the same page is the third place.
"""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import accumulate

from reelpress.desk.text.addresses import WIKI, page_address
from reelpress.desk.text.attributes import LIST
from reelpress.findings import Place

TEMPLATE = re.compile(
    r"\{\{(?!\s*\}\})[^{}]{0,900}?\}\}|\{%-?\s*[A-Za-z](?:[^{}%]|%(?!\})){0,900}%\}"
    r"|\[(?:gallery|playlist|audio|video|slideshow)(?:\s[^\[\]\n]*)?\](?![(\[:])"
)
"""A tag of another generator."""
CLOSING = re.compile(r"\{%-?\s*end(\w+)|\{\{[<%]\s*/\s*(\w+)")

_OPENS = re.compile(r"(?:[ >]|[-+*][ ]|\d+[.)][ ])*(`{3,}|~{3,})")
_CLOSES = re.compile(r"[ >]*(`{3,}|~{3,})")
_VERSE = re.compile(r"[ >]*:{3,}[ ]*(?:verse\b|\{[^}]*\.verse\b)", re.I)
_SPAN = re.compile(r"(?<!`)(`+)(?!`)((?:[^\n]|\n(?!\s*\n))+?)(?<!`)\1(?!`)")
_MARKS = re.compile(
    r"\]\(\s*(?:<(?P<angled>[^<>\n]+)>|(?P<inline>(?:[^\s()<>]|\([^\s()]*\))+))"
    r"|\[\^(?P<note>[^\]\s]+)\](?P<text>:)?"
    r"|<(?:(?P<auto>(?:https?|mailto):[^\s<>]+)>|(?P<tag>[a-zA-Z][\w-]*)"
    r"(?P<attributes>(?:[^<>\n]|\n(?![ \t]*\n|[ >]*\[\^))*))"
)
"""Each way begins with a letter of its own, so that prose between them is skipped fast."""
_COLON = re.compile(r"\][ ]?:")
_EXPLAINED = re.compile(
    r"(?:[ \t>]|[-*+][ ]|\d+[.)][ ])*(?:\[(?!\^)(?P<label>[^\]\n]+)\]:\s*<?(?P<reference>[^\s>]+)"
    r"|\*\[(?P<abbreviation>[^\]\\\n]+)\][ ]?:)"
)
_FULL = re.compile(r"\[((?:[^\[\]]|\[[^\[\]]*\])*+)\]\[(?!\^)([^\[\]]*)\]")
_WIKI = re.compile(WIKI)
_KEPT = re.compile("\x02klzzwxh:\\d+\x03")
_ESCAPED = re.compile("\x02(\\d+)\x03")
_ESCAPE = re.compile(r"\\([^\w\s])")
_ADDRESS = re.compile(r"""(?:src|href)\s*=\s*["']?([^"'\s>]+)""", re.I)
_LEAD = re.compile(
    r"^(?:\s|>|[-*+]\s|\d+[.)]\s|\[[ xX]\]\s|\[![\w-]+\][-+]?\s|\#{1,6}|\[\^[^\]]+\]:|\||:\s"
    r"|:{3,}[ ]*[\w-]+|Table:)*"
)
_NOT_PROSE = re.compile(
    r"\[\^[^\]]+\]|\^\[[^\[\]]*\]|\[\[[^\[\]|]*\||\]\([^)]*\)|<[^>]*>"
    r"|\{:?[ ]*(?:[#.]|[\w:-]+=)[^}]*\}"
)
_WORDY = re.compile(r"[^\W_]+")
_LIST_OR_NOTE = re.compile(r"\s{0,3}(?:[-*+]\s|\d+[.)]\s|\[\^[^\]]+\]:|:\s)")
_LISTS = re.compile(LIST)
_KEY_OF = re.compile(r"[\s{:]([A-Za-z_][\w:.-]*)=")
_KEY = 10
_GLANCE, _LOOKED_AT = 20, 60
_HEAD = 240
_NO_BREAK = re.compile(r"[^\n]")


@dataclass(slots=True)
class Scan:
    """Places in one text, handed out in order."""

    path: str
    first_line: int
    starts: list[int]
    """Offset of each line."""
    found: dict[tuple[str, str], list[int]] = field(default_factory=lambda: defaultdict(list))
    """(kind, name) -> offsets; kinds: link (Markdown's), url (of a tag), call, note,
    tag, attribute, full and defined (links' labels), abbreviation."""
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
    letters = "".join(_WORDY.findall(prose[:_GLANCE]))
    if len(letters) < _KEY < len(prose):
        letters = "".join(_WORDY.findall(prose[:_LOOKED_AT]))
    return letters[:_KEY].casefold()


def _keys(line: str) -> Iterator[str]:
    """What a line of the raw text can be known by: with and without what leads it."""
    start = line[:_HEAD]
    lead = 0
    if (not start[0].isalpha() or start[0] == "T") and (match := _LEAD.match(start)):
        lead = match.end()
    yield _key(_prose(start[lead:]))
    if lead and _WORDY.search(start, 0, lead):  # "1. " can be verse, or a year
        yield _key(_prose(start))


def _prose(text: str) -> str:
    """A line's beginning without notes' calls, addresses, tags and attribute lists."""
    return _NOT_PROSE.sub("", text) if "[" in text or "<" in text or "{" in text else text


def _blank(match: re.Match[str]) -> str:
    return _NO_BREAK.sub(" ", match[0])


def _without_fences(text: str) -> str:
    lines, at = text.split("\n"), 0
    closers = [match[1] if (match := _CLOSES.match(line)) else "" for line in lines]
    never: set[str] = set()
    while at < len(lines):
        match = _OPENS.match(lines[at])
        at += 1
        if match is None or match[1] in never:
            continue
        end = next((n for n in range(at, len(lines)) if closers[n].startswith(match[1])), None)
        if end is None:
            never.add(match[1])
        else:
            lines[at - 1 : end + 1] = [" " * len(line) for line in lines[at - 1 : end + 1]]
            at = end + 1
    return "\n".join(lines)


def _without_comments(text: str) -> str:
    parts: list[str] = []
    at, start = 0, text.find("<!--")
    while start >= 0 and (end := text.find("-->", start)) >= 0:
        parts += (text[at:start], _NO_BREAK.sub(" ", text[start : end + 3]))
        at, start = end + 3, text.find("<!--", end)
    return "".join([*parts, text[at:]])


def without_code(text: str) -> str:
    """The text with fenced code and code spans blanked out."""
    if "```" in text or "~~~" in text:
        text = _without_fences(text)
    return _SPAN.sub(_blank, text) if "`" in text else text


def mask(text: str) -> str:
    """The text with code and comments blanked out, every other character where it was."""
    typed = text
    text = _without_comments(without_code(text))
    if "\n    " not in text and "\n\t" not in text:
        return text
    lines, belongs, blank, verse = text.split("\n"), False, True, False
    own = typed.split("\n") if text != typed else lines
    for number, line in enumerate(lines):
        if not line.strip():
            blank = True
            continue
        if ":::" in line:
            verse = not verse and _VERSE.match(line) is not None
        if own[number].startswith(("    ", "\t")):
            if blank and not belongs and not verse:
                lines[number] = " " * len(line)
                continue  # the next line of this code block still follows a blank
        else:
            belongs = bool(_LIST_OR_NOTE.match(line))
        blank = False
    return "\n".join(lines)


def scan(
    text: str,
    path: str,
    first_line: int,
    indent: tuple[int, int] = (0, 0),
    masked: str | None = None,
) -> Scan:
    """Note every place of `text`, which begins on the file's line `first_line`.

    `indent` is how far its first line and its others stand in from the margin; `masked` is what
    `mask` makes of the text, where that is known.
    """
    lines = text.split("\n")
    starts = [*accumulate((len(line) + 1 for line in lines[:-1]), initial=0)]
    marks = Scan(path, first_line, starts, indent=indent)
    for number, line in enumerate(lines):
        if line:
            for key in _keys(line):
                marks.lines[key].append(number)
    masked = mask(text) if masked is None else masked
    for match in _MARKS.finditer(masked):
        _note(marks, text, match)
    for colon in _COLON.finditer(masked):
        said = _EXPLAINED.match(masked, masked.rfind("\n", 0, colon.start()) + 1)
        if said and colon.start() in (said.end("label"), said.end("abbreviation")):
            _explained(marks, said)
    _bracketed(marks, text, masked)
    return marks


def _bracketed(marks: Scan, text: str, masked: str) -> None:
    """Keep the places of what stands in two brackets, or in braces."""
    if "][" in masked:
        for match in _FULL.finditer(masked):
            which = 2 if match[2] else 1
            name = text[match.start(which) : match.end(which)]
            marks.found["full", name].append(match.start(which) - 1)
    if "[[" in masked:
        for match in _WIKI.finditer(masked):
            leads = match[2].strip() if match[1] else page_address(match[2])
            marks.found["link", leads].append(match.start())
    if "{" in masked:
        for listed in _LISTS.finditer(masked):
            for named in _KEY_OF.finditer(masked, *listed.span()):
                marks.found["attribute", named[1]].append(named.start(1))


def _note(marks: Scan, text: str, match: re.Match[str]) -> None:
    """Keep the place of one thing that was found."""
    kind = match.lastgroup
    if match["note"] is not None:
        before = text[text.rfind("\n", 0, match.start()) + 1 : match.start()]
        note = "note" if match["text"] and not before.strip(" \t>") else "call"
        marks.found[note, match["note"]].append(match.start())
    elif match["tag"] is not None:
        marks.found["tag", match["tag"].lower()].append(match.start())
        for address in _ADDRESS.finditer(match["attributes"]):
            offset = match.start("attributes") + address.start(1)
            marks.found["url", address[1]].append(offset)
    elif kind is not None:
        marks.found["link", match[kind]].append(match.start(kind))


def _explained(marks: Scan, match: re.Match[str]) -> None:
    """Keep the place of an address or an abbreviation, explained on a line of its own."""
    if match["abbreviation"]:
        at = match.start("abbreviation") - 2
        marks.found["abbreviation", match["abbreviation"].strip()].append(at)
    else:
        marks.found["defined", match["label"]].append(match.start("label") - 1)
        insort(marks.found["link", match["reference"]], match.start("reference"))


def label_of(text: str) -> str:
    """A link's label as it is looked up: spaces as one, without code and backslashes."""
    bare = _ESCAPED.sub(lambda m: chr(int(m[1])), _KEPT.sub("", text))
    return " ".join(_ESCAPE.sub(r"\1", _SPAN.sub("", bare)).split()).lower()
