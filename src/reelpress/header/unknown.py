"""Keys that no model knows: kept, and told; those that look like slips as slips."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache

from pydantic import BaseModel

from reelpress.findings import Finding, Place, find
from reelpress.header.fold import WORDS, mappings_at, shapes
from reelpress.header.yaml_nodes import Mapping, resolved


@dataclass(frozen=True, slots=True)
class Keys:
    """What is told of keys that no model knows."""

    noticed: list[Finding]
    unknown: list[tuple[str, Place]]
    keep: bool
    """Whether they are kept, and only slips are told."""
    mapped: Collection[str]
    """Of which nothing is told: the house knows them."""


def tell_unknown(
    mapping: Mapping,
    model: type[BaseModel],
    above: tuple[str, ...],
    extra: dict[str, object],
    told: Keys,
) -> None:
    """Put what `model` does not know into `extra`, nested as written. Finding: H004."""
    fields = shapes(model)
    words = WORDS.get(model.__name__, {})
    for key in list(mapping.items):
        if key in fields:
            inner = fields[key].inner
            for each in mappings_at(mapping.items[key], fields[key]) if inner else ():
                assert inner is not None
                below = extra.get(key)
                deeper: dict[str, object] = dict(below) if isinstance(below, dict) else {}
                tell_unknown(each, inner, (*above, key), deeper, told)
                if deeper:
                    extra[key] = deeper
            continue
        extra[key] = resolved(mapping.items[key])
        dotted, place = ".".join([*above, key]), mapping.keys[key]
        if dotted in told.mapped:
            continue
        near = _near(key, (*fields, *words)) if len(told.unknown) < _MOST else ""
        if near or not told.keep:
            hint = f'did you mean "{near}"?' if near else ""
            told.noticed.append(find("H004", place, key=key, hint=hint))
        else:
            told.unknown.append((dotted, place))


_MOST = 1000
"""Keys that no model knows, from which on none is a slip: a header of data, not of fields."""


@lru_cache(maxsize=1024)
def _near(key: str, known: tuple[str, ...]) -> str:
    """The known key within two letters of `key` (one, of short ones); empty if none."""
    allowed = 0 if len(key) < 3 else 1 if len(key) < 5 else 2
    scored = sorted((distance(key.casefold(), k), k) for k in known if abs(len(k) - len(key)) < 3)
    return scored[0][1] if scored and scored[0][0] <= allowed else ""


def distance(a: str, b: str) -> int:
    """How many letters to add, drop, change or swap with the next to make `b` of `a`."""
    rows = [list(range(len(b) + 1))]
    for i, left in enumerate(a, 1):
        above, row = rows[-1], [i]
        for j, right in enumerate(b, 1):
            row.append(min(above[j] + 1, row[-1] + 1, above[j - 1] + (left != right)))
            if i > 1 and j > 1 and left == b[j - 2] and a[i - 2] == right:
                row[j] = min(row[j], rows[-2][j - 2] + 1)
        rows.append(row)
    return rows[-1][-1]
