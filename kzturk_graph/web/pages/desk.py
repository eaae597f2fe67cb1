"""The desk where pages are asked for: views become routes, and what was written once is kept."""

from __future__ import annotations

import threading
import zlib
from collections import OrderedDict
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from starlette.responses import Response
from starlette.routing import Route

from kzturk_graph.errors import KzturkError
from kzturk_graph.web.pages.index import Index
from kzturk_graph.web.pages.page import NotThereError, Page, Written

if TYPE_CHECKING:
    import jinja2
    from starlette.requests import Request

    from kzturk_graph.web.site import Site

STYLE = Path(__file__).parent / "static" / "site.css"
KEPT_BYTES = 48_000_000
LONGEST_KEY = 1_000
"""A longer address isn't kept: nobody comes back to it."""

View = Callable[[Page], Written]


class Kept(NamedTuple):
    """A page as it was written, with its entity tag."""

    written: Written
    tag: str


class Desk:
    """What the views of one site share: the index, the templates, and the pages written so far."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.index = Index(site)
        self._pages: OrderedDict[tuple[str, str, str], Kept] = OrderedDict()
        self._bytes = 0
        self._lock = threading.Lock()

    @cached_property
    def templates(self) -> jinja2.Environment:
        """The environment of the templates: everything is escaped, and a name that isn't there is an error."""
        from kzturk_graph.web.pages.templating import environment

        return environment()

    @cached_property
    def styles(self) -> str:
        """The checksum of the style sheet: its address changes when it does."""
        return f"{zlib.crc32(STYLE.read_bytes()):08x}"

    def route(self, path: str, view: View, keep: bool = True) -> Route:
        """The route that answers GET and HEAD on ``path`` by ``view``; ``keep`` says whether its pages stay the same
        as long as the data do."""

        def answer(request: Request) -> Response:
            page = Page(self, request)
            key = (request.url.path, request.url.query, page.language)
            found = self._pages.get(key) if keep else None
            if found is None:
                found = _kept(self._write(view, page))
                if keep and found.written.status in (200, 303) and len(key[0]) + len(key[1]) <= LONGEST_KEY:
                    self._keep(key, found)
            return _response(found, request)

        return Route(path, answer, methods=["GET"])

    def missing(self, request: Request, space: str, name: str) -> Response:
        """The page for a thing that isn't there, with near names."""
        from kzturk_graph.web.pages.things import near

        page = Page(self, request)
        written = page.html("missing.html", status=404, name=name, near=near(page, space, name))
        return _response(_kept(written), request)

    def lost(self, request: Request) -> Response:
        """The page for an address that leads nowhere."""
        return self.missing(request, "id", request.url.path.strip("/").rpartition("/")[2])

    def _write(self, view: View, page: Page) -> Written:
        try:
            return view(page)
        except NotThereError as error:
            return page.html("missing.html", status=404, name=error.name, near=error.near)
        except KzturkError as error:
            return page.html("refused.html", status=400, message=str(error.message), hint=error.hint)

    def _keep(self, key: tuple[str, str, str], page: Kept) -> None:
        with self._lock:
            if key in self._pages:
                return
            self._pages[key] = page
            self._bytes += len(page.written.body)
            while self._bytes > KEPT_BYTES:
                _, oldest = self._pages.popitem(last=False)
                self._bytes -= len(oldest.written.body)


def _kept(written: Written) -> Kept:
    return Kept(written, f'W/"{len(written.body):x}-{zlib.crc32(written.body):08x}"')


def _response(kept: Kept, request: Request) -> Response:
    written = kept.written
    headers = {"Vary": "Accept-Language", "Cache-Control": "no-cache", **written.headers}
    if written.status == 200:
        headers["ETag"] = kept.tag
        asked = request.headers.get("if-none-match", "")
        if asked == "*" or kept.tag in [each.strip() for each in asked.split(",")]:
            return Response(status_code=304, headers=headers)
    return Response(written.body, written.status, headers, media_type=written.media or None)
