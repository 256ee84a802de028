"""The words that reelpress itself prints, in the book's language.

gettext catalogues in locale/, read as .po, so that what a translator writes is
what is used; dates, lists and names of languages come from Babel (CLDR). What
follows a small word may change it, which neither knows: d’Agnès, Ana e Inés.
"""

from __future__ import annotations

import gettext
import re
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
_ELIDES = re.compile("[aeiouàâäæéèêëîïôöœùûü]|hé|y(?![aeiouéèê])", re.IGNORECASE)
"""French: before what de is d’. A silent h is heard in Hélène; other names keep theirs."""
_AS_E = re.compile("[ií]|h[ií](?![aeáé])", re.IGNORECASE)
"""Spanish: before what y is e, as ICU's ListFormatter has it (Ana e Inés, agua y hielo)."""
_HEBREW = re.compile("[\u05d0-\u05ea]")


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

    def text(self, english: str, *values: str | int) -> str:
        """A word or a sentence, in English where there is no other; the values stand at its {}."""
        return self._filled(catalogue(self.language).gettext(english), values)

    def plural(self, one: str, many: str, number: int, *values: str | int) -> str:
        """The form that goes with a number, as the language counts (gettext's plural forms)."""
        return self._filled(catalogue(self.language).ngettext(one, many, number), values)

    def _filled(self, told: str, values: Sequence[str | int]) -> str:
        if not values:
            return told
        parts = told.split("{}")
        if locale(self.language).language == "fr":
            parts[:-1] = map(_elided, parts[:-1], values)
        return "{}".join(parts).format(*values)


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
        if parts[2] == 1 and locale(language).language == "fr":
            long = long.replace("1", "1er", 1)  # as it is read; CLDR has the bare number
        return long.replace(" ", "\u00a0", 1)  # a day stays with its month
    if len(parts) == 2:
        first = date(parts[0], parts[1], 1)
        return format_skeleton("yMMMM", first, locale=locale(language))
    return iso


def listed(names: Sequence[str], language: str) -> str:
    """Names as the language joins them: A, B and C."""
    return _listed(names, names[-1], language) if len(names) > 1 else "".join(names)


def _listed(names: Sequence[str], last: str, language: str) -> str:
    """Two names or more; `last` is the text of the last one, by which the word before it goes."""
    spoken = locale(language)
    told = format_list(list(names), locale=spoken)
    before = told.removesuffix(names[-1])
    if spoken.language == "es" and before.endswith(" y ") and _AS_E.match(last):
        before = f"{before[:-3]} e "
    elif spoken.language == "he" and before.endswith("ו") and not _HEBREW.match(last):
        before += "־"  # ICU's ListFormatter too sets vav apart from other scripts and numbers
    return before + names[-1]


def _elided(before: str, value: str | int) -> str:
    """What stands before a value in French."""
    ends = re.search(r"\b[Dd]e $", before)
    return f"{before[:-2]}’" if ends and _ELIDES.match(str(value)) else before


def joined(parts: Sequence[Markup], language: str) -> Markup:
    """Markup as the language joins names: A, B and C."""
    marks = [chr(_PRIVATE + index) for index in range(len(parts))]
    if len(parts) < 2:
        return Markup().join(parts)
    told = str(escape(_listed(marks, parts[-1].striptags(), language)))
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
