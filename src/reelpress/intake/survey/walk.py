"""What lies in a folder that nobody knows: walked once, within bounds, links never followed."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from stat import S_ISREG

PASSED_OVER = frozenset(
    {"node_modules", "bower_components", "vendor", "__pycache__", "_site", "venv", "site-packages"}
)
"""Folders that hold other people's programs, or what a generator made."""
_MOST_FILES = 100_000
_DEEPEST = 40
"""Folders in one another."""
_MOST_BYTES = 1 << 20
"""Of one file: what comes after is not looked at."""
_NO_LINK = getattr(os, "O_NOFOLLOW", 0)
_NO_WAIT = getattr(os, "O_NONBLOCK", 0)


@dataclass(frozen=True, slots=True)
class Tree:
    """The files of a folder."""

    root: Path
    """Absolute, links resolved."""
    files: Mapping[str, int]
    """Path below the folder, with forward slashes -> bytes; sorted."""
    folders: frozenset[str]
    """Those that have files in or below them."""
    marks: frozenset[str]
    """Names of what lies in the folder itself, dot folders too."""
    passed: Mapping[str, int]
    """What was passed over, for people -> how many."""
    whole: bool = True
    """False where there is more than is looked at."""

    def read(self, path: str, most: int = _MOST_BYTES) -> bytes:
        """The beginning of a file; nothing where it can't be read or is no longer a file."""
        try:
            # A file may have become a link or a pipe since it was seen.
            handle = os.open(self.root / path, os.O_RDONLY | _NO_LINK | _NO_WAIT)
        except (OSError, ValueError):
            return b""
        with os.fdopen(handle, "rb") as file:
            try:
                return file.read(most) if S_ISREG(os.fstat(handle).st_mode) else b""
            except OSError:
                return b""

    def is_whole(self, path: str) -> bool:
        """Whether `read` gives all of a file."""
        return self.files.get(path, 0) <= _MOST_BYTES

    def has(self, path: str) -> bool:
        """Whether a file is at `path`, or a folder with files."""
        return path in self.files or path in self.folders

    def below(self, folder: str) -> Iterator[str]:
        """The files in and below a folder ("" is all of it)."""
        above = f"{folder}/" if folder else ""
        return (path for path in self.files if path.startswith(above))


def walk(folder: Path) -> Tree:
    """The files in and below `folder`, less dot folders and what no author wrote.

    Links are passed over, wherever they lead, and so is what is neither file nor folder.
    Raises OSError where the folder itself can't be read.
    """
    root = folder.resolve()
    files: dict[str, int] = {}
    passed: Counter[str] = Counter()
    marks = frozenset(entry.name for entry in islice(os.scandir(root), _MOST_FILES))
    waiting = [("", 0)]
    whole = True
    while waiting:
        above, depth = waiting.pop()
        try:
            some = list(islice(os.scandir(root / above), _MOST_FILES + 1))
        except OSError:
            passed["folders that can't be read"] += 1
            continue
        for entry in sorted(some, key=lambda entry: entry.name):
            why = _passed_over(entry)
            if why:
                passed[why] += 1
            elif entry.is_dir(follow_symlinks=False):
                if depth < _DEEPEST:
                    waiting.append((f"{above}{entry.name}/", depth + 1))
                whole = whole and depth < _DEEPEST
            elif len(files) < _MOST_FILES:
                files[f"{above}{entry.name}"] = _size(entry)
            else:
                whole = False
        if not whole and len(files) >= _MOST_FILES:
            break
    return Tree(root, dict(sorted(files.items())), _folders(files), marks, dict(passed), whole)


_ALIAS = re.compile(r"[\[,:\s-]\*\w")
_MOST_ALIASES = 50


def is_bomb(yaml: str) -> bool:
    """Whether YAML repeats so much by aliases that to read it may take long: nobody writes so."""
    return "&" in yaml and len(_ALIAS.findall(yaml)) > _MOST_ALIASES


def _passed_over(entry: os.DirEntry[str]) -> str:
    """Why something in a folder is not looked at; empty where it is."""
    if entry.is_symlink():
        return "links"
    if not entry.name.isascii() and not _nameable(entry.name):
        return "names that are not UTF-8"
    if entry.is_dir(follow_symlinks=False):
        if entry.name.startswith("."):
            return "dot folders"
        return "folders of programs" if entry.name in PASSED_OVER else ""
    return "" if entry.is_file(follow_symlinks=False) else "what is no file"


def _nameable(name: str) -> bool:
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def _size(entry: os.DirEntry[str]) -> int:
    try:
        return entry.stat(follow_symlinks=False).st_size
    except OSError:
        return 0


def _folders(files: Mapping[str, int]) -> frozenset[str]:
    found: set[str] = set()
    for path in files:
        folder = path.rpartition("/")[0]
        while folder and folder not in found:
            found.add(folder)
            folder = folder.rpartition("/")[0]
    return frozenset(found)
