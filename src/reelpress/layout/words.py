"""The words that reelpress itself prints, in the book's language.

gettext catalogues in locale/, read as .po, so that what a translator writes is
what is used; dates, lists and names of languages come from Babel (CLDR).
"""

from __future__ import annotations

import gettext
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from io import BytesIO

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton
from babel.lists import format_list
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from markupsafe import Markup, escape

_PRIVATE = 0xF0000
"""Characters that no text has: Unicode's private use area A."""


@cache
def catalogue(language: str) -> gettext.NullTranslations:
    """The catalogue for a BCP 47 tag, or for its first part; English where there is none."""
    base = language.replace("-", "_")
    for name in dict.fromkeys((base, base.split("_")[0].lower())):
        file = files("reelpress.layout") / "locale" / f"{name}.po"
        if file.is_file():
            compiled = BytesIO()
            write_mo(compiled, read_po(BytesIO(file.read_bytes()), locale=name))
            compiled.seek(0)
            return gettext.GNUTranslations(compiled)
    return gettext.NullTranslations()


@dataclass(frozen=True, slots=True)
class Words:
    """What reelpress prints, in one language."""

    language: str

    def text(self, english: str) -> str:
        """A word or a sentence; in English where there is no other."""
        return catalogue(self.language).gettext(english)

    def plural(self, one: str, many: str, number: int) -> str:
        """The form that goes with a number, as the language counts (gettext's plural forms)."""
        return catalogue(self.language).ngettext(one, many, number)


@cache
def locale(language: str) -> Locale:
    """Babel's locale for a BCP 47 tag; English where Babel has none."""
    for tag in (language, language.split("-")[0]):
        try:
            return Locale.parse(tag, sep="-")
        except (UnknownLocaleError, ValueError):
            continue
    return Locale("en")


@cache
def direction(language: str) -> str:
    """Which way the language is written: ltr or rtl."""
    return str(locale(language).text_direction)


@cache
def day(iso: str, language: str) -> str:
    """ISO 8601 year, month or day, as the language writes it: 3 May 2019."""
    parts = [int(p) for p in iso.split("-")] if iso else []
    if len(parts) == 3:
        long = format_date(date(parts[0], parts[1], parts[2]), "long", locale(language))
        return long.replace(" ", "\u00a0", 1)  # a day stays with its month
    if len(parts) == 2:
        first = date(parts[0], parts[1], 1)
        return format_skeleton("yMMMM", first, locale=locale(language))
    return iso


def listed(names: Sequence[str], language: str) -> str:
    """Names as the language joins them: A, B and C."""
    if len(names) < 2:
        return "".join(names)
    return format_list(list(names), locale=locale(language))


def joined(parts: Sequence[Markup], language: str) -> Markup:
    """Markup as the language joins names: A, B and C."""
    marks = [chr(_PRIVATE + index) for index in range(len(parts))]
    told = str(escape(listed(marks, language)))
    for mark, part in zip(marks, parts, strict=True):
        told = told.replace(mark, part)
    return Markup(told)


def filed(name: str) -> str:
    """What a name is sorted by: Dvořák before Dwyer, Émile beside Emil."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    return "".join(c for c in plain if not unicodedata.combining(c))


def language_name(tag: str, language: str) -> str:
    """A language's name in another: French; the tag's own text where CLDR has no name."""
    names = locale(language).languages
    return names.get(tag.replace("-", "_")) or names.get(tag.split("-")[0]) or tag
