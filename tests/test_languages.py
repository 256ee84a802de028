"""The words that reelpress itself prints, in every language it has."""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from reelpress.layout import views
from reelpress.layout.layouts import shipped
from reelpress.layout.roles import PHRASES
from reelpress.layout.words import catalogue, day, language_name, listed

LOCALES = sorted(
    Path(str(f)).stem
    for f in (files("reelpress.layout") / "locale").iterdir()
    if f.name[-3:] == ".po"
)


def printed() -> set[str]:
    """Every text that templates, headings, bylines and binders ask a catalogue for."""
    asked = {"Landmarks", "Cover", "Start of the text", "Contents"}
    asked |= views.LABELS | set(views._HEADINGS.values()) | set(PHRASES.values())
    for template in shipped().glob("*/sections/*.j2"):
        asked |= set(re.findall(r'_\("([^"]+)"\)', template.read_text("utf-8")))
    return asked


@pytest.mark.parametrize("language", LOCALES)
def test_a_catalogue_has_every_word(language: str) -> None:
    """A language is whole or not there: each text translated, with the same places for values."""
    path = files("reelpress.layout") / "locale" / f"{language}.po"
    with path.open("rb") as file:
        have = {str(m.id): str(m.string) for m in read_po(file) if m.id}
    assert printed() == set(have)
    assert [t for t, said in have.items() if t.count("{}") != said.count("{}") or not said] == []


def test_the_catalogues_are_those_that_the_docs_name() -> None:
    """French and German come with reelpress; English needs no catalogue."""
    assert LOCALES == ["de", "fr"]
    assert catalogue("fr-CA").gettext("Contents") == "Sommaire"
    assert catalogue("xx").gettext("Contents") == "Contents"


def test_dates_lists_and_languages_are_the_books() -> None:
    """Dates, lists and names of languages come from CLDR in the book's language."""
    assert day("2019-05-03", "en-GB") == "3\u00a0May 2019"
    assert day("2019-05", "fr") == "mai 2019"
    assert day("2019", "de") == "2019"
    assert listed(["A", "B", "C"], "de") == "A, B und C"
    assert language_name("ru", "fr") == "russe"
    assert language_name("tlh-x", "en") == "Klingon"
