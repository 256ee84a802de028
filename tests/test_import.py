"""`reelpress import`: exports become manuscripts, and nothing is lost, leaked or written over.

    tests/fixtures/exports/NAME ── import ──▶ NAME.expected

The fixtures are made by us, in the structures that exports have. What is expected is the whole:
what is printed, and each file written. `pytest --accept` rewrites it; the reviewer reads the diff.
"""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import replace
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from reelpress.header import read_people, read_review, split_front_matter
from reelpress.header.write import people_text, review_text
from reelpress.intake import Arrival, Delivery, LeftOut
from reelpress.receiving import Receipt, receive
from reelpress.rules import Severity
from test_cases import png
from test_cli import CLEAN, FINDINGS, USAGE, call, contents
from word_files import docx

EXPORTS = Path(__file__).parent / "fixtures" / "exports"
PRIVATE = "private.example"
"""In each address of the fixtures that must never be copied."""
SECRET = re.compile(
    r"private\.example|Lower Privet|Regretted words|somebody's hat|Half an idea|Between us"
    r"|For those who know|sesame|stays at home|A page|Hidden in settings"
)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """An empty project."""
    folder = tmp_path / "project"
    (folder / "manuscripts").mkdir(parents=True)
    (folder / "manuscripts" / "imprint.yaml").write_text("language: en\n", "utf-8")
    return folder


def zipped(folder: Path, target: Path, below: str = "") -> Path:
    """A folder as a zip."""
    with ZipFile(target, "w", ZIP_DEFLATED) as made:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                made.write(path, below + path.relative_to(folder).as_posix())
    return target


def sources(tmp_path: Path) -> dict[str, Path]:
    """Each export by the name of what is expected of it."""
    wordpress = tmp_path / "wordpress"
    shutil.copytree(EXPORTS / "wordpress", wordpress)
    uploads = wordpress / "wp-content" / "uploads" / "2019" / "05"
    uploads.mkdir(parents=True)
    (uploads / "clock.png").write_bytes(png("clock"))
    substack = tmp_path / "substack"
    shutil.copytree(EXPORTS / "substack", substack)
    (substack / "images").mkdir()
    (substack / "images" / "wheel_640x480.png").write_bytes(png("wheel"))
    word = tmp_path / "The Third Man.docx"
    word.write_bytes(docx())
    return {
        "letterboxd": EXPORTS / "letterboxd",
        "letterboxd-import": EXPORTS / "letterboxd-import.csv",
        "wordpress-classic": wordpress / "classic.xml",
        "wordpress-block": wordpress / "block.xml",
        "wordpress-broken": wordpress / "broken.xml",
        "substack": zipped(substack, tmp_path / "substack.zip"),
        "docx": word,
    }


NAMES = sorted(path.stem for path in EXPORTS.glob("*.expected"))


def whole(said: str, folder: Path) -> str:
    """What was printed, and each file of the project as a person reads it."""
    parts = [said]
    for name, data in contents(folder).items():
        if name.endswith("imports.json"):
            continue
        text = f"({len(data)} bytes)" if name.endswith(".png") else data.decode()
        parts.append(f"════ {name}\n{text}")
    return "\n".join(part.rstrip("\n") + "\n" for part in parts)


def test_every_export_has_its_expectation(tmp_path: Path) -> None:
    """And no expectation is of nothing."""
    assert sorted(sources(tmp_path)) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_an_export_gives_what_is_expected(
    name: str, project: Path, tmp_path: Path, accept: bool
) -> None:
    """Table, findings, manuscripts, people: all of it, as a good editor would want it."""
    code, said, _ = call("import", sources(tmp_path)[name], "-C", project)
    found = whole(said, project)
    expected = EXPORTS / f"{name}.expected"
    if accept:
        expected.write_text(found, "utf-8")
    assert found == expected.read_text("utf-8")
    assert code == CLEAN


