"""Addresses on the web, as a browser reads them and as a link can hold them."""

from __future__ import annotations

import re
from urllib.parse import quote

from reelpress.header.named import slugs_at
from reelpress.slugs import slug

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


WIKI = r"(?<![\\\[])(!?)\[\[([^\[\]\n|\x02]+?)(?:\\?\|([^\[\]\n]*))?\]\](?![\](\[{])"
"""`[[Page|shown]]` and `![[still.jpg]]`: whether it is shown here, what it leads to, the words."""
PICTURE = re.compile(r"\.(?:jpe?g|png|gif|webp|svg|avif|bmp|tiff?)$", re.I)
"""What the name of a picture ends with."""


def page(target: str) -> str:
    """The name of the page that [[a link]] leads to, without its folder, its ending, a heading."""
    name = target.partition("#")[0].strip().rpartition("/")[2]
    return name[:-3].rstrip() if name.lower().endswith(".md") else name


def page_address(target: str) -> str:
    """What [[a link]] leads to until its book is composed; empty for a heading of its own page.

    Which pages there are is known only then: the `~` says that one was named, and no slug.
    """
    name = page(target)
    return f"review:~{slug(name)}" if name else ""


def site_address(address: str) -> str:
    """What a relative or root-absolute address leads to until its book is composed: it may be that
    of a review there. Empty for one that no review can have.

    ../2019/ran.md ──▶ review:~/../2019/ran.md
    """
    return f"review:~/{quote(address)}" if slugs_at(address) else ""
