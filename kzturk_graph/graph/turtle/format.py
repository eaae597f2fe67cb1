"""The formatter behind ``kzturk fmt``: Turtle and TriG in canonical order and layout, every comment kept.

Nothing on PyPI sorts TriG and keeps comments (turtlefmt does Turtle only and doesn't sort), hence this.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

import pyoxigraph as ox

from kzturk_graph.errors import KzturkError
from kzturk_graph.graph.turtle.arrange import arrange
from kzturk_graph.graph.turtle.layout import body, declaration, join
from kzturk_graph.graph.turtle.lexer import Kind, TurtleSyntaxError, tokens
from kzturk_graph.graph.turtle.parser import parse
from kzturk_graph.graph.turtle.spelling import Spelling
from kzturk_graph.graph.turtle.syntax import Anon, Declaration, Document, Graph

_PLACE = re.compile(r"Parser error (?:at|between) [^:]*: ")


def format_text(text: str, *, path: str, trig: bool) -> str:
    """The file's text in canonical order and layout, quads and comments kept; a second time changes nothing.

    Header comment, prefixes by name, then the blocks in natural order, a passage with what was read from it.
    Comments before, in or behind a block stand above it. Relative IRIs are written in full and ``@base`` is
    dropped. A statement with ``[`` or ``(`` keeps its order of predicates. Language tags become lower case.

    ``path`` is for messages only, nothing is read from it. Raises TurtleSyntaxError with path, line and
    column where the text can't be parsed, where two blocks have one graph name, and where a prefix is
    declared twice with different meanings; KzturkError where the result wouldn't hold the same quads and
    comments, which is a fault of this program.
    """
    try:
        before = _quads(text, trig)
        document = parse(text, trig)
        _check_graphs(document)
        result = _written(document)
    except TurtleSyntaxError as error:
        raise error.placed(path, text) from None
    _check_same(before, text, result, path, trig)
    return result


def _written(document: Document) -> str:
    prefixes, notes, header = _declared(document)
    spelling = Spelling(prefixes)
    blocks = body(arrange(document.items, spelling), spelling)
    lines: list[str] = []
    for prefix in sorted(prefixes):
        lines += (*notes[prefix], declaration(prefix, prefixes[prefix]))
    return join(("\n".join(header), "\n".join(lines), blocks, "\n".join(document.tail)))


def _declared(document: Document) -> tuple[dict[str, str], dict[str, tuple[str, ...]], tuple[str, ...]]:
    """Namespaces by prefix, comments by prefix, and the header.

    To the header go the comments of a base, which isn't written, and of the prefix that sorts first, for
    whatever stands above the first declaration is read as the header the next time.
    """
    known: dict[str, Declaration] = {}
    notes: dict[str, tuple[str, ...]] = {}
    header = [document.header]
    for one in document.declarations:
        if one.prefix is None:
            header.append(one.comments)
            continue
        other = known.setdefault(one.prefix, one)
        if other.iri != one.iri:
            message = f"the prefix {one.prefix}: is declared differently in line {other.line}"
            raise TurtleSyntaxError(message, one.line, one.column, hint="give one of them another name")
        notes[one.prefix] = notes.get(one.prefix, ()) + one.comments
    if known:
        header.append(notes[min(known)])
        notes[min(known)] = ()
    return {prefix: one.iri for prefix, one in known.items()}, notes, _paragraphs(header)


def _paragraphs(parts: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    out: tuple[str, ...] = ()
    for part in parts:
        out += ("", *part) if out and part else part
    return out


def _check_graphs(document: Document) -> None:
    """Refuse two blocks of one name: TriG joins them, and a plan joined with a fact would become a fact."""
    seen: dict[object, Graph] = {}
    for graph in document.items:
        if not isinstance(graph, Graph) or isinstance(graph.name, Anon):
            continue
        first = seen.setdefault(graph.name, graph)
        if first is not graph:
            raise TurtleSyntaxError(
                f"the graph {graph.name} has two blocks, in lines {first.line} and {graph.line}",
                graph.line,
                graph.column,
                hint="give the second a name and metadata of its own, or move its triples into the first",
            )


def _quads(text: str, trig: bool) -> set[ox.Quad]:
    try:
        return set(ox.parse(text, format=ox.RdfFormat.TRIG if trig else ox.RdfFormat.TURTLE))
    except SyntaxError as error:
        raise TurtleSyntaxError(_PLACE.sub("", error.msg, count=1), error.lineno, error.offset) from None


def _check_same(before: set[ox.Quad], text: str, result: str, path: str, trig: bool) -> None:
    try:
        same = _isomorphic(before, _quads(result, trig)) and _comments(text) == _comments(result)
    except TurtleSyntaxError:
        same = False
    if not same:
        raise KzturkError(
            f"{path}: internal error: the formatted text wouldn't hold the same quads and comments",
            "the file is left as it is; please report it with the file",
        )


def _isomorphic(one: set[ox.Quad], other: set[ox.Quad]) -> bool:
    return one == other or _canonical(one) == _canonical(other)


def _canonical(quads: set[ox.Quad]) -> set[ox.Quad]:
    dataset = ox.Dataset(quads)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return set(dataset)


def _comments(text: str) -> Counter[str]:
    return Counter(token.text.rstrip() for token in tokens(text) if token.kind is Kind.COMMENT)
