"""Completion in the shell: commands, saved queries, things and choices, as click's own protocol asks for them."""

from __future__ import annotations

import pytest

from tests.conftest import Kzturk


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("kzturk sh", {"show"}),
        ("kzturk run council-s", {"council-sessions"}),
        ("kzturk run council-sessions --council inter", {"intergovernmental-economic-commission"}),
        ("kzturk show hlscc-1", {"hlscc-1"}),
    ],
)
def test_what_may_follow_is_offered(
    kzturk: Kzturk, monkeypatch: pytest.MonkeyPatch, typed: str, offered: set[str]
) -> None:
    monkeypatch.setenv("_KZTURK_COMPLETE", "bash_complete")
    monkeypatch.setenv("COMP_WORDS", typed)
    monkeypatch.setenv("COMP_CWORD", str(typed.count(" ")))
    said = kzturk()
    assert {line.removeprefix("plain,") for line in said.out.split()} == offered
