"""What readers get: the sample's volumes and a purpose-made anthology's, read back and judged.

The anthologies are built once a session, through the command line, for every module of tests
that asks (`bench`).
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
import zipfile
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
import yaml
from lxml import etree

from checkers import epubcheck, pdf_text, pdf_tree, verapdf

ROOT = Path(__file__).parent.parent
MANUSCRIPTS = ROOT / "manuscripts"
TICKETS = {
    path.stem: yaml.safe_load(path.read_text(encoding="utf-8"))
    for path in sorted((MANUSCRIPTS / "anthologies").glob("*.yaml"))
}
PEOPLE = yaml.safe_load((MANUSCRIPTS / "people.yaml").read_text(encoding="utf-8"))
HOUSE = yaml.safe_load((MANUSCRIPTS / "imprint.yaml").read_text(encoding="utf-8"))


# ── building, once ───────────────────────────────────────────────────────────────────────


def reelpress(
    *arguments: str | Path, cwd: Path | None = None, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Call the command line as a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "reelpress", *map(str, arguments)],
        cwd=cwd or ROOT / "tests",
        env={**os.environ, "PYTHONPATH": str(ROOT / "src"), **environment},
        capture_output=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )


def bench(factory: pytest.TempPathFactory, what: str) -> Path:
    """The folder of something built once a session, whichever worker comes first.

    `epubs`: the sample's EPUBs, which need only Python; `sample`: all its volumes; `trying`:
    those of the purpose-made anthology.
    """
    base = factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        base = base.parent
    folder, done = base / f"bench-{what}", base / f"bench-{what}.done"
    try:
        folder.mkdir()
    except FileExistsError:
        for _ in range(2400):
            if done.exists():
                break
            time.sleep(0.1)
    else:
        try:
            said = _build(what, folder)
        finally:
            done.touch()
        done.write_text(said, encoding="utf-8")
    said = done.read_text(encoding="utf-8")
    assert said == "0", f"{what} was not built: {said}"
    return folder


def _build(what: str, folder: Path) -> str:
    project = ROOT
    if what == "trying":
        project = folder / "project"
        trying_project(project)
    options = ["--only", "epub"] if what == "epubs" else []
    done = reelpress("build", "-C", project, "--out", folder, *options)
    return "0" if done.returncode == 0 else f"{done.stdout}{done.stderr}"


@pytest.fixture(scope="session")
def epubs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """build/ with the sample's EPUBs."""
    return bench(tmp_path_factory, "epubs")


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """build/ with all of the sample's volumes."""
    return bench(tmp_path_factory, "sample")


