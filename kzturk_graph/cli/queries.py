"""``kzturk queries``: the saved queries, by topic or as JSON."""

from __future__ import annotations

import json
from itertools import groupby

import click

from kzturk_graph.cli import options
from kzturk_graph.errors import UnknownName
from kzturk_graph.queries.catalogue import catalogue
from kzturk_graph.queries.header import TOPICS, SavedQuery


@click.command("queries")
@click.option("--topic", metavar="TOPIC", help=f"Only those of a topic: {', '.join(TOPICS)}.")
@click.option("--format", "format", type=click.Choice(["text", "json"]), default="text", show_default=True)
@options.output_option
def command(topic: str | None, format: str, output: str | None) -> None:
    """List the saved queries: what each answers, and what it takes.

    Ask one with 'kzturk run NAME'; 'kzturk run NAME --help' tells its parameters and columns.
    """
    if topic is not None and topic not in TOPICS:
        raise UnknownName("topic", topic, list(TOPICS))
    found = [query for query in catalogue().values() if topic in (None, query.topic)]
    if format == "json":
        rows = [query.as_json() for query in found]
        options.write(json.dumps(rows, indent=2, ensure_ascii=False) + "\n", output)
    else:
        options.write(_text(found), output)


def _text(found: list[SavedQuery]) -> str:
    ordered = sorted(found, key=lambda query: (TOPICS.index(query.topic), query.name))
    width = max((len(query.name) for query in ordered), default=0)
    lines = []
    for topic, queries in groupby(ordered, key=lambda query: query.topic):
        lines.append(f"{topic}")
        lines += [f"  {query.name.ljust(width)}  {query.summary}" for query in queries]
    return "\n".join(lines) + "\n"
