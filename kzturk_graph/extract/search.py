"""Finding a slice's entities among the lines of a dump, reading only those that may be of it.

A line's id stands near its beginning, so most lines cost a look at their first bytes and a search for their end.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from kzturk_graph.extract import entities
from kzturk_graph.extract.blocks import Block
from kzturk_graph.extract.entities import Document, Unreadable
from kzturk_graph.extract.forms import Form
from kzturk_graph.extract.model import Candidate, Found, Record, Skipped

# members before the id that are a text or a number: nothing is nested yet, so it is the entity's own id
HEAD = re.compile(rb'\{(?:\s*"\w+"\s*:\s*(?:"[^"\\]*"|\d+)\s*,)*?\s*"(?:id|entity)"\s*:\s*"([A-Z][0-9]+)"')
NUMBERS = re.compile(rb'numeric-id"\s*:\s*([0-9]+)')
# old dumps name an item as a value by its number alone
ALONE = re.compile(rb'numeric-id"\s*+:\s*+[0-9]++(?!\s*+,\s*+"id")')
COMMA, BRACE = b",}"
EDGES = (b"", b"[", b"]")


@dataclass(frozen=True)
class Search:
    """What a pass looks for: the entities ``wanted``, and those that mention one of ``targets``, but for the ``known``.

    ``follow`` tells whether the records should say which entities they lead to (a redirect always says its target).
    """

    form: Form
    wanted: frozenset[bytes]
    targets: frozenset[bytes] = frozenset()
    known: frozenset[bytes] = frozenset()
    languages: frozenset[str] = frozenset()
    properties: frozenset[str] = frozenset()
    follow: bool = True
    _named: re.Pattern[bytes] = field(init=False)
    _numbers: frozenset[bytes] = field(init=False)

    def __post_init__(self) -> None:
        letters = b"".join(sorted({name[:1] for name in self.targets}))
        pattern = letters if len(letters) == 1 else b"[" + (letters or b"Q") + b"]"
        object.__setattr__(self, "_named", re.compile(pattern + rb'[0-9]++(?=["-])'))
        object.__setattr__(self, "_numbers", frozenset(name[1:] for name in self.targets))

    def block(self, block: Block, found: Found) -> None:
        """Add what a block of lines holds of the slice."""
        self.sift(block, found)
        self.settle(found)

    def sift(self, block: Block, found: Found) -> None:
        """Add the lines of a block that may hold something of the slice as candidates, and count the others."""
        at, buffer, stop = block
        wanted, match, find = self.wanted, HEAD.match, buffer.find
        watch = self._mentions(buffer, 0, stop)
        start = plain = 0
        number = found.lines
        while start < stop:
            end = find(b"\n", start, stop)
            if end < 0:
                end = stop
            head = match(buffer, start, end)
            if head is None or not (
                buffer[end - 1] == BRACE or (buffer[end - 1] == COMMA and buffer[end - 2] == BRACE)
            ):
                self._odd(bytes(buffer[start:end]), found, number, at + start)
            elif head[1] in wanted or (watch and head[1] not in self.known and self._mentions(buffer, start, end)):
                line = bytes(buffer[start:end]).removesuffix(b",")
                found.candidates.append(Candidate(number, at + start, line))
            else:
                plain += 1
            number += 1
            start = end + 1
        found.lines = number
        found.length += stop
        found.entities += plain

    def settle(self, found: Found) -> None:
        """Read the candidates: each becomes part of the slice, or is left out."""
        for candidate in found.candidates:
            self._read(candidate, found)
        found.candidates.clear()

    def lines(self, given: Iterable[bytes]) -> Found:
        """What these lines, without their newlines, hold of the slice; their bytes count from the first one's."""
        found = Found()
        for line in given:
            if line:
                self.block(Block(found.length, line, len(line)), found)
            else:
                found.lines += 1
            found.length += 1
        return found

    def _mentions(self, buffer: bytearray | bytes, start: int, end: int) -> bool:
        """Whether a target is named in these bytes; it may be as something else than a value."""
        if not self.targets:
            return False
        if not self.targets.isdisjoint(self._named.findall(buffer, start, end)):
            return True
        return ALONE.search(buffer, start, end) is not None and not self._numbers.isdisjoint(
            NUMBERS.findall(buffer, start, end)
        )

    def _odd(self, line: bytes, found: Found, number: int, at: int) -> None:
        """A line that isn't just an entity: the array's brackets, null, several entities, or nothing that is known."""
        text = (line if number else line.removeprefix(b"\xef\xbb\xbf")).strip().removesuffix(b",").rstrip()
        if text.startswith(b"[") and not text.endswith(b"]"):
            found.opens, text = True, text[1:].lstrip()
        elif text.endswith(b"]") and not text.startswith(b"["):
            found.closes, text = True, text[:-1].rstrip()
        if text == b"null":
            found.nulls += 1
        elif text not in EDGES:
            found.candidates.append(Candidate(number, at, text))

    def _read(self, candidate: Candidate, found: Found) -> None:
        number, at, line = candidate
        said: list[str] = []
        try:
            documents, alone = entities.documents(line)
            verbatim = line if alone and not (self.languages or self.properties) else None
            records = [record for each in documents if (record := self._record(each, verbatim, said.append))]
        except Unreadable as error:
            found.skipped.append(Skipped(number, at, str(error)))
            return
        if said:
            found.skipped.append(Skipped(number, at, f"left out: {'; '.join(said)}"))
        found.entities += len(documents)
        found.records += records

    def _record(self, document: Document, line: bytes | None, say: Callable[[str], None]) -> Record | None:
        name = entities.identifier(document)
        raw = name.encode()
        if entities.absent(document) or (raw not in self.wanted and (not self.targets or raw in self.known)):
            return None
        if self.languages or self.properties:
            document = entities.limited(document, self.languages, self.properties)
        leads: set[str] = set()
        if self.follow or raw not in self.wanted:
            leads = entities.mentioned(document)
        if raw not in self.wanted and self.targets.isdisjoint(each.encode() for each in leads):
            return None
        target = entities.redirect(document)
        followed = {*(leads if self.follow else ()), *((target,) if target else ())}
        return Record(name, self.form.record(document, line, say), tuple(sorted(followed)))
