"""Answers as bytes: by the engine's own writers where the whole fits the limits, row by row where it is cut."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import islice
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kzturk_graph import terms
from kzturk_graph.errors import InputError, UsageError
from kzturk_graph.queries.run import Answer
from kzturk_graph.web.errors import HttpError
from kzturk_graph.web.formats import GRAPHS, ROWS, Format
from kzturk_graph.web.workers.jobs import CUT, Job, Outcome

if TYPE_CHECKING:
    from kzturk_graph.citations.model import Citations
    from kzturk_graph.graph.selection import Selection

Results = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples
SMALL = 1400
"""Answers below this size, which one packet holds, aren't compressed."""
_ROW_MARKS = {"json": b"},{", "xml": b"<result>", "csv": b"\n", "tsv": b"\n"}
_COMMENTED = ("turtle", "trig", "ntriples")


class _FullError(Exception):
    """The answer is larger than the limits; not to be seen outside this module."""


class _Sink:
    """Takes what the engine writes, up to a size and a number of rows."""

    def __init__(self, size: int, rows: int, mark: bytes) -> None:
        self.size, self.rows, self.mark = size, rows, mark
        self.chunks: list[bytes] = []

    def write(self, chunk: bytes) -> int:
        """Take a chunk; raises _FullError where there are too many bytes, or may be too many rows."""
        self.chunks.append(bytes(chunk))
        self.size -= len(chunk)
        self.rows -= chunk.count(self.mark)
        if self.size < 0 or self.rows < -2:
            raise _FullError
        return len(chunk)

    def flush(self) -> None:
        """Nothing is held back."""


def written(job: Job, run: Callable[[], Results]) -> Outcome:
    """The answer to a job; ``run`` asks the engine, a second time where the answer has to be cut."""
    found = run()
    if isinstance(found, ox.QueryTriples):
        return _graph(job, _triples(job, found), None)
    form = _format(job, job.rows_format, ROWS)
    mark = _ROW_MARKS[form.name]
    sink = _Sink(job.size, job.rows, mark)
    try:
        found.serialize(sink, format=form.engine)  # type: ignore[arg-type]
    except _FullError:
        return _cut(job, form, run())
    except (RuntimeError, ValueError, OSError) as error:
        raise InputError(f"the query can't be answered: {error}") from None
    body = b"".join(sink.chunks)
    if body.count(mark) > job.rows - (form.name == "json"):  # perhaps too many: marks may stand in values, too
        return _cut(job, form, run())
    return _outcome(job, form, body)


def cited(job: Job, selection: Selection, store: ox.Store, found: tuple[Results, str]) -> Outcome:
    """The answer with what each row rests on: a member of the JSON, a column of CSV and TSV, comments below Turtle.

    Raises UsageError for a format without a place for citations.
    """
    from kzturk_graph.citations.api import cite

    results, text = found
    answer, why = _answer(job, store, results, text)
    citations = cite(store, text, answer, selection, "all" if job.cite == "all" else "witnesses")
    if answer.triples is not None:
        return _graph(job, (answer.triples, why), _notes(job, store, citations))
    return _rows(job, _format(job, job.rows_format, ROWS), answer, why, citations)


def _notes(job: Job, store: ox.Store, citations: Citations) -> bytes:
    if job.graph_format not in _COMMENTED:
        raise UsageError("citations of triples come as comments", f"take one of {', '.join(_COMMENTED)}")
    from kzturk_graph.citations.footnotes import footnotes

    return "".join(f"# {line}\n" for line in footnotes(citations, store, job.language).lines()).encode()


def _cut(job: Job, form: Format, found: Results) -> Outcome:
    answer, why = _answer(job, ox.Store(), found, job.query)
    return _rows(job, form, answer, why, None)


def _rows(job: Job, form: Format, answer: Answer, why: str | None, citations: Citations | None) -> Outcome:
    """Rows one by one, and fewer of them as long as they are too large."""
    from dataclasses import replace

    while True:
        body = _standard(job, form, answer, why, citations)
        if len(body) <= job.size or not answer.solutions:
            return _outcome(job, form, body, why)
        kept = len(answer.solutions) * job.size * 9 // (10 * len(body))
        answer = replace(answer, solutions=answer.solutions[:kept])
        citations = citations and replace(citations, rows=citations.rows[:kept])
        why = f"cut after {kept} rows: an answer has at most {job.size} bytes"


