"""Imports tell apart what is not the same: people, files, what is published and what is not."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from html import escape
from pathlib import Path
from time import process_time
from zipfile import ZipFile

import pytest

from reelpress.header import read_people, read_review, split_front_matter
from reelpress.intake import bring
from test_cases import png
from test_cli import CLEAN, FINDINGS, call, contents
from word_files import docx, p, r

_SPACES = " ".join(
    f'xmlns:{prefix}="http://{address}/"'
    for prefix, address in (
        ("excerpt", "wordpress.org/export/1.2/excerpt"),
        ("content", "purl.org/rss/1.0/modules/content"),
        ("dc", "purl.org/dc/elements/1.1"),
        ("wp", "wordpress.org/export/1.2"),
    )
)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """An empty project."""
    folder = tmp_path / "project"
    (folder / "manuscripts").mkdir(parents=True)
    (folder / "manuscripts" / "imprint.yaml").write_text("language: en\n", "utf-8")
    return folder


def post(number: int, words: str, creator: str = "ann", status: str = "publish") -> str:
    """A post of a WordPress export."""
    return (
        f"<item><title>Film {number}</title><dc:creator>{creator}</dc:creator>"
        f"<guid>https://blog.example/?p={number}</guid>"
        f"<content:encoded><![CDATA[{words}]]></content:encoded>"
        f"<wp:post_id>{number}</wp:post_id><wp:post_date>2019-05-03 12:00:00</wp:post_date>"
        f"<wp:post_name>film-{number}</wp:post_name><wp:status>{status}</wp:status>"
        "<wp:post_type>post</wp:post_type></item>"
    )


def wordpress(folder: Path, *posts: str, **authors: str) -> Path:
    """A WordPress export; `authors` are their names by login."""
    people = "".join(
        f"<wp:author><wp:author_login>{login}</wp:author_login>"
        f"<wp:author_display_name>{name}</wp:author_display_name></wp:author>"
        for login, name in authors.items()
    )
    source = folder / "export.xml"
    source.write_text(
        f'<?xml version="1.0"?><rss version="2.0" {_SPACES}><channel><title>A Blog</title>'
        f"<wp:wxr_version>1.2</wp:wxr_version>{people}{''.join(posts)}</channel></rss>",
        "utf-8",
    )
    return source


def reviewers(project: Path) -> dict[str, str]:
    """Who wrote each review, by name, as people.yaml and the reviews' headers say."""
    home = project / "manuscripts"
    people = read_people((home / "people.yaml").read_text("utf-8"), "")[0]
    assert people is not None
    made = {}
    for path in sorted((home / "reviews").glob("*.md")):
        header = read_review(split_front_matter(path.read_text("utf-8"), "")[0], "")[0]
        assert header is not None
        (credit,) = header.model.reviewer
        made[path.stem] = people.model.people[credit.name].name
    return made


@pytest.mark.parametrize("status", ["pitch", "in-progress", "request-pending", "inherit", ""])
def test_only_what_is_published_comes(status: str, project: Path, tmp_path: Path) -> None:
    """A newsroom's own kinds of drafts are drafts."""
    source = wordpress(tmp_path, post(1, "Out."), post(2, "Not yet said.", status=status))
    report = tmp_path / "report.html"
    code, said, _ = call("import", source, "-C", project, "--json", "--report", report)
    told = json.loads(said)
    assert code == CLEAN
    assert [Path(one["file"]).stem for one in told["reviews"]] == ["film-1"]
    assert told["left out"] == {"posts that are not published": 1}
    assert b"Not yet" not in b"".join(contents(tmp_path / "project").values())
    assert "Not yet" not in report.read_text("utf-8")


NAMES = {
    "a": "François Émile",
    "b": "Francois Emile",
    "c": "李安",
    "d": "莉安",
    "e": "!!!",
    "f": "***",
}


def test_two_names_that_are_one_in_plain_letters(project: Path, tmp_path: Path) -> None:
    """Each review is by whoever wrote it."""
    posts = [post(n, "Words.", login) for n, login in enumerate(NAMES, 1)]
    call("import", wordpress(tmp_path, *posts, **NAMES), "-C", project)
    named = {f"film-{n}": name for n, name in enumerate(NAMES.values(), 1)}
    assert reviewers(project) == named
    before = contents(project)
    call("import", wordpress(tmp_path, *posts[::-1], **NAMES), "-C", project)
    after = contents(project)
    assert {n for n in after if after[n] != before.get(n)} <= {"manuscripts/imports.json"}


