"""A query in parts that can be tried one by one: the elements of WHERE, after the SPARQL 1.1 grammar.

A statement is split into single triples, a FILTER into the conditions that it joins by ``&&``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kzturk_graph.errors import KzturkError
from kzturk_graph.explain.pieces import pieces
from kzturk_graph.queries.tokens import Token

FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
ANONYMOUS = "_:anonymous"
"""How the name of a blank node begins that has none in the query."""
_OPEN, _CLOSE = frozenset("({["), frozenset(")}]")


class NotUnderstood(KzturkError):
    """A query of a shape that isn't taken apart."""


@dataclass(frozen=True)
class Part:
    """An element of a group: its kind, its text, and where it begins in the query (characters from 0).

    ``kind`` is triple, filter, optional, minus, graph, group, union, select, bind or values. ``head`` stands
    before its braces (``GRAPH ?g``), ``parts`` are the elements in them or the alternatives of a union,
    ``triple`` the texts of a simple triple's subject, predicate and object.
    """

    kind: str
    text: str
    start: int
    head: str = ""
    parts: tuple[Part, ...] = ()
    triple: tuple[str, str, str] | None = None

    def walk(self) -> Iterator[Part]:
        """It and everything in it."""
        yield self
        for each in self.parts:
            yield from each.walk()


@dataclass(frozen=True)
class Query:
    """A query: form, prologue, what it selects, FROM clauses, the parts of WHERE, what follows them."""

    form: str
    prologue: str
    head: str
    dataset: str
    where: tuple[Part, ...]
    after: str

    def walk(self) -> Iterator[Part]:
        """Every part at every depth."""
        for each in self.where:
            yield from each.walk()


def read(text: str) -> Query:
    """Take a query apart. Raises NotUnderstood where it isn't SPARQL of a shape known here."""
    return _Reader(text).query()


