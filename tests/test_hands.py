"""Who wrote, who holds, who gave leave: an anthology by many hands, in English and in French.

tests/hands/ is a project with two tickets over one pool of 24 reviews by 11 people. What its
copyright page, its credits and its contributors say stands in tests/hands/expected/, written by
hand, a line for each block: ‹slug› is the page on which a review opens, ‹slug–slug› the pages from
the first of one review to the last of another, ‹picture:FILE› the page of a picture, ‹credits›
that of the credits. Where they stand is read from the PDF itself: its bookmarks, its structure
tree, its page labels.
"""

from __future__ import annotations

import json
import re
import shutil
import zipfile
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import yaml
from lxml import etree

from checkers import epubcheck, pdf_text, pdf_tree, verapdf
from test_volumes import (
    GRAVE,
    NS,
    Book,
    book,
    curly,
    labels,
    pdf_of,
    pdf_outline,
    plain,
    reelpress,
    resolved,
)

HANDS = Path(__file__).parent / "hands"
REVIEWS = HANDS / "manuscripts" / "reviews"
BOOKS = {"en": "many-hands", "fr": "plusieurs-mains"}
"""Language -> the ticket's name, which is the volumes'."""
PAGES = ("copyright", "credits", "contributors")
MARK = "PRIVATE-7f3a"
"""What every private field of the project holds, and a number."""

each_book = pytest.mark.parametrize("language", list(BOOKS))
each_page = pytest.mark.parametrize("page", PAGES)


def header(slug: str) -> dict[str, Any]:
    """A review's front matter."""
    text = (REVIEWS / f"{slug}.md").read_text(encoding="utf-8")
    found: dict[str, Any] = yaml.safe_load(text.split("---\n", 2)[1])
    return found


def ticket(language: str) -> dict[str, Any]:
    """A book's ticket."""
    path = HANDS / "manuscripts" / "anthologies" / f"{BOOKS[language]}.yaml"
    found: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return found


def title(slug: str) -> str:
    """A review's title, as printed."""
    return curly(str(header(slug)["title"]))


SLUGS: list[str] = ticket("en")["reviews"]


def wanted(language: str, page: str, kind: str) -> list[str]:
    """The lines that were written by hand."""
    path = HANDS / "expected" / language / f"{page}-{kind}.txt"
    return path.read_text(encoding="utf-8").splitlines()


# ── the project ──────────────────────────────────────────────────────────────────────────


def test_the_project_holds_what_is_difficult() -> None:
    """24 reviews by 11 people, six licences, many ways to hold rights; the same in both books."""
    assert len(SLUGS) == len(set(SLUGS)) == 24
    assert ticket("fr")["reviews"] == SLUGS
    assert {path.stem for path in REVIEWS.glob("*.md")} == set(SLUGS)
    people = yaml.safe_load((HANDS / "manuscripts/people.yaml").read_text(encoding="utf-8"))
    assert len(people) == 11
    rights = [header(slug)["rights"] for slug in SLUGS]
    rights += [person["rights"] for person in people.values() if "rights" in person]
    assert {told["licence"] for told in rights if "licence" in told} == {
        "CC BY 4.0",
        "CC BY-SA 4.0",
        "CC BY-NC-ND 4.0",
        "CC0 1.0",
        "all rights reserved",
        "To be read and lent freely; for anything else, please ask",
        "public domain",
    }
    holders = [told.get("holder") for told in rights]
    assert sum(isinstance(holder, list) for holder in holders) == 2
    assert holders.count("Estate of Olav Tveit") == 2


def test_every_private_field_is_marked() -> None:
    """Each with a number of its own, so that a leak tells where it came from."""
    found: list[str] = []
    for path in sorted((HANDS / "manuscripts").rglob("*")):
        if path.suffix in (".md", ".yaml"):
            text = path.read_text(encoding="utf-8")
            found += re.findall(rf"{MARK}-\d\d", text)
            private = re.findall(r"\b(?:contact|fee|evidence)(?:: |=)", text)
            assert len(private) == len(re.findall(MARK, text)), path
    assert len(found) == len(set(found)) > 30


