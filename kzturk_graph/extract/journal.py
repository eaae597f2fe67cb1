"""The folder beside the output in which an extraction keeps what it has, so that it can go on after an interruption.

``body`` is the output so far, ``ids`` a line for each entity in it (pass, id, ids to look for next), ``skipped`` a line
for each line left out, ``state.json`` how much of these is valid and how far the dump is read. The state is replaced in
one go after the others are on the disk, so that a process may be killed at any time.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any, BinaryIO

from kzturk_graph import atomic
from kzturk_graph.errors import InputError, UsageError
from kzturk_graph.extract.forms import Form
from kzturk_graph.extract.model import Record

VERSION = 1
LOGS = ("body", "ids", "skipped")


@dataclass
class Position:
    """How far an extraction is: the pass (from 0), the pieces, bytes (unpacked) and lines of the dump read in it, and
    what the first pass counted.
    """

    step: int = 0
    pieces: int = 0
    at: int = 0
    lines: int = 0
    entities: int = 0
    nulls: int = 0
    opens: bool = False
    closes: bool = False


class Journal:
    """The open folder of one extraction: records and skipped lines are added, then ``save`` makes them count."""

    def __init__(self, output: Path, form: Form, asked: dict[str, Any], resume: bool) -> None:
        """Open the folder of ``output``. ``asked`` is what must be the same when it is resumed: options and dump.

        Raises UsageError where there is an unfinished extraction and ``resume`` isn't set, or it was of something
        else; InputError where the folder can't be used.
        """
        self.output, self.form, self.asked = output, form, asked
        self.folder = output.with_name(output.name + ".partial")
        self.position, self.records = Position(), 0
        try:
            self.folder.mkdir(exist_ok=True)
            self._lock = open(self.folder / "lock", "wb")  # noqa: SIM115 - it is held as long as the journal
            self._alone()
            state = self._begun(resume)
            self._files = {name: self._log(name, state) for name in LOGS}
        except OSError as error:
            raise _unwritable(self.folder, error) from None
        if state is None:
            self._files["body"].write(form.start())
        else:
            self.records = state["records"]
            self.position = Position(**{each.name: state["position"][each.name] for each in fields(Position)})

    def _begun(self, resume: bool) -> dict[str, Any] | None:
        try:
            state: dict[str, Any] = json.loads((self.folder / "state.json").read_bytes())
        except FileNotFoundError:
            return None
        except (OSError, ValueError):
            raise UsageError(
                f"{self.folder} can't be resumed: its state.json is damaged", "delete the folder"
            ) from None
        if not resume:
            raise UsageError(
                f"an unfinished extraction lies in {self.folder}", "go on with --resume, or delete the folder"
            )
        told = {**self.asked, "version": VERSION}
        if differing := sorted(key for key in {*told, *state["asked"]} if told.get(key) != state["asked"].get(key)):
            what = ", ".join(differing)
            raise UsageError(
                f"{self.folder} can't be resumed: it was begun with another {what}",
                "give the same dump and options, or delete the folder to start again",
            )
        return state

    def _log(self, name: str, state: dict[str, Any] | None) -> BinaryIO:
        path = self.folder / name
        if state is None:
            return open(path, "wb", buffering=1 << 20)
        length = state["lengths"][name]
        if not path.exists() or path.stat().st_size < length:
            raise UsageError(f"{self.folder} can't be resumed: {name} is shorter than it was", "delete the folder")
        os.truncate(path, length)
        return open(path, "ab", buffering=1 << 20)

    def _alone(self) -> None:
        try:
            import fcntl
        except ImportError:  # not on Windows
            return
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise UsageError(f"another process is writing {self.output}", "wait for it, or write elsewhere") from None

    def add(self, record: Record) -> None:
        """Write an entity of the current pass."""
        body = self._files["body"]
        if self.records:
            body.write(self.form.between())
        body.write(record.data)
        self._files["ids"].write(f"{self.position.step}\t{record.id}\t{' '.join(record.leads)}\n".encode())
        self.records += 1

    def skip(self, line: int | None, at: int, reason: str) -> None:
        """Write down a line that is left out; ``line`` counts from 1."""
        text = f"{'' if line is None else line}\t{at}\t{' '.join(reason.split())}\n"
        self._files["skipped"].write(text.encode())

    def save(self) -> None:
        """Make all that was added count, up to the current position."""
        for file in self._files.values():
            file.flush()
            os.fsync(file.fileno())
        state = {
            "asked": {**self.asked, "version": VERSION},
            "position": asdict(self.position),
            "records": self.records,
            "lengths": {name: file.tell() for name, file in self._files.items()},
        }
        atomic.replace(self.folder / "state.json", json.dumps(state, indent=1).encode())

    def found(self) -> Iterator[tuple[int, str, list[str]]]:
        """Each entity so far: its pass, its id, the ids to look for next."""
        self._files["ids"].flush()
        with open(self.folder / "ids", encoding="utf-8") as file:
            for line in file:
                step, name, leads = line.rstrip("\n").split("\t")
                yield int(step), name, leads.split()

    def skipped(self) -> Iterator[tuple[int | None, int, str]]:
        """Each line left out so far: its number, its first byte, and why."""
        self._files["skipped"].flush()
        with open(self.folder / "skipped", encoding="utf-8") as file:
            for line in file:
                number, at, reason = line.rstrip("\n").split("\t")
                yield int(number) if number else None, int(at), reason

    def finish(self) -> None:
        """Put the output in place and take the folder away."""
        self._files["body"].write(self.form.end(empty=not self.records))
        for file in self._files.values():
            file.flush()
        os.fsync(self._files["body"].fileno())
        for file in (*self._files.values(), self._lock):
            file.close()
        os.replace(self.folder / "body", self.output)
        shutil.rmtree(self.folder)

    def close(self, keep: bool = True) -> bool:
        """Close the files, and leave the folder for another run, where something is saved in it and to ``keep``.

        Returns whether it is left.
        """
        for file in (*self._files.values(), self._lock):
            with suppress(OSError):  # what a full disk didn't take isn't part of the state
                file.close()
        left = keep and (self.folder / "state.json").exists()
        if not left:
            shutil.rmtree(self.folder, ignore_errors=True)
        return left


def _unwritable(folder: Path, error: OSError) -> InputError:
    return InputError(
        f"can't be written: {error.strerror}", path=str(folder), hint="name a file in a folder you may write to"
    )