def word(folder: Path, name: str, title: str, author: str) -> Path:
    """A Word file."""
    core = (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/'
        'core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:creator>{author}</dc:creator></cp:coreProperties>"
    )
    body = p(r(title), "Title") + p(r(f"What {title} says."))
    folder.mkdir(exist_ok=True)
    more = {"docProps/core.xml": core.encode(), "word/footnotes.xml": b"<footnotes/>"}
    (folder / name).write_bytes(docx(body, more))
    return folder / name


def test_names_of_several_files_that_are_one_in_plain_letters(
    project: Path,
    tmp_path: Path,
) -> None:
    """The same where each file names its own."""
    for n, name in enumerate(NAMES.values()):
        word(tmp_path / "pages", f"film-{n}.docx", f"Film {n}", name)
    call("import", tmp_path / "pages", "-C", project)
    assert list(reviewers(project).values()) == list(NAMES.values())


def test_names_of_several_pages_in_a_zip_that_are_one_in_plain_letters(
    project: Path, tmp_path: Path
) -> None:
    """The same where the pages are packed."""
    with ZipFile(tmp_path / "pages.zip", "w") as made:
        for n, name in enumerate(NAMES.values()):
            said = {"@type": "Review", "author": {"@type": "Person", "name": name}}
            film = {"@type": "Movie", "name": f"Film {n}"}
            held = json.dumps({"@context": "https://schema.org", **said, "itemReviewed": film})
            words = "".join(f"<p>Sentence {i} of page {n} says what it says.</p>" for i in range(9))
            made.writestr(
                f"film-{n}.html",
                f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>Film {n}</title>'
                f'<script type="application/ld+json">{held}</script></head>'
                f"<body><article><h1>Film {n}</h1>{words}</article></body></html>",
            )
    call("import", tmp_path / "pages.zip", "-C", project)
    assert list(reviewers(project).values()) == list(NAMES.values())


PAGE = (
    "Skip to main content\n\n'{}' (1945) - Movie Review\n\nTwo people wait for {}.\n\n"
    "Movie Details\n\nTitle: {}\nRelease Year: 1945\n\n© 2019 Odile Marchetti\n"
)


def texts(project: Path) -> list[str]:
    """The last line of each review."""
    found = (project / "manuscripts" / "reviews").glob("*.md")
    return sorted(path.read_text("utf-8").strip().split("\n")[-1] for path in found)


def test_files_of_one_name_in_two_folders_are_two(project: Path, tmp_path: Path) -> None:
    """The second takes nothing from the first; each is known again."""
    for folder, title in (("one", "Platforms"), ("two", "Buffers")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "page.txt").write_text(PAGE.format(*[title] * 3), "utf-8")
        word(tmp_path / folder, "review.docx", f"{title} Again", "Odile Marchetti")
    for folder in ("one", "two"):
        for name in ("page.txt", "review.docx"):
            call("import", tmp_path / folder / name, "-C", project)
    assert texts(project) == [
        "Two people wait for Buffers.",
        "Two people wait for Platforms.",
        "What Buffers Again says.",
        "What Platforms Again says.",
    ]
    before = contents(project)
    for folder in ("two", "one"):
        call("import", tmp_path / folder, "-C", project)
    assert contents(project) == before


def test_posts_of_one_address_are_two(project: Path, tmp_path: Path) -> None:
    """Plugins that copy posts copy their addresses too: in another order each is still itself."""
    posts = [post(n, f"Words of {n}.").replace(f"?p={n}", "?p=1") for n in (1, 2, 3)]
    call("import", wordpress(tmp_path, *posts), "-C", project)
    before = contents(project)
    call("import", wordpress(tmp_path, *posts[::-1]), "-C", project)
    assert contents(project) == before
    assert texts(project) == ["Words of 1.", "Words of 2.", "Words of 3."]
    reviews = (project / "manuscripts" / "reviews").glob("*.md")
    assert all("    - reviewer\n" in path.read_text("utf-8") for path in reviews)  # a login alone


