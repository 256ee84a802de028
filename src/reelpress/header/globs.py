"""Globs, as tickets and imprints write them: what paths they name."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache
from unicodedata import normalize

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


def named(path: str, globs: Iterable[str]) -> bool:
    """Whether one of the globs names a path, or a folder above it."""
    path = normalize("NFC", path)
    return any(pattern(glob).fullmatch(path) for glob in globs)
