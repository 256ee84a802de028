"""Where in a section's text its pages turn.

Letters are counted, not characters: white space, soft hyphens and the hyphens of line ends are
left out, and so are notes and page slots, which stand elsewhere in other volumes.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Any

_UNCOUNTED = "\u00ad\u200b\u2060\ufeff"
_HYPHEN = "\u2010"


def letters(root: Any) -> tuple[str, tuple[int, ...]]:
    """A section's letters, and how many stand before each beginning of a word.

    `root` is an element of ElementTree or lxml.
    """
    found: list[str] = []
    starts: list[int] = []
    apart = True
    for text in _texts(root):
        for character in text:
            if character.isspace():
                apart = True
            elif character not in _UNCOUNTED:
                if apart:
                    starts.append(len(found))
                apart = False
                found.append(character)
    return "".join(found), tuple(starts)


def _texts(element: Any) -> Iterator[str]:
    if not isinstance(element.tag, str):
        return
    if element.text:
        yield element.text
    for child in element:
        if not _elsewhere(child):
            yield from _texts(child)
        if child.tail:
            yield child.tail


def _elsewhere(element: Any) -> bool:
    """Whether an element is a note, its call, or a page slot."""
    classes = (element.get("class") or "").split()
    return (
        element.tag == "aside"
        or element.get("role") == "note"
        or element.get("data-page") is not None
        or "page-number" in classes
        or "note-call" in classes
        or element.get("data-note") is not None
    )


def turns(pages: Sequence[Any], root: Any) -> tuple[list[int], int]:
    """For each of WeasyPrint's laid-out pages, how many letters of `root` stand before it.

    A page that turns within a word is counted from the word's end. With it comes how many letters
    there are.
    """
    text, starts = letters(root)
    at = 0
    found: list[int] = []
    for page in pages:
        here = None
        for shown in _shown(page):
            for character in shown:
                if character.isspace() or character in _UNCOUNTED:
                    continue
                # What a style sheet adds (labels, marks, hyphens) is passed over.
                if at < len(text) and _same(text[at], character):
                    here = at if here is None else here
                    at += 1
                elif character != _HYPHEN and at < len(text):
                    skipped = text.find(character, at, at + 3)
                    if skipped >= 0 and len(shown) > 3:
                        at = skipped + 1
        here = at if here is None else here
        found.append(0 if not found else _word(starts, here, len(text)))
    return found, len(text)


def _word(starts: Sequence[int], at: int, end: int) -> int:
    """The beginning of the first whole word from `at` on."""
    index = bisect_left(starts, at)
    return starts[index] if index < len(starts) else end


def _same(source: str, shown: str) -> bool:
    return source == shown or source.casefold() == shown.casefold()


def _shown(box: Any) -> Iterator[str]:
    """The texts of a page's flow, in order, without what the style sheet adds."""
    box = getattr(box, "_box", box)
    kind = type(box).__name__
    if kind in ("MarginBox", "FootnoteAreaBox"):
        return
    if kind == "TextBox":
        if box.element is not None and "::" not in (box.element_tag or ""):
            yield box.text
        return
    if box.element is not None and box.element_tag and "::" in box.element_tag:
        return
    if box.element is not None and kind != "LineBox" and _elsewhere(box.element):
        return
    for child in getattr(box, "children", ()):
        yield from _shown(child)
