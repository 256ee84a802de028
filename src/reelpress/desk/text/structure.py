"""What stands where it may: HTML of a manuscript brought into XHTML's content model.

HTML parsers mend unclosed elements, and leave a list item outside any list (HTML, 4.4 and 4.5).
"""

from __future__ import annotations

from lxml import etree

_LISTS = frozenset({"ul", "ol"})
_TERMS = frozenset({"dt", "dd"})
_ENDS = frozenset({"header", "footer"})
BLOCKS = frozenset(
    "p h1 h2 h3 h4 h5 h6 ul ol dl blockquote pre div section article aside header footer figure "
    "table hr".split()
)
"""Elements that no phrasing may hold."""
_TRANSPARENT = frozenset({"a", "ins", "del"})
_PHRASES = frozenset(
    "abbr b bdi bdo cite code dfn em i kbd mark q rp rt ruby s samp small span strong sub sup "
    "time u var p h1 h2 h3 h4 h5 h6 pre".split()
)
"""What holds phrasing alone (HTML, 3.2.5.2.5)."""
_NO_ROOM = _PHRASES | _TRANSPARENT
_BELONGING = ("li", "ul", "ol", "dl", "dt", "dd", "figcaption", "header", "footer", "bdo")
"""What may stand in certain elements only, or hold certain elements only."""
_LEFT_BEHIND = ("a", "p", "h1", "h2", "h3", "h4", "h5", "h6")
_UNSAID = etree.XPath(".//th[not(@scope)]")


def settle(root: etree._Element) -> None:
    """Rename, in place, what stands outside the element it belongs to; no text is touched."""
    for element in list(root.iter(*_BELONGING)):
        parent = element.getparent()
        if element.tag == "li" and parent.tag not in _LISTS:
            element.tag = "div"
        elif element.tag in _LISTS:
            _items(element)
        elif element.tag == "dl":
            _terms(element)
        elif element.tag in _TERMS and parent.tag != "dl":
            element.tag = "div"
        elif element.tag == "figcaption" and not _is_caption(element, parent):
            element.tag = "p"
        elif element.tag in _ENDS and any(a.tag in _ENDS for a in element.iterancestors()):
            element.tag = "div"
        elif element.tag == "bdo" and element.get("dir") is None:
            element.tag = "span"
    _left_behind(root)
    for element in root.iter(*BLOCKS):
        parent = element.getparent()
        if parent is not None and parent.tag in _NO_ROOM:
            _make_room(parent)
    for head in _UNSAID(root):
        head.set("scope", _scope(head))


def _left_behind(root: etree._Element) -> None:
    """Take out what a parser left empty; the footer of a quotation names its source."""
    for element in reversed(list(root.iter(*_LEFT_BEHIND))):
        if len(element) or (element.text or "").strip() or "id" in element.attrib:
            continue
        if element.get("class") != "footnote-backref":
            take_out(element, keep=True)
    for footer in list(root.iter("footer")):
        inner = next(footer.iter(*BLOCKS - _ENDS), None)
        if footer.getparent().tag == "blockquote" and inner is None:
            footer.tag = "p"
            footer.set("class", "source")


def _scope(head: etree._Element) -> str:
    """What a head cell is the head of, which screen readers ask: its row, where that has others."""
    row = head.getparent()
    return "row" if row is not None and row.find("td") is not None else "col"


def _make_room(node: etree._Element | None) -> None:
    """A block in a <span> or a <p>: what holds it becomes a block too."""
    while node is not None and node.tag in _NO_ROOM:
        if node.tag in _PHRASES:
            node.tag = "div"
        node = node.getparent()


def _items(element: etree._Element) -> None:
    """Whatever is in a list and no item becomes one."""
    if (element.text or "").strip() or any((c.tail or "").strip() for c in element):
        element.tag = "div"  # bare text in a list: no list at all
    elif any(c.tag != "li" for c in element):
        for child in element:
            if child.tag != "li":
                item = etree.Element("li")
                child.addprevious(item)
                item.tail, child.tail = child.tail, None
                item.append(child)
    if not len(element):
        element.tag = "div"


def _terms(element: etree._Element) -> None:
    """A definition list holds terms and then their definitions, or it is none."""
    kinds = [c.tag for c in element]
    ordered = bool(kinds) and kinds[0] == "dt" and kinds[-1] == "dd" and set(kinds) <= _TERMS
    bare = (element.text or "").strip() or any((c.tail or "").strip() for c in element)
    if not ordered or bare:
        element.tag = "div"


def _is_caption(element: etree._Element, figure: etree._Element) -> bool:
    """Whether a caption is its figure's only one, first or last in it."""
    captions = [c for c in figure if c.tag == "figcaption"]
    return figure.tag == "figure" and captions[0] is element and element in (figure[0], figure[-1])


def take_out(element: etree._Element, *, keep: bool) -> None:
    """Take an element out: its tail stays, and with `keep` what is in it."""
    parent = element.getparent()
    if parent is None:
        return
    index = parent.index(element)
    text = (element.text or "") if keep and isinstance(element.tag, str) else ""
    children = list(element) if keep else []
    tail = element.tail or ""
    if children:
        children[-1].tail = (children[-1].tail or "") + tail
        tail = ""
    before = parent[index - 1] if index else None
    if before is not None:
        before.tail = (before.tail or "") + text + tail
    else:
        parent.text = (parent.text or "") + text + tail
    parent[index : index + 1] = children