def test_whoever_is_introduced_once_is_known(project: Path, tmp_path: Path) -> None:
    """Of several pages one says who the author is; it need not be the first."""
    for n, said in enumerate(("", "My name is Odile Marchetti and I keep clocks.\n\n")):
        page = PAGE.format(*[f"Film {n}"] * 3).replace("Two people", f"{said}Two people")
        (tmp_path / "pages").mkdir(exist_ok=True)
        (tmp_path / "pages" / f"{n}.txt").write_text(page, "utf-8")
    call("import", tmp_path / "pages", "-C", project)
    assert "clocks" in (project / "manuscripts" / "people.yaml").read_text("utf-8")


def test_a_folder_of_several_kinds_comes_whole(project: Path, tmp_path: Path) -> None:
    """Word files beside pages; another page before them changes nothing of what is there."""
    word(tmp_path / "pages", "review.docx", "Buffers", "Odile Marchetti")
    for name in ("b", "c"):
        (tmp_path / "pages" / name).mkdir()
        (tmp_path / "pages" / name / "page.txt").write_text(PAGE.format(*[name] * 3), "utf-8")
    call("import", tmp_path / "pages", "-C", project)
    there = ["Two people wait for b.", "Two people wait for c.", "What Buffers says."]
    assert texts(project) == there
    before = contents(project)
    (tmp_path / "pages" / "a").mkdir()
    (tmp_path / "pages" / "a" / "page.txt").write_text(PAGE.format(*["a"] * 3), "utf-8")
    call("import", tmp_path / "pages", "-C", project)
    after = contents(project)
    assert {n for n in before if after[n] != before[n]} == {"manuscripts/imports.json"}
    assert texts(project) == sorted(["Two people wait for a.", *there])


# ── what is there already ────────────────────────────────────────────────────────────────


def test_somebody_who_has_another_name_since_is_the_same(project: Path, tmp_path: Path) -> None:
    """Reviews go on naming the entry that an import made, whatever it says by now."""
    source = wordpress(tmp_path, post(1, "Words."), ann="Ann Author")
    call("import", source, "-C", project)
    people = project / "manuscripts" / "people.yaml"
    people.write_text(people.read_text("utf-8").replace("Ann Author", "Ann B. Author"), "utf-8")
    before = contents(project)
    call("import", source, "-C", project)
    assert contents(project) == before
    assert reviewers(project) == {"film-1": "Ann B. Author"}


def test_a_website_that_is_an_address_for_letters_is_none(project: Path, tmp_path: Path) -> None:
    """E-mail addresses are private, wherever they stand."""
    folder = tmp_path / "letterboxd"
    folder.mkdir()
    heads = "Date,Name,Year,Letterboxd URI,Rating,Rewatch,Review,Tags,Watched Date\n"
    (folder / "reviews.csv").write_text(f"{heads}2021-03-05,M,1931,x,5,,Words.,,\n", "utf-8")
    (folder / "profile.csv").write_text(
        "Username,Given Name,Family Name,Email Address,Website\n"
        "ann,Ann,Author,ann@film.example,mailto:ann@film.example\n",
        "utf-8",
    )
    _, said, _ = call("import", folder, "-C", project, "--json")
    assert "Ann Author" in said
    assert "film.example" not in said + b"".join(contents(project).values()).decode()


@pytest.mark.parametrize("name", ["people.yaml", "imports.json", "reviews/film-2.md", "reviews"])
def test_a_folder_where_a_file_would_stand(name: str, project: Path, tmp_path: Path) -> None:
    """It is told; nothing is written by halves."""
    posts = [post(n, "Words.") for n in (1, 2, 3)]
    source = wordpress(tmp_path, *posts, ann="Ann Author")
    if name == "reviews":
        (project / "manuscripts" / name).write_text("A file.", "utf-8")
    else:
        (project / "manuscripts" / name / "inner").mkdir(parents=True)
    before = contents(project)
    if name == "reviews":
        with pytest.raises(OSError, match="File exists"):  # which `main` tells
            call("import", source, "-C", project)
        assert contents(project) == before
        return
    code, said, _ = call("import", source, "-C", project)
    assert name in said
    if name == "imports.json":
        assert (code, contents(project)) == (FINDINGS, before)
    else:  # the others come
        there = {"manuscripts/imports.json", "manuscripts/reviews/film-3.md"}
        assert there < contents(project).keys()


