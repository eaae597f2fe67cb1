"""The engine behind one small door: a read-only store that answers SPARQL over the derived dataset."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kzturk_graph import resources
from kzturk_graph.graph.selection import FACTS, Selection

if TYPE_CHECKING:
    from pathlib import Path

STORE, DIGEST = "store", "digest"
FEWEST_FILES = 96


def open_store(selection: Selection = FACTS) -> ox.Store:
    """A store over the packaged data, its default graph made by ``selection``.

    The store that the build left is opened where it is still that of the files and holds this selection (about
    a millisecond); else the files are read and it is made in memory. Raises InputError where the files are broken.
    """
    if selection == FACTS:
        built = _built()
        if built is not None:
            return built
    from kzturk_graph.graph.assertions import read_corpus
    from kzturk_graph.graph.build import quads

    store = ox.Store()
    store.bulk_extend(quads(read_corpus(), selection))
    return store


def is_fresh() -> bool:
    """Whether what the build left was made from the files as they are now; a wheel's files don't change."""
    if resources.is_installed():
        return os.path.exists(resources.built(DIGEST))
    try:
        return (resources.BUILT / DIGEST).read_text() == resources.digest()
    except OSError:
        return False


def _built() -> ox.Store | None:
    if not is_fresh():
        return None
    limits = _lower_file_limit()
    try:
        return ox.Store.read_only(resources.built(STORE))
    except (OSError, ValueError, RuntimeError):  # another version's disk format: the files are the record
        return None
    finally:
        if limits:
            import resource

            resource.setrlimit(resource.RLIMIT_NOFILE, limits)


def _lower_file_limit() -> tuple[int, int] | None:
    """Let few files be open while the store is opened; the limits to restore, or None where there are none to set.

    RocksDB opens tables ahead in sixteen threads for each of its dozen column families, as many as the limit allows.
    With the fewest that oxigraph takes, opening takes a quarter less time.
    """
    try:
        import resource
    except ImportError:  # not on Windows
        return None
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft != resource.RLIM_INFINITY and soft <= FEWEST_FILES:
        return None
    resource.setrlimit(resource.RLIMIT_NOFILE, (FEWEST_FILES, hard))
    return soft, hard


def write_built(folder: Path) -> None:
    """Write the store of the default selection, and the digest of what it was made from, into an empty folder."""
    from kzturk_graph.graph.assertions import read_corpus
    from kzturk_graph.graph.build import quads

    folder.mkdir(parents=True, exist_ok=True)
    store = ox.Store(str(folder / STORE))
    store.bulk_extend(quads(read_corpus()))
    store.optimize()
    store.flush()
    del store
    (folder / DIGEST).write_text(resources.digest())
