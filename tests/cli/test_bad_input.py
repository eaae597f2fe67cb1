"""What goes wrong for a person: a message that says what, where and what to do; an exit code; no traceback."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pyoxigraph as ox
import pytest

from kzturk_graph import terms
from tests.conftest import Kzturk

CODE = "from kzturk_graph.cli.main import main; main()"


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (["nosuch"], 2, "unknown command 'nosuch'"),
        (["serch", "x"], 2, "did you mean search"),
        (["run", "council-session"], 2, "did you mean council-sessions"),
        (["run", "council-sessions", "--countcil", "hlscc"], 2, "did you mean --council"),
        (["run", "council-sessions", "--council", "no such thing"], 2, "unknown entity 'no such thing'"),
        (["run", "council-sessions", "--council", "kazakhstan"], 2, "not of the class Council"),
        (["run", "council-sessions", "--format", "pdf"], 2, "unknown format 'pdf'"),
        (["run", "council-sessions", "--format", "turtle"], 2, "rows can't be written as turtle"),
        (["run", "council-sessions", "--lang", "fr"], 2, "'fr'"),
        (["run", "council-sessions", "--modality", "hoped"], 2, "unknown modality 'hoped'"),
        (["sparql"], 2, "give a query"),
        (["sparql", "SELECT ?s {\n  ?s ?p ?? }"], 3, "2:"),
        (["sparql", "SELECT ?s { ?s nope:p ?o }"], 3, "1:16: the prefix 'nope' isn't declared"),
        (["sparql", "DELETE WHERE { ?s ?p ?o }"], 2, "read only"),
        (["sparql", "SELECT * { SERVICE <http://localhost/> { ?s ?p ?o } }"], 2, "another machine"),
        (["sparql", "SELECT * { " + "{" * 400 + "}" * 400 + " }"], 2, "brackets deep"),
        (["sparql", "-f", "no-such-file.rq"], 3, "no-such-file.rq"),
        (["sparql", "ASK {}", "--format", "turtle"], 2, "can't be written"),
        (["sparql", "CONSTRUCT WHERE { ?s kt:ordinal ?o }", "--format", "csv"], 2, "triples can't be written as csv"),
        (["show", "no such thing"], 2, "unknown entity"),
        (["show", "Turkistan", "--of", "State"], 2, "not of the class State"),
        (["queries", "--topic", "sport"], 2, "unknown topic"),
        (["sources", "show", "009"], 2, "unknown document '009'"),
        (["sources", "check", "no-such-folder"], 3, "is not a folder"),
        (["fmt", "no-such-file.trig"], 3, "no-such-file.trig"),
        (["export", "--format", "pdf"], 2, "pdf"),
        (["export", "--format", "turtle", "--entity", "no such thing"], 2, "unknown entity"),
        (["validate", "no-such-file.ttl"], 3, "no-such-file.ttl"),
    ],
)
def test_message_and_exit_code(kzturk: Kzturk, words: list[str], code: int, message: str) -> None:
    said = kzturk(*words)
    assert said.code == code, said
    assert message in said.err


def test_a_syntax_error_shows_the_line_with_a_caret(kzturk: Kzturk, tmp_path: Path) -> None:
    path = tmp_path / "broken.rq"
    path.write_text("SELECT ?s {\n  ?s kt:ordinal !! }\n")
    said = kzturk("sparql", "-f", str(path))
    assert said.code == 3
    assert f"{path}:2:" in said.err
    lines = said.err.splitlines()
    assert "?s kt:ordinal !!" in lines[1]
    assert lines[2].strip() == "^"


@pytest.mark.parametrize("command", ["validate", "fmt"])
@pytest.mark.parametrize(
    ("name", "text"), [("x.ttl", "<http://a> a\n  nope: ."), ("x.trig", "@prefix a: <http://a/> .\na:g { a:s a: }")]
)
def test_a_malformed_file_is_named_with_line_and_column(
    kzturk: Kzturk, tmp_path: Path, command: str, name: str, text: str
) -> None:
    path = tmp_path / name
    path.write_text(text)
    said = kzturk(command, str(path))
    assert said.code == 3
    assert f"{path}:2:" in said.err


def test_an_ambiguous_name_lists_its_candidates(kzturk: Kzturk, monkeypatch: pytest.MonkeyPatch) -> None:
    twins = ox.Store()
    for slug in ("turkistan", "turkistan-region"):
        for predicate, value in (
            (terms.PREF_LABEL, ox.Literal("Turkistan")),
            (terms.TYPE, ox.NamedNode(terms.kt("Place"))),
        ):
            twins.add(ox.Quad(ox.NamedNode(terms.ENTITY + slug), ox.NamedNode(predicate), value))
    monkeypatch.setattr("kzturk_graph.cli.show.open_store", lambda *_: twins)
    said = kzturk("show", "türkistan")
    assert said.code == 2
    assert "'türkistan' names several entities" in said.err
    assert "id:turkistan " in said.err
    assert "id:turkistan-region " in said.err


def test_a_file_that_is_not_utf8(kzturk: Kzturk, tmp_path: Path) -> None:
    path = tmp_path / "q.rq"
    path.write_bytes(b"SELECT * {\n ?s ?p '\xff' }")
    said = kzturk("sparql", "-f", str(path))
    assert said.code == 3
    assert f"{path}:2" in said.err
    assert "UTF-8" in said.err


@pytest.mark.parametrize("target", ["missing-folder/x.csv", "."])
def test_an_output_that_cannot_be_written_leaves_nothing_behind(kzturk: Kzturk, tmp_path: Path, target: str) -> None:
    said = kzturk("stats", "--output", str(tmp_path / target))
    assert said.code == 3
    assert "can't be written" in said.err
    assert list(tmp_path.iterdir()) == []


def test_a_closed_pipe_is_quiet() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", CODE, "export", "--format", "ntriples"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as ran:
        assert ran.stdout
        assert ran.stderr
        ran.stdout.read(10)
        ran.stdout.close()
        assert ran.stderr.read() == b""
        assert ran.wait() == 0


@pytest.mark.skipif(os.name == "nt", reason="signals are sent otherwise there")
def test_ctrl_c_stops_without_traceback() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", CODE, "sparql", "-"], stdin=subprocess.PIPE, stderr=subprocess.PIPE
    ) as ran:
        time.sleep(1.0)
        ran.send_signal(signal.SIGINT)
        assert ran.stderr
        err = ran.stderr.read().decode()
        assert ran.wait() == 130
    assert "Traceback" not in err
    assert "Stopped" in err
