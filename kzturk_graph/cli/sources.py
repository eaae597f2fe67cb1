"""``kzturk sources``: the documents, how much of them is read, whether they changed, and the next one."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kzturk_graph import resources
from kzturk_graph.cli import options
from kzturk_graph.errors import FINDINGS, UnknownName, UsageError
from kzturk_graph.graph.store import open_store
from kzturk_graph.sources.declared import Passage, declared, title

if TYPE_CHECKING:
    from kzturk_graph.sources.check import Finding


@click.group("sources", invoke_without_command=True)
@options.format_option
@options.output_option
@options.language_option
@click.pass_context
def command(ctx: click.Context, format: str, output: str | None, language: str) -> None:
    """Show the documents and how much of them is read, sentence by sentence.

    Every non-blank line of a document is a passage. A sentence is read (an assertion rests on it), left out
    for a stated reason, or forgotten; nothing may be forgotten.

    The environment variable KZTURK_DATA names a folder with ontology/, data/ and queries/ to use instead of
    the packaged ones. Every command obeys it; docs/curating.md takes a curator through it.
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
@options.format_option
@options.output_option
def show(document: str, format: str, output: str | None) -> None:
    """Show every passage of DOCUMENT (such as 004): its sentences, what was read from it, what was left out
    and why.
    """
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


@command.command("add")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--title", required=True, help="What the document is called.")
@click.option(
    "--date", required=True, help="When it was stated, in EDTF: a day, a month, or bounds [2025-06..2025-12]."
)
@click.option("--because", metavar="TEXT", help="Where that date is known from; without it, validate warns.")
@click.option("--url", help="Its web address.")
@click.option(
    "--publisher",
    metavar="NAME",
    help="Who published it: a body, by any of its names; else it becomes a note.",
)
@click.option(
    "--language",
    metavar="TAG",
    help="en, tr, kk, ru or another.  [default: what a page says of itself, else en]",
)
@click.option("--slug", metavar="NNN", help="Its number.  [default: the next free one]")
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    help="Write to FILE, named NNN.trig, or '-'.  [default: data/documents/NNN.trig]",
)
def add_command(
    file: Path,
    title: str,
    date: str,
    because: str | None,
    url: str | None,
    publisher: str | None,
    language: str | None,
    slug: str | None,
    output: str | None,
) -> None:
    """Start the next document: split FILE into passages and write the skeleton of its data file.

    FILE is a text, where every non-blank line is a passage, or an HTML page, where every paragraph, heading,
    item, caption and row of a table is one; navigation, scripts, styles and controls are dropped. Of the
    text, only fingerprints are kept. The file goes to data/documents/NNN.trig of the checkout or of the
    folder that KZTURK_DATA names, and never replaces one.
    """
    from kzturk_graph.sources import add
    from kzturk_graph.sources.reading import read_document

    reading = read_document(file)
    description = add.Description(title, date, language or reading.language or "en", because, url, publisher)
    store = open_store()
    number = add.new_slug(store, slug)
    target = _new_file(number, output)
    body = add.publisher(store, publisher) if publisher is not None else None
    written = add.skeleton(number, reading.passages, description, body)
    options.write(written, target)
    if publisher is not None and body is None:
        click.echo(f"nothing is called {publisher!r} yet: it is kept as a note", err=True)
    for other, count in add.kin(store, reading.passages):
        click.echo(
            f"{count} of its passages stand in {other}: is it a version of one page (dcterms:isVersionOf)?",
            err=True,
        )
    where = "" if target == "-" else f", in {target}"
    click.echo(f"{number}: {len(reading.passages)} passages to read{where}", err=True)


def _new_file(number: str, output: str | None) -> str:
    """Where the skeleton goes: never onto a file, and under the one name that the loader takes."""
    if output == "-":
        return output
    if output is None and resources.is_installed():
        raise UsageError(
            "the installed package's data can't take a document",
            f"say where to with --output, or name a folder to curate with {resources.VARIABLE}",
        )
    path = Path(output) if output else resources.data() / "documents" / f"{number}.trig"
    if path.exists() and not path.is_file() and not path.is_dir():  # a device such as /dev/null
        return str(path)
    if path.name != f"{number}.trig":
        raise UsageError(f"document {number} can't stand in {path.name}", f"its file is named {number}.trig")
    if path.exists():
        raise UsageError(f"{path} is there already", "it is left as it is; take it away, or choose another --slug")
    return str(path)


@command.command("check")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--all", "every", is_flag=True, help="List the passages that are the same, too.")
@options.format_option
@options.output_option
@click.pass_context
def check_command(ctx: click.Context, folder: Path, every: bool, format: str, output: str | None) -> None:
    """Compare the declared passages with the documents' texts in FOLDER, by their fingerprints.

    A document's file begins with its number (004_….txt, 004.html). Each document is told to be the version
    read, or a later or other version. A passage is the same; moved: the same text under another number;
    changed: edited where it stands; missing: gone from the text; or new: not declared. Text is never kept,
    so between two passages that stayed, what is left on both sides counts as changed, in order. Ends with 1
    where anything isn't as it was read.
    """
    from kzturk_graph.sources.check import OUTCOMES, check

    compared = check(declared(open_store()), folder)
    found = [each for document in compared for each in document.findings]
    wrong = [each for each in found if each.outcome != "same" or each.sentences is not None]
    passages = [_finding_row(each) for each in (found if every else wrong)]
    documents = [
        [
            each.document,
            each.verdict,
            *(str(n) for n in each.counts.values()),
            each.path.name if each.path else "",
        ]
        for each in compared
    ]
    columns = ("document", "verdict", *OUTCOMES, "file")
    _write_tables({"documents": (columns, documents), "passages": (FINDING, passages)}, format, output)
    counts = Counter(each.outcome for each in found)
    told = ", ".join(f"{counts[name]} {name}" for name in OUTCOMES if counts[name])
    click.echo(f"{len(compared)} documents: {told}", err=True)
    if wrong:
        ctx.exit(FINDINGS)


FINDING = ("passage", "outcome", "now at", "sentences")


def _finding_row(each: Finding) -> list[str]:
    now = f"P{each.now}" if each.now else ""
    sentences = "" if each.sentences is None else f"{each.sentences} found"
    return [f"{each.document} P{each.number}", each.outcome, now, sentences]


Table = tuple[tuple[str, ...], list[list[str]]]


def _write_tables(tables: dict[str, Table], format: str, output: str | None) -> None:
    """Several tables, as one JSON object or one below the other; an empty one only in JSON."""
    if format == "json":
        options.write(_json({name: _records(*each) for name, each in tables.items()}), output)
        return
    options.write("\n".join(options.tabled(*each, format, output) for each in tables.values() if each[1]), output)


def _records(columns: tuple[str, ...], rows: list[list[str]]) -> list[dict[str, str]]:
    return [dict(zip(columns, row, strict=True)) for row in rows]


def _json(data: Any) -> str:
    return json.dumps(data, indent=2, ensure_ascii=False) + "\n"


def _write(columns: tuple[str, ...], rows: list[list[str]], format: str, output: str | None) -> None:
    if format == "json":
        options.write(_json(_records(columns, rows)), output)
    else:
        options.write(options.tabled(columns, rows, format, output), output)
