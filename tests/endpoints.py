"""Real SPARQL endpoints on this machine: oxigraph's own server over a file, and a server that misbehaves as told."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import NamedTuple

import pyoxigraph as ox


@contextmanager
def endpoint(*files: str | Path) -> Iterator[str]:
    """The address of a SPARQL endpoint over RDF files (Turtle, N-Triples, …), while the context lasts."""
    with tempfile.TemporaryDirectory(prefix="endpoint-") as folder:
        store = ox.Store(folder)
        for file in files:
            store.bulk_load(path=str(file), lenient=True)
        store.flush()
        del store  # the server locks the folder for itself
        port = free_port()
        program = shutil.which("oxigraph", path=str(Path(sys.executable).parent)) or "oxigraph"
        server = subprocess.Popen(
            [program, "serve", "--location", folder, "--bind", f"127.0.0.1:{port}"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            _await(f"http://127.0.0.1:{port}/", server)
            yield f"http://127.0.0.1:{port}/query"
        finally:
            server.terminate()
            server.wait()


def _await(url: str, server: subprocess.Popen[bytes]) -> None:
    for _ in range(400):
        if server.poll() is not None:
            raise RuntimeError(f"the server ended with {server.returncode}")
        try:
            urllib.request.urlopen(url, timeout=5).close()
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.025)
        else:
            return
    raise RuntimeError("the server doesn't answer")


def free_port() -> int:
    """A port that nothing listens on."""
    with socket.socket() as given:
        given.bind(("127.0.0.1", 0))
        port: int = given.getsockname()[1]
        return port


class Asked(NamedTuple):
    """What a server was asked: the method, the decoded query and the headers, by small letters."""

    method: str
    query: str
    headers: dict[str, str]


class Answer(NamedTuple):
    """What a server answers; ``cut`` ends the connection so many bytes early, ``delay`` waits seconds before."""

    status: int = 200
    body: bytes = b'{"head": {"vars": []}, "results": {"bindings": []}}'
    headers: dict[str, str] = {"Content-Type": "application/sparql-results+json"}  # noqa: RUF012
    cut: int = 0
    delay: float = 0


@contextmanager
def answering(answers: Sequence[Answer] | Callable[[Asked], Answer]) -> Iterator[tuple[str, list[Asked]]]:
    """A server that gives these answers one after another, the last for good; its address and what it was asked."""
    asked: list[Asked] = []
    stop = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer(self.path.partition("?")[2])

        def do_POST(self) -> None:
            self._answer(self.rfile.read(int(self.headers["Content-Length"])).decode())

        def _answer(self, form: str) -> None:
            query = dict(urllib.parse.parse_qsl(form)).get("query", "")
            asked.append(Asked(self.command, query, {key.lower(): value for key, value in self.headers.items()}))
            answer = answers(asked[-1]) if callable(answers) else answers[min(len(asked), len(answers)) - 1]
            stop.wait(answer.delay)
            self.send_response(answer.status)
            for key, value in {"Content-Length": str(len(answer.body)), **answer.headers}.items():
                self.send_header(key, value)
            self.end_headers()
            self.wfile.write(answer.body[: len(answer.body) - answer.cut])

        def log_message(self, *_args: object) -> None:
            """No log."""

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *_args: object) -> None:
            """A client that doesn't wait for the answer is no error here."""

    server = Server(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/sparql", asked
    finally:
        stop.set()
        server.shutdown()
        server.server_close()
        thread.join()
