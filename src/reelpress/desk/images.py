"""Pictures from the author's folder: found, opened, made safe, or said to be missing."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, field
from hashlib import sha256
from io import BytesIO
from pathlib import PurePosixPath
from urllib.parse import unquote

from lxml import etree

from reelpress.desk.folder import Folder, OutsideError
from reelpress.findings import Finding, Place, find
from reelpress.model import Asset

_FORMATS = {
    "JPEG": ("image/jpeg", ".jpg"),
    "MPO": ("image/jpeg", ".jpg"),  # as many telephones write them: a JPEG, and more behind it
    "PNG": ("image/png", ".png"),
    "GIF": ("image/gif", ".gif"),
    "WEBP": ("image/webp", ".webp"),
}
_OPENED = ("JPEG", "PNG", "GIF", "WEBP")
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
_MAX_PIXELS = 100_000_000


_Opened = tuple[Asset | None, tuple[tuple[str, dict[str, str]], ...]]
"""A picture, or none; and what to say of it wherever it is used (code, parts of the sentence)."""


@dataclass(slots=True)
class Pictures:
    """The pictures of the whole pool, each opened once."""

    folder: Folder
    known: dict[str, _Opened] = field(default_factory=dict)

    def get(
        self, source: str, beside: str, place: Place
    ) -> tuple[Asset | None, tuple[Finding, ...]]:
        """The picture that the file `beside` calls `source`.

        Findings, at `place`: I001 missing, I002 outside, I003 network, I004 unreadable,
        I005 something was taken out of an SVG.
        """
        address = source.strip()
        head = address.split(":", 1)[0].lower() if ":" in address else ""
        if address.startswith("//") or head in ("http", "https", "ftp"):
            return None, (find("I003", place, url=address),)
        if head or address.startswith(("/", "\\")):
            code = "I004" if head == "data" else "I002"
            shown = address if len(address) < 80 else address[:60] + "…"
            problem = "pictures are files of the project"
            return None, (find(code, place, path=shown, problem=problem),)
        path = unquote(address.split("?")[0].split("#")[0])
        if not path.isprintable():
            path = address
        for base in (PurePosixPath(beside).parent, PurePosixPath("manuscripts")):
            name = posixpath.normpath(base / path)
            if not self.folder.covers(name):
                return None, (find("I002", place, path=path),)
            if self.folder.exists(name):
                asset, said = self._open(name)
                return asset, tuple(_found(code, place, parts) for code, parts in said)
        return None, (find("I001", place, path=path),)

    def _open(self, path: str) -> _Opened:
        if path not in self.known:
            self.known[path] = self._opened(path)
        return self.known[path]

    def _opened(self, path: str) -> _Opened:
        try:
            data = self.folder.read(path)
        except OutsideError:
            return None, (("I002", {"path": path}),)
        except OSError as error:
            return None, (("I004", {"path": path, "problem": error.strerror or "unreadable"}),)
        if path.lower().endswith(".svg") or data.lstrip()[:5] in (b"<svg ", b"<?xml"):
            return _svg(path, data)
        return _bitmap(path, data)


def _found(code: str, place: Place, parts: dict[str, str]) -> Finding:
    return find(code, place, **parts)


def galley_name(path: str, data: bytes, suffix: str) -> str:
    """images/NAME-HASH.ext: two pictures of one name in different folders stay two."""
    stem = re.sub(r"[^a-z0-9]+", "-", PurePosixPath(path).stem.lower()).strip("-") or "image"
    return f"images/{stem}-{sha256(data).hexdigest()[:8]}{suffix}"


def _bitmap(path: str, data: bytes) -> _Opened:
    from PIL import Image, UnidentifiedImageError

    Image.MAX_IMAGE_PIXELS = None  # our own limit is lower, and says the size
    try:
        with Image.open(BytesIO(data), formats=_OPENED) as image:
            kind, size = str(image.format), image.size
            if size[0] * size[1] > _MAX_PIXELS:
                problem = f"{size[0]} × {size[1]} pixels are too many"
                return None, (("I004", {"path": path, "problem": problem}),)
            image.load()
    except UnidentifiedImageError:
        problem = "it is not a JPEG, PNG, GIF, WebP or SVG"
        return None, (("I004", {"path": path, "problem": problem}),)
    except Exception as error:  # noqa: BLE001 # Pillow raises many kinds on damaged files
        return None, (("I004", {"path": path, "problem": f"it is damaged ({error})"}),)
    media_type, suffix = _FORMATS[kind]
    return Asset(galley_name(path, data, suffix), media_type, data, size), ()


def _svg(path: str, data: bytes) -> _Opened:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_pis=True,
        remove_comments=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        return None, (("I004", {"path": path, "problem": f"not well-formed SVG ({error.msg})"}),)
    if root.tag != f"{{{_SVG}}}svg":
        problem = "it is not an SVG (root element or namespace)"
        return None, (("I004", {"path": path, "problem": problem}),)
    taken: list[str] = []
    for element in list(root.iter()):
        if element is not root:
            _clean(element, taken)
    _clean_attributes(root, taken)
    if _uses(root) > _MOST_USES:
        return None, (("I004", {"path": path, "problem": "its <use> elements draw too much"}),)
    size = _svg_size(root)
    if size is None:
        problem = "it has neither a viewBox nor width and height"
        return None, (("I004", {"path": path, "problem": problem}),)
    clean = etree.tostring(root, encoding="utf-8", xml_declaration=True)
    said = tuple(("I005", {"path": path, "what": what}) for what in dict.fromkeys(taken))
    return Asset(galley_name(path, clean, ".svg"), "image/svg+xml", clean, size), said


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
    if not all(0 < side < _MAX_PIXELS for side in sides):
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
