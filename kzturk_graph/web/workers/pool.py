"""The workers of a site: each runs one query at a time, is killed when that takes too long, and is replaced at once.

The standard library's fork server makes the processes: it has loaded the graph once, so that a new one costs
milliseconds. The pools of the well-known libraries (pebble, loky, concurrent.futures) send pickles through shared
queues, which a worker that opens nothing can't join anew, and which took more of the server's time than the query.
"""

from __future__ import annotations

import asyncio
import logging
import multiprocessing
import os
import socket
import sys
import time
from collections import deque
from typing import TYPE_CHECKING, Any

from kzturk_graph.web.errors import HttpError
from kzturk_graph.web.workers import jobs
from kzturk_graph.web.workers.jobs import Job, Outcome

if TYPE_CHECKING:
    from multiprocessing.process import BaseProcess

    from kzturk_graph.web.settings import Settings

log = logging.getLogger("kzturk.web")
PRELOADED = "kzturk_graph.web.workers.preloaded"
SPARE = 1
"""Processes that stand by, loaded, for one that is killed."""
START_SECONDS = 30
"""How long a process may take to be ready."""
MOMENT = 0.1
"""A process that ends sooner after it got a query had probably ended before."""
BROKEN = "the query broke the process that ran it: it needs too much memory or nests too deep"


