"""Whether a file is a face that can be set with."""

from __future__ import annotations

from functools import cache


@cache
def is_font(data: bytes) -> bool:
    """Whether HarfBuzz, and with it every reader, finds characters and a way to draw them."""
    import uharfbuzz as hb

    if data[:4] not in (b"\x00\x01\x00\x00", b"OTTO", b"true"):
        return False
    face = hb.Face(data)
    return bool(face.glyph_count and face.upem and len(face.unicodes))
