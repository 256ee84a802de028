"""A zip, a folder or a single file, read with one pair of hands, and never believed.

What a source says of itself (names, sizes, how many entries) may be a lie: names that lead out
are refused, links are not followed, and no more is unpacked than the limits below, whatever an
entry declares. Nothing is ever written.
"""

from __future__ import annotations

import os
import re
import stat
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import IO, Protocol
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from reelpress.findings import Finding, Place, find

MOST_ENTRIES = 50_000
MOST_LISTED = 8 << 20
"""Bytes of a zip's list of contents: 160 for each of its entries."""
MOST_BYTES = 256 << 20
"""Of one entry, unpacked."""
MOST_IN_ALL = 1 << 30
"""Of all entries that are read."""
MOST_RATIO, SMALL = 250, 4 << 20
"""What is packed closer than that, and is larger, is no text and no picture. DEFLATE itself goes
to 1,032 (zlib.net/zlib_tech.html); a spreadsheet of one word goes to some 100."""
MOST_RATIO_IN_ALL, SMALL_IN_ALL = 50, 64 << 20
"""The same of a whole zip: texts go to five."""
_CHUNK = 1 << 16
_UNICODE, _ENCRYPTED = 0x800, 0x1
"""Flags of an entry (APPNOTE.TXT 4.4.4)."""
_DRIVE = re.compile(r"[A-Za-z]:")
_LITTER = re.compile(r"(?:^|/)(?:__MACOSX/|\._|\.DS_Store$|Thumbs\.db$|desktop\.ini$|\.git/)")
_BROKEN = (BadZipFile, EOFError, OSError, RuntimeError, ValueError, zlib.error)
"""What zipfile raises on damaged ones. RuntimeError: encrypted, NotImplementedError among them."""


