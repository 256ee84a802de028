"""Who wrote it: bylines, introductions, and what is said about the author."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from reelpress.intake.pasted.blocks import Block
from reelpress.intake.pasted.names import is_name, leading_name, names_in

_BY = (
    r"(?:(?:written|reviewed|posted|review|words|text|article|published|story|contributed)\s+)?by"
    r"|authors?|reviewer|critic|writer|von|text|autor(?:in)?|par|texte de|por|di|door|av|af|מאת"
)
_BYLINE = re.compile(
    rf"(?:{_BY})(?:\s*:\s*|\s+)(?P<names>[^|·•\d]{{2,90}}?)(?P<rest>\s*(?:[|·•,–—-]|on\b).*)?", re.I
)
_HEAD = re.compile(
    r"(?:about|meet) the (?:authors?|reviewers?|critics?|writers?)\s*:?|(?:about|meet) me\s*:?"
    r"|author(?:'s|’s)? bio(?:graphy)?\s*:?|über (?:den autor|die autorin|mich)\s*:?|zum autor\s*:?"
    r"|à propos (?:de l['’]auteure?|de moi)\s*:?|sobre (?:el autor|la autora|mí)\s*:?"
    r"|על הכותבת?\s*:?",
    re.I,
)
_ABOUT = re.compile(rf"(?:{_HEAD.pattern})\s+(?P<bio>\S.*)", re.I)
_GREETING = (
    r"(?:(?:hi|hello|hey|greetings|welcome|hallo|guten tag|bonjour|salut|hola|ciao|שלום)"
    r"(?: there| everyone| all| folks)?\s*[!,.–—-]*\s*)"
)
_SELF = (
    r"(?:i['’]m|i am|my name is|my name['’]s|we['’]re|we are|our names are|ich bin"
    r"|ich heiße|mein name ist|je m['’]appelle|je suis|me llamo|mi nombre es|soy|mi chiamo|sono"
    r"|שמי|קוראים לי|אני)"
)
_INTRODUCES = re.compile(rf"(?P<greets>{_GREETING})?(?P<self>{_SELF})\s+(?P<rest>.+)", re.I)
_NAMES_ITSELF = re.compile(
    r"my name|our names|ich heiße|mein name|m['’]appelle|me llamo|mi nombre|mi chiamo|שמי|קוראים",
    re.I,
)
_OWN = re.compile(
    r"\b(?:i|i['’]m|i['’]ve|i['’]d|my|me|we|our|us|ich|mein\w*|mich|wir|je|j['’]\w+|mon|ma|mes|moi"
    r"|nous|yo|mi|mis|he|she|they|his|her|their|er|sie|il|elle)\b|אני|שלי",
    re.I,
)
_CALLING = re.compile(
    r"\b(?:writ(?:e|es|er|ers|ing)|wrote|blog\w*|critic\w*|review(?:s|er|ing)?|journalist\w*|author"
    r"|freelance\w*|teach\w*|student|lives?|living|born|love[sd]?|fan|passion\w*|movies?|films?|cinema"
    r"|watch\w*|schreib\w*|autor\w*|kritiker\w*|lebt?|écri\w*|critique|cinéma|escrib\w*|escritor\w*"
    r"|crític\w*)\b|כותב|מבקר|סרטים",
    re.I,
)
_IS = re.compile(
    r"(?:\s+[\w'’.-]+){0,2}\s*,?\s+(?:is|was|has|writes|lives|loves|teaches|works|runs|edits|reviews"
    r"|ist|schreibt|lebt|est|écrit|vit|es|escribe|vive)\b"
)
_GOES_ON = re.compile(
    r"\s*(?:[,.;:!–—(-]|(?:and|&|from|und|et|y|e|i|a|an|ein|eine|un|une|una|the|your)\b|$)", re.I
)
_SURELY = 200
"""Characters of a block that is a paragraph of a review for sure."""
_SENTENCE = re.compile(r"(?<=[.!?…])[\"'”’)]*\s+(?=[\"'“‘(]?[^\W\d_a-z])")
_LONGEST = 900


@dataclass(slots=True)
class People:
    """Who wrote a page, as far as its blocks say."""

    names: list[str] = field(default_factory=list)
    bios: dict[str, list[str]] = field(default_factory=dict)
    """Name -> sentences."""
    filled: dict[int, str] = field(default_factory=dict)
    """Block -> where it went."""
    rests: dict[int, tuple[str, str]] = field(default_factory=dict)
    """Block of which only the beginning is an introduction -> that beginning, and the rest."""
    dates: dict[int, str] = field(default_factory=dict)
    """Block -> what stands behind a name in a byline: a date, as a rule."""
    introduced: list[tuple[str, int]] = field(default_factory=list)
    """Whose introduction was taken, and on which line it stands."""

    def add(self, names: Sequence[str]) -> None:
        """Take names in that are not yet there; a longer form of one stands for it."""
        for name in names:
            for at, known in enumerate(self.names):
                if _same(name, known):
                    if len(name) > len(known):
                        self.names[at] = name
                        self.bios[name] = self.bios.pop(known, [])
                    break
            else:
                self.names.append(name)


def _same(one: str, other: str) -> bool:
    """Whether two names may be one person's: one has all the words of the other."""
    first, second = ({word.strip(".,").lower() for word in name.split()} for name in (one, other))
    return first <= second or second <= first


