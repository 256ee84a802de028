"""Two PDFs held against each other: all that readers see, hear, click or search, page by page."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from checkers import _marked_text

if TYPE_CHECKING:
    from PIL import Image

NEAR = 0.01
"""Points: what is nearer is at the same place."""
SCALE = 1.0
"""Pixels to a point in pictures of pages."""
SHADE = 32
"""Of 255: how much lighter or darker a pixel may be than all of the nine around its place: glyphs
are drawn from whole pixels on, so that a ten-thousandth of a point may move one by a pixel."""
SHOWN = 3
"""How many differences of one kind are told."""


def differences(
    one: Path, other: Path, near: float = NEAR, shade: int = SHADE, only: Sequence[str] = ()
) -> list[str]:
    """Where two PDFs differ, the first few of each kind; nothing where they are alike.

    `only` names the aspects that are looked at; pictures always are.
    """
    told: list[str] = []
    first, second = read(one, only), read(other, only)
    for aspect in first:
        told += _unlike(aspect, first[aspect], second[aspect], near)
    return told + _unlike_pictures(one, other, shade)


def _unlike(aspect: str, one: Sequence[object], other: Sequence[object], near: float) -> list[str]:
    told = [
        f"{aspect} {index}: {a!r} / {b!r}"
        for index, (a, b) in enumerate(zip(one, other, strict=False))
        if not alike(a, b, near)
    ]
    more = [f"… and {len(told) - SHOWN} more"] if len(told) > SHOWN else []
    counts = [f"{aspect}: {len(one)} / {len(other)} of them"] if len(one) != len(other) else []
    return [*counts, *told[:SHOWN], *more]


def alike(one: object, other: object, near: float = NEAR) -> bool:
    """Whether two values are the same, measures nearly so."""
    if isinstance(one, tuple) and isinstance(other, tuple):
        return len(one) == len(other) and all(
            alike(*pair, near) for pair in zip(one, other, strict=True)
        )
    if isinstance(one, float) and isinstance(other, float):
        return abs(one - other) < near
    return type(one) is type(other) and one == other


def read(path: Path, only: Sequence[str] = ()) -> dict[str, list[object]]:
    """Everything about a PDF but the looks of its pages, by aspect, each in its order."""
    import pikepdf
    import pypdfium2

    with pypdfium2.PdfDocument(path) as document:
        texts = [str(page.get_textpage().get_text_range()) for page in document]
        marked = [_marked_text(page) for page in document]
        drawn = [tuple(_drawn(page)) for page in document]
    with pikepdf.open(path) as pdf:
        reader = _Reader(pdf, marked)
        aspects: dict[str, Callable[[], Iterable[object]]] = {
            "page": reader.pages,
            "label": lambda: [str(page.label) for page in pdf.pages],
            "text of page": lambda: texts,
            "drawn on page": lambda: drawn,
            "bookmark": lambda: reader.outline(pdf.Root.get("/Outlines"), 0),
            "destination": lambda: sorted(reader.destinations()),
            "link": reader.links,
            "structure": reader.structure,
            "said of the book": reader.about,
            "embedded": lambda: sorted(reader.embedded()),
        }
        return {aspect: [*aspects[aspect]()] for aspect in only or aspects}


class _Reader:
    """A PDF with its objects as plain values: pages by number, destinations resolved."""

    def __init__(self, pdf: Any, marked: list[dict[int, str]]) -> None:
        import pikepdf

        self.pdf, self.marked = pdf, marked
        self.numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
        names = pdf.Root.Names.Dests if "/Names" in pdf.Root else None
        self.names = pikepdf.NameTree(names) if names is not None else {}
        self.heads: dict[str, int] = {}

    def pages(self) -> Iterator[tuple[object, ...]]:
        """Each page's boxes."""
        for page in self.pdf.pages:
            yield tuple(_numbers(page.get(box)) for box in ("/MediaBox", "/TrimBox", "/BleedBox"))

    def place(self, destination: Any) -> tuple[object, ...]:
        """Page, how it is shown, and where on it."""
        page, how, *numbers = list(destination)
        return (self.numbers[page.objgen], str(how), *(float(n) for n in numbers if n is not None))

    def destinations(self) -> Iterator[tuple[object, ...]]:
        for name, destination in self.names.items():
            yield (str(name), *self.place(destination))

    def outline(self, above: Any, depth: int) -> Iterator[tuple[object, ...]]:
        mark = above.get("/First") if above is not None else None
        while mark is not None:
            count = int(mark.get("/Count", 0))
            yield (depth, str(mark.Title), count, *self.place(mark.Dest))
            yield from self.outline(mark, depth + 1)
            mark = mark.get("/Next")

    def links(self) -> Iterator[tuple[object, ...]]:
        for number, page in enumerate(self.pdf.pages):
            for note in page.get("/Annots", []):
                target: tuple[object, ...]
                if "/Dest" in note:
                    name = str(note.Dest)
                    target = (name, *self.place(self.names[name])) if name in self.names else ()
                else:
                    target = (str(note.A.S), str(note.A.get("/URI", "")))
                about = (str(note.Subtype), str(note.Contents), int(note.F))
                yield (number, _numbers(note.Rect), target, about)

    def structure(self) -> Iterator[tuple[object, ...]]:
        """Elements, their attributes and their text, each with its depth."""
        elements = list(self._elements(self.pdf.Root.StructTreeRoot, 0))
        identified = (e for _, e in elements if e is not None and "/ID" in e)
        self.heads = {str(e.ID): index for index, e in enumerate(identified)}
        for line, element in elements:
            yield (*line, self._described(element)) if element is not None else line

    def _elements(self, above: Any, depth: int) -> Iterator[tuple[tuple[object, ...], Any]]:
        import pikepdf

        own = self.numbers[above["/Pg"].objgen] if "/Pg" in above else -1
        kids = above.get("/K", ())
        for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
            if not isinstance(kid, pikepdf.Dictionary):
                yield (depth, own, self.marked[own].get(int(kid), "")), None
            elif "/S" in kid:
                page = self.numbers[kid["/Pg"].objgen] if "/Pg" in kid else -1
                yield (depth, page, str(kid.S)), kid
                yield from self._elements(kid, depth + 1)
            else:
                page = self.numbers[kid["/Pg"].objgen] if "/Pg" in kid else own
                if "/MCID" in kid:
                    yield (depth, page, self.marked[page].get(int(kid.MCID), "")), None
                else:
                    yield (depth, page, "annotation", _numbers(kid.Obj.Rect)), None

    def _described(self, element: Any) -> tuple[object, ...]:
        """An element's attributes; what it refers to, by its place among all that has an ID."""
        import pikepdf

        told: list[object] = []
        for key, value in sorted(element.items()):
            if key in ("/K", "/P", "/Pg", "/S", "/Type"):
                continue
            if key == "/ID":
                told.append((key, self.heads[str(value)]))
            elif isinstance(value, pikepdf.Dictionary):
                told += [(key, name, self._value(name, own)) for name, own in sorted(value.items())]
            else:
                told.append((key, str(value)))
        return tuple(told)

    def _value(self, name: str, value: Any) -> object:
        if name == "/Headers":
            return tuple(self.heads[str(head)] for head in value)
        return _numbers(value) if name == "/BBox" else str(value)

    def about(self) -> Iterator[tuple[str, str]]:
        """The catalogue's own entries, and the document information."""
        for key in ("/Lang", "/PageMode", "/MarkInfo", "/ViewerPreferences"):
            yield key, repr(self.pdf.Root.get(key))
        for key, value in sorted(self.pdf.docinfo.items()):
            yield str(key), str(value)
        yield "XMP", self.pdf.Root.Metadata.read_bytes().decode()

    def embedded(self) -> Iterator[tuple[str, int, int]]:
        """Each face's file and each picture in the file, with its size."""
        import pikepdf

        seen = set()
        for own in self.pdf.objects:
            if isinstance(own, pikepdf.Dictionary) and own.get("/Type") == "/FontDescriptor":
                file: Any = own.get("/FontFile3", own.get("/FontFile2"))
                if file.objgen not in seen:
                    yield str(own.FontName), len(file.read_bytes()), int(own.Flags)
                seen.add(file.objgen)
            elif isinstance(own, pikepdf.Stream) and own.get("/Subtype") == "/Image":
                yield "picture", len(own.read_raw_bytes()), int(own.Width)


