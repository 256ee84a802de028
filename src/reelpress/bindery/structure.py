"""The structure tree of set pages, grown from the boxes that WeasyPrint laid out.

WeasyPrint's own tags begin anew on each page, and its lists, links, notes and languages are not
as PDF/UA-1 (ISO 14289-1) and its readers want them. Here an element that goes over pages is one
(PDF 32000-1, 14.7 and 14.8):

- text is marked under the element it is in; elements that only group or slant it are left out;
- an item is LI of Lbl and LBody, a definition list's too;
- a note is Note, beside the Reference that calls it, with an ID (7.9);
- a link is one Link with all its annotations (7.18.5);
- head cells have scopes, cells name their heads; a head repeated on a further page is no content;
- a phrase in another language has its Lang (7.2), an abbreviation with a title its expansion.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from reelpress.bindery.cells import tell_heads
from reelpress.bindery.nodes import Node
from reelpress.bindery.syntax import array, dictionary, name, rectangle, string

_KINDS = {
    "section": "Sect", "article": "Art", "main": "Part", "blockquote": "BlockQuote", "p": "P",
    "pre": "P", "address": "P", "figure": "NonStruct", "figcaption": "Caption",
    "caption": "Caption", "ul": "L", "ol": "L", "dl": "L", "li": "LI", "table": "Table",
    "thead": "THead", "tbody": "TBody", "tfoot": "TFoot", "tr": "TR", "th": "TH", "td": "TD",
    "img": "Figure", "{http://www.w3.org/2000/svg}svg": "Figure",
    **{f"h{n}": f"H{n}" for n in range(1, 7)},
}  # fmt: skip
_GROUPS = frozenset({"Sect", "Art", "Part", "NonStruct", "BlockQuote", "L", "Document"})
"""Elements that hold no text of their own."""
_SVG_TITLE = "{http://www.w3.org/2000/svg}title"
_SCALE = 0.75
"""Points to a CSS pixel."""


class Tree:
    """The structure of one run of pages; `language` is the whole book's."""

    def __init__(self, language: str) -> None:
        self.roots: list[Node] = []
        self.owners: list[dict[int, Node]] = []
        """For each page, mark -> the node that it belongs to."""
        self.element_ids: list[tuple[str, Node]] = []
        self.language = language
        self._known: dict[tuple[Any, str], Node] = {}
        self._links: dict[int, list[int]] = {}

    def add(self, page: Any, marks: dict[Any, Any], links: dict[Any, list[int]]) -> None:
        """The next page: its box, its marks (box -> number), its links (box -> annotations)."""
        number_ = len(self.owners)
        self.owners.append({})
        walk = _Walk(self, number_, marks, links, page.margin_height())
        for child in page.children:
            walk.box(child, None)

    def finish(self) -> None:
        """Settle what can only be told once all pages are there."""
        for node in self.nodes():
            node.kids = [k for k in node.kids if not (isinstance(k, Node) and _idle(k))]
            if node.kind == "Table":
                tell_heads(node, lambda cell: self.identify(cell, "h"))

    def nodes(self) -> Iterator[Node]:
        """Every node, each before those in it."""
        pending = list(reversed(self.roots))
        while pending:
            node = pending.pop()
            yield node
            pending.extend(k for k in reversed(node.kids) if isinstance(k, Node))

    def node(self, kind: str, key: tuple[Any, str], page: int, parent: Node | None) -> Node:
        """The node of that key; a new one below `parent` where there is none yet."""
        known = self._known.get(key)
        if known is None:
            spoken = parent.language if parent is not None else self.language
            known = self._known[key] = Node(kind, page, parent, key[0], spoken)
            (self.roots if parent is None else parent.kids).append(known)
        return known

    def known(self, key: tuple[Any, str]) -> Node | None:
        """The node of that key, if there is one."""
        return self._known.get(key)

    def identify(self, node: Node, kind: str) -> bytes:
        """Give a node an ID, and say it."""
        own = f"{kind}{len(self.element_ids) + 1}"
        self.element_ids.append((own, node))
        node.attributes["ID"] = identity(own)
        return identity(own)