def test_a_review_that_is_a_folder_by_now(project: Path, tmp_path: Path) -> None:
    """Not even --overwrite writes some of an export and leaves the rest."""
    source = wordpress(tmp_path, *(post(n, "Words.") for n in (1, 2, 3)), ann="Ann Author")
    call("import", source, "-C", project)
    reviews = project / "manuscripts" / "reviews"
    (reviews / "film-2.md").unlink()
    (reviews / "film-2.md").mkdir()
    (reviews / "film-1.md").write_text("Mine.", "utf-8")
    before = contents(project)
    with pytest.raises(OSError, match="is a folder"):
        call("import", source, "-C", project, "--overwrite")
    assert contents(project) == before


def test_a_folder_that_leads_out_gets_nothing(project: Path, tmp_path: Path) -> None:
    """Not even a folder within."""
    outside = tmp_path / "outside"
    outside.mkdir()
    (project / "manuscripts").rename(outside / "manuscripts")
    (project / "manuscripts").symlink_to(outside / "manuscripts")
    before = sorted(outside.rglob("*"))
    with pytest.raises(OSError, match="leads out"):
        call("import", wordpress(tmp_path, post(1, "Words.")), "-C", project)
    assert sorted(outside.rglob("*")) == before


# ── words ────────────────────────────────────────────────────────────────────────────────


def test_what_only_looks_like_markup_are_words(project: Path, tmp_path: Path) -> None:
    """On Letterboxd: <sigh>, an address in angle brackets; its own elements are markup."""
    review = (
        "I <3 it, <sigh>, 5 < 6. See <https://film.example/a> or <ann@film.example>.\n"
        '<b>Bold</b><br/><a href="https://x.example/?a=1&b=2">link</a> <i >it</i>'
    )
    source = tmp_path / "reviews.csv"
    heads = "Date,Name,Year,Letterboxd URI,Rating,Rewatch,Review,Tags,Watched Date\r\n"
    quoted = review.replace('"', '""')
    row = f'2021-03-05,M,1931,https://boxd.it/1,5,,"{quoted}",,\r\n'
    source.write_text(heads + row, "utf-8", newline="")
    call("import", source, "-C", project)
    (made,) = (project / "manuscripts" / "reviews").glob("*.md")
    assert made.read_text("utf-8").partition("---\n\n")[2].split("\n") == [
        "I <3 it, &lt;sigh>, 5 < 6. See &lt;https://film.example/a> or &lt;ann@film.example>.  ",
        "**Bold**  ",
        "[link](https://x.example/?a=1&b=2) *it*",
        "",
    ]


LOOSE = """Loose one,
in two lines.

Loose two.

<!-- wp:group {"layout":{"type":"flex"}} --><div><!-- wp:paragraph -->
<p>In a
block.</p>
<!-- /wp:paragraph --></div><!-- /wp:group -->

Loose three.

[spoiler title="The end"]He falls.

Nobody asks.[/spoiler] Loose four."""


def test_what_lies_between_blocks_keeps_its_paragraphs(project: Path, tmp_path: Path) -> None:
    """And what a spoiler hides stays hidden to its last paragraph."""
    call("import", wordpress(tmp_path, post(1, LOOSE)), "-C", project)
    made = project / "manuscripts" / "reviews" / "film-1.md"
    assert made.read_text("utf-8").partition("---\n\n")[2] == (
        "Loose one,  \nin two lines.\n\nLoose two.\n\nIn a block.\n\nLoose three.\n\n"
        "::: spoiler The end\n\nHe falls.\n\nNobody asks.\n:::\n\nLoose four.\n"
    )


