"""Finished work, kept in a folder under the key of what it was made from.

An entry is a file that appears whole or not at all, so a build that is killed, or two at once,
harm nothing. Each is sealed (BLAKE2b, keyed by a secret of this user's): one that is damaged, or
that came with somebody else's project, is no entry, and is made again.
"""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from hashlib import blake2b
from itertools import count
from pathlib import Path

MOST = 1 << 30
"""Bytes that a store may take; beyond that what was used least recently goes."""
_SEAL = 32
_NUMBERS = count()


class Store:
    """A folder of entries; `get` and `put` never raise: without its store a build is but slower."""

    def __init__(self, folder: Path, *, most: int = MOST, secret: bytes | None = None) -> None:
        self.folder, self.most = folder, most
        self._secret = _own_secret() if secret is None else secret
        self._grown = False

    def get(self, kind: str, key: str) -> bytes | None:
        """The entry's bytes; None where there is none, or one that is not as it was put."""
        path = self._path(kind, key)
        try:
            sealed = path.read_bytes()
        except OSError:
            return None
        data = sealed[_SEAL:]
        if self._seal(kind, key, data) != sealed[:_SEAL]:
            path.unlink(missing_ok=True)
            return None
        with suppress(OSError):
            os.utime(path)  # for `prune` alone: no key looks at it
        return data

    def put(self, kind: str, key: str, data: bytes) -> None:
        """Keep the bytes under the key."""
        path = self._path(kind, key)
        part = path.with_name(f"{path.name}.{os.getpid()}.{next(_NUMBERS)}.part")
        try:
            if not path.parent.is_dir():
                self._make(path.parent)
            with part.open("xb") as out:
                out.write(self._seal(kind, key, data))
                out.write(data)
            part.replace(path)
            self._grown = True
        except OSError:
            part.unlink(missing_ok=True)

    def prune(self) -> None:
        """Where something was put: take away the least recently used beyond `most` bytes."""
        if not self._grown:
            return
        self._grown = False
        entries = []
        for path in self.folder.glob("*/*/*"):
            try:
                known = path.stat()
            except OSError:
                continue
            entries.append((known.st_mtime_ns, known.st_size, path))
        total = sum(size for _, size, _ in entries)
        for _, size, path in sorted(entries):
            if total <= self.most:
                break
            path.unlink(missing_ok=True)
            total -= size

    def clear(self) -> int:
        """Take everything away; how many bytes that was."""
        total = sum(p.stat().st_size for p in self.folder.rglob("*") if p.is_file())
        shutil.rmtree(self.folder, ignore_errors=True)
        return total

    def _path(self, kind: str, key: str) -> Path:
        return self.folder / kind / key[:2] / key[2:]

    def _make(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        # Backups pass it over (bford.info/cachedir), and so does git.
        for name, text in (
            ("CACHEDIR.TAG", "Signature: 8a477f597d28d172789f06886806bc55\n"),
            (".gitignore", "*\n"),
        ):
            if not (self.folder / name).exists():
                (self.folder / name).write_text(text, "utf-8")

    def _seal(self, kind: str, key: str, data: bytes) -> bytes:
        seal = blake2b(f"{kind}/{key}/".encode(), key=self._secret, digest_size=_SEAL)
        seal.update(data)
        return seal.digest()


def _own_secret() -> bytes:
    """This user's secret, made the first time; one of this process alone where it can't be kept."""
    fresh = os.urandom(_SEAL)
    try:
        folder = _home() / "reelpress"
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / "seal"
        with suppress(FileExistsError), path.open("xb") as out:
            path.chmod(0o600)
            out.write(fresh)
        known = path.read_bytes()
        if len(known) != _SEAL:  # half-written by a process that was killed
            path.unlink(missing_ok=True)
            return fresh
        return known
    except (OSError, RuntimeError):
        return fresh


def _home() -> Path:
    """Where this user's programs keep what can be made again."""
    for name in ("XDG_CACHE_HOME", "LOCALAPPDATA"):
        if folder := os.environ.get(name):  # noqa: TID251
            return Path(folder)
    return Path.home() / ".cache"
