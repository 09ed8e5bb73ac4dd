"""The grammar as JSON Schema, so that editors complete and check a scheme while it is written."""

from __future__ import annotations

from typing import Any

from xianfeng.scheme.surface.grammar import MEASURE_TYPES, SCHEME

IDENTIFIER = "https://xianfeng.example/scheme/1/schema.json"


def json_schema() -> dict[str, Any]:
    """Draft 2020-12. Kinds require nothing, since a scheme may adjust an included one; the loader checks the whole."""
    schema = SCHEME.schema()
    _relax(schema["properties"]["kinds"])
    measure = schema["properties"]["measures"]["additionalProperties"]
    measure["oneOf"] = [{"required": [type_]} for type_ in MEASURE_TYPES]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": IDENTIFIER,
        "title": "Xianfeng scheme, version 1",
        **schema,
    }


def _relax(schema: Any) -> None:
    if isinstance(schema, dict):
        if schema.get("type") == "object":
            schema.pop("required", None)
        for inner in schema.values():
            _relax(inner)
    elif isinstance(schema, list):
        for inner in schema:
            _relax(inner)
