"""The text of a web page, saved by copy and paste.

Fixtures made by us, each with all that is to come of it in NAME.expected.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arrivals import edited, missing, read, told
from reelpress.intake.delivery import Delivery
from reelpress.intake.headlines import film_of, films_of
from reelpress.intake.markup.escapes import begun, escaped
from reelpress.intake.pasted import bring, is_pasted, pasted, recognises
from reelpress.intake.pasted.dates import dated

FIXTURES = Path(__file__).parent / "fixtures" / "pasted"
FILES = sorted(path.name for path in FIXTURES.iterdir() if path.suffix in (".txt", ".md"))


def brought(name: str) -> Delivery:
    """What comes of a fixture."""
    return bring(FIXTURES / name)


@pytest.mark.parametrize("name", FILES)
def test_what_comes_of_a_page(name: str, accept: bool) -> None:
    """Header, people, text, what was left out and every finding."""
    expected = FIXTURES / f"{name}.expected"
    made = told(brought(name))
    if accept:
        expected.write_text(made, "utf-8")
    assert made == expected.read_text("utf-8")


@pytest.mark.parametrize("name", FILES)
def test_no_word_is_lost(name: str) -> None:
    """Each word stands in the edited text or is told as left out."""
    (arrival,) = brought(name).arrivals
    assert missing(arrival) == {}


FIVE: dict[str, dict[str, Any]] = {
    "1-as-the-site-has-it.txt": {
        "title": "'The Ferry at Ulmen' (1995) - Movie Review",
        "film": ("The Ferry at Ulmen", 1995),
        "directors": ["Ilse Vanderhoek"],
        "cast": ["Tomas Ried", "Anna Quist", "Jonas Pell"],
        "bios": {"Ada Bell": "Hi, I'm Ada Bell and I write about trains, ferries and everybody"},
        "holders": ["ada-bell"],
        "copyright": 2019,
        "paragraphs": [
            "Nobody in The Ferry",
            "The director, Ilse",
            "What the man",
            "There is a last",
        ],
    },
    "2-details-first.txt": {
        "title": "Movie Review: “The Orchard Road” (2003)",
        "film": ("The Orchard Road", 2003),
        "directors": ["Peter Holm", "Maria Sand"],
        "cast": ["Ruth Alder", "Sam Okoro", "Bo Lindqvist Jr."],
        "bios": {"Karel Novy": "My name is Karel Novy. I teach geography in a small town"},
        "holders": ["karel-novy"],
        "copyright": 2020,
        "paragraphs": ["Two sisters inherit", "The elder, played", "It ends with a lorry"],
    },
    "3-no-year.txt": {
        "title": "‘Schuster’s Clock’ – Movie Review",
        "film": ("Schuster’s Clock", None),
        "directors": ["Emil Brandl"],
        "cast": ["Karl Toman", "Mimi Lederer"],
        "bios": {"Lena Amsel": "Lena Amsel repairs radios and writes about films for a paper"},
        "holders": ["lena-amsel"],
        "copyright": 2018,
        "paragraphs": ["Schuster repairs", "The film has one joke", "I laughed, once"],
    },
    "4-two-authors.txt": {
        "title": "'Salt Wagons' (1972) - Movie Review",
        "film": ("Salt Wagons", 1972),
        "directors": ["Roza Tal", "Benno Krug"],
        "cast": ["Dov Harel", "Tamar Sade", "Igor Bely"],
        "bios": {
            "Ines Moreau": "We are Ines Moreau and Joseph Adler, and we have been arguing",
            "Joseph Adler": "We are Ines Moreau and Joseph Adler, and we have been arguing",
        },
        "holders": ["ines-moreau", "joseph-adler"],
        "copyright": 2019,
        "paragraphs": ["Salt Wagons begins", "It is a western", "One of us cried"],
    },
    "5-other-order.txt": {
        "title": '"Rain on the Radio" (1988) - Movie Review',
        "film": ("Rain on the Radio", 1988),
        "directors": ["Hanna Weiss", "Luis Prado", "Yuki Mori"],
        "cast": ["Nora Blum", "Pavel Ors", "Ella Finch", "Otto Graf"],
        "bios": {"Miriam Okafor": "Hello, my name is Miriam Okafor and I love films in which"},
        "holders": ["miriam-okafor"],
        "copyright": 2021,
        "paragraphs": ["A village has", "You could call", "There are three directors"],
    },
}
"""By hand, and no option rewrites it."""


@pytest.mark.parametrize("name", FIVE)
def test_five_pages_give_all_that_they_hold(name: str) -> None:
    """Title, film, year, directors, cast, reviewer, bio, holder, year of copyright, paragraphs."""
    expected, delivery = FIVE[name], brought(name)
    (arrival,) = delivery.arrivals
    header: dict[str, Any] = dict(arrival.header)
    film, rights = header["film"], header["rights"]
    assert header["title"] == expected["title"]
    assert (film["title"], film.get("year")) == expected["film"]
    assert film["directors"] == expected["directors"]
    assert film["cast"] == expected["cast"]
    assert {person.name: person.bio[: len(expected["bios"][person.name])]
            for person in delivery.people} == expected["bios"]  # fmt: skip
    keys = [person.key for person in delivery.people]
    assert header["reviewer"] == (keys if len(keys) > 1 else keys[0])
    assert rights["holder"] == (keys if len(keys) > 1 else keys[0])
    assert [*keys] == expected["holders"]
    assert (rights["year"], rights["status"]) == (expected["copyright"], "unknown")
    assert rights["inferred"] == ["holder", "year"]
    paragraphs = arrival.text.split("\n\n")
    assert [p[: len(e)] for p, e in zip(paragraphs, expected["paragraphs"], strict=True)] == (
        expected["paragraphs"]
    )
    source = " ".join((FIXTURES / name).read_text("utf-8").split())
    assert [p for p in paragraphs if p not in source] == []  # not a letter is changed


# -- what is one


@pytest.mark.parametrize("name", [name for name in FILES if name != "only-text.txt"])
def test_a_pasted_page_is_known(name: str) -> None:
    """Two signs of a site are enough."""
    assert recognises(FIXTURES / name)


@pytest.mark.parametrize(
    "text",
    [
        "---\ntitle: A\n---\nSkip to main content\n\n'A' (1995) - Movie Review\n\n© 2019 Ada\n",
        "+++\ntitle = 'A'\n+++\nShare\n\nTweet\n",
        "<!doctype html><title>A</title>Share\n\nTweet\n",
        '{"title": "A", "text": "Share"}',
        "",
        "Dear Ada,\n\nthank you for the films. I read more from your letter than from books.\n",
        "# Notes\n\n- buy milk\n- see *Stalker* (1979) again\n",
        "The Harbour Clerk\n\nHe stamps papers.\n",
    ],
)
def test_other_texts_are_not(text: str) -> None:
    """Front matter, HTML, data, letters and notes are no pasted pages."""
    assert not is_pasted(text)


def test_only_texts_are_looked_at(tmp_path: Path) -> None:
    """By suffix first; a file that is no text, or is not there, is none."""
    page = (FIXTURES / FILES[0]).read_bytes()
    for name, known in (("a.txt", True), ("a.MD", True), ("a.html", False), ("a", False)):
        (tmp_path / name).write_bytes(page)
        assert recognises(tmp_path / name) is known
    (tmp_path / "b.txt").write_bytes(b"\x00\x01\x02\xff" * 50)
    assert not recognises(tmp_path / "b.txt")
    assert not recognises(tmp_path / "not-there.txt")


# -- headlines and dates


@pytest.mark.parametrize(
    ("headline", "films"),
    [
        ("'The Kite' (1995) - Movie Review", [("The Kite", 1995)]),
        ('"The Kite" (1995) – Review', [("The Kite", 1995)]),
        ("“The Kite” (1995): Film Review", [("The Kite", 1995)]),
        ("‘Schuster’s Clock’ (1995) – Movie Review", [("Schuster’s Clock", 1995)]),
        ("'Schuster's Clock' - Movie Review", [("Schuster's Clock", None)]),
        ("« La Gare » (1954) – Critique", [("La Gare", 1954)]),
        ("»Die Gare« (1954) – Kritik", [("Die Gare", 1954)]),
        ("The Kite (1995) – Review", [("The Kite", 1995)]),
        ("The Kite (1995) Review", [("The Kite", 1995)]),
        ("Review: The Kite (1995)", [("The Kite", 1995)]),
        ("Movie Review: 'The Kite'", [("The Kite", None)]),
        ("Review of The Kite (1995)", [("The Kite", 1995)]),
        ("The Kite - Movie Review", [("The Kite", None)]),
        ("'The Kite (1995)' Review", [("The Kite", 1995)]),
        ("'2001' (1968) - Movie Review", [("2001", 1968)]),
        ("Why 'The Kite' (1995) still flies", [("The Kite", 1995)]),
        ("'A' (1995) and 'B' (1996) - Review", [("A", 1995), ("B", 1996)]),
        ("I saw 'The Kite' (1995) twice.", []),
        ("The Harbour Clerk", []),
    ],
)
def test_films_of_a_headline(headline: str, films: list[tuple[str, int | None]]) -> None:
    """Quotation marks of every kind, or none; with a year, or without."""
    assert list(films_of(headline)) == films


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("Updated on July 4, 2019", ("2019-07-04", True)),
        ("Published: 4 July 2019", ("2019-07-04", False)),
        ("Jul 4th, 2019", ("2019-07-04", False)),
        ("Posted on Thursday, 4 July 2019 at 10:15 pm", ("2019-07-04", False)),
        ("Aktualisiert am 4. Juli 2019", ("2019-07-04", True)),
        ("publié le 14 juillet 2019", ("2019-07-14", False)),
        ("2019-07-04T10:00:00Z", ("2019-07-04", False)),
        ("23/11/2024", ("2024-11-23", False)),
        ("03/05/2019", ("", False)),
        ("On 4 July 2019 he left the house and did not come back.", ("", False)),
        ("31 June 2019", ("", False)),
    ],
)
def test_days_of_a_line(line: str, day: tuple[str, bool]) -> None:
    """A line that says a day and nothing else; of two readings none is taken."""
    assert dated(line) == day


# -- nothing is lost, whatever it is

_LINES = [
    "Skip to main content", "Share", "Related Articles", "'A Kite' (1995) - Movie Review",
    "Movie Details", "Title: The Kite", "Director(s): Ada Bell, Bo Lee", "Note: nothing of it.",
    "Starring: ", "© 2019 Ada Bell", "© Night Media, Inc.", "By Ada Bell", "About the author",
    "Hi, I'm Ada Bell and I write about films. The kite rises.", "Ada Bell is a writer.",
    "I Am Legend is a film that I love, and I write about it.", "4/5", "★★★", "Updated 4 July 2019",
    "It rises, and it falls again, and the string that holds it is wound about a stick, by hand",
    "and so it goes on, for as long as the wind does, and the boy who holds it has time enough.",
    "1. Not a list", "- nor this", "# nor a head", "> nor a quotation", "Plot", "A *star* or _one_",
    "Tomas said: [no](it) is not {{ x }}.", "", "", "",
]  # fmt: skip


@given(st.lists(st.sampled_from(_LINES) | st.text(max_size=30), max_size=24))
def test_whatever_lines_there_are_no_word_is_lost(lines: list[str]) -> None:
    """In any order, each word stands in the text or is told as left out."""
    for arrival in pasted("\n".join(lines), "page.txt").arrivals:
        assert missing(arrival) == {}


_SIGNS = [*"*_`[](){}<>#+-.!|$~^&;:=\\\"' ab1"]
_SIGNS += ["{{", "**", "](", "[^1]", "&lt;", "<b>", "Table:", "==", "::: a", "1. ", "[a]"]


@given(st.lists(st.sampled_from(_SIGNS), max_size=14).map("".join))
def test_escaped_words_edit_back_to_themselves(typed: str) -> None:
    """Whatever signs a line holds, a reader sees these signs; none is taken for markup."""
    line = " ".join(typed.split())
    made = edited(begun(escaped(line)))[0].body if line else ""
    assert re.sub(r"<p[^>]*>|</p>|<br/>", "", made).count("<") == 0
    assert _plain(read(begun(escaped(line)))) == _plain(line)


def _plain(text: str) -> str:
    """Without what typography changes: quotation marks, dashes, dots, spaces."""
    return re.sub(r"[\s\u00a0\"'“”‘’.…–—′″-]+", "", text)


@pytest.mark.parametrize(
    ("headline", "film"),
    [
        ("The Third Man", ("The Third Man", None)),
        ("'The Third Man' (1949) – Film Review", ("The Third Man", 1949)),
        ("On revisiting “Ran” (1985) in winter", ("Ran", 1985)),
        ("Ran (Japan, 1985) | Review", ("Ran", 1985)),
        ("(1985) Ran", ("Ran", 1985)),
        ("What I saw.", ("What I saw.", None)),
        ("Review", ("Review", None)),
        ("", ("", None)),
    ],
)
def test_a_headline_that_has_one_film(headline: str, film: tuple[str, int | None]) -> None:
    """An export's title is always a headline: where no film is told apart in it, all of it is."""
    assert film_of(headline) == film
