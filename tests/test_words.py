"""Every word of every selected review stands once in each volume, in its order.

The words come from the manuscript by a way of their own: markdown-it reads it, not the press's
Python-Markdown, and notes are found by a few lines here. They are compared as one run of letters,
so that a hyphen at a line's end, which no reader of PDFs can tell from the author's, says nothing.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import pytest
from lxml import etree, html
from markdown_it import MarkdownIt

from checkers import pdf_text, pdf_tree, words
from test_volumes import (
    MANUSCRIPTS,
    NS,
    TICKETS,
    Book,
    book,
    labels,
    opening_pages,
    pdf_of,
    pdf_outline,
    selected,
)

SHOWN = 40
"""Letters of context in what a comparison says."""


# ── what the author wrote ────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Written:
    """One review's words: of the body, and of each note in the order of their calls."""

    body: str
    notes: tuple[str, ...]


_NOTE = re.compile(r"^\[\^([^\]\s]+)\]:[ ]?(.*(?:\n(?:[ ]{4}.*|[ \t]*(?=\n[ ]{4})))*)", re.M)
_CALL = re.compile(r"\[\^([^\]\s]+)\]")
_BLOCKS = frozenset(
    "p h1 h2 h3 h4 h5 h6 li ul ol dl dt dd blockquote pre table thead tbody tr td th div br hr "
    "figure figcaption section header footer aside".split()
)
_UNREAD = frozenset({"svg", "rp"})


def told(element: etree._Element) -> str:
    """The text in an element as it is read: blocks apart, drawings left out."""
    if not isinstance(element.tag, str):
        return element.tail or ""
    name = etree.QName(element).localname
    inside = "" if name in _UNREAD else (element.text or "") + "".join(told(e) for e in element)
    around = " " if name in _BLOCKS else ""
    return f"{around}{inside}{around}{element.tail or ''}"


_OURS = (
    (re.compile(r"^:{3,}[ ]*\w*[ ]*(.*)$", re.M), r"\n\n\1\n\n"),  # ::: aside A label
    (re.compile(r'^(!\[.*\))\{credit="([^"]*)"\}$', re.M), r"\1\n\n\2"),
    (re.compile(r"\]\{[^}\n]*\}"), "]"),  # [a span]{.class}
    (re.compile(r"^Table: (.*)$", re.M), r"\1\n"),
    (re.compile(r"^\*\[[^]]+\]:.*$", re.M), ""),  # an abbreviation explained
)
"""What is our own Markdown -> the words that it holds, for a converter that knows none of it."""


def read(markdown: str) -> str:
    """The text that a piece of Markdown comes to."""
    for mark, held in _OURS:
        markdown = mark.sub(held, markdown)
    converter = MarkdownIt("commonmark", {"html": True}).enable("table")
    root = html.fragment_fromstring(f"<div>{converter.render(markdown)}</div>")
    for image in list(root.iter("img")):
        # A picture alone is a figure, whose title is its caption.
        parent = image.getparent()
        if parent is not None and image.get("title") and len(parent) == 1:
            parent.text = image.get("title")
    return told(root)


def written(text: str) -> Written:
    """The words of a review's Markdown, calls as their numbers."""
    numbers: dict[str, int] = {}
    notes = {match[1]: match[2] for match in _NOTE.finditer(text)}
    body = _NOTE.sub("", text)

    def number(match: re.Match[str]) -> str:
        return str(numbers.setdefault(match[1], len(numbers) + 1))

    body = _CALL.sub(number, body)
    bodies = []
    for label in list(numbers):
        unindented = re.sub(r"^[ ]{4}", "", notes[label], flags=re.M)
        bodies.append(f"{numbers[label]}. {read(_CALL.sub(number, unindented))}")
    return Written(read(body), tuple(bodies))


@cache
def review(slug: str) -> Written:
    """A review of the sample."""
    text = (MANUSCRIPTS / "reviews" / f"{slug}.md").read_text(encoding="utf-8")
    return written(text.split("---\n", 2)[2])


# ── comparing ────────────────────────────────────────────────────────────────────────────


def letters(text: str) -> str:
    """All words of a text as one run."""
    return "".join(words(text))


def difference(wanted: str, found: str) -> str:
    """Where two runs of letters part, or nothing."""
    if wanted == found:
        return ""
    at = next(
        (i for i, (a, b) in enumerate(zip(wanted, found, strict=False)) if a != b),
        min(len(wanted), len(found)),
    )
    start = max(0, at - SHOWN)
    return f"…{wanted[start : at + SHOWN]}… was written, …{found[start : at + SHOWN]}… is there"


