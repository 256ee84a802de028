"""Hostile exports: a clear finding, bounded time and memory, and nothing written outside."""

from __future__ import annotations

import json
import struct
import tracemalloc
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from time import process_time
from typing import Any
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZipFile, ZipInfo

import pytest

from test_cases import SECRET, png
from test_cli import CLEAN, FINDINGS, call, contents
from test_import import EXPORTS
from word_files import BODY, docx, p, r

SECONDS, MEGABYTES = 10, 160
"""What no source may take more of."""
HEADS = "Date,Name,Year,Letterboxd URI,Rating,Rewatch,Review,Tags,Watched Date\n"
ROW = "2021-03-05,M,1931,https://boxd.it/1,5,,A whistle.,,\n"
REVIEWS = (HEADS + ROW).encode()


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """An empty project, beside which lies what nobody may read or write."""
    folder = tmp_path / "inner" / "project"
    (folder / "manuscripts").mkdir(parents=True)
    (tmp_path / "secret.txt").write_text(SECRET, "utf-8")
    (tmp_path / "inner" / "secret.png").write_bytes(png(SECRET))
    return folder


@pytest.fixture(autouse=True)
def _nothing_outside(project: Path, tmp_path: Path) -> Iterator[None]:
    """What lies beside the project is after each test what it was, and nobody has read it."""
    before = {name: data for name, data in contents(tmp_path).items() if "secret" in name}
    yield
    after = contents(tmp_path)
    home = project.relative_to(tmp_path).as_posix()
    assert {n: d for n, d in after.items() if "secret" in n and not n.startswith(home)} == before
    strays = [n for n in after if not n.startswith((home, "source")) and "secret" not in n]
    assert strays == []
    assert [n for n, d in after.items() if n.startswith(home) and SECRET.encode() in d] == []


def told(source: Path, project: Path, *more: str) -> tuple[int, dict[str, Any]]:
    """Import it, with a clock: exit code, and what is told."""
    begun = process_time()
    code, said, _ = call("import", source, "-C", project, "--json", *more)
    assert process_time() - begun < SECONDS
    assert SECRET not in said
    return code, json.loads(said)


@contextmanager
def scales() -> Iterator[None]:
    """What is done here takes no more memory than an import may."""
    tracemalloc.start()
    try:
        yield
        assert tracemalloc.get_traced_memory()[1] < MEGABYTES << 20
    finally:
        tracemalloc.stop()


