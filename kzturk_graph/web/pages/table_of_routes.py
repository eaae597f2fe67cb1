"""Which address is answered by which view."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from kzturk_graph.web.linked.routes import Linked
from kzturk_graph.web.pages import about, browse, disputes, documents, editing, pictures, saved, search, things
from kzturk_graph.web.pages.desk import Desk

if TYPE_CHECKING:
    from kzturk_graph.web.site import Site

STATIC = Path(__file__).parent / "static"


def routes(site: Site) -> list[BaseRoute]:
    """Every page's route, those of the linked data, and the files that pages need."""
    desk = Desk(site)
    page = desk.route

    return [
        page("/", search.home),
        page("/search", search.search, keep=False),
        page("/search.json", search.search_json, keep=False),
        page("/browse", browse.classes),
        page("/browse/{name}", browse.browse),
        page("/documents", documents.every),
        page("/page/{space}/{name}", things.thing),
        page("/page/{name}", things.thing),
        page("/conflicts", disputes.every),
        page("/conflicts/{name}", disputes.one),
        page("/queries", saved.every),
        page("/queries/{name}.csl.json", saved.download),
        page("/queries/{name}.{form}", saved.download),
        page("/queries/{name}", saved.one),
        *(page(f"/{name}", pictures.pictured) for name in pictures.PAGES),
        page("/plot/{name}.svg", pictures.svg, slow=True),
        page("/plot/{name}.json", pictures.specification),
        page("/plot/{name}", pictures.one),
        page("/query", editing.editor, keep=False, waits=True),
        page("/query/editor.js", editing.script),
        page("/query/licences.txt", editing.licences),
        page("/query/vocabulary.json", editing.vocabulary),
        page("/about", about.about),
        *Linked(site, desk.missing).routes(),
        Mount("/static", StaticFiles(directory=STATIC), name="static"),
        Route("/{path:path}", desk.lost, methods=["GET"]),
    ]