class _Reader:
    """A cursor over the pieces of a query."""

    def __init__(self, text: str) -> None:
        self.text, self.pieces, self.at = text, pieces(text), 0
        self.triples: list[Part] = []

    # the cursor

    @property
    def here(self) -> Token:
        if self.at >= len(self.pieces):
            raise NotUnderstood("the query ends too early")
        return self.pieces[self.at]

    @property
    def word(self) -> str:
        """The word here in capitals; '' where there is none."""
        return self.here.text.upper() if self.at < len(self.pieces) and self.here.kind == "word" else ""

    def is_mark(self, mark: str) -> bool:
        return self.at < len(self.pieces) and self.here.text == mark and self.here.kind == "other"

    def take(self, mark: str) -> None:
        if not self.is_mark(mark):
            raise NotUnderstood(f"{mark!r} is expected at {self.here.text!r}")
        self.at += 1

    def span(self, first: int) -> str:
        """The text from the piece numbered ``first`` to the one before the cursor."""
        last = self.pieces[self.at - 1]
        return self.text[self.pieces[first].start : last.start + len(last.text)]

    def skip_brackets(self) -> None:
        """From an opening bracket to behind its closing one."""
        depth = 0
        while True:
            if self.here.kind == "other":
                depth += (self.here.text in _OPEN) - (self.here.text in _CLOSE)
            self.at += 1
            if depth == 0:
                return

    # the query

    def query(self) -> Query:
        while self.word in ("BASE", "PREFIX"):
            self.at += 2 if self.word == "BASE" else 3
        form, first = self.word, self.here.start
        if form not in FORMS:
            raise NotUnderstood(f"{self.here.text!r} begins no query that reads")
        self.at += 1
        if form == "CONSTRUCT" and self.is_mark("{"):
            self.skip_brackets()
        start, source = self.at, None
        if form == "DESCRIBE" and not any(token.text == "{" for token in self.pieces):
            return Query(form, self.text[:first], self.text[self.pieces[start].start :], "", (), "")
        while not self.is_mark("{"):
            if self.word == "FROM" and source is None:
                source = self.here.start
            if self.is_mark("("):
                self.skip_brackets()
            else:
                self.at += 1
                if self.at >= len(self.pieces):
                    raise NotUnderstood("there is no WHERE clause to take apart")
        opening = self.here.start
        head = self.span(start) if self.at > start else ""
        dataset = self.text[source:opening] if source is not None else ""
        if dataset.rstrip().upper().endswith("WHERE"):
            dataset = dataset.rstrip()[: -len("WHERE")]
        where = self.group()
        after = self.text[self.here.start :] if self.at < len(self.pieces) else ""
        return Query(form, self.text[:first], head, dataset, where, after)

    def group(self) -> tuple[Part, ...]:
        self.take("{")
        parts: list[Part] = []
        while not self.is_mark("}"):
            if self.is_mark("."):
                self.at += 1
            else:
                parts.extend(self.element())
        self.take("}")
        return tuple(parts)

    def element(self) -> list[Part]:
        readers = {
            "FILTER": self.filter, "OPTIONAL": self.braced, "MINUS": self.braced, "GRAPH": self.graph,
            "BIND": self.bind, "VALUES": self.values, "SERVICE": self.service,
        }  # fmt: skip
        if self.word in readers:
            return readers[self.word]()
        return [self.alternatives()] if self.is_mark("{") else self.statement()

    def alternatives(self) -> Part:
        """``{ … }``, or ``{ … } UNION { … }``."""
        first = self.at
        branches = [self.branch()]
        while self.word == "UNION":
            self.at += 1
            branches.append(self.branch())
        if len(branches) == 1:
            return branches[0]
        return Part("union", self.span(first), self.pieces[first].start, parts=tuple(branches))

    def branch(self) -> Part:
        first = self.at
        if not self.is_mark("{"):
            raise NotUnderstood(f"a group is expected at {self.here.text!r}")
        following = self.pieces[self.at + 1] if self.at + 1 < len(self.pieces) else self.here
        if following.text.upper() == "SELECT":
            self.skip_brackets()
            return Part("select", self.span(first), self.pieces[first].start)
        parts = self.group()
        return Part("group", self.span(first), self.pieces[first].start, parts=parts)

    def braced(self) -> list[Part]:
        first, word = self.at, self.word
        self.at += 1
        inner = self.branch()
        return [Part(word.lower(), self.span(first), self.pieces[first].start, word, inner.parts)]

    def graph(self) -> list[Part]:
        first = self.at
        self.at += 2
        head = self.span(first)
        parts = self.group()
        return [Part("graph", self.span(first), self.pieces[first].start, head, parts)]

    def service(self) -> list[Part]:
        raise NotUnderstood("the query calls another service")

    def bind(self) -> list[Part]:
        first = self.at
        self.at += 1
        self.skip_brackets()
        return [Part("bind", self.span(first), self.pieces[first].start)]

    def values(self) -> list[Part]:
        first = self.at
        while not self.is_mark("{"):
            self.at += 1
            self.here  # noqa: B018 - raises at the end of the query
        self.skip_brackets()
        return [Part("values", self.span(first), self.pieces[first].start)]

    def filter(self) -> list[Part]:
        first = self.at
        self.at += 1
        if self.is_mark("("):
            opened = self.at
            self.skip_brackets()
            return self.conditions(first, opened)
        if self.word in ("NOT", "EXISTS"):
            while self.word in ("NOT", "EXISTS"):
                self.at += 1
            head = self.span(first)
            inner = self.branch()
            return [Part("filter", self.span(first), self.pieces[first].start, head, inner.parts)]
        self.at += 1  # a function's name
        self.skip_brackets()
        return [Part("filter", self.span(first), self.pieces[first].start)]

    def conditions(self, first: int, opened: int) -> list[Part]:
        """``FILTER (A && B)`` as ``FILTER (A)`` and ``FILTER (B)``; whole where it has ``||`` too."""
        depth, cuts, whole = 0, [opened], False
        for place in range(opened + 1, self.at - 1):
            mark, following = self.pieces[place], self.pieces[place + 1]
            if mark.kind == "other":
                depth += (mark.text in _OPEN) - (mark.text in _CLOSE)
            pair = mark.text == following.text and following.start == mark.start + 1 and depth == 0
            whole = whole or (pair and mark.text == "|")
            if pair and mark.text == "&":
                cuts.append(place + 1)
        if whole or len(cuts) == 1:
            return [Part("filter", self.span(first), self.pieces[first].start)]
        ends = [place - 1 for place in cuts[1:]] + [self.at - 1]
        return [
            Part(
                "filter",
                f"FILTER ({self.text[self.pieces[cut].start + 1 : self.pieces[end].start].strip()})",
                self.pieces[cut].start + 1,
            )
            for cut, end in zip(cuts, ends, strict=True)
        ]

    # triples

    def statement(self) -> list[Part]:
        """A subject with properties and values as single triples; ``[ … ]`` becomes a named blank node."""
        first, self.triples = self.at, []
        plain = not self.is_mark("(")
        subject = self.term()
        self.properties(subject)
        if plain:
            return self.triples
        # a list as subject can't be written twice
        return [Part("triple", self.span(first), self.pieces[first].start)]

    def properties(self, subject: str) -> None:
        """What follows a subject, as far as the end of the statement or of the brackets."""
        while self.starts_verb():
            verb = self.verb()
            while True:
                start = self.here.start
                value = self.term()
                self.triples.append(Part("triple", f"{subject} {verb} {value}", start, triple=(subject, verb, value)))
                if not self.is_mark(","):
                    break
                self.at += 1
            if not self.is_mark(";"):
                return
            while self.is_mark(";"):
                self.at += 1

    def starts_verb(self) -> bool:
        here = self.here
        return here.kind in ("variable", "name", "iri") or here.text in ("a", "^", "!", "(")

    def term(self) -> str:
        first = self.at
        if self.is_mark("("):
            self.skip_brackets()
            return self.span(first)
        if self.is_mark("["):
            name = f"{ANONYMOUS}{self.here.start}"
            self.at += 1
            self.properties(name)
            self.take("]")
            return name
        known = self.here.kind in ("variable", "name", "iri", "literal", "number")
        if not known and self.here.text not in ("true", "false"):
            raise NotUnderstood(f"{self.here.text!r} is no term")
        self.at += 1
        return self.span(first)

    def verb(self) -> str:
        """A variable, ``a``, a property, or a path."""
        first = self.at
        if self.here.kind == "variable":
            self.at += 1
            return self.span(first)
        while True:
            while self.is_mark("^") or self.is_mark("!"):
                self.at += 1
            if self.is_mark("("):
                self.skip_brackets()
            else:
                self.at += 1
            if any(self.is_mark(mark) for mark in "*+?"):
                self.at += 1
            if not (self.is_mark("/") or self.is_mark("|")):
                return self.span(first)
            self.at += 1