def _standard(job: Job, form: Format, answer: Answer, why: str | None, citations: Citations | None) -> bytes:
    from kzturk_graph.cli import cited, sparql_results

    if form.name == "json":
        beside: dict[str, Any] = {"truncated": why} if why else {}
        if citations is not None:
            beside |= cited.member(citations, answer, job.language)
        return sparql_results.to_json(answer, beside).encode()
    if citations is not None:
        if form.name == "xml":
            raise UsageError("the XML of rows has no place for citations", "take one of json, csv, tsv")
        answer = cited.with_column(citations, answer)
    return sparql_results.WRITERS[form.name](answer).encode()


def _answer(job: Job, store: ox.Store, found: Results, text: str) -> tuple[Answer, str | None]:
    """The engine's answer, read up to the limit, and why it ends there; None where it is whole."""
    try:
        if isinstance(found, ox.QueryBoolean):
            return Answer(store, truth=bool(found), text=text), None
        if isinstance(found, ox.QueryTriples):
            triples, why = _triples(job, found)
            return Answer(store, triples=triples, text=text), why
        columns = tuple(variable.value for variable in found.variables)
        places = range(len(columns))
        rows = [tuple([solution[place] for place in places]) for solution in islice(found, job.rows + 1)]
    except (RuntimeError, ValueError, OSError) as error:
        raise InputError(f"the query can't be answered: {error}") from None
    why = f"cut after {job.rows} rows" if len(rows) > job.rows else None
    return Answer(store, columns, tuple(rows[: job.rows]), text=text), why


def _triples(job: Job, found: Iterable[ox.Triple]) -> tuple[tuple[ox.Triple, ...], str | None]:
    """The triples as a sorted set, and why they aren't all."""
    kept: dict[ox.Triple, str] = {}
    room = job.size
    try:
        for triple in found:
            if triple not in kept:
                kept[triple] = text = str(triple)
                room -= len(text)
                if room < 0 or len(kept) > job.rows:
                    del kept[triple]
                    return tuple(sorted(kept, key=kept.__getitem__)), f"cut after {len(kept)} triples"
    except (RuntimeError, ValueError, OSError) as error:
        raise InputError(f"the query can't be answered: {error}") from None
    return tuple(sorted(kept, key=kept.__getitem__)), None


def _graph(job: Job, found: tuple[tuple[ox.Triple, ...], str | None], notes: bytes | None) -> Outcome:
    form = _format(job, job.graph_format, GRAPHS)
    triples, why = found
    body = serialized(triples, form)
    if notes:
        body += b"\n" + notes
    if why and form.name in _COMMENTED:
        body = f"# {why}\n".encode() + body
    return _outcome(job, form, body, why)


def serialized(triples: Iterable[ox.Triple | ox.Quad], form: Format) -> bytes:
    """Triples in a format of ``GRAPHS``, with those of our prefixes that they use."""
    triples = list(triples)
    text = " ".join(map(str, triples)) if len(triples) < 20_000 else None
    prefixes = {name: space for name, space in terms.PREFIXES.items() if text is None or space in text}
    written = ox.serialize(triples, format=form.engine, prefixes=prefixes)  # type: ignore[arg-type]
    assert written is not None  # no output file is named, so the bytes come back
    return written


def _format(job: Job, name: str | None, offers: dict[str, Format]) -> Format:
    if name is None:
        offered = [media for each in offers.values() for media in each.media]
        kind = "rows" if offers is ROWS else "triples"
        raise HttpError(
            406,
            f"{kind} aren't given in any format that is accepted",
            f"accepted is one of {', '.join(offered)}",
            offers=offered,
        )
    return offers[name]


def _outcome(job: Job, form: Format, body: bytes, why: str | None = None) -> Outcome:
    headers = [("content-type", form.content_type)]
    if why is not None:
        headers += [(CUT, why), ("link", '</limits>; rel="help"')]
    if job.compression is not None and len(body) >= SMALL:
        body = compressed(body, job.compression)
        headers.append(("content-encoding", job.compression))
    return Outcome(200, tuple(headers), body)


def compressed(body: bytes, encoding: str) -> bytes:
    """The body in a content encoding, ``gzip`` or ``zstd``: fast rather than small."""
    if encoding == "zstd":
        import zstandard

        return zstandard.ZstdCompressor(level=1).compress(body)
    from isal import igzip

    return igzip.compress(body, compresslevel=1, mtime=0)
