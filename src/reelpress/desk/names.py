"""Names of people: how they are compared, taken apart where several are joined, and filed."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from unicodedata import category, combining, normalize
from unicodedata import name as called

OWN_ORDER = re.compile(
    "[\u1100-\u11ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff"
    "\U00020000-\U0003ffff]"
)
"""Han, kana and Hangul: a name written in these begins with the family's."""

_LATIN = re.compile("[A-Za-z]")
_ALIKE = str.maketrans(
    dict.fromkeys("’‘‛ʼʻˈ`´′＇", "'")
    | dict.fromkeys("“”„‟«»″", '"')
    | dict.fromkeys("‐‑‒–−", "-")
)  # fmt: skip


@cache
def form(name: str) -> str:
    """A name as it is looked up: whatever its case, normal form, apostrophes and spaces are."""
    text = name.translate(_ALIKE)
    if not text.isascii():
        text = "".join(c for c in normalize("NFKC", text) if category(c) != "Cf")
        text = normalize("NFC", text.casefold())
    else:
        text = text.casefold()
    return " ".join(re.sub(r"\.(?=\w)", ". ", text).split())  # J.R.R. is J. R. R.


def turned(name: str) -> str:
    """ "Meer, Ilse van der" as it is printed; any other name as it is."""
    parts = [part.strip() for part in name.split(",")]
    if len(parts) != 2 or not all(parts) or _is_suffix(parts[1]):
        return name
    return f"{parts[1]} {parts[0]}"


# -- the letters alone

_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"})
_MARKS = re.compile(r"['\"()]")
_APART = re.compile(r"[\s.,;:/_-]+")


def spellings(name: str) -> tuple[tuple[str, ...], ...]:
    """The words of a name in their plain letters: once, or twice where ö may also be oe.

    Accents are taken off Latin, Greek, Cyrillic, Hebrew and Arabic letters; of other scripts the
    marks are letters of their own.
    """
    text = form(turned(name))
    if text.isascii():
        return (_words(text),)
    both = (_bare(text), _bare(text.translate(_UMLAUTS)))
    return tuple(dict.fromkeys(_words(each) for each in both))


def _words(text: str) -> tuple[str, ...]:
    return tuple(word for word in _APART.split(_MARKS.sub("", text)) if word)


def _bare(text: str) -> str:
    return "".join(map(_letter, normalize("NFD", text)))


@cache
def _letter(character: str) -> str:
    # Classes 10 to 36 are Hebrew and Arabic points, from 202 on marks above, below and through
    # letters (Unicode Standard, table 4-3); those between are vowels, as in Thai.
    kind = combining(character)
    if 10 <= kind <= 36 or kind >= 202:
        return ""
    if character > "\x7f" and called(character, "").startswith("LATIN"):
        from anyascii import anyascii

        return anyascii(character).lower()
    return character


# -- several names in one text

_AND = re.compile(r"\s*;\s*|\s*,?\s+(?:and|und|et)\s+|\s*[&＆]\s*", re.IGNORECASE)
_WITHIN = re.compile(r"\s+[ye]\s+|\s+ו-?(?=\S)")
"""Spanish y, Portuguese and Italian e, and Hebrew ו stand inside surnames too."""
_COMMA = re.compile(r"\s*[,，、،]\s*")
_KEY = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")


def is_key(name: str) -> bool:
    """Whether a word in a header can only be a key of the people file."""
    return _KEY.fullmatch(name) is not None


def apart(text: str, known: Callable[[str], bool], *, sure: bool = False) -> tuple[str, ...]:
    """The names that one text joins by commas or by "and"; that text alone where it is one name.

    A text that is `known` is one name. Else it is taken apart where each part is known or has two
    words at least (with `sure`, where each is known): "Smith, John" is one person.
    """
    text = text.strip(" ,;") or text
    if known(text):
        return (text,)

    def sound(part: str) -> bool:
        return known(part) or (not sure and _is_full(part))

    def listed(chunk: str) -> list[str]:
        parts = [] if known(chunk) else _joined(_COMMA.split(chunk), known)
        return parts if len(parts) > 1 and all(map(sound, parts)) else [chunk]

    for pattern in (_AND, _WITHIN):
        chunks = [c for chunk in pattern.split(text) if (c := chunk.strip(" ,"))]
        parts = [part for chunk in chunks for part in listed(chunk)]
        certain = pattern is _AND or any(map(known, parts))
        if len(chunks) > 1 and certain and all(map(sound, parts)):
            return tuple(parts)
    return tuple(listed(text))


def _is_full(name: str) -> bool:
    """Whether it is more than a word: nobody is called by a comma's half."""
    if OWN_ORDER.search(name):
        return len(name) > 1
    return len(name.split()) > 1 or (is_key(name) and not name.isalnum())


def _joined(parts: list[str], known: Callable[[str], bool]) -> list[str]:
    """Parts of a list, "Jr." back at the name before it, and the halves of a known "Bell, Ada"."""
    made: list[str] = []
    for part in parts:
        if made and (_is_suffix(part) or known(f"{made[-1]}, {part}")):
            made[-1] += f", {part}"
        else:
            made.append(part)
    return made


# -- filing

_PARTICLES = frozenset(
    "van von vom vander und zu zum zur der den dem des de da das do dos di du del della delle "
    "dello dei degli dal dalla la las le les lo los ten ter te 't op aan af av til bin ibn bint "
    "al el".split()
)
_ELIDED = re.compile(r"(?:d|l|dell|dall|degl|all)['’](?=\w)|(?:al|el)-(?=\w)")
_SUFFIXES = frozenset("jr sr jnr snr esq phd md".split())
_NUMERALS = frozenset("II III IV VI VII VIII".split())


def _is_suffix(word: str) -> bool:
    return word in _NUMERALS or word.replace(".", "").casefold() in _SUFFIXES


def _is_particle(word: str) -> bool:
    return word.casefold().replace("’", "'") in _PARTICLES


def filed(name: str) -> str:
    """How a name is filed where the people file does not say.

    Last word first, particles in lower case behind the given names ("Meer, Ilse van der"), those
    with a capital before the surname ("De Niro, Robert"), "Jr." and numerals last; surnames that
    y joins stay whole (The Chicago Manual of Style, 17th edition, 16.71 and following). A single
    name is filed as it is, and one in Han, kana or Hangul, which begins with the family's. Where
    a surname has two words without y, nobody can tell: the people file does.
    """
    words = name.replace(", ", " ").split() if _ends_in_suffix(name) else name.split()
    if "," in "".join(words) or (OWN_ORDER.search(name) and not _LATIN.search(name)):
        return name
    suffixes: list[str] = []
    while len(words) > 2 and _is_suffix(words[-1]):
        suffixes.insert(0, words.pop())
    at = len(words) - 1
    if _is_suffix(name.rpartition(" ")[2]) and not suffixes:
        return name
    if at > 1 and words[at - 1] in ("y", "i"):
        at -= 2
    while at > 1 and _is_particle(words[at - 1]) and words[at - 1][0].isupper():
        at -= 1
    start = at
    while start > 0 and _is_particle(words[start - 1]) and not words[start - 1][0].isupper():
        start -= 1
    if start < 1:
        return name
    surname, given = " ".join(words[at:]), " ".join(words[:at])
    if elided := _ELIDED.match(surname):
        surname, given = surname[elided.end() :], f"{given} {elided[0]}"
    return ", ".join((surname, given, *suffixes))


def _ends_in_suffix(name: str) -> bool:
    before, comma, last = name.rpartition(",")
    return bool(comma) and "," not in before and _is_suffix(last.strip())