@pytest.mark.parametrize("name", NAMES)
def test_no_word_is_lost_or_leaked(name: str, project: Path, tmp_path: Path) -> None:
    """Every word of the source is in the result or among what was left out; what is private is
    nowhere, the report included."""
    source, report = sources(tmp_path)[name], tmp_path / "report.html"
    code, said, _ = call("import", source, "-C", project, "--report", report, "--json")
    told = json.loads(said)
    assert code == CLEAN
    assert [f for f in told["findings"] if f["code"] in ("S012", "S013")] == []
    for path in (*project.rglob("*"), report):
        if path.is_file():
            assert SECRET.findall(path.read_bytes().decode("utf-8", "replace")) == [], path
    assert SECRET.findall(said) == []


@pytest.mark.parametrize("name", NAMES)
def test_what_was_imported_can_be_checked(name: str, project: Path, tmp_path: Path) -> None:
    """Headers are read back without a finding of the header's own; only what the export lacks,
    and what must be confirmed, is told."""
    call("import", sources(tmp_path)[name], "-C", project)
    (project / "manuscripts" / "anthologies").mkdir()
    ticket = project / "manuscripts" / "anthologies" / "all.yaml"
    ticket.write_text("title: All\nissued: 2026-11-24\nreviews: reviews/*.md\n", "utf-8")
    said = json.loads(call("check", "-C", project, "--json")[1])
    found = {f["code"] for f in said["findings"] if f["severity"] != Severity.NOTE}
    # reviewer · missing pictures · alternative text · rights · a rating of no known scale
    assert found <= {"H007", "I001", "I003", "A001", "R002", "R003", "R004", "R005", "H017"}
    assert [
        f["text"] for f in said["findings"] if f["code"] == "H007" and "film" in f["text"]
    ] == []


@pytest.mark.parametrize("name", NAMES)
def test_importing_twice_changes_nothing(name: str, project: Path, tmp_path: Path) -> None:
    """Byte for byte, and it says so."""
    source = sources(tmp_path)[name]
    call("import", source, "-C", project)
    before = contents(project)
    code, said, _ = call("import", source, "-C", project, "--json")
    assert code == CLEAN
    assert contents(project) == before
    assert {review["what"] for review in json.loads(said)["reviews"]} == {"unchanged"}


@pytest.mark.parametrize("name", NAMES)
def test_a_dry_run_writes_nothing(name: str, project: Path, tmp_path: Path) -> None:
    """And tells the same."""
    source, before = sources(tmp_path)[name], contents(project)
    _, dry, _ = call("import", source, "-C", project, "--dry-run", "--json")
    assert contents(project) == before
    _, wet, _ = call("import", source, "-C", project, "--json")
    assert {**json.loads(dry), "written": True} == json.loads(wet)


def test_a_dry_run_says_that_its_report_was_written(project: Path, tmp_path: Path) -> None:
    """And nothing else is."""
    report, before = tmp_path / "report.html", contents(project)
    assert "Nothing was written.\n" in call("import", BOXD, "-C", project, "--dry-run")[1]
    _, said, _ = call("import", BOXD, "-C", project, "--dry-run", "--report", report)
    assert f"Nothing was written but {report}.\n" in said
    assert report.is_file()
    assert contents(project) == before


@pytest.mark.parametrize("name", ["letterboxd", "wordpress-classic", "substack", "docx"])
def test_a_zip_in_a_folder_of_its_own_is_the_same(name: str, project: Path, tmp_path: Path) -> None:
    """Whether an export comes as a folder, a zip, or a zip with one folder in it."""
    source = sources(tmp_path)[name]
    folder = tmp_path / "as-folder"
    if source.suffix == ".zip":
        with ZipFile(source) as packed:
            packed.extractall(folder)
    elif source.is_dir():
        shutil.copytree(source, folder)
    else:
        folder.mkdir()
        shutil.copy(source, folder)
        if (source.parent / "wp-content").is_dir():
            shutil.copytree(source.parent / "wp-content", folder / "wp-content")
    call("import", source, "-C", project)
    before = contents(project)
    for way in (folder, zipped(folder, tmp_path / "inner.zip", "export-2026/")):
        code, _, _ = call("import", way, "-C", project)
        assert code == CLEAN
        after = contents(project)
        assert {n: d for n, d in after.items() if not n.endswith(".json")} == {
            n: d for n, d in before.items() if not n.endswith(".json")
        }


