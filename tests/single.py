"""A galley set as one document: what the bound volume is held against.

WeasyPrint lays the whole book out at once, its own heads, folios and target-counters included; the
work on tags, links and fonts is the bindery's.
"""

from __future__ import annotations

from dataclasses import replace

from reelpress.bindery.embedding import Embedded, united
from reelpress.bindery.fonts import keep_glyphs
from reelpress.bindery.information import about
from reelpress.bindery.numbering import Spot
from reelpress.bindery.pages import Pages
from reelpress.bindery.paint import painted
from reelpress.bindery.sections import Frame, markup
from reelpress.bindery.setter import complaints, lay_out, opened
from reelpress.bindery.sewing import Leaf, sew
from reelpress.bindery.sheet import Sheet, sheet
from reelpress.galley import Galley
from reelpress.model import Matter, VolumeSpec
from reelpress.work import digest


def document(galley: Galley, spec: VolumeSpec, front: int) -> tuple[str, Sheet]:
    """The whole galley as one XHTML document, and its style sheet; `front` as in `single`."""
    look = sheet(galley, spec)
    # The body counts from 1: told of a page by its place, since no name is the first body page's.
    style = f"{look.style}@page :nth({front + 1}) {{ counter-reset: page 1 }}\n"
    edition = galley.edition
    frame = Frame(edition.title, edition.language, galley.direction, edition.draft)
    fronts = frozenset(s.id for s in galley.sections if s.matter is Matter.FRONT)
    body = "".join(markup(section, fronts) for section in galley.sections)
    return frame.document(body), Sheet(digest(style), style, look.files)


def single(galley: Galley, spec: VolumeSpec, front: int) -> tuple[bytes, Pages]:
    """The volume set as one document, of whose pages the first `front` are front matter."""
    text, look = document(galley, spec, front)
    press = opened(look)
    files = {a.path: (a.data, a.media_type) for a in galley.assets}
    with complaints() as heard:
        laid = lay_out(text, press, files, None, first=True, edges=True)
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
