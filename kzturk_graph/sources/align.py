"""Two states of a document side by side: which passage became which, by fingerprints and without a text."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher


@dataclass(frozen=True)
class Mark:
    """What is known of a passage without its text."""

    fingerprint: str
    sentences: int


@dataclass(frozen=True)
class Pair:
    """A passage before and after, by their indices from 0; None where there is none on that side."""

    old: int | None
    new: int | None
    same: bool = False


Gap = tuple[Sequence[int], Sequence[int]]


def align(old: Sequence[Mark], new: Sequence[Mark]) -> list[Pair]:
    """Every passage of both states, exactly once each: those of ``old`` in order, then the new ones.

    Passages with one fingerprint are the same, wherever they stand. Between two of these that kept their
    order, what is left on either side is an edit: paired in order, those with as many sentences as before
    first.
    """
    blocks, gaps = _matched([mark.fingerprint for mark in old], [mark.fingerprint for mark in new])
    moved = dict(_moved(old, new, gaps))
    taken = set(moved.values())
    edited: dict[int, int] = {}
    for before, after in gaps:
        edited |= _edited(old, new, [i for i in before if i not in moved], [j for j in after if j not in taken])
    same = blocks | moved
    found = same | edited
    pairs = [Pair(i, found.get(i), i in same) for i in range(len(old))]
    return [*pairs, *(Pair(None, j) for j in sorted(set(range(len(new))) - set(found.values())))]


def _matched(old: Sequence[Hashable], new: Sequence[Hashable]) -> tuple[dict[int, int], list[Gap]]:
    """The longest runs that kept their order, as index → index, and what lies between them."""
    matched: dict[int, int] = {}
    gaps: list[Gap] = []
    i = j = 0
    # autojunk takes what is frequent in a long sequence for noise; here it is a passage like any other
    for start_old, start_new, size in SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks():
        if start_old > i or start_new > j:
            gaps.append((range(i, start_old), range(j, start_new)))
        matched |= zip(range(start_old, start_old + size), range(start_new, start_new + size), strict=True)
        i, j = start_old + size, start_new + size
    return matched, gaps


def _moved(old: Sequence[Mark], new: Sequence[Mark], gaps: Sequence[Gap]) -> Iterator[tuple[int, int]]:
    places: dict[str, deque[int]] = defaultdict(deque)
    for _, after in gaps:
        for j in after:
            places[new[j].fingerprint].append(j)
    for before, _ in gaps:
        for i in before:
            if places[old[i].fingerprint]:
                yield i, places[old[i].fingerprint].popleft()


def _edited(old: Sequence[Mark], new: Sequence[Mark], before: Sequence[int], after: Sequence[int]) -> dict[int, int]:
    alike, gaps = _matched([old[i].sentences for i in before], [new[j].sentences for j in after])
    pairs = {before[i]: after[j] for i, j in alike.items()}
    for left, right in gaps:
        pairs |= {before[i]: after[j] for i, j in zip(left, right, strict=False)}
    return pairs
