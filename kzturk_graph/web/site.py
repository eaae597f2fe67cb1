"""What every part of the site shares: the graph, read once, and where the site is."""

from __future__ import annotations

from asyncio import Lock, Semaphore
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING
from weakref import WeakValueDictionary

from kzturk_graph import resources

if TYPE_CHECKING:
    import pyoxigraph as ox

    from kzturk_graph.graph.assertions import Corpus
    from kzturk_graph.web.drawing import Drawing
    from kzturk_graph.web.kept import Answers
    from kzturk_graph.web.settings import Settings
    from kzturk_graph.web.shares import Shares
    from kzturk_graph.web.workers.pool import Pool


@dataclass(frozen=True)
class Site:
    """One running site. Only its own, trusted queries go to ``store``; a stranger's query goes to ``pool``."""

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
    def pool(self) -> Pool:
        """The processes that run strangers' queries."""
        from kzturk_graph.web.workers.pool import Pool

        return Pool(self.settings)

    @cached_property
    def shares(self) -> Shares | None:
        """Each address's share of the query time; None where the site isn't public."""
        from kzturk_graph.web.shares import Shares

        if not self.settings.public:
            return None
        return Shares(self.settings.queries_at_once, self.settings.query_seconds_a_minute)

    @cached_property
    def making(self) -> Shares | None:
        """Each address's share of the time for pages, data and pictures; None where the site isn't public."""
        from kzturk_graph.web.making import AT_ONCE
        from kzturk_graph.web.shares import Shares

        return Shares(AT_ONCE, self.settings.query_seconds_a_minute) if self.settings.public else None

    @cached_property
    def threads(self) -> Semaphore:
        """How many threads may still make pages."""
        from kzturk_graph.web.making import PAGES

        return Semaphore(PAGES)

    @cached_property
    def slow(self) -> Semaphore:
        """How many threads may still make what takes long."""
        from kzturk_graph.web.making import SLOW

        return Semaphore(SLOW)

    def underway(self, key: object) -> Lock:
        """A lock for who makes what ``key`` stands for: others who want the same wait for it."""
        return self._underway.setdefault(key, Lock())

    @cached_property
    def _underway(self) -> WeakValueDictionary[object, Lock]:
        return WeakValueDictionary()

    @cached_property
    def drawing(self) -> Drawing:
        """The process that draws pictures."""
        from kzturk_graph.web.drawing import Drawing

        return Drawing()

    @cached_property
    def answers(self) -> Answers:
        """The answers that are kept."""
        from kzturk_graph.web.kept import Answers

        return Answers(self.settings.cache_bytes)

    @cached_property
    def version(self) -> str:
        """The package's version and the checksum of the data, for ETags: what is served changes only with them."""
        from importlib.metadata import version

        return f"{version('kzturk-graph')}-{resources.digest()}"
