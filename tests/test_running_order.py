"""What a ticket makes of the reviews it takes: order, parts, titles, pieces.

The pool is that of test_selection.py: the nth review's text has n words.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from reelpress.press import Run, press
from test_cli import CLEAN, call
from test_selection import amend, project
from test_volumes import Book, plain


def pressed(folder: Path, text: str) -> Run:
    """The pool, and the one ticket that says this, judged."""
    return press(project(folder, t=text), bound=False)


def standing(run: Run) -> dict[str, str]:
    """The slugs of each part in running order; under "" of those before the parts."""
    (book,) = run.pressed
    found: dict[str, list[str]] = {}
    title = ""
    for piece in book.anthology.pieces:
        if piece.kind == "part":
            title = piece.title
        elif piece.contribution is not None:
            found.setdefault(title, []).append(piece.contribution.slug)
    return {title: " ".join(slugs) for title, slugs in found.items()}


def told(run: Run) -> list[str]:
    """What was noticed, but that there are drafts: code and sentence."""
    return [f"{f.code} {f.text}" for f in run.findings if f.code != "H019"]


NOTED = "Text.[^1]\n\n[^1]: A note.\n"
"""A text with a note, so with marks to go to."""


def with_texts(root: Path, texts: Mapping[str, str]) -> Path:
    """The project, with texts beside its reviews."""
    folder = root / "manuscripts" / "texts"
    folder.mkdir()
    for name, text in texts.items():
        (folder / f"{name}.md").write_text(text, encoding="utf-8")
    return root


# ── order ────────────────────────────────────────────────────────────────────────────────


IN_ORDER = {
    "film.year":
        "untitled laura gun-crazy cleo daisies wanda alice radio-on vagabond the-gleaners",
    "-film_year":
        "the-gleaners vagabond radio-on alice wanda daisies cleo gun-crazy laura untitled",
    "[reviewer, -film.year]":
        "the-gleaners cleo laura wanda radio-on alice untitled vagabond daisies gun-crazy",
    "[-rating, film.title]":
        "daisies wanda cleo gun-crazy laura alice vagabond radio-on the-gleaners untitled",
    "[film.director, -date]":
        "untitled daisies gun-crazy wanda radio-on laura vagabond cleo the-gleaners alice",
    "[film.country, words]":
        "untitled daisies vagabond the-gleaners cleo radio-on laura gun-crazy wanda alice",
    "title":
        "laura alice cleo daisies gun-crazy radio-on the-gleaners untitled vagabond wanda",
    "-words":
        "untitled the-gleaners vagabond radio-on alice wanda daisies cleo gun-crazy laura",
}  # fmt: skip


@pytest.mark.parametrize("by", IN_ORDER)
def test_order_by_keys(tmp_path: Path, by: str) -> None:
    """One key after another; a minus turns one round; what lacks a value has the least."""
    run = pressed(tmp_path, f"order: {{by: {by}}}\n")
    assert standing(run) == {"": IN_ORDER[by]}
    assert told(run) == []


def test_equals_keep_the_ticket_s_order(tmp_path: Path) -> None:
    """Upwards and downwards alike."""
    for by in ("film.country", "-film.country"):
        run = pressed(
            tmp_path, f"reviews: [vagabond, the-gleaners, wanda, laura]\norder: {{by: {by}}}\n"
        )
        groups = ["vagabond the-gleaners", "wanda laura"]
        assert standing(run) == {"": " ".join(groups if by[0] != "-" else groups[::-1])}


# ── parts ────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("parts", "found"),
    [
        # years have an order of their own
        ("{by: decade, titles: {1970s: On the Road, 1940s: Portraits}}", {
            "Portraits": "laura", "1950–1959": "gun-crazy", "1960–1969": "cleo daisies",
            "On the Road": "alice radio-on wanda", "1980–1989": "vagabond",
            "2000–2009": "the-gleaners",
        }),
        ("year", {
            "1944": "laura", "1950": "gun-crazy", "1962": "cleo", "1966": "daisies",
            "1970": "wanda", "1974": "alice", "1979": "radio-on", "1985": "vagabond",
            "2000": "the-gleaners",
        }),
        # others stand as the ticket's titles do, then by their names
        ("{by: director, titles: {wim wenders: Wim, Agnès Varda: Agnès}}", {
            "Wim": "alice", "Agnès": "cleo the-gleaners vagabond", "Věra Chytilová": "daisies",
            "Joseph H. Lewis": "gun-crazy", "Barbara Loden": "wanda",
            "Christopher Petit": "radio-on", "Otto Preminger": "laura",
        }),
        ("{by: country, titles: {United States: States}}", {
            "States": "gun-crazy laura wanda", "Czechoslovakia": "daisies",
            "France": "cleo the-gleaners vagabond", "United Kingdom": "radio-on",
            "West Germany": "alice",
        }),
        # of many tags the first that has a title counts, else the first
        ("{by: tag, titles: {lovers: Two, portrait: One}}", {
            "Two": "gun-crazy wanda", "One": "cleo laura the-gleaners vagabond",
            "Roads": "alice radio-on",
        }),
    ],
)  # fmt: skip
def test_parts_by_what_headers_say(tmp_path: Path, parts: str, found: dict[str, str]) -> None:
    """One part for each; what has nothing to be grouped by stands before them, and is told."""
    run = pressed(tmp_path, f"order: {{parts: {parts}}}\n")
    before = {"": "daisies untitled" if "tag" in parts else "untitled"}
    assert list(standing(run).items()) == [*before.items(), *found.items()]
    assert {text.split(" ")[0] for text in told(run)} == {"H032"}
    assert len(told(run)) == len(before[""].split())


def test_parts_by_reviewer_and_language(tmp_path: Path) -> None:
    """Those who wrote together have a part together; names are filed as people.yaml files them."""
    assert list(standing(pressed(tmp_path, "order: {parts: reviewer}\n")).items()) == [
        ("Ada Bell", "cleo laura the-gleaners"),
        ("Ada Bell, Ines Moreau", "wanda"),
        ("Noor van Dam", "alice radio-on untitled"),
        ("Ines Moreau", "daisies gun-crazy vagabond"),
    ]
    run = pressed(tmp_path, "order: {parts: {by: language, titles: {en-us: Elsewhere}}}\n")
    assert list(standing(run)) == ["Elsewhere", "de", "en-GB"]
    assert told(run) == []


def test_a_part_is_in_order_and_has_its_epigraph(tmp_path: Path) -> None:
    """order.by holds within parts; epigraphs are Markdown, or files of it."""
    text = """\