@dataclass(frozen=True, slots=True)
class Split:
    """How far the body and the notes had come at a page's end."""

    body: int
    notes: int


def pages_hold(pages: list[str], body: str, notes: str) -> tuple[str, list[Split]]:
    """Whether the pages hold a body and, at their feet, its notes: every letter once, in order.

    All are runs of letters. What is wrong (or nothing), and what stood where.
    """
    splits: list[Split] = []
    at, noted = 0, 0
    for number, page in enumerate(pages, 1):
        common = 0
        while (
            common < len(page) and page[common : common + 1] == body[at + common : at + common + 1]
        ):
            common += 1
        # A note may begin with the very letters with which the body goes on.
        cut = next(
            (c for c in range(common, -1, -1) if notes.startswith(page[c:], noted)),
            None,
        )
        if cut is None:
            return f"page {number}: {difference(body[at:], page)}", splits
        at, noted = at + cut, noted + len(page) - cut
        splits.append(Split(at, noted))
    if at < len(body) or noted < len(notes):
        return f"the pages end before …{(body[at:] + ' … ' + notes[noted:])[:80]}…", splits
    return "", splits


# ── what stands in the volumes ───────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Set:
    """One review as an EPUB has it."""

    opening: str
    body: str
    closing: str
    notes: tuple[str, ...]


def in_epub(section: etree._Element) -> Set:
    """The parts of a review's section."""

    def part(path: str) -> str:
        found = section.xpath(path, namespaces=NS)
        assert isinstance(found, list)
        return " ".join(told(e) for e in found if isinstance(e, etree._Element))

    notes = section.xpath(".//h:aside[@class='note']", namespaces=NS)
    assert isinstance(notes, list)
    return Set(
        part(".//h:header[@class='opening']"),
        part(".//h:div[@class='text']"),
        part(".//h:footer[@class='closing']"),
        tuple(told(e) for e in notes if isinstance(e, etree._Element)),
    )


@dataclass(slots=True)
class Read:
    """What is read aloud of one page: its text, and below it its notes, in order."""

    whole: list[str] = field(default_factory=list)
    """Every piece of text, labels and all."""
    parts: dict[int, list[str]] = field(default_factory=dict)
    """0: the text; n: the n-th note of the volume. The numbers of lists are left out."""

    def letters(self) -> str:
        """The text, then the notes, as one run of letters."""
        told = ("".join(text) for _, text in sorted(self.parts.items()))
        return "".join(letters(_ARABIC.sub(_reversed, text)) for text in told)


_PHRASES = frozenset({"Span", "NonStruct", "Link", "Reference"})
_NUMBER = re.compile(r"\W*|\d+\.\s*")
"""The label of a list's item, not a term that is defined."""
_ARABIC = re.compile(r"[\u0600-\u06ff]+(?: [\u0600-\u06ff]+)+")
"""Words that pdfium gives from left to right, as they are drawn."""


def _reversed(run: re.Match[str]) -> str:
    return " ".join(reversed(run[0].split()))


@cache
def read_aloud(path: Path) -> dict[int, Read]:
    """What is read aloud of each page of a PDF; heads and folios are no part."""
    pages: defaultdict[int, Read] = defaultdict(Read)
    above: list[tuple[str, int]] = []  # the types of elements around, and which note each is in
    noted = 0
    for tagged in pdf_tree(path):
        above = above[: tagged.depth]
        kind, note = above[-1] if above else ("", 0)
        page = pages[tagged.page]
        if not tagged.type:
            page.whole.append(tagged.text)
            item = kind == "Lbl" and above[-2][0] == "LI"
            if not (item and _NUMBER.fullmatch(tagged.text)):
                page.parts.setdefault(note, []).append(tagged.text)
            continue
        if tagged.type == "Note":
            noted += 1
            note = noted
        if tagged.type not in _PHRASES:
            page.parts.setdefault(note, []).append(" ")
        above.append((tagged.type, note))
    return pages


def in_pdf(path: Path, first: int, after: int) -> list[str]:
    """The letters of each page of a review."""
    read = read_aloud(path)
    return [read[page].letters() if page in read else "" for page in range(first, after)]


def extents(path: Path, openings: dict[str, int]) -> dict[str, tuple[int, int]]:
    """Review -> its first page and the first page after it."""
    marks = sorted({page for _, _, page in pdf_outline(path)})
    last = len(labels(path)) + 1
    return {
        slug: (first, next((page for page in marks if page > first), last))
        for slug, first in openings.items()
    }


