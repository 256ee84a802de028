"""JSON Schema of the hand-written formats, for editors."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from reelpress.header import synonyms
from reelpress.header.formats import ImprintFile, PersonEntry, Review
from reelpress.header.ticket import Ticket

_NAMED = {"reviewer": "Contributor", "editors": "Contributor", "reviews": "Entry"}
SCHEMAS = ("review", "ticket", "people", "imprint")


def schema(name: str) -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of `review`, `ticket`, `people` or `imprint`."""
    if name == "people":
        entry = PersonEntry.model_json_schema()
        document: dict[str, Any] = {"type": "object", "additionalProperties": entry}
    else:
        models: dict[str, type[BaseModel]] = {
            "review": Review,
            "ticket": Ticket,
            "imprint": ImprintFile,
        }
        model = models[name]
        document = model.model_json_schema()
    for inner in (document, *document.get("$defs", {}).values()):
        _short_forms(inner.get("properties", {}))
    if name == "review":
        for key, meant in synonyms.REVIEW.items():
            document["properties"].setdefault(key, {"description": f"the same as {meant}"})
    for inner in (document, *document.get("$defs", {}).values()):
        for value in inner.get("properties", {}).values():
            value.pop("title", None)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"reelpress: {name}",
        **{k: v for k, v in document.items() if k != "title"},
    }


def _short_forms(properties: dict[str, Any]) -> None:
    """The short forms that `fold` takes are right in an editor too."""
    for key in synonyms.SHORT:
        if key in properties and properties[key].get("type") != "array":
            description = properties[key].pop("description", "")
            short = {"type": ["string", "number"]}
            properties[key] = {"description": description, "anyOf": [short, properties[key]]}
    for key, model in (
        ("reviewer", "Contributor"),
        ("editors", "Contributor"),
        ("reviews", "Entry"),
    ):
        if key in properties:
            one = {"anyOf": [{"type": ["string", "number"]}, {"$ref": f"#/$defs/{model}"}]}
            properties[key] = {
                "description": properties[key].get("description", ""),
                "anyOf": [one, {"type": "array", "items": one}],
            }
