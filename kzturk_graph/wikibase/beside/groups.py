"""Where the braces of a query open and close, and which SELECT each belongs to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from kzturk_graph.queries.tokens import Token


class Group(NamedTuple):
    """A pair of braces by the places of their tokens. ``select`` are the places of the head (what stands between
    SELECT, or CONSTRUCT's template, and the brace) where it is a query's own group; else None.
    """

    open: int
    close: int
    select: range | None

    def holds(self, place: int) -> bool:
        """Whether a token stands inside."""
        return self.open < place < self.close


def groups(pieces: Sequence[Token]) -> list[Group]:
    """Every pair of braces that closes."""
    opened: list[int] = []
    pairs = []
    for place, token in enumerate(pieces):
        if token.text == "{":
            opened.append(place)
        elif token.text == "}" and opened:
            pairs.append((opened.pop(), place))
    return [Group(begin, end, _head(pieces, begin)) for begin, end in sorted(pairs)]


def _head(pieces: Sequence[Token], begin: int) -> range | None:
    """The places from SELECT to the brace that opens its group."""
    place = begin - 1
    while place >= 0 and pieces[place].text not in ("{", "}", ".", ";"):
        if pieces[place].kind == "word" and pieces[place].text.upper() == "SELECT":
            return range(place + 1, begin)
        place -= 1
    return None


def group_of(found: Sequence[Group], place: int) -> Group | None:
    """The innermost group that a token stands in."""
    around = [each for each in found if each.holds(place)]
    return max(around, key=lambda each: each.open, default=None)
