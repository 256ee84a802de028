"""Offprints: what each contributor gets of a book, page for page, and the form to sign off."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from checkers import epubcheck, pdf_pictures, pdf_text, pdf_tree, verapdf, words
from reelpress.bindery.sections import set_section
from test_cli import CLEAN, FINDINGS, USAGE, call, contents
from test_volumes import GRAVE, Book, check_tags, labels, pdf_outline, plain

pytestmark = pytest.mark.checkers

SPECIMEN = Path(__file__).parent / "specimen"
LONG = "The train goes on, and nobody on the platform looks up; WORD does. " * 60

PROJECT = {
    "manuscripts/imprint.yaml": """\
name: Small Press
place: Leeds
language: en-GB
defaults: {images: {holder: Small Press, status: own}}
""",
    "manuscripts/people.yaml": """\
a-bell:
  name: Ada Bell
  sort: Bell, Ada
  website: https://bell.example
  bio: |
    Ada Bell mends projectors, as she says in [Third](review:three).[^1]

    [^1]: Not all of them.
i-moreau: {name: Ines Moreau, sort: "Moreau, Ines"}
c-dogan: {name: Cem Doğan, sort: "Doğan, Cem", contact: marker-contact@example.org}
""",
    "manuscripts/anthologies/rides.yaml": """\
title: Shared Rides
subtitle: A small book
editors: [a-bell, c-dogan]
issued: 2026-11-01
parts:
  - {title: Out, reviews: [one, two, three]}
  - {title: Back, reviews: [four, five]}
front: [title, contents, {foreword: texts/foreword.md}]
back: [films, contributors]
volumes:
  epub: {isbn: 978-0-306-40615-7}
  print: {trim: 5x8, isbn: 978-3-16-148410-0}
  large: {trim: 8x11}
""",
    "manuscripts/texts/foreword.md": """\
---
author: i-moreau
rights: {holder: i-moreau, year: 2026, licence: all rights reserved, status: granted}
---
Get in, says word-foreword. Read [Third](review:three) first, and not [First](review:one).
""",
    "manuscripts/reviews/one.md": f"""\
---
title: First
film: {{title: The Train, year: 1964}}
reviewer: a-bell
rights: {{holder: a-bell, year: [2019, 2021], licence: CC-BY-NC-4.0, status: granted,
  fee: marker-fee, evidence: marker-evidence}}
---
It begins with [*Second*, which has
a longer title here](review:two) and word-one.[^n] See [Third](review:three), too.

{LONG.replace("WORD", "word-one")}

Here a link breaks over two lines of the page, whatever its measure may be, since it is [so long
that no line of any page of any book of this kind would hold all of it at once](review:four).

[^n]: A note of word-one, which has [a link](review:five) to somebody else.
""",
    "manuscripts/reviews/two.md": f"""\
---
title: Second
film: {{title: Trains, year: 2024}}
reviewer: a-bell
rights: {{holder: Bell & Daughters, year: 2020, credit: By kind permission of Bell & Daughters.,
  status: granted}}
first_published: {{outlet: The Night Bus, date: 2019-05-03, url: "https://bus.example/second"}}
---
Word-two says this. ![A square](../images/square.png)

{LONG.replace("WORD", "word-two")}
""",
    "manuscripts/reviews/three.md": """\
---
title: Third
film: {title: Closely Observed Trains, year: 1966}
reviewer: [i-moreau, {name: c-dogan, role: trl}]
rights: {holder: i-moreau, year: 2019, licence: CC-BY-4.0, status: granted}
---
Only word-three.
""",
    "manuscripts/reviews/four.md": """\
---
title: Fourth
film: {title: Night Train, year: 1959}
reviewer: [a-bell, i-moreau]
language: fr
rights: {holder: [a-bell, i-moreau], year: 2022, licence: CC-BY-4.0, status: granted}
---
Ici, word-four et [First](review:one).
""",
    "manuscripts/reviews/five.md": """\
