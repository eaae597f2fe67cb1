"""How well ``kzturk link suggest`` finds what it should: precision, recall and abstention on real data with known links.

usage: python bench/link.py [DATA ...]      DATA: Wikibase data; ../shared/wikidata's two slices where none is given

Three measurements, each over thresholds:

- *links hidden*: everything of ours is looked for as if nothing were linked; judged are the things whose link the table
  accepts and whose item is in the data, and those whose linked item isn't there (any suggestion for them is wrong). The
  slices hold few of our items.
- *across languages*: each item of the data asks for itself by its names in one language (Russian, Turkish, Kazakh; where
  there are only English ones, by each half of its names), with its kind and countries; from the candidates, which
  are all items of the data, the names in that language are taken away. Half of the queries have no answer: their item
  is taken away whole.
- *near misses*: the small made-up Wikibase of the tests, which has namesakes on purpose. It isn't real.

Precision: suggested rightly, of all suggested. Recall: suggested rightly, of all that are there. Abstained: of all asked.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
DEFAULT = [HERE.parents[1] / "shared" / "wikidata" / name for name in ("dump-slice.json.gz", "truthy-sample.nt.gz")]
THRESHOLDS = (0.5, 0.7, 0.8, 0.9, 0.95, 0.99)


class Asked(NamedTuple):
    """A thing that was looked for: its kind, the items that it is (none where it isn't there), the ranked answer."""

    kind: str
    right: frozenset[str]
    suggestion: object


def judged(asked: list[Asked], threshold: float) -> tuple[int, int, int, int]:
    """How many are there, were suggested rightly, suggested wrongly, and not suggested."""
    there = right = wrong = silent = 0
    for each in asked:
        there += bool(each.right)
        best = each.suggestion.candidates[0] if each.suggestion.candidates else None  # type: ignore[attr-defined]
        others = [reason for reason in best.reasons if "score is below" not in reason] if best else []
        if best is None or others or best.score < threshold:
            silent += 1
        elif best.record.id in each.right:
            right += 1
        else:
            wrong += 1
    return there, right, wrong, silent


def table(asked: list[Asked], ships: float) -> None:
    """Precision, recall and abstention over thresholds, then by kind at the one that ships."""
    print("| threshold | asked | there | right | wrong | precision | recall | abstained |\n" + "| --- " * 8 + "|")
    for threshold in sorted({*THRESHOLDS, ships}):
        _row(f"{threshold:g}{' (ships)' if threshold == ships else ''}", asked, threshold)
    kinds = sorted({each.kind for each in asked})
    for kind in kinds if len(kinds) > 1 else ():
        _row(f"{kind}, at {ships:g}", [each for each in asked if each.kind == kind], ships)
    print()


def _row(name: str, asked: list[Asked], threshold: float) -> None:
    there, right, wrong, silent = judged(asked, threshold)
    precision = f"{right / (right + wrong):.3f}" if right + wrong else "–"
    recall = f"{right / there:.3f}" if there else "–"
    print(
        f"| {name} | {len(asked)} | {there} | {right} | {wrong} | {precision} | {recall} | {silent / max(1, len(asked)):.3f} |"
    )


def hidden(paths: list[str]) -> list[Asked]:
    """Our things, each looked for in each of the data."""
    from kzturk_graph.graph.store import open_store
    from kzturk_graph.links.table import read_links
    from kzturk_graph.matching.ours import records
    from kzturk_graph.matching.suggest import suggest
    from kzturk_graph.wikibase.source import open_source

    links = read_links()
    known = records(open_store(), links.accepted)
    kinds = {each.id: min(each.kinds) for each in known}
    asked = []
    for path in paths:
        present = {each.id for each in open_source(path).entities() if each.labels}
        for each in suggest(open_source(path), known, links=links, again=True):
            if each.entity in links.accepted:
                right = frozenset(links.accepted[each.entity]) & present
                asked.append(Asked(kinds[each.entity].partition(".")[0], right, each))
            elif each.decision == "suggest":
                best = each.candidates[0]
                print(f"  not judged: {each.label} → {best.record.id} {best.record.label()} ({best.score:.2f})")
    return asked


def crossed(paths: list[str]) -> dict[str, list[Asked]]:
    """The items of the data, asked for by their names in one language among names in the others."""
    from kzturk_graph.wikibase.source import open_source

    items = {}
    for path in paths:
        for each in open_source(path).entities():
            if each.type == "item" and each.labels and (each.id not in items or items[each.id].truthy):
                items[each.id] = each
    return {
        f"names in {language}": found
        for language in ("ru", "tr", "kk", "en")
        if (found := _crossed(list(items.values()), language))
    }


def _crossed(items: list, language: str) -> list[Asked]:  # type: ignore[type-arg]
    from kzturk_graph.matching import theirs
    from kzturk_graph.matching.records import Name
    from kzturk_graph.matching.suggest import suggest

    half = language == "en"
    queries, right, kinds, candidates = [], {}, {}, []
    for number, item in enumerate(items):
        mine = [item.labels.get(language), *item.aliases.get(language, ())]
        names = [each for each in mine if each]
        if half:  # by every second name; the label stays with the candidate
            names = names[1::2] if not any(each != "en" for each in item.labels) else []
        record = theirs.record(item)
        kept = _without(item, language, set(names) if half else None)
        if not names or not kept.labels or not record.kinds:
            candidates.append(item if not names else kept)
            continue
        id = f"query:{item.id}"
        asked = tuple(Name(each, language, "label" if not place else "alias") for place, each in enumerate(names))
        queries.append(replace(record, id=id, names=asked, identifiers=frozenset(), sites=frozenset(), dates=(),
                               neighbours=frozenset(), coordinates=None, description=""))  # fmt: skip
        kinds[id] = min(record.kinds).partition(".")[0]
        right[id] = frozenset() if number % 2 else frozenset({item.id})
        if right[id]:
            candidates.append(kept)
    return [Asked(kinds[each.entity], right[each.entity], each) for each in suggest(_Items(candidates), queries)]  # type: ignore[arg-type]


def _without(item, language: str, names: set[str] | None):  # type: ignore[no-untyped-def]
    """The item without its names in a language, or without these names."""
    if names is not None:
        aliases = {key: tuple(each for each in texts if each not in names) for key, texts in item.aliases.items()}
        return replace(item, aliases=aliases)
    site = f"{language}wiki"
    return replace(
        item,
        labels={key: text for key, text in item.labels.items() if key.partition("-")[0] != language},
        aliases={key: texts for key, texts in item.aliases.items() if key.partition("-")[0] != language},
        sitelinks={key: title for key, title in item.sitelinks.items() if not key.startswith(site)},
        statements={key: said for key, said in item.statements.items() if key not in ("P1448", "P1705", "P1813")},
    )


class _Items:
    """Entities in memory as a source."""

    name, version = "items", None

    def __init__(self, items: list) -> None:  # type: ignore[type-arg]
        self._items = items

    def entities(self):  # type: ignore[no-untyped-def]
        return iter(self._items)


def near_misses() -> list[Asked]:
    """The made-up Wikibase of the tests: what is there, and everything else of ours, which isn't."""
    from kzturk_graph.graph.store import open_store
    from kzturk_graph.links.table import read_links
    from kzturk_graph.matching.ours import records
    from kzturk_graph.matching.suggest import suggest
    from kzturk_graph.wikibase.json_reader import entity
    from tests.matching import wikibase

    known = records(open_store(), read_links().accepted)
    right = defaultdict(frozenset, {slug: frozenset({item["id"]}) for slug, item in wikibase.FOUND.items()})
    right["erdogan"] = frozenset({f"Q{wikibase.FIRST + 219}"})
    kinds = {each.id: min(each.kinds).partition(".")[0] for each in known}
    source = _Items([entity(each) for each in wikibase.documents()])
    found = suggest(source, known, again=True)  # type: ignore[arg-type]
    return [Asked(kinds[each.entity], right[each.entity.rsplit("/", 1)[-1]], each) for each in found]


def main() -> None:
    """Measure and print Markdown tables."""
    from kzturk_graph.matching.rules import rules

    paths = sys.argv[1:] or [str(each) for each in DEFAULT]
    ships = rules().decision["threshold"]
    print("## Links hidden\n")
    table(hidden(paths), ships)
    for name, asked in crossed(paths).items():
        print(f"## Across languages: {name}\n")
        table(asked, ships)
    print("## Near misses (made up)\n")
    table(near_misses(), ships)


if __name__ == "__main__":
    main()