@pytest.fixture(scope="session")
def trying(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """build/ with the volumes of the purpose-made anthology."""
    return bench(tmp_path_factory, "trying")


# ── an anthology that holds everything difficult ─────────────────────────────────────────

TRYING = {
    "manuscripts/imprint.yaml": "name: Trying & Sons\nlanguage: en-GB\n",
    "manuscripts/people.yaml": """\
a-b:
  name: Ann “Bee” Blythe
  sort: Blythe, Ann
  bio: |
    Writes *slowly*.

    Has two paragraphs, and <https://ann.example/>.
c-d: {name: Cem Doğan, sort: "Doğan, Cem"}
""",
    "manuscripts/anthologies/trying.yaml": """\
title: Trying Times & “Others”
subtitle: All that is <difficult>
editors: [{name: c-d, role: edt}, {name: a-b, role: edt}]
language: en-GB
issued: 2026-02-28
revised: 2026-03-01
parts:
  - {title: One, reviews: [lists, notes]}
  - {title: Two, reviews: [shapes, titles, right-to-left, bare]}
volumes:
  epub: {isbn: 978-3-16-148410-0}
  print: {trim: 140x216mm}
""",
    "manuscripts/reviews/lists.md": """\
---
title: Lists
film: {title: Ordinary People, year: 1980, directors: [Robert Redford]}
reviewer: [{name: a-b}, {name: c-d, role: trl}]
rating: ★★★½
---
- A tight one,
- with two items.

Then a loose one:

1. The first has a paragraph.

   And a second paragraph.

2. The second nests:

    - inner *tight*
    - inner two

        1. innermost, loose

        2. innermost, second

3. The third has a quotation:

    > Quoted inside an item.

    and text after it.

- Loose with a [link with *emphasis and **strength** inside* it](https://example.org/a?b=c&d=e).

- Loose with a note.[^in-list]

Term
:   Its definition, with *emphasis*.

Another
:   First paragraph.

    Second paragraph.

:   A second definition.

[^in-list]: Called from a loose list.
""",
    "manuscripts/reviews/notes.md": """\
---
title: Notes
film: {title: Blow-Up, year: 1966, directors: [Michelangelo Antonioni]}
reviewer: a-b
rating: 8/10
---
Called once[^1] and called twice,[^two] then again[^two] in one paragraph.

> In a block quote.[^quote]

| Where | What |
|:------|-----:|
| A cell[^cell] | 12 |
| Another | 3 |

## A heading with a note[^head]

*Emphasis with a note inside[^em] it* and a link to [Lists](review:lists) and to [a note](#n1).

[^1]: The first note.

    It has a second paragraph.

    - and a list
    - of two

    > And a quotation.

[^two]: Called twice, and calls another.[^deep]

[^quote]: From a quotation, with *emphasis* and `code`.

[^cell]: From a table.

[^head]: From a heading.

[^em]: From inside emphasis, with a link: <https://example.org/>.

[^deep]: Called from a note.
""".replace(" and to [a note](#n1)", ""),
    "manuscripts/reviews/shapes.md": """\
---
title: Shapes
film: {title: The Fountainhead, year: 1949, directors: [King Vidor]}
reviewer: Nobody Listed
rating: B+
first_published: {outlet: The Trying *Times*, date: 2019-05, url: "https://times.example/a_b"}
rights: {holder: [a-b], year: 2019, licence: CC-BY-SA-4.0}
spoilers: true
abridged: true
---
![A grey square](../images/square.png "The caption, with “quotes”.")

Text with ![an inline square](../images/square.png) inside.

![A drawing of a circle](../images/circle.svg)

```python
for it in range(3):
    print("straight quotes -- stay", it < 2 & 1)
```

    indented code -- too

Inline `code "straight"` and a very long address,
https://example.org/a/very/long/address/that/does/not/break/anywhere/at/all/and/goes/on/and/on.html
that stands in the text, and the same as a link:
<https://example.org/a/very/long/address/that/does/not/break/anywhere/at/all/and/goes/on.html>.

Anunbreakablewordofmorethanonehundredlettersthatnohyphenatorknowswhattodowithandthatmustnotrunoffthepageanywhere
ends.

| A table | with numbers | and long cells |
|---------|-------------:|:--------------:|
| one | 1,000 | A cell with so much text in it that it has to be broken into several lines |
| two | 20 | `code` and *emphasis* and a [link](https://example.org/) |
| three | 3 | |

* * *

### A third-level heading first

Some text.

## Then a second-level one

Some <sub>low</sub> and <sup>high</sup>, <kbd>Ctrl</kbd>, <mark>marked</mark>, a<br>break,
<ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby> and <abbr title="Motion Picture">MP</abbr>.

> A quotation of two paragraphs.
>
> > With another inside.
>
> - and a loose list
>
> - in it
""",
    "manuscripts/reviews/titles.md": """\
---
title: "Titles: 東京物語 & “Сталкер”"
film:
  title: Tokyo Story
  original_title: {text: Сталкер, language: ru, romanised: Stalker}
  year: 1953
  directors: [Yasujirō Ozu]
  cast: [Chishū Ryū, Chieko Higashiyama]
reviewer: c-d
rating: 4.5/5
language: fr
---
Elle dit : « Oui ! » puis "non" ; et voilà l'été.

<p lang="de">Er sagt "ja" und geht.</p>

Le mot <i lang="el">ομίχλη</i> veut dire brume.
""",
    "manuscripts/reviews/right-to-left.md": """\
---
title: From Right to Left
film:
  title: The Cow
  original_title: {text: گاو, language: fa, romanised: Gaav}
  year: 1969
reviewer: c-d
---
The title is <bdi lang="fa" dir="rtl">گاو</bdi>, and in Japanese <span lang="ja">牛</span>.
""",
    "manuscripts/reviews/bare.md": """\
---
film: Bare
reviewer: a-b
---
One sentence. A note without a call follows.

[^never]: Never called.
""",
}
"""What may be written, however rarely; warnings (missing glyphs) are allowed, errors are not."""

CIRCLE = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40">'
    '<circle cx="20" cy="20" r="18" fill="none" stroke="#333"/></svg>'
)


