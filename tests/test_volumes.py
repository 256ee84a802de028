"""What readers get: the sample's volumes and a purpose-made anthology's, read back and judged.

The anthologies are built once a session, through the command line, for every module of tests
that asks (`bench`).
"""

from __future__ import annotations

import os
import re
import shutil
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
    those of the purpose-made anthology; `hands`: the project of tests/hands, with its volumes in
    its own build/; `tongues-es` and `tongues-he`: those of tests/tongues, in the same way; with
    `-epubs` behind it: the same, with its EPUBs alone.
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
    project, out = ROOT, folder
    if what == "trying":
        project = folder / "project"
        trying_project(project)
    elif what.startswith(("hands", "tongues")):
        project, out = folder, folder / "build"
        source = ROOT / "tests" / what.removesuffix("-epubs").replace("-", "/")
        for name in ("manuscripts", "layouts"):
            if (source / name).is_dir():
                shutil.copytree(source / name, folder / name)
    options = ["--only", "epub"] if what.endswith("epubs") else []
    done = reelpress("build", "-C", project, "--out", out, *options)
    return "0" if done.returncode == 0 else f"{done.stdout}{done.stderr}"


# ── an anthology that holds everything difficult ─────────────────────────────────────────

TRYING = {
    "manuscripts/imprint.yaml": """\
name: Trying & Sons
language: en-GB
defaults: {rights: {holder: Trying & Sons, status: own}}
""",
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
  - {title: Two, reviews: [shapes, titles, bare]}
volumes:
  epub: {isbn: 978-3-16-148410-0}
  print: {trim: 140x216mm}
""",
    "manuscripts/anthologies/scripts.yaml": """\
title: "Scripts: 東京物語"
reviews: [right-to-left]
issued: 2026-03-01
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
rights:
  {holder: [a-b], year: 2019, licence: CC-BY-SA-4.0, status: granted, date: 2019-06-01}
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
<ruby>K<rp>(</rp><rt>kan</rt><rp>)</rp></ruby> and <abbr title="Motion Picture">MP</abbr>.

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
title: "Titles: Ἀλέξανδρος & “Сталкер”"
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
    """The slugs that a ticket of the sample lists, or selects, in order."""
    ticket = TICKETS[name]
    if "parts" in ticket:
        return [slug for part in ticket["parts"] for slug in part["reviews"]]
    # Small Hours: what plays at night, in English, oldest first. No rating there is below 3/5.
    assert ticket["select"] == {"tags": "night", "rating": ">= 3/5", "language": "en"}
    assert ticket["order"] == {"by": ["film.year"]}
    headers = {p.stem: front_matter(p.stem) for p in (MANUSCRIPTS / "reviews").glob("*.md")}
    nightly = {
        slug: header["film"]["year"] if isinstance(header["film"], dict) else header["year"]
        for slug, header in headers.items()
        if "night" in header["tags"] and header.get("language", "en")[:2] == "en"
    }
    return sorted(nightly, key=lambda slug: nightly[slug])


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


ROLES = {"translator": "trl", "cover designer": "cov", "illustrator": "ill"}


def credited(said: Any, role: str = "aut") -> Iterator[tuple[str, str, str, str]]:
    """(key, name as printed, as filed, role) of everyone whom a header names."""
    for one in said if isinstance(said, list) else [said]:
        name, code = (one["name"], ROLES[one["role"]]) if isinstance(one, dict) else (one, role)
        key = next(
            key
            for key, person in PEOPLE.items()
            if name in (key, *person.get("variants", []), *person.get("pen_names", []))
        )
        if name in PEOPLE[key].get("pen_names", []):
            given, _, family = name.rpartition(" ")
            yield key, name, f"{family}, {given}", code
        else:
            yield key, curly(PEOPLE[key]["name"]), PEOPLE[key]["sort"], code


def everyone(ticket: str) -> list[tuple[str, str, str, str]]:
    """Editors first, then those who made the edition, then the reviewers, as `credited`."""
    said = TICKETS[ticket]
    others = [*credited(said.get("contributors", []))]
    pieces = [
        each for slug in selected(ticket) for each in credited(front_matter(slug)["reviewer"])
    ]
    return [*credited(said.get("editors", []), "edt"), *others, *pieces]


def test_every_person_is_named_with_a_role(epub: Book, ticket: str) -> None:
    """Editors as creators, everyone else who wrote as contributors; each with name for filing."""
    told = set()
    for person in epub.opf("//dc:creator | //dc:contributor"):
        kind = etree.QName(person).localname
        (filed,) = epub.refined(person.get("id"), "file-as")
        told |= {(kind, person.text, r, filed) for r in epub.refined(person.get("id"), "role")}
    wanted = set()
    editors = [name for _, name, _, role in everyone(ticket) if role == "edt"]
    for _, name, sort, role in everyone(ticket):
        wanted.add(("creator" if name in editors else "contributor", name, role, sort))
    # Typographic apostrophes may stand in what is filed too.
    assert {(*t[:3], curly(t[3])) for t in told} >= {(*w[:3], curly(w[3])) for w in wanted}


def test_no_person_is_named_twice(epub: Book) -> None:
    """One element for each, with each role once."""
    people = epub.opf("//dc:creator | //dc:contributor")
    assert len({person.text for person in people}) == len(people)
    for person in people:
        roles = epub.refined(person.get("id"), "role")
        assert len(set(roles)) == len(roles) > 0


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
        fetched = "//@src[contains(., ':')] | //h:link[not(@rel='license')]/@href[contains(., ':')]"
        remote = epub.select(name, fetched)
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
        film = front_matter(slug)["film"]
        original = film.get("original_title") if isinstance(film, dict) else None
        if not isinstance(original, dict):
            continue
        section = epub.section(slug)
        found = section.xpath(
            ".//h:header//h:bdi[@lang=$lang]", namespaces=NS, lang=original["language"]
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


# ── PDF ──────────────────────────────────────────────────────────────────────────────────


def pdf_of(build: Path, name: str) -> Path:
    """The printed volume of one of the sample's anthologies."""
    return build / name / f"{name}-print.pdf"


def labels(path: Path) -> list[str]:
    """What is printed as each page's number."""
    import pikepdf

    with pikepdf.open(path) as pdf:
        return [str(page.label) for page in pdf.pages]


def pdf_outline(path: Path) -> list[tuple[int, str, int]]:
    """The bookmarks: depth, text, page (from 1)."""
    import pypdfium2

    with pypdfium2.PdfDocument(path) as document:
        found = []
        for mark in document.get_toc():
            dest = mark.get_dest()
            assert dest is not None, mark.get_title()
            found.append((mark.level + 1, str(mark.get_title()), int(dest.get_index()) + 1))
        return found


def structure(path: Path) -> Iterator[Any]:
    """Every structure element of a tagged PDF, as pikepdf has it, with the file open."""
    import pikepdf

    def below(element: Any) -> Iterator[Any]:
        kids = element.get("/K")
        for kid in list(kids) if isinstance(kids, pikepdf.Array) else [kids]:
            if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                yield kid
                yield from below(kid)

    with pikepdf.open(path) as pdf:
        yield from below(pdf.Root.StructTreeRoot)


def kinds_of_kids(element: Any) -> list[str]:
    """The types of the elements directly in one."""
    import pikepdf

    kids = element.get("/K")
    return [
        str(kid.S)
        for kid in (list(kids) if isinstance(kids, pikepdf.Array) else [kids])
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid
    ]


def annotated(element: Any) -> int:
    """How many annotations are directly in an element."""
    import pikepdf

    kids = element.get("/K")
    return sum(
        isinstance(kid, pikepdf.Dictionary) and "/Obj" in kid
        for kid in (list(kids) if isinstance(kids, pikepdf.Array) else [kids])
    )


def opening_pages(build: Path, name: str) -> dict[str, int]:
    """Review -> the page (from 1) to which its bookmark leads."""
    by_title = {text: page for _, text, page in pdf_outline(pdf_of(build, name))}
    return {slug: by_title[curly(str(front_matter(slug)["title"]))] for slug in selected(name)}


@pytest.fixture
def printed(sample: Path, ticket: str) -> Path:
    """Each of the sample's PDFs."""
    return pdf_of(sample, ticket)


@pytest.mark.checkers
def test_pages_have_the_ticket_s_trim_size(printed: Path, ticket: str) -> None:
    """Every page of them, media box and all; 6 × 9 in where the ticket says nothing."""
    import pikepdf

    trim = TICKETS[ticket].get("volumes", {}).get("print", {}).get("trim", "6x9")
    width, height = (72 * float(side) for side in trim.split("x"))
    with pikepdf.open(printed) as pdf:
        assert {tuple(map(float, page.mediabox)) for page in pdf.pages} == {(0, 0, width, height)}
        assert {tuple(map(float, page.trimbox)) for page in pdf.pages} == {(0, 0, width, height)}


@pytest.mark.checkers
def test_a_pdf_says_its_title_language_and_authors(printed: Path, ticket: str) -> None:
    """Each author once, and the title shown instead of the file's name."""
    import pikepdf

    said = TICKETS[ticket]
    with pikepdf.open(printed) as pdf:
        root: Any = pdf.Root
        assert str(root.Lang) == said.get("language", HOUSE["language"])
        assert bool(root.ViewerPreferences.DisplayDocTitle)
        assert bool(root.MarkInfo.Marked)
        assert str(pdf.docinfo["/Title"]) == said["title"]
        authors = str(pdf.docinfo["/Author"]).split(", ")
        with pdf.open_metadata() as metadata:
            assert metadata["dc:title"] == said["title"]
            assert str(metadata["pdfuaid:part"]) == "1"
    wrote = {name for _, name, _, role in everyone(ticket) if role in ("edt", "aut")}
    assert set(authors) == wrote
    assert len(authors) == len(set(authors))


@pytest.mark.checkers
def test_the_outline_is_the_contents(printed: Path, ticket: str, epubs: Path) -> None:
    """Bookmarks say what the EPUB's contents say, as deep."""
    epub = book(epubs / ticket / f"{ticket}.epub")
    assert [(d, t) for d, t, _ in pdf_outline(printed)] == [(d, t) for d, t, _ in toc(epub)]
    pages = [page for _, _, page in pdf_outline(printed)]
    assert pages == sorted(pages)


@pytest.mark.checkers
def test_folios_are_roman_then_arabic(printed: Path) -> None:
    """The body begins with 1, on the right."""
    told = labels(printed)
    first = told.index("1")
    assert first % 2 == 0
    roman = "i ii iii iv v vi vii viii ix x xi xii xiii xiv xv xvi xvii xviii xix xx".split()
    assert told[:first] == roman[:first]
    assert told[first:] == [str(n) for n in range(1, len(told) - first + 1)]


@pytest.mark.checkers
def test_the_contents_print_the_pages_on_which_pieces_open(printed: Path) -> None:
    """The number in the contents is the label of the page to which the bookmark leads."""
    told = labels(printed)
    outline = {text: (page, told[page - 1]) for _, text, page in pdf_outline(printed)}
    (start,) = (page for text, (page, _) in outline.items() if text == "Contents")
    end = min(page for page, _ in outline.values() if page > start)
    entries: list[str] = []
    for element in pdf_tree(printed):
        if start <= element.page < end:
            if element.type == "LI":
                entries.append("")
            elif entries:
                entries[-1] += element.text
    assert entries
    wanted = {text: label for text, (page, label) in outline.items() if page >= end}
    printed_as = {}
    for entry in entries:
        flat = " ".join(entry.split())
        (title,) = (
            text
            for text, label in wanted.items()
            if flat.startswith((f"{label} {text}", f"{text} {label}")) or f" {text}" in flat[:80]
        )
        before, after = flat.split(title, 1)
        printed_as[title] = (before or after).split()[0]
    assert printed_as == wanted


@pytest.mark.checkers
def test_reviews_have_a_heading_and_open_a_page(sample: Path, ticket: str) -> None:
    """One H1, the review's title, first on the page that the bookmark leads to."""
    path = pdf_of(sample, ticket)
    tree = pdf_tree(path)
    for slug, page in opening_pages(sample, ticket).items():
        here = [e for e in tree if e.page == page]
        heads = [i for i, e in enumerate(here) if e.type == "H1"]
        assert len(heads) == 1, slug
        rest = here[heads[0] :]
        deeper = next((i for i, e in enumerate(rest[1:], 1) if e.depth <= rest[0].depth), None)
        text = " ".join("".join(e.text for e in rest[:deeper]).split())
        assert text == curly(str(front_matter(slug)["title"]))
        assert not "".join(e.text for e in here[: heads[0]]).strip(), slug


@pytest.mark.checkers
def test_heads_and_folios_stand_where_they_should(sample: Path, ticket: str) -> None:
    """Left the folio and the book's title, right the piece's title and the folio; where a piece
    opens, the folio alone."""
    path = pdf_of(sample, ticket)
    told, texts = labels(path), pdf_text(path)
    openings = sorted(opening_pages(sample, ticket).items(), key=lambda opening: opening[1])
    last = [page for _, _, page in pdf_outline(path)]
    book_title = TICKETS[ticket]["title"]
    for slug, opens in openings:
        title = curly(str(front_matter(slug)["title"]))
        ends = next((page for page in last if page > opens), len(texts) + 1)
        for page in range(opens, ends):
            folio, text = told[page - 1], " ".join(texts[page - 1].split())
            left = page % 2 == 0
            head = (
                folio if page == opens else f"{folio} {book_title}" if left else f"{title} {folio}"
            )
            assert text.endswith(f" {head}") or not text, (slug, page, text[-80:])


def text_edges(path: Path) -> dict[int, tuple[float, float]]:
    """Page -> the left edge and the right edge of the words on it (heads left out), in points."""
    import pypdfium2
    import pypdfium2.raw as pdfium

    edges = {}
    with pypdfium2.PdfDocument(path) as document:
        for number, page in enumerate(document, 1):
            boxes = [
                piece.get_bounds()
                for piece in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT])
                if pdfium.FPDFPageObj_GetMarkedContentID(piece) >= 0
            ]
            if boxes:
                edges[number] = min(b[0] for b in boxes), max(b[2] for b in boxes)
    return edges


