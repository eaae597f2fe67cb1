"""How the statements of a property are compared: the table ``data/links/compare.toml``, read and checked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from kzturk_graph import resources
from kzturk_graph.errors import InputError

ALWAYS, AT_A_TIME = "always", "at-a-time"
_KEYS = ("single", "lasts", "counted", "inverse", "within")
_PROPERTY = re.compile(r"P[1-9]\d*")


@dataclass(frozen=True)
class Rule:
    """One property: whether it has one value (``always``, ``at-a-time``; None for several), whether it lasts, whether
    it is a figure of its time, its inverse, and the properties that lead from a value to wider ones.
    """

    single: str | None = None
    lasts: bool = False
    counted: bool = False
    inverse: str | None = None
    within: tuple[str, ...] = ()


Rules = Mapping[str, Rule]
SEVERAL = Rule()
"""A property that the table doesn't name."""


def read_rules(path: Path | None = None) -> Rules:
    """The rules of a file, or the packaged ones. Raises InputError where something in it isn't understood."""
    return _read(path or resources.data() / "links" / "compare.toml")


@cache
def _read(path: Path) -> Rules:
    from kzturk_graph.graph.files import read_toml

    given = read_toml(path)
    return {name: _rule(name, table, path) for name, table in given.items()}


def _rule(name: str, table: Any, path: Path) -> Rule:
    def refuse(what: str, hint: str) -> InputError:
        return InputError(f"[{name}]: {what}", path=str(path), hint=hint)

    if not _PROPERTY.fullmatch(name) or not isinstance(table, dict):
        raise refuse("isn't a property", "name each table by a property of Wikidata, as [P530]")
    unknown = sorted(set(table) - set(_KEYS))
    if unknown:
        raise refuse(f"unknown key {unknown[0]!r}", f"keys are {', '.join(_KEYS)}")
    if table.get("single") not in (None, ALWAYS, AT_A_TIME):
        raise refuse(f"single = {table['single']!r}", f"write {ALWAYS!r} or {AT_A_TIME!r}, or leave it out")
    if any(not isinstance(table.get(key, False), bool) for key in ("lasts", "counted")):
        raise refuse("lasts and counted are true or false", "write them without quotation marks")
    named = [*([table["inverse"]] if "inverse" in table else []), *table.get("within", ())]
    if any(not isinstance(each, str) or not _PROPERTY.fullmatch(each) for each in named):
        raise refuse("inverse and within name properties", 'write inverse = "P527", within = ["P131"]')
    return Rule(
        table.get("single"),
        table.get("lasts", False),
        table.get("counted", False),
        table.get("inverse"),
        tuple(table.get("within", ())),
    )
