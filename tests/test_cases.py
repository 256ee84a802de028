"""Broken inputs: each folder of cases/ differs from the specimen, and all its findings are told.

    cases/CODE-what/ laid over specimen/ ── check ──▶ expected.txt

A case may take files away (REMOVE names them), or begin with the specimen frozen (FREEZE).
Beside the project stand two folders: `outside`, which nothing may read, and `shared`,
which an imprint.yaml may name under read:.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import struct
import subprocess
import sys
import zlib
from collections.abc import Callable, Iterator
from functools import cache
from io import BytesIO
from pathlib import Path
from posixpath import normpath
from types import CodeType
from typing import Any
from zipfile import ZipFile

import pytest
import tinycss2
from jinja2 import Environment
from lxml import etree
from typer.testing import CliRunner

from reelpress.cli.main import app
from reelpress.desk import lock_of, lock_path
from reelpress.findings import RULES, Finding, Severity
from reelpress.header.lock import lock_text
from reelpress.press import Run, press

HERE = Path(__file__).parent
SPECIMEN = HERE / "specimen"
CASES = HERE / "cases"
NAMES = sorted(p.name for p in CASES.iterdir() if p.is_dir())

SECRET = "kept-behind-the-projection-room"
"""Stands in every file of `outside`."""

NO_AUTHOR = {
    "E001": "a galley that no EPUB can hold: a fault of the press, or of a library",
    "M017": "a fault of the press: no text is known that shows it, as test_account.py asks",
    "B008": "said of offprints, as test_offprints.py shows",
    "B009": "the same",
    "P001": "the machine lacks Pango",
    "P002": "WeasyPrint complains; whatever an author can ask of it is settled before",
    "P005": "WeasyPrint fails while binding, as test_markup.py shows",
    "P004": "a layout without any face: said while binding, as test_trust.py shows",
    "P006": "said while binding, as test_settled.py shows",
    "P007": "said while binding, as test_settled.py shows",
    **{f"S{n:03}": "said of imports, as test_import.py shows" for n in range(1, 20)},
    "S020": "said of a saved page, as test_pasted.py shows",
    "S021": "the same",
    "S022": "the same",
    "S023": "the same",
    "S024": "the same",
    "S025": "the same",
    **{f"S{n:03}": "said of a saved page, as test_pages.py shows" for n in range(30, 34)},
    "S040": "said of a folder that is surveyed, as test_survey.py shows",
    "S041": "the same",
    "S042": "the same",
    "S043": "said of a folder that is imported, as test_import_folder.py shows",
}
"""Rules that no case shows, and why no author can cause them."""

UNREADABLE = {"H001-ticket", "H002-empty-ticket", "H003-ticket"}
"""Without a ticket there is no anthology."""


def png(note: str) -> bytes:
    """A picture of one pixel, with a note in it."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    return b"".join(
        (
            b"\x89PNG\r\n\x1a\n",
            chunk(b"IHDR", head),
            chunk(b"tEXt", b"Comment\x00" + note.encode()),
            chunk(b"IDAT", zlib.compress(b"\x00\x80")),
            chunk(b"IEND", b""),
        )
    )


OUTSIDE: dict[str, bytes] = {
    "outside/secret.png": png(SECRET),
    "outside/secret.md": f"---\ntitle: {SECRET}\nfilm: F\nreviewer: R\n---\n{SECRET}\n".encode(),
    "outside/people.yaml": f"a-bell:\n  name: {SECRET}\n  bio: {SECRET}\n".encode(),
    "outside/layout/layout.yaml": f"extends: classic\nnote: {SECRET}\n".encode(),
    "outside/layout/screen.css": f"/* */ p::before {{ content: '{SECRET}' }}\n".encode(),
    "outside/layout/sections/colophon.html.j2": f"<p>{SECRET}</p>\n".encode(),
    "shared/allowed.png": png("shared on purpose"),
}


def write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


@cache
def frozen() -> bytes:
    """The specimen's lock."""
    (book,) = press(SPECIMEN, bound=False, locked=False).pressed
    return lock_text(lock_of(book.anthology)).encode()