def test_names_in_sentences_come(project: Path, tmp_path: Path) -> None:
    """Substack keeps somebody's name in an attribute alone; what only a screen reader says of a
    box is the site's."""
    folder = tmp_path / "substack"
    (folder / "posts").mkdir(parents=True)
    (folder / "posts.csv").write_text(
        "post_id,post_date,is_published,type,audience,title,subtitle\n"
        "1.m,2019-05-03T12:00:00.000Z,true,newsletter,everyone,M,\n",
        "utf-8",
    )
    (folder / "posts" / "1.m.html").write_text(
        '<p>As <span class="mention-wrap" data-attrs="{&quot;name&quot;:&quot;Odile M&quot;}" '
        'data-component-name="MentionToDOM"></span> says.</p><div class="preformatted-block">'
        '<label class="hide-text">Text keeps its spacing</label><pre>a\n  b</pre></div>',
        "utf-8",
    )
    code, said, _ = call("import", folder, "-C", project)
    assert (code, "S012" in said) == (CLEAN, False)
    made = (project / "manuscripts" / "reviews" / "m.md").read_text("utf-8")
    assert made.partition("---\n\n")[2] == "As Odile M says.\n\n```\na\n  b\n```\n"


def test_a_picture_that_is_its_own_address(project: Path, tmp_path: Path) -> None:
    """It becomes a file; a dot that keeps a place does not."""
    data = png("wheel") + bytes(100)
    picture = b64encode(data).decode()
    dot = b64encode(b"GIF89a" + bytes(20)).decode()
    words = f'<img src="data:image/png;base64,{picture}"><img src="data:image/gif;base64,{dot}">'
    call("import", wordpress(tmp_path, post(1, f"Wheel: {words}")), "-C", project)
    (found,) = (project / "manuscripts" / "images").rglob("*.*")
    assert found.read_bytes() == data
    made = (project / "manuscripts" / "reviews" / "film-1.md").read_text("utf-8")
    assert f"Wheel: ![](../images/wordpress/{found.name})" in made


def test_what_word_hides_or_wraps(project: Path, tmp_path: Path) -> None:
    """Words in fields, formulas and readings come, in their order; hidden ones do not, nor notes
    that nothing calls; emphasis stays."""
    math = '<m:oMath xmlns:m="math"><m:r><m:t>E = mc</m:t></m:r></m:oMath>'
    ruby = "<w:r><w:ruby><w:rt>{}</w:rt><w:rubyBase>{}</w:rubyBase></w:ruby></w:r>"
    body = (
        p(r("It is ") + r("kept to himself ", "<w:vanish/>") + r("said", "<w:i/>") + r("."))
        + p(f'<w:fldSimple w:instr="REF x">{r("See above")}</w:fldSimple>' + r(" and ") + math)
        + p(ruby.format(r("otto"), r("音")) + f'<w:bdo w:val="rtl">{r(" turned")}</w:bdo>')
        + p(r("One.") + '<w:r><w:br w:type="page"/></w:r>' + r("Two."))
        + p(r("Shown.", '<w:vanish w:val="0"/>'))
    )
    source = tmp_path / "it.docx"
    source.write_bytes(docx(body))
    report = tmp_path / "report.html"
    code, said, _ = call("import", source, "-C", project, "--report", report)
    made = (project / "manuscripts" / "reviews" / "it.md").read_text("utf-8")
    assert made.partition("---\n\n")[2].split("\n\n") == [
        "It is *said*.",
        "See above and E = mc",
        "音(otto) turned",
        "One. Two.",
        "Shown.\n",
    ]
    assert code == CLEAN
    assert "Hidden words left out (1 run). [S016]" in said
    assert "himself" not in said + report.read_text("utf-8")


def test_many_pictures_take_no_longer(tmp_path: Path) -> None:
    """Each is found at once, not looked for among all."""
    many = 4000
    with ZipFile(tmp_path / "substack.zip", "w") as made:
        made.writestr("posts.csv", "post_id,post_date,is_published,type,title\n1.m,,true,,M\n")
        shown = (f'<p><img src="https://cdn.example/{n}.gif"></p>' for n in range(many))
        made.writestr("posts/1.m.html", "".join(shown))
        for n in range(many):
            made.writestr(f"images/{n}.gif", f"GIF89a{n}")
    before = process_time()
    (arrival,) = bring(tmp_path / "substack.zip").arrivals
    assert process_time() - before < 8
    assert len(arrival.pictures) == many


CODE = (
    "{%comment%}hidden{%endcomment%} after",
    "{{% notice %}}boxed{{% /notice %}} {{< tag a >}} {{ site.title }} {{{x}}}",
    "{::comment}hidden{:/comment} {:.name} {{::x}}",
    "As %%so%% sure, 100%% sure.",
    "Of {braces} alone.",
)


