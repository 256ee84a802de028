"""Pictures from the author's folder: found, opened, made safe, or said to be missing."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from hashlib import sha256
from io import BytesIO
from itertools import chain
from pathlib import PurePosixPath
from posixpath import normpath
from typing import Any
from unicodedata import normalize
from urllib.parse import unquote

from reelpress.desk.folder import Folder, OutsideError
from reelpress.desk.origins import HOME, Table
from reelpress.findings import Finding, Place, find
from reelpress.model import Asset
from reelpress.versions import versions
from reelpress.work import Work, digest

_ROOTS = ("static", "public", "assets", "")
"""Where the sources of common generators have what a site's addresses begin with."""
_REMOTE = re.compile(r"(?:https?:|ftp:)?//", re.I)
_FORMATS = {
    "JPEG": ("image/jpeg", ".jpg"),
    "MPO": ("image/jpeg", ".jpg"),  # as many telephones write them: a JPEG, and more behind it
    "PNG": ("image/png", ".png"),
    "GIF": ("image/gif", ".gif"),
    "WEBP": ("image/webp", ".webp"),
}
_OPENED = ("JPEG", "PNG", "GIF", "WEBP")
_SVG_TYPE = "image/svg+xml"
_MAX_PIXELS = 100_000_000
_NOTHING, _OUTSIDE = "", "outside"
"""What a file is that is not there, and one that is not to be read."""

Tables = tuple[tuple[str, Table], ...]
Opened = tuple[Asset | None, tuple[tuple[str, dict[str, str]], ...]]
"""A picture, or none; and what to say of it wherever it is used (code, parts of the sentence)."""


@dataclass(frozen=True, slots=True)
class Look:
    """A file that a text asked for, and what was found there."""

    path: str
    state: str
    """The digest of its bytes; or that it is not there, or why it can't be read."""
    opened: Opened | None = None
    """The picture without its bytes, where these are the file's own."""


@dataclass(frozen=True, slots=True)
class _File:
    state: str
    data: bytes | None = field(default=None, repr=False)


