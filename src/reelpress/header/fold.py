"""Short forms and synonyms: whatever way a thing is written, it becomes the models' long form."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
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
    "PersonEntry": synonyms.PERSON,
    "OriginalTitle": synonyms.ORIGINAL_TITLE,
}


@dataclass(frozen=True, slots=True)
class Shape:
    """What folding has to know of one field."""

    inner: type[BaseModel] | None
    """The model it speaks of."""
    annotation: str
    lengthened: bool
    """Whether a word may stand for its mapping."""


@cache
def shapes(model: type[BaseModel]) -> dict[str, Shape]:
    """Each field of a model."""
    made = {}
    for key, field in model.model_fields.items():
        text = str(field.annotation)
        short = key in synonyms.SHORT and "list[" not in text
        made[key] = Shape(_model_in(field.annotation), text, short)
    return made


def fold(mapping: Mapping, model: type[BaseModel], noticed: list[Finding]) -> None:
    """Bring short forms and synonyms into the long form, in place."""
    words = WORDS.get(model.__name__, {})
    known = shapes(model)
    for key in [k for k in mapping.items if k in words and k not in known]:
        _move(mapping, key, words[key].split("."), noticed)
    if model is Review:  # `film: Title` beside `year: 1995`: the title joins the mapping
        _lengthen(mapping, "film")
    for key in list(mapping.items):
        shape = known.get(key)
        if shape is None or shape.inner is None:
            continue
        if shape.lengthened:
            _lengthen(mapping, key)
        value = mapping.items[key]
        if shape.inner in _NAMED:
            value = mapping.items[key] = _named(value, _NAMED[shape.inner])
        for each in mappings_at(value, shape):
            fold(each, shape.inner, noticed)


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
        if key == "review" and isinstance(item, Mapping) and len(item.items) == 1:
            ((name, value),) = item.items.items()
            if isinstance(value, Scalar) and value.text is None:
                # `- blog:` is a mapping to YAML; what is meant is all of that source.
                return Mapping({key: Scalar(f"{name}:", item.place)}, item.place, {key: item.place})
        if isinstance(item, Scalar) and item.text is not None:
            return Mapping({key: item}, item.place, {key: item.place})
        return item

    if isinstance(node, Sequence):
        return Sequence(tuple(long(i) for i in node.items), node.place)
    return long(node)


def _model_in(annotation: object) -> type[BaseModel] | None:
    """The model that a field's annotation speaks of, if it does."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for argument in get_args(annotation):
        if (inner := _model_in(argument)) is not None:
            return inner
    return None


def mappings_at(node: Node, shape: Shape) -> list[Mapping]:
    """The mappings in `node` that are of the field's model: it, its items, its values."""
    if isinstance(node, Sequence):
        return [item for item in node.items if isinstance(item, Mapping)]
    if not isinstance(node, Mapping):
        return []
    if "dict[" in shape.annotation:
        return [value for value in node.items.values() if isinstance(value, Mapping)]
    return [node]
