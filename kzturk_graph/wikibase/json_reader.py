"""Wikibase's JSON documents as entities, those of old dumps included.

After https://doc.wikimedia.org/Wikibase/master/php/docs_topics_json.html. Older dumps differ: an empty map is ``[]``,
an item as a value is ``{"entity-type": "item", "numeric-id": 232}`` without its ``id``, years have eleven digits,
snaks have no datatype, quantities no bounds, and some entries are null.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import Decimal, InvalidOperation
from typing import Any

from kzturk_graph.wikibase import model
from kzturk_graph.wikibase.model import Coordinate, Entity, EntityId, Monolingual, Quantity, Reference, Snak, Statement
from kzturk_graph.wikibase.times import canonical

Say = Callable[[str], None]
LETTERS = {"item": "Q", "property": "P", "lexeme": "L", "mediainfo": "M", "entity-schema": "E"}
TYPES = {letter: kind for kind, letter in LETTERS.items()}
_IRI = re.compile(r'https?://[^\s<>"{}|\\^`]+')
LONGEST_NUMBER = 1000
"""Digits; Wikibase itself takes 126. Without a bound, a few bytes could ask for a gigabyte of zeros."""
RANKS = (model.PREFERRED, model.NORMAL, model.DEPRECATED)


def entity(document: dict[str, Any], say: Say | None = None) -> Entity:
    """The entity of one JSON document.

    A stub gives an entity with an id alone; ``{"entity": …, "redirect": …}`` one with ``redirect``; of lexemes and
    media only statements, labels and descriptions are read. ``say`` is told of each part that had to be left out
    because it can't be understood.
    """
    say = say or _nothing
    if isinstance(document.get("redirect"), str):
        moved = _id(document.get("entity", document.get("id", "")))
        return Entity(moved, type_of(moved), redirect=_id(document["redirect"]))
    known = _id(document.get("id") or document.get("title") or "")
    claims = document.get("claims")
    if not claims:
        claims = document.get("statements")
    revision = document.get("lastrevid")
    return Entity(
        known,
        _string(document.get("type")) or type_of(known),
        _texts(document.get("labels")),
        _texts(document.get("descriptions")),
        _aliases(document.get("aliases")),
        _sitelinks(document.get("sitelinks")),
        _statements(claims, lambda what: say(f"{known}: {what}")),
        _string(document.get("datatype")),
        _string(document.get("modified")),
        revision if isinstance(revision, int) else None,
    )


def type_of(known: str) -> str:
    """The entity type that an id's letter stands for: ``item`` for ``Q232``."""
    bare = known.rpartition(":")[2]
    return TYPES.get(bare[:1].upper(), "item")


def _nothing(_what: str) -> None:
    """For callers who don't ask what was left out."""


def _id(known: str) -> str:
    """An id in its own spelling: old pages have ``q232``."""
    bare = known.rpartition(":")[2]
    return bare[:1].upper() + bare[1:]


def _items(given: Any) -> Iterator[tuple[str, Any]]:
    """The pairs of a JSON map, null ones aside; an empty list stands for an empty map."""
    if isinstance(given, dict):
        for key, value in given.items():
            if value is not None:
                yield key, value


def _string(given: Any) -> str | None:
    return given if isinstance(given, str) else None


def _list(given: Any) -> list[Any]:
    return given if isinstance(given, list) else []


def _text(given: Any) -> str | None:
    if isinstance(given, dict):
        given = given.get("value")
    return given if isinstance(given, str) else None


def _texts(given: Any) -> dict[str, str]:
    """Labels or descriptions; a fallback from another language keeps that language."""
    if isinstance(given, list):
        given = {each["language"]: each for each in given if isinstance(each, dict) and _string(each.get("language"))}
    texts = {}
    for language, each in _items(given):
        own = (_string(each.get("language")) if isinstance(each, dict) else None) or language
        if (text := _text(each)) is not None and not (own != language and own in given):
            texts[own] = text
    return texts


def _aliases(given: Any) -> dict[str, tuple[str, ...]]:
    """Aliases by language; a single one may stand without its list, and lists were once maps by number."""
    if isinstance(given, list):
        grouped: dict[str, list[Any]] = {}
        for each in given:
            if isinstance(each, dict) and _string(each.get("language")):
                grouped.setdefault(each["language"], []).append(each)
        given = grouped
    aliases = {}
    for language, each in _items(given):
        several = each if isinstance(each, list) else list(each.values()) if _numbered(each) else [each]
        if texts := tuple(text for one in several if (text := _text(one)) is not None):
            aliases[language] = texts
    return aliases


def _numbered(given: Any) -> bool:
    return isinstance(given, dict) and bool(given) and all(key.isdigit() for key in given)


def _sitelinks(given: Any) -> dict[str, str]:
    """Titles by site."""
    links = {}
    for site, each in _items(given):
        title = each.get("title") if isinstance(each, dict) else each
        if isinstance(title, str):
            links[site] = title
    return links


def _statements(given: Any, say: Say) -> dict[str, tuple[Statement, ...]]:
    if isinstance(given, list):  # once a plain list, without a map by property
        grouped: dict[str, list[Any]] = {}
        for each in given:
            if isinstance(each, dict) and isinstance(main := each.get("mainsnak"), dict):
                grouped.setdefault(str(main.get("property")), []).append(each)
        given = grouped
    statements = {}
    for property, several in _items(given):
        read = (_statement(each, say) for each in (several if isinstance(several, list) else [several]) if each)
        if known := tuple(each for each in read if each is not None):
            statements[_id(property)] = known
    return statements


