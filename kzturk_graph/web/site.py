"""What every part of the site shares: the graph, read once, and where the site is."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from kzturk_graph import resources

if TYPE_CHECKING:
    import pyoxigraph as ox

    from kzturk_graph.graph.assertions import Corpus
    from kzturk_graph.web.settings import Settings


@dataclass(frozen=True)
class Site:
    """One running site. Only its own, trusted queries go to ``store``; a stranger's query goes to a worker."""

    settings: Settings

    @cached_property
    def store(self) -> ox.Store:
        """The graph of the facts, as ``kzturk_graph.store()`` gives it."""
        from kzturk_graph.graph.store import open_store

        return open_store()

    @cached_property
    def corpus(self) -> Corpus:
        """The packaged data as authored: assertions, passages, documents."""
        from kzturk_graph.graph.assertions import read_corpus
        from kzturk_graph.graph.store import is_fresh

        return read_corpus(check=not is_fresh())

    @cached_property
    def version(self) -> str:
        """The checksum of the data, for ETags: what is served changes only with it and the package."""
        return resources.digest()
