"""Web pages as browsers save them: fixtures made by us in the documented structures."""

from __future__ import annotations

import shutil
import time
from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from arrivals import missing, told
from reelpress.cli.main import app
from reelpress.findings import Place
from reelpress.header import read_review, split_front_matter
from reelpress.intake import bring as bring_any
from reelpress.intake.delivery import Delivery
from reelpress.intake.page import bring, recognises
from reelpress.intake.page.review import review
from reelpress.intake.page.saved import saved

HERE = Path(__file__).parent
FIXTURES = HERE / "fixtures" / "pages"
FILES = sorted(
    path.name for path in FIXTURES.iterdir() if path.suffix in (".html", ".htm", ".mhtml")
)


def brought(name: str) -> Delivery:
    """What comes of a fixture."""
    return bring(FIXTURES / name)


@pytest.mark.parametrize("name", FILES)
def test_what_comes_of_a_page(name: str, accept: bool) -> None:
    """Header, people, text, pictures, what was left out and every finding."""
    expected = FIXTURES / f"{name}.expected"
    made = told(brought(name))
    if accept:
        expected.write_text(made, "utf-8")
    assert made == expected.read_text("utf-8")


@pytest.mark.parametrize("name", FILES)
def test_no_word_is_lost(name: str) -> None:
    """Each word that a reader saw stands in the edited text or is told as left out."""
    for arrival in brought(name).arrivals:
        assert missing(arrival) == {}


# -- what is one, and folders of them


def test_what_is_a_page() -> None:
    """By suffix and by what it begins with; the pages saved with one are none of ours."""
    assert all(recognises(FIXTURES / name) for name in FILES)
    assert not recognises(FIXTURES / "chrome-complete_files" / "signal box.png")
    assert not recognises(FIXTURES / "not-there.html")


def test_a_folder_of_pages(tmp_path: Path) -> None:
    """All that are pages come; what was saved with them does not."""
    shutil.copytree(FIXTURES / "chrome-complete_files", tmp_path / "chrome-complete_files")
    for name in ("chrome-complete.html", "h-review.html", "letter.mhtml"):
        shutil.copy(FIXTURES / name, tmp_path / name)
    shutil.copy(FIXTURES.parent / "pasted" / "4-two-authors.txt", tmp_path / "pasted.txt")
    (tmp_path / "notes.txt").write_text("Milk, bread.\n", "utf-8")
    delivery = bring_any(tmp_path)
    assert sorted(arrival.path for arrival in delivery.arrivals) == [
        "reviews/coal-dust.md",
        "reviews/salt-wagons.md",
        "reviews/the-marsh-light.md",
        "reviews/the-signal-box.md",
    ]
    assert sum(delivery.skipped.values()) == 1
    (box,) = [a for a in delivery.arrivals if "signal" in a.path]
    assert len(box.pictures) == 1


def test_a_zip_of_pages(tmp_path: Path) -> None:
    """A page with its folder is read from a zip as from a disk."""
    with ZipFile(tmp_path / "a.zip", "w") as packed:
        text = (FIXTURES / "chrome-complete.html").read_text("utf-8")
        packed.writestr("saved/page.html", text.replace("chrome-complete_files", "page_files"))
        picture = FIXTURES / "chrome-complete_files" / "signal box.png"
        packed.write(picture, "saved/page_files/signal box.png")
    (arrival,) = bring(tmp_path / "a.zip").arrivals
    assert list(arrival.pictures.values()) == [picture.read_bytes()]


# -- nothing from outside


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    """A picture that is a link to a file elsewhere does not come along."""
    folder = tmp_path / "in"
    shutil.copytree(FIXTURES / "chrome-complete_files", folder / "chrome-complete_files")
    shutil.copy(FIXTURES / "chrome-complete.html", folder)
    picture = folder / "chrome-complete_files" / "signal box.png"
    picture.rename(tmp_path / "secret.png")
    picture.symlink_to(tmp_path / "secret.png")
    (arrival,) = bring(folder / "chrome-complete.html").arrivals
    assert arrival.pictures == {}


def test_what_a_hostile_page_asks_for_it_does_not_get() -> None:
    """No script, no address that is none of the web's, no file, no entity."""
    (arrival,) = brought("hostile.html").arrivals
    assert arrival.pictures == {}
    body = arrival.text + str(arrival.header)
    for word in ("javascript", "vbscript", "<script", "onclick", "passwd", "data:", "root:", "lol"):
        assert word not in body.lower()