@pytest.mark.checkers
def test_margins_are_mirrored(sample: Path) -> None:
    """The inner margin is the wider one, left on right-hand pages and right on left-hand ones."""
    path = pdf_of(sample, "last-call")
    edges = text_edges(path)
    body = [page for page, label in enumerate(labels(path), 1) if label.isdigit() and page in edges]
    inner = {side: min(edges[page][0] for page in body if page % 2 == side) for side in (0, 1)}
    outer = {
        side: 432 - max(edges[page][1] for page in body if page % 2 == side) for side in (0, 1)
    }
    assert inner[1] > inner[0] + 5
    assert outer[0] > outer[1] + 5
    assert abs(inner[1] - outer[0]) < 3
    assert min(*inner.values(), *outer.values()) > 0.5 * 72 - 3


def assert_inside_the_page(path: Path) -> None:
    """Nothing that is read runs off the paper."""
    import pikepdf

    with pikepdf.open(path) as pdf:
        width = float(pdf.pages[0].mediabox[2])
    off = {
        page: edge for page, edge in text_edges(path).items() if not 0 < edge[0] < edge[1] < width
    }
    assert off == {}


@pytest.mark.checkers
def test_nothing_runs_off_the_page(printed: Path) -> None:
    """Every line ends on the paper."""
    assert_inside_the_page(printed)


