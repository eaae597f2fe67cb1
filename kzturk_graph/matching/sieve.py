"""Which lines of a dump are worth parsing: those with a name like one of ours, an identifier of ours, or a class.

Most of a line is statements. Its labels, aliases and titles are parsed alone, without the rest; the rest is searched as
bytes. A line that isn't laid out as the dumps are is always worth parsing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import orjson

from kzturk_graph.matching.index import Index
from kzturk_graph.matching.records import Record
from kzturk_graph.matching.theirs import SUBCLASS_OF, WEBSITE

LABELS, DESCRIPTIONS, ALIASES = b'"labels":', b'"descriptions":', b'"aliases":'
CLAIMS, SITELINKS = b'"claims":', b'"sitelinks":'
CLASS = f'"{SUBCLASS_OF}":['.encode()
NEARBY = 4000
"""How far behind a property's name its values are looked for, in bytes."""


class Sieve:
    """A test of a line's bytes for an index of our names."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._identified = _Identified(index.records)
        self.seen = self.kept = 0

    def __call__(self, line: bytes) -> bool:
        """Whether the line is worth parsing."""
        self.seen += 1
        kept = self._wants(line)
        self.kept += kept
        return kept

    def _wants(self, line: bytes) -> bool:
        labels = line.find(LABELS, 0, 200)
        descriptions = line.find(DESCRIPTIONS, labels)
        aliases = line.find(ALIASES, descriptions)
        claims = line.find(CLAIMS, aliases)
        if not 0 < labels < descriptions < aliases < claims:
            return True
        sitelinks = line.rfind(SITELINKS, claims)
        end = sitelinks if sitelinks > 0 else len(line)
        if line.find(CLASS, claims, end) > 0 or self._identified.within(line, claims, end):
            return True
        try:
            texts = _texts(line, labels, descriptions, aliases, claims)
            if sitelinks > 0:
                texts.update(_titles(line[sitelinks:]))
        except (orjson.JSONDecodeError, AttributeError, KeyError, TypeError):
            return True  # the reader says what is wrong with it
        return any(map(self._index.knows, texts))


def _texts(line: bytes, labels: int, descriptions: int, aliases: int, claims: int) -> set[str]:
    """The labels and aliases, parsed from where they stand in the line."""
    given: Any = orjson.loads(line[labels + len(LABELS) : descriptions].rstrip(b", "))
    texts = {each["value"] for each in given.values()} if given else set()
    given = orjson.loads(line[aliases + len(ALIASES) : claims].rstrip(b", "))
    if given:
        texts.update(each["value"] for several in given.values() for each in several)
    return texts


def _titles(rest: bytes) -> Iterator[str]:
    """The titles of pages, from the end of the line."""
    given: Any = orjson.loads(b"{" + rest)["sitelinks"]
    if given:
        yield from (each["title"] for each in given.values())


class _Identified:
    """A search of bytes for the identifiers and sites of our things."""

    def __init__(self, records: Iterable[Record]) -> None:
        codes = {pair for record in records for pair in record.identifiers}
        self._values = {
            f'"{name}":['.encode(): tuple(f'"{value}"'.encode() for known, value in codes if known == name)
            for name in sorted({name for name, _ in codes})
        }
        hosts = {site.partition("/")[0] for record in records for site in record.sites}
        if hosts:
            self._values[f'"{WEBSITE}":['.encode()] = tuple(sorted(each.encode() for each in hosts))
        # codes of one family are looked for at once, by what their properties begin with
        families: dict[bytes, list[bytes]] = {}
        for name in self._values:
            families.setdefault(name[:4], []).append(name)
        self._beginnings = {names[0] if len(names) == 1 else begins: tuple(names) for begins, names in families.items()}

    def within(self, line: bytes, start: int, end: int) -> bool:
        """Whether one of them stands between two places of a line."""
        for begins, names in self._beginnings.items():
            if line.find(begins, start, end) < 0:
                continue
            for name in names:
                at = line.find(name, start, end)
                if at > 0 and any(value in line[at : at + NEARBY] for value in self._values[name]):
                    return True
        return False
