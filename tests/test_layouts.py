"""Layouts: one of a user's own, as docs/layouts.md tells it."""

from __future__ import annotations

import re
import shutil
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
import tinycss2

from reelpress.layout.paged import Paged
from reelpress.press import press

ROOT = Path(__file__).parent.parent


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The sample, with one ticket that asks for the layout `mine`."""
    shutil.copytree(ROOT / "manuscripts", tmp_path / "manuscripts")
    ticket = tmp_path / "manuscripts/anthologies/small-hours.yaml"
    ticket.write_text(ticket.read_text("utf-8").rstrip() + "\nlayout: mine\n", "utf-8")
    return tmp_path


def documented() -> dict[str, str]:
    """The files of the layout in docs/layouts.md, by their names there."""
    page = (ROOT / "docs/layouts.md").read_text("utf-8").split("\n## ")[1]
    return dict(re.findall(r"`layouts/mine/([\w./-]+)`.*?```\w+\n(.*?)```", page, re.S))


def test_the_documented_layout_works(project: Path) -> None:
    """Nine lines change a review's opening, a face and a style sheet, and nothing else."""
    files = documented()
    assert set(files) == {"layout.yaml", "sections/review.html.j2", "print.css"}
    assert sum(text.count("\n") for text in files.values()) <= 10
    for name, text in files.items():
        target = project / "layouts/mine" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, "utf-8")

    run = press(project, ["small-hours"], only=["epub"])

    assert run.findings == ()
    (book,) = run.pressed
    assert book.galley is not None
    assert book.galley.print.rstrip().endswith(".opening h1 { font-size: 30pt; line-height: 33pt }")
    assert "@page" in book.galley.print
    with ZipFile(BytesIO(book.volumes[0].data)) as epub:
        names = epub.namelist()
        review = epub.read("EPUB/text/r-after-hours.xhtml").decode()
    assert "EPUB/fonts/SourceSerifPro-Light.ttf" in names
    assert "EPUB/fonts/SourceSansPro-Regular.ttf" in names
    assert "<cite>After Hours</cite></p>" in review
    assert "Dvořáček on <cite>" in review
    assert "Directed by Martin Scorsese" in review


def test_a_layout_gets_the_headers_own_keys(project: Path) -> None:
    """A key that reelpress does not know reaches the template as extra.KEY."""
    layout = project / "layouts/mine"
    (layout / "sections").mkdir(parents=True)
    (layout / "layout.yaml").write_text("extends: classic\n", "utf-8")
    (layout / "sections/review.html.j2").write_text(
        '{% extends "classic/sections/review.html.j2" %}\n'
        "{% block closing %}<p>{{ piece.extra.venue|default('') }}</p>{% endblock %}\n",
        "utf-8",
    )
    review = project / "manuscripts/reviews/after-hours.md"
    text = review.read_text("utf-8").replace("---\n", "---\nvenue: The <Ritz>\n", 1)
    review.write_text(text, "utf-8")

    run = press(project, ["small-hours"], bound=False)

    assert [f.code for f in run.findings] == ["H005"]
    galley = run.pressed[0].galley
    assert galley is not None
    (section,) = [s for s in galley.sections if s.id == "r-after-hours"]
    assert "<p>The &lt;Ritz&gt;</p>" in section.body


def looked_at(sheet: str) -> list[str]:
    """What is told of a print style sheet."""
    paged = Paged()
    paged.look(tinycss2.parse_component_value_list(sheet, skip_comments=True), "print.css")
    return [str(finding) for finding in paged.findings()]


def test_what_works_in_print_is_as_told() -> None:
    """No line of the documented sheet gives a finding, and each that can't work does."""
    page = (ROOT / "docs/layouts.md").read_text("utf-8")
    (told,) = re.findall(r"^### Pages, section by section\n(.*?)^#", page, re.M | re.S)
    (works,) = re.findall(r"```css\n(.*?)```", told, re.S)
    assert looked_at(works) == []
    fails = re.findall(r"^\| `([^`]+ \})` \|", told, re.M)
    assert len(fails) == told.count("\n| `")
    assert [sheet for sheet in fails if len(looked_at(sheet)) != 1] == []


def test_a_look_at_a_print_sheet_needs_no_sense_in_it() -> None:
    """What is no CSS is passed over, however it is broken."""
    broken = [
        ": { } , { &:has(x) { } } :: {} .( {} #{} [] {} & {} | {} *|* {} a| {}",
        "section: {} section:: {} :nth-child( of) {} :is() {} :has(+) {} section + {}",
        "p { content: counter() var() var(--a) target-counter(; position: ; string-set: }",
        "p { counter-reset: ; counter-set } @page { @x } @media { @page",
    ]
    assert [line for sheet in broken for line in looked_at(sheet)] == []


def test_a_film_of_which_no_more_is_known_is_named_once(tmp_path: Path) -> None:
    """Above a review that bears its title; a year, or another title, is more."""
    home = tmp_path / "manuscripts"
    for name, text in {
        "anthologies/a.yaml": "title: A\nlanguage: he\nissued: 2026-01-01\n",
        "reviews/once.md": "---\nfilm: Once\n---\nText.\n",
        "reviews/dated.md": "---\nfilm: {title: Dated, year: 1949, original_title: Dated}\n---\n",
        "reviews/titled.md": "---\ntitle: Titled\nfilm: Other\n---\nText.\n",
    }.items():
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).write_text(text, "utf-8")
    run = press(tmp_path, only=["epub"], draft=True)
    with ZipFile(BytesIO(run.pressed[0].volumes[0].data)) as epub:
        texts = {
            n: epub.read(f"EPUB/text/r-{n}.xhtml").decode() for n in ("once", "dated", "titled")
        }
    assert 'class="film"' not in texts["once"]
    assert "<cite>Dated</cite>, 1949</p>" in texts["dated"]
    assert "<cite>Other</cite></p>" in texts["titled"]
    # What is wrong is said from left to right, in a book that is read from right to left too.
    assert '<div class="findings" dir="ltr"><ul><li>' in texts["once"]