def _numbers(values: Any) -> tuple[float, ...]:
    return tuple(float(value) for value in values)


def _drawn(page: Any) -> Iterator[tuple[object, ...]]:
    """What is drawn on a page, in its order: what kind of thing, where, in which colours."""
    import pypdfium2.raw as pdfium

    def visit(thing: Any, matrices: tuple[tuple[float, ...], ...]) -> Iterator[tuple[object, ...]]:
        kind = pdfium.FPDFPageObj_GetType(thing)
        if kind == pdfium.FPDF_PAGEOBJ_FORM:
            matrix = pdfium.FS_MATRIX()
            pdfium.FPDFPageObj_GetMatrix(thing, matrix)
            around = ((matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f), *matrices)
            for index in range(pdfium.FPDFFormObj_CountObjects(thing)):
                yield from visit(pdfium.FPDFFormObj_GetObject(thing, index), around)
            return
        corners = [ctypes.c_float() for _ in range(4)]
        pdfium.FPDFPageObj_GetBounds(thing, *corners)
        shades = [ctypes.c_uint() for _ in range(8)]
        pdfium.FPDFPageObj_GetFillColor(thing, *shades[:4])
        pdfium.FPDFPageObj_GetStrokeColor(thing, *shades[4:])
        colours = tuple(shade.value for shade in shades)
        yield (int(kind), _placed([corner.value for corner in corners], matrices), colours)

    for index in range(pdfium.FPDFPage_CountObjects(page)):
        yield from visit(pdfium.FPDFPage_GetObject(page, index), ())


