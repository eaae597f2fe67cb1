"""The options of a site, and the limits that strangers meet."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Settings:
    """What ``kzturk serve`` was started with; sizes in bytes, times in seconds."""

    host: str = "127.0.0.1"
    port: int = 8000
    base: str | None = None
    """The address under which the site is known outside; None where it has none but its own."""
    public: bool = False
    """Whether strangers use it: then each address has a share of the query time."""
    workers: int = 2
    query_seconds: float = 10
    request_seconds: float = 10
    body_bytes: int = 256 * 1024
    rows: int = 10_000
    result_bytes: int = 20_000_000
    queue: int = 8
    nesting: int = 100
    queries_at_once: int = 2
    query_seconds_a_minute: float = 60
    worker_bytes: int = 1_500_000_000
    log_queries: bool = False