class Worker(asyncio.Protocol):
    """One process as the server sees it: a line to it, and the job that it is at."""

    def __init__(self, process: BaseProcess) -> None:
        self.process = process
        self.ready: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.asked: asyncio.Future[Outcome] | None = None
        self.lost = False
        self.transport: asyncio.Transport | None = None
        self._received = bytearray()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the line."""
        self.transport = transport  # type: ignore[assignment]

    def data_received(self, data: bytes) -> None:
        """Collect an outcome, and give it to who asked."""
        if not self.ready.done():
            self.ready.set_result(None)
            return
        received: bytes | bytearray = data
        if self._received or len(data) < jobs.HEADER or len(data) < jobs.length(data):
            self._received += data
            received = self._received
            if len(received) < jobs.HEADER or len(received) < jobs.length(received):
                return
        outcome = jobs.outcome_of(received)
        self._received = bytearray()
        if self.asked is not None and not self.asked.done():
            self.asked.set_result(outcome)

    def connection_lost(self, error: Exception | None) -> None:
        """The process has ended, by itself or killed."""
        self.lost = True
        gone = ConnectionResetError("the process has ended")
        for waiting in (self.ready, self.asked):
            if waiting is not None and not waiting.done():
                waiting.set_exception(gone)

    def ask(self, message: bytes) -> asyncio.Future[Outcome]:
        """Send a job; the future gets its outcome, or ConnectionResetError where the process ends before."""
        assert self.transport is not None
        self.asked = asyncio.get_running_loop().create_future()
        self.transport.write(message)
        return self.asked

    def kill(self) -> None:
        """End the process, whatever it is at."""
        self.lost = True
        if self.transport is not None:
            self.transport.abort()
        if self.process.pid is not None:
            self.process.kill()


class Pool:
    """The workers of a site. One event loop uses it; ``start``, or the first job, begins its life, ``stop`` ends it."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.running = 0
        self.idle: list[Worker] = []
        self.workers: set[Worker] = set()
        self._waiting: deque[asyncio.Future[None]] = deque()
        self._hiring: set[asyncio.Task[None]] = set()
        self._free = asyncio.Event()
        self._stopped = False
        self._started = False

    def start(self) -> None:
        """Begin to make the processes, unless that has begun; it doesn't wait for them."""
        if self._started:
            return
        self._started = True
        for _ in range(self.settings.workers + SPARE):
            self._hire()

    async def stop(self) -> None:
        """End all processes."""
        self._stopped = True
        for task in self._hiring:
            task.cancel()
        for worker in list(self.workers):
            worker.kill()
        await asyncio.gather(*self._hiring, return_exceptions=True)
        await asyncio.get_running_loop().run_in_executor(None, self._bury)

    @property
    def is_full(self) -> bool:
        """Whether the next job would be sent away."""
        return self.running >= self.settings.workers and len(self._waiting) >= self.settings.queue

    async def run(self, job: Job, spent: list[float] | None = None) -> Outcome:
        """The outcome of a job. Being cancelled, as when the client is gone, kills the process that is at it.

        ``spent`` gets the seconds that a process was at it, however it ends. Raises HttpError 503 where too many wait
        or it waits too long, 504 where it takes longer than ``job.seconds``, 500 where it breaks the process.
        """
        spent = [] if spent is None else spent
        self.start()
        await self._turn()
        try:
            while True:
                try:
                    return await self._run(job, spent)
                except ConnectionResetError:
                    if sum(spent) > MOMENT or len(spent) > self.settings.workers + SPARE:
                        raise HttpError(500, BROKEN, "ask for less at once") from None
        finally:
            self._next()

    async def _turn(self) -> None:
        if self.running < self.settings.workers:
            self.running += 1
            return
        if len(self._waiting) >= self.settings.queue:
            raise self._busy()
        turn = asyncio.get_running_loop().create_future()
        self._waiting.append(turn)
        timer = asyncio.get_running_loop().call_later(self.settings.request_seconds, turn.cancel)
        try:
            await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():
                self._next()  # the turn came and isn't taken
            if asyncio.current_task().cancelling():  # type: ignore[union-attr]
                raise
            raise self._busy() from None
        finally:
            timer.cancel()

    def _busy(self) -> HttpError:
        return HttpError(503, "too many queries wait already", "ask again in a moment", {"retry-after": "2"})

    def _next(self) -> None:
        """Give the place to who waits longest, or free it."""
        while self._waiting:
            turn = self._waiting.popleft()
            if not turn.done():
                turn.set_result(None)
                return
        self.running -= 1

    async def _run(self, job: Job, spent: list[float]) -> Outcome:
        worker = await self._worker()
        began = time.monotonic()
        timer = asyncio.get_running_loop().call_later(job.seconds, self._time_out, worker)
        try:
            outcome = await worker.ask(job.encoded)
        except ConnectionResetError:
            log.warning("a process that runs queries has ended")
            raise
        except TimeoutError:
            log.warning("a query was stopped after %g s", job.seconds)
            hint = "ask for less, or in parts; /limits tells what a query may take"
            raise HttpError(504, f"the query took longer than {job.seconds:g} s", hint) from None
        finally:
            timer.cancel()
            spent.append(time.monotonic() - began)
            self._release(worker)
        return outcome

    async def _worker(self) -> Worker:
        """A process that is ready; one that is gone is passed over."""
        deadline = time.monotonic() + START_SECONDS
        while True:
            while self.idle:
                worker = self.idle.pop()
                if not worker.lost:
                    return worker
                self._dismiss(worker)
            self._free.clear()
            try:
                await asyncio.wait_for(self._free.wait(), max(0, deadline - time.monotonic()))
            except TimeoutError:
                raise HttpError(
                    503, "no process is ready to answer", "ask again in a moment", {"retry-after": "5"}
                ) from None

    def _time_out(self, worker: Worker) -> None:
        if worker.asked is not None and not worker.asked.done():
            worker.asked.set_exception(TimeoutError())
            worker.kill()

    def _release(self, worker: Worker) -> None:
        """Back among the idle where it has answered, else away."""
        asked, worker.asked = worker.asked, None
        if (
            asked is not None
            and asked.done()
            and not asked.cancelled()
            and asked.exception() is None
            and not worker.lost
        ):
            self.idle.append(worker)
            self._free.set()
        else:
            self._dismiss(worker)

    def _dismiss(self, worker: Worker) -> None:
        worker.kill()
        if worker in self.workers:
            self.workers.discard(worker)
            self._hire()

    def _hire(self) -> None:
        """Make a process beside what goes on."""
        if not self._stopped:
            task = asyncio.get_running_loop().create_task(self._hired())
            self._hiring.add(task)
            task.add_done_callback(self._hiring.discard)

    async def _hired(self) -> None:
        loop = asyncio.get_running_loop()
        process, line = await loop.run_in_executor(None, _process, self.settings.worker_bytes)
        try:
            _, worker = await loop.create_connection(lambda: Worker(process), sock=line)
            self.workers.add(worker)
            await asyncio.wait_for(worker.ready, START_SECONDS)
        except (ConnectionError, TimeoutError):
            log.error("a process for queries could not be made ready")
            process.kill()
            self.workers = {each for each in self.workers if each.process is not process}
            if not self._stopped:
                loop.call_later(1, self._hire)
            return
        except asyncio.CancelledError:
            process.kill()
            raise
        self.idle.insert(0, worker)
        self._free.set()

    def _bury(self) -> None:
        for worker in self.workers:
            worker.process.join(1)


def _process(memory: int) -> tuple[BaseProcess, socket.socket]:
    """A new process, and the server's end of the line to it."""
    context: Any = multiprocessing.get_context("spawn" if sys.platform == "win32" else "forkserver")
    context.set_forkserver_preload([PRELOADED])
    from kzturk_graph.web.workers.process import main

    ours, theirs = context.Pipe()
    process = context.Process(target=main, args=(theirs, memory), daemon=True, name="kzturk-query")
    process.start()
    theirs.close()
    line = socket.socket(fileno=os.dup(ours.fileno()))
    line.setblocking(False)
    ours.close()
    return process, line
