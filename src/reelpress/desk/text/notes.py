"""Footnotes: from what Python-Markdown makes of them to calls and notes of one piece."""

from __future__ import annotations

import re

from lxml import etree

from reelpress.desk.text.scan import Scan
from reelpress.findings import Finding, find

VERBATIM = frozenset(("code", "pre", "kbd", "samp", "var"))
"""Elements whose text is never prose."""

_AS_TYPED = frozenset(("math", "template"))
"""Classes of spans that are as their author typed them."""
_BRACKETED = etree.XPath(".//text()[contains(., '[^')]")
_UNDEFINED = re.compile(r"\[\^([^\]\s]+)\]")


def is_verbatim(element: etree._Element) -> bool:
    """Whether an element's text is never prose: code and the like, math, other tags."""
    return element.tag in VERBATIM or (element.tag == "span" and element.get("class") in _AS_TYPED)


def said_twice(marks: Scan) -> list[Finding]:
    """Notes written a second time (L007)."""
    noticed = []
    for (kind, label), offsets in marks.found.items():
        if kind == "note" and len(offsets) > 1:
            first, *others = (marks.place(offset) for offset in offsets)
            hint = f"the first stands on line {first.line}"
            noticed += [find("L007", place, label=label, hint=hint) for place in others]
    return noticed


def lift(root: etree._Element) -> dict[str, etree._Element]:
    """Take the list that Python-Markdown's footnotes make out of the text: label -> blocks."""
    notes: dict[str, etree._Element] = {}
    for block in [e for e in root.iterchildren("div") if e.get("class") == "footnote"]:
        items = [
            item
            for ordered in block.iterchildren("ol")
            for item in ordered.iterchildren("li")
            if item.get("id", "").startswith("fn:")
        ]
        for item in items:
            for back in [e for e in item.iter("a") if e.get("class") == "footnote-backref"]:
                _without_way_back(back)
            notes[item.attrib.pop("id").removeprefix("fn:")] = item
            item.tag = "div"
        if items:
            root.remove(block)
    return notes


def _without_way_back(back: etree._Element) -> None:
    """Take out a link back to the text, and the space before it."""
    parent = back.getparent()
    parent.remove(back)
    if not len(parent) and not (parent.text or "").strip(" \u00a0"):
        parent.getparent().remove(parent)
    elif len(parent):
        parent[-1].tail = (parent[-1].tail or "").rstrip(" \u00a0")
    else:
        parent.text = (parent.text or "").rstrip(" \u00a0")


def number(root: etree._Element, notes: dict[str, etree._Element]) -> dict[str, int]:
    """Number the calls in order of appearance and mark them for the galley: label -> number.

    A note that calls a note is followed by it, as at the foot of a page.
    """
    numbers: dict[str, int] = {}
    again: dict[str, int] = {}
    pending = _calls(root)
    while pending:
        call = pending.pop(0)
        label = call[0].get("href", "").removeprefix("#fn:")
        if label not in notes:
            continue
        if label not in numbers:
            numbers[label] = len(numbers) + 1
            pending[:0] = _calls(notes[label])
        count = again[label] = again.get(label, 0) + 1
        own = numbers[label]
        call.tag = "a"
        call.remove(call[0])
        call.attrib.clear()
        call.set("id", f"c{own}-{count}" if count > 1 else f"c{own}")
        call.set("href", f"#n{own}")
        call.set("data-note", str(own))
        call.text = str(own)
    return numbers


def _calls(element: etree._Element) -> list[etree._Element]:
    return [
        call
        for call in element.iter("sup")
        if any(link.get("class") == "footnote-ref" for link in call.iterchildren("a"))
    ]


def unwritten(marks: Scan, texts: list[etree._Element]) -> list[Finding]:
    """Calls of notes that nobody wrote (L001)."""
    noticed = []
    for element in texts:
        for text in _BRACKETED(element):
            holder = text.getparent()
            holder = holder.getparent() if text.is_tail else holder
            if any(is_verbatim(a) for a in (holder, *holder.iterancestors())):
                continue
            for match in _UNDEFINED.finditer(text):
                place = marks.take("call", match[1])
                if place is not None:
                    noticed.append(find("L001", place, label=match[1]))
    return noticed