def test_everything_in_it_is_understood_and_cleared(hands_epubs: Path) -> None:
    """Nothing is wrong with headers, texts and pictures, and no right blocks a volume."""
    done = reelpress("check", "-C", hands_epubs, "--json")
    assert done.returncode == 0, done.stdout + done.stderr
    found = [(told["code"], told["severity"]) for told in json.loads(done.stdout)["findings"]]
    assert [code for code, severity in found if code[0] != "R" or severity == "error"] == []


# ── what a volume says, block by block ───────────────────────────────────────────────────

_PHRASES = frozenset("a abbr b bdi br cite code em i img small span strong sub sup".split())
_TAGGED_PHRASES = frozenset({"Span", "NonStruct", "Link", "Reference", "Figure"})
_SPACE = re.compile("[ \t\r\n]+")


def epub_lines(section: etree._Element) -> list[str]:
    """A section's text, a line for each block; spaces that do not break stay what they are."""
    lines = [""]

    def visit(element: etree._Element) -> None:
        name = etree.QName(element).localname
        block = name not in _PHRASES
        if block:
            lines.append("")
        lines[-1] += " " if name == "br" else element.text or ""
        for inner in element:
            visit(inner)
            lines[-1] += inner.tail or ""
        if block:
            lines.append("")

    visit(section)
    folded = (_SPACE.sub(" ", line).strip(" ") for line in lines)
    return [line for line in folded if line]


def pdf_lines(path: Path, first: int, after: int) -> list[str]:
    """The text of some pages, a line for each block, as it is read aloud.

    Where a line ends on the page there is a line feed. Nothing is hyphenated on these pages, so
    that a hyphen before it is the author's.
    """
    lines: list[str] = []
    blocks: list[int] = []  # how deep the blocks around are
    last: tuple[int, ...] = ()
    for tagged in pdf_tree(path):
        if not first <= tagged.page < after:
            continue
        blocks = [depth for depth in blocks if depth < tagged.depth]
        if tagged.type:
            if tagged.type not in _TAGGED_PHRASES:
                blocks.append(tagged.depth)
                last = ()
            continue
        if last != tuple(blocks):
            lines.append("")
            last = tuple(blocks)
        lines[-1] += tagged.text.replace("\ufffe\n", "-")
    return [line for line in lines if line.strip()]


def bare(text: str) -> str:
    """A text without its spaces and line ends."""
    return "".join(text.split())


def unbroken(found: str, like: str) -> str:
    """A block without its line ends: a space for each of them where `like` has one, else nothing.

    Which line end stands for a space is seen by counting the other characters. Without a `like`
    of the same characters each is a space. A word may be broken behind a hyphen or a dash, an
    address anywhere; where another is broken, a bar stands.
    """
    spaces = {len(bare(like[: space.start()])) for space in re.finditer(" ", like)}
    out, seen = "", 0
    for character in found:
        if character != "\n":
            out += character
            seen += character != " "
        elif seen in spaces or not like:
            out += " "
        elif seen < len(bare(like)) and not re.search("[-–—]$|https?:[^ ]*$", out):
            out += "|"
    return " ".join(out.split())


# ── where things stand in a PDF ──────────────────────────────────────────────────────────


@cache
def stands(path: Path, heading: str) -> tuple[int, int]:
    """The first page (from 1) of what the bookmark `heading` leads to, and the one after its last.

    Blank pages before the next bookmark are nobody's.
    """
    marks = pdf_outline(path)
    (first,) = (page for _, text, page in marks if text == heading)
    later = [page for _, _, page in marks if page > first]
    after = min(later, default=len(labels(path)) + 1)
    return first, max(page for page in read_aloud(path) if first <= page < after) + 1


@cache
def read_aloud(path: Path) -> frozenset[int]:
    """The pages that hold more than a head and a folio."""
    return frozenset(tagged.page for tagged in pdf_tree(path))


