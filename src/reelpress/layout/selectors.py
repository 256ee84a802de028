"""What the selectors of a print style sheet ask of a section's neighbours.

A section is set by itself. It knows its own kind, its classes, and of the section just before it
the classes and the level; a selector that asks for more matches nothing, or too much.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import tinycss2
from tinycss2.ast import LiteralToken

HTML, BODY, SECTION, OTHER = "html", "body", "section", "other"
Kinds = frozenset[str]
"""What a selector can match: `HTML`, `BODY`, a `SECTION` of the galley, or anything `OTHER`."""

Fault = tuple[Any, str, str]
"""The token that asks for too much, what it is, and why it can't work."""

_OUTER = frozenset({"", HTML, BODY, SECTION})
"""Elements (or none named) that are not within a section."""
_SECTIONS = frozenset({"front", "body", "back", "review", "part"})
"""Classes that, with no other element around, mean a section."""
_STUB = frozenset({"class", "data-level"})
"""What stands for the section before bears these attributes."""
_PLACES = frozenset(
    "first-child last-child only-child nth-child nth-last-child "
    "first-of-type last-of-type only-of-type nth-of-type nth-last-of-type".split()
)
_ANY = frozenset({"is", "where", "not", "matches", "-webkit-any"})

_PARENT = LiteralToken(1, 1, "&")

_ALONE = "each section is set by itself, and knows no place among the others"
_BEFORE = "of the sections before it, a section knows only the last (use +)"
_KNOWN = "of the section before, only the classes and data-level are known"
_AFTER = "a section knows nothing of what comes after it"
_WHOLE = "it sees one section only, and not the whole book"


@dataclass(slots=True)
class _Compound:
    """Simple selectors that all speak of one element, and how it stands to the one before."""

    combinator: str
    at: Any
    tokens: list[Any]
    inside: bool = False
    """Within a section, and so none itself."""
    kinds: Kinds = frozenset()


def judge(prelude: list[Any], parents: Kinds | None = None) -> tuple[Kinds, list[Fault]]:
    """What a list of selectors can match, and what in it asks for too much.

    `parents` is what the rule around it matches, where it is nested in one.
    """
    chains = _chains(prelude)
    for chain in chains:
        if parents is not None and not any("&" in c.tokens for c in chain):
            chain[0].combinator = chain[0].combinator or " "
            chain.insert(0, _Compound("", None, [_PARENT]))
    _name(chains, parents)
    return _subjects(chains), list(_faults(chains, parents))


def split(tokens: Iterable[Any]) -> list[list[Any]]:
    """Tokens, divided at their commas."""
    groups: list[list[Any]] = [[]]
    for token in tokens:
        if token == ",":
            groups.append([])
        else:
            groups[-1].append(token)
    return groups


def _subjects(chains: list[list[_Compound]]) -> Kinds:
    return frozenset(kind for chain in chains for kind in chain[-1].kinds)


def _faults(chains: list[list[_Compound]], parents: Kinds | None) -> Iterator[Fault]:
    for chain in chains:
        for before, compound in zip([None, *chain], chain, strict=False):
            yield from _related(before, compound)
            yield from _pseudo(compound, parents)


def _chains(tokens: list[Any]) -> list[list[_Compound]]:
    return [chain for group in split(tokens) if (chain := _chain(group))]


def _chain(tokens: list[Any]) -> list[_Compound]:
    chain: list[_Compound] = []
    combinator, at = "", None
    for token in tokens:
        if token.type in ("whitespace", "comment"):
            combinator = combinator or " "
        elif token in (">", "+", "~"):
            combinator, at = token.value, token
        elif combinator or not chain:
            chain.append(_Compound(combinator if chain or at else "", at, [token]))
            combinator, at = "", None
        else:
            chain[-1].tokens.append(token)
    return chain


def _name(
    chains: list[list[_Compound]],
    parents: Kinds | None,
    inside: bool = False,
    same: Kinds = frozenset(),
) -> None:
    """Say of each compound what it can match.

    `inside` says whether all of it stands within a section; `same`, what the last compounds are
    known to be (in `:not()` and the like).
    """
    for chain in chains:
        before: _Compound | None = None
        within = inside
        for compound in chain:
            within = within or (before is not None and _within(before, compound.combinator))
            compound.inside = within
            own = _own(compound.tokens, parents, within)
            if before is not None and OTHER in own and not within:
                if compound.combinator == ">" and BODY in before.kinds:
                    own = _section(own, before.kinds == {BODY})
                elif compound.combinator in ("+", "~") and SECTION in before.kinds:
                    own = _section(own, before.kinds == {SECTION})
            compound.kinds = own
            before = compound
        chain[-1].kinds = same or chain[-1].kinds
        for left, right in zip(chain[-2::-1], chain[:0:-1], strict=False):
            if right.combinator in ("+", "~") and SECTION in right.kinds:
                left.kinds = _section(left.kinds, right.kinds == {SECTION})