@pytest.fixture(scope="module", autouse=True)
def _loaded(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Libraries are loaded before anything is timed."""
    folder = tmp_path_factory.mktemp("loaded")
    (folder / "manuscripts").mkdir()
    call("import", EXPORTS / "wordpress" / "classic.xml", "-C", folder)


def codes(said: dict[str, Any]) -> list[str]:
    """The findings, but for what each import is told."""
    return [f["code"] for f in said["findings"] if f["code"] not in ("S014", "S015")]


def packed(target: Path, files: Mapping[str, bytes], kind: int = ZIP_DEFLATED) -> Path:
    """A zip of these."""
    with ZipFile(target, "w", kind) as made:
        for name, data in files.items():
            made.writestr(name, data)
    return target


# ── zips ─────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "name",
    ["../secret.txt", "../../../secret.txt", "/tmp/secret.txt", "C:/secret.txt", "C:secret.txt",
     "a/../../secret.txt", "..\\secret.txt", "\\\\host\\secret.txt", "lists\\..\\..\\secret.txt"],
)  # fmt: skip
def test_a_name_that_leads_out(name: str, project: Path, tmp_path: Path) -> None:
    """Is not read, and is told; the rest comes."""
    with ZipFile(tmp_path / "source.zip", "w") as made:
        info = ZipInfo("x")
        info.filename = name
        made.writestr(info, b"evil")
        made.writestr("reviews.csv", REVIEWS)
    code, said = told(tmp_path / "source.zip", project)
    assert (code, codes(said)) == (FINDINGS, ["S003"])
    assert len(said["reviews"]) == 1


def test_a_link_in_a_zip(project: Path, tmp_path: Path) -> None:
    """Is not followed."""
    with ZipFile(tmp_path / "source.zip", "w") as made:
        info = ZipInfo("profile.csv")
        info.external_attr = 0o120777 << 16
        made.writestr(info, str(tmp_path / "secret.txt"))
        made.writestr("reviews.csv", REVIEWS)
    code, said = told(tmp_path / "source.zip", project)
    assert (code, codes(said)) == (CLEAN, ["S004"])


@pytest.mark.parametrize("target", ["../secret.txt", "/etc/passwd", "profile.csv"])
def test_a_link_in_a_folder(target: str, project: Path, tmp_path: Path) -> None:
    """One that leads out, or to itself, is not followed."""
    source = tmp_path / "source"
    source.mkdir()
    (source / "reviews.csv").write_bytes(REVIEWS)
    (source / "profile.csv").symlink_to(target)
    (source / "lists").symlink_to("/etc")
    _, said = told(source, project)
    assert codes(said) == ["S004", "S004"]
    assert len(said["reviews"]) == 1


def test_a_bomb(project: Path, tmp_path: Path) -> None:
    """What unpacks to very much is left packed, whatever its name is."""
    with (
        ZipFile(tmp_path / "source.zip", "w", ZIP_DEFLATED) as made,
        made.open("reviews.csv", "w", force_zip64=True) as out,
    ):
        out.write(REVIEWS)
        for _ in range(64):
            out.write(bytes(1 << 24))
    assert (tmp_path / "source.zip").stat().st_size < 2 << 20
    with scales():
        code, said = told(tmp_path / "source.zip", project)
    assert (code, set(codes(said))) == (FINDINGS, {"S005"})


def test_many_small_bombs(project: Path, tmp_path: Path) -> None:
    """Each of which is let pass alone: all of them together are not."""
    page = b"<p>Tick.</p>" + b" " * 3_500_000
    rows = ["post_id,post_date,is_published,type,audience,title"]
    rows += [f"{n}.p,2020-01-01,true,newsletter,everyone,T{n}" for n in range(60)]
    files = {"posts.csv": "\n".join(rows).encode()}
    files |= {f"posts/{n}.p.html": page for n in range(60)}
    source = packed(tmp_path / "source.zip", files)
    with scales():
        code, said = told(source, project)
    assert (code, set(codes(said))) == (FINDINGS, {"S005"})


def patched(data: bytes, name: bytes, **fields: int) -> bytes:
    """A zip in which the central entry of a name says something else of itself."""
    at = data.rindex(b"PK\x01\x02", 0, data.rindex(name))
    changed = bytearray(data)
    for field, value in fields.items():
        offset, form = {"flags": (8, "<H"), "size": (24, "<I"), "packed": (20, "<I")}[field]
        struct.pack_into(form, changed, at + offset, value)
    return bytes(changed)


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"size": 1 << 30}, "S005"),
        ({"size": 10}, "S002"),
        ({"packed": 10}, "S002"),
        ({"flags": 1}, "S007"),
    ],
)
def test_an_entry_that_lies(
    fields: dict[str, int], code: str, project: Path, tmp_path: Path
) -> None:
    """Of its size, packed or unpacked; and one that is encrypted."""
    source = packed(tmp_path / "source.zip", {"reviews.csv": REVIEWS * 3, "profile.csv": b"x"})
    source.write_bytes(patched(source.read_bytes(), b"reviews.csv", **fields))
    found = codes(told(source, project)[1])
    assert set(found) == {code}


def test_a_list_of_contents_without_end(project: Path, tmp_path: Path) -> None:
    """More files than anybody has: not looked at."""
    source = tmp_path / "source.zip"
    with ZipFile(source, "w") as made:
        made.writestr("reviews.csv", REVIEWS)
        for n in range(50_100):
            made.writestr(f"{n}", b"")
    code, said = told(source, project)
    assert (code, codes(said)) == (FINDINGS, ["S006"])


def test_a_long_list_of_contents(project: Path, tmp_path: Path) -> None:
    """Few entries with names and remarks of 60,000 letters each are as much."""
    source = tmp_path / "source.zip"
    with ZipFile(source, "w") as made:
        made.writestr("reviews.csv", REVIEWS)
        for n in range(200):
            info = ZipInfo(f"{n}{'x' * 60_000}")
            made.writestr(info, b"")
    code, said = told(source, project)
    assert (code, codes(said)) == (FINDINGS, ["S006"])


def test_a_zip_in_a_zip(project: Path, tmp_path: Path) -> None:
    """Is not opened."""
    inner = BytesIO()
    with ZipFile(inner, "w") as made:
        made.writestr("reviews.csv", REVIEWS)
    source = packed(tmp_path / "source.zip", {"export.zip": inner.getvalue()})
    assert codes(told(source, project)[1]) == ["S001"]


@pytest.mark.parametrize("cut", [10, 60, -30, -4])
def test_a_damaged_zip(cut: int, project: Path, tmp_path: Path) -> None:
    """One that was cut off."""
    source = packed(tmp_path / "source.zip", {"reviews.csv": REVIEWS})
    source.write_bytes(source.read_bytes()[:cut])
    code, said = told(source, project)
    assert (code, codes(said)) == (FINDINGS, ["S002"])


def test_damaged_bytes(project: Path, tmp_path: Path) -> None:
    """An entry whose sum is wrong."""
    source = packed(tmp_path / "source.zip", {"reviews.csv": REVIEWS * 50})
    data = bytearray(source.read_bytes())
    data[60] ^= 0xFF
    source.write_bytes(bytes(data))
    assert set(codes(told(source, project)[1])) == {"S002"}


def test_a_packing_that_nobody_uses(project: Path, tmp_path: Path) -> None:
    """Some unpack without a limit: they are not begun."""
    source = packed(tmp_path / "source.zip", {"reviews.csv": REVIEWS}, ZIP_BZIP2)
    assert set(codes(told(source, project)[1])) == {"S002"}


def test_names_of_old_systems_and_twice(project: Path, tmp_path: Path) -> None:
    """A name that is not UTF-8 is guessed; of two files of one name the last is read."""
    source = tmp_path / "source.zip"
    packed(source, {"reviews.csv": HEADS.encode(), "review2.csv": REVIEWS, "lists/cafX.csv": b""})
    data = source.read_bytes().replace(b"review2.csv", b"reviews.csv")
    source.write_bytes(data.replace(b"cafX", b"caf\x82"))
    code, said = told(source, project)
    assert (code, sorted(codes(said))) == (CLEAN, ["S008", "S009"])
    assert len(said["reviews"]) == 1
    assert any("café" in f["text"] for f in said["findings"])


def test_unmarked_utf8_is_read_as_such(project: Path, tmp_path: Path) -> None:
    """As macOS packs: nothing to say."""
    source = packed(tmp_path / "source.zip", {"reviews.csv": REVIEWS, "lists/cafXY.csv": b""})
    source.write_bytes(source.read_bytes().replace(b"cafXY", "caf\xe9".encode()))
    assert codes(told(source, project)[1]) == []


def test_a_marked_name_that_is_not_utf8(project: Path, tmp_path: Path) -> None:
    """The zip says that it is, and it is not."""
    source = packed(tmp_path / "source.zip", {"reviews.csv": REVIEWS, "lists/caf\xe9.csv": b""})
    source.write_bytes(source.read_bytes().replace(b"\xc3\xa9", b"\xe9x"))
    assert codes(told(source, project)[1]) == ["S002"]


# ── XML ──────────────────────────────────────────────────────────────────────────────────

WXR = (EXPORTS / "wordpress" / "classic.xml").read_text("utf-8")


def wxr(tmp_path: Path, doctype: str, body: str = "") -> Path:
    """An export with a DOCTYPE; `body` stands in a post's text."""
    text = WXR.replace("<rss", f"{doctype}\n<rss", 1)
    text = text.replace("<![CDATA[Letters go north.", f"{body}<![CDATA[Letters go north.", 1)
    source = tmp_path / "source.xml"
    source.write_text(text, "utf-8")
    return source


def test_entities_are_not_expanded(project: Path, tmp_path: Path) -> None:
    """A billion laughs are none."""
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    source = wxr(tmp_path, f'<!DOCTYPE rss [<!ENTITY l0 "ha">{laughs}]>', "&l11;")
    with scales():
        code, said = told(source, project)
    assert code == CLEAN
    assert "S011" in codes(said)
    assert len(said["reviews"]) == 2


@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE rss [<!ENTITY x SYSTEM "{file}">]>',
        '<!DOCTYPE rss [<!ENTITY % p SYSTEM "{file}"> %p; <!ENTITY x "y">]>',
        '<!DOCTYPE rss SYSTEM "{file}" [<!ENTITY x SYSTEM "http://localhost:9/x">]>',
    ],
)
def test_files_are_not_read_for_it(doctype: str, project: Path, tmp_path: Path) -> None:
    """Whatever an entity is said to stand for."""
    file = (tmp_path / "secret.txt").as_uri()
    code, said = told(wxr(tmp_path, doctype.format(file=file), "&x;"), project)
    assert code == CLEAN
    assert "S011" in codes(said)


