"""Addresses on the web, as a browser reads them and as a link can hold them."""

from __future__ import annotations

import re
from urllib.parse import quote

_HOST = re.compile(r"(?:[^\s/@]+@)?[\w.-]+(?::\d+)?")


def scheme(address: str) -> str:
    """The scheme of an address, as a browser reads it; empty for a relative one."""
    bare = "".join(address.split()).replace("\x00", "").lower()
    head, colon, _ = bare.partition(":")
    return (
        head if colon and head.replace("+", "").replace("-", "").replace(".", "").isalnum() else ""
    )


def web(address: str) -> str:
    """An address as a link can hold it (RFC 3986), or nothing where it is none."""
    address = address.strip()
    parts = address.split("/", 3)
    if scheme(address) not in ("http", "https") or len(parts) < 3 or not _HOST.fullmatch(parts[2]):
        return ""
    address = re.sub(r"%(?![0-9A-Fa-f]{2})", "%25", address)
    return quote(address, safe="%:/?#@!$&'()*+,;=~")
