"""Layouts: one of a user's own, as docs/layouts.md tells it."""

from __future__ import annotations

import re
import shutil
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

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
