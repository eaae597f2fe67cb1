"""The passes of an extraction, one for each step away from the seeds, whatever searches the dump."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, Protocol

from kzturk_graph import atomic
from kzturk_graph.errors import InputError
from kzturk_graph.extract.blocks import Cut
from kzturk_graph.extract.dump import HINT
from kzturk_graph.extract.forms import Form
from kzturk_graph.extract.journal import Journal, Position
from kzturk_graph.extract.model import Extraction, Found, Progress, Request, Skipped
from kzturk_graph.extract.reach import Reach
from kzturk_graph.extract.search import Search
from kzturk_graph.wikibase.problems import Problems

ENOUGH = 1000
"""After so many lines that aren't entities, and none that is, the rest isn't read."""
Tell = Callable[[Progress], object]


class Source(Protocol):
    """A dump and a way to search it. ``asked`` tells which state of which dump it is; ``once`` whether it can be read
    only once.
    """

    name: str
    once: bool
    asked: dict[str, Any]

    def unchanged(self) -> None:
        """Raises InputError where the dump isn't any more what it was."""

    def searched(self, search: Search, position: Position) -> AbstractContextManager[Iterable[Found]]:
        """What the dump from this position on holds, piece by piece in its order."""

    def done(self, position: Position) -> tuple[int, int | None]:
        """How much of the dump is read at this position, of how much (None: not known)."""


class Run:
    """One extraction on its way; leave it as a context, so that what it has is kept."""

    def __init__(self, source: Source, request: Request, output: Path, resume: bool) -> None:
        self.source, self.request = source, request
        self.form = Form(request.format)
        asked: dict[str, Any] = {
            "seeds": sorted(request.seeds),
            "hops": request.hops,
            "incoming": request.incoming,
            "languages": sorted(request.languages),
            "properties": sorted(request.properties),
            "format": request.format,
        }
        self.journal = Journal(output, self.form, asked | source.asked, resume)
        self.position = self.journal.position
        self.reach = Reach(request, self.journal.found())
        self.left_out = {at for _, at, _ in self.journal.skipped()}

    def __enter__(self) -> Run:
        return self

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if error is None:
            return
        left = self.journal.close(keep=bool(self.journal.records) or not isinstance(error, InputError))
        if isinstance(error, OSError):
            where = str(error.filename or self.journal.folder)
            hint = f"what was found is kept in {self.journal.folder}; go on with --resume" if left else "try again"
            raise InputError(error.strerror or str(error), path=where, hint=hint) from None

    def all(self, tell: Tell | None, every: float, skipped: str | Path | None) -> Extraction:
        """Every pass, and the end; see ``extract``."""
        while (search := self._search()) is not None:
            self.source.unchanged()
            try:
                with self.source.searched(search, self.position) as searched:
                    self._pass(searched, tell, every)
            except Cut as cut:
                self._left_out(Skipped(0, cut.at, cut.reason), self.position.lines + 1)
            self.source.unchanged()
            self._entities_at_all()
            self._next()
        ended = self._ended()
        if skipped is not None:
            rows = "".join(f"{line or ''}\t{at}\t{reason}\n" for line, at, reason in self.journal.skipped())
            atomic.replace(Path(skipped), f"line\tbyte\treason\n{rows}".encode())
        self.journal.finish()
        return ended

    def _search(self) -> Search | None:
        step = self.position.step
        if self.source.once and step:
            return None
        wanted = self.reach.wanted(step)
        targets = self.reach.targets(step)
        if not wanted and not targets:
            return None
        return Search(
            self.form,
            frozenset(name.encode() for name in wanted),
            frozenset(name.encode() for name in targets),
            frozenset(name.encode() for name in self.reach.found) if targets else frozenset(),
            frozenset(self.request.languages),
            frozenset(self.request.properties),
            follow=step < self.request.hops,
        )

    def _pass(self, searched: Iterable[Found], tell: Tell | None, every: float) -> None:
        saved = time.monotonic()
        for found in searched:
            self._add(found)
            if len(self.left_out) > ENOUGH:
                self._entities_at_all()
            if time.monotonic() - saved >= every:
                self.journal.save()
                saved = time.monotonic()
            if tell:
                tell(self._progress())

    def _entities_at_all(self) -> None:
        """Raises InputError where there was no entity, with the first reason why a line wasn't one."""
        if not self.position.entities and not self.position.nulls:
            line, _, reason = next(self.journal.skipped(), (None, 0, "holds no entities"))
            raise InputError(reason, path=self.source.name, line=line, hint=HINT)

    def _add(self, found: Found) -> None:
        position = self.position
        for record in found.records:
            if self.reach.add(position.step, record):
                self.journal.add(record)
        for skipped in found.skipped:
            self._left_out(skipped, position.lines + skipped.line + 1)
        position.lines += found.lines
        position.at += found.length
        position.pieces += 1
        position.opens |= found.opens
        position.closes |= found.closes
        if position.step == 0:
            position.entities += found.entities
            position.nulls += found.nulls

    def _left_out(self, skipped: Skipped, line: int) -> None:
        if skipped.at not in self.left_out:
            self.left_out.add(skipped.at)
            self.journal.skip(line, skipped.at, skipped.reason)

    def _next(self) -> None:
        self.position.step += 1
        self.position.at = self.position.lines = self.position.pieces = 0
        self.journal.save()

    def _progress(self) -> Progress:
        done, total = self.source.done(self.position)
        steps = max(self.request.hops, self.position.step) + 1
        return Progress(self.position.step, steps, done, total, self.position.at, len(self.reach.found))

    def _ended(self) -> Extraction:
        problems = Problems()
        for line, at, reason in self.journal.skipped():
            problems.add(self.source.name, line, f"{reason} (byte {at:,})")
        if self.position.opens and not self.position.closes:
            problems.note(f"{self.source.name}: the array isn't closed: the dump may be cut")
        return Extraction(
            self.reach.counts(self.position.step),
            tuple(sorted(self.request.seeds - self.reach.found, key=_number)),
            tuple(sorted(self.reach.wanted(self.position.step), key=_number)) if self.source.once else (),
            self.position.entities,
            self.position.nulls,
            problems,
        )


def _number(name: str) -> tuple[str, int]:
    return name[0], int(name[1:])