def faces(path: Path) -> dict[str, bool]:
    """Name of each face -> whether its file is in the PDF."""
    import pikepdf

    found = {}
    with pikepdf.open(path) as pdf:
        for element in pdf.objects:
            if not isinstance(element, pikepdf.Dictionary) or element.get("/Type") != "/Font":
                continue
            inner: Any = element
            if "/DescendantFonts" in inner:
                inner = inner.DescendantFonts[0]
            descriptor = inner.get("/FontDescriptor", {})
            name = str(inner.BaseFont).removeprefix("/")
            found[re.sub(r"^[A-Z]{6}\+", "", name)] = any(
                key in descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3")
            )
    return found


def assert_only_the_layout_s_faces(path: Path) -> None:
    """Each embedded, each of a family that layouts/classic names."""
    layout = yaml.safe_load((ROOT / "layouts/classic/layout.yaml").read_text(encoding="utf-8"))
    found = faces(path)
    assert found
    assert [name for name, embedded in found.items() if not embedded] == []
    families = tuple(layout["fonts"])
    assert [name for name in found if re.split(r"[-_ ]", name)[0] not in families] == []


@pytest.mark.checkers
def test_every_face_is_the_layout_s_and_embedded(printed: Path) -> None:
    """No face of the machine gets in: pages look the same everywhere."""
    assert_only_the_layout_s_faces(printed)


