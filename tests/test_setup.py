"""What `make` promises on a bare machine, and that the judges can say no."""

from __future__ import annotations

import ast
import os
import re
import shutil
import stat
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from importlib.metadata import PackageNotFoundError, packages_distributions, requires
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from checkers import epubcheck, pdf_pictures, pdf_text, pdf_tree, verapdf, words

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PINS = [
    line
    for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


def run(*command: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command,
        cwd="/",
        env={**os.environ, **environment},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def script(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
    path.chmod(0o755)
    return path


# ── versions ─────────────────────────────────────────────────────────────────────────────


def test_constraints_are_names_and_versions_only() -> None:
    """Where packages come from is the machine's own affair: no address, no hash, no option."""
    assert [pin for pin in PINS if not re.fullmatch(r"[a-z0-9-]+==[0-9][0-9A-Za-z.]*", pin)] == []
    names = [pin.split("==")[0] for pin in PINS]
    assert names == sorted(set(names))


def needed(requirement: Requirement, seen: set[str]) -> list[Requirement]:
    """A requirement and, where it is installed, all that it brings along."""
    found = [requirement]
    try:
        brought = requires(requirement.name) or []
    except PackageNotFoundError:
        brought = []
    for text in brought:
        further = Requirement(text)
        wanted = [{"extra": extra} for extra in requirement.extras or {""}]
        if further.marker and not any(map(further.marker.evaluate, wanted)):
            continue
        if str(further) not in seen:
            seen.add(str(further))
            found += needed(further, seen)
    return found


def test_everything_the_set_up_installs_is_pinned() -> None:
    """Also what a dependency brings along, at a version that all who need it allow."""
    pins = dict(pin.split("==") for pin in PINS)
    asked = [
        *PROJECT["build-system"]["requires"],
        *PROJECT["project"]["dependencies"],
        *PROJECT["project"]["optional-dependencies"]["test"],
    ]
    seen: set[str] = set()
    unmet = [
        str(requirement)
        for text in asked
        for requirement in needed(Requirement(text), seen)
        if not requirement.specifier.contains(pins.get(canonicalize_name(requirement.name), "!"))
    ]
    assert unmet == []


def test_every_library_that_the_press_imports_is_asked_for() -> None:
    """By name, not only because some other library happens to bring it along."""
    imported = set()
    for path in (ROOT / "src").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                imported |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                imported.add(node.module.split(".")[0])
    packages = packages_distributions()
    asked = {
        canonicalize_name(Requirement(text).name) for text in PROJECT["project"]["dependencies"]
    }
    unasked = {
        name
        for name in imported - set(sys.stdlib_module_names) - {"reelpress"}
        if not asked & {canonicalize_name(package) for package in packages.get(name, ())}
    }
    assert unasked == set()


# ── make, .ci/run, .ci/setup ─────────────────────────────────────────────────────────────


def test_ci_runs_make_test(tmp_path: Path) -> None:
    """From any folder, in the project's."""
    script(tmp_path / "make", 'echo "$PWD: make $*"')
    done = run(ROOT / ".ci" / "run", PATH=f"{tmp_path}:{os.environ['PATH']}")
    assert done.stdout == f"{ROOT}: make test\n"
    script(tmp_path / "make", "exit 7")
    assert run(ROOT / ".ci" / "run", PATH=f"{tmp_path}:{os.environ['PATH']}").returncode == 7


@pytest.mark.skipif(not shutil.which("make"), reason="no make on this machine")
def test_make_alone_names_its_targets() -> None:
    """What a person would call is in the help, with what it does."""
    done = run("make", "-C", ROOT, "--no-print-directory", MAKEFLAGS="", MAKELEVEL="")
    told = re.findall(r"^  make (\w+)\t\S", done.stdout, re.MULTILINE)
    assert told == ["help", "demo", "test", "check", "bench", "clean"]


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    """A project with the set-up alone, on a machine whose PATH holds no Python and no apt-get."""
    (tmp_path / ".ci").mkdir()
    shutil.copy(ROOT / ".ci" / "setup", tmp_path / ".ci")
    for tool in ("dirname", "id", "mktemp", "rm", "tail", "touch"):
        real = shutil.which(tool)
        assert real is not None
        script(tmp_path / "bin" / tool, f'exec {real} "$@"')
    return tmp_path


def set_up(bare: Path, what: str) -> subprocess.CompletedProcess[str]:
    return run("/bin/sh", bare / ".ci" / "setup", what, PATH=str(bare / "bin"), PYTHON="")


def test_set_up_says_when_there_is_no_python(bare: Path) -> None:
    done = set_up(bare, "press")
    assert done.returncode == 1
    assert "needs Python 3.11 or newer, and none was found" in done.stderr


def test_set_up_passes_by_an_older_python(bare: Path) -> None:
    """Whatever it answers to a question about its version, old is old."""
    script(bare / "bin" / "python3", "exit 1")
    done = set_up(bare, "press")
    assert done.returncode == 1
    assert "none was found (tried: python3.13 " in done.stderr


def test_set_up_says_what_to_install_where_python_makes_no_environments(bare: Path) -> None:
    """Debian's python3 without its package for environments."""
    script(
        bare / "bin" / "python3",
        'case $2 in *ensurepip*) exit 1;; *print*) echo "python3.11-venv";; esac',
    )
    done = set_up(bare, "press")
    assert done.returncode == 1
    assert "sudo apt-get install python3.11-venv" in done.stderr


def test_set_up_goes_on_without_pango_and_says_what_to_run(bare: Path) -> None:
    """One line for each kind of machine; looked for again next time."""
    script(bare / ".venv" / "bin" / "python", "echo libpango-1.0-0")
    done = set_up(bare, "pango")
    assert done.returncode == 0
    assert "(no libpango-1.0-0)" in done.stdout
    for advice in ("apt-get install", "dnf install", "brew install", "pacman -S"):
        assert advice in done.stdout
    assert not (bare / ".venv" / ".pango").exists()

    script(bare / ".venv" / "bin" / "python", "exit 0")
    assert set_up(bare, "pango").stdout == ""
    assert (bare / ".venv" / ".pango").exists()


# ── the package ──────────────────────────────────────────────────────────────────────────


def build(kind: str, folder: Path, out: Path) -> Path:
    done = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "--target", kind, "--directory", out],
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    (made,) = out.iterdir()
    return made


def test_the_wheel_is_the_press_with_its_layouts_and_licences(tmp_path: Path) -> None:
    """And the same wheel comes out of the source archive."""
    wheel = build("wheel", ROOT, tmp_path / "wheel")
    with zipfile.ZipFile(wheel) as contents:
        names = {name for name in contents.namelist() if "__pycache__" not in name}
        metadata = contents.read("reelpress-0.1.0.dist-info/METADATA").decode()
        entry = contents.read("reelpress-0.1.0.dist-info/entry_points.txt").decode()
    layouts = {
        f"reelpress/_layouts/{path.relative_to(ROOT / 'layouts').as_posix()}"
        for path in (ROOT / "layouts").rglob("*")
        if path.is_file()
    }
    assert layouts <= names
    assert {"reelpress/__init__.py", "reelpress/py.typed"} <= names
    assert {name.split("/")[0] for name in names} == {"reelpress", "reelpress-0.1.0.dist-info"}
    assert "License-Expression: AGPL-3.0-or-later AND MIT-0 AND OFL-1.1\n" in metadata
    assert "reelpress = reelpress.cli:main" in entry

    archive = build("sdist", ROOT, tmp_path / "sdist")
    with tarfile.open(archive) as packed:
        for member in packed:
            data = packed.extractfile(member)
            assert data is not None
            (tmp_path / member.name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / member.name).write_bytes(data.read())
    again = build("wheel", tmp_path / "reelpress-0.1.0", tmp_path / "again")
    with zipfile.ZipFile(again) as contents:
        assert {name for name in contents.namelist() if "__pycache__" not in name} == names


# ── the judges ───────────────────────────────────────────────────────────────────────────

CONTAINER = """<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="book.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>"""
PACKAGE = """<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:identifier id="id">urn:uuid:2d7ba1d0-0d3e-5b39-a6ac-ae8a0b0b1f7e</dc:identifier>
<dc:title>Last Call</dc:title><dc:language>en</dc:language>
<meta property="dcterms:modified">2026-11-01T00:00:00Z</meta></metadata>
<manifest>
<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
<item id="css" href="screen.css" media-type="text/css"/>
</manifest>
<spine><itemref idref="nav"/></spine></package>"""
NAV = """<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops">
<head><title>Contents</title><link rel="stylesheet" href="screen.css"/></head><body>
<nav epub:type="toc"><ol><li><a href="nav.xhtml">Contents</a></li></ol></nav>
</body></html>"""


def epub(path: Path, nav: str = NAV, css: str = "p { margin: 0 }") -> Path:
    """The smallest EPUB that EPUBCheck is content with."""
    with zipfile.ZipFile(path, "w") as contents:
        contents.writestr("mimetype", "application/epub+zip")
        contents.writestr("META-INF/container.xml", CONTAINER)
        contents.writestr("book.opf", PACKAGE)
        contents.writestr("nav.xhtml", nav)
        contents.writestr("screen.css", css)
    return path


@pytest.mark.checkers
def test_epubcheck_is_silent_on_a_sound_epub(tmp_path: Path) -> None:
    assert epubcheck(epub(tmp_path / "sound.epub")) == []


@pytest.mark.checkers
def test_epubcheck_finds_what_is_broken_and_where(tmp_path: Path) -> None:
    """Errors, warnings and usage notes: each with its file and line."""
    broken = epub(
        tmp_path / "broken.epub",
        NAV.replace("</nav>", '</nav>\n<p id="a">A</p><p id="a"><a href="gone.xhtml">B</a></p>')
        .replace("<title>Contents</title>", "<title></title>")
        .replace("</ol>", '<li><a href="nav.xhtml#b">C</a></li></ol>'),
        "@font-face { font-family: Gone; src: local(Gone) }",
    )
    said = {(m.id, m.severity, m.path, m.line) for m in epubcheck(broken)}
    assert ("RSC-007", "ERROR", "nav.xhtml", 4) in said
    assert ("RSC-012", "ERROR", "nav.xhtml", 3) in said
    assert {"ERROR", "USAGE"} <= {severity for _, severity, _, _ in said}


@pytest.mark.checkers
def test_epubcheck_without_a_report_is_an_error(tmp_path: Path) -> None:
    """Nothing said must never pass for nothing wrong."""
    (tmp_path / "none.epub").write_bytes(b"")
    said = epubcheck(tmp_path / "none.epub")
    assert {message.severity for message in said} & {"FATAL", "ERROR"}


PAGE = """<html lang="en"><head><title>Last Call</title>
<style>@page { size: 3in 2in; @bottom-center { content: "Folio " counter(page) } }
body { font: 12pt serif; hyphens: auto }</style></head>
<body><h1>Last Call</h1>%s</body></html>"""


def pdf(path: Path, body: str, **options: str) -> Path:
    from weasyprint import HTML

    HTML(string=PAGE % body).write_pdf(path, **options)
    return path


@pytest.mark.checkers
def test_verapdf_is_silent_on_a_tagged_pdf(tmp_path: Path) -> None:
    tagged = pdf(tmp_path / "tagged.pdf", "<p>Words.</p>", pdf_variant="pdf/ua-1")
    assert verapdf(tagged) == []


@pytest.mark.checkers
def test_verapdf_finds_an_untagged_pdf(tmp_path: Path) -> None:
    """Not tagged at all: no structure (7.1-11), no content marked (7.1-3), each counted."""
    failed = {
        (rule.clause, rule.test): rule.count
        for rule in verapdf(pdf(tmp_path / "untagged.pdf", "<p>Words.</p>"))
    }
    assert failed[("7.1", 11)] == 1
    assert failed[("7.1", 3)] > 1


@pytest.mark.checkers
def test_verapdf_finds_a_loose_list(tmp_path: Path) -> None:
    """The one known to slip through by the eye: WeasyPrint tags `<li><p>` wrongly."""
    loose = pdf(tmp_path / "loose.pdf", "<ul><li><p>A</p></li></ul>", pdf_variant="pdf/ua-1")
    assert [(rule.clause, rule.test, rule.count) for rule in verapdf(loose)] == [("7.2", 20, 1)]


@pytest.mark.checkers
def test_verapdf_without_a_report_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "none.pdf").write_bytes(b"")
    with pytest.raises(RuntimeError, match="no report"):
        verapdf(tmp_path / "none.pdf")


# ── reading back ─────────────────────────────────────────────────────────────────────────


def test_words_are_the_same_however_they_were_set() -> None:
    """What a line's end, a ligature or a typographer does to a word is undone."""
    assert words("A film\u00adstrip’s “\ufb01nal” re-run – ’tis 1995–96") == words(
        "A filmstrip's \"final\" re\ufffe\nrun -- 'tis 1995-\u200b96".replace("-\u200b", "–")
    )
    assert words("unforgiv\u2010\r\nable") == ["unforgivable"]
    assert words("Сталкер 映画 हिन्दी") == ["Сталкер", "映画", "हिन्दी"]
    assert words("one two") != words("one tow")


@pytest.mark.checkers
def test_a_pdf_is_read_back_in_order(tmp_path: Path) -> None:
    """The text of the pages has the folios; the tree has what is read aloud, and only that."""
    body = "An unforgivable melodramatic characterisation of circumstances. " * 12
    volume = pdf(tmp_path / "book.pdf", f"<p>{body}</p>", pdf_variant="pdf/ua-1")
    pages = pdf_text(volume)
    assert len(pages) > 1
    assert "Folio 2" in pages[1]
    tree = pdf_tree(volume)
    assert words("".join(element.text for element in tree)) == words(f"Last Call {body}")
    assert {element.type for element in tree} >= {"Document", "H1", "P"}

    pictures = pdf_pictures(volume, dpi=100)
    assert [picture.size for picture in pictures] == [(300, 200)] * len(pages)
    assert pictures[0].getextrema() != ((255, 255),) * 3


def test_scripts_can_be_run() -> None:
    for name in ("run", "setup"):
        assert (ROOT / ".ci" / name).stat().st_mode & stat.S_IXUSR
