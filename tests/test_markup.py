"""HTML as people paste it: whatever stands in a manuscript, both volumes are valid."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from markdown.treeprocessors import InlineProcessor

from checkers import epubcheck, verapdf
from reelpress.desk import Folder
from reelpress.desk.images import Pictures
from reelpress.desk.text import edit_text
from reelpress.desk.text.converter import converter
from reelpress.desk.text.safety import ALLOWED
from reelpress.press import press
from test_volumes import reelpress

ODD = """\
<li>A stray item</li>

<dl><p>Not a term</p></dl>

<dt>A term alone</dt>

<figcaption>A caption without a figure</figcaption>

<figure><figcaption>One</figcaption><p>Text</p><figcaption>Two</figcaption></figure>

<ul>Bare text<li>and an item</li></ul>

<ul><p>A paragraph for an item</p><li>and an item</li></ul>

<header>Head<header>in head</header></header>

<p>Unclosed <b>bold <i>both</b> italic</i>

<center><font color="red">Old</font> <tt>ways</tt> <bdo>turned</bdo></center>

<span lang="not a lang" dir="foo">Said</span> <time datetime="soon">soon</time>

<ol type="z" start="abc"><li>One</li></ol>

<table><tr><td colspan="abc" headers="x">Cell</table>

<table><tr><th>Head</th><th>Of columns</th></tr><tr><th>Of a row</th><td>Cell</td></tr></table>

