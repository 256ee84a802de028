"""Faces cut down to what a book uses, by HarfBuzz: the same bytes for the same characters."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import cache

import uharfbuzz as hb

from reelpress.galley import Face
from reelpress.model import Asset


def _tags(names: str) -> list[int]:
    """OpenType tags as HarfBuzz has them: four letters in one number."""
    return [int.from_bytes(name.ljust(4).encode()) for name in names.split()]


_FEATURES = _tags("onum lnum pnum tnum smcp c2sc sups")
"""What a style sheet may ask for, beside what text always gets."""
_USELESS = _tags("BASE DSIG EBDT EBLC EBSC GPOS GSUB JSTF LTSH PCLT SVG")
"""Tables that a PDF, whose text is set already, has no use for."""
_SPACES = " \u00a0\u00ad\u2010"
"""What reading systems set of their own accord."""


def needed(faces: Iterable[Face], text: Collection[str]) -> tuple[Face, ...]:
    """The faces that have something of `text` to draw, or all where none has."""
    points = {ord(c) for c in text if not c.isspace()}
    every = tuple(faces)
    return tuple(f for f in every if not points.isdisjoint(drawn(f.asset.data))) or every


@cache
def drawn(data: bytes) -> frozenset[int]:
    """The characters that a face has, by their numbers."""
    return frozenset(hb.Face(data).unicodes)


def rules(faces: Iterable[Face]) -> str:
    """The style sheet's @font-face rules, a line each."""
    return "".join(
        f'@font-face {{ font-family: "{face.family}"; font-style: {face.style}; '
        f'font-weight: {face.weight}; src: url("{face.asset.path}"); }}\n'
        for face in faces
    )


def subset(font: Asset, text: Iterable[str]) -> Asset:
    """The font with the glyphs of `text` (and what its features make of them) alone."""
    return Asset(font.path, font.media_type, _subset(font.data, "".join(sorted(set(text)))))


@cache
def _subset(data: bytes, characters: str) -> bytes:
    wanted = hb.SubsetInput()
    wanted.unicode_set.update(map(ord, characters + _SPACES))
    wanted.layout_feature_tag_set.update(_FEATURES)
    wanted.flags = hb.SubsetFlags.NO_HINTING | hb.SubsetFlags.NOTDEF_OUTLINE
    return bytes(hb.subset(hb.Face(data), wanted).blob.data)


def keep_glyphs(data: bytes, index: int, glyphs: Collection[int], lacking: bool) -> bytes:
    """The font with these glyphs under the numbers they have, and none above the highest.

    `lacking` says whether .notdef stands for characters that it does not have.
    """
    kept = hb.SubsetFlags.PASSTHROUGH_UNRECOGNIZED | hb.SubsetFlags.DESUBROUTINIZE
    if lacking:
        kept |= hb.SubsetFlags.NOTDEF_OUTLINE
    few = hb.SubsetInput()
    few.glyph_set.update(glyphs)
    few.flags = kept | hb.SubsetFlags.RETAIN_GIDS
    few.drop_table_tag_set.update(_USELESS)
    face = hb.subset(hb.Face(data, index), few)
    short = hb.SubsetInput()
    short.glyph_set.update(range(max(glyphs) + 1))
    short.drop_table_tag_set.update(_USELESS)
    short.flags = kept | hb.SubsetFlags.NO_HINTING
    return bytes(hb.subset(face, short).blob.data)
