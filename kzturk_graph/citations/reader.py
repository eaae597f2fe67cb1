"""Terms, names and the place in the terminals: what both the parser of groups and that of paths read from."""

from __future__ import annotations

import re

import pyoxigraph as ox

from kzturk_graph import terms
from kzturk_graph.citations.lexer import Terminal, terminals
from kzturk_graph.citations.syntax import Term, Var

_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", re.DOTALL)
_CONTROL = {"t": "\t", "n": "\n", "r": "\r", "b": "\b", "f": "\f"}
END = Terminal("end", "", 0, 0)


class NotReadError(Exception):
    """A construct that the tree doesn't hold; the message names it. It never leaves the package."""


class Reader:
    """The terminals of one query and how far they are read."""

    def __init__(self, text: str) -> None:
        self.text, self.pieces, self.place = text, terminals(text), 0
        self.prefixes, self.base = dict(terms.PREFIXES), ""
        self.declared: set[str] = set()
        self.blanks: dict[str, Var] = {}

    @property
    def next(self) -> Terminal:
        """The terminal that comes next; one of kind ``end`` after the last."""
        return self.pieces[self.place] if self.place < len(self.pieces) else END

    def peek(self, ahead: int) -> Terminal:
        """The terminal so many places ahead."""
        place = self.place + ahead
        return self.pieces[place] if place < len(self.pieces) else END

    def take(self) -> Terminal:
        """Read one terminal."""
        found = self.next
        self.place += 1
        return found

    def accept(self, *words: str) -> bool:
        """Read the keyword or sign that comes next if it is one of these."""
        if self.next.upper in words:
            self.place += 1
            return True
        return False

    def expect(self, word: str) -> Terminal:
        """Read this keyword or sign. Raises NotReadError where something else stands."""
        if self.next.upper != word:
            raise NotReadError(f"{self.next.text!r} where {word!r} is expected")
        return self.take()

    def lent(self) -> dict[str, str]:
        """Our prefixes that the query uses without declaring them."""
        used = {piece.text.partition(":")[0] for piece in self.pieces if piece.kind == "name"} - self.declared
        return {name: terms.PREFIXES[name] for name in sorted(used) if name in terms.PREFIXES}

    def between(self, first: Terminal, last: Terminal) -> str:
        """The text from one terminal to another, both included."""
        return self.text[first.start : last.end]

    def fresh(self) -> Var:
        """A variable that stands for a blank node."""
        var = Var(f"_b{len(self.blanks)}")
        self.blanks[f"[{len(self.blanks)}]"] = var
        return var

    def iri(self) -> ox.NamedNode:
        """An IRI, written out or as a prefixed name."""
        piece = self.take()
        if piece.kind == "iri":
            return self._resolved(_unescaped(piece.text[1:-1]))
        prefix, _, local = piece.text.partition(":")
        if piece.kind != "name" or prefix not in self.prefixes:
            raise NotReadError(f"{piece.text!r} where an IRI is expected")
        return ox.NamedNode(self.prefixes[prefix] + re.sub(r"\\(.)", r"\1", local))

    def _resolved(self, iri: str) -> ox.NamedNode:
        if re.match(r"[A-Za-z][A-Za-z0-9+.\-]*:", iri):
            return ox.NamedNode(iri)
        from urllib.parse import urljoin

        if not self.base:
            raise NotReadError(f"the relative IRI <{iri}>")
        return ox.NamedNode(urljoin(self.base, iri))

    def variable(self) -> Var:
        """A variable."""
        piece = self.take()
        if piece.kind != "variable":
            raise NotReadError(f"{piece.text!r} where a variable is expected")
        return Var(piece.text[1:])

    def term(self) -> Term:
        """A variable, IRI or literal, or a blank node with a label."""
        piece = self.next
        if piece.kind == "variable":
            return self.variable()
        if piece.kind == "blank":
            self.take()
            if piece.text not in self.blanks:
                self.blanks[piece.text] = Var(f"_b{len(self.blanks)}")
            return self.blanks[piece.text]
        if piece.kind in ("iri", "name"):
            return self.iri()
        return self.literal()

    def literal(self) -> ox.Literal:
        """A literal: a string, a number or a truth."""
        piece = self.take()
        if piece.kind == "string":
            return self._string(piece.text)
        if piece.upper in ("TRUE", "FALSE"):
            return ox.Literal(piece.text.lower(), datatype=ox.NamedNode(terms.XSD + "boolean"))
        sign = ""
        if piece.kind == "sign" and piece.text in "+-":
            sign, piece = piece.text, self.take()
        if piece.kind != "number":
            raise NotReadError(f"{piece.text!r} where a term is expected")
        kind = "double" if "e" in piece.text.lower() else "decimal" if "." in piece.text else "integer"
        return ox.Literal(sign + piece.text, datatype=ox.NamedNode(terms.XSD + kind))

    def _string(self, text: str) -> ox.Literal:
        marks = 3 if text[:3] in ('"""', "'''") else 1
        value = _unescaped(text[marks:-marks])
        if self.next.kind == "language":
            return ox.Literal(value, language=self.take().text[1:])
        if self.accept("^^"):
            return ox.Literal(value, datatype=self.iri())
        return ox.Literal(value)


def _unescaped(text: str) -> str:
    def plain(match: re.Match[str]) -> str:
        code = match[1] or match[2]
        return chr(int(code, 16)) if code else _CONTROL.get(match[3], match[3])

    return _ESCAPE.sub(plain, text)
