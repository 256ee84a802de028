"""What is in a line, read in less time: a pattern is tried only where its sign stands.

Python-Markdown tries each of its two dozen inline patterns on each piece of text. Most of them
begin with a sign that most pieces lack; to look for the signs first halves the time of a
conversion and changes nothing in what comes out, which a test compares.
"""

from __future__ import annotations

from typing import Any
from xml.etree.ElementTree import Element

from markdown.treeprocessors import InlineProcessor
from markdown.util import AtomicString

_SIGNS = {
    "backtick": "`$", "escape": "\\", "footnote": "^", "reference": "[", "link": "[",
    "image_link": "!", "image_reference": "!", "span": "[", "short_reference": "[",
    "short_image_ref": "!", "autolink": "<", "automail": "@", "linebreak": "\n", "html": "<",
    "entity": "&", "script": "~^", "not_strong": "*_", "em_strong": "*_", "em_strong2": "_",
    "wiki": "[", "tag": "{[", "note_here": "^", "marked": "=", "struck": "~",
}  # fmt: skip
"""A pattern's name -> the characters of which it needs one; those of other patterns are tried."""


class Inline(InlineProcessor):
    """Python-Markdown's own, with a look at the text before a pattern is tried on it."""

    _patterns: tuple[tuple[Any, frozenset[str] | None], ...] = ()

    def run(self, tree: Element, ancestors: list[str] | None = None) -> Element:
        """Replace inline Markdown by elements, in place."""
        if not self._patterns:
            registry = self.inlinePatterns
            names = {id(registry[name]): name for name in _SIGNS if name in registry}
            self._patterns = tuple(
                (pattern, frozenset(_SIGNS[names[id(pattern)]]) if id(pattern) in names else None)
                for pattern in registry
            )
        return super().run(tree, ancestors)

    # The base class calls both by their private names; if a later version has others, its own
    # slower way is taken, and nothing breaks.
    def _InlineProcessor__handleInline(self, data: str, patternIndex: int = 0) -> str:  # noqa: N802, N803
        if isinstance(data, AtomicString):
            return data
        # What a pattern puts into the text (a place holder) bears no sign.
        signs = frozenset(data)
        apply = self._InlineProcessor__applyPattern  # type: ignore[attr-defined]
        for index in range(patternIndex, len(self._patterns)):
            pattern, needed = self._patterns[index]
            if needed is not None and needed.isdisjoint(signs):
                continue
            start, matched = 0, True
            while matched:
                data, matched, start = apply(pattern, data, index, start)
        return data
