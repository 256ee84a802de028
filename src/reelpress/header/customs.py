"""Other generators' customs, brought to ours: what says that a text is no more than a draft, where
tags stand, what is empty, what is wrapped in lists, links or marks that have no place in a title.

    nodes ── before synonyms are folded: `customs` ──▶ nodes ── after: `plainly` ──▶ nodes
"""

from __future__ import annotations

import re

from pydantic import BaseModel

from reelpress.header.dialects import key_of
from reelpress.header.fold import WORDS, mappings_at, shapes
from reelpress.header.formats import Review
from reelpress.header.synonyms import TAGS
from reelpress.header.titles import unmarked, wikilinks
from reelpress.header.yaml_nodes import Mapping, Node, Scalar, Sequence

_SHOWN = ("published", "publish", "public", "dg-publish")
"""Jekyll's, Obsidian's: false where nobody is to see it."""
_HIDDEN = ("archived", "private", "unpublished", "eleventyExcludeFromCollections")
"""True where nobody is to see it."""
_UNFINISHED = frozenset(
    "draft drafts wip unfinished private pending hidden trash archived auto-draft future todo idea "
    "skip".split()
)
"""Words for the state of a text that is not out: Pelican's, WordPress's, people's own."""
_FINISHED = frozenset("published publish public live done final finished".split())
_TRUE = frozenset("true yes on 1".split())
_FALSE = frozenset("false no off 0".split())
WITHIN = ("taxonomies", "extra", "params")
"""Zola's and Hugo's tables, in which a header's own keys stand too."""
_HASHES = re.compile(r"#[^\s#,]+(?:[\s,]+#[^\s#,]+)*")
_COMMAS = re.compile(r"\s*[,，、]\s*")


def customs(mapping: Mapping) -> None:
    """Bring what other generators' headers say into our words, in place."""
    for name in WITHIN:
        _lift(mapping, name)
    for key in list(mapping.items):
        other = key if key in _KNOWN else _spelled(key)
        if other not in _KNOWN:
            continue
        if _is_empty(mapping.items[key]):
            _drop(mapping, key)
        elif other not in mapping.items:
            mapping.items = {other if k == key else k: v for k, v in mapping.items.items()}
            mapping.keys[other] = mapping.keys.pop(key)
    for key, value in mapping.items.items():
        if isinstance(value, Sequence) and key in _KNOWN:
            alone = _alone(value) if key in ("film", "movie") else value
            if isinstance(alone, Sequence):
                alone = Sequence(tuple(map(_alone, alone.items)), alone.place)
            mapping.items[key] = alone
    _state(mapping)
    _gather_tags(mapping)


_KNOWN = frozenset({*WORDS["Review"], *Review.model_fields, *TAGS})


def _spelled(key: str) -> str:
    """A key as our tables have it, whatever its case and signs: Title, :movie, first-published."""
    return key_of(key.removeprefix(":"))


def _lift(mapping: Mapping, name: str) -> None:
    inner = mapping.items.get(name)
    if not isinstance(inner, Mapping):
        return
    rest = Mapping({}, inner.place)
    for key, value in inner.items.items():
        free = key not in mapping.items and key not in WITHIN
        target = mapping if free else rest
        target.items[key], target.keys[key] = value, inner.keys[key]
    if rest.items:
        mapping.items[name] = rest
    else:
        _drop(mapping, name)


def _drop(mapping: Mapping, key: str) -> None:
    del mapping.items[key]
    mapping.keys.pop(key, None)


def _is_empty(node: Node) -> bool:
    if isinstance(node, Scalar):
        return node.text is None or not node.text.strip()
    if isinstance(node, Sequence):
        return all(map(_is_empty, node.items))
    return not node.items


def _alone(node: Node) -> Node:
    """The one thing in a list of one thing, however deep."""
    while isinstance(node, Sequence) and len(node.items) == 1:
        node = node.items[0]
    return node


# -- drafts


def _word(node: Node | None) -> str:
    node = _alone(node) if node is not None else None
    return (node.text or "").strip().casefold() if isinstance(node, Scalar) else ""


