"""Laid-out pages become `Pages`: content painted, tags grown, links, ids and fonts told."""

from __future__ import annotations

import re
import zlib
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from reelpress.bindery.links import Links
from reelpress.bindery.nodes import Node
from reelpress.bindery.pages import FaceUse, Page, Pages
from reelpress.bindery.setter import (
    Laid,
    Opened,
    break_values,
    pydyf,
    section_element,
    use_references,
)
from reelpress.bindery.sides import SCALE
from reelpress.bindery.sides import shifts as moves
from reelpress.bindery.streams import Group, Plain, Tagged
from reelpress.bindery.structure import Tree, repeated, write
from reelpress.bindery.syntax import array
from reelpress.bindery.turns import turns
from reelpress.work import digest

_REFERENCE = re.compile(rb"\b(\d+) 0 R\b")
_COLOURS = re.compile(rb"/lab-d(50|65) (cs|CS)\b")
_LEVEL = 6
"""Of compression: the highest takes twice the time for a hundredth of the size."""


class Canvas:
    """What pages are painted on, with the resources that they share."""

    def __init__(self) -> None:
        self.pdf = pydyf.PDF()
        self.places: dict[int, int] = {}
        """Number of each object -> the local number that it gets."""
        self.fonts: dict[Any, Any] = {}
        self.images: dict[str, Any] = {}
        self.colours = pydyf.Dictionary(
            {
                "lab-d50": "[/Lab<</WhitePoint[0.9642956764 1 0.8251046025]>>]",
                "lab-d65": "[/Lab<</WhitePoint[0.9504559271 1 1.0890577508]>>]",
            }
        )
        self.pdf.add_object(self.colours)
        kinds = ("ExtGState", "XObject", "Pattern", "Shading")
        self.resources = pydyf.Dictionary({kind: pydyf.Dictionary() for kind in kinds})
        self.resources["ColorSpace"] = self.colours.reference

    def stream(
        self,
        width: float,
        height: float,
        marks: dict[Any, Any] | None = None,
        *,
        plain: bool = False,
    ) -> Any:
        """An empty content stream for a page of that size, in points."""
        rectangle = (0, 0, width / SCALE, height / SCALE)
        kind = Plain if plain else Tagged
        stream = kind(self.fonts, rectangle, self.resources, self.images, marks, {}, None)
        stream.transform(d=-1, f=height)
        return stream

    def settle(self, contents: Sequence[bytes]) -> None:
        """Take in what the painted pages asked for."""
        if not any(_COLOURS.search(content) for content in contents):
            del self.resources["ColorSpace"]
        for kind in [k for k, v in self.resources.items() if not v]:
            del self.resources[kind]
        self.resources["Font"] = "@F@"
        use_references(self.pdf, self.resources, self.images, {})
        self.pdf.add_object(self.resources)

    def objects(self, first: int) -> tuple[list[tuple[bytes, bytes]], int]:
        """The resources as objects numbered from `first`, and the number of their dictionary."""
        wanted = self.pdf.objects[3:]  # after what every pydyf document begins with
        if not any(self.colours.reference in item.data for item in wanted):
            wanted.remove(self.colours)
        numbers = self.places = {o.number: first + index for index, o in enumerate(wanted)}
        led = partial(_REFERENCE.sub, lambda m: b"@%d@" % numbers[int(m[1])])
        made = []
        for item in wanted:
            if isinstance(item, pydyf.Stream):
                extra = pydyf.Dictionary(item.extra)
                packed = "Filter" in item.extra
                body = b"\n".join(_bytes(part) for part in item.stream)
                if not packed:
                    body = zlib.compress(body, _LEVEL)
                    extra["Filter"] = "/FlateDecode"
                extra.pop("Length", None)
                made.append((led(extra.data), body))
            else:
                made.append((led(item.data), b""))
        return made, numbers[self.resources.number]


def _bytes(item: Any) -> bytes:
    if isinstance(item, bytes):
        return item
    return bytes(item.data) if hasattr(item, "data") else str(item).encode()


