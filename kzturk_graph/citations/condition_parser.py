"""Expressions, read only as deep as the truth of an EXISTS in them needs."""

from __future__ import annotations

from collections.abc import Callable

from kzturk_graph.citations.lexer import Terminal
from kzturk_graph.citations.reader import NotReadError, Reader
from kzturk_graph.citations.syntax import Aggregate, Atom, Condition, Exists, Group, Junction, Not, Opaque

AGGREGATES = {"COUNT", "SUM", "MIN", "MAX", "AVG", "SAMPLE", "GROUP_CONCAT"}
ReadGroup = Callable[[], Group]


class Expression:
    """One expression of a query: its terminals from ``start`` to before ``stop``, read on demand."""

    def __init__(self, reader: Reader, start: int, stop: int, read_group: ReadGroup) -> None:
        self.reader, self.start, self.stop, self.read_group = reader, start, stop, read_group

    @property
    def text(self) -> str:
        """As written."""
        return self._text(self.start, self.stop)

    def condition(self) -> Condition:
        """The expression as a tree, whose leaves are EXISTS and what has none."""
        return self._or(self.start, self.stop)

    def exists(self) -> list[Exists]:
        """The groups of every EXISTS in it, whatever its polarity, outermost only."""
        return self._exists(self.start, self.stop)

    def aggregates(self) -> list[Aggregate]:
        """The aggregates that it calls."""
        found, pieces = [], self.reader.pieces
        for place in range(self.start, self.stop - 1):
            if pieces[place].upper in AGGREGATES and pieces[place + 1].text == "(":
                end = self._closing(place + 1)
                first = place + 2
                distinct = pieces[first].upper == "DISTINCT"
                first += distinct
                last = next((p for p in range(first, end) if pieces[p].text == ";" and self._flat(first, p)), end)
                found.append(Aggregate(pieces[place].upper, self._text(first, last), distinct))
        return found

    def _text(self, start: int, stop: int) -> str:
        return self.reader.between(self.reader.pieces[start], self.reader.pieces[stop - 1])

    def _flat(self, start: int, stop: int) -> bool:
        return sum(_depth(piece) for piece in self.reader.pieces[start:stop]) == 0

    def _closing(self, place: int) -> int:
        return closing(self.reader, place)

    def _split(self, start: int, stop: int, sign: str) -> list[tuple[int, int]]:
        parts, depth, first = [], 0, start
        for place in range(start, stop):
            piece = self.reader.pieces[place]
            depth += _depth(piece)
            if depth == 0 and piece.kind == "sign" and piece.text == sign:
                parts.append((first, place))
                first = place + 1
        return [*parts, (first, stop)]

    def _or(self, start: int, stop: int) -> Condition:
        if not self._mentions(start, stop):
            return Atom(self._text(start, stop))
        for sign, every in (("||", False), ("&&", True)):
            parts = self._split(start, stop, sign)
            if len(parts) > 1:
                return Junction(every, [self._or(*part) for part in parts])
        return self._single(start, stop)

    def _single(self, start: int, stop: int) -> Condition:
        first = self.reader.pieces[start]
        if first.text == "!" and self._whole(start + 1, stop):
            return Not(self._or(start + 1, stop))
        if first.text == "(" and self._closing(start) == stop - 1:
            return self._or(start + 1, stop - 1)
        if first.upper == "NOT" and self._closing(start + 2) == stop - 1:
            return Not(self._group(start + 2))
        if first.upper == "EXISTS" and self._closing(start + 1) == stop - 1:
            return self._group(start + 1)
        if first.upper == "IF" and self._closing(start + 1) == stop - 1:
            return self._if(start + 2, stop - 1)
        return Opaque(self._text(start, stop), self._exists(start, stop))

    def _whole(self, start: int, stop: int) -> bool:
        """Whether what follows a '!' is one operand, and not the left side of a comparison."""
        first = self.reader.pieces[start]
        if first.text in ("(", "!"):
            return self._closing(start) == stop - 1 if first.text == "(" else self._whole(start + 1, stop)
        if first.upper in ("EXISTS", "NOT"):
            return self._closing(start + (2 if first.upper == "NOT" else 1)) == stop - 1
        return self.reader.pieces[start + 1].text == "(" and self._closing(start + 1) == stop - 1

    def _if(self, start: int, stop: int) -> Condition:
        test, yes, no = self._split(start, stop, ",")
        return Junction(
            False,
            [
                Junction(True, [self._or(*test), self._or(*yes)]),
                Junction(True, [Not(self._or(*test)), self._or(*no)]),
            ],
        )

    def _mentions(self, start: int, stop: int) -> bool:
        return any(self.reader.pieces[place].upper == "EXISTS" for place in range(start, stop))

    def _exists(self, start: int, stop: int) -> list[Exists]:
        found, place = [], start
        while place < stop:
            if self.reader.pieces[place].upper == "EXISTS":
                found.append(self._group(place + 1))
                place = self._closing(place + 1)
            place += 1
        return found

    def _group(self, place: int) -> Exists:
        kept, self.reader.place = self.reader.place, place
        group = self.read_group()
        self.reader.place = kept
        return Exists(group)


def _depth(piece: Terminal) -> int:
    if piece.kind != "sign":
        return 0
    return {"(": 1, "{": 1, "[": 1, ")": -1, "}": -1, "]": -1}.get(piece.text, 0)


def closing(reader: Reader, place: int) -> int:
    """Where the bracket closes that opens at ``place``. Raises NotReadError where none does, or none opens."""
    depth = 0
    for at in range(place, len(reader.pieces)):
        depth += _depth(reader.pieces[at])
        if depth == 0:
            if at == place:
                break
            return at
    raise NotReadError(f"no bracket that closes {reader.peek(place - reader.place).text!r}")


def read_constraint(reader: Reader, read_group: ReadGroup) -> Expression:
    """What follows FILTER, HAVING or ORDER BY: a bracketed expression, a call, EXISTS or a variable."""
    start = reader.place
    if reader.next.upper == "NOT":
        reader.take()
    if reader.next.upper == "EXISTS":
        reader.take()
        reader.place = closing(reader, reader.place) + 1
    elif reader.next.text == "(":
        reader.place = closing(reader, reader.place) + 1
    else:
        reader.take()
        if reader.next.text == "(":
            reader.place = closing(reader, reader.place) + 1
    return Expression(reader, start, reader.place, read_group)
