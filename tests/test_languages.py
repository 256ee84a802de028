"""The words that reelpress itself prints, in every language it has."""

from __future__ import annotations

import ast
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path
from string import Formatter

import font_source_serif_pro
import pytest
import yaml
from babel.messages.catalog import Message
from babel.messages.plurals import get_plural
from babel.messages.pofile import read_po
from jinja2 import Environment
from jinja2.ext import extract_from_ast
from markupsafe import Markup

from checkers import epubcheck, pdf_text, verapdf
from reelpress.bindery.cover import _composed, _Hand
from reelpress.desk.text.typography import QUOTES
from reelpress.layout import views
from reelpress.layout.compose import BINDERS
from reelpress.layout.copyright import EDITIONS, PRINTINGS, PUBLISHED, REVISED
from reelpress.layout.layouts import shipped
from reelpress.layout.roles import PHRASES
from reelpress.layout.words import Words, catalogue, day, joined, language_name, listed
from reelpress.rights import PUBLIC_DOMAIN, RESERVED
from test_hands import bare, epub_lines, pdf_lines, section_of, stands, unbroken
from test_volumes import GRAVE, Book, bench, book, faces, labels, pdf_of, pdf_outline, reelpress

LOCALES = sorted(
    Path(str(f)).stem
    for f in (files("reelpress.layout") / "locale").iterdir()
    if f.name[-3:] == ".po"
)
each_language = pytest.mark.parametrize("language", LOCALES)

TABLES: dict[str, Iterable[str]] = {
    "_HEADINGS[kind]": views._HEADINGS.values(),
    "phrase": PHRASES.values(),
    "m[2]": views.LABELS,
    "licence.name": (PUBLIC_DOMAIN, RESERVED),
    "word": BINDERS,
    "ordinals[min(number, len(ordinals)) - 1]": (*EDITIONS, *PRINTINGS),
    "form": (*PUBLISHED, *REVISED),
}
"""What the sources ask for by way of a table -> all that is in it."""


# ── what is asked for, and what there is ─────────────────────────────────────────────────


def templates() -> Iterator[tuple[str, ...]]:
    """What the shipped layouts ask for: texts, and pairs of singular and plural."""
    for path in shipped().glob("*/sections/*.j2"):
        tree = Environment().parse(path.read_text("utf-8"))
        for _, function, found in extract_from_ast(tree, babel_style=False):
            texts = tuple(map(str, found or ()))
            yield texts[: 2 if function == "ngettext" else 1]
    for path in shipped().glob("*/layout.yaml"):
        said = yaml.safe_load(path.read_text("utf-8"))
        yield from ((said[key],) for key in ("note", "typefaces") if key in said)


def constants(asked: ast.expr) -> list[str]:
    """The texts that an argument may be."""
    if isinstance(asked, ast.IfExp):
        return constants(asked.body) + constants(asked.orelse)
    if isinstance(asked, ast.Constant):
        assert isinstance(asked.value, str)
        return [asked.value]
    assert ast.unparse(asked) in TABLES, f"say in TABLES what {ast.unparse(asked)} may be"
    return list(TABLES[ast.unparse(asked)])


def sources() -> Iterator[tuple[str, ...]]:
    """What reelpress's own sources ask for."""
    for path in Path(str(files("reelpress.layout"))).glob("*.py"):
        for call in ast.walk(ast.parse(path.read_text("utf-8"))):
            match call:
                case ast.Call(ast.Attribute(by, "text"), [asked, *_]) if _is_words(by):
                    yield from ((text,) for text in constants(asked))
                case ast.Call(ast.Attribute(by, "plural"), [one, many, *_]) if _is_words(by):
                    yield (*constants(one), *constants(many))


def _is_words(by: ast.expr) -> bool:
    return ast.unparse(by) in ("words", "self.words")


