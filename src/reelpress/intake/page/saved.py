"""A web page as a browser saved it: its HTML as text, its address, and what it was saved with.

Browsers write three kinds: HTML with a folder of pictures beside it, one file of HTML that holds
all as data: addresses, and MHTML (RFC 2557), which is a letter with the pictures as enclosures.
"""

from __future__ import annotations

import base64
import binascii
import quopri
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from email.message import Message
from email.parser import BytesHeaderParser
from urllib.parse import unquote, unquote_to_bytes, urljoin, urlsplit

from reelpress.findings import Finding, Place, find
from reelpress.header import decode

TOKEN = "reelpress-data:"
"""Stands for a data: address; a parser that met megabytes in an attribute would give up."""
MOST = 8_000_000
"""Characters of a page without the pictures in it: libxml2 takes ten million of a text."""
SUFFIXES = (".html", ".htm", ".xhtml", ".mhtml", ".mht")
BESIDE = re.compile(
    r"(?:^|/)(?P<page>[^/]*)[-_.](?:files?|dateien|fichiers|archivos|bestanden|filer)(?=/)", re.I
)
"""In the folder that a browser saves beside a page, as some languages call it."""
_DATA = re.compile(r"""data:([\w.+/-]*)((?:;[\w=.+-]*)*),([^"'\s)>]*)""")
_SHORT = 256
_META = re.compile(rb"""<meta[^>]{0,500}?charset\s*=\s*["']?\s*([\w.:-]+)""", re.I)
_XML = re.compile(rb"""<\?xml[^>]{0,200}encoding\s*=\s*["']([\w.:-]+)""", re.I)
_SAVED_FROM = re.compile(r"<!--\s*saved from url=\(\d+\)(\S+)\s*-->")
_SINGLE_FILE = re.compile(r"<!--\s*Page saved with SingleFile\s+url:\s*(\S+)", re.I)
_HTML = re.compile(r"<(?:!doctype|html|head|body|meta|title|article|div|p|table|script)\b", re.I)
_BEGINNING = 8192
_ALIASES = {
    "iso-8859-1": "cp1252", "iso8859-1": "cp1252", "latin1": "cp1252", "us-ascii": "cp1252",
    "ascii": "cp1252", "iso-8859-9": "cp1254", "iso-8859-8-i": "cp1255", "iso-8859-8": "cp1255",
    "gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030", "big5": "big5hkscs",
    "shift_jis": "cp932", "x-sjis": "cp932", "ks_c_5601-1987": "cp949", "euc-kr": "cp949",
    "windows-874": "cp874", "tis-620": "cp874", "unicode": "utf-16", "utf8": "utf-8",
}  # fmt: skip
"""What browsers take a declared encoding for (encoding.spec.whatwg.org, 4.2)."""


@dataclass(frozen=True, slots=True)
class Saved:
    """One saved page."""

    html: str
    address: str = ""
    """Where it stood on the web; empty where the file does not say."""
    findings: tuple[Finding, ...] = ()
    enclosed: dict[str, bytes] = field(default_factory=dict, repr=False)
    """What came in the same file: address, or token, -> bytes."""


def saved_with(names: Sequence[str]) -> frozenset[str]:
    """Of some files those that a browser saved with a page among them (which may be there as text
    alone): their folder bears its name. Somebody's own folder of files is none."""
    pages = {name.rpartition(".")[0] for name in names}
    return frozenset(
        name
        for name in names
        if any(name[: folder.end("page")] in pages for folder in BESIDE.finditer(name))
    )


def is_page(name: str, data: bytes) -> bool:
    """Whether a file is a saved page: by its name, and by what it begins with."""
    lower = name.lower()
    if not lower.endswith(SUFFIXES):
        return False
    if _is_letter(data):
        return True
    text = data[: _BEGINNING * 2].decode("latin-1").replace("\x00", "")
    return _HTML.search(text) is not None


def saved(data: bytes, place: Place) -> Saved | None:
    """The page that a file holds; None where it holds none.

    Findings: S030 (too large), S031 (the declared encoding is not that of the bytes), those of
    `decode`.
    """
    address, enclosed, declared = "", dict[str, bytes](), ""
    if _is_letter(data):
        address, data, declared, enclosed = _letter(data)
    text, said = _decoded(data, declared, place)
    if text is None:
        return Saved("", address, said) if said else None
    html, pictures = _lifted(text)
    if len(html) > MOST:
        return Saved("", address, (*said, find("S030", place, most=f"{MOST / 1e6:.0f}")))
    beginning = html[:_BEGINNING]
    if match := _SAVED_FROM.search(beginning) or _SINGLE_FILE.search(beginning):
        address = address or match[1]
    if not address.startswith(("http://", "https://")):
        address = ""
    return Saved(html, address, said, enclosed | pictures)


# -- encodings