def check_tags(path: Path) -> Counter[str]:
    """Lists, notes, links and figures are tagged as ISO 32000-1 has them; how many of each type."""
    counts: Counter[str] = Counter()
    for element in structure(path):
        kind = str(element.S).removeprefix("/")
        counts[kind] += 1
        kids = kinds_of_kids(element)
        if kind == "L":
            assert set(kids) <= {"/LI", "/Caption"}, kids
        elif kind == "LI":
            assert set(kids) <= {"/Lbl", "/LBody"}, kids
            assert kids.count("/LBody") == 1, kids
            assert str(element.P.S) == "/L"
        elif kind == "LBody":
            assert str(element.P.S) == "/LI"
        elif kind == "Lbl":
            assert str(element.P.S) in ("/LI", "/Note")
        elif kind == "Note":
            assert str(element.get("/ID", "")).strip()
        elif kind == "Link":
            assert annotated(element)
        elif kind == "Figure":
            assert str(element.get("/Alt", "")).strip()
        elif kind in ("TH", "TD"):
            assert str(element.P.S) == "/TR"
    return counts


@pytest.mark.checkers
def test_tags_are_what_they_say(printed: Path) -> None:
    """A screen reader meets lists, links and headings, and every picture has its description."""
    counts = check_tags(printed)
    assert counts.keys() >= {"H1", "P", "L", "LI", "LBody", "Link"}
    assert counts["Figure"] == figures(printed.parent.name)


