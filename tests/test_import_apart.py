"""Imports tell apart what is not the same: people, files, what is published and what is not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from reelpress.header import read_people, read_review, split_front_matter
from test_cli import CLEAN, call, contents
from test_import import project  # noqa: F401 # a fixture
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
def test_only_what_is_published_comes(status: str, project: Path, tmp_path: Path) -> None:  # noqa: F811
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


NAMES = {"a": "François Émile", "b": "Francois Emile", "c": "李安", "d": "莉安", "e": "!!!", "f": "***"}


def test_two_names_that_are_one_in_plain_letters(project: Path, tmp_path: Path) -> None:  # noqa: F811
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
    project: Path,  # noqa: F811
    tmp_path: Path,
) -> None:
    """The same where each file names its own."""
    for n, name in enumerate(NAMES.values()):
        word(tmp_path / "pages", f"film-{n}.docx", f"Film {n}", name)
    call("import", tmp_path / "pages", "-C", project)
    assert list(reviewers(project).values()) == list(NAMES.values())


PAGE = (
    "Skip to main content\n\n'{}' (1945) - Movie Review\n\nTwo people wait for {}.\n\n"
    "Movie Details\n\nTitle: {}\nRelease Year: 1945\n\n© 2019 Odile Marchetti\n"
)


def texts(project: Path) -> list[str]:
    """The last line of each review."""
    found = (project / "manuscripts" / "reviews").glob("*.md")
    return sorted(path.read_text("utf-8").strip().split("\n")[-1] for path in found)


def test_files_of_one_name_in_two_folders_are_two(project: Path, tmp_path: Path) -> None:  # noqa: F811
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


def test_a_folder_of_several_kinds_comes_whole(project: Path, tmp_path: Path) -> None:  # noqa: F811
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
