"""A house's habits at work: folders of other people's files, read as they stand.

Each project lies in `book`, beside the folder that it reads; nothing there is ever changed.
"""

from __future__ import annotations

import json
import os
import pickle
import time
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import reelpress.desk.texts
import reelpress.header.records
from reelpress.desk import project_folder, read
from reelpress.desk.addressing import apart
from reelpress.desk.images import Pictures
from reelpress.findings import Place
from reelpress.header import Heading, Reading, map_names, read_imprint, read_review, ready_map
from reelpress.header.globs import named
from reelpress.header.habits import Taken
from reelpress.header.opening import alike, opening, without
from reelpress.header.records import records_in
from reelpress.press import Run, press
from reelpress.work import Work
from reelpress.work.store import Store
from test_cli import CLEAN, FINDINGS, USAGE, accepts, as_json, call, numbered, schema

LAMP = (Path(__file__).parent / "specimen/manuscripts/images/lamp.png").read_bytes()
HOUSE = """\
name: Small Press
language: en-GB
defaults:
  reviewer: Ada Bell
  rights: {holder: Ada Bell, status: own}
"""
BLOG = "sources:\n  blog:\n    folder: ../blog\n"


def lay(
    folder: Path, files: Mapping[str, str | bytes], sources: str = BLOG, **tickets: str
) -> Path:
    """A project in folder/book, and files beside it; the project's folder."""
    book = folder / "book"
    tickets = tickets or {"all": "title: All\n"}
    wanted = {f"book/manuscripts/anthologies/{name}.yaml": t for name, t in tickets.items()}
    for path, text in {**wanted, "book/manuscripts/imprint.yaml": HOUSE + sources, **files}.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text if isinstance(text, bytes) else text.encode())
    return book


def post(title: str, text: str = "Somebody leaves.", more: str = "") -> str:
    """A blog's post."""
    return f"---\ntitle: {title}\ndate: 2021-02-03\n{more}---\n{text}\n"


def checked(book: Path, *names: str) -> Run:
    """All that is told of a project."""
    return press(book, names, bound=False)


def slugs(run: Run, name: str = "all") -> list[str]:
    """The reviews of an anthology, in its order."""
    (book,) = (b for b in run.pressed if b.name == name)
    return [review.slug for review in book.anthology.reviews]


