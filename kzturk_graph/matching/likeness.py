"""How alike two names are, by their words: alike ones are paired, what is left over on either side counts against."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz.distance import JaroWinkler, Levenshtein

from kzturk_graph.matching.text import SHORT, STOP, bare, roman, split

WORD_LEAST = 0.78
"""Words less alike than this aren't paired."""
UNKNOWN_WEIGHT = 1.0
STOP_WEIGHT = 0.05


class Words(NamedTuple):
    """A name taken apart: its words in Latin letters, with their folded form, in order."""

    folded: tuple[str, ...]
    latin: tuple[str, ...]

    @property
    def run(self) -> str:
        """All words in one, without Turkish endings, in Latin letters."""
        return roman("".join(word.partition("'")[0] for word in self.folded))

    @property
    def numbers(self) -> frozenset[str]:
        """The words that are numbers, or have one in them."""
        return frozenset("".join(filter(str.isdigit, word)) for word in self.folded if any(map(str.isdigit, word)))


@lru_cache(maxsize=100_000)
def taken_apart(name: str, whole: bool = False) -> Words:
    """The words of a name, without what stands in parentheses at its end unless ``whole`` is true."""
    folded = tuple(split(name if whole else bare(name)))
    return Words(folded, tuple(roman(word) for word in folded))


def likeness(ours: str, theirs: str, weights: Mapping[str, float]) -> float:
    """From 0 to 1: twice the weight of the paired words, each by how alike it is, over the weight of all words.

    What stands in parentheses at the end of their name isn't a part of it; in ours it is, for we put it there ourselves
    to tell things apart.

    ``weights`` gives a word in Latin letters its weight; a word that isn't there weighs 1 (none is heavier).

    >>> round(likeness("Astana Process", "Астана", {}), 2)
    0.67
    """
    left, right = taken_apart(ours, True), taken_apart(theirs)
    if left.folded == right.folded:
        return 1.0
    if not left.latin or not right.latin:
        return 0.0
    paired = _paired(left, right, weights)
    run, other = left.run, right.run
    if len(run) > 5 and len(other) > 5:  # one writes together what the other writes apart
        whole = Levenshtein.normalized_similarity(run, other)
        if whole >= 0.9 and left.numbers == right.numbers:
            paired = max(paired, whole)
    return min(paired, 0.995)


def _paired(left: Words, right: Words, weights: Mapping[str, float]) -> float:
    heavy, others = _weighed(left, weights), _weighed(right, weights)
    pairs = sorted(
        (
            (alike, i, j)
            for i, one in enumerate(left.latin)
            for j, other in enumerate(right.latin)
            if (alike := _alike(one, other)) >= WORD_LEAST
        ),
        reverse=True,
    )
    used: set[int] = set()
    taken: set[int] = set()
    total = 0.0
    for alike, i, j in pairs:
        if i not in used and j not in taken:
            used.add(i)
            taken.add(j)
            total += alike * (heavy[i] + others[j])
    return total / (sum(heavy) + sum(others))


def _weighed(words: Words, weights: Mapping[str, float]) -> Sequence[float]:
    return [
        STOP_WEIGHT if folded in STOP else weights.get(latin, UNKNOWN_WEIGHT)
        for folded, latin in zip(words.folded, words.latin, strict=True)
    ]


@lru_cache(maxsize=200_000)
def _alike(one: str, other: str) -> float:
    """How alike two words are: 1 for the same; numbers are the same or not at all; an ending hardly counts."""
    if one == other:
        return 1.0
    if one[:1].isdigit() or other[:1].isdigit() or min(len(one), len(other)) <= SHORT:
        return 0.0
    plain: float = Levenshtein.normalized_similarity(one, other)
    short, long = sorted((one, other), key=len)
    if len(short) >= 5 and long.startswith(short[: max(5, len(short) - 2)]) and len(long) - len(short) <= 4:
        plain = max(plain, 0.92)  # Turkish, Kazakh and Russian endings
    return max(plain, JaroWinkler.similarity(one, other) - 0.08)
