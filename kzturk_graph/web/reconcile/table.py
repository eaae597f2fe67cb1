"""Which address of the service is answered by what."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Route

from kzturk_graph.web.errors import HttpError
from kzturk_graph.web.reconcile import asked, extend, limits, manifest, preview, suggest
from kzturk_graph.web.reconcile.call import Answering, Call, endpoint
from kzturk_graph.web.reconcile.json_text import count, wrong
from kzturk_graph.web.reconcile.service import Service

if TYPE_CHECKING:
    from starlette.requests import Request

    from kzturk_graph.web.site import Site

EVERY = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
SUGGESTIONS = {"entity": suggest.entities, "property": suggest.properties, "type": suggest.types}
STYLE = Path(__file__).parent / "preview.css"


def routes(site: Site) -> list[BaseRoute]:
    """The routes of version 0.2 at ``/reconcile``, those of the draft of 1.0 beside it and at ``/reconcile/1.0``."""
    desk = Desk(Service(site))

    def route(path: str, answering: Answering, *methods: str) -> Route:
        return Route(path, endpoint(site, answering, methods), methods=EVERY)

    made: list[BaseRoute] = [
        route(manifest.ROOT, desk.root, "GET", "POST"),
        route(manifest.ROOT + "/", desk.root, "GET", "POST"),
        route(manifest.DRAFT_ROOT, desk.draft_root, "GET"),
        route(manifest.DRAFT_ROOT + "/", desk.draft_root, "GET"),
        Route(manifest.ROOT + "/preview.css", _style),
    ]
    for root in (manifest.ROOT, manifest.DRAFT_ROOT):
        made += [
            route(f"{root}/match", desk.match, "JSON"),
            route(f"{root}/extend", desk.values, "JSON"),
            route(f"{root}/extend/propose", desk.propose, "GET"),
            route(f"{root}/preview", desk.preview, "GET"),
        ]
        for what in SUGGESTIONS:
            made.append(route(f"{root}/suggest/{what}", partial(desk.suggest, what), "GET"))
            made.append(route(f"{root}/flyout/{what}", partial(desk.flyout, what), "GET"))
    return made


def _style(request: Request) -> Response:
    headers = {"access-control-allow-origin": "*", "cache-control": "no-cache"}
    return Response(STYLE.read_bytes(), headers=headers, media_type="text/css")


class Desk:
    """Answers the requests of one site."""

    def __init__(self, service: Service) -> None:
        self.service = service

    def root(self, call: Call) -> Any:
        """The manifest, or in version 0.2 the answer to ``queries=`` or ``extend=``."""
        queries, columns = call.get("queries"), call.get("extend")
        if queries is not None and columns is not None:
            raise HttpError(400, "queries= and extend= are given both", "send one of them")
        if queries is not None:
            return self._results(queries, call.language)
        if columns is not None:
            return self._rows(columns, call.language)
        return manifest.manifest(self.service, call.language, call.asked_language)

    def _results(self, queries: str, language: str) -> dict[str, Any]:
        found = asked.batch(queries)
        return {
            key: {"result": self.service.candidates(each, language)} for key, each in self.service.timely(found.items())
        }

    def _rows(self, columns: str, language: str) -> dict[str, Any]:
        ids, wanted = extend.asked(self.service, columns)
        rows = {
            id: {each.id: extend.cells(self.service, id, each, language) for each in wanted}
            for id in self.service.timely(ids)
        }
        return {"meta": extend.meta(self.service, wanted, language), "rows": rows}

    def draft_root(self, call: Call) -> Any:
        """The manifest of the draft of 1.0."""
        return manifest.draft(self.service, call.language)

    def match(self, call: Call) -> Any:
        """The answers to a batch in the draft of 1.0."""
        found = asked.draft(call.body)
        return {
            "results": [
                {"candidates": self.service.candidates(q, call.language, draft=True)}
                for q in self.service.timely(found)
            ]
        }

    def values(self, call: Call) -> Any:
        """Values for columns in the draft of 1.0."""
        ids, wanted = extend.asked(self.service, call.body)
        rows = [
            {"id": id, "properties": self._draft_cells(id, wanted, call.language)} for id in self.service.timely(ids)
        ]
        return {"meta": extend.meta(self.service, wanted, call.language), "rows": rows}

    def _draft_cells(self, id: str, wanted: list[extend.Column], language: str) -> list[dict[str, Any]]:
        return [
            {"id": each.id, "values": extend.cells(self.service, id, each, language, draft=True)} for each in wanted
        ]

    def propose(self, call: Call) -> Any:
        """The properties that things of a type have."""
        type = call.word("type")
        limit = call.get("limit")
        most = min(count(limit, "limit=") if limit else limits.PROPOSED, limits.PROPOSED)
        found = self.service.vocabulary.proposed(type)[:most]
        told = {"properties": [self.service.vocabulary.property_in_full(each, call.language) for each in found]}
        return told | ({"type": type} if type else {}) | ({"limit": most} if limit else {})

    def suggest(self, what: str, call: Call) -> Any:
        """What is called by something that begins so."""
        cursor = call.get("cursor") or "0"
        if not (cursor.isascii() and cursor.isdigit() and len(cursor) < 9):
            raise wrong("cursor=", "a whole number from 0")
        return {"result": SUGGESTIONS[what](self.service, call.word("prefix"), int(cursor), call.language)}

    def flyout(self, what: str, call: Call) -> Any:
        """A suggested thing in a few words of HTML."""
        id = call.word("id")
        told = suggest.told(self.service, what, id, call.language)
        if told is None:
            raise HttpError(404, f"there is no {what} of this id", "take an id of the suggestions")
        return {"id": id, "html": told}

    def preview(self, call: Call) -> Response:
        """A thing in a small page."""
        record = self.service.thing(call.word("id"))
        if record is None:
            raise HttpError(404, "there is no thing of this id", "take an id of an answer")
        headers = {"content-security-policy": preview.POLICY, "content-language": call.language}
        return HTMLResponse(preview.html(self.service, record, call.language), headers=headers)
