"""What a line of Markdown begins with: the shapes that decide where blocks end and begin."""

from __future__ import annotations

import re
from typing import NamedTuple

MARKER = re.compile(r"([-+*]|(\d{1,9})[.)])(?:( +)|$)")
"""A list marker, at the beginning of a line without its indent."""
RULE = re.compile(r"(?:(?:-[ ]*){3,}|(?:\*[ ]*){3,}|(?:_[ ]*){3,})$")
_FENCE = re.compile(r"(`{3,}|~{3,})(.*)$")
NOTE = re.compile(r"(\[\^[^\]]+\]:)[ ]*(.*)$")
DEFINITION = re.compile(r":[ ]{1,3}\S")
DEFINED = re.compile(r"\*?\[[^\]]+\][ ]?:")
"""A link's address or an abbreviation, explained on a line of its own."""
HEADING = re.compile(r"#(?=\s|$)|#{2,6}(?!#)")
"""One # and a letter is a hashtag; two or more are a heading, as old Markdown had it."""
_DASHES = re.compile(r"[ ]{0,3}\|?[ ]*:?-+:?[ ]*(?:\|[ ]*:?-+:?[ ]*)*\|?[ ]*$")
_VERBATIM = re.compile(r"<(pre|script|style|textarea)\b", re.I)
HTML_BLOCKS = frozenset(
    "address article aside blockquote center dd details dialog dir div dl dt fieldset figcaption "
    "figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr li main menu nav ol p section summary "
    "table tbody td tfoot th thead tr ul".split()
)
"""Elements that begin a block of raw HTML (CommonMark, section 4.6)."""
_BLOCK = re.compile(rf"</?(?:{'|'.join(sorted(HTML_BLOCKS))})(?=[\s/>]|$)", re.I)
_ALONE = re.compile(r"</\w+>[ ]*$|<[^<>]*\smarkdown[\s=>]")
_SPAN = re.compile(r"(?<!`)(`+)(?!`).+?(?<!`)\1(?!`)")


DEEPEST = 60
"""Blocks in blocks: parsers give up at 256 elements, Python-Markdown when its stack is full."""


class TooDeepError(RecursionError):
    """Blocks in blocks that no book could hold; says on which line of the text, from 0."""

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


class Marker(NamedTuple):
    """A list marker that a line begins with."""

    indent: int
    content: int
    """The column at which its text begins."""
    number: str
    """Of an ordered item; empty for a bullet."""
    text: str


def indent_of(line: str) -> int:
    """How many spaces a line begins with."""
    return len(line) - len(line.lstrip(" "))


def marker(line: str, indent: int) -> Marker | None:
    """The list marker of a line, if it begins with one (three asterisks are a rule)."""
    match = MARKER.match(line, indent)
    if match is None or RULE.match(line, indent):
        return None
    width = len(match[3] or " ")
    content = match.end(1) + (width if width <= 4 else 1)
    return Marker(indent, content, match[2] or "", line[match.end() :])


def fence(text: str) -> tuple[str, str]:
    """The mark that opens fenced code, and the words behind it; nothing where none does."""
    match = _FENCE.match(text)
    if match is None or (text[0] == "`" and "`" in match[2]):
        return "", ""
    return match[1], match[2]


def closes(line: str, mark: str) -> bool:
    """Whether a line closes the fence that `mark` opened."""
    bare = line.strip(" ")
    return bare.startswith(mark) and not bare.strip(mark[0]) and indent_of(line) < 4


def colons(line: str) -> str | None:
    """What stands behind the colons that open or close a block; None where there are none."""
    text = line.strip(" ")
    if not text.startswith(":::") or indent_of(line) >= 4:
        return None
    text = text.lstrip(":").lstrip(" ")
    bare = text.rstrip(":").rstrip(" ")
    return bare if len(text) - len(bare) > 3 and text.endswith(":::") else text


def interrupts(found: Marker | None) -> bool:
    """Whether a marker begins a list right after a line of prose.

    A year at the beginning of a wrapped line is no list.
    """
    return found is not None and bool(found.text.strip()) and found.number in ("", "1")


def begins(line: str) -> bool:
    """Whether a line begins a block of its own, even right after a line of prose."""
    indent = indent_of(line)
    text = line[indent:]
    if indent >= 4 or not text:
        return False
    if text[0] in "-+*0123456789":
        return interrupts(marker(line, indent)) or bool(RULE.match(text))
    if text[0] in "`~":
        return bool(fence(text)[0])
    if text[0] == "<":
        return bool(_BLOCK.match(text)) or bool(_VERBATIM.match(text)) or text.startswith("<!--")
    return (
        text[0] == ">"
        or bool(text[0] == ":" and (text.startswith(":::") or DEFINITION.match(text)))
        or bool(text[0] == "#" and HEADING.match(text))
        or bool(text[0] == "[" and NOTE.match(text))
    )


def divides(head: str, line: str) -> bool:
    """Whether `line` makes a table of `head`, the line above it."""
    return "|" in head and "-" in line and "|" in line and bool(_DASHES.match(line))


def html(text: str) -> str:
    """How raw HTML that a line begins with reaches on: to a closing string, to an empty line, …

    Gives what closes it (``-->``, ``</pre>``), a line feed where an empty line does, a space
    where the line stands alone, and nothing where it is no block of HTML.
    """
    if text.startswith("<!--"):
        return "-->"
    if match := _VERBATIM.match(text):
        return f"</{match[1].lower()}>"
    if _BLOCK.match(text):
        return " " if _ALONE.match(text) else "\n"
    return ""


def left_open(line: str) -> str:
    """What must close a comment or <pre> that begins within a line and does not end there."""
    if "<!--" not in line and "<pre" not in line:
        return ""
    bare = _SPAN.sub("", line)
    for opener, closer in (("<!--", "-->"), ("<pre", "</pre>")):
        at = bare.rfind(opener)
        if at >= 0 and closer not in bare[at:]:
            return closer
    return ""
