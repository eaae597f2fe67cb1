"""The questions of a batch, as version 0.2 and as the draft of 1.0 write them.

https://reconciliation-api.github.io/specs/0.2/#structure-of-a-reconciliation-query,
https://reconciliation-api.github.io/specs/1.0-draft/#match-service
"""

from __future__ import annotations

from typing import Any

from kzturk_graph.matching.conditions import ANY, NONE, QUALIFIERS, QUANTIFIERS, SIMILAR, STRICTNESS, Asked, Condition
from kzturk_graph.matching.conditions import values as as_values
from kzturk_graph.web.reconcile import limits
from kzturk_graph.web.reconcile.json_text import choice, count, items, members, read, text, too_many, wrong


def batch(written: str) -> dict[str, Asked]:
    """The questions of a batch in version 0.2, by their keys.

    Raises HttpError 400, with the place, for what isn't one, 413 for a batch that is too large.
    """
    queries = members(read(written, "queries"), "queries")
    if len(queries) > limits.BATCH:
        raise too_many("queries", len(queries), limits.BATCH, 413)
    return {key: _query(value, f"queries.{key}") for key, value in queries.items()}


def _query(value: Any, where: str) -> Asked:
    given = members(value, where)
    name = text(given.get("query", ""), f"{where}.query", limits.LETTERS)
    listed = items(given.get("properties", []), f"{where}.properties", limits.CONDITIONS)
    if "query" not in given and not listed:
        raise wrong(where, "an object with 'query' or 'properties'")
    conditions = [_property(each, f"{where}.properties[{place}]") for place, each in enumerate(listed)]
    return Asked(
        (name,) if name.strip() else (),
        _types(given.get("type"), f"{where}.type"),
        choice(given.get("type_strict", ANY), f"{where}.type_strict", STRICTNESS),
        _few(conditions, where),
        _limit(given, where),
    )


def _property(value: Any, where: str) -> Condition:
    given = members(value, where)
    if "v" not in given:
        raise wrong(f"{where}.v", "a value")
    return Condition(text(given.get("pid"), f"{where}.pid", limits.LETTERS), _values(given["v"], f"{where}.v"))


def draft(written: bytes) -> list[Asked]:
    """The questions of a batch in the draft of 1.0, in order.

    Raises HttpError 400, with the place, for what isn't one, 413 for a batch that is too large.
    """
    queries = members(read(written, "the body"), "the body").get("queries")
    if not isinstance(queries, list):
        raise wrong("queries", "an array")
    if len(queries) > limits.BATCH:
        raise too_many("queries", len(queries), limits.BATCH, 413)
    return [_draft_query(each, f"queries[{place}]") for place, each in enumerate(queries)]


def _draft_query(value: Any, where: str) -> Asked:
    given = members(value, where)
    listed = items(given.get("conditions"), f"{where}.conditions", limits.CONDITIONS)
    if not listed:
        raise wrong(f"{where}.conditions", "an array with a condition")
    types = (text(given["type"], f"{where}.type", limits.LETTERS),) if "type" in given else ()
    names: list[str] = []
    conditions: list[Condition] = []
    for place, each in enumerate(listed):
        condition = _condition(each, f"{where}.conditions[{place}]")
        of_names = not condition.property
        if of_names and condition.quantifier != NONE:
            names += [told for texts in condition.values for told in texts if told.strip()]
        if not of_names or condition != Condition("", condition.values):
            conditions.append(condition)
    if len(names) > limits.NAMES:
        raise too_many(f"names of {where}", len(names), limits.NAMES)
    return Asked(tuple(names), types, ANY, _few(conditions, where), _limit(given, where))


def _few(conditions: list[Condition], where: str) -> tuple[Condition, ...]:
    """The conditions, where they don't have too many values in all."""
    count = sum(len(each.values) for each in conditions)
    if count > limits.VALUES:
        raise too_many(f"values of {where}", count, limits.VALUES)
    return tuple(conditions)


def _condition(value: Any, where: str) -> Condition:
    given = members(value, where)
    kind = choice(given.get("matchType"), f"{where}.matchType", ("name", "property"))
    if "propertyValue" not in given:
        raise wrong(f"{where}.propertyValue", "a value")
    required = given.get("required", False)
    if not isinstance(required, bool):
        raise wrong(f"{where}.required", "true or false")
    name = text(given.get("propertyId"), f"{where}.propertyId", limits.LETTERS) if kind == "property" else ""
    if kind == "property" and not name:
        raise wrong(f"{where}.propertyId", "a property")
    return Condition(
        name,
        _values(given["propertyValue"], f"{where}.propertyValue"),
        choice(given.get("matchQuantifier", ANY), f"{where}.matchQuantifier", QUANTIFIERS),
        required,
        choice(given.get("matchQualifier", SIMILAR), f"{where}.matchQualifier", QUALIFIERS),
    )


def _limit(given: dict[str, Any], where: str) -> int:
    return min(count(given.get("limit", limits.USUAL), f"{where}.limit"), limits.CANDIDATES)


def _types(value: Any, where: str) -> tuple[str, ...]:
    several = items(value, where, limits.CONDITIONS) if isinstance(value, list) else [] if value is None else [value]
    plain = [each.get("id") if isinstance(each, dict) else each for each in several]
    return tuple(text(each, where, limits.LETTERS) for each in plain if each != "")


def _values(value: Any, where: str) -> tuple[tuple[str, ...], ...]:
    several = items(value, where, limits.VALUES) if isinstance(value, list) else [value]
    for each in several:
        if isinstance(each, dict):
            text(each.get("id"), f"{where}.id", limits.LETTERS)
            text(each.get("name", ""), f"{where}.name", limits.LETTERS)
        elif isinstance(each, str):
            text(each, where, limits.LETTERS)
        elif not isinstance(each, bool | int | float):
            raise wrong(where, "a string, a number, a truth, an object with 'id', or an array of them")
    return as_values(value)