def figures(name: str) -> int:
    """How many pictures an anthology's reviews hold, ratings drawn as stars, and portraits."""
    texts = [
        (MANUSCRIPTS / "reviews" / f"{slug}.md").read_text(encoding="utf-8")
        for slug in selected(name)
    ]
    drawn = sum("★" in str(front_matter(slug).get("rating", "")) for slug in selected(name))
    portraits = {key for key, *_ in everyone(name) if "portrait" in PEOPLE[key]}
    held = sum(len(re.findall(r"!\[[^\]]*\]\(", text)) for text in texts)
    return drawn + held + len(portraits)


@pytest.mark.checkers
def test_links_lead_where_the_epub_s_do(sample: Path) -> None:
    """Every link out of the book is in the PDF too, and every inner link has a page."""
    import pikepdf

    epub = book(sample / "last-call" / "last-call.epub")
    outward = {
        str(a)
        for name in epub.spine()
        for a in epub.select(name, "//h:a/@href[starts-with(., 'http')]")
    }
    found = set()
    with pikepdf.open(pdf_of(sample, "last-call")) as pdf:
        names = pdf.Root.Names.Dests if "/Names" in pdf.Root else None
        known = set(pikepdf.NameTree(names)) if names is not None else set()
        for page in pdf.pages:
            for note in page.get("/Annots", []):
                if note.Subtype != "/Link":
                    continue
                if "/A" in note and "/URI" in note.A:
                    found.add(str(note.A.URI))
                else:
                    dest = note.A.D if "/A" in note else note.get("/Dest")
                    assert dest is not None
                    assert not isinstance(dest, pikepdf.String) or str(dest) in known
    assert found == outward


# ── the judges ───────────────────────────────────────────────────────────────────────────

GRAVE = {"FATAL", "ERROR", "WARNING"}


@pytest.mark.checkers
def test_epubcheck_is_silent_on_the_sample(epubs: Path, ticket: str) -> None:
    """0 fatal, 0 errors, 0 warnings."""
    said = epubcheck(epubs / ticket / f"{ticket}.epub")
    assert [str(m) for m in said if m.severity in GRAVE] == []


@pytest.mark.checkers
def test_verapdf_is_silent_on_the_sample(printed: Path) -> None:
    """PDF/UA-1 is claimed, and holds."""
    assert [str(rule) for rule in verapdf(printed)] == []


@pytest.mark.checkers
def test_epubcheck_is_silent_on_everything_difficult(trying: Path) -> None:
    """Lists in lists, notes of several blocks, notes in tables, ruby, code: all an EPUB."""
    said = epubcheck(trying / "trying" / "trying.epub")
    assert [str(m) for m in said if m.severity in GRAVE] == []


