"""``kzturk diff`` on two states of 100,000 quads against the time to parse both, interleaved: medians and
their ratio.

usage: python bench/diff.py [ROUNDS] [QUADS]

The quads are the packaged data and copies of it under other names, as TriG and as N-Quads in reverse order.
Both whole commands are measured as processes: one that parses both files and ends, and ``kzturk diff``. The
last row has blank nodes alone: a chain of three for each thing.
"""

from __future__ import annotations

import os
import random
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pyoxigraph as ox

from kzturk_graph import resources, terms
from kzturk_graph.graph.files import read_quads

OURS = (terms.ENTITY, terms.DOCUMENT, terms.PASSAGE, terms.ASSERTION, terms.REPORT)
PARSE = """
import sys
from pathlib import Path
from kzturk_graph.graph.files import read_quads
for path in sys.argv[1:]:
    read_quads(Path(path))
"""


def copied(quads: list[ox.Quad], size: int) -> Iterator[ox.Quad]:
    """The quads and copies of them under other names, until there are ``size``."""
    for number in count():
        for quad in quads:
            yield ox.Quad(*(renamed(term, number) for term in quad))  # type: ignore[arg-type]
            size -= 1
            if not size:
                return


def renamed(term: object, number: int) -> object:
    """A thing of ours under the name that it has in a copy; other terms as they are."""
    if number and isinstance(term, ox.NamedNode) and term.value.startswith(OURS):
        return ox.NamedNode(f"{term.value}-{number}x")
    return term


def blank(size: int, share: float) -> Iterator[ox.Quad]:
    """Chains of three blank nodes below as many things as give ``size`` quads; ``share`` of them with another
    value."""
    chance, says = random.Random(1), ox.NamedNode("http://example.org/says")
    for number in range(size // 4):
        value = f"{number} other" if chance.random() < share else str(number)
        nodes = [ox.NamedNode(f"http://example.org/{number}"), ox.BlankNode(), ox.BlankNode(), ox.BlankNode()]
        for one, other in zip(nodes, [*nodes[1:], ox.Literal(value)], strict=True):
            yield ox.Quad(one, says, other)  # type: ignore[arg-type]


def altered(quads: list[ox.Quad], share: float) -> list[ox.Quad]:
    """The quads in reverse order, ``share`` of the texts in assertions with another value."""
    chance = random.Random(1)
    return [
        ox.Quad(
            quad.subject,
            quad.predicate,
            ox.Literal(f"{quad.object.value} other", language=quad.object.language),
            quad.graph_name,
        )
        if isinstance(quad.object, ox.Literal) and quad.object.language and chance.random() < share
        else quad
        for quad in reversed(quads)
    ]


def seconds(*words: str) -> float:
    """The processor time of one whole process; what it prints is thrown away, what it says ends the run."""
    begin = os.times()
    ended = subprocess.run(
        [sys.executable, *words],
        check=False,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env=os.environ,
    )
    end = os.times()
    if ended.stderr:
        sys.exit(ended.stderr.decode())
    return end.children_user + end.children_system - begin.children_user - begin.children_system


def main() -> None:
    """Measure each case in turn, as often as asked, and print a Markdown table."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    size = int(sys.argv[2]) if len(sys.argv) > 2 else 100_000
    quads = list(copied([quad for path in resources.data_files() for quad in read_quads(path)], size))
    cases: dict[str, Callable[[], tuple[list[ox.Quad], list[ox.Quad]]]] = {
        "nothing differs": lambda: (quads, altered(quads, 0)),
        "one text in a hundred differs": lambda: (quads, altered(quads, 0.01)),
        "one text in ten differs": lambda: (quads, altered(quads, 0.1)),
        "every text differs": lambda: (quads, altered(quads, 1)),
        "half is new": lambda: (quads[: size // 2], quads),
        "blank nodes, nothing differs": lambda: (list(blank(size, 0)), list(blank(size, 0))),
        "blank nodes, one text in a hundred differs": lambda: (list(blank(size, 0)), list(blank(size, 0.01))),
    }
    print(f"| {size:,} quads | parse both s | diff s | diff/parse |\n| --- | --- | --- | --- |")
    with tempfile.TemporaryDirectory() as folder:
        for name, made in cases.items():
            old, new = Path(folder) / "old.trig", Path(folder) / "new.nq"
            before, after = made()
            old.write_bytes(ox.serialize(before, format=ox.RdfFormat.TRIG) or b"")
            new.write_bytes(ox.serialize(after, format=ox.RdfFormat.N_QUADS) or b"")
            files = (str(old), str(new))
            diff = ("-m", "kzturk_graph.cli.main", "diff", *files)
            times = [(seconds("-c", PARSE, *files), seconds(*diff)) for _ in range(rounds)]
            parse, whole = (statistics.median(each) for each in zip(*times, strict=True))
            print(f"| {name} | {parse:.2f} | {whole:.2f} | {whole / parse:.1f} |", flush=True)


if __name__ == "__main__":
    main()
