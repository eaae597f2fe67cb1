"""``kzturk validate`` on 30,000 triples, by pySHACL and by the fast engine: whole processes, interleaved.

usage: python bench/validate.py [ROUNDS] [TRIPLES]      in an environment with the extra 'fast'

The triples are the packaged facts and metadata, and copies of them under other names.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from itertools import count
from pathlib import Path

import pyoxigraph as ox

from kzturk_graph import terms
from kzturk_graph.graph.assertions import read_corpus
from kzturk_graph.graph.build import merge, metadata

CURATOR = terms.ENTITY + "curator"
COPIED = (terms.ENTITY, terms.DOCUMENT, terms.PASSAGE, terms.ASSERTION, terms.REPORT)


def renamed(node: ox.NamedNode | ox.Literal, number: int) -> ox.NamedNode | ox.Literal:
    """A thing of ours under the name that it has in a copy; other terms as they are."""
    if number and isinstance(node, ox.NamedNode) and node.value.startswith(COPIED) and node.value != CURATOR:
        head, slash, tail = node.value.rpartition("/")
        return ox.NamedNode(f"{head}{slash}{number}x{tail}")
    return node


def replicated(triples: Iterable[ox.Triple], size: int) -> Iterator[ox.Triple]:
    """The triples and copies of them, until there are ``size``."""
    triples, left = sorted(triples, key=str), size
    for number in count():
        for each in triples[:left]:
            yield ox.Triple(renamed(each.subject, number), each.predicate, renamed(each.object, number))  # type: ignore[arg-type]
        left -= len(triples)
        if left <= 0:
            return


def seconds(engine: str, *files: str) -> float:
    """The time of one whole ``kzturk validate``; its report is thrown away."""
    command = [
        sys.executable,
        "-m",
        "kzturk_graph.cli.main",
        "validate",
        *files,
        "--engine",
        engine,
        "--fail-on",
        "none",
    ]
    begin = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=os.environ)
    return time.perf_counter() - begin


def main() -> None:
    """Time both engines in turn on the packaged data and on the copies, and print a Markdown table."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    size = int(sys.argv[2]) if len(sys.argv) > 2 else 30_000
    corpus = read_corpus()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "copies.nt"
        triples = list(replicated(merge(corpus) | metadata(corpus), size))
        path.write_bytes(ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b"")
        print("| checked | pySHACL s | fast s | fast/pySHACL |\n| --- | --- | --- | --- |")
        for name, files in (("packaged data and shapes", []), (f"{len(triples):,} triples", [str(path)])):
            times = [(seconds("pyshacl", *files), seconds("fast", *files)) for _ in range(rounds)]
            slow, fast = (statistics.median(each) for each in zip(*times, strict=True))
            print(f"| {name} | {slow:.1f} | {fast:.2f} | {fast / slow:.2f} |")


if __name__ == "__main__":
    main()
