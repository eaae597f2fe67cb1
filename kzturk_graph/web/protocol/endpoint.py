"""``/sparql``: the query operation of the SPARQL 1.1 Protocol, https://www.w3.org/TR/sparql11-protocol/."""

from __future__ import annotations

import asyncio
import hashlib
from functools import lru_cache
from typing import TYPE_CHECKING

from kzturk_graph.web.asking import ask
from kzturk_graph.web.errors import HttpError
from kzturk_graph.web.headers import secured
from kzturk_graph.web.linked.accept import best_type
from kzturk_graph.web.protocol import description, parameters
from kzturk_graph.web.protocol.body import read_body
from kzturk_graph.web.workers.jobs import Job

if TYPE_CHECKING:
    from starlette.types import Receive, Scope, Send

    from kzturk_graph.web.site import Site
    from kzturk_graph.web.workers.jobs import Outcome

METHODS = "GET, HEAD, POST, OPTIONS"
EDITOR = "/query"
"""The page for people: who prefers HTML is led there."""
HTML = ("text/html", "application/xhtml+xml")
CHANGING = ("now(", "rand(", "uuid(", "bnode(")
"""What makes an answer another one each time; blanks may stand before the bracket."""

_COMMON = secured(
    [
        (b"access-control-allow-origin", b"*"),
        (b"access-control-expose-headers", b"ETag, Link, Retry-After, X-Kzturk-Truncated"),
        (b"vary", b"Accept, Accept-Encoding"),
    ]
)
_OPTIONS = [
    *_COMMON,
    (b"allow", METHODS.encode()),
    (b"access-control-allow-methods", METHODS.encode()),
    (b"access-control-allow-headers", b"Accept, Content-Type, If-None-Match"),
    (b"access-control-max-age", b"86400"),
]


class Endpoint:
    """The endpoint as an ASGI application."""

    def __init__(self, site: Site) -> None:
        self.site = site

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request; whatever is wrong with it, the answer is JSON and its status isn't 200."""
        line = scope.get("kzturk.line")
        if line is not None:
            line.on_lost = asyncio.current_task().cancel  # type: ignore[union-attr]
        try:
            status, headers, body = await self._answer(scope, receive)
        except HttpError as error:
            status, body = error.status, error.body()
            given = [(name.encode(), value.encode()) for name, value in error.headers.items()]
            headers = [*_COMMON, (b"content-type", b"application/json"), (b"cache-control", b"no-store"), *given]
        except asyncio.CancelledError:
            if line is not None and line.lost:  # nobody is left to answer
                return
            raise
        finally:
            if line is not None:
                line.on_lost = None
        if line is not None and line.lost:
            return
        headers = [*headers, (b"content-length", str(len(body)).encode())]
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else body})

    async def _answer(self, scope: Scope, receive: Receive) -> tuple[int, list[tuple[bytes, bytes]], bytes]:
        method = scope["method"]
        headers = dict(scope["headers"])
        if method == "OPTIONS":
            return 204, _OPTIONS, b""
        if method not in ("GET", "HEAD", "POST"):
            raise HttpError(405, f"a query can't be sent by {method}", "send it by GET or POST", {"allow": METHODS})
        given = parameters.parsed(scope["query_string"])
        if method == "POST":
            body = await read_body(scope, receive, self.site.settings.body_bytes)
            given = parameters.of_body(headers.get(b"content-type", b"").decode("latin-1"), body, given)
        accept = headers[b"accept"].decode("latin-1") if b"accept" in headers else None
        if method != "POST" and "format" not in given:
            elsewhere = self._elsewhere(given, accept, scope)
            if elsewhere is not None:
                return elsewhere
        encoding = headers.get(b"accept-encoding", b"").decode("latin-1")
        job = parameters.job_of(given, accept, encoding, self.site.settings)
        return await self._job(job, scope, headers)

    def _elsewhere(
        self, given: parameters.Parameters, accept: str | None, scope: Scope
    ) -> tuple[int, list[tuple[bytes, bytes]], bytes] | None:
        """The page for who prefers HTML, the service's description for who asks nothing; None for a query."""
        if accept is not None and _prefers_html(accept):
            query = scope["query_string"]
            target = EDITOR.encode() + (b"?" + query if query else b"")
            return 303, [*_COMMON, (b"location", target)], b""
        if given.keys() & {"query", "update"}:
            return None
        media, body = description.service(self.site, accept)
        return 200, [*_COMMON, (b"content-type", media.encode()), (b"cache-control", b"no-cache")], body

    async def _job(
        self, job: Job, scope: Scope, headers: dict[bytes, bytes]
    ) -> tuple[int, list[tuple[bytes, bytes]], bytes]:
        key = job.encoded
        stays = not _changes(job.query)
        tag = _tag(self.site.version, key) if stays else b""
        if stays and tag in _tags(headers.get(b"if-none-match", b"")):
            return 304, [*_COMMON, (b"etag", tag), (b"cache-control", b"no-cache")], b""
        found = self.site.answers.get(key) if stays else None
        if found is None:
            address = (scope.get("client") or ("",))[0]
            outcome = await ask(self.site, job, address)
            sent = _headers(outcome, tag)
            if outcome.status != 200 or not stays:
                return outcome.status, sent, outcome.body
            found = self.site.answers.keep(key, sent, outcome.body)
            if found is None:
                return 200, sent, outcome.body
        request = scope.get("kzturk.request")
        if request is not None and scope["method"] == "GET":
            self.site.answers.shorten(request, found)
        return 200, found.headers, found.body or b""


def _headers(outcome: Outcome, tag: bytes) -> list[tuple[bytes, bytes]]:
    given = [(name.encode(), value.encode()) for name, value in outcome.headers]
    if outcome.status != 200 or not tag:
        return [*_COMMON, *given, (b"cache-control", b"no-store")]
    return [*_COMMON, *given, (b"etag", tag), (b"cache-control", b"no-cache")]


def _changes(query: str) -> bool:
    squeezed = "".join(query.lower().split())
    return any(word in squeezed for word in CHANGING)


def _tag(version: str, key: bytes) -> bytes:
    digest = hashlib.blake2b(key, digest_size=12, key=version.encode()).hexdigest()
    return f'W/"{digest}"'.encode()


def _tags(header: bytes) -> list[bytes]:
    return [each.strip() for each in header.split(b",")]


@lru_cache(maxsize=256)
def _liked(accept: str) -> bool:
    return best_type(accept, [*parameters.OFFERS, *HTML]) in HTML


def _prefers_html(accept: str) -> bool:
    return "html" in accept and len(accept) < 300 and _liked(accept)
