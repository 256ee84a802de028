"""The lines of a regular tree as blocks, to be sorted as those of a pasted text are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import copy
from typing import Any

from reelpress.intake.markup import text_in
from reelpress.intake.pasted.blocks import Block
from reelpress.intake.pasted.sorting import stands_alone

_LEAVES = frozenset("p h1 h2 h3 h4 h5 h6".split())
_KEY = re.compile(r"\s*[:：]?\s*$")
_PAIR = 2

Line = tuple[Block, tuple[Any, ...]]
"""A block, and the elements that it is made of."""


def lines_of(tree: Any) -> list[Line]:
    """The lines that stand by themselves: paragraphs and heads, items of lists, rows of a table and
    terms that are a word and what it says."""
    found: list[Line] = []
    for inner in list(tree):
        if inner.tag in _LEAVES:
            found += [_line(part, len(found)) for part in _parts(inner)]
        elif inner.tag in ("ul", "ol"):
            for item in inner:
                if len(item) == 1 and item[0].tag == "p":
                    found.append(_line(item, len(found)))
        elif inner.tag == "table":
            found += _rows(inner, len(found))
        elif inner.tag == "dl":
            found += _terms(inner, len(found))
        elif inner.tag == "details":
            found += lines_of(inner)
    return [line for line in found if line[0].text]


def _line(element: Any, number: int) -> Line:
    text = _text(element)
    return Block(text, text, number + 1, apart=True), (element,)


def _text(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())


def _parts(paragraph: Any) -> Iterator[Any]:
    """A paragraph; or, where its broken lines are facts, each of them as one of its own."""
    breaks = [e for e in paragraph if e.tag == "br"]
    if not breaks or len(breaks) != len(list(paragraph.iter("br"))):
        yield paragraph
        return
    rows = [" ".join(line.split()) for line in text_in([paragraph]).split("\n")]
    if not any(row and stands_alone(row) for row in rows):
        yield paragraph
        return
    parent = paragraph.getparent()
    parts = [paragraph.makeelement(paragraph.tag)]
    parts[0].text = paragraph.text
    for inner in list(paragraph):
        if inner.tag == "br":
            parts.append(paragraph.makeelement(paragraph.tag))
            parts[-1].text = inner.tail
        else:
            parts[-1].append(copy(inner))
    for part in parts:
        if _text(part):
            paragraph.addprevious(part)
            yield part
    parent.remove(paragraph)


def _rows(table: Any, number: int) -> Iterator[Line]:
    for row in table:
        if row.tag == "tr" and len(row) == _PAIR and (key := _text(row[0])) and len(key) < 40:
            text = f"{_KEY.sub('', key)}: {_text(row[1])}"
            number += 1
            yield Block(text, text, number, apart=False), (row,)


def _terms(terms: Any, number: int) -> Iterator[Line]:
    for term in terms:
        after = term.getnext()
        if term.tag == "dt" and after is not None and after.tag == "dd":
            text = f"{_KEY.sub('', _text(term))}: {_text(after)}"
            number += 1
            yield Block(text, text, number, apart=False), (term, after)


def take_away(elements: tuple[Any, ...]) -> None:
    """Take lines out of their tree, and what then is empty."""
    for element in elements:
        parent = element.getparent()
        while parent is not None:
            parent.remove(element)
            if next(parent.iterchildren(), None) is not None or parent.tag == "body":
                break
            element, parent = parent, parent.getparent()
