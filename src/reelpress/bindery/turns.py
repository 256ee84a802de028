"""Where in a section's text its pages turn.

Letters are counted, not characters: white space, soft hyphens and the hyphens of line ends are
left out, and so is what stands elsewhere in other volumes, or not at all: notes, page slots, page
runs, what only pages or screens have.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Any

_UNCOUNTED = dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff"))
_CLASSES = frozenset({"page-number", "page-run", "note-call"})
_MARKS = ("data-page", "data-pages", "data-runs", "data-only", "data-note")
_HYPHEN = "\u2010"


def letters(root: Any) -> tuple[str, tuple[int, ...]]:
    """A section's letters, and how many stand before each beginning of a word.

    `root` is an element of ElementTree or lxml.
    """
    words = "".join(_texts(root)).translate(_UNCOUNTED).split()
    starts, at = [], 0
    for word in words:
        starts.append(at)
        at += len(word)
    return "".join(words), tuple(starts)


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
    """Whether an element is a note, its call, a page slot, a run, or in volumes of one kind."""
    return (
        element.tag == "aside"
        or element.get("role") == "note"
        or not _CLASSES.isdisjoint((element.get("class") or "").split())
        or any(element.get(mark) is not None for mark in _MARKS)
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
            run = "".join(shown.translate(_UNCOUNTED).split())
            if not run:
                continue
            begins, ends = _placed(text, run, at)
            if ends > begins:
                here = begins if here is None else here
                at = ends
        here = at if here is None else here
        found.append(0 if not found else _word(starts, here, len(text)))
    return found, len(text)


def _placed(text: str, run: str, at: int) -> tuple[int, int]:
    """Where in the text, from `at` on, a run of letters stands: begin and end.

    What a style sheet changed (capitals) or added (a line's hyphen) is allowed for; what it added
    whole stands nowhere.
    """
    for shown in (run, run.removesuffix(_HYPHEN)):
        if shown and text.startswith(shown, at):
            return at, at + len(shown)
    begins, index = None, at
    for letter in run:
        if index < len(text) and text[index].casefold() == letter.casefold():
            begins = index if begins is None else begins
            index += 1
        elif begins is None:
            # Something before it is not displayed on paper.
            further = text.find(run, at)
            return (further, further + len(run)) if further >= 0 and len(run) > 3 else (at, at)
    return (at, at) if begins is None else (begins, index)


def _word(starts: Sequence[int], at: int, end: int) -> int:
    """The beginning of the first whole word from `at` on."""
    index = bisect_left(starts, at)
    return starts[index] if index < len(starts) else end


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