---
title: Fifth
film: {title: Runaway Train, year: 1985}
reviewer: Zoë de Nobody
rights: {holder: Zoë de Nobody, year: 2019, status: granted}
---
Word-five ends it.
""",
}
"""Joint authors, a translator, a stranger, a signed foreword, links in and out, long and short."""

PIECES = {
    "a-bell": ["First", "Second", "Fourth"],
    "c-dogan": ["Third"],
    "i-moreau": ["Foreword", "Third", "Fourth"],
    "zoe-de-nobody": ["Fifth"],
}
OWN = {
    "First": "word-one",
    "Second": "word-two",
    "Third": "word-three",
    "Fourth": "word-four",
    "Fifth": "word-five",
    "Foreword": "word-foreword",
}
"""A word that stands in each piece's text alone."""
SLUGS = {"First": "one", "Second": "two", "Third": "three", "Fourth": "four", "Fifth": "five"}
KEYS = list(PIECES)


def lay(folder: Path, **changed: str) -> Path:
    """The made-up project in a folder; a ticket's line may be given anew."""
    from PIL import Image

    for name, text in PROJECT.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    images = folder / "manuscripts" / "images"
    images.mkdir()
    Image.new("L", (64, 64), 128).save(images / "square.png")
    ticket = folder / "manuscripts" / "anthologies" / "rides.yaml"
    for key, value in changed.items():
        lines = [line for line in ticket.read_text("utf-8").splitlines() if line[: len(key)] != key]
        ticket.write_text("\n".join([*lines, f"{key}: {value}"]) + "\n", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def rides(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """build/rides with the volumes and the offprints: to look at, not to change."""
    project = lay(tmp_path_factory.mktemp("rides"))
    assert call("build", "-C", project)[0] == CLEAN
    code, said, error = call("offprints", "-C", project, "--jobs", "2")
    assert (code, error) == (CLEAN, ""), said
    return project / "build" / "rides"


@pytest.fixture(scope="module", params=KEYS)
def key(request: pytest.FixtureRequest) -> str:
    """Each contributor."""
    return str(request.param)


def flat(text: str) -> str:
    """A page's text, white space folded and line-end hyphens closed up."""
    return " ".join(re.sub("\ufffe\\s*", "", text).split())


def book_pages(rides: Path, title: str) -> list[int]:
    """The pages (from 1) of the book on which a piece stands."""
    path = rides / "rides-print.pdf"
    starts = [page for _, _, page in pdf_outline(path)]
    (first,) = (page for _, text, page in pdf_outline(path) if text == title)
    told = labels(path)
    end = min([page for page in starts if page > first], default=len(told) + 1)
    texts = pdf_text(path)
    return [page for page in range(first, end) if texts[page - 1].strip()]


# ── the PDF ──────────────────────────────────────────────────────────────────────────────


def test_its_pages_are_the_book_s(rides: Path, key: str) -> None:
    """After the title page, exactly the pages of the pieces: text, pixels, labels."""
    book, alone = rides / "rides-print.pdf", rides / "offprints" / f"{key}.pdf"
    pages = [page for title in PIECES[key] for page in book_pages(rides, title)]
    texts, pictures = pdf_text(book), pdf_pictures(book)
    assert pdf_text(alone)[1:] == [texts[page - 1] for page in pages]
    assert [p.tobytes() for p in pdf_pictures(alone)][1:] == [
        pictures[page - 1].tobytes() for page in pages
    ]
    told = labels(book)
    assert labels(alone) == ["", *(told[page - 1] for page in pages)]


def test_bookmarks_lead_to_the_pieces(rides: Path, key: str) -> None:
    """All at the top, whatever parts the book has, each to the page that opens with its title."""
    path = rides / "offprints" / f"{key}.pdf"
    outline = pdf_outline(path)
    assert [(depth, text) for depth, text, _ in outline] == [(1, title) for title in PIECES[key]]
    texts = pdf_text(path)
    assert all(flat(texts[page - 1]).startswith(title) for _, title, page in outline)


def test_pdfs_hold_in_verapdf(rides: Path, key: str) -> None:
    """PDF/UA-1, the form included; and tags are what they say."""
    for name in (f"{key}.pdf", f"{key}-proof.pdf"):
        path = rides / "offprints" / name
        assert [str(rule) for rule in verapdf(path)] == []
        check_tags(path)


def read_aloud(path: Path, pages: set[int]) -> dict[int, list[str]]:
    """Page -> the words on it as a screen reader meets them."""
    found: dict[int, str] = dict.fromkeys(pages, "")
    for element in pdf_tree(path):
        if element.page in found:
            found[element.page] += element.text
    return {page: words(text) for page, text in found.items()}


def test_it_is_read_aloud_as_the_book_is(rides: Path, key: str) -> None:
    """Page by page the same words in the same order, tagged."""
    book, alone = rides / "rides-print.pdf", rides / "offprints" / f"{key}.pdf"
    pages = [page for title in PIECES[key] for page in book_pages(rides, title)]
    heard = read_aloud(book, set(pages))
    own = read_aloud(alone, set(range(2, len(pages) + 2)))
    assert [own[n] for n in range(2, len(pages) + 2)] == [heard[page] for page in pages]
    assert all(heard.values())


def links(path: Path) -> list[str]:
    """Where a PDF's links lead; each inner one must lead somewhere."""
    import pikepdf

    found = []
    with pikepdf.open(path) as pdf:
        names = pikepdf.NameTree(pdf.Root.Names.Dests)
        parents = pikepdf.NumberTree(pdf.Root.StructTreeRoot.ParentTree)
        for page in pdf.pages:
            for note in page.get("/Annots", []):
                assert parents[int(note.StructParent)].S == "/Link"
                if "/A" in note:
                    found.append(str(note.A.URI))
                else:
                    assert str(note.Dest) in names
                    found.append(str(note.Dest))
    return found


def test_links_that_lead_out_are_none(rides: Path) -> None:
    """What leads to a piece that is there stays a link, as do addresses; no other does."""
    found = {key: set(links(rides / "offprints" / f"{key}.pdf")) for key in KEYS}
    deeds = {f"https://creativecommons.org/licenses/{kind}/4.0/" for kind in ("by", "by-nc")}
    found = {key: leads - deeds for key, leads in found.items()}
    assert found["a-bell"] == {"r-one", "r-two", "r-four", "https://bus.example/second"}
    assert found["i-moreau"] == {"foreword", "r-three", "r-four"}
    assert found["c-dogan"] == {"r-three"}
    assert found["zoe-de-nobody"] == {"r-five"}
    forms = set(links(rides / "offprints" / "a-bell-proof.pdf"))
    assert "r-three" not in forms
    assert "https://bell.example" in forms


def test_a_review_alone_has_no_links_out(rides: Path, tmp_path: Path) -> None:
    """`build --piece` is bound the same way."""
    project = shutil.copytree(rides.parent.parent, tmp_path / "project")
    assert call("build", "-C", project, "--piece", "four", "--only", "print")[0] == CLEAN
    path = project / "build" / "rides" / "rides-print-four.pdf"
    assert pdf_outline(path) == [(1, "Fourth", 1)]
    assert links(path) == ["https://creativecommons.org/licenses/by/4.0/"]
    assert [str(rule) for rule in verapdf(path)] == []


# ── the title page ───────────────────────────────────────────────────────────────────────

EDITORS = "Ada Bell and Cem Doğan (eds), Shared Rides: A small book, Leeds: Small Press, 2026"


def cited(rides: Path, key: str) -> str:
    """The pages that a citation must name, from where the pieces stand in the PDF."""
    told, runs = labels(rides / "rides-print.pdf"), list[list[str]]()
    for title in PIECES[key]:
        folios = [told[page - 1] for page in book_pages(rides, title)]
        if title == "Second":  # it follows First
            runs[-1][1] = folios[-1]
        else:
            runs.append([folios[0], folios[-1]])
    pages = [first if first == last else f"{first}–{last}" for first, last in runs]
    listed = " and ".join([", ".join(pages[:-1]), pages[-1]] if len(pages) > 1 else pages)
    return f"page{'s' if len(pages) > 1 or '–' in listed else ''} {listed}"


def test_the_title_page_cites_the_book(rides: Path, key: str) -> None:
    """Name, titles, and the volume with its ISBN and the true pages; neighbours are one run."""
    page = flat(pdf_text(rides / "offprints" / f"{key}.pdf")[0])
    names = {"zoe-de-nobody": "Zoë de Nobody", "c-dogan": "Cem Doğan"}
    name = names.get(key, {"a-bell": "Ada Bell", "i-moreau": "Ines Moreau"}.get(key, ""))
    shared = {
        "Third": " Ines Moreau. Translated by Cem Doğan",
        "Fourth": " Ada Bell and Ines Moreau",
    }
    titles = " ".join(title + shared.get(title, "") for title in PIECES[key])
    told = f"{EDITORS}, {cited(rides, key)}. ISBN 978-3-16-148410-0."
    assert page == f"{name} {titles} Offprint from {told}"
    assert cited(rides, "a-bell").startswith("pages 2–")
    assert cited(rides, "i-moreau").startswith("pages ")


def test_what_the_files_say_of_themselves(rides: Path) -> None:
    """Title, creators, an identifier of their own, and the book that they are from."""
    import pikepdf

    seen = set()
    for key, title in {
        "a-bell": "Ada Bell in Shared Rides",
        "c-dogan": "Third",
        "i-moreau": "Ines Moreau in Shared Rides",
        "zoe-de-nobody": "Fifth",
    }.items():
        epub = Book(rides / "offprints" / f"{key}.epub")
        assert [e.text for e in epub.opf("//dc:title")] == [title]
        said = f"{EDITORS}, {cited(rides, key)}. ISBN 978-3-16-148410-0."
        (told,) = epub.opf("//o:meta[@property='dcterms:bibliographicCitation']/text()")
        assert told == said
        (source,) = epub.opf("//dc:source/text()")
        assert source == "urn:isbn:9783161484100"
        assert epub.opf("//o:meta[@property='dcterms:isPartOf']/text()") == [source]
        (identifier,) = epub.opf("//dc:identifier/text()")
        assert identifier.startswith("urn:uuid:")
        seen.add(identifier)
        with pikepdf.open(rides / "offprints" / f"{key}.pdf") as pdf, pdf.open_metadata() as xmp:
            assert xmp["dc:title"] == title
            assert xmp["dc:source"] == said
    assert len(seen) == len(KEYS)
    epub = Book(rides / "offprints" / "c-dogan.epub")
    assert {e.text for e in epub.opf("//dc:creator | //dc:contributor")} == {
        "Cem Doğan",
        "Ines Moreau",
    }
    assert epub.opf("//dc:rights/text()") == ["© 2019 Ines Moreau, licensed CC BY 4.0."]


# ── the EPUB ─────────────────────────────────────────────────────────────────────────────


def test_epubcheck_is_silent(rides: Path, key: str) -> None:
    """0 fatal, 0 errors, 0 warnings."""
    said = epubcheck(rides / "offprints" / f"{key}.epub")
    assert [str(m) for m in said if m.severity in GRAVE] == []


def test_the_epub_has_the_pieces_and_no_more(rides: Path, key: str) -> None:
    """The title page, then the sections as in the book's EPUB, notes and all; no cover, no face or
    picture that is not used; what leads out is plain text."""
    epub, whole = Book(rides / "offprints" / f"{key}.epub"), Book(rides / "rides.epub")
    names = [name.rsplit("/", 1)[1] for name in epub.spine()]
    assert names[0] == "offprint.xhtml"
    assert [plain(epub.select(name, "//h:h1")[0]) for name in epub.spine()[1:]] == PIECES[key]
    for name in epub.spine()[1:]:
        assert plain(epub.tree(name)) == plain(whole.tree(name))
    files = {name.rpartition("/")[2] for name in epub.files}
    leads = {
        href.partition("#")[0]
        for name in epub.spine()
        for href in map(str, epub.select(name, "//h:a/@href"))
        if not href.startswith(("#", "https:"))
    }
    assert leads <= files
    pictures = [name for name in epub.files if "/images/" in name or "cover" in name]
    assert len(pictures) == (1 if "Second" in PIECES[key] else 0)
    opening = plain(epub.tree(epub.spine()[0]))
    assert f"{EDITORS}, {cited(rides, key)}." in opening


def test_nothing_of_others_is_in_it(rides: Path, key: str) -> None:
    """No text by others, unpacked, nor a place that a link could lead to."""
    import pikepdf

    others = [word for title, word in OWN.items() if title not in PIECES[key]]
    epub = Book(rides / "offprints" / f"{key}.epub")
    whole = b"\n".join(epub.files.values()).decode("utf-8", "ignore")
    assert [word for word in others if word in whole.casefold()] == []
    path = rides / "offprints" / f"{key}.pdf"
    read = " ".join(pdf_text(path)).casefold()
    assert [word for word in others if word in read] == []
    assert [word for title in PIECES[key] if (word := OWN[title]) not in read] == []
    with pikepdf.open(path) as pdf:
        names = [str(name) for name in pikepdf.NameTree(pdf.Root.Names.Dests)]
    sections = {match[0] for name in names if (match := re.match(r"r-[a-z]+", name))}
    assert sections == {f"r-{slug}" for title, slug in SLUGS.items() if title in PIECES[key]}


# ── the form ─────────────────────────────────────────────────────────────────────────────


def spoken(path: Path) -> str:
    """A PDF's words as a screen reader meets them."""
    return " ".join("".join(element.text for element in pdf_tree(path)).split())


def test_the_form_says_what_will_print(rides: Path) -> None:
    """One page: name, sort name, biography, and of each piece what the book prints of it."""
    folder, told = rides / "offprints", labels(rides / "rides-print.pdf")
    said = {key: spoken(folder / f"{key}-proof.pdf") for key in KEYS}
    for wanted in (
        "PROOF Ada Bell Shared Rides. A small book",
        "Name Ada Bell Filed as Bell, Ada Biography Ada Bell mends projectors, as she says in",
        "Not all of them.",
        "Website https://bell.example",
        "Rights holder Ada Bell Licence CC BY-NC 4.0",
        "Credit line © 2019, 2021 Ada Bell, licensed CC BY-NC 4.0.",
        "First published in The Night Bus, 3 May 2019. https://bus.example/second Rights holder",
        "Rights holder Bell & Daughters Credit line By kind permission of Bell & Daughters.",
        "Byline Ada Bell and Ines Moreau Rights holder Ada Bell and Ines Moreau",
        "Correct Correct as marked Date Signature Small Press, Leeds",
    ):
        assert wanted in said["a-bell"]
    assert "Byline Ines Moreau Translated by Cem Doğan" in said["c-dogan"]
    assert "Credit line © 2026 Ines Moreau. All rights reserved." in said["i-moreau"]
    assert "Biography None." in said["zoe-de-nobody"]
    for key, titles in PIECES.items():
        assert len(labels(folder / f"{key}-proof.pdf")) == 1
        for title in titles:
            first, *rest = (told[page - 1] for page in book_pages(rides, title))
            pages = f"pages {first}–{rest[-1]}" if rest else f"page {first}"
            assert f"{title} {pages} Byline" in said[key]


def test_the_form_s_sheet_fits_every_printer(rides: Path) -> None:
    """No wider than A4, no higher than a letter, whatever the book's trim."""
    import pikepdf

    with pikepdf.open(rides / "offprints" / "a-bell-proof.pdf") as pdf:
        width, height = (float(side) for side in pdf.pages[0].mediabox[2:])
    assert (round(width / 72 * 25.4), round(height / 72 * 25.4)) == (210, 279)


def test_of_many_pieces_both_fit_on_a_page(tmp_path: Path) -> None:
    """Title page and form are set smaller where they would take more than one."""
    project = lay(tmp_path / "project")
    reviews = project / "manuscripts" / "reviews"
    text = (reviews / "four.md").read_text("utf-8")
    for number in range(5):
        title = f"title: Fourth, and a good many words after it, {number}"
        (reviews / f"four-{number}.md").write_text(text.replace("title: Fourth", title), "utf-8")
    ticket = project / "manuscripts" / "anthologies" / "rides.yaml"
    listed = ", ".join(f"four-{number}" for number in range(5))
    ticket.write_text(ticket.read_text("utf-8").replace("five]", f"five, {listed}]"), "utf-8")
    assert call("offprints", "-C", project, "--person", "i-moreau")[0] == CLEAN
    folder = project / "build" / "rides" / "offprints"
    opening = pdf_text(folder / "i-moreau.pdf")
    assert "ISBN 978-3-16-148410-0." in opening[0]
    assert flat(opening[1]).startswith("Foreword")
    (form,) = pdf_text(folder / "i-moreau-proof.pdf")
    assert "Fourth, and a good many words after it, 4" in flat(form)
    for name in ("i-moreau.pdf", "i-moreau-proof.pdf"):
        assert [str(rule) for rule in verapdf(folder / name)] == []


def unpacked(path: Path) -> Iterator[bytes]:
    """All bytes of a volume: the file's own, and those of its packed parts."""
    import pikepdf

    yield path.read_bytes()
    if path.suffix == ".epub":
        yield from Book(path).files.values()
        return
    with pikepdf.open(path) as pdf:
        for element in pdf.objects:
            if isinstance(element, pikepdf.Stream):
                yield element.read_bytes()
            yield repr(element).encode()


def test_what_is_for_the_desk_alone_is_in_none(rides: Path) -> None:
    """Whom to write to, what was paid, where the letter lies."""
    markers = [word.encode() for word in ("marker-contact", "marker-fee", "marker-evidence")]
    markers += [marker.hex().encode() for marker in markers]
    for path in sorted((rides / "offprints").iterdir()):
        assert [m for m in markers for part in unpacked(path) if m in part] == [], path.name


# ── how they are made ────────────────────────────────────────────────────────────────────


def made(project: Path) -> dict[str, bytes]:
    """The offprints of the only anthology."""
    return contents(project / "build" / "rides" / "offprints")


def test_the_same_bytes_cold_and_warm_on_any_number_of_cores(rides: Path, tmp_path: Path) -> None:
    """Whether all, or one contributor's alone; and the volumes and their page are left alone."""
    wanted = {path.name: path.read_bytes() for path in (rides / "offprints").iterdir()}
    project = lay(tmp_path / "cold")
    for jobs in ("1", "2"):
        code, said, _ = call("offprints", "rides", "-C", project, "--json", "--jobs", jobs)
        assert code == CLEAN
        assert made(project) == wanted
        assert {Path(entry["path"]).name for entry in json.loads(said)["volumes"]} == set(wanted)
        shutil.rmtree(project / "build")
        shutil.rmtree(project / ".reelpress") if jobs == "1" else None
    assert call("offprints", "-C", project, "--person", "zoe-de-nobody", "-q")[:2] == (CLEAN, "")
    own = {name: data for name, data in wanted.items() if name.startswith("zoe-de-nobody")}
    assert made(project) == own
    assert len(own) == 3
    assert not (project / "build" / "index.html").exists()


def test_a_book_is_set_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many contribute; again, nothing is, and after `build` only what it has not."""
    project = lay(tmp_path / "project")
    asked: list[str] = []

    def counted(copy: Any, sheet: Any) -> Any:
        asked.append(copy.section.kind)
        return set_section(copy, sheet)

    monkeypatch.setattr("reelpress.bindery.setting.set_section", counted)
    assert call("build", "-C", project, "--only", "print", "--jobs", "1")[0] == CLEAN
    sections = len(asked)
    assert sections
    asked.clear()
    assert call("offprints", "-C", project, "--jobs", "1")[0] == CLEAN
    assert sorted(asked) == ["offprint"] * 4 + ["proof"] * 4
    asked.clear()
    assert call("offprints", "-C", project, "--jobs", "1")[0] == CLEAN
    assert asked == []
    shutil.rmtree(project / ".reelpress")
    assert call("offprints", "-C", project, "--jobs", "1")[0] == CLEAN
    assert len(asked) == sections + 8


def break_it(project: Path) -> None:
    """Give a review an error."""
    review = project / "manuscripts" / "reviews" / "five.md"
    text = review.read_text("utf-8").replace("title: Fifth", "title: Fifth\ndate: soon")
    review.write_text(text, encoding="utf-8")


def test_a_book_with_an_error_has_none(tmp_path: Path) -> None:
    """Exit code 3 and nothing written; as a draft all the same, each page marked."""
    project = lay(tmp_path / "project")
    break_it(project)
    code, said, _ = call("offprints", "-C", project)
    assert code == FINDINGS
    assert "five.md" in said
    assert "Nothing was bound" in said
    assert not (project / "build").exists()
    assert call("offprints", "-C", project, "--draft", "--person", "a-bell")[0] == FINDINGS
    assert made(project).keys() == {"a-bell.pdf", "a-bell.epub", "a-bell-proof.pdf"}
    for name in ("a-bell.pdf", "a-bell-proof.pdf"):
        pages = pdf_text(project / "build" / "rides" / "offprints" / name)
        texts = [text.replace(" ", "") for text in pages]  # pdfium parts spaced letters
        assert [page for page, text in enumerate(texts) if "DRAFT" not in text] == []
    epub = Book(project / "build" / "rides" / "offprints" / "a-bell.epub")
    assert [e.text for e in epub.opf("//dc:title")] == ["DRAFT: Ada Bell in Shared Rides"]
    assert [name for name in epub.spine() if "DRAFT" not in plain(epub.tree(name))] == []


def test_a_book_that_is_not_cleared_has_none(tmp_path: Path) -> None:
    """Though it be another's piece; as a draft it says so on every page."""
    project = lay(tmp_path / "project")
    review = project / "manuscripts" / "reviews" / "five.md"
    review.write_text(
        review.read_text("utf-8").replace("status: granted", "status: asked"), "utf-8"
    )
    code, said, _ = call("offprints", "-C", project, "--person", "a-bell")
    assert (code, "[R" in said) == (FINDINGS, True)
    assert not (project / "build").exists()
    assert call("offprints", "-C", project, "--draft", "--person", "a-bell")[0] == FINDINGS
    for name in ("a-bell.pdf", "a-bell-proof.pdf"):
        pages = pdf_text(project / "build" / "rides" / "offprints" / name)
        marked = ["NOTCLEARED" in text.replace(" ", "").replace("\r\n", "") for text in pages]
        assert all(marked)


def test_a_book_without_pages_is_cited_without(tmp_path: Path) -> None:
    """EPUBs and forms, no page numbers; and it is said (B009)."""
    project = lay(tmp_path / "project", volumes="{epub: {isbn: 978-0-306-40615-7}}")
    text = (project / "manuscripts" / "anthologies" / "rides.yaml").read_text("utf-8")
    ticket = project / "manuscripts" / "anthologies" / "rides.yaml"
    ticket.write_text(re.sub(r"^  (epub|print|large).*\n", "", text, flags=re.M), encoding="utf-8")
    code, said, _ = call("offprints", "-C", project, "--person", "c-dogan")
    assert (code, "[B009]" in said) == (CLEAN, True), said
    assert made(project).keys() == {"c-dogan.epub", "c-dogan-proof.pdf"}
    folder = project / "build" / "rides" / "offprints"
    opening = Book(folder / "c-dogan.epub")
    told = plain(opening.tree(opening.spine()[0]))
    assert told.endswith(f"{EDITORS}. ISBN 978-0-306-40615-7.")
    assert "page" not in flat(pdf_text(folder / "c-dogan-proof.pdf")[0]).split("back signed.")[1]


def test_the_ticket_says_whose_pages_are_cited(tmp_path: Path) -> None:
    """`pagination`; one that has no pages is an error."""
    project = lay(tmp_path / "project", pagination="large")
    assert call("offprints", "-C", project, "--person", "zoe-de-nobody")[0] == CLEAN
    assert call("build", "-C", project, "--only", "large")[0] == CLEAN
    build = project / "build" / "rides"
    book, alone = pdf_text(build / "rides-large.pdf"), build / "offprints" / "zoe-de-nobody.pdf"
    assert pdf_text(alone)[1] in book
    folio = labels(build / "rides-large.pdf")[book.index(pdf_text(alone)[1])]
    assert f"Small Press, 2026, page {folio}." in flat(pdf_text(alone)[0])
    ticket = project / "manuscripts" / "anthologies" / "rides.yaml"
    ticket.write_text(
        ticket.read_text("utf-8").replace("pagination: large", "pagination: epub"), "utf-8"
    )
    code, said, _ = call("check", "-C", project)
    assert (code, 'no volume with pages "epub". [H014]' in said) == (FINDINGS, True)


def test_two_with_one_file_name_are_told(tmp_path: Path) -> None:
    """A key that is another's name in plain letters: an error, and nothing is written over."""
    project = lay(tmp_path / "project")
    review = project / "manuscripts" / "reviews" / "five.md"
    review.write_text(review.read_text("utf-8").replace("Zoë de Nobody", "C. Dogan"), "utf-8")
    code, said, _ = call("offprints", "-C", project)
    assert code == FINDINGS
    assert 'The offprints of Cem Doğan and of C. Dogan would be one file, "c-dogan".' in said
    assert not (project / "build").exists()
    call("offprints", "-C", project, "--draft", "--person", "c-dogan")
    opening = pdf_text(project / "build" / "rides" / "offprints" / "c-dogan.pdf")[0]
    assert flat(opening).startswith("Cem Doğan")


def test_a_contributor_who_is_not_there(rides: Path) -> None:
    """Wrong usage, with the nearest key."""
    project = rides.parent.parent
    code, _, error = call("offprints", "-C", project, "--person", "a-bel")
    assert code == USAGE
    assert 'nothing by a-bel in rides; did you mean "a-bell"?' in error


def test_the_words_are_the_book_s(tmp_path: Path) -> None:
    """In French: what reelpress prints itself, on the title page and on the form."""
    project = lay(tmp_path / "project", language="fr")
    assert call("offprints", "-C", project, "--person", "i-moreau")[0] == CLEAN
    folder = project / "build" / "rides" / "offprints"
    assert "Tiré à part de Ada Bell et Cem Doğan (dir.)" in flat(
        pdf_text(folder / "i-moreau.pdf")[0]
    )
    form = spoken(folder / "i-moreau-proof.pdf")
    assert "Ayant droit Ines Moreau" in form
    assert "Bon à tirer après corrections" in form
    epub = Book(folder / "i-moreau.epub")
    assert [e.text for e in epub.opf("//dc:title")] == ["Ines Moreau dans Shared Rides"]


def test_a_layout_may_lack_the_templates(tmp_path: Path) -> None:
    """Then it says so, by the file that is missing."""
    project = lay(tmp_path / "project", layout="bare")
    own = shutil.copytree(
        Path(__file__).parent.parent / "layouts" / "classic", project / "layouts" / "bare"
    )
    (own / "sections" / "proof.html.j2").unlink()
    code, said, _ = call("offprints", "-C", project)
    assert code == FINDINGS
    assert "layouts/bare/sections/proof.html.j2" in said
    assert "[B004]" in said
    assert call("check", "-C", project)[0] == CLEAN


def test_the_specimen_s_are_clean(tmp_path: Path) -> None:
    """No finding, and both of its contributors are there."""
    project = shutil.copytree(SPECIMEN, tmp_path / "project")
    code, said, _ = call("offprints", "-C", project, "--json")
    told = json.loads(said)
    assert (code, told["findings"]) == (CLEAN, [])
    assert [entry["file"] for entry in told["volumes"]] == [
        f"offprints/{key}{ending}"
        for key in ("a-bell", "i-moreau")
        for ending in (".pdf", ".epub", "-proof.pdf")
    ]
