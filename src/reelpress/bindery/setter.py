"""The only door to WeasyPrint: a section of XHTML and a style sheet become pages.

It is given everything it may use. Its fetcher serves what it was handed and nothing else: no
network, no disk, whatever a style sheet or an SVG asks for. Its complaints come back as texts.
System fonts are hidden from it, so that a page looks the same on every machine.

WeasyPrint lays out and paints; that a section is one of many, its tags, its links and its fonts
are our own business (`painted`), so its layers are called one by one, and not its `write_pdf`.
"""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, redirect_stdout
from dataclasses import dataclass, field
from functools import partial
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from xml.etree import ElementTree

from reelpress.bindery.cascade import Styles, style_class
from reelpress.bindery.complaints import BASE, complaints
from reelpress.bindery.otherwise import (
    draw_lines_at_once,
    indent_from_the_right,
    keep_notes_with_their_calls,
    prepare_lines_once,
    resolve_at_once,
    write_no_empty_strings,
)
from reelpress.bindery.sheet import Sheet

_EMPTY = '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig/>'
_SHEETS = 4
"""How many style sheets a worker keeps parsed."""


@contextmanager
def _without_system_fonts() -> Iterator[None]:
    """Let fontconfig see no font but those that a style sheet brings.

    It reads the environment whenever a configuration is loaded, and has no other door.
    """
    before = os.environ.get("FONTCONFIG_FILE")  # noqa: TID251
    with TemporaryDirectory(prefix="reelpress-") as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # WeasyPrint's, that there are no fonts
        file = Path(folder) / "fonts.conf"
        file.write_text(_EMPTY, "utf-8")
        os.environ["FONTCONFIG_FILE"] = str(file)  # noqa: TID251
        try:
            yield
        finally:
            if before is None:
                del os.environ["FONTCONFIG_FILE"]  # noqa: TID251
            else:
                os.environ["FONTCONFIG_FILE"] = before  # noqa: TID251


# Where a library is missing WeasyPrint prints a notice before it raises; the caller tells it.
with _without_system_fonts(), redirect_stdout(StringIO()):
    import cssselect2
    import pydyf
    from weasyprint import CSS, DEFAULT_OPTIONS, HTML, layout
    from weasyprint import css as css_module
    from weasyprint.anchors import gather_anchors
    from weasyprint.css.counters import CounterStyle
    from weasyprint.css.targets import TargetCollector, TargetLookupItem, anchor_name_from_token
    from weasyprint.document import Page as SetPage
    from weasyprint.draw import draw_background, draw_border, draw_stacking_context
    from weasyprint.draw import text as draw_text
    from weasyprint.formatting_structure import boxes
    from weasyprint.formatting_structure.build import build_formatting_structure
    from weasyprint.images import get_image_from_uri
    from weasyprint.layout import LayoutContext, block, inline, layout_document, percent
    from weasyprint.layout.background import layout_box_backgrounds
    from weasyprint.layout.page import (
        PageType,
        make_margin_boxes,
        page_height,
        page_width,
        set_page_type_computed_styles,
    )
    from weasyprint.layout.percent import resolve_percentages
    from weasyprint.pdf import _use_references as use_references
    from weasyprint.pdf.stream import Stream
    from weasyprint.stacking import StackingContext
    from weasyprint.text import line_break
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import URLFetcher, URLFetcherResponse


keep_notes_with_their_calls(block)
indent_from_the_right(inline)
write_no_empty_strings(Stream)
_StyleFor = style_class(css_module)
prepare_lines_once(line_break)
resolve_at_once(percent)
draw_lines_at_once(draw_text)


@dataclass(slots=True)
class Opened:
    """A style sheet, parsed, with its fonts."""

    css: Any
    fonts: Any
    counter_style: Any
    files: Mapping[str, tuple[bytes, str]]
    styles: Styles
    complaints: tuple[str, ...]
    """What WeasyPrint said of the sheet: true of every section, whichever is set first."""
    faces: dict[str, str] = field(default_factory=dict)
    """Font resource -> digest of the face's file."""
    shifts: dict[Any, float | None] = field(default_factory=dict)
    """Kind of page -> how far its text moves where it falls on the other side."""


_OPENED: dict[str, Opened] = {}


def opened(sheet: Sheet) -> Opened:
    """The sheet parsed; a worker parses each once."""
    if sheet.key not in _OPENED:
        while len(_OPENED) >= _SHEETS:
            del _OPENED[next(iter(_OPENED))]
        with _without_system_fonts():
            fonts = FontConfiguration()
        counters = CounterStyle()
        for known in HTML._ua_counter_style(None):
            counters.update(known)
        with complaints() as heard:
            css = CSS(
                string=sheet.style,
                base_url=BASE,
                url_fetcher=_Files(sheet.files),
                font_config=fonts,
                counter_style=counters,
            )
        styles = Styles(sheet.style)
        _OPENED[sheet.key] = Opened(css, fonts, counters, sheet.files, styles, tuple(heard))
    return _OPENED[sheet.key]


class _Files(URLFetcher):  # type: ignore[misc]
    """Serves the files it was handed, and refuses everything else."""

    def __init__(self, *files: Mapping[str, tuple[bytes, str]]) -> None:
        super().__init__()
        self.files = files

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> Any:
        del headers
        path = url.removeprefix(BASE)
        found = next((files[path] for files in self.files if path in files), None)
        if found is None or not url.startswith(BASE):
            raise ValueError(f"{url[:100]} is not fetched")
        return URLFetcherResponse(url, found[0], {"Content-Type": found[1]})