def codes(run: Run) -> list[str]:
    """What is told, but for notes."""
    return [f.code for f in run.findings if f.severity != "note"]


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder."""
    files = (p for p in sorted(folder.rglob("*")) if p.is_file())
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in files}


HUGO: dict[str, str | bytes] = {
    "blog/config.yaml": "title: A blog\n",
    "blog/README.md": "# How to build this\n",
    "blog/content/_index.md": "---\ntitle: Home\n---\n",
    "blog/content/reviews/_index.md": "---\ntitle: Reviews\n---\nAll of them.\n",
    "blog/content/reviews/1949/the-third-man/index.md": post(
        "The Third Man (1949)", "# The Third Man\n\n![A lamp](lamp.png)\n\nA cat."
    ),
    "blog/content/reviews/1949/the-third-man/lamp.png": LAMP,
    "blog/content/reviews/1959/night-train.md": post("Night Train", "![A lamp](/img/l.png)"),
    "blog/content/reviews/sketch.md": post("Sketch", more="draft: true\n"),
    "blog/static/img/l.png": LAMP,
    "blog/node_modules/thing/README.md": "# A package\n",
    "blog/.cache/old.md": post("Old"),
}
"""A site made with Hugo."""


# ── from a generator's folder to a book ──────────────────────────────────────────────────


def test_a_blog_becomes_a_book_as_it_stands(tmp_path: Path) -> None:
    """Reviews, drafts, pictures beside a post and below static/; its files stay as they are."""
    book = lay(tmp_path, HUGO, BLOG + "    map: hugo\n")
    before = tree(tmp_path / "blog")
    code, said, _ = call("build", "-C", book, "--only", "epub", "--json")
    assert code == CLEAN
    told = json.loads(said)
    assert [volume["file"] for volume in told["volumes"]] == ["all.epub"]
    assert told["drafts"] == 1
    assert {f["code"] for f in told["findings"]} == {"H019", "H050"}
    assert tree(tmp_path / "blog") == before
    rows = json.loads(call("list", "all", "-C", book, "--json")[1])
    titles = [row["piece"] for row in rows if row["kind"] == "review"]
    assert titles == ["The Third Man", "Night Train"]


def test_a_finding_shows_the_line_of_a_file_outside(tmp_path: Path) -> None:
    """Its path is as seen from the project; what no source holds is not shown."""
    files = {"blog/a.md": post("A", "![A lamp](nowhere.png)"), "secret.md": "kept\n"}
    book = lay(tmp_path, files)
    (tmp_path / "blog" / "b.md").symlink_to(tmp_path / "secret.md")
    code, said, _ = call("check", "-C", book)
    assert code == FINDINGS
    assert "../blog/a.md:5:11: error: There is no image nowhere.png. [I001]" in said
    assert "    5 │ ![A lamp](nowhere.png)" in said
    assert "../blog/b.md:1:1: error: ../blog/b.md lies outside the project. [H023]" in said
    assert "kept" not in said


def test_what_nobody_means_is_passed_over(tmp_path: Path) -> None:
    """Hidden folders, packages, what a generator made, and the project itself."""
    files: dict[str, str | bytes] = {
        "a.md": post("A"),
        "deep/er/b.markdown": post("B"),
        "deep/left.md": post("Left out"),
        "._a.md": b"\0\5",
        ".git/c.md": post("C"),
        "node_modules/x/README.md": post("D"),
        "_site/e.md": post("E"),
        "book/manuscripts/reviews/own.md": post("Own", more="film: Own\n"),
        "book/build/f.md": post("F"),
        "notes.txt": "no review",
    }
    source = "sources: {here: {folder: .., leave_out: [deep/left.md, README.md]}}\n"
    run = checked(lay(tmp_path, files, source))
    assert sorted(slugs(run)) == ["a", "b", "own"]
    assert codes(run) == []


def test_a_glob_that_names_a_folder_takes_all_in_it(tmp_path: Path) -> None:
    """In reviews: and in leave_out: alike; ?, [] and ** are what they are elsewhere."""
    names = ("in/a1.md", "in/b2.md", "in/x/c3.md", "in/y/d4.md", "out/e5.md")
    files = {f"blog/{name}": post(name[-5:-3]) for name in names}
    files["blog/out/not.txt"] = post("Not Markdown by name")
    for globs, taken in (
        ("reviews: in", "a1 b2 c3 d4"),
        ("reviews: in/, leave_out: in/x", "a1 b2 d4"),
        ("reviews: in/*.md", "a1 b2"),
        ("reviews: [in/?1.md, '**/[de]?.md']", "a1 d4 e5"),
        ("reviews: ['**/[!a-c]?.md']", "d4 e5"),
        ("reviews: ./in/**/*3.md", "c3"),
        ("reviews: out/**", "e5"),
        ("reviews: [out/*.txt, in/y]", "d4 not"),
        ("reviews: ['**/[!a]*/**/*3.md', i*/*/d*4*d]", "c3 d4"),
        ("reviews: [i**n/**, '**5.md']", "a1 b2 c3 d4"),
    ):
        book = lay(tmp_path, files, f"sources: {{blog: {{folder: ../blog, {globs}}}}}\n")
        assert sorted(slugs(checked(book))) == taken.split(), globs


@pytest.mark.parametrize(
    ("glob", "path"),
    [
        ("*a" * 30 + "b", "a" * 200),
        ("**/*a*/" * 20 + "x", "aaa/" * 60 + "b"),
        ("**a*b" * 20 + "c", "ab" * 100),
        ("**/" * 500 + "[!b]?*" * 20 + "b", "a/" * 60 + "a" * 90),
    ],
)
def test_a_glob_of_many_stars_takes_no_longer(glob: str, path: str) -> None:
    """A project from elsewhere may hold any; what it names it names at once."""
    began = time.process_time()
    assert not named(path, (glob,))
    assert time.process_time() - began < 0.5


def test_a_link_that_leads_out_is_told_and_not_followed(tmp_path: Path) -> None:
    """Of a folder the link, not what lies behind it."""
    book = lay(tmp_path, {"blog/a.md": post("A"), "away/b.md": post("B")})
    (tmp_path / "blog" / "linked").symlink_to(tmp_path / "away")
    assert slugs(checked(book)) == ["a"]
    lay(tmp_path, {}, "sources: {blog: {folder: ../blog, reviews: ['*.md', linked/*.md]}}\n")
    run = checked(book)
    assert [str(f.place.path) for f in run.findings if f.code == "H023"] == ["../blog/linked"]
    lay(tmp_path, {}, "sources: {blog: {folder: ../blog/linked}}\n")  # the owner's own word
    assert slugs(checked(book)) == ["b"]


def test_of_two_sources_the_inner_takes_a_file(tmp_path: Path) -> None:
    """In whichever order they are written; its habits hold for it, and tickets find it there."""
    files = {"blog/a.md": post("A"), "blog/in/b.md": post("B", more="other: Else\n")}
    outer, inner = "  blog: ../blog\n", "  in: {folder: ../blog/in, fields: {film.title: other}}\n"
    for sources in (outer + inner, inner + outer):
        tickets = {"all": "title: All\n", "in": "title: In\nreviews: ['in:*.md']\n"}
        run = checked(lay(tmp_path, files, "sources:\n" + sources, **tickets))
        assert slugs(run, "in") == ["b"]
        made = {r.slug: r.film.title for b in run.pressed for r in b.anthology.reviews}
        assert made == {"a": "A", "b": "Else"}


def test_a_source_has_a_name_and_a_folder(tmp_path: Path) -> None:
    """Neither is empty, and the name is one that tickets can say."""
    files = {"blog/a.md": post("A")}
    sources = 'sources: {"": ../blog, "a:b": ../blog, "../x": ../blog, z: "", ok 1: ../blog}\n'
    run = checked(lay(tmp_path, files, sources))
    assert slugs(run) == ["a"]
    assert codes(run) == ["H006", "H006", "H006", "H014"]


def test_what_is_no_file_is_no_review(tmp_path: Path) -> None:
    """A link to itself or to nothing, a pipe, a folder that is called like a text."""
    book = lay(tmp_path, {"blog/a.md": post("A"), "blog/folder.md/b.md": post("B")})
    (tmp_path / "blog" / "itself.md").symlink_to("itself.md")
    (tmp_path / "blog" / "nothing.md").symlink_to("gone.md")
    (tmp_path / "blog" / "round").symlink_to(".")
    os.mkfifo(tmp_path / "blog" / "pipe.md")
    run = checked(book)
    assert (slugs(run), codes(run)) == (["a", "b"], [])


NAMES = (
    b"esc\x1b[31m",
    b"two\nlines",
    b"latin-\xe9",
    b"\xe2\x80\xaertl",
    b"e\xcc\x81",
    b"#",
    b"{x}",
)
"""Names of files, as other machines and other programs leave them."""


def named_oddly(folder: Path, text: str) -> Path:
    """A project, and beside it a folder of files that are called so; the project's folder."""
    book = lay(folder, {}, all="title: All\nvolumes: {epub: {}}\n")
    (folder / "blog").mkdir()
    for name in NAMES:
        Path(os.fsdecode(os.fsencode(folder) + b"/blog/" + name + b".md")).write_text(text)
    return book


