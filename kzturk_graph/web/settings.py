"""The options of a site, and the limits that strangers meet."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import Any

MEBIBYTE = 1 << 20


def _limit(default: float, unit: str, text: str, least: int = 1) -> Any:
    """A field that is a limit: a number with its unit, what it holds back, and the least that it may be."""
    return field(default=default, metadata={"unit": unit, "help": text, "least": least})


@dataclass(frozen=True)
class Settings:
    """What ``kzturk serve`` was started with; sizes in bytes, times in seconds.

    A field with a unit is a limit: it is an option of the command and stands at ``/limits``.
    """

    host: str = "127.0.0.1"
    port: int = 8000
    base: str | None = None
    """The address under which the site is known outside, without a slash at its end; None where it has none but its
    own."""
    public: bool = False
    """Whether strangers use it: then each address has a share of the query time."""
    workers: int = _limit(2, "processes", "Queries that run at the same time.")
    query_seconds: float = _limit(10, "seconds", "The time that one query may take.")
    request_seconds: float = _limit(10, "seconds", "The time in which a whole request has to arrive.")
    idle_seconds: float = _limit(15, "seconds", "How long an idle connection is kept.")
    connections: int = _limit(512, "connections", "Connections that are open at the same time.")
    body_bytes: int = _limit(256 * 1024, "bytes", "The size of a request's body.")
    url_bytes: int = _limit(32 * 1024, "bytes", "The size of a request's address, and of all its headers.")
    rows: int = _limit(10_000, "rows", "Rows or triples of an answer; it is cut there, and says so.")
    result_bytes: int = _limit(20_000_000, "bytes", "The size of an answer; it is cut there, and says so.")
    queue: int = _limit(8, "queries", "Queries that wait for a process; more are sent away for a while.", 0)
    nesting: int = _limit(100, "levels", "How deep a query's brackets and chains of operators may go.")
    queries_at_once: int = _limit(2, "queries", "With --public: queries of one address at the same time.")
    query_seconds_a_minute: float = _limit(60, "seconds", "With --public: query time of one address in a minute.")
    worker_bytes: int = _limit(1024 * MEBIBYTE, "bytes", "The memory of a process that runs queries.")
    cache_bytes: int = _limit(32 * MEBIBYTE, "bytes", "Answers that are kept to be given again; 0 keeps none.", 0)
    log_queries: bool = False
    """Whether the text of queries is logged."""

    @property
    def address(self) -> str:
        """Where the site is: ``base``, else the address it listens at. Never what a request says it is."""
        if self.base:
            return self.base.rstrip("/")
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self.port}"

    def limits(self) -> list[tuple[str, float, str, str]]:
        """Every limit: name, value, unit, and what it holds back."""
        return [
            (each.name, getattr(self, each.name), each.metadata["unit"], each.metadata["help"])
            for each in fields(self)
            if each.metadata
        ]