@dataclass(slots=True)
class Archive:
    """What is in a zip or a folder, or a file alone: names with forward slashes, and bytes."""

    path: Path
    findings: list[Finding] = field(default_factory=list)
    """What was noticed so far: S002–S009."""
    _entries: dict[str, ZipInfo | Path] = field(default_factory=dict, repr=False)
    _zip: ZipFile | None = field(default=None, repr=False)
    _left: int = MOST_IN_ALL
    _label: str = ""
    """What findings call it; the name of its file where that is empty."""
    _above: str = ""
    """The one folder that all lies in, where there is one: zips are often packed so."""

    @classmethod
    def at(cls, path: Path) -> Archive:
        """Open the zip, the folder or the file at `path`; without names where nothing is there.

        Findings: S002 (damaged), S003 (leads out), S004 (a link), S006 (too many), S008 (a name
        that is not UTF-8), S009 (a name twice).
        """
        made = cls(path)
        if path.is_dir():
            made._walk()
        elif path.is_file() and zipped(path):
            made._open(_OnDisk(path), path.stat().st_size)
        elif path.is_file():
            made._entries[path.name] = path
        made._unfold()
        return made

    @classmethod
    def of(cls, data: bytes, place: Place) -> Archive:
        """Open the zip whose bytes are `data`: one file of an archive that is a zip itself.

        Findings: as `at`."""
        made = cls(Path(place.path))
        made._label = place.path
        made._open(BytesIO(data), len(data))
        return made

    def _unfold(self) -> None:
        folders = {name.partition("/")[0] for name in self._entries}
        if len(folders) == 1 and all("/" in name for name in self._entries):
            (folder,) = folders
            self._above = f"{folder}/"

    def names(self) -> list[str]:
        """The files in it, sorted; those that lead out, links and litter are not among them."""
        return sorted(name.removeprefix(self._above) for name in self._entries)

    def __contains__(self, name: str) -> bool:
        """Whether a file of this name is in it."""
        return self._above + name in self._entries

    def is_only(self, name: str) -> bool:
        """Whether it is the only file in it."""
        return len(self._entries) == 1 and name in self

    def read(self, name: str) -> bytes | None:
        """The bytes of one; None where they can't be had.

        Findings: S002 (damaged), S005 (too large), S007 (encrypted).
        """
        entry = self._entries.get(self._above + name)
        if entry is None:
            return None
        try:
            data = self._data(name, entry)
        except _BROKEN as error:
            self._tell("S002", name, problem=_said(error))
            return None
        if data is not None:
            self._left -= len(data)
        return data

    def located(self, name: str) -> Path:
        """Where a file of a folder is."""
        return self.path / (self._above + name)

    def place(self, name: str = "", line: int = 1, column: int = 1) -> Place:
        """Where something in it stands, for findings: SOURCE/NAME."""
        alone = self._entries.get(name) == self.path
        inner = f"/{self._above}{name}" if name and not alone else ""
        return Place(f"{self._label or self.path.name}{inner}", line, column)

    def beside(self, name: str) -> bytes | None:
        """The bytes of what lies in the folder of the file that was opened, or below; None where
        it can't be had. Findings: S002, S005."""
        root = self.path.parent.resolve()
        try:
            file = (root / name).resolve()
            if not file.is_relative_to(root) or not file.is_file():
                return None
            data = self._data(name, file)
        except _BROKEN as error:
            self._tell("S002", name, problem=_said(error))
            return None
        self._left -= len(data or b"")
        return data

    # -- what is in it

    def _tell(self, code: str, name: str, **parts: object) -> None:
        self.findings.append(find(code, self.place(name), hint="", **parts))

    def _walk(self) -> None:
        root = self.path.resolve()
        for file in _files(self.path):
            name = file.relative_to(self.path).as_posix()
            if _LITTER.search(name):
                continue
            if len(self._entries) >= MOST_ENTRIES:
                self._tell("S006", "", most=f"{MOST_ENTRIES:,}")
                return
            if file.is_symlink() and not _within(file, root):
                self._tell("S004", "", entry=name)
            elif file.is_file():
                self._entries[name] = file

    def _open(self, file: _Read, size: int) -> None:
        try:
            self._zip = ZipFile(_Bounded(file))
        except _TooMuchError:
            self._tell("S006", "", most=f"{MOST_ENTRIES:,}")
            return
        except _BROKEN as error:
            self._tell("S002", "", problem=_said(error))
            return
        assert self._zip is not None
        self._left = min(MOST_IN_ALL, max(SMALL_IN_ALL, size * MOST_RATIO_IN_ALL))
        listed = self._zip.infolist()
        if len(listed) > MOST_ENTRIES:
            self._tell("S006", "", most=f"{MOST_ENTRIES:,}")
            return
        for info in listed:
            self._enter(info)

    def _enter(self, info: ZipInfo) -> None:
        written, sure = _name(info)
        name = written.replace("\\", "/")
        parts = [part for part in name.split("/") if part not in ("", ".")]
        if name.startswith("/") or _DRIVE.match(name) or ".." in parts:
            self._tell("S003", "", entry=_short(written))
            return
        if name.endswith("/") or not parts or _LITTER.search(name):
            return
        if stat.S_ISLNK(info.external_attr >> 16):
            self._tell("S004", "", entry=_short(written))
            return
        name = "/".join(parts)
        if not sure:
            self._tell("S008", "", entry=_short(name))
        if name in self._entries:
            self._tell("S009", "", entry=_short(name))
        self._entries[name] = info

    # -- bytes

    def _data(self, name: str, entry: ZipInfo | Path) -> bytes | None:
        most = min(MOST_BYTES, self._left)
        if isinstance(entry, Path):
            size = entry.stat().st_size
            if size > most:
                return self._bounded(name, None, most)
            with entry.open("rb") as file:
                return self._bounded(name, file.read(size + 1), most)
        if entry.flag_bits & _ENCRYPTED:
            self._tell("S007", name, entry=name)
            return None
        if entry.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
            raise BadZipFile(f"it is packed in a way (no. {entry.compress_type}) that nobody uses")
        if entry.file_size > most:
            return self._bounded(name, None, most)
        assert self._zip is not None
        # The packed size may be a lie too; then the ratio comes out smaller, and MOST_BYTES holds.
        close = max(SMALL, entry.compress_size * MOST_RATIO)
        with self._zip.open(entry) as packed:
            return self._bounded(name, _unpacked(packed, min(most, close)), min(most, close))

    def _bounded(self, name: str, data: bytes | None, most: int) -> bytes | None:
        if data is None or len(data) > most:
            self._tell("S005", name, entry=name, most=f"{most / (1 << 20):,.0f}")
            return None
        return data


