"""`reelpress init DIR --from FOLDER`: a project of reviews that are there, as they stand."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from zipfile import ZipFile

import pytest
import yaml
from lxml import etree

from checkers import epubcheck
from reelpress.words import lost, words_of
from test_cli import CLEAN, FINDINGS, USAGE, call, contents
from test_survey import lay, review, several


@pytest.fixture
def blog(tmp_path: Path) -> Path:
    """A blog with three authors, a draft, facts in files of their own, pictures here and there."""
    pictures = "![](/pics/a.jpg) ![](https://cdn.example/b.jpg)\n"
    return lay(
        tmp_path / "back-row",
        {
            "hugo.toml": 'title = "Back Row"\ndefaultContentLanguage = "en"\n',
            **{
                f"content/reviews/film-{n}.md": review(
                    imdb_id=f"tt000000{n}", verdict="B+", author="Ada Bell", date=f"2021-03-0{n}"
                )
                for n in range(1, 6)
            },
            "content/reviews/two.md": review(
                title="Two", verdict="A", author='"Joe Doe and Ines Moreau"', date="2021-04-01"
            )
            + pictures,
            "content/reviews/later.md": review(title="Later", draft="true", date="2022-01-01"),
            "content/reviews/_index.md": "---\ntitle: All\n---\n",
            **{
                f"data/titles/{n}.json": json.dumps(
                    {
                        "imdbId": f"tt000000{n}",
                        "title": f"Film No. {n}",
                        "year": 1940 + n,
                        "directors": [{"name": "Dora Lund"}],
                    }
                )
                for n in range(1, 8)
            },
        },
    )


SAID = """\
  build/.gitignore
  manuscripts/anthologies/mine.yaml
  manuscripts/imprint.yaml
  manuscripts/people.yaml