def content(stream: Any) -> bytes:
    """A stream's bytes, to stand between others: its state is its own."""
    return b"q\n" + b"\n".join(_bytes(item) for item in stream.stream) + b"\nQ"


def faces(fonts: Mapping[Any, Any], sheet: Opened) -> tuple[FaceUse, ...]:
    """What was used of each face."""
    merged: dict[str, FaceUse] = {}
    for font in fonts.values():
        if not font.to_unicode:
            continue
        if font.hash not in sheet.faces:
            sheet.faces[font.hash] = digest(bytes(font.file_content))
        known = merged.get(font.hash)
        merged[font.hash] = FaceUse(
            font.hash,
            font.name.decode("latin-1").lstrip("/"),
            font.family,
            sheet.faces[font.hash],
            font.index,
            "otf" if font.file_content[:4] == b"OTTO" else "ttf",
            (font.flags, font.italic_angle, font.ascent, font.descent, font.stemv, font.stemh),
            font.widths if known is None else {**font.widths, **known.widths},
            font.to_unicode if known is None else {**font.to_unicode, **known.text},
            font.missing if known is None else {**font.missing, **known.missing},
        )
    return tuple(merged[key] for key in sorted(merged))


def painted(laid: Laid, sheet: Opened, language: str, heard: list[str]) -> Pages:
    """The pages of a laid-out section of a book in that language."""
    canvas, tree = Canvas(), Tree(language)
    skipped = repeated([page._page_box for page in laid.pages])
    links = Links(len(laid.pages))
    contents = []
    groups: list[tuple[int, Group]] = []
    for index, page in enumerate(laid.pages):
        marks: dict[Any, Any] = {}
        stream = canvas.stream(page.width * SCALE, page.height * SCALE, marks)
        stream.repeated, stream.groups = skipped, []
        page.paint(stream, SCALE)
        contents.append(content(stream))
        groups += [(index, group) for group in stream.groups if group.inside]
        mine = links.of(index, page)
        numbered = {box: mark["mcid"] for box, mark in marks.items()}
        tree.add(page._page_box, numbered, mine)
    tree.finish()
    for number, (_, group) in enumerate(groups):
        group.extra["StructParents"] = f"@K{len(links.made) + number}@"
    canvas.settle(contents)
    first = len(laid.pages) + 1
    objects, resources = canvas.objects(first)
    return _told(laid, sheet, canvas, tree, links, groups, contents, objects, resources, heard)


