"""Which terms a query uses, and as what: a property, a class, a thing, a text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from kzturk_graph import terms
from kzturk_graph.explain.parts import Part, Query
from kzturk_graph.explain.pieces import pieces
from kzturk_graph.explain.trials import Trials
from kzturk_graph.queries.tokens import Token

CLASS_OF = ("a", "rdf:type", f"<{terms.TYPE}>")


@dataclass(frozen=True)
class Use:
    """A term: ``role`` is property, class or thing; ``parameter`` is the one that it was given for."""

    node: ox.NamedNode
    role: str
    parameter: str | None = None


class Names:
    """The prefixes of a query, its own before ours."""

    def __init__(self, prologue: str) -> None:
        found = pieces(prologue)
        own = {
            name.text.removesuffix(":"): iri.text[1:-1]
            for word, name, iri in zip(found, found[1:], found[2:], strict=False)
            if word.kind == "word" and word.text.upper() == "PREFIX"
        }
        self.prefixes = {**terms.PREFIXES, **own}

    def node(self, token: Token) -> ox.NamedNode | None:
        """The IRI that a token stands for; None where it stands for none."""
        if token.kind == "iri":
            return _node(token.text[1:-1])
        prefix, colon, local = token.text.partition(":")
        if token.kind == "name" and colon and prefix in self.prefixes:
            return _node(self.prefixes[prefix] + local.replace("\\", ""))
        return None

    def text(self, written: str) -> ox.NamedNode | None:
        """The IRI that a single term's text stands for."""
        found = pieces(written)
        return self.node(found[0]) if len(found) == 1 else None


def _node(iri: str) -> ox.NamedNode | None:
    try:
        return ox.NamedNode(iri)
    except ValueError:  # a relative one: it needs the query's BASE
        return None


def uses(trials: Trials, parts: list[Part] | None = None) -> list[Use]:
    """The parameters' things, and the terms of the parts at every depth, of all where none are named."""
    names = Names(trials.query.prologue)
    every = list(trials.query.walk()) if parts is None else [each for part in parts for each in part.walk()]
    found = dict.fromkeys(use for part in every for use in _of(part, trials, names))
    if parts is None:
        described = trials.query.head if trials.query.form == "DESCRIBE" else ""
        found.update(dict.fromkeys(_in(trials.bound(described), "thing", names)))
    given = [
        Use(term, "thing", name)
        for name, values in sorted(trials.parameters.items())
        for term in values
        if isinstance(term, ox.NamedNode)
    ]
    named = {use.node for use in given}
    return given + [use for use in found if use.node not in named]


def named_graphs(query: Query) -> list[ox.NamedNode]:
    """The graphs that the FROM clauses name."""
    names = Names(query.prologue)
    return [use.node for use in _in(query.dataset, "thing", names)]


def _of(part: Part, trials: Trials, names: Names) -> Iterator[Use]:
    if part.triple:
        subject, verb, value = (trials.bound(text) for text in part.triple)
        yield from _in(subject, "thing", names)
        yield from _in(verb, "property", names)
        yield from _in(value, "class" if verb in CLASS_OF else "thing", names)
    elif part.kind == "graph":
        yield from _in(trials.bound(part.head), "thing", names)
    elif part.kind in ("filter", "values", "bind", "triple") and not part.parts:
        yield from _in(trials.bound(part.text), "thing", names)


def _in(text: str, role: str, names: Names) -> Iterator[Use]:
    found = pieces(text)
    for place, token in enumerate(found):
        following = found[place + 1].text if place + 1 < len(found) else ""
        node = names.node(token)
        if node is not None and not (following == "(" and role == "thing"):
            yield Use(node, role)
