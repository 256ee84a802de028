"""Sewing: the pages of all sections become one PDF.

Nothing is set again, and no page's content is read: objects are renumbered, edges laid over,
and the trees that a document has once (pages, structure, names, outline, labels) are made anew.
Each face is embedded once, with the glyphs that any of the sections uses (`embedding`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reelpress.bindery.edges import Edge
from reelpress.bindery.embedding import Embedded, font_objects
from reelpress.bindery.numbering import Spot
from reelpress.bindery.objects import File, ref
from reelpress.bindery.pages import FaceUse, Page, Pages
from reelpress.bindery.syntax import array, dictionary, number, string
from reelpress.bindery.trees import labels, names, outline

_REFERENCE = re.compile(rb"@([FDKIX]?)([\w.:-]*)@")
_DEFLATED = b"<</Filter/FlateDecode>>"
Boxes = tuple[tuple[float, float, float, float], ...]


@dataclass(frozen=True, slots=True)
class Leaf:
    """One page of the book: where it falls, and what is laid over it."""

    spot: Spot
    page: Page | None
    """None for a blank one between sections."""
    boxes: Boxes
    shift: float
    """How far, in points, its content moves to the right."""
    edges: tuple[Edge, ...]


@dataclass(frozen=True, slots=True)
class About:
    """What the file says of itself."""

    information: Mapping[str, str]
    """The document information dictionary (PDF 32000-1, 14.3.3)."""
    metadata: bytes
    """XMP."""
    language: str
    direction: str


def sew(
    sections: Sequence[tuple[str, Pages]],
    leaves: Sequence[Leaf],
    faces: Mapping[str, Embedded],
    about: About,
) -> bytes:
    """The PDF of a book.

    `sections` are (prefix for IDs, pages) in order, as the spots of `leaves` count them; `faces`
    (font resource -> what is embedded of it) holds every face that sections or edges use.
    """
    file = File()
    holder, document = file.add(), file.add()
    fonts = _Fonts(file, faces)
    places = [file.add() for _ in leaves]
    own: list[list[int]] = [[] for _ in sections]
    shifts: list[list[float]] = [[] for _ in sections]
    for leaf, place in zip(leaves, places, strict=True):
        if leaf.page is not None:
            own[leaf.spot.section].append(place)
            shifts[leaf.spot.section].append(leaf.shift)
    sewn = [
        _Sewn(file, section, own[index], fonts, document, shifts[index]) if own[index] else None
        for index, section in enumerate(sections)
    ]
    key = len(leaves)
    nums: list[bytes] = []
    late: list[bytes] = []
    kids: list[bytes] = []
    named: list[tuple[bytes, bytes]] = []
    destinations: list[tuple[bytes, bytes]] = []
    marks: list[tuple[int, str, bytes, bool]] = []
    for (prefix, pages), part in zip(sections, sewn, strict=True):
        if part is None:
            continue
        key = part.bring(key, late)
        kids += [ref(part.place(root)) for root in pages.roots]
        named += [(string(f"{prefix}.{i}"), ref(part.place(n))) for i, n in pages.element_ids]
        destinations += [(string(i), part.spot(p, x, y)) for i, p, x, y in pages.ids]
        marks += [(lvl, label, part.spot(p, x, y), o) for lvl, label, p, x, y, o in pages.outline]
    overlays = _Overlays(file, fonts)
    for index, (leaf, place) in enumerate(zip(leaves, places, strict=True)):
        part = sewn[leaf.spot.section] if leaf.page is not None else None
        file.put(place, _page(file, leaf, index, part, overlays, holder))
        if part is not None and leaf.page is not None:
            nums += [b"%d" % index, ref(part.place(leaf.page.marks))]
    root = file.add()
    file.put(document, dictionary({"S": b"/Document", "P": ref(root), "K": array(kids)}))
    parents = file.add(dictionary({"Nums": array([*nums, *late])}))
    tree = {
        "Type": b"/StructTreeRoot",
        "K": array([ref(document)]),
        "ParentTree": ref(parents),
        "ParentTreeNextKey": b"%d" % key,
    }
    if named:
        tree["IDTree"] = ref(file.add(names(named)))
    file.put(root, dictionary(tree))
    order = array(map(ref, places))
    file.put(holder, b"<</Type/Pages/Count %d/Kids %s>>" % (len(places), order))
    catalog = {
        "Type": b"/Catalog",
        "Pages": ref(holder),
        "StructTreeRoot": ref(root),
        "MarkInfo": b"<</Marked true>>",
        "Lang": string(about.language),
        "ViewerPreferences": b"<</DisplayDocTitle true%s>>"
        % (b"/Direction/R2L" if about.direction == "rtl" else b""),
        "PageLabels": labels([leaf.spot for leaf in leaves]),
        "Metadata": ref(file.add(b"<</Type/Metadata/Subtype/XML>>", about.metadata)),
    }
    if destinations:
        catalog["Names"] = dictionary({"Dests": ref(file.add(names(destinations)))})
    if marks:
        catalog["Outlines"] = ref(outline(file, marks))
        catalog["PageMode"] = b"/UseOutlines"
    said = {key: string(text) for key, text in about.information.items()}
    return file.written(file.add(dictionary(catalog)), file.add(dictionary(said)))


class _Fonts:
    """The faces in a file, each embedded once."""

    def __init__(self, file: File, faces: Mapping[str, Embedded]) -> None:
        self._file, self._faces = file, faces
        self._places = {name: font_objects(file.embed, face) for name, face in faces.items()}
        self.all = self._dictionary({})

    def of(self, uses: Sequence[FaceUse]) -> int:
        """The fonts' dictionary of a section or an edge; one of its own where a face lacks what it
        shows: the numbers that stand for what is lacking are no other's.
        """
        lacking = {face.name: face for face in uses if face.missing}
        own = {
            name: font_objects(self._file.embed, self._faces[name].lacking(use))
            for name, use in lacking.items()
        }
        return self._dictionary(own) if own else self.all

    def _dictionary(self, own: Mapping[str, int]) -> int:
        places = {name: ref(own.get(name, place)) for name, place in self._places.items()}
        return self._file.add(dictionary(places))


class _Sewn:
    """One section's objects in the file."""

    def __init__(
        self,
        file: File,
        section: tuple[str, Pages],
        places: Sequence[int],
        fonts: _Fonts,
        document: int,
        shifts: Sequence[float],
    ) -> None:
        self.prefix, self.pages = section
        self.file, self.document, self.shifts = file, document, shifts
        self._numbers = [0, *places]
        self._fonts = ref(fonts.of(self.pages.faces))
        self._waiting = file.take(
            self.pages.objects, self._numbers, lambda text: self._led(text, self._numbers, 0)
        )

    def _led(self, text: bytes, numbers: Sequence[int], key: int) -> bytes:
        def lead(match: re.Match[bytes]) -> bytes:
            kind, place = match.groups()
            if not kind:
                return b"%d 0 R" % numbers[int(place)]
            if kind == b"K":
                return b"%d" % (key + int(place))
            if kind == b"X":
                page, _, x = place.partition(b":")
                return number(float(x) + self.shifts[int(page)])
            if kind == b"I":
                return string(f"{self.prefix}.{place.decode()}")
            return self._fonts if kind == b"F" else b"%d 0 R" % self.document

        return _REFERENCE.sub(lead, text)

    def bring(self, key: int, nums: list[bytes]) -> int:
        """Lead all references; `key` is the parent tree's next one, after which comes what is
        returned."""
        for place, text in self._waiting:
            self.file.put(place, self._led(text, self._numbers, key))
        for index, owner in enumerate(self.pages.link_owners):
            nums += [b"%d" % (key + index), ref(self.place(owner))] if owner else []
        return key + len(self.pages.link_owners)

    def place(self, local: int) -> int:
        """The number that an object of the section has in the file."""
        return self._numbers[local]

    def spot(self, page: int, x: float, y: float) -> bytes:
        """A destination (PDF 32000-1, 12.3.2)."""
        return array(
            [
                ref(self.place(page + 1)),
                b"/XYZ",
                number(x + self.shifts[page]),
                number(y),
                b"0",
            ]
        )


