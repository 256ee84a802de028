"""The keys of many headers: how often each stands, what kinds of values it has."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from reelpress.intake.survey.looks import Look

DATE = re.compile(
    r"\d{4}-\d{1,2}-\d{1,2}(?:[T ].*)?|\d{4}/\d{1,2}/\d{1,2}|\d{1,2}[./]\d{1,2}[./]\d{4}"
)
"""A day as headers write it, with or without its time."""
_NUMBER = re.compile(r"[-+]?\d{1,12}(?:[.,]\d{1,6})?")
_MOST_KEYS = 2000
_MOST_VALUES = 4000
"""Of one key: enough to say what it means."""
_LONGEST = 200
_DEEPEST = 3


@dataclass(slots=True)
class Key:
    """One key of many headers; dots lead into mappings, [] through lists."""

    name: str
    files: int = 0
    """How many have it, and a value with it."""
    kinds: Counter[str] = field(default_factory=Counter)
    """text, number, date, list, map, yes/no, nothing -> how many."""
    values: list[str] = field(default_factory=list)
    """Texts and numbers, those in lists too, as written."""
    paths: list[str] = field(default_factory=list)
    """Of each value, the file."""
    where: set[str] = field(default_factory=set)
    """The files that have it, and anything with it."""

    @property
    def example(self) -> str:
        """A value that is there most often."""
        return Counter(self.values).most_common(1)[0][0] if self.values else ""

    @property
    def distinct(self) -> int:
        """How many values there are."""
        return len(set(self.values))


def keys_of(looks: Iterable[Look]) -> dict[str, Key]:
    """Every key of the headers, those that most files have first."""
    found: dict[str, Key] = {}
    for each in looks:
        for name, value in _flat("", each.header, 0):
            key = found.get(name)
            if key is None:
                if len(found) >= _MOST_KEYS:
                    continue
                key = found[name] = Key(name)
            kind = kind_of(value)
            key.kinds[kind] += 1
            if kind != "nothing":
                key.files += 1
                key.where.add(each.path)
            for text in _texts(value):
                if len(key.values) < _MOST_VALUES:
                    key.values.append(text)
                    key.paths.append(each.path)
    return dict(sorted(found.items(), key=lambda item: (-item[1].files, item[0])))


def _flat(above: str, header: Mapping[str, object], depth: int) -> Iterator[tuple[str, object]]:
    for name, value in header.items():
        key = f"{above}{name}"
        yield key, value
        if depth < _DEEPEST and isinstance(value, dict):
            yield from _flat(f"{key}.", value, depth + 1)
        elif depth < _DEEPEST and isinstance(value, list):
            first = next((item for item in value if isinstance(item, dict)), None)
            if first is not None:
                yield from _flat(f"{key}[].", first, depth + 1)


def kind_of(value: object) -> str:
    """What kind of value it is, for people."""
    if value is None or value in ("", [], {}):
        return "nothing"
    if isinstance(value, bool):
        return "yes/no"
    if isinstance(value, dict):
        return "map"
    if isinstance(value, list):
        return "list"
    text = str(value)
    if DATE.fullmatch(text):
        return "date"
    if _NUMBER.fullmatch(text):
        return "number"
    return "yes/no" if text.lower() in ("true", "false") else "text"


def _texts(value: object) -> Iterator[str]:
    held = value if isinstance(value, list) else [value]
    for item in held[:50]:
        if item is not None and not isinstance(item, (bool, dict, list)):
            text = " ".join(str(item).split())[:_LONGEST]
            if text:
                yield text
