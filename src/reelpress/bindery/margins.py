"""Margin boxes (CSS Paged Media 3, section 4), set by WeasyPrint one group at a time.

A section is laid out without them; here is one worker's side of `edges`.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from xml.etree import ElementTree

from reelpress.bindery import setter
from reelpress.bindery.edges import Edge, Group, Kind, Plan, Wanted
from reelpress.bindery.paint import Canvas, content, faces, page_boxes
from reelpress.bindery.sections import Frame
from reelpress.bindery.sheet import Sheet
from reelpress.bindery.sides import SCALE, page_box

_PREFIXES = {
    "top": ("left", "center", "right"),
    "bottom": ("left", "center", "right"),
    "left": ("top", "middle", "bottom"),
    "right": ("top", "middle", "bottom"),
}
_CORNERS = ("top-left", "top-right", "bottom-left", "bottom-right")


def plans(kinds: Sequence[Kind], frame: Frame, sheet: Sheet) -> tuple[Plan, ...]:
    """The plan of each kind of page."""
    press = _press(frame, sheet)
    return tuple(press.plan(kind) for kind in kinds)


def set_edge(wanted: Wanted, frame: Frame, sheet: Sheet) -> Edge:
    """One edge as content."""
    return _press(frame, sheet).edge(wanted)


_LAST: dict[tuple[Frame, str], _Press] = {}
"""The one that this worker used last."""


def _press(frame: Frame, sheet: Sheet) -> _Press:
    key = (frame, sheet.key)
    if key not in _LAST:
        _LAST.clear()
        _LAST[key] = _Press(frame, setter.opened(sheet))
    return _LAST[key]


class _Press:
    def __init__(self, frame: Frame, sheet: setter.Opened) -> None:
        document = frame.document("<section/>")
        self.sheet = sheet
        self.source = setter.html(ElementTree.fromstring(document), sheet.files)
        self.context = setter.new_context(self.source, sheet, first=True)
        self.context.get_string_set_for = self._string
        self.style_for: Callable[..., Any] = self.context.style_for
        self._strings: Mapping[tuple[str, str], str] = {}
        self._pages: dict[Kind, Any] = {}

    def _string(self, page: Any, name: str, keyword: str = "first") -> tuple[str, ...]:
        del page
        return (self._strings.get((name, keyword), ""),)

    def _page(self, kind: Kind) -> Any:
        if kind not in self._pages:
            own = setter.PageType(kind.side, kind.blank, kind.name, kind.index, kind.groups)
            self._pages[kind] = page_box(self.context, self.source, own)
        return self._pages[kind]

    def plan(self, kind: Kind) -> Plan:
        """Which margin boxes a kind of page has, and what they show."""
        page = self._page(kind)
        groups = [Group(("page",))] if kind.blank and not kind.name else []
        for prefix, suffixes in _PREFIXES.items():
            boxes = [f"@{prefix}-{suffix}" for suffix in suffixes]
            shown = [box for box in boxes if self._shows(page, box)]
            measure = "width" if prefix in ("top", "bottom") else "height"
            # Where none takes its measure from its neighbours, each is set by itself.
            fixed = all(self._style(page, box)[measure] != "auto" for box in shown)
            if len(shown) == 1 or fixed:
                groups += [self._group(page, (box,)) for box in shown]
            elif shown:
                groups.append(self._group(page, tuple(shown)))
        corners = [f"@{corner}-corner" for corner in _CORNERS]
        groups += [self._group(page, (box,)) for box in corners if self._shows(page, box)]
        measures = page.margin_width(), page.margin_height(), page.bleed
        return Plan(page_boxes(*measures), tuple(groups))

    def _style(self, page: Any, box: str) -> Any:
        return self.style_for(page.page_type, box)

    def _shows(self, page: Any, box: str) -> bool:
        style = self._style(page, box)
        return style is not None and style["content"] not in ("normal", "inhibit", "none")

    def _group(self, page: Any, boxes: tuple[str, ...]) -> Group:
        number, strings = False, set[tuple[str, str]]()
        for box in boxes:
            for kind, value in self._style(page, box)["content"]:
                if kind in ("counter()", "counters()") and value[0] == "page":
                    number = True
                elif kind == "string()":
                    strings.add((value[0], value[1]))
        return Group(boxes, number, tuple(sorted(strings)))

    def edge(self, wanted: Wanted) -> Edge:
        """The content of one edge; what it needs beyond fonts comes along."""
        page = self._page(wanted.kind)
        self._strings = {(name, which): text for name, which, text in wanted.strings}
        canvas = Canvas()
        high = page.margin_height() * SCALE
        stream = canvas.stream(page.margin_width() * SCALE, high, plain=True)
        stream.transform(a=SCALE, d=SCALE)
        before = len(stream.stream)
        if wanted.boxes == ("page",):
            _draw_blank(self.context, self.source, page, stream)
        else:
            only = (None, *wanted.boxes)
            self.context.style_for = lambda kind, box=None: (
                self.style_for(kind, box) if box in only else None
            )
            state: Any = ([0], {"page": [wanted.number], "pages": [0]}, [{"page", "pages"}], [])
            _draw_margin_boxes(self.context, page, state, stream)
            self.context.style_for = self.style_for
        if len(stream.stream) == before:
            return Edge(b"")
        body = b"/Artifact <</Type /Pagination>> BDC\n" + content(stream) + b"\nEMC"
        canvas.settle([body])
        used = faces(canvas.fonts, self.sheet)
        # Then it can share the fonts of any page.
        plain = set(canvas.resources) == {"Font"} and not any(face.missing for face in used)
        objects = () if plain else tuple(canvas.objects(1)[0])
        return Edge(zlib.compress(body, 9), used, objects)


def _draw_margin_boxes(context: Any, page: Any, state: Any, stream: Any) -> None:
    """Lay out a page's margin boxes, for page counters as `state` has them, and draw them."""
    context.page_bottom = page.margin_height()
    for box in setter.make_margin_boxes(context, page, state):
        setter.layout_box_backgrounds(page, box, context.get_image_from_uri)
        setter.gather_anchors(box, {}, [], [], {None: []})  # it settles transforms
        setter.draw_stacking_context(stream, setter.StackingContext.from_box(box, page))


def _draw_blank(context: Any, source: Any, page: Any, stream: Any) -> None:
    """Draw what an empty page has: its background, the root element's, its borders, marks."""
    root = context.style_for(source.etree_element)
    setter.layout_box_backgrounds(page, page, context.get_image_from_uri, layout_children=False)
    own = page.background
    setter.layout_box_backgrounds(
        page, page, context.get_image_from_uri, layout_children=False, style=root
    )
    canvas, page.background = page.background, own
    area = page.border_box_x(), page.border_box_y(), page.border_width(), page.border_height()
    canvas = canvas._replace(layers=[la._replace(painting_area=area) for la in canvas.layers])
    bleed, marks = page.bleed, page.style["marks"]
    setter.draw_background(stream, own, clip_box=False, bleed=bleed, marks=marks)
    setter.draw_background(stream, canvas, clip_box=False)
    setter.draw_border(stream, page)
