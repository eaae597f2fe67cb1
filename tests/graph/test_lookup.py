"""Finding things by the names that the register gives them, and by those that only a document uses."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kzturk_graph import terms
from kzturk_graph.graph import lookup
from kzturk_graph.search import search

if TYPE_CHECKING:
    import pyoxigraph as ox


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Aksakal", "nazarbayev"),
        ("Turk(ic) states", "turkic-states"),
        ("DEASH", "daesh"),
        ("Caspian Sea basin", "caspian-sea"),
        # a thing that bears the name goes before one that a document calls so
        ("Yunus Emre Institute", "yunus-emre-institute"),
        ("Kazakh-Turkish Business Forum", "kazakh-turkish-business-forum-2017"),
    ],
)
def test_found_by_the_name_that_a_document_uses(store: ox.Store, text: str, slug: str) -> None:
    assert lookup.find(store, text).value == terms.ENTITY + slug


def test_search_matches_what_a_document_calls_a_thing(store: ox.Store) -> None:
    assert terms.ENTITY + "nazarbayev" in {hit.iri for hit in search(store, "aksakal")}