# ── what authors did since ───────────────────────────────────────────────────────────────

BOXD = EXPORTS / "letterboxd"


def statuses(said: str) -> dict[str, str]:
    """What happened to each review, by the name of its file."""
    return {Path(r["file"]).stem: r["what"] for r in json.loads(said)["reviews"]}


def test_what_was_edited_since_is_kept(project: Path, tmp_path: Path) -> None:
    """A newer export changes what nobody touched, and nothing else; --overwrite takes it all."""
    newer = shutil.copytree(BOXD, tmp_path / "newer")
    call("import", BOXD, "-C", project)
    mine = project / "manuscripts" / "reviews" / "brief-encounter.md"
    mine.write_text(mine.read_text("utf-8") + "\nMine.\n", "utf-8")
    table = (newer / "reviews.csv").read_bytes()
    table = table.replace(b"Two people wait", b"Two persons wait").replace(
        b"Red. Then", b"Red, then"
    )
    (newer / "reviews.csv").write_bytes(table)
    before = contents(project)
    code, said, _ = call("import", newer, "-C", project, "--json")
    assert code == CLEAN
    assert statuses(said)["brief-encounter"] == "kept"
    assert statuses(said)["suspiria"] == "updated"
    assert statuses(said)["1917"] == "unchanged"
    after = contents(project)
    changed = {name for name in after if after[name] != before[name]}
    assert changed == {"manuscripts/reviews/suspiria.md", "manuscripts/imports.json"}
    assert "S017" in said
    code, said, _ = call("import", newer, "-C", project, "--json", "--overwrite")
    assert statuses(said)["brief-encounter"] == "updated"
    assert "Two persons wait" in mine.read_text("utf-8")
    assert "Mine." not in mine.read_text("utf-8")


def test_what_was_deleted_since_stays_away(project: Path) -> None:
    """No silent resurrection; --overwrite brings it back."""
    call("import", BOXD, "-C", project)
    gone = project / "manuscripts" / "reviews" / "suspiria.md"
    gone.unlink()
    _, said, _ = call("import", BOXD, "-C", project, "--json")
    assert statuses(said)["suspiria"] == "kept"
    assert "S018" in said
    assert not gone.exists()
    call("import", BOXD, "-C", project, "--overwrite")
    assert gone.exists()


def test_a_file_of_the_author_is_never_written_over(project: Path) -> None:
    """Not even with --overwrite: no import wrote it."""
    mine = project / "manuscripts" / "reviews" / "suspiria.md"
    mine.parent.mkdir()
    mine.write_text("mine", "utf-8")
    for more in ([], ["--overwrite"]):
        code, said, _ = call("import", BOXD, "-C", project, "--json", *more)
        assert code == CLEAN
        assert mine.read_text("utf-8") == "mine"
        assert statuses(said)["suspiria"] == "kept"
        assert "no import wrote the file of its name" in said


def test_two_sources_with_one_name_are_both_there(project: Path, tmp_path: Path) -> None:
    """The second takes a name beside it, and keeps it at the next import."""
    call("import", EXPORTS / "substack", "-C", project)
    word = tmp_path / "The Third Man.docx"
    word.write_bytes(docx())
    for status in ("new", "unchanged"):
        _, said, _ = call("import", word, "-C", project, "--json")
        assert statuses(said) == {"the-third-man-2": status}


