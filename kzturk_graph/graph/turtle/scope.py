"""Tokens into terms: prefixes expanded, escapes undone, relative IRIs resolved."""

from __future__ import annotations

import re

import pyoxigraph as ox

from kzturk_graph.graph.turtle.lexer import Kind, Token, TurtleSyntaxError
from kzturk_graph.terms import XSD

_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", re.DOTALL)
_ESCAPED = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:")
_BARE = {Kind.INTEGER: XSD + "integer", Kind.DECIMAL: XSD + "decimal", Kind.DOUBLE: XSD + "double"}


class Scope:
    """The prefixes and the base that hold at one place of a file."""

    def __init__(self) -> None:
        self.prefixes: dict[str, str] = {}
        self.base: str | None = None

    def iri(self, token: Token) -> ox.NamedNode:
        """The IRI of an IRI or PNAME token. Raises TurtleSyntaxError for an unknown prefix or a wrong IRI."""
        try:
            if token.kind is Kind.PNAME:
                return ox.NamedNode(self._expanded(token))
            return self._resolved(unescape(token.text[1:-1]))
        except (ValueError, SyntaxError) as error:
            raise TurtleSyntaxError(f"{token.text} is no IRI: {error}", token.line, token.column) from None

    def _expanded(self, token: Token) -> str:
        prefix, _, local = token.text.partition(":")
        if prefix not in self.prefixes:
            raise TurtleSyntaxError(f"the prefix {prefix}: isn't declared", token.line, token.column)
        return self.prefixes[prefix] + re.sub(r"\\(.)", r"\1", local)

    def _resolved(self, text: str) -> ox.NamedNode:
        if self.base is None or _SCHEME.match(text):
            return ox.NamedNode(text)
        # pyoxigraph resolves as RFC 3986 says, urljoin only for the schemes that it knows
        (quad,) = ox.parse(f"<x:s> <x:p> <{text}> .", format=ox.RdfFormat.TURTLE, base_iri=self.base)
        if not isinstance(quad.object, ox.NamedNode):
            raise ValueError("it isn't one IRI")
        return quad.object

    def literal(self, token: Token, lang: Token | None = None, datatype: ox.NamedNode | None = None) -> ox.Literal:
        """The literal of a STRING (with its LANG token or datatype), number or boolean token.

        Raises TurtleSyntaxError for a wrong language tag and for a character that doesn't exist.
        """
        try:
            if token.kind is Kind.KEYWORD:
                return ox.Literal(token.text, datatype=ox.NamedNode(XSD + "boolean"))
            if token.kind is not Kind.STRING:
                return ox.Literal(token.text, datatype=ox.NamedNode(_BARE[token.kind]))
            text = _unquoted(token.text)
            if lang is None:
                return ox.Literal(text, datatype=datatype)
            tag, _, direction = lang.text[1:].partition("--")
            return ox.Literal(text, language=tag, direction=_direction(direction))
        except (ValueError, OverflowError) as error:
            raise TurtleSyntaxError(f"wrong literal: {error}", token.line, token.column) from None


def unescape(text: str) -> str:
    r"""The text with ``\n``, ``\u00e9`` and the like replaced. ValueError where no such code point is."""
    return _ESCAPE.sub(_meant, text) if "\\" in text else text


def _meant(found: re.Match[str]) -> str:
    short, long, char = found.groups()
    return _ESCAPED.get(char, char) if char else chr(int(short or long, 16))


def _unquoted(text: str) -> str:
    width = 3 if text[:3] in ('"""', "'''") else 1
    return unescape(text[width:-width])


def _direction(text: str) -> ox.BaseDirection | None:
    if not text:
        return None
    if text not in ("ltr", "rtl"):
        raise ValueError(f"the direction {text!r} is neither 'ltr' nor 'rtl'")
    return ox.BaseDirection.LTR if text == "ltr" else ox.BaseDirection.RTL
