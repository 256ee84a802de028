"""What a print style sheet asks for that pages set section by section can't give.

Each section is set by itself, heads and folios apart from the text, and all of it is bound
afterwards. A sheet that asks a section for the rest of the book would get an answer, and a wrong
one: it is a finding.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import tinycss2

from reelpress.findings import Finding, Place, find
from reelpress.layout.selectors import BODY, HTML, SECTION, Kinds, judge, split

_COUNTING = frozenset({"counter-reset", "counter-increment", "counter-set"})
_TELLING = frozenset({"content", "string-set", "bookmark-label"})
_LOOKED_AT = _COUNTING | _TELLING | {"position"}
_NO_RULES = frozenset(
    "page font-face counter-style color-profile property font-feature-values "
    "font-palette-values".split()
)
"""At-rules that hold declarations, and not rules."""
_GIVEN = frozenset({"footnote", "list-item"})
"""Counters that begin by themselves, where they should."""

_TOTAL = "no section knows how many pages the book has"
_NUMBER = "only the margin boxes of @page know a page's number"
_OURS = "reelpress numbers the pages, the front matter from i and the body from 1"
_HEADS = "heads are set apart from the text; use string-set and string()"
_MARGIN = "margin boxes know no counter but page; use string-set and string()"
_TEXT = "the text may be in another section, of which only the pages are known"
_FAR = "of another section only the pages are known"
_ORDER = "sections can't be counted, since each is set by itself"
_AFRESH = "each section is set by itself, and begins it anew"


@dataclass(frozen=True, slots=True)
class _Said:
    """A declaration: where, of what."""

    name: str
    value: list[Any]
    path: str
    paper: bool
    """In @page, or in one of its margin boxes."""
    kinds: Kinds = frozenset()


@dataclass(slots=True)
class Paged:
    """Looks at the files of one print style sheet, one after the other."""

    noticed: list[Finding] = field(default_factory=list)
    said: list[_Said] = field(default_factory=list)
    own: dict[str, list[_Said]] = field(default_factory=dict)
    """Custom properties, which `var()` puts in."""

    def look(self, values: list[Any], path: str) -> None:
        """Read the component values of one file."""
        self._rules(tinycss2.parse_stylesheet(values, True, True), path, None, paper=False)

    def findings(self) -> tuple[Finding, ...]:
        """What can't work in all that was looked at. Findings: B007."""
        begun: set[str] = set()
        counted: set[str] = set()
        for said in self.said:
            if said.name in _COUNTING and not said.paper:
                names = self._names(said.path, said.value)
                if said.name == "counter-reset" and not said.kinds <= {HTML, BODY}:
                    begun |= names
                elif SECTION in said.kinds:
                    counted |= names
        begun |= _GIVEN
        noticed = list(self.noticed)
        for said in self.said:
            for path, token in self._tokens(said.path, said.value):
                for what, problem, hint in self._judged(said, path, token, begun, counted):
                    place = Place(path, token.source_line, token.source_column)
                    noticed.append(find("B007", place, what=what, problem=problem, hint=hint))
        return tuple(noticed)

    def _rules(self, nodes: list[Any], path: str, kinds: Kinds | None, *, paper: bool) -> None:
        for node in nodes:
            if node.type == "declaration":
                self._declared(node, path, kinds or frozenset(), paper)
            elif node.type == "qualified-rule" and not paper:
                own, faults = judge(node.prelude, kinds)
                for token, what, problem in faults:
                    place = Place(path, token.source_line, token.source_column)
                    self.noticed.append(find("B007", place, what=what, problem=problem))
                self._rules(_contents(node), path, own, paper=False)
            elif node.type == "at-rule" and node.content is not None:
                name = node.lower_at_keyword
                if name == "media" and not printed(node.prelude):
                    continue
                rules = kinds is None and not paper and name not in _NO_RULES
                inner = tinycss2.parse_rule_list(node.content) if rules else _contents(node)
                self._rules(inner, path, kinds, paper=paper or name == "page")

    def _declared(self, node: Any, path: str, kinds: Kinds, paper: bool) -> None:
        if node.name.startswith("--"):
            said = _Said(node.name, node.value, path, paper)
            self.own.setdefault(node.name, []).append(said)
            return
        name = node.lower_name.removeprefix("-weasy-")
        if name in _LOOKED_AT:
            self.said.append(_Said(name, node.value, path, paper, kinds))

    def _tokens(self, path: str, values: list[Any]) -> Iterator[tuple[str, Any]]:
        """All that a value holds, functions opened and variables put in, each with its file."""
        rest = [(path, token) for token in reversed(values)]
        met: set[str] = set()
        while rest:
            path, token = rest.pop()
            yield path, token
            inner = getattr(token, "arguments", None) or getattr(token, "content", None) or []
            rest += [(path, t) for t in reversed(inner)]
            if token.type == "function" and token.lower_name == "var":
                name = next((t.value for t in inner if t.type == "ident"), "")
                if name not in met:
                    met.add(name)
                    rest += [(o.path, t) for o in self.own.get(name, ()) for t in o.value]

    def _names(self, path: str, values: list[Any]) -> set[str]:
        found = {t.value for _, t in self._tokens(path, values) if t.type == "ident"}
        return {name for name in found if not name.startswith("--")}

    def _judged(
        self, said: _Said, path: str, token: Any, begun: set[str], counted: set[str]
    ) -> Iterator[tuple[str, str, str]]:
        """What of a declaration's value can't work, why, and a hint."""
        if said.name in _COUNTING:
            if token.type == "ident" and token.value in ("page", "pages"):
                yield f"{said.name}: {token.value}", _OURS, ""
        elif token.type == "function":
            parts = [self._names(path, part) for part in split(token.arguments)]
            name = token.lower_name
            if said.name == "position":
                if name == "running":
                    yield f"position: running({', '.join(sorted(parts[0]))})", _HEADS, ""
            elif name in ("counter", "counters"):
                for counter in sorted(parts[0]):
                    what = f"{name}({counter})"
                    yield from _counter(said, what, counter, begun, counted)
            else:
                yield from _elsewhere(said, name, parts)