@cache
def described(path: Path) -> dict[str, int]:
    """What a picture shows, as a screen reader hears it -> its page (from 1)."""
    import pikepdf

    found: dict[str, int] = {}

    def visit(element: Any, page: int) -> int:
        """The page of the first thing in an element that says one."""
        page = numbers[element["/Pg"].objgen] if "/Pg" in element else page
        kids = element.get("/K", ())
        inner = [
            visit(kid, page)
            for kid in (kids if isinstance(kids, pikepdf.Array) else [kids])
            if isinstance(kid, pikepdf.Dictionary)
        ]
        page = page or next(filter(None, inner), 0)
        if element.get("/S") == "/Figure":
            found[str(element.get("/Alt", ""))] = page
        return page

    with pikepdf.open(path) as pdf:
        numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages, 1)}
        visit(pdf.Root.StructTreeRoot, 0)
    return found


@cache
def alternative(file: str) -> str:
    """What a picture of the project shows."""
    for slug in SLUGS:
        text = (REVIEWS / f"{slug}.md").read_text(encoding="utf-8")
        if match := re.search(rf"!\[([^\]]+)\]\(\.\./images/{re.escape(file)}[ )]", text):
            return match[1]
    raise AssertionError(file)


def numbered(line: str, path: Path, credits_heading: str) -> str:
    """A line written by hand, with the numbers of a PDF's pages in it."""
    told = labels(path)

    def opening(what: str) -> int:
        if what.startswith("picture:"):
            return described(path)[alternative(what.removeprefix("picture:"))]
        return stands(path, credits_heading if what == "credits" else title(what))[0]

    def number(match: re.Match[str]) -> str:
        first, dash, last = match[1].partition("–")
        begins = told[opening(first) - 1]
        if not dash:
            return begins
        ends = told[stands(path, title(last))[1] - 2]
        return begins if begins == ends else f"{begins}–{ends}"

    return re.sub("‹([^›]+)›", number, line)


# ── the pages are what was written by hand ───────────────────────────────────────────────


def section_of(epub: Book, page: str) -> etree._Element:
    """One of an EPUB's sections, by its id."""
    (found,) = epub.select(f"{epub.base}/text/{page}.xhtml", f"//h:section[@id='{page}']")
    section: etree._Element = found
    return section


@each_page
@each_book
def test_an_epub_says_what_was_written_by_hand(hands_epubs: Path, language: str, page: str) -> None:
    """Every block of the page, with its very spaces."""
    name = BOOKS[language]
    epub = book(hands_epubs / "build" / name / f"{name}.epub")
    assert epub_lines(section_of(epub, page)) == wanted(language, page, "epub")


@pytest.mark.checkers
@each_page
@each_book
def test_a_pdf_says_what_was_written_by_hand(hands: Path, language: str, page: str) -> None:
    """Every block of the page, with the numbers of the pages on which the pieces stand."""
    path = pdf_of(hands / "build", BOOKS[language])
    (credits_heading, *_) = wanted(language, "credits", "pdf")
    heading = {"copyright": {"en": "Copyright", "fr": "Droits d’auteur"}[language]}.get(
        page, wanted(language, page, "pdf")[0]
    )
    lines = [
        re.sub("[\u00a0\u202f]", " ", numbered(line, path, credits_heading))
        for line in wanted(language, page, "pdf")
    ]
    known = {bare(line): line for line in lines}
    found = pdf_lines(path, *stands(path, heading))
    assert [unbroken(line, known.get(bare(line), "")) for line in found] == lines


@each_book
def test_the_pages_differ_by_page_numbers_alone(language: str) -> None:
    """What was written for credits and contributors is the same for EPUB and PDF."""
    for page in ("credits", "contributors"):
        bare = [re.sub(" ‹[^›]+›", "", line) for line in wanted(language, page, "pdf")]
        assert bare == wanted(language, page, "epub")


