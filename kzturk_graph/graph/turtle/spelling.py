"""Terms into Turtle text: the shortest spelling that reads back as the identical term."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pyoxigraph as ox

from kzturk_graph.errors import KzturkError
from kzturk_graph.graph.turtle.lexer import DECIMAL, DOUBLE, INTEGER, PN_CHARS, PN_CHARS_U, PN_PREFIX
from kzturk_graph.graph.turtle.syntax import Ground
from kzturk_graph.terms import TYPE, XSD

_PREFIX = re.compile(rf"(?:{PN_PREFIX})?")
# PN_LOCAL without % and \ escapes, on which tools disagree
_LOCAL = re.compile(rf"[{PN_CHARS_U}:0-9](?:\.*[{PN_CHARS}:])*")
_BARE = {
    XSD + "integer": re.compile(INTEGER),
    XSD + "decimal": re.compile(DECIMAL),
    XSD + "double": re.compile(DOUBLE),
    XSD + "boolean": re.compile("true|false"),
}
# control characters and what editors take for a line's end or don't show
_HIDDEN = r"\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff"
_SHORT = re.compile(rf'["\\{_HIDDEN}]')
_LONG = re.compile(rf'\\|"(?=""|"?\Z)|(?!\n)[{_HIDDEN}]')
_NOT_IN_IRI = re.compile(r"[\x00-\x20<>\"{}|^`\\]")
_ESCAPES = {"\t": r"\t", "\b": r"\b", "\n": r"\n", "\r": r"\r", "\f": r"\f", '"': r"\"", "\\": r"\\"}


class Spelling:
    """How terms are written under certain prefixes; ``used`` collects the prefixes that were needed.

    ``prefixes`` maps a prefix without its colon to its namespace. Raises KzturkError for a prefix that Turtle
    doesn't allow.
    """

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        wrong = sorted(prefix for prefix in prefixes if not _PREFIX.fullmatch(prefix))
        if wrong:
            raise KzturkError(f"{wrong[0]!r} can't be a prefix", "a prefix is letters, digits and - after a letter")
        # the longest namespace first, of two prefixes for one namespace the first by name
        self._namespaces = sorted(prefixes.items(), key=lambda item: (-len(item[1]), item[0]))
        self._known: dict[str, str] = {}
        self.used: set[str] = set()

    def iri(self, value: str) -> str:
        """A CURIE where a prefix fits and the rest is a plain local name, else the IRI in angle brackets."""
        text = self._known.get(value)
        if text is None:
            text = self._known[value] = self._curie(value) or bracketed(value)
        return text

    def _curie(self, value: str) -> str | None:
        for prefix, namespace in self._namespaces:
            if value.startswith(namespace) and _LOCAL.fullmatch(value, len(namespace)):
                self.used.add(prefix)
                return f"{prefix}:{value[len(namespace) :]}"
        return None

    def predicate(self, node: ox.NamedNode) -> str:
        """``a`` for rdf:type, else as any IRI."""
        return "a" if node.value == TYPE else self.iri(node.value)

    def term(self, node: Ground) -> str:
        """An IRI, a blank node by its label, or a literal. Raises KzturkError for a triple term."""
        if isinstance(node, ox.NamedNode):
            return self.iri(node.value)
        if isinstance(node, ox.BlankNode):
            return f"_:{node.value}"
        if not isinstance(node, ox.Literal):
            raise KzturkError(f"a triple as a term can't be written: {node}")
        return self._literal(node)

    def _literal(self, node: ox.Literal) -> str:
        if node.language is not None:
            # str() of a direction is 'ltr' or 'rtl', as it is written
            direction = f"--{node.direction}" if node.direction is not None else ""
            return f"{quoted(node.value)}@{node.language}{direction}"
        datatype = node.datatype.value
        if datatype == XSD + "string":
            return quoted(node.value)
        if datatype in _BARE and _BARE[datatype].fullmatch(node.value):
            return node.value
        return f"{quoted(node.value)}^^{self.iri(datatype)}"


def quoted(text: str) -> str:
    r"""The text as a Turtle string, in ``\"\"\"`` with its own line breaks where it has several lines.

    >>> print(quoted('a "b"'))
    "a \"b\""
    """
    if "\n" in text:
        return f'"""{_LONG.sub(_escape, text)}"""'
    return f'"{_SHORT.sub(_escape, text)}"'


def bracketed(iri: str) -> str:
    """The IRI in angle brackets, with escapes for what may not stand there."""
    return f"<{_NOT_IN_IRI.sub(_code, iri)}>"


def _escape(found: re.Match[str]) -> str:
    return _ESCAPES.get(found[0]) or _code(found)


def _code(found: re.Match[str]) -> str:
    return f"\\u{ord(found[0]):04X}"
