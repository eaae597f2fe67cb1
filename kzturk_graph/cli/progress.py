"""The progress of a long reading, on stderr."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kzturk_graph.extract.model import Progress


class Shown:
    """The progress on stderr: one line that changes on a terminal, a line every ten seconds elsewhere."""

    def __init__(self, terminal: bool) -> None:
        self.terminal, self.begun, self.last, self.width = terminal, time.monotonic(), 0.0, 0
        self.step, self.first, self.unpacked = -1, (0, 0), 0

    def __call__(self, now: Progress) -> None:
        """Show it, unless that was done a moment ago."""
        clock = time.monotonic()
        if now.step != self.step:
            # a resumed pass begins in the midst of the dump
            self.step, self.begun, self.first = now.step, clock, (now.done, now.unpacked)
            return
        if clock - self.last < (0.2 if self.terminal else 10):
            return
        self.last = clock
        self._write(self._text(now, clock - self.begun))

    def _text(self, now: Progress, seconds: float) -> str:
        rate = (now.unpacked - self.first[1]) / max(seconds, 1e-9)
        text = (
            f"pass {now.step + 1} of {now.steps}  {bytes_text(now.unpacked)}  {bytes_text(rate)}/s  {now.found:,} found"
        )
        if not now.total or now.done <= self.first[0]:
            return text
        each = seconds / (now.done - self.first[0])
        left = each * (max(0, now.total - now.done) + now.total * (now.steps - now.step - 1))
        return f"{text}  {min(1.0, now.done / now.total):.1%}  {_clock(left)} left"

    def _write(self, text: str) -> None:
        if self.terminal:
            sys.stderr.write("\r" + text.ljust(self.width))
            self.width = len(text)
        else:
            sys.stderr.write(text + "\n")
        sys.stderr.flush()

    def end(self) -> None:
        """Leave the line."""
        if self.terminal and self.width:
            sys.stderr.write("\r" + " " * self.width + "\r")
            self.width = 0


def bytes_text(count: float) -> str:
    """A number of bytes for a person: ``12.3 MB``, in powers of ten."""
    for unit in ("B", "kB", "MB", "GB"):
        if count < 1000:
            return f"{count:.0f} {unit}" if unit in ("B", "kB") else f"{count:.1f} {unit}"
        count /= 1000
    return f"{count:.2f} TB"


def _clock(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes // 60}:{minutes % 60:02}:{rest:02}"
