"""A typographic cover for the anthology that brings none: title, editors, imprint, on a ground
whose colour is the book's own (drawn from its identifier)."""

from __future__ import annotations

import unicodedata
from colorsys import hls_to_rgb
from functools import cache
from hashlib import sha256
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont, features

from reelpress.galley import Galley
from reelpress.model import Asset

WIDTH, HEIGHT = 1600, 2560
"""Pixels: what shops ask for as the ideal."""
_DARK, _LIT, _DULL = 0.19, 0.235, 0.24
"""Lightness of the ground and of the beam, and the saturation of both."""
_PAPER = "#f3eee3"
_MARGIN = 170
_PATH = "cover.jpg"


def cover(galley: Galley) -> Asset:
    """The ticket's cover as it is, or a composed one (JPEG, 1600 × 2560)."""
    if galley.edition.cover is not None:
        given = galley.edition.cover
        suffix = ".png" if given.media_type == "image/png" else ".jpg"
        return Asset(f"cover{suffix}", given.media_type, given.data, given.size)
    faces = {(f.family, f.style, f.weight): f.asset.data for f in galley.faces}
    text = faces.get(("text", "normal", 400)) or next(iter(faces.values()), None)
    heads = faces.get(("heads", "normal", 400)) or text
    edition = galley.edition
    lines = (
        edition.title,
        edition.subtitle,
        " · ".join(c.person.name for c in edition.editors),
        galley.imprint.name,
        edition.mark,
    )
    data = _composed(edition.identifier, lines, text, heads)
    return Asset(_PATH, "image/jpeg", data, (WIDTH, HEIGHT))


@cache
def _composed(
    identifier: str, lines: tuple[str, ...], text: bytes | None, heads: bytes | None
) -> bytes:
    """Title, subtitle, names, imprint and mark (each may be empty), as a JPEG."""
    title, subtitle, names, imprint, mark = lines
    digest = sha256(identifier.encode()).digest()
    hue = int.from_bytes(digest[:2]) / 0x10000
    image = Image.new("RGB", (WIDTH, HEIGHT), _tint(hue, _DARK))
    draw = ImageDraw.Draw(image)
    # The beam of a projector, widening to the edge of a screen at the head of the page.
    middle, lamp = WIDTH // 2, HEIGHT - 520
    corners = [(_MARGIN, 334), (WIDTH - _MARGIN, 334), (middle + 14, lamp), (middle - 14, lamp)]
    draw.polygon(corners, fill=_tint(hue, _LIT))
    draw.rectangle((_MARGIN, 330, WIDTH - _MARGIN, 338), fill=_PAPER)
    at = _block(draw, title, text, 230, 430, spacing=1.06)
    if subtitle:
        _block(draw, subtitle, text, 86, at + 60, spacing=1.2)
    foot = HEIGHT - _MARGIN
    if imprint:
        foot = _line(draw, imprint, heads, 56, foot)
    if names:
        _line(draw, names, heads, 76, foot - 40)
    if mark:
        _line(draw, mark, heads, 120, 260)
    out = BytesIO()
    image.save(out, "JPEG", quality=90, subsampling=0)
    return out.getvalue()


def _tint(hue: float, lightness: float) -> tuple[int, int, int]:
    red, green, blue = hls_to_rgb(hue, lightness, _DULL)
    return round(red * 255), round(green * 255), round(blue * 255)


def _font(data: bytes | None, size: int, text: str) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    """The face at a size, for a text.

    Raqm sets right-to-left scripts, but Pillow has it only where the machine has FriBiDi: where
    it is not needed the plain engine makes the same bytes everywhere.
    """
    if data is None:
        return ImageFont.load_default(size)
    turned = any(unicodedata.bidirectional(c) in ("R", "AL") for c in text)
    shaped = turned and features.check("raqm")
    engine = ImageFont.Layout.RAQM if shaped else ImageFont.Layout.BASIC
    return ImageFont.truetype(BytesIO(data), size, layout_engine=engine)


def _block(
    draw: ImageDraw.ImageDraw, text: str, face: bytes | None, size: int, top: int, spacing: float
) -> int:
    """Set `text` from `top` down in lines that fit, smaller where it must; where it ends."""
    room = WIDTH - 2 * _MARGIN
    while True:
        font = _font(face, size, text)
        lines = _lines(draw, text, font, room)
        fits = all(draw.textlength(line, font=font) <= room for line in lines)
        if (fits and len(lines) <= 6) or size <= 40:
            break
        size = int(size * 0.9)
    for line in lines:
        draw.text((_MARGIN, top), line, font=font, fill=_PAPER)
        top += int(size * spacing)
    return top


def _lines(
    draw: ImageDraw.ImageDraw,
    text: str,
    font: ImageFont.FreeTypeFont | ImageFont.ImageFont,
    room: int,
) -> list[str]:
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and draw.textlength(longer, font=font) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _line(draw: ImageDraw.ImageDraw, text: str, face: bytes | None, size: int, bottom: int) -> int:
    """Set one line that ends above `bottom`, smaller where it must; its top."""
    while draw.textlength(text, font=_font(face, size, text)) > WIDTH - 2 * _MARGIN and size > 24:
        size -= 2
    draw.text((_MARGIN, bottom - size), text, font=_font(face, size, text), fill=_PAPER)
    return bottom - size