class _Overlays:
    """Edges as content streams; those that need more than fonts, as forms."""

    def __init__(self, file: File, fonts: _Fonts) -> None:
        self._file, self.fonts = file, fonts

    def stream(self, edge: Edge) -> int:
        """The number of an edge's content stream."""
        return self._file.once(_DEFLATED, edge.content)

    def form(self, edge: Edge, boxes: Boxes) -> int:
        """The number of an edge's form."""
        numbers, fonts = [0], self.fonts.of(edge.faces)

        def led(text: bytes) -> bytes:
            return _REFERENCE.sub(
                lambda m: ref(fonts if m[1] == b"F" else numbers[int(m[2])]), text
            )

        for place, text in self._file.take(edge.resources, numbers, led):
            self._file.put(place, led(text))
        form = {
            "Type": b"/XObject",
            "Subtype": b"/Form",
            "BBox": array(map(number, boxes[0])),
            "Resources": ref(numbers[-1]),
            "Filter": b"/FlateDecode",
        }
        return self._file.once(dictionary(form), edge.content)


def _page(
    file: File, leaf: Leaf, index: int, part: _Sewn | None, overlays: _Overlays, holder: int
) -> bytes:
    page = leaf.page
    media, trim, bleed = (array(map(number, box)) for box in leaf.boxes)
    contents = []
    if page is not None:
        contents.append(file.add(_DEFLATED, page.content))
        if leaf.shift:
            moved = file.once(b"<<>>", b"q 1 0 0 1 %s 0 cm" % number(leaf.shift))
            contents = [moved, *contents, file.once(b"<<>>", b"Q")]
    resources = ref(part.place(part.pages.resources)) if part is not None else None
    forms: dict[str, bytes] = {}
    for edge in leaf.edges:
        if edge.content and edge.resources:
            name = f"E{len(forms)}"
            forms[name] = ref(overlays.form(edge, leaf.boxes))
            contents.append(file.once(b"<<>>", b"/%s Do" % name.encode()))
        elif edge.content:
            contents.append(overlays.stream(edge))
    if forms:
        own = file.text(part.place(part.pages.resources)) if part is not None else b""
        resources = _with_forms(own or b"<</Font %s>>" % ref(overlays.fonts.all), forms)
    entries = {
        "Type": b"/Page",
        "Parent": ref(holder),
        "MediaBox": media,
        "TrimBox": trim,
        "BleedBox": bleed,
        "Contents": array(map(ref, contents)),
        "Resources": resources or b"<</Font %s>>" % ref(overlays.fonts.all),
        "Tabs": b"/S",
    }
    if page is not None and part is not None:
        if page.links:
            entries["Annots"] = array(ref(part.place(link)) for link in page.links)
        entries["StructParents"] = b"%d" % index
    return dictionary(entries)


def _with_forms(resources: bytes, forms: Mapping[str, bytes]) -> bytes:
    """A resources' dictionary, with some forms more."""
    more = b"".join(b"/%s %s" % (name.encode(), place) for name, place in forms.items())
    known = b"/XObject <<"
    if known in resources:
        return resources.replace(known, known + more, 1)
    return b"<<" + known + more + b">>" + resources[2:]
