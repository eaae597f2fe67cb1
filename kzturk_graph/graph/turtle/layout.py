"""Statements and graph blocks into text: one line where it fits, else a predicate a line, indented by two."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from kzturk_graph.graph.turtle.order import ANONYMOUS, item_key
from kzturk_graph.graph.turtle.spelling import Spelling, bracketed
from kzturk_graph.graph.turtle.syntax import Anon, Collection, Graph, Item, Node, Pair, Statement

WIDTH = 110
_STEP = 2
_END = len(" .")


class Layout:
    """Prints what it's given in the order given; see ``arrange`` for the order."""

    def __init__(self, spelling: Spelling) -> None:
        self.spelling = spelling

    def item(self, item: Item) -> str:
        """The text of a top-level block with its comments above, without a line end."""
        return self._graph(item) if isinstance(item, Graph) else self._statement(item, 0)

    def _graph(self, graph: Graph) -> str:
        name = self._flat(graph.name)
        if not graph.statements and not graph.tail:
            return "\n".join((*graph.comments, f"{name} {{}}"))
        inner = (self._statement(statement, _STEP) for statement in graph.statements)
        tail = (" " * _STEP + comment for comment in graph.tail)
        return "\n".join((*graph.comments, f"{name} {{", *inner, *tail, "}"))

    def _statement(self, statement: Statement, indent: int) -> str:
        pad = " " * indent
        lines = [pad + comment for comment in statement.comments]
        flat = " ".join(filter(None, (self._flat(statement.subject), self._flat_pairs(statement.pairs))))
        if _fits(flat, indent):
            return "\n".join((*lines, f"{pad}{flat} ."))
        subject = self._node(statement.subject, indent, indent)
        pairs = self._pairs(statement.pairs, indent + _STEP, _end(subject, indent) + 1)
        return "\n".join((*lines, f"{pad}{' '.join(filter(None, (subject, pairs)))} ."))

    def _pairs(self, pairs: Sequence[Pair], indent: int, column: int) -> str:
        """One predicate a line; the first begins at ``column`` of a line begun, the others at ``indent``."""
        texts = [self._pair(pair, indent, indent if i else column) for i, pair in enumerate(pairs)]
        return f" ;\n{' ' * indent}".join(texts)

    def _pair(self, pair: Pair, indent: int, column: int) -> str:
        text = self.spelling.predicate(pair.predicate) + " "
        for i, node in enumerate(pair.objects):
            before = ", " if i else ""
            end = _end(text, column)
            flat = self._flat(node)
            if _fits(flat, end + len(before)) or i == 0 or isinstance(node, Anon | Collection):
                text += before + self._node(node, indent, end + len(before))
            else:
                text += f",\n{' ' * (indent + _STEP)}{flat}"
        return text

    def _node(self, node: Node, indent: int, column: int) -> str:
        """A node from ``column`` on; brackets that don't fit have their contents a step inside ``indent``."""
        flat = self._flat(node)
        if _fits(flat, column) or not isinstance(node, Anon | Collection):
            return flat
        inside = indent + _STEP
        if isinstance(node, Anon):
            return f"[\n{' ' * inside}{self._pairs(node.pairs, inside, inside)}\n{' ' * indent}]"
        items = "\n".join(" " * inside + self._node(item, inside, inside) for item in node.items)
        return f"(\n{items}\n{' ' * indent})"

    def _flat(self, node: Node) -> str:
        if isinstance(node, Anon):
            return f"[ {self._flat_pairs(node.pairs)} ]" if node.pairs else "[]"
        if isinstance(node, Collection):
            return f"({' '.join(self._flat(item) for item in node.items)})"
        return self.spelling.term(node)

    def _flat_pairs(self, pairs: Iterable[Pair]) -> str:
        return " ; ".join(map(self._flat_pair, pairs))

    def _flat_pair(self, pair: Pair) -> str:
        return f"{self.spelling.predicate(pair.predicate)} {', '.join(map(self._flat, pair.objects))}"


def declaration(prefix: str, namespace: str) -> str:
    """The line that declares a prefix, without a line end."""
    return f"@prefix {prefix}: {bracketed(namespace)} ."


def body(items: Sequence[Item], spelling: Spelling) -> str:
    """All blocks, a blank line wherever the passage (or the thing that isn't of a passage) changes."""
    layout, out = Layout(spelling), ""
    for i, item in enumerate(items):
        if i:
            out += "\n" if _together(items[i - 1], item) else "\n\n"
        out += layout.item(item)
    return out


def join(parts: Iterable[str]) -> str:
    """The file: its parts that aren't empty, a blank line between each two, one line end at the end."""
    text = "\n\n".join(part for part in parts if part)
    return text + "\n" if text else ""


def declarations(prefixes: Mapping[str, str], used: Iterable[str]) -> str:
    """The declarations of those prefixes that are used, sorted."""
    return "\n".join(declaration(prefix, prefixes[prefix]) for prefix in sorted(used))


def _together(one: Item, other: Item) -> bool:
    here, there = item_key(one)[:3], item_key(other)[:3]
    return here == there and here[0] != ANONYMOUS


def _fits(text: str, column: int) -> bool:
    return "\n" not in text and column + len(text) + _END <= WIDTH


def _end(text: str, column: int) -> int:
    """The column behind a text that began at ``column``."""
    return len(text) - text.rindex("\n") - 1 if "\n" in text else column + len(text)