@pytest.mark.parametrize("words", CODE)
def test_words_that_look_like_other_programs_code(
    words: str, project: Path, tmp_path: Path
) -> None:
    """In an export they are words: nothing looks for code in them when the book is built."""
    call("import", wordpress(tmp_path, post(1, words)), "-C", project)
    ticket = project / "manuscripts" / "anthologies" / "all.yaml"
    ticket.parent.mkdir()
    ticket.write_text("title: All\n", "utf-8")
    _, said, _ = call("build", "--draft", "--only", "epub", "-C", project)
    assert not re.search(r"\[M\d+\]", said)
    with ZipFile(project / "build" / "all" / "all.epub") as book:
        text = book.read("EPUB/text/r-film-1.xhtml").decode()
    assert escape(words, quote=False) in text


# -- whose it is


UNSAID = """<!doctype html><html lang="en"><head><title>The Salt Road review – Back Row</title>
<script type="application/ld+json">{"@type": "Review", "author": {"name": "Ada Bell"},
"itemReviewed": {"@type": "Movie", "name": "The Salt Road"}}</script></head><body><article>
<h1>The Salt Road</h1><p>A mule walks for two hours, and the film walks behind it, always a little
too near. Nobody speaks before the pass, and then everybody speaks at once.</p><p>What they say is
about salt, and what they mean is about the road, which none of them will ever walk again.</p>
<dl><dt>Director</dt><dd>Ina Pell</dd><dt>Runtime</dt><dd>88 min</dd><dt>Country</dt><dd>Malta</dd>
<dt>Rights</dt><dd>with the mule</dd></dl></article></body></html>
"""
UNSAID_PASTED = """The Salt Road - Movie Review
A mule walks for two hours, and the film walks behind it, always a little too near.

Movie Details
Title: The Salt Road
Release Year: 1961
Rights: with the mule
"""


@pytest.mark.parametrize(("name", "text"), [("page.html", UNSAID), ("pasted.txt", UNSAID_PASTED)])
def test_what_says_nothing_of_its_rights_is_never_the_house_s_own(
    name: str, text: str, tmp_path: Path
) -> None:
    """A new project says of all that does not say otherwise that it is its owner's: a stranger's
    page is not, whatever it calls its rights."""
    call("init", tmp_path / "book")
    (tmp_path / name).write_text(text, "utf-8")
    assert call("import", tmp_path / name, "-C", tmp_path / "book")[0] == CLEAN
    made = (tmp_path / "book/manuscripts/reviews/the-salt-road.md").read_text("utf-8")
    assert "  status: unknown\n" in made
    assert "\ndetails_rights: with the mule\n" in made
    code, said, _ = call("check", "-C", tmp_path / "book")
    assert code == FINDINGS
    (line,) = (line for line in said.splitlines() if "[R005]" in line)
    assert line.startswith("manuscripts/reviews/the-salt-road.md:")


def test_a_folder_of_files_is_no_folder_of_a_page(tmp_path: Path) -> None:
    """What a browser saved with a page lies in a folder of the page's name; all else comes."""
    frame = UNSAID.replace("The Salt Road", "A Frame")
    for name, text in {
        "road.html": UNSAID,
        "road_files/frame.html": frame,
        "my-files/pasted.txt": UNSAID_PASTED.replace("Salt Road", "Other Road"),
    }.items():
        (tmp_path / "saved" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "saved" / name).write_text(text, "utf-8")
    paths = sorted(arrival.path for arrival in bring(tmp_path / "saved").arrivals)
    assert paths == ["reviews/the-other-road.md", "reviews/the-salt-road.md"]


def test_the_film_s_title_above_a_page_s_text_is_no_part_of_it(tmp_path: Path) -> None:
    """It is the headline again, where the page tells machines which film it is about."""
    (tmp_path / "page.html").write_text(UNSAID, "utf-8")
    (arrival,) = bring(tmp_path / "page.html").arrivals
    assert arrival.text.startswith("A mule walks")
    assert [one.reason for one in arrival.left_out if one.text == "The Salt Road"] == [
        "the headline, again"
    ]
