"""The pages of things: entities and reports, and which view a path leads to."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kzturk_graph import terms
from kzturk_graph.graph import lookup
from kzturk_graph.web.pages import addresses
from kzturk_graph.web.pages.page import NotThereError, Page, Written
from kzturk_graph.web.pages.sheet import MATCHES, Sheet

if TYPE_CHECKING:
    from kzturk_graph.web.pages.index import Index

FORMS = {"ttl": "Turtle", "jsonld": "JSON-LD", "trig": "TriG", "nt": "N-Triples", "rdf": "RDF/XML"}
"""The formats that a thing can be downloaded in, by the ends of their addresses."""


def thing(page: Page) -> Written:
    """The page of whatever ``space`` and ``name`` in the path name."""
    from kzturk_graph.web.pages import documents, vocabulary

    space = page.request.path_params.get("space", "id")
    iri = known(page.index, space, page.request.path_params["name"], page)
    views = {
        "document": documents.document,
        "passage": documents.passage,
        "assertion": documents.assertion,
        "ontology": vocabulary.term,
        "concept": vocabulary.term,
    }
    return views.get(space, entity)(page, iri)


def known(index: Index, space: str, name: str, page: Page) -> str:
    """The IRI of the thing. Raises NotThereError, with near names, where nothing is said of it."""
    if space in addresses.SPACES:
        iri = addresses.SPACES[space] + name
        try:
            if lookup.exists(index.site.store, ox.NamedNode(iri)):
                return iri
        except ValueError:  # not an IRI
            pass
    raise NotThereError(name, near(page, space, name))


def near(page: Page, space: str, name: str) -> list[tuple[str, str]]:
    """Path and label of things with a name like this one."""
    namespace = addresses.SPACES.get(space, terms.ENTITY)
    slugs = page.index.slugs.get(namespace, ())
    found = [namespace + each for each in difflib.get_close_matches(name[:200], slugs, n=5, cutoff=0.6)]
    paths = ((addresses.page(iri), iri) for iri in found)
    return [(page.url(path), page.label(iri)) for path, iri in paths if path]


def entity(page: Page, iri: str) -> Written:
    """An entity's page."""
    from kzturk_graph.facts import profile

    index = page.index
    found = profile(index.site.store, ox.NamedNode(iri), page.language, index.reader(page.language))
    sheet = Sheet(page, iri, found.facts, index.conflicts_about(iri))
    names: dict[str, list[str]] = {}
    for name in found.names:
        names.setdefault(name.language, []).append(name.text)
    return page.html(
        "entity.html",
        iri=iri,
        found=found,
        kinds=[(page.url("/browse/" + terms.local(kind)), page.label(kind)) for kind in index.kinds(iri)],
        names=names,
        sheet=sheet,
        conflicts=sheet.conflicts,
        slug=terms.local(iri),
        drawn=iri.startswith(terms.ENTITY) and len(sheet.neighbours) > 1,
        matches=matches(index, iri),
        downloads_list=downloads(page, iri),
        sparql=behind(iri),
        notes=sheet.notes.footnotes(),
    )


def downloads(page: Page, iri: str) -> list[tuple[str, str]]:
    """Address and name of each format of the data about a thing."""
    return [(addresses.data(iri, form) or "", name) for form, name in FORMS.items()]


def matches(index: Index, iri: str) -> list[tuple[str, str]]:
    """Address and name of the same thing elsewhere, such as at Wikidata."""
    found = {
        quad.object.value
        for name in MATCHES
        for quad in index.site.store.quads_for_pattern(ox.NamedNode(iri), ox.NamedNode(name), None)
        if isinstance(quad.object, ox.NamedNode) and addresses.outside(quad.object.value)
    }
    return [(each, terms.local(each)) for each in sorted(found)]


def behind(iri: str) -> str:
    """The query that an entity's page answers."""
    node = terms.curie(iri)
    node = node if ":" in node and not node.startswith("http") and "/" not in node else f"<{iri}>"
    return (
        f"SELECT ?property ?value ?of ?modality ?passage WHERE {{\n"
        f"  {{ GRAPH ?assertion {{ {node} ?property ?value }} }}\n"
        f"  UNION\n"
        f"  {{ GRAPH ?assertion {{ ?of ?property {node} }} }}\n"
        f"  ?assertion kt:modality ?modality .\n"
        f"  OPTIONAL {{ ?assertion kt:passage ?passage }}\n"
        f"}} ORDER BY ?modality ?property"
    )
