"""Globs in a folder of somebody's files: what they name, without what nobody means by them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import takewhile
from os import DirEntry, scandir
from pathlib import Path
from unicodedata import normalize

_PASSED_OVER = frozenset("node_modules bower_components vendor venv __pycache__ _site".split())
"""Folders of other people's files, or of what a generator made."""
_DEEPEST = 40
_PIECE = re.compile(r"\*\*/(?:\*\*/)*|\*\*|\*|\?|\[!?[^\]/]+\]|[^*?\[]+|\[")


def inside(glob: str) -> bool:
    """Whether a glob can only name what is in its folder."""
    plain = bool(glob.strip()) and not any(c in glob for c in "\\\0")
    return plain and not glob.startswith("/") and ".." not in glob.split("/")


@cache
def pattern(glob: str) -> re.Pattern[str]:
    """What paths a glob names; a folder's name stands for all in it."""
    made = ""
    for piece in _PIECE.findall(normalize("NFC", glob.removeprefix("./").rstrip("/"))):
        if piece.startswith("**/"):
            made += "(?:[^/]+/)*"
        elif piece == "**":
            made += ".*"
        elif piece == "*":
            made += "[^/]*"
        elif piece == "?":
            made += "[^/]"
        elif piece.startswith("[") and piece != "[":
            inner = piece[1:-1].replace("\\", "\\\\").replace("^", "\\^").replace("[", "\\[")
            made += f"[^{inner[1:]}]" if inner.startswith("!") else f"[{inner}]"
        else:
            made += re.escape(piece)
    return re.compile(f"(?:{made})(?:/.*)?", re.DOTALL)


def named(path: str, globs: tuple[str, ...]) -> bool:
    """Whether one of the globs names a path, or a folder above it."""
    return any(pattern(glob).fullmatch(normalize("NFC", path)) for glob in globs)


def files(folder: Path, glob: str, but: Path | None = None) -> list[str]:
    """The files in a folder that a glob names, sorted: paths from there, with forward slashes.

    Links to folders are not followed, unless the glob names them. Passed over are hidden files and
    folders, those that packages and generators make, and the folder `but`.
    """
    parts = glob.removeprefix("./").rstrip("/").split("/")
    fixed = list(takewhile(lambda part: not any(c in part for c in "*?["), parts[:-1]))
    if not any(c in parts[-1] for c in "*?[") and (folder / "/".join(parts)).is_dir():
        fixed = parts
    start = "/".join(fixed)
    wanted = pattern(glob)
    below = _walk(folder / start, f"{start}/" if start else "", but, 0)
    return sorted(path for path in below if wanted.fullmatch(normalize("NFC", path)))


def _walk(folder: Path, above: str, but: Path | None, depth: int) -> Iterator[str]:
    if depth > _DEEPEST or (but is not None and folder == but):
        return
    try:
        with scandir(folder) as entries:
            found = list(entries)
    except (OSError, ValueError):
        return
    for entry in found:
        if entry.name.startswith("."):
            continue
        if _is_folder(entry):
            if entry.name not in _PASSED_OVER:
                yield from _walk(folder / entry.name, f"{above}{entry.name}/", but, depth + 1)
        elif entry.is_file():
            yield above + entry.name


def _is_folder(entry: DirEntry[str]) -> bool:
    try:
        return entry.is_dir(follow_symlinks=False)
    except OSError:
        return False
