"""``kzturk stats``: how much the graph holds."""

from __future__ import annotations

import json

import click

from kzturk_graph.cli import options
from kzturk_graph.graph.store import open_store
from kzturk_graph.stats import counts


@click.command("stats")
@options.format_option
@options.output_option
def command(format: str, output: str | None) -> None:
    """Count documents, passages, assertions by modality and document, and things by class."""
    found = counts(open_store())
    if format == "json":
        options.write(json.dumps(found, indent=2, ensure_ascii=False) + "\n", output)
    elif format == "table":
        options.write(_text(found), output)
    else:
        rows = [[group, name, str(count)] for group, of in found.items() for name, count in of.items()]
        options.write(options.tabled(("group", "name", "count"), rows, format, output), output)


def _text(found: dict[str, dict[str, int]]) -> str:
    width = max(len(name) for of in found.values() for name in of)
    lines: list[str] = []
    for group, of in found.items():
        if group != "whole":
            lines += ["", group]
        lines += [f"  {name.ljust(width)}  {count:>7,}" for name, count in of.items()]
    return "\n".join(lines) + "\n"
