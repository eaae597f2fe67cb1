"""The form for a query of the reader's own, its answer, and what the editor in it needs."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox
from markupsafe import Markup, escape

from kzturk_graph import terms
from kzturk_graph.results import value_of
from kzturk_graph.web import editor as built
from kzturk_graph.web.errors import HttpError
from kzturk_graph.web.pages import addresses
from kzturk_graph.web.pages.notes import Notes
from kzturk_graph.web.pages.page import NotThereError, Page, Written

if TYPE_CHECKING:
    from kzturk_graph.web.workers.jobs import Job, Outcome

EXAMPLE = """SELECT ?treaty ?signed WHERE {
  ?treaty a kt:Treaty ;
          kt:signedOn ?signed .
}
ORDER BY STR(?signed)"""
SHOWN = 1_000
"""How many rows a page shows; the endpoint gives more."""
RAW, RAW_GRAPHS = ("json", "csv", "tsv", "xml"), ("turtle", "jsonld", "ntriples", "rdfxml")
"""The formats of the endpoint's answer, for rows and for triples."""


@dataclass
class Reply:
    """What a query gave: rows with marks of their sources, a truth, triples as Turtle, or an error with its place."""

    status: int
    columns: list[str] = field(default_factory=list)
    rows: list[tuple[list[Markup], Markup]] = field(default_factory=list)
    truth: bool | None = None
    turtle: str | None = None
    error: dict[str, Any] | None = None
    cut: bool = False


def editor(page: Page) -> Written:
    """The form, with the query of the address and its answer where it has one."""
    text = page.query.get("query", "")
    notes = Notes(page)
    reply = asked(page, text, notes) if text.strip() else None
    lines = text.splitlines()
    line = int((reply.error or {}).get("line") or 0) if reply else 0
    written = page.html(
        "sparql.html",
        status=reply.status if reply else 200,
        query=text or EXAMPLE,
        reply=reply,
        wrong=lines[line - 1] if 0 < line <= len(lines) else None,
        cite=bool(page.query.get("cite")),
        enhanced=built.script() is not None,
        raw=[
            (addresses.with_query("/sparql", {**page.kept, "query": text, "format": form}), form)
            for form in (RAW_GRAPHS if reply and reply.turtle is not None else RAW)
        ],
        notes=notes.footnotes(),
    )
    return written._replace(headers={"Retry-After": "5"}) if written.status in (429, 503) else written


def asked(page: Page, text: str, notes: Notes) -> Reply:
    """What a worker answers to a query, within the share of who asks."""
    from kzturk_graph.web.asking import ask_from_thread

    client = page.request.client
    try:
        outcome = ask_from_thread(
            page.desk.site, _job(page, text), client.host if client else "", page.request.scope.get("kzturk.line")
        )
    except HttpError as error:
        return Reply(error.status, error=json.loads(error.body()))
    return _reply(page, outcome, notes)


def _job(page: Page, text: str) -> Job:
    from kzturk_graph.web.workers.jobs import Job

    settings = page.desk.site.settings
    undated = page.query.get("undated", "")
    return Job(
        text,
        modalities=tuple(filter(None, page.query.getlist("modality"))),
        sources=tuple(filter(None, page.query.getlist("source"))),
        as_of=page.query.get("as-of") or None,
        undated=undated if undated == "include" else "exclude",
        cite="witnesses" if page.query.get("cite") else None,
        language=page.language,
        rows=min(SHOWN, settings.rows),
        size=settings.result_bytes,
        seconds=settings.query_seconds,
        nesting=settings.nesting,
    )


def _reply(page: Page, outcome: Outcome, notes: Notes) -> Reply:
    media = dict(outcome.headers).get("content-type", "")
    if outcome.status != 200:
        return Reply(outcome.status, error=json.loads(outcome.body))
    if not media.startswith("application/sparql-results+json"):
        return Reply(200, turtle=outcome.body.decode(), cut=outcome.cut)
    found = json.loads(outcome.body)
    if "boolean" in found:
        return Reply(200, truth=found["boolean"], cut=outcome.cut)
    columns = found["head"]["vars"]
    cited = found.get("citations", {}).get("rows", [])
    rows = []
    for place, binding in enumerate(found["results"]["bindings"]):
        cells = [_cell(page, binding[name]) if name in binding else Markup() for name in columns]
        rows.append((cells, _marks(cited[place], notes) if place < len(cited) else Markup()))
    return Reply(200, columns, rows, cut=outcome.cut)


def _cell(page: Page, cell: dict[str, str]) -> Markup:
    if cell["type"] == "uri":
        return page.writer.link(cell["value"])
    if cell["type"] == "bnode":
        return escape(f"_:{cell['value']}")
    language, datatype = cell.get("xml:lang"), cell.get("datatype")
    literal = ox.Literal(
        cell["value"], language=language, datatype=ox.NamedNode(datatype) if datatype and not language else None
    )
    return page.writer.show(value_of(literal, None))


def _marks(row: dict[str, Any], notes: Notes) -> Markup:
    """The marks of a row: witnesses apart by semicolons, or the assertions that give it together."""
    sets = [each["assertions"] for each in row.get("witnesses", [])] or [row.get("combination", [])]
    joined = (Markup("+").join(notes.mark(terms.expand(name) or name) for name in each) for each in sets if each)
    return Markup("; ").join(joined)


def script(page: Page) -> Written:
    """The editor's JavaScript. Raises NotThereError where the build left none."""
    found = built.script()
    if found is None:
        raise NotThereError("editor.js")
    return Written(found, media="text/javascript; charset=utf-8")


def licences(page: Page) -> Written:
    """The licences of what the editor is made of. Raises NotThereError where the build left none."""
    found = built.licences()
    if found is None:
        raise NotThereError("licences.txt")
    return Written(found, media="text/plain; charset=utf-8")


def vocabulary(page: Page) -> Written:
    """What the editor completes, in the page's language."""
    found = built.vocabulary(page.desk.site.store, page.language)
    return Written(json.dumps(found, ensure_ascii=False).encode(), media="application/json")