@each_page
@each_book
def test_titles_lead_to_their_reviews(hands_epubs: Path, language: str, page: str) -> None:
    """A review's title on these pages is a link to its section; all are named in the back."""
    name = BOOKS[language]
    epub = book(hands_epubs / "build" / name / f"{name}.epub")
    titles = {title(slug): slug for slug in SLUGS}
    led = set()
    for link in section_of(epub, page).iter(f"{{{NS['h']}}}a"):
        if (text := plain(link)) in titles:
            file, own = resolved(f"{epub.base}/text/{page}.xhtml", link.get("href", ""))
            assert own == f"r-{titles[text]}"
            assert file.endswith(f"/{own}.xhtml")
            led.add(titles[text])
    if page == "copyright":
        told = " ".join(wanted(language, page, "epub"))
        assert led == {slug for text, slug in titles.items() if text in told}
    else:
        assert led == set(SLUGS)


@each_book
def test_licences_lead_to_their_deeds(hands_epubs: Path, language: str) -> None:
    """Each licence that the copyright page names, wherever it does; stricter ones in bold."""
    name = BOOKS[language]
    epub = book(hands_epubs / "build" / name / f"{name}.epub")
    section = section_of(epub, "copyright")
    told = re.findall(r"CC BY(?:-\w\w)* 4\.0|CC0 1\.0", " ".join(epub_lines(section)))
    links = [
        (plain(link), link.get("href"))
        for link in section.iter(f"{{{NS['h']}}}a")
        if plain(link).startswith("CC")
    ]
    assert [text for text, _ in links] == told
    assert told
    for text, address in links:
        kind = text.split()[1].lower() if text != "CC0 1.0" else ""
        deed = f"licenses/{kind}/4.0/" if kind else "publicdomain/zero/1.0/"
        assert address == f"https://creativecommons.org/{deed}"
    bold = section.xpath(".//h:b | .//h:strong", namespaces=NS)
    strict = {"en": "Stricter terms:", "fr": "Conditions plus strictes\u00a0:"}[language]
    lines = wanted(language, "copyright", "epub")
    assert [_SPACE.sub(" ", "".join(b.itertext())).strip(" ") for b in bold] == [strict] * sum(
        line.startswith(strict) for line in lines
    )


# ── the checkers ─────────────────────────────────────────────────────────────────────────


@pytest.mark.checkers
@each_book
def test_epubcheck_is_silent_on_many_hands(hands_epubs: Path, language: str) -> None:
    """0 fatal, 0 errors, 0 warnings."""
    name = BOOKS[language]
    said = epubcheck(hands_epubs / "build" / name / f"{name}.epub")
    assert [str(m) for m in said if m.severity in GRAVE] == []


@pytest.mark.checkers
@each_book
def test_verapdf_is_silent_on_many_hands(hands: Path, language: str) -> None:
    """PDF/UA-1 holds."""
    assert verapdf(pdf_of(hands / "build", BOOKS[language])) == []


# ── what is for the desk alone ───────────────────────────────────────────────────────────


def unpacked(name: str, data: bytes) -> Iterator[tuple[str, bytes]]:
    """A file's bytes, and those of all that is packed in it: members, streams, drawn text."""
    yield name, data
    if data.startswith(b"PK"):
        with zipfile.ZipFile(BytesIO(data)) as packed:
            for info in packed.infolist():
                yield f"{name}: the name of {info.filename}", info.filename.encode() + info.comment
                yield from unpacked(f"{name}: {info.filename}", packed.read(info))
    elif data.startswith(b"%PDF"):
        yield f"{name}, unpacked", _pdf_unpacked(data)


def _pdf_unpacked(data: bytes) -> bytes:
    """A PDF with its streams unpacked and no objects in streams."""
    import pikepdf

    out = BytesIO()
    with pikepdf.open(BytesIO(data)) as pdf:
        pdf.save(
            out,
            compress_streams=False,
            stream_decode_level=pikepdf.StreamDecodeLevel.specialized,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
        )
    return out.getvalue()


def leaks(data: bytes) -> bool:
    """Whether a mark is in some bytes: plain, in UTF-16, or in hexadecimal digits of either."""
    lower = data.lower()
    marks = [MARK.lower().encode(encoding) for encoding in ("ascii", "utf-16-be", "utf-16-le")]
    if any(mark in lower for mark in marks):
        return True
    digits = b"".join(data.split()).lower()
    ways = [MARK.encode(encoding).hex() for encoding in ("ascii", "utf-16-be", "utf-16-le")]
    return any(way.encode() in digits for way in ways)


