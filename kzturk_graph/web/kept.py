"""Answers that are kept to be given again: the data don't change while the site runs, so neither do they."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass

LARGEST = 8
"""No answer may fill more than this part of the room."""
SHORTCUTS = 2048


@dataclass
class Kept:
    """An answer as it goes out: the headers that every request of it gets, and the body. Its room is freed by
    emptying it."""

    headers: list[tuple[bytes, bytes]]
    body: bytes | None

    @property
    def size(self) -> int:
        """About how much memory it takes."""
        return len(self.body or b"") + 1000


class Answers:
    """The answers used last, up to a number of bytes, by job; and by the raw request, which needn't be read for
    them."""

    def __init__(self, room: int) -> None:
        self.room = room
        self._used = 0
        self._kept: OrderedDict[bytes, Kept] = OrderedDict()
        self._shortcuts: OrderedDict[tuple[bytes, ...], Kept] = OrderedDict()

    def get(self, key: bytes) -> Kept | None:
        """The answer to a job; None where it isn't kept."""
        found = self._kept.get(key)
        if found is not None:
            self._kept.move_to_end(key)
        return found

    def keep(self, key: bytes, headers: list[tuple[bytes, bytes]], body: bytes) -> Kept | None:
        """Keep an answer, where it isn't too large; those used least recently go."""
        kept = Kept(headers, body)
        if kept.size > self.room // LARGEST:
            return None
        self._used += kept.size - (self._kept[key].size if key in self._kept else 0)
        self._kept[key] = kept
        while self._used > self.room:
            _, gone = self._kept.popitem(last=False)
            self._used -= gone.size
            gone.body = None
        return kept

    def shortcut(self, request: tuple[bytes, ...]) -> Kept | None:
        """The answer to a request that was answered before, by its address and the headers that count."""
        found = self._shortcuts.get(request)
        return found if found is not None and found.body is not None else None

    def shorten(self, request: tuple[bytes, ...], kept: Kept) -> None:
        """Let a request be answered by ``shortcut`` from now on."""
        self._shortcuts[request] = kept
        if len(self._shortcuts) > SHORTCUTS:
            self._shortcuts.popitem(last=False)
