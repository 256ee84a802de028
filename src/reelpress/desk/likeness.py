"""Names that look alike, and names that are nearly the one meant.

Both are found by looking up what two such names have in common, never by comparing each with each.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import combinations, product
from typing import Generic, TypeVar

from reelpress.desk.names import OWN_ORDER, spellings
from reelpress.header.unknown import distance

Who = TypeVar("Who")
_WORDS = 6
"""Of a name with more words only the first ones are abbreviated, or stand for the whole."""
_LETTERS = 60
_CROWD = 24
"""As many names with something in common as are looked at."""


@dataclass(slots=True)
class Register(Generic[Who]):
    """Who goes by which name, to be asked for names that look like another.

    They differ in accents alone, in the order of their parts, or in that one has initials where
    the other has names.
    """

    _whole: dict[str, Who] = field(default_factory=dict)
    _short: dict[str, list[Who]] = field(default_factory=dict)
    _exact: set[str] = field(default_factory=set)

    def add(self, name: str, who: Who) -> None:
        """Enter a name."""
        for words in spellings(name):
            exact = " ".join(words)
            if exact not in self._exact:
                self._exact.add(exact)
                for short in _abbreviated(words):
                    self._short.setdefault(short, []).append(who)
            for whole in _whole(words):
                self._whole.setdefault(whole, who)

    def like(self, name: str) -> list[Who]:
        """Whose names look like this one; of several that differ in accents alone, the first."""
        found: dict[Who, None] = {}
        for words in spellings(name):
            whole = _whole(words)
            keys = (*whole, *_abbreviated(words))
            found |= dict.fromkeys(self._whole[key] for key in keys if key in self._whole)
            found |= dict.fromkeys(who for key in whole for who in self._short.get(key, ()))
        return list(found)


def _whole(words: tuple[str, ...]) -> tuple[str, ...]:
    """In this order, in any order, and without spaces."""
    if not words:
        return ()
    return tuple(dict.fromkeys((" ".join(words), " ".join(sorted(words)), "".join(words))))


def _abbreviated(words: tuple[str, ...]) -> Iterator[str]:
    """The name with initials for one, some or all of its words but the last."""
    ways = [
        (word, word[0]) if at < _WORDS and len(word) > 1 and not OWN_ORDER.match(word) else (word,)
        for at, word in enumerate(words[:-1])
    ]
    whole = words[:-1]
    for way in product(*ways):
        if way != whole:
            yield " ".join((*way, words[-1]))


@dataclass(slots=True)
class Nearby(Generic[Who]):
    """Names, to be asked for those that a slip of the pen makes of another."""

    _known: dict[str, list[tuple[tuple[str, ...], Who]]] = field(default_factory=dict)

    def add(self, name: str, who: Who) -> None:
        """Enter a name."""
        for words in spellings(name):
            for key in (*_slips(words), *(f"{word}," for word in words)):
                known = self._known.setdefault(key, [])
                if len(known) < _CROWD:
                    known.append((words, who))

    def nearest(self, name: str) -> list[Who]:
        """Who is called nearly so, the nearest first."""
        ranked: dict[Who, int] = {}
        for words in spellings(name):
            letters = "".join(words)
            keys = [*_slips(words), *(f"{word}," for word in words if len(words) == 1)]
            for other, who in dict.fromkeys(n for key in keys for n in self._known.get(key, ())):
                far = distance(letters[:_LETTERS], "".join(other)[:_LETTERS])
                if far <= min(3, len(letters) // 3) or _is_part(words, other):
                    ranked[who] = min(far, ranked.get(who, far))
        return sorted(ranked, key=lambda who: ranked[who])


def _is_part(words: Iterable[str], other: Iterable[str]) -> bool:
    """Whether one of the two names is the other with something left out."""
    return set(words) <= set(other) or set(words) >= set(other)


def _slips(words: tuple[str, ...]) -> set[str]:
    """What a name has in common with itself mistyped: all letters but one; a word and how the
    others begin; two words of it."""
    letters = "".join(words)[:_LETTERS]
    found = {letters, *(letters[:at] + letters[at + 1 :] for at in range(len(letters)))}
    some = words[:_WORDS]
    for at, word in enumerate(some):
        if len(some) > 1 and len(word) > 2:
            others = sorted(w[0] for w in (*some[:at], *some[at + 1 :]))
            found.add(f"{word},{''.join(others)}")
    found |= {f"{a} {b}" for a, b in combinations(sorted(some), 2) if len(a) > 1 < len(b)}
    return found - {""}
