"""What of WeasyPrint 70 is done otherwise here: quicker for many short documents that look alike.

But for three mends (`keep_notes_with_their_calls`, `indent_from_the_right`, and
`write_no_empty_strings`) no page changes by it: the same values are computed, once instead of for
every line and box anew. (Of the time that a review took, preparing lines for Pango was a tenth,
drawing them a sixth, percentages a twelfth; a fifth were styles, for which see `cascade`.)
"""

from __future__ import annotations

import inspect
import struct
from typing import Any


def prepare_lines_once(lines: Any) -> None:
    """Let each style keep what Pango needs to know for its lines (text/line_break.py, Layout)."""
    ffi, pango, gobject = lines.ffi, lines.pango, lines.gobject

    def parts(style: Any) -> tuple[Any, ...]:
        context = ffi.gc(
            pango.pango_font_map_create_context(style.font_config.font_map), gobject.g_object_unref
        )
        pango.pango_context_set_round_glyph_positions(context, False)
        pango.pango_context_set_base_dir(context, lines.PANGO_DIRECTION[style["direction"]])
        override, spoken = style["font_language_override"], style["lang"]
        if override != "normal":
            spoken = lines.LST_TO_ISO.get(override.lower(), override)
        if spoken:
            pointer, _ = lines.unicode_to_char_p(spoken)
            language = pango.pango_language_from_string(pointer)
            pango.pango_context_set_language(context, language)
        else:
            language = pango.pango_language_get_default()
        features = lines.font_features(
            *(
                style[name]
                for name in (
                    "font_kerning", "font_variant_ligatures", "font_variant_position",
                    "font_variant_caps", "font_variant_numeric", "font_variant_alternates",
                    "font_variant_east_asian", "font_feature_settings",
                )
            )
        )  # fmt: skip
        told = ",".join(f"{key} {value}" for key, value in features.items()).encode()
        return context, lines.get_font_description(style), language, told

    original = lines.Layout.setup

    def setup(self: Any, style: Any) -> None:
        if style["text_decoration_line"] != "none":
            original(self, style)
            return
        self.style, self.first_line_direction = style, 0
        known = style.__dict__.get("line_parts")
        if known is None:
            known = style.line_parts = parts(style)
        context, description, self.language, features = known
        self.layout = ffi.gc(pango.pango_layout_new(context), gobject.g_object_unref)
        pango.pango_layout_set_auto_dir(self.layout, False)
        pango.pango_layout_set_font_description(self.layout, description)
        self.ascent = self.underline_position = self.strikethrough_position = None
        if features:
            # The layout holds the list from here; kept by nobody it would never be let go.
            attributes = ffi.gc(pango.pango_attr_list_new(), pango.pango_attr_list_unref)
            pango.pango_attr_list_insert(attributes, pango.pango_attr_font_features_new(features))
            pango.pango_layout_set_attributes(self.layout, attributes)

    lines.Layout.setup = setup
    key_of = lines._font_style_cache_key

    def cache_key(style: Any, include_size: bool = False) -> Any:
        known = style.__dict__.setdefault("cache_keys", {})
        if include_size not in known:
            known[include_size] = key_of(style, include_size)
        return known[include_size]

    lines._font_style_cache_key = cache_key


def resolve_at_once(percent: Any) -> None:
    """Used values without a call for each (layout/percent.py, resolve_one_percentage)."""
    original = percent.resolve_one_percentage

    def resolve_one_percentage(box: Any, name: str, refer_to: Any) -> None:
        value = box.style[name]
        if value == "auto":
            setattr(box, name, 0 if name in ("min_width", "min_height") else "auto")
        elif getattr(value, "unit", None) == "px":
            setattr(box, name, value.value)
        else:
            original(box, name, refer_to)

    percent.resolve_one_percentage = resolve_one_percentage


def keep_notes_with_their_calls(block: Any) -> None:
    """Let a paragraph that does not fit go to the next page, and not the notes before it.

    Where the first of a paragraph's `orphans` lines fits on a page and the rest does not,
    WeasyPrint 70 sends the page's notes over to make room (block.py, `_linebox_layout`), so
    that they stand on another page than their calls. In columns it does not; here it never does.
    """
    source = inspect.getsource(block._linebox_layout)
    choice = "report = not context.in_column and"
    assert choice in source, "WeasyPrint places notes in another way; see whether this is needed"
    exec(source.replace(choice, "report = False and"), vars(block))


def indent_from_the_right(inline: Any) -> None:
    """Indent a first line from right to left on its right (layout/inline.py, get_next_linebox).

    WeasyPrint leaves the room on the left, as it does from left to right.
    """
    original = inline.get_next_linebox

    def get_next_linebox(context: Any, linebox: Any, *others: Any) -> Any:
        line, resume_at = original(context, linebox, *others)
        if line is not None and linebox.text_indent and line.style["direction"] == "rtl":
            for child in line.children:
                if child.is_in_normal_flow():
                    child.translate(-linebox.text_indent)
        return line, resume_at

    inline.get_next_linebox = get_next_linebox