@pytest.mark.parametrize("cut", [0.3, 0.5, 0.9])
def test_an_export_that_is_cut_off(cut: float, project: Path, tmp_path: Path) -> None:
    """As far as it goes, with the line on which it ends."""
    source = tmp_path / "source.xml"
    source.write_text(WXR[: int(len(WXR) * cut)], "utf-8")
    code, said = told(source, project)
    assert code == CLEAN
    (finding,) = [f for f in said["findings"] if f["code"] == "S010"]
    assert "as far as it can be understood" in finding["text"]
    assert finding["line"] > 10
    assert len(said["reviews"]) >= 1


def test_no_xml_at_all(project: Path, tmp_path: Path) -> None:
    """A file that only looks like an export."""
    source = tmp_path / "source.xml"
    source.write_text("http://wordpress.org/export/1.2/ and so on", "utf-8")
    assert set(codes(told(source, project)[1])) == {"S002"}


@pytest.mark.parametrize(
    "inner",
    [
        "<i>" * 100_000,
        "<![CDATA[" * 50_000,
        "&" * 300_000,
        "<a " * 50_000,
    ],
    ids=["deep", "cdata", "ampersands", "open"],
)
def test_a_mess_takes_no_longer(inner: str, project: Path, tmp_path: Path) -> None:
    """Than anything of its size, and ends with a finding."""
    source = wxr(tmp_path, "", inner)
    _, said = told(source, project)
    assert said["reviews"] or {"S010", "S002"} & set(codes(said))
    assert "S013" not in codes(said)


