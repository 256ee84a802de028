"""From a front matter, in whatever form, to nodes with places."""

from __future__ import annotations

import json
import re
import tomllib
from datetime import date, datetime, time

from reelpress.findings import Finding, Place, find
from reelpress.header import synonyms
from reelpress.header.dialects import DOTTED, Front, key_of
from reelpress.header.encoding import CONTROL, without_controls
from reelpress.header.lenient import lenient
from reelpress.header.yaml_nodes import Mapping, Node, Scalar, Sequence, compose

_TABLE = re.compile(r"[ \t]*\[\[?[ \t]*([^\[\]\n]+?)[ \t]*\]\]?[ \t]*(?:#.*)?$")
_STEP = re.compile(r"""[\w-]+|"[^"\n]*"|'[^'\n]*'""")
_ASSIGNED = re.compile(
    rf"[ \t]*((?:{_STEP.pattern})(?:[ \t]*\.[ \t]*(?:{_STEP.pattern}))*)[ \t]*=[ \t]*"
)
_BARE = re.compile(r"([\w-]+)[ \t]*=[ \t]*([^\s\[{].*?)[ \t]*")
_INLINE = re.compile(r"[{,][ \t]*([\w-]+)[ \t]*=[ \t]*")
_AT = re.compile(r"[ ]?\(at (?:line (\d+), column (\d+)|end of document)\)$")
_DEEPEST = 60
_SURROGATES = re.compile(r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}")


def nodes_of(front: Front, path: str) -> tuple[Node | None, tuple[Finding, ...]]:
    """The tree of nodes in a header; None where it says nothing, or nothing that can be read.

    Findings: H003, H008, H042, H043, M003, and H044 (not TOML, not JSON).
    """
    return _READERS[front.dialect](front, path)


def _yaml(front: Front, path: str) -> tuple[Node | None, tuple[Finding, ...]]:
    return lenient(front.text, path, front.line)


# -- TOML


def _toml(front: Front, path: str) -> tuple[Node | None, tuple[Finding, ...]]:
    places = _assigned(front, path)
    said: list[Finding] = []
    text = front.text
    try:
        data = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        where, problem = _where(error, front, path)
        said.append(find("H044", where, kind="TOML", problem=problem))
        data = _line_by_line(text)
    return _grown(data, (), Place(path, front.line), places, said), tuple(said)


def _where(error: Exception, front: Front, path: str) -> tuple[Place, str]:
    """Where TOML's reader stopped, and what it says."""
    if isinstance(error, RecursionError):
        return Place(path, front.line), "nested too deeply"
    if not isinstance(error, tomllib.TOMLDecodeError):  # how many digits Python reads
        return Place(path, front.line), "a number is too long"
    message = str(error)
    match = _AT.search(message)
    line = int(match[1]) if match and match[1] else front.text.rstrip("\n").count("\n") + 1
    column = int(match[2]) if match and match[2] else 1
    problem = message[: match.start()] if match else message
    return Place(path, front.line + line - 1, column), problem[:1].lower() + problem[1:]


def _line_by_line(text: str) -> dict[str, object]:
    """What can be read of TOML that is none: each line, in the table that it stands in."""
    whole: dict[str, object] = {}
    table = whole
    for line in text.split("\n"):
        try:
            read = tomllib.loads(line)
        except (ValueError, RecursionError):
            bare = _BARE.fullmatch(line)
            read = {bare[1]: bare[2].strip("\"'")} if bare else {}
        if match := _TABLE.match(line):
            table = whole
            for step in _STEP.findall(match[1]):
                below = table.setdefault(step.strip("\"'"), {})
                table = below if isinstance(below, dict) else {}
            continue
        for key, value in read.items():
            table.setdefault(key, value)
    return whole


_Path = tuple[str, ...]


