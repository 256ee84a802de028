"""Names of people in a line of text: nothing is known of them but how they are written."""

from __future__ import annotations

import re

_PARTICLES = frozenset(
    "van von de der den del della di da dos du la le el al bin ibn ben af av zu zum ter y".split()
)
_SUFFIX = re.compile(r"(?<!\w)(?:jr|sr|ii|iii|iv|ph\.?d|m\.?d)\.?$", re.I)
_INITIAL = re.compile(r"(?<!\w)\w\.$")
_AND = re.compile(
    r"\s*(?:,\s*(?:and|&|und|et|y|e|og|och|en)\s+|,|;|\s(?:and|&|und|et|og|och)\s|\s\+\s)\s*"
)
_OTHERS = re.compile(
    r"[\s,]*(?:\b(?:a\.\s?o\.?|et al\.?|and (?:many )?(?:others|more)|u\.\s?a\.?|etc\.?"
    r"|among others|& more|e\.a\.?|m\.fl\.?)|…|\.\.\.)\s*$",
    re.I,
)
_ROLE = re.compile(r"\s+(?:as|als|\.{2,}|–|—)\s+.*$|\s*\([^()]*\)\s*$")
_WORD = re.compile(r"[^\W\d_][\w'’.\-]*")
_MOST = 6


def is_name(text: str, *, least: int = 1) -> bool:
    """Whether `text` is written as one person's name, of `least` words at least."""
    words = text.split()
    if not least <= len(words) <= _MOST or not all(_WORD.fullmatch(word) for word in words):
        return False
    if words[0].lower() in _PARTICLES and len(words) == 1:
        return False
    return all(_is_capital(word) or word.lower() in _PARTICLES for word in words)


def _is_capital(word: str) -> bool:
    """Whether a word is written as names are: scripts without capitals have no other way."""
    return word[0].isupper() or not word[0].islower()


def names_in(text: str, *, least: int = 1) -> tuple[str, ...]:
    """The people that a text lists and nothing else; none where it is no list of names."""
    names = listed(text)
    return names if names and all(is_name(name, least=least) for name in names) else ()


def listed(text: str) -> tuple[str, ...]:
    """What a text lists, with commas and "and"; what stands for others ("a.o.") is not in it."""
    bare = text.strip()
    while (cut := _OTHERS.sub("", bare)) != bare:
        bare = cut
    made: list[str] = []
    for part in _AND.split(bare.strip(" ,;")):
        word = part.strip()
        if word.endswith(".") and not _SUFFIX.search(word) and not _INITIAL.search(word):
            word = word.rstrip(".")
        if made and _SUFFIX.fullmatch(word):
            made[-1] = f"{made[-1]}, {word}"
        elif word:
            made.append(word)
    return tuple(dict.fromkeys(made))


def players(text: str) -> tuple[str, ...]:
    """The actors that a text lists, without their parts."""
    return tuple(_ROLE.sub("", name).strip() for name in listed(text))


def leading_name(text: str) -> str:
    """The name with which a text begins; empty where it begins with none."""
    taken: list[str] = []
    for word in text.split():
        bare = word.rstrip(",.;:!–—")
        known = _WORD.fullmatch(bare) is not None
        if not known or not (_is_capital(bare) or (taken and bare.lower() in _PARTICLES)):
            break
        initial = len(bare) == 1 and word.endswith(".")
        taken.append(f"{bare}." if initial else bare)
        if (word != bare and not initial) or len(taken) == _MOST:
            break
    while taken and taken[-1].lower() in _PARTICLES:
        taken.pop()
    return " ".join(taken)
