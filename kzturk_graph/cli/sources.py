"""``kzturk sources``: the documents, how much of them is read, and whether a folder holds them as they were read."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import click

from kzturk_graph.cli import options
from kzturk_graph.errors import FINDINGS, UnknownName
from kzturk_graph.graph.store import open_store
from kzturk_graph.results import markdown, table
from kzturk_graph.sources.check import Finding, check
from kzturk_graph.sources.declared import Passage, declared, title

FORMATS = click.Choice(["table", "md", "json"])


@click.group("sources", invoke_without_command=True)
@click.option("--format", "format", type=FORMATS, default="table", show_default=True)
@options.output_option
@options.language_option
@click.pass_context
def command(ctx: click.Context, format: str, output: str | None, language: str) -> None:
    """Show the documents and how much of them is read, sentence by sentence.

    Every non-blank line of a document is a passage. A sentence is read (an assertion rests on it), left out for a
    stated reason, or forgotten; nothing may be forgotten.
    """
    if ctx.invoked_subcommand is not None:
        return
    store = open_store()
    every = declared(store)
    columns = ("document", "title", "passages", "sentences", "read", "left out", "forgotten", "assertions")
    rows = []
    for slug in sorted({passage.document for passage in every}):
        of = [passage for passage in every if passage.document == slug]
        rows.append([slug, title(store, slug, language), *(str(count) for count in _coverage(of))])
    _write(columns, rows, format, output)


def _coverage(of: list[Passage]) -> tuple[int, int, int, int, int, int]:
    sentences = sum(passage.sentences for passage in of)
    forgotten = sum(len(passage.forgotten) for passage in of)
    left_out = sum(len(set(passage.left_out) - passage.read) for passage in of)
    assertions = len({each for passage in of for each in passage.assertions})
    return len(of), sentences, sentences - forgotten - left_out, left_out, forgotten, assertions


@command.command("show")
@click.argument("document")
@click.option("--format", "format", type=FORMATS, default="table", show_default=True)
@options.output_option
def show(document: str, format: str, output: str | None) -> None:
    """Show every passage of DOCUMENT (such as 004): its sentences, what was read from it, what was left out and why."""
    every = declared(open_store())
    slugs = sorted({passage.document for passage in every})
    slug = document.removeprefix("doc:")
    if slug not in slugs:
        raise UnknownName("document", document, slugs)
    columns = ("passage", "sentences", "read", "left out", "assertions")
    rows = [_passage_row(passage) for passage in every if passage.document == slug]
    _write(columns, rows, format, output)


def _passage_row(passage: Passage) -> list[str]:
    reasons = Counter(reason for number, reason in passage.left_out.items() if number not in passage.read)
    left_out = ", ".join(f"{reason}{f' ×{count}' if count > 1 else ''}" for reason, count in sorted(reasons.items()))
    if passage.forgotten:
        left_out += f" FORGOTTEN: {passage.forgotten}"
    return [
        f"{passage.document} P{passage.number}",
        str(passage.sentences),
        str(len(passage.read)),
        left_out,
        ", ".join(passage.assertions),
    ]


@command.command("check")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--all", "every", is_flag=True, help="List the passages that are the same, too.")
@click.option("--format", "format", type=FORMATS, default="table", show_default=True)
@options.output_option
@click.pass_context
def check_command(ctx: click.Context, folder: Path, every: bool, format: str, output: str | None) -> None:
    """Compare the declared passages with the documents' texts in FOLDER, by their fingerprints.

    A document's file begins with its number (004_….txt). Ends with 1 where a passage moved, changed or is missing.
    """
    found = list(check(declared(open_store()), folder))
    wrong = [each for each in found if each.outcome != "same" or each.sentences is not None]
    rows = [_finding_row(each) for each in (found if every else wrong)]
    if rows or format == "json":
        _write(("passage", "outcome", "now at", "sentences"), rows, format, output)
    counts = Counter(each.outcome for each in found)
    told = ", ".join(f"{counts[name]} {name}" for name in ("same", "moved", "changed", "missing", "new") if counts[name])
    click.echo(f"{len({each.document for each in found})} documents: {told}", err=bool(format == "json"))
    if wrong:
        ctx.exit(FINDINGS)


def _finding_row(each: Finding) -> list[str]:
    now = f"P{each.now}" if each.now else ""
    sentences = "" if each.sentences is None else f"{each.sentences} found"
    return [f"{each.document} P{each.number}", each.outcome, now, sentences]


def _write(columns: tuple[str, ...], rows: list[list[str]], format: str, output: str | None) -> None:
    if format == "json":
        data: list[dict[str, Any]] = [dict(zip(columns, row, strict=True)) for row in rows]
        options.write(json.dumps(data, indent=2, ensure_ascii=False) + "\n", output)
    elif format == "md":
        options.write(markdown(columns, rows), output)
    else:
        options.write(table(columns, rows, options.terminal_width(output)), output)