def zipped(path: Path) -> bool:
    """Whether a file is a zip, by its bytes."""
    try:
        with path.open("rb") as file:
            begins = file.read(4)
    except OSError:
        return False
    return begins in (b"PK\x03\x04", b"PK\x05\x06")  # an entry, or the end of an empty one


def _files(folder: Path) -> Iterator[Path]:
    """The files below a folder in the order of their names; linked folders are not entered."""
    for above, folders, files in os.walk(folder, followlinks=False):
        links = [name for name in folders if (Path(above) / name).is_symlink()]
        folders[:] = sorted(set(folders) - set(links))
        for name in sorted([*files, *links]):
            yield Path(above) / name


def _within(link: Path, root: Path) -> bool:
    try:
        return link.resolve().is_relative_to(root)
    except (OSError, RuntimeError):  # the last of a link to itself
        return False


def _name(info: ZipInfo) -> tuple[str, bool]:
    """An entry's name, and whether that is sure: zipfile reads unmarked bytes as code page 437."""
    name = info.filename
    if info.flag_bits & _UNICODE or name.isascii():
        return name, True
    try:
        return name.encode("cp437").decode(), True  # as macOS packs: UTF-8, unmarked
    except UnicodeError:
        return name, False


def _unpacked(packed: IO[bytes], most: int) -> bytes:
    """What an entry unpacks to, and no more than a chunk beyond `most`."""
    whole = bytearray()
    while len(whole) <= most and (chunk := packed.read(_CHUNK)):
        whole += chunk
    return bytes(whole)


def _said(error: Exception) -> str:
    """What is wrong with it, as the middle of a sentence."""
    text = str(getattr(error, "strerror", None) or error).strip().rstrip(".") or "it is damaged"
    return text[:1].lower() + text[1:]


def _short(name: str) -> str:
    return name if len(name) <= 120 else f"{name[:120]}…"


class _TooMuchError(Exception):
    """A zip's list of contents is larger than anybody's."""


class _Read(Protocol):
    """As much of a file as zipfile needs."""

    def seek(self, offset: int, whence: int = 0, /) -> int: ...

    def tell(self) -> int: ...

    def read(self, size: int = -1, /) -> bytes: ...


class _OnDisk:
    """A file that is open only while something is read of it: nobody need close it."""

    def __init__(self, path: Path) -> None:
        self.path, self.at = path, 0

    def seek(self, offset: int, whence: int = 0, /) -> int:
        """As files do."""
        base = (0, self.at, self.path.stat().st_size)[whence]
        if base + offset < 0:
            raise OSError("before the beginning")
        self.at = base + offset
        return self.at

    def tell(self) -> int:
        """As files do."""
        return self.at

    def read(self, size: int = -1, /) -> bytes:
        """As files do."""
        with self.path.open("rb") as file:
            file.seek(self.at)
            data = file.read(size)
        self.at += len(data)
        return data


class _Bounded:
    """A file for zipfile, which reads the list of contents at once, however long it is."""

    def __init__(self, file: _Read) -> None:
        self._file = file
        self.seek, self.tell = file.seek, file.tell

    def seekable(self) -> bool:
        """As files say it."""
        return True

    def close(self) -> None:
        """Nothing to do."""

    def read(self, size: int = -1) -> bytes:
        """As files do, up to a limit. Raises _TooMuchError."""
        data = self._file.read(min(size, MOST_LISTED + 1) if size >= 0 else MOST_LISTED + 1)
        if len(data) > MOST_LISTED:
            raise _TooMuchError
        return data
