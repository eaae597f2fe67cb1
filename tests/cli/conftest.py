"""The command line as a person meets it: words in; exit code, output and messages out."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import NamedTuple

import pytest

from kzturk_graph.cli.main import main


class Said(NamedTuple):
    """How a command ended, what it gave, and what it said beside it."""

    code: int
    out: str
    err: str


Kzturk = Callable[..., Said]


@pytest.fixture
def kzturk(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Kzturk:
    """Runs ``kzturk`` with the words given. No traceback may ever reach the person."""

    def run(*words: str) -> Said:
        monkeypatch.setattr(sys, "argv", ["kzturk", *words])
        with pytest.raises(SystemExit) as ended:
            main()
        out, err = capfd.readouterr()
        assert "Traceback" not in err
        code = ended.value.code
        assert isinstance(code, int)
        return Said(code, out, err)

    return run
