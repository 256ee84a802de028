"""Footnotes: from what Python-Markdown makes of them to calls and notes of one piece."""

from __future__ import annotations

import re

from lxml import etree

from reelpress.desk.scan import Scan
from reelpress.findings import Finding, find

VERBATIM = frozenset(("code", "pre", "kbd", "samp", "var"))
"""Elements whose text is never prose."""

_UNDEFINED = re.compile(r"\[\^([^\]\s]+)\]")


def said_twice(marks: Scan) -> list[Finding]:
    """Notes written a second time (L007)."""
    return [
        find("L007", place, label=label, hint=f"the first stands on line {places[0].line}")
        for label, places in marks.all("note").items()
        for place in places[1:]
    ]


def lift(root: etree._Element) -> dict[str, etree._Element]:
    """Take the list that Python-Markdown's footnotes make out of the text: label -> blocks."""
    notes: dict[str, etree._Element] = {}
    for block in root.xpath("./div[@class='footnote']"):
        items = block.xpath("./ol/li[starts-with(@id, 'fn:')]")
        if not items:
            continue
        for item in items:
            label = item.get("id").removeprefix("fn:")
            for back in item.xpath(".//a[@class='footnote-backref']"):
                parent = back.getparent()
                parent.remove(back)
                if not len(parent) and not (parent.text or "").strip(" \u00a0"):
                    parent.getparent().remove(parent)
                elif len(parent):
                    parent[-1].tail = (parent[-1].tail or "").rstrip(" \u00a0")
                else:
                    parent.text = (parent.text or "").rstrip(" \u00a0")
            del item.attrib["id"]
            item.tag = "div"
            notes[label] = item
        root.remove(block)
    return notes


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
    return list(element.xpath(".//sup[a[@class='footnote-ref']]"))


def unwritten(marks: Scan, texts: list[etree._Element]) -> list[Finding]:
    """Calls of notes that nobody wrote (L001)."""
    noticed = []
    for element in texts:
        for text in element.xpath(".//text()[contains(., '[^')]"):
            holder = text.getparent()
            holder = holder.getparent() if text.is_tail else holder
            if any(a.tag in VERBATIM for a in (holder, *holder.iterancestors())):
                continue
            for match in _UNDEFINED.finditer(text):
                place = marks.take("call", match[1])
                if place is not None:
                    noticed.append(find("L001", place, label=match[1]))
    return noticed
