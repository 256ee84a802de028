"""Blocks of raw HTML that stand open at an empty line, taken as CommonMark takes them.

Python-Markdown holds such a block open to its closing tag, or to the end of the text where there
is none, and reads no Markdown in it; to CommonMark an empty line ends it (section 4.6).
"""

from __future__ import annotations

import re

from reelpress.desk.text.lines import HTML_BLOCKS
from reelpress.desk.text.safety import KNOWN

_TAG = re.compile(r"<(/?)([a-zA-Z][\w:-]*)((?:[^<>\"']|\"[^\"]*\"|'[^']*')*)(/?)>")
_BEGUN = re.compile(r"<(?!!--)[a-zA-Z/!?](?:\"[^\"]*\"|'[^']*'|[^<>\"'])*+(>)?")
_WORD = re.compile(r"<([a-zA-Z]{2,})>")
_BLOCK = HTML_BLOCKS - {"hr"}
"""What Python-Markdown takes for a block; no <pre> and no <script>, which hold empty lines."""
_HELD = frozenset("pre script style textarea svg math object video audio iframe select".split())
_VOID = frozenset("br hr img wbr col input source link meta area base embed param track".split())
_SHORT = frozenset("p h1 h2 h3 h4 h5 h6 dt dd li td th".split())
"""What no empty line stands in; their closing tag was forgotten, or need not be typed."""
_INLINE = frozenset("p h1 h2 h3 h4 h5 h6 li td th dd dt summary address".split())
"""Where Python-Markdown reads Markdown within a line only, unless it is told to read blocks."""


def closed(lines: list[str], bare: list[str]) -> None:
    """Close in `lines`, in place, what stands open; what is closed later may hold Markdown.

    `bare` are the same lines without code and comments.
    """
    closers = _closers(bare)
    number, count = 0, len(lines)
    while number < count:
        line = bare[number]
        text = line.lstrip(" ")
        if text[:1] != "<" or len(line) - len(text) > 3 or not _opens(text):
            number += 1
            continue
        number = _block(lines, bare, number, closers)


def begun(bare: str) -> list[int]:
    """Where tags begin that never end, as in `Is a<b? Yes and no`, or that are none: `<sigh>`.

    A parser takes all that follows such a sign for attributes. `bare` is a text without code and
    comments.
    """
    signs = [tag.start() for tag in _BEGUN.finditer(bare) if not tag[1]]
    if "<svg" not in bare and "<math" not in bare:
        signs += [
            word.start()
            for word in _WORD.finditer(bare)
            if word[1].lower() not in KNOWN and f"</{word[1]}" not in bare
        ]
    return sorted(signs)


def _opens(text: str) -> bool:
    match = _TAG.match(text)
    return match is not None and not match[1] and match[2].lower() in _BLOCK


def _closers(bare: list[str]) -> dict[str, int]:
    """The last line on which each name is closed."""
    last: dict[str, int] = {}
    for number, line in enumerate(bare):
        if "</" in line:
            for match in _TAG.finditer(line):
                if match[1]:
                    last[match[2].lower()] = number
    return last


def _block(lines: list[str], bare: list[str], at: int, closers: dict[str, int]) -> int:
    """Settle the block that begins on line `at`; gives the line to go on with."""
    stack: list[tuple[str, int, int]] = []
    number = at
    while number < len(lines):
        if not bare[number].strip() and not lines[number].strip():
            if not stack:
                return number
            name = stack[0][0]
            if name in _HELD:
                return closers.get(name, number) + 1
            following = _following(bare, number)
            if name in _SHORT or closers.get(name, -1) < number:
                lines[number - 1] += "".join(f"</{n}>" for n, *_ in reversed(stack))
                return number
            if following < len(bare) and not bare[following].lstrip().startswith("<"):
                _read(lines, stack)
                return number
            number = following  # of the empty lines between, the same is to be said
            continue
        for match in _TAG.finditer(bare[number]) if "<" in bare[number] else ():
            name = match[2].lower()
            if match[1]:
                _close(stack, name)
                if not stack and number > at:
                    return number + 1
            elif name not in _VOID and not match[4]:
                stack.append((name, number, match.start()))
        number += 1
    if stack and stack[0][0] in _BLOCK and closers.get(stack[0][0], -1) < at:
        lines[-1] += "".join(f"</{n}>" for n, *_ in reversed(stack))
    return number


def _close(stack: list[tuple[str, int, int]], name: str) -> None:
    if any(name == other for other, *_ in stack):
        while stack.pop()[0] != name:
            pass


def _following(bare: list[str], number: int) -> int:
    """The next line that is not empty; where there is none, the number of lines."""
    while number < len(bare) and not bare[number].strip():
        number += 1
    return number


def _read(lines: list[str], stack: list[tuple[str, int, int]]) -> None:
    """Have the blocks that stand open read as Markdown."""
    for name, number, at in reversed(stack):
        line = lines[number]
        end = at + 1 + len(name)
        if name in _BLOCK and "markdown" not in line[at : line.find(">", at)]:
            kind = "block" if name in _INLINE else "1"
            lines[number] = f'{line[:end]} markdown="{kind}"{line[end:]}'
