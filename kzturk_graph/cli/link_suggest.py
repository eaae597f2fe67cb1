"""``kzturk link suggest``: items that our unlinked things may be."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import click

from kzturk_graph import terms
from kzturk_graph.cli import options
from kzturk_graph.cli.link import links_option
from kzturk_graph.errors import FINDINGS

if TYPE_CHECKING:
    import pyoxigraph as ox

    from kzturk_graph.links.model import Link
    from kzturk_graph.matching.rank import Candidate
    from kzturk_graph.matching.records import Record
    from kzturk_graph.matching.suggest import Suggestion

COLUMNS = ("id", "label", "decision", "score", "item", "called", "description", "because")
FORMATS = ("table", "md", "csv", "json", "tsv")


@click.command("suggest")
@click.argument("data", metavar="DATA|ENDPOINT")
@click.option("--entity", "entities", multiple=True, metavar="NAME", help="Only for this thing of ours. Repeatable.")
@click.option("--type", "kind", metavar="CLASS", help="Only for things of a class: Person, Place, Organization, ….")
@click.option("--limit", type=click.IntRange(1), default=3, show_default=True, help="Candidates for each thing.")
@click.option(
    "--threshold", type=click.FloatRange(0, 1), help="The least score of a suggestion.  [default: the one that ships]"
)
@click.option("--all", "everything", is_flag=True, help="Show what is unsure too, with the reasons.")
@click.option("--again", is_flag=True, help="Look for what is linked already, too, as if it weren't.")
@click.option(
    "--format",
    "format",
    type=click.Choice(FORMATS),
    default="table",
    show_default=True,
    help="How to write it; tsv is an SSSOM table, json what link review reads best.",
)
@links_option
@options.output_option
@click.pass_context
def command(
    ctx: click.Context,
    data: str,
    entities: tuple[str, ...],
    kind: str | None,
    limit: int,
    threshold: float | None,
    everything: bool,
    again: bool,
    format: str,
    table: str | None,
    output: str | None,
) -> None:
    """Propose, for our things without a link, the items of DATA that they may be.

    DATA is a file or folder of Wikibase data (JSON or RDF, packed or not), which is read once, or an ENDPOINT's
    address. A suggestion agrees in a name and in something else: an identifier, the kind of thing, the country,
    a date, a neighbour that is linked. What is unsure is only counted, unless --all is given; rejected pairs are
    never proposed. Ends with 1 where nothing is proposed.
    """
    from kzturk_graph.graph.store import open_store
    from kzturk_graph.links.table import current
    from kzturk_graph.matching.ours import records
    from kzturk_graph.matching.suggest import suggest
    from kzturk_graph.wikibase.source import open_source

    store, links = open_store(), current(table)
    wanted = _wanted(store, records(store, links.accepted), entities, kind)
    source = open_source(data)
    found = suggest(source, wanted, links=links, threshold=threshold, limit=limit, again=again, progress=_progress())
    shown = [each for each in found if each.decision == "suggest" or (everything and each.candidates)]
    if not everything:
        shown = [replace(each, candidates=each.candidates[:1]) for each in shown]
    _write(shown, format, output, source.version or source.name)
    if report := source.problems.report():
        click.echo(report, err=True)
    click.echo(_summary(found, everything), err=True)
    if not shown:
        ctx.exit(FINDINGS)


def _wanted(store: ox.Store, known: tuple[Record, ...], entities: Iterable[str], kind: str | None) -> Sequence[Record]:
    from kzturk_graph.cli.link import named
    from kzturk_graph.errors import UsageError
    from kzturk_graph.matching.ours import of_classes

    if kind is not None:
        known = of_classes(known, store, kind)
    names = {named(each)[0]: each for each in entities}
    kept = [each for each in known if not names or each.id in names]
    if missing := sorted(names.keys() - {each.id for each in kept}):
        what = f"is not of the class {kind}" if kind is not None else "is of a kind that no item is about"
        raise UsageError(f"{names[missing[0]]!r} {what}", "kzturk link list shows what can be linked")
    return kept


def _progress() -> Callable[[int], None] | None:
    """How far the reading is, on a terminal."""
    if not sys.stderr.isatty():
        return None
    begun = time.monotonic()

    def tell(count: int) -> None:
        rate = count / max(time.monotonic() - begun, 0.001)
        click.echo(f"\r{count:,} entities read, {rate:,.0f}/s ", nl=False, err=True)

    return tell


def _write(found: Sequence[Suggestion], format: str, output: str | None, version: str | None) -> None:
    if format == "json":
        from kzturk_graph.links.proposals import as_json, of_suggestions

        options.write(as_json(of_suggestions(found, version)), output)
    elif format == "tsv":
        from kzturk_graph.links.sssom import write
        from kzturk_graph.links.table import empty

        options.write(write(empty().with_rows(_links(found, version))), output)
    elif found:
        rows = [_row(each, candidate) for each in found for candidate in each.candidates]
        options.write(options.tabled(COLUMNS, rows, format, output), output)


def _row(suggestion: Suggestion, candidate: Candidate) -> list[str]:
    return [
        terms.curie(suggestion.entity),
        suggestion.label,
        candidate.decision,
        f"{candidate.score:.2f}",
        candidate.record.id,
        candidate.record.label(),
        candidate.record.description,
        because(candidate),
    ]


def because(candidate: Candidate) -> str:
    """What a candidate's score rests on, and what keeps it from being suggested."""
    features = [each for each in candidate.comparison.features if each.name != "base"]
    told = "; ".join(f"{each.name} {each.weight:+.1f} {each.words}" for each in features)
    return f"{told}; but {'; '.join(candidate.reasons)}" if candidate.reasons else told


def _links(found: Iterable[Suggestion], version: str | None) -> Iterator[Link]:
    from decimal import Decimal

    from kzturk_graph.links.decisions import SOURCE
    from kzturk_graph.links.decisions import version as ours
    from kzturk_graph.links.model import SEMAPV, Link, target_iri

    for suggestion in found:
        for candidate in suggestion.candidates:
            yield Link(
                suggestion.entity,
                target_iri(candidate.record.id),
                justification=SEMAPV + "CompositeMatching",
                confidence=Decimal(f"{candidate.score:.2f}"),
                subject_label=suggestion.label,
                object_label=candidate.record.label(),
                tool="kzturk link suggest",
                tool_version=ours(),
                source=SOURCE,
                source_version=version or "",
                comment=because(candidate),
            )


def _summary(found: Sequence[Suggestion], everything: bool) -> str:
    counts = {name: sum(each.decision == name for each in found) for name in ("suggest", "unsure", "nothing")}
    hint = "" if everything or not counts["unsure"] else " (--all shows them)"
    lead = "\n" if sys.stderr.isatty() else ""
    return (
        f"{lead}{len(found)} things looked for: {counts['suggest']} suggested, {counts['unsure']} unsure{hint}, "
        f"{counts['nothing']} without a candidate"
    )
