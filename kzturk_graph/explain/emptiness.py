"""Whether an answer says nothing: no row, no triple, a plain no, or an aggregate over nothing."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from kzturk_graph.errors import InputError
from kzturk_graph.explain.parts import NotUnderstood, Query, read
from kzturk_graph.explain.pieces import pieces
from kzturk_graph.explain.trials import OutOfTrials, Trials, render
from kzturk_graph.queries.binding import Bindings
from kzturk_graph.queries.run import Answer
from kzturk_graph.queries.tokens import Token

AGGREGATES = ("COUNT", "SUM", "MIN", "MAX", "AVG", "SAMPLE", "GROUP_CONCAT")


def is_empty(answer: Answer, query_text: str, parameters: Bindings | None = None) -> bool:
    """Whether a SELECT has no row or only aggregates over nothing, an ASK is answered no, a graph is empty.

    ``query_text`` is the query as it was run, or as saved with the ``parameters`` that were put into it.
    A sum of members that is 0 is an answer, a sum of no members isn't: to tell them apart takes one more run.
    """
    if answer.triples is not None:
        return not answer.triples
    if answer.truth is not None:
        return not answer.truth
    if not answer.solutions:
        return True
    if len(answer.solutions) > 1 or not all(_nothing(term) for term in answer.solutions[0]):
        return False
    try:
        query = read(query_text)
        return _over_nothing(answer, query, parameters or {})
    except (NotUnderstood, InputError, OutOfTrials):
        return False


def _nothing(term: ox.NamedNode | ox.Literal | ox.BlankNode | None) -> bool:
    """Unbound, 0 or the empty text: what an aggregate gives that has no members."""
    return term is None or (isinstance(term, ox.Literal) and term.value in ("0", "0.0", "", "0.0E0"))


def _over_nothing(answer: Answer, query: Query, parameters: Bindings) -> bool:
    members = list(aggregated(query.head))
    if query.form != "SELECT" or not members or "GROUP" in _words(query.after):
        return False
    trials = Trials(answer.store, query, parameters)
    heads = " ".join(f"(COUNT({each}) AS ?members{place})" for place, each in enumerate(members))
    row = trials.solutions(heads, f"{{ {render(query.where)} }}", 1)[0]
    return all(isinstance(count, ox.Literal) and count.value == "0" for count in row.values())


def aggregated(head: str) -> Iterator[str]:
    """What each aggregate of a SELECT clause is over: ``?x``, ``*``, ``DISTINCT ?x``, an expression.

    >>> list(aggregated('(COUNT(*) AS ?n) (GROUP_CONCAT(DISTINCT ?x; SEPARATOR=", ") AS ?all)'))
    ['*', 'DISTINCT ?x']
    """
    found = pieces(head)
    for place, token in enumerate(found[:-1]):
        if token.kind == "word" and token.text.upper() in AGGREGATES and found[place + 1].text == "(":
            yield _inside(head, found, place + 1)


def _inside(head: str, found: list[Token], opened: int) -> str:
    depth = 0
    for token in found[opened:]:
        depth += {"(": 1, ")": -1}.get(token.text, 0)
        if depth == 0 or (depth == 1 and token.text == ";"):
            return head[found[opened].start + 1 : token.start].strip()
    return "*"


def _words(text: str) -> set[str]:
    return {token.text.upper() for token in pieces(text) if token.kind == "word"}
