"""What a stranger's query may not hold: calls to other machines, changes, and nesting that would break the engine.

The time that it takes grows with the length of the query alone. It is a first wall, which can say what is wrong; the
second is the seal of the process, in which no socket can be opened.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from kzturk_graph.errors import InputError, KzturkError
from kzturk_graph.queries.tokens import Token, tokens

CHAIN = 10
"""How many operators in a row count as one level: the engine takes far more of them than of brackets."""

_SERVICE = re.compile("service", re.IGNORECASE)
_UPDATES = frozenset(("INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH"))
_PROLOGUE = frozenset(("BASE", "PREFIX", "VERSION"))
_OPEN, _CLOSE = {"(": ")", "{": "}", "[": "]"}, frozenset(")}]")
_CHAINED = {"(": frozenset("|&+-*/=<>!^"), "{": frozenset("|/^!+*?{"), "[": frozenset("|/^!+*?")}
_CLAUSES = frozenset(("UNION", "OPTIONAL", "MINUS", "FILTER", "BIND", "GRAPH", "VALUES", "AS"))
_MARKS = "|&+-*/=<>!^?"


class RefusedError(KzturkError):
    """A query that reads nothing of this graph, or would do more than read."""


class Checked(NamedTuple):
    """A query as it goes to the engine, and how its characters moved: (place in the text, how much was put in)."""

    text: str
    moved: tuple[tuple[int, int], ...] = ()

    def column(self, line: int, column: int) -> int:
        """The column of the query as it was given, for a line and column of ``text``, each from 1."""
        start = 0
        for _ in range(line - 1):
            start = self.text.find("\n", start) + 1
        before = sum(added for place, added in self.moved if start <= place < start + column - 1)
        return max(1, column - before)


def check(query: str, nesting: int) -> Checked:
    """The query, made so that the word SERVICE stands in it nowhere but in names and variables.

    In strings and IRIs its first letter is written as an escape, which means the same, and comments are blanked: the
    engine reads some texts otherwise than the grammar (``1e5SERVICE``, ``<?b)SERVICE?x#>``), and none of them gets
    through.

    Raises RefusedError for SERVICE, InputError for brackets deeper than ``nesting`` or chains of more than ten times as
    many operators, and for a string that isn't closed where that matters.
    """
    if not _is_shallow(query, nesting):
        _check_depth(query, nesting)
    return _without_service(query) if _SERVICE.search(query) else Checked(query)


def is_update(query: str) -> str | None:
    """The word that makes the query a change of the graph; None where it is none."""
    words = (token for token in tokens(query) if token.kind == "word")
    first = next((token.text.upper() for token in words if token.text.upper() not in _PROLOGUE), "")
    return first if first in _UPDATES else None


def _without_service(query: str) -> Checked:
    pieces: list[str] = []
    moved: list[tuple[int, int]] = []
    length = 0
    for token in tokens(query):
        text = token.text
        if _SERVICE.search(text):
            if token.kind == "comment":
                text = " " * len(text)
            elif token.kind in ("string", "iri"):
                _check_closed(token, query)
                for found in _SERVICE.finditer(text):
                    moved.append((length + found.start() + 5 * len(moved), 5))
                text = _SERVICE.sub(lambda found: f"\\u{ord(found[0][0]):04x}{found[0][1:]}", text)
            elif not _is_name(token):
                raise RefusedError(
                    "SERVICE would call another machine, and none is called from here",
                    "ask that endpoint by itself, and join the answers at your side",
                )
        pieces.append(text)
        length += len(token.text)
    return Checked("".join(pieces), tuple(moved))


def _is_name(token: Token) -> bool:
    """Whether the engine, too, reads every ``service`` in the token as a part of a variable or of a name after its
    colon."""
    if token.kind == "variable":
        return True
    if token.kind != "name":
        return False
    prefix, _, local = token.text.partition(":")
    return not _SERVICE.search(prefix) and all(
        re.fullmatch(r"[\w\-]*", local[: found.start()]) for found in _SERVICE.finditer(local)
    )


def _check_closed(token: Token, query: str) -> None:
    """A string that isn't closed may end elsewhere for the engine."""
    text = token.text
    mark = text[:3] if text[:3] in ('"""', "'''") else text[0]
    if token.kind == "string" and (len(text) < 2 * len(mark) or not text.endswith(mark)):
        raise _at(query, token.start, "a string begins here that isn't closed")


def _is_shallow(query: str, nesting: int) -> bool:
    """A look that costs little: whether all brackets and operators together are fewer than may stand in one another."""
    brackets = query.count("(") + query.count("{") + query.count("[")
    if brackets > nesting:
        return False
    chained = sum(query.count(mark) for mark in _MARKS) + len(query) // 12
    return chained + brackets <= nesting * CHAIN


def _check_depth(query: str, nesting: int) -> None:
    """Count brackets, and operators in a row with those of the brackets around them."""
    stack: list[tuple[str, int]] = []
    chain, most, last = 0, nesting * CHAIN, ""
    for token in tokens(query):
        text, kind = token.text, token.kind
        if kind in ("space", "comment"):
            continue
        if kind == "other":
            within = stack[-1][0] if stack else "{"
            if text in _CHAINED[within] and not (text == last and text in "|&"):  # || and && are one operator each
                chain += 1
            if text in _OPEN:
                stack.append((text, chain))
                if len(stack) > nesting:
                    raise _at(query, token.start, f"the query nests more than {nesting} brackets deep")
            elif text in _CLOSE and stack:
                chain = stack.pop()[1]
        elif kind == "word" and text.upper() in _CLAUSES:
            chain += 1
        if chain > most:
            raise _at(query, token.start, f"the query chains more than {most} operators or clauses")
        last = text


def _at(query: str, start: int, message: str) -> InputError:
    before = query[:start]
    return InputError(message, line=before.count("\n") + 1, column=start - before.rfind("\n"), source=query)