def trying_project(folder: Path) -> None:
    """Write the purpose-made anthology into a folder."""
    from PIL import Image

    for name, text in TRYING.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    images = folder / "manuscripts" / "images"
    images.mkdir()
    Image.new("L", (64, 64), 128).save(images / "square.png")
    (images / "circle.svg").write_text(CIRCLE, encoding="utf-8")


# ── reading an EPUB ──────────────────────────────────────────────────────────────────────

NS = {
    "h": "http://www.w3.org/1999/xhtml",
    "e": "http://www.idpf.org/2007/ops",
    "o": "http://www.idpf.org/2007/opf",
    "dc": "http://purl.org/dc/elements/1.1/",
    "n": "http://www.daisy.org/z3986/2005/ncx/",
    "c": "urn:oasis:names:tc:opendocument:xmlns:container",
}
EPUB_TYPE = f"{{{NS['e']}}}type"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


class Book:
    """An EPUB's files, parsed when asked for."""

    def __init__(self, path: Path) -> None:
        with zipfile.ZipFile(path) as packed:
            self.order = packed.namelist()
            self.files = {name: packed.read(name) for name in self.order}
            self.stored = {i.filename for i in packed.infolist() if not i.compress_type}
        (self.package,) = self.select("META-INF/container.xml", "//c:rootfile/@full-path")
        self.base = PurePosixPath(str(self.package)).parent

    def tree(self, name: str) -> etree._Element:
        """One of its XML files."""
        return etree.fromstring(self.files[name], etree.XMLParser(resolve_entities=False))

    def select(self, name: str, path: str) -> list[Any]:
        """What an XPath finds in one of its files."""
        found = self.tree(name).xpath(path, namespaces=NS)
        assert isinstance(found, list)
        return found

    def opf(self, path: str) -> list[Any]:
        """What an XPath finds in its package document."""
        return self.select(str(self.package), path)

    def spine(self) -> list[str]:
        """The documents in reading order."""
        manifest = {item.get("id"): item.get("href") for item in self.opf("//o:item")}
        return [str(self.base / manifest[i]) for i in self.opf("//o:itemref/@idref")]

    def refined(self, own: str, what: str) -> list[str]:
        """What the package says further of one of its elements."""
        return [m.text for m in self.opf(f"//o:meta[@refines='#{own}'][@property='{what}']")]

    def section(self, slug: str) -> etree._Element:
        """A review's section."""
        (name,) = (n for n in self.files if n.endswith(f"/r-{slug}.xhtml"))
        return self.tree(name)


def resolved(name: str, address: str) -> tuple[str, str]:
    """The file and the id that a link in the file `name` leads to."""
    file, _, fragment = address.partition("#")
    if not file:
        return name, unquote(fragment)
    parts: list[str] = []
    for part in (PurePosixPath(name).parent / unquote(file)).parts:
        parts = parts[:-1] if part == ".." else [*parts, part]
    return "/".join(parts), unquote(fragment)


@cache
def book(path: Path) -> Book:
    """An EPUB, read once."""
    return Book(path)


def plain(node: etree._Element) -> str:
    """All the text in an element, white space folded."""
    return " ".join("".join(str(t) for t in node.itertext()).split())


@pytest.fixture(params=list(TICKETS))
def ticket(request: pytest.FixtureRequest) -> str:
    """Each of the sample's anthologies."""
    return str(request.param)


@pytest.fixture
def epub(epubs: Path, ticket: str) -> Book:
    """Each of the sample's EPUBs."""
    return book(epubs / ticket / f"{ticket}.epub")


def selected(name: str) -> list[str]:
    """The slugs that a ticket of the sample lists, in order."""
    ticket = TICKETS[name]
    groups = [part["reviews"] for part in ticket["parts"]] if "parts" in ticket else [ticket]
    return [
        slug for group in groups for slug in (group["reviews"] if group is ticket else group)
    ]