@cache
def printed() -> dict[str, str]:
    """Every text that is asked for -> its plural, or nothing."""
    found: dict[str, str] = {}
    for one, *many in (*templates(), *sources()):
        found[one] = (many or [found.get(one, "")])[0]
    return found


@cache
def messages(language: str) -> tuple[Message, ...]:
    """A catalogue's entries."""
    with (files("reelpress.layout") / "locale" / f"{language}.po").open("rb") as file:
        return tuple(message for message in read_po(file, locale=language) if message.id)


def both(texts: str | Iterable[str] | None) -> tuple[str, ...]:
    """A message's text, or its forms."""
    return (texts,) if isinstance(texts, str) else tuple(texts or ())


def places(text: str) -> list[str]:
    """Where values stand, by name or without one."""
    return sorted(name for _, name, _, _ in Formatter().parse(text) if name is not None)


def test_all_that_is_asked_for_is_found() -> None:
    """In templates and in sources, by name and from tables, in the singular and the plural."""
    found = printed()
    assert {"Contents", "Portrait of {}", "page {}", "All other reviews", "Edition {}"} <= set(
        found
    )
    assert {"Translated by {}", "Spoiler", "All rights reserved", "Revised in {}"} <= set(found)
    assert found["Review on {pages}"] == "Reviews on {pages}"
    assert found["{} minute"] == "{} minutes"
    assert any(text.startswith("Set in Source Serif") for text in found)


@each_language
def test_a_catalogue_has_every_word(language: str) -> None:
    """A language is whole or not there: each text translated, none that nobody asks for."""
    have = {both(m.id)[0]: (*both(m.id), "")[1] for m in messages(language)}
    assert have == printed()
    assert len(have) == len(messages(language))
    assert [m.id for m in messages(language) if m.fuzzy or not all(both(m.string))] == []


@each_language
def test_a_catalogue_has_the_forms_that_its_language_counts_with(language: str) -> None:
    """As many of each plural as Babel has for the language, and its rule in the header."""
    rule = get_plural(language)
    text = (files("reelpress.layout") / "locale" / f"{language}.po").read_text("utf-8")
    assert f'"Plural-Forms: {rule.plural_forms}\\n"' in text
    assert f'"Language: {language}\\n"' in text
    for message in messages(language):
        forms = len(both(message.string))
        assert forms == (rule.num_plurals if message.pluralizable else 1), message.id


@each_language
def test_values_stand_in_every_translation(language: str) -> None:
    """Each form of a text has the places for values that the English has."""
    for message in messages(language):
        (wanted,) = {tuple(places(text)) for text in both(message.id)}
        assert [tuple(places(said)) for said in both(message.string)] == [wanted] * len(
            both(message.string)
        ), message.id


@each_language
def test_translations_have_the_marks_of_their_language(language: str) -> None:
    """No typewriter's quotation marks; in French what must not be torn apart is not."""
    assert language in QUOTES
    for message in messages(language):
        for said in both(message.string):
            assert not re.search("[\"']|\\.\\.\\.", said), said
            assert not re.search(" [:;!?»]|« |^ | $|  ", said), said
            if language == "fr":
                assert not re.search("(?<![\u00a0{])[:;!?](?! ?[^ ]*[}])", said), said


def test_the_catalogues_are_those_that_the_docs_name() -> None:
    """French, German, Hebrew and Spanish come with reelpress; English needs no catalogue."""
    assert LOCALES == ["de", "es", "fr", "he"]
    docs = (Path(__file__).parent.parent / "docs" / "layouts.md").read_text(encoding="utf-8")
    assert "French, German, Hebrew and Spanish" in docs
    assert catalogue("fr-CA").gettext("Contents") == "Sommaire"
    assert catalogue("es-419").gettext("Contents") == "Índice"
    assert catalogue("xx").gettext("Contents") == "Contents"
    assert catalogue("en-GB").ngettext("{} minute", "{} minutes", 1) == "{} minute"


# ── dates, lists, and the small words before a value ─────────────────────────────────────


