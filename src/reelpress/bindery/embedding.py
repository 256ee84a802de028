"""Faces in a PDF: each embedded once, whoever uses it, with the glyphs that are used.

Composite fonts with Identity-H (PDF 32000-1, 9.7): a glyph's number is its code, the same in
every section, so what sections use of a face is simply united.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from reelpress.bindery.pages import FaceUse
from reelpress.bindery.syntax import array, dictionary, name, number, string

Add = Callable[..., int]
_BATCH = 100
"""As many lines as a CMap's block may have."""


@dataclass(frozen=True, slots=True)
class Embedded:
    """What is embedded of a face."""

    use: FaceUse
    """United over all sections and edges, without what the face lacks."""
    data: bytes
    """The font file, cut down."""

    def lacking(self, use: FaceUse | None) -> Embedded:
        """The face as a section needs it that shows characters which the face lacks."""
        if use is None:
            return self
        both = replace(
            self.use,
            widths={**self.use.widths, **use.widths},
            text={**self.use.text, **use.text},
            missing=use.missing,
        )
        return replace(self, use=both)


def united(uses: Iterable[FaceUse]) -> dict[str, FaceUse]:
    """Font resource -> what all of them use of the face, those before having the last word."""
    found: dict[str, FaceUse] = {}
    widths: dict[str, dict[int, float]] = {}
    texts: dict[str, dict[int, str]] = {}
    for use in uses:
        found.setdefault(use.name, use)
        lacking = set(use.missing.values())
        own, told = widths.setdefault(use.name, {}), texts.setdefault(use.name, {})
        for glyph, width in use.widths.items():
            if glyph not in lacking:
                own.setdefault(glyph, width)
        for glyph, text in use.text.items():
            if glyph not in lacking:
                told.setdefault(glyph, text)
    return {
        key: replace(use, widths=widths[key], text=texts[key], missing={})
        for key, use in sorted(found.items())
    }


def font_objects(add: Add, face: Embedded) -> int:
    """Add a face's objects to a file; the number of its font dictionary."""
    use = face.use
    flags, slant, ascent, descent, stem_v, stem_h = use.metrics
    widths = use.widths
    if len(widths) > 1 and len(set(widths.values())) == 1:
        flags |= 1  # FixedPitch
    base = name(use.base)
    program = (
        add(b"<</Subtype/OpenType/Filter/FlateDecode>>", _deflated(face.data))
        if use.outlines == "otf"
        else add(b"<</Length1 %d/Filter/FlateDecode>>" % len(face.data), _deflated(face.data))
    )
    file = "FontFile3" if use.outlines == "otf" else "FontFile2"
    descriptor = add(
        dictionary(
            {
                "Type": b"/FontDescriptor",
                "FontName": base,
                "FontFamily": string(use.family),
                "Flags": b"%d" % flags,
                "FontBBox": b"[0 %d %s %d]"
                % (descent, number(max(widths.values(), default=0)), ascent),
                "ItalicAngle": b"%d" % slant,
                "Ascent": b"%d" % ascent,
                "Descent": b"%d" % descent,
                "CapHeight": b"%d" % ascent,
                "StemV": b"%d" % stem_v,
                "StemH": b"%d" % stem_h,
                file: b"%d 0 R" % program,
            }
        )
    )
    kind = b"/CIDFontType0" if use.outlines == "otf" else b"/CIDFontType2"
    descendant = add(
        dictionary(
            {
                "Type": b"/Font",
                "Subtype": kind,
                "BaseFont": base,
                "CIDSystemInfo": b"<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>",
                "CIDToGIDMap": b"/Identity",
                "W": _widths(widths),
                "FontDescriptor": b"%d 0 R" % descriptor,
            }
        )
    )
    encoding = b"/Identity-H"
    if use.missing:
        encoding = b"%d 0 R" % add(_CODES, _deflated(_encoding(use)))
    return add(
        dictionary(
            {
                "Type": b"/Font",
                "Subtype": b"/Type0",
                "BaseFont": base,
                "Encoding": encoding,
                "DescendantFonts": b"[%d 0 R]" % descendant,
                "ToUnicode": b"%d 0 R"
                % add(b"<</Filter/FlateDecode>>", _deflated(_unicode(use.text))),
            }
        )
    )


def _deflated(data: bytes) -> bytes:
    import zlib

    return zlib.compress(data, 9)


def _widths(widths: Mapping[int, float]) -> bytes:
    """Runs of neighbouring glyphs (PDF 32000-1, 9.7.4.3)."""
    parts: list[bytes] = []
    run: list[bytes] = []
    last = None
    for glyph in sorted(widths):
        if last is None or glyph != last + 1:
            if run:
                parts.append(array(run))
            parts.append(b"%d" % glyph)
            run = []
        run.append(number(widths[glyph]))
        last = glyph
    if run:
        parts.append(array(run))
    return array(parts)


def _cmap(kind: str, lines: Iterable[bytes]) -> bytes:
    """The blocks of a CMap, a hundred lines each at the most (Adobe technical note 5014)."""
    every = list(lines)
    parts = []
    for at in range(0, len(every), _BATCH):
        block = every[at : at + _BATCH]
        head = b"%d begin%s" % (len(block), kind.encode())
        parts.append(b"\n".join([head, *block, b"end" + kind.encode()]))
    return b"\n".join(parts)


def _unicode(text: Mapping[int, str]) -> bytes:
    lines = (
        b"<%04x> <%s>" % (g, t.encode("utf-16-be").hex().encode()) for g, t in sorted(text.items())
    )
    return (
        b"/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        b"/CIDSystemInfo\n<< /Registry (Adobe)\n/Ordering (UCS)\n/Supplement 0\n>> def\n"
        b"/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
        b"1 begincodespacerange\n<0000> <ffff>\nendcodespacerange\n"
        + _cmap("bfchar", lines)
        + b"\nendcmap\nCMapName currentdict /CMap defineresource pop\nend\nend"
    )


_CODES = (
    b"<</Type/CMap/CMapName/Lacking-0/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)"
    b"/Supplement 0>>/Filter/FlateDecode>>"
)


def _encoding(use: FaceUse) -> bytes:
    """Codes to glyphs where some codes stand for what the face lacks: they show .notdef."""
    lacking = set(use.missing.values())
    lines = (b"<%04x> %d" % (g, 0 if g in lacking else g) for g in sorted(use.text))
    return (
        b"/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        b"/CIDSystemInfo\n3 dict dup begin\n/Registry (Adobe) def\n/Ordering (Identity) def\n"
        b"/Supplement 0 def\nend def\n/CMapName /Lacking-0 def\n/CMapType 1 def\n"
        b"1 begincodespacerange\n<0000> <ffff>\nendcodespacerange\n"
        + _cmap("cidchar", lines)
        + b"\nendcmap\nCMapName currentdict /CMap defineresource pop\nend\nend"
    )
