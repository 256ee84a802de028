"""JSON Schema of the hand-written formats, for editors."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from inspect import cleandoc, getsource
from itertools import pairwise
from typing import Any

from pydantic import BaseModel

from reelpress.header import formats, habits, imprint, synonyms, ticket
from reelpress.header.formats import PersonEntry, Review
from reelpress.header.imprint import ImprintFile
from reelpress.header.ticket import Ticket

_NAMED = {
    "reviewer": "Contributor",
    "editors": "Contributor",
    "contributors": "Contributor",
    "reviews": "Entry",
}
"""A field that holds many, each of which may be one word -> what each is."""
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
        _short_forms(each.get("properties", {}))
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
    said = {}
    for module in (formats, habits, imprint, ticket):
        for node in ast.parse(getsource(module)).body:
            if isinstance(node, ast.ClassDef):
                said[node.name] = dict(_under_fields(node))
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


def _short_forms(properties: dict[str, Any]) -> None:
    """The short forms that `fold` takes are right in an editor too."""
    for key in synonyms.SHORT:
        if key in properties and properties[key].get("type") != "array":
            description = properties[key].pop("description", "")
            short = {"type": ["string", "number"]}
            properties[key] = {"description": description, "anyOf": [short, properties[key]]}
    for key, model in _NAMED.items():
        if key in properties:
            one = {"anyOf": [{"type": ["string", "number"]}, {"$ref": f"#/$defs/{model}"}]}
            properties[key] = {
                "description": properties[key].get("description", ""),
                "anyOf": [one, {"type": "array", "items": one}],
            }
