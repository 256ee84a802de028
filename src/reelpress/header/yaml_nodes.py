"""YAML with positions: PyYAML's C loader composes, scalars stay as written.

A scalar keeps its text ("1917", "no", "4.5"), and the model that asks for a
number or a yes says so: thus a film called 1917 keeps its title and the word
`no` stays a word, as YAML 1.2's core schema has it (chapter 10.3).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import yaml

from reelpress.findings import Finding, Place, find
from reelpress.header.encoding import CONTROL

_Safe = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(_Safe):  # type: ignore[misc, valid-type]
    """Leaves scalars as they are written: to guess what each may be takes a third of the time."""

    def resolve(self, *_: object) -> str:
        return ""


_NULL = {"", "~", "null", "Null", "NULL"}
_TRUE = {"true", "True", "TRUE"}
_FALSE = {"false", "False", "FALSE"}
_INT = re.compile(r"[-+]?[0-9]+")
_BASED = re.compile(r"0o[0-7]+|0x[0-9a-fA-F]+")
_DEEPEST = 100
_UNFOLDED = 1000
_DASHES = re.compile(r"(?:[-?:][ \t]+){100}")
_MOST = 100_000
"""Nodes in one file, aliases followed: a few lines of aliases can stand for billions."""
_COMPARED = re.compile(r":\s*(>=?\s*[^\s,}][^,}#]*)")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")


@dataclass(slots=True)
class Scalar:
    """One value; `text` is None for an empty or null one."""

    text: str | None
    place: Place
    plain: bool = False
    """Written without quotes: only such a one may be a number or a yes."""
    begins: tuple[int, int, int] = (1, 0, 0)
    """Where the text itself stands: the file's line of its first line, how far that is
    indented, and how far the others are."""

    def __reduce__(self) -> tuple[type[Scalar], tuple[object, ...]]:
        """As a place: by its maker, which is quick."""
        return Scalar, (self.text, self.place, self.plain, self.begins)


@dataclass(slots=True)
class Sequence:
    """A list."""

    items: tuple[Node, ...]
    place: Place

    def __reduce__(self) -> tuple[type[Sequence], tuple[object, ...]]:
        return Sequence, (self.items, self.place)


@dataclass(slots=True)
class Mapping:
    """Keys and values; `keys` tells where each key stands."""

    items: dict[str, Node]
    place: Place
    keys: dict[str, Place] = field(default_factory=dict)

    def __reduce__(self) -> tuple[type[Mapping], tuple[object, ...]]:
        return Mapping, (self.items, self.place, self.keys)


Node = Scalar | Sequence | Mapping


def compose(text: str, path: str, first_line: int = 1) -> tuple[Node | None, tuple[Finding, ...]]:
    """The tree of nodes in `text`, whose first line is the file's `first_line`.

    Findings: H003 (not YAML), H008 (a key twice).
    """
    if (deep := _too_deep(text)) is not None:
        line = first_line + text.count("\n", 0, deep)
        place = Place(path, line, deep - text.rfind("\n", 0, deep))
        return None, (find("H003", place, problem="nested too deeply"),)
    try:
        tree = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        if error.context_mark and "end of stream" in str(error.problem):
            mark = error.context_mark  # a quote that nobody closed: where it was opened
        line = (mark.line if mark else 0) + first_line
        column = (mark.column if mark else 0) + 1
        problem = " ".join(p for p in (error.context, error.problem) if p)
        lines = text.split("\n")
        inside = mark is not None and mark.line < len(lines)  # not beyond the last one
        compared = _COMPARED.search(lines[mark.line]) if mark and inside else None
        hint = f'in YAML a comparison stands in quotes: "{compared[1].strip()}"' if compared else ""
        return None, (find("H003", Place(path, line, column), problem=problem, hint=hint),)
    except RecursionError:
        return None, (find("H003", Place(path, first_line), problem="nested too deeply"),)
    except yaml.YAMLError as error:
        # Characters that YAML forbids: the reader's error knows an offset, no mark.
        offset = getattr(error, "position", 0)
        line = text.count("\n", 0, offset) + first_line
        column = offset - (text.rfind("\n", 0, offset) + 1) + 1
        problem = str(getattr(error, "reason", error))
        return None, (find("H003", Place(path, line, column), problem=problem),)
    if tree is None:
        return None, ()
    source = _Source(path, first_line, text.split("\n"))
    try:
        return _node(tree, source, frozenset()), tuple(source.found)
    except RecursionError:
        return None, (find("H003", Place(path, first_line), problem="nested too deeply"),)


def _too_deep(text: str) -> int | None:
    """Where lists begin to stand in lists without end; None where they don't.

    libyaml would take minutes over them, and all of the stack.
    """
    if text.count("[") + text.count("{") > _UNFOLDED:
        begun: list[int | None] = []
        """Where each that is open begins; None of those that indents make."""
        try:
            for event in yaml.parse(text, Loader=_Loader):  # which asks for no more than the next
                if isinstance(event, yaml.CollectionStartEvent):
                    mark = event.start_mark if event.flow_style else None
                    begun.append(mark.index if mark else None)
                elif isinstance(event, yaml.CollectionEndEvent):
                    begun.pop()
                if len(begun) > _UNFOLDED:
                    return next((at for at in begun if at is not None), 0)
        except yaml.YAMLError:
            return None  # and is told by whoever composes
    many = text.count("- ") + text.count("? ") > _DEEPEST
    dashes = _DASHES.search(text) if many else None
    return dashes.start() if dashes else None


@dataclass(slots=True)
class _Source:
    path: str
    first_line: int
    lines: list[str]
    found: list[Finding] = field(default_factory=list)
    nodes: int = 0


def _begins(tree: yaml.ScalarNode, source: _Source) -> tuple[int, int, int]:
    line, column = tree.start_mark.line, tree.start_mark.column
    if not tree.style or tree.style not in "|>":
        return line + source.first_line, column + bool(tree.style), 0
    below = next((i for i in source.lines[line + 1 :] if i.strip()), "")
    indent = len(below) - len(below.lstrip())
    return line + source.first_line + 1, indent, indent


def _scalar(tree: yaml.ScalarNode, place: Place, source: _Source) -> Scalar:
    plain = not tree.style
    value = str(tree.value)
    if CONTROL.search(value):  # as an escape: YAML takes none as it is
        for match in CONTROL.finditer(value):
            source.found.append(find("M003", place, code=ord(match[0])))
        value = CONTROL.sub("", value)
    return Scalar(None if plain and value in _NULL else value, place, plain, _begins(tree, source))


def _node(tree: yaml.Node, source: _Source, above: frozenset[int]) -> Node:
    path, first_line, found = source.path, source.first_line, source.found
    place = Place(path, tree.start_mark.line + first_line, tree.start_mark.column + 1)
    source.nodes += 1
    if len(above) >= _DEEPEST or source.nodes > _MOST:
        raise RecursionError
    if isinstance(tree, yaml.ScalarNode):
        return _scalar(tree, place, source)
    if id(tree) in above:
        found.append(find("H003", place, problem="an alias that holds itself"))
        return Scalar(None, place)
    above |= {id(tree)}
    if isinstance(tree, yaml.SequenceNode):
        return Sequence(tuple(_node(n, source, above) for n in tree.value), place)
    mapping = Mapping({}, place)
    for key_node, value_node in tree.value:
        mark = key_node.start_mark
        where = Place(path, mark.line + first_line, mark.column + 1)
        if not isinstance(key_node, yaml.ScalarNode):
            found.append(find("H003", where, problem="a key that is not a word"))
            continue
        key = str(key_node.value)
        if CONTROL.search(key):
            key = CONTROL.sub("", key)
        if key in mapping.items:
            first = mapping.keys[key]
            hint = f"the first, on line {first.line}, counts"
            found.append(find("H008", where, key=key, hint=hint))
            continue
        mapping.keys[key] = where
        try:
            mapping.items[key] = _node(value_node, source, above)
        except RecursionError:
            if len(above) > 1:
                raise
            mark = value_node.start_mark
            at = Place(path, mark.line + first_line, mark.column + 1)
            much = source.nodes > _MOST
            problem = "too much, aliases followed" if much else "nested too deeply"
            found.append(find("H003", at, problem=problem))
            source.nodes = 0
    return mapping


def plain(node: Node | None) -> object:
    """The node's data for pydantic: dicts, lists, texts as written, None."""
    if isinstance(node, Mapping):
        return {key: plain(value) for key, value in node.items.items()}
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    return None if node is None else node.text


