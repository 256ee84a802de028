"""Faces cut down to the characters that a book uses."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from io import BytesIO

from reelpress.model import Asset


def subset(font: Asset, text: Iterable[str]) -> Asset:
    """The font with the glyphs of `text` (and what its features make of them) alone."""
    return Asset(font.path, font.media_type, _subset(font.data, "".join(sorted(set(text)))))


@cache
def _subset(data: bytes, characters: str) -> bytes:
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont

    options = Options()
    options.layout_features = ["*"]
    options.name_IDs = ["*"]
    options.hinting = False
    options.notdef_outline = True
    # head.modified would be the clock's.
    options.recalc_timestamp = False
    font = TTFont(BytesIO(data), recalcTimestamp=False, lazy=True)
    cutter = Subsetter(options)
    cutter.populate(text=characters + " \u00a0-\u2010")
    cutter.subset(font)
    out = BytesIO()
    font.save(out)
    return out.getvalue()
