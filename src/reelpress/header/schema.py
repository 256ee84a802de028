"""JSON Schema of the hand-written formats, for editors."""

from __future__ import annotations

import ast
from collections import ChainMap
from collections.abc import Container, Iterator
from inspect import cleandoc, getsource
from itertools import pairwise
from typing import Any

from pydantic import BaseModel

from reelpress.header import formats, habits, imprint, synonyms, ticket
from reelpress.header.formats import PersonEntry, Review
from reelpress.header.imprint import ImprintFile
from reelpress.header.ready import map_names
from reelpress.header.ticket import Ticket

_NAMED = {
    "reviewer": "Contributor",
    "editors": "Contributor",
    "contributors": "Contributor",
    "reviews": "Entry",
    "join": "Join",
}
_WORDLESS = frozenset({"Join"})
"""Of these no word alone makes one."""
"""A field that holds many, each of which may be one word -> what each is."""
_SCALAR: dict[str, Any] = {"type": ["string", "number"]}
_SHORT_IN: dict[str, list[dict[str, Any]]] = {
    "Taken": [_SCALAR, {"type": "array", "items": _SCALAR}],
    "SourceFolder": [{"type": "string"}],
}
"""What the values of a mapping may also be written as, by their model."""
SCHEMAS = ("review", "ticket", "people", "imprint")


def schema(name: str) -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of `review`, `ticket`, `people` or `imprint`."""
    if name == "people":
        entry = PersonEntry.model_json_schema()
        _describe(entry)
        inner = entry.pop("$defs", {})
        document: dict[str, Any] = {"type": "object", "additionalProperties": entry, "$defs": inner}
    else:
        models: dict[str, type[BaseModel]] = {
            "review": Review,
            "ticket": Ticket,
            "imprint": ImprintFile,
        }
        model = models[name]
        document = model.model_json_schema()
        _describe(document)
    person = [document["additionalProperties"]] if name == "people" else []
    every = (document, *person, *document.get("$defs", {}).values())
    for each in every:
        _short_forms(each.get("properties", {}), document.get("$defs", {}).keys())
    if name == "review":
        for key, meant in synonyms.REVIEW.items():
            document["properties"].setdefault(key, {"description": f"the same as {meant}"})
    for each in every:
        for value in each.get("properties", {}).values():
            value.pop("title", None)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"reelpress: {name}",
        **{k: v for k, v in document.items() if k != "title"},
    }


def _describe(document: dict[str, Any]) -> None:
    """Put what stands under each field into the schema.

    Here and not in the models: pydantic would read the source whenever they are loaded.
    """
    said: dict[str, dict[str, str]] = {}
    for module in (formats, habits, imprint, ticket):  # what others are made of goes first
        for node in ast.parse(getsource(module)).body:
            if isinstance(node, ast.ClassDef):
                above = [said.get(b.id, {}) for b in node.bases if isinstance(b, ast.Name)]
                said[node.name] = dict(ChainMap(dict(_under_fields(node)), *above))
    for title, inner in ((document["title"], document), *document.get("$defs", {}).items()):
        for key, value in inner.get("properties", {}).items():
            if key in said[title]:
                value["description"] = said[title][key]


def _under_fields(model: ast.ClassDef) -> Iterator[tuple[str, str]]:
    for field, below in pairwise(model.body):
        if (
            isinstance(field, ast.AnnAssign)
            and isinstance(field.target, ast.Name)
            and isinstance(below, ast.Expr)
            and isinstance(below.value, ast.Constant)
        ):
            yield field.target.id, cleandoc(str(below.value.value))


def _short_forms(properties: dict[str, Any], models: Container[str]) -> None:
    """The short forms that `fold` takes are right in an editor too."""
    for key in synonyms.SHORT:
        if key in properties and properties[key].get("type") != "array":
            description = properties[key].pop("description", "")
            properties[key] = {"description": description, "anyOf": [_SCALAR, properties[key]]}
    for value in properties.values():
        each = value.get("additionalProperties")
        for model, short in _SHORT_IN.items():
            if each == {"$ref": f"#/$defs/{model}"}:
                value["additionalProperties"] = {"anyOf": [*short, each]}
    if properties.get("map", {}).get("type") == "string":
        properties["map"]["enum"] = list(map_names())
    for key, model in _NAMED.items():
        if key in properties and model in models:
            full = {"$ref": f"#/$defs/{model}"}
            one = full if model in _WORDLESS else {"anyOf": [_SCALAR, full]}
            properties[key] = {
                "description": properties[key].get("description", ""),
                "anyOf": [one, {"type": "array", "items": one}],
            }