def test_a_review_keeps_its_name_when_others_come_before_it(project: Path, tmp_path: Path) -> None:
    """A review is known by its address, whatever row it stands in and whatever came since."""
    call("import", BOXD, "-C", project)
    newer = shutil.copytree(BOXD, tmp_path / "newer")
    head, _, rest = (newer / "reviews.csv").read_bytes().partition(b"\r\n")
    row = b"2019-01-01,Suspiria,1977,https://boxd.it/9,4,,An earlier one that was dated back.,,\r\n"
    (newer / "reviews.csv").write_bytes(head + b"\r\n" + row + rest)
    code, said, _ = call("import", newer, "-C", project, "--json")
    assert code == CLEAN
    assert statuses(said)["suspiria"] == "unchanged"
    assert list(statuses(said).values()).count("new") == 1


def test_a_damaged_record_stops_the_import(project: Path) -> None:
    """Without it no one knows what was edited: nothing is written."""
    (project / "manuscripts" / "imports.json").write_text("{}", "utf-8")
    before = contents(project)
    code, said, _ = call("import", BOXD, "-C", project)
    assert code == FINDINGS
    assert "imports.json:1:1: error: This can't be read" in said
    assert contents(project) == before


# ── people ───────────────────────────────────────────────────────────────────────────────


def test_people_are_added_without_a_letter_changed(project: Path) -> None:
    """What stands in people.yaml stays as it is, comments and odd line ends included."""
    file = project / "manuscripts" / "people.yaml"
    before = (
        "# Ours.\r\njs:   {name: Joe Smith}   # by hand\r\nodile-marchetti: {name: Another One}"
    )
    file.write_bytes(before.encode())
    call("import", EXPORTS / "wordpress" / "classic.xml", "-C", project)
    after = file.read_bytes().decode()
    assert after.startswith(before)
    header, said = read_people(after, "people.yaml")
    assert said == ()
    assert header is not None
    names = {key: entry.name for key, entry in header.model.people.items()}
    assert names == {
        "js": "Joe Smith",
        "odile-marchetti": "Another One",
        "odile-marchetti-2": "Odile Marchetti",
    }
    mail = (project / "manuscripts" / "reviews" / "night-mail.md").read_text("utf-8")
    assert "reviewer: js\n" in mail
    assert "holder: js\n" in mail


def test_somebody_who_was_taken_out_stays_out(project: Path) -> None:
    """As a file does that was deleted; the reviews give the name in full then."""
    call("import", BOXD, "-C", project)
    file = project / "manuscripts" / "people.yaml"
    file.write_text("# nobody\n", "utf-8")
    call("import", BOXD, "-C", project)
    assert file.read_text("utf-8") == "# nobody\n"
    review = project / "manuscripts" / "reviews" / "1917.md"
    assert "reviewer: Odile Marchetti\n" in review.read_text("utf-8")


@pytest.mark.parametrize("broken", ["{a: {name: A}}\n", "a: [\n", "- a\n"])
def test_a_people_file_to_which_nothing_can_be_added(project: Path, broken: str) -> None:
    """It is left alone, it is said, and the reviews name everyone in full."""
    file = project / "manuscripts" / "people.yaml"
    file.write_text(broken, "utf-8")
    code, said, _ = call("import", BOXD, "-C", project)
    assert (code, file.read_text("utf-8")) == (FINDINGS, broken)
    assert "manuscripts/people.yaml:1:1: error: This can't be read" in said
    review = project / "manuscripts" / "reviews" / "1917.md"
    assert "reviewer: Odile Marchetti\n" in review.read_text("utf-8")


# ── usage ────────────────────────────────────────────────────────────────────────────────


def test_without_a_project_it_says_how_to_make_one(tmp_path: Path) -> None:
    """Wrong usage, and nothing is written."""
    code, _, said = call("import", BOXD, "-C", tmp_path)
    assert code == USAGE
    assert "reelpress init" in said
    assert contents(tmp_path) == {}


