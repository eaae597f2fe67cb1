"""Labels of things that no register names (visits, missions, memberships, reports), by the templates of
``labels.toml``."""

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
Labels = Mapping[ox.NamedNode, Mapping[str, str]]


@cache
def templates() -> list[tuple[str, dict[str, list[str]]]]:
    """(class name, {language: templates in the order to try them}), most specific class first."""
    rows = tomllib.loads((resources.ontology() / "labels.toml").read_text(encoding="utf-8"))["label"]
    return [(row["class"], {key: value for key, value in row.items() if key != "class"}) for row in rows]


def generated_labels(corpus: Corpus) -> Iterator[ox.Triple]:
    """A ``skos:prefLabel`` in each language that a template serves, for every typed thing without one.

    A thing that only a plan speaks of gets a label too: a name claims nothing. A label may name a thing whose own label
    is generated.
    """
    stated = [t for a in corpus.assertions.values() if a.modality != "denied" for t in a.triples]
    denied = [t for a in corpus.assertions.values() if a.modality == "denied" for t in a.triples]
    about = _by_subject([*stated, *denied])
    for subject, modality in _never_fact(corpus).items():
        about[subject]["modality"] = [modality]
    given = _labels([*stated, *corpus.vocabulary])
    generated = _generated(about, given, {})
    for subject, texts in _generated(about, given, generated).items():
        for language, text in texts.items():
            yield ox.Triple(subject, PREF_LABEL, ox.Literal(text, language=language))


def _generated(about: Mapping[ox.NamedNode, Properties], given: Labels, earlier: Labels) -> Labels:
    """The labels by template of what has none, where values are named as given or generated earlier."""
    labels = {**earlier, **given}
    found: dict[ox.NamedNode, dict[str, str]] = {}
    for subject in sorted(about, key=lambda node: node.value):
        properties = about[subject]
        classes = {terms.local(value.value) for value in properties.get("type", ())}
        by_language = next((texts for name, texts in templates() if name in classes), {})
        for language, texts in by_language.items():
            if language not in given.get(subject, {}):
                label = _fill(texts, properties, labels, language)
                if label:
                    found.setdefault(subject, {})[language] = label
    return found


def _never_fact(corpus: Corpus) -> dict[ox.NamedNode, ox.NamedNode]:
    """How each thing is held that no assertion describes as fact, where all hold it alike."""
    modes: dict[ox.NamedNode, set[str]] = defaultdict(set)
    for assertion in corpus.assertions.values():
        for triple in assertion.triples:
            modes[triple.subject].add(assertion.modality)  # type: ignore[index]
    return {
        subject: ox.NamedNode(terms.CONCEPT + next(iter(held)))
        for subject, held in modes.items()
        if len(held) == 1 and held != {"fact"}
    }


def _by_subject(
    triples: Iterable[ox.Triple],
) -> dict[ox.NamedNode, dict[str, list[ox.NamedNode | ox.Literal]]]:
    found: dict[ox.NamedNode, dict[str, list[ox.NamedNode | ox.Literal]]] = defaultdict(lambda: defaultdict(list))
    for subject, predicate, value in sorted(set(triples), key=str):
        found[subject][terms.local(predicate.value)].append(value)
    return found


def _labels(triples: Iterable[ox.Triple]) -> dict[ox.NamedNode, dict[str, str]]:
    found: dict[ox.NamedNode, dict[str, str]] = defaultdict(dict)
    for triple in triples:
        if triple.predicate in (PREF_LABEL, ox.NamedNode(terms.LABEL)) and isinstance(triple.object, ox.Literal):
            found[triple.subject][triple.object.language or "en"] = triple.object.value  # type: ignore[index]
    return found


def _fill(texts: Iterable[str], properties: Properties, labels: Labels, language: str) -> str | None:
    for text in texts:
        names = _PLACE.findall(text)
        if all(properties.get(name) for name in names):
            return text.format_map({name: _shown(name, properties[name], labels, language) for name in names})
    return None


def _shown(name: str, values: list[ox.NamedNode | ox.Literal], labels: Labels, language: str) -> str:
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
