"""Items of a Wikibase as records, and what they tell about their kind."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from kzturk_graph.matching import kinds
from kzturk_graph.matching.records import ALIAS, LABEL, TITLE, Name, Record, Span
from kzturk_graph.matching.rules import rules
from kzturk_graph.matching.text import hint
from kzturk_graph.matching.words import LANGUAGES, kind
from kzturk_graph.wikibase.model import Coordinate, Entity, Monolingual, Snak, Time

INSTANCE_OF, SUBCLASS_OF = "P31", "P279"
IDENTIFIERS = ("P297", "P298", "P1566", "P6782", "P213", "P227", "P1278")
WEBSITE, COORDINATES = "P856", "P625"
COUNTRIES = ("P17", "P27", "P495", "P1001")
NEIGHBOURS = (
    "P17", "P131", "P276", "P159", "P36", "P35", "P6", "P361", "P527", "P463", "P1001", "P137", "P127", "P112", "P749",
    "P664", "P710", "P138", "P1376", "P1891", "P39", "P27", "P495", "P1365", "P1366", "P559", "P1344", "P1308",
)  # fmt: skip
OFFICIAL_NAMES = ("P1448", "P1813", "P1705")
DATES = {
    "P571": "start", "P1619": "start", "P576": "end", "P580": "start", "P582": "end", "P585": "on", "P577": "on",
    "P569": "birth",
}  # fmt: skip
_LANGUAGE_PATH = re.compile(r"(/(en|tr|ru|kk|kz|qaz|eng|index|home|main|default)(\.\w+)?)*")
YEAR = 9
"""The precision of a year; what is coarser isn't compared."""


def record(entity: Entity) -> Record:
    """An item as a record. Its kinds are those that its classes, properties and words tell by themselves: chains of
    subclasses are followed later, where ``classes`` aren't known (``classes.py``).
    """
    return Record(
        entity.id,
        tuple(names(entity)),
        own_kinds(entity),
        identifiers=frozenset(_identifiers(entity)),
        sites=frozenset(filter(None, (host(each) for each in _texts(entity, WEBSITE)))),
        countries=frozenset(each for name in COUNTRIES for each in entity.items(name)),
        neighbours=frozenset(each for name in NEIGHBOURS for each in entity.items(name)),
        coordinates=_coordinates(entity),
        dates=tuple(_dates(entity)),
        description=_description(entity),
        classes=tuple(entity.items(INSTANCE_OF)),
    )


def names(entity: Entity) -> Iterator[Name]:
    """Labels, aliases, titles of pages (with their language) and official names; each text once for a language."""
    seen: set[tuple[str, str]] = set()
    for name in _all_names(entity):
        if name.text and (name.text, name.language) not in seen:
            seen.add((name.text, name.language))
            yield name


def _all_names(entity: Entity) -> Iterator[Name]:
    for language, text in entity.labels.items():
        yield Name(text, language, LABEL)
    for language, texts in entity.aliases.items():
        for text in texts:
            yield Name(text, language, ALIAS)
    for name in OFFICIAL_NAMES:
        for statement in entity.best(name):
            if isinstance(statement.main.value, Monolingual):
                yield Name(statement.main.value.text, statement.main.value.language, ALIAS)
    for site, title in entity.sitelinks.items():
        yield Name(title.replace("_", " "), site_language(site), TITLE)


def site_language(site: str) -> str:
    """The language of a site's id, or of its address.

    >>> site_language("kkwiki"), site_language("https://tr.wikipedia.org/"), site_language("commonswiki")
    ('kk', 'tr', '')
    """
    text = site.partition("://")[2].partition(".")[0] if "://" in site else site.partition("wiki")[0]
    return "" if text in ("commons", "species", "meta", "www", "wikidata", "simple") else text.replace("_", "-")


def own_kinds(entity: Entity) -> frozenset[str]:
    """The kinds that an item's classes tell; else its descriptions and titles; else the properties that it has."""
    known = kinds.wikidata_classes()
    told = {known[each] for each in entity.items(INSTANCE_OF) if each in known}
    worded = _worded(entity)
    if told:
        return frozenset(told | {tag for tag in worded if tag.partition(".")[0] in rules().never})
    if worded:
        return frozenset(worded)
    if SUBCLASS_OF in entity.statements and INSTANCE_OF not in entity.statements:
        return frozenset({"class"})
    shown = {rules().properties[each] for each in entity.statements if each in rules().properties}
    specific = {tag for tag in shown if not any(other.startswith(f"{tag}.") for other in shown)}
    return frozenset({"person"} if "person" in specific else specific)


def _worded(entity: Entity) -> set[str]:
    """What descriptions in the languages that we read say, and the parentheses of titles."""
    found = {kind(text, language) for language, text in entity.descriptions.items()}
    if not any(found):
        notes = ((hint(title), site_language(site)) for site, title in entity.sitelinks.items())
        found = {kind(note, language) for note, language in notes if note is not None}
    return {tag for tag in found if tag is not None}


def host(address: str) -> str | None:
    """The host and path of a web address, without ``www.`` and a path that only chooses a language; None for what isn't
    one.

    >>> host("https://www.tika.gov.tr/en")
    'tika.gov.tr'
    """
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return None
    path = parts.path.rstrip("/")
    return (parts.hostname.removeprefix("www.") + ("" if _LANGUAGE_PATH.fullmatch(path) else path)).lower()


def _texts(entity: Entity, name: str) -> Iterator[str]:
    for statement in entity.best(name):
        if isinstance(statement.main.value, str):
            yield statement.main.value


def _identifiers(entity: Entity) -> Iterator[tuple[str, str]]:
    for name in IDENTIFIERS:
        for text in _texts(entity, name):
            yield name, text.strip()


def _coordinates(entity: Entity) -> tuple[float, float] | None:
    for statement in entity.best(COORDINATES):
        if isinstance(statement.main.value, Coordinate):
            return statement.main.value.latitude, statement.main.value.longitude
    return None


def _dates(entity: Entity) -> Iterator[Span]:
    for name, role in DATES.items():
        for statement in entity.best(name):
            if (year := _year(statement.main)) is not None:
                yield Span(role, year, year)


def _year(snak: Snak) -> int | None:
    value = snak.value
    if not isinstance(value, Time) or value.precision < YEAR:
        return None
    digits = value.time.lstrip("+-").partition("-")[0]
    return int(digits) * (-1 if value.time.startswith("-") else 1) if digits.isdigit() else None


def _description(entity: Entity) -> str:
    return next((entity.descriptions[each] for each in LANGUAGES if each in entity.descriptions), "")