def test_a_source_that_is_not_there(project: Path, tmp_path: Path) -> None:
    """Is wrong usage."""
    code, _, said = call("import", tmp_path / "nowhere.zip", "-C", project)
    assert code == USAGE
    assert "nowhere.zip" in said


def test_what_nobody_knows_is_told_with_what_can_be_imported(project: Path, tmp_path: Path) -> None:
    """By what is in it, not by its name."""
    (tmp_path / "letterboxd.zip").write_bytes(b"no zip at all")
    before = contents(project)
    code, said, _ = call("import", tmp_path / "letterboxd.zip", "-C", project)
    assert code == FINDINGS
    assert "[S001]" in said
    assert "WordPress" in said
    assert contents(project) == before


def test_quiet_says_nothing_of_what_went_well(project: Path) -> None:
    """With -q errors alone."""
    assert call("import", BOXD, "-C", project, "-q") == (CLEAN, "", "")


# ── the report ───────────────────────────────────────────────────────────────────────────


def test_the_report_is_one_harmless_page(project: Path, tmp_path: Path) -> None:
    """Nothing is fetched, nothing runs, whatever the source holds; left-outs have their reason."""
    source = tmp_path / "evil.xml"
    text = (EXPORTS / "wordpress" / "classic.xml").read_text("utf-8")
    evil = "&lt;script&gt;alert(1)&lt;/script&gt;"
    source.write_text(text.replace("Night Mail", f"Night {evil} Mail"), "utf-8")
    report = tmp_path / "deep" / "report.html"
    call("import", source, "-C", project, "--report", report)
    page = report.read_text("utf-8")
    assert "<script" not in page
    assert re.findall(r"(?:src|href)=\"(?!#)[^\"]*\"", page) == []
    assert "<del>[audio mp3=&quot;https://platform.example/rain.mp3&quot;]</del>" in page
    assert "(left out: a player)" in page
    assert '<th scope="col">Source</th>' in page
    assert "film.directors" in page


# ── what is written ──────────────────────────────────────────────────────────────────────

HEADERS: list[dict[str, object]] = [
    {"title": "1917", "film": {"title": "No", "year": 2012}, "tags": ["yes", "~", "null", "a #1"]},
    {"title": "A: b # c", "reviewer": "x", "date": "2019-05-03", "watched": "2019-05-03"},
    {"title": "“Quotes” 'and' \"quotes\"", "excerpt": "Two\n\nparagraphs: here\n---\n- x\n"},
    {"title": "🎬 ‏שלום", "rating": "4.5/5", "rewatch": True, "subtitle": "  "},
    {"title": "- dash", "film": {"title": "{x}", "cast": ["@a", "*b", "&c", "%d", "!f"]}},
    {"title": "tab\tin", "excerpt": "line \u2028 separator \x85 next"},
    {"title": "0o17", "film": {"title": "1e3"}, "extra-number": "12", "extra-null": "null"},
]


@pytest.mark.parametrize("header", HEADERS)
def test_what_is_written_is_read_back(header: dict[str, object]) -> None:
    """A header says after reading what it said before writing, whatever looks like YAML in it."""
    text = review_text(header, "Hello.\r\n\r\n\x0bThere.")
    yaml, body, _, said = split_front_matter(text, "x.md")
    assert said == ()
    assert body.strip() == "Hello.\n\nThere."
    read, noticed = read_review(yaml, "x.md")
    assert [f.code for f in noticed] == []
    assert read is not None
    model = read.model.model_dump(exclude_unset=True)
    for key, value in header.items():
        kept = model.get(key, read.extra.get(key))
        if key == "film":
            assert isinstance(value, dict)
            assert {k: kept[k] for k in value} == value
        elif key != "reviewer":
            assert kept == (value.strip() if isinstance(value, str) and key in model else value)


def test_nothing_is_added_to_people_that_would_not_be_read() -> None:
    """A file whose end takes no more is not added to."""
    assert people_text("a: {name: A}\n...\n", {"b": {"name": "B"}}) is None
    assert people_text("", {"b": {"name": "no"}}) == "b:\n  name: 'no'\n"


