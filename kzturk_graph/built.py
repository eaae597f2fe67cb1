"""Everything derived ahead of time, written in one go: ``python -m kzturk_graph.built`` in a checkout."""

from __future__ import annotations

import shutil

from kzturk_graph import resources
from kzturk_graph.graph import store
from kzturk_graph.queries import catalogue


def write_all() -> None:
    """Replace ``_built``: the queries first, for the store's digest is what makes both of them valid."""
    shutil.rmtree(resources.BUILT, ignore_errors=True)
    resources.BUILT.mkdir()
    catalogue.write_built(resources.BUILT)
    store.write_built(resources.BUILT)


if __name__ == "__main__":
    write_all()
