"""Built again: what was kept gives the bytes that making everything anew would give."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
import time
from hashlib import sha256
from pathlib import Path

import pytest

from test_same_bytes import sums
from test_volumes import reelpress

pytestmark = [pytest.mark.slow, pytest.mark.checkers]

SPECIMEN = Path(__file__).parent / "specimen"
MOMENTS = 10
REVIEW = "manuscripts/reviews/the-general.md"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of the specimen, with nothing kept."""
    return shutil.copytree(SPECIMEN, tmp_path / "project")


def build(project: Path, *arguments: str) -> dict[str, str]:
    """The sums of what a build delivers."""
    done = reelpress("build", "-C", project, *arguments)
    assert done.returncode == 0, done.stdout + done.stderr
    return sums(project / "build")


def kept(project: Path) -> list[Path]:
    """The entries of the store."""
    return sorted(p for p in (project / ".reelpress").glob("*/*/*") if p.is_file())


def add_a_paragraph(project: Path) -> str:
    """Make the first review longer by more than a page; what it was."""
    path = project / REVIEW
    before = path.read_text(encoding="utf-8")
    more = "The engine goes on, and nobody on the platform looks up. " * 90
    path.write_text(f"{before}\n{more}\n", encoding="utf-8")
    return before


def test_the_bytes_are_the_same_on_any_number_of_cores(project: Path) -> None:
    """One process, two or five: who did the work is not in the book."""
    found = []
    for jobs in ("1", "2", "5"):
        shutil.rmtree(project / ".reelpress", ignore_errors=True)
        found.append(build(project, "--jobs", jobs))
    assert len(found[0]) == 2
    assert found[0] == found[1] == found[2]


def test_the_bytes_are_the_same_cold_and_warm(project: Path) -> None:
    """Nothing, all, and only some of it kept."""
    cold = build(project)
    assert build(project) == cold
    for path in kept(project)[::2]:
        path.unlink()
    assert build(project) == cold
    for path in kept(project):
        if path.parent.parent.name == "volume":
            path.unlink()
    assert build(project) == cold


def test_an_edit_is_as_if_it_had_always_been_so(project: Path, tmp_path: Path) -> None:
    """After an edit that moves pages, and after its undoing: the bytes of a first build."""
    first = build(project)
    before = add_a_paragraph(project)
    changed = build(project)
    anew = shutil.copytree(
        project, tmp_path / "anew", ignore=shutil.ignore_patterns(".reelpress", "build")
    )
    assert changed == build(anew)
    assert all(changed[name] != first[name] for name in first)
    (project / REVIEW).write_text(before, encoding="utf-8")
    assert build(project) == first


def test_damaged_entries_are_made_again(project: Path) -> None:
    """Twenty of them: cut short, emptied, a bit turned, another's bytes in their place."""
    first = build(project)
    entries = kept(project)
    chosen = entries[:: max(1, len(entries) // 20)][:20]
    assert len(chosen) == 20
    for number, path in enumerate(chosen):
        data = path.read_bytes()
        middle = len(data) // 2
        path.write_bytes(
            [
                data[:middle],
                b"",
                data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1 :],
                entries[-1 - number].read_bytes() if entries[-1 - number] != path else b"x",
            ][number % 4]
        )
    # The finished volumes would hide what is below them.
    for path in entries:
        if path.parent.parent.name == "volume":
            path.unlink()
    assert build(project) == first


def test_a_stranger_s_kept_work_is_not_used(project: Path, tmp_path: Path) -> None:
    """Entries that come with a project were sealed by somebody else: they count as none."""
    here, there = str(tmp_path / "a"), str(tmp_path / "b")
    first = reelpress("build", "-C", project, "--why", XDG_CACHE_HOME=here)
    again = reelpress("build", "-C", project, "--why", XDG_CACHE_HOME=here)
    stranger = reelpress("build", "-C", project, "--why", XDG_CACHE_HOME=there)
    assert "reused" in again.stdout
    assert "reused" not in first.stdout
    assert "reused" not in stranger.stdout


def killed(project: Path, after: float) -> None:
    """Begin a build, and end it the hard way."""
    command = [sys.executable, "-m", "reelpress", "build", "-C", str(project)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        time.sleep(after)
        process.send_signal(signal.SIGKILL)


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL there")
def test_a_build_that_is_killed_harms_nothing(project: Path, tmp_path: Path) -> None:
    """At ten moments: each volume is the old one or the new one, whole; the next build is right."""
    old = build(project)
    saved = shutil.copytree(project, tmp_path / "saved")
    add_a_paragraph(project)
    shutil.rmtree(project / ".reelpress")
    began = time.perf_counter()
    new = build(project)
    took = time.perf_counter() - began
    for moment in range(MOMENTS):
        shutil.rmtree(project / "build")
        shutil.rmtree(project / ".reelpress")
        for name in ("build", ".reelpress"):
            shutil.copytree(saved / name, project / name)
        killed(project, took * (moment + 0.5) / MOMENTS)
        for name, own in sums(project / "build").items():
            assert own in (old[name], new[name])
        assert sums(project / "build").keys() == old.keys()
        assert build(project) == new
        assert not list((project / "build").rglob("*.part"))


def test_two_builds_at_once_harm_nothing(project: Path) -> None:
    """They share what is kept, and each delivers the same bytes."""
    command = [sys.executable, "-m", "reelpress", "build", "-C", str(project), "--out"]
    both = [
        subprocess.Popen([*command, str(project / out)], stdout=subprocess.DEVNULL)
        for out in ("one", "two")
    ]
    assert [process.wait() for process in both] == [0, 0]
    assert sums(project / "one") == sums(project / "two") == build(project)


def test_a_piece_bears_the_numbers_of_the_book(project: Path) -> None:
    """`--piece` binds one review's pages alone, as they are in the whole book."""
    import pikepdf

    from checkers import pdf_pictures, pdf_text

    build(project)
    done = reelpress("build", "-C", project, "--piece", "brief-encounter")
    assert done.returncode == 0, done.stdout + done.stderr
    (piece,) = (project / "build").rglob("*brief-encounter*.pdf")
    (whole,) = (project / "build").rglob("specimen-print.pdf")
    texts, alone = pdf_text(whole), pdf_text(piece)
    start = texts.index(alone[0])
    assert texts[start : start + len(alone)] == alone
    assert [p.tobytes() for p in pdf_pictures(whole)[start : start + len(alone)]] == [
        p.tobytes() for p in pdf_pictures(piece)
    ]
    with pikepdf.open(piece) as one, pikepdf.open(whole) as book:
        assert one.pages[0].label == book.pages[start].label
    assert sha256(whole.read_bytes()).hexdigest() in sums(project / "build").values()