def people_of(
    blocks: Sequence[Block], passed: Sequence[bool], films: Sequence[str], also: Sequence[str]
) -> People:
    """Who wrote it; `films` are titles of which an introduction does not speak, `also` names that
    other lines give (a copyright line)."""
    found = People()
    inside = _inside(blocks, passed)
    top = next((at for at, b in enumerate(blocks) if len(b.text) > _SURELY), len(blocks))
    for at, block in enumerate(blocks):
        if not passed[at] and not (at in inside and len(block.text) > 60):
            _byline(at, block, found, above=at < top)
    found.add(also)
    for at, block in enumerate(blocks):
        if not passed[at] and at not in found.filled:
            _introduction(at, block, films, found)
    for at in range(len(blocks)):
        if not passed[at] and at not in found.filled:
            _about(at, blocks, passed, films, found)
    for at, block in enumerate(blocks):
        if not passed[at] and at not in found.filled and block.text.strip(" -–—*") in found.names:
            found.filled[at] = "the author's name, by itself"
    return found


def _inside(blocks: Sequence[Block], passed: Sequence[bool]) -> set[int]:
    """The blocks between the first and the last long one: the review's own body."""
    long = [at for at, block in enumerate(blocks) if not passed[at] and len(block.text) > _SURELY]
    return set(range(long[0], long[-1] + 1)) if long else set()


def byline_of(line: str, *, above: bool = False) -> tuple[tuple[str, ...], str]:
    """Whom a line names as its author, and what stands behind the names; nobody where it is no
    such line. A name of one word is taken `above` a review, or behind a colon."""
    text = line.strip(" *_–—-|")
    match = _BYLINE.fullmatch(text)
    if match is None:
        return (), ""
    least = 1 if ":" in text[:20] or (above and text[:2].lower() == "by") else 2
    names = names_in(match["names"].strip(" .,"), least=least)
    return names, (match["rest"] or "").strip(" |·•,–—-")


def _byline(at: int, block: Block, found: People, *, above: bool) -> None:
    """A line that names who wrote it."""
    names, rest = byline_of(block.text, above=above)
    if not names:
        return
    found.add(names)
    found.filled[at] = "reviewer"
    if rest:
        found.dates[at] = rest


def _introduction(at: int, block: Block, films: Sequence[str], found: People) -> None:
    """A block in which somebody says who he or she is."""
    text = block.text.strip(" *_")
    match = _INTRODUCES.match(text)
    if match is None or len(text) > _LONGEST:
        return
    names = _introduced(match["rest"])
    title = any(film and text.lower().startswith(film.lower()) for film in films)
    if not names or title:
        return
    known = any(_same(name, other) for name in names for other in found.names)
    names_itself = match["greets"] or _NAMES_ITSELF.match(match["self"])
    if not (known or names_itself or _OWN.search(match["rest"])):
        return
    own, rest = _own_sentences(text, films, names)
    if not own or not (known or _CALLING.search(own) or names_itself):
        return
    found.add(names)
    _give(own, names, found)
    found.introduced.append((" and ".join(names), block.line))
    found.filled[at] = "the biography"
    if rest:
        found.rests[at] = own, rest