PROSE = "A film about waiting, by people who know how long a minute is and leave nothing out. " * 4
TOP = "<!doctype html><meta charset=utf-8><title>A (1990) - Review</title><body>"
HOSTILE = {
    "ten thousand divs": f"{TOP}{'<div>' * 10_000}<p>{PROSE}",
    "ten thousand divs of content": f"{TOP}{'<div class=entry-content>' * 10_000}<p>{PROSE}",
    "advertisements in advertisements": f"{TOP}<article>{'<div class=ad>' * 5_000}<p>{PROSE * 9}",
    "an attribute of 30 MB": f"{TOP}<p style='{'x' * 30_000_000}'>{PROSE}",
    "a picture of 30 MB": f"{TOP}<p>{PROSE}<img src='data:image/png;base64,{'A' * 30_000_000}'>",
    "a hundred thousand attributes": f"{TOP}<p {' '.join(f'a{n}' for n in range(99_999))}>{PROSE}",
    "scripts without end": f"{TOP}{'<script>' * 50_000}{PROSE}",
    "comments without end": f"{TOP}{'<!--' * 200_000}{PROSE}",
    "JSON without end": f"{TOP}<script type='application/ld+json'>{'[' * 99_999}</script>{PROSE}",
    "many bylines": f"{TOP}<article>{'<p>By Ada Bell<br>© 2019 Ada Bell' * 5_000}",
    "many links": f"{TOP}<article><p>{'<a href=x>word</a> ' * 20_000}",
    "letters in letters": (
        "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n"
        + "--b\r\nContent-Type: text/html\r\n\r\n<p>x\r\n" * 50_000
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_page_costs_little(name: str, tmp_path: Path) -> None:
    """Seconds at most, no traceback: a text, or a finding that says why there is none."""
    suffix = "mhtml" if name.startswith("letters") else "html"
    file = tmp_path / f"page.{suffix}"
    file.write_text(HOSTILE[name], "utf-8", newline="")
    begun = time.process_time()
    delivery = bring(file)
    assert time.process_time() - begun < 20
    assert delivery.arrivals or [f for f in delivery.findings if f.code in ("S030", "S032")]


def test_entities_are_not_expanded(tmp_path: Path) -> None:
    """A bomb of entities, and one that names a file, stay the words that they are."""
    file = tmp_path / "page.html"
    names = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 9}">' for n in range(1, 30))
    file.write_text(
        f'<!DOCTYPE html [<!ENTITY e0 "lol">{names}<!ENTITY x SYSTEM "file:///etc/passwd">]>'
        f"<html><body><article><p>{PROSE} &e29; &x;</article>",
        "utf-8",
    )
    (arrival,) = bring(file).arrivals
    assert "lol" not in arrival.text
    assert "root:" not in arrival.text
    assert len(arrival.text) < 1_000


# -- encodings


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [
        ("utf-8", "utf-8"), ("utf-8-sig", "windows-1252"), ("utf-16", ""), ("cp1252", "iso-8859-1"),
        ("cp1255", "windows-1255"), ("gb18030", "gb2312"), ("cp932", "shift_jis"),
    ],
)  # fmt: skip
def test_encodings_that_are_declared(encoding: str, declared: str, tmp_path: Path) -> None:
    """A byte order mark is believed first, then what the page says."""
    word = {"cp1255": "שלום", "gb18030": "站台", "cp932": "駅"}.get(encoding, "“Noël”")
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={declared}">'
    html = f"<html><head>{meta if declared else ''}</head><body><article><p>{word} {PROSE}"
    file = tmp_path / "page.htm"
    file.write_bytes(html.encode(encoding))
    delivery = bring(file)
    assert delivery.arrivals[0].text.startswith(word)
    assert [f.code for f in delivery.findings] == ["S024"]


def test_an_encoding_that_is_not_the_pages(tmp_path: Path) -> None:
    """What is declared and not so is said (S031)."""
    file = tmp_path / "page.html"
    file.write_bytes(f'<meta charset="shift_jis"><article><p>“Noël” {PROSE}'.encode())
    delivery = bring(file)
    assert delivery.arrivals[0].text.startswith("“Noël”")
    assert [f.code for f in delivery.findings] == ["S031", "S024"]


@given(st.binary(max_size=400) | st.text(max_size=300).map(lambda t: f"<html>{t}".encode()))
def test_whatever_the_bytes_are(data: bytes) -> None:
    """Never a traceback, never a lost word."""
    place = Place("page.html")
    found = saved(data, place)
    if found is not None and found.html:
        for arrival in review(found, place, lambda _: None).arrivals:
            assert missing(arrival) == {}


# -- as a user does it


def test_import_writes_reviews_that_can_be_read(tmp_path: Path) -> None:
    """`reelpress import` of a page and of a pasted text; a second time nothing changes."""
    project = tmp_path / "project"
    shutil.copytree(HERE / "specimen", project)
    for source, written in (
        (FIXTURES / "chrome-complete.html", "the-signal-box"),
        (FIXTURES.parent / "pasted" / "4-two-authors.txt", "salt-wagons"),
    ):
        said_so = []
        for _ in range(2):
            done = CliRunner().invoke(app, ["import", str(source), "--project", str(project)])
            assert done.exit_code == 0, done.output
            said_so.append("unchanged" in done.output)
            file = project / "manuscripts" / "reviews" / f"{written}.md"
            text = file.read_text("utf-8")
            header, _, _, _ = split_front_matter(text, written)
            model, said = read_review(header, written)
            assert model is not None
            assert said == ()
        assert said_so == [False, True]
    assert list((project / "manuscripts" / "images" / "the-signal-box").iterdir())
