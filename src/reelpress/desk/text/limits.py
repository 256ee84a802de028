"""Texts that would keep a converter busy for ever, known before they are converted."""

from __future__ import annotations

import re

from reelpress.desk.text.scan import Scan
from reelpress.findings import Finding, find

_DEEPEST = 60
"""Blocks in blocks: parsers give up at 256 elements, Python-Markdown when its stack is full."""
_DEEP = re.compile(
    rf"^[ \t]*(?:>[ \t]?){{{_DEEPEST}}}"
    rf"|^(?P<list>[ \t]{{{4 * _DEEPEST}}})[ \t]*(?:[-*+]|\d+[.)])[ \t]",
    re.M,
)
_TAG = re.compile(r"<(/?)([a-zA-Z][\w-]*)[^<>]*?(/?)>")
_PAIRS = (("[", "]"), ("](", ")"), ("<", ">"))
_ESCAPED = re.compile(r"\\.", re.S)
_WIDE = " " * 2 * _DEEPEST
_UNCLOSED = 400
_VOID = frozenset("br hr img wbr col".split())


def endless(raw: str, marks: Scan) -> Finding | None:
    """What would keep the converter busy for ever, if anything would.

    An opener that hundreds of times has no end (M007), or nesting (M006), told at its place.
    """
    many = any(raw.count(opener) > _UNCLOSED for opener, _ in _PAIRS)
    bare = _ESCAPED.sub("", raw) if many and "\\" in raw else raw  # what is escaped closes nothing
    for opener, closer in _PAIRS:
        if bare.count(opener) - bare.count(closer) > _UNCLOSED:
            return find("M007", marks.place(raw.index(opener)), opener=opener)
    deep = _too_deep(raw)
    return None if deep is None else find("M006", marks.place(deep))


def _too_deep(raw: str) -> int | None:
    """The offset of the first block that is nested more deeply than a book can be."""
    wide = _WIDE in raw or "\t" in raw or raw.count(">") >= _DEEPEST
    for match in _DEEP.finditer(raw) if wide else ():
        # An indented line is deep only as part of the list that led to it: the block's first line.
        before = raw.rfind("\n", 0, match.start()) + 1
        return _first_of_list(raw, before) if match["list"] else before
    depth = 0
    for match in _TAG.finditer(raw) if "<" in raw else ():
        if match[1]:
            depth = max(0, depth - 1)
        elif not match[3] and match[2].lower() not in _VOID:
            depth += 1
            if depth > _DEEPEST:
                return raw.rfind("\n\n", 0, match.start()) + 2
    return None


def _first_of_list(raw: str, offset: int) -> int:
    """Where the outermost item above an indented line begins."""
    outer = [m.start() for m in re.finditer(r"^(?:[-*+]|\d+[.)]) ", raw[:offset], re.M)]
    return outer[-1] if outer else offset
