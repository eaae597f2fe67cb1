"""The rules of matching as data: ``rules.toml`` (kinds, weights, decision), ``words.toml`` (words that tell kinds)."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from kzturk_graph.names import fold


@dataclass(frozen=True)
class Rules:
    """``ours``: class or ``class/kind`` of ours → tag. ``near`` and ``rivals``: tag → tags. ``never``: tags that
    nothing of ours is. ``stop``: folded words that tell names apart from no other; ``cuts``: those that end the head of
    a phrase. ``classes`` and ``properties``: tag → ids of items and properties. ``countries``: folded word → the slug
    of a state, or ``other``. ``weights`` in log-odds; ``decision``: threshold, margin and least likeness of names.
    """

    ours: Mapping[str, str]
    near: Mapping[str, frozenset[str]]
    rivals: Mapping[str, frozenset[str]]
    never: frozenset[str]
    stop: frozenset[str]
    cuts: frozenset[str]
    classes: Mapping[str, tuple[str, ...]]
    properties: Mapping[str, str]
    countries: Mapping[str, str]
    weights: Mapping[str, float]
    decision: Mapping[str, float]


@cache
def rules() -> Rules:
    """The rules that ship."""
    read = _toml("rules.toml")
    return Rules(
        read["ours"],
        {tag: frozenset(others) for tag, others in read["near"].items()},
        {tag: frozenset(others) for tag, others in read["rivals"].items()},
        frozenset(read["never"]["tags"]),
        frozenset(map(fold, read["stop"]["words"].split())),
        frozenset(map(fold, read["stop"]["cuts"].split())),
        {tag: tuple(ids) for tag, ids in read["classes"].items()},
        {each: tag for tag, ids in read["properties"].items() for each in ids},
        {fold(word): state for state, words in read["countries"].items() for word in words},
        read["weights"],
        read["decision"],
    )


@cache
def lexicon() -> dict[str, dict[tuple[str, ...], str]]:
    """Language → folded words of a phrase → tag. A word that ends in ``*`` is a stem."""
    found: dict[str, dict[tuple[str, ...], str]] = {}
    for tag, languages in _toml("words.toml").items():
        for language, phrases in languages.items():
            for phrase in phrases:
                found.setdefault(language, {})[tuple(fold(phrase).split())] = tag
    return found


def _toml(name: str) -> dict[str, Any]:
    return tomllib.loads((files(__package__) / name).read_text(encoding="utf-8"))
