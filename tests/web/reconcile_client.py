"""Asking the reconciliation service, with every answer's shape checked."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlencode

from starlette.applications import Starlette

from tests.web import reconcile_shapes as shapes
from tests.web.asgi import Got, get

FORM, JSON = "application/x-www-form-urlencoded", "application/json"


class Client:
    """Asks one application."""

    def __init__(self, app: Starlette) -> None:
        self.app = app

    def get(self, path: str, shape: shapes.Schema | None = None, **parameters: Any) -> Got:
        """An answer by GET below ``/reconcile``; it is good and has the shape, where one is given."""
        tail = f"?{urlencode(parameters)}" if parameters else ""
        return _checked(get(self.app, f"/reconcile{path}{tail}"), shape)

    def form(self, shape: shapes.Schema | None = None, **parameters: Any) -> Got:
        """An answer to a form."""
        body = urlencode({key: _written(value) for key, value in parameters.items()}).encode()
        return _checked(get(self.app, "/reconcile", "POST", body, content_type=FORM), shape)

    def json(self, path: str, value: Any, shape: shapes.Schema | None = None, **headers: str) -> Got:
        """An answer to a body in JSON."""
        body = _written(value).encode()
        return _checked(get(self.app, f"/reconcile{path}", "POST", body, content_type=JSON, **headers), shape)

    def candidates(self, query: str | None = None, **more: Any) -> list[dict[str, Any]]:
        """The candidates for one query of version 0.2."""
        asked = {**({"query": query} if query is not None else {}), **more}
        found: list[dict[str, Any]] = self.form(shapes.RESULTS, queries={"q0": asked}).json()["q0"]["result"]
        return found

    def values(self, ids: list[str], *properties: dict[str, Any] | str, **more: str) -> Any:
        """The rows of a request for values in version 0.2."""
        wanted = [each if isinstance(each, dict) else {"id": each} for each in properties]
        return self.form(shapes.ROWS, extend={"ids": ids, "properties": wanted}, **more).json()["rows"]


def _written(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value)


def _checked(got: Got, shape: shapes.Schema | None) -> Got:
    if shape is not None:
        assert got.status == 200, got.text
        assert got.headers["content-type"] == JSON
        shapes.check(got.json(), shape)
    elif got.status >= 400:
        shapes.check(got.json(), shapes.ERROR)
        assert got.json()["status"] == got.status
    assert got.headers["access-control-allow-origin"] == "*"
    return got
