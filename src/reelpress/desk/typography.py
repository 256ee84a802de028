"""Typographic care, by language: pure functions over runs of text.

A block's text comes as runs (one for each text node), so that a quotation mark
can look over the edge of an <em> at the letter before it. Each run comes back
as one run. What is typographic already is left alone; converting twice
changes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

NBSP = "\u00a0"

QUOTES = {
    "en": ("“", "”", "‘", "’"),
    "de": ("„", "“", "‚", "‘"),
    "fr": (f"«{NBSP}", f"{NBSP}»", "“", "”"),
    "es": ("“", "”", "‘", "’"),
    "it": ("“", "”", "‘", "’"),
    "pt": ("“", "”", "‘", "’"),
    "nl": ("“", "”", "‘", "’"),
    "sv": ("”", "”", "’", "’"),
    "fi": ("”", "”", "’", "’"),
    "da": ("„", "“", "‚", "‘"),
    "no": ("«", "»", "‘", "’"),
    "nb": ("«", "»", "‘", "’"),
    "nn": ("«", "»", "‘", "’"),
    "pl": ("„", "”", "‚", "’"),
    "cs": ("„", "“", "‚", "‘"),
    "sk": ("„", "“", "‚", "‘"),
    "hu": ("„", "”", "»", "«"),
    "ru": ("«", "»", "„", "“"),
    "uk": ("«", "»", "„", "“"),
}
"""Language -> opening and closing double, opening and closing single quotation mark."""

APOSTROPHE = "’"
_SPECIAL = re.compile(r"""["']|(?<!-)---?(?!-)|(?<!\.)\.\.\.(?!\.)""")
_FRENCH = re.compile(r"(?<=\S) (?=[;:!?»])|(?<=«) ")
_OPENERS = "([{—–-/\u00a0«„“‘‚¡¿"


def care(runs: Sequence[str], language: str) -> list[str]:
    """The runs of one block with quotation marks, dashes and ellipses as `language` has them."""
    base = language.split("-")[0].lower()
    joined = "".join(runs)
    french = base == "fr"
    if not _SPECIAL.search(joined) and not (french and _FRENCH.search(joined)):
        return list(runs)
    edits: list[tuple[int, int, str]] = []
    quotes = QUOTES.get(base, QUOTES["en"])
    depth = 0
    for match in _SPECIAL.finditer(joined):
        start, end = match.span()
        mark = match[0]
        if mark in "\"'":
            new, depth = _quote(joined, start, mark, quotes, depth)
        else:
            new = "…" if mark == "..." else "—" if mark == "---" else "–"
        edits.append((start, end, new))
    if french:
        edits += [(*m.span(), NBSP) for m in _FRENCH.finditer(joined)]
        edits.sort()
    return _apply(runs, edits)


def line(text: str, language: str) -> str:
    """One line of text (a title, a name), with the same care."""
    return care([text], language)[0]


def _quote(
    text: str, at: int, mark: str, quotes: tuple[str, str, str, str], depth: int
) -> tuple[str, int]:
    before = text[at - 1] if at else " "
    after = text[at + 1] if at + 1 < len(text) else " "
    opens = (before.isspace() or before in _OPENERS or before in "\"'") and not after.isspace()
    if mark == '"':
        if opens and not (before in "\"'" and depth):
            return quotes[0], depth + 1
        if opens and after.isalnum() and before in "\"'":
            return quotes[0], depth + 1
        return quotes[1], max(0, depth - 1)
    if not opens or (after.isdigit() and text[at + 2 : at + 4].strip()[-1:] in "s0123456789"):
        # it's, '90s, the boys' room; a closing single quote looks the same in most languages
        closes = not after.isalnum() and _opened(text, at)
        return (quotes[3] if closes else APOSTROPHE), depth
    if not _closed(text, at):
        return APOSTROPHE, depth  # 'tis, 'em
    return quotes[2], depth


def _opened(text: str, at: int) -> bool:
    """Whether an opening single quote stands before `at` with no closing one between."""
    openings = len(re.findall(r"(?:^|(?<=[\s(\[{—–\"“«-]))'(?=\S)", text[:at]))
    closings = len(re.findall(r"(?<=[^\s])'(?!\w)", text[:at]))
    return openings > closings


def _closed(text: str, at: int) -> bool:
    """Whether a closing single quote follows `at`."""
    return re.search(r"\S'(?!\w)", text[at + 1 :]) is not None


def _apply(runs: Sequence[str], edits: Sequence[tuple[int, int, str]]) -> list[str]:
    out: list[str] = []
    offset, pending = 0, list(reversed(edits))
    for run in runs:
        end, pieces, at = offset + len(run), [], offset
        while pending and pending[-1][0] < end:
            start, stop, new = pending.pop()
            if stop > end:
                continue  # lies over the edge of an element: left as typed
            pieces += [run[at - offset : start - offset], new]
            at = stop
        pieces.append(run[at - offset :])
        out.append("".join(pieces))
        offset = end
    return out
