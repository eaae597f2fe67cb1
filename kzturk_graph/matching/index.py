"""Which of our things a name may belong to: by the sounds of its words, heavier for rarer words.

The index holds the names of our side, a few thousand. A name of theirs costs one look-up for each of its words, and is
compared only where enough of its weight is found. Splink, dedupe and recordlinkage block by SQL, by learned predicates
or by data frames, on both sides at once: none streams one side past the other.
"""

from __future__ import annotations

import math
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from kzturk_graph.matching.likeness import STOP_WEIGHT, UNKNOWN_WEIGHT, likeness, taken_apart
from kzturk_graph.matching.records import ALIAS, INITIALS, LABEL, WRITTEN, Name, Record
from kzturk_graph.matching.rules import rules
from kzturk_graph.matching.text import STOP, bare, initials, roman, sound, split

ENOUGH = 0.62
"""The share of two names' weight that their common sounds need."""
LEAST_WEIGHT = 0.4
REMEMBERED = 400_000
LAST_LETTER = "\u052f"  # the last of Cyrillic; Latin ends before it, and so do the letters that we can fold


Postings = tuple[tuple[float, int, float], ...]
"""Names of ours with a word: the weight of the whole name, its place, the weight of the word; lightest name first."""


class Hit(NamedTuple):
    """A name of ours (of the thing ``owner``) that a name of theirs may be."""

    owner: int
    ours: Name
    theirs: Name


class Index:
    """Records and the sounds of their names."""

    def __init__(self, records: Sequence[Record]) -> None:
        self.records = tuple(records)
        self.names: list[tuple[int, Name]] = [
            (owner, name) for owner, record in enumerate(self.records) for name in _searched(record)
        ]
        self.weights = _weights(self.records)
        self._totals: list[float] = []
        postings: dict[str, list[tuple[float, int, float]]] = defaultdict(list)
        for place, (_, name) in enumerate(self.names):
            heard = [(word, self.weight(word)) for word in split(name.text)]
            total = sum(weight for _, weight in heard)
            for word, weight in heard:
                if word not in STOP:
                    postings[sound(word)].append((total, place, weight))
            self._totals.append(total)
        self._postings: dict[str, Postings] = {each: tuple(sorted(places)) for each, places in postings.items()}
        self._heard: dict[str, tuple[float, Postings]] = {}

    def weight(self, word: str) -> float:
        """How much a folded word tells: between 0 and 1, 1 for one that none of our names has."""
        return STOP_WEIGHT if word in STOP else self.weights.get(roman(word), UNKNOWN_WEIGHT)

    def hits(self, names: Iterable[Name]) -> list[Hit]:
        """The pairs of names worth comparing, each once."""
        found: list[Hit] = []
        seen: set[str] = set()
        for name in names:
            text = name.text
            if text in seen:
                continue
            seen.add(text)
            places = self.places(text)
            found += [Hit(self.names[place][0], self.names[place][1], name) for place in places]
        return found

    def knows(self, text: str) -> bool:
        """Whether a text is enough like one of our names to be compared."""
        least = rules().decision["name_least"]
        return any(likeness(self.names[place][1].text, text, self.weights) >= least for place in self.places(text))

    def places(self, text: str, enough: float = ENOUGH) -> list[int]:
        """The places of our names that share enough sounds with a text: this share of the weight of both."""
        if text[:1] > LAST_LETTER and not "\u1e00" <= text[:1] <= "\u1eff":
            return []
        heard = self._heard
        total = known = 0.0
        found: list[tuple[float, Postings]] = []
        for word in words(text):
            entry = heard.get(word)
            if entry is None:
                entry = self._hear(word)
            weight, postings = entry
            total += weight
            if postings:
                known += weight
                found.append(entry)
        most = 2 * known / enough - total  # what the heaviest name of ours weighs that these words can be enough of
        if known > most:
            return []
        common: dict[int, float] = {}
        for weight, postings in found:
            for heavy, place, share in postings:
                if heavy > most:
                    break
                common[place] = common.get(place, 0.0) + share + weight
        return [place for place, shared in common.items() if shared >= enough * (total + self._totals[place])]

    def _hear(self, word: str) -> tuple[float, Postings]:
        """The weight of a folded word of theirs, and the names of ours with a word of that sound."""
        if len(self._heard) > REMEMBERED:
            self._heard.clear()
        postings = () if word in STOP else self._postings.get(sound(word), ())
        weight = max(share for _, _, share in postings) if postings else self.weight(word)
        self._heard[word] = entry = weight, postings
        return entry


def words(text: str) -> list[str]:
    """``split(bare(text))``, faster for names without apostrophes and parentheses: letter by letter from a table."""
    if "'" in text or text[-1:] in (")", "）", "]"):
        return split(bare(text))
    return text.translate(_table()).split()


@cache
def _table() -> Mapping[int, str]:
    """What each Latin or Cyrillic character is folded to, blanks for what stands between words."""
    codes = (*range(ord(LAST_LETTER) + 1), *range(0x1E00, 0x2200))
    return {code: " ".join(split(chr(code))) or _gap(chr(code)) for code in codes}


def _gap(char: str) -> str:
    return "" if unicodedata.combining(char) else " "


def _searched(record: Record) -> Iterable[Name]:
    """The names of a thing, and the initials of its long ones, each folded text once for a language."""
    seen: set[tuple[tuple[str, ...], str]] = set()
    made = [Name(short, n.language, INITIALS) for n in record.names if (short := initials(n.text)) and n.sort == LABEL]
    for name in (*sorted(record.names, key=lambda each: _SORTS.get(each.sort, 9)), *made):
        key = (taken_apart(name.text, True).folded, name.language)
        if key[0] and key not in seen and (name.sort != INITIALS or len(name.text) >= 3):
            seen.add(key)
            yield name


_SORTS = {LABEL: 0, ALIAS: 1, WRITTEN: 2}


def _weights(records: Sequence[Record]) -> Mapping[str, float]:
    """A word in Latin letters → its weight, by how many things have it in a name."""
    bearers: Counter[str] = Counter()
    for record in records:
        bearers.update({word for name in record.names for word in taken_apart(name.text, True).latin})
    most = math.log(1 + len(records))
    return {word: max(LEAST_WEIGHT, 1 - math.log(count) / most) for word, count in bearers.items()}