@dataclass(slots=True)
class Pictures:
    """The pictures of the whole pool, each read and opened once."""

    folder: Folder
    work: Work | None = None
    """Where what opening them gave is kept."""
    tables: Tables = ()
    """By the folder of a source (or manuscripts): how an address begins, and what it means."""
    looked: set[str] = field(default_factory=set)
    """The files that were asked for, by whoever empties it first."""
    _known: dict[str, Opened] = field(default_factory=dict, repr=False)
    _files: dict[str, _File] = field(default_factory=dict, repr=False)

    def __reduce__(self) -> tuple[Any, ...]:
        """To another process goes where they are."""
        return Pictures, (self.folder, None, self.tables)

    def get(
        self, source: str, beside: str, place: Place
    ) -> tuple[Asset | None, tuple[Finding, ...]]:
        """The picture that the file `beside` calls `source`.

        Findings, at `place`: I001 missing, I002 outside, I003 network, I004 unreadable,
        I005 something was taken out of an SVG.
        """
        address = source.strip()
        remote = _REMOTE.match(address) is not None
        head = address.split(":", 1)[0].lower() if ":" in address and not remote else ""
        if head or address.startswith("\\"):
            code = "I004" if head == "data" else "I002"
            shown = address if len(address) < 80 else address[:60] + "…"
            problem = "pictures are files of the project"
            return None, (find(code, place, path=shown, problem=problem),)
        names = self._names(address, beside)
        path = _path(address)
        name = next((n for n in names if self._looked(n) != _NOTHING), None)
        if name is not None and self.state(name) != _OUTSIDE:
            asset, said = self.open(name)
            return asset, tuple(_found(code, place, parts) for code, parts in said)
        hint = self._hint(names, address)
        if remote:
            return None, (find("I003", place, url=address, hint=hint),)
        if name is not None or (address.startswith("/") and not names):
            return None, (find("I002", place, path=path, hint=hint),)
        return None, (find("I001", place, path=path, hint=hint),)

    def file(self, source: str, beside: str) -> str:
        """The file of a picture that `get` found, relative to the project's folder."""
        names = self._names(source.strip(), beside)
        return next((n for n in names if self.state(n) != _NOTHING), "")

    def _names(self, address: str, beside: str) -> list[str]:
        """The files that an address may mean, in the order in which they are looked for: beside
        the text, by the table of its source, where a source has such things."""
        base, table = self.table(beside)
        own = base == HOME
        path = _path(address)
        rooted = address.startswith("/") or _REMOTE.match(address) is not None
        names = [] if rooted else [normpath(PurePosixPath(beside).parent / path)]
        for begins, folder in table:
            if (rest := _after(address, begins)) is not None:
                name = normpath(f"{folder}/{_path(rest).lstrip('/')}")
                if name.startswith(f"{folder}/") or folder == ".":
                    names.append(name)
        if not rooted:
            names.append(normpath(f"{base}/{path}"))
        elif address.startswith("/") and not address.startswith("//") and not own:
            roots = [normpath(f"{base}/{place}{path}") for place in _ROOTS]
            names += [name for name in roots if base == "." or name.startswith(f"{base}/")]
        # Macintosh files are named é as e and an accent; texts are read with é in one.
        both = ((name, name if name.isascii() else normalize("NFD", name)) for name in names)
        return list(dict.fromkeys(chain.from_iterable(both)))

    def table(self, beside: str) -> tuple[str, Table]:
        """The folder of the source (or manuscripts) in which a text lies, and its table."""
        holding = [(b, t) for b, t in self.tables if b == "." or beside.startswith(f"{b}/")]
        return max(holding, key=lambda entry: len(entry[0]), default=(HOME, ()))

    def _looked(self, name: str) -> str:
        self.looked.add(name)
        return self.state(name)

    def _hint(self, names: list[str], address: str) -> str:
        """Where a picture was looked for that an address means, whose folder only a house knows."""
        if not address.startswith("/") and not _REMOTE.match(address):
            return ""
        if names:
            return f"it was looked for as {', '.join(names)}"
        if address.startswith("//") or not address.startswith("/") or ".." in address:
            return ""
        return "imprint.yaml says which folder that is, as in images: {/: ../static}"

    def state(self, path: str) -> str:
        """What is at `path`: the digest of its bytes, or why there are none."""
        if path not in self._files:
            self._files[path] = self._read(path)
        return self._files[path].state

    def _read(self, path: str) -> _File:
        if not self.folder.covers(path):
            return _File(_OUTSIDE)
        if not self.folder.exists(path):
            return _File(_NOTHING)
        try:
            data = self.folder.read(path)
        except OutsideError:
            return _File(_OUTSIDE)
        except OSError as error:
            return _File(f"can't be read: {error.strerror or 'unreadable'}")
        return _File(digest(data), data)

    def open(self, path: str) -> Opened:
        """The picture at `path`, where a file is."""
        if path not in self._known:
            self._known[path] = self._opened(path)
        return self._known[path]

    def _opened(self, path: str) -> Opened:
        state, data = self.state(path), self._files[path].data
        if data is None:
            problem = state.partition(": ")[2]
            return None, (("I004", {"path": path, "problem": problem}),)
        if self.work is None or self.work.store is None:
            return _picture(path, data)
        key = digest("image", path, state, versions())
        kept: Opened | None = self.work.known("image", key)
        if kept is not None:
            return _filled(kept, data)
        opened = _picture(path, data)
        self.work.keep("image", key, _bare(opened) or opened)
        return opened

    def looks(self) -> tuple[Look, ...]:
        """What was looked at since `looked` was emptied."""
        return tuple(
            Look(path, self.state(path), _bare(self._known[path]) if path in self._known else None)
            for path in sorted(self.looked)
        )

    def hold(self, looks: tuple[Look, ...]) -> bool:
        """Whether the files are still what they were; what is known of them is learned."""
        if any(self.state(look.path) != look.state for look in looks):
            return False
        for look in looks:
            data = self._files[look.path].data
            if look.opened is not None and look.path not in self._known and data is not None:
                self._known[look.path] = _filled(look.opened, data)
        return True

    def assets(self, looks: tuple[Look, ...]) -> tuple[Asset, ...]:
        """The pictures among what was looked at, by their paths in the galley."""
        read = (self.open(x.path)[0] for x in looks if x.state not in (_NOTHING, _OUTSIDE))
        found = {asset.path: asset for asset in read if asset is not None}
        return tuple(found[key] for key in sorted(found))


