"""Page runs ("pages 12–18"), and what only pages or only screens have: a layout tells of pages."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from books import BOOKS, PLAIN, TICKET, paragraphs
from checkers import epubcheck, pdf_text, verapdf
from reelpress.press import press
from test_oracle import bound
from test_tags import check_structure
from test_volumes import GRAVE, ROOT, Book, check_tags, labels, pdf_outline, plain, reelpress

BOOK = replace(
    BOOKS["page runs"],
    css="",
    reviews={**PLAIN, "second": "Short.\n"},
    ticket=TICKET.replace("volumes: {", "volumes: {epub: {}, "),
)
pytestmark = pytest.mark.checkers


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A small book that tells of its pages, to change."""
    BOOK.write(tmp_path)
    return tmp_path


def build(project: Path, *options: str) -> Path:
    """Build it; where its volumes are."""
    done = reelpress("build", "-C", project, *options)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "P006" not in done.stdout
    return project / "build/small"


def lines(path: Path) -> list[str]:
    """What the layout's paragraphs tell, page after page."""
    text = " ".join(" ".join(pdf_text(path)).split())
    text = re.sub(r"pages\. [ivxl]+ A Small Book", "pages.", text)
    return re.findall(
        r"This one:.*? as said\.|All but the second:.*?\.|The front:.*?\.|The films:.*?\."
        r"|This stood on.*?\.",
        text,
    )


def spans(path: Path) -> dict[str, tuple[str, str]]:
    """Title -> the folios of its first and its last page, by the bookmarks; blank pages are none
    of it."""
    told, texts = labels(path), pdf_text(path)
    marks = [(text, page) for _, text, page in pdf_outline(path)]
    ends = [page - 1 for _, page in marks[1:]] + [len(told)]
    found = {}
    for (title, page), end in zip(marks, ends, strict=True):
        last = max(n for n in range(page, end + 1) if texts[n - 1].strip())
        found[title] = told[page - 1], told[last - 1]
    return found


def words(span: tuple[str, str]) -> str:
    """A span as it is printed."""
    first, last = span
    return f"page {first}" if first == last else f"pages {first}–{last}"


def told(path: Path) -> list[str]:
    """What should be told, by where things stand."""
    at = spans(path)
    both = f"{at['Two'][0]}–{at['Fourth'][1]}"
    order = ["Foreword", "One", "First", "Second", "Two", "Third", "Fourth", "The films"]
    return [
        *(f"This one: on {words(at[title])}, as said." for title in order),
        f"All but the second: {at['One'][0]}–{at['First'][1]}, {both} are their pages.",
        f"The front: i–{at['Foreword'][1]}.",
        *(f"This stood on {words(at[t])}." for t in ("First", "Second", "Third", "Fourth")),
        f"The films: {words(at['The films'])}.",
    ]


def test_runs_tell_where_things_stand(project: Path) -> None:
    """Over several pages, on one, in roman numbers; in front of what they tell of, behind, within.
    The word for one page stands by one page alone."""
    path = build(project) / "small-print.pdf"
    assert lines(path) == told(path)
    at = spans(path)
    assert at["Foreword"][0] != at["Foreword"][1]
    assert at["First"][0] != at["First"][1]
    assert at["Second"][0] == at["Second"][1]


def test_runs_are_links_that_can_be_read_aloud(project: Path) -> None:
    """Each leads to where it begins, and says its numbers; PDF/UA-1 holds."""
    import pikepdf

    path = build(project) / "small-print.pdf"
    with pikepdf.open(path) as pdf:
        links = [
            (str(note.Contents), str(note.Dest))
            for page in pdf.pages
            for note in page.get("/Annots", [])
            if "/Dest" in note
        ]
    at = spans(path)
    for own, title in [("foreword", "Foreword"), ("r-first", "First"), ("r-second", "Second")]:
        number = words(at[title]).split()[1]
        assert (number, own) in links
    assert check_tags(path)["Link"] >= len(links) // 2
    check_structure(path)
    assert [str(rule) for rule in verapdf(path)] == []


def test_screens_have_their_own_words_and_no_numbers(project: Path) -> None:
    """Titles where pages have numbers; nothing of a run, and no mark of the galley, is left."""
    path = build(project) / "small.epub"
    epub = Book(path)
    (contents,) = (n for n in epub.spine() if n.endswith("/contents.xhtml"))
    told = [plain(p) for p in epub.select(contents, "//h:p[@class='span']")]
    assert told[0] == "This one: is Foreword, as said."
    assert told[-2:] == ["All but the second:.", "The front:."]
    marks = epub.select(contents, "//@*[starts-with(name(), 'data-')]")
    assert marks == []
    assert epub.select(contents, "//h:a[@href='r-first.xhtml#r-first'][@id='again-r-first']") != []
    assert [str(m) for m in epubcheck(path) if m.severity in GRAVE] == []


def test_what_screens_alone_have_is_not_on_pages(project: Path) -> None:
    """Nor are their ids in the file."""
    import pikepdf

    path = build(project) / "small-print.pdf"
    assert not any(re.search(r"This one:[^.]*\bis\b", text) for text in pdf_text(path))
    with pikepdf.open(path) as pdf:
        known = list(pikepdf.NameTree(pdf.Root.Names.Dests))
    assert "r-first" in known
    assert not [own for own in known if str(own).startswith("again-")]