def _introduced(rest: str) -> tuple[str, ...]:
    """The names with which an introduction goes on: one, or two with "and" between them."""
    first = leading_name(rest)
    if not first:
        return ()
    after = rest[len(first) :]
    if not _GOES_ON.match(after):  # "I Am Legend is a film …"
        return ()
    second = re.match(r"\s*,?\s*(?:and|&|und|et|y|e)\s+(?=[^\W\d_a-z])", after)
    other = leading_name(after[second.end() :]) if second else ""
    return (first, other) if other and is_name(other, least=2) else (first,)


def _own_sentences(text: str, films: Sequence[str], names: Sequence[str]) -> tuple[str, str]:
    """The sentences at a block's beginning that speak of the author, and the others."""
    ends = [0, *(match.end() for match in _SENTENCE.finditer(text)), len(text)]
    upto = 0
    for start, end in pairwise(ends):
        sentence = text[start:end]
        if any(film and film.lower() in sentence.lower() for film in films):
            break
        named = any(word in sentence for name in names for word in name.split())
        if start and not (named or _OWN.search(sentence)):
            break
        upto = end
    return text[:upto].strip(), text[upto:].strip()


def _about(
    at: int, blocks: Sequence[Block], passed: Sequence[bool], films: Sequence[str], found: People
) -> None:
    """What is said about the author: under a head of its own, or beginning with the name."""
    text = blocks[at].text.strip(" *_#")
    about = _ABOUT.fullmatch(text)
    if about:
        names = _names_at(about["bio"], found)
        found.add(names)
        _give(about["bio"], names or found.names, found)
        found.filled[at] = "the biography"
        return
    if _is_head(text, found):
        after = at + 1
        if after < len(blocks) and not passed[after] and after not in found.filled:
            own = blocks[after].text
            names = _names_at(own, found) or tuple(found.names)
            if names and len(own) <= _LONGEST:
                found.add(names)
                _give(own, names, found)
                found.filled |= {at: "the head of the biography", after: "the biography"}
        return
    names = tuple(name for name in found.names if text.startswith(name))
    if names and len(text) <= _LONGEST and _IS.match(text[len(names[0]) :]):
        own, rest = _own_sentences(text, films, found.names)
        if own and not rest:
            _give(own, names, found)
            found.filled[at] = "the biography"


def _is_head(text: str, found: People) -> bool:
    bare = re.sub(r"^(?:about|meet|über|à propos de|sobre)\s+", "", text, flags=re.I).strip(" :")
    return _HEAD.fullmatch(text) is not None or (bare != text and bare in found.names)


def _names_at(text: str, found: People) -> tuple[str, ...]:
    """Whose biography begins so."""
    match = _INTRODUCES.match(text)
    name = leading_name(match["rest"] if match else text)
    known = tuple(other for other in found.names if name and _same(name, other))
    if known:
        return known
    return (name,) if name and is_name(name, least=2) else ()


def _give(text: str, names: Sequence[str], found: People) -> None:
    """A biography to whom it speaks of: each sentence to the one it begins with, if to one."""
    names = [next((n for n in found.names if _same(n, name)), name) for name in names]
    if len(found.names) < 2 or len(names) > 1:
        parts = _by_name(text, found.names)
        if len(parts) > 1:
            for name, said in parts.items():
                found.bios.setdefault(name, []).append(said)
            return
    for name in names:
        found.bios.setdefault(name, []).append(text)


def _by_name(text: str, names: Sequence[str]) -> dict[str, str]:
    """The sentences of a text by the person with whose name they begin, where all do."""
    parts: dict[str, list[str]] = {}
    whose = ""
    for sentence in _SENTENCE.split(text):
        begun = leading_name(sentence)
        whose = next((n for n in names if begun and _same(begun, n)), whose)
        if not whose:
            return {}
        parts.setdefault(whose, []).append(sentence)
    return {name: " ".join(said) for name, said in parts.items()}
