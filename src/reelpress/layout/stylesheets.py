"""A layout's style sheets: imports set in, files gathered, everything else refused.

Addresses are read from CSS's own tokens (CSS Syntax 3), so that escapes and
comments hide nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

import tinycss2

from reelpress.findings import Finding, Place, find
from reelpress.header import decode
from reelpress.layout.paged import printed
from reelpress.model import Asset

_ADDRESSING = frozenset({"url", "src", "image", "image-set", "-webkit-image-set"})
_TYPES = {
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".svg": "image/svg+xml",
    ".webp": "image/webp",
    ".ttf": "font/ttf",
    ".otf": "font/otf",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
}

Get = Callable[[str], tuple[bytes, str] | None]
"""A file's name in the layout -> its bytes, and its path as told to people."""

Look = Callable[[list[Any], str], None]
"""Is shown the component values of each file that a sheet is made of, and its path."""


@dataclass(slots=True)
class Sheets:
    """The style sheets of one layout, and what they use."""

    get: Get
    assets: dict[str, Asset] = field(default_factory=dict)
    noticed: list[Finding] = field(default_factory=list)

    def read(self, name: str, look: Look | None = None, above: tuple[str, ...] = ()) -> str:
        """The style sheet `name`, whole. Findings: B002, H001."""
        found = self.get(name)
        if found is None or name in above:
            return ""
        data, path = found
        text, said = decode(data, path)
        self.noticed += said
        try:
            values = tinycss2.parse_component_value_list(text or "", skip_comments=True)
            if look is not None:
                look(values, path)
            return self._walk(values, name, path, look, (*above, name))
        except RecursionError:
            self.noticed.append(find("B002", Place(path), what="A style sheet nested this deeply"))
            return ""

    def _walk(
        self, values: list[Any], name: str, path: str, look: Look | None, above: tuple[str, ...]
    ) -> str:
        out: list[str] = []
        tokens = iter(values)
        for token in tokens:
            if token.type == "at-keyword" and token.lower_value == "import":
                out.append(self._import(token, tokens, name, path, look, above))
            else:
                self._settle(token, name, path)
                out.append(tinycss2.serialize([token]))
        return "".join(out)

    def _import(
        self,
        at: Any,
        tokens: Iterator[Any],
        name: str,
        path: str,
        look: Look | None,
        above: tuple[str, ...],
    ) -> str:
        address, rest = "", []
        for token in tokens:
            if token.type == "literal" and token.value == ";":
                break
            if not address:
                address = _address(token) or ""
            elif token.type != "whitespace":
                rest.append(token)
        place = Place(path, at.source_line, at.source_column)
        target = self._local(address, name)
        if target is None or self.get(target) is None:
            self.noticed.append(find("B002", place, what=f"@import {address}"))
            return ""
        sheet = self.read(target, look if printed(rest) else None, above)
        media = tinycss2.serialize(rest).strip()
        return f"@media {media} {{ {sheet} }}" if media else sheet

    def _settle(self, token: Any, name: str, path: str) -> None:
        """Point every address in a token at the galley, or away."""
        inner = getattr(token, "content", None) or getattr(token, "arguments", None) or []
        if token.type == "function" and token.lower_name in _ADDRESSING:
            for argument in inner:
                if argument.type == "string":
                    self._point(argument, name, path)
        if token.type == "url":
            self._point(token, name, path)
        imports = False
        for child in inner:
            if child.type == "at-keyword" and child.lower_value == "import":
                imports = True  # has no meaning inside a block; its address is settled all the same
            if imports and child.type == "string":
                self._point(child, name, path)
            self._settle(child, name, path)

    def _point(self, token: Any, name: str, path: str) -> None:
        address = token.value
        if address.startswith("#"):
            return
        target = self._local(address, name)
        found = self.get(target) if target is not None else None
        kind = _TYPES.get(PurePosixPath(target or "").suffix.lower())
        if target is None or found is None or kind is None:
            place = Place(path, token.source_line, token.source_column)
            self.noticed.append(find("B002", place, what=address[:100]))
            address = ""
        else:
            address = f"layout/{PurePosixPath(target).name}"
            self.assets[address] = Asset(address, kind, found[0])
        token.value = address
        token.representation = f'url("{address}")' if token.type == "url" else f'"{address}"'

    def _local(self, address: str, name: str) -> str | None:
        """The file of the layout that `address` means in the style sheet `name`."""
        if not address or ":" in address or address.startswith(("/", "\\")):
            return None
        parts: list[str] = []
        for part in (PurePosixPath(name).parent / address.split("?")[0].split("#")[0]).parts:
            if part == ".." and not parts:
                return None
            parts = parts[:-1] if part == ".." else [*parts, part]
        return "/".join(parts)


def _address(token: Any) -> str | None:
    if token.type in ("string", "url"):
        return str(token.value)
    if token.type == "function" and token.lower_name == "url":
        return next((str(a.value) for a in token.arguments if a.type == "string"), None)
    return None
