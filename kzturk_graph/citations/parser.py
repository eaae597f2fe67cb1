"""A query's tree, read by recursive descent after the grammar of SPARQL 1.1 (https://www.w3.org/TR/sparql11-query/#grammar).

The engine has accepted the query before: what isn't SPARQL is no concern here, and what the tree can't hold
(SERVICE, FROM, RDF 1.2 terms) is refused by name.
"""

from __future__ import annotations

import pyoxigraph as ox

from kzturk_graph import terms
from kzturk_graph.citations.condition_parser import Expression, closing, read_constraint
from kzturk_graph.citations.path_parser import read_verb
from kzturk_graph.citations.reader import NotReadError, Reader
from kzturk_graph.citations.syntax import (
    Bind,
    Filter,
    Graph,
    Group,
    Item,
    Minus,
    Optional,
    Path,
    Pattern,
    Query,
    SubSelect,
    Term,
    Triples,
    Union,
    Values,
    Var,
)

_FIRST, _REST, _NIL = (ox.NamedNode(terms.RDF + name) for name in ("first", "rest", "nil"))
_ELEMENTS = {"OPTIONAL", "MINUS", "GRAPH", "FILTER", "BIND", "VALUES", "{", "SERVICE", "LATERAL"}
_AFTER = {"GROUP", "HAVING", "ORDER", "LIMIT", "OFFSET", "VALUES", "}"}


def parse(text: str) -> Query:
    """The tree of a query. Raises NotReadError, with the name of what it doesn't hold."""
    reader = Reader(text)
    query = _Parser(reader).query()
    query.lent = reader.lent()
    return query


