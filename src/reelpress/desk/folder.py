"""The only way to a file: inside the project, or inside a folder that its owner named."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import takewhile
from pathlib import Path, PurePosixPath


class OutsideError(Exception):
    """The file lies, links followed, where reelpress does not read."""


@dataclass(frozen=True, slots=True)
class Folder:
    """A project's folder, and what else may be read."""

    root: Path
    """Absolute, links resolved."""
    also: tuple[Path, ...] = field(default=())
    """Absolute folders, from `read:` in imprint.yaml."""

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
        try:
            real = (self.root / path).resolve()
        except (OSError, ValueError):
            return True  # no file at all
        return any(real.is_relative_to(base) for base in (self.root, *self.also))

    def exists(self, path: str) -> bool:
        """Whether a file is at `path` (that it may be read is not said)."""
        try:
            return (self.root / path).is_file()
        except (OSError, ValueError):  # a name that no file can have
            return False

    def glob(self, pattern: str) -> list[str]:
        """The files that `pattern` (relative to the project) names, sorted by path."""
        parts = PurePosixPath(pattern).parts
        fixed = "/".join(takewhile(lambda p: not any(c in p for c in "*?["), parts))
        if pattern.startswith("/") or ".." in parts or not self.covers(fixed):
            raise OutsideError(pattern)
        found = set()
        for path in self.root.glob(pattern):
            name = path.relative_to(self.root)
            # Where a linked folder leads out, the link is told, and not what lies behind it.
            out = next((p for p in reversed(name.parents) if not self.covers(p.as_posix())), None)
            if out is not None:
                found.add(out.as_posix())
            elif path.is_file():
                found.add(name.as_posix())
        return sorted(found)