class _Targets(TargetCollector):  # type: ignore[misc]
    """Answers target-counter with the page numbers of the bound book."""

    def __init__(self, numbers: Mapping[str, int]) -> None:
        super().__init__()
        self.numbers = numbers
        self.asked: dict[str, None] = {}

    def lookup_target(self, token: Any, source: Any, css_token: Any, parse_again: Any) -> Any:
        anchor = token
        if token[0] == "attr()":
            value = source.element.get(token[1][0]) or ""
            anchor = ("string", value if value.startswith("#") else "")
        name = anchor_name_from_token(anchor) if anchor[0] in ("string", "url") else None
        if not name:
            return super().lookup_target(token, source, css_token, parse_again)
        self.asked[name] = None
        if name not in self.numbers:
            return TargetLookupItem("undefined")  # not set yet, or not for paper: nothing is shown
        item = TargetLookupItem("up-to-date")
        item.target_box = _Numbered({"page": [self.numbers[name]]})
        return item


@dataclass(slots=True)
class _Numbered:
    """As much of a target's box as target-counter looks at; target-text finds nothing (B007)."""

    cached_counter_values: dict[str, list[int]]

    def extract_text(self, style: str) -> str:  # noqa: ARG002
        """No text: the target may be in another section."""
        return ""


@dataclass(slots=True)
class Laid:
    """A document's pages as WeasyPrint laid them out."""

    pages: list[Any]
    context: Any
    source: Any
    root: Any
    asked: tuple[str, ...]


@contextmanager
def _margin_boxes(wanted: bool) -> Iterator[None]:
    """Heads and folios are set apart: a section goes without them."""
    layout.make_margin_boxes = make_margin_boxes if wanted else _no_boxes
    try:
        yield
    finally:
        layout.make_margin_boxes = make_margin_boxes


def _no_boxes(*_: object) -> tuple[()]:
    return ()


def html(tree: Any, *files: Mapping[str, tuple[bytes, str]]) -> Any:
    """A tree of ElementTree as the document that WeasyPrint wants.

    Its own constructor takes text alone, and its HTML parser would be a tenth of the work.
    """
    made = HTML.__new__(HTML)
    made.base_url, made.url_fetcher, made.media_type = BASE, _Files(*files), "print"
    made.wrapper_element = cssselect2.ElementWrapper.from_html_root(tree, content_language=None)
    made.etree_element = made.wrapper_element.etree_element
    return made


def lay_out(
    document: str,
    sheet: Opened,
    files: Mapping[str, tuple[bytes, str]],
    numbers: Mapping[str, int] | None,
    *,
    first: bool = False,
    edges: bool = False,
) -> Laid:
    """Lay out an XHTML document.

    `files` are its pictures; `numbers` (id -> page number) is what target-counter finds, or
    WeasyPrint's own counting where it is None; `first` says whether it begins the book;
    `edges` sets heads and folios too.
    """
    tree = ElementTree.fromstring(document)
    source = html(tree, files, sheet.files)
    targets = TargetCollector() if numbers is None else _Targets(numbers)
    context = new_context(source, sheet, targets, first=first)
    root = build_formatting_structure(
        source.etree_element,
        context.style_for,
        context.get_image_from_uri,
        BASE,
        targets,
        sheet.counter_style,
        context.footnotes,
    )
    with _margin_boxes(edges):
        pages = [SetPage(box) for box in layout_document(source, root, context)]
    if not _section_of(root):
        pages = []  # nothing of it is for paper
    return Laid(pages, context, source, root, tuple(sorted(getattr(targets, "asked", ()))))


def new_context(source: Any, sheet: Opened, targets: Any = None, *, first: bool = False) -> Any:
    """What a layout needs: styles, pictures, fonts; `:first` is for the book's first page alone."""
    targets = targets or TargetCollector()
    sheets = [*((ua, "user agent", None) for ua in source._ua_stylesheets())]
    sheets.append((sheet.css, "user", None))
    style_for = _StyleFor(sheet.styles, source, sheets, sheet.fonts, targets)
    if not first:
        matches = style_for._page_type_match
        style_for._page_type_match = lambda selector, page_type: matches(
            selector, page_type._replace(index=page_type.index + 1)
        )
    image = partial(
        get_image_from_uri, cache={}, url_fetcher=source.url_fetcher, options=DEFAULT_OPTIONS
    )
    return LayoutContext(style_for, image, sheet.fonts, sheet.counter_style, targets)


def section_element(tree: Any) -> Any:
    """The section that a document is of: what stands before it is but a stub."""
    return tree.find("body")[-1]


def _section_of(root: Any) -> Any:
    """The one box in <body>; None where it is not displayed."""
    body = next((b for b in root.children if b.element_tag == "body"), None)
    return body.children[-1] if body is not None and body.children else None


def break_values(root: Any, side: str) -> tuple[str, ...]:
    """What a section's first or last boxes ask of the break `before` or `after` it."""
    section = _section_of(root)
    return tuple(block._add_break_values(section, side)) if section is not None else ()


__all__ = [
    "Laid",
    "Opened",
    "PageType",
    "StackingContext",
    "Stream",
    "boxes",
    "break_values",
    "complaints",
    "draw_background",
    "draw_border",
    "draw_stacking_context",
    "gather_anchors",
    "html",
    "lay_out",
    "layout_box_backgrounds",
    "make_margin_boxes",
    "new_context",
    "opened",
    "page_height",
    "page_width",
    "pydyf",
    "resolve_percentages",
    "section_element",
    "set_page_type_computed_styles",
    "use_references",
]