def test_dates_lists_and_languages_are_the_books() -> None:
    """Dates, lists and names of languages come from CLDR in the book's language."""
    assert day("2019-05-03", "en-GB") == "3\u00a0May 2019"
    assert day("2019-05", "fr") == "mai 2019"
    assert day("2019-05-01", "fr") == "1er\u00a0mai 2019"
    assert day("2019-05-11", "fr-CH") == "11\u00a0mai 2019"
    assert day("2019-05-01", "he") == "1\u00a0במאי 2019"
    assert day("2019", "de") == "2019"
    assert listed(["A", "B", "C"], "de") == "A, B und C"
    assert language_name("ru", "fr") == "russe"
    assert language_name("tlh-x", "en") == "Klingon"


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("Agnès Varda", "d’Agnès Varda"),
        ("Élodie", "d’Élodie"),
        ("Œdipe", "d’Œdipe"),
        ("Hélène de Sèze", "d’Hélène de Sèze"),
        ("Yves Allégret", "d’Yves Allégret"),
        ("Yasujirō Ozu", "de Yasujirō Ozu"),
        ("Henri Colpi", "de Henri Colpi"),
        ("Nell Ashdown et Ada Bell", "de Nell Ashdown et Ada Bell"),
    ],
)
def test_what_follows_a_french_de(name: str, told: str) -> None:
    """It loses its e before a vowel, and before a silent h where that is sure."""
    words = Words("fr-CA")
    assert words.text("Translated by {}", name) == f"Traduction {told}"
    assert words.text("edited by {}", name) == f"sous la direction {told}"
    assert words.text("Published by {}", name) == f"Publié par {name}"
    assert words.plural("Portrait of {}", "Portraits of {}", 2, name) == f"Portraits {told}"


@pytest.mark.parametrize(
    ("names", "told"),
    [
        (["Ana", "Inés"], "Ana e Inés"),
        (["Ana", "Ída", "Hilda"], "Ana, Ída e Hilda"),
        (["Ana", "Yolanda"], "Ana y Yolanda"),
        (["agua", "hielo"], "agua y hielo"),
        (["Inés", "Ana"], "Inés y Ana"),
    ],
)
def test_what_follows_a_spanish_y(names: list[str], told: str) -> None:
    """It is e before the same sound, in names and in markup."""
    assert listed(names, "es-MX") == told
    marked = joined([Markup(f"<i>{name}</i>") for name in names], "es")
    assert marked.striptags() == told


def test_what_follows_a_hebrew_vav() -> None:
    """Letters of its own script join it; others and numbers are set apart by a maqaf."""
    assert listed(["יעל", "תמר"], "he") == "יעל ותמר"
    assert listed(["יעל", "Ada"], "he") == "יעל ו־Ada"
    assert listed(["12–18", "40"], "he") == "12–18 ו־40"
    slots = [Markup('<a data-pages="b" href="#a"></a>'), Markup('<a data-pages="d" href="#c"></a>')]
    assert str(joined(slots, "he")) == f"{slots[0]} ו־{slots[1]}"
    assert (
        joined([Markup("<i>הדרום</i>"), Markup("<i>המתים</i>")], "he").striptags() == "הדרום והמתים"
    )


def test_a_cover_of_our_own_has_letters() -> None:
    """In each script that the layout has a face for, from right to left too; no empty boxes."""
    files_of = shipped() / "classic" / "fonts"
    latin = Path(font_source_serif_pro.__file__).parent / "files" / "SourceSerifPro-Regular.ttf"
    hebrew = files_of / "NotoSerifHebrew-Regular.ttf"
    faces = tuple(path.read_bytes() for path in (latin, hebrew))
    made = [
        _composed("a book", (title, "", "", "", ""), hand, hand)
        for turned in (False, True)
        for hand in [_Hand(faces, turned)]
        for title in ("אבג", "גבא", "דהו: A", "A: דהו")
    ]
    assert len(set(made)) == len(made)


