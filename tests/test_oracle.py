"""The bound PDF is the book that WeasyPrint makes of the whole galley at once, page by page.

Sections are set apart, heads and folios again apart, and all is sewn (`bindery`); here the same
galley is set as one document (`single`), and the two files are held against each other (`alike`).
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from lxml import etree

from alike import NEAR, SHADE, differences
from bench.generator import project as pool
from books import BOOKS
from checkers import pdf_text, pdf_tree, verapdf
from reelpress.galley import Galley
from reelpress.model import Matter, VolumeSpec
from reelpress.press import press
from test_tags import check_structure, grown
from test_volumes import check_tags

ROOT = Path(__file__).parent.parent
pytestmark = pytest.mark.checkers


@dataclass(frozen=True, slots=True)
class Bound:
    """A book, bound."""

    galley: Galley
    spec: VolumeSpec
    path: Path

    def front(self) -> int:
        """How many of its pages are front matter."""
        with pikepdf.open(self.path) as pdf:
            return sum(not str(page.label).isdecimal() for page in pdf.pages)


def bound(root: Path, name: str, folder: Path, *allowed: str) -> Bound:
    """The printed volume of an anthology; nothing but the `allowed` rules may be told of it."""
    from reelpress.bindery.pdf import bind_pdf
    from reelpress.versions import versions
    from reelpress.work import Work

    run = press(root, [name], bound=False)
    assert [f for f in run.findings if f.code not in allowed] == []
    (book,) = run.pressed
    (spec,) = (volume for volume in book.anthology.volumes if volume.name == "print")
    assert book.galley is not None
    made = bind_pdf(book.galley, spec, Work(), versions(), lambda *_: None)
    assert [str(finding) for finding in made.findings] == []
    assert made.volume is not None
    path = folder / "bound.pdf"
    path.write_bytes(made.volume.data)
    return Bound(book.galley, spec, path)


def at_once(book: Bound) -> Path:
    """The same book set as one document."""
    from single import single

    front = book.front()
    data, pages = single(book.galley, book.spec, front)
    # What was taken from the bound book is true of the other too.
    begun = {own: page for own, page, *_ in pages.ids}
    body = (s.id for s in book.galley.sections if s.matter is not Matter.FRONT)
    assert next((begun[own] for own in body if own in begun), len(pages.pages)) == front
    path = book.path.with_name("whole.pdf")
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(
    ("root", "name"),
    [("tests/specimen", "specimen"), (".", "last-call"), (".", "small-hours")],
)
def test_the_sample_is_bound_as_it_is_set_at_once(root: str, name: str, tmp_path: Path) -> None:
    """Text, links and their targets, named destinations, outline, labels, page boxes, structure
    with its languages and attributes, what is drawn and where: all is the same."""
    book = bound(ROOT / root, name, tmp_path)
    whole = at_once(book)
    assert differences(book.path, whole) == []
    assert book.path.stat().st_size < 1.10 * whole.stat().st_size


@pytest.mark.parametrize("name", list(BOOKS))
def test_layouts_of_ones_own_are_bound_as_they_are_set_at_once(name: str, tmp_path: Path) -> None:
    """Whatever CSS may ask of pages, sections and heads, where it can work (docs/layouts.md)."""
    asked = BOOKS[name]
    asked.write(tmp_path)
    book = bound(tmp_path, "small", tmp_path, *asked.allowed)
    near, shade = (0.5, 64) if asked.roughly else (NEAR, SHADE)
    assert differences(book.path, at_once(book), near, shade) == []
    check_structure(book.path)
    check_tags(book.path)


def test_a_head_repeated_on_each_page_is_read_once(tmp_path: Path) -> None:
    """A table's head is drawn where the table goes on, and is content where it begins."""
    BOOKS["tables, lists and quotations"].write(tmp_path)
    book = bound(tmp_path, "small", tmp_path)
    drawn = sum("What is seen" in " ".join(text.split()) for text in pdf_text(book.path))
    assert drawn >= 6
    tree = pdf_tree(book.path)
    assert [t.type for t in tree if t.type in ("Table", "THead")] == ["Table", "THead"] * 2
    assert sum("What is seen" in tagged.text for tagged in tree) == 2


@pytest.mark.slow
def test_a_hundred_reviews_are_bound_as_they_are_set_at_once(tmp_path: Path) -> None:
    """A book of usual size, with notes, tables, pictures, lists and links in some of its reviews;
    and it is a sound file: PDF/UA-1 holds, the tree is whole, readers have nothing to mend."""
    pool(tmp_path, 100)
    book = bound(tmp_path, "pool", tmp_path)
    whole = at_once(book)
    assert differences(book.path, whole) == []
    assert book.path.stat().st_size < 1.10 * whole.stat().st_size
    check_structure(book.path)
    with pikepdf.open(book.path) as pdf:
        assert pdf.check_pdf_syntax() == []
        assert pdf.get_warnings() == []
    assert [str(rule) for rule in verapdf(book.path)] == []


# ── and WeasyPrint itself ────────────────────────────────────────────────────────────────