def _counter(
    said: _Said, what: str, counter: str, begun: set[str], counted: set[str]
) -> Iterator[tuple[str, str, str]]:
    if counter == "pages":
        yield what, _TOTAL, ""
    elif counter == "page":
        if not said.paper:
            yield f"{what} in {said.name}", _NUMBER, ""
    elif said.paper:
        yield f"{what} in a margin box", _MARGIN, ""
    elif counter in counted - _GIVEN:
        yield what, _ORDER, ""
    elif counter not in begun:
        yield what, _AFRESH, f"if that is meant, say section {{ counter-reset: {counter} }}"


def _elsewhere(said: _Said, name: str, parts: list[set[str]]) -> Iterator[tuple[str, str, str]]:
    if name == "element":
        yield f"element({', '.join(sorted(parts[0]))})", _HEADS, ""
    elif name == "target-text":
        yield "target-text()", _TEXT, ""
    elif name in ("target-counter", "target-counters"):
        others = sorted(parts[1] - {"page"}) if len(parts) > 1 else []
        if others:
            yield f"{name}(…, {others[0]})", _FAR, ""
        elif said.paper:
            yield f"{name}() in a margin box", _HEADS, ""


def printed(media: list[Any]) -> bool:
    """Whether a media query may speak of pages."""
    tokens = [t for t in media if t.type != "whitespace"]
    if tokens and tokens[0].type == "ident" and tokens[0].lower_value == "only":
        tokens = tokens[1:]
    groups = split(tokens)
    types = [g[0].lower_value for g in groups if len(g) == 1 and g[0].type == "ident"]
    return len(types) < len(groups) or "print" in types or "all" in types


def _contents(node: Any) -> list[Any]:
    found: list[Any] = tinycss2.parse_blocks_contents(node.content, True, True)
    return found
