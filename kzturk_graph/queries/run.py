"""Running a query: a saved one with its parameters, or any SPARQL that reads."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kzturk_graph import terms
from kzturk_graph.errors import InputError, UsageError
from kzturk_graph.graph import lookup
from kzturk_graph.graph.selection import FACTS, Selection
from kzturk_graph.graph.store import open_store
from kzturk_graph.queries.binding import Bindings, bind, fill
from kzturk_graph.queries.catalogue import saved_query
from kzturk_graph.queries.parameters import Given, bindings
from kzturk_graph.results import Result, Row, value_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kzturk_graph.queries.tokens import Token

_UPDATES = {"INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH"}
_QUERIES = {"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"}
MAX_NESTING = 200


@dataclass(frozen=True)
class Answer:
    """What a query gave: solutions of a SELECT, the truth of an ASK, or the triples of a CONSTRUCT or DESCRIBE.

    ``text`` is the query as it was run; of a saved query, ``saved`` is its own text and ``bindings`` the terms put
    into it.
    """

    store: ox.Store
    columns: tuple[str, ...] = ()
    solutions: tuple[tuple[ox.NamedNode | ox.Literal | ox.BlankNode | None, ...], ...] = ()
    truth: bool | None = None
    triples: tuple[ox.Triple, ...] | None = None
    text: str = ""
    saved: str | None = None
    bindings: Bindings = field(default_factory=dict)

    def result(self, language: str = "en") -> Result:
        """The solutions as typed rows, things with their labels in the language."""
        known: dict[str, str] = {}

        def named(term: object) -> str | None:
            if not isinstance(term, ox.NamedNode):
                return None
            if term.value not in known:
                known[term.value] = lookup.label(self.store, term, language)
            return known[term.value]

        rows: list[Row] = [
            {name: value_of(term, named(term)) for name, term in zip(self.columns, solution, strict=True)}
            for solution in self.solutions
        ]
        return Result(self.columns, tuple(rows))


def run_saved(
    name: str,
    given: Given | None = None,
    *,
    selection: Selection = FACTS,
    language: str = "en",
    store: ox.Store | None = None,
) -> Answer:
    """Run the saved query ``name`` with the values given for its parameters.

    ``store`` is one that holds the selection already, so that none need be opened.
    Raises UnknownName for a query or parameter that isn't there, UsageError for a value of the wrong type, or where the
    query needs other data beside ours and no store with it is given.
    """
    query = saved_query(name)
    if query.needs and store is None:
        raise UsageError(
            f"{name} asks our graph and {query.needs} together, and only ours is here",
            f"put that data beside it: kzturk run {name} --with FILE",
        )
    store = open_store(selection) if store is None else store
    terms_given = bindings(query, given or {}, store, language)
    text = fill(query.pieces, terms_given) if query.pieces else bind(query.text, terms_given)
    answer = ask(store, text, lend=False)
    return replace(answer, saved=query.text, bindings=terms_given)


def run_sparql(text: str, *, selection: Selection = FACTS, path: str | None = None) -> Answer:
    """Run any SPARQL query; prefixes of ours that it uses and doesn't declare are declared for it.

    Raises InputError with line and column for a syntax error, UsageError for an update or SERVICE: the graph is read
    only, and a query reaches no other machine.
    """
    check_reading(text)
    return ask(open_store(selection), text, path=path)


def ask(
    store: ox.Store,
    text: str,
    *,
    path: str | None = None,
    lend: bool = True,
    prefixes: Mapping[str, str] = terms.PREFIXES,
) -> Answer:
    """Run a query on a store and take all of its answer; ``prefixes`` are lent to it, unless it needs none.

    Raises InputError with line and column for a syntax error."""
    try:
        lent = undeclared_prefixes(text, prefixes) if lend else {}
        found = store.query(text, prefixes=lent)
        if isinstance(found, ox.QuerySolutions):
            columns = tuple(variable.value for variable in found.variables)
            rows = tuple(tuple(solution[i] for i in range(len(columns))) for solution in found)
            return Answer(store, columns, rows, text=text)
        if isinstance(found, ox.QueryBoolean):
            return Answer(store, truth=bool(found), text=text)
        return Answer(store, triples=tuple(sorted(set(found), key=str)), text=text)
    except SyntaxError as error:
        raise syntax_error(error, text, path, prefixes) from None
    except (ValueError, RuntimeError, OSError) as error:
        raise InputError(f"the query can't be answered: {error}", path=path) from None


def check_reading(text: str) -> None:
    """Refuse what isn't a query that reads this graph: updates, SERVICE, and brackets too deep for the engine."""
    from kzturk_graph.queries.tokens import meaningful

    words = [token for token in meaningful(text) if token.kind == "word"]
    first = next((t.text.upper() for t in words if t.text.upper() in _UPDATES | _QUERIES), "")
    if first in _UPDATES:
        raise UsageError(
            f"{first} would change the graph, which is read only", "ask with SELECT, ASK, CONSTRUCT or DESCRIBE"
        )
    if any(token.text.upper() == "SERVICE" for token in words):
        raise UsageError("SERVICE would call another machine", "load that data beside ours, and query both")
    depth = deepest = 0
    for token in meaningful(text):
        depth += {"(": 1, "{": 1, "[": 1, ")": -1, "}": -1, "]": -1}.get(token.text, 0)
        deepest = max(deepest, depth)
    if deepest > MAX_NESTING:
        raise UsageError(f"the query nests {deepest} brackets deep", f"at most {MAX_NESTING} are taken")