def front_matter(slug: str) -> dict[str, Any]:
    """What a review of the sample says of itself."""
    text = (MANUSCRIPTS / "reviews" / f"{slug}.md").read_text(encoding="utf-8")
    header = yaml.safe_load(text.split("---\n")[1])
    assert isinstance(header, dict)
    return header


def curly(text: str) -> str:
    """A name or title as it is printed."""
    return text.replace("'", "’")


# ── EPUB: the package ────────────────────────────────────────────────────────────────────


def test_an_epub_is_a_zip_as_the_format_has_it(epub: Book) -> None:
    """mimetype first and stored; every file that is listed is there, and the other way round."""
    assert epub.order[0] == "mimetype"
    assert "mimetype" in epub.stored
    assert epub.files["mimetype"] == b"application/epub+zip"
    listed = {str(epub.base / unquote(href)) for href in epub.opf("//o:manifest/o:item/@href")}
    own = {"mimetype", "META-INF/container.xml", str(epub.package)}
    assert listed == set(epub.order) - own
    assert len(epub.order) == len(set(epub.order))


def test_ids_are_unique_in_every_file(epub: Book) -> None:
    """In the package as in each section; and no section's id is another's."""
    seen: Counter[str] = Counter()
    for name in epub.order:
        if name.endswith((".opf", ".xhtml", ".ncx")):
            ids = [str(i) for i in epub.select(name, "//@id")]
            assert len(ids) == len(set(ids)), name
            if "/text/" in name:
                seen.update(ids)
    assert [own for own, count in seen.items() if count > 1] == []


def test_every_person_is_named_with_a_role(epub: Book, ticket: str) -> None:
    """Editors as creators, everyone else who wrote as contributors; each with name for filing."""
    told = set()
    for person in epub.opf("//dc:creator | //dc:contributor"):
        kind = etree.QName(person).localname
        (role,) = epub.refined(person.get("id"), "role")
        (filed,) = epub.refined(person.get("id"), "file-as")
        told.add((kind, person.text, role, filed))
    wanted = set()
    for key in TICKETS[ticket].get("editors", []):
        wanted.add(("creator", curly(PEOPLE[key]["name"]), "edt", PEOPLE[key]["sort"]))
    keys = {front_matter(slug)["reviewer"] for slug in selected(ticket)}
    for key in keys:
        wanted.add(("contributor", curly(PEOPLE[key]["name"]), "aut", PEOPLE[key]["sort"]))
    # Typographic apostrophes may stand in what is filed too.
    assert {(*t[:3], curly(t[3])) for t in told} >= {(*w[:3], curly(w[3])) for w in wanted}


def test_no_person_is_named_twice_with_one_role(epub: Book) -> None:
    """One element for each person and role."""
    people = [
        (person.text, *epub.refined(person.get("id"), "role"))
        for person in epub.opf("//dc:creator | //dc:contributor")
    ]
    assert len(people) == len(set(people))


def test_the_package_says_what_the_ticket_says(epub: Book, ticket: str) -> None:
    """Title and subtitle, language, publisher, description, subjects, dates."""
    said = TICKETS[ticket]
    titles = {epub.refined(t.get("id"), "title-type")[0]: t.text for t in epub.opf("//dc:title")}
    assert titles["main"] == said["title"]
    assert titles.get("subtitle") == said.get("subtitle")
    language = said.get("language", HOUSE["language"])
    assert [e.text for e in epub.opf("//dc:language")] == [language]
    assert epub.opf("/o:package/@xml:lang") == [language]
    assert [e.text for e in epub.opf("//dc:publisher")] == [HOUSE["name"]]
    assert [e.text for e in epub.opf("//dc:subject")] == said.get("subjects", [])
    if "description" in said:
        (description,) = epub.opf("//dc:description")
        assert " ".join(description.text.split()) == " ".join(said["description"].split())


def test_the_only_dates_are_the_tickets(epub: Book, ticket: str) -> None:
    """dcterms:modified is the day of issue (or of the newest review), never the clock's."""
    issued = str(TICKETS[ticket].get("issued") or "")
    if not issued:
        issued = max(str(front_matter(slug)["date"]) for slug in selected(ticket))
    (modified,) = epub.opf("//o:meta[@property='dcterms:modified']")
    assert modified.text.split("T")[0] == issued
    assert [e.text for e in epub.opf("//dc:date")] == [issued]