A [bar](http://example.org/a|b`c), a [per cent](http://example.org/a%zz), a
[place](<http://exa mple.org/x>), and [*em* in **a** link](https://example.org/).

Written in a line ![a small square](../images/lamp.png) of text.
"""

TYPED = """\
Some ~~struck~~ and ==marked== words,^[A note with ==a mark==.] and [the same](odd.md).

- [ ] a task
- [x] one that is done
  - [ ] below it

1. a number
2. [ ] a task with a number

   > [!tip] In a list
   > A box.

> [!note] Outside
> Words.
>
> > [!warning] Inside
> > - [x] ==seen==

<details><summary>A **label**</summary>

Hidden words.

</details>

> [!spoiler] The end
> > [!note] A box that is hidden
> > It burns.

<p align="left">Left</p><p align="right">Right</p>

<a href="/nowhere/"><p>A link around a paragraph.</p></a>

![[lamp.png|A small square|40]]

<p class="MsoNormal"><span style="mso-bidi-language:HE"><o:p>Pasted</o:p></span></p>
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """One review of odd HTML, and one picture."""
    manuscripts = tmp_path / "manuscripts"
    specimen = Path(__file__).parent / "specimen/manuscripts"
    for folder in ("anthologies", "reviews", "images"):
        (manuscripts / folder).mkdir(parents=True)
    lamp = (specimen / "images/lamp.png").read_bytes()
    for folder in ("images", "reviews"):
        (manuscripts / folder / "lamp.png").write_bytes(lamp)
    film = "film: {title: M, year: 1931, directors: [Fritz Lang]}"
    header = f"---\ntitle: Odd\n{film}\nreviewer: A B\n---\n"
    (manuscripts / "reviews/odd.md").write_text(header + ODD, "utf-8")
    house = "defaults: {rights: {holder: A B, status: own}}\n"
    (manuscripts / "imprint.yaml").write_text(house, "utf-8")
    (manuscripts / "anthologies/odd.yaml").write_text("title: Odd\nissued: 2026-01-01\n", "utf-8")
    return tmp_path


@pytest.mark.checkers
@pytest.mark.parametrize("text", [ODD, TYPED], ids=["html", "markdown"])
def test_odd_texts_make_valid_volumes(project: Path, text: str) -> None:
    """EPUBCheck and veraPDF find nothing, and each word is there."""
    review = project / "manuscripts/reviews/odd.md"
    review.write_text(review.read_text("utf-8").replace(ODD, text), "utf-8")
    done = reelpress("build", "-C", project)
    assert (done.returncode, done.stderr) == (0, "")
    messages = epubcheck(project / "build/odd/odd.epub")
    assert [str(m) for m in messages if m.severity not in ("USAGE", "INFO")] == []
    assert [str(m) for m in verapdf(project / "build/odd/odd-print.pdf")] == []


@pytest.mark.checkers
def test_a_style_sheet_that_can_not_be_set_is_told(project: Path) -> None:
    """What makes WeasyPrint give up is a finding (P005), and the EPUB of a draft is bound."""
    layout = project / "layouts/odd"
    layout.mkdir(parents=True)
    (layout / "layout.yaml").write_text("extends: classic\n", "utf-8")
    (layout / "print.css").write_text("p { margin: calc(1px/0) }\n", "utf-8")
    ticket = project / "manuscripts/anthologies/odd.yaml"
    ticket.write_text(ticket.read_text("utf-8") + "layout: odd\n", "utf-8")
    for jobs in ("1", "2"):  # many sections fail: the one that is told is not the quickest
        done = reelpress("build", "--draft", "--jobs", jobs, "-C", project)
        assert done.returncode == 3
        assert "reviews/odd.md:1:1: error: The pages could not be set: ValueError" in done.stdout
        assert "[P005]" in done.stdout
    assert (project / "build/odd/odd.epub").is_file()
    assert not (project / "build/odd/odd-print.pdf").exists()


def test_a_book_from_right_to_left_says_so(project: Path) -> None:
    """The direction of the book's language is that of its pages and of its spine."""
    ticket = project / "manuscripts/anthologies/odd.yaml"
    ticket.write_text(ticket.read_text("utf-8") + "language: he\n", "utf-8")
    run = press(project, only=["epub"])
    with ZipFile(BytesIO(run.pressed[0].volumes[0].data)) as epub:
        package = epub.read("EPUB/content.opf").decode()
        page = epub.read("EPUB/text/contents.xhtml").decode()
    assert 'page-progression-direction="rtl"' in package
    assert 'xml:lang="he" dir="rtl">' in page
    assert 'lang="he" dir="rtl"' in page.split("<section", 1)[1]


def test_no_link_in_build_leads_out(project: Path, tmp_path: Path) -> None:
    """A folder of build/ that is a link to elsewhere is not written through."""
    outside = tmp_path / "outside"
    outside.mkdir()
    (project / "build").mkdir()
    (project / "build/odd").symlink_to(outside)
    done = reelpress("build", "--only", "epub", "-C", project)
    assert done.returncode == 1
    assert "leads out of" in done.stderr
    assert list(outside.iterdir()) == []


def test_what_a_terminal_would_obey_is_not_printed(project: Path) -> None:
    """Escapes from a manuscript reach no console."""
    review = project / "manuscripts/reviews/odd.md"
    review.write_text(
        review.read_text("utf-8").replace("title: Odd\n", 'title: Odd\n"rati\\e[31mng": 3\n'),
        "utf-8",
    )
    done = reelpress("check", "-C", project)
    assert "\x1b" not in done.stdout
    assert "�[31mng" in done.stdout or "rati[31mng" in done.stdout


BITS = (
    "word ", "\n\n", "    ", "- ", "1. ", "> ", "# ", "*", "**", "`", "```\n", "[^1]",
    "[^1]: note\n", "[x](y)", "![i](../images/lamp.png)", "[", "](", ")", "<b>", "</b>", "<p>",
    "<div>", "</div>", "<span lang='x y'>", "<a href='#q' id='1 2'>", "</a>", "<script>",
    "</script>", "<li>", "<ul>", "<table><tr><td>", "</table>", "<!--", "-->", "<![CDATA[", "]]>",
    "&amp;", "&#0;", "&#x1;", "&nosuch;", "{: #id onclick=x }", "{{ x }}", "*[HTML]: Hyper\n",
    "term\n:   def\n", "\x01", "\"", "'", "---\n", "===\n", "<svg onload=x>",
    "<img src=x onerror=y>", "<ruby>r<rt>t", "<figcaption>", "<dt>", "<a data-note=1 href='#n1'>",
    "<sup><a class='footnote-ref' href='#fn:1'>", "<div class='footnote'><ol><li id='fn:1'>",
    "\n::: verse\n", "\n::: aside L {#id}\n", "\n:::: spoiler\n", "\n::: {.x onclick=y #id}\n",
    "\n:::\n", ":::", "[x]{.a #id lang=fr onclick=y}", "]{", "{.a}", "{credit='*x*[^1]'}", "$x^2$",
    "![i](../images/lamp.png \"*C*[^1]\"){credit='<script>' .c}", "$", "~", "^", "  - ", "   ",
    "\n\n| a | |\n|---|---|\n| 1 | 2 |\n", "Table: cap\n", "[a][b]", "[a][]", "2) ", "-- ", "HTML ",
    "[b]: https://example.org/ 'T'\n", "<details open>", "<summary>", "<div markdown='1'>", "\n",
    "<p markdown='1'>", "<p class='label' data-word='x' role='y'>", "<pre>", "\x02:::0\x03", "\\",
    "\n~~~ x y\n", "\t", "~~", "==", "[[", "]]", "|", "![[", "^[", "%%", "- [ ] ", "- [x] ",
    "> [!note] ", "{% x %}", "{{< z >}}", "<!--more-->", "#tag ", "##H\n", "{:toc}", "{: .x}\n",
    "<center>", "<font color=red>", "<o:p>", "<b></b>", "&nbsp;", "<br>", "\\\n", "[TOC]",
    "import a from 'b'\n", "<span lang=he>", "<span style='font-style:italic'>", "</br>", "<wbr>",
    "<acronym title='tt'>", "{::comment}", "{:/}", "&eacute;", "_**a**_b", "<source>", "[gallery]",
    "<i class='fa fa-star'>",
)  # fmt: skip


@given(st.lists(st.sampled_from(BITS) | st.text(max_size=3), max_size=25).map("".join))
def test_any_text_becomes_xhtml(raw: str) -> None:
    """Whatever is typed: no traceback, well-formed, no id twice, nothing that runs."""
    pictures = Pictures(Folder.at(Path(__file__).parent / "specimen"))
    text, _ = edit_text(raw.replace("\r", ""), "a.md", 5, "r-a", "en", pictures)
    bodies = "".join((text.body, *(note.body for note in text.notes)))
    root = etree.fromstring(f"<div>{bodies}</div>")
    ids = [*map(str, root.xpath("//@id")), *(note.id for note in text.notes)]
    assert len(ids) == len(set(ids))
    assert {e.tag for e in root.iter()} <= ALLOWED
    assert [k for e in root.iter() for k in e.attrib if str(k).startswith("on")] == []
    assert {e.get("data-word") for e in root.iter()} <= {None, "Spoiler"}
    assert {e.get("role") for e in root.iter()} <= {None, "doc-epigraph"}


@given(st.lists(st.sampled_from(BITS) | st.text(max_size=3), max_size=25).map("".join))
def test_looking_for_signs_first_changes_nothing(raw: str) -> None:
    """Patterns and blocks give what Python-Markdown's own, slower way of trying them gives."""
    swift, plain = converter.__wrapped__(), converter.__wrapped__()
    plain.md.treeprocessors.register(InlineProcessor(plain.md), "inline", 20)
    plain.md.parser.blockprocessors.deregister("prose")
    assert swift.convert(raw) == plain.convert(raw)