def undeclared_prefixes(text: str, known: Mapping[str, str] = terms.PREFIXES) -> dict[str, str]:
    """The known prefixes that a query uses without declaring them, so that nobody has to type them."""
    names = {token.text.partition(":")[0] for token in _undeclared(text)}
    return {name: known[name] for name in sorted(names) if name in known}


def _undeclared(text: str) -> list[Token]:
    """The prefixed names of a query whose prefix it doesn't declare; blank nodes are none."""
    from itertools import pairwise

    from kzturk_graph.queries.tokens import meaningful

    pieces = meaningful(text)
    declared = {
        after.text.partition(":")[0]
        for before, after in pairwise(pieces)
        if before.kind == "word" and before.text.upper() == "PREFIX"
    }
    return [t for t in pieces if t.kind == "name" and t.text.partition(":")[0] not in {*declared, "_"}]


def _unknown_prefix(text: str, known: Mapping[str, str]) -> Token | None:
    return next((t for t in _undeclared(text) if t.text.partition(":")[0] not in known), None)


def _at(start: int, text: str, path: str | None, message: str) -> InputError:
    """An InputError at a character of the text, counted from 0."""
    before = text[:start]
    line, column = before.count("\n") + 1, start - before.rfind("\n")
    return InputError(message, path=path, line=line, column=column, source=text, hint="declare it: PREFIX …: <…>")


def syntax_error(
    error: SyntaxError, text: str, path: str | None, known: Mapping[str, str] = terms.PREFIXES
) -> InputError:
    """An InputError at the place that the engine says in its message alone, before all it would have taken there."""
    import re

    from kzturk_graph.queries.tokens import tokens

    unknown = _unknown_prefix(text, known)
    if unknown is not None:
        return _at(unknown.start, text, path, f"the prefix {unknown.text.partition(':')[0]!r} isn't declared")
    place = re.match(r"error at (\d+):(\d+): (.*)", str(error), re.DOTALL)
    if not place:
        return InputError(f"the query has a syntax error: {error}", path=path, source=text)
    line, column = int(place[1]), int(place[2])
    start = sum(len(each) for each in text.splitlines(keepends=True)[: line - 1]) + column - 1
    found = next((t.text for t in tokens(text) if t.start + len(t.text) > start and t.kind != "space"), None)
    what = f"{found!r} isn't expected here" if found else _unfinished([each.text for each in tokens(text)])
    expected = f" (expected {place[3].removeprefix('expected ')})" if found and len(place[3]) < 60 else ""
    return InputError(
        f"the query has a syntax error: {what}{expected}", path=path, line=line, column=column, source=text
    )


def _unfinished(marks: list[str]) -> str:
    """What may be wrong where the engine names the end: it goes back there from a triple without object, say."""
    missing = [marks.count(left) - marks.count(right) for left, right in ("{}", "()", "[]")]
    if any(each > 0 for each in missing):
        return "it ends too early"
    if any(each < 0 for each in missing):
        return "a bracket is closed that none opened"
    return "something in it is incomplete, such as a triple without its object"
