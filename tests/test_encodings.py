"""Bytes to text, where fixtures can't show it: what is said at the terminal, what controls leave,
names of files."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Literal
from unicodedata import normalize

import pytest
from typer.testing import CliRunner

from reelpress.cli.main import app
from reelpress.header import decode, without_controls
from reelpress.press import press

SPECIMEN = Path(__file__).parent / "specimen"
REVIEW = "manuscripts/reviews/the-general.md"
HEADER = "---\nfilm: {title: The General, year: 1926}\nreviewer: a-bell\n---\n"


def project(folder: Path, data: bytes) -> Path:
    """The specimen with other bytes for one review."""
    shutil.copytree(SPECIMEN, folder, dirs_exist_ok=True)
    (folder / REVIEW).write_bytes(data)
    return folder


def test_the_line_shown_is_in_the_encoding_guessed(tmp_path: Path) -> None:
    """A finding of a file that is not UTF-8 shows the author's line as it was read."""
    home = project(tmp_path, f"{HEADER}He waits in a café.\n".encode("cp1252"))
    result = CliRunner().invoke(app, ["check", "-C", str(home)])
    assert "    5 │ He waits in a café.\n      │                  ^^\n" in result.output
    assert result.exit_code == 0


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_picture_is_found_however_its_name_is_composed(
    form: Literal["NFC", "NFD"], tmp_path: Path
) -> None:
    """A Macintosh writes é of a file's name as two characters; the text may have one."""
    text = normalize("NFD", f"{HEADER}He waits.\n\n![A café](café.png)\n")
    home = project(tmp_path, text.encode())
    picture = next((SPECIMEN / "manuscripts").rglob("*.png"))
    shutil.copyfile(picture, home / "manuscripts/reviews" / f"{normalize(form, 'café')}.png")
    codes = {f.code for f in press(home, bound=False).findings}
    assert "I001" not in codes


@pytest.mark.parametrize(
    ("written", "left"),
    [
        ("one\x0btwo", "one two"),
        ("one \x0btwo", "one two"),
        ("one\x0b\ntwo", "one\ntwo"),
        ("one\n\x0c# two", "one\n# two"),
        ("one\x00\x0b\x01two", "one two"),
        ("o\x01ne", "one"),
        ("one\ud800", "one"),
        ("one", "one"),
    ],
)
def test_words_that_a_control_parted_stay_apart(written: str, left: str) -> None:
    """A word processor's line break leaves a space where it alone parted two words."""
    assert without_controls(written) == left


@pytest.mark.parametrize(
    "data",
    [b"GIF89a" + bytes(range(256)), b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" + bytes(range(256)) * 4],
)
def test_what_is_no_text_is_not_guessed(data: bytes) -> None:
    """A picture or a document under a wrong name is told as such."""
    text, found = decode(data, "r.md")
    assert text is None
    assert [f.code for f in found] == ["H001"]
