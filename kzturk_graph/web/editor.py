"""The SPARQL editor as the build left it, and what it completes: prefixes, terms, and its few words."""

from __future__ import annotations

import os
import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kzturk_graph import resources, terms
from kzturk_graph.graph import lookup

if TYPE_CHECKING:
    from collections.abc import Iterator

SCRIPT, LICENCES = "editor.js", "licences.txt"
_KINDS = {
    terms.PREFIXES["owl"] + "Class": "class",
    terms.PREFIXES["owl"] + "ObjectProperty": "property",
    terms.PREFIXES["owl"] + "DatatypeProperty": "property",
    terms.PREFIXES["owl"] + "AnnotationProperty": "property",
    terms.SKOS + "Concept": "concept",
}


def script() -> bytes | None:
    """The editor's JavaScript; None where the build had no Node or couldn't reach npm: the page is then the plain form.

    It takes over ``textarea#query`` in a form and reads these attributes of it: ``data-vocabulary`` (the address that
    answers with ``vocabulary``), ``data-search`` (an address that answers ``?q=…&lang=…`` with a JSON list of
    ``{iri, curie, label, kind}``), ``data-lang``, and after a query that failed ``data-error``, ``data-error-line`` and
    ``data-error-column``, both from 1. Ctrl-Enter submits the form. The history goes into the form's element with
    ``data-history`` where it has one, else to the form's end. Once it stands, the form has ``data-editor="ready"``.
    It needs ``script-src 'self'`` and ``connect-src 'self'``, and no inline style.
    """
    return _read(SCRIPT)


def licences() -> bytes | None:
    """The licences of every package in the script; None where there is no script."""
    return _read(LICENCES)


def _read(name: str) -> bytes | None:
    path = Path(resources.built("editor", name))
    return path.read_bytes() if path.is_file() else None


def vocabulary(store: ox.Store, language: str = "en") -> dict[str, Any]:
    """What the editor completes: ``prefixes`` (name → IRI), ``terms`` (a sorted list of ``curie``, ``label`` and
    ``kind``: class, property or concept) and ``texts``, the editor's own words in the language."""
    found = sorted(set(_terms(store, language)))
    listed = [{"curie": curie, "label": label, "kind": kind} for curie, label, kind in found]
    return {"prefixes": terms.PREFIXES, "terms": listed, "texts": texts()[language]}


def _terms(store: ox.Store, language: str) -> Iterator[tuple[str, str, str]]:
    for iri, kind in _KINDS.items():
        for quad in store.quads_for_pattern(None, lookup.TYPE, ox.NamedNode(iri)):
            if isinstance(quad.subject, ox.NamedNode):
                curie = terms.curie(quad.subject.value)
                if curie != quad.subject.value:
                    yield curie, lookup.label(store, quad.subject, language), kind


@cache
def texts() -> dict[str, dict[str, str]]:
    """The editor's words by language: the heading of names, and what stands at the choice of past queries."""
    path = os.path.join(os.path.dirname(__file__), "editor.toml")
    return tomllib.loads(Path(path).read_text(encoding="utf-8"))
