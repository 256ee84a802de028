"""Content streams: what pages, and the content inside their content, are painted on."""

from __future__ import annotations

from collections.abc import Container, Iterator
from contextlib import contextmanager
from typing import Any

from reelpress.bindery.setter import Stream


class Tagged(Stream):  # type: ignore[misc]
    """Content whose text is marked with numbers, but for what is repeated."""

    repeated: Container[Any] = ()
    groups: list[Group]

    def marked(self, box: Any, tag: str) -> Any:
        """A box's text: content with a number, or an artifact."""
        return self.artifact() if box in self.repeated else super().marked(box, tag)

    def clone(self, **said: Any) -> Any:
        """Content inside content: a group that is seen through, a pattern."""
        inner = super().clone(**said)
        inner.__class__, inner.repeated, inner.groups = Group, self.repeated, self.groups
        inner.inside = []
        self.groups.append(inner)
        return inner


class Group(Tagged):
    """Content inside content, whose marks the tree must look for there (PDF 32000-1, 14.7.4.2)."""

    inside: list[int]

    @contextmanager
    def marked(self, box: Any, tag: str) -> Iterator[None]:
        """A box's text, as on a page."""
        with super().marked(box, tag):
            if box not in self.repeated:
                self.inside.append(self._tags[box]["mcid"])
            yield


class Plain(Stream):  # type: ignore[misc]
    """Content that says nothing of what is so at the beginning of every page: alpha is 1."""

    def set_alpha(self, alpha: float, stroke: bool = False, fill: bool | None = None) -> None:
        """Of the current colour."""
        before = self._current_alpha_stroke if stroke else self._current_alpha
        if alpha != 1 or before is not None:
            super().set_alpha(alpha, stroke, fill)
