"""The rules as a curator writes them (``data/rules/conflicts.toml``), read and checked against the
vocabulary."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from decimal import Decimal, InvalidOperation
from functools import cached_property
from pathlib import Path
from typing import Any

from kzturk_graph import resources, terms
from kzturk_graph.conflicts.intervals import Allowance
from kzturk_graph.conflicts.model import KINDS
from kzturk_graph.errors import InputError
from kzturk_graph.graph.files import read_toml
from kzturk_graph.graph.selection import MODALITIES

UNLESS = ("", "later")


@dataclass(frozen=True)
class Rule:
    """One rule: which statements are compared, by which test, and what kind of conflict a clash is.

    Its fields are those of the file, which explains them; properties, classes and concepts are IRIs.
    """

    name: str
    test: str
    finds: str
    classes: tuple[str, ...] = ()
    modalities: tuple[str, ...] = ("fact",)
    measures: tuple[str, ...] = ()
    need: tuple[str, ...] = ()
    same: tuple[str, ...] = ()
    lack: tuple[str, ...] = ()
    compare: tuple[str, ...] = ()
    thing: tuple[str, ...] = ()
    values: tuple[str, ...] = ()
    inside: tuple[str, ...] = ()
    times: tuple[str, ...] = ()
    excepted: tuple[str, ...] = ()
    unless: str = ""
    longest: int | None = None
    need_for: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    of: Mapping[str, str] = field(default_factory=dict)
    identity: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @cached_property
    def keyed(self) -> frozenset[str]:
        """The properties that make a report's key."""
        return frozenset((*self.need, *self.same))


@dataclass(frozen=True)
class Rules:
    """All that counts as a disagreement: the rules, how far qualifiers reach, the steps of a thing, the
    topics."""

    rules: tuple[Rule, ...]
    qualifiers: Mapping[str, Allowance]
    plain: str
    steps: Mapping[str, int]
    together: tuple[frozenset[str], ...]
    modes: Mapping[str, int]
    topics: Mapping[str, frozenset[str]]


def rules_file() -> Path:
    """The packaged rules."""
    return resources.data() / "rules" / "conflicts.toml"


def read_rules(path: Path | None = None, known: frozenset[str] | None = None) -> Rules:
    """Read the rules, the packaged ones where no file is given.

    ``known`` are the IRIs that the vocabulary declares; None leaves the terms of our own ontology
    unchecked. Raises InputError for a file that can't be read or parsed, an unknown test, kind, modality or
    field, and a term that isn't declared.
    """
    path = path or rules_file()
    data = read_toml(path)
    try:
        return _Reader(known).rules(data)
    except (KeyError, TypeError, ValueError, InvalidOperation, AttributeError) as error:
        what = (
            error.args[0]
            if isinstance(error, ValueError) and error.args
            else f"something is missing or malformed: {error}"
        )
        raise InputError(
            str(what), path=str(path), hint="the head of data/rules/conflicts.toml explains the fields"
        ) from None


class _Reader:
    """Turns the file's tables into values; a fault is a ValueError with the sentence for the person."""

    def __init__(self, known: frozenset[str] | None) -> None:
        self.known = known

    def rules(self, data: Mapping[str, Any]) -> Rules:
        qualifiers = dict(data["qualifiers"])
        plain = self.concept(qualifiers.pop("plain"))
        allowed = {self.concept(name): _allowance(name, table) for name, table in qualifiers.items()}
        if plain not in allowed:
            raise ValueError(f"the plain qualifier {terms.curie(plain)} isn't among the qualifiers")
        stages = data["stages"]
        return Rules(
            tuple(self.rule(table) for table in data["rule"]),
            allowed,
            plain,
            self.order(stages["steps"]),
            tuple(frozenset(self.all(each)) for each in stages["together"]),
            self.order(stages["modes"]),
            {
                name: frozenset(term if ":" not in term else self.term(term) for term in each)
                for name, each in data.get("topics", {}).items()
            },
        )

    def rule(self, table: Mapping[str, Any]) -> Rule:
        name = table["name"]
        given = {("excepted" if key == "except" else key.replace("-", "_")): value for key, value in table.items()}
        allowed = {each.name for each in fields(Rule)}
        for key in sorted(set(given) - allowed):
            raise ValueError(f"the rule {name!r} has an unknown field {key!r}")
        return Rule(**dict(self.fields(name, given)))

    def fields(self, name: str, given: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
        for key, value in given.items():
            if key in ("name", "test", "longest"):
                yield key, value
            elif key == "finds":
                yield key, _one_of(name, "kind", value, KINDS)
            elif key == "unless":
                yield key, _one_of(name, "exemption", value, UNLESS)
            elif key == "modalities":
                yield key, tuple(_one_of(name, "modality", each, MODALITIES) for each in value)
            elif key == "of":
                yield key, {self.term(one): self.term(other) for one, other in value.items()}
            elif key in ("need_for", "identity"):
                yield key, {self.term(one): self.all(others) for one, others in value.items()}
            else:
                yield key, self.all(value)

    def order(self, steps: list[list[str]]) -> dict[str, int]:
        return {self.term(each): place for place, step in enumerate(steps) for each in step}

    def all(self, texts: list[str]) -> tuple[str, ...]:
        if not isinstance(texts, list):
            raise ValueError(f"{texts!r} isn't a list")
        return tuple(self.term(text) for text in texts)

    def concept(self, slug: str) -> str:
        return self.term(f"c:{slug}")

    def term(self, curie: str) -> str:
        iri = terms.expand(curie)
        if iri is None:
            raise ValueError(f"{curie!r} isn't a term in our prefixes")
        if self.known is not None and iri.startswith((terms.ONTOLOGY, terms.CONCEPT)) and iri not in self.known:
            raise ValueError(f"{curie} isn't declared in the ontology")
        return iri


def _allowance(name: str, table: Mapping[str, Any]) -> Allowance:
    unknown = sorted(set(table) - {"low", "high", "above", "below"})
    if unknown:
        raise ValueError(f"the qualifier {name!r} has an unknown field {unknown[0]!r}")
    low, high = (Decimal(table[side]) if side in table else None for side in ("low", "high"))
    return Allowance(low, high, bool(table.get("above")), bool(table.get("below")))


def _one_of(rule: str, what: str, value: str, allowed: tuple[str, ...]) -> str:
    if value not in allowed:
        raise ValueError(f"the rule {rule!r} names an unknown {what} {value!r}; allowed: {', '.join(sorted(allowed))}")
    return value
