"""Globs in a folder of somebody's files: what they name, without what nobody means by them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from itertools import takewhile
from os import DirEntry, scandir
from pathlib import Path
from unicodedata import normalize

from reelpress.desk.folder import Folder

_PASSED_OVER = frozenset("node_modules bower_components vendor venv __pycache__ _site".split())
"""Folders of other people's files, or of what a generator made."""
_DEEPEST = 40
_PIECE = re.compile(r"\*\*/(?:\*\*/)*|\*\*|\*|\?|\[!?[^\]/]+\]|/|[^*?\[/]+|\[")


def inside(glob: str) -> bool:
    """Whether a glob can only name what is in its folder."""
    plain = bool(glob.strip()) and not any(c in glob for c in "\\\0")
    return plain and not glob.startswith("/") and ".." not in glob.split("/")


@cache
def pattern(glob: str) -> re.Pattern[str]:
    """What paths a glob names; a folder's name stands for all in it.

    Where two stars follow one another, what stands between them is taken where it is first found:
    the second can take all that is left. So the time grows with the path, however many there are.
    """
    pieces: list[str] = []
    for piece in _PIECE.findall(normalize("NFC", glob.removeprefix("./").rstrip("/"))):
        whole = not pieces or pieces[-1].endswith("/")
        # Within a name two stars are but one.
        pieces += [piece] if whole or not piece.startswith("**") else ["*", *piece[2:3]]
    *begin, last = pieces or [""]
    if last == "**":
        return re.compile(f"(?:{_folders(begin)}.*)(?P<below>/.*)?", re.DOTALL)
    begin = ["*" if piece == "**" else piece for piece in (*begin, last)]
    return re.compile(f"(?:{_folders(begin)})(?P<below>/.*)?", re.DOTALL)


def _folders(pieces: list[str]) -> str:
    """The pieces as an expression, parted where any folders may lie between."""
    return _joined(pieces, _any, "(?:[^/]+/)*", _steps, lambda part: part[-1:] == ["/"])


def _steps(pieces: list[str]) -> str:
    """The same of pieces between which anything in a folder's name may lie."""
    return _joined(pieces, "*".__eq__, "[^/]*", _plainly, lambda part: "/" not in part)


def _any(piece: str) -> bool:
    return piece.startswith("**/")


def _joined(
    pieces: list[str],
    joint: Callable[[str], bool],
    between: str,
    part_of: Callable[[list[str]], str],
    free: Callable[[list[str]], bool],
) -> str:
    first, *parts = _parted(pieces, joint)
    made = part_of(first)
    for n, part in enumerate(parts):
        if n < len(parts) - 1 and free(part):
            made += f"(?>{between}?{part_of(part)})"
        else:
            made += between + part_of(part)
    return made


def _parted(pieces: list[str], joint: Callable[[str], bool]) -> list[list[str]]:
    parts: list[list[str]] = [[]]
    for piece in pieces:
        if joint(piece):
            parts.append([])
        else:
            parts[-1].append(piece)
    return parts


def _plainly(pieces: list[str]) -> str:
    return "".join(map(_plain, pieces))


def _plain(piece: str) -> str:
    if piece == "?":
        return "[^/]"
    if piece.startswith("[") and piece != "[":
        inner = piece[1:-1].replace("\\", "\\\\").replace("^", "\\^").replace("[", "\\[")
        return f"[^/{inner[1:]}]" if inner.startswith("!") else f"[{inner}]"
    return re.escape(piece)


def named(path: str, globs: tuple[str, ...]) -> bool:
    """Whether one of the globs names a path, or a folder above it."""
    return any(pattern(glob).fullmatch(normalize("NFC", path)) for glob in globs)


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
