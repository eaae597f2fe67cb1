"""Answers that are kept, and texts of queries that aren't logged."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from kzturk_graph.web.kept import Answers
from tests.web.client import ask, sparql
from tests.web.conftest import start, stop

pytestmark = pytest.mark.needs("web")


def test_the_least_used_go_first() -> None:
    answers = Answers(100_000)
    for name in (b"a", b"b", b"c"):
        answers.keep(name, [], b"x" * 11_000)
    assert answers.get(b"a") is not None
    for number in range(6):
        answers.keep(b"more%d" % number, [], b"x" * 11_000)
    assert answers.get(b"a") is not None
    assert answers.get(b"b") is None


def test_one_too_large_is_not_kept() -> None:
    answers = Answers(100_000)
    assert answers.keep(b"large", [], b"x" * 20_000) is None
    assert answers.get(b"large") is None
    assert Answers(0).keep(b"any", [], b"") is None


def test_an_answer_that_is_gone_is_gone_by_every_way() -> None:
    answers = Answers(50_000)
    kept = answers.keep(b"first", [], b"x" * 5_000)
    assert kept is not None
    answers.shorten((b"/sparql?query=first",), kept)
    assert answers.shortcut((b"/sparql?query=first",)) is kept
    for number in range(10):
        answers.keep(b"%d" % number, [], b"x" * 5_000)
    assert answers.get(b"first") is None
    assert answers.shortcut((b"/sparql?query=first",)) is None


def test_keeping_again_takes_no_more_room() -> None:
    answers = Answers(50_000)
    for _ in range(100):
        answers.keep(b"same", [], b"x" * 5_000)
    assert answers.get(b"same") is not None


@pytest.mark.parametrize("logged", [False, True])
def test_queries_are_logged_only_where_it_is_asked_for(logged: bool) -> None:
    words = [
        sys.executable,
        "-m",
        "kzturk_graph.cli.main",
        "serve",
        "--port",
        "0",
        *(["--log-queries"] if logged else []),
    ]
    process = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=dict(os.environ))
    assert process.stdout is not None
    url = process.stdout.readline().split()[0].rstrip("/")
    sparql(url, "ASK { ?my ?secret ?query }")
    sparql(url, "SELECT ?secret")
    process.terminate()
    out, err = process.communicate(timeout=10)
    assert ("secret" in out + err) is logged


def test_the_base_is_the_address_that_the_site_calls_itself_by() -> None:
    served = start("--base", "https://kzturk.example.org/")
    try:
        text = ask(served.url, "/sparql", Accept="application/n-triples").text
        assert "<https://kzturk.example.org/sparql>" in text
        assert "127.0.0.1" not in text
    finally:
        stop(served)
