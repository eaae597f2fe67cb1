"""One connection, as uvicorn's protocol on httptools sees it, with the limits that uvicorn leaves to a proxy.

A request has to arrive within a time, its head within a size, and an answer has to be read. A request that was answered
before is answered from here, without a task of its own.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

from kzturk_graph.web.errors import HttpError
from kzturk_graph.web.headers import HEADERS

if TYPE_CHECKING:
    from kzturk_graph.web.kept import Kept
    from kzturk_graph.web.site import Site

ENDPOINT = b"/sparql?"
COUNTING = (b"accept", b"accept-encoding")
"""The headers on which an answer depends; with any of the next ones a request goes the long way."""
CONDITIONAL = (b"if-none-match", b"content-length", b"transfer-encoding", b"expect", b"connection", b"upgrade")
UNREAD = 1 << 16
"""Whoever has more bytes to read than these gets no further answer from here."""
REASONS = {
    400: b"Bad Request",
    408: b"Request Timeout",
    431: b"Request Header Fields Too Large",
    503: b"Service Unavailable",
}


class Line(HttpToolsProtocol):
    """A connection. ``on_lost`` is called when the client goes.

    The scope of a request that could be answered from here holds what counts of it, as ``kzturk.request``: requests may
    come before those ahead of them are answered.
    """

    site: Site

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Take the connection, unless there are too many; its first request has to come soon."""
        super().connection_made(transport)
        settings = self.site.settings
        self.lost = False
        self.on_lost: Callable[[], Any] | None = None
        self._head = 0
        self._unread = 0
        self._deadline = self.loop.call_later(settings.request_seconds, self._cut)
        self._since = self.loop.time()
        self._under_way: list[RequestResponseCycle] = []
        if len(self.connections) > settings.connections and not self._make_room():
            self._refuse(HttpError(503, "too many connections are open", "come again in a moment"))

    @property
    def is_idle(self) -> bool:
        """Whether no request is being answered, and no answer read: nothing came yet, or not all of it."""
        answered = self.cycle is None or self.cycle.response_complete
        return answered and not self.transport.is_closing() and not self.transport.get_write_buffer_size()

    def _make_room(self) -> bool:
        """Close the connection that has been idle longest; False where none is."""
        others = [each for each in self.connections if isinstance(each, Line) and each.is_idle and each is not self]
        if not others:
            return False
        min(others, key=lambda each: each._since).transport.abort()
        return True

    def connection_lost(self, exc: Exception | None) -> None:
        """Tell who answers that nobody is left to read."""
        self.lost = True
        self.pipeline.clear()
        for cycle in self._under_way:
            cycle.disconnected = not cycle.response_complete  # uvicorn tells the one received last alone
        self._deadline.cancel()
        self._unset_keepalive_if_required()
        super().connection_lost(exc)
        if self.on_lost is not None:
            self.on_lost()

    def data_received(self, data: bytes) -> None:
        """Take what comes, and watch how long a request takes to be complete."""
        if self.transport.is_closing():
            return
        if self._head >= 0:
            self._head += len(data)
        super().data_received(data)
        if self._head > self.site.settings.url_bytes:
            self._refuse_head()
        elif self._head and self._deadline.cancelled():  # a request has begun that isn't complete
            self._deadline = self.loop.call_later(self.site.settings.request_seconds, self._cut)

    def on_message_begin(self) -> None:
        """Begin a request; its scope knows this connection."""
        super().on_message_begin()
        self.scope["kzturk.line"] = self  # type: ignore[typeddict-unknown-key]

    def on_headers_complete(self) -> None:
        """The head is there: answer at once where that was done before, else start the application."""
        self._head = -1
        if len(self.url) + sum([len(name) + len(value) for name, value in self.headers]) > self.site.settings.url_bytes:
            self._refuse_head()
            return
        if self.url.startswith(ENDPOINT) and self._answered():
            return
        super().on_headers_complete()
        if self.cycle is not None:
            self._under_way = [each for each in self._under_way if not each.response_complete]
            self._under_way.append(self.cycle)

    def on_body(self, body: bytes) -> None:
        """Hand on a part of the body, if anybody waits for it."""
        if self.cycle is not None:
            super().on_body(body)

    def on_message_complete(self) -> None:
        """The request is there, whole."""
        self._head = 0
        self._since = self.loop.time()
        self._deadline.cancel()
        if self.cycle is not None:
            super().on_message_complete()

    def timeout_keep_alive_handler(self) -> None:
        """Nothing came for a while: close, but for an answer that is still being read."""
        left = self.transport.get_write_buffer_size()
        if left and (not self._unread or left < self._unread):
            self._unread = left
            self.timeout_keep_alive_task = self.loop.call_later(
                self.timeout_keep_alive, self.timeout_keep_alive_handler
            )
        elif left:
            self.transport.abort()
        else:
            super().timeout_keep_alive_handler()

    def _answered(self) -> bool:
        """Whether the request could be answered with what is kept."""
        found: dict[bytes, bytes] = {}
        for name, value in self.headers:
            if name in CONDITIONAL:
                if name != b"connection" or value.lower() != b"keep-alive":
                    return False
            elif name in COUNTING:
                found[name] = value
        request = (self.url, *(found.get(name, b"") for name in COUNTING))
        self.scope["kzturk.request"] = request  # type: ignore[typeddict-unknown-key]
        if self.parser.get_method() != b"GET" or self.parser.get_http_version() != "1.1":
            return False
        if self.cycle is not None and not self.cycle.response_complete:
            return False
        if self.transport.get_write_buffer_size() > UNREAD:  # the application waits until it is read, this wouldn't
            return False
        kept = self.site.answers.shortcut(request)
        if kept is None:
            return False
        self._write(kept)
        return True

    def _write(self, kept: Kept) -> None:
        lines = [b"HTTP/1.1 200 OK\r\n"]
        body = kept.body or b""
        for name, value in (*self.server_state.default_headers, *kept.headers):
            lines += (name, b": ", value, b"\r\n")
        lines += (b"content-length: ", str(len(body)).encode(), b"\r\n\r\n", body)
        self.transport.write(b"".join(lines))
        self.cycle = None  # type: ignore[assignment]
        self._unset_keepalive_if_required()
        self.timeout_keep_alive_task = self.loop.call_later(self.timeout_keep_alive, self.timeout_keep_alive_handler)

    def _cut(self) -> None:
        """The request isn't there in time."""
        seconds = self.site.settings.request_seconds
        self._refuse(HttpError(408, f"the request didn't arrive within {seconds:g} s", "send it at once"))

    def _refuse_head(self) -> None:
        self._refuse(HttpError(431, "the address and the headers of the request are too long", "send a query by POST"))

    def send_400_response(self, msg: str) -> None:
        """Answer what isn't HTTP."""
        self._refuse(HttpError(400, "this isn't an HTTP request", None))

    def _refuse(self, error: HttpError) -> None:
        """Say why, unless an answer has begun, and close."""
        if self.transport.is_closing():
            return
        self._deadline.cancel()
        if self.cycle is None or self.cycle.response_complete or not self.cycle.response_started:
            body = error.body()
            lines = [b"HTTP/1.1 %d %s\r\n" % (error.status, REASONS[error.status])]
            for name, value in (*HEADERS, (b"content-type", b"application/json"), (b"connection", b"close")):
                lines += (name, b": ", value, b"\r\n")
            self.transport.write(b"".join((*lines, b"content-length: %d\r\n\r\n" % len(body), body)))
        self.transport.close()
