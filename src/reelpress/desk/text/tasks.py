"""Once a text's lines are read: lists of things to do, and notes written where they are called."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element, SubElement

from markdown.treeprocessors import Treeprocessor

from reelpress.desk.text.spans import CALLED

_BOX = re.compile(r"\s*\[([ xX])\](?=\s)")
_SIGNS = {" ": "\u2610", "x": "\u2611"}
"""Ballot boxes, which screen readers say as such."""


class Tasks(Treeprocessor):
    """`- [ ]` and `- [x]`: items with signs that nobody can press."""

    def run(self, root: Element) -> None:
        """Change the tree, in place."""
        for ordered in root.iter():
            if ordered.tag not in ("ul", "ol"):
                continue
            done = [_sign(item) for item in ordered]
            if any(done):
                ordered.set("class", "tasks")


def _sign(item: Element) -> bool:
    """Put its sign before an item; whether it has one."""
    holder = item
    if not (item.text or "").strip() and len(item) and item[0].tag == "p":
        holder = item[0]
    match = _BOX.match(holder.text or "")
    if match is None or item.tag != "li":
        return False
    rest = (holder.text or "")[match.end() :].lstrip()
    item.set("class", f"{item.get('class', '')} task".lstrip())
    holder.text = f"{_SIGNS[match[1].lower()]}\u00a0{rest}"
    return True


class NotesHere(Treeprocessor):
    """Notes written where they are called go where Python-Markdown puts the others."""

    def run(self, root: Element) -> None:
        """Change the tree, in place."""
        notes = list(root.iter(CALLED))
        if not notes:
            return
        block = next((e for e in root.iter("div") if e.get("class") == "footnote"), None)
        if block is None:
            block = SubElement(root, "div", {"class": "footnote"})
        ordered = block.find("ol")
        if ordered is None:
            ordered = SubElement(block, "ol")
        for number, note in enumerate(notes, 1):
            label = f"]{number}"  # which no label that is typed can be
            item = SubElement(ordered, "li", {"id": f"fn:{label}"})
            item.extend(list(note))
            tail = note.tail
            note.clear()
            note.tag, note.tail = "sup", tail
            note.set("id", f"fnref:{label}")
            link = SubElement(note, "a", {"class": "footnote-ref", "href": f"#fn:{label}"})
            link.text = str(number)
