"""A query as a tree: what its patterns, groups and filters are, and the text that each was written in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import pyoxigraph as ox


@dataclass(frozen=True)
class Var:
    """A variable; a blank node of a pattern is one too, under a name of ours."""

    name: str

    def __str__(self) -> str:
        return f"?{self.name}"


Term = Var | ox.NamedNode | ox.Literal


@dataclass(frozen=True, eq=False)
class Path:
    """A property path: ``kind`` is iri, inverse, sequence, alternative, ``*``, ``+``, ``?`` or not; ``parts`` are
    paths.

    A sequence has two parts; a longer one nests in its second.

    Of kind not, ``forward`` and ``backward`` are the properties that an edge must not have in either direction; a side
    that the text doesn't name is None.
    """

    kind: str
    iri: ox.NamedNode | None = None
    parts: tuple[Path, ...] = ()
    forward: tuple[ox.NamedNode, ...] | None = None
    backward: tuple[ox.NamedNode, ...] | None = None

    def __str__(self) -> str:
        inner = [f"({part})" for part in self.parts]
        if self.kind == "iri":
            return str(self.iri)
        if self.kind == "not":
            names = [str(each) for each in self.forward or ()] + [f"^{each}" for each in self.backward or ()]
            return f"!({'|'.join(names)})"
        if self.kind == "inverse":
            return f"^{inner[0]}"
        if self.kind in ("sequence", "alternative"):
            return ("/" if self.kind == "sequence" else "|").join(inner)
        return inner[0] + self.kind


@dataclass(frozen=True)
class Pattern:
    """A triple pattern; its predicate may be a path."""

    subject: Term
    predicate: Term | Path
    object: Term

    def __str__(self) -> str:
        return f"{self.subject} {self.predicate} {self.object} ."


@dataclass
class Group:
    """What stands between braces, in order."""

    elements: list[Element] = field(default_factory=list)
    text: str = ""


@dataclass
class Triples:
    """Patterns that stand together."""

    patterns: list[Pattern]


@dataclass
class Optional:
    """``OPTIONAL { … }``."""

    group: Group


@dataclass
class Union:
    """``{ … } UNION { … }``; one branch is a nested group."""

    branches: list[Group]


@dataclass
class Minus:
    """``MINUS { … }``."""

    group: Group


@dataclass
class Graph:
    """``GRAPH name { … }``."""

    name: Term
    group: Group


@dataclass
class Filter:
    """``FILTER …``: the text of its expression, and the expression as a tree where it holds an EXISTS."""

    text: str
    condition: Condition


@dataclass
class Bind:
    """``BIND (… AS ?variable)``: the text of its expression, and the groups of the EXISTS in it."""

    text: str
    variable: Var
    exists: list[Exists]


@dataclass
class Values:
    """``VALUES …`` as written."""

    text: str
    variables: tuple[str, ...]


@dataclass
class SubSelect:
    """``{ SELECT … }``."""

    query: Query


Element = Triples | Optional | Union | Minus | Graph | Filter | Bind | Values | SubSelect


@dataclass
class Atom:
    """A condition without EXISTS, as written."""

    text: str


@dataclass
class Exists:
    """``EXISTS { … }``."""

    group: Group


@dataclass
class Not:
    """``! …`` or ``NOT EXISTS``."""

    part: Condition


@dataclass
class Junction:
    """Conditions joined by ``&&`` (``every``) or ``||``."""

    every: bool
    parts: list[Condition]


@dataclass
class Opaque:
    """A condition that holds an EXISTS in a place where its truth isn't decided by it alone."""

    text: str
    exists: list[Exists]


Condition = Atom | Exists | Not | Junction | Opaque


@dataclass
class Aggregate:
    """A call of COUNT, SUM, …: its name, the text of its argument ('*' for all), whether DISTINCT stands in it."""

    name: str
    argument: str
    distinct: bool


@dataclass
class Item:
    """A column of a SELECT, or a key of GROUP BY: its expression's text (None for a bare variable) and its variable."""

    text: str | None
    variable: Var | None
    aggregates: list[Aggregate] = field(default_factory=list)
    exists: list[Exists] = field(default_factory=list)


@dataclass
class Query:
    """A query or sub-query: its form, columns (None for ``*``), group, keys and modifiers.

    ``tail`` is the text after the keys, ``lent`` our
    prefixes that it uses undeclared.
    """

    form: str
    prologue: str
    columns: list[Item] | None
    where: Group
    grouping: list[Item]
    having: list[Item]
    order: list[Item]
    limit: int | None
    offset: int
    values: Values | None
    template: list[Pattern]
    text: str
    tail: str
    datasets: bool = False
    lent: dict[str, str] = field(default_factory=dict)

    @property
    def grouped(self) -> bool:
        """Whether its rows are groups: it has GROUP BY, or an aggregate in its columns, HAVING or ORDER BY."""
        items = [*(self.columns or ()), *self.having, *self.order]
        return bool(self.grouping) or any(item.aggregates for item in items)


def variables_of(pattern: Pattern) -> Iterator[str]:
    """The names of a pattern's variables."""
    for term in (pattern.subject, pattern.predicate, pattern.object):
        if isinstance(term, Var):
            yield term.name


def visible(group: Group) -> dict[str, bool]:
    """The variables that a group gives its solutions, and whether every solution has a value for each."""
    found: dict[str, bool] = {}

    def add(name: str, sure: bool) -> None:
        found[name] = found.get(name, False) or sure

    for element in group.elements:
        if isinstance(element, Triples):
            for pattern in element.patterns:
                for name in variables_of(pattern):
                    add(name, True)
        elif isinstance(element, Optional):
            for name in visible(element.group):
                add(name, False)
        elif isinstance(element, Union):
            branches = [visible(branch) for branch in element.branches]
            for name in {name for branch in branches for name in branch}:
                add(name, all(branch.get(name, False) for branch in branches))
        elif isinstance(element, Graph):
            if isinstance(element.name, Var):
                add(element.name.name, True)
            for name, sure in visible(element.group).items():
                add(name, sure)
        elif isinstance(element, Bind):
            add(element.variable.name, False)
        elif isinstance(element, Values):
            for name in element.variables:
                add(name, False)
        elif isinstance(element, SubSelect):
            for name, sure in projected(element.query).items():
                add(name, sure)
    return found


def projected(query: Query) -> dict[str, bool]:
    """The variables that a sub-query gives, and whether every row has a value for each."""
    inner = visible(query.where)
    if query.columns is None:
        return inner
    grouped = query.grouped
    keys = {item.variable.name for item in query.grouping if item.variable and item.text is None}
    found = {}
    for item in query.columns:
        if item.variable is not None:
            name = item.variable.name
            plain = item.text is None and (not grouped or name in keys)
            found[name] = plain and inner.get(name, False)
    return found
