"""``kzturk diff`` as a person meets it: formats, exit codes, git revisions, faults."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from kzturk_graph import resources
from tests.conftest import Kzturk, Said
from tests.differences.states import BASIC, state

ROOT = Path(__file__).resolve().parents[2]
CODE = "from kzturk_graph.cli.main import main; main()"
LATER = BASIC.replace("2012-05", "2012-10")
Diff = Callable[..., Said]


@pytest.fixture
def diff(kzturk: Kzturk, monkeypatch: pytest.MonkeyPatch) -> Diff:
    """Runs ``kzturk diff`` in a folder."""

    def run(*words: str, cwd: Path) -> Said:
        monkeypatch.chdir(cwd)
        return kzturk("diff", *words)

    return run


def git(folder: Path, *words: str) -> None:
    names = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
    subprocess.run(["git", "-C", str(folder), *names, *words], check=True, capture_output=True)


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A repository of two commits whose data differ by one date, the first one tagged."""
    folder = tmp_path / "checkout"
    folder.mkdir()
    git(folder, "init", "--quiet")
    for text, tag in ((BASIC, "v1"), (LATER, "v2")):
        state(folder, "data/documents/901.trig", text)
        git(folder, "add", ".")
        git(folder, "commit", "--quiet", "-m", tag)
        git(folder, "tag", "-a", tag, "-m", tag)
    return folder


def test_text(diff: Diff, tmp_path: Path) -> None:
    state(tmp_path, "a.trig", BASIC)
    state(tmp_path, "b.trig", LATER)
    said = diff("a.trig", "b.trig", cwd=tmp_path)
    assert (said.code, said.err) == (1, "")
    assert said.out == (
        "The council [id:x]\n  changed     established on: 2012-05 → 2012-10 (901 P1)\n\n1 fact changed\n"
    )
    assert diff("a.trig", "b.trig", "--lang", "tr", cwd=tmp_path).out.startswith("Konsey [id:x]")


def test_markdown(diff: Diff, tmp_path: Path) -> None:
    state(tmp_path, "a.trig", BASIC)
    state(tmp_path, "b.trig", LATER.replace("The council", "The *council*"))
    said = diff("a.trig", "b.trig", "--format", "md", cwd=tmp_path)
    assert said.out == (
        "2 facts changed.\n\n- **The \\*council\\*** (`id:x`)\n"
        "  - changed: established on: 2012-05 → 2012-10 (901 P1)\n"
        "  - changed: name: “The council” (en) → “The \\*council\\*” (en) (901 P1)\n"
    )


def test_json(diff: Diff, tmp_path: Path) -> None:
    state(tmp_path, "a.trig", BASIC)
    state(tmp_path, "b.trig", LATER.replace("c:fact", "c:planned"))
    told = json.loads(diff("a.trig", "b.trig", "--format", "json", cwd=tmp_path).out)
    assert told["counts"] == {"added": 0, "removed": 0, "changed": 1, "re-sourced": 0, "metadata": 1}
    (change,) = told["entities"][0]["changes"]
    assert (change["kind"], change["old"][0]["value"], change["new"][0]["value"]) == (
        "changed",
        "2012-05",
        "2012-10",
    )
    assert change["stated_after"][0]["modality"] == "planned"
    assert "The council" in told["sources"][0]["about"]


def test_no_difference_is_silent(diff: Diff, tmp_path: Path) -> None:
    state(tmp_path, "a.trig", BASIC)
    for form in ("text", "md"):
        said = diff("a.trig", "a.trig", "--format", form, cwd=tmp_path)
        assert (said.code, said.out, said.err) == (0, "", "")
    said = diff("a.trig", "a.trig", "--format", "json", cwd=tmp_path)
    assert (said.code, json.loads(said.out)["entities"]) == (0, [])


def test_output(diff: Diff, tmp_path: Path) -> None:
    state(tmp_path, "a.trig", BASIC)
    state(tmp_path, "b.trig", LATER)
    said = diff("a.trig", "b.trig", "--output", "out.md", "--format", "md", cwd=tmp_path)
    assert (said.code, said.out) == (1, "")
    assert (tmp_path / "out.md").read_text().startswith("1 fact changed")


