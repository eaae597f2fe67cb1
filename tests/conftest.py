"""What all tests share: the packaged graph, read once, on both engines."""

from __future__ import annotations

import importlib.util
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

from kzturk_graph.cli.main import main
from kzturk_graph.graph.assertions import Corpus, read_corpus
from kzturk_graph.graph.build import quads
from kzturk_graph.graph.store import open_store

if TYPE_CHECKING:
    import pyoxigraph as ox
    import rdflib


class Said(NamedTuple):
    """How a command ended, what it gave, and what it said beside it."""

    code: int
    out: str
    err: str


Kzturk = Callable[..., Said]


@pytest.fixture
def kzturk(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Kzturk:
    """Runs ``kzturk`` with the words given. No traceback may ever reach the person."""

    def run(*words: str) -> Said:
        monkeypatch.setattr(sys, "argv", ["kzturk", *words])
        monkeypatch.delenv("COLUMNS", raising=False)  # tables are then as wide as they are
        with pytest.raises(SystemExit) as ended:
            main()
        out, err = capfd.readouterr()
        assert "Traceback" not in err
        code = ended.value.code
        assert isinstance(code, int)
        return Said(code, out, err)

    return run


@pytest.fixture(scope="session")
def corpus() -> Corpus:
    """The packaged data as authored."""
    return read_corpus()


@pytest.fixture(scope="session")
def store() -> ox.Store:
    """The packaged graph on pyoxigraph."""
    return open_store()


@pytest.fixture(scope="session")
def dataset(corpus: Corpus) -> rdflib.Dataset:
    """The packaged graph on rdflib."""
    from kzturk_graph.graph.interop import dataset as made

    return made(quads(corpus))


SHARED = Path(__file__).resolve().parents[2] / "shared"
DOCUMENTS = SHARED / "sources"
WIKIDATA = SHARED / "wikidata"


def _browser() -> bool:
    return bool(
        shutil.which("chromium") and all(map(importlib.util.find_spec, ("playwright", "axe_playwright_python")))
    )


NEEDS = {
    "java": (lambda: shutil.which("java") and importlib.util.find_spec("owlready2"), "a reasoner: Java and owlready2"),
    "documents": (DOCUMENTS.is_dir, "the five documents, in ../shared/sources"),
    "fast": (lambda: importlib.util.find_spec("shifty"), "the extra 'fast': pip install '.[fast]'"),
    "wikidata": (WIKIDATA.is_dir, "the slices of Wikidata, in ../shared/wikidata"),
    "spark": (lambda: shutil.which("java") and importlib.util.find_spec("pyspark"), "Java and the extra 'spark'"),
    "plot": (lambda: importlib.util.find_spec("vl_convert"), "the extra 'plot': pip install '.[plot]'"),
    "web": (lambda: importlib.util.find_spec("starlette"), "the extra 'web': pip install '.[web]'"),
    "browser": (_browser, "Debian's chromium, PyPI's playwright and axe-playwright-python"),
}


def pytest_addoption(parser: pytest.Parser) -> None:
    """``--require-needs``: a test that lacks what it needs fails instead of being skipped."""
    parser.addoption("--require-needs", action="store_true", help="fail where a test's needs are not met")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Skip tests whose needs are not met, and say what they need."""
    for item in items:
        for mark in item.iter_markers("needs"):
            present, what = NEEDS[mark.args[0]]
            if present():
                continue
            if config.getoption("--require-needs"):
                raise pytest.UsageError(f"{item.nodeid} needs {what}")
            item.add_marker(pytest.mark.skip(reason=f"needs {what}"))
