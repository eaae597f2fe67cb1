"""Exports in a Wikibase's terms: its RDF, its JSON, and commands that add what it lacks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kzturk_graph import terms
from kzturk_graph.errors import UsageError

if TYPE_CHECKING:
    import pyoxigraph as ox

    from kzturk_graph.graph.assertions import Corpus
    from kzturk_graph.graph.selection import Selection
    from kzturk_graph.wikibase.model import Entity
    from kzturk_graph.wikibase.projection import Projection
    from kzturk_graph.wikibase.quickstatements import Batch

RDF, JSON, QUICK, QUICK_CSV = "wikibase-rdf", "wikibase-json", "quickstatements", "quickstatements-csv"
COMMANDS = (QUICK, QUICK_CSV)
FORMATS = (RDF, JSON, *COMMANDS)


@dataclass(frozen=True)
class Commands:
    """QuickStatements' commands: for items that there are, for new ones, and how many statements were left out, why."""

    existing: bytes
    new: bytes
    items: int
    new_items: int
    left_out: Mapping[str, int]


def write(
    corpus: Corpus, format: str, selection: Selection, entity: ox.NamedNode | None = None, language: str | None = None
) -> bytes:
    """The facts as Wikibase's RDF (Turtle) or JSON (dump layout).

    Only what is stated as fact is written. Raises UsageError for other modalities, and where the entity is no item.
    """
    found = _projected(corpus, selection, entity)
    items = [_in_language(each, language) for each in found.items]
    if format == JSON:
        from kzturk_graph.wikibase.json_writer import dump

        return dump(items)
    from kzturk_graph.wikibase.rdf_writer import write as turtle

    used = {property for each in items for property in _used(each)}
    return turtle([*items, *(each for each in found.vocabulary if entity is None or each.id in used)])


def commands(
    corpus: Corpus, format: str, selection: Selection, against: str, entity: ox.NamedNode | None = None
) -> Commands:
    """What the data at ``against`` (a file, a folder or an endpoint) lacks of our facts, as commands.

    Raises InputError where that data can't be read, UsageError for other modalities than fact.
    """
    from kzturk_graph.compare.additions import additions
    from kzturk_graph.compare.verb import compare
    from kzturk_graph.links.table import read_links
    from kzturk_graph.wikibase import quickstatements
    from kzturk_graph.wikibase.source import open_source

    _check(selection)
    sought = read_links().no_term_found
    if entity is not None:
        _projected(corpus, selection, entity)  # what becomes no item is said before the data is read
        sought &= {entity.value}
    wanted = (entity.value,) if entity is not None else ()
    found = compare(open_source(against), corpus, selection, entities=wanted)
    made: Batch = quickstatements.batch(additions(found, sought))
    spell = quickstatements.csv if format == QUICK_CSV else quickstatements.version_1
    new = spell(made, new=True).encode() if made.new else b""
    existing = spell(made).encode() if made.existing else b""
    return Commands(existing, new, len(made.existing), len(made.new), made.left_out)


def _check(selection: Selection) -> None:
    from kzturk_graph.graph.selection import FACTS

    if selection.modalities != FACTS.modalities:
        raise UsageError("Wikibase has no way to say that something is only planned", "leave --modality out")


def _projected(corpus: Corpus, selection: Selection, entity: ox.NamedNode | None) -> Projection:
    from kzturk_graph.wikibase.projection import project

    _check(selection)
    found = project(corpus, selection)
    if entity is None:
        return found
    if entity.value not in found.entities:
        raise UsageError(
            f"{terms.curie(entity.value)} doesn't become an item",
            "items are states, places, bodies, treaties, missions, events, works, persons, posts and documents",
        )
    return replace(found, entities={entity.value: found.entities[entity.value]})


def _used(entity: Entity) -> set[str]:
    return {each.property for each in entity.snaks()}


def _in_language(entity: Entity, language: str | None) -> Entity:
    """Names in one language alone where there are any in it."""
    if language is None or language not in entity.labels:
        return entity
    return replace(
        entity,
        labels={language: entity.labels[language]},
        descriptions={key: text for key, text in entity.descriptions.items() if key == language},
        aliases={key: texts for key, texts in entity.aliases.items() if key == language},
    )
