"""What a SPARQL request asks: its parameters, wherever they stand, as a job.

https://www.w3.org/TR/sparql11-protocol/#query-operation. Beside those of the protocol there are ``format``, ``cite``,
``as-of``, ``undated``, ``source``, ``without``, ``voice``, ``modality``, ``lang`` and ``timeout``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from urllib.parse import parse_qsl

from kzturk_graph import terms
from kzturk_graph.web import formats
from kzturk_graph.web.errors import HttpError
from kzturk_graph.web.linked.accept import best_type
from kzturk_graph.web.settings import Settings
from kzturk_graph.web.workers.jobs import Job

FORM, QUERY, UPDATE = "application/x-www-form-urlencoded", "application/sparql-query", "application/sparql-update"
MOST = 200
"""How many parameters a request may have."""
CITING = {
    "": "witnesses",
    "1": "witnesses",
    "true": "witnesses",
    "yes": "witnesses",
    "witnesses": "witnesses",
    "all": "all",
}
NOT_CITING = ("0", "false", "no", "none")
ROWS, GRAPHS = formats.offered(formats.ROWS), formats.offered(formats.GRAPHS)
OFFERS = [*ROWS, *GRAPHS]
"""Every media type that an answer can have."""
READ_ONLY = "the graph is read only"

Parameters = Mapping[str, list[str]]


def parsed(text: bytes) -> dict[str, list[str]]:
    """URL-encoded parameters, each with its values in order. Raises HttpError 400 for what isn't UTF-8 or too many."""
    found: dict[str, list[str]] = {}
    try:
        for name, value in parse_qsl(
            text.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=MOST
        ):
            found.setdefault(name, []).append(value)
    except UnicodeError:
        raise HttpError(
            400, "the parameters aren't URL-encoded UTF-8", "encode each value with percent signs"
        ) from None
    except ValueError:
        raise HttpError(400, f"there are more than {MOST} parameters", "send fewer") from None
    return found


def of_body(content_type: str | None, body: bytes, parameters: dict[str, list[str]]) -> dict[str, list[str]]:
    """The parameters of a POST: those of the address, and what the body says by its content type.

    Raises HttpError 415 for a content type that isn't one of queries or in another charset than UTF-8, 403 for an
    update, 400 for a body that isn't UTF-8.
    """
    media, _, rest = (content_type or "").partition(";")
    media = media.strip().lower()
    if media == UPDATE:
        raise HttpError(403, READ_ONLY, "ask with SELECT, ASK, CONSTRUCT or DESCRIBE")
    if media not in (FORM, QUERY):
        what = f"a query can't be sent as {media}" if media else "the content type of the body isn't said"
        raise HttpError(415, what, f"send it as {FORM} or {QUERY}", {"accept-post": f"{FORM}, {QUERY}"})
    charset = _charset(rest)
    if charset not in ("utf-8", "utf8", "us-ascii"):
        raise HttpError(415, f"a query can't be sent in {charset}", "send it in UTF-8")
    if media == FORM:
        for name, values in parsed(body).items():
            parameters.setdefault(name, []).extend(values)
        return parameters
    try:
        parameters.setdefault("query", []).append(body.decode("utf-8"))
    except UnicodeDecodeError:
        raise HttpError(400, "the query isn't UTF-8", "send it in UTF-8") from None
    return parameters


def _charset(parameters: str) -> str:
    for part in parameters.split(";"):
        name, _, value = part.partition("=")
        if name.strip().lower() == "charset":
            return value.strip().strip('"').lower()
    return "utf-8"


