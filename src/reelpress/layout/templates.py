"""A layout's templates as files: which there are, and what each of them reaches.

What a template calls in is read off its tags, so that a section whose templates are as they were
need not be set again. The templates themselves are run in `sections`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from reelpress.layout.layouts import Layout
from reelpress.model import Piece
from reelpress.work import digest

File = tuple[bytes, str]
"""Bytes, and the path as told to people."""
_CALLED = re.compile(r"\{%[-+]?\s*(?:extends|include|import|from)\b(.*?)%\}", re.S)
_REMARK = re.compile(r"\{#.*?#\}", re.S)
_QUOTED = re.compile(r"""(["'])(.*?)\1""", re.S)
_PLAIN = re.compile(
    r"[\s,\[\]()]*(?:ignore\s+missing|with(?:out)?\s+context)?"
    r"(?:\s*(?:\bas\s+\w+|\bimport\s+\w+|,\s*\w+|with(?:out)?\s+context))*[\s,]*"
)
"""What stands beside the names, where these are all written out."""


@dataclass(frozen=True, slots=True)
class Reach:
    """A template and all that it calls in."""

    state: str
    """The digest of all of them."""
    source: str = field(repr=False)
    """Their texts, one after another, without remarks."""

    def reads(self, name: str) -> frozenset[str] | None:
        """Which attributes of a value they name; None where it may be any."""
        found = set(re.findall(rf"\b{name}\b(?:\.(\w+))?", self.source))
        return None if "" in found else frozenset(found)


@dataclass(slots=True)
class Templates:
    """The templates of one layout, each read once."""

    layout: Layout
    _files: dict[str, File | None] = field(default_factory=dict)
    _reached: dict[str, Reach] = field(default_factory=dict)

    def get(self, name: str) -> File | None:
        """A file of the layout; None where there is none."""
        if name not in self._files:
            self._files[name] = self.layout.get(name)
        return self._files[name]

    def name(self, piece: Piece) -> str:
        """The template by which a piece is set."""
        names = [f"sections/{piece.kind}.html.j2"]
        if piece.text is not None:
            names.append("sections/text.html.j2")
        return next((n for n in names if self.get(n)), names[-1])

    def path(self, name: str) -> str:
        """A template's path as told to people, be it there or not."""
        found = self.get(name)
        return found[1] if found is not None else f"layouts/{self.layout.name}/{name}"

    def reach(self, name: str) -> Reach:
        """A template and all that it calls in; of a name that is worked out, all that might be."""
        if name not in self._reached:
            names, todo = dict[str, None](), [name]
            while todo:
                here = todo.pop()
                if here not in names:
                    names[here] = None
                    todo += self._called(here)
            files = {n: self.get(n) or (b"", "") for n in sorted(names)}
            source = "\n".join(data.decode("utf-8", "replace") for data, _ in files.values())
            source = _REMARK.sub("", source)
            self._reached[name] = Reach(digest(list(files.items())), source)
        return self._reached[name]

    def _called(self, name: str) -> Iterator[str]:
        data, _ = self.get(name) or (b"", "")
        for tag in _CALLED.finditer(data.decode("utf-8", "replace")):
            names = [quoted[2] for quoted in _QUOTED.finditer(tag[1])]
            yield from names
            if not names or not _PLAIN.fullmatch(_QUOTED.sub("", tag[1])):
                yield from self._all()

    def _all(self) -> Iterator[str]:
        for layout, folder in self.layout.chain:
            for path in folder.rglob("*"):
                if path.suffix.lower() not in (".ttf", ".otf"):
                    yield f"{layout}/{path.relative_to(folder).as_posix()}"
                    yield path.relative_to(folder).as_posix()
