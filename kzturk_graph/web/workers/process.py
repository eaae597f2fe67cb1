"""The worker process: it reads a job, answers it, and reads the next, until its socket is closed."""

from __future__ import annotations

import os
import socket
from typing import TYPE_CHECKING

from kzturk_graph.web.errors import HttpError
from kzturk_graph.web.workers import engine, jobs
from kzturk_graph.web.workers.seal import allow, seal

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

READY = b"+"
CHUNK = 1 << 18


def main(connection: Connection, memory: int) -> None:
    """Say ``READY`` once all is loaded and the process is sealed, then answer jobs. Never returns."""
    engine.load()
    line = socket.socket(fileno=os.dup(connection.fileno()))
    line.setblocking(True)
    connection.close()
    seal(memory)
    line.sendall(READY)
    while True:
        message = _message(line)
        if message is None:
            os._exit(0)
        job = jobs.job_of(message)
        allow(job.seconds)
        line.sendall(_answered(job).encoded())


def _answered(job: jobs.Job) -> jobs.Outcome:
    try:
        return engine.answer(job)
    except MemoryError:
        body = HttpError(500, "the query needs more memory than one may have", "ask for less at once").body()
    except RecursionError:
        body = HttpError(500, "the query nests too deep", "ask in simpler parts").body()
    except Exception as error:
        body = HttpError(500, f"the query can't be answered: {type(error).__name__}").body()
    return jobs.Outcome(500, (("content-type", "application/json"),), body)


def _message(line: socket.socket) -> bytes | None:
    """The next message; None where the server is gone."""
    received = line.recv(CHUNK)
    if len(received) >= jobs.HEADER and len(received) == jobs.length(received):
        return received
    parts = bytearray(received)
    while len(parts) < jobs.HEADER or len(parts) < jobs.length(parts):
        more = line.recv(CHUNK) if received else b""
        if not more:
            return None
        parts += more
    return bytes(parts)