CONTENTS = {
    "shortcodes": "[quote]" * 30_000,
    "closed once": "[/quote]" + "[quote]" * 30_000 + "[/quote]",
    "unknown": "[x a='b']" * 30_000,
    "comments": "<!--" * 50_000,
    "blocks": "<!-- wp:a/b " * 30_000,
    "pre": "<pre>" * 30_000,
    "lines": "5 < 6\n" * 30_000,
    "spaces": " " * 200_000 + "x",
    "tags": "<div>" * 20_000,
    "paragraphs": "word\n\n" * 20_000,
}


@pytest.mark.parametrize("name", CONTENTS)
def test_a_post_of_nothing_but_marks(name: str, project: Path, tmp_path: Path) -> None:
    """Takes no longer than anything of its size."""
    source = tmp_path / "source.xml"
    source.write_text(WXR.replace("They rhyme.", CONTENTS[name]), "utf-8")
    code, said = told(source, project)
    assert code == CLEAN
    assert "S013" not in codes(said)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "iso-8859-1", "windows-1252"])
def test_an_export_in_another_encoding(encoding: str, project: Path, tmp_path: Path) -> None:
    """As it declares."""
    text = WXR.replace('encoding="UTF-8"', f'encoding="{encoding.removesuffix("-sig")}"')
    source = tmp_path / "source.xml"
    source.write_bytes(text.replace("They rhyme.", "Vingt-deux caf\xe9s.").encode(encoding))
    code, _ = told(source, project)
    assert code == CLEAN
    mail = project / "manuscripts" / "reviews" / "night-mail.md"
    assert "Vingt-deux caf\xe9s." in mail.read_text("utf-8")


def test_addresses_that_lead_out_of_the_folder(project: Path, tmp_path: Path) -> None:
    """A picture is looked for beside the export, and nowhere above it."""
    source = tmp_path / "source" / "export.xml"
    source.parent.mkdir()
    text = WXR.replace("wp-content/uploads/2019/05/clock.png", "../inner/secret.png")
    text = text.replace("<wp:post_name>night-mail<", "<wp:post_name>../../../secret<")
    source.write_text(text, "utf-8")
    code, said = told(source, project)
    assert code == CLEAN
    assert said["pictures"] == {}
    assert "manuscripts/reviews/secret.md" in [review["file"] for review in said["reviews"]]


# ── Word ─────────────────────────────────────────────────────────────────────────────────


def word(tmp_path: Path, body: str = BODY, **more: bytes) -> Path:
    """A Word file; a part `word_x_xml` is word/x.xml."""
    source = tmp_path / "source.docx"
    parts = {name.replace("_", "/", 1).replace("_", "."): data for name, data in more.items()}
    source.write_bytes(docx(body, parts))
    return source


def test_word_with_a_doctype(project: Path, tmp_path: Path) -> None:
    """No Word writes one: not read."""
    evil = b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'
    code, said = told(word(tmp_path, word_styles_xml=evil), project)
    assert (code, set(codes(said))) == (FINDINGS, {"S002"})


def test_word_that_is_a_bomb(project: Path, tmp_path: Path) -> None:
    """Its picture unpacks to 300 MB: it comes without."""
    source = tmp_path / "source.docx"
    source.write_bytes(docx(BODY))
    with (
        ZipFile(source, "a", ZIP_DEFLATED) as made,
        made.open("word/media/image2.png", "w") as out,
    ):
        for _ in range(300):
            out.write(bytes(1 << 20))
    with scales():
        code, said = told(source, project)
    assert (code, set(codes(said))) == (FINDINGS, {"S005", "S016"})
    assert len(said["reviews"]) == 1