class _Parser:
    def __init__(self, reader: Reader) -> None:
        self.reader = reader

    def query(self) -> Query:
        reader = self.reader
        start = reader.next
        while reader.next.upper in ("PREFIX", "BASE"):
            if reader.take().upper == "PREFIX":
                name = reader.take().text[:-1]
                reader.prefixes[name] = reader.iri().value
                reader.declared.add(name)
            else:
                reader.base = reader.take().text[1:-1]
        prologue = reader.text[start.start : reader.next.start]
        form = reader.next.upper
        if form == "SELECT":
            return self.select(prologue)
        reader.take()
        template: list[Pattern] = []
        if form == "CONSTRUCT" and reader.next.text == "{":
            reader.take()
            template = self.triples("}")
            reader.expect("}")
        elif form == "DESCRIBE":
            while reader.next.upper not in ("WHERE", "{", "FROM", *_AFTER) and reader.next.kind != "end":
                reader.take()
        return self.rest(form, prologue, None, template)

    def select(self, prologue: str) -> Query:
        reader = self.reader
        reader.take()
        reader.accept("DISTINCT", "REDUCED")
        if reader.accept("*"):
            return self.rest("SELECT", prologue, None, [])
        columns = []
        while reader.next.upper not in ("WHERE", "{", "FROM"):
            columns.append(self.item())
        return self.rest("SELECT", prologue, columns, [])

    def item(self) -> Item:
        """A variable, or an expression in brackets, with its variable where AS stands in it."""
        reader = self.reader
        if reader.next.kind == "variable":
            return Item(None, reader.variable())
        if reader.next.text != "(":
            expression = read_constraint(reader, self.group)
            return Item(expression.text, None, expression.aggregates(), expression.exists())
        start, end = reader.place + 1, closing(reader, reader.place)
        variable = None
        if reader.pieces[end - 2].upper == "AS":
            variable = Var(reader.pieces[end - 1].text[1:])
        expression = Expression(reader, start, end - 2 if variable else end, self.group)
        item = Item(expression.text, variable, expression.aggregates(), expression.exists())
        reader.place = end + 1
        return item

    def rest(self, form: str, prologue: str, columns: list[Item] | None, template: list[Pattern]) -> Query:
        reader = self.reader
        datasets = reader.next.upper == "FROM"
        while reader.accept("FROM"):
            reader.accept("NAMED")
            reader.iri()
        reader.accept("WHERE")
        where = self.group() if reader.next.text == "{" else Group()
        if form == "CONSTRUCT" and not template:
            template = [p for each in where.elements if isinstance(each, Triples) for p in each.patterns]
        grouping = self.keys("GROUP")
        tail = reader.next.start if reader.next.kind != "end" else len(reader.text)
        having, order = self.keys("HAVING"), self.keys("ORDER")
        limit, offset = self.slice()
        end = reader.next.start if reader.next.kind != "end" else len(reader.text)
        values = self.values() if reader.accept("VALUES") else None
        return Query(
            form, prologue, columns, where, grouping, having, order, limit, offset, values, template,
            reader.text, reader.text[tail:end], datasets,
        )  # fmt: skip

    def keys(self, clause: str) -> list[Item]:
        reader = self.reader
        if not reader.accept(clause):
            return []
        reader.accept("BY")
        found = []
        while reader.next.upper not in _AFTER and reader.next.kind != "end":
            reader.accept("ASC", "DESC")
            found.append(self.item())
        return found

    def slice(self) -> tuple[int | None, int]:
        limit, offset = None, 0
        while self.reader.next.upper in ("LIMIT", "OFFSET"):
            if self.reader.take().upper == "LIMIT":
                limit = int(self.reader.take().text)
            else:
                offset = int(self.reader.take().text)
        return limit, offset

    def group(self) -> Group:
        """``{ … }``."""
        reader = self.reader
        opened = reader.expect("{")
        group = Group()
        if reader.next.upper == "SELECT":
            group.elements.append(SubSelect(self.sub_select()))
        else:
            while reader.next.text != "}" or reader.next.kind != "sign":
                self.element(group)
        group.text = reader.between(opened, reader.expect("}"))
        return group

    def sub_select(self) -> Query:
        start = self.reader.next
        query = self.select("")
        query.text = self.reader.text[start.start : self.reader.pieces[self.reader.place - 1].end]
        return query

    def element(self, group: Group) -> None:
        reader, word = self.reader, self.reader.next.upper
        add = group.elements.append
        if word == "OPTIONAL":
            reader.take()
            add(Optional(self.group()))
        elif word == "MINUS":
            reader.take()
            add(Minus(self.group()))
        elif word == "GRAPH":
            reader.take()
            add(Graph(reader.term(), self.group()))
        elif word == "FILTER":
            reader.take()
            expression = read_constraint(reader, self.group)
            add(Filter(expression.text, expression.condition()))
        elif word == "BIND":
            reader.take()
            item = self.item()
            if item.text is None or item.variable is None:
                raise NotReadError("a BIND without AS")
            add(Bind(item.text, item.variable, item.exists))
        elif word == "VALUES":
            reader.take()
            add(self.values())
        elif word == "{":
            branches = [self.group()]
            while reader.accept("UNION"):
                branches.append(self.group())
            add(Union(branches))
        elif word in ("SERVICE", "LATERAL"):
            raise NotReadError(word)
        elif not reader.accept("."):
            add(Triples(self.triples("}")))

    def values(self) -> Values:
        reader = self.reader
        start = reader.next
        if start.kind == "variable":
            names = [reader.variable().name]
        else:
            reader.expect("(")
            names = []
            while not reader.accept(")"):
                names.append(reader.variable().name)
        end = closing(reader, reader.place)
        text = "VALUES " + reader.between(start, reader.pieces[end])
        reader.place = end + 1
        return Values(text, tuple(names))

    def triples(self, end: str) -> list[Pattern]:
        """Triples of the same subject, and those that follow a dot."""
        reader, found = self.reader, list[Pattern]()
        while reader.next.kind != "end" and reader.next.text != end:
            if reader.next.upper in _ELEMENTS:
                break
            bracketed = reader.next.text == "[" and reader.peek(1).text != "]"
            subject = self.node(found)
            if not bracketed or reader.next.text not in (".", end):
                self.properties(subject, found)
            if not reader.accept("."):
                break
        return found

    def properties(self, subject: Term, found: list[Pattern]) -> None:
        reader = self.reader
        while True:
            predicate = read_verb(reader)
            self.objects(subject, predicate, found)
            if not reader.accept(";"):
                return
            while reader.accept(";"):
                pass
            if reader.next.text in (".", "]", "}") or reader.next.upper in ("OPTIONAL", "FILTER", "BIND", "GRAPH"):
                return

    def objects(self, subject: Term, predicate: Term | Path, found: list[Pattern]) -> None:
        while True:
            place = len(found)
            value = self.node(found)
            found.insert(place, Pattern(subject, predicate, value))
            if not self.reader.accept(","):
                return

    def node(self, found: list[Pattern]) -> Term:
        reader = self.reader
        if reader.next.text == "[" and reader.next.kind == "sign":
            reader.take()
            node = reader.fresh()
            if not reader.accept("]"):
                self.properties(node, found)
                reader.expect("]")
            return node
        if reader.next.text == "(" and reader.next.kind == "sign":
            reader.take()
            return self.collection(found)
        if reader.next.text == "<<":
            raise NotReadError("a triple term")
        return reader.term()

    def collection(self, found: list[Pattern]) -> Term:
        if self.reader.accept(")"):
            return _NIL
        node = self.reader.fresh()
        found.append(Pattern(node, _FIRST, self.node(found)))
        found.append(Pattern(node, _REST, self.collection(found)))
        return node
