"""Saved queries: the list, each as a form with its answer, and the answers' downloads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kzturk_graph import terms
from kzturk_graph.errors import UsageError
from kzturk_graph.queries.catalogue import catalogue, names, saved_query
from kzturk_graph.queries.header import TOPICS
from kzturk_graph.queries.parameters import scheme_concepts
from kzturk_graph.web.pages import addresses, answers, pictures
from kzturk_graph.web.pages.notes import Notes
from kzturk_graph.web.pages.page import NotThereError, Page, Written

if TYPE_CHECKING:
    from kzturk_graph.queries.header import Parameter, SavedQuery

MOST_OPTIONS = 60
"""A longer list of things is offered beside a text field instead of in a menu."""


@dataclass
class Field:
    """A field of a form: its name in the address, label, help, how it is entered, its options and what is chosen."""

    name: str
    label: str
    help: str
    form: str
    required: bool
    options: list[tuple[str, str]]
    chosen: list[str]
    default: str


def every(page: Page) -> Written:
    """All saved queries, topic by topic."""
    found = catalogue()
    topics = [
        (topic, page.say.get(f"topics.{topic}", topic), [each for each in found.values() if each.topic == topic])
        for topic in TOPICS
    ]
    return page.html("queries.html", topics=[each for each in topics if each[2]])


def one(page: Page) -> Written:
    """A saved query: its form, and its answer where nothing is missing."""
    query = _query(page)
    given = given_to(page, query)
    picture = pictures.showing(query.name)
    missing = [each.name for each in query.parameters if each.required and not given.get(each.name)]
    table = error = None
    notes = Notes(page)
    if not missing:
        try:
            table = answers.table(page, query.name, notes, given)
        except UsageError as problem:
            error = problem
    return page.html(
        "query.html",
        status=400 if error else 200,
        query=query,
        fields=[_field(page, each) for each in query.parameters],
        table=table,
        missing=missing,
        error=error,
        downloads=[(_download(page, query, form), form) for form in DOWNLOADS] if table else [],
        notes=notes.footnotes(),
        picture=picture if table and table.rows else None,
        asked=pictures.asked(page, picture) if picture else {},
        version=page.desk.site.version,
    )


def _query(page: Page) -> SavedQuery:
    name = page.request.path_params["name"]
    if name not in names():
        import difflib

        near = difflib.get_close_matches(name, names(), n=3)
        raise NotThereError(name, [(page.url(f"/queries/{each}"), page.title(each)) for each in near])
    return saved_query(name)


def field_name(parameter: Parameter) -> str:
    """What a parameter is called in the address: its own name, unless the site itself uses that."""
    return f"q-{parameter.name}" if parameter.name in addresses.KEPT else parameter.name


def given_to(page: Page, query: SavedQuery) -> dict[str, str | list[str]]:
    """What the address gives for the query's parameters; empty fields are left out."""
    found: dict[str, str | list[str]] = {}
    for each in query.parameters:
        values = [value.strip() for value in page.query.getlist(field_name(each)) if value.strip()]
        if values:
            found[each.name] = values if each.many else values[0]
    return found


def _field(page: Page, parameter: Parameter) -> Field:
    options = _options(page, parameter)
    chosen = [each for each in page.query.getlist(field_name(parameter)) if each]
    form = {"entity": "thing", "choice": "choice", "date": "date", "language": "choice"}.get(parameter.type, "text")
    if parameter.type in ("year", "integer"):
        form = "number"
    if form == "thing" and 0 < len(options) <= MOST_OPTIONS and not parameter.many:
        form = "choice"
    if form == "choice" and parameter.many:
        form = "several"
    timed = parameter.name in ("from", "to") and parameter.type in ("year", "date")
    label = page.say(f"browse.{parameter.name}") if timed else answers.heading(page, parameter.name)
    default = dict(options).get(parameter.default or "", parameter.default or "")
    return Field(field_name(parameter), label, parameter.help, form, parameter.required, options, chosen, default)


def _options(page: Page, parameter: Parameter) -> list[tuple[str, str]]:
    """Value and label of what may be chosen; empty where anything may be typed."""
    if parameter.scheme:
        concepts = scheme_concepts(page.desk.site.store, parameter.scheme)
        found = [(terms.local(iri), page.label(iri)) for iri in concepts]
        return sorted(found, key=lambda each: each[1])
    if parameter.choices:
        return [(each, page.say.get(f"choices.{each}", each)) for each in parameter.choices]
    if parameter.type == "language":
        return [(each, each) for each in terms.LANGUAGES]
    if parameter.type != "entity" or parameter.of is None:
        return []
    of = next((iri for iri in page.index.members if terms.local(iri) == parameter.of), "")
    things = page.index.documents if parameter.of == "Document" else page.index.members.get(of, ())
    if parameter.of == "Passage":
        return []
    return sorted(((terms.local(iri), page.label(iri)) for iri in things), key=lambda each: each[1])


DOWNLOADS = ("csv", "tsv", "json", "xml", "bib", "csl.json")


def _download(page: Page, query: SavedQuery, form: str) -> str:
    given: dict[str, str | list[str] | None] = {name: page.query.getlist(name) for name in page.query}
    return addresses.with_query(f"/queries/{query.name}.{form}", given)


def download(page: Page) -> Written:
    """The answer of a saved query as a file."""
    from kzturk_graph.web.pages.files import FILES

    query = _query(page)
    form = page.request.path_params.get("form", "csl.json")
    if form not in FILES:
        raise NotThereError(f"{query.name}.{form}")
    answer, _ = answers.answered(page, query.name, given_to(page, query))
    media, write = FILES[form]
    return Written(
        write(page, answer).encode(),
        media=media,
        headers={"Content-Disposition": f'attachment; filename="{query.name}.{form}"'},
    )
