"""What speaks for and against two records being one thing, each with its weight in log-odds and in words."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from kzturk_graph.matching import kinds
from kzturk_graph.matching.likeness import likeness, taken_apart
from kzturk_graph.matching.records import INITIALS, LABEL, WRITTEN, Name, Record, Span
from kzturk_graph.matching.rules import rules
from kzturk_graph.matching.text import bare, split

EXACT = 0.995
LANGUAGES = ("en", "tr", "kk", "ru")
FOREIGN = 0.6
"""Labels in one language that are less alike than this are names of different things."""
NEAR_KM, FAR_KM = 30.0, 150.0
WIDE = 8
"""How many times further apart the points of a sea, a region or a state may lie."""
_WIDE_KINDS = frozenset({"place.water", "place.region", "place.state", "place.continent"})


class Feature(NamedTuple):
    """One piece of evidence: its name, its weight in log-odds (against where negative), and what it rests on."""

    name: str
    weight: float
    words: str


class Pair(NamedTuple):
    """A name of ours and one of theirs, with how alike they are."""

    ours: Name
    theirs: Name
    alike: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two records compared: the pair of names that is most alike, the languages in which names are the same, every
    feature, and their sum.
    """

    best: Pair
    languages: tuple[str, ...]
    features: tuple[Feature, ...]

    @property
    def logit(self) -> float:
        """The sum of the features, in log-odds."""
        return sum(each.weight for each in self.features)

    @property
    def score(self) -> float:
        """The same as a number from 0 to 1."""
        return probability(self.logit)

    def has(self, *names: str) -> bool:
        """Whether a feature of one of these names is there."""
        return any(each.name in names for each in self.features)


def probability(logit: float) -> float:
    """A probability for log-odds."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, logit))))


def pairs(found: Iterable[tuple[Name, Name]], weights: Mapping[str, float]) -> list[Pair]:
    """Pairs of names that may be one, most alike first; labels before aliases, those of one language before others."""
    made = [Pair(ours, theirs, likeness(ours.text, theirs.text, weights)) for ours, theirs in found]
    return sorted(made, key=lambda each: (-each.alike, _slight(each, weights), _rank(each)))


def _rank(pair: Pair) -> tuple[int, int, int, str, str]:
    order = {LABEL: 0, WRITTEN: 2, INITIALS: 3}
    same = pair.ours.language == pair.theirs.language
    return (
        order.get(pair.ours.sort, 1) + order.get(pair.theirs.sort, 1),
        not same,
        pair.ours.language != "en",
        pair.ours.text,
        pair.theirs.text,
    )


def compare(ours: Record, theirs: Record, named: Sequence[Pair], weights: Mapping[str, float]) -> Comparison:
    """Compare a thing of ours with one of theirs. ``named`` are their pairs of names, most alike first, at least one;
    ``weights`` those of words.
    """
    best = named[0]
    languages = _languages(ours, theirs, named)
    found = [
        Feature("base", _weight("base"), "before any evidence"),
        *_identifiers(ours, theirs),
        *_names(ours, theirs, best, languages, weights),
        *_kinds(ours, theirs),
        *_countries(ours, theirs),
        *_dates(ours, theirs),
        *_places(ours, theirs),
        *_neighbours(ours, theirs),
    ]
    return Comparison(best, languages, tuple(found))


def _weight(name: str) -> float:
    return rules().weights[name]


def _identifiers(ours: Record, theirs: Record) -> Iterable[Feature]:
    same = sorted(ours.identifiers & theirs.identifiers)
    if same:
        yield Feature("identifier", _weight("identifier_same"), ", ".join(f"{name} {value}" for name, value in same))
    others = [
        f"{name}: {value} ≠ {other}"
        for name, value in sorted(ours.identifiers)
        for known, other in sorted(theirs.identifiers)
        if known == name and not same
    ]
    if others:
        yield Feature("identifier", _weight("identifier_other"), ", ".join(others))
    if sites := sorted(ours.sites & theirs.sites):
        yield Feature("site", _weight("site_same"), ", ".join(sites))


def _languages(ours: Record, theirs: Record, named: Sequence[Pair]) -> tuple[str, ...]:
    """The languages in which a name of each is the same; spellings that are alike in all languages count once."""
    by_words: dict[tuple[str, ...], str] = {}
    for pair in named:
        if pair.alike >= EXACT and pair.ours.language and pair.ours.language == pair.theirs.language:
            words = taken_apart(pair.ours.text, True).latin
            by_words[words] = min(by_words.get(words, "~"), pair.ours.language)
    return tuple(sorted(set(by_words.values())))


def _names(
    ours: Record, theirs: Record, best: Pair, languages: Sequence[str], weights: Mapping[str, float]
) -> Iterable[Feature]:
    told = (
        f"“{best.ours.text}” = “{best.theirs.text}”"
        if best.alike >= EXACT
        else f"“{best.ours.text}” ~ “{best.theirs.text}”"
    )
    lost = max(0.0, EXACT - best.alike) * _weight("name_slope")
    weight = max(_weight("name_exact") - lost, _weight("name_other"))
    yield Feature("name", weight, f"{told} ({best.alike:.2f})")
    if len(languages) > 1:
        further = min(3, len(languages) - 1)
        yield Feature("languages", further * _weight("name_language"), f"the same name in {', '.join(languages)}")
    if foreign := _foreign(ours, theirs, weights):
        words = ", ".join(f"{language} “{text}”" for language, text in foreign)
        yield Feature("labels", min(2, len(foreign)) * _weight("name_foreign"), f"called otherwise: {words}")
    if _slight(best, weights):
        yield Feature("short", _weight("name_short"), "only a short or common name agrees")
    mine, other = taken_apart(best.ours.text, True).numbers, taken_apart(best.theirs.text).numbers
    if mine != other:
        told = f"{', '.join(sorted(mine)) or 'none'} ≠ {', '.join(sorted(other)) or 'none'}"
        yield Feature("number", _weight("number_other"), told)
    if states := described_states(best.theirs.text) - ours.states - _named_states(ours.names):
        told = f"“{best.theirs.text}” names {', '.join(sorted(states))}"
        yield Feature("state", _weight("state_other"), told)


@lru_cache(maxsize=4096)
def _named_states(names: tuple[Name, ...]) -> frozenset[str]:
    return frozenset(state for name in names for state in described_states(name.text))


def _foreign(ours: Record, theirs: Record, weights: Mapping[str, float]) -> list[tuple[str, str]]:
    """Their labels, in our languages, that are like none of our names in that language."""
    found = []
    known = {taken_apart(each.text).latin for each in ours.names}
    for name in theirs.names:
        if name.sort == LABEL and name.language in LANGUAGES and taken_apart(name.text).latin not in known:
            own = [each for each in ours.names if each.language == name.language]
            if own and max(likeness(each.text, name.text, weights) for each in own) < FOREIGN:
                found.append((name.language, name.text))
    return found


def _slight(pair: Pair, weights: Mapping[str, float]) -> bool:
    """Whether a name tells little: initials, a few letters, a document's form of common words."""
    text = pair.ours.text
    words = taken_apart(text, True).latin
    if pair.ours.sort == INITIALS or (sum(map(len, words)) <= 4 and (pair.ours.sort != LABEL or text.isupper())):
        return True
    return pair.ours.sort == WRITTEN and sum(weights.get(word, 1.0) for word in words) < 1.2