def leaking(folder: Path) -> list[str]:
    """What below a folder holds a mark."""
    return [
        name
        for path in sorted(folder.rglob("*"))
        if path.is_file()
        for name, data in unpacked(path.relative_to(folder).as_posix(), path.read_bytes())
        if leaks(data)
    ]


def drawn(path: Path) -> str:
    """All that is drawn on the pages of a PDF, as one run of letters and digits."""
    return re.sub(r"[\W_]", "", "".join(pdf_text(path))).lower()


@pytest.fixture
def desk(hands: Path, tmp_path: Path) -> Path:
    """A copy of the project as it was built, to work on."""
    return shutil.copytree(hands, tmp_path / "desk")


def test_nothing_private_is_in_an_epub(hands_epubs: Path) -> None:
    """No contact, fee or evidence, in any file of build/, unpacked."""
    assert len(list((hands_epubs / "build").rglob("*.epub"))) == len(BOOKS)
    assert leaking(hands_epubs / "build") == []


@pytest.mark.checkers
def test_nothing_private_is_in_any_volume(hands: Path) -> None:
    """Nor in a PDF: its streams unpacked, its strings, what is drawn on its pages."""
    pdfs = list((hands / "build").rglob("*.pdf"))
    assert len(pdfs) == len(BOOKS)
    assert leaking(hands / "build") == []
    assert [path.name for path in pdfs if MARK.replace("-", "").lower() in drawn(path)] == []


COMMANDS = {
    "build": ("build", "--json"),
    "check": ("check", "--json"),
    "stats": ("stats", "--json"),
    **{
        f"{command} {name}": (command, name, "--json")
        for command in ("list", "rights")
        for name in BOOKS.values()
    },
}


@pytest.mark.checkers
@pytest.mark.parametrize("command", list(COMMANDS))
def test_nothing_private_is_in_what_commands_tell_machines(desk: Path, command: str) -> None:
    """Each gives JSON, and in it no contact, fee or evidence; nor on standard error."""
    done = reelpress(*COMMANDS[command], "-C", desk)
    assert done.returncode == 0, done.stdout + done.stderr
    assert json.loads(done.stdout)
    assert not leaks(done.stdout.encode())
    assert not leaks(done.stderr.encode())


@pytest.mark.checkers
@each_book
def test_nothing_private_is_in_offprints(desk: Path, language: str) -> None:
    """Neither in what a contributor gets nor in the form that comes back signed."""
    done = reelpress("offprints", BOOKS[language], "-C", desk)
    assert done.returncode == 0, done.stdout + done.stderr
    folder = desk / "build" / BOOKS[language] / "offprints"
    written = [path for path in folder.rglob("*") if path.is_file()]
    pdfs = [path for path in written if path.suffix == ".pdf"]
    assert len(pdfs) >= 11
    assert len([path for path in written if path.suffix == ".epub"]) >= 11
    assert leaking(folder) == []
    assert [path.name for path in pdfs if MARK.replace("-", "").lower() in drawn(path)] == []
    assert leaking(desk / "build") == []


# ── a credit line is changed ─────────────────────────────────────────────────────────────


@pytest.mark.checkers
def test_a_changed_credit_line_makes_the_credits_alone_anew(desk: Path) -> None:
    """It is composed and set where it shows; every other section is used again."""
    path = desk / "manuscripts" / "reviews" / "the-wages-of-fear.md"
    text = path.read_text(encoding="utf-8")
    assert "By kind permission" in text
    path.write_text(text.replace("By kind permission", "By warm permission"), encoding="utf-8")
    done = reelpress("build", "-C", desk, "--why", "--json")
    assert done.returncode == 0, done.stdout + done.stderr
    why = json.loads(done.stdout)["why"]
    assert {(told["anthology"], told["stage"]) for told in why} >= {
        (name, stage) for name in BOOKS.values() for stage in ("edited", "composed", "set")
    }
    anew = {(w["anthology"], w["stage"], w["piece"]) for w in why if not w["reused"]}
    assert anew == {
        (name, stage, "credits") for name in BOOKS.values() for stage in ("composed", "set")
    }
    changed = "© Estate of Olav Tveit, 1986. By warm permission of Signe Tveit, Ålesund."
    for name in BOOKS.values():
        lines = epub_lines(section_of(Book(desk / "build" / name / f"{name}.epub"), "credits"))
        assert changed in lines
        assert changed.replace("warm", "kind") not in lines


