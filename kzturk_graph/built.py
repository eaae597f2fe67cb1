"""Everything derived ahead of time, written in one go: ``python -m kzturk_graph.built`` in a checkout."""

from __future__ import annotations

import shutil

from kzturk_graph import resources
from kzturk_graph.graph import store
from kzturk_graph.queries import catalogue


def write_all() -> None:
    """Replace what ``_built`` holds of them: the queries first, for the store's digest is what makes both valid.

    The editor and the map's outlines, which the wheel's build puts beside them, stay.
    """
    (resources.BUILT / store.DIGEST).unlink(missing_ok=True)
    for name in (store.STORE, catalogue.FOLDER):
        shutil.rmtree(resources.BUILT / name, ignore_errors=True)
    resources.BUILT.mkdir(exist_ok=True)
    catalogue.write_built(resources.BUILT)
    store.write_built(resources.BUILT)


if __name__ == "__main__":
    write_all()