reviews: [vagabond, cleo, the-gleaners, laura]
order:
  by: -film.year
  parts:
    by: director
    epigraphs: {Agnès Varda: "*Walk* on.", Otto Preminger: texts/paint.md}
"""
    root = with_texts(project(tmp_path, t=text), {"paint": "Paint **dries**.\n"})
    run = press(root, bound=False)
    assert told(run) == []
    assert standing(run) == {"Otto Preminger": "laura", "Agnès Varda": "the-gleaners vagabond cleo"}
    epigraphs = [
        p.text.body for p in run.pressed[0].anthology.pieces if p.kind == "part" and p.text
    ]
    assert ["<strong>dries</strong>" in e for e in epigraphs] == [True, False]
    assert ["<em>Walk</em>" in e for e in epigraphs] == [False, True]


def test_parts_by_hand(tmp_path: Path) -> None:
    """Slugs, globs and selections; a part's selection is of what the ticket takes; a review that
    two selections take stands in the first."""
    run = pressed(
        tmp_path,
        """\
select: {tags: [roads, portrait]}
order: {by: film.title}
parts:
  - {title: Named, reviews: [vagabond, laura]}
  - {title: Seventies, select: {year: 1970s}}
  - {title: Globbed, reviews: ["reviews/c*.md"], select: {rating: "> 3/5"}}
  - {title: The Rest, select: {}}