def _placed(corners: Sequence[float], matrices: Sequence[Sequence[float]]) -> tuple[float, ...]:
    """The rectangle on the page around one in a form inside others, the innermost first."""
    left, bottom, right, top = corners
    points = [(x, y) for x in (left, right) for y in (bottom, top)]
    for a, b, c, d, e, f in matrices:
        points = [(a * x + c * y + e, b * x + d * y + f) for x, y in points]
    across, up = zip(*points, strict=True)
    return (min(across), min(up), max(across), max(up))


def _unlike_pictures(one: Path, other: Path, shade: int) -> list[str]:
    told = []
    for number, (a, b) in enumerate(zip(_pictures(one), _pictures(other), strict=False)):
        if a.size != b.size:
            told.append(f"picture of page {number}: {a.size} / {b.size}")
        elif a.tobytes() != b.tobytes() and (off := max(_off(a, b), _off(b, a))) > shade:
            told.append(f"picture of page {number}: {off} of 255 apart")
    return told[: 2 * SHOWN]


def _off(one: Image.Image, other: Image.Image) -> int:
    """How much lighter or darker a pixel is than all of the nine around its place in the other."""
    from PIL import ImageChops, ImageFilter

    lightest, darkest = (
        other.filter(kind(3)) for kind in (ImageFilter.MaxFilter, ImageFilter.MinFilter)
    )
    apart = (ImageChops.subtract(one, lightest), ImageChops.subtract(darkest, one))
    return max(max(picture.tobytes()) for picture in apart)


def _pictures(path: Path) -> Iterator[Image.Image]:
    import pypdfium2

    with pypdfium2.PdfDocument(path) as document:
        for page in document:
            bitmap = page.render(scale=SCALE)
            yield bitmap.to_pil().convert("RGB")
            bitmap.close()
            page.close()
