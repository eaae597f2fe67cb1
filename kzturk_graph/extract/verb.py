"""Extracting a slice of a dump."""

from __future__ import annotations

from pathlib import Path

from kzturk_graph.errors import InputError, UsageError
from kzturk_graph.extract.dump import PIECE, Dump, once
from kzturk_graph.extract.model import Extraction, Request
from kzturk_graph.extract.run import Run, Tell
from kzturk_graph.extract.workers import Local

EVERY = 5.0
"""Seconds between two states of the journal: so much work is lost at most."""


def extract(
    dump: str,
    request: Request,
    output: str | Path,
    *,
    workers: int = 1,
    resume: bool = False,
    tell: Tell | None = None,
    skipped: str | Path | None = None,
    piece: int = PIECE,
    every: float = EVERY,
) -> Extraction:
    """Write the slice of ``dump`` (a file, plain or packed, or ``-``) that ``request`` asks for to ``output``.

    First the seeds, then what each pass added, each in the order of the dump; what a dump has twice is written once.
    ``output`` is put in place when it is whole; until then all is kept in a folder beside it, from which ``resume``
    goes on. ``skipped`` is a file for the list of all lines that were left out. ``tell`` hears of the progress after
    each ``piece`` (bytes); the state is kept ``every`` so many seconds.

    Raises InputError where the dump can't be read, holds no entities or changes meanwhile, or the output can't be
    written; UsageError where the options don't fit each other, or the unfinished extraction that is there.
    """
    target = Path(output)
    check(request, target)
    _check_dump(dump, request, target, resume)
    with Run(Local(Dump(dump, piece), workers), request, target, resume) as run:
        return run.all(tell, every, skipped)


def check(request: Request, output: Path) -> None:
    """Raises UsageError or InputError where such a slice can't be, or can't be written there."""
    if not request.seeds:
        raise UsageError("there are no seeds", "name at least one entity, such as Q232")
    if request.incoming and not request.hops:
        raise UsageError("--incoming needs --hops", "say --hops 1 for the entities that mention a seed")
    if output.is_dir():
        raise InputError("is a folder", path=str(output), hint="name a file")
    if not output.parent.is_dir():
        raise InputError("there is no such folder", path=str(output.parent), hint="make it, or name another")


def _check_dump(dump: str, request: Request, output: Path, resume: bool) -> None:
    if once(dump) and (request.hops or resume):
        what = "--resume" if resume else "--hops"
        raise UsageError(f"{what} needs a file: {dump!r} can be read only once", "give the dump's path")
    if output.is_file() and Path(dump).is_file() and output.samefile(dump):
        raise UsageError("the output is the dump itself", "name another file")