def _kinds(ours: Record, theirs: Record) -> Iterable[Feature]:
    found = kinds.compare(ours.kinds, theirs.kinds)
    if found.degree != kinds.UNKNOWN:
        words = f"{found.theirs}" if found.ours == found.theirs else f"{found.theirs}, not {found.ours}"
        yield Feature("kind" if found.degree != kinds.FAMILY else "family", _weight(f"kind_{found.degree}"), words)


def _countries(ours: Record, theirs: Record) -> Iterable[Feature]:
    if ours.countries and theirs.countries:
        if same := sorted(ours.countries & theirs.countries):
            yield Feature("country", _weight("country_same"), ", ".join(same))
        else:
            words = f"{', '.join(sorted(theirs.countries))}, not {', '.join(sorted(ours.countries))}"
            yield Feature("country", _weight("country_other"), words)
        return
    described = described_states(theirs.description)
    if ours.states and described:
        if same := sorted(ours.states & described):
            yield Feature("country", _weight("country_same"), f"described as of {', '.join(same)}")
        else:
            words = f"described as of {', '.join(sorted(described))}, not {', '.join(sorted(ours.states))}"
            yield Feature("country", _weight("country_other"), words)


def described_states(description: str) -> frozenset[str]:
    """The slugs of the states that a description names, or ``other``.

    >>> sorted(described_states("Turkish politician"))
    ['turkiye']
    """
    known = rules().countries
    words = split(bare(description))
    return frozenset(known[each] for word in words for each in (word, word.partition("'")[0]) if each in known)


def _dates(ours: Record, theirs: Record) -> Iterable[Feature]:
    compared = [
        (mine, other)
        for mine in ours.dates
        for other in theirs.dates
        if mine.role == other.role or {mine.role, other.role} == {"on", "start"}
    ]
    if any(_meet(mine, other) for mine, other in compared):
        mine, other = next(pair for pair in compared if _meet(*pair))
        yield Feature("date", _weight("date_same"), f"{other.role} {_years(other)}")
    elif compared:
        mine, other = compared[0]
        gap = min(abs(one.first - two.first) for one, two in compared)
        share = min(1.0, gap / 5)
        yield Feature("date", share * _weight("date_other"), f"{other.role} {_years(other)}, not {_years(mine)}")


def _meet(mine: Span, other: Span) -> bool:
    return mine.first <= other.last and other.first <= mine.last


def _years(span: Span) -> str:
    return str(span.first) if span.first == span.last else f"{span.first}–{span.last}"


def _places(ours: Record, theirs: Record) -> Iterable[Feature]:
    if ours.coordinates and theirs.coordinates:
        apart = kilometres(ours.coordinates, theirs.coordinates)
        wide = WIDE if any(kind in _WIDE_KINDS for kind in ours.kinds) else 1
        if apart <= NEAR_KM * wide:
            yield Feature("place", _weight("place_near"), f"{apart:.0f} km apart")
        elif apart >= FAR_KM * wide:
            yield Feature("place", _weight("place_far"), f"{apart:,.0f} km apart")


def kilometres(one: tuple[float, float], other: tuple[float, float]) -> float:
    """The distance of two points, latitude and longitude in degrees, on a sphere (the haversine formula)."""
    first, second = math.radians(one[0]), math.radians(other[0])
    across = math.radians(other[1] - one[1])
    half = math.sin((second - first) / 2) ** 2 + math.cos(first) * math.cos(second) * math.sin(across / 2) ** 2
    return 12_742.0 * math.asin(min(1.0, math.sqrt(half)))


def _neighbours(ours: Record, theirs: Record) -> Iterable[Feature]:
    countries = ours.countries & theirs.countries
    if same := sorted((ours.neighbours | ours.countries) & (theirs.neighbours | theirs.countries) - countries):
        yield Feature("neighbours", min(3, len(same)) * _weight("neighbour"), ", ".join(same))
    if len(countries) > 1:
        yield Feature("states", _weight("states_same"), f"both of {', '.join(sorted(countries))}")