6 reviews, 1 draft left out, `author` read as reviewer, `verdict` read as rating, facts by \
`imdb_id` from data/titles/*.json, 3 reviewers, 1 remote image, 1 missing image.

Now: cd {folder} && reelpress build --draft --open
"""


def test_what_holds_nothing_is_not_counted_as_a_review(blog: Path, tmp_path: Path) -> None:
    """The numbers are those of the book."""
    lay(blog, {"content/reviews/empty.md": "", "content/reviews/noise.md": bytes(range(256))})
    _, said, _ = call("init", tmp_path / "mine", "--from", blog)
    assert "\n6 reviews, 2 empty or unreadable, 1 draft left out, " in said


def test_a_project_is_made_of_a_blog(blog: Path, tmp_path: Path) -> None:
    """Three files to go on with; the blog is as it was; the book can be seen at once."""
    before, folder = contents(blog), tmp_path / "mine"
    assert call("init", folder, "--from", blog) == (CLEAN, SAID.format(folder=folder), "")
    assert contents(blog) == before
    files = {
        path.relative_to(folder / "manuscripts").as_posix()
        for path in (folder / "manuscripts").rglob("*")
        if path.is_file()
    }
    assert files == {"imprint.yaml", "people.yaml", "anthologies/mine.yaml"}

    def read(name: str) -> object:
        return yaml.safe_load((folder / "manuscripts" / name).read_text(encoding="utf-8"))

    imprint = read("imprint.yaml")
    assert isinstance(imprint, dict)
    assert imprint["sources"]["back-row"]["folder"] == "../back-row"
    assert read("people.yaml") == {
        "ada-bell": {"name": "Ada Bell"},
        "joe-doe": {"name": "Joe Doe"},
        "ines-moreau": {"name": "Ines Moreau"},
    }
    assert read("anthologies/mine.yaml") == {
        "title": "Back Row",
        "language": "en",
        "issued": date(2022, 1, 1),
        "layout": "classic",
        "order": {"by": ["date"]},
        "volumes": {"epub": {}, "print": {"trim": "6x9"}},
    }
    assert (folder / ".schema" / "imprint.schema.json").is_file()

    code, said, _ = call("build", "-C", folder, "--draft", "--only", "epub", "--json")
    codes = {f["code"] for f in json.loads(said)["findings"]}
    assert (code, json.loads(said)["drafts"]) == (FINDINGS, 1)
    assert codes <= {"R002", "I001", "I003", "H019", "H050"}
    code, said, _ = call("list", "mine", "-C", folder, "--json")
    rows = [row for row in json.loads(said) if row["kind"] == "review"]
    assert [row["piece"] for row in rows] == [*(f"Film No. {n}" for n in range(1, 6)), "Two"]
    assert rows[-1]["reviewer"] == "Joe Doe, Ines Moreau"


def test_a_project_lies_anywhere_and_writes_over_nothing(blog: Path, tmp_path: Path) -> None:
    """Within the folder itself too; a file that is there is said, and nothing is written."""
    folder = blog / "book"
    assert call("init", folder, "--from", blog)[0] == CLEAN
    imprint = (folder / "manuscripts/imprint.yaml").read_text(encoding="utf-8")
    assert "folder: ..\n" in imprint or 'folder: ".."\n' in imprint
    lay(tmp_path / "other", {"manuscripts/people.yaml": "a: {name: A}\n"})
    before = contents(tmp_path / "other")
    code, _, said = call("init", tmp_path / "other", "--from", blog)
    assert (code, contents(tmp_path / "other")) == (USAGE, before)
    assert "people.yaml is there already; init writes over nothing" in said


def test_where_nobody_is_named_somebody_is_to_be_filled_in(tmp_path: Path) -> None:
    """Nothing is guessed; the place for it is there."""
    blog = lay(tmp_path / "notes", several("films/{n}.md", date="2020-01-01"))
    assert call("init", tmp_path / "mine", "--from", blog)[0] == CLEAN
    people = (tmp_path / "mine/manuscripts/people.yaml").read_text(encoding="utf-8")
    assert yaml.safe_load(people) == {"reviewer": {"name": "?"}}
    _, said, _ = call("check", "-C", tmp_path / "mine", "--json")
    assert {f["code"] for f in json.loads(said)["findings"]} == {"R002"}


def test_wrong_ways_to_begin(blog: Path, tmp_path: Path) -> None:
    """A map that is not there, no folder, no review: said, and nothing is written."""
    code, _, said = call("init", tmp_path / "a", "--from", blog, "--map", "hugoo")
    assert (code, 'did you mean "hugo"?' in said) == (USAGE, True)
    assert call("init", tmp_path / "a", "--from", tmp_path / "none")[0] == USAGE
    assert call("init", tmp_path / "a", "--map", "hugo")[0] == USAGE
    code, said, _ = call("init", tmp_path / "a", "--from", blog, "--reviews", "none/*.md")
    assert (code, "[S040]" in said) == (FINDINGS, True)
    assert not (tmp_path / "a").exists()


def test_a_map_may_be_named(tmp_path: Path) -> None:
    """Where a folder does not show whose it is."""
    blog = lay(tmp_path / "blog", several("content/{n}.md"))
    assert call("init", tmp_path / "mine", "--from", blog, "--map", "hugo")[0] == CLEAN
    text = (tmp_path / "mine/manuscripts/imprint.yaml").read_text(encoding="utf-8")
    assert yaml.safe_load(text)["sources"]["blog"]["map"] == "hugo"


@pytest.mark.slow
@pytest.mark.checkers
def test_a_hebrew_blog_becomes_both_books(tmp_path: Path) -> None:
    """From right to left, spans of a word processor and all; no word is lost."""
    spans = '<span lang="he-IL">הסרט מתחיל</span><span lang="en-US">, </span>'
    text = f"{spans}והוא נגמר שם. איש אינו אומר דבר, והגשם יורד כל הלילה. סוף\x01 הסרט.\n\n" * 6
    posts = {
        f"content/post/2015-07-0{n}-סרט-{n}.md": f'---\ntitle: "סרט {n}"\ndate: 2015-07-0{n}'
        f"\nyear: 2015\nauthor: עדה בל\n---\n{text}"
        for n in range(1, 6)
    }
    config = 'title = "השורה האחרונה"\ndefaultContentLanguage = "he"\n'
    blog = lay(tmp_path / "blog", {"hugo.toml": config, **posts})
    folder = tmp_path / "mine"
    assert call("init", folder, "--from", blog)[0] == CLEAN
    code, said, _ = call("build", "-C", folder, "--draft", "--json")
    assert code == FINDINGS
    assert {f["code"] for f in json.loads(said)["findings"]} <= {"R002", "M002", "M003"}
    book = folder / "build/mine/mine.epub"
    assert [m for m in epubcheck(book) if m.severity in ("FATAL", "ERROR", "WARNING")] == []
    assert (folder / "build/mine/mine-print.pdf").is_file()
    with ZipFile(book) as epub:
        names = [n for n in epub.namelist() if "/text/r-" in n]
        roots = [etree.fromstring(epub.read(n)) for n in names]
    assert len(roots) == 5
    wanted = words_of(etree.fromstring(f"<p>{text}</p>".replace("\x01", "")).xpath("string()"))
    for root in roots:
        assert lost(wanted, [words_of("".join(root.itertext()))]) == {}
