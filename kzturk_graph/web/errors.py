"""Errors as the site says them: JSON with status, message, hint, line and column."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import orjson

from kzturk_graph.errors import InputError, KzturkError


class HttpError(Exception):
    """A request that can't be answered: a status, what is wrong, what to do about it, and headers that belong to it."""

    def __init__(
        self, status: int, message: str, hint: str | None = None, headers: Mapping[str, str] | None = None, **more: Any
    ) -> None:
        super().__init__(message)
        self.status, self.message, self.hint = status, message, hint
        self.headers = dict(headers or {})
        self.more = more

    def body(self) -> bytes:
        """The error as JSON; members beside ``status``, ``message`` and ``hint`` are those of ``more``."""
        return _packed({"status": self.status, "message": self.message, "hint": self.hint, **self.more})


def error_body(status: int, error: KzturkError) -> bytes:
    """An error of the package as JSON; ``line`` and ``column``, both from 1, where it has a place."""
    told: dict[str, Any] = {"status": status, "message": error.message, "hint": error.hint}
    if isinstance(error, InputError):
        told |= {"line": error.line, "column": error.column}
    return _packed(told)


def _packed(told: Mapping[str, Any]) -> bytes:
    return orjson.dumps(
        {key: value for key, value in told.items() if value is not None}, option=orjson.OPT_APPEND_NEWLINE
    )