def test_any_name_of_a_file_is_read(tmp_path: Path) -> None:
    """Where it stands in for a title it is text; what is told of it can be printed in a draft."""
    book = named_oddly(tmp_path, "Somebody leaves. ![A lamp](gone.png)\n")
    run = press(book, ["all"], draft=True)
    assert set(codes(run)) == {"I001"}
    titles = {review.film.title for review in run.pressed[0].anthology.reviews}
    assert titles == {"Esc[31m", "Two lines", "Latin", "\u202ertl", "É", "#", "{x}"}
    assert run.pressed[0].volumes


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("+++\nd = " + "9" * 5000 + '\ntitle = "A"\n+++\nb\n', {"H044"}),
        ("---\n" + "".join(f"key{n}: v\n" for n in range(40_000)) + "---\nb\n", set[str]()),
    ],
)
def test_headers_that_nobody_writes(tmp_path: Path, text: str, expected: set[str]) -> None:
    """A number longer than Python reads, more keys than there are words: read in seconds."""
    book = lay(tmp_path, {"blog/a.md": text})
    began = time.process_time()
    pool = read(book)
    assert time.process_time() - began < 10
    (manuscript,) = pool.manuscripts.values()
    said = {f.code for f in manuscript.findings if f.severity != "note"}
    assert said == expected
    assert manuscript.header is not None


def test_what_a_lock_cannot_name_is_not_frozen(tmp_path: Path) -> None:
    """A name that is not UTF-8 is told, and nothing is written."""
    book = named_oddly(tmp_path, "# A title\n\nSomebody leaves.\n")
    code, _, said = call("freeze", "all", "--project", book, "-j", "1")
    assert code == USAGE
    assert "the name of ../blog/latin-\ufffd.md is not UTF-8" in said
    assert not (book / "manuscripts/anthologies/all.lock").exists()
    for path in (tmp_path / "blog").iterdir():
        path.rename(path.with_name(path.name.replace("\udce9", "e")))
    assert call("freeze", "all", "--project", book, "-j", "1")[0] == CLEAN
    assert call("check", "all", "--project", book)[0] == CLEAN


def test_a_ticket_takes_from_a_source_what_it_names(tmp_path: Path) -> None:
    """NAME:GLOB, NAME: for all, NAME:PATH for one; in parts, and narrowed by select."""
    files = {
        "blog/1949/third.md": post("The Third Man (1949)", more="tags: [noir]\n"),
        "blog/1959/train.md": post("Night Train (1959)"),
        "book/manuscripts/reviews/own.md": "---\nfilm: Own\ntags: [noir]\n---\nWords.\n",
    }
    book = lay(
        tmp_path,
        files,
        all="title: All\nreviews: [own, 'blog:']\n",
        flow="title: Flow\nreviews:\n  - blog:\n",
        one="title: One\nreviews: blog:1949/third.md\n",
        some="title: Some\nreviews: blog:**/t*.md\nselect: {tags: noir}\n",
        every="title: Every\nselect: {tags: noir}\norder: {by: title}\n",
        parts=(
            "title: P\n"
            "parts: [{title: X, reviews: blog:1959/*}, {title: Y, select: {tags: noir}}]\n"
        ),
    )
    run = checked(book)
    assert codes(run) == []
    assert sorted(slugs(run)) == ["own", "third", "train"]
    assert sorted(slugs(run, "flow")) == ["third", "train"]
    assert slugs(run, "one") == ["third"]
    assert slugs(run, "some") == ["third"]
    assert slugs(run, "every") == ["own", "third"]
    assert slugs(run, "parts") == ["train", "own", "third"]
    rows = json.loads(call("list", "some", "-C", book, "--json")[1])
    assert [row["why"] for row in rows if row["why"]] == ["blog:**/t*.md; tags noir"]
    left = json.loads(call("list", "one", "-C", book, "--left-out", "--json")[1])
    assert sorted(row["file"] for row in left) == [
        "../blog/1959/train.md",
        "manuscripts/reviews/own.md",
    ]


