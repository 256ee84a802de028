"""Typographic care: what authors type, and what readers see, language by language.

A fixture is the text typed, a line with a dot, and the text expected; an empty line ends it.
An asterisk is the edge of an element, ␣ a space that does not break.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reelpress.desk.text.typography import QUOTES, care, line

FIXTURES = Path(__file__).parent / "fixtures" / "typography"
LANGUAGES = ["en", "fr", "de", "es", "ru"]
EDGE, SPACE = "*", "␣"


def fixtures() -> list[tuple[str, str, str]]:
    """(language, typed, expected) of every fixture."""
    found = []
    for path in sorted(FIXTURES.glob("*.md")):
        for block in path.read_text("utf-8").strip().split("\n\n"):
            typed, expected = block.replace(SPACE, "\u00a0").split("\n.\n")
            found.append((path.stem, typed, expected))
    return found


def cared(text: str, language: str) -> str:
    """The text with care taken, its asterisks as edges of elements."""
    return EDGE.join(care(text.split(EDGE), language))


@pytest.mark.parametrize(("language", "typed", "expected"), fixtures())
def test_what_readers_see(language: str, typed: str, expected: str) -> None:
    """Quotation marks, apostrophes, dashes, ellipses and spaces are those of the language."""
    assert cared(typed, language) == expected


@pytest.mark.parametrize(("language", "typed", "expected"), fixtures())
def test_what_is_done_stays_done(language: str, typed: str, expected: str) -> None:
    """Careful text is left alone: converting twice changes nothing."""
    del typed
    assert cared(expected, language) == expected


def test_there_are_enough_fixtures() -> None:
    """At least forty, in five languages, so that a change of rule shows."""
    assert len(fixtures()) >= 40
    assert {language for language, _, _ in fixtures()} == set(LANGUAGES)


@pytest.mark.parametrize(("tag", "quoted"), [("de-AT", "„a“"), ("EN-gb", "“a”"), ("xx", "“a”")])
def test_a_tag_begins_with_its_language(tag: str, quoted: str) -> None:
    """Regions and case do not matter; a language without a row has English marks."""
    assert line('"a"', tag) == quoted


ALPHABET = st.sampled_from(list("aBé1 .,;:!?'\"-–—…()[]«»„“”‘’␣ж*"))
PROSE = st.text(ALPHABET, max_size=40).map(lambda t: t.replace(SPACE, "\u00a0"))
WORDS = re.compile(r"[^\W_]+")


@given(PROSE, st.sampled_from(sorted(QUOTES)))
def test_twice_is_once(text: str, language: str) -> None:
    """Whatever is typed: care for what was cared for changes nothing."""
    once = cared(text, language)
    assert cared(once, language) == once


@given(PROSE, st.sampled_from(sorted(QUOTES)))
def test_no_word_is_lost(text: str, language: str) -> None:
    """Letters and digits stay, in their order and in their runs; only marks and spaces change."""
    runs = text.split(EDGE)
    done = care(runs, language)
    assert [WORDS.findall(run) for run in done] == [WORDS.findall(run) for run in runs]


@given(st.text(max_size=60))
def test_any_text_can_be_typed(text: str) -> None:
    """No text of any script breaks it, and no straight quotation mark is left."""
    done = line(text, "en")
    assert '"' not in done
    assert "'" not in done
