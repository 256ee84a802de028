"""What both binders do to a section's tree: the galley's own marks resolved or taken off."""

from __future__ import annotations

from lxml import etree

from reelpress.galley import Section

_MARKS = ("data-at", "data-in", "data-undescribed", "data-line")
_OTHER = {"pages": "screen", "screen": "pages"}
_ONLY = etree.XPath("descendant::*[@data-only]")
_OPS = "http://www.idpf.org/2007/ops"
_DECLARED = f' xmlns:epub="{_OPS}"'
etree.register_namespace("epub", _OPS)
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)


def tree(section: Section) -> etree._Element:
    """A section's body as a tree of its own."""
    return etree.fromstring(section.body.encode(), _PARSER)


def only(root: etree._Element, kind: str) -> etree._Element:
    """The tree without what is for volumes of another kind alone; `kind` is pages or screen."""
    for element in _ONLY(root):
        if element.get("data-only") == _OTHER[kind]:
            remove(element)
    return root


def strip_marks(root: etree._Element, *more: str) -> None:
    """Take the places off, and `more` attributes; they are for findings, not for readers."""
    for element in root.iter():
        for mark in (*_MARKS, *more):
            if mark in element.attrib:
                del element.attrib[mark]


def close_up(element: etree._Element) -> None:
    """Take off the white space before an element."""
    before, parent = element.getprevious(), element.getparent()
    if before is not None:
        before.tail = (before.tail or "").rstrip() or None
    elif parent is not None:
        parent.text = (parent.text or "").rstrip() or None


def remove(element: etree._Element) -> None:
    """Take an element out and leave its tail."""
    parent = element.getparent()
    if parent is None:
        return
    before, tail = element.getprevious(), element.tail or ""
    if before is not None:
        before.tail = (before.tail or "") + tail
    else:
        parent.text = (parent.text or "") + tail
    element.tail = None
    parent.remove(element)


def markup(root: etree._Element) -> str:
    """The tree as XML text, to stand in a page that declares epub:.

    Reading systems look for epub:type by this very name, whatever XML says of prefixes.
    """
    text = str(etree.tostring(root, encoding="unicode", with_tail=False))
    return text.replace(_DECLARED, "")
