"""A typographic cover for the anthology that brings none: title, editors, imprint, on a ground
whose colour is the book's own (drawn from its identifier)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from colorsys import hls_to_rgb
from functools import cache
from hashlib import sha256
from io import BytesIO
from typing import NamedTuple

from PIL import Image, ImageDraw, ImageFont, features

from reelpress.bindery.fonts import drawn
from reelpress.galley import Galley
from reelpress.model import Asset

WIDTH, HEIGHT = 1600, 2560
"""Pixels: what shops ask for as the ideal."""
_DARK, _LIT, _DULL = 0.19, 0.235, 0.24
"""Lightness of the ground and of the beam, and the saturation of both."""
_PAPER = "#f3eee3"
_MARGIN = 170
_PATH = "cover.jpg"
_AROUND = re.compile(r"(\W*)(.*?)(\W*)", re.DOTALL)
_MIRRORED = str.maketrans("()[]«»", ")(][»«")


def cover(galley: Galley) -> Asset:
    """The ticket's cover as it is, or a composed one (JPEG, 1600 × 2560)."""
    if galley.edition.cover is not None:
        given = galley.edition.cover
        suffix = ".png" if given.media_type == "image/png" else ".jpg"
        return Asset(f"cover{suffix}", given.media_type, given.data, given.size)
    faces = {(f.family, f.style, f.weight): f.asset.data for f in galley.faces}
    upright = {key[0]: data for key, data in faces.items() if key[1:] == ("normal", 400)}
    text = upright.get("text") or next(iter(faces.values()), None)
    heads = upright.get("heads") or text
    others = [text, *upright.values()]
    edition = galley.edition
    lines = (
        edition.title,
        edition.subtitle,
        " · ".join(c.person.name for c in edition.editors),
        galley.imprint.name,
        edition.mark,
    )
    hands = [_Hand(_faces([first, *others]), galley.direction == "rtl") for first in (text, heads)]
    data = _composed(edition.identifier, lines, *hands)
    return Asset(_PATH, "image/jpeg", data, (WIDTH, HEIGHT))


class _Hand(NamedTuple):
    """What lines are set in: the first face that has a character draws it."""

    faces: tuple[bytes, ...]
    turned: bool
    """From right to left."""


def _faces(given: Iterable[bytes | None]) -> tuple[bytes, ...]:
    return tuple(dict.fromkeys(face for face in given if face is not None))


@cache
def _composed(identifier: str, lines: tuple[str, ...], text: _Hand, heads: _Hand) -> bytes:
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


def _font(data: bytes | None, size: int, text: str) -> ImageFont.FreeTypeFont:
    """The face at a size, for a text; Pillow's own where there is none.

    Raqm sets right-to-left scripts, but Pillow has it only where the machine has FriBiDi: where
    it is not needed the plain engine makes the same bytes everywhere.
    """
    if data is None:
        own = ImageFont.load_default(size)
        assert isinstance(own, ImageFont.FreeTypeFont)
        return own
    turned = any(unicodedata.bidirectional(c) in ("R", "AL") for c in text)
    shaped = turned and features.check("raqm")
    engine = ImageFont.Layout.RAQM if shaped else ImageFont.Layout.BASIC
    return ImageFont.truetype(BytesIO(data), size, layout_engine=engine)


def _runs(text: str, hand: _Hand, size: int) -> list[tuple[str, ImageFont.FreeTypeFont]]:
    """What each face draws, from left to right; a space goes with what is before it."""
    runs: list[tuple[str, bytes | None]] = []
    first = (*hand.faces, None)[0]
    for character in text:
        face = next((f for f in hand.faces if ord(character) in drawn(f)), first)
        if runs and (character.isspace() or runs[-1][1] == face):
            runs[-1] = runs[-1][0] + character, runs[-1][1]
        else:
            runs.append((character, face))
    if hand.turned:
        runs = [(part, face) for run, face in reversed(runs) for part in _turned(run)]
    return [(part, _font(face, size, part)) for part, face in runs]


def _turned(run: str) -> list[str]:
    """A run of a line from right to left: the marks around its words go the line's way."""
    match = _AROUND.fullmatch(run)
    before, words, after = match.groups() if match is not None else ("", run, "")
    parts = after[::-1].translate(_MIRRORED), words, before[::-1].translate(_MIRRORED)
    return [part for part in parts if part]


def _length(draw: ImageDraw.ImageDraw, text: str, hand: _Hand, size: int) -> float:
    return sum(draw.textlength(part, font=font) for part, font in _runs(text, hand, size))


def _set(draw: ImageDraw.ImageDraw, text: str, hand: _Hand, size: int, top: int) -> None:
    """One line, from its margin; other faces stand on the first one's line."""
    at = float(_MARGIN)
    if hand.turned:
        at = WIDTH - _MARGIN - _length(draw, text, hand, size)
    high = _font((*hand.faces, None)[0], size, "").getmetrics()[0]
    for part, font in _runs(text, hand, size):
        draw.text((at, top + high - font.getmetrics()[0]), part, font=font, fill=_PAPER)
        at += draw.textlength(part, font=font)


def _block(
    draw: ImageDraw.ImageDraw, text: str, hand: _Hand, size: int, top: int, spacing: float
) -> int:
    """Set `text` from `top` down in lines that fit, smaller where it must; where it ends."""
    room = WIDTH - 2 * _MARGIN
    while True:
        lines = _lines(draw, text, hand, size)
        fits = all(_length(draw, line, hand, size) <= room for line in lines)
        if (fits and len(lines) <= 6) or size <= 40:
            break
        size = int(size * 0.9)
    for line in lines:
        _set(draw, line, hand, size, top)
        top += int(size * spacing)
    return top


def _lines(draw: ImageDraw.ImageDraw, text: str, hand: _Hand, size: int) -> list[str]:
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and _length(draw, longer, hand, size) <= WIDTH - 2 * _MARGIN:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _line(draw: ImageDraw.ImageDraw, text: str, hand: _Hand, size: int, bottom: int) -> int:
    """Set one line that ends above `bottom`, smaller where it must; its top."""
    while _length(draw, text, hand, size) > WIDTH - 2 * _MARGIN and size > 24:
        size -= 2
    _set(draw, text, hand, size, bottom - size)
    return bottom - size
