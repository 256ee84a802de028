"""Short forms and synonyms: whatever way a thing is written, it becomes the models' long form."""

from __future__ import annotations

from typing import get_args

from pydantic import BaseModel

from reelpress.findings import Finding, find
from reelpress.header import synonyms
from reelpress.header.formats import Contributor, Review
from reelpress.header.ticket import Entry
from reelpress.header.yaml_nodes import Mapping, Node, Scalar, Sequence

WORDS: dict[str, dict[str, str]] = {
    "Review": synonyms.REVIEW,
    "Film": synonyms.FILM,
    "Rights": synonyms.RIGHTS,
    "Ticket": synonyms.TICKET,
    "Contributor": synonyms.CONTRIBUTOR,
    "OriginalTitle": synonyms.ORIGINAL_TITLE,
}


def fold(mapping: Mapping, model: type[BaseModel], noticed: list[Finding]) -> None:
    """Bring short forms and synonyms into the long form, in place."""
    words = WORDS.get(model.__name__, {})
    for key in [k for k in mapping.items if k in words and k not in model.model_fields]:
        _move(mapping, key, words[key].split("."), noticed)
    if model is Review:  # `film: Title` beside `year: 1995`: the title joins the mapping
        _lengthen(mapping, "film")
    for key in list(mapping.items):
        field = model.model_fields.get(key)
        if field is None:
            continue
        inner = model_in(field.annotation)
        if inner is None:
            continue
        if key in synonyms.SHORT and "list[" not in str(field.annotation):
            _lengthen(mapping, key)
        value = mapping.items[key]
        if inner in _NAMED:
            value = mapping.items[key] = _named(value, _NAMED[inner])
        for each in mappings_at(value, field.annotation):
            fold(each, inner, noticed)


def _move(mapping: Mapping, key: str, path: list[str], noticed: list[Finding]) -> None:
    value, place = mapping.items.pop(key), mapping.keys.pop(key)
    inside = mapping
    for step in path[:-1]:
        if step not in inside.items:
            inside.items[step], inside.keys[step] = Mapping({}, place), place
        _lengthen(inside, step)
        below = inside.items[step]
        if not isinstance(below, Mapping):
            return  # a list where a mapping belongs: validation says so
        inside = below
    last = path[-1]
    known = {s for s, meant in WORDS["Film"].items() if meant == last} | {last}
    rival = next((k for k in known if k in inside.items), None)
    if rival is not None:
        noticed.append(find("H016", place, field=key, other=".".join([*path[:-1], rival])))
        return
    inside.items[last], inside.keys[last] = value, place


def _lengthen(mapping: Mapping, key: str) -> None:
    value = mapping.items.get(key)
    if isinstance(value, Scalar) and value.text is not None and key in synonyms.SHORT:
        inner = synonyms.SHORT[key]
        mapping.items[key] = Mapping({inner: value}, value.place, {inner: mapping.keys[key]})


_NAMED: dict[type[BaseModel], str] = {Contributor: "name", Entry: "review"}
"""What may be written as one word -> which field that word is."""


def _named(node: Node, key: str) -> Node:
    """Words alone become {name: …}, so that each has its place."""

    def long(item: Node) -> Node:
        if isinstance(item, Scalar) and item.text is not None:
            return Mapping({key: item}, item.place, {key: item.place})
        return item

    if isinstance(node, Sequence):
        return Sequence(tuple(long(i) for i in node.items), node.place)
    return long(node)


def model_in(annotation: object) -> type[BaseModel] | None:
    """The model that a field's annotation speaks of, if it does."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for argument in get_args(annotation):
        if (inner := model_in(argument)) is not None:
            return inner
    return None


def mappings_at(node: Node, annotation: object) -> list[Mapping]:
    """The mappings in `node` that are of the annotation's model: it, its items, its values."""
    if isinstance(node, Sequence):
        return [item for item in node.items if isinstance(item, Mapping)]
    if not isinstance(node, Mapping):
        return []
    if "dict[" in str(annotation):
        return [value for value in node.items.values() if isinstance(value, Mapping)]
    return [node]