def test_the_documented_line_says_what_is_told_of_it(project: Path) -> None:
    """By pages in print, by title on screens (docs/layouts.md)."""
    page = (ROOT / "docs/layouts.md").read_text("utf-8")
    (line,) = re.findall(r"```jinja\n(<p>Read .*?)```", page, re.S)
    template = project / "layouts/mine/sections/contents.html.j2"
    template.write_text(f"{{% for entry in piece.entries %}}\n{line}{{% endfor %}}\n", "utf-8")
    folder = build(project)
    at = spans(folder / "small-print.pdf")
    pages = " ".join(" ".join(pdf_text(folder / "small-print.pdf")).split())
    epub = Book(folder / "small.epub")
    (contents,) = (n for n in epub.spine() if n.endswith("/contents.xhtml"))
    screen = [plain(p) for p in epub.select(contents, "//h:p")]
    for title in ("Foreword", "First", "Second"):
        assert f"Read on {words(at[title])} first." in pages
        assert f"Read {title} first." in screen


@pytest.mark.parametrize(
    ("slug", "text"),
    [
        ("second", "Now longer.\n\n" + paragraphs(31, 8)),
        ("first", "Now short.\n"),
    ],
)
def test_runs_follow_what_changes(project: Path, slug: str, text: str) -> None:
    """A review of more pages, or of fewer, moves the numbers; and the bytes are those of a build
    that had nothing kept."""
    before = lines(build(project) / "small-print.pdf")
    review = project / f"manuscripts/reviews/{slug}.md"
    header = review.read_text("utf-8").split("---\n\n")[0]
    review.write_text(f"{header}---\n\n{text}", "utf-8")
    path = build(project) / "small-print.pdf"
    assert lines(path) == told(path) != before
    warm = path.read_bytes()
    shutil.rmtree(project / ".reelpress")
    assert (build(project) / "small-print.pdf").read_bytes() == warm
    # And again, from what is kept now.
    (project / "layouts/mine/print.css").write_text('@import "classic/print.css";\n/* */', "utf-8")
    assert (build(project) / "small-print.pdf").read_bytes() == warm


def test_what_moves_no_number_sets_no_run_again(project: Path) -> None:
    """Sections with runs are set anew when their numbers change, and not otherwise."""
    build(project)
    review = project / "manuscripts/reviews/second.md"
    review.write_text(review.read_text("utf-8").replace("Short.", "Short!"), "utf-8")
    done = reelpress("build", "-C", project, "--why")
    again = {line.split()[1] for line in done.stdout.splitlines() if "set for print" in line}
    assert again == {"r-second"}


def test_a_piece_alone_has_the_numbers_of_the_book(project: Path) -> None:
    """Its runs and slots too, and it is a sound file."""
    folder = build(project)
    book, whole = pdf_text(folder / "small-print.pdf"), spans(folder / "small-print.pdf")
    done = reelpress("build", "-C", project, "--piece", "first")
    assert done.returncode == 0, done.stdout + done.stderr
    path = folder / "small-print-first.pdf"
    alone = pdf_text(path)
    start = book.index(alone[0])
    assert book[start : start + len(alone)] == alone
    assert f"This stood on {words(whole['First'])}. {whole['The films'][0]}" in " ".join(
        " ".join(alone).split()
    )
    assert [str(rule) for rule in verapdf(path)] == []


def test_turns_count_what_every_volume_has(project: Path) -> None:
    """Neither runs, nor what only pages or screens have, are letters of the text."""
    from reelpress.bindery.marks import tree
    from reelpress.bindery.setting import set_galley
    from reelpress.bindery.sheet import sheet
    from reelpress.bindery.turns import letters
    from reelpress.work import Work

    (pressed,) = press(project, bound=False).pressed
    galley = pressed.galley
    assert galley is not None
    (spec,) = (v for v in pressed.anthology.volumes if v.name == "print")
    laid = set_galley(galley, sheet(galley, spec), "", Work(), lambda *_: None)
    for section, pages in zip(galley.sections, laid.pages, strict=True):
        text, starts = letters(tree(section))
        assert pages.letters == len(text)
        turns = [page.turn for page in pages.pages]
        assert all(a <= b for a, b in pairwise(turns))
        assert set(turns) <= {*starts, len(text)}
        assert "Thisstoodon." in text or not section.id.startswith("r-")


def test_a_run_of_what_is_not_for_paper_is_none(tmp_path: Path) -> None:
    """A section that a style sheet hides has no page; of a run that begins or ends with it the
    other end is told."""
    replace(BOOK, css="section#r-fourth { display: none }").write(tmp_path)
    path = bound(tmp_path, "small", tmp_path).path
    at = spans(path)
    assert "This one: on page , as said." in lines(path)
    both = f"All but the second: {at['One'][0]}–{at['First'][1]}, {at['Two'][0]} are their pages."
    assert both in lines(path)
