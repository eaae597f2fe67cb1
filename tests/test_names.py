"""Names: spellings that differ only in case, accents, dots or dashes have one key."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzturk_graph.names import fold


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("İstanbul", "istanbul"),
        ("ISTANBUL", "ıstanbul"),
        ("Recep Tayyip Erdoğan", "recep tayyip erdogan"),
        ("Türkiye", "TURKIYE"),
        ("Çalık", "CALIK"),
        ("Түркістан", "туркистан"),
        ("Қазақстан", "казакстан"),
        ("Шымкент", "ШЫМКЕНТ"),
        ("High-Level  Council", "high level council"),
        ("Kazakhstan–Türkiye", "kazakhstan-turkiye"),
        ("U.S.", "u s"),
    ],
)
def test_alike(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), [("Astana", "Almaty"), ("Turkestan", "Turkistan"), ("Түркия", "Туркия обл")])
def test_apart(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)
