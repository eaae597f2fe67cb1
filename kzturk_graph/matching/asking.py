"""Candidates from a SPARQL endpoint: what bears our names, identifiers and sites, and the classes of what is found."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from kzturk_graph.matching import theirs
from kzturk_graph.matching.classes import Classes
from kzturk_graph.matching.records import Record
from kzturk_graph.matching.text import bare
from kzturk_graph.wikibase.model import Entity

if TYPE_CHECKING:
    from kzturk_graph.wikibase.endpoint import EndpointSource

BATCH = 20
"""How many things are asked for at once."""
STEPS = 3
"""How many steps up the subclasses are followed."""


def ask(
    source: EndpointSource,
    records: Sequence[Record],
    take: Callable[[Entity], None],
    classes: Classes,
    progress: Callable[[int], None] | None = None,
) -> None:
    """Ask for all records, hand what is found to ``take``, and fill ``classes``. Raises what the source raises."""
    found: dict[str, Entity] = {}
    for at in range(0, len(records), BATCH):
        batch = records[at : at + BATCH]
        for entities in source.find(sorted(_names(batch))).values():
            found.update((each.id, each) for each in entities)
        unknown = sorted(_identified(source, batch) - found.keys())
        found.update(source.get(unknown, full=False) if unknown else {})
        if progress is not None:
            progress(len(found))
    for entity in found.values():
        take(entity)
    _classes(source, found.values(), classes)


def _names(records: Iterable[Record]) -> set[str]:
    """Our names, as labels are mostly written: without parentheses, and with a capital too."""
    texts = {bare(name.text) for record in records for name in record.names}
    return texts | {text[:1].upper() + text[1:] for text in texts}


def _identified(source: EndpointSource, records: Sequence[Record]) -> set[str]:
    """The ids of items with an identifier or an official site of ours."""
    codes = sorted({pair for each in records for pair in each.identifiers})
    wanted = [f"({_quoted(value)} <{_direct(source, name)}>)" for name, value in codes]
    sites = sorted({site for each in records for site in each.sites if "/" not in site})
    wanted += [f"(<{address}> <{_direct(source, theirs.WEBSITE)}>)" for site in sites for address in _addresses(site)]
    if not wanted:
        return set()
    rows: list[dict[str, Any]] = source.select(
        f"SELECT DISTINCT ?item WHERE {{ VALUES (?value ?property) {{ {' '.join(wanted)} }} ?item ?property ?value }}"
    )
    return {row["item"].value.removeprefix(source.base) for row in rows if row["item"].value.startswith(source.base)}


def _direct(source: EndpointSource, name: str) -> str:
    """The IRI of a property with plain values."""
    return f"{source.base.removesuffix('entity/')}prop/direct/{name}"


def _addresses(site: str) -> Iterator[str]:
    for scheme in ("https", "http"):
        for host in (site, f"www.{site}"):
            yield f"{scheme}://{host}"
            yield f"{scheme}://{host}/"


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def _classes(source: EndpointSource, found: Iterable[Entity], classes: Classes) -> None:
    above = {each for entity in found for each in entity.items(theirs.INSTANCE_OF)}
    seen: set[str] = set()
    for _ in range(STEPS):
        asked = sorted(above - seen)
        if not asked:
            break
        seen |= above
        known = source.get(asked, full=False)
        for entity in known.values():
            classes.add(entity)
            classes.label(entity)
        above = {each for entity in known.values() for each in entity.items(theirs.SUBCLASS_OF)}
