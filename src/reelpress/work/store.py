"""Finished work, kept in a folder under the key of what it was made from.

An entry is a file that appears whole or not at all, so a build that is killed, or two at once,
harm nothing. Each is sealed (BLAKE2b, keyed by a secret of this user's): one that is damaged, or
that came with somebody else's project, is no entry, and is made again. Links are not followed,
for a project from elsewhere may hold one that leads to what is not the store's.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from hashlib import blake2b
from itertools import count
from pathlib import Path
from stat import S_ISREG

from reelpress.work.deliver import runs

MOST = 1 << 30
"""Bytes that a store may take; beyond that what was used least recently goes."""
_SEAL = 32
_DEEP = 3
"""Folders and files from the store down to an entry: kind, two digits, the others."""
_NUMBERS = count()
# A link, a pipe or a device is no entry, and to open it must not wait.
_OPENING = os.O_RDONLY
for _name in ("O_BINARY", "O_NOFOLLOW", "O_NONBLOCK"):
    _OPENING |= getattr(os, _name, 0)


class Store:
    """A folder of entries; `get`, `put` and `prune` never raise: without it a build is but slower.

    It can be handed to other processes.
    """

    def __init__(self, folder: Path, *, most: int = MOST, secret: bytes | None = None) -> None:
        self.folder, self.most = folder, most
        self.grown = False
        """Whether something was put, here or by another process, since `prune` looked."""
        self._secret = _own_secret() if secret is None else secret

    def get(self, kind: str, key: str) -> bytes | None:
        """The entry's bytes; None where there is none, or one that is not as it was put."""
        path = self._path(kind, key)
        try:
            seal, data = _read(path)
        except OSError:
            return None
        if self._seal(kind, key, data) != seal:
            with suppress(OSError):
                self._own(path.parent)
                path.unlink()
            return None
        with suppress(OSError):
            os.utime(path)  # for `prune` alone: no key looks at it
        return data

    def put(self, kind: str, key: str, data: bytes) -> bool:
        """Keep the bytes under the key; whether they are kept."""
        path = self._path(kind, key)
        part = path.with_name(f"{path.name}.{os.getpid()}.{next(_NUMBERS)}.part")
        try:
            self._own(path.parent)
            if not path.parent.is_dir():
                self._make(path.parent)
            with part.open("xb") as out:
                out.write(self._seal(kind, key, data))
                out.write(data)
            part.replace(path)
        except OSError:
            return False
        finally:
            with suppress(OSError):
                part.unlink()
        self.grown = True
        return True

    def drop(self, kind: str, key: str) -> None:
        """Keep the entry no longer."""
        with suppress(OSError):
            self._own(self._path(kind, key).parent)
            self._path(kind, key).unlink()

    def prune(self) -> None:
        """Where something was put: take away the least recently used beyond `most` bytes, and
        what builds that were killed left half-written."""
        if not self.grown or self.folder.is_symlink():
            return
        self.grown = False
        entries = []
        for item in _entries(self.folder, _DEEP):
            with suppress(OSError):
                if not item.name.endswith(".part"):
                    known = item.stat(follow_symlinks=False)
                    entries.append((known.st_mtime_ns, known.st_size, item.path))
                elif _abandoned(item.name):
                    Path(item.path).unlink()
        total = sum(size for _, size, _ in entries)
        for _, size, path in sorted(entries):
            if total <= self.most:
                break
            with suppress(OSError):
                Path(path).unlink()
                total -= size

    def clear(self) -> int:
        """Take everything away; how many bytes that was. Raises OSError where something stays."""
        if self.folder.is_symlink():
            self.folder.unlink()
            return 0
        total = 0
        for folder, _, names in os.walk(self.folder):
            for name in names:
                with suppress(OSError):
                    total += Path(folder, name).lstat().st_size
        # A build that puts something meanwhile gets in the way once, not twice.
        shutil.rmtree(self.folder, ignore_errors=True)
        if self.folder.exists():
            shutil.rmtree(self.folder)
        return total

    def _path(self, kind: str, key: str) -> Path:
        return self.folder / kind / key[:2] / key[2:]

    def _own(self, folder: Path) -> None:
        """Raise OSError where a link leads out of the store to the folder of some entries."""
        if folder.is_symlink() or folder.parent.is_symlink() or self.folder.is_symlink():
            raise NotADirectoryError(folder)

    def _make(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        # Backups pass it over (bford.info/cachedir), and so does git.
        for name, text in (
            ("CACHEDIR.TAG", "Signature: 8a477f597d28d172789f06886806bc55\n"),
            (".gitignore", "*\n"),
        ):
            with suppress(FileExistsError), (self.folder / name).open("x", encoding="utf-8") as out:
                out.write(text)

    def _seal(self, kind: str, key: str, data: bytes) -> bytes:
        seal = blake2b(f"{kind}/{key}/".encode(), key=self._secret, digest_size=_SEAL)
        seal.update(data)
        return seal.digest()


def _read(path: Path) -> tuple[bytes, bytes]:
    """An entry's seal and bytes."""
    with os.fdopen(os.open(path, _OPENING), "rb") as file:
        known = os.fstat(file.fileno())
        if not S_ISREG(known.st_mode) or known.st_size > MOST + _SEAL:
            raise OSError(f"{path} is no entry")
        return file.read(_SEAL), file.read()


def _entries(folder: Path | str, deep: int) -> Iterator[os.DirEntry[str]]:
    """The files so many steps down, of folders that are no links."""
    try:
        with os.scandir(folder) as items:
            found = list(items)
    except OSError:
        return
    for item in found:
        if deep > 1 and item.is_dir(follow_symlinks=False):
            yield from _entries(item.path, deep - 1)
        elif deep == 1 and item.is_file(follow_symlinks=False):
            yield item


def _abandoned(part: str) -> bool:
    """Whether the process that began to write `key.process.number.part` has ended."""
    owner = part.split(".")[-3:-2]
    return not (owner and owner[0].isdecimal() and runs(int(owner[0])))


def _own_secret() -> bytes:
    """This user's secret, made the first time; one of this process alone where it can't be kept."""
    fresh = os.urandom(_SEAL)
    try:
        path = _home() / "reelpress" / "seal"
        if not path.exists():
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            part = path.with_name(f"seal.{os.getpid()}.part")
            part.unlink(missing_ok=True)
            with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
                out.write(fresh)
            try:
                path.hardlink_to(part)  # of two processes at once, the first
            except FileExistsError:
                pass
            except OSError:  # a disk that knows no links
                part.replace(path)
            part.unlink(missing_ok=True)
        known = path.read_bytes()
    except (OSError, RuntimeError):
        return fresh
    if len(known) == _SEAL:
        return known
    with suppress(OSError):  # cut short by a full disk: the next process makes it anew
        path.unlink()
    return fresh


def _home() -> Path:
    """Where this user's programs keep what can be made again.

    A relative path would lead into the project, which may be somebody else's.
    """
    for name in ("XDG_CACHE_HOME", "LOCALAPPDATA"):
        folder = Path(os.environ.get(name, ""))  # noqa: TID251
        if folder.is_absolute():
            return folder
    return Path.home() / ".cache"