def _assigned(front: Front, path: str) -> dict[_Path, tuple[Place, Place]]:
    """Where each key of a TOML text stands, and its value."""
    places: dict[_Path, tuple[Place, Place]] = {}
    table: _Path = ()
    for number, line in enumerate(front.text.split("\n"), front.line):
        if (match := _TABLE.match(line)) and "=" not in match[1]:
            table = tuple(step.strip("\"'") for step in _STEP.findall(match[1]))
            at = Place(path, number, match.start(1) + 1)
            for length in range(1, len(table) + 1):
                places.setdefault(table[:length], (at, at))
        elif match := _ASSIGNED.match(line):
            key = Place(path, number, match.start(1) + 1)
            value = Place(path, number, match.end() + 1)
            steps = (*table, *(step.strip("\"'") for step in _STEP.findall(match[1])))
            for length in range(len(table) + 1, len(steps) + 1):
                places.setdefault(steps[:length], (key, value))
            if line[match.end() : match.end() + 1] == "{":
                for inner in _INLINE.finditer(line, match.end()):
                    at = Place(path, number, inner.start(1) + 1)
                    below = Place(path, number, inner.end() + 1)
                    places.setdefault((*steps, inner[1]), (at, below))
    return places


def _grown(
    value: object,
    steps: _Path,
    place: Place,
    places: dict[_Path, tuple[Place, Place]],
    said: list[Finding],
) -> Node:
    """Data as nodes, each at the place of its key or of the nearest one above it."""
    if len(steps) > _DEEPEST:
        return Scalar(None, place)
    if isinstance(value, dict):
        mapping = Mapping({}, place)
        for name, below in value.items():
            key_at, value_at = places.get((*steps, name), (place, place))
            mapping.keys[name] = key_at
            mapping.items[name] = _grown(below, (*steps, name), value_at, places, said)
        return mapping
    if isinstance(value, list):
        below = (*steps, "")
        return Sequence(tuple(_grown(v, below, place, places, said) for v in value), place)
    if value is None:
        return Scalar(None, place)
    if isinstance(value, bool):
        return Scalar("true" if value else "false", place, plain=True)
    if isinstance(value, int | float):
        return Scalar(_number(value), place, plain=True)
    text = value.isoformat() if isinstance(value, date | datetime | time) else str(value)
    said += (find("M003", place, code=ord(match[0])) for match in CONTROL.finditer(text))
    return Scalar(without_controls(text), place)


def _number(value: float) -> str:
    try:
        return str(value)
    except ValueError:  # an integer of more digits than Python writes out
        return "0"


# -- JSON


def _json(front: Front, path: str) -> tuple[Node | None, tuple[Finding, ...]]:
    try:
        data = json.loads(front.text, strict=False)
    except RecursionError:
        problem = "nested too deeply"
        return None, (find("H044", Place(path, front.line), kind="JSON", problem=problem),)
    except ValueError as error:
        line, column = getattr(error, "lineno", 1), getattr(error, "colno", 1)
        problem = str(getattr(error, "msg", error))
        place = Place(path, front.line + line - 1, column)
        said = find("H044", place, kind="JSON", problem=problem[:1].lower() + problem[1:])
        # YAML takes remarks, single quotes and a last comma.
        node, found = compose(front.text, path, front.line)
        return node, (said, *(f for f in found if f.code != "H003"))
    # JSON is YAML, but for the two halves of a character beyond U+FFFF.
    whole = _SURROGATES.sub(lambda m: str(json.loads(f'"{m[0]}"')), front.text)
    node, found = compose(whole, path, front.line)
    if node is not None:
        return node, found
    said_: list[Finding] = []
    return _grown(data, (), Place(path, front.line), {}, said_), tuple(said_)


# -- lines

_PAIR = re.compile(r"([^:]+?)[ \t]*:[ \t]*(.*?)[ \t]*$")
_AUTHORS = frozenset({"author", "authors"})
_MANY = _AUTHORS.union(
    synonyms.TAGS,
    "director directors directed_by cast actors starring writer writers country countries".split(),
)
_APART = re.compile(r"\s*;\s*")
_COMMAS = re.compile(r"\s*[,;，、]\s*")


