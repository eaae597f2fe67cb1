"""What these tests share: the packaged data validated once, and each example once on each engine."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from kzturk_graph.validation.findings import Finding, united
from kzturk_graph.validation.graphs import of_files
from kzturk_graph.validation.run import Report, check, validate
from kzturk_graph.validation.shapes import Shapes, packaged_shapes

EXAMPLES = Path(__file__).resolve().parents[1] / "shapes"

needs_fast = pytest.mark.needs("fast")

Run = Callable[..., tuple[int, str, str]]


@cache
def shapes() -> Shapes:
    """The packaged shapes."""
    return packaged_shapes()


@cache
def found_in(example: Path, engine: str = "pyshacl") -> tuple[Finding, ...]:
    """The findings on an example, by all shapes."""
    return tuple(united(check(of_files([example]), shapes(), engine)))


@pytest.fixture(scope="session")
def report() -> Report:
    """The packaged data under pySHACL, its shapes checked too."""
    return validate()


@pytest.fixture
def kzturk(monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]) -> Run:
    """The command line in this process: (exit code, stdout, stderr)."""
    from kzturk_graph.cli.main import main

    def run(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr("sys.argv", ["kzturk", *arguments])
        with pytest.raises(SystemExit) as end:
            main()
        out, err = capfdbinary.readouterr()
        assert b"Traceback" not in err
        return int(end.value.code or 0), out.decode(), err.decode()

    return run