def test_a_source_has_defaults_of_its_own(tmp_path: Path) -> None:
    """Reviewer, language and rights: the review's, then the source's, then the house's."""
    files = {
        "blog/a.md": post("A", 'Ein Satz mit "Wort".'),
        "blog/b.md": post("B", "Words.", "author: Joe Doe\nlanguage: fr\n"),
        "book/manuscripts/reviews/own.md": "---\nfilm: Own\n---\nWords.\n",
    }
    defaults = (
        "    defaults:\n      reviewer: Ines Moreau\n      language: de\n"
        "      rights: {holder: Ines Moreau, status: granted}\n"
    )
    book = lay(
        tmp_path,
        files,
        BLOG + defaults,
        all="title: All\n",
        german="title: G\nselect: {language: de, reviewer: Ines Moreau}\n",
    )
    run = checked(book)
    made = {r.slug: r for r in run.pressed[0].anthology.reviews}
    assert [made[s].byline[0].name for s in ("a", "b", "own")] == [
        "Ines Moreau",
        "Joe Doe",
        "Ada Bell",
    ]
    assert [made[s].language for s in ("a", "b", "own")] == ["de", "fr", "en-GB"]
    assert [made[s].rights.holders for s in ("a", "b", "own")] == [
        ("Ines Moreau",),
        ("Ines Moreau",),
        ("Ada Bell",),
    ]
    assert [str(made[s].rights.permission.status) for s in ("a", "own")] == ["granted", "own"]
    assert "„Wort“" in made["a"].text.body
    assert slugs(run, "german") == ["a"]
    code, said, _ = call("rights", "all", "-C", book, "--json")
    assert code == CLEAN
    assert "Ines Moreau" in said


def test_pictures_of_a_source_are_not_the_houses_own(tmp_path: Path) -> None:
    """What a house says of its own pictures does not hold for a source that speaks for itself."""
    files: dict[str, str | bytes] = {
        "blog/a.md": post("A", "![A lamp](lamp.png)"),
        "blog/lamp.png": LAMP,
    }
    book = lay(tmp_path, files, BLOG)
    assert codes(checked(book)) == []
    rights = "    defaults: {rights: {holder: Ines Moreau, status: %s}}\n"
    lay(tmp_path, {}, BLOG + rights % "granted")
    (told,) = [f for f in checked(book).findings if f.severity == "error"]
    assert 'the picture "A lamp"' in told.text
    lay(tmp_path, {}, BLOG + rights % "own")
    assert codes(checked(book)) == []


# ── addresses ────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("paths", "given", "expected"),
    [
        (["a/x.md", "b/y.md"], {}, ["x", "y"]),
        (["1949/third-man.md", "2001/third-man.md"], {}, ["1949-third-man", "2001-third-man"]),
        (["a/1/x.md", "b/1/x.md", "x.md"], {}, ["a-1-x", "b-1-x", "x"]),
        (["2019-05-03-x.md", "2020-01-31 y.md"], {}, ["x", "y"]),
        (["2019-05-03-x.md", "2020-1-31 x.md"], {}, ["2019-05-03-x", "2020-1-31-x"]),
        (["a/x/index.md", "b/x/index.md", "a/x.fr.md"], {}, ["a-x", "b-x", "a-x-2"]),
        (["a.md", "b.md"], {"a.md": "Monthly", "b.md": "monthly"}, ["a", "b"]),
        (["a.md", "b.md"], {"a.md": "B"}, ["b", "b"]),
        (["#/1917.md", "Filme/1917.md"], {}, ["untitled-1917", "filme-1917"]),
        (["שלום.md"], {}, ["slvm"]),
    ],
)
def test_slugs_of_a_source(paths: list[str], given: dict[str, str], expected: list[str]) -> None:
    """The file's name; as many folders before it as it takes, for all that share it alike."""
    if expected[-1] == "a-x-2":  # what still collides is told
        assert apart(paths, given) == {paths[0]: "a-x", paths[1]: "b-x", paths[2]: "a-x"}
    else:
        assert list(map(apart(paths, given).get, paths)) == expected


def test_many_files_of_one_name_are_told_apart_quickly() -> None:
    """Five thousand index.md and five thousand equal slugs, in folders of folders."""
    paths = [f"{n % 7}/{n % 50}/{n}/x/index.md" for n in range(5000)]
    began = time.process_time()
    assert len(set(apart(paths, dict.fromkeys(paths, "same")).values())) == 5000
    assert time.process_time() - began < 2


def test_a_frozen_book_keeps_its_addresses(tmp_path: Path) -> None:
    """Whatever files come to its source; what changed in one of them is told."""
    book = lay(tmp_path, {"blog/1949/third.md": post("The Third Man")})
    assert call("freeze", "all", "-C", book)[0] == CLEAN
    lock = json.loads((book / "manuscripts/anthologies/all.lock").read_text("utf-8"))
    assert lock["reviews"]["third"]["path"] == "../blog/1949/third.md"
    assert codes(checked(book)) == []
    lay(tmp_path, {"blog/2001/third.md": post("The Other")})
    run = checked(book)
    assert slugs(run) == ["third"]
    assert codes(run) == ["H036"]
    lay(tmp_path, {"blog/1949/third.md": post("The Third Man", "Other words.")})
    assert "H038" in codes(checked(book))
    code, said, _ = call("freeze", "all", "-C", book, "--json")
    assert code == CLEAN
    assert json.loads(said)["frozen"]["since"]["added"] != []
    lay(tmp_path, {}, "")  # the source is named no more
    assert "H039" in codes(checked(book))


