"""What classes of items tell of their kind, through chains of subclasses, as far as the data holds them.

While a dump streams by, the subclass statements of every class are kept as pairs of numbers and the kind that a class's
own label tells as one more number: 8 bytes for each statement, whatever the dump's size asks for.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping

from kzturk_graph.matching import kinds, theirs
from kzturk_graph.matching.words import LANGUAGES, kind
from kzturk_graph.wikibase.model import Entity

DEEPEST = 8


class Classes:
    """Classes seen in the data: what each is under, and what its label tells."""

    def __init__(self) -> None:
        self._below, self._above = array("Q"), array("Q")
        self._labelled, self._tags = array("Q"), array("H")
        self._names: list[str] = []

    def __len__(self) -> int:
        return len(self._below)

    def add(self, entity: Entity) -> None:
        """Keep what an item says of itself as a class; nothing where it is none."""
        number = _number(entity.id)
        parents = [each for each in map(_number, entity.items(theirs.SUBCLASS_OF)) if each]
        if not number or not parents:
            return
        for parent in parents:
            self._below.append(number)
            self._above.append(parent)
        self.label(entity)

    def label(self, entity: Entity) -> None:
        """Keep what the label of a class tells of its kind."""
        number = _number(entity.id)
        told = (kind(entity.labels[each], each) for each in LANGUAGES if each in entity.labels)
        tag = next((each for each in told if each is not None), None)
        if number and tag is not None:
            if tag not in self._names:
                self._names.append(tag)
            self._labelled.append(number)
            self._tags.append(self._names.index(tag))

    def tags(self, ids: Iterable[str]) -> Mapping[str, frozenset[str]]:
        """The kinds of each class: its own, else those of the nearest classes above it that tell any; absent where
        none does.
        """
        wanted = {each: number for each in ids if (number := _number(each))}
        above = self._chains(set(wanted.values()))
        known = self._known({*above, *(parent for parents in above.values() for parent in parents)})
        found = {each: self._nearest(number, above, known) for each, number in wanted.items()}
        return {each: tags for each, tags in found.items() if tags}

    def _chains(self, wanted: set[int]) -> dict[int, set[int]]:
        """Each class → those directly above it, for the classes wanted and all above them; one look through the
        pairs for each step up."""
        found: dict[int, set[int]] = {each: set() for each in wanted}
        frontier = set(wanted)
        for _ in range(DEEPEST):
            if not frontier:
                break
            reached: set[int] = set()
            for below, above in zip(self._below, self._above, strict=True):
                if below in frontier:
                    found[below].add(above)
                    reached.add(above)
            frontier = reached - found.keys()
            found.update((each, set()) for each in frontier)
        return found

    def _known(self, classes: set[int]) -> dict[int, str]:
        table = {_number(each): tag for each, tag in kinds.wikidata_classes().items()}
        labelled = {
            number: self._names[tag]
            for number, tag in zip(self._labelled, self._tags, strict=True)
            if number in classes
        }
        return {**labelled, **{number: tag for number, tag in table.items() if number in classes}}

    def _nearest(self, number: int, above: Mapping[int, set[int]], known: Mapping[int, str]) -> frozenset[str]:
        level, seen = {number}, {number}
        for _ in range(DEEPEST):
            tags = frozenset(known[each] for each in level if each in known)
            if tags:
                return tags
            level = {parent for each in level for parent in above.get(each, ())} - seen
            seen |= level
        return frozenset()


def _number(id: str) -> int:
    return int(id[1:]) if id[:1] == "Q" and id[1:].isdigit() else 0
