"""Pictures that come along: those of a source that a text shows, under names of their own."""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from reelpress.slugs import slug

_BEGINS = (
    (b"\xff\xd8\xff", ".jpg"),
    (b"\x89PNG\r\n\x1a\n", ".png"),
    (b"GIF8", ".gif"),
    (b"RIFF", ".webp"),
)
_IMAGE = re.compile(r"\.(?:jpe?g|png|gif|webp|svg)$", re.I)
_SIZE = re.compile(r"(?:[-_]\d{2,5}x\d{2,5}|-scaled)$")
"""What a site puts behind the name of a picture in another size."""
_LONGEST = 60
_DATA = re.compile(r"data:image/[\w.+-]{1,40};base64,", re.I)
_LEAST = 100
"""Bytes: less is a dot that keeps a place."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """HTML whose pictures are files of the project."""

    html: str
    files: dict[str, bytes] = field(default_factory=dict, repr=False)
    """Path below manuscripts/ -> bytes."""


def gathered(html: str, find: Callable[[str], bytes | None], folder: str, path: str) -> Gathered:
    """HTML of the manuscript at `path`, with the pictures that `find` has for their addresses in
    images/FOLDER/; the others keep their addresses. One that is its own address (`data:`) is laid
    there too. A link round a picture that only shows it larger goes."""
    if "<img" not in html.lower():
        return Gathered(html)
    from lxml import etree

    from reelpress.intake.markup.tree import LATE, parsed

    root = parsed(html)
    files: dict[str, bytes] = {}
    for image in root.iter("img"):
        sources = [image.get(key) or "" for key in ("src", *LATE)]
        address = next((s for s in sources if s and not s.startswith("data:")), "")
        if address:
            name = placed(find(address), address, folder, files)
        else:
            name = placed(_inlaid(sources), "picture", folder, files)
        if name:
            image.set("src", f"{'../' * path.count('/')}{name}")
            for key in LATE:
                image.attrib.pop(key, None)
        _unlink(image)
    body = root.find("body")
    inner = etree.tostring(body if body is not None else root, encoding="unicode", method="html")
    return Gathered(inner, files)


def _inlaid(addresses: Sequence[str]) -> bytes | None:
    """The bytes of a picture that is its own address; None where there is none, or where it only
    keeps a place for another."""
    for address in addresses:
        match = _DATA.match(address)
        try:
            data = b64decode(address[match.end() :]) if match else b""
        except ValueError:
            continue
        if len(data) >= _LEAST:
            return data
    return None


def placed(data: bytes | None, address: str, folder: str, files: dict[str, bytes]) -> str:
    """Put a picture among `files`, and say where; empty where it is none. Its name holds a sum of
    its bytes: two of one name stay two."""
    suffix = _suffix(data) if data else ""
    if not data or not suffix:
        return ""
    stem = _SIZE.sub("", PurePosixPath(unquote(urlsplit(address).path)).stem)
    stem = slug(stem)[:_LONGEST].strip("-")
    path = f"images/{folder}/{stem}-{sha256(data).hexdigest()[:8]}{suffix}"
    files[path] = data
    return path


def _suffix(data: bytes) -> str:
    """What kind of picture the bytes are; empty where they are none."""
    for begins, suffix in _BEGINS:
        if data.startswith(begins) and (suffix != ".webp" or data[8:12] == b"WEBP"):
            return suffix
    top = data[:1000].lstrip().lower()
    return ".svg" if top.startswith((b"<svg", b"<?xml")) and b"<svg" in top else ""


def _unlink(image: object) -> None:
    from lxml import etree

    assert isinstance(image, etree._Element)
    link = image.getparent()
    alone = link is not None and link.tag == "a" and len(link) == 1
    if not alone or "".join(link.itertext()).strip():
        return
    if _IMAGE.search(urlsplit(link.get("href") or "").path):
        link.tag = "span"
        link.attrib.clear()