def test_a_folder_of_pages_is_gone_through(project: Path, tmp_path: Path) -> None:
    """Each file that is known comes; what belongs to a page is not one; the rest is counted."""
    pages = tmp_path / "pages"
    (pages / "one_files").mkdir(parents=True)
    text = (
        "Skip to main content\n\n'{}' (1945) - Movie Review\n\nTwo people wait for a train.\n\n"
        "Movie Details\n\nTitle: {}\nRelease Year: 1945\nDirector(s): A. Director\n\n"
        "© 2019 Odile Marchetti\n"
    )
    for name, title in (("one.txt", "Platforms"), ("two.txt", "Buffers")):
        (pages / name).write_text(text.format(title, title), "utf-8")
    (pages / "one_files" / "three.txt").write_text(text.format("Not", "Not"), "utf-8")
    (pages / "notes.pdf").write_bytes(b"%PDF-1.4")
    code, said, _ = call("import", pages, "-C", project, "--json")
    told = json.loads(said)
    assert code == CLEAN
    assert sorted(r["film"] for r in told["reviews"]) == ["Buffers", "Platforms"]
    assert told["left out"] == {"files that are not known": 1}
    before = contents(project)
    call("import", pages, "-C", project)
    assert contents(project) == before


# ── words ────────────────────────────────────────────────────────────────────────────────


def arrival(body: str, text: str, *left_out: LeftOut) -> Delivery:
    """A delivery of one review, as some way in may have got it wrong."""
    header = {"film": {"title": "M"}, "reviewer": "Odile Marchetti"}
    one = Arrival("reviews/m.md", header, text, "page.html", body, left_out)
    return Delivery("test", (one,))


def told_of(receipt: Receipt) -> list[str]:
    """The findings of a receipt."""
    return [f"{f.code} {f.text}" for f in receipt.findings]


def test_where_markdown_would_lose_words_the_words_come(project: Path) -> None:
    """As plain paragraphs; which they are is said."""
    receipt = receive(arrival("A whistle.\n\n*Two* letters, #chalk.", "A *whistle*."), project)
    assert [text[:4] for text in told_of(receipt)] == ["S012"]
    assert "Two, chalk, letters" in told_of(receipt)[0]
    (file,) = (data.decode() for path, data in receipt.files.items() if path.endswith(".md"))
    assert file.endswith("\n\nA whistle.\n\n\\*Two\\* letters, #chalk.\n")


def test_words_that_are_left_out_are_not_lost(project: Path) -> None:
    """As often as they are left out, and no more often."""
    button = LeftOut("Share this", "a button")
    assert (
        told_of(receive(arrival("A whistle.\n\nShare this", "A whistle.", button), project)) == []
    )
    twice = receive(arrival("Share this\n\nShare this", "\\.", button), project)
    assert [text[:4] for text in told_of(twice)] == ["S012"]


