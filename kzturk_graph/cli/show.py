"""``kzturk show``: one thing, with the passage behind each fact."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

import click

from kzturk_graph import terms
from kzturk_graph.cli import options
from kzturk_graph.facts import Fact, Profile, Source, profile
from kzturk_graph.graph import lookup
from kzturk_graph.graph.store import open_store
from kzturk_graph.results import Entity, shown

COLUMNS = ("fact", "value", "witnesses", "held as", "passage", "voice")


@click.command("show")
@click.argument("entity", shell_complete=lambda ctx, param, incomplete: _complete(incomplete))
@click.option("--of", metavar="CLASS", help="The class that it must be of, where a name is ambiguous: State, Place, ….")
@click.option("--facts-only", is_flag=True, help="Leave out plans, targets and whatever else isn't stated as fact.")
@options.format_option
@options.output_option
@options.language_option
@options.selection_options
def command(
    entity: str, of: str | None, facts_only: bool, format: str, output: str | None, language: str, **given: Any
) -> None:
    """Show names, kind and facts of ENTITY, each fact with the passages that state it.

    ENTITY is a slug (hlscc), CURIE (id:hlscc), IRI, or any name in English, Turkish, Kazakh or Russian; assertions,
    passages and documents can be shown too (004, 004-p17). '←' marks a fact of another thing that points to this one;
    'witnesses' counts the independent ones, documents that quote each other as one.
    """
    selection = options.selection(given)
    store = open_store(selection) if selection.restricts else open_store()
    found = profile(store, lookup.find(store, entity, of), language)
    wanted = selection.modalities if facts_only or given["modalities"] else None
    facts = [fact for fact in found.facts if wanted is None or wanted & {each.modality for each in fact.sources}]
    if format == "json":
        options.write(json.dumps(_as_json(found, facts), indent=2, ensure_ascii=False) + "\n", output)
        return
    rows = [row for fact in facts for row in _rows(fact, repeat=format in ("csv", "tsv"))]
    text = options.tabled(COLUMNS, rows, format, output)
    if format in ("csv", "tsv"):
        options.write(text, output)
        return
    options.write(
        _head(found, format)
        + "\n"
        + text
        + _content(found, format, output)
        + _decisions(found, format)
        + _notes(facts, format),
        output,
    )


def _content(found: Profile, format: str, output: str | None) -> str:
    """What is read from a passage or assertion, triple by triple."""
    if not found.content:
        return ""
    rows = [
        [each.subject, each.predicate, shown(each.value), each.source.modality, each.source.voice or ""]
        for each in found.content
    ]
    columns = ("thing", "fact", "value", "held as", "voice")
    return "\n" + options.tabled(columns, rows, format, output)


def _head(found: Profile, format: str) -> str:
    title = f"{found.label}  ({terms.curie(found.iri)})"
    names: dict[str, list[str]] = {}
    for name in found.names:
        names.setdefault(name.language or "any", []).append(name.text)
    lines = [f"# {title}" if format == "md" else title, ", ".join(found.kinds)]
    gap = "- " if format == "md" else "  "
    lines += [f"{gap}{language}: {' · '.join(texts)}" for language, texts in names.items()]
    return "\n".join(lines) + "\n"


def _rows(fact: Fact, repeat: bool) -> list[list[str]]:
    """A row for each source; its fact in the first alone, or in each where they are read one by one."""
    name = f"← {fact.label}" if fact.inverse else fact.label
    rows = []
    for place, source in enumerate(fact.sources):
        mark = "".join(f" ({status})" for status in source.status)
        held = source.modality + mark
        witnesses = str(fact.witnesses or "")
        first = [name, shown(fact.value), witnesses] if place == 0 or repeat else ["", "", ""]
        rows.append([*first, held, source.passage, source.voice or ""])
    return rows


def _decisions(found: Profile, format: str) -> str:
    mark = "- " if format == "md" else "  "
    lines = "".join(f"{mark}{decision}\n" for decision in found.decisions)
    return f"\nDecisions\n{lines}" if lines else ""


def _notes(facts: list[Fact], format: str) -> str:
    noted: dict[str, str] = {}
    for fact in facts:
        for source in fact.sources:
            if source.note and source.passage != "curator":
                noted[source.assertion] = f"{source.passage}: {source.note}"
    if not noted:
        return ""
    mark = "- " if format == "md" else "  "
    return "\nNotes\n" + "".join(f"{mark}{noted[name]}\n" for name in sorted(noted))


def _as_json(found: Profile, facts: list[Fact]) -> dict[str, Any]:
    return {
        "iri": found.iri,
        "label": found.label,
        "kinds": list(found.kinds),
        "names": [{"text": name.text, "language": name.language} for name in found.names],
        "facts": [_fact_as_json(fact) for fact in facts],
        "decisions": list(found.decisions),
        "content": [
            {
                "subject": each.subject,
                "property": each.predicate,
                "value": shown(each.value),
                "assertion": each.source.assertion,
            }
            for each in found.content
        ],
    }


def _fact_as_json(fact: Fact) -> dict[str, Any]:
    value = fact.value
    as_value: Any = {"iri": value.iri, "label": value.label} if isinstance(value, Entity) else str(value)
    return {
        "property": fact.predicate,
        "label": fact.label,
        "inverse": fact.inverse,
        "independentWitnesses": fact.witnesses,
        "value": as_value,
        "sources": [_source_as_json(source) for source in fact.sources],
    }


def _source_as_json(source: Source) -> dict[str, Any]:
    return {key: value for key, value in asdict(source).items() if value}


def _complete(incomplete: str) -> list[str]:
    from kzturk_graph.cli.completion import slugs

    return [slug for slug in slugs() if slug.startswith(incomplete)]