def test_the_identifier_is_the_package_s_own(epub: Book) -> None:
    """One identifier, to which the package's unique-identifier points, as does the NCX."""
    (identifier,) = epub.opf("//dc:identifier[@id=/o:package/@unique-identifier]")
    assert re.fullmatch(r"urn:(uuid:[0-9a-f-]{36}|isbn:\d{13})", identifier.text)
    (ncx,) = (n for n in epub.order if n.endswith(".ncx"))
    assert epub.select(ncx, "//n:meta[@name='dtb:uid']/@content") == [identifier.text]


def test_there_is_a_cover(epub: Book) -> None:
    """A picture of a shop's size, told to EPUB 3 readers and to old ones, and a page with it."""
    from io import BytesIO

    from PIL import Image

    (item,) = epub.opf("//o:item[contains(@properties, 'cover-image')]")
    assert epub.opf("//o:meta[@name='cover']/@content") == [item.get("id")]
    picture = Image.open(BytesIO(epub.files[str(epub.base / item.get("href"))]))
    assert picture.height >= 1600
    assert picture.height > picture.width
    (image,) = epub.select(epub.spine()[0], "//h:img")
    assert resolved(epub.spine()[0], image.get("src"))[0] == str(epub.base / item.get("href"))
    assert image.get("alt")


def test_what_a_screen_reader_can_expect_is_said(epub: Book) -> None:
    """The properties that EPUB Accessibility 1.1 asks for."""
    told = {str(p).removeprefix("schema:") for p in epub.opf("//o:meta/@property")}
    assert told >= {
        "accessMode",
        "accessModeSufficient",
        "accessibilityFeature",
        "accessibilityHazard",
        "accessibilitySummary",
    }


# ── EPUB: ways through the book ──────────────────────────────────────────────────────────


def test_every_link_leads_somewhere(epub: Book) -> None:
    """To a file of the book and an id in it, or out to the web; nothing is fetched from there."""
    ids = {
        name: {str(i) for i in epub.select(name, "//@id")}
        for name in epub.order
        if name.endswith(".xhtml")
    }
    lost = []
    for name in ids:
        for address in map(str, epub.select(name, "//@href | //@src")):
            if urlsplit(address).scheme in ("https", "http", "mailto"):
                continue
            file, own = resolved(name, address)
            if file not in epub.files or (own and own not in ids[file]):
                lost.append((name, address))
        remote = epub.select(name, "//@src[contains(., ':')] | //h:link/@href[contains(., ':')]")
        assert remote == [], name
    assert lost == []


def toc(epub: Book) -> list[tuple[int, str, str]]:
    """The table of contents in nav.xhtml: depth, text, file."""
    (nav,) = (str(epub.base / h) for h in epub.opf("//o:item[@properties='nav']/@href"))
    lines = epub.select(nav, "//h:nav[@e:type='toc']//h:li/h:a")
    return [
        (
            sum(a.tag == f"{{{NS['h']}}}ol" for a in line.iterancestors()),
            plain(line[0]) if len(line) else plain(line),
            resolved(nav, line.get("href"))[0],
        )
        for line in lines
    ]


def test_the_contents_are_the_reviews_in_their_order(epub: Book, ticket: str) -> None:
    """Parts with their reviews below them, by the titles that are printed."""
    slugs = selected(ticket)
    wanted = [curly(str(front_matter(slug)["title"])) for slug in slugs]
    told = [(text, file) for _, text, file in toc(epub) if "/r-" in file]
    assert [text for text, _ in told] == wanted
    assert [PurePosixPath(file).stem for _, file in told] == [f"r-{slug}" for slug in slugs]
    parts = [(d, text) for d, text, file in toc(epub) if "/part-" in file]
    assert parts == [(1, part["title"]) for part in TICKETS[ticket].get("parts", [])]
    depths = {depth for depth, _, file in toc(epub) if "/r-" in file}
    assert depths == {2 if parts else 1}


def test_the_contents_follow_the_reading_order(epub: Book) -> None:
    """As readers turn pages, so they come by the lines of the contents."""
    files = [file for _, _, file in toc(epub)]
    assert files == [file for file in epub.spine() if file in files]