def _state(mapping: Mapping) -> None:
    """Every way to say that a text is not out is our `draft: true`."""
    unfinished: list[str] = []
    for key in _SHOWN:
        word = _word(mapping.items.get(key))
        if word in _FALSE:
            unfinished.append(key)
        elif word in _TRUE:
            _drop(mapping, key)
    for key in _HIDDEN:
        word = _word(mapping.items.get(key))
        if word in _TRUE:
            unfinished.append(key)
        elif word in _FALSE:
            _drop(mapping, key)
    if (word := _word(mapping.items.get("status"))) in _UNFINISHED:
        unfinished.append("status")
    elif word in _FINISHED:
        _drop(mapping, "status")
    if unfinished:
        place, at = mapping.keys[unfinished[0]], mapping.items[unfinished[0]].place
        for key in unfinished:
            _drop(mapping, key)
        mapping.keys["draft"], mapping.items["draft"] = place, Scalar("true", at, plain=True)


# -- tags


def _gather_tags(mapping: Mapping) -> None:
    """Tags, categories and keywords together, one list, without the signs before them."""
    keys = [key for key in TAGS if key in mapping.items]
    if not keys or (len(keys) == 1 and isinstance(mapping.items[keys[0]], Mapping)):
        return
    found: list[Node] = []
    seen: set[str] = set()
    for key in keys:
        for item in _words(mapping.items[key]):
            if isinstance(item, Scalar):
                text = unmarked(item.text or "").strip()
                text = text.lstrip("#") or text
                item = Scalar(text, item.place)
                if not text or text.casefold() in seen:
                    continue
                seen.add(text.casefold())
            found.append(item)
    first = keys[0]
    place = mapping.keys[first]
    node: Node = Sequence(tuple(found), mapping.items[first].place)
    for key in keys:
        _drop(mapping, key)
    if found:
        mapping.items["tags"], mapping.keys["tags"] = node, place


def _words(node: Node) -> list[Node]:
    """The items of a list; of a text the parts between its commas or its hashes."""
    if isinstance(node, Scalar):
        text = (node.text or "").strip()
        parts = text.replace(",", " ").split() if _HASHES.fullmatch(text) else _COMMAS.split(text)
        return [Scalar(part, node.place) for part in parts if part]
    return _flat(node)


def _flat(node: Node) -> list[Node]:
    if isinstance(node, Sequence):
        return [item for inner in node.items for item in _flat(inner)]
    return [node]


# -- values

_TITLES = frozenset(
    "title text romanised outlet name directors writers cast tags original_title".split()
)
"""Fields that are printed as plain text."""
_LINKED = frozenset("directors writers cast country languages".split())


def plainly(mapping: Mapping, model: type[BaseModel]) -> None:
    """Once short forms are folded: nothing empty, no list where one value belongs, no marks in
    titles and names; in place."""
    known = shapes(model)
    for key, shape in known.items():
        if key not in mapping.items:
            continue
        node = mapping.items[key]
        many = "list[" in shape.annotation
        if _is_empty(node):
            _drop(mapping, key)
            continue
        if not many:
            node = _alone(node)
        elif isinstance(node, Sequence):
            items = (_alone(item) for item in node.items if not _is_empty(item))
            node = Sequence(tuple(items), node.place)
        if shape.inner is not None:
            for each in mappings_at(node, shape):
                plainly(each, shape.inner)
        if key in _TITLES or key in _LINKED:
            node = _plain(node, many=many)
        mapping.items[key] = node


def _plain(node: Node, *, many: bool) -> Node:
    if isinstance(node, Sequence):
        parts = [_plain(item, many=False) for item in node.items]
        return Sequence(tuple(parts), node.place)
    if not isinstance(node, Scalar) or not node.text:
        return node
    if many and len(linked := wikilinks(node.text)) > 1:
        return Sequence(tuple(Scalar(name, node.place) for name in linked), node.place)
    text = unmarked(node.text)
    return node if text == node.text else Scalar(text, node.place, begins=node.begins)
