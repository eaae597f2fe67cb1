"""The desk where pages are asked for: views become routes, and what was written once is kept."""

from __future__ import annotations

import threading
import zlib
from collections import OrderedDict
from collections.abc import Callable
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from starlette.concurrency import run_in_threadpool
from starlette.responses import Response
from starlette.routing import Route

from kzturk_graph.errors import KzturkError
from kzturk_graph.web.errors import HttpError
from kzturk_graph.web.linked.accept import takes_gzip
from kzturk_graph.web.making import made
from kzturk_graph.web.pages.index import Index
from kzturk_graph.web.pages.page import NotThereError, Page, Written

if TYPE_CHECKING:
    import jinja2
    from starlette.requests import Request

    from kzturk_graph.web.site import Site

STYLE = Path(__file__).parent / "static" / "site.css"
KEPT_BYTES = 48_000_000
OVERHEAD = 2_000
"""What a page takes beside its body: its address, headers, and place."""
SMALL = 1_400
"""Pages below this size, which one packet holds, aren't packed."""
LONGEST_KEY = 1_000
"""A longer address isn't kept: nobody comes back to it."""

View = Callable[[Page], Written]
Key = tuple[str, bytes, str]


class Kept(NamedTuple):
    """A page as it was written, with its entity tag and, where that is worth it, packed by gzip."""

    written: Written
    tag: str
    packed: bytes | None

    @property
    def size(self) -> int:
        """About how much memory it takes."""
        return len(self.written.body) + len(self.packed or b"") + OVERHEAD


class Desk:
    """What the views of one site share: the index, the templates, and the pages written so far."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.index = Index(site)
        self._pages: OrderedDict[Key, Kept] = OrderedDict()
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

    def route(self, path: str, view: View, keep: bool = True, slow: bool = False, waits: bool = False) -> Route:
        """The route that answers GET and HEAD on ``path`` by ``view``.

        ``keep`` says whether its pages stay the same as long as the data do, ``slow`` whether they take long even
        without filters, ``waits`` whether the view mostly waits for a worker, which counts against a share of its own.
        """

        async def answer(request: Request) -> Response:
            page = Page(self, request)
            # as they came: what is read from Starlette's URL could hold parts of the Host header
            key = (request.scope["path"], request.scope["query_string"], page.language)
            write = partial(self._written, view, page)
            make = partial(self._asked, write, page, slow or page.filtered, waits)
            if not keep:
                return _response(await make(), request)
            found = self._pages.get(key)
            if found is None:
                async with self.site.underway(key):
                    found = self._pages.get(key) or await make()
                    if found.written.status in (200, 303) and len(key[0]) + len(key[1]) <= LONGEST_KEY:
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
        return self.missing(request, "id", request.scope["path"].strip("/").rpartition("/")[2])

    async def _asked(self, write: Callable[[], Kept], page: Page, slow: bool, waits: bool) -> Kept:
        try:
            return await (run_in_threadpool(write) if waits else made(self.site, page.request, write, slow))
        except HttpError as error:
            return _kept(_refused(page, error.status, error)._replace(headers=error.headers))

    def _written(self, view: View, page: Page) -> Kept:
        try:
            return _kept(view(page))
        except NotThereError as error:
            return _kept(page.html("missing.html", status=404, name=error.name, near=error.near))
        except KzturkError as error:
            return _kept(_refused(page, 400, error))

    def _keep(self, key: Key, page: Kept) -> None:
        with self._lock:
            if key in self._pages:
                return
            self._pages[key] = page
            self._bytes += page.size
            while self._bytes > KEPT_BYTES:
                _, oldest = self._pages.popitem(last=False)
                self._bytes -= oldest.size


def _refused(page: Page, status: int, error: KzturkError | HttpError) -> Written:
    return page.html("refused.html", status=status, message=str(error.message), hint=error.hint)


def _kept(written: Written) -> Kept:
    from isal import igzip

    body = written.body
    packed = igzip.compress(body, compresslevel=2, mtime=0) if len(body) >= SMALL else None
    return Kept(written, f'W/"{len(body):x}-{zlib.crc32(body):08x}"', packed)


def _response(kept: Kept, request: Request) -> Response:
    written, body = kept.written, kept.written.body
    headers = {"Vary": "Accept-Language, Accept-Encoding", "Cache-Control": "no-cache", **written.headers}
    if written.status == 200:
        headers["ETag"] = kept.tag
        asked = request.headers.get("if-none-match", "")
        if asked == "*" or kept.tag in [each.strip() for each in asked.split(",")]:
            return Response(status_code=304, headers=headers)
    if kept.packed is not None and takes_gzip(request.headers.get("accept-encoding")):
        headers["Content-Encoding"], body = "gzip", kept.packed
    return Response(body, written.status, headers, media_type=written.media or None)