def test_same_bytes_over_hash_seeds(tmp_path: Path) -> None:
    state(tmp_path, "a.ttl", "id:x kt:p [ kt:q 1 ; kt:r [ kt:q 2 ] ], [ kt:q 3 ], [ kt:q 4 ] . [] kt:p [] .")
    state(tmp_path, "b.ttl", "id:x kt:p [ kt:q 5 ; kt:r [ kt:q 6 ] ], [ kt:q 7 ], id:z . [] kt:q [] .")
    words = [sys.executable, "-c", CODE, "diff", "a.ttl", "b.ttl", "--format", "json"]
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    said = {
        subprocess.run(
            words, cwd=tmp_path, env={**env, "PYTHONHASHSEED": seed}, capture_output=True, check=False
        ).stdout
        for seed in "12"
    }
    assert len(said) == 1
    assert said != {b""}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("HEAD~1", "HEAD"),
        ("v1", "v2"),
        ("v1:data", "data"),
        ("v1", "."),
        ("HEAD~1:data/documents/901.trig", "data/documents/901.trig"),
        ("HEAD~1:./data/documents", "HEAD:data"),
        (":/v1", "v2^{tree}"),
    ],
)
def test_git_revisions(diff: Diff, checkout: Path, old: str, new: str) -> None:
    said = diff(old, new, cwd=checkout)
    assert said.code == 1, said.err
    assert "established on: 2012-05 → 2012-10" in said.out
    assert diff(new, new, cwd=checkout).code == 0


def test_reading_a_revision_touches_nothing(diff: Diff, checkout: Path) -> None:
    state(checkout, "data/documents/901.trig", "broken {")
    said = diff("HEAD~1", "HEAD", cwd=checkout / "data")
    assert said.code == 1, said.err
    assert (checkout / "data/documents/901.trig").read_text().endswith("broken {")


def test_a_syntax_error_in_a_revision_names_file_and_line(diff: Diff, checkout: Path) -> None:
    state(checkout, "data/documents/902.trig", "id:x nope: 1 .")
    git(checkout, "add", ".")
    git(checkout, "commit", "--quiet", "-m", "broken")
    said = diff("HEAD~1", "HEAD", cwd=checkout)
    assert said.code == 3
    line = (checkout / "data/documents/902.trig").read_text().count("\n") + 1
    assert f"HEAD:data/documents/902.trig:{line}:" in said.err


def test_a_revision_without_data(diff: Diff, checkout: Path) -> None:
    git(checkout, "rm", "-r", "--quiet", "data")
    git(checkout, "commit", "--quiet", "-m", "none")
    (checkout / "data").mkdir()
    said = diff("HEAD~1", "HEAD", cwd=checkout)
    assert (said.code, "HEAD holds no data/" in said.err) == (3, True)


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("nope", "'nope' is neither a file, nor a folder, nor a git revision"),
        ("HEAD:nope.trig", "the revision HEAD holds no 'nope.trig'"),
        ("nope:data", "is neither"),
    ],
)
def test_what_is_no_revision(diff: Diff, checkout: Path, name: str, message: str) -> None:
    said = diff("HEAD", name, cwd=checkout)
    assert said.code == 3
    assert message in said.err


def test_outside_a_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from kzturk_graph.differences.reading import read_state
    from kzturk_graph.errors import InputError

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(resources, "ROOT", tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    with pytest.raises(InputError, match="no git repository here"):
        read_state("HEAD~1")
    monkeypatch.setenv("PATH", "")
    with pytest.raises(InputError, match="isn't installed"):
        read_state("HEAD~1")


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("x.ttl", b"<http://a> a\n  nope: .", "x.ttl:2:"),
        ("x.ttl", b"<http://a> a\n '\xff' .", "x.ttl:2: isn't UTF-8"),
        ("x.txt", b"", "stands for no RDF format"),
        ("x/readme.txt", b"", "holds no RDF files"),
        ("x/sub/y.nt", b"<http://a> nope", "y.nt:1:"),
    ],
)
def test_what_cannot_be_read(diff: Diff, tmp_path: Path, name: str, content: bytes, message: str) -> None:
    path = tmp_path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    state(tmp_path, "a.trig", BASIC)
    said = diff("a.trig", name.split("/")[0], "--output", "out", cwd=tmp_path)
    assert said.code == 3
    assert message in said.err
    assert not (tmp_path / "out").exists()


def test_wrong_usage(diff: Diff, tmp_path: Path) -> None:
    state(tmp_path, "a.trig", BASIC)
    assert diff("a.trig", cwd=tmp_path).code == 2
    said = diff("a.trig", "a.trig", "--entity", "no such thing", cwd=tmp_path)
    assert (said.code, "unknown entity 'no such thing'" in said.err) == (2, True)
    assert diff("a.trig", "a.trig", "--format", "pdf", cwd=tmp_path).code == 2


def test_a_file_with_a_byte_order_mark(diff: Diff, tmp_path: Path) -> None:
    (tmp_path / "a.ttl").write_bytes(b"\xef\xbb\xbf<http://a> <http://b> 1 .")
    (tmp_path / "b.ttl").write_bytes(b"<http://a> <http://b> 1 .")
    assert diff("a.ttl", "b.ttl", cwd=tmp_path).code == 0
