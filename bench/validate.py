"""``kzturk validate`` on 30,000 triples, by pySHACL and by the fast engine: whole processes, interleaved.

usage: python bench/validate.py [ROUNDS] [QUADS]      in an environment with the extra 'fast'

They are the packaged data, and copies of it under other names.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kzturk_graph import resources, terms
from kzturk_graph.graph.files import read_quads

CURATOR = terms.ENTITY + "curator"
COPIED = (terms.ENTITY, terms.DOCUMENT, terms.PASSAGE, terms.ASSERTION, terms.REPORT)


def renamed(node: Any, number: int) -> Any:
    """A thing of ours under the name that it has in a copy; other terms as they are."""
    if number and isinstance(node, ox.NamedNode) and node.value.startswith(COPIED) and node.value != CURATOR:
        head, slash, tail = node.value.rpartition("/")
        return ox.NamedNode(f"{head}{slash}{number}x{tail}")
    return node


def replicated(quads: Sequence[ox.Quad], size: int) -> Iterator[ox.Quad]:
    """The quads and whole copies of them under other names, until there are ``size`` at least."""
    for number in range(-(-size // len(quads))):
        for quad in quads:
            yield ox.Quad(*(renamed(part, number) for part in quad))


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
    quads = [quad for path in resources.data_files() for quad in read_quads(path)]
    copies = list(replicated(quads, size))
    with tempfile.TemporaryDirectory() as folder:
        data, plain = Path(folder) / "copies.nq", Path(folder) / "copies.nt"
        data.write_bytes(ox.serialize(copies, format=ox.RdfFormat.N_QUADS) or b"")
        triples = {quad.triple for quad in copies}
        plain.write_bytes(ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b"")
        cases = {
            "the packaged data, and the shapes themselves": [],
            f"{len(copies):,} quads, as data: three graphs": [str(data)],
            f"{len(triples):,} triples, as one plain graph": [str(plain)],
        }
        print("| checked | pySHACL s | fast s | fast/pySHACL |\n| --- | --- | --- | --- |")
        for name, files in cases.items():
            times = [(seconds("pyshacl", *files), seconds("fast", *files)) for _ in range(rounds)]
            slow, fast = (statistics.median(each) for each in zip(*times, strict=True))
            print(f"| {name} | {slow:.1f} | {fast:.2f} | {fast / slow:.2f} |", flush=True)


if __name__ == "__main__":
    main()