def test_old_readers_get_the_same_contents(epub: Book) -> None:
    """The NCX says what nav.xhtml says."""
    (ncx,) = (n for n in epub.order if n.endswith(".ncx"))
    points = epub.select(ncx, "//n:navPoint")
    told = [
        (
            1 + sum(a.tag == f"{{{NS['n']}}}navPoint" for a in point.iterancestors()),
            point.findtext("n:navLabel/n:text", namespaces=NS),
            resolved(ncx, point.find("n:content", namespaces=NS).get("src"))[0],
        )
        for point in points
    ]
    assert told == toc(epub)
    orders = [int(point.get("playOrder")) for point in points if point.get("playOrder")]
    assert orders == sorted(orders)


def test_landmarks_are_there(epub: Book) -> None:
    """Cover, contents and the start of the text, each leading to a section of that kind."""
    (nav,) = (str(epub.base / h) for h in epub.opf("//o:item[@properties='nav']/@href"))
    marks = {
        a.get(EPUB_TYPE): resolved(nav, a.get("href"))[0]
        for a in epub.select(nav, "//h:nav[@e:type='landmarks']//h:a")
    }
    assert marks.keys() >= {"cover", "toc", "bodymatter"}
    body = [name for name in epub.spine() if "/r-" in name or "/part-" in name]
    assert marks["bodymatter"] == body[0]


def test_languages_are_said(epub: Book) -> None:
    """On every document and on every foreign title, for voices and hyphenation alike."""
    for name in epub.spine():
        root = epub.tree(name)
        assert root.get("lang"), name
        assert root.get("lang") == root.get(XML_LANG), name
        for element in root.iter():
            assert element.get("lang") == element.get(XML_LANG), name


def test_original_titles_keep_their_script(epub: Book, ticket: str) -> None:
    """Each with its own language."""
    for slug in selected(ticket):
        original = front_matter(slug)["film"].get("original_title")
        if not isinstance(original, dict):
            continue
        section = epub.section(slug)
        found = section.xpath(
            ".//h:header//h:span[@lang=$lang]", namespaces=NS, lang=original["language"]
        )
        assert isinstance(found, list)
        assert [plain(e) for e in found if isinstance(e, etree._Element)] == [original["text"]]


def notes_of(root: etree._Element) -> tuple[list[etree._Element], dict[str, etree._Element]]:
    """A section's calls, and its notes by id."""
    calls = [a for a in root.iter(f"{{{NS['h']}}}a") if a.get(EPUB_TYPE) == "noteref"]
    notes = {
        a.get("id", ""): a
        for a in root.iter(f"{{{NS['h']}}}aside")
        if a.get(EPUB_TYPE) == "footnote"
    }
    return calls, notes


def check_notes(epub: Book, name: str) -> None:
    """Every call has its note in the same section, and every note leads back to its call."""
    calls, notes = notes_of(epub.tree(name))
    targets = [resolved(name, call.get("href", "")) for call in calls]
    assert {file for file, _ in targets} <= {name}
    assert {own for _, own in targets} == notes.keys()
    own_ids = {call.get("id") for call in calls}
    for note in notes.values():
        backs = [a for a in note.iter(f"{{{NS['h']}}}a") if a.get("role") == "doc-backlink"]
        assert len(backs) >= 1
        for back in backs:
            file, own = resolved(name, back.get("href", ""))
            assert file == name
            assert own in own_ids
        assert note.get("role") == "doc-footnote"
    for call in calls:
        assert call.get("role") == "doc-noteref"
        assert plain(call)


def test_notes_pop_up_and_lead_back(epub: Book) -> None:
    """Calls are noterefs, notes are footnote asides with a way back, within one review."""
    counted = 0
    for name in epub.spine():
        check_notes(epub, name)
        counted += len(notes_of(epub.tree(name))[0])
    assert counted > 0


def test_no_mark_of_the_galley_is_left(epub: Book) -> None:
    """data-at and its like are for findings, not for readers."""
    for name in epub.spine():
        marks = [
            str(key)
            for element in epub.tree(name).iter()
            for key in element.attrib
            if str(key).startswith("data-")
        ]
        assert marks == [], name
