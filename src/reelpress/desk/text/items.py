"""What belongs to an item, a note, a quotation or a verse: where it ends, and its lines alone."""

from __future__ import annotations

from reelpress.desk.text import lines as shapes
from reelpress.desk.text.lines import Marker, indent_of

STEP = "    "
_FOUR = len(STEP)


def hanging(
    lines: list[str], at: int, least: int, first: str, found: Marker | None = None
) -> tuple[list[str], int]:
    """The lines of what begins on line `at`, freed of their indent, and the line after them.

    `first` is the first line without its mark; a line belongs to it that stands in by `least`,
    or that goes on with its prose. `found` is an item's marker.
    """
    taken: list[tuple[str, bool]] = []
    fence, before, end, last = "", first, at + 1, at + 1
    while end < len(lines):
        line = lines[end]
        text = line.strip(" ")
        end += 1
        if not text:
            before = ""
            continue
        own = indent_of(line) >= least
        if own and not fence and found and _is_next(found, line):
            break
        if not own and (fence or not goes_on(before) or _ends(line, found)):
            break
        fence = _fenced(fence, text) if own else ""
        taken += [("", False)] * (end - 1 - last)
        taken.append((line, own))
        last, before = end, text
    margins = [indent_of(line) for line, own in taken if own]
    content = max(found.content if found else _FOUR, _FOUR)
    if not any(margin % _FOUR for margin in margins):
        content = _FOUR  # as Python-Markdown has it, however wide the marker is
    margin = min([content, *margins])
    body = [first, *(dedented(line, margin) if own else line.lstrip(" ") for line, own in taken)]
    while len(body) > 1 and not body[0]:
        body.pop(0)
    return body, last


def quoted(lines: list[str], at: int) -> tuple[list[str], int]:
    """The lines of the quotation that begins on line `at`, without marks, and the line after."""
    inner: list[str] = []
    for end in range(at, len(lines)):
        line = lines[end]
        text = line.lstrip(" ")
        if text[:1] == ">" and len(line) - len(text) < _FOUR:
            inner.append(text[2:] if text[1:2] == " " else text[1:])
        elif text and goes_on(inner[-1]) and not shapes.begins(line):
            inner.append(text)
        else:
            return inner, end
    return inner, len(lines)


def verse(lines: list[str], at: int) -> tuple[list[str], list[str], int | None]:
    """From line `at` to a line of colons: verse, notes written in it, and which line closes it."""
    own: list[str] = []
    notes: list[str] = []
    for end in range(at, len(lines)):
        line = lines[end]
        text = line.lstrip(" ")
        low = len(line) - len(text) < _FOUR
        if low and shapes.colons(text) == "":
            return own, notes, end
        (notes if low and shapes.NOTE.match(text) else own).append(line)
    return own, notes, None


def sibling(lines: list[str], at: int, *, ordered: bool) -> tuple[int, Marker | None]:
    """The next item of a list, if the first line from `at` on that is not empty begins one."""
    next_at = at
    while next_at < len(lines) and not lines[next_at].strip():
        next_at += 1
    indent = indent_of(lines[next_at]) if next_at < len(lines) else _FOUR
    found = shapes.marker(lines[next_at], indent) if indent < _FOUR else None
    if found is None or bool(found.number) != ordered:
        return at, None
    return next_at, found


def dedented(line: str, by: int) -> str:
    """A line without its first spaces, as far as it has so many."""
    return line[min(by, indent_of(line)) :]


def goes_on(before: str) -> bool:
    """Whether prose can go on after this line without an indent or a mark of its own."""
    bare = before.lstrip("> ")
    return bool(bare) and bare[0] not in "#`~|" and not shapes.RULE.match(bare)


def _is_next(found: Marker, line: str) -> bool:
    """Whether a line that stands in by less than an ordered item's text is the item after it."""
    indent = indent_of(line)
    if not found.number or indent >= min(found.content, _FOUR):
        return False
    other = shapes.marker(line, indent)
    return other is not None and other.number not in ("", "1")


def _ends(line: str, found: Marker | None) -> bool:
    """Whether a line that does not stand in ends the prose before it: a block, or a new item."""
    if shapes.begins(line):
        return True
    indent = indent_of(line)
    other = shapes.marker(line, indent) if found and indent < _FOUR else None
    return other is not None and found is not None and bool(other.number) == bool(found.number)


def _fenced(mark: str, text: str) -> str:
    """The mark of the fence that is open after this line."""
    if mark:
        return "" if shapes.closes(text, mark) else mark
    return shapes.fence(text)[0]


def hung(lead: str, lines: list[str], *, alone: bool = False) -> list[str]:
    """Lines that hang from a mark: the first behind it (or, `alone`, below it), all by four."""
    first = [lead, ""] if alone else [lead + lines[0]] if lines else [lead]
    rest = lines if alone else lines[1:]
    return [*first, *(f"{STEP}{line}" if line else "" for line in rest)]
