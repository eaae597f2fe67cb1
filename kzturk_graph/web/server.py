"""The HTTP server around the site: it listens, serves until it is told to stop, and stops cleanly."""

from __future__ import annotations

import errno
import logging
import signal
import socket
import sys
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

import uvicorn

from kzturk_graph.errors import UsageError
from kzturk_graph.web.app import create_app
from kzturk_graph.web.line import Line
from kzturk_graph.web.protocol.endpoint import Endpoint

if TYPE_CHECKING:
    from starlette.applications import Starlette
    from starlette.types import ASGIApp, Receive, Scope, Send

    from kzturk_graph.web.settings import Settings
    from kzturk_graph.web.site import Site

BACKLOG = 1024
STOP_SECONDS = 2
"""How long requests under way may take to end once the server is told to stop."""


def listen(settings: Settings) -> socket.socket:
    """A socket that listens where the settings say. Raises UsageError where it can't, and says why."""
    place = f"{settings.host} port {settings.port}"
    try:
        family = socket.getaddrinfo(settings.host, settings.port, type=socket.SOCK_STREAM)[0][0]
        opened = socket.socket(family, socket.SOCK_STREAM)
        opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        opened.bind((settings.host, settings.port))
        opened.listen(BACKLOG)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise UsageError(f"{place} is in use", "stop what listens there, or name another with --port") from None
        raise UsageError(f"can't listen at {place}: {error.strerror}", "name an address of this machine") from None
    opened.setblocking(False)
    return opened


class _Door:
    """The application with a way of its own to the endpoint, which needs nothing of the way to the pages."""

    def __init__(self, app: ASGIApp, site: Site) -> None:
        self.app, self.endpoint = app, Endpoint(site)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"] == "/sparql":
            await self.endpoint(scope, receive, send)
        else:
            await self.app(scope, receive, send)


class _Server(uvicorn.Server):
    """Says where it is once it can be reached."""

    say: Callable[[], None]

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.say()


def configuration(app: Starlette) -> uvicorn.Config:
    """How uvicorn is to run an application of ``create_app``."""
    site: Site = app.state.site
    return uvicorn.Config(
        _Door(app, site),
        http=type("SiteLine", (Line,), {"site": site}),
        loop="auto",
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        ws="none",
        timeout_keep_alive=int(site.settings.idle_seconds),
        timeout_graceful_shutdown=STOP_SECONDS,
    )


def serve(settings: Settings, say: Callable[[str], None]) -> None:
    """Serve until SIGINT or SIGTERM; ``say`` gets the address listened at, once it can be reached.

    Raises UsageError where the address can't be listened at.
    """
    opened = listen(settings)
    settings = replace(settings, port=opened.getsockname()[1])
    logging.basicConfig(stream=sys.stderr, level=logging.WARNING, format="%(asctime)s %(message)s")
    logging.getLogger("kzturk.web").setLevel(logging.INFO)
    app = create_app(settings)
    server = _Server(configuration(app))
    server.say = lambda: say(replace(settings, base=None).address)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        server.run([opened])
    except KeyboardInterrupt:  # uvicorn hands the signal on once it has stopped
        return
