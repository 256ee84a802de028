"""The only way to a file: inside the project, or inside a folder that its owner named."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import takewhile
from os.path import islink
from pathlib import Path, PurePosixPath
from posixpath import normpath


class OutsideError(Exception):
    """The file lies, links followed, where reelpress does not read."""


@dataclass(frozen=True, slots=True)
class Folder:
    """A project's folder, and what else may be read."""

    root: Path
    """Absolute, links resolved."""
    also: tuple[Path, ...] = field(default=())
    """Absolute folders, from `read:` and `sources:` in imprint.yaml."""
    homes: tuple[str, ...] = ("manuscripts",)
    """Where manuscripts lie: relative to the project, with forward slashes."""
    _folders: dict[str, bool] = field(default_factory=dict, compare=False, repr=False)
    """Whether what lies in a folder is where reelpress reads; each is asked for once."""
    _globbed: dict[str, list[str]] = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def at(cls, root: Path) -> Folder:
        """The project in the folder `root`."""
        return cls(root.resolve())

    def read(self, path: str) -> bytes:
        """The bytes of the file at `path`, relative to the project.

        Raises OutsideError where links or `..` lead out, OSError where there is no such file.
        """
        if not self.covers(path):
            raise OutsideError(path)
        return (self.root / path).read_bytes()

    def covers(self, path: str) -> bool:
        """Whether `path`, links followed, is where reelpress reads."""
        folder, _, name = path.rpartition("/")
        plain = name not in ("", ".", "..") and not any(c in path for c in "\\:")
        if plain and not path.startswith("/"):
            if folder not in self._folders:
                self._folders[folder] = self._leads_inside(folder)
            # islink says no of what can't be asked, where Path.is_symlink raises
            if self._folders[folder] and not islink(f"{self.root}/{path}"):  # noqa: PTH114
                return True
        return self._leads_inside(path)

    def _leads_inside(self, path: str) -> bool:
        try:
            real = (self.root / path).resolve()
        except (OSError, ValueError, RuntimeError):  # the last of a link to itself, until 3.13
            return True  # no file at all
        return any(real.is_relative_to(base) for base in (self.root, *self.also))

    def holds(self, path: str) -> bool:
        """Whether `path` is one of a manuscript: below manuscripts/, or in a source."""
        own = any(home == "." or path.startswith(f"{home}/") for home in self.homes)
        return own and normpath(path) == path and self.covers(path)

    def exists(self, path: str) -> bool:
        """Whether a file is at `path` (that it may be read is not said)."""
        try:
            return (self.root / path).is_file()
        except (OSError, ValueError):  # a name that no file can have
            return False

    def stands(self, path: str) -> bool:
        """Whether anything is at `path`, be it no file or a link that leads nowhere."""
        return (self.root / path).exists() or (self.root / path).is_symlink()

    def size(self, path: str) -> int:
        """How many bytes the file at `path` has. Raises OSError where there is none."""
        return (self.root / path).stat().st_size

    def glob(self, pattern: str) -> list[str]:
        """The files that `pattern` (relative to the project) names, sorted by path."""
        if pattern not in self._globbed:
            self._globbed[pattern] = self._glob(pattern)
        return self._globbed[pattern]

    def _glob(self, pattern: str) -> list[str]:
        parts = PurePosixPath(pattern).parts
        fixed = "/".join(takewhile(lambda p: not any(c in p for c in "*?["), parts))
        if pattern.startswith("/") or ".." in parts or not self.covers(fixed):
            raise OutsideError(pattern)
        found = set()
        ways: dict[str, str | None] = {}
        above = len(self.root.as_posix().rstrip("/")) + 1
        for path in self.root.glob(pattern):
            name = path.as_posix()[above:]
            # Where a linked folder leads out, the link is told, and not what lies behind it.
            folder = name.rpartition("/")[0]
            if folder not in ways:
                ways[folder] = self._way_out(folder)
            out = ways[folder]
            if out is not None:
                found.add(out)
            elif path.is_file():
                found.add(name)
        return sorted(found)

    def _way_out(self, folder: str) -> str | None:
        """The uppermost of a folder and those above it that leads out; None where none does."""
        parts = folder.split("/")
        steps = ("/".join(parts[: n + 1]) for n in range(len(parts)))
        return next((step for step in steps if step and not self.covers(step)), None)
