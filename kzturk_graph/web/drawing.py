"""Drawing in a process of its own: the renderer would keep the server's interpreter to itself for tenths of a
second."""

from __future__ import annotations

import multiprocessing
import signal
import threading
from concurrent.futures import BrokenExecutor, ProcessPoolExecutor
from typing import TYPE_CHECKING

from kzturk_graph.plots.render import svg
from kzturk_graph.web.errors import HttpError

if TYPE_CHECKING:
    from kzturk_graph.plots.model import Picture


class Drawing:
    """The process that draws; it begins with the first picture, and is replaced should it end."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: ProcessPoolExecutor | None = None

    def svg(self, picture: Picture) -> str:
        """A picture as SVG. Raises HttpError 503 where the process ends over it, UsageError without vl-convert."""
        for _ in range(2):  # it may have ended since the last picture
            process = self._running()
            try:
                return process.submit(svg, picture.spec, picture.title, picture.description, picture.language).result()
            except BrokenExecutor:
                self._drop(process)
        raise HttpError(503, "the picture can't be drawn now", "ask again in a moment", {"retry-after": "5"})

    def stop(self) -> None:
        """End the process, once it has drawn what it is at."""
        if self._process is not None:
            self._process.shutdown(cancel_futures=True)

    def _running(self) -> ProcessPoolExecutor:
        with self._lock:
            if self._process is None:
                context = multiprocessing.get_context("spawn")
                self._process = ProcessPoolExecutor(1, mp_context=context, initializer=_begin)
            return self._process

    def _drop(self, process: ProcessPoolExecutor) -> None:
        with self._lock:
            if self._process is process:
                self._process = None


def _begin() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the server, which ends this process
