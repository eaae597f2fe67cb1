"""The idiom of Wikidata's query service, as plain SPARQL 1.1.

What the service has beyond the standard and queries use every day: prefixes that needn't be declared, the label
service (https://www.mediawiki.org/wiki/Wikidata_Query_Service/User_Manual#Label_service), named subqueries, points in
time without a time of day, and hints to its optimizer, which are left out. Two prefixes mean something else here and
there: ``p:`` and ``schema:``. What stands behind them tells which is meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from kzturk_graph import terms
from kzturk_graph.errors import UsageError
from kzturk_graph.queries.tokens import Token, meaningful
from kzturk_graph.wikibase import namespaces
from kzturk_graph.wikibase.beside.groups import Group, group_of, groups
from kzturk_graph.wikibase.beside.label_service import LABELS, bindings
from kzturk_graph.wikibase.beside.named import in_place

PREFIXES = {**namespaces.PREFIXES, **terms.PREFIXES}
"""What a query may use undeclared: ours and the query service's; ``p:`` and ``schema:`` are ours unless told apart."""

_CLAIM = re.compile(r"p:P\d+")
_DATE_TIME = ("xsd:dateTime", f"<{terms.XSD}dateTime>")
_DAY = re.compile(r"""(["'])\+?(-?\d{4,})-(\d\d)-(\d\d)(T[^"']*)?\1""")
_THEIR_SCHEMA = {
    "Article", "Dataset", "about", "dateModified", "description", "inLanguage", "isPartOf", "name", "softwareVersion",
    "version",
}  # fmt: skip
"""Terms of schema.org that Wikibase's RDF has, with http."""


class Prepared(NamedTuple):
    """A query as the engine takes it, and the prefixes to lend to it."""

    text: str
    prefixes: dict[str, str]


class _Edit(NamedTuple):
    """Characters from ``start`` to ``end`` give way to ``text``."""

    start: int
    end: int
    text: str


def prepare(query: str, language: str = "en") -> Prepared:
    """The same question in plain SPARQL; ``language`` stands for ``[AUTO_LANGUAGE]``.

    Lines stay where they are, so that an error still names the right one. Raises UsageError for a SERVICE other than
    the label service.
    """
    query = in_place(query)
    pieces = meaningful(query)
    found = groups(pieces)
    edits = [*_services(query, pieces, found, language), *_hints(query, pieces), *_dates(pieces)]
    prefixes = dict(PREFIXES)
    edits += _prefixes(pieces, prefixes)
    return Prepared(_edited(query, edits), prefixes)


def _edited(query: str, edits: list[_Edit]) -> str:
    """The query with all edits done; of those that overlap, the outer one."""
    parts, at = [], 0
    for edit in sorted(edits, key=lambda each: (each.start, -each.end)):
        if edit.start < at:
            continue
        parts += [query[at : edit.start], edit.text]
        at = edit.end
    return "".join([*parts, query[at:]])


def _gone(query: str, start: int, end: int) -> _Edit:
    """Nothing but the line breaks stays."""
    return _Edit(start, end, "\n" * query.count("\n", start, end) or " ")


def _services(query: str, pieces: list[Token], found: list[Group], language: str) -> Iterator[_Edit]:
    for place, token in enumerate(pieces):
        if token.kind != "word" or token.text.upper() != "SERVICE":
            continue
        named = place + 1 + (pieces[place + 1].text.upper() == "SILENT")
        if pieces[named].text not in LABELS:
            raise UsageError(
                f"SERVICE {pieces[named].text} would call another machine, or isn't known here",
                "of the query service's, wikibase:label is; load other data beside ours with --with",
            )
        inner = next((each for each in found if each.open == named + 1), None)
        outer = group_of(found, place)
        if inner is None or outer is None:
            continue  # the engine says what is wrong with it
        last = inner.close
        if pieces[last + 1].text == "." and pieces[place - 1].text in (".", "{", "}"):
            last += 1  # a dot of its own, which ends nothing else
        yield _gone(query, token.start, pieces[last].start + 1)
        made = bindings(pieces, found, inner, outer, language)
        end = pieces[outer.close].start
        yield _Edit(end, end, "".join(f" {each}" for each in made) + " ")


def _hints(query: str, pieces: list[Token]) -> Iterator[_Edit]:
    """Triples such as ``hint:Query hint:optimizer "None" .``"""
    for place, token in enumerate(pieces):
        if token.kind == "name" and token.text.startswith("hint:") and pieces[place - 1].text in ("{", ".", "}"):
            end = place
            while end + 1 < len(pieces) and pieces[end].text != "." and pieces[end + 1].text != "}":
                end += 1
            yield _gone(query, token.start, pieces[end].start + len(pieces[end].text))


def _dates(pieces: list[Token]) -> Iterator[_Edit]:
    """Points in time that XSD has no form for: ``"2012-05-01"^^xsd:dateTime``, ``"2012-00-00T00:00:00Z"``."""
    for place, token in enumerate(pieces[:-3]):
        if [each.text for each in pieces[place + 1 : place + 3]] != ["^", "^"] or token.kind != "string":
            continue
        found = _DAY.fullmatch(token.text)
        if found and pieces[place + 3].text in _DATE_TIME:
            _, year, month, day, clock = found.groups()
            day = f"{year}-{'01' if month == '00' else month}-{'01' if day == '00' else day}"
            yield _Edit(token.start, token.start + len(token.text), f'"{day}{clock or "T00:00:00Z"}"')


def _prefixes(pieces: list[Token], lent: dict[str, str]) -> Iterator[_Edit]:
    """Tell ``p:P463`` from ``p:004-p17`` and ``schema:about`` from ``schema:url`` where the query declares neither.

    Where all of a query are theirs, theirs is lent; where it mixes them, theirs are written in full.
    """
    declared = {
        after.text.partition(":")[0]
        for before, after in pairwise(pieces)
        if before.kind == "word" and before.text.upper() == "PREFIX"
    }
    for prefix in ("p", "schema"):
        used = [each for each in pieces if each.kind == "name" and each.text.startswith(f"{prefix}:")]
        theirs = [each for each in used if _is_theirs(each.text)]
        if prefix in declared or not theirs:
            continue
        if len(theirs) == len(used):
            lent[prefix] = namespaces.PREFIXES[prefix]
            continue
        for each in theirs:
            iri = namespaces.PREFIXES[prefix] + each.text.partition(":")[2]
            yield _Edit(each.start, each.start + len(each.text), f"<{iri}>")


def _is_theirs(name: str) -> bool:
    return _CLAIM.fullmatch(name) is not None or name.removeprefix("schema:") in _THEIR_SCHEMA
