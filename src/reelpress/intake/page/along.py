"""What a text leads to: pictures that came with the page, addresses on the web."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from reelpress.findings import Finding, Place, find
from reelpress.intake.page.saved import BESIDE, TOKEN, Saved, absolute, beside
from reelpress.intake.pictures import placed

_WEB = ("http://", "https://")
_IMAGE = re.compile(r"\.(?:jpe?g|png|gif|webp|svg|avif|bmp)$", re.I)
_SHOWN = 80


def pictures(
    tree: Any, page: Saved, get: Callable[[str], bytes | None], folder: str, place: Place
) -> tuple[dict[str, bytes], list[Finding]]:
    """The pictures of a tree that came with its page, which gets their new addresses, in place.

    Others keep theirs on the web. Finding: S033 (a picture that is not there).
    """
    files: dict[str, bytes] = {}
    noticed: list[Finding] = []
    for number, image in enumerate(list(tree.iter("img")), 1):
        source = image.get("src")
        data = _data(source, page, get)
        called = f"picture-{number}" if source.startswith((TOKEN, "cid:")) else source
        if name := placed(data, called, folder, files):
            image.set("src", f"../{name}")
            continue
        address = absolute(source, page.address)
        if not BESIDE.search(beside(source)):
            image.set("src", address)
        if not address.startswith(_WEB) or data is not None:
            noticed.append(find("S033", place, address=source[:_SHOWN]))
        if not (address.startswith(_WEB) or BESIDE.search(beside(source))):
            _plain(image)
    return files, noticed


def _data(source: str, page: Saved, get: Callable[[str], bytes | None]) -> bytes | None:
    for address in (source, absolute(source, page.address)):
        if address in page.enclosed:
            return page.enclosed[address]
    path = beside(source)
    return get(path) if path else None


def links(tree: Any, page: Saved) -> None:
    """Links get whole addresses, in place; those that lead nowhere on the web are none, and no link
    only shows a picture larger."""
    for link in list(tree.iter("a")):
        address = absolute(link.get("href") or "", page.address)
        pictured = link.find(".//img") is not None and not "".join(link.itertext()).strip()
        if not address.startswith(_WEB) or (pictured and _IMAGE.search(_path(address))):
            _plain(link)
        else:
            link.set("href", address)


def _path(address: str) -> str:
    try:
        return urlsplit(address).path
    except ValueError:
        return ""


def plain_spans(tree: Any) -> None:
    """Put what means nothing any more into one text with what is round it, in place."""
    from lxml import etree

    etree.strip_tags(tree, "span")


def _plain(element: Any) -> None:
    """An element that means nothing, with what it holds."""
    element.tag = "span"
    element.attrib.clear()
