"""Which new value stands for which old one, where several of one property changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator

import pyoxigraph as ox

from kzturk_graph.differences.changes import Value

_MANY = 25  # comparing every old with every new text takes long beyond this; then they are paired in order
Pair = tuple[Value, Value]


def pairs(gone: Collection[Value], come: Collection[Value]) -> list[Pair]:
    """Each value that went with the one that came for it: of the same language and datatype first, the likest
    first.

    Texts in two languages are never one for the other. What finds no partner is left out.
    """
    if len(gone) == len(come) == 1:
        return [pair for pair in zip(gone, come, strict=True) if _compatible(*pair)]
    old, new = sorted(gone, key=str), sorted(come, key=str)
    found: list[Pair] = []
    for step in _STEPS:
        made = list(step(old, new))
        found += made
        old = _without(old, {pair[0] for pair in made})
        new = _without(new, {pair[1] for pair in made})
        if not old or not new:
            break
    return found


def _compatible(one: Value, other: Value) -> bool:
    left, right = _language(one), _language(other)
    return left == right or not left or not right


def _without(values: list[Value], taken: set[Value]) -> list[Value]:
    return [value for value in values if value not in taken]


def _form(value: Value) -> object:
    return (type(value), value.language, value.datatype) if isinstance(value, ox.Literal) else type(value)


def _language(value: Value) -> str:
    return (value.language or "") if isinstance(value, ox.Literal) else ""


def _to_plain(old: list[Value], new: list[Value]) -> Iterator[Pair]:
    return _likest(old, [value for value in new if not _language(value)])


def _from_plain(old: list[Value], new: list[Value]) -> Iterator[Pair]:
    return _likest([value for value in old if not _language(value)], new)


def _within(old: Iterable[Value], new: Iterable[Value], same: Callable[[Value], object]) -> Iterator[Pair]:
    groups: dict[object, tuple[list[Value], list[Value]]] = defaultdict(lambda: ([], []))
    for side, values in enumerate((old, new)):
        for value in values:
            groups[same(value)][side].append(value)
    for left, right in groups.values():
        if left and right:
            yield from _likest(left, right)


def _likest(old: list[Value], new: list[Value]) -> Iterator[Pair]:
    if len(old) * len(new) > _MANY or len(old) == len(new) == 1:
        yield from zip(old, new, strict=False)
        return
    likeness = {(i, k): _likeness(str(a), str(b)) for i, a in enumerate(old) for k, b in enumerate(new)}
    left, right = set(range(len(old))), set(range(len(new)))
    for i, k in sorted(likeness, key=lambda place: (-likeness[place], place)):
        if i in left and k in right:
            left.remove(i)
            right.remove(k)
            yield old[i], new[k]


def _likeness(one: str, other: str) -> int:
    """How many characters two texts share at their beginning and end."""
    return _shared(one, other) + _shared(one[::-1], other[::-1])


def _shared(one: str, other: str) -> int:
    pairs_of = enumerate(zip(one, other, strict=False))
    return next((at for at, (left, right) in pairs_of if left != right), min(len(one), len(other)))


_STEPS: tuple[Callable[[list[Value], list[Value]], Iterator[Pair]], ...] = (
    lambda old, new: _within(old, new, _form),
    lambda old, new: _within(old, new, _language),
    _to_plain,
    _from_plain,
)
