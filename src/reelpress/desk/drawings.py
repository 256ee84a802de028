"""Drawings (SVG): whatever could run or ask for something is taken out, and said."""

from __future__ import annotations

import re

from lxml import etree

_SVG = "http://www.w3.org/2000/svg"
_XLINK = "{http://www.w3.org/1999/xlink}href"
_DRAWS = frozenset(
    "svg g path rect circle ellipse line polyline polygon text tspan textPath defs use symbol "
    "marker linearGradient radialGradient stop clipPath mask pattern title desc image filter "
    "feGaussianBlur feOffset feBlend feColorMatrix feFlood feComposite feMerge feMergeNode switch "
    "style metadata".split()
)
# A backslash would be an escape, with which CSS can spell every other word here.
_ASKS = re.compile(
    r"\\|//|@import|image-set|image\s*\(|src\s*\(|url\(\s*['\"]?(?!#)|expression\(|javascript:",
    re.I,
)
_LENGTH = re.compile(r"\s*([\d.]+)\s*(?:px)?\s*")
_ATTRIBUTES = ("http://www.w3.org/1999/xlink", "http://www.w3.org/XML/1998/namespace")
_MOST_USES = 10_000
_ROOT = "the drawing itself"
_LARGEST = 100_000_000
"""Of a side, in pixels."""


class NoDrawingError(Exception):
    """The file can't be used; the argument says why."""


def drawing(data: bytes) -> tuple[bytes, tuple[int, int], tuple[str, ...]]:
    """An SVG made safe, its size in pixels, and what was taken out of it.

    Raises NoDrawingError.
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_pis=True,
        remove_comments=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise NoDrawingError(f"not well-formed SVG ({error.msg})") from None
    if root.tag != f"{{{_SVG}}}svg":
        raise NoDrawingError("it is not an SVG (root element or namespace)")
    taken: list[str] = []
    for element in list(root.iter()):
        if element is not root:
            _clean(element, taken)
    _clean_attributes(root, taken)
    if _uses(root) > _MOST_USES:
        raise NoDrawingError("its <use> elements draw too much")
    size = _svg_size(root)
    if size is None:
        raise NoDrawingError("it has neither a viewBox nor width and height")
    clean = etree.tostring(root, encoding="utf-8", xml_declaration=True)
    return clean, size, tuple(dict.fromkeys(taken))


def _clean(element: etree._Element, taken: list[str]) -> None:
    name = etree.QName(element).localname if isinstance(element.tag, str) else ""
    foreign = not isinstance(element.tag, str) or etree.QName(element).namespace != _SVG
    asks = name == "style" and _ASKS.search(element.text or "")
    if foreign or name not in _DRAWS or asks:
        # Editors' private elements are dropped in silence; what could run or ask is said.
        if not isinstance(element.tag, str):
            taken.append(f"the entity {element.text}")
        elif not foreign:
            taken.append("a style sheet that asks for other files" if asks else f"<{name}>")
        _unlink(element)
        return
    _clean_attributes(element, taken)


def _unlink(element: etree._Element) -> None:
    parent, before = element.getparent(), element.getprevious()
    if parent is None:
        return
    if before is not None:
        before.tail = (before.tail or "") + (element.tail or "")
    else:
        parent.text = (parent.text or "") + (element.tail or "")
    element.tail = None
    parent.remove(element)


def _clean_attributes(element: etree._Element, taken: list[str]) -> None:
    for key in list(element.attrib):
        value = element.attrib[key]
        local = etree.QName(key).localname
        if etree.QName(key).namespace not in (None, *_ATTRIBUTES):
            pass  # an editor's own, dropped in silence
        elif local.lower().startswith("on"):
            taken.append(f"the attribute {local}")
        elif key in ("href", _XLINK) and not value.startswith(
            ("#", "data:image/png", "data:image/jpeg")
        ):
            taken.append(f"the address {value[:60]}")
        elif _ASKS.search(value) and local != "href":
            taken.append(f"the attribute {local} that asks for {value[:60]}")
        else:
            continue
        del element.attrib[key]


def _svg_size(root: etree._Element) -> tuple[int, int] | None:
    box = re.split(r"[\s,]+", (root.get("viewBox") or "").strip())
    if len(box) == 4:
        return _size(box[2], box[3])
    width, height = (_LENGTH.fullmatch(root.get(k) or "") for k in ("width", "height"))
    if not width or not height:
        return None
    root.set("viewBox", f"0 0 {width[1]} {height[1]}")
    return _size(width[1], height[1])


def _size(width: str, height: str) -> tuple[int, int] | None:
    try:
        sides = float(width), float(height)
    except ValueError:
        return None
    if not all(0 < side < _LARGEST for side in sides):
        return None
    return max(1, round(sides[0])), max(1, round(sides[1]))


def _uses(root: etree._Element) -> int:
    """How many elements the <use>s of an SVG stand for, followed as far as `_MOST_USES`."""
    inside: dict[str, list[str]] = {}
    for element in root.iter(f"{{{_SVG}}}use"):
        target = (element.get("href") or element.get(_XLINK) or "")[1:]
        holders = {a.get("id") for a in element.iterancestors() if a.get("id")}
        for holder in (*holders, _ROOT) if target else ():
            inside.setdefault(str(holder), []).append(target)
    total, level = 0, inside.get(_ROOT, [])
    while level and total <= _MOST_USES:
        total += len(level)
        level = [below for name in level for below in inside.get(name, [])][: _MOST_USES + 1]
    return total
