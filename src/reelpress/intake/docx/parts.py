"""What Word writes that no converter reads, as what one does: fields, directions, formulas,
readings above words, breaks of pages."""

from __future__ import annotations

import re
from typing import Any

_ODD = re.compile(rb"<\w{1,20}:(?:fldSimple|bdo|dir|oMath|ruby|vanish|br\s[^<>]{0,200}type)\b")
_AROUND = frozenset({"fldSimple", "bdo", "dir"})
"""Around runs; their words are those of the runs."""
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def settled(data: bytes) -> bytes:
    """A part of a .docx (document, notes) in which all words stand in runs, in the order in which
    they are read; the part as it is where it is no XML, or needs none of it."""
    if not _ODD.search(data):
        return data
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError:
        return data
    home = f"{{{etree.QName(root).namespace}}}"
    for element in [e for e in root.iter() if isinstance(e.tag, str)]:
        name = etree.QName(element).localname
        if name == "r" and is_hidden(element):
            element[:] = ()
        elif name in _AROUND:
            element.tag = f"{home}smartTag"  # which is read for its runs
        elif name == "oMath":
            words = _said(element)
            _become(element, f"{home}r", etree.Element(f"{home}t"), words)
        elif name == "ruby":
            base, above = (_said(e) for e in (_inner(element, "rubyBase"), _inner(element, "rt")))
            _become(element, f"{home}t", None, f"{base}({above})" if above.strip() else base)
        elif name == "br" and _own(element, "type") in ("page", "column"):
            _become(element, f"{home}t", None, " ")
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def is_hidden(run: Any) -> bool:
    """Whether a run's words are hidden: whoever typed them keeps them to themselves."""
    looks = _inner(run, "rPr")
    mark = _inner(looks, "vanish") if looks is not None else None
    return mark is not None and _own(mark, "val") not in ("0", "false", "off")


def called(root: Any) -> frozenset[str]:
    """Which notes a document calls: `footnote 2`."""
    found = set()
    for element in root.iter():
        name = element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
        if name in ("footnoteReference", "endnoteReference"):
            found.add(f"{name.removesuffix('Reference')} {_own(element, 'id')}")
    return frozenset(found)


def note(element: Any) -> str:
    """What a document calls this note by: `footnote 2`; empty where it is none."""
    name = element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
    return f"{name} {_own(element, 'id')}" if name in ("footnote", "endnote") else ""


def _become(element: Any, tag: str, inner: Any, text: str) -> None:
    for child in list(element):
        element.remove(child)
    element.attrib.clear()
    element.tag = tag
    holder = element
    if inner is not None:
        element.append(inner)
        holder = inner
    holder.text = text
    holder.set(_SPACE, "preserve")


def _inner(element: Any, name: str) -> Any:
    return next((e for e in element if e.tag.rpartition("}")[2] == name), None)


def _said(element: Any) -> str:
    if element is None:
        return ""
    texts = (e for e in element.iter() if isinstance(e.tag, str))
    return "".join(e.text or "" for e in texts if e.tag.rpartition("}")[2] == "t")


def _own(element: Any, name: str) -> str:
    return next((str(v) for key, v in element.items() if key.rpartition("}")[2] == name), "")
