"""A request's body, read up to its limit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kzturk_graph.web.errors import HttpError

if TYPE_CHECKING:
    from starlette.types import Receive, Scope


async def read_body(scope: Scope, receive: Receive, most: int) -> bytes:
    """The whole body. Raises HttpError 413 where it is, or says that it is, larger than ``most`` bytes, 400 where the
    client leaves before its end."""
    too_large = HttpError(413, f"a request has at most {most} bytes", "ask in fewer words", {"connection": "close"})
    for name, value in scope["headers"]:
        if name == b"content-length" and value.isdigit() and int(value) > most:
            raise too_large
    body = b""
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise HttpError(400, "the request ends before its body does")
        body += bytes(message.get("body", b""))
        if len(body) > most:
            raise too_large
        if not message.get("more_body", False):
            return body
