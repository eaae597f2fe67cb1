"""Searching the pieces of a dump: here, or in several processes, the answers in the dump's order."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager

from kzturk_graph.errors import KzturkError
from kzturk_graph.extract.blocks import Block, Cut
from kzturk_graph.extract.dump import Dump, Range
from kzturk_graph.extract.journal import Position
from kzturk_graph.extract.model import Found
from kzturk_graph.extract.search import Search

AHEAD = 2
"""How many pieces are handed out for each process: so many answers at most wait in memory."""

Pieces = Iterable[Range | Block]
Searched = Iterator[Found]
_search: Search | None = None


class Local:
    """A dump that is searched on this machine, in so many processes."""

    def __init__(self, dump: Dump, workers: int) -> None:
        self.dump, self.workers = dump, workers
        self.name, self.once, self.asked = dump.name, dump.once, dump.asked

    def unchanged(self) -> None:
        """Raises InputError where the file isn't any more what it was."""
        self.dump.unchanged()

    @contextmanager
    def searched(self, search: Search, position: Position) -> Iterator[Searched]:
        """What the dump from this position on holds. The processes start before the thread that unpacks."""
        with searching(search, self.workers) as searched, self.dump.pieces(position.at) as pieces:
            yield searched(pieces)

    def done(self, position: Position) -> tuple[int, int | None]:
        """Of an archive, the packed bytes that are read; of a file or pipe, the bytes that are searched."""
        packed = self.dump.stream and self.dump.size is not None
        return (self.dump.packed if packed else position.at), self.dump.size


@contextmanager
def searching(search: Search, workers: int) -> Iterator[Callable[[Pieces], Searched]]:
    """A function that searches pieces, in ``workers`` processes where there are to be several.

    Raises KzturkError where one of them ends before its time.
    """
    if workers < 2:
        yield lambda pieces: (_whole(search, piece) for piece in pieces)
        return
    with ProcessPoolExecutor(workers, initializer=_begin, initargs=(search,)) as pool:
        try:
            pool.submit(int).result()  # the processes start now, before there are threads that a fork would copy
            yield lambda pieces: _ordered(pool, search, pieces, workers * AHEAD)
        except BrokenProcessPool:
            raise KzturkError(
                "a process of the search ended before its time, perhaps for want of memory",
                "go on with --resume, with fewer --workers",
            ) from None
        finally:
            pool.shutdown(cancel_futures=True)


def _whole(search: Search, piece: Range | Block) -> Found:
    found = Found()
    for block in [piece] if isinstance(piece, Block) else piece.blocks():
        search.block(block, found)
    return found


def _ordered(pool: ProcessPoolExecutor, search: Search, pieces: Pieces, ahead: int) -> Searched:
    waiting: deque[Found | Future[Found]] = deque()
    fault: Cut | None = None
    given = iter(pieces)
    while True:
        try:
            piece = next(given, None)
        except Cut as cut:  # what came before it is still to be answered
            piece, fault = None, cut
        if piece is None:
            break
        waiting.append(_handed_out(pool, search, piece))
        if len(waiting) >= ahead:
            yield _answer(waiting.popleft())
    while waiting:
        yield _answer(waiting.popleft())
    if fault:
        raise fault


def _handed_out(pool: ProcessPoolExecutor, search: Search, piece: Range | Block) -> Found | Future[Found]:
    """A range is searched by a process; of a stream's block, which is in memory here, only what is worth reading."""
    if isinstance(piece, Range):
        return pool.submit(_work, piece)
    found = Found()
    search.sift(piece, found)
    return pool.submit(_settle, found) if found.candidates else found


def _answer(given: Found | Future[Found]) -> Found:
    return given if isinstance(given, Found) else given.result()


def _begin(search: Search) -> None:
    """Set a process up: an interrupt at the terminal is its parent's to handle, and it doesn't outlive its parent."""
    import signal
    import threading

    global _search
    _search = search
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    import multiprocessing

    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _work(piece: Range) -> Found:
    assert _search is not None
    return _whole(_search, piece)


def _settle(found: Found) -> Found:
    assert _search is not None
    _search.settle(found)
    return found