def _statement(given: Any, say: Say) -> Statement | None:
    if not isinstance(given, dict) or not isinstance(given.get("mainsnak"), dict):
        say("a statement has no main snak")
        return None
    main = _snak(given["mainsnak"], say)
    if main is None:
        return None
    rank = given.get("rank") or model.NORMAL
    if rank not in RANKS:
        say(f"{main.property}: the rank {rank!r} is unknown")
        return None
    references = [
        Reference(_snaks(each.get("snaks"), each.get("snaks-order"), say))
        for each in _list(given.get("references"))
        if isinstance(each, dict)
    ]
    qualifiers = _snaks(given.get("qualifiers"), given.get("qualifiers-order"), say)
    return Statement(main, rank, qualifiers, tuple(references), _string(given.get("id")) or "")


def _snaks(given: Any, order: Any, say: Say) -> dict[str, tuple[Snak, ...]]:
    """Snaks by property, in the order that is told beside them."""
    if isinstance(given, list):
        grouped: dict[str, list[Any]] = {}
        for each in given:
            if isinstance(each, dict):
                grouped.setdefault(str(each.get("property")), []).append(each)
        given = grouped
    pairs = dict(_items(given))
    names = [name for name in (order if isinstance(order, list) else ()) if isinstance(name, str) and name in pairs]
    snaks = {}
    for property in dict.fromkeys([*names, *pairs]):
        several = pairs[property]
        read = (_snak(each, say) for each in (several if isinstance(several, list) else [several]) if each)
        if known := tuple(each for each in read if each is not None):
            snaks[_id(property)] = known
    return snaks


def _snak(given: Any, say: Say) -> Snak | None:
    """One snak; None, and ``say`` told, where its value isn't one that is known."""
    if not isinstance(given, dict) or not isinstance(given.get("property"), str):
        say("a snak names no property")
        return None
    property, kind, datatype = _id(given["property"]), given.get("snaktype", model.VALUE), given.get("datatype")
    if kind in (model.UNKNOWN, model.NONE):
        return Snak(property, None, kind, datatype)
    try:
        return Snak(property, value(given["datavalue"]), model.VALUE, datatype)
    except (KeyError, TypeError, AttributeError, ValueError, InvalidOperation) as error:
        say(f"{property}: a value can't be understood: {_why(given.get('datavalue'), error)}")
        return None


def _why(given: Any, error: Exception) -> str:
    """What is wrong with a data value; Wikibase itself says it of those that it couldn't make."""
    if not isinstance(given, dict):
        return "there is none"
    if isinstance(told := given.get("error"), str):
        return told
    if isinstance(error, KeyError):
        return f"it has no {error.args[0]!r}"
    return str(error) if isinstance(error, ValueError) else f"it isn't in the form of {given.get('type')!r}"


def value(given: dict[str, Any]) -> model.Value:
    """A JSON data value as ours. Raises ValueError, KeyError or TypeError where it isn't a known one."""
    inner, kind = given["value"], given.get("type")
    if isinstance(inner, str) and kind != "wikibase-entityid":
        return inner
    if not isinstance(inner, dict):
        raise ValueError(f"it isn't in the form of {kind!r}")
    if kind == "wikibase-entityid" or (kind is None and "entity-type" in inner):
        return EntityId(_id(_told(inner, "id")) if inner.get("id") else _numeric(inner))
    if kind == "time":
        calendar = _iri(inner, "calendarmodel", model.GREGORIAN)
        return canonical(_told(inner, "time"), int(inner.get("precision", 11)), calendar)
    if kind == "quantity":
        lower, upper = _bound(inner.get("lowerBound")), _bound(inner.get("upperBound"))
        return Quantity(_decimal(inner["amount"]), _iri(inner, "unit", "1"), lower, upper)
    if kind == "monolingualtext":
        return Monolingual(_told(inner, "text"), _told(inner, "language"))
    if kind == "globecoordinate":
        precision = inner.get("precision")
        globe = _iri(inner, "globe", model.EARTH)
        return Coordinate(
            float(inner["latitude"]), float(inner["longitude"]), None if precision is None else float(precision), globe
        )
    raise ValueError(f"unknown type {kind!r}")


def _told(given: dict[str, Any], name: str) -> str:
    if not isinstance(text := given[name], str):
        raise ValueError(f"its {name!r} is no text")
    return text


def _iri(given: dict[str, Any], name: str, default: str) -> str:
    """The IRI of a unit, calendar or globe."""
    text = given.get(name) or default
    if text != default and not (isinstance(text, str) and _IRI.fullmatch(text)):
        raise ValueError(f"its {name!r} is no IRI")
    return str(text)


def _numeric(given: dict[str, Any]) -> str:
    """An id of old: the type's letter and a number."""
    kind = given.get("entity-type", "item")
    if kind not in LETTERS:
        raise ValueError(f"unknown entity type {kind!r}")
    return f"{LETTERS[kind]}{int(given['numeric-id'])}"


def _decimal(given: Any) -> Decimal:
    number = Decimal(str(given))
    if not number.is_finite() or abs(number.adjusted()) > LONGEST_NUMBER:
        raise ValueError(f"{given!r} is no number")
    return number


def _bound(given: Any) -> Decimal | None:
    return None if given is None or given == "" else _decimal(given)
