"""Drawers: many small things kept in a few files.

To make a file takes about as long as to edit what would be in it; so each entry lies, under its
name, in one of sixteen drawers, and a drawer is written again when something in it is new.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from zlib import crc32

from reelpress.work import Work, digest

_DRAWERS = 16

Name = tuple[str, ...]


@dataclass(slots=True)
class Drawers:
    """Entries of one kind: of each name the last, with the key of what it was made from."""

    kind: str
    work: Work
    _open: dict[int, dict[Name, tuple[str, Any]]] = field(default_factory=dict)
    _changed: set[int] = field(default_factory=set)
    _used: set[Name] = field(default_factory=set)

    def get(self, name: Name, key: str) -> Any:
        """The entry of that name, where it was made from the same; else None."""
        self._used.add(name)
        known, entry = self._drawer(name).get(name, ("", None))
        return entry if known == key else None

    def put(self, name: Name, key: str, entry: object) -> None:
        """Lay an entry in its drawer."""
        self._drawer(name)[name] = key, entry
        self._used.add(name)
        self._changed.add(_number(name))

    def close(self, there: Callable[[Name], bool]) -> None:
        """Write the drawers in which something is new, less what nobody used that is not `there`
        any more."""
        for number in sorted(self._changed):
            drawer = self._open[number]
            left = {n: e for n, e in drawer.items() if n in self._used or there(n)}
            self.work.keep(self.kind, digest(number), left)
        self._changed.clear()

    def _drawer(self, name: Name) -> dict[Name, tuple[str, Any]]:
        number = _number(name)
        if number not in self._open:
            self._open[number] = self.work.known(self.kind, digest(number)) or {}
        return self._open[number]


def _number(name: Name) -> int:
    return crc32("\0".join(name).encode(errors="surrogateescape")) % _DRAWERS