def _decoded(data: bytes, declared: str, place: Place) -> tuple[str | None, tuple[Finding, ...]]:
    """Bytes as text: what they begin with decides, then what is declared, then a guess."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff") or data[:3] == b"\xef\xbb\xbf":
        return decode(data, place.path)
    match = _META.search(data[:_BEGINNING]) or _XML.match(data[:_BEGINNING])
    word = declared or (match[1].decode("ascii", "replace") if match else "")
    name = _ALIASES.get(word.lower(), word.lower())
    if name in ("", "utf-8", "utf-16"):  # in UTF-16 nobody could have read that declaration
        return decode(data, place.path)
    try:
        return _lines(data.decode(name)), ()
    except (UnicodeDecodeError, LookupError):
        pass
    try:
        return _lines(data.decode("utf-8")), (find("S031", place, declared=word, taken="utf-8"),)
    except UnicodeDecodeError:
        text, said = decode(data, place.path)
        return text, said or (find("S031", place, declared=word, taken="a guess"),)


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


# -- what comes in the same file


def _lifted(text: str) -> tuple[str, dict[str, bytes]]:
    """HTML with short tokens for long data: addresses, and the pictures that these hold."""
    found: dict[str, bytes] = {}

    def one(match: re.Match[str]) -> str:
        kind, how, data = match.groups()
        if len(data) < _SHORT and not kind.startswith("image/"):
            return match[0]
        token = f"{TOKEN}{len(found)}"
        found[token] = _bytes(data, ";base64" in how.lower()) if kind.startswith("image/") else b""
        return token

    return (_DATA.sub(one, text) if "data:" in text else text), found


def _bytes(data: str, packed: bool) -> bytes:
    raw = unquote_to_bytes(data)
    if not packed:
        return raw
    try:
        return base64.b64decode(re.sub(rb"[^A-Za-z0-9+/]", b"", raw) + b"===")
    except (binascii.Error, ValueError):
        return b""


def _is_letter(data: bytes) -> bool:
    head = data[:4096].lower()
    return b"multipart/related" in head and b"boundary=" in head and head.lstrip()[:1] != b"<"


def _letter(data: bytes) -> tuple[str, bytes, str, dict[str, bytes]]:
    """The address, the HTML, its declared encoding and the enclosures of MHTML.

    One level of parts, as browsers write it: what else a letter can be is none of ours.
    """
    head = BytesHeaderParser().parsebytes(data[: _BEGINNING * 4])
    boundary = head.get_boundary() or ""
    address = _one(head, "Snapshot-Content-Location")
    page, declared, enclosed = b"", "", dict[str, bytes]()
    for part, body in _parts(data, boundary):
        where = _one(part, "Content-Location")
        if part.get_content_type() in ("text/html", "application/xhtml+xml"):
            if not page and (not address or not where or where == address):
                page, declared = body, str(part.get_content_charset() or "")
                address = address or where
        elif part.get_content_maintype() == "image":
            enclosed[where] = body
            if own := _one(part, "Content-ID").strip("<>"):
                enclosed[f"cid:{own}"] = body
    return address, page, declared, enclosed


def _parts(data: bytes, boundary: str) -> Iterator[tuple[Message, bytes]]:
    if not boundary:
        return
    mark = b"--" + boundary.encode("latin-1", "replace")
    for raw in re.split(rb"(?:^|\r?\n)" + re.escape(mark) + rb"(?:--)?[ \t]*\r?\n", data)[1:]:
        head, apart, body = raw.partition(b"\r\n\r\n" if b"\r\n\r\n" in raw[:8192] else b"\n\n")
        if not apart:
            continue
        part = BytesHeaderParser().parsebytes(head.strip() + b"\n\n")
        how = str(part.get("Content-Transfer-Encoding") or "").lower().strip()
        if how == "base64":
            body = base64.b64decode(re.sub(rb"[^A-Za-z0-9+/]", b"", body) + b"===")
        elif how == "quoted-printable":
            body = quopri.decodestring(body)
        yield part, body


def _one(part: Message, key: str) -> str:
    return "".join(str(part.get(key) or "").split())


# -- addresses


def absolute(address: str, base: str) -> str:
    """An address as it is on the web; itself where the page does not say where it stood."""
    try:
        return urljoin(base, address) if base else address
    except ValueError:
        return address


def host(address: str) -> str:
    """The host of an address, for people."""
    try:
        return (urlsplit(address).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def beside(address: str) -> str:
    """The path of what was saved beside the page; empty where an address is no such path."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    path = unquote(parts.path).removeprefix("./")
    if parts.scheme or parts.netloc or not path or path.startswith("/") or "\\" in path:
        return ""
    return "" if ".." in path.split("/") else path


Get = Callable[[str], bytes | None]
"""The bytes at an address: of what came with a page."""
