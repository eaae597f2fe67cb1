"""Running servers, as ``kzturk serve`` starts them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from typing import NamedTuple

import pytest

from tests.web.browsing import chromium as chromium
from tests.web.client import ask


class Served(NamedTuple):
    """A running server: its address without a slash at the end, and its process."""

    url: str
    process: subprocess.Popen[str]


Serve = Callable[..., Served]


def start(*options: str) -> Served:
    """Start ``kzturk serve`` on a free port with more options; it answers queries when this returns."""
    words = [sys.executable, "-m", "kzturk_graph.cli.main", "serve", "--port", "0", *options]
    said = tempfile.TemporaryFile("w+")  # noqa: SIM115 -- it lives as long as the process
    process = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=said, text=True, env=dict(os.environ))
    assert process.stdout is not None
    line = process.stdout.readline()
    if not line.startswith("http"):
        process.wait(10)
        said.seek(0)
        raise AssertionError(said.read())
    url = line.split()[0].rstrip("/")
    try:
        assert ask(url, "/sparql?query=ASK%7B%7D").status == 200
    except BaseException:
        process.kill()
        raise
    return Served(url, process)


def stop(served: Served) -> int:
    """Stop a server as Ctrl-C does; the exit code."""
    served.process.send_signal(signal.SIGINT)
    try:
        return served.process.wait(10)
    finally:
        served.process.kill()
        if served.process.stdout is not None:
            served.process.stdout.close()


@pytest.fixture(scope="session")
def server() -> Iterator[Served]:
    """A server with the limits that are the default."""
    served = start()
    yield served
    stop(served)


@pytest.fixture(scope="session")
def site(server: Served) -> str:
    """The address of that server."""
    return server.url


@pytest.fixture(scope="session")
def small() -> Iterator[Served]:
    """A server with small limits."""
    served = start(
        "--query-seconds", "1", "--request-seconds", "1", "--idle-seconds", "1", "--queue", "2", "--rows", "50",
        "--result-bytes", "20000", "--body-bytes", "10000", "--url-bytes", "4000", "--worker-bytes", "400000000",
        "--cache-bytes", "0", "--connections", "60",
    )  # fmt: skip
    yield served
    stop(served)
