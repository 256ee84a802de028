"""The pictures that a stranger's texts show: found in the folder, and taken along."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from posixpath import dirname, normpath
from unicodedata import normalize
from urllib.parse import unquote, urlsplit

from reelpress.findings import Finding, Place, find
from reelpress.intake.pictures import placed
from reelpress.intake.survey.walk import Tree

_MOST = 1 << 25
"""Bytes of one picture."""
_ALL = 1 << 29
"""Bytes of all that come along."""
_TEMPLATE = re.compile(
    r"""^\{\{-?\s*(?:site\.(?:base_?url|url)|(["'])([^"'{}]{1,2000})\1\s*\|[^{}]*)\s*-?\}\}""", re.I
)
"""How an address begins in templates: {{ site.baseurl }}/x, {{ "/x" | relative_url }}"""
_ROOTS = ("static", "public", "assets", "")
"""Where / in an address is, whatever the generator."""


@dataclass(slots=True)
class Shown:
    """The pictures of one folder."""

    tree: Tree
    table: Mapping[str, str]
    """What an address begins with -> the folder where its files are."""
    static: tuple[str, ...]
    """What / means to the generator."""
    noticed: list[Finding] = field(default_factory=list)
    """S016, for a picture that is too large."""
    _named: dict[str, list[str]] = field(default_factory=dict)
    """Of each file's name, as a vault calls it, where it lies."""
    _size: int = 0

    def along(
        self, address: str, beside: str, folder: str, path: str, files: dict[str, bytes]
    ) -> str:
        """Put the picture that the text `beside` calls `address` among `files`, in images/FOLDER/.

        The address that it has for the manuscript at `path`; empty where it stays as it is: on the
        web, not there, no picture.
        """
        name = next((n for n in self._names(address, beside) if n in self.tree.files), "")
        if not name:
            return ""
        size = self.tree.files[name]
        if size > _MOST or self._size + size > _ALL:
            place = Place(f"{self.tree.root.name}/{name}")
            self.noticed.append(find("S016", place, what="A picture is too large to come along"))
            return ""
        self._size += size
        put = placed(self.tree.read(name, _MOST), name, folder, files)
        return f"{'../' * path.count('/')}{put}" if put else ""

    def _names(self, address: str, beside: str) -> Iterator[str]:
        """The files that an address may mean, in the order in which they are looked for."""
        address = _TEMPLATE.sub(lambda m: m[2] or "", address)
        try:
            parts = urlsplit(address)
        except ValueError:
            return
        if "{" in address or parts.scheme not in ("", "http", "https"):
            return
        remote = bool(parts.scheme or parts.netloc)
        inner = unquote(parts.path)
        found = [] if remote or inner.startswith("/") else [f"{dirname(beside)}/{inner}"]
        for begins, folder in sorted(self.table.items(), key=lambda each: -len(each[0])):
            if address.startswith(begins) and (begins != "/" or not remote):
                rest = unquote(urlsplit(address[len(begins) :]).path)
                found.append(f"{folder}/{rest}")
        if not remote:
            roots = (*self.static, *_ROOTS) if inner.startswith("/") else ("",)
            found += [f"{root}/{inner}" for root in roots]
        for name in found:
            plain = normpath(name.lstrip("/")) if name.strip("/") else ""
            yield plain
            if not plain.isascii():
                yield from (normalize(form, plain) for form in ("NFC", "NFD"))
        if not remote and "/" not in inner:  # a vault knows a picture by its name
            yield from self._by_name(inner)

    def _by_name(self, name: str) -> list[str]:
        if not self._named:
            for path in self.tree.files:
                self._named.setdefault(path.rpartition("/")[2], []).append(path)
        return self._named.get(name, [])
