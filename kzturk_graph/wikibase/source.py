"""Wikibase data wherever it is: a file, a folder or a SPARQL endpoint, read as entities."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from kzturk_graph.errors import InputError, UsageError
from kzturk_graph.wikibase.formats import JSON, detect
from kzturk_graph.wikibase.json_reader import entity
from kzturk_graph.wikibase.layouts import HEAD, documents, only
from kzturk_graph.wikibase.model import Entity
from kzturk_graph.wikibase.problems import Foreign, Problem, Problems
from kzturk_graph.wikibase.streams import STDIN, open_bytes

if TYPE_CHECKING:
    from kzturk_graph.wikibase.endpoint import EndpointSource

_DAY = re.compile(r"(?<!\d)(20\d\d)-?([01]\d)-?([0-3]\d)(?!\d)")


class Source(Protocol):
    """Where entities come from.

    ``name`` is what was asked for, ``version`` the date or revision of the data where it is known (for files maybe only
    after they have been read), ``problems`` what was left out of all that has been read so far.
    """

    name: str
    problems: Problems

    @property
    def version(self) -> str | None:
        """The dump's date or the latest change in it, ``2024-05-01`` or ``2024-05-01T12:00:00Z``."""

    def entities(self) -> Iterator[Entity]:
        """Every entity, one at a time. Raises UsageError where there are only questions to ask (an endpoint)."""

    def get(self, ids: Iterable[str]) -> dict[str, Entity]:
        """The entities with these ids; absent where they are missing, with ``redirect`` where they were merged."""


class FileSource:
    """The entities of a file, or of all files of a folder, whatever they are written in."""

    def __init__(self, path: str | Path) -> None:
        self.name = str(path)
        self.problems = Problems()
        self._dated: str | None = None
        self._latest: str | None = None

    @property
    def version(self) -> str | None:
        """The date that the dump or else its name tells, or else the latest change that was read."""
        named = _DAY.search(Path(self.name).name)
        return self._dated or ("-".join(named.groups()) if named else self._latest)

    def entities(self, keep: Callable[[bytes], bool] | None = None) -> Iterator[Entity]:
        """Every entity, as it is read. Raises InputError at what can't be read, after all that came before it.

        Of JSON with a line for each entity, lines whose bytes ``keep`` doesn't want are passed over unparsed.
        """
        return self._read(None, keep)

    def get(self, ids: Iterable[str]) -> dict[str, Entity]:
        """The entities with these ids, in one pass; a full one is preferred to a truthy one."""
        wanted, found = frozenset(ids), dict[str, Entity]()
        for each in self._read(wanted):
            if each.id not in found or (found[each.id].truthy and not each.truthy):
                found[each.id] = each
            if len(found) == len(wanted) and not any(one.truthy for one in found.values()):
                break
        return found

    def _read(self, wanted: frozenset[str] | None, keep: Callable[[bytes], bool] | None = None) -> Iterator[Entity]:
        if wanted is not None and not wanted:
            return
        paths = files(self.name)
        read, fault = 0, None
        for path in paths:
            try:
                for each in self._file(path, wanted, keep):
                    if each.modified and each.modified > (self._latest or ""):
                        self._latest = each.modified
                    yield each
                read += 1
            except Foreign as error:
                if len(paths) == 1:
                    raise
                fault = error
                if Problem(path, None, error.message) not in self.problems.shown:  # each pass comes by it
                    self.problems.add(path, None, error.message)
        if fault is not None and not read:
            raise InputError("no file in it is Wikibase data", path=self.name, hint=fault.hint) from fault

    def _file(self, path: str, wanted: frozenset[str] | None, keep: Callable[[bytes], bool] | None) -> Iterator[Entity]:
        name = "standard input" if path == STDIN else path
        with open_bytes(path) as stream:
            kind = detect(stream.peek(HEAD), name)
            if kind != JSON:
                from kzturk_graph.wikibase.rdf_reader import Reader

                reader = Reader(stream, kind, name, self.problems, wanted)
                for each in reader.entities():
                    self._dated = reader.dated or self._dated
                    yield each
                return
            keep = keep or (only(wanted) if wanted is not None else None)
            for line, document in documents(stream, name, self.problems, keep):
                if wanted is None or document.get("id", document.get("entity")) in wanted:
                    yield entity(document, _say(self.problems, name, line))


def _say(problems: Problems, name: str, line: int) -> Any:
    return lambda what: problems.add(name, line, what)


def files(path: str) -> list[str]:
    """A file itself, or all files below a folder by name, hidden ones aside. Raises InputError where there are none."""
    if path == STDIN or not Path(path).is_dir():
        return [path]
    root = Path(path)
    found = sorted(
        str(each)
        for each in root.rglob("*")
        if each.is_file() and not any(part.startswith(".") for part in each.relative_to(root).parts)
    )
    if not found:
        raise InputError("the folder holds no files", path=path)
    return found


def iter_documents(path: str, problems: Problems | None = None) -> Iterator[tuple[int, dict[str, Any]]]:
    """The raw JSON documents of one file with the line that each begins on. Raises InputError where it isn't JSON."""
    name = "standard input" if path == STDIN else path
    with open_bytes(path) as stream:
        kind = detect(stream.peek(HEAD), name)
        if kind != JSON:
            raise InputError(f"is {kind}, not Wikibase JSON", path=name)
        yield from documents(stream, name, problems if problems is not None else Problems())


def open_source(text: str, **options: Any) -> FileSource | EndpointSource:
    """The source that a person names: a file, ``-``, a folder, or the http(s) address of a SPARQL endpoint.

    ``options`` are those of ``endpoint.EndpointSource`` (``timeout``, ``contact``, …) and don't matter to files.
    Raises InputError where there is no such file, UsageError where the address is of a kind that isn't read.
    """
    if text.startswith(("http://", "https://")):
        from kzturk_graph.wikibase.endpoint import EndpointSource

        return EndpointSource(text, **options)
    if "://" in text:
        scheme = text.partition(":")[0]
        raise UsageError(f"{scheme}:// isn't read", "give a file, a folder or an http(s) address of a SPARQL endpoint")
    if text != STDIN and not Path(text).exists():
        raise InputError("there is no such file or folder", path=text)
    return FileSource(text)