@dataclass(slots=True)
class _Walk:
    """The way through one page's boxes."""

    tree: Tree
    page: int
    marks: dict[Any, Any]
    links: dict[Any, list[int]]
    height: float

    def box(self, box: Any, parent: Node | None) -> None:
        """Put a box, and what is in it, where it belongs."""
        box = getattr(box, "_box", box)  # what is positioned is held by a placeholder
        kind = type(box).__name__
        if kind == "TextBox":
            self.mark(box, parent)
            return
        tag = box.element_tag or ""
        if kind in ("MarginBox", "FootnoteAreaBox", "PageBox") or tag in ("html", "body"):
            inner = None
        elif kind == "LineBox" or box.element is None:
            inner = parent
        else:
            inner = self.own(box, tag, parent)
        for annotation in self.links.pop(box, ()):
            holder = inner
            while holder is not None and holder.kind != "Link":
                holder = holder.parent
            if holder is None:
                holder = self.tree.node("Link", (box.element, f"{tag} link"), self.page, inner)
            holder.kids.append(annotation)
        if kind.endswith("ReplacedBox"):
            self.mark(box, inner)
            return
        for child in box.children:
            self.box(child, inner)

    def mark(self, box: Any, parent: Node | None) -> None:
        """Marked content; heads, folios and repeated table heads have no marks."""
        mark = self.marks.pop(box, None)
        if mark is None:
            return
        if parent is None or parent.kind in _GROUPS:
            parent = self.tree.node("P", (box.element, "text"), self.page, parent)
        parent.kids.append((self.page, mark))
        self.tree.owners[self.page][mark] = parent

    def own(self, box: Any, tag: str, parent: Node | None) -> Node | None:
        """The node for a box with an element: new, known from before, or its parent's."""
        tree, element = self.tree, box.element
        tag, _, pseudo = tag.partition("::")
        if pseudo:
            return self._added(element, pseudo, parent)
        tag = element.get("data-block") or tag
        if element.get("role") == "note" or (tag == "aside" and element.get("id")):
            known = tree.known((element, "note"))
            return known if known is not None else self._note(element, parent)
        if tag in ("dt", "dd"):
            return self._definition(element, tag, parent)
        above = parent.language if parent is not None else tree.language
        spoken = element.get("lang") or above
        kind = _kind(box, tag, parent, foreign=spoken != above)
        if not kind:
            return parent
        new = tree.known((element, tag)) is None
        node = tree.node(kind, (element, tag), self.page, parent)
        if new:
            self._described(node, box, tag, spoken if spoken != above else "")
        if kind == "LI":
            return tree.node("LBody", (element, "body"), self.page, node)
        return node

    def _added(self, element: Any, pseudo: str, parent: Node | None) -> Node | None:
        """The node for what a style sheet adds to an element: a label, a call."""
        tree = self.tree
        if pseudo == "marker":
            item = parent
            while item is not None and item.kind != "LI":
                item = item.parent
            if item is None or item.element is not element:
                return parent  # a style sheet's own list, of what is none
            label = tree.node("Lbl", (element, "marker"), self.page, item)
            if item.kids[-1] is label:  # it is laid out last
                item.kids.insert(0, item.kids.pop())
            return label
        if pseudo == "footnote-call":
            call = tree.node("Reference", (element, "call"), self.page, parent)
            if tree.known((element, "note")) is None:
                self._note(element, parent)
            return call
        if pseudo == "footnote-marker":
            return tree.node("Lbl", (element, "number"), self.page, parent)
        return parent

    def _described(self, node: Node, box: Any, tag: str, spoken: str) -> None:
        if spoken:
            node.language = spoken
            node.attributes["Lang"] = string(spoken)
        if said := _expansion(node.element, tag):
            node.attributes["E"] = string(said)
        if node.kind != "Figure":
            return
        x, y = box.content_box_x(), box.content_box_y()
        corners = (x, self.height - y - box.height, x + box.width, self.height - y)
        node.attributes["A"] = dictionary(
            {"O": b"/Layout", "BBox": rectangle(self.page, *(c * _SCALE for c in corners))}
        )
        told = node.element.findtext(_SVG_TITLE) if tag != "img" else node.element.get("alt")
        if told:
            node.attributes["Alt"] = string(told)

    def _note(self, element: Any, parent: Node | None) -> Node:
        note = self.tree.node("Note", (element, "note"), self.page, parent)
        self.tree.identify(note, "n")
        return note

    def _definition(self, element: Any, tag: str, parent: Node | None) -> Node:
        """Terms are the Lbl of an item, the definition after them its LBody."""
        key = (element, tag)
        known = self.tree.known(key)
        if known is not None:
            return known
        last = parent.kids[-1] if parent is not None and parent.kids else None
        waiting = isinstance(last, Node) and last.kind == "LI" and last.kids[-1].kind == "Lbl"
        item = last if waiting else None
        if item is None:
            item = self.tree.node("LI", (element, "item"), self.page, parent)
        return self.tree.node("Lbl" if tag == "dt" else "LBody", key, self.page, item)