@pytest.mark.checkers
def test_verapdf_is_silent_on_everything_difficult(trying: Path) -> None:
    """Loose lists and links with emphasis inside included (facts/pdf.md, section 7)."""
    assert [str(rule) for rule in verapdf(trying / "trying" / "trying-print.pdf")] == []


@pytest.mark.checkers
def test_everything_difficult_is_tagged_and_stays_on_its_page(trying: Path) -> None:
    """Right tags, only the layout's faces even where one lacks a script, no line off the paper."""
    path = trying / "trying" / "trying-print.pdf"
    counts = check_tags(path)
    assert counts["Figure"] >= 4  # three pictures, and stars
    assert counts["Table"] >= 2
    assert_only_the_layout_s_faces(path)
    assert_inside_the_page(path)


@pytest.mark.checkers
def test_titles_in_scripts_that_no_face_has(trying: Path) -> None:
    """Arabic from right to left, Chinese characters: the EPUB is sound and has them all; the PDF
    claims PDF/UA-1 only if it holds."""
    import pikepdf

    epub = book(trying / "scripts" / "scripts.epub")
    said = epubcheck(trying / "scripts" / "scripts.epub")
    assert [str(m) for m in said if m.severity in GRAVE] == []
    assert {"گاو", "牛"} <= set(re.findall(r"\w+", plain(epub.section("right-to-left"))))
    path = trying / "scripts" / "scripts-print.pdf"
    assert_only_the_layout_s_faces(path)
    with pikepdf.open(path) as pdf, pdf.open_metadata() as metadata:
        claims = "pdfuaid:part" in metadata
    page = (trying / "index.html").read_text(encoding="utf-8")
    claims |= "PDF/UA" in page.split("scripts-print.pdf</a>")[1].split("</li>")[0]
    assert not claims or [str(rule) for rule in verapdf(path)] == []


@pytest.mark.checkers
def test_a_trim_size_in_millimetres(trying: Path) -> None:
    """140 × 216 mm, to a hundredth of a point or so."""
    import pikepdf

    with pikepdf.open(trying / "trying" / "trying-print.pdf") as pdf:
        width, height = (float(side) for side in pdf.pages[0].mediabox[2:])
    assert abs(width - 140 / 25.4 * 72) < 0.05
    assert abs(height - 216 / 25.4 * 72) < 0.05


@pytest.mark.checkers
def test_everything_difficult_has_its_notes(trying: Path) -> None:
    """A note called twice is one note with one number; a note may call a note; one that nothing
    calls is printed all the same. The note that another calls comes right after it."""
    epub = book(trying / "trying" / "trying.epub")
    for name in epub.spine():
        check_notes(epub, name)
    (name,) = (n for n in epub.spine() if n.endswith("r-notes.xhtml"))
    calls, notes = notes_of(epub.tree(name))
    assert [plain(call) for call in calls] == "1 2 2 4 5 6 7 3".split()
    assert len(notes) == 7
    assert "Never called." in plain(epub.section("bare"))
    assert epub.opf("//dc:identifier")[0].text == "urn:isbn:9783161484100"
    assert epub.opf("//o:meta[@property='dcterms:modified']")[0].text.startswith("2026-03-01")
    roles = {
        (p.text, role)
        for p in epub.opf("//dc:creator | //dc:contributor")
        for role in epub.refined(p.get("id"), "role")
    }
    assert roles == {
        ("Cem Doğan", "edt"),
        ("Cem Doğan", "trl"),
        ("Cem Doğan", "aut"),
        ("Ann “Bee” Blythe", "edt"),
        ("Ann “Bee” Blythe", "aut"),
        ("Nobody Listed", "aut"),
    }


@pytest.mark.checkers
def test_the_two_kinds_of_volume_have_the_same_headings(trying: Path) -> None:
    """No level is left out on the way down, in either."""
    epub = book(trying / "trying" / "trying.epub")
    for name in epub.spine():
        levels = [
            int(str(tag)[-1])
            for tag in (e.tag for e in epub.tree(name).iter())
            if re.search(r"}h[1-6]$", str(tag))
        ]
        for above, below in zip([0, *levels], levels, strict=False):
            assert below <= above + 1, name
