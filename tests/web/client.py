"""A client that shows what came over the wire, and a socket for what no client sends."""

from __future__ import annotations

import http.client
import json
import socket
from typing import Any, NamedTuple
from urllib.parse import urlencode, urlsplit


class Response(NamedTuple):
    """A response; headers by name in lower case."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def media(self) -> str:
        """The media type without its parameters."""
        return self.headers.get("content-type", "").partition(";")[0]

    def rows(self) -> list[dict[str, str]]:
        """The rows of SPARQL JSON, values as text."""
        return [{name: cell["value"] for name, cell in row.items()} for row in self.json()["results"]["bindings"]]


def ask(url: str, path: str, method: str = "GET", body: bytes | None = None, **headers: str) -> Response:
    """Send a request; a header's name is written with ``_`` for ``-``, and none is added but Host and Content-Length."""
    place = urlsplit(url)
    line = http.client.HTTPConnection(place.hostname or "", place.port, timeout=20)
    line.putrequest(method, path, skip_accept_encoding=True)
    for name, value in headers.items():
        line.putheader(name.replace("_", "-"), value)
    if body is not None:
        line.putheader("Content-Length", str(len(body)))
    line.endheaders(body)
    got = line.getresponse()
    response = Response(got.status, {name.lower(): value for name, value in got.getheaders()}, got.read())
    line.close()
    return response


def sparql(url: str, query: str, headers: dict[str, str] | None = None, **parameters: Any) -> Response:
    """Ask a query by GET; a parameter's name is written with ``_`` for ``-``."""
    given = {"query": query, **{name.replace("_", "-"): value for name, value in parameters.items()}}
    return ask(url, f"/sparql?{urlencode(given, doseq=True)}", **(headers or {}))


def opened(url: str) -> socket.socket:
    """A connection as it is."""
    place = urlsplit(url)
    return socket.create_connection((place.hostname or "", place.port or 0), timeout=15)


def rest(line: socket.socket) -> bytes:
    """All that comes until the other side closes; what was cut off counts as closed."""
    received = b""
    try:
        while chunk := line.recv(65536):
            received += chunk
    except ConnectionError:
        pass
    return received