def resolved(node: Node) -> object:
    """The node's data by the core schema, for fields that no model knows."""
    if isinstance(node, Mapping):
        return {key: resolved(value) for key, value in node.items.items()}
    if isinstance(node, Sequence):
        return [resolved(item) for item in node.items]
    text = node.text
    if text is None or not node.plain:
        return text
    if text in _TRUE:
        return True
    if text in _FALSE:
        return False
    if _BASED.fullmatch(text):
        return int(text, 0)
    if _INT.fullmatch(text):
        return int(text) if len(text) < 64 else text
    if _FLOAT.fullmatch(text):
        return float(text)
    return text


def place_of(node: Node | None, path: tuple[int | str, ...]) -> Place | None:
    """Where the value at `path` stands, or the nearest thing above it that is written."""
    found = node.place if node is not None else None
    for step in path:
        # pydantic names the branch of a union too; that is no step in the file.
        if (below := child(node, step)) is not None:
            node, found = below, below.place
    return found


def child(node: Node | None, step: int | str) -> Node | None:
    """What stands at `step` in a mapping or a list; None where nothing does."""
    if isinstance(node, Mapping) and isinstance(step, str):
        return node.items.get(step)
    if isinstance(node, Sequence) and isinstance(step, int) and step < len(node.items):
        return node.items[step]
    return None
