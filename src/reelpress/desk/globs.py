"""The files in a folder that a glob names, without what nobody means by it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile
from os import DirEntry, scandir
from pathlib import Path
from unicodedata import normalize

from reelpress.desk.folder import Folder
from reelpress.header.globs import pattern

_PASSED_OVER = frozenset("node_modules bower_components vendor venv __pycache__ _site".split())
"""Folders of other people's files, or of what a generator made."""
_DEEPEST = 40


def files(folder: Folder, base: str, glob: str, kinds: tuple[str, ...] = ("",)) -> list[str]:
    """The files in the folder `base` that a glob names, sorted: paths from there.

    Where the glob does not say what kind of file it means (content/**, content), those that end in
    one of `kinds`.

    Links to folders are not followed, unless the glob names them; of one that leads out the link is
    told, and not what lies behind it. Passed over are hidden files and folders, those that packages
    and generators make, and the project itself.
    """
    top = folder.root / base
    parts = glob.removeprefix("./").rstrip("/").split("/")
    fixed = list(takewhile(lambda part: not any(c in part for c in "*?["), parts[:-1]))
    if not any(c in parts[-1] for c in "*?[") and (top / "/".join(parts)).is_dir():
        fixed = parts
    start = "/".join(fixed)
    steps = ("/".join(fixed[: n + 1]) for n in range(len(fixed)))
    if (out := next((s for s in steps if not folder.covers(f"{base}/{s}")), None)) is not None:
        return [out]
    wanted = pattern(glob)
    below = _walk((top / start).resolve(), f"{start}/" if start else "", folder.root, 0)
    said = "." in parts[-1]

    def means(path: str) -> bool:
        match = wanted.fullmatch(normalize("NFC", path))
        return match is not None and (
            (said and match["below"] is None) or path.lower().endswith(kinds)
        )

    return sorted(filter(means, below))


def _walk(folder: Path, above: str, but: Path, depth: int) -> Iterator[str]:
    if depth > _DEEPEST or (depth and folder == but):
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
        elif _is_file(entry):
            yield above + entry.name


def _is_folder(entry: DirEntry[str]) -> bool:
    try:
        return entry.is_dir(follow_symlinks=False)
    except OSError:
        return False


def _is_file(entry: DirEntry[str]) -> bool:
    try:
        return entry.is_file()
    except OSError:  # a link to itself
        return False
