"""The blocks of a pasted text: what stands alone, and paragraphs whose lines were wrapped."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

_SHORTEST, _LONGEST = 40, 120
"""A line that goes on in the next is as wide as a window of text is, in characters."""
_FULL = 0.75
_MARKED = re.compile(r"[-*+>|]\s|#|```|~~~|\d+[.)]\s|\|")
_ENDS = ".!?…:;\"'”’»)"


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, or one line that stands alone."""

    text: str
    """In one line, as it stands but for the breaks of wrapped lines."""
    raw: str
    """Its lines, as they stand."""
    line: int
    """Its first line in the file, from 1."""
    apart: bool
    """Whether an empty line, or the text's end, is on both sides of it."""


def blocks_of(
    text: str, stands_alone: Callable[[str], bool], *, markdown: bool = False
) -> tuple[Block, ...]:
    """The blocks of a text; a line for which `stands_alone` holds is never part of another.

    In Markdown, lines that belong together by their marks (lists, quotations, code) stay so.
    """
    found: list[Block] = []
    run: list[tuple[int, str]] = []
    for number, line in enumerate([*text.split("\n"), ""], 1):
        if line.strip():
            run.append((number, line.rstrip()))
        elif run:
            found += _run(run, stands_alone, markdown=markdown)
            run = []
    return tuple(found)


def _run(
    run: list[tuple[int, str]], stands_alone: Callable[[str], bool], *, markdown: bool
) -> list[Block]:
    """Lines without an empty one between them: wrapped prose is joined, others stay apart."""
    lines = [line.strip() for _, line in run]
    alone = [stands_alone(line) for line in lines]
    marked = markdown and any(_MARKED.match(line) for line in lines)
    if len(run) == 1 or (marked and not any(alone)):
        return [_block(run, apart=True)]
    joined = [
        not (alone[at] or alone[at + 1]) and sure
        for at, sure in enumerate(_joined(lines) if not marked else [False] * (len(lines) - 1))
    ]
    groups = [[run[0]]]
    for at, together in enumerate(joined, 1):
        if together:
            groups[-1].append(run[at])
        else:
            groups.append([run[at]])
    return [_block(group, apart=len(groups) == 1) for group in groups]


def _block(lines: list[tuple[int, str]], *, apart: bool) -> Block:
    text = " ".join(line.strip() for _, line in lines)
    return Block(text, "\n".join(line for _, line in lines), lines[0][0], apart)


def _joined(lines: list[str]) -> list[bool]:
    """For each line but the last, whether its paragraph goes on in the next.

    Where a line is longer than any window, nobody has wrapped them. Else a sentence that has no end
    goes on, and so does a paragraph of which some lines do, wherever a line is full.
    """
    width = max(map(len, lines))
    if width > _LONGEST:
        return [False] * (len(lines) - 1)
    pairs = list(pairwise(lines))
    long = [len(before) >= _SHORTEST for before, _ in pairs]
    full = [len(before) >= _FULL * width for before, _ in pairs]
    goes_on = [after[0].islower() for _, after in pairs]
    ends = [before[-1] in _ENDS for before, _ in pairs]
    wrapped = any(map(all, zip(long, goes_on, strict=True)))
    return [
        long[at] and (goes_on[at] or (full[at] and (not ends[at] or wrapped)))
        for at in range(len(pairs))
    ]
