"""SPARQL's terminals with their places, dots and numbers set apart: what the tree of a query is read from."""

from __future__ import annotations

import re
from typing import NamedTuple

_NAME = r"(?:[\w:%·\-]|\\.)(?:(?:[\w:%·.\-]|\\.)*(?:[\w:%·\-]|\\.))?"
_TERMINAL = re.compile(
    rf"""
      (?P<iri><[^<>"{{}}|^`\\\x00-\x20]*>)
    | (?P<comment>\#[^\n\r]*)
    | (?P<string>\"\"\"(?:(?:\"\"?)?(?:[^"\\]|\\.))*\"\"\"|'''(?:(?:''?)?(?:[^'\\]|\\.))*'''
                 |"(?:[^"\\\n\r]|\\.)*"|'(?:[^'\\\n\r]|\\.)*')
    | (?P<variable>[?$][\w·]+)
    | (?P<blank>_:\w(?:[\w.\-·]*[\w\-·])?)
    | (?P<name>(?:[^\W\d_](?:[\w.\-·]*[\w\-·])?)?:(?:{_NAME})?)
    | (?P<number>(?:\d+\.?\d*|\.\d+)[eE][+-]?\d+|\d*\.\d+|\d+)
    | (?P<language>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
    | (?P<word>[^\W\d_]\w*)
    | (?P<space>\s+)
    | (?P<sign>\|\||&&|!=|<=|>=|\^\^|<<|>>|.)
    """,
    re.VERBOSE | re.DOTALL,
)


class Terminal(NamedTuple):
    """A terminal: its kind, its text, and where it begins and ends (characters from 0)."""

    kind: str
    text: str
    start: int
    end: int

    @property
    def upper(self) -> str:
        """A keyword in capitals; a sign as it is; '' for everything else."""
        return self.text.upper() if self.kind == "word" else self.text if self.kind == "sign" else ""


def terminals(query: str) -> list[Terminal]:
    """The terminals of a query without blanks and comments."""
    return [
        Terminal(match.lastgroup or "sign", match.group(), match.start(), match.end())
        for match in _TERMINAL.finditer(query)
        if match.lastgroup not in ("space", "comment")
    ]