def write_no_empty_strings(stream: Any) -> None:
    """Let two adjustments stand together in a line of text (pydyf, Stream.show_text).

    WeasyPrint writes a string of nothing between them, or before the first. There pdfium, and so
    Chrome, forgets one: a justified line falls short where its spaces are of another face than its
    words.
    """
    original = stream.show_text

    def show_text(self: Any, text: str) -> None:
        original(self, text.replace("<>", " "))

    stream.show_text = show_text


_EMPTY = 0x0FFFFFFF
"""Pango's glyph that draws nothing; those that a face lacks have higher numbers."""
_LEAST = 1e-6
"""A type size that pydyf can still write."""


def draw_lines_at_once(text: Any) -> None:
    """Read a run's glyphs as one block of memory (draw/text.py, draw_first_line).

    Lines with anything out of the ordinary are drawn as WeasyPrint draws them. An adjustment of
    nothing, which it writes between most glyphs, is left out.
    """
    original, lines = text.draw_first_line, _Lines(text)

    def draw_first_line(
        stream: Any, textbox: Any, text_overflow: Any, block_ellipsis: Any, matrix: Any
    ) -> Any:
        runs = None
        if text_overflow != "ellipsis" and block_ellipsis == "none":
            runs = lines.runs(stream, textbox)
        if runs is None:
            return original(stream, textbox, text_overflow, block_ellipsis, matrix)
        stream.set_text_matrix(*matrix.values)
        parts: list[str] = []
        before = None
        for run in runs:
            if run[2] is not before:
                if parts:
                    stream.show_text("".join(parts))
                parts, before = [], run[2]
                stream.set_font_size(before.hash, run[3])
            parts.append(lines.shown(stream, textbox.pango_layout.text, run))
        stream.show_text("".join(parts))
        return []

    text.draw_first_line = draw_first_line


class _Lines:
    """Lines of text as Pango has shaped them."""

    def __init__(self, text: Any) -> None:
        self.ffi, self.pango, self.units = text.ffi, text.pango, text.FROM_UNITS
        self._size = self.ffi.sizeof("PangoGlyphInfo")
        self._read = struct.Struct(f"=Iiii{self._size - 16}x").iter_unpack
        # gitlab.gnome.org/GNOME/pango/-/issues/530
        self._sized = self.pango.pango_version() >= 14802

    def runs(self, stream: Any, textbox: Any) -> list[tuple[Any, ...]] | None:
        """(item, glyphs, font, size) of each run of a line; None of one that is out of the way."""
        style, layout = textbox.style, textbox.pango_layout
        if not textbox.text.strip() or style["font_size"] < _LEAST:
            return None
        self.pango.pango_layout_set_single_paragraph_mode(layout.layout, True)
        runs = []
        run = layout.get_first_line()[0].runs[0]
        while run != self.ffi.NULL:
            item, run = run.data, run.next
            block = self.ffi.buffer(item.glyphs.glyphs, item.glyphs.num_glyphs * self._size)
            glyphs = list(self._read(block))
            font, size = stream.add_font(item.item.analysis.font)
            if font.bitmap or font.png or font.svg or font.colr:
                return None
            if any(glyph >= _EMPTY or rise for glyph, _, _, rise in glyphs):
                return None
            runs.append((item, glyphs, font, size if self._sized else style["font_size"]))
        return runs

    def shown(self, stream: Any, text: str, run: tuple[Any, ...]) -> str:
        """A run as PDF's TJ takes it: glyphs, and how far each is moved."""
        item, glyphs, font, size = run
        widths, told = font.widths, font.to_unicode
        string = "<"
        for index, (glyph, width, shift, _) in enumerate(glyphs):
            if glyph not in told:
                told[glyph] = _meant(text, item, index, len(glyphs))
            if (wide := widths.get(glyph)) is None:
                self.pango.pango_font_get_glyph_extents(
                    item.item.analysis.font, glyph, stream.ink_rect, stream.logical_rect
                )
                wide = round(stream.logical_rect.width * 1000 * self.units / size)
                widths[glyph] = wide
            if offset := shift / size:
                string += f">{-offset}<"
            string += f"{glyph:04x}"
            if kerning := int(wide + offset - width * 1000 * self.units / size):
                string += f">{kerning}<"
        return string[:-1] if string[-1] == "<" else f"{string}>"


def _meant(text: str, item: Any, index: int, count: int) -> str:
    """What a glyph of a run stands for: its cluster of the text."""
    clusters, length = item.glyphs.log_clusters, item.item.length
    begins = clusters[index]
    if item.item.analysis.level % 2:  # right to left
        ends = length if index == 0 else clusters[index - 1]
    else:
        ends = length if index == count - 1 else clusters[index + 1]
    offset = item.item.offset
    return text.encode()[offset + begins : offset + ends].decode()
