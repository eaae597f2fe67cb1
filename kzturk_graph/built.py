"""Everything derived ahead of time, written in one go: ``python -m kzturk_graph.built`` in a checkout."""

from __future__ import annotations

import shutil

from kzturk_graph import resources
from kzturk_graph.graph.store import write_built
from kzturk_graph.queries.catalogue import write_index


def write_all() -> None:
    """Replace ``_built``: the query index first, for the store's digest is what makes both of them valid."""
    shutil.rmtree(resources.BUILT, ignore_errors=True)
    resources.BUILT.mkdir()
    write_index(resources.BUILT)
    write_built(resources.BUILT)


if __name__ == "__main__":
    write_all()
