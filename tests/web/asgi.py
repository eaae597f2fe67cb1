"""A client that calls the application directly: no sockets, no server."""

from __future__ import annotations

import asyncio
import json
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import unquote

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message


class Got(NamedTuple):
    """A response."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    def json(self) -> Any:
        return json.loads(self.body)


def get(app: ASGIApp, address: str, method: str = "GET", body: bytes = b"", **headers: str) -> Got:
    """Ask an application for an address; a header's name is written with ``_`` for ``-``."""
    path, _, query = address.partition("?")
    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": method, "scheme": "http",
        "path": unquote(path), "raw_path": path.encode(), "query_string": query.encode(), "root_path": "",
        "headers": [(name.replace("_", "-").lower().encode(), value.encode()) for name, value in headers.items()],
        "client": ("127.0.0.1", 1), "server": ("127.0.0.1", 80),
    }  # fmt: skip
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: Message) -> None:
        sent.append(message)

    with ThreadPoolExecutor(1) as own:  # a browser of another test may keep a loop running in this thread
        own.submit(asyncio.run, app(scope, receive, send)).result()
    start = sent[0]
    answer = b"".join(each.get("body", b"") for each in sent[1:])
    return Got(start["status"], {k.decode(): v.decode() for k, v in start["headers"]}, answer)
