"""Making what takes the server's own time: in a few threads, so that others are answered meanwhile, and within the
share of who asks."""

from __future__ import annotations

import asyncio
import gzip
import time
import zlib
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from anyio import to_thread
from starlette.responses import Response

from kzturk_graph.web.errors import HttpError
from kzturk_graph.web.kept import Kept
from kzturk_graph.web.linked.accept import takes_gzip

if TYPE_CHECKING:
    from starlette.requests import Request

    from kzturk_graph.web.line import Line
    from kzturk_graph.web.site import Site

PAGES, SLOW = 4, 2
"""How many pages are made at once, and how much that takes long: pictures, files, pages of a selection. What more is
asked for waits."""
AT_ONCE = 12
"""With --public: how much of it one address may wait for; a browser asks for six things at once."""

Made = TypeVar("Made")


async def made(site: Site, request: Request, make: Callable[[], Made], slow: bool = False) -> Made:
    """What ``make`` gives, called in a thread. Its time counts against the share of the address.

    ``slow`` is for what takes long, so that what doesn't needn't wait for it. Raises HttpError 429 beyond the share,
    400 where the client leaves while it waits, and what ``make`` raises.
    """
    shares, spent, threads = site.making, 0.0, site.slow if slow else site.threads
    name = shares.enter(request.client.host if request.client else "") if shares is not None else ""
    try:
        await _turn(threads, request.scope.get("kzturk.line"))
        began = time.monotonic()
        try:
            return await to_thread.run_sync(make)
        finally:
            spent = time.monotonic() - began
            threads.release()
    finally:
        if shares is not None:
            shares.leave(name, spent)


async def _turn(threads: asyncio.Semaphore, line: Line | None) -> None:
    """Wait for one of the threads; what nobody waits for any more isn't made."""
    if line is None:
        await threads.acquire()
        return
    line.on_lost = asyncio.current_task().cancel  # type: ignore[union-attr]
    try:
        await threads.acquire()
    except asyncio.CancelledError:
        if line.lost:
            raise HttpError(400, "the client has gone") from None
        raise
    finally:
        line.on_lost = None


async def kept(site: Site, request: Request, key: str, make: Callable[[], tuple[str, bytes]]) -> Response:
    """The media type and the bytes that ``make`` gives, as a response that is kept among the site's answers.

    ``key`` tells it from all others. The response has an ETag, and is 304 to who has it already. Raises what ``made``
    raises.
    """
    tag = f'W/"{zlib.crc32(f"{site.version} {key}".encode()):08x}"'
    sent = [(b"etag", tag.encode()), (b"cache-control", b"no-cache"), (b"vary", b"Accept-Encoding")]
    async with site.underway(key):
        known = site.answers.get(key.encode())
        if known is None:
            media, body = await made(site, request, lambda: _packed(make()), slow=True)
            sent.append((b"content-type", media.encode()))
            known = site.answers.keep(key.encode(), sent, body) or Kept(sent, body)
    asked = request.headers.get("if-none-match", "")
    if asked == "*" or tag in [each.strip() for each in asked.split(",")]:
        response = Response(status_code=304)
        response.raw_headers += sent[:3]
        return response
    body = known.body or b""
    headers = known.headers
    if takes_gzip(request.headers.get("accept-encoding")):
        headers = [*headers, (b"content-encoding", b"gzip")]
    else:
        body = await to_thread.run_sync(gzip.decompress, body)
    response = Response(body)
    response.raw_headers += headers
    return response


def _packed(given: tuple[str, bytes]) -> tuple[str, bytes]:
    from isal import igzip

    return given[0], igzip.compress(given[1], compresslevel=2, mtime=0)
