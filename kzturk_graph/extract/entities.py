"""An entity's JSON: what to write of it, and which other entities it leads to."""

from __future__ import annotations

import re
from typing import Any

import orjson

from kzturk_graph.wikibase import json_reader
from kzturk_graph.wikibase.model import EntityId

ID = re.compile(r"[A-Za-z][0-9]+")
NAMES = ("labels", "descriptions", "aliases")
MULTIPLE = "mul"
"""Wikidata's code for a name that is the same in many languages; it is kept whatever the languages asked for."""

Document = dict[str, Any]


class Unreadable(Exception):
    """A line that isn't an entity; the message says why."""


def documents(line: bytes) -> tuple[list[Document], bool]:
    """The entities of one line of a dump, without its comma, and whether the line is the one entity's own JSON.

    Besides an entity, an array of them and an API's answer are read. Raises Unreadable for what isn't JSON, and for
    what isn't Wikibase's.
    """
    try:
        read = orjson.loads(line)
    except orjson.JSONDecodeError as error:
        raise Unreadable(f"not JSON: {error}") from None
    if isinstance(read, dict) and isinstance(read.get("entities"), dict):
        # a title without a page is missing, and has no id
        given = [each for each in read["entities"].values() if not _untitled(each)]
        alone = False
    elif isinstance(read, list):
        given, alone = [each for each in read if each is not None], False
    else:
        given, alone = [read], True
    for each in given:
        if not isinstance(each, dict) or not identifier(each):
            raise Unreadable("not a Wikibase entity: it has no id")
    return given, alone


def _untitled(given: Any) -> bool:
    return isinstance(given, dict) and absent(given) and not identifier(given)


def identifier(document: Document) -> str:
    """The entity's id: ``Q232``; '' where it has none."""
    name = document.get("id") or document.get("entity") or document.get("title")
    if not isinstance(name, str) or not ID.fullmatch(name):
        return ""
    return name[0].upper() + name[1:]


def absent(document: Document) -> bool:
    """Whether it only says that there is no such entity, as an API's answer does."""
    return "missing" in document


def redirect(document: Document) -> str | None:
    """The id of the entity that this one was merged into; None for any other."""
    target = document.get("redirect")
    return target if isinstance(target, str) else None


def limited(document: Document, languages: frozenset[str], properties: frozenset[str]) -> Document:
    """The entity with names and sitelinks in these languages and statements of these properties; empty sets: all."""
    cut = dict(document)
    if languages:
        for key in NAMES:
            if isinstance(cut.get(key), dict):
                cut[key] = {code: value for code, value in cut[key].items() if code in languages or code == MULTIPLE}
        if isinstance(cut.get("sitelinks"), dict):
            wikis = tuple(f"{code.replace('-', '_')}wik" for code in sorted(languages))
            cut["sitelinks"] = {site: link for site, link in cut["sitelinks"].items() if site.startswith(wikis)}
    if properties and isinstance(cut.get("claims"), dict):
        cut["claims"] = {name: of for name, of in cut["claims"].items() if name in properties}
    return cut


def mentioned(document: Document) -> set[str]:
    """The ids of the entities that its statements, their qualifiers and references have as values.

    The same as ``Entity.mentioned``, several times as fast, whatever the shape of the maps. Forms and senses count as
    their lexeme.
    """
    names = set()
    waiting = [document.get("claims"), document.get("statements")]
    while waiting:
        node = waiting.pop()
        if isinstance(node, list):
            waiting += node
        elif isinstance(node, dict):
            if "datavalue" not in node:
                waiting += node.values()
            elif name := _named(node["datavalue"]):
                names.add(name.partition("-")[0])
    return names


def _named(given: Any) -> str | None:
    if not isinstance(given, dict) or given.get("type") != "wikibase-entityid":
        return None
    try:
        value = json_reader.value(given)
    except (AttributeError, KeyError, TypeError, ValueError, ArithmeticError):
        return None
    return value.id if isinstance(value, EntityId) else None
