"""Where terms are used: in RDF files, in saved queries and their headers, in label templates."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import pyoxigraph as ox

from kzturk_graph import resources, terms
from kzturk_graph.errors import InputError
from kzturk_graph.graph.files import read_quads, read_text, read_toml
from kzturk_graph.queries.header import read_query
from kzturk_graph.queries.tokens import meaningful

_SYNTAX = tuple(terms.PREFIXES[prefix] for prefix in ("rdf", "rdfs", "owl", "sh", "xsd", "edtf", "void"))
"""Vocabularies that nobody is asked to declare: those of RDF itself, and of counting it."""

_OURS = (terms.ONTOLOGY, terms.CONCEPT)
_DATA = (terms.ENTITY, terms.DOCUMENT, terms.PASSAGE, terms.ASSERTION, terms.REPORT, terms.DATE, terms.SHAPE)
_WIKIBASE = ("http://www.wikidata.org/", "http://wikiba.se/ontology#", "http://schema.org/")
"""The namespaces of the data that a query may need beside ours; a Wikibase spells schema.org with http."""
_PLACE = re.compile(r"\{(\w+)\}")


class Use(NamedTuple):
    """A file in which a term is used, and the line of its first use (None where it isn't spelled out)."""

    path: str
    line: int | None

    def __str__(self) -> str:
        return f"{self.path}:{self.line}" if self.line else self.path


def first(uses: Iterable[Use]) -> Use:
    """The place to name where there are many."""
    return min(uses, key=lambda use: (use.path, use.line or 0))


def uses_in_rdf(paths: Iterable[Path]) -> Iterator[tuple[str, Use]]:
    """Our terms and concepts wherever they stand, published ones as property, class or a shape's path."""
    for path in paths:
        lines = _first_lines(read_text(path))
        for quad in read_quads(path):
            for iri in _terms_of(quad):
                yield iri, Use(shown(path), lines.get(terms.curie(iri)) or lines.get(f"<{iri}>"))


def _terms_of(quad: ox.Quad) -> Iterator[str]:
    for node in (quad.subject, quad.object):
        if isinstance(node, ox.NamedNode) and node.value.startswith(_OURS) and node.value not in _OURS:
            yield node.value
    yield from _term(quad.predicate.value)
    named = {terms.TYPE, *(terms.PREFIXES["sh"] + name for name in ("path", "class", "targetClass"))}
    if quad.predicate.value in named and isinstance(quad.object, ox.NamedNode):
        yield from (iri for iri in _term(quad.object.value) if not iri.startswith(_OURS))


def _term(iri: str) -> Iterator[str]:
    if not iri.startswith((*_SYNTAX, *_DATA)):
        yield iri


def _first_lines(text: str) -> dict[str, int]:
    """Every word of a text, without the punctuation that ends it → the line where it first stands."""
    found: dict[str, int] = {}
    for number, line in enumerate(text.splitlines(), 1):
        for word in line.split():
            found.setdefault(word.strip(",;.()[]"), number)
    return found


def uses_in_queries(paths: Iterable[Path], declared: Iterable[str]) -> Iterator[tuple[str, Use]]:
    """The terms that a query's text names, and the classes and schemes of its parameters.

    Terms of a Wikibase aren't ours to declare: they are left out of a query that says that it needs its data.
    """
    classes = _by_local_name(declared, upper=True)
    for path in paths:
        query = read_query(path)
        theirs = _WIKIBASE if query.needs else ()
        yield from (use for use in _in_text(read_text(path), path) if not use[0].startswith(theirs))
        for parameter in query.parameters:
            if parameter.of is not None:
                yield classes.get(parameter.of, terms.kt(parameter.of)), Use(shown(path), None)
            if parameter.scheme is not None:
                yield f"{terms.CONCEPT}scheme-{parameter.scheme}", Use(shown(path), None)


def _in_text(text: str, path: Path) -> Iterator[tuple[str, Use]]:
    prefixes, found = dict(terms.PREFIXES), meaningful(text)
    declarations: set[int] = set()
    for place, token in enumerate(found[:-2]):
        if token.text.upper() == "PREFIX":
            prefixes[found[place + 1].text.rstrip(":")] = found[place + 2].text[1:-1]
            declarations |= {place + 1, place + 2}
    for place, token in enumerate(found):
        if place in declarations or token.kind not in ("iri", "name"):
            continue
        prefix, _, name = token.text.partition(":")
        iri = token.text[1:-1] if token.kind == "iri" else prefixes.get(prefix, "") + name.replace("\\", "")
        if "://" in iri and iri not in _OURS:
            line = text.count("\n", 0, token.start) + 1
            yield from ((each, Use(shown(path), line)) for each in _term(iri))


def uses_in_labels(paths: Iterable[Path], declared: Iterable[str]) -> Iterator[tuple[str, Use]]:
    """The classes and properties that label templates name by their last part.

    A name that nothing declared bears is taken for a term of ours, so that it is found missing. Raises
    InputError where a file isn't TOML.
    """
    known = list(declared)
    classes, properties = _by_local_name(known, upper=True), _by_local_name(known, upper=False)
    for path in paths:
        text = read_text(path)
        rows = read_toml(path).get("label")
        if rows is None:
            raise InputError("isn't a file of label templates: it has no [[label]]", path=str(path))
        for row in rows:
            line = text.count("\n", 0, text.find(f'"{row["class"]}"')) + 1
            yield classes.get(row["class"], terms.kt(row["class"])), Use(shown(path), line)
            templates = [template for key, value in row.items() if key != "class" for template in value]
            for name in sorted(set(_PLACE.findall(" ".join(templates)))):
                yield properties.get(name, terms.kt(name)), Use(shown(path), line)


def _by_local_name(declared: Iterable[str], *, upper: bool) -> dict[str, str]:
    """Last part → IRI, of classes (``upper``) or properties; ours where a published one has the same."""
    named = [iri for iri in declared if not iri.startswith(terms.CONCEPT)]
    found: dict[str, str] = {}
    for iri in sorted(named, key=lambda iri: (not iri.startswith(terms.ONTOLOGY), iri)):
        if terms.local(iri)[:1].isupper() == upper:
            found.setdefault(terms.local(iri), iri)
    return found


def shown(path: Path) -> str:
    """A path as findings show it: from the project's folder where it lies there."""
    return path.relative_to(resources.ROOT).as_posix() if path.is_relative_to(resources.ROOT) else str(path)