def test_a_lock_names_only_reviews(tmp_path: Path) -> None:
    """No other file of the project, nor one beside a source."""
    book = lay(tmp_path, {"blog/a.md": post("A"), "other.md": post("B"), "book/README.md": "x"})
    assert call("freeze", "all", "-C", book)[0] == CLEAN
    path = book / "manuscripts/anthologies/all.lock"
    text = path.read_text("utf-8")
    for other in ("../other.md", "README.md", "../blog/../other.md"):
        path.write_text(text.replace("../blog/a.md", other), "utf-8")
        assert codes(checked(book))[0] == "H039", other


def test_an_exemption_names_a_file_of_a_source(tmp_path: Path) -> None:
    """By slug, as NAME:PATH, or as findings print it."""
    files: dict[str, str | bytes] = {"blog/a.md": post("A", "![](lamp.png)"), "blog/lamp.png": LAMP}
    for where in ("a", "blog:a.md", "../blog/a.md"):
        ticket = f"title: All\nexempt: [{{rule: A001, where: '{where}', reason: Ornament.}}]\n"
        book = lay(tmp_path, files, all=ticket)
        assert codes(checked(book)) == [], where
    ticket = "title: All\nexempt: [{rule: A001, where: blog:b.md, reason: Ornament.}]\n"
    assert sorted(codes(checked(lay(tmp_path, {}, all=ticket)))) == ["A001", "H014"]


# ── one file, understood by two tickets ──────────────────────────────────────────────────