def _within(before: _Compound, combinator: str) -> bool:
    """Whether what follows a compound stands within a section."""
    if combinator in ("+", "~"):
        return _type(before.tokens) not in _OUTER
    return not before.kinds & {HTML, BODY}


def _section(kinds: Kinds, only: bool) -> Kinds:
    return frozenset({SECTION}) if only else kinds | {SECTION}


def _own(tokens: list[Any], parents: Kinds | None, inside: bool) -> Kinds:
    """What a compound can match by itself."""
    if "&" in tokens:
        return parents if parents is not None else frozenset({HTML})
    kind = _type(tokens)
    if kind == SECTION:
        return frozenset({OTHER if inside else SECTION})
    if kind:
        return frozenset({kind if kind in _OUTER else OTHER})
    classes = {t.value for dot, t in pairwise(tokens) if dot == "." and t.type == "ident"}
    level = any(t.type == "[] block" and _attribute(t) == "data-level" for t in tokens)
    if not inside and (classes & _SECTIONS or level):
        return frozenset({SECTION})
    found: set[str] = set()
    for _, pseudo in _pseudos(tokens):
        if pseudo.type == "ident" and pseudo.lower_value == "root":
            return frozenset({HTML})
        inner = _inner(pseudo)
        if inner and pseudo.lower_name != "not":
            chains = _chains(inner)
            _name(chains, parents, inside)
            found |= _subjects(chains)
    if found:
        return frozenset(found)
    named = classes - {"draft"} or any(t.type == "hash" for t in tokens)
    return frozenset({OTHER} if named else {HTML, OTHER})


def _type(tokens: list[Any]) -> str:
    """The name of the element, in lower case; "" for any."""
    if "|" in tokens:
        tokens = tokens[tokens.index("|") + 1 :]
    return str(tokens[0].lower_value) if tokens and tokens[0].type == "ident" else ""


def _attribute(block: Any) -> str:
    return next((str(t.lower_value) for t in block.content if t.type == "ident"), "")


def _inner(pseudo: Any) -> list[Any]:
    """The selectors within `:is()` and the like, or after the `of` of `:nth-child()`."""
    if pseudo.type != "function":
        return []
    if pseudo.lower_name in _ANY:
        return list(pseudo.arguments)
    if pseudo.lower_name in _PLACES:
        for index, token in enumerate(pseudo.arguments):
            if token.type == "ident" and token.lower_value == "of":
                return list(pseudo.arguments[index + 1 :])
    return []


def _related(before: _Compound | None, compound: _Compound) -> Iterator[Fault]:
    """Faults in how a section stands to another."""
    if before is None or SECTION not in compound.kinds | before.kinds:
        return
    if compound.combinator == "~":
        yield compound.at, "~ between sections", _BEFORE
    if compound.combinator == "+":
        if before.combinator == "+":
            yield compound.at, "A second + between sections", _BEFORE
        for shown in _unknown(before.tokens):
            yield shown[0], _shown(*shown), _KNOWN


def _unknown(tokens: list[Any]) -> Iterator[tuple[Any, ...]]:
    """What is asked of the section before that it does not tell."""
    for token in tokens:
        if token.type == "hash" or (token.type == "[] block" and _attribute(token) not in _STUB):
            yield (token,)
    for colon, pseudo in _pseudos(tokens):
        if inner := _inner(pseudo):
            yield from _unknown(inner)
        elif _named(pseudo) not in _PLACES:
            yield colon, pseudo


def _pseudos(tokens: list[Any]) -> Iterator[tuple[Any, Any]]:
    """Each pseudo-class: its colon, and its name or function."""
    for colon, token in pairwise(tokens):
        if colon == ":" and token.type in ("ident", "function"):
            yield colon, token


def _named(pseudo: Any) -> str:
    return str(pseudo.lower_name if pseudo.type == "function" else pseudo.lower_value)


def _pseudo(compound: _Compound, parents: Kinds | None) -> Iterator[Fault]:
    """Faults in what a compound says of its element's place and surroundings."""
    kinds = compound.kinds
    for colon, pseudo in _pseudos(compound.tokens):
        name = _named(pseudo)
        if name in _PLACES and SECTION in kinds:
            yield colon, f"{_shown(colon, pseudo)} on a section", _ALONE
        elif name == "has" and kinds and kinds <= {HTML, BODY}:
            yield colon, f":has() on {min(kinds)}", _WHOLE
        elif name == "has" and SECTION in kinds:
            for group in split(pseudo.arguments):
                first = next((t for t in group if t.type != "whitespace"), None)
                if first in ("+", "~"):
                    yield first, f"{_shown(colon, pseudo)} on a section", _AFTER
        elif inner := _inner(pseudo):
            sure = kinds == {SECTION} or kinds <= {HTML, BODY}
            chains = _chains(inner)
            _name(chains, parents, compound.inside, kinds if sure else frozenset())
            yield from _faults(chains, parents)


def _shown(*tokens: Any) -> str:
    text = " ".join(tinycss2.serialize(tokens).split())
    return text if len(text) <= 40 else f"{text[:39]}…"
