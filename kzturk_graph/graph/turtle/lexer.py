"""Turtle and TriG text into tokens that know their line and column, comments among them.

The terminals are those of https://www.w3.org/TR/turtle/#sec-grammar-grammar and https://www.w3.org/TR/trig/,
RDF 1.1, with RDF 1.2's language direction ``@en--ltr``; its triple terms and reifiers are refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from kzturk_graph.errors import InputError

PN_CHARS_BASE = (
    "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d\u2070-\u218f\u2c00-\u2fef"
    "\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
PN_CHARS_U = PN_CHARS_BASE + "_"
PN_CHARS = PN_CHARS_U + "0-9\u00b7\u0300-\u036f\u203f\u2040\\-"
_UCHAR = r"\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8}"
_ECHAR = r"\\[tbnrf\"'\\]|" + _UCHAR
_PLX = r"%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?#@%]"
# the grammar's ((X | '.')* X)? is written (\.*X)* : the same words, without backtracking
PN_PREFIX = rf"[{PN_CHARS_BASE}](?:\.*[{PN_CHARS}])*"
_PN_LOCAL = rf"(?:[{PN_CHARS_U}:0-9]|{_PLX})(?:\.*(?:[{PN_CHARS}:]|{_PLX}))*"
_EXPONENT = r"[eE][+-]?[0-9]+"
INTEGER = r"[+-]?[0-9]+"
DECIMAL = r"[+-]?[0-9]*\.[0-9]+"
DOUBLE = rf"[+-]?(?:[0-9]+\.[0-9]*|\.?[0-9]+){_EXPONENT}"


class Kind(StrEnum):
    """What a token is. KEYWORD: a, true, false, PREFIX, BASE, GRAPH; DIRECTIVE: @prefix, @base."""

    SPACE = "space"
    COMMENT = "comment"
    IRI = "iri"
    BLANK = "blank"
    PNAME = "pname"
    STRING = "string"
    LANG = "lang"
    DOUBLE = "double"
    DECIMAL = "decimal"
    INTEGER = "integer"
    KEYWORD = "keyword"
    DATATYPE = "datatype"
    PUNCTUATION = "punctuation"
    DIRECTIVE = "directive"
    END = "end"


class Token(NamedTuple):
    """A piece of the text as it stands there; ``line`` and ``column`` of its first character count from 1."""

    kind: Kind
    text: str
    line: int
    column: int


class TurtleSyntaxError(InputError):
    """Text that isn't Turtle or TriG, or that can't be formatted; ``line`` and ``column`` count from 1."""

    def __init__(self, message: str, line: int | None, column: int | None, hint: str | None = None) -> None:
        super().__init__(message, line=line, column=column, hint=hint)

    def placed(self, path: str, source: str) -> TurtleSyntaxError:
        """The error, from now on with the file's path and text, so that its report shows the line."""
        self.path, self.source = path, source
        return self


# in the order in which they are tried: double, decimal, integer; a prefixed name before a word
_TERMINALS = {
    Kind.SPACE: r"[ \t\r\n]+",
    Kind.COMMENT: r"\#[^\r\n]*",
    Kind.BLANK: rf"_:[{PN_CHARS_U}0-9](?:\.*[{PN_CHARS}])*",
    Kind.PNAME: rf"(?:{PN_PREFIX})?:(?:{_PN_LOCAL})?",
    Kind.IRI: rf"<(?:[^\x00-\x20<>\"{{}}|^`\\]|{_UCHAR})*>",
    Kind.STRING: (
        rf'"""(?:"{{0,2}}(?:[^"\\]|{_ECHAR}))*"""'
        rf"|'''(?:'{{0,2}}(?:[^'\\]|{_ECHAR}))*'''"
        rf'|"(?:[^"\\\n\r]|{_ECHAR})*"'
        rf"|'(?:[^'\\\n\r]|{_ECHAR})*'"
    ),
    Kind.LANG: r"@[A-Za-z]+(?:-[A-Za-z0-9]+)*(?:--[a-z]+)?",
    Kind.DOUBLE: DOUBLE,
    Kind.DECIMAL: DECIMAL,
    Kind.INTEGER: INTEGER,
    Kind.KEYWORD: rf"(?:a|true|false|(?i:prefix|base|graph))(?![{PN_CHARS}:])",
    Kind.DATATYPE: r"\^\^",
    Kind.PUNCTUATION: r"[.;,\[\](){}]",
}
_TOKEN = re.compile("|".join(f"(?P<{kind.name}>{pattern})" for kind, pattern in _TERMINALS.items()))
_KINDS = {kind.name: kind for kind in _TERMINALS}


def tokens(text: str) -> Iterator[Token]:
    """The tokens of a Turtle or TriG text in order, comments included, spaces not; the last one is END.

    Raises TurtleSyntaxError at the first character that begins no token.

    >>> [(t.kind.value, t.text, t.line, t.column) for t in tokens("a:x # note")]
    [('pname', 'a:x', 1, 1), ('comment', '# note', 1, 5), ('end', '', 1, 11)]
    """
    position, line, line_start = 0, 1, 0
    before = Kind.END
    while position < len(text):
        found = _TOKEN.match(text, position)
        if found is None:
            raise TurtleSyntaxError(_complaint(text, position), line, position - line_start + 1)
        kind, piece = _KINDS[found.lastgroup or ""], found.group()
        if kind is not Kind.SPACE:
            # after a string, @base is a language tag by the grammar
            if kind is Kind.LANG and before is not Kind.STRING and piece in ("@prefix", "@base"):
                kind = Kind.DIRECTIVE
            yield Token(kind, piece, line, position - line_start + 1)
            before = kind
        if "\n" in piece:
            line += piece.count("\n")
            line_start = position + piece.rindex("\n") + 1
        position = found.end()
    yield Token(Kind.END, "", line, position - line_start + 1)


def _complaint(text: str, position: int) -> str:
    if text[position] in "\"'":
        return "a string begins here that has no end or a wrong escape"
    word = re.compile(r"\S{1,20}").match(text, position)
    return f"unexpected {word.group() if word else text[position]!r}"