# ── two books ────────────────────────────────────────────────────────────────────────────

TONGUES = Path(__file__).parent / "tongues"
NAMES = {"es": "lumbre", "he": "moked"}
"""Language -> the ticket of its book in tests/tongues/."""
SECTIONS = {
    language: sorted(path.stem for path in (TONGUES / language / "expected").glob("*.txt"))
    for language in NAMES
}
each_book = pytest.mark.parametrize("language", list(NAMES))


def wanted(language: str, section: str, *, pages: bool) -> list[str]:
    """The lines that were written by hand: of ‹on pages|on screens› one or the other."""
    text = (TONGUES / language / "expected" / f"{section}.txt").read_text(encoding="utf-8")
    return re.sub(r"‹([^|]*)\|([^›]*)›", r"\1" if pages else r"\2", text).splitlines()


def pdf(factory: pytest.TempPathFactory, language: str) -> Path:
    """A book's pages, made by the command line."""
    return pdf_of(bench(factory, f"tongues-{language}") / "build", NAMES[language])


def heading(section: str, lines: list[str], language: str) -> str:
    """What a section is called among the bookmarks."""
    return Words(language).text("Copyright") if section == "copyright" else lines[0]


@pytest.fixture
def tongue_epub(tmp_path_factory: pytest.TempPathFactory, language: str) -> Book:
    """A book's EPUB, made by the command line."""
    folder, name = bench(tmp_path_factory, f"tongues-{language}-epubs"), NAMES[language]
    return book(folder / "build" / name / f"{name}.epub")


@each_book
def test_nothing_is_to_be_remarked(tmp_path_factory: pytest.TempPathFactory, language: str) -> None:
    """No error, and no character that no face of the layout has (T001)."""
    folder = bench(tmp_path_factory, f"tongues-{language}-epubs")
    done = reelpress("check", "-C", folder, "--json")
    assert done.returncode == 0, done.stdout + done.stderr
    told = json.loads(done.stdout)["findings"]
    assert [f for f in told if f["severity"] == "error" or f["code"] == "T001"] == []


@each_book
def test_an_epub_says_it_in_its_language(tongue_epub: Book, language: str) -> None:
    """Copyright page, contents, films, credits, contributors, a review, colophon: every line."""
    for section in SECTIONS[language]:
        lines = epub_lines(section_of(tongue_epub, section))
        folded = [line.replace("\u00a0", " ") for line in lines]
        assert folded == wanted(language, section, pages=False)


@each_book
def test_an_epub_tells_machines_in_its_language(tongue_epub: Book, language: str) -> None:
    """Table of contents, landmarks, and what shops show of its accessibility."""
    (nav,) = (name for name in tongue_epub.files if name.endswith("nav.xhtml"))
    words = Words(language)
    told = " ".join(tongue_epub.tree(nav).itertext())
    for word in ("Contents", "Cover", "Start of the text"):
        assert words.text(word) in told
    (summary,) = tongue_epub.opf("//o:meta[@property='schema:accessibilitySummary']")
    sentences = BINDERS[4:6]
    assert summary.text == " ".join(map(words.text, sentences))
    assert not set(sentences) & set(map(words.text, sentences))


@pytest.mark.parametrize("language", ["he"])
def test_hebrew_goes_from_right_to_left_on_screens(tongue_epub: Book, language: str) -> None:
    """The spine, each page, each section; what is in English goes its own way."""
    assert tongue_epub.opf("//o:spine/@page-progression-direction") == ["rtl"]
    for section in SECTIONS[language]:
        assert section_of(tongue_epub, section).get("dir") == "rtl"
    (statement,) = section_of(tongue_epub, "copyright").xpath(".//*[@class='statement']")
    assert (statement.get("lang"), statement.get("dir")) == ("en", "ltr")


