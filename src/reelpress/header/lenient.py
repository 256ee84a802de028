"""YAML as people write it: read as YAML where it is, else mended key by key, each mending told.

text ── values that YAML would misread, quoted ── compose ──▶ nodes
          └─ not YAML? tabs as spaces; then each top-level key by itself:
               its line quoted, its lines joined, or what can be read of it and the error
"""

from __future__ import annotations

import re

from reelpress.findings import Finding, Place, find
from reelpress.header.dialects import KNOWN, key_of
from reelpress.header.encoding import CONTROL, without_controls
from reelpress.header.yaml_nodes import Mapping, Node, Scalar, Sequence, compose

_KEY = r"""(?:"[^"\n]+"|'[^'\n]+'|:?[^\W\d_][^\n:："'`#,\[\]{}]*?)"""
_LINE = re.compile(rf"([ \t]*(?:- +)*({_KEY})[ \t]*:[ \t]+)(\S.*?)[ \t]*$")
_TOP = re.compile(rf"({_KEY})[ \t]*[:：](?=\s|$|[^/])")
_LOOSE = re.compile(rf"({_KEY})[ \t]*[:：][ \t]*(.*?)[ \t]*$")
_ITEM = re.compile(r"[ \t]*-[ \t]*(\S.*?)[ \t]*$")
_MISREAD = re.compile(rf"^[ \t]*(?:- +)*{_KEY}[ \t]*:[ \t]+(?:[&!]\S|#[^\s#]|\{{\{{|\{{%)", re.M)
"""Values that YAML reads without complaint as what nobody meant: an anchor, a tag, a remark."""
_ALIAS = re.compile(r"\*([^\s,\[\]{}]+)")
_TABS = re.compile(r"^ *\t[ \t]*", re.M)
_UNPRINTABLE = re.compile("[\x7f-\x84\x86-\x9f]")
"""What YAML forbids besides (YAML 1.2, rule 1)."""
_DOUBLE = re.compile(r'"(?:[^"\\]|\\.)*"')
_SINGLE = re.compile(r"'(?:[^']|'')*'")
_ELIDED = re.compile(r"'(?:\d\d(?!\d)|(?:tis|twas|til|em|n|round|cause)\b)", re.I)
_BLOCK = re.compile(r"[|>][-+0-9]{0,2}(?:\s+#.*)?")
_HASHES = re.compile(r"\[\s*(#[^\s,\[\]\"']+(?:\s*,\s*#?[^\s,\[\]\"']+)*)\s*\]")
_WIDTHS = (1, 2, 4, 8)


def lenient(text: str, path: str, first_line: int) -> tuple[Node | None, tuple[Finding, ...]]:
    """The tree of nodes in somebody's YAML, whose first line is the file's `first_line`.

    Findings: H003 (not YAML; what can be read of it is given), H008, H042 (tabs), H043 (a value
    read as the text of its line), M003 (control characters).
    """
    said: list[Finding] = []
    if CONTROL.search(text) or _UNPRINTABLE.search(text):
        text = _without_controls(text, path, first_line, said)
    if _MISREAD.search(text):
        text = _unmistaken(text, path, first_line, said)
    node, found = compose(text, path, first_line)
    keyed = isinstance(node, Scalar) and _TOP.match(text.lstrip())  # `title:X` is one text
    if not _broken(node, found) and not keyed:
        return node, (*said, *found)
    if tab := _TABS.search(text):
        said.append(find("H042", Place(path, first_line + text.count("\n", 0, tab.start()))))
        for width in _WIDTHS:
            spaced = _TABS.sub(lambda m, w=width: m[0].replace("\t", " " * w), text)  # type: ignore[misc]
            node, found = compose(spaced, path, first_line)
            if not _broken(node, found):
                return node, (*said, *found)
        text = _TABS.sub(lambda m: m[0].replace("\t", "  "), text)
        _, found = compose(text, path, first_line)
    mapping = _by_keys(text, path, first_line, said)
    if mapping is None:
        return None, (*said, *found)
    if not any(f.code in ("H003", "H043") for f in said):
        said += found  # each key is YAML, and all of them are not
    return mapping, tuple(said)


def _broken(node: Node | None, found: tuple[Finding, ...]) -> bool:
    return node is None and any(f.code == "H003" for f in found)


def _without_controls(text: str, path: str, first_line: int, said: list[Finding]) -> str:
    for number, line in enumerate(text.split("\n"), first_line):
        for pattern in (CONTROL, _UNPRINTABLE):
            said += (
                find("M003", Place(path, number, match.start() + 1), code=ord(match[0]))
                for match in pattern.finditer(line)
            )
    return _UNPRINTABLE.sub("", without_controls(text))


def _unmistaken(text: str, path: str, first_line: int, said: list[Finding]) -> str:
    """The text with quotes around values that YAML would take for something else."""
    lines = text.split("\n")
    aliases = set(_ALIAS.findall(text))
    for at, line in enumerate(lines):
        if not _MISREAD.match(line) or not (match := _LINE.match(line)):
            continue
        value = match[3]
        name, _, rest = value[1:].partition(" ")
        anchor = value[0] == "&" and (name in aliases or rest.lstrip()[:1] in ("[", "{", "|"))
        kind = value.startswith("!!") or value == "!"
        below = lines[at + 1] if at + 1 < len(lines) else ""
        remark = value[0] == "#" and below[:1] in " \t" and below.strip() != ""
        if not (anchor or kind or remark):
            lines[at] = _quoted(match)
            said.append(_taken(match, path, first_line + at))
    return "\n".join(lines)


def _taken(match: re.Match[str], path: str, line: int) -> Finding:
    key = match[2].strip("\"'")
    return find("H043", Place(path, line, match.start(3) + 1), key=key)


