"""Facts in files that are no manuscripts: JSON, YAML, TOML, CSV, Markdown with front matter."""

from __future__ import annotations

import csv
import json
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from io import StringIO
from unicodedata import normalize

from reelpress.findings import Finding, Place, Severity, find
from reelpress.header.dialects import split_front_matter
from reelpress.header.encoding import decode
from reelpress.header.nodes import nodes_of
from reelpress.header.paths import through_lists, values_at
from reelpress.header.reading import FILE
from reelpress.header.yaml_nodes import compose, plain

FORMATS = frozenset({".json", ".yaml", ".yml", ".toml", ".csv", ".tsv", ".md", ".markdown"})

MOST = 1 << 25
"""Bytes of one file."""
ALL = 1 << 28
"""Bytes of all files of one join."""
_DEEPEST, MOST_ITEMS = 6, 1000
"""Of what is taken: how deep it may nest, and how many things a list may hold."""

Record = dict[str, object]
"""Our field -> plain data."""


def records_in(data: bytes, path: str) -> tuple[object, tuple[Finding, ...]]:
    """What a file says, as plain data (mappings, lists, texts, numbers); None where it can't be
    read. A CSV file is a list of rows by the names in its first. Findings: H040, H041, H052.
    """
    kind = path.rpartition(".")[2].lower()
    place = Place(path)
    try:
        if kind == "json":
            return json.loads(data), ()
        text, said = decode(data, path)
        if text is None:
            return None, tuple(find("H052", f.place, problem=_within(f)) for f in said)
        if kind == "toml":
            return tomllib.loads(text), said
        if kind in ("csv", "tsv"):
            return _rows(text), said
    except json.JSONDecodeError as error:
        place = Place(path, error.lineno, error.colno)
        return None, (find("H052", place, problem=_lower(error.msg.removesuffix(" at"))),)
    except RecursionError:
        return None, (find("H052", place, problem="nested too deeply"),)
    except (ValueError, csv.Error) as error:
        return None, (find("H052", place, problem=str(error).rstrip(".")),)
    if kind in ("md", "markdown"):
        front, *_ = split_front_matter(text, path)
        node, more = nodes_of(front, path)
    else:
        node, more = compose(text, path)
    wrong = [f for f in more if f.severity is Severity.ERROR and f.code != "H008"]
    said += tuple(find("H052", f.place, problem=_within(f)) for f in wrong)
    return plain(node), said


def _within(finding: Finding) -> str:
    """A finding's sentence inside another."""
    return _lower(finding.text.rstrip("."))


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def _rows(text: str) -> list[dict[str, str]]:
    head = text.partition("\n")[0]
    counted = Counter(c for c in head if c in ",;\t")
    delimiter = counted.most_common(1)[0][0] if counted else ","
    rows = csv.reader(StringIO(text), delimiter=delimiter)
    names = [name.strip() for name in next(rows, [])]
    return [
        {name: cell.strip() for name, cell in zip(names, row, strict=False) if name}
        for row in rows
        if any(row)
    ]


# -- what is taken from them


def things(facts: object, on: str, stem: str) -> Iterator[tuple[str, dict[str, object]]]:
    """(key, thing) of whatever a file holds: one thing, a list of them, or each under its key.

    `on` is where a thing says its key, or <file>: then it is `stem`, the file's name.
    """
    if isinstance(facts, list):
        for item in facts:
            if isinstance(item, dict):
                yield from ((key, item) for key in _keys(item, on))
    elif isinstance(facts, dict):
        if on == FILE:
            yield _key(stem), facts
        elif keys := _keys(facts, on):
            yield from ((key, facts) for key in keys)
        else:
            for key, value in facts.items():
                if isinstance(value, dict):
                    yield from ((own, value) for own in _keys(value, on) or [str(key)])
                elif isinstance(value, list):
                    yield from things(value, on, stem)


def taken(thing: Mapping[str, object], take: Mapping[str, str]) -> Record:
    """What `take` (our field -> a path) finds in a thing."""
    record: Record = {}
    for name, path in take.items():
        values = [_bounded(v) for v in values_at(thing, path) if v not in (None, "", [], {})]
        if values:
            flat = [i for v in values for i in (v if isinstance(v, list) else [v])]
            record[name] = flat if through_lists(path) else values[0]
    return record


def _keys(thing: Mapping[str, object], on: str) -> list[str]:
    found = values_at(thing, on)
    return [_key(key) for key in found if isinstance(key, str | int | float | date)]


def _key(value: object) -> str:
    """As headers have it, whose texts are in normal form C."""
    return normalize("NFC", str(value).strip())


def _bounded(value: object, depth: int = 0) -> object:
    """What is taken, cut where no fact of a film can be so long or so deep."""
    if isinstance(value, list):
        return (
            [_bounded(item, depth + 1) for item in value[:MOST_ITEMS]] if depth < _DEEPEST else []
        )
    if isinstance(value, dict):
        items = list(value.items())[:MOST_ITEMS] if depth < _DEEPEST else []
        return {str(key): _bounded(inner, depth + 1) for key, inner in items}
    return value