def _after(address: str, begins: str) -> str | None:
    """What follows in an address that begins so: https://cdn.example/ is http://… and //… too."""
    remote = _REMOTE.match(begins), _REMOTE.match(address)
    if remote[0] and remote[1]:
        begins, address = begins[remote[0].end() :], address[remote[1].end() :]
    elif remote[0] or remote[1]:
        return None
    return address[len(begins) :] if address.startswith(begins) else None


def _path(address: str) -> str:
    path = unquote(address.split("?")[0].split("#")[0])
    return path if path.isprintable() else address


def _found(code: str, place: Place, parts: dict[str, str]) -> Finding:
    return find(code, place, **parts)


def _bare(opened: Opened) -> Opened | None:
    """A picture without its bytes; None of a drawing, whose bytes are not those of its file."""
    asset, said = opened
    if asset is None:
        return opened
    return None if asset.media_type == _SVG_TYPE else (replace(asset, data=b""), said)


def _filled(opened: Opened, data: bytes) -> Opened:
    asset, said = opened
    return (replace(asset, data=data) if asset is not None and not asset.data else asset), said


def galley_name(path: str, data: bytes, suffix: str) -> str:
    """images/NAME-HASH.ext: two pictures of one name in different folders stay two."""
    stem = re.sub(r"[^a-z0-9]+", "-", PurePosixPath(path).stem.lower()).strip("-") or "image"
    return f"images/{stem}-{sha256(data).hexdigest()[:8]}{suffix}"


def _picture(path: str, data: bytes) -> Opened:
    if path.lower().endswith(".svg") or data.lstrip()[:5] in (b"<svg ", b"<?xml"):
        return _drawing(path, data)
    return _bitmap(path, data)


def _bitmap(path: str, data: bytes) -> Opened:
    from PIL import Image, ImageFile, UnidentifiedImageError

    Image.MAX_IMAGE_PIXELS = None  # our own limit is lower, and says the size
    # WeasyPrint, once it is loaded, lets half a picture pass.
    lenient, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
    try:
        with Image.open(BytesIO(data), formats=_OPENED) as image:
            kind, size = str(image.format), image.size
            if size[0] * size[1] > _MAX_PIXELS:
                problem = f"{size[0]} × {size[1]} pixels are too many"
                return None, (("I004", {"path": path, "problem": problem}),)
            image.load()
    except UnidentifiedImageError:
        problem = "it is not a JPEG, PNG, GIF, WebP or SVG"
        return None, (("I004", {"path": path, "problem": problem}),)
    except Exception as error:  # noqa: BLE001 # Pillow raises many kinds on damaged files
        return None, (("I004", {"path": path, "problem": f"it is damaged ({error})"}),)
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = lenient
    media_type, suffix = _FORMATS[kind]
    return Asset(galley_name(path, data, suffix), media_type, data, size), ()


def _drawing(path: str, data: bytes) -> Opened:
    from reelpress.desk.drawings import NoDrawingError, drawing

    try:
        clean, size, taken = drawing(data)
    except NoDrawingError as error:
        return None, (("I004", {"path": path, "problem": str(error)}),)
    said = tuple(("I005", {"path": path, "what": what}) for what in taken)
    return Asset(galley_name(path, clean, ".svg"), _SVG_TYPE, clean, size), said
