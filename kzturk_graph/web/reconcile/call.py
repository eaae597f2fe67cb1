"""One request to the service: its parameters, and how its answer is sent. Every answer may be read from any site."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

import orjson
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from kzturk_graph.web.errors import HttpError
from kzturk_graph.web.linked.accept import best_language
from kzturk_graph.web.pages.messages import LANGUAGES
from kzturk_graph.web.protocol.body import read_body
from kzturk_graph.web.protocol.parameters import FORM, parsed
from kzturk_graph.web.reconcile import limits
from kzturk_graph.web.reconcile.json_text import choice, text

if TYPE_CHECKING:
    from starlette.requests import Request

    from kzturk_graph.web.shares import Shares
    from kzturk_graph.web.site import Site

JSON = "application/json"
_CALLBACK = re.compile(r"[A-Za-z_$][\w$]{0,63}(?:\.[A-Za-z_$][\w$]{0,63}){0,4}", re.ASCII)
_CORS = {"access-control-allow-origin": "*", "vary": "Accept-Language", "cache-control": "no-cache"}
_PREFLIGHT = {
    **_CORS,
    "access-control-allow-headers": "Accept, Accept-Language, Content-Type",
    "access-control-max-age": "86400",
}


class Call(NamedTuple):
    """What was asked: the parameters of the address and of a form, the body where it is JSON, the language of the
    answer, and the one that the address names, if any."""

    parameters: Mapping[str, list[str]]
    body: bytes
    language: str
    asked_language: str | None
    address: str
    posted: bool

    @property
    def counts(self) -> bool:
        """Whether its time counts against the share of who asks, where the site is public."""
        return self.posted or bool(self.parameters.keys() & {"queries", "extend"})

    def get(self, name: str) -> str | None:
        """A parameter; None where it isn't given. Raises HttpError 400 where it is given twice."""
        values = self.parameters.get(name, [])
        if len(values) > 1:
            raise HttpError(400, f"{name}= is given {len(values)} times", "give it once")
        return values[0] if values else None

    def word(self, name: str) -> str:
        """The same as a short text; empty where it isn't given. Raises HttpError 400 for a long one."""
        return text(self.get(name) or "", f"{name}=", limits.LETTERS)


Answering = Callable[[Call], Any]
"""Gives a Response, or what is to be sent as JSON."""


def endpoint(site: Site, answering: Answering, methods: tuple[str, ...]) -> Callable[[Request], Any]:
    """The endpoint that answers by ``answering``: by some of ``GET`` (a query string), ``POST`` (a form), and ``JSON``
    (a POST with a body in JSON)."""
    allowed = ", ".join(dict.fromkeys("POST" if each == "JSON" else each for each in methods))
    allowed += ", HEAD, OPTIONS" if "GET" in methods else ", OPTIONS"

    async def answer(request: Request) -> Response:
        try:
            if request.method == "OPTIONS":
                return Response(status_code=204, headers={**_PREFLIGHT, "access-control-allow-methods": allowed})
            if request.method not in allowed.split(", "):
                raise HttpError(405, f"{request.method} isn't answered here", f"ask by {allowed}", {"allow": allowed})
            call = await _call(request, site, methods)
            given = await _answered(answering, call, site.shares if call.counts else None)
            if isinstance(given, Response):
                given.headers.update(_CORS)
                return given
            return _sent(given, call)
        except HttpError as error:
            return Response(error.body(), error.status, {**_CORS, **error.headers}, media_type=JSON)

    return answer


async def _call(request: Request, site: Site, methods: tuple[str, ...]) -> Call:
    parameters = parsed(request.scope["query_string"])
    body, posted = b"", request.method == "POST"
    if posted:
        body = await read_body(request.scope, request.receive, site.settings.body_bytes)
        media = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        wanted = JSON if "JSON" in methods else FORM
        if media != wanted:
            raise HttpError(415, f"the body is sent as {media or 'nothing known'}", f"send it as {wanted}")
        if wanted == FORM:
            for name, values in parsed(body).items():
                parameters.setdefault(name, []).extend(values)
            body = b""
    asked = next(iter(parameters.get("lang", [])), None) or None
    if asked is not None:
        choice(asked, "lang=", tuple(LANGUAGES))
    language = asked or best_language(request.headers.get("accept-language"), tuple(LANGUAGES))
    return Call(parameters, body, language, asked, request.client.host if request.client else "", posted)


async def _answered(answering: Answering, call: Call, shares: Shares | None) -> Any:
    if shares is None:
        return await run_in_threadpool(answering, call)
    name, begin = shares.enter(call.address), time.monotonic()
    try:
        return await run_in_threadpool(answering, call)
    finally:
        shares.leave(name, time.monotonic() - begin)


def _sent(value: Any, call: Call) -> Response:
    headers = {**_CORS, "content-language": call.language}
    callback = call.get("callback")
    body = orjson.dumps(value)
    if callback is None:
        return Response(body, headers=headers, media_type=JSON)
    if not _CALLBACK.fullmatch(callback):
        raise HttpError(400, "callback= isn't the name of a function", "letters, digits, _ and $, with points between")
    body = body.replace("\u2028".encode(), b"\\u2028").replace("\u2029".encode(), b"\\u2029")
    # the comment keeps the answer from beginning with what the client chose
    return Response(b"/**/" + callback.encode() + b"(" + body + b");", headers=headers, media_type="text/javascript")
