"""JSON Schema of the hand-written formats, for editors."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from reelpress.header import synonyms
from reelpress.header.formats import ImprintFile, PersonEntry, Review, Ticket

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
    if name == "review":
        _short_forms(document)
    for inner in (document, *document.get("$defs", {}).values()):
        for value in inner.get("properties", {}).values():
            value.pop("title", None)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"reelpress: {name}",
        **{k: v for k, v in document.items() if k != "title"},
    }


def _short_forms(document: dict[str, Any]) -> None:
    """The short forms that `understand` folds in are right in an editor too."""
    properties = document["properties"]
    for key in synonyms.SHORT:
        for holder in (properties, document["$defs"].get("Film", {}).get("properties", {})):
            if key in holder:
                description = holder[key].pop("description", "")
                holder[key] = {
                    "description": description,
                    "anyOf": [{"type": ["string", "number"]}, holder[key]],
                }
                break
    contributor = {"anyOf": [{"type": "string"}, {"$ref": "#/$defs/Contributor"}]}
    properties["reviewer"] = {
        "description": properties["reviewer"].get("description", ""),
        "anyOf": [contributor, {"type": "array", "items": contributor}],
    }
    for key, meant in synonyms.REVIEW.items():
        properties.setdefault(key, {"description": f"the same as {meant}"})
