"""What a person installs: the wheel carries all that the press needs, and nothing else."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from test_volumes import ROOT

pytestmark = pytest.mark.checkers


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built without a network."""
    out = tmp_path_factory.mktemp("wheel")
    done = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", out],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    (made,) = out.glob("*.whl")
    return made


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, unpacked as an installer would."""
    folder = tmp_path_factory.mktemp("site")
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(folder)
    return folder


def files(folder: Path) -> set[str]:
    """Every file below a folder, by its path."""
    return {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


def test_the_wheel_carries_all_of_the_press(installed: Path) -> None:
    """Every file of src/, whatever its kind: modules, the starter, catalogues, py.typed."""
    assert files(ROOT / "src" / "reelpress") <= files(installed / "reelpress")
    assert (installed / "reelpress" / "py.typed").is_file()


def test_the_wheel_carries_the_layouts(installed: Path) -> None:
    """Every file of layouts/, where the installed press looks for them."""
    assert files(ROOT / "layouts") == files(installed / "reelpress" / "_layouts")


def test_the_wheel_carries_nothing_else(installed: Path) -> None:
    """No tests, no sample, no build."""
    tops = {path.name for path in installed.iterdir()}
    assert {name for name in tops if not name.endswith(".dist-info")} == {"reelpress"}
    allowed = files(ROOT / "src" / "reelpress")
    allowed |= {f"_layouts/{name}" for name in files(ROOT / "layouts")}
    assert files(installed / "reelpress") - allowed == set()


def test_the_installed_press_binds_a_scaffold(installed: Path, tmp_path: Path) -> None:
    """Out of the wheel alone, in a folder of its own: `init`, then `build`."""

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "reelpress", *arguments],
            cwd=tmp_path,
            env={"PYTHONPATH": str(installed), "PATH": "", "HOME": str(tmp_path)},
            capture_output=True,
            encoding="utf-8",
            check=False,
        )

    made = run("init", "mine")
    assert made.returncode == 0, made.stderr
    built = run("build", "-C", "mine")
    assert built.returncode == 0, built.stdout + built.stderr
    names = files(tmp_path / "mine" / "build")
    assert {"first/first.epub", "first/first-print.pdf", "index.html"} <= names
