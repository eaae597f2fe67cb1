"""The three properties of a citation, by running the query again on what is cited."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from typing import Any

import pyoxigraph as ox

from kzturk_graph.citations import Citations
from kzturk_graph.citations.parser import parse
from kzturk_graph.citations.plan import exists_of
from kzturk_graph.citations.syntax import (
    Bind,
    Filter,
    Graph,
    Group,
    Minus,
    Optional,
    Path,
    Pattern,
    Query,
    SubSelect,
    Triples,
    Union,
    Var,
)
from kzturk_graph.citations.walks import nullable
from kzturk_graph.queries.run import Answer, ask

Build = Callable[[Collection[str]], ox.Store]


def given(answer: Answer) -> list[Any]:
    """What there is to cite: the rows, the triples, or the truth."""
    if answer.truth is not None:
        return [answer.truth]
    return list(answer.triples) if answer.triples is not None else list(answer.solutions)


def failures(
    query: str, answer: Answer, citations: Citations, build: Build, documents: Callable[[str], Collection[str]]
) -> Iterator[str]:
    """Every break of *sufficient* and *alone*; rows that are untraced, or rest on nothing but absence, aside."""
    answers: dict[frozenset[str], set[Any]] = {}

    def again(names: Collection[str]) -> set[Any]:
        key = frozenset(names)
        if key not in answers:
            answers[key] = set(map(_settled, given(ask(build(key), query))))
        return answers[key]

    for row, cited in zip(given(answer), citations, strict=True):
        if cited.untraced is not None:
            continue
        if cited.combination and _settled(row) not in again([*cited.combination, *cited.excluded]):
            yield f"insufficient: {row} by {cited}"
        for witness in cited.witnesses:
            if _settled(row) not in again([*witness.assertions, *cited.excluded]):
                yield f"insufficient witness {witness}: {row} by {cited}"
            if _settled(row) not in again(documents(witness.document)):
                yield f"not alone {witness.document}: {row} by {cited}"


def _settled(row: Any) -> str:
    """A row as text; the words of a GROUP_CONCAT come in any order."""
    return " ".join(sorted(str(row).replace("value=", " ").split()))


def patterns(query: Query) -> Iterator[Pattern]:
    """Every triple pattern of a query, wherever it stands."""
    yield from _patterns(query.where)
    for item in [*(query.columns or ()), *query.having]:
        for exists in item.exists:
            yield from _patterns(exists.group)


def _patterns(group: Group) -> Iterator[Pattern]:
    for element in group.elements:
        if isinstance(element, Triples):
            yield from element.patterns
        elif isinstance(element, Optional | Minus | Graph):
            yield from _patterns(element.group)
        elif isinstance(element, Union):
            for branch in element.branches:
                yield from _patterns(branch)
        elif isinstance(element, SubSelect):
            yield from patterns(element.query)
        elif isinstance(element, Filter):
            for exists in exists_of(element.condition):
                yield from _patterns(exists.group)
        elif isinstance(element, Bind):
            for exists in element.exists:
                yield from _patterns(exists.group)


def irrelevant(query: str, citations: Citations, triples: Callable[[str], Collection[ox.Triple]]) -> Iterator[str]:
    """Every cited assertion or passage without a triple that matches a pattern of the query."""
    wanted = list(patterns(parse(query)))
    for name in citations.assertions:
        if not any(_matches(each, triple) for each in wanted for triple in triples(name)):
            yield name


def _matches(pattern: Pattern, triple: ox.Triple) -> bool:
    predicate = pattern.predicate
    if isinstance(predicate, Path):
        return nullable(predicate) or triple.predicate.value in str(predicate) or "!" in str(predicate)
    pairs = ((pattern.subject, triple.subject), (predicate, triple.predicate), (pattern.object, triple.object))
    loose = predicate.value.endswith(("#type", "prefLabel", "#label")) if isinstance(predicate, ox.NamedNode) else False
    if loose and triple.predicate.value.endswith("#type"):
        return True
    return all(isinstance(part, Var) or part == term for part, term in pairs)