def job_of(parameters: Parameters, accept: str | None, encoding: str | None, settings: Settings) -> Job:
    """The job that a request with a query asks for, within the limits.

    Raises HttpError 403 for an update, 400 for two queries or a parameter's value that isn't one.
    """
    if "update" in parameters:
        raise HttpError(403, READ_ONLY, "ask with query=")
    queries = parameters.get("query", [])
    if len(queries) != 1:
        raise HttpError(
            400, f"there are {len(queries)} queries" if queries else "there is no query", "send one, as query="
        )
    rows, graph = _formats(parameters.get("format", ()), accept)
    plain = Job(
        queries[0],
        rows,
        graph,
        compression=compression(encoding),
        rows=settings.rows,
        size=settings.result_bytes,
        seconds=settings.query_seconds,
        nesting=settings.nesting,
    )
    return plain if len(parameters) == 1 else _chosen(plain, parameters)


def _chosen(job: Job, parameters: Parameters) -> Job:
    """The job with what the parameters beside the query say."""
    default, named = parameters.get("default-graph-uri"), parameters.get("named-graph-uri")
    return replace(
        job,
        default_graphs=tuple(default or ()) if default or named else None,
        named_graphs=tuple(named or ()) if default or named else None,
        modalities=tuple(parameters.get("modality", ())),
        sources=tuple(parameters.get("source", ())),
        without=tuple(parameters.get("without", ())),
        voices=tuple(parameters.get("voice", ())),
        as_of=_one(parameters, "as-of") or None,
        undated=_choice(parameters, "undated", ("exclude", "include")),
        cite=_cite(_one(parameters, "cite")),
        language=_choice(parameters, "lang", terms.LANGUAGES),
        seconds=_seconds(_one(parameters, "timeout"), job.seconds),
    )


def _one(parameters: Parameters, name: str) -> str | None:
    values = parameters.get(name, [])
    if len(values) > 1:
        raise HttpError(400, f"{name}= is given {len(values)} times", "give it once")
    return values[0] if values else None


def _choice(parameters: Parameters, name: str, choices: tuple[str, ...]) -> str:
    value = _one(parameters, name) or choices[0]
    if value not in choices:
        raise HttpError(400, f"{name}={value!r} isn't known", f"one of {', '.join(choices)}")
    return value


def _cite(value: str | None) -> str | None:
    if value is None or value in NOT_CITING:
        return None
    if value not in CITING:
        raise HttpError(400, f"cite={value!r} isn't known", "one of witnesses, all")
    return CITING[value]


def _seconds(value: str | None, most: float) -> float:
    if not value:
        return most
    try:
        seconds = float(value)
    except ValueError:
        seconds = -1
    if not 0 < seconds < float("inf"):
        raise HttpError(400, f"timeout={value!r} isn't a time", f"seconds, up to {most:g}")
    return min(seconds, most)


def _formats(names: Sequence[str], accept: str | None) -> tuple[str | None, str | None]:
    """The names of the formats for rows and for triples: by the first ``format=`` that is known, else by ``Accept``."""
    if not any(names):
        return accepted(accept) if accept is None or len(accept) < 300 else accepted.__wrapped__(accept)
    for name in names:
        rows, graph = formats.named(name)
        if rows is not None or graph is not None:
            return rows and rows.name, graph and graph.name
    raise HttpError(400, f"format={names[0]!r} isn't known", f"one of {', '.join([*formats.ROWS, *formats.GRAPHS])}")


@lru_cache(maxsize=256)
def accepted(accept: str | None) -> tuple[str | None, str | None]:
    """The names of the formats for rows and for triples that an ``Accept`` header likes best; None where it likes
    none."""
    rows, graph = (best_type(accept, list(offers)) for offers in (ROWS, GRAPHS))
    return rows and ROWS[rows].name, graph and GRAPHS[graph].name


def compression(header: str | None) -> str | None:
    """The content encoding that an ``Accept-Encoding`` header allows, the faster one first; None for none."""
    if not header or len(header) > 300:
        return None
    return _compression(header)


@lru_cache(maxsize=256)
def _compression(header: str) -> str | None:
    from kzturk_graph.web.linked.accept import ranges

    weights = dict(ranges(header))
    return next((name for name in ("zstd", "gzip") if weights.get(name, weights.get("*", 0)) > 0), None)
