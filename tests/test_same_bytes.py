"""The same bytes every time, whatever the machine is like and whatever else is asked for."""

from __future__ import annotations

import os
import shutil
from hashlib import sha256
from pathlib import Path

import pytest

from test_volumes import ROOT, TICKETS, reelpress

pytestmark = pytest.mark.slow

ELSEWHERE = {
    "TZ": "XYZ-13:45",
    "LANG": "C",
    "LC_ALL": "C",
    "LANGUAGE": "tr",
    "PYTHONHASHSEED": "4242",
    "PYTHONUTF8": "0",
    "SOURCE_DATE_EPOCH": "86400",
}
"""A machine quite unlike the one on which the session's build was made."""


def sums(build: Path, pattern: str = "*/*.*") -> dict[str, str]:
    """Every file that a build delivers, with its sum."""
    return {
        path.relative_to(build).as_posix(): sha256(path.read_bytes()).hexdigest()
        for path in sorted(build.glob(pattern))
        if path.suffix in (".epub", ".pdf")
    }


@pytest.fixture(scope="session")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample's project in another folder, its files made in reverse order on other days."""
    folder = tmp_path_factory.mktemp("elsewhere é") / "a project"
    files = [path for path in (ROOT / "manuscripts").rglob("*") if path.is_file()]
    for age, path in enumerate(sorted(files, reverse=True)):
        target = folder / path.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
        os.utime(target, (10**9 - 86400 * age,) * 2)
    return folder


def build_elsewhere(project: Path, out: Path, *arguments: str, **environment: str) -> None:
    """Build from inside the project, under another environment."""
    done = reelpress("build", "--out", out, *arguments, cwd=project, **environment)
    assert done.returncode == 0, done.stdout + done.stderr


def test_epubs_are_the_same_everywhere(epubs: Path, copied: Path, tmp_path: Path) -> None:
    """Time zone, locale, hash seed, folder, working directory and the files' order are changed."""
    build_elsewhere(copied, tmp_path, "--only", "epub", **ELSEWHERE)
    assert sums(tmp_path) == sums(epubs)
    assert len(sums(epubs)) == len(TICKETS)


@pytest.mark.checkers
def test_all_volumes_are_the_same_everywhere(sample: Path, copied: Path, tmp_path: Path) -> None:
    """PDFs too; and the page that tells their sums."""
    build_elsewhere(copied, tmp_path, **ELSEWHERE)
    assert sums(tmp_path) == sums(sample)
    assert len(sums(sample)) == 2 * len(TICKETS)
    assert (tmp_path / "index.html").read_bytes() == (sample / "index.html").read_bytes()


@pytest.mark.parametrize("name", list(TICKETS))
def test_an_anthology_alone_is_the_same(
    epubs: Path, copied: Path, tmp_path: Path, name: str
) -> None:
    """What else is built says nothing about a book."""
    build_elsewhere(copied, tmp_path, name, "--only", "epub", PYTHONHASHSEED="7")
    assert sums(tmp_path) == {k: v for k, v in sums(epubs).items() if k.startswith(f"{name}/")}


@pytest.mark.checkers
def test_an_epub_does_not_know_of_the_pdf(epubs: Path, sample: Path) -> None:
    """Its bytes are the same whichever volumes were asked for."""
    assert sums(sample, "*/*.epub") == sums(epubs)


@pytest.mark.checkers
def test_an_anthology_s_pdf_alone_is_the_same(sample: Path, copied: Path, tmp_path: Path) -> None:
    """The last ticket's, which would show what the first had left behind."""
    name = max(TICKETS)
    build_elsewhere(copied, tmp_path, name, "--only", "print", PYTHONHASHSEED="8")
    found = sums(tmp_path)
    assert found == {k: v for k, v in sums(sample).items() if k in found}
    assert len(found) == 1


def test_another_word_is_another_book(epubs: Path, copied: Path, tmp_path: Path) -> None:
    """The comparison can fail: one letter more in one review changes the sum of its EPUB."""
    project = tmp_path / "project"
    shutil.copytree(copied, project)
    review = project / "manuscripts" / "reviews" / "after-hours.md"
    review.write_text(review.read_text(encoding="utf-8") + "\nMore.\n", encoding="utf-8")
    build_elsewhere(project, tmp_path / "out", "small-hours", "--only", "epub")
    assert sums(tmp_path / "out").items() - sums(epubs).items()
