"""SPARQL as tokens, after the terminals of the SPARQL 1.1 grammar
(https://www.w3.org/TR/sparql11-query/#rQueryUnit)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

# The longest terminal wins, as the grammar wants: an IRI before '<', a long string before a short one. A string that
# isn't closed is a token up to where it should have been, and a run of letters is taken whole and parted afterwards, so
# that the time grows with the length of the query alone, whatever it holds.
_TOKEN = re.compile(
    r"""
      (?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
    | (?P<comment>\#[^\n\r]*)
    | (?P<string>\"\"\"(?:(?:\"\"?)?(?:[^"\\]|\\.))*+(?:\"\"\"|["\\]{0,3}\Z)
                 |'''(?:(?:''?)?(?:[^'\\]|\\.))*+(?:'''|['\\]{0,3}\Z)
                 |"(?:[^"\\\n\r]|\\.)*+(?:"|(?=[\n\r])|\\?\Z)|'(?:[^'\\\n\r]|\\.)*+(?:'|(?=[\n\r])|\\?\Z))
    | (?P<variable>[?$][\w·]+)
    | (?P<name>(?:[^\W\d_][\w.\-·]*)?:(?:[\w:%\-.·]|\\.)*|_:[\w.\-·]+)
    | (?P<run>[^\W\d_][\w.\-·]*+)
    | (?P<space>\s+)
    | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_PART = re.compile(r"([^\W\d_]\w*)|.", re.DOTALL)


class Token(NamedTuple):
    """A piece of a query: its kind, its text, and where it begins (characters from 0)."""

    kind: str
    text: str
    start: int

    @property
    def bare(self) -> str:
        """A variable's name without its mark."""
        return self.text[1:]


def tokens(query: str) -> Iterator[Token]:
    """Every token of a query, blanks and comments included: their texts joined are the query."""
    for match in _TOKEN.finditer(query):
        if match.lastgroup != "run":
            yield Token(match.lastgroup or "other", match.group(), match.start())
            continue
        for part in _PART.finditer(query, match.start(), match.end()):
            yield Token("word" if part.lastindex else "other", part.group(), part.start())


def meaningful(query: str) -> list[Token]:
    """The tokens of a query without blanks and comments."""
    return [token for token in tokens(query) if token.kind not in ("space", "comment")]
