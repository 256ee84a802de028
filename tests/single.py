"""A galley set as one document: what the bound volume is held against.

WeasyPrint lays the whole book out at once, its own heads, folios and target-counters included; the
work on tags, links and fonts is the bindery's. What only pages have, and page runs, it does not
know of: these are put as plain text first, with numbers read off the pages.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from lxml import etree

from reelpress.bindery.embedding import Embedded, united
from reelpress.bindery.fonts import keep_glyphs
from reelpress.bindery.information import about
from reelpress.bindery.numbering import Spot, roman
from reelpress.bindery.pages import Pages
from reelpress.bindery.paint import painted
from reelpress.bindery.sections import Frame, markup
from reelpress.bindery.setter import Laid, Opened, complaints, lay_out, opened
from reelpress.bindery.sewing import Leaf, sew
from reelpress.bindery.sheet import Sheet, sheet
from reelpress.galley import Galley, Section
from reelpress.model import Matter, VolumeSpec
from reelpress.work import digest


def document(galley: Galley, spec: VolumeSpec, front: int) -> tuple[str, Sheet]:
    """The whole galley as one XHTML document, and its style sheet; `front` as in `single`."""
    spans: dict[str, tuple[str, str]] = {}
    for _ in range(5):
        text, look = _document(_settled(galley, spans), spec, front)
        if not any("data-pages" in section.body for section in galley.sections):
            return text, look
        before, spans = spans, _spans(galley, _laid(galley, text, opened(look)), front)
        if spans == before:
            return text, look
    raise AssertionError("page runs that move what they tell of")


def _settled(galley: Galley, spans: Mapping[str, tuple[str, str]]) -> Galley:
    """The galley as it is for pages; `spans`: section -> its first and its last folio."""
    return replace(
        galley, sections=tuple(_settled_section(section, spans) for section in galley.sections)
    )


def _settled_section(section: Section, spans: Mapping[str, tuple[str, str]]) -> Section:
    root = etree.fromstring(section.body)
    dropped = root.xpath("//*[@data-only='screen']")
    for run in root.xpath("//a[@data-pages]"):
        first = spans.get(run.get("href").lstrip("#"), ("", ""))[0]
        last = spans.get(run.attrib.pop("data-pages"), ("", ""))[1]
        run.text = f"{first}–{last}" if first and last and first != last else first or last
        run.set("class", " ".join([*run.get("class", "").split(), "page-run"]))
    for group in root.xpath("//*[@data-runs]"):
        (*others, text) = ("".join(run.itertext()) for run in group.iter("a"))
        del group.attrib["data-runs"]
        dropped += group.xpath(".//*[@data-one]" if others or "–" in text else ".//*[@data-many]")
    for element in dropped:
        element.addnext(rest := etree.Element("rest"))
        rest.text, element.tail = element.tail, None
        element.getparent().remove(element)
    etree.strip_tags(root, "rest")
    return replace(section, body=etree.tostring(root, encoding="unicode"))


def _spans(galley: Galley, laid: Laid, front: int) -> dict[str, tuple[str, str]]:
    """Section -> the folios of the first and the last page on which any of it stands."""
    found: dict[str, list[str]] = {section.id: [] for section in galley.sections}
    for index, page in enumerate(laid.pages):
        folio = roman(index + 1) if index < front else str(index + 1 - front)
        for box in page._page_box.descendants():
            if box.element_tag == "section" and (own := box.element.get("id")) in found:
                found[own].append(folio)
    return {own: (folios[0], folios[-1]) for own, folios in found.items() if folios}


def _laid(galley: Galley, text: str, press: Opened) -> Laid:
    files = {a.path: (a.data, a.media_type) for a in galley.assets}
    return lay_out(text, press, files, None, first=True, edges=True)


def _document(galley: Galley, spec: VolumeSpec, front: int) -> tuple[str, Sheet]:
    look = sheet(galley, spec)
    # The body counts from 1: told of a page by its place, since no name is the first body page's.
    style = f"{look.style}@page :nth({front + 1}) {{ counter-reset: page 1 }}\n"
    edition = galley.edition
    frame = Frame(edition.title, edition.language, galley.direction, edition.draft)
    fronts = frozenset(s.id for s in galley.sections if s.matter is Matter.FRONT)
    body = "".join(markup(section, fronts, {}) for section in galley.sections)
    return frame.document(body), Sheet(digest(style), style, look.files)


def single(galley: Galley, spec: VolumeSpec, front: int) -> tuple[bytes, Pages]:
    """The volume set as one document, of whose pages the first `front` are front matter."""
    text, look = document(galley, spec, front)
    press = opened(look)
    with complaints() as heard:
        laid = _laid(galley, text, press)
        pages = painted(laid, press, galley.edition.language, heard)
    uses = united(pages.faces)
    fonts = {digest(face.asset.data): face.asset.data for face in galley.faces}
    lacking = {face.name for face in pages.faces if face.missing}
    faces = {
        name: Embedded(
            use,
            keep_glyphs(fonts[use.face], use.index, tuple(sorted({0, *use.text})), name in lacking),
        )
        for name, use in uses.items()
    }
    leaves = [
        Leaf(
            Spot(
                0, index, "right", index + 1 if index < front else index - front + 1, index < front
            ),
            page,
            page.boxes,
            0.0,
            (),
        )
        for index, page in enumerate(pages.pages)
    ]
    whole = replace(pages, complaints=tuple(heard))
    return sew([("book", whole)], leaves, faces, about(galley, spec)), whole