def identity(own: str) -> bytes:
    """An ID, which gets its section's prefix when sections are bound."""
    return b"@I" + own.encode() + b"@"


def _kind(box: Any, tag: str, parent: Node | None, *, foreign: bool) -> str:
    """The type of structure element that a box asks for; none for what only groups or slants."""
    if tag == "a" and box.element.get("href"):
        return "Link"
    if kind := _KINDS.get(tag):
        return kind
    if _has_lines(box) and (parent is None or parent.kind in _GROUPS):
        return "P"
    return "Span" if foreign or _expansion(box.element, tag) else ""


def _expansion(element: Any, tag: str) -> str:
    return (element.get("title") or "") if tag == "abbr" else ""


def _has_lines(box: Any) -> bool:
    return any(type(child).__name__ == "LineBox" for child in box.children)


def repeated(pages: Sequence[Any]) -> set[Any]:
    """The boxes in heads and feet of tables that stood on an earlier page, and in page margins."""
    seen: set[Any] = set()
    found: set[Any] = set()
    for page in pages:
        for child in page.children:
            if type(child).__name__ == "MarginBox":
                found.update(child.descendants())
        heads = [
            b
            for b in page.descendants()
            if getattr(b, "is_header", False) or getattr(b, "is_footer", False)
        ]
        for head in heads:
            if head.element in seen:
                found.update(head.descendants())
        seen.update(head.element for head in heads)
    return found


def _idle(node: Node) -> bool:
    """Whether a node is a link of nothing."""
    return node.kind == "Link" and not node.kids


def write(
    node: Node, reference: Callable[[Node], bytes], inside: Mapping[tuple[int, int], int]
) -> bytes:
    """The node as a PDF object; `reference` refers to its parent and kids.

    `inside` are marks that stand in content inside a page's content, and its local numbers.
    """
    kids = []
    for kid in node.kids:
        if isinstance(kid, Node):
            kids.append(reference(kid))
        elif isinstance(kid, int):
            kids.append(b"@O%d@" % kid)
        elif kid in inside:
            stream = inside[kid]
            kids.append(b"<</Type/MCR/Pg @%d@/Stm @%d@/MCID %d>>" % (kid[0] + 1, stream, kid[1]))
        elif kid[0] == node.page:
            kids.append(b"%d" % kid[1])
        else:
            kids.append(b"<</Type/MCR/Pg @%d@/MCID %d>>" % (kid[0] + 1, kid[1]))
    above = reference(node.parent) if node.parent is not None else b"@D@"
    entries = {"S": name(node.kind), "P": above, "Pg": b"@%d@" % (node.page + 1)}
    return dictionary({**entries, **node.attributes, "K": array(kids)})
