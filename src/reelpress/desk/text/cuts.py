"""Pieces of a text put anew, at once: the time grows with the text, however many there are."""

from __future__ import annotations

from collections.abc import Iterable

Cut = tuple[int, int, str]
"""From where to where, and what stands there instead."""


def applied(text: str, cuts: Iterable[Cut]) -> str:
    """The text with each cut made, and with as many lines as before.

    Lines that a cut takes away are made up for by empty ones behind the paragraph in which it is.
    Of cuts that overlap the first is made.
    """
    cuts = sorted(cuts)
    if not cuts:
        return text
    parts: list[str] = []
    at = owed = 0
    for start, end, new in cuts:
        if start < at:
            continue
        between = text[at:start]
        if owed and (gap := between.find("\n\n")) >= 0:
            between = f"{between[:gap]}{chr(10) * owed}{between[gap:]}"
            owed = 0
        parts += (between, new)
        owed += text.count("\n", start, end) - new.count("\n")
        at = end
    rest = text[at:]
    gap = rest.find("\n\n")
    gap = len(rest) if gap < 0 else gap
    return "".join([*parts, rest[:gap], "\n" * owed, rest[gap:]])
