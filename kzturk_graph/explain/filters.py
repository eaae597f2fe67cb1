"""What a filter that leaves no row asks for, and what there was for it to choose from."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

import pyoxigraph as ox

from kzturk_graph import terms
from kzturk_graph.explain.model import Clue
from kzturk_graph.explain.pieces import pieces
from kzturk_graph.explain.shorten import shorten
from kzturk_graph.explain.trials import ROWS, Step, Trials, render
from kzturk_graph.names import fold
from kzturk_graph.queries.binding import variables

VALUES, NAMES = 8, 5
_LANGUAGE = {"LANG", "LANGMATCHES"}
_DATE = {"YEAR", "MONTH", "DAY", "NOW", "TZ", "TIMEZONE", "HOURS"}
_TEXT = {"REGEX", "CONTAINS", "STRSTARTS", "STRENDS", "LCASE", "UCASE"}
_COMPARES = {"<", ">"}
_QUOTES = re.compile(r"""^["']+|["']+(?:@[\w-]+|\^\^.*)?$""", re.DOTALL)
_TEXTS = {terms.XSD + "string", terms.RDF + "langString"}
LIKE = 3


def kind(text: str) -> str:
    """What a filter is about: absence, language, date, text, number or value.

    >>> kind('FILTER (lang(?l) = "de")')
    'language'
    """
    found = pieces(text)
    words = {token.text.upper() for token in found if token.kind == "word"}
    literals = " ".join(token.text for token in found if token.kind == "literal")
    if {"NOT", "EXISTS"} <= words and words <= {"FILTER", "NOT", "EXISTS", "A"}:
        return "absence"
    for name, marks in (("language", _LANGUAGE), ("date", _DATE), ("text", _TEXT)):
        if words & marks:
            return name
    if "xsd:date" in literals or "XMLSchema#date" in literals or "XMLSchema#gYear" in literals or "EDTF" in literals:
        return "date"
    return "number" if any(token.kind == "number" for token in found) else "value"


def filtered(trials: Trials, steps: Sequence[Step], failing: Step) -> Iterator[Clue]:
    """Clues for a filter that leaves none of the rows of the steps before it. Raises OutOfTrials."""
    where = trials.query.where
    before = render(where, steps)
    rows = trials.count(before)
    bound = trials.bound(failing.part.text)
    about = kind(bound)
    count = f"{rows:,} or more rows" if rows >= ROWS else "the one row" if rows == 1 else f"the {rows:,} rows"
    given = ", ".join(sorted(variables(failing.part.text) & set(trials.parameters)))
    what = "MINUS" if failing.part.kind == "minus" else f"filter ({about}{f', for {given}' if given else ''})"
    leaves = f"this {what} leaves none of {count} before it:" if rows > 1 else f"this {what} drops {count} before it:"
    yield Clue("filter", leaves, parts=(shorten(bound),), rows=rows)
    if about == "absence" or failing.part.kind == "minus":
        yield Clue("absence", "each of them has what the filter wants absent", rows=rows)
        return
    others = [step for step in steps if step.filters and not trials.idle(step)]
    if others:
        yield from _without_others(trials, steps, failing, others)
    yield from _values(trials, before, failing, about)


def _without_others(trials: Trials, steps: Sequence[Step], failing: Step, others: Sequence[Step]) -> Iterator[Clue]:
    """What the filter leaves where the others don't come before it: then two of them exclude each other."""
    alone = [step for step in steps if not step.filters]
    left = trials.count(render(trials.query.where, [*alone, failing]))
    if left:
        more = " or more" if left >= ROWS else ""
        told = f"without what filters before it, it leaves {left:,}{more}; before it stand:"
        yield Clue("together", told, parts=tuple(shorten(trials.bound(step.part.text)) for step in others), rows=left)


def _values(trials: Trials, before: str, failing: Step, about: str) -> Iterator[Clue]:
    """The values that there were for the filter's variables, two at most."""
    there = variables(before)
    names = [name for name in sorted(variables(trials.bound(failing.part.text))) if name in there][:2]
    for name in names:
        body = f"{{ SELECT ?{name} WHERE {{ {before} }} LIMIT {ROWS} }}"
        if about == "language":
            found = trials.solutions(f"DISTINCT (LANG(?{name}) AS ?value)", body, VALUES)
            values = [row["value"] for row in found]
            tags = sorted(each.value or "none" for each in values if isinstance(each, ox.Literal))
            if tags:
                yield Clue("said", f"languages of ?{name} there: {', '.join(tags)}")
            continue
        rows = trials.solutions(f"DISTINCT ?{name}", body, ROWS)
        if len(rows) == ROWS:
            yield Clue("said", f"of ?{name}, only the first {ROWS:,} values were looked at")
        yield from _described(name, [value for row in rows if (value := row[name]) is not None], about, failing, trials)


def _described(
    name: str,
    values: Sequence[ox.NamedNode | ox.Literal | ox.BlankNode],
    about: str,
    failing: Step,
    trials: Trials,
) -> Iterator[Clue]:
    if not values:
        yield Clue("said", f"?{name} has no value in any of them, so the filter can't hold")
        return
    literals = [each for each in values if isinstance(each, ox.Literal)]
    nodes = sorted({each.value for each in values if isinstance(each, ox.NamedNode)})
    if nodes:
        shown = tuple(ox.NamedNode(each) for each in nodes[:NAMES])
        listed = ", ".join(f"{{{place}}}" for place in range(len(shown)))
        more = f" and {len(nodes) - len(shown):,} more" if len(nodes) > len(shown) else ""
        yield Clue("said", f"?{name} is there: {listed}{more}", shown)
    elif literals:
        like = _like(literals, trials.bound(failing.part.text))
        yield Clue("said", f"?{name} is there: {_span(literals)}", suggestions=like)
    yield from _trap(name, literals, trials.bound(failing.part.text), about)


def _span(literals: Sequence[ox.Literal]) -> str:
    """From the least to the greatest of numbers and dates, else a few of the values."""
    kinds = {each.datatype.value for each in literals}
    texts = sorted({each.value for each in literals})
    if len(texts) > 2 and kinds <= {terms.XSD + name for name in ("integer", "decimal", "double")}:
        numbers = sorted(texts, key=float)
        return f"{len(texts):,} numbers from {numbers[0]} to {numbers[-1]}"
    if len(texts) > 2 and kinds == {terms.XSD + "date"}:
        return f"{len(texts):,} days from {texts[0]} to {texts[-1]}"
    if len(texts) > VALUES:
        return f"{len(texts):,} values"
    return _escaped(", ".join(f'"{text}"' for text in texts))


def _escaped(text: str) -> str:
    """A text that stands in a message as it is."""
    return text.replace("{", "{{").replace("}", "}}")


def _like(literals: Sequence[ox.Literal], text: str) -> tuple[str, ...]:
    """The texts nearest to one that the filter names, or that hold it when case and accents are put aside."""
    asked = [fold(_QUOTES.sub("", token.text)) for token in pieces(text) if token.kind == "literal"]
    keys = {fold(each.value): each.value for each in literals if each.datatype.value in _TEXTS}
    found = [keys[key] for word in asked if len(word) > 1 for key in sorted(keys) if word in key]
    near = [keys[key] for word in asked for key in difflib.get_close_matches(word, sorted(keys), n=LIKE, cutoff=0.75)]
    return tuple(f'"{_escaped(each)}"' for each in dict.fromkeys([*near, *found]))[:LIKE]


def _trap(name: str, literals: Sequence[ox.Literal], text: str, about: str) -> Iterator[Clue]:
    """Comparisons that can't hold whatever the values: of EDTF texts, of tagged texts with plain ones."""
    found = pieces(text)
    marks = {token.text for token in found if token.kind == "other"}
    compared = f"?{name}" in {token.text.replace("$", "?") for token in found if token.kind == "variable"}
    if not (literals and compared):
        return
    if all(each.datatype.value == terms.EDTF for each in literals) and (marks & _COMPARES or "=" in marks):
        wrapped = any(a.text.upper() in ("STR", "BOUND") and b.text == "(" for a, b in pairwise(found))
        if not wrapped:
            yield Clue(
                "said",
                f"?{name} is a date as published (EDTF), which no engine compares: take its days,"
                f" ?day kt:edtf ?{name} ; kt:earliest ?first ; kt:latest ?last, or compare STR(?{name})",
            )
    plain = [token.text for token in found if token.kind == "literal" and token.text[-1:] in "\"'"]
    if "=" in marks and plain and about == "value" and all(each.language for each in literals):
        yield Clue("said", f"?{name} carries a language, and a plain text is never equal to it: compare STR(?{name})")