def test_word_that_links_to_a_file(project: Path, tmp_path: Path) -> None:
    """A picture that is not in the document is not fetched."""
    relations = docx(BODY)
    with ZipFile(BytesIO(relations)) as packed_:
        rels = packed_.read("word/_rels/document.xml.rels").decode()
    file = (tmp_path / "inner" / "secret.png").as_uri()
    rels = rels.replace('Target="media/image1.png"', f'Target="{file}" TargetMode="External"')
    source = tmp_path / "source.docx"
    body = BODY.replace("r:embed", "r:link")
    source.write_bytes(docx(body, {"word/_rels/document.xml.rels": rels.encode()}))
    code, said = told(source, project)
    assert code == CLEAN
    assert said["pictures"] == {}


@pytest.mark.parametrize(
    "body",
    [
        "<w:p>" * 3_000 + r("Deep.") + "</w:p>" * 3_000,
        "<w:tbl><w:tr><w:tc>" * 60 + p(r("Deep.")) + "</w:tc></w:tr></w:tbl>" * 60,
        "<w:p><w:r><w:t>never closed",
    ],
    ids=["deep", "tables", "open"],
)
def test_word_that_is_damaged(body: str, project: Path, tmp_path: Path) -> None:
    """Told, or read: no traceback, and no word lost in silence."""
    _, said = told(word(tmp_path, body), project)
    assert "S002" in codes(said) or said["reviews"]
    assert "S013" not in codes(said)


# ── tables ───────────────────────────────────────────────────────────────────────────────

TABLES = {
    "a long cell": HEADS + f'2020-01-01,M,1931,u,5,,"{"word " * 400_000}",,\n',
    "never closed": HEADS + '2020-01-01,M,1931,u,5,,"A review, and then\n' * 2,
    "nuls": HEADS + ROW.replace("A whistle.", "A\0 whi\0stle."),
    "too many cells": HEADS + ROW.replace("A whistle.", "A whistle, a chalk, letter."),
    "too few": HEADS + "2020-01-01,M,1931,u,5,,A whistle\n",
    "no film": HEADS + "2020-01-01,,,u,5,,A whistle,,\n",
    "odd days": HEADS + "2020-13-45,M,MCMXXXI,u,many,,A whistle,,yesterday\n",
    "semicolons": (HEADS + ROW).replace(",", ";"),
    "latin-1": (HEADS + ROW).replace("whistle", "caf\xe9"),
    "one film often": HEADS + ROW * 500,
    "template code": HEADS + ROW.replace("A whistle.", "{{ 7*7 }} {% x %} <script>x</script>"),
}


@pytest.mark.parametrize("name", TABLES)
def test_a_table_that_somebody_has_gone_over(name: str, project: Path, tmp_path: Path) -> None:
    """Is read as far as it can be; no word is lost."""
    source = tmp_path / "source.csv"
    source.write_bytes(TABLES[name].encode("latin-1"))
    _, said = told(source, project)
    assert not {"S012", "S013"} & set(codes(said))
    assert len(said["reviews"]) == (500 if name == "one film often" else 1)


# ── the project ──────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("path", ["../../secret.md", "/etc/x.md", "people.yaml", "reviews/../x.md"])
def test_a_record_that_leads_out(path: str, project: Path, tmp_path: Path) -> None:
    """Of a stranger's project: nothing is written where it points."""
    entry = {"kind": "Letterboxd export", "id": "https://boxd.it/1", "origin": "", "sha256": ""}
    record = {"files": {path: entry}, "people": {}}
    (project / "manuscripts" / "imports.json").write_text(json.dumps(record), "utf-8")
    source = tmp_path / "source.csv"
    source.write_bytes(REVIEWS)
    before = contents(project)
    code, said = told(source, project, "--overwrite")
    assert (code, codes(said)) == (FINDINGS, ["S002"])
    assert contents(project) == before


def test_a_link_where_a_review_would_stand(project: Path, tmp_path: Path) -> None:
    """Is not written through, nor replaced."""
    (project / "manuscripts" / "reviews").mkdir()
    link = project / "manuscripts" / "reviews" / "m.md"
    link.symlink_to(tmp_path / "secret.txt")
    source = tmp_path / "source.csv"
    source.write_bytes(REVIEWS)
    code, said = told(source, project, "--overwrite")
    assert (code, codes(said)) == (CLEAN, ["S016"])
    assert link.readlink() == tmp_path / "secret.txt"
    link.unlink()
