"""Where a file's header ends, and in which of the forms that generators read it is written.

    text ── front ──▶ Front (dialect, its text, its line) + the review's text ── nodes_of ──▶ nodes

YAML between lines of --- (or ended by ..., or without the first fence, as Hexo has it), TOML
between lines of +++, JSON, lines of `Key: value` up to the first empty one (MultiMarkdown,
Pelican), Nikola's `.. key: value`, Pandoc's `% title`. The same nodes come of each.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

from reelpress.findings import Finding, Place, find
from reelpress.header import synonyms
from reelpress.header.formats import Review

_FENCE = re.compile(r"---[ ]?(yaml|yml|toml|json)?[ \t]*(?:\n|$)")
_CLOSE = re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.M)
_PLUSES = re.compile(r"\+\+\+[ \t]*\n")
_PLUSES_CLOSE = re.compile(r"^\+\+\+[ \t]*$", re.M)
_BLANK = re.compile(r"(?:[ \t]*\n)*")
_KEYED = re.compile(
    r"""(?:"[^"\n]+"|'[^'\n]+'|:?[^\W\d_][^\n:：#\[\]{}"'`<>*|,=]{0,40}?)[ \t]*[:：]"""
)
"""A line that begins as a key of a mapping does."""
_GOES_ON = re.compile(r"[ \t]+\S|- |-$|#|[\]}]|$")
"""A line that belongs to the key above it, or says nothing."""
_LINE = re.compile(r"([^\W\d_][\w ()-]{0,30}?)[ \t]*:(?:[ \t]+(\S.*)?)?$")
DOTTED = re.compile(r"\.\.[ \t]+([\w-]{1,30}):[ \t]*(.*?)[ \t]*$")
"""Nikola's `.. key: value`."""
_COMMENT = re.compile(r"<!--[ \t]*\n")
_ROW = re.compile(r"[^\n]*\n|[^\n]+")
_MOST = 200
"""Lines of a header without fences; what is longer is text."""

_GENERATORS = frozenset(
    "layout permalink slug status summary description modified template type subtitle excerpt date "
    "image cover comments format lang translation url save_as series".split()
)
KNOWN = frozenset({*synonyms.REVIEW, *Review.model_fields}) | _GENERATORS
"""Keys by which lines without fences are known to be a header."""


@dataclass(frozen=True, slots=True)
class Front:
    """A header as it stands in its file."""

    text: str = ""
    line: int = 2
    """The file's line on which that text begins."""
    dialect: str = "yaml"
    """yaml, toml, json, lines, dots or percent."""


Split = tuple[Front, str, int, tuple[Finding, ...]]


def split_front_matter(text: str, path: str) -> Split:
    """(Header, text below it, the file's line on which that text begins, findings).

    A file without front matter is all text. Findings: H009 (never closed), H046 (a header that
    has no fences).
    """
    text = text.lstrip("\ufeff")
    first = text[:1]
    if not first:
        return Front(), text, 1, ()
    blank = 0
    if first in " \t\n" and (match := _BLANK.match(text)):
        blank = match.end()
        first = text[blank : blank + 1]
    if first == "-" and (match := _FENCE.match(text, blank)):
        return _fenced(text, path, match) or (Front(), text, 1, ())
    if first == "+" and (match := _PLUSES.match(text, blank)):
        return _pluses(text, path, match)
    if first == "{" and (made := _json(text, blank)):
        return made
    if first == "%" and not blank and (made := _percent(text)):
        return made
    if first in ".<" and (made := _dots(text, path, blank)):
        return made
    if first.isalpha() and (made := _lines(text, path, blank)):
        return made
    return Front(), text, 1, ()


def _below(text: str, end: int) -> tuple[str, int]:
    """What follows the line in which `end` lies, and the file's line on which it begins."""
    below = text.find("\n", end) + 1 or len(text)
    return text[below:], text.count("\n", 0, below) + 1


def _rows(text: str) -> list[str]:
    """The lines, each with its end: only \\n is one."""
    return _ROW.findall(text)


def _line(text: str, at: int) -> int:
    return text.count("\n", 0, at) + 1


def _fenced(text: str, path: str, opening: re.Match[str]) -> Split | None:
    """YAML between fences; None where the dashes are a rule across the page."""
    begins, dialect = opening.end(), opening[1] or "yaml"
    dialect = "yaml" if dialect == "yml" else dialect
    line = _line(text, begins)
    closing = _CLOSE.search(text, begins)
    inner = text[begins : closing.start()] if closing else text[begins:]
    if dialect == "yaml" and not _is_mapping(inner, closed=closing is not None):
        return None
    if closing:
        body, first = _below(text, closing.end())
        return Front(inner, line, dialect), body, first, ()
    # Nobody said where it ends: it goes on as long as it looks like a header.
    ends = begins
    for part in _rows(inner):
        if not part.strip() or not (_KEYED.match(part) or _GOES_ON.match(part)):
            break
        ends += len(part)
    place = Place(path, _line(text, opening.start()))
    body, first = text[ends:], _line(text, ends)
    return Front(text[begins:ends], line, dialect), body, first, (find("H009", place),)


