"""A comparison as rows and as JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from kzturk_graph import terms
from kzturk_graph.compare.additions import line
from kzturk_graph.compare.model import ONLY_OURS, ONLY_THEIRS, VERDICTS, Comparison, Fact, Ours
from kzturk_graph.compare.wording import Words
from kzturk_graph.wikibase.json_writer import document
from kzturk_graph.wikibase.model import Entity

if TYPE_CHECKING:
    from kzturk_graph.facts import Reader
    from kzturk_graph.wikibase.model import Statement

SHOWN = 3
"""How many facts of theirs alone are shown of a property of an item."""


class Report:
    """Facts of a comparison in words; ``reader`` knows what is said about our assertions."""

    def __init__(self, comparison: Comparison, reader: Reader) -> None:
        self.comparison, self.reader = comparison, reader
        self.words = Words(comparison.names)

    def rows(self, facts: Iterable[Fact], *, repeat: bool, whole: bool) -> Iterator[list[str]]:
        """A row for each fact. The item stands in each with ``repeat``, else in its first row alone; of what only
        theirs has, a few and a count, or with ``whole`` all."""
        facts = list(facts)
        alone = Counter((fact.item, fact.property) for fact in facts if fact.verdict == ONLY_THEIRS)
        seen: Counter[tuple[str, str]] = Counter()
        last = ""
        for fact in facts:
            key = (fact.item, fact.property)
            item = self.words.name(fact.item)
            head, last = ("" if fact.item == last and not repeat else item), fact.item
            if fact.verdict == ONLY_THEIRS and not whole and alone[key] > SHOWN + 1:
                seen[key] += 1
                if seen[key] > SHOWN:
                    if seen[key] == SHOWN + 1:
                        more = f"and {alone[key] - SHOWN} more"
                        yield [head, VERDICTS[ONLY_THEIRS], self.words.name(fact.property), "", more, "", "", "", ""]
                    continue
            yield [head, *self._row(fact)]

    def _row(self, fact: Fact) -> list[str]:
        ours, words = fact.ours, self.words
        references = [cited for each in fact.theirs for cited in words.references(each)]
        return [
            VERDICTS[fact.verdict],
            words.name(fact.property),
            self._said(ours) if ours else "",
            "; ".join(words.statement(each) for each in fact.theirs),
            "; ".join(dict.fromkeys(self._passages(ours))) if ours else "",
            str(self._witnesses(ours) or "") if ours else "",
            "; ".join(dict.fromkeys(references)),
            "; ".join(fact.notes),
        ]

    def _said(self, ours: Ours) -> str:
        return self.words.statement(ours.statement) + (f" ({ours.wording})" if ours.wording else "")

    def _passages(self, ours: Ours) -> Iterator[str]:
        for each in ours.assertions:
            found = self.reader.source(each)
            yield found.passage + (f" ({found.voice})" if found.voice else "")

    def _witnesses(self, ours: Ours) -> int:
        return self.comparison.witnesses.get(ours.statement.id, 0)

    def as_json(self, facts: Iterable[Fact]) -> dict[str, Any]:
        """Everything: the data, what it lacks, the counts, each fact with both statements whole."""
        told, chosen = self.comparison, list(facts)
        counts = Counter(fact.verdict for fact in chosen)
        return {
            "data": {"name": told.source, "version": told.version},
            "counts": {verdict: counts[verdict] for verdict in VERDICTS},
            "notInData": [{"iri": iri, "item": told.projection.entities[iri].id} for iri in told.absent],
            "redirects": dict(sorted(told.redirects.items())),
            "truthy": sorted(told.truthy),
            "propertiesNotInData": list(told.unheard_of),
            "facts": [self._fact_as_json(fact) for fact in chosen],
        }

    def _fact_as_json(self, fact: Fact) -> dict[str, Any]:
        told: dict[str, Any] = {
            "item": fact.item,
            "label": self.comparison.names.get(fact.item, fact.item),
            "things": list(self.comparison.things[fact.item]),
            "property": fact.property,
            "propertyLabel": self.comparison.names.get(fact.property, fact.property),
            "verdict": fact.verdict,
            "notes": list(fact.notes),
        }
        if fact.ours is not None:
            told["ours"] = self._ours_as_json(fact.ours)
            if fact.verdict == ONLY_OURS and (command := line(fact)):
                told["quickstatements"] = command
        if fact.theirs:
            told["theirs"] = [self._statement_as_json(each) for each in fact.theirs]
        return told | ({"via": fact.via} if fact.via else {})

    def _ours_as_json(self, ours: Ours) -> dict[str, Any]:
        sources = [self.reader.source(each) for each in ours.assertions]
        return {
            **self._statement_as_json(ours.statement),
            **({"wording": ours.wording} if ours.wording else {}),
            "independentWitnesses": self._witnesses(ours),
            "sources": [
                {
                    "assertion": each.assertion,
                    "document": terms.local(each.assertion).split("-", 1)[0],
                    "passage": each.passage,
                    **({"voice": each.voice} if each.voice else {}),
                    **({"note": each.note} if each.note else {}),
                }
                for each in sources
            ],
        }

    def _statement_as_json(self, statement: Statement) -> dict[str, Any]:
        """In words, and as Wikibase's JSON has it."""
        whole = document(Entity("", statements={statement.property: (statement,)}))
        return {
            "text": self.words.statement(statement),
            "references": self.words.references(statement),
            "statement": whole["claims"][statement.property][0],
        }

    def ending(self, shown: int) -> list[str]:
        """What to know about the whole: counts, what isn't in the data, what was merged, what wasn't read."""
        told = self.comparison
        counted = [f"{number} {VERDICTS[verdict]}" for verdict, number in told.counts.items() if number]
        lines = [f"{shown} of {len(told.facts)} facts" if shown != len(told.facts) else f"{shown} facts"]
        lines[0] += f": {', '.join(counted)}" if counted else ""
        total = sum(len(iris) for iris in told.things.values()) + len(told.absent)
        rest = ", which says nothing of the others" if told.absent else ""
        lines.append(f"{total - len(told.absent)} of {total} linked things are in this data{rest}")
        if told.truthy:
            lines.append(
                f"{len(told.truthy)} of the items have their best values alone here, without ranks, times or references"
            )
        if told.unheard_of:
            named = ", ".join(self.words.name(each) for each in told.unheard_of)
            lines.append(f"no compared item has these here, and the data may be cut without them: {named}")
        lines += [f"{old} was merged into {end}" for old, end in sorted(told.redirects.items())]
        return lines