def lay(name: str, folder: Path) -> Path:
    """The project of a case: the specimen in `folder`, with the case laid over it."""
    project = folder / "project"
    shutil.copytree(SPECIMEN, project)
    for path, data in OUTSIDE.items():
        write(folder / path, data)
    case = CASES / name
    if (case / "REMOVE").is_file():
        for line in (case / "REMOVE").read_text("utf-8").split():
            (project / line).unlink()
    if (case / "FREEZE").is_file():
        write(project / lock_path("specimen"), frozen())
    for file in sorted(case.rglob("*")):
        inner = file.relative_to(case)
        if inner.name in ("expected.txt", "REMOVE", "FREEZE") or (
            file.is_dir() and not file.is_symlink()
        ):
            continue
        target = project / inner
        target.unlink(missing_ok=True)
        if file.is_symlink():
            target.parent.mkdir(parents=True, exist_ok=True)
            target.symlink_to(file.readlink())
        else:
            write(target, file.read_bytes())
    return project


def told(findings: tuple[Finding, ...]) -> str:
    """Findings as expected.txt has them."""
    lines: list[str] = []
    for finding in findings:
        lines.append(f"{finding}\n")
        if finding.hint:
            lines.append(f"    hint: {finding.hint}\n")
    return "".join(lines)


@pytest.fixture(scope="module", autouse=True)
def _quick() -> Iterator[None]:
    """Spare each of some hundred books what no case is about: templates are compiled once, and
    fonts are not cut."""
    compiled: dict[tuple[object, ...], CodeType] = {}
    real = Environment.compile

    def once(self: Environment, source: Any, *args: Any, **more: Any) -> Any:
        key = (str(source), *args, *sorted(more.items()))
        if key not in compiled:
            compiled[key] = real(self, source, *args, **more)
        return compiled[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Environment, "compile", once)
        patch.setattr("reelpress.bindery.fonts._subset", lambda data, _: data[:64])
        yield


@pytest.fixture(params=NAMES)
def case(request: pytest.FixtureRequest) -> str:
    """The name of a case, each in turn."""
    return str(request.param)


# -- what is told


def test_the_specimen_is_perfect() -> None:
    """Nothing of any severity is noticed in the specimen: what a case shows is the case's own."""
    run = press(SPECIMEN, bound=False)
    assert told(run.findings) == ""
    assert [len(book.anthology.reviews) for book in run.pressed] == [3]


def test_all_findings_of_a_case_are_told(case: str, tmp_path: Path, accept: bool) -> None:
    """One run tells every finding, each at the author's line and column, and no other."""
    found = told(press(lay(case, tmp_path), bound=False).findings)
    expected = CASES / case / "expected.txt"
    if accept:
        expected.write_text(found, "utf-8")
    assert found == expected.read_text("utf-8")


@pytest.mark.parametrize("case", sorted({name[0]: name for name in reversed(NAMES)}.values()))
def test_check_says_the_same(case: str, tmp_path: Path) -> None:
    """`check` prints each finding on a line of its own, 3 when one is an error, and no secret."""
    project = lay(case, tmp_path)
    result = CliRunner().invoke(app, ["check", "--all", "-v", "-C", str(project)])
    expected = (CASES / case / "expected.txt").read_text("utf-8").splitlines()
    lines = [line for line in expected if not line.startswith(" ")]
    assert [x for x in result.output.split("\n") if re.search(r" \[[A-Z]\d{3}\]$", x)] == lines
    assert result.exit_code == (3 if any(": error: " in line for line in lines) else 0)
    assert secrets(result.output.encode()) == []


def test_check_shows_line_caret_and_hint(tmp_path: Path) -> None:
    """A finding is its place and sentence, the author's own line, a caret, and a hint."""
    project = lay("H010-unknown-reviewer", tmp_path)
    done = subprocess.run(
        [sys.executable, "-m", "reelpress", "check", "-C", str(project)],
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        check=False,
    )
    assert (
        done.stdout
        == """\
manuscripts/reviews/the-general.md:3:22: error: "a-bel" is not in people.yaml. [H010]
    3 │ reviewer: [i-moreau, a-bel]
      │                      ^^^^^
    Hint: did you mean "a-bell"?

manuscripts/reviews/the-general.md:4:18: error: "a-clef" is not in people.yaml. [H010]
    4 │ rights: {holder: a-clef, status: granted}
      │                  ^^^^^^

2 errors in 1 file.
"""
    )
    assert done.stderr == ""
    assert done.returncode == 3


