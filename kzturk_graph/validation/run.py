"""Checking data against shapes: the verb behind ``kzturk validate``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources as importlib_resources
from pathlib import Path

import pyoxigraph as ox

from kzturk_graph.errors import InputError
from kzturk_graph.validation import engines
from kzturk_graph.validation.findings import Finding, united
from kzturk_graph.validation.graphs import Checked, of_files, packaged
from kzturk_graph.validation.places import placed
from kzturk_graph.validation.shapes import Shapes, packaged_shapes, read_shapes


@dataclass(frozen=True)
class Report:
    """What was checked and what was found, in a stable order.

    ``graphs`` has the name and the number of triples of each plain graph, context left out; where something else was
    checked, ``unit`` says what is counted. ``tool`` is the command that checked.
    """

    engine: str
    graphs: tuple[tuple[str, int], ...]
    findings: tuple[Finding, ...]
    unit: str = "triples"
    tool: str = "kzturk validate"


def validate(files: Sequence[Path] = (), shapes: Path | None = None, engine: str = "pyshacl") -> Report:
    """Check files, or the packaged data where none are given, against our shapes or those of a file.

    The shapes are checked themselves (SHACL of SHACL) where the packaged data or shapes of a file are asked
    for. Raises InputError for what can't be read, breaks the assertion pattern or isn't SHACL; UnknownName
    for an unknown engine; UsageError for the fast engine where it isn't installed.
    """
    used = packaged_shapes() if shapes is None else read_shapes(shapes)
    if shapes is not None or not files:
        check_shapes(used, shapes, engine)
    checked = of_files(files) if files else packaged()
    found = check(checked, used, engine)
    beside: list[Path] = []
    if checked.corpus is not None and not files:
        from kzturk_graph.validation import sizes

        found += sizes.findings(checked.corpus)
        beside = [path for path in (sizes.dataset_file(),) if path.exists()]
    sizes_of_graphs = tuple((graph.name, graph.size) for graph in checked.graphs)
    return Report(engine, sizes_of_graphs, tuple(placed(united(found), checked, beside)))


def check(checked: Checked, shapes: Shapes, engine: str = "pyshacl") -> list[Finding]:
    """The findings on each plain graph, without their places."""
    found: list[Finding] = []
    for graph in checked.graphs:
        report = engines.validate(graph.triples, shapes.of(graph.name), engine)
        found += [each for each in engines.findings(report, graph.name, shapes) if graph.counts(each.focus)]
    return found


def check_shapes(shapes: Shapes, path: Path | None, engine: str = "pyshacl") -> None:
    """Raises InputError where shapes aren't valid SHACL, by the W3C's shapes for shapes."""
    rules = frozenset(_shacl_of_shacl())
    report = engines.validate(shapes.everything, rules, engine)
    faults = united(engines.findings(report, "shapes", Shapes({"shapes": rules}, packaged=False)))
    if faults:
        first = faults[0]
        about = "".join(f" {part}" for part in (first.path, first.value) if part is not None)
        raise InputError(
            f"isn't valid SHACL: {first.focus}{about}: {first.message}",
            path=None if path is None else str(path),
            hint=f"{len(faults)} such faults; see https://www.w3.org/TR/shacl/#syntax-rules",
        )


def _shacl_of_shacl() -> list[ox.Triple]:
    text = importlib_resources.files("pyshacl").joinpath("assets/shacl-shacl.ttl").read_bytes()
    return [quad.triple for quad in ox.parse(text, format=ox.RdfFormat.TURTLE)]
