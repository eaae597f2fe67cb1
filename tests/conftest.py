"""What all tests share: the packaged graph, read once, on both engines."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kzturk_graph.graph.assertions import Corpus, read_corpus
from kzturk_graph.graph.build import quads
from kzturk_graph.graph.store import open_store

if TYPE_CHECKING:
    import pyoxigraph as ox
    import rdflib


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