def test_the_line_shown_is_the_line_meant(tmp_path: Path) -> None:
    """Only \\n ends a line, as in an editor: a stray control character moves no caret."""
    project = lay("M003-control-characters", tmp_path)
    result = CliRunner().invoke(app, ["check", "-C", str(project)])
    assert "    8 │ - The second\ufffd is Annabelle Lee.\n" in result.output
    assert "   10 │ > And no \ufffdbell.\n" in result.output


def test_json_holds_the_same_fields(tmp_path: Path) -> None:
    """`--json` gives what the printed form says, one object for each finding."""
    project = lay("H010-unknown-reviewer", tmp_path)
    result = CliRunner().invoke(app, ["check", "--json", "-C", str(project)])
    first = json.loads(result.output)["findings"][0]
    assert first == {
        "code": "H010",
        "severity": "error",
        "path": "manuscripts/reviews/the-general.md",
        "line": 3,
        "column": 22,
        "text": '"a-bel" is not in people.yaml.',
        "hint": 'did you mean "a-bell"?',
    }


def test_every_rule_has_a_case() -> None:
    """A rule is merged with the case that shows it, or with the reason why there is none."""
    shown = {
        match[1]
        for name in NAMES
        for match in re.finditer(
            r" \[([A-Z]\d{3})\]$", (CASES / name / "expected.txt").read_text("utf-8"), re.M
        )
    }
    assert {code for code in RULES if code not in shown} == set(NO_AUTHOR)


def test_every_case_shows_its_rule() -> None:
    """A folder is named by the rule it is about; one that is clean stands near that rule."""
    strays = []
    for name in NAMES:
        expected = (CASES / name / "expected.txt").read_text("utf-8")
        if expected and f"[{name[:4]}]" not in expected:
            strays.append(name)
    assert strays == []


# -- what a draft shows


DraftOf = Callable[[str], tuple[Run, dict[str, bytes]]]


@pytest.fixture(scope="session")
def draft_of(tmp_path_factory: pytest.TempPathFactory) -> DraftOf:
    """Gives a case's draft, bound once: the run, and the files in its EPUB by name."""

    @cache
    def made(name: str) -> tuple[Run, dict[str, bytes]]:
        project = lay(name, tmp_path_factory.mktemp("draft"))
        run = press(project, draft=True, only=["epub"])
        volumes = [volume for book in run.pressed for volume in book.volumes]
        if not volumes:
            return run, {}
        with ZipFile(BytesIO(volumes[0].data)) as epub:
            return run, {info.filename: epub.read(info) for info in epub.infolist()}

    return made


def pages(files: dict[str, bytes]) -> dict[str, etree._Element]:
    """The documents of an EPUB, read."""
    return {n: etree.fromstring(d) for n, d in files.items() if n.endswith((".xhtml", ".svg"))}


@pytest.mark.slow
def test_a_draft_binds_and_shows_what_is_wrong(case: str, draft_of: DraftOf) -> None:
    """With --draft all binds but an unreadable ticket; a manuscript's errors are on its page, and
    nothing dangerous is."""
    run, files = draft_of(case)
    assert bool(files) == (case not in UNREADABLE)
    if not files:
        return
    assert_harmless(files)
    assert_whole(files)
    read = " ".join(" ".join("".join(root.itertext()) for root in pages(files).values()).split())
    mine = [f for f in run.findings if f.place.path.endswith(".md")]
    errors = [f for f in mine if f.severity is Severity.ERROR]
    assert [str(f) for f in errors if " ".join(str(f).split()) not in read] == []
    pictures = [f for f in errors if f.code in ("I001", "I002", "I003", "I004")]
    boxes = [
        str(box.text)
        for root in pages(files).values()
        for box in root.xpath("//*[@class='missing-image']")
    ]
    assert len(boxes) == len(pictures)
    assert [box for box in boxes if not box.startswith("Image missing: ")] == []


