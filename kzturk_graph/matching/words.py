"""What a phrase says a thing is: the head of a description, of a class's label, of the parentheses of a title."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from kzturk_graph.matching.rules import lexicon, rules
from kzturk_graph.matching.text import split

HEAD_LAST = frozenset({"tr", "kk"})
"""Languages whose head noun comes last."""
LANGUAGES = ("en", "tr", "ru", "kk")


_BREAKS = re.compile(r"[,;:()]")


class _Phrases(NamedTuple):
    """Phrases of a language by their first word, whole or as a stem, longest first."""

    whole: dict[str, tuple[tuple[tuple[str, ...], str], ...]]
    stems: tuple[tuple[str, tuple[str, ...], str], ...]


@lru_cache(maxsize=50_000)
def kind(phrase: str, language: str) -> str | None:
    """The tag that a phrase in ``en``, ``tr``, ``ru`` or ``kk`` tells; None where it tells none.

    >>> kind("capital city of Kazakhstan", "en"), kind("Türkiye'de bir ilin merkezi olan şehir", "tr")
    ('place.city', 'place.city')
    """
    base = language.partition("-")[0]
    if base not in LANGUAGES:
        return None
    known = _phrases(base)
    for part in _BREAKS.split(phrase):
        words = split(part)
        found = _last(known, words) if base in HEAD_LAST else _head(known, words)
        if found is not None:
            return found
    return None


def _last(known: _Phrases, words: list[str]) -> str | None:
    """What the last phrase tells that tells anything."""
    every = (_at(known, words, at) for at in range(len(words) - 1, -1, -1))
    return next((found[0] for found in every if found is not None), None)


def _head(known: _Phrases, words: list[str]) -> str | None:
    """What the head of the first noun phrase tells: a railway company is a company, a city of a province a city."""
    tag, at = None, 0
    while at < len(words) and not (tag is not None and words[at] in rules().cuts):
        found = _at(known, words, at)
        if found is not None:
            tag = found[0]
            if words[at + found[1] - 1] == "of":
                break
        at += found[1] if found is not None else 1
    return tag


@cache
def _phrases(language: str) -> _Phrases:
    whole: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    stems: list[tuple[str, tuple[str, ...], str]] = []
    for phrase, tag in lexicon().get(language, {}).items():
        if phrase[0].endswith("*"):
            stems.append((phrase[0][:-1], phrase[1:], tag))
        else:
            whole.setdefault(phrase[0], []).append((phrase[1:], tag))
    return _Phrases(
        {first: tuple(sorted(rest, key=lambda each: -len(each[0]))) for first, rest in whole.items()},
        tuple(sorted(stems, key=lambda each: (-len(each[1]), -len(each[0])))),
    )


def _at(known: _Phrases, words: list[str], at: int) -> tuple[str, int] | None:
    """The tag of the phrase that begins at this word and how many words it has; English plurals and Turkish cases
    after an apostrophe count too."""
    word = words[at].partition("'")[0]
    for spelled in (word, word.removesuffix("s")):
        for rest, tag in known.whole.get(spelled, ()):
            if _follows(rest, words, at + 1):
                return tag, 1 + len(rest)
    for stem, rest, tag in known.stems:
        if word.startswith(stem) and _follows(rest, words, at + 1):
            return tag, 1 + len(rest)
    return None


def _follows(rest: tuple[str, ...], words: list[str], at: int) -> bool:
    if at + len(rest) > len(words):
        return False
    return all(
        words[at + i].startswith(part[:-1]) if part.endswith("*") else words[at + i] == part
        for i, part in enumerate(rest)
    )
