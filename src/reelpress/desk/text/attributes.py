"""Attribute lists, as Pandoc and Python-Markdown write them: {#id .class key="value"}."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

_ITEM = r"""(?:[.#][^\s{}.#="']+|[A-Za-z_][\w:.-]*=(?:"[^"\n]*"|'[^'\n]*'|[^\s"'{}]+))"""
LIST = rf"\{{:?[ ]*{_ITEM}(?:\s+{_ITEM})*[ ]*\}}"
"""An attribute list and nothing else: a brace with a bare word in it is prose."""
_LIST = re.compile(LIST)
_PARTS = re.compile(
    r"""\.(?P<class>[^\s{}.#="']+)|\#(?P<id>[^\s{}.#="']+)
    |(?P<key>[A-Za-z_][\w:.-]*)=(?:"(?P<double>[^"\n]*)"|'(?P<single>[^'\n]*)'|(?P<bare>[^\s"'{}]+))
    """,
    re.X,
)


def attributes(text: str, at: int = 0) -> tuple[dict[str, str], int] | None:
    """What the attribute list that begins at `at` says, and where it ends; None if there is none.

    Classes come as one value, in the order typed. Nothing is judged here: that is for safety.
    """
    match = _LIST.match(text, at)
    if match is None:
        return None
    said: dict[str, str] = {}
    for part in _PARTS.finditer(match[0]):
        if part["class"]:
            key, value = "class", part["class"]
        elif part["id"]:
            key, value = "id", part["id"]
        else:
            key, value = part["key"], part["double"] or part["single"] or part["bare"] or ""
        said[key] = f"{said[key]} {value}" if key == "class" and key in said else value
    return said, match.end()


def assign(element: Element, said: dict[str, str]) -> None:
    """Give an element what an attribute list says; classes join those it has."""
    for key, value in said.items():
        own = element.get("class")
        element.set(key, f"{own} {value}" if key == "class" and own else value)
