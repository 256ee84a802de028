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
    "he": ("”", "”", "’", "’"),
}
"""Language -> opening and closing double, opening and closing single quotation mark."""

APOSTROPHE = "’"
_SPECIAL = re.compile(r"""\"|'|--+|\.\.\.+""")
"""Each way begins with a letter of its own, so that prose between them is skipped fast."""
_MARKS = re.compile(r"""["'.-]""")
_FRENCH = re.compile(r"(?<=\S) (?=[;:!?»])|(?<=«) ")
_ELIDED = re.compile(r"\d\ds?\b|(?:tis|twas|twere|em|til|n|cause|bout|round)\b", re.I)
_FEET = re.compile(r"""(?<![\w'"])\d{1,2}(')\d{1,2}(")?(?![\w'])""")
_OPENERS = "([{—–-/\u00a0«„“‘‚¡¿\"'"


def care(runs: Sequence[str], language: str) -> list[str]:
    """The runs of one block with quotation marks, dashes and ellipses as `language` has them."""
    base = language.split("-")[0].lower()
    text = runs[0] if len(runs) == 1 else "".join(runs)
    edits = [(*m.span(), NBSP) for m in _FRENCH.finditer(text)] if base == "fr" else []
    marks = [(m.start(), m[0]) for m in _SPECIAL.finditer(text)]
    if not marks and not edits:
        return list(runs)
    if feet := _feet(text, marks):
        edits += feet
        taken = {at for at, _, _ in feet}
        marks = [m for m in marks if m[0] not in taken]
    quotes = QUOTES.get(base, QUOTES["en"])
    closers = [at for at, mark in marks if mark == "'" and _closes(text, at)]
    doubles = singles = 0
    """How many quotations are open."""
    for at, mark in marks:
        new = APOSTROPHE
        if mark == '"':
            opens = _opens(text, at) and not (doubles and text[at - 1 : at] == "'")
            new = quotes[0] if opens else quotes[1]
            doubles = max(0, doubles + (1 if opens else -1))
        elif mark == "'":
            if closers and closers[-1] > at and _opens(text, at) and not _elided(text, at):
                new, singles = quotes[2], singles + 1
            elif singles and at in closers:
                new, singles = quotes[3], singles - 1
        elif len(mark) > 3:
            continue  # a line of dashes or of dots
        else:
            new = "…" if mark == "..." else _dash(text, at, mark)
        edits.append((at, at + len(mark), new))
    if base == "fr" or feet:
        edits.sort()
    return _apply(runs, edits)


def _feet(text: str, marks: Sequence[tuple[int, str]]) -> list[tuple[int, int, str]]:
    """Primes for feet and inches: 6'3\", 5'10."""
    if not any(mark == "'" and text[at - 1 : at].isdigit() for at, mark in marks):
        return []
    edits = []
    for match in _FEET.finditer(text):
        edits.append((match.start(1), match.end(1), "′"))
        if match[2]:
            edits.append((match.start(2), match.end(2), "″"))
    return edits


def _closes(text: str, at: int) -> bool:
    """Whether a straight single mark stands where a quotation ends: after a letter, before none."""
    after = text[at + 1 : at + 2]
    if after.isalnum() or after == "_":
        return False
    before = text[at - 1 : at]
    return bool(before) and not before.isspace()


def neutral(run: str) -> str:
    """A run of another language, as its neighbours see it: words, and no marks of theirs."""
    return _MARKS.sub("x", run)


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
    """The runs with each (start, end, new) put in its place, counted over all of them."""
    out: list[str] = []
    offset = done = 0
    for run in runs:
        end, at, pieces = offset + len(run), offset, []
        while done < len(edits) and edits[done][0] < end:
            start, stop, new = edits[done]
            done += 1
            if stop <= end:  # else it lies over the edge of an element: left as typed
                pieces.append(run[at - offset : start - offset])
                pieces.append(new)
                at = stop
        if pieces:
            pieces.append(run[at - offset :])
            out.append("".join(pieces))
        else:
            out.append(run)
        offset = end
    return out
