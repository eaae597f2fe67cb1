"""The rules of ``data/links/statements.toml``, read and checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from kzturk_graph import resources, terms
from kzturk_graph.errors import InputError

Steps = tuple[str, ...]
"""Steps from a node, as IRIs of properties; none for the node itself."""

_KEYS = {
    "of", "where", "count", "on", "on-class", "property", "at", "start", "end", "value", "class", "to", "not-to",
    "length", "qualifiers",
}  # fmt: skip


@dataclass(frozen=True)
class Rule:
    """How one kind of fact becomes a statement; the fields are those of the file, in full IRIs.

    ``property`` is the main property; ``dates`` holds ``at``, and may hold ``start`` and ``end``, where the value is a
    date.
    """

    of: frozenset[str]
    property: str = ""
    dates: Mapping[str, str] = field(default_factory=dict)
    where: Mapping[str, frozenset[str]] = field(default_factory=dict)
    count: Mapping[str, int] = field(default_factory=dict)
    on: Steps = ()
    on_class: str | None = None
    value: Steps = ()
    class_: str | None = None
    to: str | None = None
    not_to: str | None = None
    length: int | None = None
    qualifiers: Mapping[str, tuple[Steps, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Rules:
    """All of the file: classes that become items, kinds that don't, datatypes by property, rules, and the class that
    all kinds of a scheme stand below."""

    classes: frozenset[str]
    without_kinds: frozenset[str]
    datatypes: Mapping[str, str]
    statements: tuple[Rule, ...]
    subclasses: Mapping[str, str]


def read_rules(path: Path | None = None) -> Rules:
    """The rules of a file, or the packaged ones. Raises InputError where something in it isn't understood."""
    return _read(path or resources.data() / "links" / "statements.toml")


@cache
def _read(path: Path) -> Rules:
    from kzturk_graph.graph.files import read_toml

    given = read_toml(path)
    try:
        entities, datatypes = given["entities"], given["properties"]
        return Rules(
            frozenset(_iri(each) for each in entities["classes"]),
            frozenset(_iri(each) for each in entities.get("without-kinds", ())),
            datatypes,
            tuple(_rule(each, datatypes) for each in given["statement"]),
            {f"{terms.CONCEPT}scheme-{key}": _iri(value) for key, value in given.get("subclasses", {}).items()},
        )
    except (KeyError, TypeError, ValueError) as error:
        raise InputError(f"a rule isn't understood: {error}", path=str(path)) from None


def _rule(given: dict[str, Any], datatypes: Mapping[str, str]) -> Rule:
    unknown = sorted(set(given) - _KEYS)
    if unknown:
        raise ValueError(f"unknown key {unknown[0]!r}; keys are {', '.join(sorted(_KEYS))}")
    dates: dict[str, str] = {name: given[name] for name in ("at", "start", "end") if name in given}
    if ("property" in given) == ("at" in dates):
        raise ValueError(f"a rule of {given.get('of')} needs either a property, or at")
    rule = Rule(
        frozenset(_iri(each) for each in _list(given["of"])),
        given.get("property", ""),
        dates,
        {_iri(key): frozenset(_iri(each) for each in values) for key, values in given.get("where", {}).items()},
        {_iri(key): number for key, number in given.get("count", {}).items()},
        _path(given.get("on", "")),
        _iri(given["on-class"]) if "on-class" in given else None,
        _path(given.get("value", "")),
        given.get("class"),
        _iri(given["to"]) if "to" in given else None,
        _iri(given["not-to"]) if "not-to" in given else None,
        given.get("length"),
        {name: tuple(_path(each) for each in _list(paths)) for name, paths in given.get("qualifiers", {}).items()},
    )
    for name in (*dates.values(), *([rule.property] if rule.property else ()), *rule.qualifiers):
        if name not in datatypes:
            raise ValueError(f"{name} has no datatype under [properties]")
    return rule


def _list(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else list(value)


def _path(text: str) -> Steps:
    return tuple(_iri(each) for each in text.split("/") if each)


def _iri(curie: str) -> str:
    found = terms.expand(curie)
    if found is None:
        raise ValueError(f"{curie!r} is no name with one of our prefixes")
    return found
