"""A header's own words, for the variables that a text may name: {{ page.title }}."""

from __future__ import annotations

from typing import Any

from reelpress.header.fold import WORDS
from reelpress.header.understand import Header
from reelpress.header.yaml_nodes import plain


def facts(header: Header[Any]) -> dict[str, object]:
    """What a header says, as plain data: mappings, lists, texts, None.

    Values that were folded into our fields stand under the key that their author typed, too.
    """
    data = plain(header.node)
    if not isinstance(data, dict):
        return {}
    for theirs, ours in WORDS.get(type(header.model).__name__, {}).items():
        if theirs not in data and (value := _at(data, ours)) is not None:
            data[theirs] = value
    return data


def _at(data: object, path: str) -> object:
    for step in path.split("."):
        data = data.get(step) if isinstance(data, dict) else None
    if isinstance(data, dict) and data.keys() == {"name"}:
        return data["name"]
    return data
