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
_CLOSER = re.compile(r"(?<=\S)'(?!\w)")
_ELIDED = re.compile(r"\d\ds?\b|(?:tis|twas|twere|em|til|n|cause|bout|round)\b", re.I)
_OPENERS = "([{—–-/\u00a0«„“‘‚¡¿\"'"


def care(runs: Sequence[str], language: str) -> list[str]:
    """The runs of one block with quotation marks, dashes and ellipses as `language` has them."""
    base = language.split("-")[0].lower()
    joined = "".join(runs)
    french = base == "fr"
    edits = [(*m.span(), NBSP) for m in _FRENCH.finditer(joined)] if french else []
    matches = list(_SPECIAL.finditer(joined))
    if not matches and not edits:
        return list(runs)
    quotes = QUOTES.get(base, QUOTES["en"])
    closers = [m.start() for m in _CLOSER.finditer(joined)]
    open_doubles = open_singles = 0
    for match in matches:
        mark, at = match[0], match.start()
        if mark == '"':
            opens = _opens(joined, at) and not (open_doubles and joined[at - 1 : at] == "'")
            new = quotes[0] if opens else quotes[1]
            open_doubles = max(0, open_doubles + (1 if opens else -1))
        elif mark == "'":
            if _opens(joined, at) and not _elided(joined, at) and closers and closers[-1] > at:
                new, open_singles = quotes[2], open_singles + 1
            elif open_singles and at in closers:
                new, open_singles = quotes[3], open_singles - 1
            else:
                new = APOSTROPHE
        else:
            new = "…" if mark == "..." else _dash(joined, at, mark)
        edits.append((at, match.end(), new))
    edits.sort()
    return _apply(runs, edits)


def _opens(text: str, at: int) -> bool:
    """Whether a straight mark stands where a quotation begins: after a space, before none."""
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    lead = not before or before.isspace() or before in _OPENERS
    return lead and bool(after) and not after.isspace()


def _dash(text: str, at: int, mark: str) -> str:
    """An em dash for --- and for -- between words that touch it; else an en dash."""
    tight = text[at - 1 : at].isalpha() and text[at + 2 : at + 3].isalpha()
    return "—" if mark == "---" or tight else "–"


def _elided(text: str, at: int) -> bool:
    """Whether a straight single mark stands for what was left out: '90s, 'tis, 'em."""
    return _ELIDED.match(text, at + 1) is not None


def line(text: str, language: str) -> str:
    """One line of text (a title, a name), with the same care."""
    return care([text], language)[0]


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
