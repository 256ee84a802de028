"""Facts in files that are no manuscripts: JSON, YAML, TOML, CSV, Markdown with front matter."""

from __future__ import annotations

import csv
import json
import tomllib
from collections import Counter
from io import StringIO

from reelpress.findings import Finding, Place, Severity, find
from reelpress.header.dialects import split_front_matter
from reelpress.header.encoding import decode
from reelpress.header.nodes import nodes_of
from reelpress.header.yaml_nodes import compose, plain

FORMATS = frozenset({".json", ".yaml", ".yml", ".toml", ".csv", ".tsv", ".md", ".markdown"})


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
