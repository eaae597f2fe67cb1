"""Labels of things that no register names (visits, missions, memberships, reports), by the templates of ``labels.toml``."""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kzturk_graph import dates, resources, terms

if TYPE_CHECKING:
    from kzturk_graph.graph.assertions import Corpus

PREF_LABEL = ox.NamedNode(terms.PREF_LABEL)
_PLACE = re.compile(r"\{(\w+)\}")

Properties = Mapping[str, list[ox.NamedNode | ox.Literal]]


@cache
def templates() -> list[tuple[str, dict[str, list[str]]]]:
    """(class name, {language: templates in the order to try them}), most specific class first."""
    rows = tomllib.loads((resources.ontology() / "labels.toml").read_text(encoding="utf-8"))["label"]
    return [(row["class"], {key: value for key, value in row.items() if key != "class"}) for row in rows]


def generated_labels(corpus: Corpus) -> Iterator[ox.Triple]:
    """A ``skos:prefLabel`` in each language that a template serves, for every typed thing without one.

    A thing that only a plan speaks of gets a label too: a name claims nothing.
    """
    stated = [t for a in corpus.assertions.values() if a.modality != "denied" for t in a.triples]
    denied = [t for a in corpus.assertions.values() if a.modality == "denied" for t in a.triples]
    about = _by_subject([*stated, *denied])
    labels = _labels([*stated, *corpus.vocabulary])
    for subject in sorted(about, key=lambda node: node.value):
        properties = about[subject]
        classes = {terms.local(value.value) for value in properties.get("type", ())}
        by_language = next((texts for name, texts in templates() if name in classes), {})
        for language, texts in by_language.items():
            if language in labels.get(subject, {}):
                continue
            label = _fill(texts, properties, labels, language)
            if label:
                yield ox.Triple(subject, PREF_LABEL, ox.Literal(label, language=language))


def _by_subject(triples: Iterable[ox.Triple]) -> dict[ox.NamedNode, dict[str, list[ox.NamedNode | ox.Literal]]]:
    found: dict[ox.NamedNode, dict[str, list[ox.NamedNode | ox.Literal]]] = defaultdict(lambda: defaultdict(list))
    for subject, predicate, value in sorted(set(triples), key=str):
        found[subject][terms.local(predicate.value)].append(value)  # type: ignore[index,arg-type]
    return found


def _labels(triples: Iterable[ox.Triple]) -> dict[ox.NamedNode, dict[str, str]]:
    found: dict[ox.NamedNode, dict[str, str]] = defaultdict(dict)
    for triple in triples:
        if triple.predicate in (PREF_LABEL, ox.NamedNode(terms.LABEL)) and isinstance(triple.object, ox.Literal):
            found[triple.subject][triple.object.language or "en"] = triple.object.value  # type: ignore[index]
    return found


def _fill(
    texts: Iterable[str], properties: Properties, labels: Mapping[ox.NamedNode, Mapping[str, str]], language: str
) -> str | None:
    for text in texts:
        names = _PLACE.findall(text)
        if all(properties.get(name) for name in names):
            return text.format_map({name: _shown(name, properties[name], labels, language) for name in names})
    return None


def _shown(
    name: str, values: list[ox.NamedNode | ox.Literal], labels: Mapping[ox.NamedNode, Mapping[str, str]], language: str
) -> str:
    if name in ("date", "period"):
        return min((value.value for value in values), key=_span)
    texts = []
    for value in values:
        own = labels.get(value, {}) if isinstance(value, ox.NamedNode) else {}
        texts.append(own.get(language) or own.get("en") or terms.local(value.value))
    return ", ".join(sorted(texts))


def _span(text: str) -> tuple[int, str]:
    """The most precise of several dates sorts first."""
    value = dates.parse(text)
    days = (value.latest - value.earliest).days if value.latest and value.earliest else 1_000_000
    return days, text
