"""Numbers that settle, numbers that don't, and pages that nobody asked for."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from checkers import pdf_text
from reelpress.bindery.numbering import Extent, imposed, known
from reelpress.model import Matter
from test_volumes import reelpress

SPECIMEN = Path(__file__).parent / "specimen"
FRONT, BODY, BACK = Matter.FRONT, Matter.BODY, Matter.BACK


def shape(*extents: Extent, direction: str = "ltr") -> str:
    """Pages as letters: a section's own, "-" for a blank one, with folio; a "|" after each leaf."""
    letters = []
    for spot in imposed(extents, direction):
        name = extents[spot.section].id if spot.page >= 0 else "-"
        letters.append(f"{name}{spot.folio}{'|' if spot.side == 'left' else ' '}")
    return "".join(letters).strip()


def section(own: str, matter: Matter, pages: int | None, before: str = "page") -> Extent:
    """A section of so many pages that asks for a page, or a side."""
    return Extent(own, matter, pages, (before,), ())


@pytest.mark.parametrize(
    ("extents", "direction", "expected"),
    [
        ([section("a", FRONT, 1), section("b", BODY, 2)], "ltr", "ai b1|b2"),
        ([section("a", FRONT, 1), section("b", BODY, 2, "right")], "ltr", "ai -ii|b1 b2|"),
        ([section("a", FRONT, 2), section("b", BODY, 1, "recto")], "ltr", "ai aii|b1"),
        ([section("a", BODY, 1), section("b", BODY, 1, "verso")], "ltr", "a1 b2|"),
        ([section("a", BODY, 2), section("b", BODY, 1, "verso")], "ltr", "a1 a2|-3 b4|"),
        ([section("a", BODY, 1), section("b", BACK, 1, "recto")], "rtl", "a1|-2 b3|"),
        ([section("a", BODY, 1), section("x", BODY, 0), section("b", BODY, 1)], "ltr", "a1 b2|"),
        ([section("a", BODY, 1, "left")], "ltr", "a1"),
        ([section("a", FRONT, None), section("b", BODY, None)], "ltr", "ai b1|"),
    ],
)
def test_pages_fall_where_sections_ask(
    extents: list[Extent], direction: str, expected: str
) -> None:
    """Rectos, versos, blanks between, roman numbers and the body's own; nothing for the hidden."""
    assert shape(*extents, direction=direction) == expected


def test_a_number_is_known_when_what_stands_before_it_is_set() -> None:
    """Front matter never moves the body; an unset section's own beginning is known."""
    book = [
        section("contents", FRONT, None),
        section("foreword", FRONT, 2),
        section("review", BODY, 3),
        section("films", BACK, None),
        section("colophon", BACK, 1),
    ]
    assert known(book) == {"contents", "review", "films"}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The specimen with a layout of its own."""
    folder = shutil.copytree(SPECIMEN, tmp_path / "project")
    ticket = folder / "manuscripts/anthologies/specimen.yaml"
    text = ticket.read_text(encoding="utf-8")
    ticket.write_text(text.replace("layout: classic", "layout: mine"), encoding="utf-8")
    (folder / "layouts/mine").mkdir(parents=True)
    (folder / "layouts/mine/layout.yaml").write_text("extends: classic\n", encoding="utf-8")
    return folder


def bound(project: Path, style: str) -> tuple[str, list[str]]:
    """What a build with these additions to the style sheet says, and the PDF's pages."""
    sheet = f'@import "classic/print.css";\n{style}\n'
    (project / "layouts/mine/print.css").write_text(sheet, encoding="utf-8")
    done = reelpress("build", "-C", project, "--only", "print")
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout, pdf_text(project / "build/specimen/specimen-print.pdf")


@pytest.mark.checkers
@pytest.mark.slow
def test_a_reference_in_any_text_bears_the_page_of_the_book(project: Path) -> None:
    """target-counter on ordinary links, forwards and backwards, from one review to another."""
    cross = (
        '.text a[href^="#r-"]::after { content: " (page " target-counter(attr(href), page) ")" }'
    )
    said, pages = bound(project, cross)
    assert "P00" not in said
    found = [match for page in pages for match in re.findall(r"\(page (\d+)\)", page)]
    opened = {
        own: index
        for index, page in enumerate(pages)
        for own in ("The 5.43 to Ketchworth", "An Engine and a Straight")
        if page.startswith(own)
    }
    first = min(opened.values())
    assert sorted(map(int, found)) == sorted(index - first + 1 for index in opened.values())


@pytest.mark.checkers
@pytest.mark.slow
def test_numbers_that_move_what_they_number_are_told(project: Path) -> None:
    """Two pages long it names an even page and grows; three long, an odd one, and shrinks."""
    style = """
    @counter-style flip { system: cyclic; symbols: "M" "MM MM" }
    section.films::before {
      display: block; content: target-counter(url("#credits"), page, flip);
      font-size: 120pt; line-height: 6.4in; orphans: 1; widows: 1;
    }
    """
    said, _ = bound(project, style)
    assert "[P006]" in said
    assert '"The films"' in said


@pytest.mark.checkers
@pytest.mark.slow
def test_a_page_that_nobody_asked_for_is_told(project: Path) -> None:
    """Sections are set apart: one that would run on begins a page all the same (P007)."""
    said, pages = bound(project, "section.review, section.part { break-before: auto }")
    assert 'Each section "review" begins on a page of its own' in said
    assert said.count("[P007]") == 1
    assert len(pages) == 15
