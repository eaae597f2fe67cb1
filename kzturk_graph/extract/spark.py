"""The same extraction as an Apache Spark job: the search in its tasks, the passes and the journal in its driver.

Spark gives the partitions of a text file in the order of the file, and each partition's lines in theirs, so the slice
has the order of the dump here too. The machines that run the tasks need this package installed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

from kzturk_graph.errors import InputError, UsageError
from kzturk_graph.extract.dump import HINT
from kzturk_graph.extract.journal import Position
from kzturk_graph.extract.model import Extraction, Found, Request
from kzturk_graph.extract.run import Run, Tell
from kzturk_graph.extract.search import Search
from kzturk_graph.extract.verb import EVERY, check

Anything = Any
"""Spark's own types; they are known only where pyspark is installed."""
BATCH = 4
"""How many partitions for each core are searched before the driver writes what they found: so much waits in memory."""


def extract_with_spark(
    dump: str,
    request: Request,
    output: str | Path,
    *,
    master: str | None = None,
    resume: bool = False,
    tell: Tell | None = None,
    skipped: str | Path | None = None,
    every: float = EVERY,
) -> Extraction:
    """Write the slice as ``extract`` does, the dump being any path or pattern that Hadoop's text input reads.

    ``master`` is Spark's (``local[2]``, ``yarn``, ``spark://…``); None leaves it to Spark's own settings. A session
    that is open already is used, and left open. Raises what ``extract`` raises, and
    UsageError where pyspark or Java is missing.
    """
    target = Path(output)
    check(request, target)
    with _context(master) as context, Run(_Spark(context, dump), request, target, resume) as run:
        return run.all(tell, every, skipped)


@contextmanager
def _context(master: str | None) -> Iterator[Anything]:
    try:
        errors, sql = import_module("pyspark.errors"), import_module("pyspark.sql")
    except ImportError:
        raise UsageError("--engine spark needs pyspark", "pip install 'kzturk-graph[spark]'") from None
    opened = sql.SparkSession.getActiveSession()
    builder = sql.SparkSession.builder.appName("kzturk wikidata extract")
    # what a batch of partitions found may be large; it is as large as the slice makes it
    builder = builder.config("spark.driver.maxResultSize", "0").config("spark.ui.showConsoleProgress", "false")
    try:
        session = (builder.master(master) if master else builder).getOrCreate()
    except errors.PySparkRuntimeError as error:
        raise UsageError(
            f"Spark doesn't start: {error}", "it needs Java 17 or later, and a master it can reach"
        ) from None
    try:
        session.sparkContext.setLogLevel("ERROR")
        yield session.sparkContext
    finally:
        if opened is None:
            session.stop()


class _Spark:
    """A dump as Spark reads it."""

    once = False

    def __init__(self, context: Anything, dump: str) -> None:
        self.context, self.name = context, dump
        with self._readable():
            self.asked = self._print()
            self.lines = context.textFile(dump, use_unicode=False)
            self.partitions = self.lines.getNumPartitions()
        self.size = sum(length for _, length, _ in self.asked["dump"])
        self.asked["partitions"] = self.partitions

    def _print(self) -> dict[str, Any]:
        """Name, length and time of each file that the path or pattern stands for."""
        java: Any = self.context._jvm
        configuration = self.context._jsc.hadoopConfiguration()
        path = java.org.apache.hadoop.fs.Path(self.name)
        system = path.getFileSystem(configuration)
        waiting = list(system.globStatus(path) or ())
        if not waiting:
            raise InputError("there is no such file", path=self.name, hint=HINT)
        files = []
        for status in waiting:
            parts = system.listStatus(status.getPath()) if status.isDirectory() else [status]
            files += [[str(part.getPath()), part.getLen(), part.getModificationTime()] for part in parts]
        return {"engine": "spark", "dump": sorted(files)}

    @contextmanager
    def _readable(self) -> Iterator[None]:
        try:
            yield
        except import_module("py4j.protocol").Py4JJavaError as error:
            cause: Any = error.java_exception
            while cause.getCause() is not None:
                cause = cause.getCause()
            first = str(cause.toString()).splitlines()[0]
            raise InputError(f"Spark can't read it: {first}", path=self.name, hint=HINT) from None

    def unchanged(self) -> None:
        """Raises InputError where the files aren't any more what they were."""
        with self._readable():
            if self._print()["dump"] != self.asked["dump"]:
                raise InputError("changed while it was read", path=self.name, hint="extract from the finished file")

    @contextmanager
    def searched(self, search: Search, position: Position) -> Iterator[Iterable[Found]]:
        """What the partitions from this position on hold."""
        shared = self.context.broadcast(search)
        try:
            yield self._batches(shared, position.pieces, position.at)
        finally:
            shared.unpersist()

    def _batches(self, shared: Anything, first: int, at: int) -> Iterator[Found]:
        size = BATCH * self.context.defaultParallelism
        for start in range(first, self.partitions, size):
            batch = range(start, min(start + size, self.partitions))
            with self._readable():
                answers = self.context.runJob(self.lines, partial(_search, shared), list(batch))
            for found in answers:
                found.skipped = [each._replace(at=at + each.at) for each in found.skipped]
                at += found.length
                yield found

    def done(self, position: Position) -> tuple[int, int | None]:
        """The share of the partitions, as bytes of the files."""
        return self.size * position.pieces // max(1, self.partitions), self.size


def _search(shared: Anything, lines: Iterable[bytes]) -> list[Found]:
    """In a task: what a partition's lines hold."""
    return [shared.value.lines(lines)]