# ── the comparison itself ────────────────────────────────────────────────────────────────


def test_lines_are_put_together_again() -> None:
    """A line end is a space or nothing, as the text that was wanted has it; never both."""
    assert unbroken("On pages 12–\n18 and\n40", "On pages 12–18 and 40") == "On pages 12–18 and 40"
    assert unbroken("at https://a.ex\nample/b\nc", "at https://a.example/b c") == (
        "at https://a.example/b c"
    )
    assert unbroken("a b\nc", "ab c") == "a b c"
    assert unbroken("one\ntwo\n", "") == "one two"
    assert unbroken("licensed C\nC BY-\nSA 4.0.\n", "licensed CC BY-SA 4.0.") == (
        "licensed C|C BY-SA 4.0."
    )


def test_blocks_of_an_epub_are_lines() -> None:
    """A line break is a space, a link is none, and a space that does not break stays one."""
    section = etree.fromstring(
        f'<section xmlns="{NS["h"]}"><h1>A</h1>\n<div><p>b<br/>c <a href="#">d</a>,\n e</p>f</div>'
        "<ul><li>3\u00a0mai</li></ul></section>"
    )
    assert epub_lines(section) == ["A", "b c d, e", "f", "3\u00a0mai"]


@pytest.mark.checkers
def test_page_numbers_are_those_of_the_pdf(hands: Path) -> None:
    """A review of one page, one of two, neighbours, a picture on a review's pages."""
    path = pdf_of(hands / "build", BOOKS["en"])

    def told(what: str) -> str:
        return numbered(f"p. ‹{what}›.", path, "Permissions and credits")

    assert told("workers-leaving-the-factory–workers-leaving-the-factory") == "p. 1."
    assert told("modern-times") == "p. 2."
    assert told("modern-times–modern-times") == "p. 2–3."
    first, last = (re.findall(r"\d+", told(f"{slug}–{slug}")) for slug in ("drifters", "paterson"))
    assert told("picture:drifters.png") in [f"p. {page}." for page in first]
    assert told("drifters–paterson") == f"p. {first[0]}–{last[-1]}."
    assert int(told("credits")[3:-1]) > int(last[-1])


def test_a_mark_would_be_found(tmp_path: Path) -> None:
    """In a member of a zip, in a PDF's streams, in its strings, in whatever encoding."""
    import pikepdf

    mark = f"x {MARK}-99 x"
    for number, text in enumerate([mark.encode(), mark.upper().encode("utf-16-be")]):
        with zipfile.ZipFile(tmp_path / f"{number}.epub", "w", zipfile.ZIP_DEFLATED) as packed:
            packed.writestr("a.xhtml", text * 50)
    for way in ("stream", "title", "object", "name"):
        with pikepdf.new() as pdf:
            pdf.add_blank_page()
            if way == "stream":
                pdf.Root.Stream = pdf.make_stream(mark.encode() * 50)
            elif way == "title":
                pdf.docinfo["/Title"] = f"Ω {mark}"
            elif way == "object":
                pdf.Root.Inner = pdf.make_indirect(pikepdf.Dictionary(Told=mark))
            else:
                pdf.Root[f"/{MARK}"] = 1
            pdf.save(tmp_path / f"{way}.pdf", object_stream_mode=pikepdf.ObjectStreamMode.generate)
    (tmp_path / "hex.txt").write_text(mark.encode().hex(" "), encoding="ascii")
    found = {name.split(":")[0].split(",")[0] for name in leaking(tmp_path)}
    assert found == {path.name for path in tmp_path.iterdir()}
    assert not leaks(b"PRIVATE 7f3a, private-7f3")