@pytest.mark.checkers
def test_pages_say_it_in_spanish(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Every line, with the numbers of the pages."""
    path = pdf(tmp_path_factory, "es")
    for section in SECTIONS["es"]:
        lines = wanted("es", section, pages=True)
        like = {bare(line): line for line in lines}
        found = pdf_lines(path, *stands(path, heading(section, lines, "es")))
        assert [unbroken(line, like.get(bare(line), "")) for line in found] == lines


def hebrew(text: str) -> Counter[str]:
    """Hebrew words and numbers, in whatever order a reader of PDFs gives them."""
    return Counter(re.findall("[א-ת]+|[0-9]+", text))


@pytest.mark.checkers
def test_pages_say_it_in_hebrew(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Every word, with the numbers of the pages."""
    path = pdf(tmp_path_factory, "he")
    pages, folios = pdf_text(path), labels(path)
    opened = {text: page for _, text, page in pdf_outline(path)}
    for section in SECTIONS["he"]:
        lines = wanted("he", section, pages=True)
        page = opened[heading(section, lines, "he")] - 1
        folio = "" if section == "copyright" else folios[page]
        assert hebrew(pages[page]) == hebrew(" ".join([*lines, folio])), section


def edges(path: Path, page: int) -> list[tuple[float, float]]:
    """Where each line of a page (from 1) begins and ends, from its left, in points."""
    import pypdfium2

    lines: dict[int, tuple[float, float]] = {}
    with pypdfium2.PdfDocument(path) as document:
        text = document[page - 1].get_textpage()
        for index in range(text.count_chars()):
            if text.get_text_range(index, 1).strip():
                left, low, right, _ = text.get_charbox(index, loose=True)
                line = next((known for known in lines if abs(known - low) < 5), round(low))
                before = lines.get(line, (left, right))
                lines[line] = min(left, before[0]), max(right, before[1])
    return [lines[line] for line in sorted(lines, reverse=True)]


@pytest.mark.checkers
def test_hebrew_goes_from_right_to_left_on_paper(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Pages turn to the right; lines are flush on both sides, and paragraphs begin on the right."""
    import pikepdf

    path = pdf(tmp_path_factory, "he")
    with pikepdf.open(path) as opened:
        assert opened.Root.ViewerPreferences.Direction == "/R2L"
    pages = {text: page for _, text, page in pdf_outline(path)}
    assert all(pages[text] % 2 for text in ("תוכן העניינים", "בפנים", "בחוץ"))  # rectos
    lines = edges(path, pages["חצי מסע"])
    full = next(n for n, (left, right) in enumerate(lines) if right - left > 240)
    one, two = lines[full : full + 3], lines[full + 3 : full + 6]
    flush = max(right for _, right in one)
    assert [right for _, right in (*one, *two[1:])] == pytest.approx([flush] * 5, abs=0.7)
    assert flush - two[0][1] == pytest.approx(1.4 * 10.2, abs=0.7)
    assert max(left for left, _ in (*one[:2], *two[:2])) < min(left for left, _ in one) + 1.2
    assert one[2][0] > one[0][0] + 50


@pytest.mark.checkers
def test_hebrew_has_faces_of_its_own(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Regular and bold, each in the file; a book without Hebrew has neither."""
    found = faces(pdf(tmp_path_factory, "he"))
    assert found["hebrew"]
    assert found["hebrew-Bold"]
    others = faces(pdf(tmp_path_factory, "es"))
    assert [name for name in others if name.startswith("hebrew")] == []


@pytest.mark.checkers
@each_book
def test_the_checkers_are_silent(tmp_path_factory: pytest.TempPathFactory, language: str) -> None:
    """EPUBCheck says nothing; PDF/UA-1 holds."""
    path = pdf(tmp_path_factory, language)
    said = epubcheck(path.with_name(f"{NAMES[language]}.epub"))
    assert [str(m) for m in said if m.severity in GRAVE] == []
    assert verapdf(path) == []
