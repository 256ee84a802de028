"""Files that appear whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path


def deliver(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write `files` (path below `folder` -> bytes), each whole.

    All are written beside their places first and renamed after, so that a full disk or a
    killed build leaves what was there. Raises OSError, before anything is written, where a place
    leads out of `folder` or is taken by a folder.
    """
    root = folder.resolve()
    for name in files:
        target = folder / name
        if not target.parent.resolve().is_relative_to(root):
            raise OSError(f"{target} leads out of {folder}; nothing was written")
        if target.is_dir() and not target.is_symlink():
            raise OSError(f"{target} is a folder, where a file is to be; nothing was written")
    ready: list[tuple[Path, Path]] = []
    swept: set[Path] = set()
    try:
        for name, data in files.items():
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            if target.parent not in swept:
                _sweep(target.parent)
                swept.add(target.parent)
            part = target.with_name(f".{target.name}.{os.getpid()}.part")
            ready.append((part, target))
            with part.open("xb") as out:
                out.write(data)
                out.flush()
                os.fsync(out.fileno())
        for part, target in ready:
            part.replace(target)
    finally:
        for part, _ in ready:
            part.unlink(missing_ok=True)


def _sweep(folder: Path) -> None:
    """Take away what a build that was killed left half-written."""
    for part in folder.glob(".*.part"):
        owner = part.name.split(".")[-2]
        if owner.isdecimal() and not runs(int(owner)):
            part.unlink(missing_ok=True)


def runs(process: int) -> bool:
    """Whether a process of that number runs; True where nobody can tell."""
    if os.name != "posix":
        return True  # elsewhere to ask is to end it
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