def test_template_code_is_text(draft_of: DraftOf) -> None:
    """What an author writes is never evaluated, neither in the text nor in the header."""
    for case in ("M004-template-code", "M004-in-the-header"):
        _, files = draft_of(case)
        root = pages(files)["EPUB/text/r-the-general.xhtml"]
        assert "{{ 7 * 7 }}" in "".join(root.itertext())
        assert [n for n, r in pages(files).items() if "49" in "".join(r.itertext())] == []


def test_a_biography_keeps_its_note(draft_of: DraftOf) -> None:
    """A biography is a text like any other: its notes are printed below it."""
    _, files = draft_of("L002-biography")
    root = pages(files)["EPUB/text/contributors.xhtml"]
    assert "Her note is not lost." in "".join(root.itertext())


# -- what may never be bound


def secrets(data: bytes) -> list[str]:
    """Words from files that nothing may read."""
    return [word for word in (SECRET, "root:x:0", "/bin/bash") if word.encode() in data]


def asked(files: dict[str, bytes]) -> list[tuple[str, str]]:
    """Every address that a reading system would fetch by itself, and the file that asks."""
    found: list[tuple[str, str]] = []
    for name, root in pages(files).items():
        here: list[str] = []
        for element in root.iter("{*}*"):
            kind = etree.QName(element).localname
            for key, value in element.attrib.items():
                attribute = etree.QName(key).localname
                link = kind == "a" or (kind == "link" and element.get("rel") == "license")
                leads = attribute == "href" and link and name.endswith(".xhtml")
                if attribute in _FETCHING and not leads:
                    here.append(str(value))
                elif attribute not in ("aria-label", "alt", "title", "content"):
                    here += in_css(str(value)) if "(" in value else []
            if kind == "style":
                here += in_css(element.text or "")
        found += [(name, address) for address in here]
    for name, data in files.items():
        if name.endswith(".css"):
            found += [(name, address) for address in in_css(data.decode())]
    return found


_FETCHING = "src href srcset data poster action background cite code formaction base".split()


def in_css(text: str) -> list[str]:
    """The addresses in a style sheet or a value of one, escapes resolved."""
    found: list[str] = []

    def walk(tokens: list[Any]) -> None:
        importing = False
        for token in tokens:
            if token.type == "at-keyword":
                importing = token.lower_value == "import"
            elif token.type == "url" or (token.type == "string" and importing):
                found.append(token.value)
            elif token.type == "function" and token.lower_name in ("url", "src", "image-set"):
                found.extend(a.value for a in token.arguments if a.type == "string")
            walk(getattr(token, "content", None) or getattr(token, "arguments", None) or [])

    walk(tinycss2.parse_component_value_list(text))
    return found


def assert_harmless(files: dict[str, bytes]) -> None:
    """No script, no handler, no byte from outside the project, nothing fetched from elsewhere."""
    whole = b"\n".join(files.values())
    assert secrets(whole) == []
    assert [w for w in (b"<script", b"<iframe", b"onclick", b"javascript:") if w in whole] == []
    handlers = [
        (name, key)
        for name, root in pages(files).items()
        for element in root.iter("{*}*")
        for key in element.attrib
        if etree.QName(key).localname.lower().startswith("on")
    ]
    assert handlers == []
    strange = [a for _, a in asked(files) if re.match(r"\s*(//|[a-z][a-z0-9+.-]*:)", a, re.I)]
    assert strange == []


def assert_whole(files: dict[str, bytes]) -> None:
    """Every picture, style sheet and font that a file of the book asks for is in the book."""
    local = [(n, a.split("#")[0]) for n, a in asked(files) if not re.match(r"\w+:|//", a)]
    missing = [(n, a) for n, a in local if a and normpath(f"{n}/../{a}") not in files]
    assert missing == []


def test_the_watch_sees_what_is_fetched() -> None:
    """The reading of addresses above is not blind to escapes, imports or other attributes."""
    page = (
        b'<html xmlns="http://www.w3.org/1999/xhtml"><p style="background: u\\72l(http://a/)"/>'
        b'<img src="http://b/"/><style>@im\\70ort "http://c/";</style></html>'
    )
    style = b"p { background: image-set('http://d/' 1x) }"
    found = asked({"a.xhtml": page, "a.css": style})
    assert [address for _, address in found] == [f"http://{x}/" for x in "abcd"]
