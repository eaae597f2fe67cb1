"""Why a triple matches nothing: a text spelled otherwise, a property turned round or not of this thing."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence

import pyoxigraph as ox

from kzturk_graph import terms
from kzturk_graph.explain.culprit import ENDLESS
from kzturk_graph.explain.model import Clue
from kzturk_graph.explain.parts import Part
from kzturk_graph.explain.shorten import shorten
from kzturk_graph.explain.trials import Step, Trials, render
from kzturk_graph.explain.uses import CLASS_OF, Names
from kzturk_graph.graph import lookup
from kzturk_graph.names import fold

TEXTS = 20_000
LISTED = 8
SAMPLE = 1_000
TURNED = 4


def clues(trials: Trials, culprits: Sequence[Step]) -> Iterator[Clue]:
    """Clues for the fewest parts that give no row. Raises OutOfTrials."""
    triples = [step for step in culprits if step.part.triple]
    for step in triples:
        yield from _spelled(trials, step.part)
    turned = list(_turned(trials, culprits, triples[:TURNED]))
    yield from turned
    if len(culprits) == 1 and triples and not turned:
        yield from _said(trials, triples[0].part)
    elif len(triples) == 2 and not turned:
        yield from _borne_by(trials, [step.part for step in triples])


def _turned(trials: Trials, culprits: Sequence[Step], triples: Sequence[Step]) -> Iterator[Clue]:
    """Whether the parts give rows once one triple is turned round."""
    for step in triples:
        assert step.part.triple is not None  # only simple triples come here
        subject, verb, value = step.part.triple
        simple = verb[:1] not in "?$" and verb not in CLASS_OF and not ENDLESS.search(verb)
        if not simple or value[:1] in "\"'[(+-.0123456789" or value in ("true", "false") or subject == value:
            continue
        around = render(trials.query.where, culprits)
        other = f"{value} {verb} {subject}"
        if trials.gives(around.replace(f"{step.part.text} .", f"{other} .")):
            yield Clue("reversed", "the other way round it matches:", parts=(shorten(trials.bound(other)),))


def _spelled(trials: Trials, part: Part) -> Iterator[Clue]:
    """Where a triple's text stands otherwise in the graph: other language, datatype, property, spelling."""
    assert part.triple is not None  # only simple triples come here
    value = trials.bound(part.triple[2])
    wanted = _literal(trials, value)
    if wanted is None:
        return
    stored = list(trials.everything.quads_for_pattern(None, None, wanted))
    verb = Names(trials.query.prologue).text(part.triple[1])
    if stored and verb is not None and all(quad.predicate != verb for quad in stored):
        found = tuple(sorted({quad.predicate for quad in stored}, key=lambda node: node.value))
        yield Clue(
            "literal",
            f"no {{0}} is {_shown(wanted)}; that text is a value of another property",
            (verb,),
            suggestions=found,
        )
    if not stored:
        like = tuple(_shown(each) for each in _like(trials.everything, wanted, verb))
        yield Clue("literal", f"{_shown(wanted)} is no value in this graph", suggestions=like)


def _literal(trials: Trials, written: str) -> ox.Literal | None:
    """The literal that a term's text stands for, as the engine reads it; None for another term."""
    if written[:1] not in "\"'+-.0123456789":
        return None
    rows = trials.solutions("?value", f"BIND ({written} AS ?value)", 1)
    value = rows[0].get("value") if rows else None
    return value if isinstance(value, ox.Literal) else None


def _like(store: ox.Store, wanted: ox.Literal, verb: ox.NamedNode | None) -> list[ox.Literal]:
    """The nearest literals of the property (of any where it is None): same text, same key, like spelling."""
    known: dict[str, set[ox.Literal]] = {}
    for number, quad in enumerate(store.quads_for_pattern(None, verb, None)):
        if number >= TEXTS:
            break
        if isinstance(quad.object, ox.Literal):
            known.setdefault(fold(quad.object.value), set()).add(quad.object)
    key = fold(wanted.value)
    numeric = wanted.datatype.value in {terms.XSD + name for name in ("integer", "decimal", "double", "date")}
    near = [key] if key in known or numeric else difflib.get_close_matches(key, sorted(known), n=3, cutoff=0.75)
    order = sorted((literal for name in near for literal in known.get(name, ())), key=lambda each: str(each))
    same = [each for each in order if each.value == wanted.value]
    return (same or order)[:3]


def _shown(literal: ox.Literal) -> str:
    datatype = literal.datatype.value
    plain = datatype in (terms.XSD + "string", terms.PREFIXES["rdf"] + "langString")
    if datatype in (terms.XSD + "integer", terms.XSD + "decimal"):
        return literal.value
    text = f'"{literal.value}"' + (
        f"@{literal.language}" if literal.language else "" if plain else f"^^{terms.curie(datatype)}"
    )
    return text.replace("{", "{{").replace("}", "}}")


def _said(trials: Trials, part: Part) -> Iterator[Clue]:
    """What the graph says of the triple's thing instead: its properties, or those that it is a value of."""
    assert part.triple is not None  # only simple triples come here
    names = Names(trials.query.prologue)
    subject, value = (names.text(trials.bound(part.triple[place])) for place in (0, 2))
    store, fact = trials.everything, ox.DefaultGraph()
    if subject is not None:
        found = {quad.predicate for quad in store.quads_for_pattern(subject, None, None, fact)}
        yield from _listed("as fact, {0} has", subject, found)
    if value is not None and part.triple[1] not in CLASS_OF:
        found = {quad.predicate for quad in store.quads_for_pattern(None, None, value, fact)}
        yield from _listed("as fact, {0} is a value of", value, found)


def _borne_by(trials: Trials, parts: Sequence[Part]) -> Iterator[Clue]:
    """Of a class and a property that never meet: which classes' things have the property."""
    names = Names(trials.query.prologue)
    for part, other in (parts, parts[::-1]):
        assert part.triple is not None and other.triple is not None  # noqa: PT018 - only simple triples come here
        verb = names.text(other.triple[1])
        if part.triple[1] not in CLASS_OF or part.triple[0] != other.triple[0] or verb is None:
            continue
        rows = trials.solutions(
            "DISTINCT ?class",
            f"{{ SELECT * {{ GRAPH ?assertion {{ ?thing {verb} ?value }} }} LIMIT {SAMPLE} }} "
            "GRAPH ?assertion { ?thing a ?class }",
            LISTED,
        )
        classes = sorted({str(row["class"].value) for row in rows if isinstance(row["class"], ox.NamedNode)})
        if classes:
            listed = ", ".join(terms.curie(each) for each in classes)
            yield Clue("said", f"{{0}} is said of things of {listed}", (verb,))


def _listed(message: str, node: ox.NamedNode, properties: set[ox.NamedNode]) -> Iterator[Clue]:
    names = sorted(terms.curie(each.value) for each in properties if each not in lookup.NAME_PROPERTIES)
    if names:
        more = f" and {len(names) - LISTED} more" if len(names) > LISTED else ""
        yield Clue("said", f"{message} {', '.join(names[:LISTED])}{more}", (node,))
