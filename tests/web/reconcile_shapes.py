"""The shape of every message of the Reconciliation API, in JSON Schema: the members and types that the specification's
own schemas ask for, and none beside those that it knows.

https://reconciliation-api.github.io/specs/0.2/#json-schemas and https://reconciliation-api.github.io/specs/1.0-draft/.
"""

from __future__ import annotations

from typing import Any

import jsonschema  # type: ignore[import-untyped]

Schema = dict[str, Any]

TEXT: Schema = {"type": "string"}
WORDS: Schema = {"type": "string", "minLength": 1}
NUMBER: Schema = {"type": "number"}
TRUTH: Schema = {"type": "boolean"}
WHOLE: Schema = {"type": "integer"}
ADDRESS: Schema = {"type": "string", "pattern": "^https?://"}


def record(required: dict[str, Schema], optional: dict[str, Schema] | None = None) -> Schema:
    """An object with these members and no others."""
    return {
        "type": "object",
        "properties": {**required, **(optional or {})},
        "required": list(required),
        "additionalProperties": False,
    }


def several(item: Schema, **more: Any) -> Schema:
    """An array."""
    return {"type": "array", "items": item, **more}


def by_key(value: Schema) -> Schema:
    """An object with members of any name."""
    return {"type": "object", "additionalProperties": value}


def one_of(*shapes: Schema) -> Schema:
    """A value of exactly one of these shapes."""
    return {"oneOf": list(shapes)}


def template(pattern: str) -> Schema:
    """A text with a place to be filled."""
    return {"type": "string", "pattern": pattern}


BRIEF = record({"id": WORDS, "name": WORDS})
TYPE = record({"id": WORDS, "name": WORDS}, {"description": TEXT, "broader": several(BRIEF)})
PROPERTY = record(
    {"id": WORDS, "name": WORDS},
    {"description": TEXT, "matchQualifiers": several(BRIEF, minItems=1)},
)
FEATURE = record({"id": WORDS, "name": WORDS, "value": one_of(TRUTH, NUMBER)})
_CANDIDATE = {
    "id": WORDS,
    "name": WORDS,
    "description": TEXT,
    "type": several(BRIEF, minItems=1),
    "score": {"type": "number", "minimum": 0, "maximum": 100},
    "features": several(FEATURE, minItems=1),
    "match": TRUTH,
}
_ISO = r"^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-5]\dZ$"


def _cell(text: Schema) -> Schema:
    return one_of(
        record({"id": WORDS, "name": WORDS}),
        text,
        record({"float": NUMBER}),
        record({"int": WHOLE}),
        record({"date": {"type": "string", "pattern": _ISO}}),
    )


_META = several(record({"id": WORDS, "name": WORDS}, {"type": BRIEF, "service": ADDRESS}))
_COMMON = {
    "name": WORDS,
    "documentation": ADDRESS,
    "logo": ADDRESS,
    "serviceVersion": WORDS,
    "defaultTypes": several(TYPE, minItems=1, uniqueItems=True),
    "batchSize": {"type": "integer", "minimum": 1},
}
_CHOICES = several(record({"value": WORDS, "name": WORDS}), minItems=1)


def _settings(id: str, name: str, help: str) -> Schema:
    plain = {id: WORDS, name: WORDS, help: WORDS}
    return several(
        one_of(
            record({"type": {"const": "number"}, "default": NUMBER, **plain}),
            record({"type": {"const": "select"}, "default": TEXT, "choices": _CHOICES, **plain}),
        )
    )


_SUGGEST = record(
    {
        "service_url": ADDRESS,
        "service_path": template("^/"),
        "flyout_service_url": ADDRESS,
        "flyout_service_path": template(r"^/.*\$\{id\}"),
    }
)
_PREVIEW = {"width": WHOLE, "height": WHOLE}

MANIFEST = record(
    {
        "versions": several(TEXT, contains={"const": "0.2"}),
        **_COMMON,
        "identifierSpace": ADDRESS,
        "schemaSpace": ADDRESS,
        "view": record({"url": template(r"^https?://.*\{\{id\}\}")}),
        "preview": record({"url": template(r"^https?://.*\{\{id\}\}"), **_PREVIEW}),
        "suggest": record({"entity": _SUGGEST, "property": _SUGGEST, "type": _SUGGEST}),
        "extend": record(
            {
                "propose_properties": record({"service_url": ADDRESS, "service_path": template("^/")}),
                "property_settings": _settings("name", "label", "help_text"),
            }
        ),
    }
)
DRAFT_MANIFEST = record(
    {
        "versions": several(TEXT, contains={"const": "1.0-draft"}),
        **_COMMON,
        "lang": WORDS,
        "standardizedScore": TRUTH,
        "view": record({"url": template(r"^https?://.*[^{]\{id\}$")}),
        "preview": record(_PREVIEW),
        "suggest": record({"entity": TRUTH, "property": TRUTH, "type": TRUTH}),
        "extend": record({"proposeProperties": TRUTH, "propertySettings": _settings("id", "name", "helpText")}),
    }
)
RESULTS = by_key(record({"result": several(record(_CANDIDATE))}))
DRAFT_RESULTS = record({"results": several(record({"candidates": several(record({**_CANDIDATE, "lang": WORDS}))}))})
ENTITIES = record(
    {"result": several(record({"id": WORDS, "name": WORDS}, {"description": TEXT, "notable": several(BRIEF)}))}
)
PROPERTIES = record({"result": several(PROPERTY)})
TYPES = record({"result": several(TYPE)})
FLYOUT = record({"id": WORDS, "html": WORDS})
PROPOSAL = record({"properties": several(PROPERTY)}, {"type": TEXT, "limit": WHOLE})
ROWS = record({"meta": _META, "rows": by_key(by_key(several(_cell(record({"str": TEXT})))))})
_DRAFT_CELLS = several(_cell(record({"str": TEXT}, {"lang": WORDS})))
DRAFT_ROWS = record(
    {
        "meta": _META,
        "rows": several(record({"id": WORDS, "properties": several(record({"id": WORDS, "values": _DRAFT_CELLS}))})),
    }
)
ERROR = record({"status": WHOLE, "message": WORDS}, {"hint": WORDS, "line": WHOLE, "column": WHOLE})


def check(message: Any, shape: Schema) -> Any:
    """The message, where it has the shape; jsonschema says where it hasn't."""
    jsonschema.Draft202012Validator(shape).validate(message)
    return message