def _told(
    laid: Laid,
    sheet: Opened,
    canvas: Canvas,
    tree: Tree,
    links: Links,
    groups: Sequence[tuple[int, Group]],
    contents: Sequence[bytes],
    objects: list[tuple[bytes, bytes]],
    resources: int,
    heard: list[str],
) -> Pages:
    count = len(laid.pages)
    first_link = count + len(objects) + 1
    nodes = list(tree.nodes())
    for index, node in enumerate(nodes):
        node.number = first_link + len(links.made) + index
    first_marks = first_link + len(links.made) + len(nodes)
    owners: dict[int, int] = {}
    for node in nodes:
        owners |= {kid: node.number for kid in node.kids if isinstance(kid, int)}
    objects += [(text, b"") for text in links.made]
    inside = {
        (index, mark): canvas.places[group.number]
        for index, group in groups
        for mark in group.inside
    }
    pages = [index for index, mine in enumerate(links.by_page) for _ in mine]
    objects += [(_node(node, first_link, pages, inside), b"") for node in nodes]
    within = [
        {mark: owned.pop(mark) for mark in group.inside if mark in owned}
        for owned, group in ((tree.owners[index], group) for index, group in groups)
    ]
    objects += [
        (array(_owner(marks.get(m)) for m in range(max(marks, default=-1) + 1)), b"")
        for marks in (*tree.owners, *within)
    ]
    # A pattern's tiles are laid from the page's corner, wherever its text moves.
    shifts = moves(laid, sheet)
    tiled = bool(canvas.resources.get("Pattern"))
    here, letters = turns(
        [p._page_box for p in laid.pages], section_element(laid.source.etree_element)
    )
    ids: dict[str, tuple[str, int, float, float]] = {}
    for index, page in enumerate(laid.pages):
        for anchor, (x, y, *_) in page.anchors.items():
            ids.setdefault(anchor, (anchor, index, x * SCALE, (page.height - y) * SCALE))
    return Pages(
        pages=tuple(
            Page(
                *_kind(page._page_box.page_type),
                boxes=page_boxes(page.width, page.height, page.bleed),
                content=zlib.compress(contents[index], _LEVEL),
                marks=first_marks + index,
                links=tuple(first_link + n for n in links.by_page[index]),
                strings=_strings(laid, index),
                first=_first(page._page_box),
                shift=None if tiled else shifts[index],
                turn=here[index],
            )
            for index, page in enumerate(laid.pages)
        ),
        objects=tuple(objects),
        resources=resources,
        roots=tuple(node.number for node in tree.roots),
        link_owners=(
            *(owners[n] for n in range(len(links.made))),
            *(first_marks + count + n for n in range(len(groups))),
        ),
        element_ids=tuple((own, node.number) for own, node in tree.element_ids),
        ids=tuple(ids.values()),
        outline=tuple(
            (level, label, index, x * SCALE, (page.height - y) * SCALE, state != "closed")
            for index, page in enumerate(laid.pages)
            for level, label, (x, y), state in page.bookmarks
        ),
        faces=faces(canvas.fonts, sheet),
        breaks=(break_values(laid.root, "before"), break_values(laid.root, "after")),
        asked=laid.asked,
        complaints=tuple(dict.fromkeys(heard)),
        letters=letters,
    )


def _owner(node: Node | None) -> bytes:
    return b"null" if node is None else b"@%d@" % node.number


def _node(
    node: Node,
    first_link: int,
    pages: Sequence[int],
    inside: Mapping[tuple[int, int], int],
) -> bytes:
    """A structure element; `pages` are those of the links."""
    text = write(node, lambda other: b"@%d@" % other.number, inside)
    if b"@O" not in text:
        return text
    return re.sub(
        rb"@O(\d+)@",
        lambda m: (
            b"<</Type/OBJR/Pg @%d@/Obj @%d@>>" % (pages[int(m[1])] + 1, first_link + int(m[1]))
        ),
        text,
    )


def _kind(page_type: Any) -> tuple[str, bool, tuple[tuple[str, int], ...]]:
    return (page_type.name or "", page_type.blank, tuple(page_type.groups))


def page_boxes(
    wide: float, high: float, bleed: Mapping[str, float]
) -> tuple[tuple[float, float, float, float], ...]:
    """MediaBox, TrimBox, BleedBox in points, of measures in CSS pixels.

    A bleed of up to 10 points is one for printers' machines, as WeasyPrint has it.
    """
    left, top, right, bottom = (bleed[s] * SCALE for s in ("left", "top", "right", "bottom"))
    wide, high = wide * SCALE, high * SCALE
    media = (-left, -bottom, wide + right, high + top)
    trim = (0.0, 0.0, wide, high)
    inner = (-min(10, left), -min(10, bottom), wide + min(10, right), high + min(10, top))
    return media, trim, inner


def _strings(laid: Laid, index: int) -> tuple[tuple[str, str], ...]:
    stored = laid.context.string_set
    return tuple(
        (name, text) for name in sorted(stored) for text in stored[name].get(index + 1, ())
    )


def _first(page: Any) -> tuple[str, ...]:
    """Names of strings set by what stands first on a page (`string(…, start)`)."""
    names: dict[str, None] = {}
    box = page.children[0]
    while box is not None:
        if box.style["string_set"] not in ("none", None):
            names |= {name: None for name, _ in box.style["string_set"]}
        children = getattr(box, "children", ())
        box = children[0] if children else None
    return tuple(names)
