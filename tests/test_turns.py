"""Where in the text pages turn: what an EPUB's page list will be made from."""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import takewhile
from pathlib import Path

import pytest

from checkers import pdf_tree
from reelpress.press import press
from test_volumes import ROOT, TICKETS, pdf_of

_LABEL = re.compile(r"\W*|\d+\.\s*")


def running_text(path: Path) -> dict[int, str]:
    """The text of each page in its order, without notes, their calls, and the labels of items."""
    pages: defaultdict[int, str] = defaultdict(str)
    above: list[str] = []
    for tagged in pdf_tree(path):
        above = above[: tagged.depth]
        if tagged.type:
            above.append(tagged.type)
            continue
        label = above[-1] == "Lbl" and _LABEL.fullmatch(tagged.text)
        if not label and not {"Note", "Reference"} & set(above):
            pages[tagged.page] += tagged.text
    return pages


def first_words(text: str, *, broken: bool) -> str:
    """Three words of a page or so, without the rest of one that the page before it began."""
    whole = re.sub(r"^\S+\s+", "", text) if broken else text
    words = whole.partition("\ufffe")[0].replace("\u00ad", "").split()[:3]
    return "".join(takewhile(lambda word: not word.isdecimal(), words))  # nor a page slot


@pytest.mark.checkers
@pytest.mark.parametrize("name", list(TICKETS))
def test_pages_carry_their_turns(sample: Path, name: str) -> None:
    """A page's turn is where its first whole word stands in the section's text."""
    from reelpress.bindery.marks import tree
    from reelpress.bindery.setting import set_galley
    from reelpress.bindery.sheet import sheet
    from reelpress.bindery.turns import letters
    from reelpress.work import Work

    run = press(ROOT, [name], bound=False)
    (pressed,) = run.pressed
    galley = pressed.galley
    assert galley is not None
    (spec,) = (v for v in pressed.anthology.volumes if v.name == "print")
    laid = set_galley(galley, sheet(galley, spec), "", Work(), lambda *_: None)
    read = running_text(pdf_of(sample, name))
    turned = 0
    for number, spot in enumerate(laid.spots, 1):
        if spot.page < 0:
            continue
        text, starts = letters(tree(galley.sections[spot.section]))
        pages = laid.pages[spot.section]
        assert pages.letters == len(text)
        turn = pages.pages[spot.page].turn
        if spot.page == 0:
            assert turn == 0
            continue
        assert turn in (*starts, len(text))
        assert turn > pages.pages[spot.page - 1].turn or turn == len(text)
        broken = read[number - 1].rstrip("\n").endswith("\ufffe")
        words = first_words(read[number], broken=broken)
        assert text[turn:].startswith(words), (galley.sections[spot.section].id, number, words)
        turned += len(words) > 5
    assert turned > 5
