"""Words, counted: what a source says, less what came of it, is what was lost."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

_WORD = re.compile(r"[^\W_]+")


def word_list(text: str) -> list[str]:
    """The words of plain text, in order: runs of letters and digits, case kept."""
    return _WORD.findall(text)


def words_of(text: str) -> Counter[str]:
    """How often each word stands in plain text: runs of letters and digits, case kept."""
    return Counter(word_list(text))


def lost(source: Counter[str], results: Iterable[Counter[str]]) -> Counter[str]:
    """The words of `source` that stand in none of `results`, as often as they are missing."""
    left = Counter(source)
    for result in results:
        left -= result
    return left
