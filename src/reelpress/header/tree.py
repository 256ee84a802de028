"""Our fields in a header's nodes: where they stand under whatever name, set, and taken away."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from unicodedata import normalize

from pydantic import BaseModel

from reelpress.findings import Place
from reelpress.header import synonyms
from reelpress.header.encoding import without_controls
from reelpress.header.fold import WORDS, shapes
from reelpress.header.formats import Review
from reelpress.header.paths import says
from reelpress.header.yaml_nodes import Mapping, Node, Scalar, Sequence


@cache
def known_fields() -> frozenset[str]:
    """The dotted names of all fields of a review; of what is a mapping of anything, its own."""
    return frozenset(_fields(Review, ""))


def _fields(model: type[BaseModel], above: str) -> Iterator[str]:
    for key, shape in shapes(model).items():
        yield above + key
        if shape.inner is not None and "list[" not in shape.annotation:
            yield from _fields(shape.inner, f"{above}{key}.")


def our(name: str) -> str:
    """A field by its dotted name, or by a short form of it (`year`); empty where there is none."""
    meant = synonyms.REVIEW.get(name, name)
    top = meant.partition(".")[0]
    if meant in known_fields() or meant.startswith("film.ids.") or top == "extra" != meant:
        return meant
    return ""


def meaning(key: str) -> str:
    """The field that a header's key natively is; empty for one that reelpress does not know."""
    return key if key in shapes(Review) else synonyms.REVIEW.get(key, "")


def text_of(node: Node) -> str:
    """The text of a node, without spaces around it; empty where it is none."""
    return (node.text or "").strip() if isinstance(node, Scalar) else ""


def natively(tree: Mapping, name: str, model: type[BaseModel]) -> Iterator[tuple[Mapping, str]]:
    """Where a header says a field of `model`, under our name or another word: mapping and key."""
    words, known = WORDS.get(model.__name__, {}), shapes(model)
    for key, value in list(tree.items.items()):
        meant = key if key in known else words.get(key, "")
        if meant == name:
            yield tree, key
        elif meant and name.startswith(f"{meant}."):
            rest, top = name.removeprefix(f"{meant}."), known.get(meant)
            if isinstance(value, Mapping) and top is not None and top.inner is not None:
                yield from natively(value, rest, top.inner)
            elif isinstance(value, Mapping) and rest in value.items:
                yield value, rest
            elif isinstance(value, Scalar) and synonyms.SHORT.get(meant) == rest:
                yield tree, key


def drop(tree: Mapping, way: tuple[str, ...]) -> None:
    """Take away what stands at a way, and mappings that hold nothing without it."""
    key, *rest = way
    if key not in tree.items or any(step.startswith("[") for step in rest[:-1]):
        return
    below = tree.items[key]
    if rest and isinstance(below, Mapping):
        drop(below, tuple(rest))
        if below.items:
            return
    elif rest:
        return
    del tree.items[key], tree.keys[key]


def put(tree: Mapping, name: str, node: Node, place: Place) -> None:
    """Set a field by its dotted name; a word that stands for a mapping becomes one."""
    *above, last = name.removeprefix("extra.").split(".")
    inside = tree
    for step in above:
        if step not in inside.items:
            other = next(
                (k for k in inside.items if k not in shapes(Review) and meaning(k) == step), ""
            )
            value: Node = inside.items.pop(other) if other else Mapping({}, place)
            inside.keys[step] = inside.keys.pop(other) if other else place
            inside.items[step] = value
        below = inside.items[step]
        if isinstance(below, Scalar) and (short := synonyms.SHORT.get(step)):
            held = {short: below} if says(below) else {}
            keys = dict.fromkeys(held, inside.keys[step])
            below = inside.items[step] = Mapping({**held}, below.place, keys)
        if not isinstance(below, Mapping) and not says(below):
            below = inside.items[step] = Mapping({}, place)
        if not isinstance(below, Mapping):
            return  # a list where a mapping belongs: validation says so
        inside = below
    inside.items[last], inside.keys[last] = node, place


def as_node(value: object, place: Place) -> Node:
    """Plain data as nodes that all stand where the key does that asked for them."""
    if isinstance(value, dict):
        items = {str(key): as_node(inner, place) for key, inner in value.items()}
        return Mapping(items, place, dict.fromkeys(items, place))
    if isinstance(value, list):
        return Sequence(tuple(as_node(item, place) for item in value), place)
    if isinstance(value, bool):
        return Scalar(str(value).lower(), place, plain=True)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if value is None:
        return Scalar(None, place)
    text = without_controls(str(value))
    if not text.isascii():
        text = normalize("NFC", text)
    return Scalar(text, place, plain=not isinstance(value, str))
