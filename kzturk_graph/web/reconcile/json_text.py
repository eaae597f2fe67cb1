"""JSON as strangers send it: read safely, and checked member by member with the place of what is wrong."""

from __future__ import annotations

import json
from typing import Any, NoReturn

from kzturk_graph.web.errors import HttpError


def read(text: str | bytes, where: str) -> Any:
    """The value of a JSON text. Raises HttpError 400, with line and column, for what isn't one."""
    try:
        value = json.loads(text, parse_constant=_constant)
        json.dumps(value, ensure_ascii=False).encode()
    except json.JSONDecodeError as error:
        raise HttpError(
            400, f"{where} isn't JSON: {error.msg}", "check the encoding", line=error.lineno, column=error.colno
        ) from None
    except RecursionError:
        raise HttpError(400, f"{where} is nested too deeply", "send what the specification describes") from None
    except ValueError:  # a number beyond all bounds, half of a surrogate pair, not UTF-8
        raise HttpError(400, f"{where} has a text or number that can't be read", "send JSON in UTF-8") from None
    return value


def _constant(name: str) -> NoReturn:
    raise ValueError(name)


def wrong(where: str, wanted: str) -> HttpError:
    """The error for a member that isn't what it has to be."""
    return HttpError(400, f"{where} has to be {wanted}", "see https://reconciliation-api.github.io/specs/")


def too_many(where: str, count: int, most: int, status: int = 400) -> HttpError:
    """The error for more of something than is allowed."""
    return HttpError(status, f"{where}: {count} are too many", f"send at most {most}")


def members(value: Any, where: str) -> dict[str, Any]:
    """An object. Raises HttpError 400 for anything else."""
    if not isinstance(value, dict):
        raise wrong(where, "an object")
    return value


def items(value: Any, where: str, most: int) -> list[Any]:
    """An array of ``most`` members at most. Raises HttpError 400 for anything else."""
    if not isinstance(value, list):
        raise wrong(where, "an array")
    if len(value) > most:
        raise too_many(where, len(value), most)
    return value


def text(value: Any, where: str, most: int) -> str:
    """A text of ``most`` letters at most. Raises HttpError 400 for anything else."""
    if not isinstance(value, str):
        raise wrong(where, "a string")
    if len(value) > most:
        raise HttpError(400, f"{where} has {len(value)} letters", f"send at most {most}")
    return value


def choice(value: Any, where: str, choices: tuple[str, ...]) -> str:
    """One of ``choices``. Raises HttpError 400 for anything else."""
    if value not in choices:
        raise wrong(where, f"one of {', '.join(choices)}")
    return str(value)


def count(value: Any, where: str) -> int:
    """A whole number from 1. Raises HttpError 400 for anything else; digits in quotes will do, as forms send them."""
    if isinstance(value, str) and value.isascii() and value.isdigit():
        value = int(value[:9])
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        raise wrong(where, "a whole number from 1")
    return value