CASES = [(name, slug) for name in TICKETS for slug in selected(name)]


@pytest.mark.parametrize(("name", "slug"), CASES)
def test_every_word_stands_in_the_epub_once(epubs: Path, name: str, slug: str) -> None:
    """The body in its section; each note once, at the section's end, by the number of its call."""
    epub = book(epubs / name / f"{name}.epub")
    found, wanted = in_epub(epub.section(slug)), review(slug)
    assert difference(letters(wanted.body), letters(found.body)) == ""
    assert len(found.notes) == len(wanted.notes)
    for note, text in zip(wanted.notes, found.notes, strict=True):
        assert difference(letters(note), letters(text)) == ""
    assert words(wanted.body) == words(found.body)


@pytest.mark.parametrize("name", list(TICKETS))
def test_a_review_stands_in_one_section_alone(epubs: Path, name: str) -> None:
    """Nothing of its body is anywhere else in the EPUB."""
    epub = book(epubs / name / f"{name}.epub")
    whole = letters(" ".join(told(epub.tree(section)) for section in epub.spine()))
    for slug in selected(name):
        body = letters(review(slug).body)
        for at in range(0, len(body) - 60, 400):
            assert whole.count(body[at : at + 60]) == 1, (slug, body[at : at + 60])


def set_in_pdf(build: Path, name: str, slug: str) -> tuple[list[str], str, str]:
    """A review's pages, and what they should hold: opening, body and closing; notes."""
    path = pdf_of(build, name)
    first, after = extents(path, opening_pages(build, name))[slug]
    around, wanted = in_epub(book(build / name / f"{name}.epub").section(slug)), review(slug)
    body = letters(around.opening) + letters(wanted.body) + letters(around.closing)
    return in_pdf(path, first, after), body, "".join(map(letters, wanted.notes))


@pytest.mark.checkers
@pytest.mark.parametrize(("name", "slug"), CASES)
def test_every_word_stands_in_the_pdf_once(sample: Path, name: str, slug: str) -> None:
    """Between the page where the review opens and the next piece: opening, body and closing in
    order, and the notes, each once, at the pages' feet; nothing else but heads and folios."""
    pages, body, notes = set_in_pdf(sample, name, slug)
    wrong, _ = pages_hold(pages, body, notes)
    assert wrong == ""


@pytest.mark.checkers
@pytest.mark.parametrize("name", list(TICKETS))
def test_a_note_begins_on_the_page_of_its_call(sample: Path, name: str) -> None:
    """And the notes that a page calls are all on it, or at least begun."""
    for slug in selected(name):
        pages, body, notes = set_in_pdf(sample, name, slug)
        _, splits = pages_hold(pages, body, notes)
        opening = len(body) - len(letters(review(slug).body))
        starts = [0]
        for note in review(slug).notes:
            starts.append(starts[-1] + len(letters(note)))
        closing = in_epub(book(sample / name / f"{name}.epub").section(slug)).closing
        calls = call_offsets(slug, opening - len(letters(closing)))
        before = Split(0, 0)
        for split in splits:
            called = {n for n, at in calls.items() if before.body <= at < split.body}
            begun = {n for n, at in enumerate(starts[:-1], 1) if before.notes <= at < split.notes}
            assert called == begun, (slug, called, begun)
            before = split


def call_offsets(slug: str, opening: int) -> dict[int, int]:
    """Where in a review's run of letters each note is first called."""
    text = (MANUSCRIPTS / "reviews" / f"{slug}.md").read_text(encoding="utf-8")
    body = _NOTE.sub("", text.split("---\n", 2)[2])
    found: dict[str, int] = {}
    for match in _CALL.finditer(body):
        if match[1] not in found:
            before = _CALL.sub("0", body[: match.start()])
            found[match[1]] = opening + len(letters(read(before)))
    return dict(enumerate(found.values(), 1))


@pytest.mark.checkers
@pytest.mark.parametrize("name", list(TICKETS))
def test_nothing_is_drawn_that_is_not_read(sample: Path, name: str) -> None:
    """What is on a page and not in the structure tree is its head and its folio."""
    path = pdf_of(sample, name)
    read, told_as = read_aloud(path), labels(path)
    heads = {text for _, text, _ in pdf_outline(path)} | {TICKETS[name]["title"], ""}
    known = {f"{head}{label}" for head in map(letters, heads) for label in ["", *told_as]}
    known = {"".join(sorted(letters(edge))) for edge in known}
    for number, text in enumerate(pdf_text(path), 1):
        read_out = letters("".join(read[number].whole)) if number in read else ""
        rest = Counter(letters(text)) - Counter(read_out)
        assert "".join(sorted(rest.elements())) in known, (number, rest)