def test_a_word_that_is_lost_in_the_end_is_an_error(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the editor takes out of plain words too is told by name."""
    monkeypatch.setattr("reelpress.receiving.counting._bare", lambda one: one.text)
    receipt = receive(arrival("A whistle, a letter.", "A whistle."), project)
    assert told_of(receipt) == ["S013 Words of page.html are not in this text: a, letter."]


def test_words_that_only_end_elsewhere_are_there(project: Path) -> None:
    """A quotation mark or a note's number in the middle of a word makes two of it."""
    assert told_of(receive(arrival("half<word>s", 'half"word"s'), project)) == []
    assert told_of(receive(arrival("halfwords", 'half"word"s'), project)) == []
    lost = told_of(receive(arrival("halfwords more", 'half"word"s'), project))
    assert [text[:4] for text in lost] == ["S012"]


MORE = "Await 1 or 2; it saws twits, stair by stair, 21 saws, and wait is no waiting, W."
"""Words whose letters could make up for any that is lost."""


@pytest.mark.parametrize(
    ("body", "text", "word"),
    [
        ("The train waits at noon.", "The train at noon.", "waits"),
        ("Waits the train at noon?", "the train at noon?", "Waits"),
        ("At noon the train waits", "At noon the train", "waits"),
        ("A train waits. A train waits.", "A train waits. A train.", "waits"),
        ("It waits a while.", "It waits while.", "a"),
        ("In room 12 it waits.", "In room it waits.", "12"),
        ("It waits12 at noon.", "It at noon.", "waits12"),
    ],
)
def test_what_is_dropped_is_found_whatever_else_is_there(
    body: str, text: str, word: str, project: Path
) -> None:
    """Letters of other words make up for none that was here."""
    (lost,) = told_of(receive(arrival(body, f"{text}\n\n{MORE}"), project))
    assert lost.startswith(f"S012 As Markdown some words would be lost ({word}):")


def test_a_notes_number_in_a_word_loses_none(project: Path) -> None:
    """Where the number stood in the source, none is in the result, or the other way round."""
    assert told_of(receive(arrival("A whistle1 blows.", "A whistle blows."), project)) == []
    assert told_of(receive(arrival("A whistle blows.", "A whistle1 blows."), project)) == []


def test_nothing_takes_the_place_of_an_authors_own_markdown(project: Path) -> None:
    """What is lost of it is said, and the text stays as it is."""
    own = replace(arrival("A *whistle*, a letter.", "A *whistle*.").arrivals[0], own=True)
    receipt = receive(Delivery("test", (own,)), project)
    assert told_of(receipt) == ["S013 Words of page.html are not in this text: a, letter."]
    (file,) = (data.decode() for path, data in receipt.files.items() if path.endswith(".md"))
    assert file.endswith("\n\nA *whistle*.\n")


OWN = (
    "[a page](https://one.example/two_three 'Four') [five][six]\n\n[six]: /seven.html \"Eight\"",
    "![nine](https://ten.example/eleven.jpg) <img src=twelve.png alt='thirteen fourteen'>",
    "word[^fifteen] more\n\n[^fifteen]: Sixteen *seventeen*.",
    "<!-- eighteen --> nineteen <span class='twenty' style=\"color: red\">one</span><br>two",
    "# A heading {#twenty-three .twenty-four}\n\n```python\nfive()\n```\n\n1. six\n2. seven",
    "half<b>way</b> caf&eacute; A&amp;B un<!-- x -->done &#8217;tis",
    "*[HTML]: Hypertext\n\nHTML is old. H~2~O, 1^st^, ~~gone~~ ==marked==",
    "| one | two |\n| --- | --: |\n| three | four |\n\nTable: Five",
    "> [!note] six\n> seven\n\n- [x] eight\n- [ ] nine",
    '{{< figure src="ten.jpg" >}} {% include eleven.html %} [[Twelve]] {{ site.thirteen }}',
    "<https://one.example/a> https://two.example/b_c and me@three.example",
    "Ce n’est pas l'heure... \u0627\u0644\u0642\u0627\u0647\u0631\u0629 e\u0301te\u0301",
)


@pytest.mark.parametrize("text", OWN)
def test_of_markdown_only_words_are_counted(text: str, project: Path) -> None:
    """No address, no name of a note, no tag is a word that could be lost."""
    own = replace(arrival(text, text).arrivals[0], own=True)
    assert told_of(receive(Delivery("test", (own,)), project)) == []


def test_a_path_that_leads_out_is_not_written(project: Path) -> None:
    """Whatever a way in makes of a name."""
    for path in ("../x.md", "reviews/../../x.md", "people.yaml", "/x.md", "reviews/a\\b.md"):
        bad = replace(arrival("A", "A").arrivals[0], path=path)
        receipt = receive(Delivery("test", (bad,)), project)
        assert [text[:4] for text in told_of(receipt)] == ["S003"]
        assert receipt.files == {}
