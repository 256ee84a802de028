"""What is noticed on the way from manuscript to volume.

A finding is a value, not an exception: every stage gives its product together
with what it noticed, and one run shows all of it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

from reelpress.rules import FAMILIES, RULES, Rule, Severity

__all__ = [
    "FAMILIES",
    "NOWHERE",
    "RULES",
    "Finding",
    "Place",
    "Rule",
    "Severity",
    "counted",
    "did_you_mean",
    "find",
    "grave",
    "in_order",
]


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where in the author's text something stands."""

    path: str
    """The file, relative to the project's folder, with forward slashes."""
    line: int = 1
    """Counted from 1; the front matter counts."""
    column: int = 1
    """In characters, counted from 1."""

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"

    def __reduce__(self) -> tuple[type[Place], tuple[str, int, int]]:
        """Places are kept by the ten thousand: a dataclass's own way takes four times as long."""
        return Place, (self.path, self.line, self.column)


NOWHERE = Place("")
_SHORT = 40
"""Letters."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One remark: which rule, where, what it says, and a hint where there is evidence for one."""

    rule: Rule
    place: Place
    text: str
    hint: str = ""

    @property
    def severity(self) -> Severity:
        """The rule's severity."""
        return self.rule.severity

    @property
    def code(self) -> str:
        """The rule's permanent code."""
        return self.rule.code

    def __str__(self) -> str:
        return f"{self.place}: {self.severity}: {self.text} [{self.code}]"


def find(code: str, place: Place, /, *, hint: str = "", **parts: object) -> Finding:
    """A finding of the rule `code` at `place`, its sentence filled in with `parts`."""
    rule = RULES[code]
    return Finding(rule, place, rule.text.format(**parts), hint)


def did_you_mean(word: str, known: Iterable[str], form: str = 'did you mean "{}"?') -> str:
    """A hint naming the closest of `known` to `word`; empty when none is close."""
    close = get_close_matches(word, list(known), n=1, cutoff=0.7)
    return form.format(close[0]) if close else ""


def counted(number: int, word: str) -> str:
    """So many of something, in words: 1 comment, 2 comments."""
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


def in_short(text: str) -> str:
    """A piece of an author's text as a finding shows it: in one line, and the beginning of it."""
    line = " ".join(text.split())
    return line if len(line) <= _SHORT else f"{line[:_SHORT]}…"


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Each finding once, by file, line, column and code."""
    return tuple(sorted(set(findings), key=lambda f: (f.place, f.code, f.text)))


def grave(findings: Iterable[Finding], *, strict: bool = False) -> bool:
    """Whether something among `findings` forbids a release (with `strict`, warnings too)."""
    bad = {Severity.ERROR, Severity.WARNING} if strict else {Severity.ERROR}
    return any(f.severity in bad for f in findings)
