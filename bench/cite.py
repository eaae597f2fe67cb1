"""A query with its citations against the same query without, at 10 k and at 1 M quads, in one process, interleaved.

usage: python bench/cite.py [ROUNDS] [QUADS …]

Both sides run the query and write its table as the command does; the second also cites every row, in a column. The
graph is made of
documents of a thousand passages, each with an assertion of about seven triples; one fact in eight stands in two
documents.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Iterator

import pyoxigraph as ox

from kzturk_graph import terms
from kzturk_graph.citations import cite
from kzturk_graph.citations.footnotes import cell
from kzturk_graph.queries.run import Answer, ask
from kzturk_graph.results import shown, table

PER_ASSERTION = 24
"""About how many quads an assertion comes to, with its copy in the default graph and its metadata."""
DEFAULT = ox.DefaultGraph()
QUERIES = {
    "visits of a host, by document": """SELECT ?visit ?visitor ?date ?passage WHERE {
        GRAPH ?assertion { ?visit a kt:Visit ; kt:host id:s3 ; kt:visitor ?visitor . OPTIONAL { ?visit kt:date ?date } }
        ?assertion kt:modality ?modality ; kt:voice ?voice ; kt:passage ?passage } ORDER BY STR(?passage)""",
    "visits of a host, merged": """SELECT DISTINCT ?visit ?visitor ?date WHERE {
        ?visit a kt:Visit ; kt:host id:s3 ; kt:visitor ?visitor . OPTIONAL { ?visit kt:date ?date } } ORDER BY
        STR(?visit)""",
    "one visitor": "SELECT ?visit ?host ?date WHERE { ?visit kt:visitor id:v7 ; kt:host ?host ; kt:date ?date }",
    "trade of a year": """SELECT ?report ?value ?period WHERE {
        ?report kt:measure c:exports ; kt:value ?value ; kt:period ?period ; kt:from id:s5 .
        FILTER (STR(?period) >= "2010") }""",
    "visits without outcome": """SELECT ?visit ?visitor WHERE {
        ?visit kt:host id:s4 ; kt:visitor ?visitor . FILTER NOT EXISTS { ?visit kt:outcome ?outcome } }""",
    "visits or reports": """SELECT ?thing ?state WHERE {
        { ?thing kt:host ?state } UNION { ?thing kt:from ?state } FILTER (?state = id:s2) } LIMIT 500""",
    "count by visitor": """SELECT ?visitor (COUNT(?visit) AS ?visits) WHERE {
        ?visit kt:visitor ?visitor ; kt:host id:s1 } GROUP BY ?visitor""",
    "sum by year": """SELECT ?period (SUM(?value) AS ?total) WHERE {
        ?report kt:measure c:imports ; kt:value ?value ; kt:period ?period ; kt:from id:s6 } GROUP BY ?period""",
    "hosts above, by path": "SELECT ?visit ?top WHERE { ?visit kt:visitor id:v9 ; kt:host/kt:partOf* ?top }",
}


def kt(name: str) -> ox.NamedNode:
    """A term of the ontology."""
    return ox.NamedNode(terms.kt(name))


def node(space: str, name: str) -> ox.NamedNode:
    """A thing of one of our spaces."""
    return ox.NamedNode(space + name)


def content(number: int, size: int) -> Iterator[ox.Triple]:
    """What one passage states: a visit, or a report of trade."""
    if number % 2:
        visit = node(terms.ENTITY, f"visit-{number}")
        yield ox.Triple(visit, ox.NamedNode(terms.TYPE), kt("Visit"))
        yield ox.Triple(visit, kt("visitor"), node(terms.ENTITY, f"v{number * 7 % max(20, size // 400)}"))
        yield ox.Triple(visit, kt("host"), node(terms.ENTITY, f"s{number * 11 % 37}"))
        if number % 3:
            yield ox.Triple(visit, kt("date"), edtf(f"{1992 + number % 30}-0{1 + number % 9}"))
        if number % 5 == 0:
            yield ox.Triple(visit, kt("outcome"), node(terms.ENTITY, f"treaty-{number}"))
        return
    report = node(terms.REPORT, f"r{number}")
    yield ox.Triple(report, kt("measure"), node(terms.CONCEPT, "exports" if number % 3 else "imports"))
    yield ox.Triple(report, kt("value"), ox.Literal(str(number * 1000), datatype=ox.NamedNode(terms.XSD + "decimal")))
    yield ox.Triple(report, kt("unit"), node(terms.PREFIXES["cur"], "USD"))
    yield ox.Triple(report, kt("period"), edtf(str(1992 + number % 30)))
    yield ox.Triple(report, kt("from"), node(terms.ENTITY, f"s{number // 2 % 37}"))
    yield ox.Triple(report, kt("to"), node(terms.ENTITY, f"s{number * 3 % 37}"))


def edtf(text: str) -> ox.Literal:
    """A date."""
    return ox.Literal(text, datatype=ox.NamedNode(terms.EDTF))


def quads(size: int) -> Iterator[ox.Quad]:
    """A dataset of about so many quads, its default graph as the build makes it."""
    for number in range(size // PER_ASSERTION):
        yield from assertion(number, size)
        if number % 8 == 0:  # told again in another document
            yield from assertion(number, size, size // PER_ASSERTION // 1000 + 1)
    for number in range(40):
        state = node(terms.ENTITY, f"s{number}")
        yield ox.Quad(state, kt("partOf"), node(terms.ENTITY, f"region-{number % 5}"), DEFAULT)
        yield ox.Quad(
            state, kt("partOf"), node(terms.ENTITY, f"region-{number % 5}"), node(terms.ASSERTION, "curator-regions")
        )
    curator = node(terms.ASSERTION, "curator-regions")
    yield ox.Quad(curator, kt("modality"), node(terms.CONCEPT, "fact"), DEFAULT)


def assertion(number: int, size: int, later: int = 0) -> Iterator[ox.Quad]:
    """One assertion, its copy in the default graph unless it is a plan, and what is said of it and its passage."""
    slug = f"{number // 1000 + later:03d}"
    name = f"{slug}-p{number % 1000 + 1}"
    graph, passage, document = node(terms.ASSERTION, name), node(terms.PASSAGE, name), node(terms.DOCUMENT, slug)
    fact = number % 10 > 0
    for triple in content(number, size):
        yield ox.Quad(triple.subject, triple.predicate, triple.object, graph)
        if fact:
            yield ox.Quad(triple.subject, triple.predicate, triple.object, DEFAULT)
    yield ox.Quad(graph, kt("modality"), node(terms.CONCEPT, "fact" if fact else "planned"), DEFAULT)
    yield ox.Quad(graph, kt("passage"), passage, DEFAULT)
    yield ox.Quad(graph, kt("voice"), document, DEFAULT)
    yield ox.Quad(graph, ox.NamedNode(terms.TYPE), kt("Assertion"), DEFAULT)
    yield ox.Quad(passage, ox.NamedNode(terms.TYPE), kt("Passage"), DEFAULT)
    yield ox.Quad(passage, kt("document"), document, DEFAULT)
    yield ox.Quad(passage, kt("number"), ox.Literal(number % 1000 + 1), DEFAULT)
    yield ox.Quad(passage, kt("sha256"), ox.Literal(f"{number:064x}"), DEFAULT)
    for sentence in range(4):
        place = node(terms.PASSAGE, f"{name}-s{sentence + 1}")
        yield ox.Quad(place, kt("partOf"), passage, DEFAULT)
        yield ox.Quad(place, ox.NamedNode(terms.TYPE), kt("Sentence"), DEFAULT)


def written(store: ox.Store, answer: Answer, marks: list[str] | None = None) -> str:
    """The answer as the command writes it, with a column of citations where there are any."""
    result = answer.result()
    rows = [[shown(row[name]) for name in result.columns] for row in result]
    if marks is None:
        return table(result.columns, rows)
    return table([*result.columns, "source"], [[*row, mark] for row, mark in zip(rows, marks, strict=True)])


def plain(store: ox.Store, text: str) -> float:
    """Seconds for a query and its table."""
    start = time.perf_counter()
    written(store, ask(store, text))
    return time.perf_counter() - start


def cited(store: ox.Store, text: str) -> tuple[float, int, int]:
    """Seconds for the same and a citation of every row; the rows, and how many of them are untraced."""
    start = time.perf_counter()
    answer = ask(store, text)
    citations = cite(store, text, answer)
    written(store, answer, [cell(row) for row in citations])
    return time.perf_counter() - start, len(citations), sum(row.untraced is not None for row in citations)


def main() -> None:
    """Print for each size and query the medians, and the ratio of both."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    sizes = [int(each) for each in sys.argv[2:]] or [10_000, 1_000_000]
    for size in sizes:
        store = ox.Store()
        store.bulk_extend(quads(size))
        print(f"{len(store):,} quads")
        for name, text in QUERIES.items():
            pairs = []
            for _ in range(rounds + 1):
                first = plain(store, text)
                second, rows, lost = cited(store, text)
                pairs.append((first, second))
            without, with_ = (statistics.median(side) for side in zip(*pairs[1:], strict=True))
            print(
                f"  {name:32} {rows:6} rows  {1e3 * without:9.2f} ms  {1e3 * with_:9.2f} ms  {with_ / without:5.2f} ×  untraced {lost}"
            )


if __name__ == "__main__":
    main()
