"""Tokens into a Document: a recursive-descent parser that loses no comment and remembers lines.

pyoxigraph's parser gives quads only; neither comments nor the place of a triple come through it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import pyoxigraph as ox

from kzturk_graph.graph.turtle.lexer import Kind, Token
from kzturk_graph.graph.turtle.scope import Scope
from kzturk_graph.graph.turtle.stream import Stream, header_split, paragraphs, texts, unexpected
from kzturk_graph.graph.turtle.syntax import (
    Anon,
    Collection,
    Declaration,
    Document,
    Graph,
    Item,
    Node,
    Pair,
    Statement,
)
from kzturk_graph.terms import TYPE


def parse(text: str, trig: bool) -> Document:
    """The file's declarations, statements and graph blocks in their order, terms resolved, comments attached.

    A graph block is allowed only where ``trig`` is true. Raises TurtleSyntaxError with line and column.
    """
    return _Parser(text, trig).document()


class _Parser(Stream):
    def __init__(self, text: str, trig: bool) -> None:
        super().__init__(text)
        self.trig = trig
        self.scope = Scope()

    def document(self) -> Document:
        header: list[Token] = []
        declarations: list[Declaration] = []
        items: list[Item] = []
        while (token := self.peek()).kind is not Kind.END:
            leading = self.take()
            if _declares(token):
                if not items and not declarations:
                    header, leading = leading, []
                declarations.append(self._declaration(leading))
                continue
            if not items:
                above, leading = header_split(leading, token)
                header += above
            items += self._items(leading)
        return Document(paragraphs(header), tuple(declarations), tuple(items), paragraphs(self.take()))

    def _declaration(self, leading: list[Token]) -> Declaration:
        word = self.next()
        prefix: str | None = None
        if word.text.lower().endswith("prefix"):
            name = self.next()
            prefix = name.text[:-1]
            if name.kind is not Kind.PNAME or ":" in prefix or not name.text.endswith(":"):
                raise unexpected(name, "a prefix and its colon")
        iri = self.next()
        if iri.kind is not Kind.IRI:
            raise unexpected(iri, "an IRI in angle brackets")
        full = self.scope.iri(iri).value
        if prefix is None:
            self.scope.base = full
        else:
            self.scope.prefixes[prefix] = full
        if word.kind is Kind.DIRECTIVE:
            self.expect(".")
        else:
            self.pass_comment(iri.line)
        return Declaration(prefix, full, texts(leading + self.take()), word.line, word.column)

    def _items(self, leading: list[Token]) -> Iterator[Item]:
        """The next item; several where it's a block of the default graph, ``{ … }`` without a name."""
        start = self.peek()
        named = self.trig and start.kind is Kind.KEYWORD and start.text.lower() == "graph"
        if named:
            self.next()
        elif self.trig and self.accept("{"):
            self.passed[:0] = leading
            statements, tail = self._block()
            self.passed = tail + self.passed
            yield from statements
            return
        first = self.peek()
        subject = self._node()
        if named or (self.trig and self.at("{")):
            yield self._graph(subject, leading, first)
            return
        statement = self._statement(subject, first)
        self.expect(".")
        yield _commented(statement, leading + self.take())

    def _graph(self, name: Node, leading: list[Token], first: Token) -> Graph:
        if isinstance(name, ox.Literal | Collection) or (isinstance(name, Anon) and name.pairs):
            raise unexpected(first, "the name of a graph")
        self.expect("{")
        comments = leading + self.take()
        statements, tail = self._block()
        comments += self.take()
        return Graph(name, tuple(statements), texts(comments), texts(tail), first.line, first.column)

    def _block(self) -> tuple[list[Statement], list[Token]]:
        """The statements up to the closing brace, and the comments before it."""
        statements: list[Statement] = []
        while not self.at("}"):
            leading, first = self.take(), self.peek()
            statement = self._statement(self._node(), first)
            if not self.accept(".") and not self.at("}"):
                raise unexpected(self.peek(), "'.' or '}'")
            statements.append(_commented(statement, leading + self.take()))
        tail = self.take()
        self.accept("}")
        return statements, tail

    def _statement(self, subject: Node, first: Token) -> Statement:
        if isinstance(subject, ox.Literal):
            raise unexpected(first, "a subject")
        alone = isinstance(subject, Anon) and bool(subject.pairs) and (self.at(".") or self.at("}"))
        return Statement(subject, () if alone else self._pairs(), (), first.line)

    def _pairs(self) -> tuple[Pair, ...]:
        pairs = [self._pair()]
        while self.accept(";"):
            if not (self.at(";") or self.at(".") or self.at("]") or self.at("}")):
                pairs.append(self._pair())
        return tuple(pairs)

    def _pair(self) -> Pair:
        token = self.next()
        if token.kind is Kind.KEYWORD and token.text == "a":
            predicate = ox.NamedNode(TYPE)
        elif token.kind in (Kind.IRI, Kind.PNAME):
            predicate = self.scope.iri(token)
        else:
            raise unexpected(token, "a predicate")
        objects = [self._node()]
        while self.accept(","):
            objects.append(self._node())
        return Pair(predicate, tuple(objects), token.line)

    def _node(self) -> Node:
        token = self.next()
        if token.kind in (Kind.IRI, Kind.PNAME):
            return self.scope.iri(token)
        if token.kind is Kind.BLANK:
            return ox.BlankNode(token.text[2:])
        if token.kind is Kind.STRING:
            return self._string(token)
        if token.kind in (Kind.INTEGER, Kind.DECIMAL, Kind.DOUBLE) or token.text in ("true", "false"):
            return self.scope.literal(token)
        if token.text == "[":
            return self._anon()
        if token.text == "(":
            return self._collection()
        raise unexpected(token, "an IRI, a literal or a blank node")

    def _string(self, token: Token) -> ox.Literal:
        if self.peek().kind is Kind.LANG:
            return self.scope.literal(token, lang=self.next())
        if self.peek().kind is not Kind.DATATYPE:
            return self.scope.literal(token)
        self.next()
        datatype = self.next()
        if datatype.kind not in (Kind.IRI, Kind.PNAME):
            raise unexpected(datatype, "the IRI of a datatype")
        return self.scope.literal(token, datatype=self.scope.iri(datatype))

    def _anon(self) -> Anon:
        pairs = () if self.at("]") else self._pairs()
        self.expect("]")
        return Anon(pairs)

    def _collection(self) -> Collection:
        items: list[Node] = []
        while not self.accept(")"):
            items.append(self._node())
        return Collection(tuple(items))


def _declares(token: Token) -> bool:
    return token.kind in (Kind.DIRECTIVE, Kind.KEYWORD) and token.text.lower().strip("@") in (
        "prefix",
        "base",
    )


def _commented(statement: Statement, comments: Sequence[Token]) -> Statement:
    return replace(statement, comments=texts(comments))
