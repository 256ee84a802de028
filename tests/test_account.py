"""Each word of a text is in the book, or was left out for a reason that is told."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reelpress.desk import Folder
from reelpress.desk.images import Pictures
from reelpress.desk.text import account_of, edit_text
from reelpress.desk.text.account import Gone, missing
from reelpress.desk.text.dress import words
from reelpress.desk.text.shortcodes import spelled_out
from reelpress.header import decode, split_front_matter
from test_markup import BITS

HERE = Path(__file__).parent
PICTURES = Pictures(Folder.at(HERE / "specimen"))
WORDS = ("alpha ", "beta ", "gamma", "x1", "naïve ", "日本", "שלום ", "\u00ad", "e\u0301 ")


def lost(raw: str, language: str = "en") -> Counter[str]:
    """The words of a text that are in no book, and for no reason."""
    return account_of(raw, "a.md", 1, language, PICTURES)[0]


@given(st.lists(st.sampled_from([*BITS, *WORDS * 6]), max_size=20).map("".join))
def test_no_word_is_lost(raw: str) -> None:
    """Whatever is typed, however broken: each word stands in the book or among what is gone."""
    assert lost(raw.replace("\r", "")) == Counter()


TEXTS = sorted(
    path
    for folder in ("foreign", "cases", "specimen", "fixtures")
    for path in (HERE / folder).rglob("*.md")
    if path.is_file() and "outside" not in path.parts
)


def test_no_text_of_ours_loses_a_word() -> None:
    """Every Markdown file among the tests, and of the sample: no false alarm, and nothing lost."""
    sample = sorted((HERE.parent / "manuscripts").rglob("*.md"))
    assert len(TEXTS) > 200
    for path in (*TEXTS, *sample):
        text, _ = decode(path.read_bytes(), path.name)
        if text is not None:
            body = split_front_matter(text, path.name)[1]
            assert lost(spelled_out(body, {}, {})[0]) == Counter(), path


# -- the account itself: a text from which something is taken


@pytest.mark.parametrize(
    ("raw", "taken", "told"),
    [
        ("One two three.", " two", {"two": 1}),
        ("One *two* three.", "<em>two</em>", {"two": 1}),
        ("The end. The end.", " The end", {"The": 1, "end": 1}),
        ("One.[^1]\n\n[^1]: A note.", "note", {"note": 1}),
        ("[One](https://example.org/ 'Two')", ' title="Two"', {"Two": 1}),
        ('<abbr title="Two">One</abbr>', ' title="Two"', {"Two": 1}),
        ("`one two`", " two", {"two": 1}),
        ("caf&eacute; cr&egrave;me", " crème", {"crème": 1}),
        ("ראשון שני שלישי", " שני", {"שני": 1}),
        ("- one\n- two", ">two<", {"two": 1}),
    ],
)
def test_what_is_taken_is_missed(raw: str, taken: str, told: dict[str, int]) -> None:
    """A word that does not come out is named, as often as it is missing."""
    text, _ = edit_text(raw, "a.md", 1, "r", "en", PICTURES)
    places = r' data-at="1:1"'
    body = text.body.replace(places, "")
    notes = tuple(replace(note, body=note.body.replace(taken, "")) for note in text.notes)
    less = replace(text, body=body.replace(taken, "", 1), notes=notes)
    assert (less.body, less.notes) != (body, text.notes)
    assert missing(raw, text, words(text.body)) == Counter()
    assert dict(missing(raw, less, words(less.body))) == told


@pytest.mark.parametrize(
    ("raw", "gone"),
    [
        ("A <!-- *comment* --> B", [(" *comment* ", "a comment")]),
        ("A %%comment%% B", [("%%comment%%", "a comment")]),
        ("A <script>alert(1)</script> B", [("alert(1)", "<script> was taken out")]),
        ("[TOC]\n\nA", [("[TOC]", "a table of contents")]),
        (
            "A\n\n[b]: https://example.org/ 'C'",
            [("[b]: https://example.org/ 'C'", "a link that is defined and not used")],
        ),
        ("[a](file:///b)", [("file:///b", "an address that leads nowhere")]),
    ],
)
def test_what_is_left_out_is_given_with_its_reason(raw: str, gone: list[tuple[str, str]]) -> None:
    """A report can show what a book does not have, and why."""
    missed, left_out = account_of(raw, "a.md", 1, "en", PICTURES)
    assert missed == Counter()
    assert [(piece.text, piece.reason) for piece in left_out] == gone


def test_a_reason_covers_its_own_words_alone() -> None:
    """What is gone explains its words, and no others."""
    text, _ = edit_text("One two three two.", "a.md", 1, "r", "en", PICTURES)
    less = replace(text, body=text.body.replace(" two", ""))
    said = words(less.body)
    assert dict(missing("One two three two.", less, said, [Gone("two", "a joke")])) == {"two": 1}