""",
    )
    assert standing(run) == {
        "Named": "laura vagabond",
        "Seventies": "alice radio-on wanda",
        "Globbed": "cleo",
        "The Rest": "the-gleaners",
    }
    assert told(run) == []


@pytest.mark.parametrize(
    ("by", "title", "old", "new"),
    [
        ("director", "Peter O'Toole", "Otto Preminger", "Peter O'Toole"),
        ("director", "Agne\u0300s Varda", "Otto Preminger", "Agnès Varda"),
        ("tag", "film-noir", "Film Noir", "film noir"),
    ],
)
def test_titles_find_their_parts(tmp_path: Path, by: str, title: str, old: str, new: str) -> None:
    """Case, hyphens, apostrophes and the way an accent is written are no matter."""
    text = f'reviews: [laura]\norder: {{parts: {{by: {by}, titles: {{"{title}": X}}}}}}\n'
    root = project(tmp_path, t=text)
    amend(root, "reviews/laura.md", old, new)
    run = press(root, bound=False)
    assert standing(run) == {"X": "laura"}
    assert told(run) == []


def test_a_part_that_names_a_review_goes_before_one_that_selects_it(tmp_path: Path) -> None:
    """Though it stands after it."""
    run = pressed(
        tmp_path, "parts: [{title: A, select: {tags: roads}}, {title: B, reviews: [wanda]}]\n"
    )
    assert standing(run) == {"A": "alice radio-on vagabond", "B": "wanda"}
    assert told(run) == []


def test_a_part_keeps_the_title_of_the_ticket_s_reviews(tmp_path: Path) -> None:
    """Given once, it need not be given again."""
    run = pressed(
        tmp_path,
        "reviews: [{review: laura, title: New}]\nparts: [{title: A, reviews: [laura]}]\n",
    )
    assert [review.title for review in run.pressed[0].anthology.reviews] == ["New"]
    assert told(run) == []


def test_an_empty_part_is_not_bound(tmp_path: Path) -> None:
    """By hand, or a title for a group that is not there; told, and parts are counted without it."""
    run = pressed(
        tmp_path,
        "parts:\n  - {title: Nothing, select: {year: 1930s}}\n  - {title: All, reviews: [laura]}\n",
    )
    (part,) = (p for p in run.pressed[0].anthology.pieces if p.kind == "part")
    assert (part.title, part.number) == ("All", 1)
    assert told(run) == ['H028 The part "Nothing" holds no review; it is left out.']
    run = pressed(
        tmp_path,
        "reviews: [laura]\n"
        "order: {parts: {by: decade, titles: {1950s: Later}, epigraphs: {1960s: Much later}}}\n",
    )
    assert standing(run) == {"1940–1949": "laura"}
    assert [text[:26] for text in told(run)] == [
        'H028 The part "1950s" hold',
        'H028 The part "1960s" hold',
    ]


# ── one review in two books ──────────────────────────────────────────────────────────────

TWO = {
    "one": """\
reviews: [{review: laura, title: The Portrait}, {review: cleo}]
volumes: {epub: }
""",
    "two": """\
reviews: [{review: laura, title: "The Painter's Eye", abridgement: texts/laura-short.md}, wanda]
parts:
  - title: Faces
    reviews: [{review: laura, title: "The Painter's Eye", abridgement: texts/laura-short.md}]
    epigraph: texts/faces.md
  - {title: Others, select: {tags: lovers}}
volumes: {epub: }
""",
}


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Book]:
    """Two anthologies that share a review, bound."""
    root = project(tmp_path_factory.mktemp("two"), **TWO)
    for name, text in {
        "reviews/laura.md": "---\nfilm: {title: Laura, year: 1944}\nreviewer: a-bell\n"
        "title: A Face in Oils\n---\nThe detective falls asleep.[^1]\n\n[^1]: Or so he says.\n",
        "texts/laura-short.md": "He sleeps.\n",
        "texts/faces.md": "Nobody looks *twice*.\n",
    }.items():
        path = root / "manuscripts" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    code, said, _ = call("build", "-C", root, "--strict", "--json")
    assert code == CLEAN, said
    return {name: Book(root / "build" / name / f"{name}.epub") for name in TWO}


def everything(book: Book) -> str:
    """All the words in an EPUB."""
    return " ".join(plain(book.tree(name)) for name in book.spine())


def test_a_review_has_a_title_for_each_book(books: dict[str, Book]) -> None:
    """On its page and in the contents; neither the other's nor its own."""
    titles = {"one": "The Portrait", "two": "The Painter’s Eye"}
    for name, own in titles.items():
        (other,) = titles.keys() - {name}
        nav = plain(books[name].tree("EPUB/nav.xhtml"))
        assert own in nav
        assert own in plain(books[name].section("laura"))
        words = everything(books[name]) + nav
        assert titles[other] not in words
        assert "A Face in Oils" not in words