@pytest.mark.checkers
@pytest.mark.parametrize("slug", ["lists", "notes", "shapes", "titles", "bare"])
def test_difficult_reviews_read_the_same_in_both(trying: Path, slug: str) -> None:
    """Word for word, call for call and note for note, the PDF says what the EPUB says."""
    epub, path = book(trying / "trying" / "trying.epub"), trying / "trying" / "trying-print.pdf"
    found = in_epub(epub.section(slug))
    title = " ".join(titles_in(epub, slug).split())
    outline = {" ".join(text.split()): page for _, text, page in pdf_outline(path)}
    first, after = extents(path, {slug: outline[title]})[slug]
    pages = in_pdf(path, first, after)
    body = letters(found.opening) + letters(found.body) + letters(found.closing)
    wrong, _ = pages_hold(pages, body, "".join(map(letters, found.notes)))
    assert wrong == ""


def titles_in(epub: Book, slug: str) -> str:
    """A review's heading."""
    heading = epub.section(slug).find(f".//{{{NS['h']}}}h1")
    assert heading is not None
    return "".join(str(text) for text in heading.itertext())


# ── the comparison itself ────────────────────────────────────────────────────────────────


def altered(text: str) -> dict[str, str]:
    """A text with one slip each, somewhere in the middle."""
    parts = text.split()
    at = next(
        i for i in range(len(parts) // 2, len(parts)) if words(parts[i]) != words(parts[i + 1])
    )
    return {
        "dropped": " ".join(parts[:at] + parts[at + 1 :]),
        "doubled": " ".join([*parts[: at + 1], *parts[at:]]),
        "swapped": " ".join([*parts[:at], parts[at + 1], parts[at], *parts[at + 2 :]]),
        "last lost": " ".join(parts[:-1]),
        "first lost": " ".join(parts[1:]),
        "added": f"{text} more",
    }


@pytest.mark.parametrize("slip", list(altered("one two three four")))
def test_a_slip_in_the_epub_would_be_noticed(epubs: Path, slip: str) -> None:
    """A word dropped, doubled, swapped or added in any review is a difference."""
    epub = book(epubs / "last-call" / "last-call.epub")
    for slug in selected("last-call"):
        found = in_epub(epub.section(slug)).body
        assert difference(letters(altered(review(slug).body)[slip]), letters(found)) != ""


@pytest.mark.checkers
@pytest.mark.parametrize("slip", list(altered("one two three four")))
def test_a_slip_in_the_pdf_would_be_noticed(sample: Path, slip: str) -> None:
    """On the pages as well, in the body and in the notes."""
    for slug in ("leaving-las-vegas", "stalker"):
        pages, _, notes = set_in_pdf(sample, "last-call", slug)
        around = in_epub(book(sample / "last-call" / "last-call.epub").section(slug))
        wrong = altered(review(slug).body)[slip]
        body = letters(around.opening) + letters(wrong) + letters(around.closing)
        assert pages_hold(pages, body, notes)[0] != ""
        right = letters(around.opening) + letters(review(slug).body) + letters(around.closing)
        for note in review(slug).notes:
            noted = notes.replace(letters(note), letters(altered(note)[slip]))
            assert pages_hold(pages, right, noted)[0] != ""


def test_words_are_found_whatever_a_typesetter_did() -> None:
    """Quotation marks, dashes, ellipses, ligatures, soft hyphens and line ends say nothing."""
    typed = '"It\'s -- well... *final*," he said[^a]; re-run.\n\n[^a]: A note.\n'
    assert [letters(note) for note in written(typed).notes] == ["1Anote"]
    assert letters(written(typed).body) == letters(
        "“It’s – well… \ufb01n\u00adal,” he said1; re\ufffe\nrun."
    )


def test_pages_are_taken_apart() -> None:
    """Body and notes interleave page by page; a note may run over to the next foot."""
    body, notes = "abcdefgh", "1nope2nod"
    assert pages_hold(["abcd1no", "efpe2nod", "gh"], body, notes)[0] == ""
    assert pages_hold(["abcd1no", "ef2nodpe", "gh"], body, notes)[0] != ""
    assert pages_hold(["abcd1nope2nod", "efg"], body, notes)[0] != ""
    assert pages_hold(["abcdefgh1nope2no"], body, notes)[0] != ""
    assert pages_hold(["abcd1nope2nod", "defgh"], body, notes)[0] != ""