def test_a_tickets_fields_hold_for_it_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two anthologies understand one file each in its own way; its text is edited once."""
    header = "verdict: Required\nmarks: 3/5\nkind: noir\n"
    files = {"blog/a.md": post("A", more=header), "blog/b.md": post("B", more="marks: 2/5\n")}
    edited: list[str] = []
    real = reelpress.desk.texts.edited

    def counted(source: reelpress.desk.texts.Source, pictures: Pictures) -> object:
        edited.append(source.path)
        return real(source, pictures)

    monkeypatch.setattr(reelpress.desk.texts, "edited", counted)
    book = lay(
        tmp_path,
        files,
        BLOG + "    fields: {rating: marks}\n",
        all="title: All\n",
        words=(
            "title: Words\n"
            "fields: {rating: {of: verdict, values: {Required: 5/5}}, tags: kind}\n"
            "select: {rating: '> 4/5'}\n"
        ),
        drafts="title: Drafts\nfields: {draft: {of: kind, values: {noir: 'true'}}}\n",
    )
    run = checked(book)
    made = {b.name: {r.slug: r for r in b.anthology.reviews} for b in run.pressed}
    assert {s: r.rating and r.rating.text for s, r in made["all"].items()} == {
        "a": "3/5",
        "b": "2/5",
    }
    assert {s: r.rating and r.rating.text for s, r in made["words"].items()} == {"a": "5/5"}
    assert made["words"]["a"].tags == ("noir",)
    assert made["all"]["a"].tags == ()
    assert list(made["drafts"]) == ["b"]
    assert sorted(edited) == ["../blog/a.md", "../blog/b.md"]
    keys = [f.text for f in run.findings if f.code == "H005"]
    assert sum('"verdict"' in text for text in keys) == 1
    left = json.loads(call("list", "words", "-C", book, "--left-out", "--json")[1])
    assert [row["review"] for row in left] == ["b"]
    assert slugs(checked(book, "words"), "words") == ["a"]  # alone, as among others


# ── facts that stand elsewhere ───────────────────────────────────────────────────────────

LOG = """sources:
  log:
    folder: ../log
    reviews: reviews/*.md
    join:
      files: data/*.json
      key: imdb_id
      on: imdbId
      take: {film.title: title, film.year: year, film.directors: "directors[].name"}
"""


def log(number: int) -> dict[str, str | bytes]:
    """Reviews that name their films by a number, and a file for each film, and as many again."""
    films = {
        f"log/data/{n}.json": json.dumps(
            {
                "imdbId": f"tt{n}",
                "title": f"Film {n}",
                "year": str(1930 + n % 90),
                "directors": [{"name": f"Ada {n}"}, {"name": "Joe Doe"}],
                "performers": [{"name": f"P {i}", "roles": ["Himself"]} for i in range(40)],
            }
        )
        for n in range(2 * number)
    }
    texts = {
        f"log/reviews/r{n}.md": f"---\nimdb_id: tt{n}\ngrade: B+\n---\nWords.\n"
        for n in range(number)
    }
    return {**films, **texts}


def test_facts_by_the_names_of_files(tmp_path: Path) -> None:
    """A name is asked for as it is written; a date is a date in TOML, JSON and a header."""
    join = "{files: data/*.*, key: <file>, on: <file>, take: {film.title: title}}"
    days = "{files: days/*.*, key: date, on: day, take: {film.year: year}}"
    files = {
        "log/tt0-fox.md": "---\ndate: 2021-02-03\n---\nA fox.\n",
        "log/data/tt0-fox.json": '{"title": "The Fox"}',
        "log/days/x.toml": "[[seen]]\nday = 2021-02-03\nyear = 1949\n",
    }
    sources = f"sources: {{log: {{folder: ../log, reviews: '*.md', join: [{join}, {days}]}}}}\n"
    run = checked(lay(tmp_path, files, sources))
    assert codes(run) == []
    (film,) = (review.film for review in run.pressed[0].anthology.reviews)
    assert film is not None
    assert (film.title, film.year) == ("The Fox", 1949)
    lay(tmp_path, {"log/other.md": "---\ndate: 2021-02-03\n---\nA cat.\n"}, sources)
    texts = [f.text for f in checked(tmp_path / "book").findings if f.code == "H051"]
    assert texts == ["Nothing in data/*.* has the file's name."]


def test_thousands_of_files_are_joined_at_once(tmp_path: Path) -> None:
    """Each is read once; of what is not taken nothing is kept."""
    book = lay(tmp_path, log(1000), LOG)
    began = time.process_time()
    pool = read(book)
    assert time.process_time() - began < 3  # on a busy machine; alone it takes a fifth of that
    films = [getattr(m.header, "model").film for m in pool.manuscripts.values()]  # noqa: B009
    assert len(films) == 1000
    assert all(film.title and film.year and len(film.directors) == 2 for film in films)
    assert pool.findings == ()


def test_join_files_are_read_once_and_only_if_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many tickets there are; where no header has the key, none is opened."""
    opened: list[str] = []

    def counted(data: bytes, path: str) -> object:
        opened.append(path)
        return records_in(data, path)

    monkeypatch.setattr("reelpress.desk.joins.records_in", counted)
    book = lay(tmp_path, log(2), LOG, a="title: A\n", b="title: B\nfields: {tags: grade}\n")
    checked(book)
    assert sorted(opened) == [f"../log/data/{n}.json" for n in range(4)]
    opened.clear()
    for n in range(2):
        (tmp_path / f"log/reviews/r{n}.md").write_text(post("No key"), "utf-8")
    checked(book)
    assert opened == []


def test_hostile_facts_cost_nothing(tmp_path: Path) -> None:
    """Depth, size, bombs, binaries, links and devices: told, and the rest is read."""
    bomb = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
        f"{b}: &{b} [*{a}, *{a}, *{a}, *{a}, *{a}, *{a}, *{a}, *{a}, *{a}]\n"
        for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    files: dict[str, str | bytes] = {
        "log/reviews/r.md": "---\nimdb_id: tt1\n---\nWords.\n",
        "log/data/0.json": "[" * 100_000,
        "log/data/1.json": '{"imdbId": "tt1", "title": "Film", "directors": %s}'
        % ("[" * 60 + "]" * 60),
        "log/data/2.json": b"\x00\xff\xfe",
        "log/data/3.json": b" " * (reelpress.header.records.MOST + 1),
        "log/data/4.yaml": bomb,
        "log/data/5.csv": b'a,"' + b"x" * 200_000,
        "log/data/6.md": "no front matter",
        "log/data/7.toml": "a = = 1",
        "secret.json": '{"imdbId": "tt1", "title": "Secret"}',
    }
    book = lay(tmp_path, files, LOG.replace("data/*.json", "data/*"))
    (tmp_path / "log/data/00.json").symlink_to(tmp_path / "secret.json")
    os.mkfifo(tmp_path / "log/data/8.json")
    began = time.process_time()
    pool = read(book)
    assert time.process_time() - began < 3
    (manuscript,) = pool.manuscripts.values()
    assert getattr(manuscript.header, "model").film.title == "Film"  # noqa: B009
    told = {f.place.path.rpartition("/")[2]: f.code for f in pool.findings}
    assert told.pop("00.json") == "H023"
    assert set(told.values()) <= {"H052", "H054"}
    assert {"0.json", "2.json", "3.json", "4.yaml", "5.csv", "7.toml"} <= told.keys()


# ── pictures ─────────────────────────────────────────────────────────────────────────────


def test_a_table_that_changes_is_heeded(tmp_path: Path) -> None:
    """A text that was kept is edited again when its pictures lie elsewhere."""
    files: dict[str, str | bytes] = {
        "blog/a.md": post("A", "![A lamp](/l.png)"),
        "blog/one/l.png": LAMP,
        "blog/two/l.png": LAMP,
    }
    table = BLOG + "    images: {/: %s}\n"
    book = lay(tmp_path, files, table % "one")

    def file_of() -> str:
        with Work(Store(tmp_path / "kept")) as work:
            run = press(book, bound=False, work=work)
        (review,) = run.pressed[0].anthology.reviews
        return review.text.pictures[0].file

    assert file_of() == "../blog/one/l.png"
    assert file_of() == "../blog/one/l.png"
    lay(tmp_path, {}, table % "two")
    assert file_of() == "../blog/two/l.png"


def test_another_process_knows_the_tables(tmp_path: Path) -> None:
    """Pictures are sent as what they are found by."""
    files: dict[str, str | bytes] = {"blog/a.md": post("A"), "blog/cdn/l.png": LAMP}
    book = lay(tmp_path, files, BLOG + "    images: {'https://cdn.example/': cdn}\n")
    pool = read(book)
    sent = pickle.loads(pickle.dumps(pool.texts.pictures))
    address = "http://cdn.example/l.png?x=1"
    asset, said = sent.get(address, "../blog/a.md", Place("../blog/a.md"))
    assert said == ()
    assert asset is not None
    assert sent.file(address, "../blog/a.md") == "../blog/cdn/l.png"


def test_pictures_never_lead_out_of_a_source(tmp_path: Path) -> None:
    """Neither by a table, nor by what stands in an address."""
    addresses = (
        "/../secret.png",
        "../secret.png",
        "https://cdn.example/../../secret.png",
        "/%2e%2e/secret.png",
    )
    text = "\n\n".join(f"![A]({address})" for address in addresses)
    files: dict[str, str | bytes] = {
        "blog/a.md": post("A", text),
        "secret.png": LAMP,
        "blog/cdn/x": "x",
    }
    book = lay(tmp_path, files, BLOG + "    images: {/: ., 'https://cdn.example/': cdn}\n")
    run = checked(book)
    assert run.pressed[0].anthology.reviews[0].text.assets == ()
    assert set(codes(run)) <= {"I001", "I002", "I003"}
    assert len(codes(run)) == 4
    assert not project_folder(book).covers("../secret.png")


# ── maps ─────────────────────────────────────────────────────────────────────────────────


def test_every_ready_made_map_can_be_read() -> None:
    """By its name; their globs stay in the folder."""
    assert {"hugo", "jekyll"} <= set(map_names())
    for name in map_names():
        made = ready_map(name)
        assert made is not None
        assert not any(glob.startswith("/") or ".." in glob for glob in made.reviews)
    assert ready_map("../imprint") is None


def test_the_schema_completes_what_a_house_can_say() -> None:
    """Short forms and long ones; keys that are slips are not refused, as elsewhere."""
    rule = schema("imprint")
    text = (
        HOUSE
        + LOG
        + "fields: {rating: grade, tags: [kind, genre], title: {of: name, values: {a: b}}}\n"
    )
    assert accepts(rule, numbered(as_json(text)), rule)
    assert accepts(rule, {"sources": {"blog": "../blog"}}, rule)
    assert not accepts(rule, {"sources": {"blog": {"map": "hugo"}}}, rule)  # where is it?
    assert not accepts(rule, {"sources": {"blog": ["../blog"]}}, rule)
    assert not accepts(rule, {"map": "no-such-map"}, rule)
    header, said = read_imprint(text, "imprint.yaml")
    assert said == ()
    assert header is not None


# ── the heading with which a text opens ──────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("# The Third Man\n\nText.", "The Third Man"),
        ("\n\n## *Stalker* (1979) ##\n", "Stalker (1979)"),
        ("Sunrise\n=======\n\nText.", "Sunrise"),
        ("<h1 class='x'>Tom &amp; Viv</h1>\nText.", "Tom & Viv"),
        ("![A still](x.png)\n\n---\n\n# Night {#id}\n", "Night"),
        ("Seen in May.\n\n# [Night](https://example.org)\n", "Night"),
        ("Seen in May.\n\n## Night\n", None),
        ("Prose. " * 60 + "\n\n# Conclusion\n", None),
        ("```\n# A comment\n```\n\n# Night\n", None),
        ("    # code\n\n# Night\n", None),
        ("#Film #Noir\n\nText.", None),
        ("#\n\nText.", None),
        ("Text.\n\n---\n\nMore.", None),
        ("", None),
    ],
)
def test_the_heading_that_opens_a_text(text: str, title: str | None) -> None:
    """One of the first rank near the top, or any that nothing but pictures stands before."""
    found = opening(text)
    assert (found.title if found else None) == title


def test_a_heading_that_says_the_title_is_printed_once(tmp_path: Path) -> None:
    """Whoever says the title; the lines below it keep their numbers."""
    text = "# The Third Man (1949)\n\nA cat in a doorway.\n"
    header = "---\ntitle: The third man\nfilm: {title: The Third Man, year: 1949}\n---\n"
    book = lay(tmp_path, {"book/manuscripts/reviews/a.md": header + text}, "")
    run = checked(book)
    (review,) = run.pressed[0].anthology.reviews
    assert review.text.body.startswith('<p data-at="7:1">A cat')
    found = opening(text)
    assert found is not None
    assert without(text, found) == "\n\nA cat in a doorway.\n"
    assert alike("“Stalker”", "Stalker")
    assert not alike("Stalker", "Stalkers")
    assert not alike("?", "!")


# ── links between the posts of a site ────────────────────────────────────────────────────


def sections(run: Run, name: str = "all") -> dict[str, str]:
    """The sections of an anthology's reviews, by their slugs."""
    (book,) = (b for b in run.pressed if b.name == name)
    assert book.galley is not None
    made = {section.id: section.body for section in book.galley.sections}
    return {review.slug: made[review.id] for review in book.anthology.reviews}


@pytest.mark.parametrize(
    "address",
    [
        "/2019/ran/",
        "/2019/ran/#ending",
        "/2019/Ran.html?from=feed",
        "../ran.md",
        "ran.markdown",
        "ran/",
        "ran",
        "./ran/index.html",
        "2019-05-03-ran.md",
        "/%72an/",
        '{{< ref "ran.md" >}}',
    ],
)
def test_posts_lead_to_each_other(tmp_path: Path, address: str) -> None:
    """However a site writes the address of a post, the link leads to that review of the book."""
    files = {
        "blog/_posts/2019-05-03-ran.md": post("Ran"),
        "blog/_posts/2020-01-02-ikiru.md": post("Ikiru", f"Unlike [the other]({address})."),
    }
    run = checked(lay(tmp_path, files))
    assert codes(run) == []
    (book,) = run.pressed
    ids = {review.slug: review.id for review in book.anthology.reviews}
    assert f'<a href="#{ids["ran"]}"' in sections(run)["ikiru"]


@pytest.mark.parametrize(
    "address",
    [
        "/2019/rashomon/",
        "/tags/ran/",
        "/files/ran.pdf",
        "//example.org/ran",
        "example.org/ran",
        "../",
        "/",
        "?ran",
        "file:///ran.md",
    ],
)
def test_addresses_of_no_review_are_plain_text(tmp_path: Path, address: str) -> None:
    """They are told as the author wrote them, on the author's line."""
    files = {
        "blog/ran.md": post("Ran"),
        "blog/ikiru.md": post("Ikiru", f"\nUnlike [the other]({address})."),
    }
    run = checked(lay(tmp_path, files))
    (told,) = (f for f in run.findings if f.severity != "note")
    assert (told.code, told.place.path, told.place.line) == ("L006", "../blog/ikiru.md", 6)
    assert f'"{address}"' in told.text
    assert "the other</span>" in sections(run)["ikiru"]


def test_posts_of_one_name_are_told_apart_by_their_addresses(tmp_path: Path) -> None:
    """And what two posts are called leads to neither of them."""
    text = "[a](/1985/ran/), [b](../1966/ran.md), [c](ran.md)."
    files = {
        "blog/1966/ran.md": post("Ran"),
        "blog/1985/ran.md": post("Ran again"),
        "blog/ikiru.md": post("Ikiru", text),
    }
    run = checked(lay(tmp_path, files))
    (book,) = run.pressed
    ids = {review.slug: review.id for review in book.anthology.reviews}
    led = [ids["1985-ran"], ids["1966-ran"]]
    body = sections(run)["ikiru"]
    assert [own for own in led if f'href="#{own}"' in body] == led
    assert [f.text.split('"')[1] for f in run.findings if f.code == "L006"] == ["ran.md"]


def test_a_post_is_found_under_its_former_addresses(tmp_path: Path) -> None:
    """What the file is called, and what its header calls it, lead to it beside its slug."""
    text = "[a](/chaos/), [b](ran.md), [c](/old/lear/), [d](/films/kurosawas-lear/)."
    more = "slug: chaos\naliases: [/old/lear/]\npermalink: /films/kurosawas-lear/\n"
    files = {"blog/ran.md": post("Ran", more=more), "blog/ikiru.md": post("Ikiru", text)}
    run = checked(lay(tmp_path, files))
    assert codes(run) == []
    (book,) = run.pressed
    ids = {review.slug: review.id for review in book.anthology.reviews}
    assert sections(run)["ikiru"].count(f'href="#{ids["chaos"]}"') == 4


def test_a_kept_section_is_set_anew_when_what_it_links_to_comes_or_goes(tmp_path: Path) -> None:
    """Whether an address leads anywhere is no property of the text that has it."""
    files = {
        "blog/ikiru.md": post("Ikiru", "Unlike [the other](/2019/ran/)."),
        "blog/kagemusha.md": post("Kagemusha"),
    }
    book = lay(tmp_path, files)
    ran = tmp_path / "blog" / "ran.md"
    seen = []
    for there in (False, True, True, False):
        if there:
            ran.write_text(post("Ran"), "utf-8")
        else:
            ran.unlink(missing_ok=True)
        with Work(Store(tmp_path / "kept")) as work:
            run = press(book, (), bound=False, work=work)
        seen.append(("<a href" in sections(run)["ikiru"], codes(run)))
    assert seen == [(False, ["L006"]), (True, []), (True, []), (False, ["L006"])]


# ── anything at all ──────────────────────────────────────────────────────────────────────

KEYS = st.sampled_from(
    "title film movie rating grade author by year tags a b film.title x[].y".split()
)
TEXT = st.text(st.characters(exclude_categories=("Cc", "Cs", "Cn", "Co")), max_size=8)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=8,
)
WAYS = st.sampled_from(
    "title film film.title movie.title grade author[].by by[] a.b[0] a[].b <heading> <file> "
    "<folder> <path> [] . a..b a[b]".split()
)
OURS = st.sampled_from(
    "title film film.title film.year film.directors film.original_title.text film.ids.imdb rating "
    "reviewer date tags rights rights.holder draft slug extra.thing".split()
)


@settings(max_examples=200)
@given(
    st.dictionaries(KEYS, VALUES, max_size=5),
    st.dictionaries(OURS, st.lists(WAYS, max_size=3), max_size=4),
    st.booleans(),
    st.text(max_size=12),
)
@example(header={"movie": [None, False]}, fields={}, foreign=True, title="")
@example(header={"film": [[1, 2], {}]}, fields={"film.directors": ["film"]}, foreign=True, title="")
def test_no_header_and_no_map_is_too_much(
    header: dict[str, object], fields: dict[str, list[str]], foreign: bool, title: str
) -> None:
    """Whatever a header says and a house asks for: a model and findings, never a traceback."""
    taken = {name: Taken(of=list(ways), values={"a": "b"}) for name, ways in fields.items()}
    heading = Heading(title, Place("x.md", 3), 1)
    reading = Reading("2019/a-b/x.md", taken, (), heading, foreign)
    made, said = read_review(json.dumps(header, ensure_ascii=False), "x.md", reading)
    assert made is not None
    assert all(finding.place.path == "x.md" for finding in said)
    if foreign and not isinstance(header.get("film"), dict) and "film" not in fields:
        assert made.model.film is not None
