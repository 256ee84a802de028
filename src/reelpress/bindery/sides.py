"""What changes where a page falls on the other side of the leaf.

A page set as a recto is a verso once its text is moved to the other margin, if nothing else of its
style differs: pixel for pixel what setting again would give.
"""

from __future__ import annotations

from typing import Any

from reelpress.bindery.setter import (
    Laid,
    Opened,
    boxes,
    page_height,
    page_width,
    resolve_percentages,
    section_element,
    set_page_type_computed_styles,
)

SCALE = 0.75
"""Points to a CSS pixel."""
_SIDED = frozenset({"left", "right", "recto", "verso"})
_NOTHING = 1e-6
_SPACES = tuple(
    f"{kind}_{side}{ending}"
    for kind, ending in (("padding", ""), ("border", "_width"))
    for side in ("top", "right", "bottom", "left")
)


def shifts(laid: Laid, sheet: Opened) -> list[float | None]:
    """How far each page's content moves where the page falls on the other side."""
    if not laid.pages or _turns_by_side(laid):
        return [None] * len(laid.pages)
    # A page's style is the same in every section, but for the root element's.
    root = tuple(sorted(laid.source.etree_element.items()))
    found: list[float | None] = []
    for page in (p._page_box for p in laid.pages):
        own = page.page_type
        key = (root, *own)
        if key not in sheet.shifts:
            other = own._replace(side="left" if own.side == "right" else "right")
            left = content_left(laid.context, laid.source, page, other)
            shift = None if left is None else (left - page.content_box_x()) * SCALE
            sheet.shifts[key] = None if own.blank or _covered(page) else shift
        found.append(sheet.shifts[key])
    return found


def _covered(page: Any) -> bool:
    """Whether something is drawn on a page that reaches to its edges, wherever its text stands."""
    ground = page.background
    drawn = ground is not None and (ground.color.alpha or any(la.image for la in ground.layers))
    return bool(drawn or page.style["marks"])


def _turns_by_side(laid: Laid) -> bool:
    """Whether something inside a section asks for a side, so that blank pages may be in it."""
    section = section_element(laid.source.etree_element)
    return any(
        style["break_before"] in _SIDED or style["break_after"] in _SIDED
        for (element, pseudo), style in laid.context.style_for.get_computed_styles().items()
        if pseudo is None and not isinstance(element, tuple) and element is not section
        if element.get("style") is None  # the stub of a neighbour
    )


def page_box(context: Any, source: Any, page_type: Any) -> Any:
    """An empty page of a type, with the measures that its style gives it."""
    set_page_type_computed_styles(page_type, source, context.style_for)
    page = boxes.PageBox(page_type, context.style_for(page_type))
    wide, high = page.style["size"]
    resolve_percentages(page, (wide, high))
    page.position_x = page.position_y = 0
    page_width(page, context, wide)
    page_height(page, context, high)
    return page


def content_left(context: Any, source: Any, page: Any, other: Any) -> float | None:
    """Where the text of a set page would begin, in CSS pixels, were it of the type `other`.

    None where more than its left edge would be another: it must be set again.
    """
    twin = page_box(context, source, other)
    same = all(
        abs(getattr(page, side) - getattr(twin, side)) < _NOTHING
        for side in ("width", "height", "margin_top", "margin_bottom", *_SPACES)
    )
    return twin.content_box_x() if same and page.style["size"] == twin.style["size"] else None