def as_it_comes(book: Bound) -> Path:
    """The book as WeasyPrint sets it where nothing of it is done in another way."""
    from single import document

    folder = book.path.parent / "plain"
    text, look = document(book.galley, book.spec, book.front())
    files = {**look.files, **{a.path: (a.data, a.media_type) for a in book.galley.assets}}
    for name, (data, _) in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    html = etree.tostring(etree.fromstring(text), method="html", encoding="unicode")
    (folder / "book.html").write_text(f"<!DOCTYPE html><meta charset=utf-8>{html}", "utf-8")
    (folder / "style.css").write_text(look.style, "utf-8")
    (folder / "fonts.conf").write_text("<fontconfig/>", "utf-8")  # no face of the machine
    done = subprocess.run(
        [sys.executable, ROOT / "tests/plain.py", folder],
        env={**os.environ, "FONTCONFIG_FILE": str(folder / "fonts.conf")},
        capture_output=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return folder / "plain.pdf"


@pytest.mark.slow
@pytest.mark.parametrize("name", ["last-call", "from right to left", "lines drawn in every way"])
def test_pages_look_as_weasyprint_sets_them(name: str, tmp_path: Path) -> None:
    """What the press does in quicker ways than WeasyPrint changes no page."""
    if name in BOOKS:
        BOOKS[name].write(tmp_path)
        book = bound(tmp_path, "small", tmp_path)
    else:
        book = bound(ROOT, name, tmp_path)
    only = ["page", "drawn on page"]
    if book.galley.direction == "ltr":  # pdfium gives the words as the file says it is read
        only.append("text of page")
    assert differences(book.path, as_it_comes(book), only=only) == []


# ── what a style sheet does wrong ────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("css", "code", "said"),
    [
        (".text p { writing-mode: vertical-rl }", "P002", "unknown property"),
        ("@page { @bottom-left { content: attr(lang) } }", "P005", "AttributeError"),
    ],
)
def test_a_fault_of_a_style_sheet_is_told_each_time(
    css: str, code: str, said: str, tmp_path: Path
) -> None:
    """Whether a process has met the sheet before, and wherever in a page it is."""
    replace(BOOKS["one page"], css=css).write(tmp_path)
    for _ in range(2):
        (finding,) = press(tmp_path, ["small"]).findings
        assert finding.code == code
        assert said in str(finding)


# ── what the comparing notices ───────────────────────────────────────────────────────────


def _element(pdf: pikepdf.Pdf, kind: str) -> Any:
    """The first structure element of a type."""
    return next(e for e in grown(pdf).elements.values() if str(e.S) == kind)


def _drawn(pdf: pikepdf.Pdf, before: bytes) -> None:
    """Draw a page with something before its content."""
    pdf.pages[8].contents_add(before, prepend=True)


def _outline(pdf: pikepdf.Pdf) -> Any:
    return pdf.Root.Outlines.First


SLIPS: dict[str, Callable[[pikepdf.Pdf], object]] = {
    "page": lambda pdf: pdf.pages[8].obj.TrimBox.__setitem__(2, 430),
    "label": lambda pdf: pdf.Root.PageLabels.Nums.__setitem__(2, 9),
    "bookmark": lambda pdf: _outline(pdf).Dest.__setitem__(3, 100),
    "bookmark's name": lambda pdf: setattr(_outline(pdf), "Title", "Another"),
    "destination": lambda pdf: pdf.Root.Names.Dests.Names[1].__setitem__(2, 58),
    "link": lambda pdf: pdf.pages[8].Annots[0].Rect.__setitem__(0, 58),
    "link's target": lambda pdf: setattr(pdf.pages[4].Annots[0], "Dest", "colophon"),
    "language": lambda pdf: setattr(_element(pdf, "/Span"), "Lang", "uk"),
    "description": lambda pdf: setattr(_element(pdf, "/Figure"), "Alt", "Something"),
    "scope": lambda pdf: setattr(_element(pdf, "/TH").A, "Scope", pikepdf.Name.Row),
    "type": lambda pdf: setattr(_element(pdf, "/Note"), "S", pikepdf.Name.Div),
    "order": lambda pdf: setattr(
        _element(pdf, "/Table"), "K", pikepdf.Array(reversed(list(_element(pdf, "/Table").K)))
    ),
    "place": lambda pdf: _drawn(pdf, b"1 0 0 1 .05 0 cm"),
    "size": lambda pdf: _drawn(pdf, b"1.0005 0 0 1.0005 0 0 cm"),
    "order of drawing": lambda pdf: pdf.pages[8].obj.Contents.append(
        pdf.make_stream(b"1 0 0 rg 9 9 9 9 re f")
    ),
    "said of the book": lambda pdf: setattr(pdf.docinfo, "Title", "Another"),
}
"""What may go wrong in a bound book, a little of each."""


@pytest.fixture(scope="module")
def specimen(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The specimen, bound."""
    folder = tmp_path_factory.mktemp("specimen")
    return bound(ROOT / "tests/specimen", "specimen", folder).path


@pytest.mark.parametrize("slip", list(SLIPS))
def test_a_difference_would_be_noticed(specimen: Path, slip: str, tmp_path: Path) -> None:
    """However small it is."""
    with pikepdf.open(specimen) as pdf:
        SLIPS[slip](pdf)
        pdf.save(tmp_path / "slip.pdf")
    assert differences(specimen, tmp_path / "slip.pdf") != []


def test_a_book_is_like_itself(specimen: Path) -> None:
    """Nothing is told where there is nothing."""
    assert differences(specimen, specimen) == []
