"""Stores of what readers' filters choose, made when first wanted; the last few are kept."""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kzturk_graph.graph.selection import FACTS, Selection

if TYPE_CHECKING:
    from kzturk_graph.web.site import Site

KEPT = 6
_stores: OrderedDict[tuple[str, frozenset[str], Selection], ox.Store] = OrderedDict()
_lock = threading.Lock()


def store_of(site: Site, selection: Selection) -> ox.Store:
    """A store whose default graph the selection makes.

    Two selections that keep the same assertions share a store: of all the days that a reader may name, few differ.
    """
    if selection == FACTS:
        return site.store
    from dataclasses import replace

    from kzturk_graph.graph.build import quads, restricted

    kept = restricted(site.corpus, selection)
    key = (site.version, frozenset(kept.assertions), Selection(selection.modalities))
    with _lock:
        if key not in _stores:
            made = ox.Store()
            made.bulk_extend(quads(kept, replace(FACTS, modalities=selection.modalities)))
            _stores[key] = made
            while len(_stores) > KEPT:
                _stores.popitem(last=False)
        _stores.move_to_end(key)
        return _stores[key]