def _quoted(match: re.Match[str]) -> str:
    value = match[3].replace("'", "''")
    return f"{match[1]}'{value}'"


# -- key by key


def _by_keys(text: str, path: str, first_line: int, said: list[Finding]) -> Mapping | None:
    """What each top-level key says, read by itself; None where there is no such key."""
    whole = Mapping({}, Place(path, first_line))
    lines = text.split("\n")
    starts = [n for n, line in enumerate(lines) if _TOP.match(line.lstrip() if not n else line)]
    if not starts:
        return None
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        for key, (place, value) in _chunk(lines[start:end], path, first_line + start, said).items():
            if key in whole.items:
                hint = f"the first, on line {whole.keys[key].line}, counts"
                said.append(find("H008", place, key=key, hint=hint))
            else:
                whole.items[key], whole.keys[key] = value, place
    stray = next((n for n in range(starts[0]) if lines[n].strip()), None)
    if stray is not None:
        problem = "keys and values are expected here, as in `title: …`"
        said.append(find("H003", Place(path, first_line + stray), problem=problem))
    return whole


_Keys = dict[str, tuple[Place, Node]]


def _chunk(lines: list[str], path: str, line: int, said: list[Finding]) -> _Keys:
    """One key and its value, in any of three ways."""
    node, found = compose(_joined(lines), path, line)
    mended: list[Finding] = []
    if not isinstance(node, Mapping):
        broken = found
        lines = [_mended(text, path, line + n, mended) for n, text in enumerate(lines)]
        if mended:
            node, found = compose(_joined(lines), path, line)
        if not isinstance(node, Mapping):
            return _loose(lines, path, line, broken, said)
    said += [*mended, *found]
    return {key: (node.keys[key], value) for key, value in node.items.items()}


def _joined(lines: list[str]) -> str:
    return "\n".join(lines) if lines[-1] == "" else "\n".join([*lines, ""])


def _mended(text: str, path: str, line: int, said: list[Finding]) -> str:
    """The line with quotes around its value, where that alone is what YAML can't read."""
    match = _LINE.match(text)
    if not match:
        return text
    if hashes := _HASHES.fullmatch(match[3]):
        said.append(_taken(match, path, line))
        items = ", ".join(f"'{item.strip()}'" for item in hashes[1].split(","))
        return f"{match[1]}[{items}]"
    if not _odd(match[3]):
        return text
    said.append(_taken(match, path, line))
    return _quoted(match)


def _odd(value: str) -> bool:
    """Whether a value is a text that YAML takes for something else."""
    first = value[0]
    if first in "\"'":
        closed = (_DOUBLE if first == '"' else _SINGLE).match(value)
        if not closed:
            return bool(_ELIDED.match(value))
        rest = value[closed.end() :].strip()
        return rest != "" and rest[0] != "#"
    if first in "[{":
        rest = _after(value)
        return rest != "" and rest[0] != "#"
    if first in "|>":
        return not _BLOCK.fullmatch(value)
    return first in "@`%*&!,]}?-" or ": " in value or value.endswith(":") or "\t" in value


def _after(value: str) -> str:
    """What follows the bracket that closes the first one; nothing, where none does."""
    depth = 0
    for at, character in enumerate(value):
        depth += (character in "[{") - (character in "]}")
        if not depth:
            return value[at + 1 :].strip()
    return ""


def _loose(
    lines: list[str], path: str, line: int, broken: tuple[Finding, ...], said: list[Finding]
) -> _Keys:
    """A key, and as its value the texts of its lines: joined, or a list where each is an item."""
    match = _LOOSE.match(lines[0].lstrip())
    if not match:
        said += broken
        return {}
    inner = next((n for n, text in enumerate(lines) if n and _is_key_of_ours(text)), None)
    if inner is not None and match[2]:  # a key that should not be indented
        said += broken
        own = _chunk(lines[:inner], path, line, said)
        level = "\n".join(text.lstrip() for text in lines[inner:])
        more = _by_keys(level, path, line + inner, said)
        assert more is not None
        return {key: (more.keys[key], value) for key, value in more.items.items()} | own
    indent = len(lines[0]) - len(lines[0].lstrip())
    key, value = match[1].strip("\"'"), match[2]
    place = Place(path, line, indent + 1)
    at = Place(path, line, indent + match.start(2) + 1)
    below = [text for text in lines[1:] if text.strip()]
    items = [_ITEM.match(text) for text in below]
    node: Node
    whole = value[:1] not in ("", '"', "'", "[", "{", "|", ">")
    if below and not value and all(items):
        node = Sequence(
            tuple(
                Scalar(_bare(item[1]), Place(path, line + n, item.start(1) + 1))
                for n, text in enumerate(lines)
                if n and (item := _ITEM.match(text))
            ),
            at,
        )
        whole = False
    elif below and not value:
        said += broken  # a mapping, of which one can't say what was meant
        return {}
    else:
        whole = whole and all(text[0] in " \t" for text in below)
        inside = value if value[:1] not in "|>" else ""
        parts = [inside, *(text.strip() for text in below)] if whole or not inside else [inside]
        node = Scalar(_bare(" ".join(part for part in parts if part)), at)
    said += (find("H043", at, key=key),) if whole else broken
    said_nothing = isinstance(node, Scalar) and not node.text
    return {} if said_nothing else {key: (place, node)}


def _is_key_of_ours(text: str) -> bool:
    match = _TOP.match(text.lstrip())
    return match is not None and key_of(match[1]) in KNOWN


def _bare(value: str) -> str:
    """A value without a quote or a bracket that nobody closed, or that both stand around it."""
    return value.strip("\"'[]{} ")