def _is_mapping(inner: str, *, closed: bool) -> bool:
    """Whether what follows a line of dashes is a header; else the line is a rule."""
    lines = (line for line in inner.split("\n") if line.strip() and line[0] != "#")
    first = next(lines, "")
    if not first:
        return closed
    if first.startswith(("%YAML", "? ", "!!")):
        return True
    if match := _KEYED.match(first.lstrip()):
        # Prose has colons too. What begins with a key of ours, or has nothing but keys, is none.
        known = key_of(match[0].strip(":：\"' ")) in KNOWN
        below = (_KEYED.match(line) or _GOES_ON.match(line) for line in lines)
        return known or (not inner.startswith("\n") and all(below))
    # A list or a flow mapping is no header of ours, but was meant as one if it fills the place.
    direct = closed and not inner.startswith("\n")
    return direct and (first[0] in "{[" or all(map(_GOES_ON.match, [first, *lines])))


def _pluses(text: str, path: str, opening: re.Match[str]) -> Split:
    closing = _PLUSES_CLOSE.search(text, opening.end())
    line = _line(text, opening.end())
    if closing:
        body, first = _below(text, closing.end())
        return Front(text[opening.end() : closing.start()], line, "toml"), body, first, ()
    inner, _, _ = text[opening.end() :].partition("\n\n")
    if "=" not in inner.split("\n")[0]:
        return Front(), text, 1, ()
    body, first = _below(text, opening.end() + len(inner))
    place = Place(path, _line(text, opening.start()))
    return Front(inner, line, "toml"), body, first, (find("H009", place),)


_JSON_BEGINS = re.compile(r'\{\s*(?:"(?:[^"\\\n]|\\.)*"\s*:|\}[ \t]*(?:\n|$))')
_JSON_ENDS = re.compile(r"^\}[ \t]*$", re.M)


def _json(text: str, at: int) -> Split | None:
    """A mapping in braces that begins the file, and ends on a line of its own."""
    if not _JSON_BEGINS.match(text, at):
        return None
    try:
        _, end = json.JSONDecoder(strict=False).raw_decode(text, at)
    except (ValueError, RecursionError):
        closing = _JSON_ENDS.search(text, at)  # it is not JSON as it stands, but is meant as it
        if closing is None:
            return None
        end = closing.end()
    if text[end:].split("\n", 1)[0].strip():
        return None
    body, first = _below(text, end)
    return Front(text[at:end], _line(text, at), "json"), body, first, ()


def _percent(text: str) -> Split | None:
    """Pandoc's title block: three lines with %, which may go on indented."""
    ends = 0
    for line in _rows(text):
        if not line.startswith(("% ", "%\n") if not ends else ("% ", "%\n", " ", "\t")):
            break
        ends += len(line)
    if not ends or not text[1:ends].strip():
        return None
    return Front(text[:ends], 1, "percent"), text[ends:], _line(text, ends), ()


def _dots(text: str, path: str, at: int) -> Split | None:
    """Nikola's `.. title: …`, mostly in a comment."""
    comment = _COMMENT.match(text, at)
    begins = comment.end() if comment else at
    ends = begins
    for part in _rows(text[begins:]):
        if not DOTTED.match(part.rstrip()) and part.strip():
            break
        ends += len(part)
    inner = text[begins:ends]
    if not re.match(r"\s*\.\.[ \t]+(?:title|slug|date|author|tags):", inner):
        return None
    place = Place(path, _line(text, at))
    if comment:
        closing = text.find("-->", ends)
        if closing < 0 or text[ends:closing].strip():
            return None
        ends = closing
    body, first = _below(text, ends) if comment else (text[ends:], _line(text, ends))
    return Front(inner, _line(text, begins), "dots"), body, first, (find("H046", place),)


def key_of(written: str) -> str:
    """A key as our tables have it: Original Title is original_title."""
    return re.sub(r"[\s_-]+", "_", written.strip().casefold())


def _lines(text: str, path: str, at: int) -> Split | None:
    """`Key: value` without fences, up to an empty line; or YAML that only a last fence ends.

    Prose has colons too ("Note: we saw it twice"): the first key must be one that is known, and one
    line alone must be the title. Text that follows at once ends a header only if each key is known.
    """
    head = text[at : at + (1 << 14)]
    first = _LINE.match(head.split("\n", 1)[0].rstrip())
    if not first or key_of(first[1]) not in KNOWN:
        return None
    keys: list[str] = []
    ends, fence, prose = at, False, False
    for part in _rows(head)[:_MOST]:
        line = part.rstrip()
        fence = line in ("---", "...") and bool(keys)
        if not line or fence:
            break
        if match := _LINE.match(line):
            keys.append(key_of(match[1]))
        elif not _GOES_ON.match(line):
            prose = True
            break
        ends += len(part)
    if len(keys) < (1 if keys[0] in ("title", "headline") and not prose else 2):
        return None
    if prose and not KNOWN.issuperset(keys):
        return None
    inner, place = text[at:ends], Place(path, _line(text, at))
    body, below = _below(text, ends) if not prose else (text[ends:], _line(text, ends))
    dialect = "yaml" if fence else "lines"
    found = () if fence else (find("H046", place),)
    return Front(inner, _line(text, at), dialect), body, below, found