def _lines(front: Front, path: str) -> tuple[Node | None, tuple[Finding, ...]]:
    """`Key: value` in each line; what is indented goes on with the value above it."""
    dotted = front.dialect == "dots"
    pattern = DOTTED if dotted else _PAIR
    whole = Mapping({}, Place(path, front.line))
    said: list[Finding] = []
    key = ""
    for number, line in enumerate(front.text.split("\n"), front.line):
        if not line.strip():
            continue
        indented = line[0] in " \t"
        match = None if indented and not dotted else pattern.match(line)
        if match is None:
            _goes_on(whole, key, line, Place(path, number, len(line) - len(line.lstrip()) + 1))
            continue
        key = key_of(match[1])
        place = Place(path, number, match.start(1) + 1)
        if key in whole.items:
            hint = f"the first, on line {whole.keys[key].line}, counts"
            said.append(find("H008", place, key=key, hint=hint))
            key = ""
            continue
        at = Place(path, number, match.start(2) + 1)
        whole.keys[key], whole.items[key] = (
            place,
            Scalar(_unquoted(match[2]) or None, at, plain=True),
        )
    for key, value in whole.items.items():
        if isinstance(value, Scalar) and value.text and key in _MANY:
            whole.items[key] = _several(key, value)
    return whole, tuple(_cleaned(whole, said))


def _cleaned(mapping: Mapping, said: list[Finding]) -> list[Finding]:
    for value in mapping.items.values():
        if isinstance(value, Scalar) and value.text and CONTROL.search(value.text):
            codes = map(ord, CONTROL.findall(value.text))
            said += [find("M003", value.place, code=code) for code in codes]
            value.text = without_controls(value.text)
    return said


def _goes_on(whole: Mapping, key: str, line: str, place: Place) -> None:
    value = whole.items.get(key)
    if not isinstance(value, Scalar):
        return
    more = line.strip().removeprefix("- ")
    if value.text is None:
        value.place = place
    # An item of a list: commas part them.
    joint = "; " if key in _MANY and not (value.text or ",").endswith((",", ";")) else " "
    value.text = f"{value.text}{joint}{more}" if value.text else more


def _unquoted(value: str) -> str:
    if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
        return value[1:-1]
    return value


def _several(key: str, value: Scalar) -> Node:
    """Several in one line: by commas; people by semicolons too, whose names may have commas."""
    text = (value.text or "").removeprefix("[").removesuffix("]")
    people = key in _AUTHORS or (";" in text and key not in synonyms.TAGS)
    pattern = _APART if people else _COMMAS
    parts = [part.strip("\"' ") for part in pattern.split(text)]
    items = tuple(Scalar(part, value.place) for part in parts if part)
    return items[0] if len(items) == 1 else Sequence(items, value.place)


def _percent(front: Front, path: str) -> tuple[Node | None, tuple[Finding, ...]]:
    """Pandoc's title block: title, authors by semicolons or lines, date."""
    parts: list[tuple[int, list[str]]] = []
    for number, line in enumerate(front.text.rstrip("\n").split("\n"), front.line):
        if line[:1] == "%":
            parts.append((number, [line[1:].strip()]))
        elif parts:
            parts[-1][1].append(line.strip())
    whole = Mapping({}, Place(path, front.line))
    for key, (number, lines) in zip(("title", "author", "date"), parts, strict=False):
        place = Place(path, number, 3)
        joint = "; " if key == "author" else " "
        text = joint.join(line for line in lines if line)
        if text:
            whole.keys[key] = Place(path, number)
            value = Scalar(text, place)
            whole.items[key] = _several(key, value) if key == "author" else value
    return whole, tuple(_cleaned(whole, []))


_READERS = {
    "yaml": _yaml,
    "toml": _toml,
    "json": _json,
    "lines": _lines,
    "dots": _lines,
    "percent": _percent,
}