def test_an_abridgement_stands_in_its_book_alone(books: dict[str, Book]) -> None:
    """The other has the whole text; each says of itself what it is; no words leak, nor notes."""
    whole, short = everything(books["one"]), everything(books["two"])
    assert "falls asleep" in whole
    assert "Or so he says" in whole
    assert "He sleeps" not in whole
    assert "Abridged for this book." not in whole
    assert "He sleeps" in short
    assert "falls asleep" not in short
    assert "Or so he says" not in short
    assert "Abridged for this book." in plain(books["two"].section("laura"))
    assert "Abridged" not in plain(books["two"].section("wanda"))


def test_an_epigraph_stands_on_its_part_s_page(books: dict[str, Book]) -> None:
    """And on no other."""
    held = [n for n in books["two"].spine() if "Nobody looks twice." in plain(books["two"].tree(n))]
    assert [name.rpartition("/")[2] for name in held] == ["part-1.xhtml"]
    assert "Nobody looks" not in everything(books["one"])


# ── pieces ───────────────────────────────────────────────────────────────────────────────


def test_a_page_of_one_s_own(tmp_path: Path) -> None:
    """`page` is called as its header says, or as its file is; there may be many of them."""
    root = project(
        tmp_path, t="front: [{page: texts/a-list-of-trains.md}, {page: texts/b.md}, contents]\n"
    )
    trains, clocks = "The 5.43.\n", "---\ntitle: On Clocks\n---\nTwo.\n"
    run = press(with_texts(root, {"a-list-of-trains": trains, "b": clocks}), bound=False)
    assert told(run) == []
    galley = run.pressed[0].galley
    assert galley is not None
    own = [s for s in galley.sections if s.kind == "page"]
    assert [s.title for s in own] == ["A list of trains", "On Clocks"]
    assert "The 5.43." in own[0].body
    assert "Two." in own[1].body


@pytest.mark.parametrize(
    "pieces",
    [
        "front: [{page: texts/a.md}, {page: texts/b.md}]\n",
        "front: [{page: texts/a.md}]\nback: [{page: texts/b.md}]\n",
    ],
)
def test_pages_share_no_id(tmp_path: Path, pieces: str) -> None:
    """Nor do their notes, in front and in back."""
    root = with_texts(project(tmp_path, t=pieces), {"a": NOTED, "b": NOTED})
    assert told(press(root, bound=False)) == []


@pytest.mark.parametrize(
    ("pieces", "piece", "line", "column"),
    [
        ("front: [title, title]\n", "title", 2, 16),
        ("front: [{colophon: texts/a.md}]\nback: [colophon]\n", "colophon", 3, 8),
    ],
)
def test_a_piece_stands_once(
    tmp_path: Path, pieces: str, piece: str, line: int, column: int
) -> None:
    """Made, or a text of one's own: the second is told where the ticket has it, and that alone."""
    run = press(with_texts(project(tmp_path, t=pieces), {"a": NOTED}), bound=False)
    assert told(run) == [f"H029 Conflicting orders: {piece} stands in this anthology already."]
    places = [(f.place.line, f.place.column) for f in run.findings if f.code == "H029"]
    assert places == [(line, column)]


def test_a_colophon_of_one_s_own(tmp_path: Path) -> None:
    """The text stands there, in the place of what is made."""
    root = with_texts(project(tmp_path, t="back: [{colophon: texts/a.md}]\n"), {"a": NOTED})
    run = press(root, bound=False)
    assert told(run) == []
    galley = run.pressed[0].galley
    assert galley is not None
    (colophon,) = (s for s in galley.sections if s.kind == "colophon")
    assert "Text." in colophon.body
