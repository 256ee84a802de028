"""The specimen's volumes, unpacked and readable: whoever changes what readers get sees the diff.

`pytest --accept` rewrites tests/golden/; the reviewer reads it.
"""

from __future__ import annotations

import re
import shutil
import textwrap
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from checkers import Tagged, pdf_text, pdf_tree
from test_volumes import labels, pdf_outline, reelpress

TESTS = Path(__file__).parent
GOLDEN = TESTS / "golden"
SPECIMEN = TESTS / "specimen"
READABLE = (".xhtml", ".opf", ".ncx", ".css", ".xml", ".svg")
WIDTH = 100


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the specimen, where a build may lie."""
    return shutil.copytree(SPECIMEN, tmp_path_factory.mktemp("golden") / "specimen")


def built(project: Path, volume: str) -> Path:
    """The one volume of the specimen."""
    out = project / volume
    done = reelpress("build", "specimen", "-C", project, "--out", out, "--only", volume)
    assert done.returncode == 0, done.stdout + done.stderr
    (path,) = (p for p in (out / "specimen").iterdir() if p.suffix in (".epub", ".pdf"))
    return path


def unpacked(path: Path) -> dict[str, str]:
    """An EPUB's readable files, and the names of the others."""
    with zipfile.ZipFile(path) as packed:
        names = packed.namelist()
        found = {
            f"epub/{name}": packed.read(name).decode() for name in names if name.endswith(READABLE)
        }
    return found | {"epub/files.txt": "\n".join(names) + "\n"}


def wrapped(text: str) -> str:
    """Words on lines of one length: where a line turned on the page says little."""
    text = re.sub("[\u00ad\ufffe]\\s*", "", text)
    return textwrap.fill(
        " ".join(text.split()), WIDTH, break_long_words=False, break_on_hyphens=False
    )


def pages(path: Path) -> str:
    """The text of each page under its number."""
    told = zip(labels(path), pdf_text(path), strict=True)
    return "\n".join(f"── {label} ──\n{wrapped(text)}\n" for label, text in told)


def outline(path: Path) -> str:
    """The bookmarks, each with the page to which it leads."""
    told = labels(path)
    return "".join(
        f"{'  ' * (d - 1)}{text} … {told[page - 1]}\n" for d, text, page in pdf_outline(path)
    )


def tree(path: Path) -> str:
    """The structure tree with the pages on which it stands; the lines of a block are one text.

    What goes on after an inner element comes below it, behind a dash.
    """
    lines: list[Tagged] = []
    for tagged in pdf_tree(path):
        last = lines[-1] if lines else tagged
        same = last.depth == (tagged.depth - 1 if last.type else tagged.depth)
        if lines and not tagged.type and same and last.page == tagged.page:
            lines[-1] = replace(last, text=last.text + tagged.text)
        else:
            lines.append(tagged)
    told = labels(path)
    out: list[str] = []
    page = 0
    for line in lines:
        if line.page != page:
            page = line.page
            out.append(f"── {told[page - 1]} ──")
        flat = " ".join(re.sub("[\u00ad\ufffe]\\s*", "", line.text).split())
        shown = flat if len(flat) <= 72 else f"{flat[:40]} … {flat[-28:]}"
        told_as = f"{line.type}{': ' if shown else ''}" if line.type else "– "
        out += [f"{'  ' * line.depth}{told_as}{shown}"] if line.type or shown else []
    return "\n".join(out) + "\n"


def metadata(path: Path) -> str:
    """What the file says of itself, as XMP."""
    import pikepdf

    with pikepdf.open(path) as pdf:
        return pdf.Root.Metadata.read_bytes().decode().replace("\ufeff", "") + "\n"


def compare(found: dict[str, str], pattern: str, *, accept: bool) -> None:
    """Compare texts with the files of golden/ that a pattern names, or rewrite these."""
    if accept:
        for old in GOLDEN.glob(pattern):
            if old.is_file():
                old.unlink()
        for name, text in found.items():
            (GOLDEN / name).parent.mkdir(parents=True, exist_ok=True)
            (GOLDEN / name).write_text(text, encoding="utf-8")
    kept = {p.relative_to(GOLDEN).as_posix() for p in GOLDEN.glob(pattern) if p.is_file()}
    assert kept == found.keys(), "read the difference, then: pytest --accept"
    for name, text in found.items():
        # Line by line, so that pytest shows the ones that differ.
        golden = (GOLDEN / name).read_text(encoding="utf-8")
        assert text.splitlines() == golden.splitlines(), f"golden/{name}"


def test_the_epub_is_as_it_was(project: Path, accept: bool) -> None:
    """Every XHTML file, the package, the ways through it, the style sheet."""
    compare(unpacked(built(project, "epub")), "epub/**/*", accept=accept)


@pytest.mark.checkers
def test_the_pdf_is_as_it_was(project: Path, accept: bool) -> None:
    """The text page by page, the outline, what a screen reader meets, what the file says of
    itself."""
    path = built(project, "print")
    found = {
        "pdf/pages.txt": pages(path),
        "pdf/outline.txt": outline(path),
        "pdf/tree.txt": tree(path),
        "pdf/metadata.xml": metadata(path),
    }
    compare(found, "pdf/*", accept=accept)


@pytest.mark.checkers
def test_page_numbers_stand_beside_the_titles_of_the_contents(project: Path) -> None:
    """Each on its title's line, and all of them end where the measure does."""
    import pypdfium2

    with pypdfium2.PdfDocument(built(project, "print")) as document:
        page = document[labels(project / "print/specimen/specimen-print.pdf").index("v")]
        text = page.get_textpage()
        boxes = [text.get_rect(n) for n in range(text.count_rects())]
        told = {text.get_text_bounded(*box).strip(): box for box in boxes}
    titles = {"Before the Whistle": "vii", "The films": "4", "Contributors": "6", "Colophon": "7"}
    for title, folio in titles.items():
        assert abs(told[title][1] - told[folio][1]) < 4, title
    ends = [told[folio][2] for folio in titles.values()]
    assert max(ends) - min(ends) < 1


def test_the_specimen_has_no_finding(project: Path) -> None:
    """It is perfect, so that whatever a case says is the case's own."""
    done = reelpress("check", "-C", project, "--strict")
    assert (done.returncode, done.stdout) == (0, "Nothing to mend.\n")
