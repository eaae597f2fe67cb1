"""A group as the text of a query that gives every derivation, and what to read from each of its solutions.

The text is the group's own, with blank nodes as variables and with markers: variables that are bound where an OPTIONAL
or a branch of a UNION matched, and that hold the truth of a condition beside an EXISTS.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from kzturk_graph.citations.syntax import (
    Atom,
    Bind,
    Condition,
    Element,
    Exists,
    Filter,
    Graph,
    Group,
    Junction,
    Minus,
    Not,
    Opaque,
    Optional,
    Path,
    Pattern,
    Query,
    SubSelect,
    Term,
    Triples,
    Union,
    Values,
    Var,
    projected,
    variables_of,
    visible,
)

_MENTIONED = re.compile(r"[?$](\w+)")


@dataclass(frozen=True)
class Matched:
    """A pattern that is matched where its marker is bound (always, where it has none)."""

    pattern: Pattern
    graph: Term | None
    marker: str | None
    optional: bool


@dataclass(frozen=True)
class Left:
    """An OPTIONAL: it matched where ``marker`` is bound; it was tried where ``within`` is."""

    group: Group
    graph: Term | None
    marker: str
    within: str | None


@dataclass(frozen=True)
class Without:
    """A MINUS."""

    group: Group
    graph: Term | None
    within: str | None


@dataclass(frozen=True)
class Tested:
    """A condition with an EXISTS in it, ``truths`` the markers of its atoms; or, relaxed, any that is left out."""

    condition: Condition
    graph: Term | None
    within: str | None
    truths: dict[int, str]
    left_out: bool


@dataclass(frozen=True)
class Nested:
    """A sub-query."""

    query: Query
    graph: Term | None
    within: str | None
    optional: bool


@dataclass
class Plan:
    """The text of a group that gives all derivations, and what to read from them."""

    text: str = ""
    matched: list[Matched] = field(default_factory=list)
    left: list[Left] = field(default_factory=list)
    without: list[Without] = field(default_factory=list)
    tested: list[Tested] = field(default_factory=list)
    nested: list[Nested] = field(default_factory=list)
    given: set[str] = field(default_factory=set)
    limit: str = ""

    def needed(self) -> set[str]:
        """The variables that must be read from each solution."""
        found = {name for item in self.matched for name in variables_of(item.pattern)}
        graphs = [
            *(each.graph for each in self.matched),
            *(each.graph for each in self.left),
            *(each.graph for each in self.without),
            *(each.graph for each in self.tested),
            *(each.graph for each in self.nested),
        ]
        found |= {graph.name for graph in graphs if isinstance(graph, Var)}
        found |= {item.marker for item in self.matched if item.marker}
        for left in self.left:
            found |= {left.marker} | ({left.within} if left.within else set())
            if negates(left.group):
                found |= mentioned(left.group.text)
        within = [
            *(each.within for each in self.without),
            *(each.within for each in self.tested),
            *(each.within for each in self.nested),
        ]
        found |= {name for name in within if name}
        for without in self.without:
            found |= mentioned(without.group.text)
        for tested in self.tested:
            found |= set(tested.truths.values())
            found |= {name for each in exists_of(tested.condition) for name in mentioned(each.group.text)}
        for nested in self.nested:
            found |= set(projected(nested.query))
        return found & self.given


def mentioned(text: str) -> set[str]:
    """The names of all variables in a text of SPARQL."""
    return set(_MENTIONED.findall(text))


def exists_of(condition: Condition) -> list[Exists]:
    """The outermost EXISTS of a condition."""
    if isinstance(condition, Exists):
        return [condition]
    if isinstance(condition, Opaque):
        return condition.exists
    if isinstance(condition, Not):
        return exists_of(condition.part)
    if isinstance(condition, Junction):
        return [each for part in condition.parts for each in exists_of(part)]
    return []


def negates(group: Group) -> bool:
    """Whether more data can take a solution of the group away: it holds MINUS, EXISTS, OPTIONAL or a sub-query."""
    for element in group.elements:
        if isinstance(element, Minus | Optional | SubSelect):
            return True
        if isinstance(element, Filter) and exists_of(element.condition):
            return True
        if isinstance(element, Bind) and element.exists:
            return True
        if isinstance(element, Graph) and negates(element.group):
            return True
        if isinstance(element, Union) and any(negates(branch) for branch in element.branches):
            return True
    return False


def subtracts(group: Group) -> bool:
    """Whether a MINUS stands in the group."""
    for element in group.elements:
        if isinstance(element, Minus):
            return True
        if isinstance(element, Optional | Graph) and subtracts(element.group):
            return True
        if isinstance(element, Union) and any(map(subtracts, element.branches)):
            return True
    return False


def make_plan(
    group: Group,
    graph: Term | None,
    table: str = "",
    names: Iterable[str] = (),
    ends: Sequence[str] = (),
    relax: bool = False,
) -> Plan:
    """The plan of a group in the default graph or in the graph named.

    ``table`` is a VALUES clause over ``names`` to begin it with, ``ends`` are BIND clauses to end it with; ``relax``
    leaves out MINUS and the conditions that absence decides.
    """
    outer = Group([Graph(graph, group)]) if graph is not None else group
    compiler = _Compiler(table, set(names), relax)
    compiler.plan.text = " ".join([table, compiler.group(outer, None, set(names), None, False), *ends])
    compiler.plan.given |= set(visible(outer)) | set(names)
    return compiler.plan


class _Compiler:
    def __init__(self, table: str, names: set[str], relax: bool) -> None:
        self.table, self.names, self.relax = table, names, relax
        self.plan, self.count = Plan(), 0

    def marker(self) -> str:
        self.count += 1
        name = f"_m{self.count}"
        self.plan.given.add(name)
        return name

    def group(self, group: Group, graph: Term | None, outside: set[str], marker: str | None, optional: bool) -> str:
        own = [set(visible(Group([element]))) for element in group.elements]
        parts, ends = [], list[str]()
        sure = {name for name, always in visible(group).items() if always} | self.names
        for place, element in enumerate(group.elements):
            others = outside.union(*(each for at, each in enumerate(own) if at != place))
            parts.append(self.element(element, graph, others, marker, optional, ends, sure))
        return " ".join([*parts, *ends])

    def element(
        self, element: Element, graph: Term | None, others: set[str], marker: str | None, optional: bool,
        ends: list[str], sure: set[str],
    ) -> str:  # fmt: skip
        if isinstance(element, Triples):
            self.plan.matched += [Matched(pattern, graph, marker, optional) for pattern in element.patterns]
            return " ".join(map(str, element.patterns))
        if isinstance(element, Optional):
            return self.optional(element, graph, others, marker)
        if isinstance(element, Union):
            return self.union(element, graph, others, marker, optional)
        if isinstance(element, Minus):
            self.plan.without.append(Without(element.group, graph, marker))
            return "" if self.relax else f"MINUS {element.group.text}"
        if isinstance(element, Graph):
            inner = self.group(element.group, element.name, others, marker, optional)
            return f"GRAPH {element.name} {{ {self.inside(element.group)} {inner} }}"
        if isinstance(element, Filter):
            return self.filter(element, graph, marker, ends, sure)
        if isinstance(element, Bind):
            if element.exists:
                self.plan.tested.append(Tested(Opaque(element.text, element.exists), graph, marker, {}, False))
            return f"BIND ({element.text} AS {element.variable})"
        if isinstance(element, Values):
            return element.text
        self.plan.nested.append(Nested(element.query, graph, marker, optional))
        return f"{{ {element.query.text} }}"

    def inside(self, group: Group) -> str:
        """The table again, in a nested group whose own conditions speak of it."""
        texts = [each.text for each in group.elements if isinstance(each, Filter | Bind)]
        spoken = {name for text in texts for name in mentioned(text)} & self.names
        return self.table if spoken - set(visible(group)) else ""

    def optional(self, element: Optional, graph: Term | None, others: set[str], within: str | None) -> str:
        mine = visible(element.group)
        own = sorted(name for name, sure in mine.items() if sure and name not in others)
        marker = own[0] if own else self.marker()
        self.plan.left.append(Left(element.group, graph, marker, within))
        text = self.group(element.group, graph, others, marker, True)
        return f"OPTIONAL {{ {text} {'' if own else f'BIND (1 AS ?{marker})'} }}"

    def union(self, element: Union, graph: Term | None, others: set[str], within: str | None, optional: bool) -> str:
        if len(element.branches) == 1:
            inner = self.group(element.branches[0], graph, others, within, optional)
            return f"{{ {self.inside(element.branches[0])} {inner} }}"
        texts = []
        for branch in element.branches:
            marker = self.marker()
            beside = others.union(*(visible(each) for each in element.branches if each is not branch))
            inner = self.group(branch, graph, beside, marker, optional)
            texts.append(f"{{ {self.inside(branch)} {inner} BIND (1 AS ?{marker}) }}")
        return " UNION ".join(texts)

    def filter(self, element: Filter, graph: Term | None, within: str | None, ends: list[str], sure: set[str]) -> str:
        exists = exists_of(element.condition)
        unsure = self.relax and bool(mentioned(element.text) - sure)
        if not exists and not unsure:
            return f"FILTER ({element.text})"
        truths: dict[int, str] = {}
        for atom in _atoms(element.condition):
            marker = self.marker()
            truths[id(atom)] = marker
            ends.append(f"BIND (IF(({atom.text}), true, false) AS ?{marker})")
        self.plan.tested.append(Tested(element.condition, graph, within, truths, self.relax))
        return "" if self.relax else f"FILTER ({element.text})"


def _atoms(condition: Condition) -> list[Atom]:
    if isinstance(condition, Atom):
        return [condition]
    if isinstance(condition, Not):
        return _atoms(condition.part)
    if isinstance(condition, Junction):
        return [each for part in condition.parts for each in _atoms(part)]
    return []


def words_of(group: Group) -> str:
    """A group's patterns as a person would write them: short names, one after another."""
    return "; ".join(_words(group))


def _words(group: Group) -> list[str]:
    found = []
    for element in group.elements:
        if isinstance(element, Triples):
            found += [_pattern(each) for each in element.patterns]
        elif isinstance(element, Graph):
            found += _words(element.group)
        elif isinstance(element, Union):
            found.append(" or ".join(words_of(branch) for branch in element.branches))
        elif isinstance(element, SubSelect):
            found += _words(element.query.where)
    return found


def _pattern(pattern: Pattern) -> str:
    return " ".join(_short(part) for part in (pattern.subject, pattern.predicate, pattern.object))


def _short(part: Term | Path) -> str:
    from kzturk_graph import terms

    if isinstance(part, Var):
        return "[]" if part.name.startswith("_b") else str(part)
    if isinstance(part, Path):
        return re.sub(r"<([^>]*)>", lambda match: terms.curie(match[1]), str(part))
    iri = getattr(part, "datatype", None) is None
    return terms.curie(part.value) if iri else str(part)
