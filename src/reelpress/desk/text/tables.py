"""Tables: captions, and cells that head a column or a row."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from markdown.extensions.tables import TableProcessor
from markdown.treeprocessors import Treeprocessor

_CAPTION = "Table:"


class Table(TableProcessor):
    """Python-Markdown's tables, with heads that say what they head."""

    def run(self, parent: Element, blocks: list[str]) -> None:
        """Take a table from the blocks, and put it at the end of `parent`."""
        super().run(parent, blocks)
        table = parent[-1]
        heads = list(table[0][0])
        if not any((head.text or "").strip() for head in heads):
            table.remove(table[0])  # typed only because a table must have a first line
            return
        for head in heads:
            head.set("scope", "col")
        if not (heads[0].text or "").strip():
            heads[0].tag = "td"
            del heads[0].attrib["scope"]
            for row in table[1]:
                row[0].tag = "th"
                row[0].set("scope", "row")


class Captions(Treeprocessor):
    """A paragraph `Table: …` beside a table is its caption."""

    def run(self, root: Element) -> None:
        """Change the tree, in place."""
        if next(root.iter("table"), None) is None:
            return
        for parent in [e for e in root.iter() if any(c.tag == "table" for c in e)]:
            for table in [c for c in parent if c.tag == "table"]:
                at = list(parent).index(table)
                beside = [parent[i] for i in (at - 1, at + 1) if 0 <= i < len(parent)]
                for paragraph in beside:
                    if paragraph.tag == "p" and (paragraph.text or "").startswith(_CAPTION):
                        _entitle(table, paragraph)
                        parent.remove(paragraph)
                        break


def _entitle(table: Element, paragraph: Element) -> None:
    caption = Element("caption")
    caption.text = (paragraph.text or "").removeprefix(_CAPTION).strip()
    table.insert(0, caption)
