"""The options that every reading command shares, and how an answer leaves the process."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

import click

from kzturk_graph import terms
from kzturk_graph.errors import InputError
from kzturk_graph.graph.selection import FACTS, MODALITIES, Selection

Function = TypeVar("Function", bound=Callable[..., Any])


def language_option(function: Function) -> Function:
    """``--lang``: the language of labels."""
    return click.option(
        "--lang",
        "language",
        type=click.Choice(terms.LANGUAGES),
        default="en",
        help="Language of labels.",
        show_default=True,
    )(function)


def output_option(function: Function) -> Function:
    """``--output``: a file instead of the terminal, written whole or not at all."""
    return click.option("-o", "--output", metavar="FILE", help="Write to FILE instead of the terminal ('-').")(function)


def selection_options(function: Function) -> Function:
    """``--modality``, ``--source``, ``--without``, ``--voice``, ``--as-of``, ``--undated``: what the default graph
    holds."""
    return _SELECTION[0](source_options(function))


def source_options(function: Function) -> Function:
    """The same without ``--modality``, for a command that reads several modes by itself."""
    for option in reversed(_SELECTION[1:]):
        function = option(function)
    return function


_SELECTION = (
    click.option(
        "--modality",
        "modalities",
        multiple=True,
        metavar="MODE",
        help="Count what is held so as fact too: " + ", ".join(MODALITIES[1:]) + ", or all (but denied). Repeatable.",
    ),
    click.option(
        "--source", "sources", multiple=True, metavar="DOC", help="Only what this document says: 004. Repeatable."
    ),
    click.option("--without", multiple=True, metavar="DOC", help="Leave out what this document says. Repeatable."),
    click.option(
        "--voice",
        "voices",
        multiple=True,
        metavar="NAME",
        help="Only what this person, body or document vouches for. Repeatable.",
    ),
    click.option("--as-of", metavar="DATE", help="Only what was stated by the end of this day, month or year."),
    click.option(
        "--undated",
        type=click.Choice(["exclude", "include"]),
        default="exclude",
        show_default=True,
        help="With --as-of: leave out, or count, what was possibly stated by then.",
    ),
)
FILTERS = ("modalities", "sources", "without", "voices", "as_of", "undated")
"""The names that ``selection_options`` gives its values."""


def selection(given: Mapping[str, Any]) -> Selection:
    """The selection that the options ask for. Raises UnknownName or UsageError for a name or date that isn't one."""
    if not any(given.get(name) for name in FILTERS[:-1]):
        return FACTS
    from kzturk_graph.graph.filters import choose

    return choose(**{name: given[name] for name in FILTERS if name in given})


def write(data: str | bytes, output: str | None) -> None:
    """Data to stdout, or to the file ``output`` by way of a temporary one beside it, so that nothing is half-written.

    Raises InputError where the file can't be written.
    """
    raw = data.encode() if isinstance(data, str) else data
    if output in (None, "-"):
        sys.stdout.buffer.write(raw)
        sys.stdout.buffer.flush()
        return
    from pathlib import Path

    from kzturk_graph import atomic

    path = Path(str(output))
    try:
        atomic.replace(path, raw)
    except OSError as error:
        raise InputError(
            f"can't be written: {error.strerror}", path=str(path), hint="name a file in a folder you may write to"
        ) from None


THRESHOLDS = ("violation", "warning", "info", "none")
"""What ``--fail-on`` takes; those of ``validation.findings``, which takes longer to import."""


def fail_on_option(function: Function) -> Function:
    """``--fail-on``: how grave a finding makes the exit code 1."""
    return click.option(
        "--fail-on",
        type=click.Choice(THRESHOLDS),
        default="violation",
        show_default=True,
        help="End with 1 where a finding is as grave as this, or graver.",
    )(function)


TABLES = ("table", "md", "csv", "tsv", "json")
"""The formats of commands whose rows aren't a query's."""


def format_option(function: Function) -> Function:
    """``--format`` of those commands."""
    return click.option(
        "--format", "format", type=click.Choice(TABLES), default="table", show_default=True, help="How to write it."
    )(function)


def tabled(columns: Sequence[str], rows: Sequence[Sequence[str]], format: str, output: str | None) -> str:
    """Rows as a table, Markdown, CSV or TSV."""
    from kzturk_graph import results

    if format == "md":
        return results.markdown(columns, rows)
    if format in ("csv", "tsv"):
        return results.separated(columns, rows, "," if format == "csv" else "\t")
    return results.table(columns, rows, terminal_width(output))


def terminal_width(output: str | None) -> int | None:
    """The width to fit a table into: COLUMNS where it is set, else the terminal's; None for a file or a pipe."""
    if output in (None, "-") and os.environ.get("COLUMNS", "").isdigit():
        return int(os.environ["COLUMNS"])
    if output in (None, "-") and sys.stdout.isatty():
        return os.get_terminal_size(sys.stdout.fileno()).columns
    return None
