"""Simple paths into what is nested: dots lead into mappings, [] through lists, [0] to one item.

The same paths lead through the nodes of a header and through the plain data of other files.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from reelpress.header.yaml_nodes import Mapping, Scalar, Sequence

EACH = "[]"
_PIECE = re.compile(r"([^\[\]]+)((?:\[\d{0,6}\])*)")


@cache
def steps(path: str) -> tuple[str, ...]:
    """`directors[].name` as directors, [], name; nothing of what is no path."""
    found: list[str] = []
    for piece in path.split("."):
        match = _PIECE.fullmatch(piece)
        if match is None:
            return ()
        found += [match[1], *re.findall(r"\[\d*\]", match[2])]
    return tuple(found)


def values_at(value: object, path: str) -> list[object]:
    """What stands at `path` in a node or in plain data; a list for a path through lists.

    A key that is written just so, dots and all, comes before a path. [] of what is no list is
    the thing itself: one author is a list of one.
    """
    if (literal := _below(value, path)) is not None:
        return [literal]
    found = [value] if steps(path) else []
    for step in steps(path):
        if step == EACH:
            found = [item for each in found for item in _items(each)]
        elif step.startswith("["):
            found = [item for each in found for item in _one(each, int(step[1:-1]))]
        else:
            found = [below for each in found if (below := _below(each, step)) is not None]
    return found


def root_of(path: str) -> str:
    """The key with which a path begins."""
    return (steps(path) or (path,))[0]


def through_lists(path: str) -> bool:
    """Whether `path` may lead to many things."""
    return EACH in steps(path)


def _below(value: object, key: str) -> object:
    if isinstance(value, Mapping):
        return value.items.get(key)
    return value.get(key) if isinstance(value, dict) else None


def _items(value: object) -> Iterator[object]:
    if isinstance(value, Sequence):
        yield from value.items
    elif isinstance(value, list):
        yield from value
    else:
        yield value


def _one(value: object, index: int) -> Iterator[object]:
    yield from list(_items(value))[index : index + 1]


def says(value: object) -> bool:
    """Whether there is anything in a node: no empty text, no empty list."""
    if isinstance(value, Scalar):
        return value.text is not None and bool(value.text.strip())
    return bool(value.items) if isinstance(value, Sequence | Mapping) else False
